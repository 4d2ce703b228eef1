//! Registries: read behind everything else, and again when they change.

use crate::robot::{Robot, Workspace, plain};
use serde_json::{Value, json};

const SETTINGS: &str = "[actors]\nregistries = [\"lists/big.jsonl\"]\n";

/// A list of made-up firms; every name has its number in letters.
fn list(n_entities: usize) -> String {
    let line = |number: usize| {
        let name = firm(number);
        format!("{{\"id\":\"q{number}\",\"schema\":\"Company\",\"properties\":{{\"name\":[\"{name}\"]}}}}\n")
    };
    (0..n_entities).map(line).collect()
}

fn firm(number: usize) -> String {
    let syllables = ["ba", "ko", "ri", "te", "ma", "lo", "vi", "sa", "du", "ne"];
    let digits = format!("{number:05}");
    let word: String = digits.bytes().map(|digit| syllables[usize::from(digit - b'0')]).collect();
    format!("Z{word} Holdings")
}

/// Answers requests until work of this kind has ended.
fn wait_for(robot: &mut Robot, work: &str) {
    let is_of = |message: &Value| {
        message["params"]["token"].as_str().is_some_and(|token| token.starts_with(&format!("glossator/{work}/")))
    };
    loop {
        let message = robot.take(work, |message| is_of(message) || message["method"] == "workspace/configuration");
        match message["method"].as_str() {
            Some("$/progress") if message["params"]["value"]["kind"] == "end" => return,
            Some("$/progress") => (),
            _ => robot.answer(&message, Value::Null),
        }
    }
}

fn messages(published: &Value) -> Vec<String> {
    let diagnostics = published["diagnostics"].as_array().unwrap().iter();
    diagnostics.map(|it| it["message"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_large_registry_serves_hovers_and_suggestions_and_is_read_again() {
    let text = format!("Yesterday {} sold all. “We sell,” said {}, a firm.\n", firm(49_999), firm(49_999));
    let workspace =
        Workspace::new(&[("glossator.toml", SETTINGS), ("lists/big.jsonl", &list(50_000)), ("corpus/a.txt", &text)]);
    let mut robot = Robot::start(&workspace, plain());
    wait_for(&mut robot, "workspace");
    wait_for(&mut robot, "registries");
    let uri = workspace.uri("corpus/a.txt");
    robot.open(&uri, &text);
    let hover = robot.hover(&uri, (0, 12));
    assert!(hover.contains("q49999") && hover.contains("lists/big.jsonl"), "{hover}");
    robot.diagnostics(&uri, |it| messages(it).iter().any(|it| it.contains("in the registry lists/big.jsonl")));

    workspace.write("lists/big.jsonl", list(10));
    let changed = json!({ "changes": [{ "uri": workspace.uri("lists/big.jsonl"), "type": 2 }] });
    robot.notify("workspace/didChangeWatchedFiles", changed);
    wait_for(&mut robot, "registries");
    let hover = robot.hover(&uri, (0, 12));
    assert!(!hover.contains("q49999"), "{hover}");
    robot.finish();
}

#[test]
fn what_is_wrong_with_registries_is_said_on_the_configuration() {
    let broken = "{\"id\":\"a\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Zorn Foods\"]}}\nno entity\n";
    let settings = "[actors]\nregistries = [\"lists/a.jsonl\", \"lists/gone.jsonl\", \"../outside.jsonl\"]\n";
    let workspace = Workspace::new(&[("glossator.toml", settings), ("lists/a.jsonl", broken)]);
    let mut robot = Robot::start(&workspace, plain());
    wait_for(&mut robot, "workspace");
    wait_for(&mut robot, "registries");
    let uri = workspace.uri("glossator.toml");
    let published = robot.diagnostics(&uri, |it| messages(it).iter().any(|it| it.contains("no entity")));
    let said = messages(&published);
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(
        said.iter().any(|it| it.contains("1 line of the registry is no entity") && it.contains("line 2")),
        "{said:?}"
    );
    assert!(said.iter().any(|it| it.contains("lists/gone.jsonl is not in the workspace folder")), "{said:?}");
    assert!(said.iter().any(|it| it.contains("leads out of the workspace folder")), "{said:?}");

    workspace.write("glossator.toml", "[actors]\nregistries = [\"lists/a.jsonl\"]\n");
    let changes = json!({ "changes": [{ "uri": uri, "type": 2 }] });
    robot.notify("workspace/didChangeWatchedFiles", changes);
    wait_for(&mut robot, "workspace");
    wait_for(&mut robot, "registries");
    robot.diagnostics(&uri, |it| messages(it).len() == 1);
    let note = workspace.uri("notes/a.md");
    robot.open(&note, "Zorn Foods left.");
    assert!(robot.hover(&note, (0, 2)).contains("lists/a.jsonl"));
    robot.finish();
}

#[test]
fn what_is_wrong_with_registries_is_told_where_there_is_no_configuration() {
    let workspace = Workspace::new(&[("lists/a.jsonl", "no entity\n")]);
    let mut robot = Robot::new();
    robot.initialize(json!({
        "processId": null,
        "rootUri": workspace.root_uri(),
        "capabilities": plain(),
        "initializationOptions": { "actors": { "registries": ["lists/a.jsonl", "lists/gone.jsonl"] } },
    }));
    wait_for(&mut robot, "workspace");
    wait_for(&mut robot, "registries");
    let shown = robot.hear("window/showMessage");
    let message = shown["params"]["message"].as_str().unwrap();
    assert!(message.contains("lists/gone.jsonl is not in the workspace folder"), "{message}");
    assert!(message.contains("no entity"), "{message}");
    // The same is not said twice.
    let changed = json!({ "changes": [{ "uri": workspace.uri("lists/a.jsonl"), "type": 2 }] });
    robot.notify("workspace/didChangeWatchedFiles", changed);
    wait_for(&mut robot, "registries");
    robot.finish();
}
