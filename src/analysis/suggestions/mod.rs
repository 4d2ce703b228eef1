//! Suggestions: who is this unknown name, and is this form a new alias of a known actor?
//!
//! Nothing here underlines a mention: a suggestion waits for the user's word. [`read_tokens`] finds what a block says by
//! itself and is cached with its facts; [`suggest`] makes one pass over a document: what a mention covers goes, what
//! lacks its evidence goes, and each form is suggested once, for the best of its readings.

mod book;
mod candidates;
mod concepts;
mod han;
mod keys;
mod lists;
mod scan;
mod settle;
mod sounds;
mod words;

pub use book::NameBook;
pub use scan::BlockNames;
pub(crate) use scan::read_tokens;
pub use settle::suggest;

use crate::model::ActorKey;
use crate::model::record::NameKind;
use crate::text::ByteRange;

/// A form of a text that the user may want to know or to name.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// Its first place; bytes in the document.
    pub range: ByteRange,
    /// All its places in the document, the first included.
    pub places: Vec<ByteRange>,
    /// What is suggested.
    pub what: What,
    /// 0…1.
    pub score: f32,
    /// Why, in words for the user.
    pub reason: String,
}

/// What is suggested.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A name without a record.
    Unknown {
        /// Whether it seems to be a human being; otherwise an organisation.
        person: bool,
    },
    /// A form of a known actor's name.
    Alias {
        /// The actor.
        actor: ActorKey,
        /// How to list it, where a plain alias would say too much.
        kind: Option<NameKind>,
        /// The name that it is a form of, as listed.
        of: String,
    },
}

#[cfg(test)]
mod tests;
