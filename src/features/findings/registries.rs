//! Registries that are missing or broken: said where the configuration names them.

use crate::corpus::{Document, Snapshot};
use crate::model::{Code, Finding, Severity};
use crate::text::ByteRange;

pub(super) fn check(snapshot: &Snapshot, document: &Document, findings: &mut Vec<Finding>) {
    let faults = snapshot.registries.faults();
    if faults.is_empty() {
        return;
    }
    let text = document.buffer.text();
    for fault in faults {
        // As it is written there, or as it is read: `./lists/a.jsonl` is `lists/a.jsonl`.
        let place = text.find(&*fault.list).filter(|_| !fault.list.is_empty());
        let range = place.map_or(ByteRange::empty(0), |at| ByteRange::new(at, at + fault.list.len()));
        findings.push(Finding::new(Code::InvalidConfiguration, Severity::Warning, range, fault.message.clone()));
    }
}
