//! Citations that lead nowhere, or not far enough.

use super::nearest;
use crate::analysis::citations::CitationTarget;
use crate::corpus::{Document, Snapshot};
use crate::model::{Code, Finding, Role, Severity};
use crate::text::ByteRange;

/// So many unknown keys of a text are compared with all the known ones: a bibliography may be long.
const MOST_COMPARED: usize = 50;

pub(super) fn check(snapshot: &Snapshot, document: &Document, findings: &mut Vec<Finding>) {
    let mut n_undefined = 0;
    for (base, citation) in document.citations() {
        match &citation.target {
            CitationTarget::Key { key, range } => {
                let range = range.shifted(base);
                if snapshot.registry.reference(key).is_none() {
                    // In a captured text `@name` is somebody's handle.
                    if document.role == Role::Note {
                        n_undefined += 1;
                        findings.push(undefined(snapshot, key, range, n_undefined <= MOST_COMPARED));
                    }
                } else if citation.locator.is_none() {
                    findings.push(without_locator(key, citation.range.shifted(base)));
                }
            }
            CitationTarget::Glued(key) if document.role == Role::Note => {
                findings.push(glued(key, citation.range.shifted(base)))
            }
            CitationTarget::Url(_)
            | CitationTarget::Footnote(_)
            | CitationTarget::FootnoteDefinition(_)
            | CitationTarget::Needed
            | CitationTarget::Glued(_) => (),
        }
    }
}

fn undefined(snapshot: &Snapshot, key: &str, range: ByteRange, compared: bool) -> Finding {
    let keys = snapshot.registry.references().map(|entry| entry.reference.key.value.as_str());
    let near = if compared { nearest(key, keys) } else { None };
    let remedy = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "add the reference to the bibliography, or correct the key".to_owned(),
    };
    let message = format!("no reference has the key `{key}`; {remedy}");
    Finding::new(Code::UndefinedCitation, Severity::Error, range, message).with("key", key).with_replacement(near)
}

fn without_locator(key: &str, range: ByteRange) -> Finding {
    let message = format!("`{key}` is cited without a place in it; add a page, paragraph or time: `[@{key}, p. 3]`");
    Finding::new(Code::CitationWithoutLocator, Severity::Hint, range, message).with("key", key)
}

fn glued(key: &str, range: ByteRange) -> Finding {
    let message = format!("`@{key}` stands directly after a letter, so it is not read as a citation; write `[@{key}]`");
    Finding::new(Code::GluedCitation, Severity::Warning, range, message).with("key", key)
}
