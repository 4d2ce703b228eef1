//! Quotations that their sources do not have.

use crate::analysis::quotations::{Change, Passage};
use crate::corpus::document::Content;
use crate::corpus::{Document, Snapshot};
use crate::features::quotations::{self, Checked, Verdict};
use crate::model::{Code, FileId, Finding, Related, Severity};
use crate::text::ByteRange;

/// How many differences a message shows.
const MOST_SHOWN: usize = 3;

pub(super) fn check(snapshot: &Snapshot, document: &Document, findings: &mut Vec<Finding>) {
    for checked in quotations::of(snapshot, document) {
        match &checked.verdict {
            Verdict::Altered(passage) => {
                let finding = altered(snapshot, &checked, passage);
                // In a record or a decision, marks and escapes of the format stand around the words.
                let is_text = matches!(document.content, Content::Text);
                findings.push(if is_text { finding.with("replacement", passage.replacement.clone()) } else { finding });
            }
            Verdict::Elsewhere(file, range) => findings.push(elsewhere(snapshot, &checked, *file, *range)),
            Verdict::NotFound => findings.push(not_found(snapshot, &checked)),
            Verdict::Exact(_) | Verdict::Translation { .. } | Verdict::NoCopy => (),
        }
    }
}

fn altered(snapshot: &Snapshot, checked: &Checked, passage: &Passage) -> Finding {
    let message = format!(
        "{} does not say it so: {}; restore its words, or mark what you changed with … or [ ]",
        copy_name(snapshot, checked),
        differences(&passage.changes)
    );
    let mut finding = Finding::new(Code::QuotationAltered, Severity::Warning, checked.quoted.range, message);
    let parts = passage.parts.iter().map(|range| Related {
        file: checked.copy,
        range: *range,
        message: "what the source says".to_owned(),
    });
    finding.related.extend(parts);
    finding.with("key", checked.key.clone())
}

fn not_found(snapshot: &Snapshot, checked: &Checked) -> Finding {
    let message = format!(
        "these words are not in {}; correct them, cite the source that has them, or take the quotation marks away",
        copy_name(snapshot, checked)
    );
    let mut finding = Finding::new(Code::QuotationNotFound, Severity::Warning, checked.quoted.range, message);
    let copy = checked.copy.map(|file| Related {
        file: Some(file),
        range: ByteRange::empty(0),
        message: "the copy that was searched".to_owned(),
    });
    finding.related.extend(copy);
    finding.with("key", checked.key.clone())
}

fn elsewhere(snapshot: &Snapshot, checked: &Checked, file: FileId, range: ByteRange) -> Finding {
    let path = snapshot.path(file);
    let is_its_copy = |key: &&str| {
        let copy = snapshot.registry.reference(key).and_then(|entry| entry.reference.copy.as_ref());
        copy.is_some_and(|copy| copy.file.value == path)
    };
    let key = snapshot.registry.references().map(|it| it.reference.key.value.as_str()).find(is_its_copy);
    let remedy = key.map_or("add a reference for it and cite that".to_owned(), |key| format!("cite `{key}`"));
    let message =
        format!("these words are not in {}, but word for word in `{path}`; {remedy}", copy_name(snapshot, checked));
    let mut finding = Finding::new(Code::QuotationNotFound, Severity::Warning, checked.quoted.range, message);
    finding.related.push(Related { file: Some(file), range, message: "the words stand here".to_owned() });
    let finding = finding.with("key", checked.key.clone());
    match key {
        Some(key) => finding.with("other-key", key),
        None => finding,
    }
}

/// `the copy of `key` (corpus/a.txt)`.
fn copy_name(snapshot: &Snapshot, checked: &Checked) -> String {
    let path = checked.copy.map(|file| format!(" ({})", snapshot.path(file))).unwrap_or_default();
    format!("the copy of `{}`{path}", checked.key)
}

/// The differences in words: `“items” there, “material” here`.
pub(in crate::features) fn differences(changes: &[Change]) -> String {
    let shown = changes.iter().take(MOST_SHOWN).map(|change| match (change.quoted.as_str(), change.source.as_str()) {
        ("", source) => format!("“{source}” is left out here"),
        (quoted, "") => format!("“{quoted}” is not there"),
        (quoted, source) => format!("“{source}” there, “{quoted}” here"),
    });
    let mut words = shown.collect::<Vec<_>>().join("; ");
    if MOST_SHOWN < changes.len() {
        words.push_str(&format!("; and {} more", changes.len() - MOST_SHOWN));
    }
    words
}
