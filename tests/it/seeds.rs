//! The example corpus in `seeds/`: what it shows a newcomer is what the engine finds in it.

use expect_test::expect_file;
use glossator::analysis::Depth;
use glossator::corpus::{Change, Corpus, Snapshot};
use glossator::disk::{self, Loaded};
use glossator::features::findings;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

fn example() -> Arc<Snapshot> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut corpus = Corpus::of_depth(Depth::Full);
    let mut changes = Vec::new();
    if let Some(Loaded::Text { path, text }) = disk::read_configuration(&root) {
        corpus.apply(Change::Loaded { path, text }).expect("a file from disk");
    }
    disk::read_workspace(&root, &corpus.options(), &|path| corpus.role(path).is_some(), &mut |loaded| {
        let Loaded::Text { path, text } = loaded else { panic!("an unreadable file in seeds/") };
        changes.push(Change::Loaded { path, text });
    });
    for change in changes {
        corpus.apply(change).expect("a file from disk");
    }
    for job in corpus.jobs() {
        corpus.finish(job.run());
    }
    corpus.snapshot()
}

#[test]
fn the_findings_of_the_example_corpus_are_the_reviewed_ones() {
    let snapshot = example();
    let mut lines = String::new();
    for document in snapshot.documents() {
        for finding in findings::check(&snapshot, document.file) {
            let words: String = document.buffer.slice(finding.range).chars().take(60).collect();
            let words = words.replace('\n', "⏎");
            let (severity, code) = (finding.severity.word(), finding.code.word());
            writeln!(lines, "{} {severity}[{code}] {words}", document.path).unwrap();
        }
    }
    expect_file!["seeds.findings.txt"].assert_eq(&lines);
}

#[test]
fn the_mentions_of_the_example_corpus_are_the_reviewed_ones() {
    let snapshot = example();
    let mut lines = String::new();
    for document in snapshot.documents().filter(|document| document.role.is_text()) {
        for mention in &document.settled().mentions {
            let words = document.buffer.slice(mention.range).replace('\n', "⏎");
            let id = snapshot.registry.actor_id(mention.actor).unwrap();
            writeln!(lines, "{} {words} → {id} {} {}", document.path, mention.kind.word(), mention.status.word())
                .unwrap();
        }
    }
    expect_file!["seeds.mentions.txt"].assert_eq(&lines);
}

#[test]
fn every_actor_with_a_record_has_a_name_and_every_text_names_somebody() {
    let snapshot = example();
    assert!(90 <= snapshot.registry.actors().count());
    for actor in snapshot.registry.actors() {
        assert!(!actor.record.caption().is_empty());
    }
    for document in snapshot.documents().filter(|document| document.path.starts_with("corpus/")) {
        assert!(10 <= document.settled().mentions.len(), "{}", document.path);
    }
}

#[test]
fn the_fully_cited_note_has_nothing_to_complain_of() {
    let snapshot = example();
    let note = snapshot.file("notes/checked.md").unwrap();
    let findings: Vec<String> = findings::check(&snapshot, note).into_iter().map(|it| it.message).collect();
    assert_eq!(findings, Vec::<String>::new());
}
