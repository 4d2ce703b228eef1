//! While the user types, only what was touched is looked at; what the client has is still true of the whole text.

use crate::robot::{Robot, Workspace, plain};
use serde_json::{Value, json};

const REFERENCES: &str = "- id: tide-2020\n  type: article\n  title: The tide\n";

/// A note of forty paragraphs in three languages; some cite, some do not, and one cites nobody.
fn note() -> Vec<String> {
    let mut lines = Vec::new();
    for number in 0..40 {
        lines.push(match number % 5 {
            0 => format!("Acme Corporation sold {} anvils to the bank in 2019. It denied it 😀.", number * 10 + 7),
            1 => "La société a fermé trois usines en 2021, selon Acme Corporation [@tide-2020].".to_owned(),
            2 => format!("阿克米公司在2020年卖出了{}个铁砧，工人们没有得到工资。", number + 300),
            3 => "Maria Lee said that the mill was sold. “We never saw it,” she said.[^1]".to_owned(),
            _ => "Nothing explains why the harbour was closed for 6 weeks [@nobody].".to_owned(),
        });
        lines.push(String::new());
    }
    lines.push("[^1]: [@tide-2020, p. 3]".to_owned());
    lines
}

/// What the client was told last about a file at a version, or is told when it asks, without what waits for a pause.
fn shown(robot: &mut Robot, asks: bool, uri: &str, version: i32) -> Vec<Value> {
    let found = match asks {
        true => robot.request("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }))["items"].take(),
        false => robot.diagnostics(uri, |params| params["version"] == version)["diagnostics"].take(),
    };
    let waits =
        |it: &Value| ["unknown-actor", "alias-suggestion", "unused-suppression"].iter().any(|code| it["code"] == *code);
    let mut found: Vec<Value> = found.as_array().cloned().unwrap_or_default();
    found.retain(|it| !waits(it));
    found
}

/// Lines `first..last` are replaced by others.
struct Typed {
    first: u32,
    last: u32,
    with: &'static [&'static str],
}

const TYPED: &[Typed] = &[
    Typed { first: 0, last: 0, with: &["Two lines more, and 3 mills burnt down in 2018.", ""] },
    Typed { first: 40, last: 41, with: &["The board of Acme Corporation voted 9 times [@nobody-else]."] },
    Typed { first: 40, last: 41, with: &["The board of Acme Corporation voted 9 times [@tide-2020, p. 4]."] },
    Typed { first: 10, last: 16, with: &[] },
    Typed { first: 20, last: 20, with: &["阿克米公司表示，2023年卖出了9000个铁砧。", "", ""] },
    Typed {
        first: 50, last: 51, with: &["« La société a menti », selon Maria Lee, qui a perdu 4 millions d’euros."]
    },
    Typed { first: 30, last: 33, with: &["A line without an end", "that goes on in the next 7 lines"] },
    Typed { first: 60, last: 60, with: &["```", "code [@nobody] in 2020", "```", ""] },
    Typed { first: 5, last: 6, with: &["Lee was paid 40 dollars.[^1]"] },
    Typed { first: 0, last: 1, with: &["# A heading instead"] },
];

#[test]
fn diagnostics_while_typing_equal_those_of_a_fresh_look() {
    type_and_compare(false);
}

#[test]
fn diagnostics_that_are_asked_for_while_typing_equal_those_of_a_fresh_look() {
    type_and_compare(true);
}

fn type_and_compare(asks: bool) {
    let workspace = Workspace::new(&[("references.yaml", REFERENCES)]);
    let mut capabilities = plain();
    capabilities["textDocument"] = json!({ "publishDiagnostics": { "relatedInformation": true } });
    if asks {
        capabilities["textDocument"]["diagnostic"] = json!({});
        capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    }
    let mut robot = Robot::start(&workspace, capabilities);
    robot.wait_until_read();
    let uri = workspace.uri("notes/typed.md");
    let mut lines = note();
    robot.open(&uri, &lines.join("\n"));
    assert!(20 < shown(&mut robot, asks, &uri, 1).len());
    let mut version = 1;
    // Twice, so that some come after a pause and some in a row.
    for (round, typed) in (0..2).flat_map(|round| TYPED.iter().map(move |typed| (round, typed))) {
        version += 1;
        let with: String = typed.with.iter().map(|line| format!("{line}\n")).collect();
        robot.edit(&uri, version, (typed.first, 0), (typed.last, 0), &with);
        lines.splice(typed.first as usize..typed.last as usize, typed.with.iter().map(|line| (*line).to_owned()));
        let typed_in = shown(&mut robot, asks, &uri, version);
        let fresh_uri = workspace.uri(&format!("notes/fresh-{version}.md"));
        robot.open(&fresh_uri, &lines.join("\n"));
        let mut fresh = shown(&mut robot, asks, &fresh_uri, 1);
        // Places in the text's own file have another address there.
        for places in fresh.iter_mut().filter_map(|it| it.get_mut("relatedInformation")?.as_array_mut()) {
            for place in places.iter_mut().filter(|it| it["location"]["uri"] == fresh_uri.as_str()) {
                place["location"]["uri"] = json!(uri);
            }
        }
        assert_eq!(json!(typed_in), json!(fresh), "round {round}, line {}", typed.first);
        robot.close(&fresh_uri);
    }
    robot.finish();
}

#[test]
fn what_needs_the_whole_text_comes_after_a_pause() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    let filler = "It rained. The boats stayed where they were. Nobody came. The quay was empty.\n\n".repeat(12);
    let text = format!("Nothing here.\n\n{filler}Lee denied it again.\n");
    robot.open(&uri, &text);
    robot.diagnostics(&uri, |params| params["version"] == 1);
    let last = u32::try_from(text.lines().count()).unwrap() - 1;
    // A full name at the top settles the surname at the bottom, far from what was typed.
    robot.edit(&uri, 2, (0, 0), (0, 0), "Maria Lee of Acme Corporation came. ");
    let is_settled = |params: &Value| {
        let found = params["diagnostics"].as_array().cloned().unwrap_or_default();
        params["version"] == 2
            && found.iter().all(|it| it["range"]["start"]["line"] != last || it["code"] != "possible-mention")
    };
    robot.diagnostics(&uri, is_settled);
    robot.finish();
}

#[test]
fn a_name_that_is_typed_into_a_record_is_found_in_closed_texts() {
    let texts: Vec<(String, String)> =
        (0..40).map(|n| (format!("corpus/{n}.txt"), format!("Bolt Brothers sold {n} anvils."))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let workspace = Workspace::new(&files);
    let mut robot = Robot::ready(&workspace);
    let (record, note) = (workspace.uri("actors/bolt.md"), workspace.uri("notes/a.md"));
    robot.open(&record, "---\nname: \ntype: company\n---\nMakes bolts.\n");
    robot.open(&note, "Bolt Brothers\n");
    for (column, letter) in (6..).zip("Bolt Brothers".chars()) {
        let version = i32::try_from(column).unwrap();
        robot.edit(&record, version, (1, column), (1, column), &letter.to_string());
        // The open note knows each state of the name at once.
        let is_named = robot.hover(&note, (0, 2)).contains("Makes bolts.");
        assert_eq!(is_named, column == 18, "{column}");
    }
    robot.until("the name in all texts", |robot| {
        let places = robot.at("textDocument/references", &note, (0, 3));
        places.as_array().is_some_and(|places| places.len() == 41)
    });
    robot.finish();
}
