//! How a session ends: always, soon, and with the right exit code.

use crate::robot::{Robot, Workspace};
use serde_json::{Value, json};
use std::process::{Command, Stdio};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(3);

#[test]
fn exit_after_shutdown_is_0_with_stdin_open() {
    let mut robot = Robot::ready(&Workspace::new(&[]));
    robot.request("shutdown", Value::Null);
    robot.notify("exit", Value::Null);
    assert_eq!(robot.ended(SOON).code(), Some(0));
}

#[test]
fn exit_without_shutdown_is_1_with_stdin_open() {
    let mut robot = Robot::ready(&Workspace::new(&[]));
    robot.notify("exit", Value::Null);
    assert_eq!(robot.ended(SOON).code(), Some(1));
}

#[test]
fn exit_before_initialize_is_1() {
    let mut robot = Robot::new();
    robot.notify("exit", Value::Null);
    assert_eq!(robot.ended(SOON).code(), Some(1));
}

#[test]
fn closed_input_ends_the_server() {
    let mut robot = Robot::ready(&Workspace::new(&[]));
    robot.close_stdin();
    assert_eq!(robot.ended(SOON).code(), Some(1));
}

#[test]
fn closed_input_after_shutdown_is_0() {
    let mut robot = Robot::ready(&Workspace::new(&[]));
    robot.request("shutdown", Value::Null);
    robot.close_stdin();
    assert_eq!(robot.ended(SOON).code(), Some(0));
}

#[test]
fn what_was_asked_before_the_input_closed_is_answered() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let hovers: Vec<i64> =
        (0..100).map(|_| robot.ask_at("textDocument/hover", &workspace.uri("notes/a.md"), (0, 0))).collect();
    robot.close_stdin();
    for id in hovers {
        robot.result(id);
    }
}

#[test]
fn closed_output_ends_the_server() {
    let mut robot = Robot::unread();
    robot.close_stdout();
    robot.ask("initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    assert_eq!(robot.ended(SOON).code(), Some(1));
}

#[cfg(unix)]
#[test]
fn the_death_of_the_client_ends_the_server_although_the_pipes_stay_open() {
    let mut client = Command::new("sleep").arg("1000").stdin(Stdio::null()).spawn().unwrap();
    let mut robot = Robot::new();
    robot.initialize(json!({ "processId": client.id(), "rootUri": null, "capabilities": {} }));
    client.kill().unwrap();
    client.wait().unwrap();
    assert_eq!(robot.ended(SOON).code(), Some(1));
}

#[cfg(unix)]
#[test]
fn a_client_in_another_container_is_not_taken_for_dead() {
    let mut gone = Command::new("true").spawn().unwrap();
    gone.wait().unwrap();
    let mut robot = Robot::new();
    robot.initialize(json!({ "processId": gone.id(), "rootUri": null, "capabilities": {} }));
    std::thread::sleep(Duration::from_millis(1_500)); // The only proof that nothing happens is time.
    robot.finish();
}

#[test]
fn after_shutdown_requests_are_refused_and_nothing_else_is_said() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    robot.request("shutdown", Value::Null);
    let id = robot.ask_at("textDocument/hover", &workspace.uri("notes/a.md"), (0, 0));
    assert_eq!(robot.error(id), -32600);
    robot.notify("exit", Value::Null);
    assert_eq!(robot.ended(SOON).code(), Some(0));
}
