//! Findings of one file, from the facts and the registry. Each family of rules has a file of its own; what each code
//! means is said where the codes are listed, in [`crate::model::finding`].

mod citations;
mod claims;
mod independence;
mod names;
mod quotations;
mod records;
mod references;
mod registries;
mod suggestions;
mod suppressions;

pub(super) use claims::reasons;
pub(super) use names::annotated;
pub(super) use quotations::differences;
pub(super) use suppressions::NO_REASON;

use crate::corpus::document::Content;
use crate::corpus::{Document, Extent, Snapshot};
use crate::model::{Code, FileId, Finding, Severity};
use crate::text::{ByteRange, distance};
use std::cmp::Reverse;

/// All findings of a file, in order of place, with the user's severities applied; those that are off are left out.
#[must_use]
pub fn check(snapshot: &Snapshot, file: FileId) -> Vec<Finding> {
    snapshot.document(file).map(|document| of_document(snapshot, document, true)).unwrap_or_default()
}

/// The same for a text that may not have been looked at in full: it is for the occasion.
#[must_use]
pub fn check_in_full(snapshot: &Snapshot, document: &Document) -> Vec<Finding> {
    of_document(snapshot, &document.in_full(), true)
}

/// Whether a rule looks at the whole text: while the user types, its findings wait for the next look at that.
#[must_use]
pub fn needs_whole_text(code: Code) -> bool {
    matches!(code, Code::UnknownActor | Code::AliasSuggestion | Code::UnusedSuppression | Code::FindingsLeftOut)
}

/// Whether a rule judges by other texts: its findings wait until all of them are read.
fn needs_other_texts(code: Code) -> bool {
    matches!(
        code,
        Code::QuotationAltered
            | Code::QuotationNotFound
            | Code::SingleSource
            | Code::SourceChanged
            | Code::MissingArchivedCopy
            | Code::UnusedReference
            | Code::OrphanedAnnotation
            | Code::UnknownActor
            | Code::AliasSuggestion
            | Code::UnusedSuppression
    )
}

/// The findings around what was touched (bytes of the text), but for those that need the whole text.
#[derive(Debug)]
pub struct Near {
    /// In order of place.
    pub findings: Vec<Finding>,
    /// What was looked at, bytes of the text: other findings in there are gone.
    pub core: ByteRange,
    /// Whether the findings elsewhere still hold.
    pub holds_elsewhere: bool,
}

/// The findings near what was touched in a text, and nothing else: for keystrokes. `None` where nothing is remembered of
/// the text (see [`Document::remember`]); then [`check`] it.
#[must_use]
pub fn near(snapshot: &Snapshot, document: &Document, touched: ByteRange) -> Option<Near> {
    let window = document.window(touched)?;
    let mut findings = Vec::new();
    for mut finding in of_document(snapshot, &window.document, false) {
        let Some(range) = window.in_text(finding.range) else { continue };
        let is_own = range.start <= window.core.end && window.core.start <= range.end;
        if !is_own || needs_whole_text(finding.code) {
            continue;
        }
        finding.range = range;
        for related in finding.related.iter_mut().filter(|related| related.file.is_none()) {
            related.range = window.in_text(related.range).unwrap_or(range);
        }
        findings.push(finding);
    }
    Some(Near { findings, core: window.core, holds_elsewhere: window.holds_elsewhere })
}

fn of_document(snapshot: &Snapshot, document: &Document, is_whole: bool) -> Vec<Finding> {
    if snapshot.extent == Extent::Nothing {
        return Vec::new();
    }
    let mut findings = document.reading.to_vec();
    match &document.content {
        Content::Text => {
            claims::check(snapshot, document, &mut findings);
            citations::check(snapshot, document, &mut findings);
            names::check(snapshot, document, &mut findings);
            independence::check(snapshot, document, &mut findings);
            if is_whole && snapshot.extent == Extent::Everything {
                suggestions::check(snapshot, document, &mut findings);
            }
        }
        Content::Records(records) => records::check(snapshot, document, records, &mut findings),
        Content::References(references) => references::check(snapshot, document, references, &mut findings),
        Content::Annotations(annotations) => names::check_annotations(snapshot, document, annotations, &mut findings),
        Content::Configuration => registries::check(snapshot, document, &mut findings),
    }
    quotations::check(snapshot, document, &mut findings);
    suppressions::apply(snapshot, document, &mut findings);
    if snapshot.extent != Extent::Everything {
        findings.retain(|finding| !needs_other_texts(finding.code));
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
