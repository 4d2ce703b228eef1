//! A text that can be edited: a rope, with the conversions that need its line index.
//!
//! The rope makes a copy for a reader free, and carries the indexes of lines and of UTF-16 code units, so that
//! nothing has to be rebuilt after an edit. Lines end at LF, CRLF and a lone CR, as the Language Server Protocol says;
//! ropey's other line ends are switched off in `Cargo.toml`, and a test here fails if another crate switches them on.

use super::ByteRange;
use super::position::{Encoding, LineColumn};
use ropey::{Rope, RopeSlice};
use std::borrow::Cow;

/// A text that can be edited; cloning is cheap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

    /// The number of lines; a text that ends in a line end has an empty last line.
    #[must_use]
    pub fn n_lines(&self) -> usize {
        self.rope.len_lines()
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        self.rope.to_string()
    }

    /// The words in `range`, clamped to the text and to whole characters.
    #[must_use]
    pub fn slice(&self, range: ByteRange) -> Cow<'_, str> {
        let (start, end) = self.chars_of(range);
        self.rope.slice(start..end).into()
    }

    /// Whether the buffer holds exactly `text`.
    #[must_use]
    pub fn holds(&self, text: &str) -> bool {
        self.len() == text.len() && self.rope == *text
    }

    /// The byte with this number.
    pub(super) fn byte_at(&self, byte: usize) -> Option<u8> {
        self.rope.get_byte(byte)
    }

    /// The text from `byte` on, as a slice that can be walked line by line.
    pub(super) fn from(&self, byte: usize) -> RopeSlice<'_> {
        let (start, _) = self.chars_of(ByteRange::empty(byte));
        self.rope.slice(start..)
    }

    /// Replaces `range` (clamped to the text and to whole characters) by `with`.
    pub fn replace(&mut self, range: ByteRange, with: &str) {
        let (start, end) = self.chars_of(range);
        if start < end {
            self.rope.remove(start..end);
        }
        if !with.is_empty() {
            self.rope.insert(start, with);
        }
    }

    /// The byte at a place: a column past the line's end is its end (before the line's terminator), a line past the
    /// last is the text's end, and a column inside a character is the character's start.
    #[must_use]
    pub fn byte(&self, place: LineColumn, encoding: Encoding) -> usize {
        let line = place.line as usize;
        if self.rope.len_lines() <= line {
            return self.len();
        }
        let start = self.rope.line_to_char(line);
        let end = self.line_end_char(line);
        let column = place.column as usize;
        let char_idx = match encoding {
            Encoding::Utf32 => start.saturating_add(column),
            Encoding::Utf8 => {
                let byte = self.rope.char_to_byte(start).saturating_add(column);
                self.rope.byte_to_char(byte.min(self.len()))
            }
            Encoding::Utf16 => {
                let unit = self.rope.char_to_utf16_cu(start).saturating_add(column);
                self.rope.utf16_cu_to_char(unit.min(self.rope.len_utf16_cu()))
            }
        };
        self.rope.char_to_byte(char_idx.min(end))
    }

    /// The place of a byte; inside a character it is the character's start, past the text it is the text's end.
    #[must_use]
    pub fn line_column(&self, byte: usize, encoding: Encoding) -> LineColumn {
        self.line_column_nearby(byte, encoding).unwrap_or_else(|| self.line_column_anywhere(byte, encoding))
    }

    /// The same where the line begins in the piece of the rope that holds the byte: that takes one way through the
    /// rope in the place of five.
    fn line_column_nearby(&self, byte: usize, encoding: Encoding) -> Option<LineColumn> {
        let (piece, piece_start, _, line) = self.rope.get_chunk_at_byte(byte.min(self.len()))?;
        let mut within = byte.min(self.len()).checked_sub(piece_start)?;
        while !piece.is_char_boundary(within) {
            within = within.checked_sub(1)?;
        }
        // A line end may be two characters, of which the second may be here and the first asked for.
        let before = piece.get(..within).filter(|before| !before.ends_with('\r'))?.as_bytes();
        let follows = |at: usize| before.get(at + 1) == Some(&b'\n');
        let ends = memchr::memchr2_iter(b'\n', b'\r', before);
        let (mut n_ends, mut start) = (0, None);
        for end in ends.filter(|at| before.get(*at) == Some(&b'\n') || !follows(*at)) {
            (n_ends, start) = (n_ends + 1, Some(end + 1));
        }
        let lead = piece.get(start.or((piece_start == 0).then_some(0))?..within)?;
        let column = match encoding {
            Encoding::Utf8 => lead.len(),
            Encoding::Utf16 | Encoding::Utf32 if lead.is_ascii() => lead.len(),
            Encoding::Utf16 => lead.chars().map(char::len_utf16).sum(),
            Encoding::Utf32 => lead.chars().count(),
        };
        Some(LineColumn { line: clamp(line + n_ends), column: clamp(column) })
    }

    fn line_column_anywhere(&self, byte: usize, encoding: Encoding) -> LineColumn {
        let char_idx = self.rope.byte_to_char(byte.min(self.len()));
        let line = self.rope.char_to_line(char_idx);
        let start = self.rope.line_to_char(line);
        let column = match encoding {
            Encoding::Utf32 => char_idx - start,
            Encoding::Utf8 => self.rope.char_to_byte(char_idx) - self.rope.char_to_byte(start),
            Encoding::Utf16 => self.rope.char_to_utf16_cu(char_idx) - self.rope.char_to_utf16_cu(start),
        };
        LineColumn { line: clamp(line), column: clamp(column) }
    }

    /// How many Unicode code points stand before a byte.
    #[must_use]
    pub fn code_points_before(&self, byte: usize) -> usize {
        self.rope.byte_to_char(byte.min(self.len()))
    }

    /// The byte at which the code point with this number starts; the text's end where there are fewer.
    #[must_use]
    pub fn byte_of_code_point(&self, code_point: usize) -> usize {
        self.rope.char_to_byte(code_point.min(self.rope.len_chars()))
    }

    /// The index of the character at which the line's text ends: its terminator does not belong to it.
    fn line_end_char(&self, line: usize) -> usize {
        let start = self.rope.line_to_char(line);
        let mut end = self.rope.line_to_char(line + 1);
        while start < end && matches!(self.rope.get_char(end - 1), Some('\n' | '\r')) {
            end -= 1;
        }
        end
    }

    /// The characters that a byte range covers, clamped.
    fn chars_of(&self, range: ByteRange) -> (usize, usize) {
        let start = self.rope.byte_to_char((range.start as usize).min(self.len()));
        let end = self.rope.byte_to_char((range.end as usize).min(self.len()));
        (start, end.max(start))
    }
}

fn clamp(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
