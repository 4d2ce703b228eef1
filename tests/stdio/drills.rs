//! What a server does when a request takes long, is cancelled or panics. The commands for that are in debug builds only.

use crate::robot::{Robot, Workspace};
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
    for (drill, is_told) in [("panic", true), ("panic-computing", false)] {
        let id = robot.ask("workspace/executeCommand", command(drill, 0));
        assert_eq!(robot.error(id), -32603);
        if is_told {
            robot.hear_warning("workspace/executeCommand failed");
        }
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
