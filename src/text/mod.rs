//! Characters, bytes, lines, blocks: everything that is true of any text.
//!
//! Offsets inside Glossator are **bytes of UTF-8**, because texts are stored, searched and sliced as
//! UTF-8. They are turned into an editor's or a file format's units (UTF-16 code units, Unicode code
//! points) at the border only, by [`position`] and by the writers of each format.

pub mod blocks;
pub mod buffer;
pub(crate) mod chars;
pub mod distance;
pub mod fold;
pub mod hash;
pub mod lines;
pub mod position;
pub mod sentences;
pub mod tokens;

/// A half-open range of byte offsets.
///
/// Invariant: `start <= end`, and both lie on character boundaries of the text that the range is for.
/// What the offsets are relative to (a block, a document) is said by whoever holds the range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl ByteRange {
    /// A range from `start` to `end`; reversed ends are put in order.
    #[must_use]
    pub fn new(start: usize, end: usize) -> ByteRange {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let (start, end) = (clamp(start), clamp(end));
        ByteRange { start: start.min(end), end: start.max(end) }
    }

    /// An empty range at `offset`.
    #[must_use]
    pub fn empty(offset: usize) -> ByteRange {
        ByteRange::new(offset, offset)
    }

    /// The number of bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the range holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `offset` lies in the range.
    #[must_use]
    pub fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether `offset` lies in the range or at its end: where a cursor touches a word.
    #[must_use]
    pub fn touches(self, offset: u32) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// Whether `other` lies wholly in this range.
    #[must_use]
    pub fn covers(self, other: ByteRange) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two ranges share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: ByteRange) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same range, `base` bytes further on.
    #[must_use]
    pub fn shifted(self, base: u32) -> ByteRange {
        ByteRange { start: self.start.saturating_add(base), end: self.end.saturating_add(base) }
    }

    /// The words that the range names, or `None` where it does not fit `text`.
    #[must_use]
    #[inline]
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start as usize..self.end as usize)
    }
}

/// The number of a state of the corpus; every change makes a greater one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub u64);
