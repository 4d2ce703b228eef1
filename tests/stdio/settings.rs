//! Settings of the client that mean nothing: they stand in no file, so the user is told.

use crate::robot::{Robot, Workspace, plain};
use serde_json::{Value, json};

/// What the user is shown next.
fn shown(robot: &mut Robot) -> String {
    robot.hear("window/showMessage")["params"]["message"].as_str().unwrap().to_owned()
}

fn start(workspace: &Workspace, settings: &Value) -> Robot {
    let mut robot = Robot::new();
    robot.initialize(json!({
        "processId": null,
        "rootUri": workspace.root_uri(),
        "capabilities": plain(),
        "initializationOptions": settings,
    }));
    robot.wait_until_read();
    robot
}

fn send(robot: &mut Robot, settings: &Value) {
    robot.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
}

#[test]
fn a_wrong_key_is_shown_once_with_the_nearest_right_one() {
    let workspace = Workspace::new(&[]);
    let wrong = json!({ "claims": { "treshold": 0.7 }, "server": { "path": "" } });
    let mut robot = start(&workspace, &wrong);
    let message = shown(&mut robot);
    assert!(message.contains("settings") && message.contains("“treshold” in [claims]"), "{message}");
    assert!(message.contains("did you mean “threshold”?") && !message.contains("server"), "{message}");
    // The same fault, sent again or beside a new one, is not repeated.
    send(&mut robot, &json!({ "glossator": wrong }));
    let two = json!({ "claims": { "treshold": 0.7 }, "citations": { "scope": "page" } });
    send(&mut robot, &json!({ "glossator": two }));
    let message = shown(&mut robot);
    assert!(message.contains("“paragraph” or “sentence”, not “page”") && !message.contains("treshold"), "{message}");
    // What was right in between is news again.
    send(&mut robot, &json!({ "glossator": {} }));
    send(&mut robot, &json!({ "glossator": wrong }));
    assert!(shown(&mut robot).contains("threshold"));
    robot.finish();
}

#[test]
fn settings_of_other_servers_are_nobodys_fault() {
    let workspace = Workspace::new(&[]);
    let mut robot = start(&workspace, &Value::Null);
    send(&mut robot, &json!({ "another": { "colour": true } }));
    send(&mut robot, &json!({ "another": {}, "glossator": { "claims": { "threshold": 0.7 } } }));
    send(&mut robot, &json!({ "claims": { "threshold": "high" } }));
    assert!(shown(&mut robot).contains("a number from 0 to 1"));
    robot.finish();
}

#[test]
fn a_fault_of_every_folder_is_shown_once() {
    let folders = [Workspace::new(&[]), Workspace::new(&[])];
    let folder = |workspace: &Workspace| json!({ "uri": workspace.root_uri(), "name": "" });
    let folders: Vec<Value> = folders.iter().map(folder).collect();
    let mut robot = Robot::new();
    let capabilities = json!({ "workspace": { "configuration": true } });
    robot.initialize(json!({ "processId": null, "workspaceFolders": folders, "capabilities": capabilities }));
    let asked = robot.hear("workspace/configuration");
    let wrong = json!({ "corpsu": { "sources": ["texts/**"] } });
    robot.answer(&asked, json!([wrong, wrong]));
    let message = shown(&mut robot);
    assert_eq!(message.matches("did you mean “corpus”?").count(), 1, "{message}");
    robot.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    let asked = robot.hear("workspace/configuration");
    robot.answer(&asked, json!([wrong, {}]));
    robot.finish();
}
