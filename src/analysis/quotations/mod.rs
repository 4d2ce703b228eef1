//! Quotations: where a text quotes, and where in a source the quoted words stand, exact or altered.
//!
//! [`read_block`] finds the quotations of a block; [`Passages`] is the index of one source text in which they are
//! looked up. A quotation is *exact* when it has the source's words and punctuation: quotation marks, kinds of space,
//! hyphens, capitals at its start, omissions (`…`) and bracketed inserts do not count.

mod compare;
mod folding;
mod myers;
mod passages;
mod sketch;
#[cfg(test)]
mod tests;
mod wording;

use super::citations::Citation;
use crate::text::ByteRange;
use crate::text::sentences::quotes;
pub use compare::Change;
use folding::Kind;
pub use passages::{Passage, Passages};
pub use sketch::Sketch;
use wording::Wording;

/// Fewer words are a term or a title, not a quotation to be checked.
const FEWEST_WORDS: usize = 3;
/// The same for characters that are words by themselves.
const FEWEST_SINGLE: usize = 6;

/// Words that a text says are somebody else's. Bytes from the start of the block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The quoted words, without marks and without the line that names their source.
    pub range: ByteRange,
    /// The whole: marks included; a block quote with all its lines.
    pub whole: ByteRange,
    /// Whether it is a Markdown block quote.
    pub is_block: bool,
}

/// Finds the quotations of a block that are long enough to be checked, in order. Quotations inside quotations are part
/// of the outer one.
#[must_use]
pub fn read_block(text: &str, citations: &[Citation]) -> Vec<Quotation> {
    let mut quotations = Vec::new();
    if text.starts_with("```") || text.starts_with("~~~") || text.starts_with("---\n") {
        return quotations;
    }
    let mut run: Option<(bool, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let is_block = line.trim_start_matches([' ', '\t']).starts_with('>');
        match run {
            Some((before, _)) if before == is_block => (),
            Some((before, start)) => {
                read_run(text, (start, at), before, citations, &mut quotations);
                run = Some((is_block, at));
            }
            None => run = Some((is_block, at)),
        }
        at += line.len();
    }
    if let Some((is_block, start)) = run {
        read_run(text, (start, text.len()), is_block, citations, &mut quotations);
    }
    quotations.retain(|it| it.range.of(text).is_some_and(|words| counts(&clean(words))));
    quotations
}

fn read_run(
    text: &str,
    (start, end): (usize, usize),
    is_block: bool,
    citations: &[Citation],
    quotations: &mut Vec<Quotation>,
) {
    if is_block {
        quotations.extend(block_quote(text, start, end, citations));
        return;
    }
    for span in quotes::spans(text, start, end) {
        let Some(piece) = text.get(span.start..span.end) else { continue };
        let inner = piece.trim_start_matches(is_mark);
        let start = span.end - inner.len();
        let inner = if span.open { inner } else { inner.trim_end_matches(is_mark) };
        let range = ByteRange::new(start, start + inner.trim_end().len());
        let range = before_citation(text, range, citations);
        quotations.push(Quotation { range, whole: ByteRange::new(span.start, span.end), is_block: false });
    }
}

/// The quoted words as far as the first citation: quotation marks that do not match may take in more.
fn before_citation(text: &str, range: ByteRange, citations: &[Citation]) -> ByteRange {
    let Some(first) = citations.iter().find(|it| range.overlaps(it.range)) else { return range };
    let words = text.get(range.start as usize..first.range.start.max(range.start) as usize).unwrap_or_default();
    let words = words.trim_end_matches(['[', '(', '-']).trim_end().trim_end_matches(is_mark);
    ByteRange::new(range.start as usize, range.start as usize + words.len())
}

fn is_mark(c: char) -> bool {
    folding::is_quotation_mark(c) || matches!(c, '\'' | '‘' | '’' | ' ' | '\u{a0}' | '\u{202f}')
}

/// The quoted words of a block quote: not the line that names the source, nor a citation at the end.
fn block_quote(text: &str, start: usize, end: usize, citations: &[Citation]) -> Option<Quotation> {
    let piece = text.get(start..end)?;
    let whole = ByteRange::new(start, start + piece.trim_end().len());
    let bare = |line: &str| line.trim_matches([' ', '\t', '>', '\r', '\n']).to_owned();
    if bare(piece.lines().next()?).starts_with("[!") {
        return None;
    }
    let cited = |from: usize, to: usize| citations.iter().any(|it| ByteRange::new(from, to).overlaps(it.range));
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let mut at = start;
    for line in piece.split_inclusive('\n') {
        lines.push((at, line));
        at += line.len();
    }
    while lines.last().is_some_and(|(_, line)| bare(line).is_empty()) {
        lines.pop();
    }
    let (last_start, last) = *lines.last()?;
    let stands_alone = lines.iter().rev().nth(1).is_some_and(|(_, line)| bare(line).is_empty());
    let has_dash = bare(last).starts_with(['—', '–', '―']) || bare(last).starts_with("--");
    if 1 < lines.len() && (has_dash || (stands_alone && cited(last_start, last_start + last.len()))) {
        lines.pop();
    }
    let (last_start, last) = *lines.last()?;
    let mut stop = last_start + last.len();
    // Citations at the end, with their brackets, are no quoted words.
    for citation in citations.iter().rev() {
        let (from, to) = (citation.range.start as usize, citation.range.end as usize);
        let between = text.get(to..stop.max(to)).unwrap_or_default();
        if from < stop && start < from && between.trim().trim_matches([']', ')', '.', ';']).trim().is_empty() {
            stop = from;
        }
    }
    let inner = text.get(start..stop)?.trim_end_matches([' ', '\t', '\r', '\n', '>', '[', '(', '-']);
    let first = inner.trim_start_matches([' ', '\t', '\r', '\n', '>']);
    let range = ByteRange::new(start + inner.len() - first.len(), start + inner.len());
    (!range.is_empty()).then_some(Quotation { range, whole, is_block: true })
}

/// The quoted words in one line, without the marks of a block quote at the starts of lines.
#[must_use]
pub fn clean(quoted: &str) -> String {
    let mut words = String::with_capacity(quoted.len());
    for (idx, line) in quoted.lines().enumerate() {
        let line = line.trim();
        let line = if 0 < idx { line.trim_start_matches(['>', ' ']) } else { line };
        // A word that a hyphen breaks at the line's end goes on.
        let is_broken = words.ends_with('-') && line.starts_with(char::is_alphabetic);
        if !words.is_empty() && !line.is_empty() && !is_broken {
            words.push(' ');
        }
        words.push_str(line);
    }
    words
}

/// Whether a quotation is long enough to be checked.
#[must_use]
pub fn counts(quoted: &str) -> bool {
    let (mut n_words, mut n_single) = (0, 0);
    let mut before = Kind::Space;
    folding::fold_each(quoted, 0, |sign| {
        n_words += usize::from(sign.kind == Kind::Letter && before != Kind::Letter);
        n_single += usize::from(sign.kind == Kind::Single);
        before = sign.kind;
    });
    FEWEST_WORDS <= n_words || FEWEST_SINGLE <= n_single
}

/// Whether a text may hold a quotation word for word, judged by its long words as they are written. Much faster than
/// looking it up.
#[must_use]
pub fn may_hold(text: &str, quoted: &str) -> bool {
    Wording::new(quoted, true).is_some_and(|wording| wording.may_stand_in(quoted, text))
}

/// Whether two texts have the same words, whatever their capitals and punctuation.
#[must_use]
pub fn same_words(a: &str, b: &str) -> bool {
    let letters = |text| folding::fold(text, 0).into_iter().filter(folding::Sign::is_word).map(|sign| sign.c);
    letters(a).eq(letters(b))
}
