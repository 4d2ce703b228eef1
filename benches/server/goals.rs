//! The figures that the project wants to reach, each taken beside its floor: `cargo bench --bench server -- goals`.
//!
//! Times depend on the machine, so most goals are multiples of a floor: an empty server of the same library, which answers
//! the same request through the same pipes. What a goal asks of the gazetteer, of claims and of quotations is printed by
//! the benches `mentions`, `claims` and `quotations`.

use super::corpus::{self, Chance, Size};
use super::robot::{Robot, Workspace, position, program};
use super::{Times, capabilities, millis, ratio};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 400;
/// A person does not type faster than this; the server may sleep in between.
const PAUSE: Duration = Duration::from_millis(5);
/// What is typed, letter by letter; it comes before what was typed last.
const TYPED: &str = "The harbour of the old town was closed for two years, and nobody said why. ";
const TEXTS: usize = 10_000;
const RECORDS: usize = 1_000;
/// With ten names each.
const MANY_RECORDS: usize = 100_000;

/// A server at work, and the note that is asked about.
pub(crate) struct Desk {
    pub(crate) robot: Robot,
    uri: String,
    text: String,
    version: i32,
    pub(crate) begin: Instant,
}

/// Prints one line of the table.
fn line(number: &str, what: &str, must: &str, here: impl std::fmt::Display) {
    println!("| {number} | {what} | {must} | {here} |");
}

/// Takes all figures.
pub(crate) fn run() {
    println!("| # | what | must | here |\n|---|---|---|---|");
    let floor = floor_of(Duration::ZERO);
    let shown = |floor: &Times| format!("{:.3}, {:.3}", millis(floor.p50), millis(floor.p99));
    line("F", "an empty server answers a hover: p50, p99 ms", "", shown(&floor));
    let slow_floor = floor_of(PAUSE);
    line("F", "the same with pauses, as somebody types: p50, p99 ms", "", shown(&slow_floor));
    let folder = Workspace::new(&[]);
    let size = Size { texts: TEXTS, records: RECORDS, references: 200, names: 2 };
    let n_bytes = corpus::write(folder.root(), size);
    line(
        "",
        "plain scan for one byte, files read from memory: MB/s",
        "",
        format!("{:.0}", plain_scan(folder.root(), n_bytes)),
    );
    line("", "a JSON parser reads the message of a keystroke, of opening 5 MB: µs; ms", "", plain_parse());
    let small = Workspace::new(&[]);
    corpus::write(small.root(), Size { texts: 1, ..size });
    let (mut alone, _) = Desk::open(&small, size);
    alone.robot.wait_until_read();
    alone.wait_until_idle();
    let of_one = alone.times(ROUNDS, |desk| desk.hover());
    line("18", "idle memory, 1 text: MB", "25", format!("{:.0}", alone.memory()));
    alone.robot.finish();
    let mut desk = start(&folder, size, n_bytes);
    requests(&mut desk, &of_one, &floor);
    keystrokes(&mut desk, &slow_floor);
    order(&mut desk);
    record_edit(&mut desk, &folder);
    endurance(&mut desk);
    desk.robot.finish();
    while_reading(&folder, size);
    check(folder.root(), n_bytes);
    large(&folder, size, &floor);
    let n_bytes = std::fs::metadata(program()).map_or(0, |it| it.len());
    line("27", "the program: MB", "15", format!("{:.2}", n_bytes as f64 / 1e6));
}

/// What an empty server takes for a hover, with pauses in between.
fn floor_of(pause: Duration) -> Times {
    let itself = std::env::current_exe().expect("a program knows itself");
    let mut robot = Robot::unread_of(&itself.to_string_lossy(), &["--echo"]);
    robot.begin_reading();
    robot.initialize(json!({ "processId": null, "capabilities": {} }));
    let mut times = Vec::new();
    for _ in 0..2 * ROUNDS {
        std::thread::sleep(pause);
        let begin = Instant::now();
        robot.at("textDocument/hover", "file:///a.md", (0, 0));
        times.push(begin.elapsed());
    }
    robot.finish();
    Times::of(times.split_off(ROUNDS))
}

fn plain_scan(root: &Path, n_bytes: usize) -> f64 {
    let mut begin = Instant::now();
    for round in 0..2 {
        if round == 1 {
            begin = Instant::now();
        }
        for number in 0..TEXTS {
            let file = root.join(format!("corpus/{:03}/{number:05}.txt", number / 100));
            let bytes = std::fs::read(file).expect("it was written");
            assert!(!bytes.contains(&0));
        }
    }
    n_bytes as f64 / 1e6 / begin.elapsed().as_secs_f64()
}

/// What a JSON parser takes for the message of a keystroke and for that of opening 5 MB.
fn plain_parse() -> String {
    let place = json!({ "line": 2, "character": 0 });
    let document = json!({ "uri": "file:///notes/note.md", "version": 2 });
    let edit = json!({ "textDocument": document, "contentChanges": [{ "range": { "start": place, "end": place }, "text": "x" }] });
    let text = json!({ "textDocument": { "uri": "file:///notes/note.md", "text": corpus::text(&mut Chance(9), 0, 5_000_000, RECORDS) } });
    let parse = |message: Value| {
        parsed(&json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": message }).to_string())
    };
    format!("{:.1}; {:.1}", parse(edit) * 1e3, parse(text))
}

/// What a JSON parser takes for some words, in ms.
fn parsed(words: &str) -> f64 {
    let once = |_| {
        let begin = Instant::now();
        assert!(serde_json::from_str::<Value>(words).is_ok());
        begin.elapsed()
    };
    millis(Times::of((0..40).map(once).collect()).p50)
}

fn start(folder: &Workspace, size: Size, n_bytes: usize) -> Desk {
    let (mut desk, first) = Desk::open(folder, size);
    desk.robot.wait_until_read();
    let (whole, busy) = (desk.begin.elapsed(), desk.processor());
    desk.wait_until_idle();
    line("10", "first right hover in an opened note, 10,000 texts: ms", "300", format!("{:.0}", millis(first)));
    let read = format!("{:.0}, {:.2}", millis(whole), busy.as_secs_f64());
    line("11", "all of them read: ms, s of processor", "800, 1.5", read);
    let idle = desk.memory();
    let each = idle / (n_bytes as f64 / 1e6);
    line("18", "idle memory, 10,000 texts: MB, for each MB", "80, 0.8", format!("{idle:.0}, {each:.1}"));
    let before = desk.processor();
    std::thread::sleep(Duration::from_secs(3));
    let worked = desk.processor().saturating_sub(before);
    line("20", "processor while nothing happens: ms in 3 s", "0", format!("{:.0}", millis(worked)));
    desk
}

fn requests(desk: &mut Desk, of_one: &Times, floor: &Times) {
    let hover = desk.times(ROUNDS, |desk| desk.hover());
    line("2", "hover, 10,000 texts : 1 text", "1.3", format!("{:.2}", ratio(hover.p50, of_one.p50)));
    line("1", "hover, 10,000 texts: floors p50, p99", "3, 10", floors(&hover, floor));
    let definition = desk.times(ROUNDS, |desk| desk.ask_at("textDocument/definition"));
    line("1", "definition, the same", "3, 10", floors(&definition, floor));
    let answer = desk.ask_at("textDocument/references");
    let (n_places, words) = (answer.as_array().map_or(0, Vec::len), answer.to_string());
    let references = desk.times(50, |desk| desk.ask_at("textDocument/references"));
    line(
        "14",
        &format!("references of an actor with {n_places} mentions: ms, of them in the client's JSON parser"),
        "10",
        format!("{:.1}, {:.1}", millis(references.p50), parsed(&words)),
    );
}

fn floors(times: &Times, floor: &Times) -> String {
    format!("{:.1}, {:.1}", ratio(times.p50, floor.p50), ratio(times.p99, floor.p50))
}

fn keystrokes(desk: &mut Desk, floor: &Times) {
    let mut p50 = Vec::new();
    for (number, must, bytes) in
        [("3", "2", 10_000), ("3", "3", 100_000), ("4", "5", 1_000_000), ("4", "10", 5_000_000)]
    {
        desk.open_note(bytes);
        desk.wait_until_idle();
        let before = desk.processor();
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            std::thread::sleep(PAUSE);
            let begin = Instant::now();
            desk.type_a_letter();
            desk.wait_for_findings();
            times.push(begin.elapsed());
        }
        let worked = desk.processor().saturating_sub(before);
        let times = Times::of(times);
        let what = format!("keystroke to right diagnostics, {} KB: ms p50, p99; floors p50", bytes / 1000);
        let here = format!("{:.2}, {:.2}; {:.1}", millis(times.p50), millis(times.p99), ratio(times.p50, floor.p50));
        line(number, &what, &format!("{must} floors"), here);
        if bytes == 100_000 {
            let each = millis(worked) / ROUNDS as f64;
            line("6", "processor for a keystroke, 100 KB: ms", "0.5", format!("{each:.2}"));
        }
        p50.push(times.p50);
    }
    if let [first, .., last] = p50.as_slice() {
        line("5", "keystroke, 5 MB : 10 KB", "5", format!("{:.1}", ratio(*last, *first)));
    }
    desk.open_note(100_000);
    desk.wait_until_idle();
    for _ in 0..1000 {
        desk.type_a_letter();
    }
    let begin = Instant::now();
    let n_published = desk.wait_for_findings();
    line(
        "7",
        "1,000 edits without a pause, 100 KB: ms after the last; publishes",
        "50; 50",
        format!("{:.1}; {n_published}", millis(begin.elapsed())),
    );
}

/// Edits without a pause and a question at once: how many answers are not true of the last edit.
fn order(desk: &mut Desk) {
    let mut n_wrong = 0;
    desk.uri = desk.uri.replace(".md", "-order.md");
    desk.version = 1;
    let uri = desk.uri.clone();
    desk.robot.open(&uri, &format!("# \n\n{} said so.\n", corpus::name(1)));
    for round in 0..100 {
        let heading = format!("Note {round}{}", " on the harbour".repeat(round % 3));
        let edit = |desk: &mut Desk, start: (u32, u32), end: (u32, u32), words: &str| {
            desk.version += 1;
            desk.robot.edit(&uri, desk.version, start, end, words);
        };
        for (column, letter) in (2..).zip(heading.chars()) {
            edit(desk, (0, column), (0, column), &letter.to_string());
        }
        edit(desk, (2, 3), (2, 3), "x");
        let is_stale = !desk.robot.hover(&uri, (2, 3)).is_empty();
        edit(desk, (2, 3), (2, 4), "");
        let symbols = desk.robot.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
        let is_lost = desk.robot.hover(&uri, (2, 3)).is_empty();
        n_wrong += usize::from(is_stale) + usize::from(is_lost) + usize::from(symbols[0]["name"] != heading);
        edit(desk, (0, 2), (0, 2 + heading.len() as u32), "");
    }
    line("8", "wrong or stale answers right after a row of edits without a pause, 300 questions", "0", n_wrong);
}

/// A new alias in a record, until the open note knows it.
fn record_edit(desk: &mut Desk, folder: &Workspace) {
    let (uri, record) = (folder.uri("notes/alias.md"), folder.uri("actors/actor-1.md"));
    desk.robot.open(&uri, "Here the Velvet Anchorage is named.\n");
    let text = std::fs::read_to_string(folder.root().join("actors/actor-1.md")).expect("it was written");
    desk.robot.open(&record, &text);
    desk.robot.hover(&uri, (0, 12));
    let at = text.lines().position(|line| line.starts_with("aliases: [")).unwrap_or_default() as u32;
    let begin = Instant::now();
    desk.robot.edit(&record, 2, (at, 10), (at, 10), "Velvet Anchorage, ");
    while desk.robot.hover(&uri, (0, 12)).is_empty() {}
    line(
        "23",
        "a record's new alias is known in an open note, 10,000 texts: ms",
        "50",
        format!("{:.0}", millis(begin.elapsed())),
    );
    desk.wait_until_idle();
}

fn endurance(desk: &mut Desk) {
    let before = desk.memory();
    let text = corpus::text(&mut Chance(9), 0, 5_000_000, RECORDS);
    for number in 0..100 {
        let uri = desk.uri.replace(".md", &format!("-opened-{number}.md"));
        desk.robot.open(&uri, &text);
        desk.robot.close(&uri);
    }
    desk.robot.hover(&desk.uri.clone(), (0, 3));
    desk.wait_until_idle();
    line(
        "21",
        "memory after 1,000 edits and 100 times opening and closing 5 MB : before",
        "1.2",
        format!("{:.2}", desk.memory() / before),
    );
}

/// Requests that come while the workspace is still read.
fn while_reading(folder: &Workspace, size: Size) {
    let (mut desk, _) = Desk::open(folder, size);
    let mut times = Vec::new();
    while desk.begin.elapsed() < Duration::from_millis(1500) {
        let begin = Instant::now();
        desk.hover();
        times.push(begin.elapsed());
    }
    desk.robot.wait_until_read();
    let times = Times::of(times);
    line(
        "22",
        "hover while 10,000 texts are read: ms p99, max",
        "50",
        format!("{:.1}, {:.1}", millis(times.p99), millis(times.max)),
    );
    desk.robot.finish();
}

fn check(root: &Path, n_bytes: usize) {
    let (begin, before) = (Instant::now(), children());
    let status = Command::new(program())
        .args(["check", "--format", "json"])
        .current_dir(root)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(status.is_ok_and(|it| it.code().is_some_and(|code| code < 2)));
    let (clock, busy) = (begin.elapsed().as_secs_f64(), children().saturating_sub(before).as_secs_f64());
    let megabytes = n_bytes as f64 / 1e6;
    line(
        "17",
        "glossator check, all rules: MB for each s of processor; MB/s",
        "60; 150",
        format!("{:.1}; {:.1}", megabytes / busy, megabytes / clock),
    );
}

/// The same with 100,000 records and a million names.
fn large(folder: &Workspace, size: Size, floor: &Times) {
    corpus::write_records(folder.root(), Size { records: MANY_RECORDS, names: 10, ..size });
    let begin = Instant::now();
    let mut robot = Robot::start(folder, capabilities());
    line("9", "initialize, 10,000 texts and a million names: ms", "20", format!("{:.1}", millis(begin.elapsed())));
    robot.open(&folder.uri("notes/note.md"), &format!("{} said so.\n\nThe Nor\n", corpus::name(MANY_RECORDS - 1)));
    let uri = folder.uri("notes/note.md");
    let mut desk = Desk { robot, uri, text: String::new(), version: 1, begin };
    while !desk.hover().to_string().contains(&corpus::name(MANY_RECORDS - 1)) {}
    line("13", "first right hover, a million names: s", "5", format!("{:.1}", desk.begin.elapsed().as_secs_f64()));
    desk.robot.wait_until_read();
    desk.wait_until_idle();
    line("19", "idle memory, 10,000 texts and a million names: MB", "330", format!("{:.0}", desk.memory()));
    let hover = desk.times(ROUNDS, |desk| desk.hover());
    line("1", "hover, a million names: floors p50, p99", "3, 10", floors(&hover, floor));
    let mut answer = Value::Null;
    let first = desk.times(1, |desk| drop(desk.complete()));
    let completion = desk.times(50, |desk| answer = desk.complete());
    let n_items = answer["items"].as_array().map_or(0, Vec::len);
    let here = format!(
        "{:.1} (the first {:.0}); {n_items}; {:.0}",
        millis(completion.p50),
        millis(first.p50),
        answer.to_string().len() as f64 / 1e3
    );
    line("15", "completion among a million names: ms; items; KB", "10; 200; 64", here);
}

impl Desk {
    /// Starts a server and opens a note; says when its first right hover came.
    pub(crate) fn open(folder: &Workspace, size: Size) -> (Desk, Duration) {
        let begin = Instant::now();
        let mut robot = Robot::start(folder, capabilities());
        let uri = folder.uri("notes/note.md");
        let text =
            format!("{} said so.\n\n{}", corpus::name(1), corpus::text(&mut Chance(11), 0, 10_000, size.records));
        robot.open(&uri, &text);
        while !robot.hover(&uri, (0, 3)).contains(&corpus::name(1)) {}
        (Desk { robot, uri, text, version: 1, begin }, begin.elapsed())
    }

    fn ask_at(&mut self, method: &str) -> Value {
        let uri = self.uri.clone();
        self.robot.at(method, &uri, (0, 3))
    }

    pub(crate) fn hover(&mut self) -> Value {
        self.ask_at("textDocument/hover")
    }

    fn complete(&mut self) -> Value {
        let (uri, id) = (self.uri.clone(), json!(position((2, 7))));
        self.robot.request("textDocument/completion", json!({ "textDocument": { "uri": uri }, "position": id }))
    }

    pub(crate) fn times<T>(&mut self, rounds: usize, mut ask: impl FnMut(&mut Desk) -> T) -> Times {
        let once = |_| {
            let begin = Instant::now();
            ask(self);
            begin.elapsed()
        };
        Times::of((0..rounds).map(once).collect())
    }

    fn open_note(&mut self, bytes: usize) {
        self.text = corpus::text(&mut Chance(bytes as u64), 0, bytes, RECORDS);
        self.uri = self.uri.replace(".md", &format!("-{bytes}.md"));
        self.version = 1;
        let (uri, text) = (self.uri.clone(), self.text.clone());
        self.robot.open(&uri, &text);
        self.wait_for_findings();
    }

    pub(crate) fn type_a_letter(&mut self) {
        self.version += 1;
        let (uri, version) = (self.uri.clone(), self.version);
        // What people type has words in it.
        let letter = TYPED.chars().rev().cycle().nth(version as usize % TYPED.len()).unwrap_or('x').to_string();
        self.robot.edit(&uri, version, (2, 0), (2, 0), &letter);
    }

    /// Waits for the findings of the last version; says how often findings were published until then.
    pub(crate) fn wait_for_findings(&mut self) -> usize {
        let (uri, version) = (self.uri.clone(), self.version);
        let mut n_published = 0;
        loop {
            let message = self.robot.hear("textDocument/publishDiagnostics");
            if message["params"]["uri"] == uri {
                n_published += 1;
                if message["params"]["version"] == version {
                    return n_published;
                }
            }
        }
    }

    /// Megabytes that the server has in memory.
    pub(crate) fn memory(&self) -> f64 {
        self.megabytes("VmRSS:")
    }

    /// The most that it ever had.
    pub(crate) fn peak(&self) -> f64 {
        self.megabytes("VmHWM:")
    }

    fn megabytes(&self, key: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.robot.process.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with(key));
        line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok()).unwrap_or_default() / 1e3
    }

    /// What the server has worked.
    pub(crate) fn processor(&self) -> Duration {
        ticks(&format!("/proc/{}/stat", self.robot.process.id()), 13)
    }

    pub(crate) fn wait_until_idle(&mut self) {
        let mut last = Duration::MAX;
        while self.processor() != last {
            last = self.processor();
            std::thread::sleep(Duration::from_millis(1500));
        }
    }
}

/// What the programs that this one has waited for have worked.
fn children() -> Duration {
    ticks("/proc/self/stat", 15)
}

/// Two neighbouring fields of a process' state, in hundredths of a second.
fn ticks(file: &str, first: usize) -> Duration {
    let state = std::fs::read_to_string(file).unwrap_or_default();
    let fields = state.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(first - 2).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(10 * ticks)
}
