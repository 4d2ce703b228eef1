//! Quotation marks: which parts of a paragraph stand in them, however carelessly they were set.

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
    let mut previous: Option<char> = None;
    let mut chars = piece.char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        // Most characters are neither mark nor worth a look around.
        if c.is_ascii() && c != '"' && c != '\'' {
            previous = Some(c);
            continue;
        }
        let mut next = chars.peek().map(|(_, next)| *next);
        let mut length = c.len_utf8();
        let mut mark = c;
        // Two apostrophes are one mark.
        if c == '\'' && next == Some('\'') {
            chars.next();
            next = chars.peek().map(|(_, next)| *next);
            (length, mark) = (2, '"');
        }
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
        previous = Some(c);
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
