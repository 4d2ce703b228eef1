//! Wider and wider selections: word, mention, clause, sentence, paragraph, section, everything.

use super::symbols::headings;
use crate::corpus::document::Content;
use crate::corpus::{Document, Snapshot};
use crate::model::FileId;
use crate::text::ByteRange;
use crate::text::position::{Encoding, LineColumn};
use crate::text::tokens::tokenize;

/// Marks that part clauses.
const CLAUSE_MARKS: &[char] =
    &[',', ';', ':', '—', '–', '(', ')', '，', '；', '：', '、', '（', '）', '“', '”', '«', '»'];

/// The ranges around a place, the narrowest first; each covers the one before and is longer.
#[must_use]
pub fn selections(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<ByteRange> {
    let Some(document) = snapshot.document(file) else { return vec![ByteRange::empty(offset as usize)] };
    let mut ranges = vec![line(document, offset), ByteRange::new(0, document.buffer.len())];
    match &document.content {
        Content::Text => in_text(document, offset, &mut ranges),
        Content::Records(records) => {
            for record in records.iter().filter(|record| record.range.touches(offset)) {
                ranges.push(record.range);
                ranges.extend(record.facts.iter().flat_map(|it| [it.range, it.value.range]));
                ranges.extend(record.relations.iter().flat_map(|it| [it.range, it.other.range]));
                ranges.extend(record.names.iter().map(|it| it.text.range));
                ranges.push(record.prose.range);
            }
        }
        Content::References(references) => {
            for reference in references.iter().filter(|reference| reference.range.touches(offset)) {
                ranges.extend([reference.range, reference.key.range]);
            }
        }
        Content::Annotations(_) | Content::Configuration => (),
    }
    if let Some(line) = ranges.first().copied() {
        ranges.extend(word(document, line, offset));
    }
    ranges.retain(|range| !range.is_empty() && range.touches(offset));
    ranges.sort_by_key(|range| (range.len(), range.start));
    let mut chain: Vec<ByteRange> = Vec::new();
    for range in ranges {
        if chain.last().is_none_or(|last| range.covers(*last) && range.len() > last.len()) {
            chain.push(range);
        }
    }
    if chain.is_empty() {
        chain.push(ByteRange::empty(offset as usize));
    }
    chain
}

fn in_text(document: &Document, offset: u32, ranges: &mut Vec<ByteRange>) {
    // A hard-wrapped line is no unit of a text.
    let wrapped = document.blocks().iter().any(|block| block.range.touches(offset));
    if wrapped && let Some(line) = ranges.first_mut() {
        *line = ByteRange::empty(offset as usize);
    }
    let settled = document.settled();
    ranges.extend(settled.mentions.iter().map(|it| it.range).filter(|range| range.touches(offset)));
    for claim in settled.claims.iter().filter(|claim| claim.range.touches(offset)) {
        ranges.push(claim.range);
        ranges.push(clause(&document.buffer.slice(claim.range), claim.range, offset));
    }
    for block in document.blocks().iter().filter(|block| block.range.touches(offset)) {
        ranges.push(block.range);
        let citations = block.facts.citations.iter().map(|it| it.range.shifted(block.range.start));
        ranges.extend(citations);
        ranges.extend(word(document, block.range, offset));
    }
    ranges.extend(headings(document).iter().map(|it| it.section));
}

/// The part of a sentence between two marks.
fn clause(sentence: &str, range: ByteRange, offset: u32) -> ByteRange {
    let at = offset.saturating_sub(range.start) as usize;
    let before = sentence.get(..at).unwrap_or_default();
    let after = sentence.get(at..).unwrap_or_default();
    let start = before
        .rfind(CLAUSE_MARKS)
        .map_or(0, |mark| mark + before.get(mark..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8));
    let end = at + after.find(CLAUSE_MARKS).unwrap_or(after.len());
    let piece = sentence.get(start..end).unwrap_or_default();
    let lead = piece.len() - piece.trim_start().len();
    let base = range.start as usize + start + lead;
    ByteRange::new(base, base + piece.trim().len())
}

/// The word at a place; of two that meet there, the one that begins there.
fn word(document: &Document, within: ByteRange, offset: u32) -> Option<ByteRange> {
    let text = document.buffer.slice(within);
    let tokens = tokenize(&text).into_iter().filter(|token| token.class.is_word());
    let mut ranges = tokens.map(|token| ByteRange { start: token.start, end: token.end }.shifted(within.start));
    ranges.rfind(|range| range.touches(offset))
}

/// The line at a place, without its end.
fn line(document: &Document, offset: u32) -> ByteRange {
    let place = document.buffer.line_column(offset as usize, Encoding::Utf8);
    let start = offset.saturating_sub(place.column);
    let end = document.buffer.byte(LineColumn { line: place.line, column: u32::MAX }, Encoding::Utf8);
    ByteRange::new(start as usize, end)
}
