//! A text that can be edited: a rope, with the conversions that need its line index.
//!
//! The rope makes a copy for a reader free, and carries the indexes of lines and of UTF-16 code units, so that
//! nothing has to be rebuilt after an edit. Lines end at LF, CRLF and a lone CR, as the Language Server Protocol says;
//! ropey's other line ends are switched off in `Cargo.toml`, and a test here fails if another crate switches them on.

mod packed;

use super::ByteRange;
use super::position::{Encoding, LineColumn};
use packed::{Packed, start_of_char};
use ropey::Rope;
use std::borrow::Cow;
use std::sync::Arc;

/// A text that can be edited; cloning is cheap.
#[derive(Clone, Debug)]
pub struct Buffer {
    text: Text,
}

/// How the text is held.
#[derive(Clone, Debug)]
enum Text {
    /// To be edited and asked for places.
    Rope(Rope),
    /// In one piece, to be read from end to end; and packed, where it was before.
    Whole(Arc<str>, Option<Arc<Packed>>),
    /// For texts that nobody has open: it takes a third to three quarters of the memory.
    Packed(Arc<Packed>),
}

impl Default for Buffer {
    fn default() -> Buffer {
        Buffer { text: Text::Rope(Rope::default()) }
    }
}

impl PartialEq for Buffer {
    fn eq(&self, other: &Buffer) -> bool {
        match (&self.text, &other.text) {
            (Text::Rope(one), Text::Rope(other)) => one == other,
            (Text::Whole(text, _), _) => other.holds(text),
            (_, Text::Whole(text, _)) => self.holds(text),
            (Text::Packed(packed), _) => other.holds(&packed.text()),
            (_, Text::Packed(packed)) => self.holds(&packed.text()),
        }
    }
}

impl Eq for Buffer {}

impl Buffer {
    /// A buffer that holds `text`.
    #[must_use]
    pub fn new(text: &str) -> Buffer {
        Buffer { text: Text::Rope(Rope::from_str(text)) }
    }

    /// A buffer that holds `text` in one piece until the first edit: for texts that nobody has open.
    #[must_use]
    pub fn whole(text: &str) -> Buffer {
        Buffer { text: Text::Whole(Arc::from(text), None) }
    }

    /// Holds the text as small as it gets, until the next edit.
    pub fn pack(&mut self) {
        let packed = match &self.text {
            Text::Packed(_) => return,
            Text::Whole(_, Some(packed)) => Arc::clone(packed),
            Text::Whole(text, None) => Arc::new(Packed::new(text)),
            Text::Rope(rope) => Arc::new(Packed::new(&rope.to_string())),
        };
        self.text = Text::Packed(packed);
    }

    /// Holds a packed text in one piece, for many questions.
    pub fn unpack(&mut self) {
        if let Text::Packed(packed) = &self.text {
            self.text = Text::Whole(Arc::from(packed.text()), Some(Arc::clone(packed)));
        }
    }

    /// Holds the text so that it can be edited and asked for places, as [`Buffer::new`] does.
    pub fn unroll(&mut self) {
        if let Some(rope) = self.as_rope().is_none().then(|| Rope::from_str(&self.read())) {
            self.text = Text::Rope(rope);
        }
    }

    fn as_rope(&self) -> Option<&Rope> {
        match &self.text {
            Text::Rope(rope) => Some(rope),
            Text::Whole(..) | Text::Packed(_) => None,
        }
    }

    /// The text, where it is held in one piece.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.text {
            Text::Rope(_) | Text::Packed(_) => None,
            Text::Whole(text, _) => Some(text),
        }
    }

    /// The text in one piece, put together where it is not held so.
    #[must_use]
    pub fn read(&self) -> Cow<'_, str> {
        self.as_str().map_or_else(|| Cow::Owned(self.text()), Cow::Borrowed)
    }

    /// The bytes of the text in one piece: for packed texts this is three times as fast as [`Buffer::read`].
    #[must_use]
    pub fn read_bytes(&self) -> Cow<'_, [u8]> {
        match &self.text {
            Text::Rope(rope) => Cow::Owned(rope.to_string().into_bytes()),
            Text::Whole(text, _) => Cow::Borrowed(text.as_bytes()),
            Text::Packed(packed) => Cow::Owned(packed.bytes()),
        }
    }

    /// The rope; made for the moment where the text is held in one piece.
    fn rope(&self) -> Cow<'_, Rope> {
        match &self.text {
            Text::Rope(rope) => Cow::Borrowed(rope),
            Text::Whole(text, _) => Cow::Owned(Rope::from_str(text)),
            Text::Packed(packed) => Cow::Owned(Rope::from_str(&packed.text())),
        }
    }

    /// The number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.text {
            Text::Rope(rope) => rope.len_bytes(),
            Text::Whole(text, _) => text.len(),
            Text::Packed(packed) => packed.len(),
        }
    }

    /// Whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of lines; a text that ends in a line end has an empty last line.
    #[must_use]
    pub fn n_lines(&self) -> usize {
        self.rope().len_lines()
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.text {
            Text::Rope(rope) => rope.to_string(),
            Text::Whole(text, _) => text.to_string(),
            Text::Packed(packed) => packed.text(),
        }
    }

    /// The words in `range`, clamped to the text and to whole characters.
    #[must_use]
    pub fn slice(&self, range: ByteRange) -> Cow<'_, str> {
        match &self.text {
            Text::Rope(rope) => {
                let (start, end) = chars_of(rope, range);
                rope.slice(start..end).into()
            }
            Text::Whole(text, _) => {
                let start = start_of_char(text, range.start as usize);
                let end = start_of_char(text, range.end as usize).max(start);
                Cow::Borrowed(text.get(start..end).unwrap_or_default())
            }
            Text::Packed(packed) => Cow::Owned(packed.slice(range)),
        }
    }

    /// Whether the buffer holds exactly `text`.
    #[must_use]
    pub fn holds(&self, text: &str) -> bool {
        match &self.text {
            Text::Rope(rope) => rope.len_bytes() == text.len() && *rope == *text,
            Text::Whole(own, _) => **own == *text,
            Text::Packed(packed) => packed.holds(text),
        }
    }

    /// The lines from the character that `byte` stands in on, each with its end.
    pub(super) fn lines_from(&self, byte: usize) -> LinesFrom<'_> {
        match &self.text {
            Text::Rope(rope) => {
                let (start, _) = chars_of(rope, ByteRange::empty(byte));
                LinesFrom::Rope(rope.slice(start..).lines())
            }
            Text::Whole(text, _) => LinesFrom::Whole(Some(text.get(start_of_char(text, byte)..).unwrap_or_default())),
            Text::Packed(packed) => {
                let text = packed.text();
                let at = start_of_char(&text, byte);
                LinesFrom::Packed { text, at: Some(at) }
            }
        }
    }

    /// Replaces `range` (clamped to the text and to whole characters) by `with`.
    pub fn replace(&mut self, range: ByteRange, with: &str) {
        self.unroll();
        let Text::Rope(rope) = &mut self.text else { return };
        let (start, end) = chars_of(rope, range);
        if start < end {
            rope.remove(start..end);
        }
        if !with.is_empty() {
            rope.insert(start, with);
        }
    }

    /// The byte at a place: a column past the line's end is its end (before the line's terminator), a line past the
    /// last is the text's end, and a column inside a character is the character's start.
    #[must_use]
    pub fn byte(&self, place: LineColumn, encoding: Encoding) -> usize {
        let rope = self.rope();
        let line = place.line as usize;
        if rope.len_lines() <= line {
            return self.len();
        }
        let start = rope.line_to_char(line);
        let end = line_end_char(&rope, line);
        let column = place.column as usize;
        let char_idx = match encoding {
            Encoding::Utf32 => start.saturating_add(column),
            Encoding::Utf8 => {
                let byte = rope.char_to_byte(start).saturating_add(column);
                rope.byte_to_char(byte.min(self.len()))
            }
            Encoding::Utf16 => {
                let unit = rope.char_to_utf16_cu(start).saturating_add(column);
                rope.utf16_cu_to_char(unit.min(rope.len_utf16_cu()))
            }
        };
        rope.char_to_byte(char_idx.min(end))
    }

    /// The place of a byte; inside a character it is the character's start, past the text it is the text's end.
    #[must_use]
    pub fn line_column(&self, byte: usize, encoding: Encoding) -> LineColumn {
        self.line_column_nearby(byte, encoding).unwrap_or_else(|| self.line_column_anywhere(byte, encoding))
    }

    /// The same where the line begins in the piece of the rope that holds the byte: that takes one way through the
    /// rope in the place of five.
    fn line_column_nearby(&self, byte: usize, encoding: Encoding) -> Option<LineColumn> {
        let byte = byte.min(self.len());
        match &self.text {
            Text::Rope(rope) => {
                let (piece, start, _, line) = rope.get_chunk_at_byte(byte)?;
                place_in(piece, (start, line), byte, encoding)
            }
            Text::Whole(text, _) => place_in(text, (0, 0), byte, encoding),
            Text::Packed(packed) => {
                let piece = packed.piece_at(byte)?;
                place_in(&piece.text, (piece.start, piece.line), byte, encoding)
            }
        }
    }

    fn line_column_anywhere(&self, byte: usize, encoding: Encoding) -> LineColumn {
        let rope = self.rope();
        let char_idx = rope.byte_to_char(byte.min(self.len()));
        let line = rope.char_to_line(char_idx);
        let start = rope.line_to_char(line);
        let column = match encoding {
            Encoding::Utf32 => char_idx - start,
            Encoding::Utf8 => rope.char_to_byte(char_idx) - rope.char_to_byte(start),
            Encoding::Utf16 => rope.char_to_utf16_cu(char_idx) - rope.char_to_utf16_cu(start),
        };
        LineColumn { line: clamp(line), column: clamp(column) }
    }

    /// How many Unicode code points stand before a byte.
    #[must_use]
    pub fn code_points_before(&self, byte: usize) -> usize {
        match &self.text {
            Text::Rope(rope) => rope.byte_to_char(byte.min(rope.len_bytes())),
            Text::Whole(text, _) => code_points(text, byte),
            Text::Packed(packed) => code_points(&packed.text(), byte),
        }
    }

    /// The byte at which the code point with this number starts; the text's end where there are fewer.
    #[must_use]
    pub fn byte_of_code_point(&self, code_point: usize) -> usize {
        let rope = self.rope();
        rope.char_to_byte(code_point.min(rope.len_chars()))
    }
}

/// The lines of a text, each with its end.
pub(super) enum LinesFrom<'a> {
    /// Of a rope.
    Rope(ropey::iter::Lines<'a>),
    /// What is left of a text in one piece; nothing after its last line.
    Whole(Option<&'a str>),
    /// A text that was put together for this, and where what is left of it begins.
    Packed { text: String, at: Option<usize> },
}

impl<'a> Iterator for LinesFrom<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Cow<'a, str>> {
        match self {
            LinesFrom::Rope(lines) => lines.next().map(Cow::from),
            LinesFrom::Whole(rest) => {
                let (line, after) = first_line((*rest)?);
                *rest = after;
                Some(Cow::Borrowed(line))
            }
            LinesFrom::Packed { text, at } => {
                let (line, after) = first_line(text.get((*at)?..)?);
                *at = after.map(|after| text.len() - after.len());
                Some(Cow::Owned(line.to_owned()))
            }
        }
    }
}

/// The first line of a text with its end, and what comes after it; nothing after the last line.
fn first_line(text: &str) -> (&str, Option<&str>) {
    let Some(at) = memchr::memchr2(b'\n', b'\r', text.as_bytes()) else { return (text, None) };
    let is_crlf = text.as_bytes().get(at..at + 2) == Some(b"\r\n");
    let (line, after) = text.split_at(at + 1 + usize::from(is_crlf));
    (line, Some(after))
}

/// The place of a byte in a piece of a text that begins at a byte and in a line; `None` where its line begins before.
fn place_in(piece: &str, (start, line): (usize, usize), byte: usize, encoding: Encoding) -> Option<LineColumn> {
    let piece_start = start;
    let mut within = byte.checked_sub(piece_start)?;
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

fn code_points(text: &str, byte: usize) -> usize {
    text.get(..start_of_char(text, byte)).map_or(0, |before| before.chars().count())
}

/// The index of the character at which the line's text ends: its terminator does not belong to it.
fn line_end_char(rope: &Rope, line: usize) -> usize {
    let start = rope.line_to_char(line);
    let mut end = rope.line_to_char(line + 1);
    while start < end && matches!(rope.get_char(end - 1), Some('\n' | '\r')) {
        end -= 1;
    }
    end
}

/// The characters that a byte range covers, clamped.
fn chars_of(rope: &Rope, range: ByteRange) -> (usize, usize) {
    let n_bytes = rope.len_bytes();
    let start = rope.byte_to_char((range.start as usize).min(n_bytes));
    let end = rope.byte_to_char((range.end as usize).min(n_bytes));
    (start, end.max(start))
}

fn clamp(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
