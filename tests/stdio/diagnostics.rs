//! Diagnostics: versions, what is sent again and what is not, and what is taken back.

use crate::robot::{Robot, Workspace, everything};
use serde_json::{Value, json};

/// Cites a reference that does not exist.
const BAD: &str = "Anvils fell [@nowhere, p. 3].\n";

fn codes(published: &Value) -> Vec<&str> {
    published["diagnostics"].as_array().unwrap().iter().filter_map(|it| it["code"].as_str()).collect()
}

#[test]
fn diagnostics_carry_version_code_and_source() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::start(&workspace, everything());
    robot.wait_until_read();
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, BAD);
    let published = robot.diagnostics(&uri, |it| codes(it).contains(&"undefined-citation"));
    assert_eq!(published["version"], 1);
    let found = published["diagnostics"].as_array().unwrap().iter().find(|it| it["code"] == "undefined-citation");
    let found = found.unwrap();
    assert_eq!(found["source"], "glossator");
    assert_eq!(found["severity"], 1);
    assert!(found["message"].as_str().unwrap().contains("nowhere"));
    assert!(found.get("codeDescription").is_none());
    robot.edit(&uri, 7, (0, 13), (0, 21), "@atlas");
    let published = robot.diagnostics(&uri, |it| it["version"] == 7);
    assert!(!codes(&published).contains(&"undefined-citation"), "{published}");
    robot.finish();
}

#[test]
fn a_text_without_findings_is_published_once() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, "");
    assert_eq!(robot.diagnostics(&uri, |_| true), json!({ "uri": uri, "diagnostics": [], "version": 1 }));
    robot.finish();
}

#[test]
fn a_thousand_edits_have_a_handful_of_publications() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, BAD);
    robot.diagnostics(&uri, |it| it["version"] == 1);
    for version in 2..1_002 {
        robot.edit(&uri, version, (0, 0), (0, 0), "x");
    }
    let mut publications = 1;
    while robot.diagnostics(&uri, |_| true)["version"] != 1_001 {
        publications += 1;
    }
    eprintln!("1,000 edits: {publications} publications");
    assert!(publications < 200, "{publications}");
    robot.finish();
}

#[test]
fn closing_a_text_takes_its_diagnostics_back() {
    let workspace = Workspace::new(&[("notes/a.md", BAD)]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, BAD);
    robot.diagnostics(&uri, |it| !codes(it).is_empty());
    robot.close(&uri);
    assert_eq!(robot.diagnostics(&uri, |it| codes(it).is_empty()), json!({ "uri": uri, "diagnostics": [] }));
    robot.finish();
}

#[test]
fn a_closed_record_shows_what_is_wrong_until_it_is_mended_or_gone() {
    let workspace = Workspace::new(&[]);
    workspace.write("actors/bad.md", b"---\nname: Caf\xe9\n---\n");
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("actors/bad.md");
    let published = robot.diagnostics(&uri, |_| true);
    assert_eq!(codes(&published), ["unreadable-file"]);
    assert!(published.get("version").is_none());
    workspace.remove("actors/bad.md");
    let changes = json!([{ "uri": uri, "type": 3 }]);
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    assert_eq!(robot.diagnostics(&uri, |_| true)["diagnostics"], json!([]));
    robot.finish();
}

#[test]
fn a_closed_note_shows_errors_and_warnings() {
    let workspace = Workspace::new(&[("notes/a.md", BAD), ("notes/笔记.md", "Rien à dire ici [@nulle-part].\n")]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    let published = robot.diagnostics(&uri, |_| true);
    assert_eq!(codes(&published), ["undefined-citation"]);
    assert!(published.get("version").is_none());
    robot.diagnostics(&workspace.uri("notes/%E7%AC%94%E8%AE%B0.md"), |it| codes(it) == ["undefined-citation"]);
    // An open one shows hints too; when it is closed again it shows what is on disk.
    robot.open(&uri, "It is so [@atlas].\n");
    robot.diagnostics(&uri, |it| it["version"] == 1 && !codes(it).contains(&"undefined-citation"));
    robot.close(&uri);
    robot.diagnostics(&uri, |it| it.get("version").is_none() && codes(it) == ["undefined-citation"]);
    workspace.remove("notes/a.md");
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 3 }] }));
    robot.diagnostics(&uri, |it| codes(it).is_empty());
    robot.finish();
}

#[test]
fn a_closed_source_text_shows_only_that_it_cannot_be_read() {
    let workspace = Workspace::new(&[("corpus/a.txt", BAD)]);
    workspace.write("corpus/b.txt", b"Caf\xe9\n");
    let mut robot = Robot::ready(&workspace);
    let (cited, unreadable) = (workspace.uri("corpus/a.txt"), workspace.uri("corpus/b.txt"));
    robot.diagnostics(&unreadable, |it| codes(it) == ["unreadable-file"]);
    workspace.write("corpus/b.txt", BAD);
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": unreadable, "type": 2 }] }));
    robot.diagnostics(&unreadable, |it| codes(it).is_empty());
    robot.open(&cited, BAD);
    let shown = robot.diagnostics(&cited, |_| true);
    assert_eq!((&shown["version"], codes(&shown)), (&json!(1), vec!["uncited-claim"]), "the first that it shows");
    robot.finish();
}

#[test]
fn a_severity_that_is_switched_off_is_not_sent() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::new();
    robot.initialize(json!({
        "processId": null,
        "rootUri": workspace.root_uri(),
        "capabilities": { "window": { "workDoneProgress": true } },
        "initializationOptions": { "findings": { "undefined-citation": "off" } },
    }));
    robot.wait_until_read();
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, BAD);
    assert!(!codes(&robot.diagnostics(&uri, |_| true)).contains(&"undefined-citation"));
    let settings = json!({ "glossator": { "findings": { "undefined-citation": "hint" } } });
    robot.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    let published = robot.diagnostics(&uri, |it| codes(it).contains(&"undefined-citation"));
    let severities: Vec<_> =
        published["diagnostics"].as_array().unwrap().iter().map(|it| it["severity"].clone()).collect();
    assert!(severities.contains(&json!(4)), "{published}");
    robot.finish();
}

#[test]
fn it_is_told_that_not_all_files_with_errors_are_listed() {
    let workspace = Workspace::new(&[]);
    (0..1001).for_each(|number| workspace.write(&format!("actors/a{number}.md"), "---\ntype: company\n---\n"));
    let mut robot = Robot::ready(&workspace);
    robot.hear_warning("more than 1000 files");
    // Once is enough.
    workspace.write("actors/more.md", "---\ntype: company\n---\n");
    let uri = workspace.uri("actors/more.md");
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 1 }] }));
    let note = workspace.uri("notes/a.md");
    robot.open(&note, BAD);
    robot.diagnostics(&note, |_| true);
    robot.finish();
}

#[test]
fn versions_that_do_not_rise_are_told_and_whole_texts_put_things_right() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, "Nobody\n");
    robot.change(&uri, 5, json!([{ "text": "Somebody\n" }]));
    robot.change(&uri, 5, json!([{ "text": BAD }]));
    robot.diagnostics(&uri, |it| it["version"] == 5 && codes(it).contains(&"undefined-citation"));
    robot.edit(&uri, 4, (0, 0), (0, 0), "x");
    robot.hear_warning("version 4");
    robot.finish();
}

#[test]
fn edits_of_texts_that_are_not_open_are_told_and_ignored() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    robot.edit(&uri, 2, (0, 0), (0, 0), "x");
    robot.hear_warning("notes/a.md");
    robot.close(&uri);
    robot.hear_warning("notes/a.md");
    robot.open(&uri, "one");
    robot.open(&uri, "two");
    robot.hear_warning("opened twice");
    robot.finish();
}

#[test]
fn what_is_of_no_use_is_faded_where_the_client_can() {
    let workspace = Workspace::new(&[]);
    let mut faded = everything();
    faded["textDocument"]["publishDiagnostics"]["tagSupport"] = json!({ "valueSet": [1, 2] });
    for (capabilities, tags) in [(faded, json!([1])), (everything(), Value::Null)] {
        let mut robot = Robot::start(&workspace, capabilities);
        robot.wait_until_read();
        let uri = workspace.uri("references.yaml");
        robot.open(&uri, "- id: atlas\n  type: book\n  title: Atlas of Anvils\n");
        let shown = robot.diagnostics(&uri, |it| codes(it).contains(&"unused-reference"));
        assert_eq!(shown["diagnostics"][0]["tags"], tags);
        robot.finish();
    }
}
