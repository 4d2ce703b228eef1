//! What people ask of the corpus: each feature is a function from a snapshot and a place to plain data.

pub mod card;
pub mod explain;
pub mod findings;
pub mod hover;
pub mod navigate;
pub mod subject;

use crate::model::FileId;
use crate::text::ByteRange;

/// A place in a file of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Bytes in the file.
    pub range: ByteRange,
}

/// Where a jump leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The file.
    pub file: FileId,
    /// The whole thing: a record, a bibliography entry. Bytes in the file.
    pub whole: ByteRange,
    /// Where the cursor goes: the name, the key. Bytes in the file, inside `whole`.
    pub focus: ByteRange,
}
