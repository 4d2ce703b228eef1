//! Sentences: a block is cut into sentences, headings, table cells and single lines.
//!
//! The rules are those of UAX #29 with what it lacks: abbreviations and initials, speech clauses after a quotation,
//! Chinese closing marks, hard-wrapped lines, and Markdown's structure. A mark that is never closed, or the wrong one,
//! ends with its paragraph: it cannot swallow the text behind it.

mod abbreviations;
mod lines;
pub mod quotes;
mod stops;
#[cfg(test)]
mod tests;

use super::ByteRange;
use lines::Paragraph;
use memchr::memchr;

/// A sentence, heading, cell or line of a block.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Segment {
    /// Bytes from the start of the block, without surrounding white space and list bullets; never empty.
    pub range: ByteRange,
    /// What it is.
    pub kind: SegmentKind,
    /// Whether a line or paragraph begins with it.
    pub opens_line: bool,
    /// Whether a line or paragraph ends with it.
    pub closes_line: bool,
    /// Whether it stands in a list item.
    pub list_item: bool,
    /// What of it stands in quotation marks, marks included, in order. Bytes from the start of the block.
    pub quotes: Vec<ByteRange>,
    /// Whether a quotation that began in an earlier sentence is still open at its start.
    pub starts_in_quote: bool,
    /// Whether a quotation is still open at its end.
    pub ends_in_quote: bool,
}

/// What a segment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SegmentKind {
    /// A sentence, or a line without a full stop.
    Prose,
    /// A Markdown heading.
    Heading,
    /// A table cell.
    Cell,
    /// Front matter, a table rule, a link or footnote definition, a comment.
    Structure,
    /// The line that opens or closes a code block.
    Fence,
    /// A line of `---`: a thematic break, or the edge of front matter.
    Rule,
}

/// Cuts a block into its segments, in order.
#[must_use]
pub fn split(text: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    for paragraph in lines::paragraphs(text) {
        match paragraph.kind {
            SegmentKind::Prose => prose(text, &paragraph, &mut segments),
            SegmentKind::Cell => cells(text, &paragraph, &mut segments),
            SegmentKind::Heading | SegmentKind::Structure | SegmentKind::Fence | SegmentKind::Rule => {
                let quotes = quotes::spans(text, paragraph.start, paragraph.end);
                push(text, &paragraph, &quotes, (paragraph.start, paragraph.end), &mut segments);
            }
        }
    }
    segments
}

/// Cuts a paragraph into its sentences.
fn prose(text: &str, paragraph: &Paragraph, segments: &mut Vec<Segment>) {
    let quotes = quotes::spans(text, paragraph.start, paragraph.end);
    let first = segments.len();
    let mut start = paragraph.start;
    let comments = comments(text, paragraph.start, paragraph.end);
    let mut ends = stops::ends(text, paragraph.start, paragraph.end, &quotes);
    ends.retain(|end| !comments.iter().any(|(from, to)| from < end && end < to));
    for end in ends.into_iter().chain([paragraph.end]) {
        // A comment before a sentence is no part of it.
        while let Some((from, to)) = comments.iter().copied().find(|(from, to)| start <= *from && *to <= end)
            && text.get(start..from).is_some_and(|gap| gap.trim_matches(is_blank).is_empty())
        {
            let aside = Paragraph { kind: SegmentKind::Structure, ..*paragraph };
            push(text, &aside, &quotes, (from, to), segments);
            start = to;
        }
        push(text, paragraph, &quotes, (start, end), segments);
        start = end;
    }
    if let Some(segment) = segments.get_mut(first) {
        segment.opens_line = true;
    }
    if segments.len() > first
        && let Some(segment) = segments.last_mut()
    {
        segment.closes_line = true;
    }
}

/// The HTML comments between two offsets, marks included.
fn comments(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut comments = Vec::new();
    if text.as_bytes().get(start..end).is_none_or(|piece| memchr(b'<', piece).is_none()) {
        return comments;
    }
    let mut at = start;
    while let Some(from) = text.get(at..end).and_then(|rest| rest.find("<!--")).map(|found| at + found) {
        let Some(len) = text.get(from..end).and_then(|rest| rest.find("-->")) else { break };
        at = from + len + "-->".len();
        comments.push((from, at));
    }
    comments
}

/// Cuts a table row into its cells.
fn cells(text: &str, paragraph: &Paragraph, segments: &mut Vec<Segment>) {
    let row = text.get(paragraph.start..paragraph.end).unwrap_or_default();
    let mut start = paragraph.start;
    for cell in row.split(['|', '\t']) {
        push(text, paragraph, &[], (start, start + cell.len()), segments);
        if let Some(segment) = segments.last_mut() {
            segment.opens_line = true;
            segment.closes_line = true;
        }
        start += cell.len() + 1;
    }
}

/// Adds the segment between two offsets, if anything but white space stands there.
fn push(
    text: &str,
    paragraph: &Paragraph,
    quotes: &[quotes::Span],
    (start, end): (usize, usize),
    segments: &mut Vec<Segment>,
) {
    let Some(piece) = text.get(start..end) else { return };
    let start = start + (piece.len() - piece.trim_start_matches(is_blank).len());
    let end = end - (piece.len() - piece.trim_end_matches(is_blank).len());
    if end <= start {
        return;
    }
    let from = quotes.partition_point(|span| span.end <= start);
    let inside = || quotes.iter().skip(from).take_while(|span| span.start < end);
    let lone_line = paragraph.kind != SegmentKind::Prose;
    segments.push(Segment {
        range: ByteRange::new(start, end),
        kind: paragraph.kind,
        opens_line: lone_line,
        closes_line: lone_line,
        list_item: paragraph.list_item,
        starts_in_quote: inside().any(|span| span.start < start),
        ends_in_quote: inside().any(|span| end < span.end || (span.open && end == span.end)),
        quotes: inside().map(|span| ByteRange::new(span.start.max(start), span.end.min(end))).collect(),
    });
}

/// Says of each byte whether it is one of some.
struct Bytes([bool; 256]);

impl Bytes {
    #[expect(clippy::indexing_slicing, reason = "worked out by the compiler, which would refuse a bad index")]
    const fn among(bytes: &[u8]) -> Bytes {
        let mut table = [false; 256];
        let mut at = 0;
        while at < bytes.len() {
            table[bytes[at] as usize] = true;
            at += 1;
        }
        Bytes(table)
    }

    /// Where the first of them stands.
    fn position(&self, text: &[u8]) -> Option<usize> {
        text.iter().position(|byte| self.0.get(usize::from(*byte)) == Some(&true))
    }
}

/// White space, and the characters that are as invisible.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}')
}

/// Whether the character is written without spaces between words: Han, Kana, and their marks.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{3040}'..='\u{30FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '々' | '〇')
}
