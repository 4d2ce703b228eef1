//! Random edits: what the corpus says after them equals what it says of the same text from scratch.

use glossator::analysis::Settled;
use glossator::corpus::{Change, Corpus, Edit};
use glossator::features::{findings, tokens};
use glossator::model::Finding;
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
