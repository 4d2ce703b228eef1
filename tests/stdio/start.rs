//! The beginning: what is negotiated, and what the client sees while the workspace is read.

use crate::robot::{Robot, Workspace, everything, plain};
use serde_json::{Value, json};

fn encoding(offered: Value) -> Value {
    let mut robot = Robot::new();
    let capabilities = json!({ "general": { "positionEncodings": offered } });
    let params = json!({ "processId": null, "rootUri": null, "capabilities": capabilities });
    let found = robot.initialize(params)["positionEncoding"].clone();
    robot.finish();
    found
}

#[test]
fn utf_8_is_preferred_and_utf_16_is_the_default() {
    assert_eq!(encoding(json!(["utf-16", "utf-8"])), "utf-8");
    assert_eq!(encoding(json!(["utf-32", "utf-16"])), "utf-16");
    assert_eq!(encoding(json!(["utf-32"])), "utf-32");
    assert_eq!(encoding(json!([])), "utf-16");
    assert_eq!(encoding(Value::Null), "utf-16");
    assert_eq!(encoding(json!(["utf-7"])), "utf-16");
}

#[test]
fn only_what_works_is_advertised() {
    let mut robot = Robot::new();
    let params = json!({ "processId": null, "rootUri": null, "capabilities": everything() });
    let mut capabilities = robot.initialize(params);
    let mut names: Vec<String> = capabilities.as_object_mut().unwrap().keys().cloned().collect();
    names.sort();
    let expected = [
        "callHierarchyProvider",
        "codeActionProvider",
        "codeLensProvider",
        "completionProvider",
        "definitionProvider",
        "documentHighlightProvider",
        "documentLinkProvider",
        "documentSymbolProvider",
        "executeCommandProvider",
        "foldingRangeProvider",
        "hoverProvider",
        "inlayHintProvider",
        "positionEncoding",
        "referencesProvider",
        "renameProvider",
        "selectionRangeProvider",
        "semanticTokensProvider",
        "textDocumentSync",
        "typeDefinitionProvider",
        "typeHierarchyProvider",
        "workspace",
        "workspaceSymbolProvider",
    ];
    assert_eq!(names, expected);
    for method in ["client/registerCapability", "workspace/configuration"] {
        let request = robot.hear(method);
        robot.answer(&request, json!([null]));
    }
    robot.finish();
}

#[test]
fn reading_the_workspace_shows_progress() {
    let workspace = Workspace::new(&[("notes/a.md", "Acme Corporation\n")]);
    let mut robot = Robot::start(&workspace, plain());
    let create = robot.hear("window/workDoneProgress/create");
    let token = create["params"]["token"].clone();
    robot.answer(&create, Value::Null);
    let mut kinds = Vec::new();
    while kinds.last().is_none_or(|kind| kind != "end") {
        let progress = robot.hear("$/progress");
        assert_eq!(progress["params"]["token"], token);
        kinds.push(progress["params"]["value"]["kind"].clone());
    }
    assert_eq!(kinds.first(), Some(&json!("begin")));
    assert!(kinds.iter().skip(1).rev().skip(1).all(|kind| kind == "report"));
    robot.finish();
}

#[test]
fn a_client_that_refuses_progress_gets_none() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::start(&workspace, plain());
    let create = robot.hear("window/workDoneProgress/create");
    let error = json!({ "code": -32601, "message": "no" });
    robot.frame(&json!({ "jsonrpc": "2.0", "id": create["id"], "error": error }).to_string());
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, "");
    let published = robot.diagnostics(&uri, |_| true);
    assert_eq!(published["version"], 1);
    robot.finish();
}

#[test]
fn a_client_that_never_answers_holds_nothing_up() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::start(&workspace, everything());
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, "");
    robot.diagnostics(&uri, |_| true);
    for method in ["window/workDoneProgress/create", "client/registerCapability"] {
        robot.hear(method);
    }
    robot.finish();
}

#[test]
fn files_and_settings_are_asked_for_where_the_client_can() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::start(&workspace, everything());
    let register = robot.hear("client/registerCapability");
    let methods = register["params"]["registrations"].as_array().unwrap().iter().map(|it| it["method"].clone());
    let expected = ["workspace/didChangeWatchedFiles", "workspace/didChangeConfiguration"];
    assert_eq!(methods.collect::<Vec<_>>(), expected);
    robot.answer(&register, Value::Null);
    let configuration = robot.hear("workspace/configuration");
    assert_eq!(configuration["params"]["items"], json!([{ "scopeUri": workspace.root_uri(), "section": "glossator" }]));
    robot.answer(&configuration, json!([{ "findings": {} }]));
    robot.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    let again = robot.hear("workspace/configuration");
    robot.answer(&again, json!([null]));
    robot.wait_until_read();
    robot.finish();
}

#[test]
fn a_text_without_a_workspace_is_served() {
    let mut robot = Robot::new();
    robot.initialize(json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    robot.open("file:///nowhere/a.md", "Words.\n");
    robot.diagnostics("file:///nowhere/a.md", |_| true);
    assert_eq!(robot.hover("file:///nowhere/a.md", (0, 1)), "");
    robot.finish();
}
