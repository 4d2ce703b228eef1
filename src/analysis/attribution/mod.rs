//! Attribution: who is said to have said it, carried through running quotes and definite source nouns.

mod chinese;
pub(crate) mod frames;
mod latin;
pub(crate) mod resolve;
#[cfg(test)]
mod tests;

use crate::model::ActorKey;
use crate::text::ByteRange;

/// Who is said to have said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// How well the source can be identified.
    pub kind: AttributionKind,
    /// The record of the source, where it has one.
    pub actor: Option<ActorKey>,
    /// Where the source is named, bytes from the start of the document; it may lie outside the sentence.
    pub source: Option<ByteRange>,
}

/// How well a source can be identified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttributionKind {
    /// The reader can tell which person, body, outlet or document.
    Named,
    /// A collective or an unidentified document.
    Vague,
    /// An individual who is not named.
    Anonymous,
}

impl AttributionKind {
    /// The kind as `glossator claims` prints it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            AttributionKind::Named => "named",
            AttributionKind::Vague => "vague",
            AttributionKind::Anonymous => "anonymous",
        }
    }
}
