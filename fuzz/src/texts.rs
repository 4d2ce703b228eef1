//! What reads texts.

use glossator::analysis::citations::read_block;
use glossator::corpus::{Change, Corpus, Snapshot};
use glossator::features;
use glossator::features::completion::CompletionOptions;
use glossator::model::FileId;
use glossator::text::fold::{Folded, fold as folded};
use glossator::text::{ByteRange, blocks, sentences as splitter};
use std::sync::Arc;

const RECORDS: [(&str, &str); 4] = [
    (
        "actors/acme.md",
        "---\ntype: Company\nname: Acme Works\naliases: [ACME, 阿克米公司, Société Acmé]\n---\nAnvils.\n",
    ),
    ("actors/lee.md", "---\ntype: Person\nname: Maria Lee\nnames: [{name: Lee, kind: weak}]\n---\n"),
    ("actors/herald.md", "---\ntype: media\nname: The Daily Herald\naliases: [人民报]\n---\n"),
    ("references.yaml", "- {id: key, type: report, title: Anvils, custom: {file: corpus/copy.txt}}\n"),
];

/// A workspace with records, a reference and its copy, and a note.
pub(crate) fn workspace(note: &str) -> Corpus {
    let mut corpus = Corpus::new();
    let copy = ("corpus/copy.txt", "Acme Works sold 9,000 anvils in 2023, said Maria Lee. 阿克米公司否认。\n");
    for (path, text) in RECORDS.into_iter().chain([copy]) {
        let loaded = Change::Loaded { path: path.to_owned(), text: text.to_owned() };
        corpus.apply(loaded).expect("a file of the corpus");
    }
    let opened = Change::Opened { path: "notes/a.md".to_owned(), text: note.to_owned(), version: 0 };
    corpus.apply(opened).expect("a file of the corpus");
    finish(&mut corpus);
    corpus
}

/// Runs all jobs.
pub(crate) fn finish(corpus: &mut Corpus) {
    for job in corpus.jobs() {
        corpus.finish(job.run());
    }
}

/// The note of a workspace.
pub(crate) fn note(snapshot: &Snapshot) -> FileId {
    snapshot.file("notes/a.md").expect("the note is there")
}

/// Ranges lie in the text, each before the next.
fn in_order(text: &str, ranges: impl Iterator<Item = ByteRange>) {
    let mut end = 0;
    for range in ranges {
        assert!(range.of(text).is_some() && end <= range.start, "{range:?} in {text:?}");
        end = range.end;
    }
}

/// The citations of a block.
pub(crate) fn citations(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for citation in read_block(text) {
        assert!(citation.range.of(text).is_some(), "{citation:?} in {text:?}");
    }
}

/// The blocks of a text, and the sentences of each.
pub(crate) fn sentences(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let blocks = blocks::split(text);
    in_order(text, blocks.iter().copied());
    for block in blocks.iter().filter_map(|block| block.of(text)) {
        let segments = splitter::split(block);
        in_order(block, segments.iter().map(|segment| segment.range));
        for segment in &segments {
            assert!(!segment.range.is_empty(), "{segment:?} in {block:?}");
            assert!(segment.quotes.iter().all(|quote| quote.of(block).is_some()), "{segment:?} in {block:?}");
        }
    }
}

/// A folded text leads back to the bytes it came from.
pub(crate) fn fold(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let fold = Folded::new(text);
    assert_eq!(fold.text, folded(text));
    let mut before = 0;
    for (at, c) in fold.text.char_indices() {
        let range = fold.raw_range(ByteRange::new(at, at + c.len_utf8()));
        assert!(range.of(text).is_some() && before <= range.start, "{at} of {:?} is {range:?} of {text:?}", fold.text);
        before = range.start;
    }
    let whole = fold.raw_range(ByteRange::new(0, fold.text.len()));
    assert!(whole.of(text).is_some());
}

/// Everything that is asked about a note, at some of its places.
pub(crate) fn markdown(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut corpus = workspace(text);
    let snapshot = corpus.snapshot();
    let file = note(&snapshot);
    let findings = features::findings::check(&snapshot, file);
    for finding in &findings {
        assert!(finding.range.of(text).is_some(), "{finding:?} in {text:?}");
    }
    for finding in findings.iter().take(4) {
        features::fixes::fixes(&snapshot, file, finding.range);
    }
    features::folding::folds(&snapshot, file);
    features::links::links(&snapshot, file);
    features::symbols::document_symbols(&snapshot, file);
    features::inlay::hints(&snapshot, file, ByteRange::new(0, text.len()));
    in_order(text, features::tokens::tokens(&snapshot, file, None).iter().map(|token| token.range));
    // Four places are enough: the fuzzer moves the text beneath them.
    let step = (text.len() / 4).max(1);
    for (at, _) in text.char_indices().filter(|(at, _)| at % step == 0) {
        ask(&snapshot, file, at);
    }
}

fn ask(snapshot: &Arc<Snapshot>, file: FileId, at: usize) {
    let offset = u32::try_from(at).expect("small");
    features::hover::hover(snapshot, file, offset);
    features::explain::explain(snapshot, file, offset);
    features::navigate::definition(snapshot, file, offset);
    features::navigate::references(snapshot, file, offset, true);
    features::selection::selections(snapshot, file, offset);
    features::rename::rename(snapshot, file, offset, "nouveau");
    features::completion::complete(snapshot, file, offset, CompletionOptions { snippets: true, limit: 20 });
}
