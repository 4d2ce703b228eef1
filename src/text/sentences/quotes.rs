//! Quotation marks: which parts of a paragraph stand in them, however carelessly they were set.

use super::Bytes;
use memchr::memchr2;

/// A quotation, marks included. Bytes from the start of the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The opening mark.
    pub start: usize,
    /// One past the closing mark.
    pub end: usize,
    /// Whether the closing mark is missing.
    pub open: bool,
}

/// Marks that belong together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Angle,
    Corner,
    Single,
}

/// What a mark does where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Open,
    Close,
    /// Opens, or closes what is open: a straight mark between Han characters.
    Toggle,
}

/// Finds the outermost quotations of a paragraph (of the text from `start` to `end`), in order.
#[must_use]
pub fn spans(text: &str, start: usize, end: usize) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut stack: Vec<(Family, usize)> = Vec::new();
    let Some(piece) = text.get(start..end) else { return spans };
    let is_ascii = piece.is_ascii();
    let mut at = 0;
    while let Some(offset) = next_sign(piece, at, is_ascii) {
        let Some(c) = piece.get(offset..).and_then(|rest| rest.chars().next()) else {
            at = offset + 1;
            continue;
        };
        let mut mark = c;
        let mut length = c.len_utf8();
        // Two apostrophes are one mark.
        if piece.get(offset..).is_some_and(|rest| rest.starts_with("''")) {
            (length, mark) = (2, '"');
        }
        at = offset + length;
        if !is_mark(mark) {
            continue;
        }
        let previous = piece.get(..offset).and_then(|before| before.chars().next_back());
        let next = piece.get(at..).and_then(|after| after.chars().next());
        if let Some((family, act)) = act(previous, mark, next) {
            let opens = match act {
                Act::Open => true,
                Act::Close => false,
                Act::Toggle => !stack.iter().any(|(open, _)| *open == family),
            };
            if opens {
                if let Some(depth) = stack.iter().position(|(open, _)| *open == family) {
                    // The earlier one was never closed: it ends with its sentence.
                    if depth == 0
                        && let Some((_, opened)) = stack.first()
                    {
                        spans.push(unclosed(text, *opened, start + offset));
                    }
                    stack.truncate(depth);
                }
                stack.push((family, start + offset));
            } else if !stack.is_empty() {
                // A wrong mark closes what is open; a right one closes its own kind and whatever is open inside it.
                let depth = stack.iter().rposition(|(open, _)| *open == family).unwrap_or(stack.len() - 1);
                if depth == 0
                    && let Some((_, opened)) = stack.first()
                {
                    spans.push(Span { start: *opened, end: start + offset + length, open: false });
                }
                stack.truncate(depth);
            }
        }
    }
    if let Some((_, opened)) = stack.first() {
        if *opened == start {
            spans.push(Span { start, end, open: true });
        } else {
            spans.push(unclosed(text, *opened, end));
        }
    }
    spans
}

/// The next byte from `at` on that a mark may begin with.
fn next_sign(piece: &str, at: usize, is_ascii: bool) -> Option<usize> {
    // The first bytes of `"`, `'`, `«»`, of general punctuation, of `「」`, and of full-width marks.
    const FIRST: Bytes = Bytes::among(&[b'"', b'\'', 0xC2, 0xE2, 0xE3, 0xEF]);
    let rest = piece.as_bytes().get(at..)?;
    let found = if is_ascii { memchr2(b'"', b'\'', rest) } else { FIRST.position(rest) };
    found.map(|found| at + found)
}

/// Whether [`act`] may know what the character does.
fn is_mark(c: char) -> bool {
    matches!(c, '"' | '＂' | '„' | '“' | '”' | '«' | '»' | '「' | '『' | '」' | '』' | '‘' | '’' | '‹' | '›')
}

/// A quotation without closing mark inside a paragraph ends at the next full stop, or at `limit`.
fn unclosed(text: &str, start: usize, limit: usize) -> Span {
    let piece = text.get(start..limit).unwrap_or_default();
    let stop = piece.char_indices().find(|(offset, c)| {
        let after = piece.get(offset + c.len_utf8()..).unwrap_or_default();
        matches!(c, '。' | '！' | '？')
            || (matches!(c, '.' | '!' | '?') && after.chars().next().is_none_or(char::is_whitespace))
    });
    Span { start, end: stop.map_or(limit, |(offset, c)| start + offset + c.len_utf8()), open: true }
}

/// What a character does as a quotation mark, from its neighbours.
fn act(previous: Option<char>, c: char, next: Option<char>) -> Option<(Family, Act)> {
    let after_gap =
        previous.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '（' | '—' | '–' | '-' | '‘' | '“'));
    let before_gap = next.is_none_or(|c| c.is_whitespace() || ",.;:!?)]…，。；：！？）、".contains(c));
    match c {
        '„' => Some((Family::Double, Act::Open)),
        '“' if !after_gap && before_gap => Some((Family::Double, Act::Close)),
        '“' => Some((Family::Double, Act::Open)),
        '”' if after_gap && !before_gap => Some((Family::Double, Act::Toggle)),
        '”' => Some((Family::Double, Act::Close)),
        '"' | '＂' if after_gap && !before_gap => Some((Family::Double, Act::Open)),
        '"' | '＂' if before_gap && !after_gap => Some((Family::Double, Act::Close)),
        '"' | '＂' => Some((Family::Double, Act::Toggle)),
        '«' => Some((Family::Angle, Act::Open)),
        '»' => Some((Family::Angle, Act::Close)),
        '「' | '『' => Some((Family::Corner, Act::Open)),
        '」' | '』' => Some((Family::Corner, Act::Close)),
        '‘' if after_gap => Some((Family::Single, Act::Open)),
        '‹' => Some((Family::Single, Act::Open)),
        '›' => Some((Family::Single, Act::Close)),
        // An apostrophe looks the same: only after a stop is it surely a closing mark.
        '’' if previous.is_some_and(|c| ".,!?…".contains(c)) => Some((Family::Single, Act::Close)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_looked_at() {
        let around = [None, Some(' '), Some('x'), Some('.'), Some('国')];
        for c in (0..0x30000).filter_map(char::from_u32) {
            let acts = around.iter().any(|before| around.iter().any(|after| act(*before, c, *after).is_some()));
            assert_eq!(acts, is_mark(c), "{c:?}");
            assert!(!acts || next_sign(&c.to_string(), 0, c.is_ascii()) == Some(0), "{c:?}");
        }
    }
}
