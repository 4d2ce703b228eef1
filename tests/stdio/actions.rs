//! Code actions for clients of every ability: what they get, and that a decision counts at once.

use crate::robot::{Robot, Workspace, plain, position};
use serde_json::{Value, json};

/// A clef counts 4 bytes, 2 UTF-16 units, 1 code point.
const NOTE: &str = "𝄞 The firm sold 9,000 anvils in 2023.\n";
const PATH: &str = "annotations/notes/a.md.jsonl";

/// What a client can do with actions.
struct Client {
    literals: bool,
    resolves: bool,
    versions: bool,
    creates: bool,
    applies: bool,
}

const ABLE: Client = Client { literals: true, resolves: true, versions: true, creates: true, applies: true };

fn capabilities(client: &Client, encoding: &str) -> Value {
    let mut capabilities = plain();
    capabilities["general"] = json!({ "positionEncodings": [encoding] });
    let mut actions = json!({ "isPreferredSupport": true });
    if client.literals {
        actions["codeActionLiteralSupport"] = json!({ "codeActionKind": { "valueSet": ["quickfix", "refactor"] } });
    }
    if client.resolves {
        actions["dataSupport"] = json!(true);
        actions["resolveSupport"] = json!({ "properties": ["edit"] });
    }
    capabilities["textDocument"] = json!({ "codeAction": actions });
    let operations = if client.creates { json!(["create", "rename", "delete"]) } else { json!([]) };
    let edits = json!({ "documentChanges": client.versions, "resourceOperations": operations });
    capabilities["workspace"] = json!({ "applyEdit": client.applies, "workspaceEdit": edits });
    capabilities
}

fn start(workspace: &Workspace, client: &Client) -> Robot {
    let mut robot = Robot::start(workspace, capabilities(client, "utf-16"));
    robot.wait_until_read();
    robot
}

/// The actions at a place.
fn actions(robot: &mut Robot, uri: &str, place: (u32, u32), context: Value) -> Vec<Value> {
    let range = json!({ "start": position(place), "end": position(place) });
    let document = json!({ "uri": uri });
    let params = json!({ "textDocument": document, "range": range, "context": context });
    robot.request("textDocument/codeAction", params).as_array().unwrap().clone()
}

fn titled(actions: &[Value], title: &str) -> Value {
    let found = actions.iter().find(|action| action["title"].as_str().unwrap().starts_with(title));
    found.unwrap_or_else(|| panic!("no “{title}” in {actions:#?}")).clone()
}

fn none() -> Value {
    json!({ "diagnostics": [] })
}

fn is_uncited(params: &Value) -> bool {
    params["diagnostics"].as_array().unwrap().iter().any(|it| it["code"] == "uncited-claim")
}

#[test]
fn an_action_is_resolved_when_it_is_chosen_and_counts_when_the_file_is_there() {
    let workspace = Workspace::new(&[("notes/a.md", NOTE)]);
    let mut robot = start(&workspace, &ABLE);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, NOTE);
    let published = robot.diagnostics(&uri, is_uncited);
    let context = json!({ "diagnostics": published["diagnostics"] });
    let list = actions(&mut robot, &uri, (0, 8), context);
    assert!(list.iter().all(|action| action.get("edit").is_none() && action["data"].is_object()), "{list:#?}");
    let action = titled(&list, "Will not be cited: common knowledge");
    assert_eq!(action["kind"], "quickfix");
    assert_eq!(action["diagnostics"][0]["code"], "uncited-claim");
    let resolved = robot.request("codeAction/resolve", action);
    let changes = resolved["edit"]["documentChanges"].as_array().unwrap();
    assert_eq!((&changes[0]["kind"], &changes[0]["uri"]), (&json!("create"), &json!(workspace.uri(PATH))));
    assert_eq!(changes[1]["textDocument"], json!({ "uri": workspace.uri(PATH), "version": null }));
    let line = changes[1]["edits"][0]["newText"].as_str().unwrap();
    assert!(line.contains("\"start\":0,\"end\":37}"), "code points: {line}");
    // What the editor does then.
    workspace.write(PATH, line);
    let changed = json!([{ "uri": workspace.uri(PATH), "type": 1 }]);
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": changed }));
    robot.diagnostics(&uri, |params| !is_uncited(params));
    assert!(robot.hover(&uri, (0, 8)).contains("will not be cited: common knowledge"));
    // The second decision about the same place takes the place of the first.
    let list = actions(&mut robot, &uri, (0, 8), none());
    let resolved = robot.request("codeAction/resolve", titled(&list, "Mark this claim as verified"));
    let edits = &resolved["edit"]["documentChanges"][0]["edits"];
    let utf16 = line.trim_end().encode_utf16().count();
    let range = json!({ "start": position((0, 0)), "end": position((0, u32::try_from(utf16).unwrap())) });
    assert_eq!(edits.as_array().unwrap().len(), 1);
    assert_eq!(edits[0]["range"], range);
    // The same, before the file is saved.
    let verified = format!("{}\n", edits[0]["newText"].as_str().unwrap());
    robot.open(&workspace.uri(PATH), &verified);
    assert!(robot.hover(&uri, (0, 8)).contains("verified"));
    robot.change(&workspace.uri(PATH), 2, json!([{ "text": "" }]));
    robot.diagnostics(&uri, is_uncited);
    robot.finish();
}

#[test]
fn an_edit_counts_as_the_client_does() {
    let note = NOTE.replace("sold", "sold 国");
    let before = note.trim_end_matches(['.', '\n']);
    let (bytes, units, points) = (before.len(), before.encode_utf16().count(), before.chars().count());
    for (encoding, end) in [("utf-8", bytes), ("utf-16", units), ("utf-32", points)] {
        let workspace = Workspace::new(&[("notes/a.md", &note)]);
        let client = Client { resolves: false, ..ABLE };
        let mut robot = Robot::start(&workspace, capabilities(&client, encoding));
        robot.wait_until_read();
        let uri = workspace.uri("notes/a.md");
        robot.open(&uri, &note);
        let list = actions(&mut robot, &uri, (0, 12), none());
        let edit = &titled(&list, "Cite `atlas`")["edit"]["documentChanges"][0];
        assert_eq!(edit["textDocument"], json!({ "uri": uri, "version": 1 }));
        let place = position((0, u32::try_from(end).unwrap()));
        let expected = json!([{ "range": { "start": place, "end": place }, "newText": " [@atlas]" }]);
        assert_eq!(edit["edits"], expected, "{encoding}");
        robot.finish();
    }
}

#[test]
fn a_text_that_has_changed_since_is_not_edited() {
    let workspace = Workspace::new(&[("notes/a.md", NOTE)]);
    let mut robot = start(&workspace, &ABLE);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, NOTE);
    let action = titled(&actions(&mut robot, &uri, (0, 8), none()), "Cite `atlas`");
    robot.edit(&uri, 2, (0, 0), (0, 0), "So ");
    let id = robot.ask("codeAction/resolve", action);
    assert_eq!(robot.error(id), -32801);
    robot.finish();
}

#[test]
fn kinds_are_filtered() {
    let workspace = Workspace::new(&[("notes/a.md", NOTE)]);
    let mut robot = start(&workspace, &ABLE);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, NOTE);
    for (only, expected) in
        [("quickfix", "quickfix"), ("refactor", "refactor.rewrite"), ("refactor.rewrite", "refactor.rewrite")]
    {
        let list = actions(&mut robot, &uri, (0, 8), json!({ "diagnostics": [], "only": [only] }));
        assert!(!list.is_empty() && list.iter().all(|action| action["kind"] == expected), "{only}: {list:#?}");
    }
    assert_eq!(
        actions(&mut robot, &uri, (0, 8), json!({ "diagnostics": [], "only": ["source", "refactor.re"] })),
        [Value::Null; 0]
    );
    robot.finish();
}

#[test]
fn a_client_that_cannot_make_files_has_a_command_in_their_place() {
    let workspace = Workspace::new(&[("notes/a.md", NOTE)]);
    let client = Client { resolves: false, versions: false, creates: false, ..ABLE };
    let mut robot = start(&workspace, &client);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, NOTE);
    robot.diagnostics(&uri, is_uncited);
    let list = actions(&mut robot, &uri, (0, 8), none());
    let cite = titled(&list, "Cite `atlas`");
    assert_eq!(cite["edit"]["changes"][&uri][0]["newText"], " [@atlas]");
    let command = titled(&list, "Mark this claim as disputed")["command"].clone();
    assert_eq!(command["command"], "glossator.apply");
    robot.request("workspace/executeCommand", command.clone());
    robot.diagnostics(&uri, |params| !is_uncited(params));
    let written = std::fs::read_to_string(workspace.root().join(PATH)).unwrap();
    assert!(written.contains("\"gl:verdict\":\"disputed\"") && written.ends_with("}\n"), "{written}");
    // The next one changes the file that is there, and that is for the client.
    let list = actions(&mut robot, &uri, (0, 8), none());
    let edit = titled(&list, "Mark this claim as verified")["edit"].clone();
    assert!(
        edit["changes"][workspace.uri(PATH)][0]["newText"].as_str().unwrap().contains("\"gl:verdict\":\"verified\"")
    );
    // What was chosen twice is there already.
    let id = robot.ask("workspace/executeCommand", command);
    assert_eq!(robot.error(id), -32801);
    robot.finish();
}

#[test]
fn a_client_that_knows_commands_only_is_asked_to_make_the_edit() {
    let workspace = Workspace::new(&[("notes/a.md", NOTE)]);
    let client = Client { literals: false, resolves: false, versions: false, creates: false, applies: true };
    let mut robot = start(&workspace, &client);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, NOTE);
    let command = titled(&actions(&mut robot, &uri, (0, 8), none()), "Cite `atlas`");
    for applied in [true, false] {
        let id = robot.ask("workspace/executeCommand", command.clone());
        let request = robot.hear("workspace/applyEdit");
        assert_eq!(request["params"]["edit"]["changes"][&uri][0]["newText"], " [@atlas]");
        robot.answer(&request, json!({ "applied": applied }));
        match applied {
            true => assert_eq!(robot.result(id), Value::Null),
            false => assert_eq!(robot.error(id), -32803),
        }
    }
    robot.finish();
}

#[test]
fn a_client_that_takes_no_edits_has_closed_files_written_and_open_ones_left_alone() {
    let record = "---\nname: Bolt\nfacts:\n  - {property: sector, value: nuts}\n---\n";
    let workspace = Workspace::new(&[("notes/a.md", NOTE), ("actors/bolt.md", record)]);
    let client = Client { literals: false, resolves: false, versions: false, creates: false, applies: false };
    let mut robot = start(&workspace, &client);
    let (note, closed) = (workspace.uri("notes/a.md"), workspace.uri("actors/bolt.md"));
    let command = titled(&actions(&mut robot, &closed, (3, 10), none()), "Give `atlas` as its source");
    robot.request("workspace/executeCommand", command);
    let written = std::fs::read_to_string(workspace.root().join("actors/bolt.md")).unwrap();
    assert_eq!(written, record.replace("nuts}", "nuts, source: atlas}"));
    robot.open(&note, NOTE);
    let command = titled(&actions(&mut robot, &note, (0, 8), none()), "Cite `atlas`");
    let id = robot.ask("workspace/executeCommand", command);
    assert_eq!(robot.error(id), -32803);
    robot.finish();
}

#[test]
fn data_that_was_not_sent_is_refused() {
    let workspace = Workspace::new(&[("notes/a.md", NOTE)]);
    let mut robot = start(&workspace, &ABLE);
    let data = |path: &str| json!({ "path": path, "version": null, "start": 0, "end": 9999, "title": "x" });
    for (data, code) in [(json!(3), -32602), (data("../../etc/passwd"), -32801), (data("notes/a.md"), -32801)] {
        let id = robot.ask("workspace/executeCommand", json!({ "command": "glossator.apply", "arguments": [data] }));
        assert_eq!(robot.error(id), code);
    }
    let id = robot.ask("workspace/executeCommand", json!({ "command": "glossator.apply" }));
    assert_eq!(robot.error(id), -32602);
    robot.finish();
}
