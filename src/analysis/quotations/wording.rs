//! The words of a quotation as they are looked for: segments between omissions, cut into pieces short enough to search.

use super::folding::{Kind, Sign, fold};
use super::myers::{self, Pattern};
use memchr::memmem;
use std::ops::Range;

/// Brackets longer than this many characters are part of the quotation.
const LONGEST_INSERT: usize = 80;
/// A source holds the quotation only if it holds each of its words of at least this many letters.
const TELLING_WORD: usize = 5;

/// A quotation, ready to be looked for.
#[derive(Clone, Debug)]
pub(super) struct Wording {
    /// What stands between omissions and inserts, in order.
    pub(super) segments: Vec<Segment>,
    /// All segments' pieces, in order; never empty.
    pub(super) pieces: Vec<Piece>,
    /// How many folded characters the pieces have together.
    pub(super) len: usize,
    /// Whether anything stands in brackets that the writer may have added.
    pub(super) has_inserts: bool,
}

/// Words without an omission between them.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    /// From the first word to the last one: bytes in the quotation.
    pub(super) range: Range<usize>,
    /// Which pieces it is cut into.
    pub(super) pieces: Range<usize>,
}

/// A part of a segment of at most [`myers::LONGEST`] characters.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) signs: Vec<Sign>,
    pub(super) pattern: Pattern,
    /// What stands between the piece before and this one.
    pub(super) gap: Gap,
}

/// What may stand in the source where the quotation has nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// A few words in place of `[an insert]`.
    Insert,
    /// Anything in place of `…`.
    Ellipsis,
}

impl Wording {
    /// Reads a quotation; `literal` takes bracketed words for words of the source. `None` where there are no words.
    pub(super) fn new(text: &str, literal: bool) -> Option<Wording> {
        let mut wording = Wording { segments: Vec::new(), pieces: Vec::new(), len: 0, has_inserts: false };
        let mut start = 0;
        let mut gap = Gap::None;
        for (hole, kind) in holes(text) {
            wording.has_inserts |= kind == Gap::Insert;
            if literal && kind == Gap::Insert {
                continue;
            }
            if wording.push(text, start..hole.start, gap) {
                gap = kind;
            }
            gap = gap.max(kind);
            start = hole.end;
        }
        wording.push(text, start..text.len(), gap);
        (!wording.pieces.is_empty()).then_some(wording)
    }

    /// Adds the words of a part of the text, if there are any.
    fn push(&mut self, text: &str, range: Range<usize>, gap: Gap) -> bool {
        let base = u32::try_from(range.start).unwrap_or(u32::MAX);
        let signs = fold(text.get(range).unwrap_or_default(), base);
        let first = signs.iter().position(Sign::is_word);
        let last = signs.iter().rposition(Sign::is_word);
        let Some(mut rest) = first.zip(last).and_then(|(first, last)| signs.get(first..=last)) else { return false };
        let from = self.pieces.len();
        let range = rest.first().map_or(0, |sign| sign.at as usize)..rest.last().map_or(0, |sign| sign.end as usize);
        let mut gap = gap;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(piece_len(rest));
            self.len += piece.len();
            self.pieces.push(Piece { signs: piece.to_vec(), pattern: Pattern::new(piece), gap });
            let n_spaces = after.iter().take_while(|sign| is_space(sign)).count();
            rest = after.get(n_spaces..).unwrap_or_default();
            gap = Gap::None;
        }
        self.segments.push(Segment { range, pieces: from..self.pieces.len() });
        true
    }

    /// Whether a text holds all the long words of the quotation as they are written: else it is not found there.
    pub(super) fn may_stand_in(&self, quotation: &str, text: &str) -> bool {
        let is_part = |c: char| c.is_alphabetic() && c != '’';
        let mut words: Vec<&str> = Vec::new();
        for segment in &self.segments {
            let words_of = quotation.get(segment.range.clone()).unwrap_or_default();
            // The first word may have another case.
            let words_of = words_of.split(|c: char| !is_part(c)).skip(1);
            words.extend(words_of.filter(|word| TELLING_WORD <= word.chars().count() && word.is_ascii()));
        }
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.iter().all(|word| memmem::find(text.as_bytes(), word.as_bytes()).is_some())
    }
}

fn is_space(sign: &Sign) -> bool {
    sign.kind == Kind::Space
}

/// How many signs the next piece takes: whole words, as many as a pattern may hold.
fn piece_len(signs: &[Sign]) -> usize {
    if signs.len() <= myers::LONGEST {
        return signs.len();
    }
    let head = signs.get(..myers::LONGEST).unwrap_or(signs);
    head.iter().rposition(is_space).filter(|at| myers::LONGEST / 2 < *at).unwrap_or(head.len())
}

/// Omissions and bracketed inserts, in order.
fn holes(text: &str) -> Vec<(Range<usize>, Gap)> {
    let mut holes = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(found) = rest.find(['…', '.', '[', '(', '［', '（'])
    {
        let start = at + found;
        let rest = text.get(start..).unwrap_or_default();
        let step = rest.chars().next().map_or(1, char::len_utf8);
        let hole = if rest.starts_with(['…', '.']) { dots(rest) } else { bracket(text, start) };
        match hole {
            Some((len, gap)) => {
                holes.push((start..start + len, gap));
                at = start + len;
            }
            None => at = start + step,
        }
    }
    holes
}

/// `…`, `...` or `. . .` at the start of a text.
fn dots(rest: &str) -> Option<(usize, Gap)> {
    let len = rest.len() - rest.trim_start_matches(['…', '.', ' ', '\u{a0}']).len();
    let run = rest.get(..len)?.trim_end();
    let is_omission = run.contains('…') || 3 <= run.matches('.').count();
    is_omission.then_some((run.len(), Gap::Ellipsis))
}

/// `[…]`, `(…)`, `[an insert]` at a place; a bracketed capital (`[T]he`) is a letter of the quotation.
fn bracket(text: &str, start: usize) -> Option<(usize, Gap)> {
    let rest = text.get(start..)?;
    let open = rest.chars().next()?;
    let inner = rest.get(open.len_utf8()..)?;
    let close = match open {
        '[' => ']',
        '(' => ')',
        '［' => '］',
        _ => '）',
    };
    let (len, _) = inner.char_indices().take(LONGEST_INSERT).find(|(_, c)| *c == close)?;
    let words = inner.get(..len)?;
    let total = open.len_utf8() + len + close.len_utf8();
    if !words.is_empty() && words.chars().all(|c| matches!(c, '.' | '…' | ' ' | '\u{a0}')) {
        return Some((total, Gap::Ellipsis));
    }
    if matches!(open, '(' | '（') {
        return None;
    }
    let after = rest.get(total..).and_then(|it| it.chars().next());
    let is_letter = words.chars().count() == 1 && after.is_some_and(char::is_lowercase);
    (!is_letter).then_some((total, Gap::Insert))
}
