//! Hover, definition, references and highlights, in every way of counting columns and for clients of every ability.

use crate::robot::{Robot, Workspace, everything, plain};
use serde_json::{Value, json};

/// A clef counts 4 bytes, 2 UTF-16 units, 1 code point; the Han letters 3, 1, 1 each.
const TEXT: &str = "𝄞人民 Acme Corporation\r\nand Acme Corporation\r\n";

fn counted(encoding: &str, start: u32) {
    let workspace = Workspace::new(&[]);
    let mut capabilities = plain();
    capabilities["general"] = json!({ "positionEncodings": [encoding] });
    let mut robot = Robot::start(&workspace, capabilities);
    robot.wait_until_read();
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, TEXT);
    let range = |line: u32, from: u32| json!({ "start": { "line": line, "character": from }, "end": { "line": line, "character": from + 16 } });
    assert_eq!(robot.at("textDocument/hover", &uri, (0, start + 1))["range"], range(0, start));
    assert_eq!(robot.at("textDocument/hover", &uri, (0, start - 2)), Value::Null);
    let highlights = robot.at("textDocument/documentHighlight", &uri, (1, 5));
    let ranges: Vec<Value> = highlights.as_array().unwrap().iter().map(|it| it["range"].clone()).collect();
    assert_eq!(ranges, [range(0, start), range(1, 4)]);
    // An edit counts the same way: the clef and the Han letters go.
    robot.edit(&uri, 2, (0, 0), (0, start - 1), "");
    assert_eq!(robot.at("textDocument/hover", &uri, (0, 2))["range"], range(0, 1));
    // Beyond the end of a line is its end, before the line break.
    robot.edit(&uri, 3, (0, 999), (0, 999), "!");
    assert_eq!(robot.at("textDocument/hover", &uri, (1, 5))["range"], range(1, 4));
    robot.finish();
}

#[test]
fn columns_count_utf_8_bytes() {
    counted("utf-8", 11);
}

#[test]
fn columns_count_utf_16_units() {
    counted("utf-16", 5);
}

#[test]
fn columns_count_code_points() {
    counted("utf-32", 4);
}

#[test]
fn a_definition_leads_to_the_record() {
    let workspace = Workspace::new(&[("notes/a.md", "Acme Corporation\n")]);
    let uri = workspace.uri("notes/a.md");
    let record = workspace.uri("actors/acme.md");

    let mut robot = Robot::start(&workspace, everything());
    robot.wait_until_read();
    let links = robot.at("textDocument/definition", &uri, (0, 3));
    let link = &links[0];
    assert_eq!(link["targetUri"], record);
    assert_eq!(link["targetSelectionRange"]["start"], json!({ "line": 1, "character": 6 }));
    assert_eq!(link["originSelectionRange"]["end"], json!({ "line": 0, "character": 16 }));
    robot.finish();

    let mut robot = Robot::ready(&workspace);
    let locations = robot.at("textDocument/definition", &uri, (0, 3));
    let range = &links[0]["targetSelectionRange"];
    assert_eq!(locations, json!([{ "uri": record, "range": range }]));
    assert_eq!(robot.at("textDocument/definition", &uri, (1, 0)), Value::Null);
    robot.finish();
}

#[test]
fn references_are_found_in_closed_and_open_texts() {
    let closed = "Words.\n\nAcme Corporation again.\n";
    let workspace = Workspace::new(&[("corpus/b.txt", closed), ("notes/a.md", "Nobody\n")]);
    let mut robot = Robot::ready(&workspace);
    let (note, source) = (workspace.uri("notes/a.md"), workspace.uri("corpus/b.txt"));
    robot.open(&note, "Acme Corporation\n");
    let found = robot.at("textDocument/references", &note, (0, 3));
    let places: Vec<_> =
        found.as_array().unwrap().iter().map(|it| (&it["uri"], &it["range"]["start"]["line"])).collect();
    assert_eq!(places, [(&json!(source), &json!(2)), (&json!(note), &json!(0))]);
    robot.finish();
}

#[test]
fn thousands_of_references_are_told_in_the_order_of_their_files() {
    // Long enough to be packed, lines that end in every way, columns that count differently, a name to be escaped.
    let texts: Vec<(String, String)> = (0..150)
        .map(|n| {
            let end = ["\n", "\r\n", "\r"][n % 3];
            let line = |m: usize| format!("😀 港口 {m}: Acme Corporation, {} Acme Corporation.{end}", "é ".repeat(m));
            (format!("corpus/{n:03} \"港\".txt"), (0..12).map(line).collect())
        })
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let workspace = Workspace::new(&[&files[..], &[("notes/a.md", "Nobody\n")]].concat());
    let mut robot = Robot::ready(&workspace);
    let note = workspace.uri("notes/a.md");
    robot.open(&note, "Acme Corporation\n");
    let units = |text: &str| text.encode_utf16().count();
    let mut expected = Vec::new();
    for (path, _) in &texts {
        let path = path.replace(' ', "%20").replace('"', "%22").replace('港', "%E6%B8%AF");
        for m in 0..12 {
            let first = units(&format!("😀 港口 {m}: "));
            let second = first + units("Acme Corporation,  ") + 2 * m;
            for start in [first, second] {
                let (start, end) =
                    (json!({ "line": m, "character": start }), json!({ "line": m, "character": start + 16 }));
                expected.push(json!({ "uri": workspace.uri(&path), "range": { "start": start, "end": end } }));
            }
        }
    }
    let place = json!({ "line": 0, "character": 0 });
    let end = json!({ "line": 0, "character": 16 });
    expected.push(json!({ "uri": note, "range": { "start": place, "end": end } }));
    let found = robot.at("textDocument/references", &note, (0, 3));
    assert_eq!(found.as_array().map(Vec::len), Some(expected.len()));
    for (found, expected) in found.as_array().unwrap().iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(robot.at("textDocument/references", &note, (1, 0)), json!([]));
    robot.finish();
}

#[test]
fn a_hover_is_markdown_only_where_the_client_shows_it() {
    let workspace = Workspace::new(&[("notes/a.md", "Acme Corporation\n")]);
    for (formats, kind) in [
        (json!(["markdown", "plaintext"]), "markdown"),
        (json!(["plaintext"]), "plaintext"),
        (Value::Null, "plaintext"),
    ] {
        let mut capabilities = plain();
        capabilities["textDocument"] = json!({ "hover": { "contentFormat": formats } });
        let mut robot = Robot::start(&workspace, capabilities);
        robot.wait_until_read();
        let hover = robot.at("textDocument/hover", &workspace.uri("notes/a.md"), (0, 3));
        assert_eq!(hover["contents"]["kind"], kind);
        assert!(hover["contents"]["value"].as_str().unwrap().contains("Acme Corporation"));
        robot.finish();
    }
}

#[test]
fn a_record_edited_in_the_editor_counts_at_once() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let (note, record) = (workspace.uri("notes/a.md"), workspace.uri("actors/acme.md"));
    robot.open(&note, "Roadrunner Limited\n");
    assert_eq!(robot.hover(&note, (0, 3)), "");
    robot.open(&record, "---\nname: Acme Corporation\ntype: company\n---\n");
    robot.edit(&record, 2, (1, 6), (1, 22), "Roadrunner Limited");
    robot.until("the new name", |robot| robot.hover(&note, (0, 3)).contains("Roadrunner"));
    robot.finish();
}

#[test]
fn files_that_change_on_disk_count_when_the_client_says_so() {
    let workspace = Workspace::new(&[("notes/a.md", "Acme Corporation\n"), ("corpus/b.txt", "Acme Corporation\n")]);
    let mut robot = Robot::ready(&workspace);
    let note = workspace.uri("notes/a.md");
    robot.open(&note, "Acme Corporation\n");
    let count = |robot: &mut Robot| robot.at("textDocument/references", &note, (0, 3)).as_array().map_or(0, Vec::len);
    assert_eq!(count(&mut robot), 2);
    workspace.write("corpus/c.txt", "Acme Corporation\n");
    workspace.remove("corpus/b.txt");
    workspace.write("corpus/d.txt", "Acme Corporation, Acme Corporation\n");
    let event = |path: &str, kind: u32| json!({ "uri": workspace.uri(path), "type": kind });
    let changes = json!([event("corpus/c.txt", 1), event("corpus/b.txt", 3), event("corpus/d.txt", 1)]);
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    robot.until("the changed files", |robot| count(robot) == 4);
    robot.finish();
}

#[test]
#[cfg(target_os = "linux")]
fn files_that_change_on_disk_count_where_the_client_watches_none() {
    let workspace = Workspace::new(&[("notes/a.md", "Acme Corporation\n"), ("corpus/b.txt", "Acme Corporation\n")]);
    let mut robot = Robot::start(&workspace, json!({ "window": { "workDoneProgress": true } }));
    robot.wait_until_read();
    let note = workspace.uri("notes/a.md");
    let count = |robot: &mut Robot| robot.at("textDocument/references", &note, (0, 3)).as_array().map_or(0, Vec::len);
    assert_eq!(count(&mut robot), 2);
    workspace.write("corpus/人民.txt", "Acme Corporation\n");
    workspace.remove("corpus/b.txt");
    robot.until("a new file and one that is gone", |robot| {
        count(robot) == 2 && {
            let places = robot.at("textDocument/references", &note, (0, 3));
            places[0]["uri"] == workspace.uri("corpus/%E4%BA%BA%E6%B0%91.txt")
        }
    });
    // As editors save: beside it, and then in its place.
    workspace.write("corpus/.人民.txt.new", "Acme Corporation, Acme Corporation\n");
    std::fs::rename(workspace.root().join("corpus/.人民.txt.new"), workspace.root().join("corpus/人民.txt")).unwrap();
    robot.until("a file that was replaced", |robot| count(robot) == 3);
    // A folder that comes with a file in it, and then gets another.
    workspace.write("corpus/deep/er/c.txt", "Acme Corporation\n");
    robot.until("a file in a new folder", |robot| count(robot) == 4);
    workspace.write("corpus/deep/er/d.txt", "Acme Corporation\n");
    robot.until("another one there", |robot| count(robot) == 5);
    std::fs::remove_dir_all(workspace.root().join("corpus/deep")).unwrap();
    robot.until("the folder that is gone", |robot| count(robot) == 3);
    robot.finish();
}
