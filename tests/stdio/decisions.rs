//! Decisions over time: through edits and saves, and with two editors on one folder.

use crate::robot::{Robot, Workspace, plain, position, program};
use serde_json::{Value, json};

const NOTE: &str = "The firm sold 9,000 anvils in 2023.\n\nAnother firm lost 12 percent in 2022.\n";
const PATH: &str = "annotations/notes/a.md.jsonl";

fn start(workspace: &Workspace) -> Robot {
    let mut capabilities = plain();
    let actions = json!({
        "dataSupport": true, "resolveSupport": { "properties": ["edit"] },
        "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "refactor"] } },
    });
    capabilities["textDocument"] = json!({ "codeAction": actions });
    let edits = json!({ "documentChanges": true, "resourceOperations": ["create"] });
    capabilities["workspace"] = json!({ "applyEdit": true, "workspaceEdit": edits });
    let mut robot = Robot::start(workspace, capabilities);
    robot.wait_until_read();
    robot
}

/// Chooses an action, and does what an editor does that does not show the file.
fn choose(robot: &mut Robot, workspace: &Workspace, uri: &str, place: (u32, u32), title: &str) {
    let range = json!({ "start": position(place), "end": position(place) });
    let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } });
    let list = robot.request("textDocument/codeAction", params);
    let action = list.as_array().unwrap().iter().find(|it| it["title"].as_str().unwrap().starts_with(title)).unwrap();
    let resolved = robot.request("codeAction/resolve", action.clone());
    for change in resolved["edit"]["documentChanges"].as_array().unwrap() {
        if change["kind"] == "create" {
            assert!(!workspace.root().join(PATH).exists(), "the file is there");
            workspace.write(PATH, "");
            continue;
        }
        let mut text = std::fs::read_to_string(workspace.root().join(PATH)).unwrap();
        for edit in change["edits"].as_array().unwrap().iter().rev() {
            let at = |place: &Value| {
                let number = |key: &str| usize::try_from(place[key].as_u64().unwrap()).unwrap();
                let line: usize = text.split_inclusive('\n').take(number("line")).map(str::len).sum();
                line + number("character") // Everything is ASCII here.
            };
            let (from, to) = (at(&edit["range"]["start"]), at(&edit["range"]["end"]));
            text.replace_range(from..to, edit["newText"].as_str().unwrap());
        }
        workspace.write(PATH, text);
    }
}

fn read(workspace: &Workspace) -> String {
    std::fs::read_to_string(workspace.root().join(PATH)).unwrap()
}

#[test]
fn two_editors_on_one_folder_lose_no_line() {
    let workspace = Workspace::new(&[("notes/a.md", NOTE)]);
    let (mut one, mut two) = (start(&workspace), start(&workspace));
    let uri = workspace.uri("notes/a.md");
    one.open(&uri, NOTE);
    two.open(&uri, NOTE);
    // Nobody tells either server what the other editor has written.
    choose(&mut one, &workspace, &uri, (2, 3), "Add a remark");
    choose(&mut two, &workspace, &uri, (0, 3), "Add a remark");
    choose(&mut one, &workspace, &uri, (0, 3), "Mark this claim as verified");
    choose(&mut two, &workspace, &uri, (2, 3), "Mark this claim as disputed");
    choose(&mut one, &workspace, &uri, (0, 3), "Mark this claim as disputed");
    choose(&mut two, &workspace, &uri, (0, 3), "Mark this claim as verified");
    let lines = read(&workspace);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = |line: &Value| {
        format!("{} {}", line["motivation"].as_str().unwrap(), line["body"]["gl:verdict"].as_str().unwrap_or("-"))
    };
    let mut all: Vec<String> = lines.iter().map(told).collect();
    all.sort();
    assert_eq!(all, ["assessing disputed", "assessing verified", "commenting -", "commenting -"]);
    let starts: Vec<u64> = lines.iter().map(|it| it["target"]["selector"][1]["start"].as_u64().unwrap()).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    one.finish();
    two.finish();
}

#[test]
fn a_decision_goes_with_its_sentence_and_is_renewed_when_the_text_is_saved() {
    let workspace = Workspace::new(&[("notes/a.md", NOTE)]);
    let mut robot = start(&workspace);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, NOTE);
    choose(&mut robot, &workspace, &uri, (2, 3), "Mark this claim as disputed");
    let changed = json!([{ "uri": workspace.uri(PATH), "type": 1 }]);
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": changed }));
    robot.until("the decision", |robot| robot.hover(&uri, (2, 8)).contains("disputed"));
    let before = read(&workspace);
    // Everything around it becomes something else, and so does a word in it; a look-alike comes before it.
    robot.edit(&uri, 2, (0, 0), (1, 0), "Another firm lost 13 percent in 2021. So they say.\n");
    robot.edit(&uri, 3, (2, 13), (2, 17), "shed");
    assert!(robot.hover(&uri, (2, 8)).contains("disputed"));
    assert!(!robot.hover(&uri, (0, 8)).contains("disputed"));
    let text = "Another firm lost 13 percent in 2021. So they say.\n\nAnother firm shed 12 percent in 2022.\n";
    workspace.write("notes/a.md", text);
    robot.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    robot.until("the new anchor", |_| read(&workspace) != before);
    let after = read(&workspace);
    assert!(
        after.contains("So they say.") && after.contains("\"exact\":\"Another firm lost 12 percent in 2022.\""),
        "{after}"
    );
    // Another server finds it again.
    let mut other = start(&workspace);
    other.open(&uri, text);
    assert!(other.hover(&uri, (2, 8)).contains("disputed"));
    // A save without need writes nothing.
    robot.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    assert!(robot.hover(&uri, (2, 8)).contains("disputed"));
    assert_eq!(read(&workspace), after);
    robot.finish();
    other.finish();
}

#[test]
fn many_decisions_are_one_edit_that_can_be_looked_at_file_by_file() {
    let other = "---\nname: Acme Bakery\naliases: [Acme Corporation]\n---\n";
    let (a, b) = ("Acme Corporation grew.\n", "Acme Corporation shrank.\n");
    let workspace = Workspace::new(&[("actors/bakery.md", other), ("notes/a.md", a), ("notes/b.md", b)]);
    for reviews in [true, false] {
        let mut capabilities = plain();
        let actions = json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } });
        capabilities["textDocument"] = json!({ "codeAction": actions });
        let mut edits = json!({ "documentChanges": true, "resourceOperations": ["create"] });
        if reviews {
            edits["changeAnnotationSupport"] = json!({ "groupsOnLabel": true });
        }
        capabilities["workspace"] = json!({ "workspaceEdit": edits });
        let mut robot = Robot::start(&workspace, capabilities);
        robot.wait_until_read();
        let range = json!({ "start": position((1, 8)), "end": position((1, 8)) });
        let document = json!({ "uri": workspace.uri("actors/acme.md") });
        let params = json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } });
        let list = robot.request("textDocument/codeAction", params);
        let title = "Review all possible and ambiguous mentions of Acme Corporation";
        let action = list.as_array().unwrap().iter().find(|it| it["title"] == title).unwrap();
        let changes = action["edit"]["documentChanges"].as_array().unwrap();
        assert_eq!(changes.len(), 4, "two files are made and filled: {action:#}");
        let annotations = &action["edit"]["changeAnnotations"];
        match reviews {
            true => {
                assert_eq!(changes[1]["edits"][0]["annotationId"], "annotations/notes/a.md.jsonl");
                assert_eq!(annotations["annotations/notes/b.md.jsonl"]["needsConfirmation"], true);
            }
            false => assert!(annotations.is_null() && changes[1]["edits"][0].get("annotationId").is_none()),
        }
        robot.finish();
    }
}

/// Two who share a name: the text alone does not say which is meant.
const NAMESAKES: [(&str, &str); 2] = [
    ("actors/zorvath-bank.md", "---\nname: Zorvath Bank\naliases: [Zorvath]\ntype: company\n---\n"),
    ("actors/zorvath-press.md", "---\nname: Zorvath Press\naliases: [Zorvath]\ntype: media\n---\n"),
];

#[test]
fn a_decision_is_seen_everywhere_at_once() {
    let text = "Zorvath sold 9,000 anvils in 2023.\n";
    let workspace = Workspace::new(&[NAMESAKES[0], NAMESAKES[1], ("notes/a.md", text)]);
    let mut robot = start(&workspace);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, text);
    let codes = |params: &Value| -> Vec<String> {
        let list = params["diagnostics"].as_array().unwrap();
        list.iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect()
    };
    let shown = robot.diagnostics(&uri, |params| params["version"] == 1);
    assert_eq!(codes(&shown), ["ambiguous-mention", "uncited-claim"]);
    let document = json!({ "textDocument": { "uri": uri } });
    let kind =
        |robot: &mut Robot| robot.request("textDocument/semanticTokens/full", document.clone())["data"][4].clone();
    let lens = |robot: &mut Robot| {
        let list = robot.request("textDocument/codeLens", document.clone());
        robot.request("codeLens/resolve", list[0].clone())["command"]["title"].clone()
    };
    let ambiguous = kind(&mut robot);
    assert_eq!(lens(&mut robot), "0 of 1 claim cited");

    choose(&mut robot, &workspace, &uri, (0, 2), "“Zorvath” is Zorvath Press");
    choose(&mut robot, &workspace, &uri, (0, 12), "Mark this claim as verified");
    let changed = json!([{ "uri": workspace.uri(PATH), "type": 1 }]);
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": changed }));
    robot.diagnostics(&uri, |params| codes(params).is_empty());
    let hover = robot.hover(&uri, (0, 2));
    assert!(hover.contains("Zorvath Press") && !hover.contains("may be"), "{hover}");
    assert!(hover.contains("verified"), "{hover}");
    let line: Value = serde_json::from_str(read(&workspace).lines().next().unwrap()).unwrap();
    let day = line["created"].as_str().and_then(|it| it.get(..10)).unwrap();
    assert!(hover.contains(day), "when it was decided: {hover}");
    assert_ne!(kind(&mut robot), ambiguous);
    assert_eq!(lens(&mut robot), "1 of 1 claim cited");
    let explained = std::process::Command::new(program())
        .args(["explain", "notes/a.md:1:2", "--workspace"])
        .arg(workspace.root())
        .current_dir(workspace.root())
        .output()
        .unwrap();
    let explained = String::from_utf8(explained.stdout).unwrap();
    assert!(
        explained.contains("decision: ") && explained.contains("verified") && explained.contains(day),
        "{explained}"
    );
    robot.finish();
}
