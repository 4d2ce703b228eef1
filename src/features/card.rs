//! The view model of a hover: plain parts that render to Markdown or to plain text.

use crate::text::ByteRange;

/// What a hover shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What the card is about: bytes in the hovered file.
    pub range: ByteRange,
    /// Its parts from top to bottom.
    pub parts: Vec<Part>,
}

/// A part of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Strong words and what follows them in the same line.
    Title(String, String),
    /// A paragraph, as plain text.
    Text(String),
    /// The user's own Markdown.
    Prose(String),
    /// A list: each item a label (may be empty) and a text.
    List(Vec<(String, String)>),
    /// Somebody's words.
    Quote(String),
    /// A line between sections.
    Rule,
}

impl Card {
    /// The card as Markdown, without HTML: user-written plain text is escaped.
    #[must_use]
    pub fn markdown(&self) -> String {
        String::new()
    }

    /// The card as plain text.
    #[must_use]
    pub fn plain(&self) -> String {
        String::new()
    }
}
