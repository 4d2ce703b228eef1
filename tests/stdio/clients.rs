//! What real editors say at the start: each must get a working session.

use crate::robot::{Robot, Workspace};
use serde_json::{Value, json};

fn session(recorded: &str, encoding: &str) {
    let workspace = Workspace::new(&[("notes/a.md", "Acme Corporation\n")]);
    let params = recorded
        .replace("ROOT_URI", &workspace.root_uri())
        .replace("ROOT_PATH", workspace.root().to_str().unwrap())
        .replace("\"PROCESS_ID\"", &std::process::id().to_string());
    let params: Value = serde_json::from_str(&params).unwrap();
    let shows_progress = params["capabilities"]["window"]["workDoneProgress"] == true;
    let mut robot = Robot::new();
    assert_eq!(robot.initialize(params)["positionEncoding"], encoding);
    if shows_progress {
        robot.wait_until_read();
    }
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, "Acme Corporation\n");
    robot.edit(&uri, 2, (0, 0), (0, 0), "By ");
    robot.until("the records", |robot| robot.hover(&uri, (0, 4)).contains("Acme Corporation"));
    robot.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    robot.close(&uri);
    robot.finish();
}

#[test]
fn vs_code() {
    session(include_str!("clients/vscode.json"), "utf-16");
}

#[test]
fn neovim() {
    session(include_str!("clients/neovim.json"), "utf-8");
}

#[test]
fn helix() {
    session(include_str!("clients/helix.json"), "utf-8");
}

#[test]
fn a_client_that_says_almost_nothing() {
    session(include_str!("clients/bare.json"), "utf-16");
}
