//! The server as an editor meets it: the release binary over its pipes, in a workspace that is made up.
//!
//! `cargo bench --bench server -- [TEXTS [RECORDS [REFERENCES]]]` prints what each request takes when nothing else happens
//! and right after a keystroke, what a keystroke takes until the right diagnostics are there, and what the start takes.
//! A word among the arguments asks only for rows with it, and a fourth number says how often: for profilers.
//! A fifth number says how many names each record has. `-- goals` prints the project's goals instead, see `goals.rs`, and
//! `-- scale` how the figures grow with the workspace, see `scale.rs`.
//! The floor is a request that the server knows nothing about, which is answered through the same pipes.
#![allow(clippy::indexing_slicing, clippy::print_stdout, clippy::disallowed_methods, reason = "a measuring program")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measuring program")]

mod corpus;
mod echo;
mod goals;
#[path = "../../tests/stdio/robot.rs"]
#[allow(dead_code, reason = "the tests need the rest")]
mod robot;
mod scale;

use corpus::{Chance, Size};
use robot::{Robot, Workspace, position};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How often each request is sent.
const ROUNDS: usize = 200;

fn main() {
    if std::env::args().any(|it| it == "--echo") {
        echo::run();
    }
    if std::env::args().any(|it| it == "goals") {
        return goals::run();
    }
    if std::env::args().any(|it| it == "scale") {
        return scale::run();
    }
    let numbers: Vec<usize> = std::env::args().filter_map(|it| it.parse().ok()).collect();
    let number = |at: usize, default: usize| numbers.get(at).copied().unwrap_or(default);
    let size =
        Size { texts: number(0, 5_000), records: number(1, 2_000), references: number(2, 20_000), names: number(4, 2) };
    let workspace = Workspace::new(&[]);
    let bytes = corpus::write(workspace.root(), size);
    println!(
        "{} texts ({:.1} MB), {} records, {} references",
        size.texts,
        bytes as f64 / 1e6,
        size.records,
        size.references
    );
    let mut bench = Bench::start(&workspace, size);
    bench.only = std::env::args().skip(1).find(|it| it.starts_with(|c: char| c.is_alphabetic()));
    bench.rounds = number(3, ROUNDS);
    bench.requests();
    if bench.only.is_some() {
        return bench.robot.finish();
    }
    bench.keystrokes();
    bench.edits_without_pause();
    bench.record_edit(&workspace);
    bench.memory("at the end");
    bench.robot.finish();
}

struct Bench {
    robot: Robot,
    uri: String,
    text: String,
    version: i32,
    floor: Duration,
    only: Option<String>,
    rounds: usize,
}

/// An editor that can do what editors can.
fn capabilities() -> Value {
    let mut capabilities = robot::everything();
    capabilities["textDocument"]["completion"] = json!({ "completionItem": { "snippetSupport": true } });
    capabilities["textDocument"]["documentSymbol"] = json!({ "hierarchicalDocumentSymbolSupport": true });
    capabilities["textDocument"]["codeAction"] = json!({
        "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } },
        "dataSupport": true, "resolveSupport": { "properties": ["edit"] },
    });
    capabilities["workspace"]["configuration"] = json!(false);
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": false });
    capabilities["workspace"]["didChangeConfiguration"] = json!({ "dynamicRegistration": false });
    capabilities
}

impl Bench {
    fn start(workspace: &Workspace, size: Size) -> Bench {
        let begin = Instant::now();
        let mut robot = Robot::start(workspace, capabilities());
        let said = begin.elapsed();
        let uri = workspace.uri("notes/note.md");
        let text = corpus::text(&mut Chance(11), 0, 10_000, size.records);
        let text = format!("{} said so [@ref-7].\n\n{text}", corpus::name(1));
        robot.open(&uri, &text);
        let mut first = None;
        while first.is_none() {
            let hover = robot.hover(&uri, (0, 3));
            first = hover.contains(&corpus::name(1)).then(|| begin.elapsed());
        }
        robot.wait_until_read();
        let whole = begin.elapsed();
        let mut bench = Bench { robot, uri, text, version: 1, floor: Duration::ZERO, only: None, rounds: ROUNDS };
        println!("\n| start | ms |\n|---|---|");
        println!("| initialize | {:.1} |", millis(said));
        println!("| first right hover | {:.1} |", millis(first.unwrap_or_default()));
        println!("| whole corpus read | {:.1} |", millis(whole));
        bench.memory("idle");
        bench
    }

    /// One row of a table: what is asked for, `ROUNDS` times idle and after a keystroke.
    fn row(&mut self, what: &str, method: &str, params: impl Fn(&Bench) -> Value) {
        if self.only.as_ref().is_some_and(|only| !what.contains(only.as_str())) {
            return;
        }
        let mut times = [Vec::new(), Vec::new()];
        let mut size = 0;
        for (keystroke, times) in times.iter_mut().enumerate() {
            for _ in 0..self.rounds {
                if keystroke == 1 {
                    self.type_a_letter();
                }
                let params = params(self);
                let begin = Instant::now();
                let id = self.robot.ask(method, params);
                let reply = self.robot.reply(id);
                times.push(begin.elapsed());
                size = reply.to_string().len();
                assert!(!reply["result"].is_null() || method == "glossator/floor", "{method}: {reply}");
            }
            if keystroke == 1 {
                self.settle();
            }
        }
        let [idle, typing] = times.map(Times::of);
        if self.floor.is_zero() {
            self.floor = idle.p50;
        }
        println!("| {what} | {idle} | {:.1} | {typing} | {size} |", ratio(idle.p50, self.floor));
    }

    fn requests(&mut self) {
        println!("\n| request | idle p50 | p99 | max ms | floors | typing p50 | p99 | max ms | bytes |");
        println!("|---|---|---|---|---|---|---|---|---|");
        let document = |bench: &Bench| json!({ "textDocument": { "uri": bench.uri } });
        let at = |bench: &Bench, column: u32| {
            let context = json!({ "includeDeclaration": true });
            json!({ "textDocument": { "uri": bench.uri }, "position": position((0, column)), "context": context })
        };
        self.row("floor", "glossator/floor", document);
        self.row("hover", "textDocument/hover", |bench| at(bench, 3));
        self.row("definition", "textDocument/definition", |bench| at(bench, 3));
        self.row("references", "textDocument/references", |bench| at(bench, 3));
        self.row("documentHighlight", "textDocument/documentHighlight", |bench| at(bench, 3));
        let complete = |bench: &Bench| json!({ "textDocument": { "uri": bench.uri }, "position": position((0, 4)) });
        self.row("completion of a name", "textDocument/completion", complete);
        let key = |bench: &Bench| {
            let first = bench.text.lines().next().unwrap_or_default();
            let column = first
                .find("@ref-7")
                .map_or(0, |at| first.get(..at + 5).unwrap_or_default().encode_utf16().count() as u32);
            json!({ "textDocument": { "uri": bench.uri }, "position": position((0, column)) })
        };
        self.row("completion of a key", "textDocument/completion", key);
        self.row("documentSymbol", "textDocument/documentSymbol", document);
        self.row("semanticTokens/full", "textDocument/semanticTokens/full", document);
        self.row("codeLens", "textDocument/codeLens", document);
        self.row("foldingRange", "textDocument/foldingRange", document);
        self.row("documentLink", "textDocument/documentLink", document);
        let positions =
            |bench: &Bench| json!({ "textDocument": { "uri": bench.uri }, "positions": [position((0, 3))] });
        self.row("selectionRange", "textDocument/selectionRange", positions);
        let range = |bench: &Bench| {
            let range = json!({ "start": position((0, 0)), "end": position((40, 0)) });
            json!({ "textDocument": { "uri": bench.uri }, "range": range, "context": { "diagnostics": [] } })
        };
        self.row("inlayHint", "textDocument/inlayHint", range);
        self.row("codeAction", "textDocument/codeAction", range);
        self.row("prepareTypeHierarchy", "textDocument/prepareTypeHierarchy", |bench| at(bench, 3));
        self.row("workspace/symbol", "workspace/symbol", |_| json!({ "query": "North Gr" }));
    }

    /// From a keystroke to the diagnostics of its version, in notes of several sizes.
    fn keystrokes(&mut self) {
        println!("\n| keystroke to diagnostics | p50 | p99 | max ms | floors |\n|---|---|---|---|---|");
        for bytes in [10_000, 100_000, 1_000_000, 5_000_000] {
            self.text = corpus::text(&mut Chance(bytes as u64), 0, bytes, 2_000);
            self.uri = format!("{}-{bytes}.md", self.uri.trim_end_matches(".md"));
            self.version = 1;
            let (uri, text) = (self.uri.clone(), self.text.clone());
            self.robot.open(&uri, &text);
            self.settle();
            let lines = self.text.lines().count() as u32;
            let mut times = Vec::new();
            for _ in 0..ROUNDS.min(100) {
                self.version += 1;
                let version = self.version;
                let begin = Instant::now();
                self.robot.edit(&uri, version, (lines / 2, 0), (lines / 2, 0), "x");
                self.robot.diagnostics(&uri, |params| params["version"] == version);
                times.push(begin.elapsed());
            }
            let times = Times::of(times);
            println!("| {} KB | {times} | {:.1} |", bytes / 1000, ratio(times.p50, self.floor));
        }
    }

    fn edits_without_pause(&mut self) {
        self.uri = self.uri.replace("-10000-", "-many-");
        self.text = corpus::text(&mut Chance(5), 0, 100_000, 2_000);
        let (uri, text) = (self.uri.clone(), self.text.clone());
        self.robot.open(&uri, &text);
        self.version = 1;
        self.settle();
        for _ in 0..1000 {
            self.version += 1;
            self.robot.edit(&uri, self.version, (4, 0), (4, 0), "x");
        }
        let (begin, version) = (Instant::now(), self.version);
        self.robot.diagnostics(&uri, |params| params["version"] == version);
        println!(
            "\n1,000 edits without a pause (100 KB): right diagnostics {:.1} ms after the last",
            millis(begin.elapsed())
        );
    }

    /// A new alias in a record: until a note that has it knows it.
    fn record_edit(&mut self, workspace: &Workspace) {
        let uri = workspace.uri("notes/alias.md");
        self.robot.open(&uri, "Here the Velvet Anchorage is named.\n");
        let record = workspace.uri("actors/actor-1.md");
        let text = std::fs::read_to_string(workspace.root().join("actors/actor-1.md")).unwrap();
        self.robot.open(&record, &text);
        self.robot.hover(&uri, (0, 12));
        let begin = Instant::now();
        let at = text.lines().position(|line| line.starts_with("aliases: [")).unwrap() as u32;
        self.robot.edit(&record, 2, (at, 10), (at, 10), "Velvet Anchorage, ");
        let mut asked = 0;
        while self.robot.hover(&uri, (0, 12)).is_empty() {
            asked += 1;
        }
        println!(
            "A record's new alias is known in an open note after {:.1} ms ({asked} hovers before)",
            millis(begin.elapsed())
        );
    }

    fn type_a_letter(&mut self) {
        self.version += 1;
        let uri = self.uri.clone();
        self.robot.edit(&uri, self.version, (2, 0), (2, 0), "x");
    }

    /// Waits until the diagnostics of the last version are there.
    fn settle(&mut self) {
        let (uri, version) = (self.uri.clone(), self.version);
        self.robot.diagnostics(&uri, |params| params["version"] == version);
    }

    fn memory(&mut self, when: &str) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.robot.process.id())).unwrap_or_default();
        let value = |key: &str| {
            let line = status.lines().find(|line| line.starts_with(key));
            line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok()).unwrap_or(0.0) / 1e3
        };
        println!("| memory {when} / peak, MB | {:.0} / {:.0} |", value("VmRSS:"), value("VmHWM:"));
    }
}

/// How long something took, many times.
struct Times {
    p50: Duration,
    p99: Duration,
    max: Duration,
}

impl Times {
    fn of(mut times: Vec<Duration>) -> Times {
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        Times { p50: at(0.5), p99: at(0.99), max: at(1.0) }
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.3} | {:.3} | {:.3}", millis(self.p50), millis(self.p99), millis(self.max))
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn ratio(time: Duration, floor: Duration) -> f64 {
    time.as_secs_f64() / floor.as_secs_f64().max(1e-9)
}
