//! A day's work: does the server keep what it has used?
//!
//! `cargo bench --bench soak -- [EDITS [OPENS]]` types EDITS letters (100,000) into a note of 100 KB, asking now and then, and
//! then opens and closes OPENS texts (100) of 5 MB. It prints the memory that the server keeps when it has come to rest, and
//! the most that it needed on the way, and fails where the second half adds more than 5 %.
#![allow(clippy::indexing_slicing, clippy::print_stdout, clippy::disallowed_methods, reason = "a measuring program")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measuring program")]

#[path = "../server/corpus.rs"]
#[allow(dead_code, reason = "the other bench needs the rest")]
mod corpus;
#[path = "../../tests/stdio/robot.rs"]
#[allow(dead_code, reason = "the tests need the rest")]
mod robot;

use corpus::{Chance, Size};
use robot::{Robot, Workspace};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How much more memory may be kept at the end than after the first half: until then the allocator finds its places.
const MOST_GROWTH: f64 = 1.05;

/// How long the server is left alone before its memory is looked at again: longer than it waits before it tidies up.
const LOOK: Duration = Duration::from_secs(6);
const MOST_LOOKS: usize = 10;

const SIZE: Size = Size { texts: 500, records: 2_000, references: 2_000, names: 2 };

fn main() -> std::process::ExitCode {
    let numbers: Vec<usize> = std::env::args().filter_map(|it| it.parse().ok()).collect();
    let number = |at: usize, default: usize| numbers.get(at).copied().unwrap_or(default);
    let workspace = Workspace::new(&[]);
    corpus::write(workspace.root(), SIZE);
    let mut robot = Robot::ready(&workspace);
    let edits = edits(&mut robot, &workspace, number(0, 100_000));
    let opens = opens(&mut robot, &workspace, number(1, 100));
    robot.finish();
    std::process::ExitCode::from(u8::from(!(edits && opens)))
}

/// Types; says whether memory stayed.
fn edits(robot: &mut Robot, workspace: &Workspace, n_edits: usize) -> bool {
    let mut chance = Chance(5);
    let uri = workspace.uri("notes/soak.md");
    let text = corpus::text(&mut chance, 0, 100_000, SIZE.records);
    let n_lines = text.lines().count();
    robot.open(&uri, &text);
    wait(robot, &uri, 1);
    let begin = Instant::now();
    let mut marks = Vec::new();
    println!("| edits | memory at rest MB | peak MB | s |\n|---|---|---|---|");
    let mut line = 0;
    for number in 1..=n_edits {
        let version = i32::try_from(number).unwrap() + 1;
        // What one edit writes the next takes away, so that the text stays as long as it is.
        let (to, words) = match number % 2 {
            0 => ((line, 1), ""),
            _ => {
                line = u32::try_from(chance.below(n_lines)).unwrap();
                ((line, 0), "a")
            }
        };
        robot.edit(&uri, version, (line, 0), to, words);
        if number % 100 == 0 {
            robot.hover(&uri, (line, 2));
            robot.forget();
        }
        if is_mark(number, n_edits) {
            wait(robot, &uri, version);
            marks.push(mark(robot, number, begin));
        }
    }
    robot.close(&uri);
    is_flat(&marks)
}

/// Opens and closes large texts; says whether memory stayed.
fn opens(robot: &mut Robot, workspace: &Workspace, n_opens: usize) -> bool {
    let text = corpus::text(&mut Chance(6), 0, 5_000_000, SIZE.records);
    let begin = Instant::now();
    let mut marks = Vec::new();
    println!("\n| opened and closed | memory at rest MB | peak MB | s |\n|---|---|---|---|");
    for number in 1..=n_opens {
        let uri = workspace.uri(&format!("notes/large-{number}.md"));
        robot.open(&uri, &text);
        wait(robot, &uri, 1);
        robot.close(&uri);
        robot.request("workspace/symbol", json!({ "query": "no such name" }));
        robot.forget();
        if is_mark(number, n_opens) {
            marks.push(mark(robot, number, begin));
        }
    }
    is_flat(&marks)
}

/// Waits for the diagnostics of a version.
fn wait(robot: &mut Robot, uri: &str, version: i32) {
    robot.diagnostics(uri, |it| it["version"] == version);
    let symbols = json!({ "textDocument": { "uri": uri } });
    let id = robot.ask("textDocument/documentSymbol", symbols);
    let _: Value = robot.reply(id);
    robot.forget();
}

fn is_mark(number: usize, of: usize) -> bool {
    [of / 100, of / 10, of / 2, of].contains(&number)
}

/// The memory that is kept at rest, and the most there was until now.
fn mark(robot: &Robot, number: usize, begin: Instant) -> (f64, f64) {
    let worked = begin.elapsed().as_secs_f64();
    let mut found = memory(robot);
    for _ in 0..MOST_LOOKS {
        std::thread::sleep(LOOK);
        let now = memory(robot);
        let is_at_rest = (now.0 - found.0).abs() < found.0 / 100.0;
        found = now;
        if is_at_rest {
            break;
        }
    }
    println!("| {number} | {:.1} | {:.1} | {worked:.0} |", found.0, found.1);
    found
}

/// The memory of now, and the most there was until now, in MB.
fn memory(robot: &Robot) -> (f64, f64) {
    let status = std::fs::read_to_string(format!("/proc/{}/status", robot.process.id())).unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        line.split_whitespace().find_map(|word| word.parse::<f64>().ok()).unwrap_or_default() / 1024.0
    };
    (field("VmRSS:"), field("VmHWM:"))
}

fn is_flat(marks: &[(f64, f64)]) -> bool {
    let &[_, (tenth, _), (half, _), (end, _)] = marks else { return true };
    let is_flat = end <= half * MOST_GROWTH;
    let more = |than: f64| (end / than - 1.0) * 100.0;
    let word = if is_flat { "flat" } else { "it grows" };
    println!("\n{word}: {:+.1} % since the first half, {:+.1} % since the first tenth", more(half), more(tenth));
    is_flat
}
