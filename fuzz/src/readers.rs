//! What reads the user's files, and what comes from the client.

use glossator::interchange::{Known, brat, ftm, w3c, wikidata};
use glossator::model::{Finding, annotation, bibliography, options, record};
use glossator::server;
use std::fmt::Debug;

/// The text that the bytes are; what is not UTF-8 never reaches a reader.
fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// A finding points into the text.
fn inside(text: &str, findings: &[Finding]) {
    for finding in findings {
        assert!(finding.range.of(text).is_some(), "{finding:?} does not fit {text:?}");
    }
}

/// The same again: a reader has no memory.
fn again<T: PartialEq + Debug>(read: impl Fn() -> T) -> T {
    let first = read();
    assert_eq!(first, read());
    first
}

/// Messages from the client, as they come from the pipe.
pub(crate) fn frames(data: &[u8]) {
    server::read_frames(data);
}

/// A file of records: the first line says of which sort.
pub(crate) fn record(data: &[u8]) {
    let Some(text) = text(data) else { return };
    for path in ["actors/a.md", "actors/a.yaml", "actors/a.jsonl"] {
        let (_, findings) = again(|| record::read(path, text));
        inside(text, &findings);
    }
}

/// `glossator.toml`, and the same settings from an editor.
pub(crate) fn configuration(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let (read, findings) = options::read(text);
    inside(text, &findings);
    let (_, _) = options::with_settings(text, &read);
}

/// A bibliography in JSON, and lines of entities.
pub(crate) fn json(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let (references, findings) = bibliography::read("references.json", text);
    inside(text, &findings);
    words(&references);
    let (_, findings) = record::read("actors/a.jsonl", text);
    inside(text, &findings);
}

/// A bibliography in BibTeX.
pub(crate) fn bibtex(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let (references, findings) = bibliography::read("references.bib", text);
    inside(text, &findings);
    words(&references);
}

/// A bibliography in YAML: CSL's or Hayagriva's.
pub(crate) fn bibliography(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let (references, findings) = bibliography::read("references.yaml", text);
    inside(text, &findings);
    words(&references);
}

/// Each entry can be written in words; a few do, for it is slow.
fn words(references: &[bibliography::Reference]) {
    for reference in references.iter().take(4) {
        for language in ["en", "fr", "zh"] {
            reference.formatted(language);
        }
    }
}

/// Lines of decisions: what was read and written again is read as the same.
pub(crate) fn annotations(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let (read, findings) = annotation::read(text);
    inside(text, &findings);
    for annotation in &read {
        let line = annotation.to_line(None);
        let (once_more, findings) = annotation::read(&line);
        assert!(findings.is_empty(), "{line} is read with {findings:?}");
        let [same] = once_more.as_slice() else { panic!("{line} is no decision any more") };
        assert_eq!(same.to_line(None), line);
        assert_eq!(same.to_line(Some(&line)), line);
        annotation.anchor.find(text);
    }
}

/// What other programs write.
pub(crate) fn interchange(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let known = Known::default();
    ftm::read(text, &known);
    wikidata::read(text, &known);
    w3c::read(text);
    let (lines, words) = text.split_once("\n\n").unwrap_or((text, text));
    brat::read(lines, words);
}
