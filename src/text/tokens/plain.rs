//! Plain words: ASCII letters and digits, read eight bytes at a time.

use super::Shape;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// What eight bytes of text hold of a word: in each mask the high bit of a byte stands for the byte.
#[derive(Clone, Copy)]
pub(super) struct Chunk {
    /// The bytes of the word in small letters, first byte lowest; 0 past its end.
    pub(super) small: u64,
    /// How many of the bytes belong to the word.
    pub(super) length: u32,
    /// Capitals.
    pub(super) upper: u64,
    /// Small letters.
    pub(super) lower: u64,
    /// Digits.
    pub(super) digit: u64,
    /// The byte after the word, where the eight bytes hold it; 0 at the end of the text.
    next: u8,
}

impl Chunk {
    /// Reads on at a byte; past the end of the text nothing belongs to a word.
    #[inline]
    pub(super) fn read(bytes: &[u8], at: usize) -> Chunk {
        let raw = match bytes.get(at..at + 8).and_then(|bytes| <[u8; 8]>::try_from(bytes).ok()) {
            Some(bytes) => u64::from_le_bytes(bytes),
            None => {
                let rest = bytes.get(at..).unwrap_or_default();
                rest.iter().rev().fold(0, |raw, byte| raw << 8 | u64::from(*byte))
            }
        };
        let plain = raw & !HIGH;
        let small = plain | (ONES * 0x20);
        let letter = at_least(small, b'a') & !at_least(small, b'z' + 1) & !raw;
        let upper = letter & !(plain << 2);
        let digit = at_least(plain, b'0') & !at_least(plain, b'9' + 1) & !raw & HIGH;
        let (letter, upper) = (letter & HIGH, upper & HIGH);
        let stops = !(letter | digit) & HIGH;
        let length = if stops == 0 { 8 } else { stops.trailing_zeros() / 8 };
        let own = low_bytes(length);
        let next = (raw & !own).checked_shr(length * 8).unwrap_or_default().to_le_bytes();
        let lower = letter & !upper & own;
        Chunk { small: small & own, length, upper: upper & own, lower, digit: digit & own, next: next[0] }
    }

    /// Whether the word ends within the eight bytes and what follows has no say in that.
    pub(super) fn is_whole(&self) -> bool {
        let may_be_dotted = self.next == b'.' && self.lower == 0 && self.upper != 0;
        self.length < 8 && self.next.is_ascii() && !may_be_dotted
    }

    /// How a word that is whole is written.
    pub(super) fn shape(&self) -> Shape {
        if self.upper == 0 {
            return if self.lower == 0 { Shape::Uncased } else { Shape::Lower };
        }
        let several = self.upper & self.upper.wrapping_sub(1) != 0;
        match (several, self.lower != 0) {
            (false, false) => Shape::Initial,
            (true, false) => Shape::Upper,
            (false, true) if self.starts_upper() == Some(true) => Shape::Capital,
            _ => Shape::Mixed,
        }
    }

    /// Whether a capital follows a small letter or a digit; `low` says that one stands before the chunk.
    pub(super) fn is_camel(&self, low: bool) -> bool {
        let before = (self.lower | self.digit) << 8 | if low { 0x80 } else { 0 };
        self.upper & before != 0
    }

    /// Whether the first letter is a capital; `None` where there is no letter.
    pub(super) fn starts_upper(&self) -> Option<bool> {
        let letters = self.upper | self.lower;
        (letters != 0).then(|| self.upper & letters & letters.wrapping_neg() != 0)
    }

    /// Whether the last byte of the word so far is a small letter or a digit.
    pub(super) fn ends_low(&self) -> bool {
        let last = self.length.saturating_sub(1) * 8 + 7;
        (self.lower | self.digit) >> last & 1 != 0
    }
}

/// High bits of the bytes that are not below a bound; bytes and bound are ASCII.
fn at_least(bytes: u64, bound: u8) -> u64 {
    bytes + ONES * u64::from(0x80 - bound)
}

fn low_bytes(n_bytes: u32) -> u64 {
    if n_bytes < 8 { (1 << (n_bytes * 8)) - 1 } else { u64::MAX }
}
