//! Clients as they should not be: whatever they do, the next request works.

use crate::robot::{Robot, Workspace};
use serde_json::{Value, json};
use std::time::Duration;

pub(crate) const NOTE: &str =
    "Acme Corporation sold 9,000 anvils in 2023 [@atlas, p. 3].\n\nNobody knows why [@nobody].\n";

/// Whether the server answers as if nothing had happened.
pub(crate) fn assert_well(robot: &mut Robot, workspace: &Workspace) {
    let uri = workspace.uri("notes/well.md");
    robot.open(&uri, "Acme Corporation\n");
    assert!(robot.hover(&uri, (0, 2)).contains("Makes anvils."));
    robot.close(&uri);
}

#[test]
fn a_client_that_never_reads_is_no_hindrance_to_the_end() {
    let workspace = Workspace::new(&[("notes/a.md", NOTE)]);
    let mut robot = Robot::unread();
    robot.ask("initialize", json!({ "processId": null, "rootUri": workspace.root_uri(), "capabilities": {} }));
    robot.notify("initialized", json!({}));
    robot.open(&workspace.uri("notes/a.md"), &NOTE.repeat(200));
    for _ in 0..2_000 {
        robot.ask_at("textDocument/hover", &workspace.uri("notes/a.md"), (0, 3));
    }
    robot.notify("exit", Value::Null);
    assert_eq!(robot.ended(Duration::from_secs(10)).code(), Some(1));
}

#[test]
fn a_client_that_cancels_everything_gets_an_answer_to_everything() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, &NOTE.repeat(100));
    let methods = ["hover", "definition", "references", "documentHighlight", "typeDefinition"];
    let mut asked = Vec::new();
    for _ in 0..200 {
        for method in methods {
            let id = robot.ask_at(&format!("textDocument/{method}"), &uri, (0, 3));
            robot.notify("$/cancelRequest", json!({ "id": id }));
            asked.push(id);
        }
        // One that was answered long ago, one that never was, one that is none.
        for id in [json!(1), json!(999_999), json!("x"), Value::Null] {
            robot.notify("$/cancelRequest", json!({ "id": id }));
        }
    }
    for id in asked {
        let reply = robot.reply(id);
        assert!(reply.get("result").is_some() || reply["error"]["code"] == -32800, "{reply}");
    }
    assert_well(&mut robot, &workspace);
    robot.finish();
}

#[test]
fn a_thousand_open_files_are_served_and_closed() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let uri = |number: usize| workspace.uri(&format!("notes/n{number}.md"));
    for number in 0..1_000 {
        robot.open(&uri(number), &format!("{number} Acme Corporation [@nobody{number}]\n"));
    }
    for number in [0, 500, 999] {
        assert!(robot.hover(&uri(number), (0, 5)).contains("Acme Corporation"));
        robot.diagnostics(&uri(number), |it| it["diagnostics"].to_string().contains(&format!("nobody{number}")));
    }
    let found = robot.at("textDocument/references", &uri(7), (0, 3));
    assert_eq!(found.as_array().map(Vec::len), Some(1_000));
    for number in 0..1_000 {
        robot.close(&uri(number));
    }
    robot.until("all to be closed", |robot| {
        robot.request("workspace/symbol", json!({ "query": "" })).as_array().is_none_or(|list| list.len() < 1_000)
    });
    assert_well(&mut robot, &workspace);
    robot.finish();
}

#[test]
fn edits_out_of_range_are_told_and_made_as_near_as_possible() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, "Nobody\n");
    // A column past the line's end is its end; the end of the text may be any line after the last.
    robot.edit(&uri, 2, (0, 4_000), (0, 9_000), " of note");
    robot.edit(&uri, 3, (0, 0), (u32::MAX, u32::MAX), "Nobody\n");
    robot.edit(&uri, 4, (2, 0), (2, 0), "here\n");
    for (version, from, to) in [(5, (77, 3), (78, 0)), (6, (0, 6), (0, 0)), (7, (u32::MAX, u32::MAX), (0, 0))] {
        robot.edit(&uri, version, from, to, "");
        robot.hear_warning("notes/a.md: an edit from ");
    }
    robot.change(&uri, 8, json!([{ "text": "Acme Corporation\n" }]));
    assert!(robot.hover(&uri, (0, 2)).contains("Makes anvils."));
    robot.finish();
}
