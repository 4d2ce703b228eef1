//! Random edits: what the corpus says after them equals what it says of the same text from scratch.

use glossator::analysis::Settled;
use glossator::corpus::{Change, Corpus, Edit};
use glossator::features::fixes::FileEdit;
use glossator::features::{decisions, findings, tokens};
use glossator::model::Finding;
use glossator::model::annotation::Decision;
use glossator::text::ByteRange;
use glossator::text::position::{Encoding, LineColumn};
use proptest::prelude::*;

const RECORDS: [(&str, &str); 3] = [
    ("actors/acme.md", "---\ntype: Company\nname: Acme Works\naliases: [ACME, 阿克米公司]\n---\n"),
    ("actors/lee.md", "---\ntype: Person\nname: Maria Lee\n---\n"),
    ("actors/herald.md", "---\ntype: media\nname: The Daily Herald\naliases: [Quotidien du Héraut]\n---\n"),
];

fn workspace() -> Corpus {
    let mut corpus = Corpus::new();
    for (path, text) in RECORDS {
        corpus.apply(Change::Loaded { path: path.to_owned(), text: text.to_owned() }).expect("a file of the corpus");
    }
    for job in corpus.jobs() {
        corpus.finish(job.run());
    }
    corpus
}

/// What is said of the note: its words, what it says, what is wrong with it, and its colours.
fn said(corpus: &mut Corpus) -> (String, Settled, Vec<Finding>, Vec<tokens::Token>) {
    let snapshot = corpus.snapshot();
    let document = snapshot.document_at("notes/a.md").expect("a file of the corpus");
    let (found, coloured) = (findings::check(&snapshot, document.file), tokens::tokens(&snapshot, document.file, None));
    (document.buffer.text(), document.settled().clone(), found, coloured)
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "Maria Lee said that ACME sold 9,000 anvils in 2023. ",
        "Lee denied it. ",
        "« La société Acme Works a menti », selon le Quotidien du Héraut. ",
        "阿克米公司表示，2023年卖出了9000个铁砧。",
        "“An open quotation that never ends. It goes on. ",
        "[@key, p. 3] ",
        "\n",
        "\n\n",
        "\r\n",
        "```\n",
        "😀 ",
        "- a bullet by Acme\nWorks ",
    ])
}

fn edit() -> impl Strategy<Value = Edit> {
    let place = (0u32..30, 0u32..90, 0u32..3, 0u32..40);
    (place, prop::collection::vec(piece(), 0..3), prop::bool::weighted(0.05)).prop_map(|(place, pieces, is_whole)| {
        let (line, column, n_lines, width) = place;
        let start = LineColumn { line, column };
        let end = LineColumn { line: line + n_lines, column: column + width };
        Edit { range: (!is_whole).then_some((start, end)), text: pieces.concat() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn facts_after_edits_equal_facts_from_scratch(
        first in prop::collection::vec(piece(), 0..24),
        changes in prop::collection::vec(prop::collection::vec(edit(), 1..4), 1..8),
        encoding in prop::sample::select(vec![Encoding::Utf8, Encoding::Utf16, Encoding::Utf32]),
    ) {
        let mut corpus = workspace();
        let path = || "notes/a.md".to_owned();
        corpus.apply(Change::Opened { path: path(), text: first.concat(), version: 0 }).expect("a file of the corpus");
        for (version, edits) in (1..).zip(changes) {
            // The error tells of an edit that does not fit, which is made all the same.
            let _ = corpus.apply(Change::Edited { path: path(), version, edits, encoding });
            let after_edits = said(&mut corpus);
            let text = after_edits.0.clone();
            let mut fresh = workspace();
            fresh.apply(Change::Opened { path: path(), text: text.clone(), version: 0 }).expect("a file of the corpus");
            prop_assert_eq!(after_edits, said(&mut fresh), "text {:?}", text);
        }
    }
}

/// A note of some length: the parts of it that an edit does not touch matter.
fn long(pieces: &[&str]) -> String {
    let filler = "The harbour was closed for six weeks. Nobody said why. It rained most of the day.\n\n";
    let mut text = String::new();
    for piece in pieces {
        text.push_str(piece);
        text.push_str(filler);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    /// Where the part says that the rest of the text may stay, it has found what a look at the whole text finds there.
    #[test]
    fn findings_near_an_edit_equal_those_of_the_whole_text(
        first in prop::collection::vec(piece(), 8..24),
        changes in prop::collection::vec(edit(), 1..12),
    ) {
        let mut corpus = workspace();
        let path = || "notes/a.md".to_owned();
        let text = long(&first);
        corpus.apply(Change::Opened { path: path(), text, version: 0 }).expect("a file of the corpus");
        for job in corpus.jobs() {
            corpus.finish(job.run());
        }
        for (version, edit) in (1..).zip(changes) {
            let before = corpus.snapshot();
            let document = before.document_at("notes/a.md").expect("a file of the corpus");
            document.remember();
            let n_edits = document.n_edits();
            let edited = Change::Edited { path: path(), version, edits: vec![edit], encoding: Encoding::Utf8 };
            let _ = corpus.apply(edited);
            let snapshot = corpus.snapshot();
            let document = snapshot.document_at("notes/a.md").expect("a file of the corpus");
            let Some([splice]) = document.edits_since(n_edits) else { continue };
            let Some(near) = findings::near(&snapshot, document, splice.fresh) else { continue };
            if !near.holds_elsewhere || splice.reaches_out {
                continue;
            }
            let is_own = |it: &Finding| {
                it.range.start <= near.core.end && near.core.start <= it.range.end && !findings::needs_whole_text(it.code)
            };
            let whole = findings::check(&snapshot, document.file).into_iter().filter(is_own).collect::<Vec<_>>();
            prop_assert_eq!(&near.findings, &whole, "edit {:?} in {:?}", splice, document.buffer.text());
        }
    }
}

/// A note whose sentences each stand once, and what is decided about every other one.
fn decided(n_sentences: usize) -> (String, String) {
    let sentence = |n: usize| match n % 3 {
        0 => format!("Witness {n} saw the barge 😀 leave at dawn."),
        1 => format!("Le témoin {n} n’a vu « aucune » péniche."),
        _ => format!("证人{n}看见驳船在黎明离开。"),
    };
    let sentences: Vec<String> = (0..n_sentences).map(sentence).collect();
    let text: String = sentences.iter().map(|it| format!("{it}\n\n")).collect();
    let mut corpus = workspace();
    corpus.apply(Change::Opened { path: "notes/a.md".to_owned(), text: text.clone(), version: 0 }).expect("a note");
    let snapshot = corpus.snapshot();
    let decisions: Vec<(ByteRange, Decision)> = sentences
        .iter()
        .step_by(2)
        .filter_map(|it| {
            Some((ByteRange::new(text.find(it)?, text.find(it)? + it.len()), Decision::Comment(it.clone())))
        })
        .collect();
    let file = snapshot.file("notes/a.md").expect("the note");
    let edit = decisions::decide(&snapshot, file, &decisions, "2024-05-01T00:00:00Z").expect("a file of decisions");
    let FileEdit::Create(_, lines) = edit else { panic!("there is no such file yet") };
    (text, lines)
}

fn with_decisions(text: &str, lines: &str) -> Corpus {
    let mut corpus = workspace();
    let path = "annotations/notes/a.md.jsonl".to_owned();
    corpus.apply(Change::Loaded { path, text: lines.to_owned() }).expect("decisions");
    corpus.apply(Change::Opened { path: "notes/a.md".to_owned(), text: text.to_owned(), version: 0 }).expect("a note");
    for job in corpus.jobs() {
        corpus.finish(job.run());
    }
    corpus
}

/// Where each decision stands, with the words that it is about.
fn places(corpus: &mut Corpus) -> Vec<(String, Option<ByteRange>)> {
    let snapshot = corpus.snapshot();
    let document = snapshot.document_at("notes/a.md").expect("the note");
    let place = |placed: &glossator::corpus::document::Placed| {
        let Decision::Comment(words) = &placed.annotation.decision else { panic!("a comment") };
        (words.clone(), placed.range)
    };
    document.placed().iter().map(place).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    /// A decision whose words stand in the text was followed to them. Looked for from scratch it is found there or not at
    /// all (where what stood around the words is gone, the sentences are too much alike), and where both ways find a place
    /// for one whose words were changed, it is the same place.
    #[test]
    fn places_of_decisions_after_edits_equal_places_from_scratch(
        changes in prop::collection::vec(prop::collection::vec(edit(), 1..3), 1..8),
        encoding in prop::sample::select(vec![Encoding::Utf8, Encoding::Utf16, Encoding::Utf32]),
    ) {
        let (text, lines) = decided(12);
        let mut corpus = with_decisions(&text, &lines);
        for (version, edits) in (1..).zip(changes) {
            let path = "notes/a.md".to_owned();
            let _ = corpus.apply(Change::Edited { path, version, edits, encoding });
            let snapshot = corpus.snapshot();
            let text = snapshot.document_at("notes/a.md").expect("the note").buffer.text();
            let followed = places(&mut corpus);
            let found = places(&mut with_decisions(&text, &lines));
            prop_assert_eq!(followed.len(), 6);
            for ((words, followed), (_, found)) in followed.iter().zip(&found) {
                if let Some(at) = text.find(words.as_str()) {
                    let there = Some(ByteRange::new(at, at + words.len()));
prop_assert_eq!(*followed, there, "{:?} in {:?}", words, text);
                    prop_assert!(found.is_none() || *found == there, "{:?}: {:?} in {:?}", words, found, text);
                } else if let (Some(followed), Some(found)) = (followed, found) {
                    prop_assert!(followed.overlaps(*found), "{:?}: {:?}, {:?} in {:?}", words, followed, found, text);
                }
            }
        }
    }
}
