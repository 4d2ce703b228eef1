//! Definition, references, highlights.

use super::{Place, Target};
use crate::corpus::Snapshot;
use crate::model::FileId;
use crate::text::ByteRange;

/// Where the thing at the place is described: mention → record, citation → bibliography entry, relation → record.
/// The second value is the range of the thing at the place.
#[must_use]
pub fn definition(_snapshot: &Snapshot, _file: FileId, _offset: u32) -> (Vec<Target>, Option<ByteRange>) {
    (Vec::new(), None)
}

/// Every place that names the same actor or cites the same reference, in the order of paths and offsets.
#[must_use]
pub fn references(_snapshot: &Snapshot, _file: FileId, _offset: u32, _with_declaration: bool) -> Vec<Place> {
    Vec::new()
}

/// The same, in this file only.
#[must_use]
pub fn highlights(_snapshot: &Snapshot, _file: FileId, _offset: u32) -> Vec<ByteRange> {
    Vec::new()
}
