//! Quotations in the editor: the difference, the way to the passage, and a copy that changes.

use crate::robot::{Robot, Workspace, everything};
use serde_json::{Value, json};

const REFERENCES: &str = "- id: tide\n  type: report\n  title: Tides\n  custom: {file: corpus/tide.txt}\n";
const COPY: &str = "Tides, a report.\n\nThe council did not sell the 14 boats in 2019.\n";
const NOTE: &str = "They “did not sell the 41 boats in 2019” [@tide, para. 2].\n";

fn workspace() -> Workspace {
    Workspace::new(&[("references.yaml", REFERENCES), ("corpus/tide.txt", COPY), ("notes/a.md", NOTE)])
}

fn codes(published: &Value) -> Vec<&str> {
    published["diagnostics"].as_array().unwrap().iter().filter_map(|it| it["code"].as_str()).collect()
}

/// Where the 14 boats are in the copy, without the end of the sentence.
fn passage() -> Value {
    json!({ "start": { "line": 2, "character": 12 }, "end": { "line": 2, "character": 45 } })
}

#[test]
fn an_altered_quotation_points_at_its_passage() {
    let workspace = workspace();
    let mut robot = Robot::start(&workspace, everything());
    robot.wait_until_read();
    let (note, copy) = (workspace.uri("notes/a.md"), workspace.uri("corpus/tide.txt"));
    robot.open(&note, NOTE);
    let published = robot.diagnostics(&note, |it| codes(it).contains(&"quotation-altered"));
    let all = published["diagnostics"].as_array().unwrap();
    let found = all.iter().find(|it| it["code"] == "quotation-altered").unwrap();
    assert!(found["message"].as_str().unwrap().contains("“14” there, “41” here"), "{found}");
    assert_eq!(found["relatedInformation"][0]["location"], json!({ "uri": copy, "range": passage() }));
    let links = robot.at("textDocument/definition", &note, (0, 12));
    assert_eq!(links[0]["targetUri"], copy);
    assert_eq!(links[0]["targetSelectionRange"], passage());
    assert!(robot.hover(&note, (0, 12)).contains("altered"));
    // Set right, it is exact.
    robot.edit(&note, 2, (0, 23), (0, 25), "14");
    let published = robot.diagnostics(&note, |it| it["version"] == 2);
    assert!(!codes(&published).contains(&"quotation-altered"), "{published}");
    assert!(robot.hover(&note, (0, 12)).contains("exact"));
    robot.finish();
}

#[test]
fn a_quotation_is_looked_up_again_when_its_copy_changes() {
    let workspace = workspace();
    let mut robot = Robot::start(&workspace, everything());
    robot.wait_until_read();
    let (note, copy) = (workspace.uri("notes/a.md"), workspace.uri("corpus/tide.txt"));
    robot.open(&note, NOTE);
    robot.diagnostics(&note, |it| codes(it).contains(&"quotation-altered"));
    // On disk.
    workspace.write("corpus/tide.txt", COPY.replace("14", "41"));
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": copy, "type": 2 }] }));
    robot.diagnostics(&note, |it| !codes(it).contains(&"quotation-altered"));
    // In the editor, unsaved.
    robot.open(&copy, "Nothing of the kind was ever written here by anybody.\n");
    robot.diagnostics(&note, |it| codes(it).contains(&"quotation-not-found"));
    robot.change(&copy, 2, json!([{ "text": COPY }]));
    robot.diagnostics(&note, |it| codes(it).contains(&"quotation-altered"));
    robot.finish();
}

#[test]
fn a_changed_or_missing_copy_is_a_finding_at_its_reference() {
    let hashed = REFERENCES.replace("tide.txt}", &format!("tide.txt, sha256: 'sha256:{}'}}", "0".repeat(64)));
    let workspace = Workspace::new(&[("references.yaml", &hashed), ("corpus/tide.txt", COPY)]);
    let mut robot = Robot::start(&workspace, everything());
    robot.wait_until_read();
    let (list, copy) = (workspace.uri("references.yaml"), workspace.uri("corpus/tide.txt"));
    let message = |published: &Value, code: &str| {
        let all = published["diagnostics"].as_array().unwrap();
        let found = all.iter().find(|it| it["code"] == code);
        found.map(|it| it["message"].as_str().unwrap().to_owned()).unwrap_or_default()
    };
    robot
        .diagnostics(&list, |it| message(it, "source-changed").contains("has changed since its hash was written down"));
    workspace.remove("corpus/tide.txt");
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": copy, "type": 3 }] }));
    robot.diagnostics(&list, |it| message(it, "missing-archived-copy").contains("is not in the corpus"));
    robot.finish();
}
