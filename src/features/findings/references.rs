//! References that nothing uses, and archived copies that changed.

use super::nearest;
use crate::corpus::{Document, Snapshot};
use crate::features::{Place, resting};

use crate::model::bibliography::{ArchivedCopy, Reference};
use crate::model::{Code, Finding, Related, Severity};
use crate::text::ByteRange;
use crate::text::hash::sha256;
use std::sync::Arc;

/// From so many claims on it is said that they rest on one source.
const MANY_CLAIMS: usize = 3;

/// How many of them are shown.
const MOST_SHOWN: usize = 5;

pub(super) fn check(
    snapshot: &Snapshot,
    document: &Document,
    references: &[Arc<Reference>],
    findings: &mut Vec<Finding>,
) {
    let resting = resting::by_key(snapshot);
    for reference in references {
        let counts = snapshot.registry.reference(&reference.key.value);
        if counts.is_some_and(|entry| entry.file != document.file || entry.reference.range != reference.range) {
            if counts.is_some_and(|entry| entry.file != document.file) {
                findings.push(duplicate(snapshot, reference));
            }
            continue;
        }
        let claims = resting.get(&reference.key.value).map_or(&[][..], Vec::as_slice);
        if MANY_CLAIMS <= claims.len() {
            findings.push(alone(reference, claims));
        }
        if let Some(copy) = &reference.copy {
            findings.extend(check_copy(snapshot, reference, copy));
        } else if !snapshot.cited().contains(&reference.key.value) {
            let key = &reference.key.value;
            let message = format!("nothing cites `{key}`, and it has no archived copy; cite it, or take it out");
            findings.push(Finding::new(Code::UnusedReference, Severity::Hint, reference.key.range, message));
        }
    }
}

fn alone(reference: &Reference, claims: &[Place]) -> Finding {
    let message = format!(
        "{} have no source but `{}`; look for a second one, or say in the text that there is one only",
        resting::counted(claims),
        reference.key.value
    );
    let mut finding = Finding::new(Code::SingleSource, Severity::Hint, reference.key.range, message);
    for place in claims.iter().take(MOST_SHOWN) {
        let message = "a claim that rests on it".to_owned();
        finding.related.push(Related { file: Some(place.file), range: place.range, message });
    }
    finding
}

fn duplicate(snapshot: &Snapshot, reference: &Reference) -> Finding {
    let key = &reference.key.value;
    let message =
        format!("another bibliography already has the key `{key}`, and that entry counts; rename one of them");
    let mut finding = Finding::new(Code::DuplicateReference, Severity::Error, reference.key.range, message);
    if let Some(entry) = snapshot.registry.reference(key) {
        let message = "the entry that counts".to_owned();
        finding.related.push(Related { file: Some(entry.file), range: entry.reference.key.range, message });
    }
    finding
}

/// The text that a path is likely to mean: the only one of that name in another folder, else the nearest in spelling.
fn likely_copy<'s>(snapshot: &'s Snapshot, path: &str) -> Option<&'s str> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let texts = || snapshot.documents().filter(|it| it.role.is_text()).map(|it| &*it.path);
    let wanted = name(path);
    let mut same = texts().filter(|text| name(text) == wanted);
    match (same.next(), same.next()) {
        (Some(only), None) => Some(only),
        (Some(_), Some(_)) => None,
        (None, _) => nearest(path, texts()),
    }
}

fn check_copy(snapshot: &Snapshot, reference: &Reference, copy: &ArchivedCopy) -> Option<Finding> {
    let path = &copy.file.value;
    let Some(text) = snapshot.document_at(path) else {
        let near = likely_copy(snapshot, path);
        let remedy = match near {
            Some(near) => format!("is it `{near}`?"),
            None => "correct the path (it is relative to the workspace folder), or add the file".to_owned(),
        };
        let message = format!("the archived copy `{path}` of `{}` is not in the corpus; {remedy}", reference.key.value);
        let finding = Finding::new(Code::MissingArchivedCopy, Severity::Warning, copy.file.range, message);
        return Some(finding.with_replacement(near));
    };
    let written = copy.sha256.as_ref()?;
    let wanted = written.value.trim().strip_prefix("sha256:").unwrap_or(written.value.trim());
    let words = text.buffer.text();
    let with_bom = format!("\u{feff}{words}");
    if [words.as_str(), with_bom.as_str()].iter().any(|it| sha256(it).eq_ignore_ascii_case(wanted)) {
        return None;
    }
    let message = format!(
        "`{path}` has changed since its hash was written down, so what was cited may no longer stand there; \
         compare it with the original, then write `sha256:{}`",
        sha256(&words)
    );
    let mut finding = Finding::new(Code::SourceChanged, Severity::Warning, written.range, message);
    let place = Related { file: Some(text.file), range: ByteRange::empty(0), message: "the copy".to_owned() };
    finding.related.push(place);
    Some(finding)
}
