//! Findings of one file, from the facts and the registry. Each family of rules has a file of its own; what each code
//! means is said where the codes are listed, in [`crate::model::finding`].

mod citations;
mod claims;
mod independence;
mod names;
mod quotations;
mod records;
mod references;
mod suggestions;
mod suppressions;

pub(super) use claims::reasons;
pub(super) use names::annotated;
pub(super) use quotations::differences;
pub(super) use suppressions::NO_REASON;

use crate::corpus::Snapshot;
use crate::corpus::document::Content;
use crate::model::{FileId, Finding, Severity};

/// All findings of a file, in order of place, with the user's severities applied; those that are off are left out.
#[must_use]
pub fn check(snapshot: &Snapshot, file: FileId) -> Vec<Finding> {
    let Some(document) = snapshot.document(file) else { return Vec::new() };
    let mut findings = document.reading.to_vec();
    match &document.content {
        Content::Text => {
            claims::check(snapshot, document, &mut findings);
            citations::check(snapshot, document, &mut findings);
            names::check(snapshot, document, &mut findings);
            independence::check(snapshot, document, &mut findings);
            suggestions::check(snapshot, document, &mut findings);
        }
        Content::Records(records) => records::check(snapshot, document, records, &mut findings),
        Content::References(references) => references::check(snapshot, document, references, &mut findings),
        Content::Annotations(annotations) => names::check_annotations(snapshot, document, annotations, &mut findings),
        Content::Configuration => (),
    }
    quotations::check(snapshot, document, &mut findings);
    suppressions::apply(snapshot, document, &mut findings);
    for finding in &mut findings {
        finding.severity = snapshot.options.severity(finding.code, finding.severity);
    }
    findings.retain(|finding| finding.severity != Severity::Off);
    findings.sort_by(|a, b| (a.range, a.code, &a.message).cmp(&(b.range, b.code, &b.message)));
    findings.dedup_by(|a, b| (a.range, a.code, &a.message) == (b.range, b.code, &b.message));
    findings
}

/// The nearest of some words, for "did you mean": at most a third of the letters differ.
fn nearest<'w>(word: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let word: Vec<char> = word.chars().collect();
    let allowed = (word.len() / 3).max(1);
    words.map(|it| (distance(&word, it), it)).filter(|(distance, _)| *distance <= allowed).min().map(|(_, it)| it)
}

/// Levenshtein's edit distance, in characters.
fn distance(a: &[char], b: &str) -> usize {
    let mut row: Vec<usize> = (0..=a.len()).collect();
    for (idx, there) in b.chars().enumerate() {
        let mut diagonal = idx;
        let mut left = idx + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, here) in row.iter_mut().skip(1).zip(a) {
            let best = (diagonal + usize::from(*here != there)).min(left + 1).min(*cell + 1);
            diagonal = *cell;
            *cell = best;
            left = best;
        }
    }
    row.last().copied().unwrap_or_default()
}
