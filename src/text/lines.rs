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
}
