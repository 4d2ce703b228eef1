//! What many decisions cost: 10,000 of them on 1,000 texts.
//!
//! Measures reading them together with the texts, what they weigh, and the time from a change of one annotation file to
//! the findings of its text.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a measuring program")]

use glossator::corpus::{Change, Corpus};
use glossator::features::fixes::FileEdit;
use glossator::features::{decisions, findings};
use glossator::model::Spanned;
use glossator::model::annotation::{Decision, Judgement};
use glossator::text::ByteRange;
use std::time::{Duration, Instant};

const TEXTS: usize = 1_000;
const PLACES: usize = 10;
const NAMES: [&str; 5] = ["Acme Works", "Maria Lee", "la Régie du port", "阿克米公司", "O’Brien"];
const RECORDS: [(&str, &str); 3] = [
    ("actors/acme.md", "---\nname: Acme Works\naliases: [阿克米公司]\n---\n"),
    ("actors/lee.md", "---\nname: Maria Lee\n---\n"),
    ("actors/port.md", "---\nname: la Régie du port\n---\n"),
];

/// A text of about 6 KB, no two alike.
fn text(number: usize) -> String {
    let sentence = |n: usize| {
        let name = NAMES.get((n * 7 + number) % NAMES.len()).unwrap();
        format!(
            "In 20{:02}, {name} sold {} anvils in town {}, as {number} people knew. ",
            n % 24,
            n * 31 % 97,
            n * 13 % 50
        )
    };
    (0..80).map(|n| if n % 8 == 7 { sentence(n) + "\n\n" } else { sentence(n) }).collect()
}

fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|it| it.parse().ok()).unwrap_or(0)
}

fn load(corpus: &mut Corpus, path: &str, text: &str) {
    corpus.apply(Change::Loaded { path: path.to_owned(), text: text.to_owned() }).unwrap();
}

fn settle(corpus: &mut Corpus) {
    for job in corpus.jobs() {
        corpus.finish(job.run());
    }
}

/// A workspace with its texts, and the annotation files if there are any; every place is looked up, and counted if found.
fn read(texts: &[(String, String)], files: &[(String, String)]) -> (Corpus, Duration, usize) {
    let start = Instant::now();
    let mut corpus = Corpus::new();
    RECORDS.iter().for_each(|(path, text)| load(&mut corpus, path, text));
    texts.iter().chain(files).for_each(|(path, text)| load(&mut corpus, path, text));
    settle(&mut corpus);
    let n_placed: usize =
        corpus.snapshot().documents().map(|it| it.placed().iter().filter(|it| it.range.is_some()).count()).sum();
    (corpus, start.elapsed(), n_placed)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn main() {
    let texts: Vec<(String, String)> = (0..TEXTS).map(|n| (format!("corpus/{n:04}.txt"), text(n))).collect();
    let (mut corpus, without, _) = read(&texts, &[]);
    let light = resident();
    let snapshot = corpus.snapshot();
    let decide = |(path, text): &(String, String)| {
        let actor = |id: &str| Decision::Identity {
            actor: Spanned::new(id.to_owned(), ByteRange::empty(0)),
            judgement: Judgement::Positive,
        };
        let places = NAMES.iter().flat_map(|name| text.match_indices(name).take(2));
        let list: Vec<_> = places.map(|(at, name)| (ByteRange::new(at, at + name.len()), actor("acme"))).collect();
        match decisions::decide(&snapshot, snapshot.file(path).unwrap(), &list, "2024-05-01T00:00:00Z") {
            Some(FileEdit::Create(path, lines)) => (path, lines),
            other => panic!("{other:?}"),
        }
    };
    let start = Instant::now();
    let files: Vec<(String, String)> = texts.iter().map(decide).collect();
    let written = start.elapsed();
    let bytes: usize = files.iter().map(|(_, lines)| lines.len()).sum();
    drop((snapshot, corpus));
    let before = resident();
    let (mut corpus, with, n_placed) = read(&texts, &files);
    assert_eq!(n_placed, PLACES * files.len());
    println!(
        "{TEXTS} texts of {} KB, {} decisions, {} MB of JSON; one thread",
        texts.iter().map(|it| it.1.len()).sum::<usize>() / TEXTS / 1000,
        TEXTS * PLACES,
        bytes / 1_000_000
    );
    println!("reading the texts alone        {:8.0} ms", milliseconds(without));
    println!("reading texts and decisions    {:8.0} ms", milliseconds(with));
    println!("making 10 decisions in a text  {:8.2} ms", milliseconds(written) / TEXTS as f64);
    println!(
        "resident: {} MB without decisions, {} MB with them (from {} MB)",
        light / 1024,
        resident() / 1024,
        before / 1024
    );
    // The places of texts that were changed by another program meanwhile.
    let changed: Vec<(String, String)> =
        texts.iter().map(|(path, text)| (path.clone(), format!("New.\n\n{text}"))).collect();
    let (_, moved, n_placed) = read(&changed, &files);
    assert_eq!(n_placed, PLACES * files.len(), "words were only inserted");
    println!("the same, every text changed   {:8.0} ms, {n_placed} found", milliseconds(moved));
    // Their sentences are much alike, so that some places cannot be told from others.
    let several = |(path, text): &(String, String)| {
        let sentences = text.split_inclusive(". ").enumerate();
        let kept: String = sentences.filter(|(n, _)| *n != 3).map(|(_, sentence)| sentence).collect();
        (path.clone(), format!("New.\n\n{}", kept.replace("town 26", "town 62")))
    };
    let changed: Vec<(String, String)> = texts.iter().map(several).collect();
    let (_, moved, n_placed) = read(&changed, &files);
    println!("the same, at several places    {:8.0} ms, {n_placed} found", milliseconds(moved));
    let mut times: Vec<Duration> = Vec::new();
    for (path, lines) in files.iter().take(200) {
        let text = path.strip_prefix("annotations/").unwrap().strip_suffix(".jsonl").unwrap();
        let fewer: String = lines.lines().skip(1).map(|line| format!("{line}\n")).collect();
        let start = Instant::now();
        load(&mut corpus, path, &fewer);
        settle(&mut corpus);
        let snapshot = corpus.snapshot();
        std::hint::black_box(findings::check(&snapshot, snapshot.file(text).unwrap()));
        times.push(start.elapsed());
    }
    times.sort();
    let at = |share: usize| milliseconds(times.get(times.len() * share / 100).copied().unwrap_or_default());
    println!("one decision to new findings   {:8.2} ms (median), {:.2} ms (95 of 100)", at(50), at(95));
}
