//! Hover: who is this, what does the citation name, why is this sentence flagged.

use super::card::Card;
use crate::corpus::Snapshot;
use crate::model::FileId;

/// The card for the place, if there is anything to say.
#[must_use]
pub fn hover(_snapshot: &Snapshot, _file: FileId, _offset: u32) -> Option<Card> {
    None
}
