//! Findings of one file, from the facts and the registry. Each family of rules has a file of its own; what each code
//! means is said where the codes are listed, in [`crate::model::finding`].

mod citations;
mod claims;
mod names;
mod records;
mod references;
mod suggestions;

pub(super) use claims::reasons;
pub(super) use names::annotated;

use crate::corpus::Snapshot;
use crate::corpus::document::Content;
use crate::model::{Code, FileId, Finding, Severity};
use crate::text::{ByteRange, distance};
use std::cmp::Reverse;

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
            suggestions::check(snapshot, document, &mut findings);
        }
        Content::Records(records) => records::check(snapshot, document, records, &mut findings),
        Content::References(references) => references::check(snapshot, document, references, &mut findings),
        Content::Annotations(annotations) => names::check_annotations(snapshot, document, annotations, &mut findings),
        Content::Configuration => (),
    }
    for finding in &mut findings {
        finding.severity = snapshot.options.severity(finding.code, finding.severity);
    }
    findings.retain(|finding| finding.severity != Severity::Off);
    findings.sort_by(|a, b| (a.range, a.code, &a.message).cmp(&(b.range, b.code, &b.message)));
    findings.dedup_by(|a, b| (a.range, a.code, &a.message) == (b.range, b.code, &b.message));
    findings
}

/// At most `limit` of some findings, the most severe ones; if some are left out, the first line says so.
///
/// A text of some megabytes has tens of thousands of findings. No editor shows so many, and sending them at every
/// keystroke would take longer than finding them.
#[must_use]
pub fn most_severe(mut findings: Vec<Finding>, limit: usize) -> Vec<Finding> {
    let n_findings = findings.len();
    if n_findings <= limit {
        return findings;
    }
    findings.sort_by_key(|finding| Reverse(finding.severity));
    findings.truncate(limit);
    findings.sort_by_key(|finding| finding.range);
    let message = format!(
        "{limit} of {n_findings} findings are shown, the most severe ones; split the file, or list all of them with `glossator check`"
    );
    findings.insert(0, Finding::new(Code::FindingsLeftOut, Severity::Information, ByteRange::empty(0), message));
    findings
}

/// The nearest of some words, for "did you mean": at most a third of the letters differ.
fn nearest<'w>(word: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let allowed = (word.chars().count() / 3).max(1);
    let near = words.filter_map(|it| Some((distance::within(word, it, allowed)?, it)));
    near.min().map(|(_, it)| it)
}
