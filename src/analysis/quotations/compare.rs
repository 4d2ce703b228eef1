//! What differs between a quotation and the passage of the source, word by word.

use super::folding::{Kind, Sign, fold};
use std::ops::Range;

/// Beyond this many differing words on either side the difference is shown as one.
const MOST_WORDS: usize = 600;

/// Words of the quotation and what the source has in their place; either may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What the quotation says.
    pub quoted: String,
    /// What the source says.
    pub source: String,
}

/// The differences between two texts, and how many words of the quotation, or of the source, they touch.
pub(super) fn changes(quoted: &str, source: &str) -> (Vec<Change>, usize) {
    let (ours, theirs) = (fold(quoted, 0), fold(source, 0));
    if are_same(&ours, &theirs) {
        return (Vec::new(), 0);
    }
    let (ours, theirs) = (words(&ours), words(&theirs));
    let caps = [&ours, &theirs].into_iter().any(|words| all_capitals(words));
    let same = |a: &Word, b: &Word| {
        a.folded == b.folded && (caps || a.is_first || b.is_first || a.case == b.case) && marks_agree(a, b)
    };
    let n_head = ours.iter().zip(&theirs).take_while(|(a, b)| same(a, b)).count();
    let (ours, theirs) = (ours.get(n_head..).unwrap_or_default(), theirs.get(n_head..).unwrap_or_default());
    let n_tail = ours.iter().rev().zip(theirs.iter().rev()).take_while(|(a, b)| same(a, b)).count();
    let ours = ours.get(..ours.len() - n_tail).unwrap_or_default();
    let theirs = theirs.get(..theirs.len() - n_tail).unwrap_or_default();
    if ours.is_empty() && theirs.is_empty() {
        return (Vec::new(), 0);
    }
    let hunks = if MOST_WORDS < ours.len().max(theirs.len()) {
        vec![(0..ours.len(), 0..theirs.len())]
    } else {
        hunks(ours, theirs, same)
    };
    let mut n_touched = 0;
    let mut changes = Vec::new();
    for (here, there) in hunks {
        let (ours, theirs) = (ours.get(here).unwrap_or_default(), theirs.get(there).unwrap_or_default());
        let count = |words: &[Word]| words.iter().filter(|word| word.is_word).count();
        n_touched += count(ours).max(count(theirs));
        changes.push(Change { quoted: shown(quoted, ours), source: shown(source, theirs) });
    }
    (changes, n_touched)
}

/// How many words a text has; a Han character is one.
pub(super) fn n_words(text: &str) -> usize {
    words(&fold(text, 0)).iter().filter(|word| word.is_word).count()
}

/// Whether two texts are the same, capitals and accents included: most quotations are exact.
fn are_same(ours: &[Sign], theirs: &[Sign]) -> bool {
    let key = |sign: &Sign| (sign.c, sign.upper, sign.marked);
    ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| key(a) == key(b))
}

/// A word, or a punctuation mark.
struct Word {
    range: Range<usize>,
    folded: String,
    /// Which letters are capitals, one bit each.
    case: u64,
    /// Which letters have accents, and which are capitals that need none, one bit each.
    marks: u64,
    is_first: bool,
    is_word: bool,
}

fn words(signs: &[Sign]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for sign in signs {
        if sign.kind == Kind::Space {
            open = false;
            continue;
        }
        let goes_on = open && sign.kind == Kind::Letter;
        if !goes_on {
            let is_first = !words.iter().any(|word| word.is_word);
            let range = sign.at as usize..sign.end as usize;
            let is_word = sign.is_word();
            words.push(Word { range, folded: String::new(), case: 0, marks: 0, is_first, is_word });
        }
        if let Some(word) = words.last_mut() {
            add(word, sign);
        }
        open = sign.kind == Kind::Letter;
    }
    words
}

fn add(word: &mut Word, sign: &Sign) {
    let bit = 1_u64.checked_shl(u32::try_from(word.folded.chars().count()).unwrap_or(64)).unwrap_or(0);
    word.folded.push(sign.c);
    word.range.end = word.range.end.max(sign.end as usize);
    word.case |= if sign.upper { bit } else { 0 };
    word.marks |= if sign.marked { bit } else { 0 };
}

/// Whether the accents are the same, where neither letter is a capital.
fn marks_agree(a: &Word, b: &Word) -> bool {
    (a.marks ^ b.marks) & !(a.case | b.case) == 0
}

fn all_capitals(words: &[Word]) -> bool {
    let mut letters = words.iter().filter(|word| word.is_word && word.folded.chars().any(char::is_alphabetic));
    letters.all(|word| {
        let n_letters = word.folded.chars().take(64).filter(|c| c.is_alphabetic()).count();
        n_letters <= word.case.count_ones() as usize
    }) && words.iter().any(|word| word.case != 0)
}

/// The raw words from the first to the last one, in one line.
fn shown(text: &str, words: &[Word]) -> String {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return String::new() };
    let raw = text.get(first.range.start..last.range.end).unwrap_or_default();
    raw.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The stretches in which two rows of words differ, by their longest common subsequence.
fn hunks(ours: &[Word], theirs: &[Word], same: impl Fn(&Word, &Word) -> bool) -> Vec<(Range<usize>, Range<usize>)> {
    let width = theirs.len() + 1;
    let mut lengths = vec![0_u16; (ours.len() + 1) * width];
    let at = |lengths: &[u16], row: usize, column: usize| lengths.get(row * width + column).copied().unwrap_or(0);
    for (row, ours) in ours.iter().enumerate().rev() {
        for (column, theirs) in theirs.iter().enumerate().rev() {
            let length = if same(ours, theirs) {
                at(&lengths, row + 1, column + 1) + 1
            } else {
                at(&lengths, row + 1, column).max(at(&lengths, row, column + 1))
            };
            if let Some(cell) = lengths.get_mut(row * width + column) {
                *cell = length;
            }
        }
    }
    let mut hunks: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let (mut row, mut column) = (0, 0);
    let (mut row_start, mut column_start) = (0, 0);
    while let (Some(here), Some(there)) = (ours.get(row), theirs.get(column)) {
        if same(here, there) {
            if row_start < row || column_start < column {
                hunks.push((row_start..row, column_start..column));
            }
            (row, column) = (row + 1, column + 1);
            (row_start, column_start) = (row, column);
        } else if at(&lengths, row, column + 1) <= at(&lengths, row + 1, column) {
            row += 1;
        } else {
            column += 1;
        }
    }
    if row_start < ours.len() || column_start < theirs.len() {
        hunks.push((row_start..ours.len(), column_start..theirs.len()));
    }
    hunks
}
