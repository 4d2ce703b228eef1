//! The server and `glossator check` say the same of a workspace.

use crate::robot::{Robot, Workspace, plain, program};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const NOTE: &str = "Acme Corporation 😀 sold 9,000 anvils in 2023 [@atlas]. Experts say that prices rose by 14 percent.\n\n\
                    « La société a fermé trois usines en 2021 », selon Maria Lee [@nobody].\n\n\
                    据悉，阿克米公司在2020年卖出了300个铁砧。<!-- glossator-ignore uncited-claim -->\n";
const RECORD: &str =
    "---\nname: Maria Lee\ntype: person\nfacts:\n  - {property: position, value: mayor}\nkind of: x\n---\n";

/// A finding: where, which, and in which words.
type Told = (u64, u64, u64, u64, String, String);

#[test]
fn open_files_show_what_check_prints() {
    let workspace = Workspace::new(&[
        ("glossator.toml", "[corpus]\nnote = []\n"),
        ("notes/a.md", NOTE),
        ("actors/lee.md", RECORD),
        ("corpus/b.txt", "Maria Lee said on Monday that 300 people had lost 4 million dollars.\n"),
    ]);
    let output = std::process::Command::new(program())
        .args(["check", "--format", "json"])
        .current_dir(workspace.root())
        .output();
    let printed: Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    let mut capabilities = plain();
    capabilities["general"] = json!({ "positionEncodings": ["utf-32"] });
    let mut robot = Robot::start(&workspace, capabilities);
    robot.wait_until_read();
    for path in ["glossator.toml", "notes/a.md", "actors/lee.md", "corpus/b.txt"] {
        let number = |it: &Value, key: &str| it[key].as_u64().unwrap();
        let words = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
        let printed = printed.as_array().unwrap().iter().filter(|it| it["path"] == path).map(|it| {
            let place = |key: &str| number(it, key) - 1;
            let (line, column, end_line, end) =
                (place("line"), place("column"), place("end_line"), place("end_column"));
            (line, column, end_line, end, words(it, "code"), words(it, "message"))
        });
        let printed: BTreeSet<Told> = printed.collect();
        let uri = workspace.uri(path);
        robot.open(&uri, &std::fs::read_to_string(workspace.root().join(path)).unwrap());
        let fits = |it: &Value| it["diagnostics"].as_array().map(Vec::len) == Some(printed.len());
        let shown = robot.diagnostics(&uri, |it| it["version"] == 1 && fits(it));
        let shown = shown["diagnostics"].as_array().unwrap().iter().map(|it| {
            let (start, end) = (&it["range"]["start"], &it["range"]["end"]);
            let at = |place: &Value| (number(place, "line"), number(place, "character"));
            let ((line, column), (end_line, end)) = (at(start), at(end));
            (line, column, end_line, end, words(it, "code"), words(it, "message"))
        });
        assert_eq!(shown.collect::<BTreeSet<Told>>(), printed, "{path}");
        assert!(!printed.is_empty() || path == "corpus/b.txt", "{path}");
    }
    robot.finish();
}
