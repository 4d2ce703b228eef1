//! Unknown names and likely aliases: what is pointed out, and what can be done about it.

use crate::fixture::Fixture;
use expect_test::{Expect, expect};
use glossator::analysis::Depth;
use glossator::corpus::registries::Registries;
use glossator::corpus::{Change, Corpus};
use glossator::features::findings;
use glossator::features::suggest::{FileEdit, fixes};
use glossator::model::Code;
use glossator::text::ByteRange;
use std::sync::Arc;

const BASE: &str = "\
=== actors/acme.md
---
name: Acme Daily # the paper
aliases: [Acme]
---
";

fn check(text: &str, expected: Expect) {
    let fixture = Fixture::new(&format!("{BASE}=== notes/a.md\n{text}\n"));
    let file = fixture.snapshot.file("notes/a.md").expect("the note");
    let mut lines = String::new();
    for finding in findings::check(&fixture.snapshot, file) {
        if matches!(finding.code, Code::UnknownActor | Code::AliasSuggestion) {
            lines += &format!("{}[{}] {}\n", finding.severity.word(), finding.code.word(), finding.message);
            for fix in fixes(&fixture.snapshot, file, finding.range) {
                lines += &format!("  {}{}\n", if fix.is_preferred { "* " } else { "- " }, fix.title);
                for edit in fix.edits {
                    match edit {
                        FileEdit::Create(path, text) => {
                            lines += &format!("      {path}: {}\n", text.replace('\n', "⏎"))
                        }
                        FileEdit::Change(file, edits) => {
                            let document = fixture.snapshot.document(file).expect("a file of the corpus");
                            let mut text = document.buffer.text().to_string();
                            for (range, words) in edits.iter().rev() {
                                text.replace_range(range.start as usize..range.end as usize, words);
                            }
                            lines += &format!("      {}: {}\n", document.path, text.replace('\n', "⏎"));
                        }
                    }
                }
            }
        }
    }
    expected.assert_eq(&lines);
}

#[test]
fn a_translated_name_is_offered_to_its_record() {
    check(
        "Selon Acme Quotidien, rien ne va plus.",
        expect![[r#"
        information[alias-suggestion] “Acme Quotidien” may be Acme Daily: its words mean the same as “Acme Daily” (score 0.95); add it to the record's names, or leave it
          * Add “Acme Quotidien” as a name of Acme Daily
              actors/acme.md: ---⏎name: Acme Daily # the paper⏎aliases: [Acme, Acme Quotidien]⏎---⏎
          - Create a record for “Acme Quotidien”
              actors/acme-quotidien.md: ---⏎type: organization⏎name: Acme Quotidien⏎---⏎
    "#]],
    );
}

#[test]
fn an_unknown_name_is_offered_a_record() {
    check(
        "“Nothing helps,” said Jane Doe, a researcher. Jane Doe left.",
        expect![[r#"
        hint[unknown-actor] “Jane Doe” has no record, and seems to be a person: it stands 2 times in this text, it is quoted, the text says what it is; create a record, or leave it
          * Create a record for “Jane Doe”
              actors/jane-doe.md: ---⏎type: person⏎name: Jane Doe⏎---⏎
    "#]],
    );
}

#[test]
fn selected_words_can_become_a_record() {
    let fixture = Fixture::new(&format!("{BASE}=== notes/a.md\nthe quiet consortium\n"));
    let file = fixture.snapshot.file("notes/a.md").expect("the note");
    let titles: Vec<String> =
        fixes(&fixture.snapshot, file, ByteRange::new(4, 20)).into_iter().map(|fix| fix.title).collect();
    expect![[r#"
        Create a record for “quiet consortium” (organization)
        Create a record for “quiet consortium” (person)"#]]
    .assert_eq(&titles.join("\n"));
}

#[test]
fn a_registry_says_who_an_unknown_name_may_be() {
    let mut corpus = Corpus::of_depth(Depth::Full);
    let text = "“Nothing helps,” said Jane Doe, a researcher. We saw the Quiet Consortium.\n".to_owned();
    corpus.apply(Change::Loaded { path: "notes/a.md".to_owned(), text: text.clone() }).unwrap();
    let lines = [
        r#"{"id":"q1","schema":"Person","properties":{"name":["Jane Doe"]}}"#,
        r#"{"id":"q2","schema":"Company","properties":{"name":["Quiet Consortium"]}}"#,
    ];
    corpus.set_registries(Arc::new(Registries::build("lists/a.jsonl", lines)));
    for job in corpus.jobs() {
        corpus.finish(job.run());
    }
    let snapshot = corpus.snapshot();
    let file = snapshot.file("notes/a.md").unwrap();
    let hover = |words: &str| {
        let offset = text.find(words).unwrap() as u32;
        glossator::features::hover::hover(&snapshot, file, offset).map(|card| card.plain()).unwrap_or_default()
    };
    expect![[r#"
        Jane Doe — no record; seems to be a person

        it is quoted, the text says what it is

        - in registry lists/a.jsonl: Jane Doe (Person, q1)"#]]
    .assert_eq(&hover("Doe"));
    expect!["- in registry lists/a.jsonl: Quiet Consortium (Company, q2)"].assert_eq(&hover("Consortium"));
}
