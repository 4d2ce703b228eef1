//! `glossator explain`: everything that the engine knows about a place, for users and developers.

use crate::corpus::Snapshot;
use crate::model::FileId;

/// Facts, cues and candidates of a place, as readable lines.
#[must_use]
pub fn explain(_snapshot: &Snapshot, _file: FileId, _offset: u32) -> String {
    String::new()
}
