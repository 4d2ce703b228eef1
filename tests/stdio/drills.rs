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

// What has not been read yet.

const UNREAD_NOTE: &str = "Globe Works sold 14 boats in 2019, and the town bought 9 of them “for the ferry” [@tide, p. 2].\n\n\
                           The council said so again [@ebb, p. 1].\n";

fn unread() -> Workspace {
    Workspace::new(&[
        ("actors/globe.md", "---\nid: globe\ntype: Company\nname: Globe Works\n---\n"),
        (
            "references.yaml",
            "- id: tide\n  type: report\n  title: Tides\n  custom: {file: corpus/tide.txt}\n\
             - id: flood\n  type: report\n  title: Floods\n  custom: {file: corpus/flood.txt}\n",
        ),
        ("corpus/tide.txt", "The town bought 9 of the boats for the ferry.\n"),
        ("corpus/flood.txt", "The water rose.\n"),
        ("notes/b.md", "The water rose [@flood, p. 1].\n"),
    ])
}

/// Says hello with capabilities, and has whoever comes to a place wait there.
fn held_at(workspace: &Workspace, capabilities: &Value, place: &str) -> Robot {
    let mut robot = Robot::new();
    let root = workspace.root_uri();
    robot.request("initialize", json!({ "processId": null, "rootUri": root, "capabilities": capabilities }));
    hold(&mut robot, place);
    robot.notify("initialized", json!({}));
    robot
}

fn hold(robot: &mut Robot, place: &str) {
    let command = json!({ "command": "glossator.test.hold", "arguments": [place] });
    assert_eq!(robot.request("workspace/executeCommand", command), "held");
}

/// The code and the words of each diagnostic.
fn found(diagnostics: &Value) -> Vec<(String, String)> {
    let both = |it: &Value| (it["code"].as_str().unwrap().to_owned(), it["message"].as_str().unwrap().to_owned());
    diagnostics.as_array().unwrap().iter().map(both).collect()
}

/// The one finding that must come: the other key is there, the copy has the quotation, and the claims have sources.
fn assert_right(found: &[(String, String)]) {
    let undefined: Vec<_> = found.iter().filter(|(code, _)| code == "undefined-citation").collect();
    assert!(undefined.len() == 1 && undefined[0].1.contains("`ebb`"), "{found:?}");
    let wrong = ["quotation-not-found", "missing-archived-copy", "unused-reference", "unknown-actor"];
    assert!(found.iter().all(|(code, _)| !wrong.contains(&code.as_str())), "{found:?}");
    let first = found.iter().filter(|(code, words)| code == "uncited-claim" && words.contains("14"));
    assert_eq!(first.count(), 0, "{found:?}");
}

#[test]
fn what_has_not_been_read_is_not_missing() {
    for held in ["loading", "reading texts"] {
        let workspace = unread();
        let mut robot = held_at(&workspace, &json!({}), held);
        let note = workspace.uri("notes/a.md");
        robot.open(&note, UNREAD_NOTE);
        let place = json!({ "line": 2, "character": 33 });
        let rename = json!({ "textDocument": { "uri": note }, "position": place, "newName": "neap" });
        let id = robot.ask("textDocument/rename", rename);
        assert_eq!(robot.error(id), -32803, "half a renamed key would be lost");
        if held == "loading" {
            assert_eq!(robot.hover(&note, (0, 2)), "");
            assert_eq!(robot.hover(&note, (0, 86)), "");
            let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 2, "character": 9 } });
            let actions = json!({ "textDocument": { "uri": note }, "range": range, "context": { "diagnostics": [] } });
            assert_eq!(robot.request("textDocument/codeAction", actions), json!([]));
            let lenses = robot.request("textDocument/codeLens", json!({ "textDocument": { "uri": note } }));
            assert_eq!(lenses, json!([]));
            let tokens = json!({ "textDocument": { "uri": note } });
            let tokens = robot.request("textDocument/semanticTokens/full", tokens)["data"].clone();
            let marks: Vec<&Value> = tokens.as_array().unwrap().chunks(5).map(|token| &token[4]).collect();
            assert_eq!(marks, [0, 0], "{tokens}");
            hold(&mut robot, "nowhere");
        } else {
            // Of what can be said already, some is said after a moment.
            let published = robot.diagnostics(&note, |_| true);
            assert_right(&found(&published["diagnostics"]));
            assert!(robot.hover(&note, (0, 2)).contains("1 mention in 1 text so far"));
            hold(&mut robot, "nowhere");
        }
        robot.until("the count", |robot| {
            let card = robot.hover(&note, (0, 2));
            card.contains("1 mention in 1 text") && !card.contains("so far")
        });
        robot.edit(&note, 2, (0, 0), (0, 0), "So ");
        let published = robot.diagnostics(&note, |it| {
            assert_right(&found(&it["diagnostics"]));
            it["version"] == 2
        });
        assert_right(&found(&published["diagnostics"]));
        robot.finish();
    }
}

#[test]
fn a_client_that_asks_is_not_told_what_has_not_been_read() {
    let workspace = unread();
    let asks =
        json!({ "textDocument": { "diagnostic": {} }, "workspace": { "diagnostics": { "refreshSupport": true } } });
    let mut robot = held_at(&workspace, &asks, "loading");
    let note = workspace.uri("notes/a.md");
    robot.open(&note, UNREAD_NOTE);
    let ask = |robot: &mut Robot| robot.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": note } }));
    // Longer than anybody would wait, and then hardly.
    let early = ask(&mut robot);
    assert_eq!(robot.result(early)["items"], json!([]));
    let late = ask(&mut robot);
    hold(&mut robot, "nowhere");
    assert_right(&found(&robot.result(late)["items"]));
    let refresh = robot.hear("workspace/diagnostic/refresh");
    robot.answer(&refresh, Value::Null);
    robot.finish();
}
