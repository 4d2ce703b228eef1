//! Citations: Pandoc's grammar, footnotes, Markdown links, bare URLs, and explicit markers.

use crate::text::ByteRange;

/// A pointer from a text to a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The whole citation: `[@key, p. 3]`'s one item, a link, a marker. Bytes from the start of the block.
    pub range: ByteRange,
    /// What it points to.
    pub target: CitationTarget,
    /// `p. 3` as written.
    pub locator: Option<String>,
}

/// What a citation points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CitationTarget {
    /// A citation key.
    Key {
        /// The key.
        key: String,
        /// The key's place, without `@` and braces. Bytes from the start of the block.
        range: ByteRange,
    },
    /// A Markdown link or bare address.
    Url(String),
    /// A reference to a footnote, by its label.
    Footnote(String),
    /// The definition of a footnote, by its label; the citations that follow in the block are its content.
    FootnoteDefinition(String),
    /// `[citation needed]`, `{{refnec}}` and their kin.
    Needed,
    /// `@key` glued to a letter or a Han character: not a citation, but probably meant as one.
    Glued(String),
}

/// Finds the citations of a block.
#[must_use]
pub fn read_block(_text: &str) -> Vec<Citation> {
    Vec::new()
}
