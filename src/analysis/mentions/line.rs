//! The line that a name stands in: how it is written says what a capital means there.

use crate::text::fold::Class;
use crate::text::tokens::{Shape, Token};
use memchr::{memchr2, memrchr2};

/// How a line is written.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::analysis) struct Line {
    /// First byte in the block.
    pub(in crate::analysis) start: u32,
    /// One past the last byte, without the line end.
    pub(in crate::analysis) end: u32,
    /// The number of its tokens.
    pub(in crate::analysis) n_tokens: usize,
    /// All its words with case are capitals, and one of them has four letters or more.
    pub(in crate::analysis) is_caps: bool,
    /// None of its words has a capital.
    pub(in crate::analysis) is_lower: bool,
    /// Most of its longer words have a capital: a headline in title case.
    pub(in crate::analysis) is_title: bool,
    /// No word of the whole block has a capital.
    pub(in crate::analysis) block_is_lower: bool,
}

impl Line {
    /// The line around a byte.
    pub(in crate::analysis) fn around(text: &str, tokens: &[Token], at: u32) -> Line {
        let bytes = text.as_bytes();
        let before = bytes.get(..at as usize).unwrap_or_default();
        let after = bytes.get(at as usize..).unwrap_or_default();
        let start = memrchr2(b'\n', b'\r', before).map_or(0, |place| place + 1);
        let end = at as usize + memchr2(b'\n', b'\r', after).unwrap_or(after.len());
        let (start, end) = (u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX));
        let from = tokens.partition_point(|token| token.start < start);
        let to = tokens.partition_point(|token| token.start < end);
        let own = tokens.get(from..to).unwrap_or_default();
        let mut line = Line { start, end, n_tokens: own.len(), ..Line::default() };
        line.read(own);
        // A headline is one sentence, and short.
        if line.is_title {
            let words = text.get(start as usize..end as usize).unwrap_or_default();
            line.is_title = own.len() <= 24 && !words.trim_end().trim_end_matches('.').contains(". ");
        }
        line.block_is_lower = line.is_lower && !tokens.iter().any(|token| token.shape.has_capital());
        line
    }

    fn read(&mut self, tokens: &[Token]) {
        let (mut n_upper, mut n_lower, mut n_long, mut n_long_capital, mut has_long_upper) = (0, 0, 0, 0, false);
        for token in tokens {
            let length = token.end - token.start;
            match token.shape {
                Shape::Uncased => continue,
                Shape::Lower => n_lower += 1,
                Shape::Upper => {
                    n_upper += 1;
                    has_long_upper |= length >= 4 && token.class != Class::Digit;
                }
                Shape::Initial => (),
                Shape::Capital | Shape::Mixed => n_lower += 1,
            }
            if length >= 4 {
                n_long += 1;
                n_long_capital += usize::from(token.shape.has_capital());
            }
        }
        let n_capital = tokens.iter().filter(|token| token.shape.has_capital()).count();
        self.is_lower = n_capital == 0;
        self.is_caps = n_upper >= 2 && n_lower * 8 <= n_upper && has_long_upper;
        self.is_title = n_long >= 3 && n_long_capital * 4 >= n_long * 3;
    }
}
