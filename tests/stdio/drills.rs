//! What a server does when a request takes long, is cancelled or panics. The commands for that are in debug builds only.

use crate::faults::{NOTE, assert_well};
use crate::robot::{Robot, Workspace, everything, plain, words};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn command(drill: &str, milliseconds: u64) -> Value {
    json!({ "command": format!("glossator.test.{drill}"), "arguments": [milliseconds] })
}

#[test]
fn slow_requests_hold_up_no_hover() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let slow: Vec<i64> = (0..64).map(|_| robot.ask("workspace/executeCommand", command("slow", 3_000))).collect();
    let began = Instant::now();
    robot.hover(&workspace.uri("notes/a.md"), (0, 0));
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    // They are cancelled, for nobody wants to wait.
    for id in &slow {
        robot.notify("$/cancelRequest", json!({ "id": id }));
    }
    for id in slow {
        assert_eq!(robot.error(id), -32800);
    }
    robot.finish();
}

#[test]
fn a_cancelled_request_is_answered_at_once() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let began = Instant::now();
    let id = robot.ask("workspace/executeCommand", command("slow", 10_000));
    robot.notify("$/cancelRequest", json!({ "id": id }));
    assert_eq!(robot.error(id), -32800);
    assert!(began.elapsed() < Duration::from_secs(5));
    robot.finish();
}

#[test]
fn a_panic_fails_its_own_request_only() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    for drill in ["panic", "panic-computing"] {
        let id = robot.ask("workspace/executeCommand", command(drill, 0));
        assert_eq!(robot.error(id), -32603);
        robot.hear_warning("workspace/executeCommand failed");
        assert_eq!(robot.hover(&workspace.uri("notes/a.md"), (0, 0)), "");
    }
    robot.finish();
}

#[test]
fn closed_input_ends_the_server_although_a_request_is_pending() {
    let mut robot = Robot::ready(&Workspace::new(&[]));
    robot.ask("workspace/executeCommand", command("slow", 30_000));
    robot.close_stdin();
    assert_eq!(robot.ended(Duration::from_secs(3)).code(), Some(1));
}

/// Lets the next one who comes to a place panic.
fn arm(robot: &mut Robot, place: &str) {
    let command = json!({ "command": "glossator.test.arm", "arguments": [place] });
    assert_eq!(robot.request("workspace/executeCommand", command), "armed");
}

/// Every request about the note that a client may make.
fn requests(uri: &str) -> Vec<(&'static str, Value)> {
    let document = json!({ "uri": uri });
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 2, "character": 0 } });
    let at = |character: u32| json!({ "textDocument": document, "position": { "line": 0, "character": character } });
    let whole = json!({ "textDocument": document });
    let part = json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } });
    let mut references = at(3);
    references["context"] = json!({ "includeDeclaration": true });
    let mut rename = at(46);
    rename["newName"] = json!("globe");
    vec![
        ("textDocument/hover", at(3)),
        ("textDocument/definition", at(3)),
        ("textDocument/typeDefinition", at(3)),
        ("textDocument/references", references),
        ("textDocument/documentHighlight", at(3)),
        ("textDocument/documentSymbol", whole.clone()),
        ("workspace/symbol", json!({ "query": "Acme" })),
        ("textDocument/completion", at(46)),
        ("textDocument/codeAction", part.clone()),
        ("textDocument/codeLens", whole.clone()),
        ("textDocument/inlayHint", part.clone()),
        ("textDocument/semanticTokens/full", whole.clone()),
        ("textDocument/semanticTokens/range", part),
        ("textDocument/prepareRename", at(46)),
        ("textDocument/rename", rename),
        ("textDocument/documentLink", whole.clone()),
        ("textDocument/foldingRange", whole.clone()),
        (
            "textDocument/selectionRange",
            json!({ "textDocument": document, "positions": [{ "line": 0, "character": 3 }] }),
        ),
        ("textDocument/prepareCallHierarchy", at(3)),
        ("textDocument/prepareTypeHierarchy", at(3)),
        ("textDocument/diagnostic", whole),
        ("workspace/diagnostic", json!({ "previousResultIds": [] })),
        ("workspace/willRenameFiles", json!({ "files": [{ "oldUri": uri, "newUri": format!("{uri}.md") }] })),
    ]
}

#[test]
fn a_panic_in_any_feature_fails_its_own_request_only() {
    let workspace = Workspace::new(&[("notes/a.md", NOTE)]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, NOTE);
    for (method, params) in requests(&uri) {
        arm(&mut robot, "computing");
        let id = robot.ask(method, params.clone());
        let reply = robot.reply(id);
        assert_eq!(reply["error"]["code"], -32603, "{method}: {reply}");
        assert!(reply["error"]["message"].as_str().unwrap().contains("an error in Glossator"), "{method}: {reply}");
        robot.hear_warning(&format!("{method} failed because of an error in Glossator"));
        robot.request(method, params);
    }
    assert_well(&mut robot, &workspace);
    robot.finish();
}

#[test]
fn a_panic_in_the_analysis_of_a_text_costs_that_text_only() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    arm(&mut robot, "analysing");
    let uri = workspace.uri("notes/a.md");
    workspace.write("notes/a.md", NOTE);
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 1 }] }));
    robot.hear_warning("a text was not analysed because of an error in Glossator");
    robot.open(&uri, NOTE);
    robot.edit(&uri, 2, (0, 0), (0, 0), "Really, ");
    assert!(robot.hover(&uri, (0, 10)).contains("Makes anvils."));
    assert_well(&mut robot, &workspace);
    robot.finish();
}

#[test]
fn a_panic_of_the_desk_is_shown_and_opening_the_text_again_puts_things_right() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, "Nobody\n");
    arm(&mut robot, "editing");
    robot.edit(&uri, 2, (0, 0), (0, 0), "Acme Corporation and ");
    let shown = robot.hear("window/showMessage");
    assert!(shown["params"]["message"].as_str().unwrap().contains("close and open the text again"), "{shown}");
    robot.close(&uri);
    robot.open(&uri, "Acme Corporation and nobody\n");
    assert!(robot.hover(&uri, (0, 2)).contains("Makes anvils."));
    robot.finish();
}

#[test]
fn diagnostics_go_on_after_a_panic_among_them() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    for (place, said) in [
        ("checking", Some("was not checked because of an error")),
        ("publishing", Some("some diagnostics were not sent because of an error")),
        ("amending", None),
        ("looking", Some("was not checked because of an error")),
    ] {
        let uri = workspace.uri(&format!("notes/{place}.md"));
        let is_later = matches!(place, "amending" | "looking");
        if is_later {
            robot.open(&uri, "Fine.\n");
            robot.diagnostics(&uri, |_| true);
        }
        arm(&mut robot, place);
        match is_later {
            true => robot.edit(&uri, 2, (0, 0), (0, 0), "Well. "),
            false => robot.open(&uri, "Fine.\n"),
        }
        if let Some(words) = said {
            robot.hear_warning(words);
        }
        robot.edit(&uri, 3, (1, 0), (1, 0), "Nobody knows why [@nobody].\n");
        robot.diagnostics(&uri, |it| it["version"] == 3 && it["diagnostics"].to_string().contains("nobody"));
    }
    assert_well(&mut robot, &workspace);
    robot.finish();
}

#[test]
fn a_panic_while_the_workspace_is_read_is_shown_and_open_texts_are_served() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::start(&workspace, everything());
    robot.wait_until_read();
    arm(&mut robot, "loading");
    // Other options: everything is read again.
    workspace.write("glossator.toml", "[corpus]\nsources = [\"texts/**\"]\n");
    let uri = workspace.uri("glossator.toml");
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 1 }] }));
    let shown = robot.hear("window/showMessage");
    assert!(shown["params"]["message"].as_str().unwrap().contains("read in part only"), "{shown}");
    let note = workspace.uri("notes/a.md");
    robot.open(&note, NOTE);
    robot.diagnostics(&note, |it| it["diagnostics"].to_string().contains("nobody"));
    assert_eq!(words(&robot.at("textDocument/hover", &note, (2, 0))), "");
}

#[test]
fn a_panic_while_registries_are_read_is_told() {
    let configuration = "[actors]\nregistries = [\"lists/firms.jsonl\"]\n";
    let workspace = Workspace::new(&[("lists/firms.jsonl", ""), ("notes/a.md", NOTE)]);
    let mut robot = Robot::start(&workspace, plain());
    robot.wait_until_read();
    arm(&mut robot, "registries");
    workspace.write("glossator.toml", configuration);
    let uri = workspace.uri("glossator.toml");
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 1 }] }));
    robot.diagnostics(&uri, |it| it["diagnostics"].to_string().contains("because of an error in Glossator"));
    assert_well(&mut robot, &workspace);
}
