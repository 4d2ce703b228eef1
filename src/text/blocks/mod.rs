//! Blocks: the paragraphs that are analysed one by one, cut again only where a text was touched.
//!
//! A block is a run of lines without a blank one. It also ends after a line that is too long to be a hard-wrapped one
//! and ends like a sentence (scraped articles often have one paragraph a line), and after a sentence once it has grown
//! past a limit, so that a megabyte without blank lines is not one block. Fenced code and front matter are one block each,
//! blank lines and all. Where a block ends depends on its own lines and the one after it only: this is what lets
//! [`resplit`] stop as soon as it meets an old block's start.

use super::ByteRange;
use super::buffer::{Buffer, LinesFrom};
use std::borrow::Cow;

/// A line wider than this many columns was not wrapped by hand or by an e-mail program.
const WRAP_COLUMNS: usize = 100;
/// A block longer than this many bytes ends at the next line that ends like a sentence.
const LONG_BLOCK: usize = 4 * 1024;
/// A block never grows longer than this many bytes, give or take a line.
const LONGEST_BLOCK: usize = 16 * 1024;
/// A code fence must close within this many bytes to count as one.
const FENCE_REACH: usize = 32 * 1024;
/// A row of more marks than this is decoration, not a code fence.
const MOST_MARKS: usize = 8;

/// Cuts a text into blocks, in order; the blank lines between them belong to none.
#[must_use]
pub fn split(text: &str) -> Vec<ByteRange> {
    split_buffer(&Buffer::new(text))
}

/// Cuts a buffer into blocks.
#[must_use]
pub fn split_buffer(buffer: &Buffer) -> Vec<ByteRange> {
    let mut blocks = Vec::new();
    let mut splitter = Splitter::new(buffer, 0);
    while let Some(block) = splitter.next_block() {
        blocks.push(block);
    }
    blocks
}

/// What [`resplit`] found: which old blocks go, and what stands in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resplit {
    /// The first old block that goes.
    pub first: usize,
    /// One past the last old block that goes.
    pub last: usize,
    /// The blocks in their place, in bytes of the new text.
    pub fresh: Vec<ByteRange>,
}

/// Where an old block began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// Its first byte.
    pub byte: u32,
    /// See [`may_open_fence`].
    pub may_open_fence: bool,
}

/// Whether a block may begin with a code fence, to judge by its first byte: looking it up for all blocks around an edit
/// takes longer than anything else here.
#[must_use]
pub fn may_open_fence(block: &str) -> bool {
    block.starts_with(['`', '~', ' '])
}

/// Cuts the touched region again after `removed` (bytes of the old text) was replaced by `n_inserted` bytes.
/// `starts` are those of the old blocks in the old text.
#[must_use]
pub fn resplit(buffer: &Buffer, starts: &[Start], removed: ByteRange, n_inserted: usize) -> Resplit {
    let touched = starts.partition_point(|start| start.byte <= removed.start);
    // The cut before a block looks at the line before it, so one whole block above the touched one is kept out of doubt;
    // a fence that opened further up may close, or no longer close, at the edit.
    let mut first = touched.saturating_sub(2);
    let reach = (removed.start as usize).saturating_sub(FENCE_REACH);
    for idx in (0..first).rev() {
        let Some((start, may_open_fence)) = starts.get(idx).map(|it| (it.byte as usize, it.may_open_fence)) else {
            break;
        };
        if start < reach {
            break;
        }
        if may_open_fence && fence_of(&line_at(buffer, start)).is_some() {
            first = idx;
        }
    }
    if reach == 0 && line_at(buffer, 0).trim_end() == "---" {
        first = 0;
    }
    let from = if first == 0 { 0 } else { starts.get(first).map_or(0, |start| start.byte as usize) };
    let edit_end = removed.start as usize + n_inserted;
    let mut splitter = Splitter::new(buffer, from);
    let mut fresh = Vec::new();
    let mut last = first;
    while let Some(block) = splitter.next_block() {
        let start = block.start as usize;
        if edit_end < start {
            let old = (start - n_inserted + removed.len()) as u64;
            while starts.get(last).is_some_and(|it| u64::from(it.byte) < old) {
                last += 1;
            }
            if starts.get(last).is_some_and(|it| u64::from(it.byte) == old) {
                return Resplit { first, last, fresh };
            }
        }
        fresh.push(block);
    }
    Resplit { first, last: starts.len(), fresh }
}

/// Walks a buffer line by line and closes blocks.
struct Splitter<'a> {
    lines: std::iter::Peekable<Lines<'a>>,
    buffer: &'a Buffer,
    /// For each mark and number of marks, the byte up to which no closing fence was found: a hostile text that opens
    /// fences on every line is still walked once.
    barren: [[usize; MOST_MARKS + 1]; 2],
}

struct Line<'a> {
    start: usize,
    text: Cow<'a, str>,
}

struct Lines<'a> {
    lines: LinesFrom<'a>,
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let text = self.lines.next()?;
        let start = self.at;
        self.at += text.len();
        Some(Line { start, text })
    }
}

impl<'a> Splitter<'a> {
    fn new(buffer: &'a Buffer, from: usize) -> Splitter<'a> {
        let lines = Lines { lines: buffer.lines_from(from), at: from };
        Splitter { lines: lines.peekable(), buffer, barren: Default::default() }
    }

    fn next_block(&mut self) -> Option<ByteRange> {
        while self.lines.peek()?.text.trim().is_empty() {
            self.lines.next();
        }
        let first = self.lines.next()?;
        let start = first.start + (first.text.len() - first.text.trim_start_matches(['\n', '\r']).len());
        if let Some(end) = self.whole_end(&first) {
            while self.lines.peek().is_some_and(|line| line.start < end) {
                self.lines.next();
            }
            return Some(ByteRange::new(start, end));
        }
        let mut end = first.start + first.text.trim_end().len();
        let mut line = first;
        while let Some(next) = self.lines.peek() {
            if next.text.trim().is_empty() || fence_of(&next.text).is_some() || closes(&line.text, end - start) {
                break;
            }
            let Some(next) = self.lines.next() else { break };
            end = next.start + next.text.trim_end().len();
            line = next;
        }
        Some(ByteRange::new(start, end))
    }

    /// The end of the fenced code or front matter that `line` opens, if it opens one.
    fn whole_end(&mut self, line: &Line<'_>) -> Option<usize> {
        if line.start == 0 && line.text.trim_end() == "---" {
            let closes = |text: &str| matches!(text, "---" | "...");
            return self.closing_line(line.start + line.text.len(), line.start, closes).ok();
        }
        let (mark, n_marks) = fence_of(&line.text)?;
        let row = usize::from(mark == '~');
        let known = self.barren.get(row)?.get(..=n_marks)?.iter().copied().max().unwrap_or(0);
        let from = (line.start + line.text.len()).max(known);
        let closes = |text: &str| {
            let text = text.trim_start();
            n_marks <= text.len() && text.chars().all(|char| char == mark)
        };
        match self.closing_line(from, line.start, closes) {
            Ok(end) => Some(end),
            Err(until) => {
                *self.barren.get_mut(row)?.get_mut(n_marks)? = until;
                None
            }
        }
    }

    /// The end of the first line from `from` on that closes what was opened at `start`, or how far there is none.
    fn closing_line(&self, from: usize, start: usize, closes: impl Fn(&str) -> bool) -> Result<usize, usize> {
        let mut until = from;
        for line in (Lines { lines: self.buffer.lines_from(from), at: from }) {
            if FENCE_REACH < line.start.saturating_sub(start) {
                break;
            }
            let text = line.text.trim_end();
            if closes(text) {
                return Ok(line.start + text.len());
            }
            until = line.start + line.text.len();
        }
        Err(until)
    }
}

/// The fence that a line opens: its mark and how many of them (CommonMark 0.31, section 4.5).
fn fence_of(line: &str) -> Option<(char, usize)> {
    let text = line.trim_start_matches(' ');
    if 3 < line.len() - text.len() {
        return None;
    }
    let mark = text.chars().next().filter(|char| matches!(char, '`' | '~'))?;
    let n_marks = text.chars().take_while(|char| *char == mark).count();
    (3..=MOST_MARKS).contains(&n_marks).then_some((mark, n_marks))
}

fn line_at(buffer: &Buffer, start: usize) -> Cow<'_, str> {
    buffer.lines_from(start).next().unwrap_or_default()
}

/// Whether a block of `n_bytes` ends after this line although the next one is not blank.
fn closes(line: &str, n_bytes: usize) -> bool {
    if LONGEST_BLOCK <= n_bytes {
        return true;
    }
    ends_like_a_sentence(line) && (LONG_BLOCK <= n_bytes || WRAP_COLUMNS < columns(line))
}

fn ends_like_a_sentence(line: &str) -> bool {
    let closing = ['"', '\'', '”', '“', '»', '’', '」', '』', ')', '）', ']', ' ', '\u{a0}', '\u{202f}', '\n', '\r'];
    line.trim_end_matches(closing).ends_with(['.', '!', '?', '…', '。', '！', '？', ':', '：', ';', '；'])
}

/// Columns on a terminal, near enough: characters beyond the Latin, Greek, Cyrillic and Semitic scripts count twice.
fn columns(line: &str) -> usize {
    line.trim_end().chars().map(|char| if char < '\u{1100}' { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests;
