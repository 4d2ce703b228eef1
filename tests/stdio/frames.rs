//! Messages as they should not be: none of them may end the session or lose the next message.

use crate::robot::{Robot, Workspace};
use serde_json::{Value, json};

#[test]
fn broken_frames_are_dropped_and_the_next_message_is_served() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let deep = format!(r#"{{"jsonrpc":"2.0","method":"a","params":{}{}}}"#, "[".repeat(5_000), "]".repeat(5_000));
    let large = r#"{"jsonrpc":"2.0","method":"a","params":[1e999]}"#;
    for body in [r#"{"jsonrpc":"2.0","method":"#, "", "[]", "null", "{}", r#"{"jsonrpc":"1.0","id":1}"#, &deep, large] {
        robot.frame(body);
        robot.hear_warning("dropped");
        assert_eq!(robot.hover(&workspace.uri("notes/a.md"), (0, 0)), "");
    }
    robot.raw(b"Content-Length: 3\r\n\r\n\"\xff\"");
    robot.hear_warning("not UTF-8");
    for header in ["Content-Length: many\r\n\r\n", "X-Unknown: 1\r\n\r\n", "\r\n\r\n", "nonsense"] {
        robot.raw(header.as_bytes());
        assert_eq!(robot.hover(&workspace.uri("notes/a.md"), (0, 0)), "");
    }
    robot.finish();
}

#[test]
fn headers_may_be_written_in_any_case_and_order() {
    let mut robot = Robot::ready(&Workspace::new(&[]));
    let body = r#"{"jsonrpc":"2.0","id":"x","method":"shutdown"}"#;
    let kind = "Content-Type: application/vscode-jsonrpc; charset=utf8";
    robot.raw(format!("{kind}\r\ncontent-length:{}\r\n\r\n{body}", body.len()).as_bytes());
    robot.take("the answer", |message| message["id"] == "x");
    robot.notify("exit", Value::Null);
}

#[test]
fn a_message_that_is_too_large_is_refused_unread() {
    let mut robot = Robot::ready(&Workspace::new(&[]));
    let megabyte = vec![b' '; 1024 * 1024];
    robot.raw(format!("Content-Length: {}\r\n\r\n", 257 * megabyte.len()).as_bytes());
    for _ in 0..257 {
        robot.raw(&megabyte);
    }
    robot.hear_warning("was refused");
    robot.finish();
}

#[test]
fn half_a_surrogate_pair_costs_one_character_only() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, "x\n");
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 1 } });
    let change = json!({ "textDocument": { "uri": &uri, "version": 2 }, "contentChanges": [{ "range": range, "text": "TEXT" }] });
    let body = json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": change }).to_string();
    robot.frame(&body.replace("TEXT", r"\ud83d Acme Corporation"));
    // U+FFFD is as long in UTF-16 as the half that it stands for.
    let hover = robot.at("textDocument/hover", &uri, (0, 4));
    assert_eq!(hover["range"]["start"], json!({ "line": 0, "character": 2 }));
    robot.finish();
}

#[test]
fn a_uri_may_be_raw() {
    let workspace = Workspace::new(&[("notes/一 [二].md", "")]);
    let mut robot = Robot::ready(&workspace);
    let raw = workspace.uri("notes/一 [二].md");
    robot.open(&raw, "Acme Corporation\n");
    let published = robot.take("diagnostics", |message| message["method"] == "textDocument/publishDiagnostics");
    let encoded = workspace.uri("notes/%E4%B8%80%20%5B%E4%BA%8C%5D.md");
    assert_eq!(published["params"]["uri"], encoded);
    for uri in [raw, encoded] {
        assert!(robot.hover(&uri, (0, 1)).contains("Acme Corporation"));
    }
    robot.finish();
}

#[test]
fn ids_may_be_strings() {
    let mut robot = Robot::ready(&Workspace::new(&[]));
    robot.frame(r#"{"jsonrpc":"2.0","id":"一","method":"no/such"}"#);
    let reply = robot.take("the answer", |message| message["id"] == "一");
    assert_eq!(reply["error"]["code"], -32601);
    robot.finish();
}

#[test]
fn unknown_methods_and_wrong_parameters_are_errors_or_nothing() {
    let mut robot = Robot::ready(&Workspace::new(&[]));
    let unknown = robot.ask("no/such", json!({}));
    assert_eq!(robot.error(unknown), -32601);
    let wrong = robot.ask("textDocument/hover", json!({ "textDocument": 7 }));
    assert_eq!(robot.error(wrong), -32602);
    robot.notify("no/such", json!({}));
    robot.notify("$/setTrace", json!({ "value": "verbose" }));
    robot.notify("textDocument/didChange", json!({ "textDocument": 7 }));
    robot.finish();
}

#[test]
fn requests_before_initialize_are_refused() {
    let mut robot = Robot::new();
    let id = robot.ask_at("textDocument/hover", "file:///a.md", (0, 0));
    assert_eq!(robot.error(id), -32002);
    robot.notify("textDocument/didOpen", json!({}));
    robot.initialize(json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    let again = robot.ask("initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    assert_eq!(robot.error(again), -32600);
    robot.finish();
}
