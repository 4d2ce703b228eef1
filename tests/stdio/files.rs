//! Files and disks as they should not be: the message names the file, the fault and the remedy, and the next request works.

#![cfg(unix)]

use crate::faults::assert_well;
use crate::robot::{Robot, Workspace, everything, plain};
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

const RECORD: &str = "---\nname: Bolt Works\nfacts:\n  - {property: sector, value: nuts}\n---\n";

/// A client that lets the server write files, in a workspace that is read; the server is started by other programs.
fn writing(workspace: &Workspace, starters: &[&str]) -> Robot {
    let mut robot = Robot::under(starters);
    robot.begin_reading();
    let root = workspace.root_uri();
    let mut capabilities = plain();
    capabilities["textDocument"] = json!({ "publishDiagnostics": {} });
    robot.initialize(json!({ "processId": null, "rootUri": root, "capabilities": capabilities }));
    robot.wait_until_read();
    robot
}

/// Programs that start others as if the disk had no room for a file of more than a kilobyte.
const FULL: [&str; 4] = ["sh", "-c", "trap '' XFSZ; ulimit -f 2; exec \"$@\"", "sh"];

/// Programs that start others without the right to read everything, which tests that run as root have.
fn without_rights() -> Vec<&'static str> {
    let is_root = fs::metadata("/proc/self").is_ok_and(|it| std::os::unix::fs::MetadataExt::uid(&it) == 0);
    if is_root { vec!["setpriv", "--bounding-set", "-all", "--inh-caps", "-all"] } else { Vec::new() }
}

/// Lets the server write a source into the record; returns its answer.
fn write_record(robot: &mut Robot, workspace: &Workspace) -> Value {
    let uri = workspace.uri("actors/bolt.md");
    let place = json!({ "line": 3, "character": 10 });
    let range = json!({ "start": place, "end": place });
    let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } });
    let actions = robot.request("textDocument/codeAction", params);
    let give = |it: &&Value| it["title"].as_str().unwrap().starts_with("Give `atlas`");
    let command = actions.as_array().unwrap().iter().find(give).unwrap_or_else(|| panic!("{actions}")).clone();
    let id = robot.ask("workspace/executeCommand", command);
    robot.reply(id)
}

fn assert_refused(reply: &Value, words: &[&str]) {
    let message = reply["error"]["message"].as_str().unwrap_or_else(|| panic!("{reply}"));
    assert!(words.iter().all(|it| message.contains(it)), "{message}");
}

/// What is left beside the record: no half-written file.
fn beside(workspace: &Workspace) -> Vec<String> {
    let entries = fs::read_dir(workspace.root().join("actors")).unwrap();
    let mut names: Vec<String> = entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_full_disk_costs_what_was_to_be_written_and_no_more() {
    let record = RECORD.to_owned() + &"Prose. ".repeat(1_000);
    let workspace = Workspace::new(&[("actors/bolt.md", &record)]);
    let mut robot = writing(&workspace, &FULL);
    let reply = write_record(&mut robot, &workspace);
    assert_refused(&reply, &["actors/bolt.md was not written", "make room"]);
    assert_eq!(fs::read_to_string(workspace.root().join("actors/bolt.md")).unwrap(), record);
    assert_eq!(beside(&workspace), ["acme.md", "bolt.md"]);
    assert_well(&mut robot, &workspace);
    robot.finish();
}

#[test]
fn a_folder_that_may_not_be_written_is_told_and_left_as_it_is() {
    let workspace = Workspace::new(&[("actors/bolt.md", RECORD)]);
    let mut robot = writing(&workspace, &without_rights());
    let folder = workspace.root().join("actors");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let reply = write_record(&mut robot, &workspace);
    assert_refused(&reply, &["actors/bolt.md was not written", "check the permissions"]);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(write_record(&mut robot, &workspace).get("error").is_none());
    assert_well(&mut robot, &workspace);
    robot.finish();
}

#[test]
fn files_and_folders_that_may_not_be_read_are_told() {
    let workspace = Workspace::new(&[("notes/a.md", "Acme Corporation\n"), ("corpus/closed/b.txt", "x\n")]);
    for path in ["notes/a.md", "corpus/closed"] {
        fs::set_permissions(workspace.root().join(path), fs::Permissions::from_mode(0o000)).unwrap();
    }
    let mut robot = writing(&workspace, &without_rights());
    for (path, words) in [
        ("notes/a.md", "notes/a.md cannot be read (Permission denied (os error 13)); check its permissions"),
        ("corpus/closed/%2A.txt", "the folder corpus/closed cannot be read, so what is in it was left out"),
    ] {
        robot.diagnostics(&workspace.uri(path), |it| it["diagnostics"].to_string().contains(words));
    }
    assert_well(&mut robot, &workspace);
    // Put right, they are read.
    for path in ["notes/a.md", "corpus/closed"] {
        fs::set_permissions(workspace.root().join(path), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let change = json!([{ "uri": workspace.uri("notes/a.md"), "type": 2 }, { "uri": workspace.uri("corpus/closed"), "type": 1 }]);
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": change }));
    for path in ["notes/a.md", "corpus/closed/%2A.txt"] {
        robot.diagnostics(&workspace.uri(path), |it| it["diagnostics"] == json!([]));
    }
    robot.finish();
}

#[test]
fn a_file_that_becomes_a_folder_is_gone_and_is_not_written_over() {
    let workspace = Workspace::new(&[("actors/bolt.md", RECORD)]);
    let mut robot = writing(&workspace, &[]);
    let path = workspace.root().join("actors/bolt.md");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    // Before the client says so, it is seen when the record is to be written.
    let reply = write_record(&mut robot, &workspace);
    assert_eq!(reply["error"]["code"], -32801, "{reply}");
    assert!(path.is_dir() && beside(&workspace) == ["acme.md", "bolt.md"]);
    let uri = workspace.uri("actors/bolt.md");
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 2 }] }));
    robot.until("the record to be gone", |robot| {
        robot.request("workspace/symbol", json!({ "query": "Bolt Works" })).as_array().is_none_or(Vec::is_empty)
    });
    assert_well(&mut robot, &workspace);
    robot.finish();
}

#[test]
fn folders_in_the_place_of_files_that_are_looked_for_are_passed_over() {
    let workspace =
        Workspace::new(&[("glossator.toml/a.md", "x"), ("annotations/notes/a.md.jsonl/b", "x"), ("corpus", "x")]);
    fs::remove_file(workspace.root().join("references.yaml")).unwrap();
    workspace.write("references.yaml/a.md", "x");
    let mut robot = writing(&workspace, &[]);
    assert_well(&mut robot, &workspace);
    robot.finish();
}

#[test]
fn links_that_lead_back_to_themselves_are_told() {
    let workspace = Workspace::new(&[]);
    fs::create_dir_all(workspace.root().join("notes")).unwrap();
    let link = |to: &str, at: &str| symlink(to, workspace.root().join(at)).unwrap();
    link("b.md", "notes/a.md");
    link("a.md", "notes/b.md");
    link("..", "notes/up"); // A folder within itself is not walked.
    let mut robot = writing(&workspace, &[]);
    for path in ["notes/a.md", "notes/b.md"] {
        let words = format!("{path} is a link that leads back to itself, so there is nothing to read; remove it");
        robot.diagnostics(&workspace.uri(path), |it| it["diagnostics"].to_string().contains(&words));
    }
    assert_well(&mut robot, &workspace);
    robot.finish();
}

#[test]
fn files_that_go_while_they_are_read_are_gone() {
    let files: Vec<String> = (0..40).map(|number| format!("notes/n{number}.md")).collect();
    let workspace = Workspace::new(&[]);
    let mut robot = writing(&workspace, &[]);
    for turn in 0..20 {
        files.iter().for_each(|path| workspace.write(path, format!("Acme Corporation {turn}\n")));
        let changes: Vec<Value> = files.iter().map(|path| json!({ "uri": workspace.uri(path), "type": 1 })).collect();
        robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
        files.iter().for_each(|path| workspace.remove(path));
    }
    let changes: Vec<Value> = files.iter().map(|path| json!({ "uri": workspace.uri(path), "type": 3 })).collect();
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    let record = workspace.uri("actors/acme.md");
    robot.until("no text to be left", |robot| {
        robot.at("textDocument/references", &record, (1, 8)).as_array().is_none_or(Vec::is_empty)
    });
    assert_well(&mut robot, &workspace);
    robot.finish();
}

#[test]
fn files_that_are_no_texts_are_told_with_what_they_seem_to_be() {
    let workspace = Workspace::new(&[]);
    let utf16 = |order: fn(u16) -> [u8; 2]| "\u{feff}Acme 国".encode_utf16().flat_map(order).collect::<Vec<u8>>();
    workspace.write("notes/latin.md", b"caf\xE9 noir\n");
    workspace.write("notes/little.md", utf16(u16::to_le_bytes));
    workspace.write("notes/big.md", utf16(u16::to_be_bytes));
    workspace.write("notes/nul.md", b"PNG and some more words\0\n");
    workspace.write("corpus/huge.txt", "");
    fs::File::options().write(true).open(workspace.root().join("corpus/huge.txt")).unwrap().set_len(200 << 20).unwrap();
    let mut robot = Robot::start(&workspace, everything());
    robot.wait_until_read();
    for (path, words) in [
        ("notes/latin.md", "not UTF-8 at byte 3 (it looks like Latin-1 or Windows-1252); convert it to UTF-8"),
        ("notes/little.md", "not UTF-8 at byte 0 (it looks like UTF-16); convert it to UTF-8"),
        ("notes/big.md", "not UTF-8 at byte 0 (it looks like UTF-16); convert it to UTF-8"),
        ("notes/nul.md", "holds a NUL byte at byte 23, so it is probably no text"),
        ("corpus/huge.txt", "is larger than 64 MB, so it was left out; split it"),
    ] {
        robot.diagnostics(&workspace.uri(path), |it| {
            it["diagnostics"].to_string().contains(&format!("{path} {words}"))
                || it["diagnostics"].to_string().contains(&format!("{path} is {words}"))
        });
    }
    // Put right, they are read.
    workspace.write("notes/latin.md", "café noir\n");
    let uri = workspace.uri("notes/latin.md");
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 2 }] }));
    robot.diagnostics(&uri, |it| it["diagnostics"] == json!([]));
    assert_well(&mut robot, &workspace);
    robot.finish();
}

#[test]
fn files_made_to_do_harm_cost_themselves_only() {
    const DEEP: usize = 50_000;
    let bomb: String = ('b'..='y')
        .map(|key| format!("{key}: &{key} [{}]\n", vec![format!("*{}", (key as u8 - 1) as char); 9].join(",")))
        .collect();
    let long = format!(
        "---\nname: Long Works\naliases:\n{}---\n",
        (0..100_000).map(|n| format!("  - Long{n} Works\n")).collect::<String>()
    );
    let toml = format!("[corpus]\nnotes = [\"notes/**\"]\nexclude = {}{}\n", "[".repeat(DEEP), "]".repeat(DEEP));
    let yaml = format!("- name: {}{}\n", "[".repeat(DEEP), "]".repeat(DEEP));
    let json = format!("{{\"a\": {}{}}}\n", "[".repeat(DEEP), "]".repeat(DEEP));
    let bomb = format!("a: &a [x,x,x,x,x,x,x,x,x]\n{bomb}");
    let markdown = format!(
        "{}Acme Corporation\n\n{}x{}\n\n{}\n",
        ">".repeat(DEEP),
        "[".repeat(DEEP),
        "]".repeat(DEEP),
        "- ".repeat(DEEP)
    );
    let workspace = Workspace::new(&[
        ("glossator.toml", &toml),
        ("actors/bomb.yaml", &bomb),
        ("actors/deep.yaml", &yaml),
        ("actors/long.md", &long),
        ("annotations/notes/a.md.jsonl", &json),
        ("notes/deep.md", &markdown),
    ]);
    let mut robot = writing(&workspace, &[]);
    for (path, words) in [
        ("actors/bomb.yaml", "aliases"),
        ("actors/deep.yaml", "nested more than 64 deep here; what is deeper is left out"),
        ("glossator.toml", "max recursion depth met"),
        ("annotations/notes/a.md.jsonl", "maximum nesting depth exceeded"),
    ] {
        robot.diagnostics(&workspace.uri(path), |it| it["diagnostics"].to_string().contains(words));
    }
    let uri = workspace.uri("notes/deep.md");
    robot.open(&uri, &markdown);
    robot.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    robot.request(
        "textDocument/selectionRange",
        json!({ "textDocument": { "uri": uri }, "positions": [{ "line": 2, "character": 50_000 }] }),
    );
    let note = workspace.uri("notes/a.md");
    robot.open(&note, "Long77777 Works\n");
    assert!(robot.hover(&note, (0, 2)).contains("Long Works"));
    assert_well(&mut robot, &workspace);
    robot.finish();
}
