//! What happened to an open text since a reader last looked at the whole of it.
//!
//! Whoever keeps something with places in a text (what an editor was told about it, what is remembered of it) can bring
//! it up to date by the edits since, and look at what they touched, instead of at the whole text at every keystroke.

use crate::analysis::Memory;
use crate::text::ByteRange;
use std::sync::{Arc, Mutex, PoisonError};

/// So many edits are kept; who is further behind looks at the whole text again.
const LONGEST: usize = 512;

/// A row of edits that came together, as one replacement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Splice {
    /// What was replaced, bytes of the text before.
    pub removed: ByteRange,
    /// How many bytes stand there now.
    pub n_inserted: u32,
    /// The blocks that went, and what lay between them and the edit: bytes of the text before.
    pub stale: ByteRange,
    /// What stands in their place: bytes of the text after.
    pub fresh: ByteRange,
    /// The last line that the stale blocks stood in.
    pub last_line: u32,
    /// How many lines the text has more than before.
    pub n_lines: i64,
    /// Whether something in these blocks bears on other places of the text.
    pub reaches_out: bool,
}

/// The part of a text that a row of edits touched.
#[derive(Clone, Copy)]
pub(super) struct Touched {
    /// In bytes of the text before the first edit.
    pub(super) removed: ByteRange,
    /// How many bytes stand there now.
    pub(super) n_inserted: usize,
}

impl Touched {
    /// Takes in one more edit: `range` of the text as it is after the edits before was replaced by `n_with` bytes.
    pub(super) fn join(before: Option<Touched>, range: ByteRange, n_with: usize) -> Touched {
        let Some(before) = before else { return Touched { removed: range, n_inserted: n_with } };
        let start = before.removed.start.min(range.start) as usize;
        let end_now = before.removed.start as usize + before.n_inserted;
        let beyond = (range.end as usize).saturating_sub(end_now);
        let end_now = end_now + beyond;
        Touched {
            removed: ByteRange::new(start, before.removed.end as usize + beyond),
            n_inserted: end_now - start - range.len() + n_with,
        }
    }
}

impl Splice {
    /// Where a range stands after the edit; `None` where the edit changed something inside it or at its edge.
    #[must_use]
    pub fn moved(&self, range: ByteRange) -> Option<ByteRange> {
        if range.end < self.removed.start {
            return Some(range);
        }
        let by = i64::from(self.n_inserted) - i64::try_from(self.removed.len()).unwrap_or(0);
        let shift = |offset: u32| u32::try_from(i64::from(offset) + by).unwrap_or(offset);
        (self.removed.end < range.start).then(|| ByteRange { start: shift(range.start), end: shift(range.end) })
    }

    /// Where a place of the text after the edit stood before it; inside what was inserted, where that begins.
    fn back(&self, offset: u32) -> u32 {
        let end = self.removed.start + self.n_inserted;
        if offset <= self.removed.start {
            offset
        } else if offset < end {
            self.removed.start
        } else {
            offset - end + self.removed.end
        }
    }
}

/// The edits of a text, and what is remembered of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Trail {
    splices: Vec<Splice>,
    /// How many edits there were before the first of `splices`.
    n_forgotten: u64,
    /// What was remembered last, and after how many edits. All states of a text share it, so that what is remembered of
    /// one serves those that came after.
    memory: Arc<Mutex<Option<Remembered>>>,
}

/// What is remembered of a text, and after how many edits.
type Remembered = (u64, Arc<Memory>);

impl Trail {
    /// How many edits there have been.
    pub(super) fn n_edits(&self) -> u64 {
        self.n_forgotten + self.splices.len() as u64
    }

    pub(super) fn add(&mut self, splice: Splice) {
        if LONGEST <= self.splices.len() {
            self.splices.drain(..LONGEST / 2);
            self.n_forgotten += LONGEST as u64 / 2;
        }
        self.splices.push(splice);
    }

    /// Everything has changed: whoever kept something must look at the whole text again.
    pub(super) fn begin_anew(&mut self) {
        self.n_forgotten = self.n_edits() + 1;
        self.splices.clear();
        self.memory = Arc::default();
    }

    /// Remembers the text as it is now, unless a later state of it is remembered.
    pub(super) fn remember(&self, memory: impl FnOnce() -> Memory) {
        let is_old = |known: &Option<Remembered>| known.as_ref().is_none_or(|(n_edits, _)| *n_edits < self.n_edits());
        let lock = || self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        if is_old(&lock()) {
            let memory = Arc::new(memory());
            let mut known = lock();
            if is_old(&known) {
                *known = Some((self.n_edits(), memory));
            }
        }
    }

    /// The edits after the first `n_edits`; `None` where they are not known any more.
    pub(super) fn since(&self, n_edits: u64) -> Option<&[Splice]> {
        let from = n_edits.checked_sub(self.n_forgotten)?;
        self.splices.get(usize::try_from(from).ok()?..)
    }

    /// What is remembered of the text, and where a part of it stood when it was.
    pub(super) fn memory(&self, part: ByteRange) -> Option<(Arc<Memory>, ByteRange)> {
        let known = self.memory.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (n_edits, memory) = known?;
        let splices = self.since(n_edits)?;
        let back = |offset: u32| splices.iter().rev().fold(offset, |at, splice| splice.back(at));
        Some((memory, ByteRange { start: back(part.start), end: back(part.end) }))
    }
}
