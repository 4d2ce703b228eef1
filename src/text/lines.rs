//! Where the lines of a text begin, for many questions about a text that does not change in between.

use super::buffer::Buffer;
use super::position::{Encoding, LineColumn};

/// A column in a longer line is left to the rope, which does not count from the line's start.
const LONG_LINE: usize = 4096;

/// The starts of the lines of one text: LF, CRLF and a lone CR end a line.
#[derive(Debug)]
pub struct Lines(Vec<u32>);

impl Lines {
    /// Finds the lines of a text.
    #[must_use]
    pub fn new(text: &str) -> Lines {
        let bytes = text.as_bytes();
        let follows = |at: usize| bytes.get(at + 1) == Some(&b'\n');
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
        let ends = ends.filter(|at| bytes.get(*at) == Some(&b'\n') || !follows(*at));
        Lines(std::iter::once(0).chain(ends.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX))).collect())
    }

    /// Where the line that a byte stands in begins.
    #[must_use]
    pub fn start_of(&self, byte: usize) -> usize {
        let line = self.0.partition_point(|start| *start as usize <= byte).saturating_sub(1);
        self.0.get(line).copied().unwrap_or_default() as usize
    }

    /// What [`Buffer::line_column`] answers. `buffer` and `text` hold the text that the lines are of.
    #[must_use]
    pub fn line_column(&self, buffer: &Buffer, text: &str, byte: usize, encoding: Encoding) -> LineColumn {
        let line = self.0.partition_point(|start| *start as usize <= byte).saturating_sub(1);
        let start = self.0.get(line).copied().unwrap_or_default() as usize;
        let lead = text.get(start..byte).filter(|lead| lead.len() < LONG_LINE);
        // CRLF is one line end: a place inside it is left to the rope as well.
        let Some(lead) = lead.filter(|lead| !lead.ends_with('\r')) else { return buffer.line_column(byte, encoding) };
        let column = match encoding {
            Encoding::Utf8 => lead.len(),
            _ if lead.is_ascii() => lead.len(),
            Encoding::Utf16 => lead.chars().map(char::len_utf16).sum(),
            Encoding::Utf32 => lead.chars().count(),
        };
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        LineColumn { line: clamp(line), column: clamp(column) }
    }
}

/// Places of one text that are asked for in their order: what lies between two of them is looked at once.
#[derive(Debug)]
pub struct Walk<'t> {
    text: &'t [u8],
    encoding: Encoding,
    at: usize,
    place: LineColumn,
}

impl<'t> Walk<'t> {
    /// Begins at the start of a text (UTF-8); `None` for one that ends lines otherwise than by LF, which takes [`Lines`].
    #[must_use]
    pub fn new(text: &'t [u8], encoding: Encoding) -> Option<Walk<'t>> {
        let place = LineColumn { line: 0, column: 0 };
        memchr::memchr(b'\r', text).is_none().then_some(Walk { text, encoding, at: 0, place })
    }

    /// What [`Buffer::line_column`] answers for a byte on a character's border.
    pub fn line_column(&mut self, byte: usize) -> LineColumn {
        let byte = byte.min(self.text.len());
        if byte < self.at {
            (self.at, self.place) = (0, LineColumn { line: 0, column: 0 });
        }
        let between = self.text.get(self.at..byte).unwrap_or_default();
        let last_end = memchr::memrchr(b'\n', between);
        let line = last_end.and_then(|at| between.get(at + 1..)).unwrap_or(between);
        // A character's first byte says how many UTF-16 units it is; the others begin with the bits 10.
        let is_first = |byte: &&u8| **byte & 0xC0 != 0x80;
        let width = match self.encoding {
            Encoding::Utf8 => line.len(),
            Encoding::Utf16 | Encoding::Utf32 if line.is_ascii() => line.len(),
            Encoding::Utf16 => line.iter().filter(is_first).map(|byte| 1 + usize::from(0xF0 <= *byte)).sum(),
            Encoding::Utf32 => line.iter().filter(is_first).count(),
        };
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let n_ends = last_end.map_or(0, |_| memchr::memchr_iter(b'\n', between).count());
        let from = if last_end.is_some() { 0 } else { self.place.column };
        self.place = LineColumn { line: self.place.line + clamp(n_ends), column: from + clamp(width) };
        self.at = byte;
        self.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_and_the_rope_agree_everywhere() {
        let long = "x".repeat(LONG_LINE + 10);
        for text in [
            "",
            "\n",
            "a\r\nb\rc\n\n",
            "😀 𝄞\r\n人民\ré\u{301}\n",
            "a\n\r\n\r",
            "\r\r\n",
            &format!("é{long}\n人{long}"),
        ] {
            let (buffer, lines) = (Buffer::new(text), Lines::new(text));
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                for byte in 0..=text.len() + 2 {
                    let expected = buffer.line_column(byte, encoding);
                    assert_eq!(lines.line_column(&buffer, text, byte, encoding), expected, "{text:?} {byte}");
                }
            }
        }
    }

    #[test]
    fn a_walk_and_the_rope_agree_in_any_order() {
        for text in ["", "\n", "a\n\nb", "😀 𝄞\n人民\né\u{301}\n", "no end"] {
            let buffer = Buffer::new(text);
            let starts: Vec<usize> =
                text.char_indices().map(|(at, _)| at).chain([text.len(), text.len() + 9]).collect();
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                for step in 1..4 {
                    let mut walk = Walk::new(text.as_bytes(), encoding).unwrap();
                    for byte in starts.iter().step_by(step).chain(starts.iter().rev()) {
                        assert_eq!(walk.line_column(*byte), buffer.line_column(*byte, encoding), "{text:?} {byte}");
                    }
                }
            }
        }
        assert!(Walk::new(b"a\r\nb", Encoding::Utf8).is_none());
    }
}
