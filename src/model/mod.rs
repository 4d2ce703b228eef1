//! What the user's files mean: records, references, annotations, configuration, and the findings about them.
//!
//! Reading never refuses: each reader returns what it understood and, beside it, the [`Finding`]s.

pub mod annotation;
pub mod bibliography;
pub mod day;
pub mod finding;
pub mod node;
pub mod options;
pub mod record;

pub use finding::{Code, Finding, Related, Severity};

use crate::text::ByteRange;

/// A file of the corpus, for as long as the process lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// An actor, for as long as the process lives: the same id string has the same key through all edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorKey(pub u32);

/// What a file of the workspace is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A captured text: evidence, never edited.
    Source,
    /// The user's own writing.
    Note,
    /// One or many actor records.
    Record,
    /// A bibliography.
    Bibliography,
    /// The user's decisions about one text.
    Annotations,
    /// `glossator.toml`.
    Configuration,
}

impl Role {
    /// Whether the file is a text in which mentions and claims are looked for.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, Role::Source | Role::Note)
    }
}

/// A value and the place in its file where it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Byte offsets in the file; empty where the value is a default that nobody wrote.
    pub range: ByteRange,
}

impl<T> Spanned<T> {
    /// A value with its place.
    pub fn new(value: T, range: ByteRange) -> Spanned<T> {
        Spanned { value, range }
    }
}
