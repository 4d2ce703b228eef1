//! Every answer is true of the last edit before its request, at any speed, and nobody holds anybody up.

use crate::robot::{Robot, Workspace, words};
use serde_json::json;
use std::time::{Duration, Instant};

#[test]
fn ten_thousand_edits_without_a_pause_then_a_hover() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, "");
    let (mut line, mut column) = (0, 0);
    let began = Instant::now();
    for (version, letter) in (2..10_002).zip("Acme Corporation\n".chars().cycle()) {
        robot.edit(&uri, version, (line, column), (line, column), &letter.to_string());
        (line, column) = if letter == '\n' { (line + 1, 0) } else { (line, column + 1) };
    }
    assert!(robot.hover(&uri, (line - 1, 3)).contains("Acme Corporation"));
    eprintln!("10,000 edits and a hover: {:?}", began.elapsed());
    assert_eq!(robot.hover(&uri, (line, 3)), "");
    let highlights = robot.at("textDocument/documentHighlight", &uri, (0, 0));
    assert_eq!(highlights.as_array().map(Vec::len), Some(line as usize));
    robot.finish();
}

#[test]
fn each_hover_sees_the_edit_before_it_and_no_later_one() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, "Nobody\n");
    let mut hovers = Vec::new();
    for version in 2..2_002 {
        let text = if version % 2 == 0 { "Acme Corporation\n" } else { "Nobody\n" };
        robot.edit(&uri, version, (0, 0), (1, 0), text);
        hovers.push((version % 2 == 0, robot.ask_at("textDocument/hover", &uri, (0, 1))));
    }
    let stale = hovers.into_iter().filter(|(named, id)| words(&robot.result(*id)).contains("Acme") != *named).count();
    assert_eq!(stale, 0);
    robot.finish();
}

#[test]
fn edits_that_come_alone_and_in_rows_keep_their_order() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, "# x\n\nAcme Corporation sold 9,000 anvils in 2023.\n");
    robot.hear("textDocument/publishDiagnostics");
    let mut heading = "x".to_owned();
    let mut letters = ('a'..='z').cycle();
    let mut version = 1;
    // How many edits before somebody asks, and whether their findings are waited for first.
    for (n_edits, waits) in
        [(1, true), (1, false), (7, false), (2, true), (40, false), (1, false), (3, true)].repeat(12)
    {
        let mut replaced = std::mem::take(&mut heading).len();
        for letter in letters.by_ref().take(n_edits) {
            version += 1;
            let column = |length: usize| (0, 2 + u32::try_from(length).unwrap());
            robot.edit(&uri, version, column(heading.len()), column(heading.len() + replaced), &letter.to_string());
            heading.push(letter);
            replaced = 0;
        }
        if waits {
            robot.take("the findings of the last edit", |message| message["params"]["version"] == version);
        }
        let symbols = robot.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
        assert_eq!(symbols[0]["name"], heading);
    }
    robot.finish();
}

#[test]
fn a_client_that_writes_without_reading_wedges_nothing() {
    writes_without_reading(Robot::unread());
}

#[cfg(unix)]
#[test]
fn nor_does_one_with_a_socket() {
    [true, false].into_iter().for_each(|waits| writes_without_reading(Robot::unread_over_a_socket(waits)));
}

fn writes_without_reading(mut robot: Robot) {
    let workspace = Workspace::new(&[("notes/a.md", "Acme Corporation\n")]);
    let uri = workspace.uri("notes/a.md");
    robot.ask("initialize", json!({ "processId": null, "rootUri": workspace.root_uri(), "capabilities": {} }));
    robot.notify("initialized", json!({}));
    robot.open(&uri, &"Acme Corporation makes anvils. ".repeat(100));
    let began = Instant::now();
    let hovers: Vec<i64> = (0..20_000).map(|_| robot.ask_at("textDocument/hover", &uri, (0, 3))).collect();
    // An edit alone, whose findings would be written at once if there was room.
    std::thread::sleep(Duration::from_millis(50));
    robot.edit(&uri, 2, (0, 0), (0, 0), "Our ");
    let written = began.elapsed();
    robot.begin_reading();
    for id in hovers {
        robot.result(id);
    }
    eprintln!("20,000 hovers: written in {written:?}, answered in {:?}", began.elapsed());
    robot.result(1);
    robot.take("the findings of the last edit", |message| message["params"]["version"] == 2);
    robot.finish();
}
