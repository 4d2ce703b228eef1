//! Lines: what each line of a block is, and which lines run on into one paragraph.

use super::{SegmentKind, is_blank, is_han};
use memchr::memchr2;

/// A run of lines to be cut into sentences, or one line that is a segment by itself. Bytes from the block's start.
#[derive(Debug)]
pub(super) struct Paragraph {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: SegmentKind,
    pub(super) list_item: bool,
}

/// A line without its end, and what it is.
struct Line<'t> {
    /// First byte after indentation, bullet, heading or quotation markers.
    start: usize,
    end: usize,
    /// With what stands before the content.
    whole: &'t str,
    text: &'t str,
    kind: SegmentKind,
    bullet: bool,
    /// Columns; a Han character takes two. Only where there are several lines.
    width: usize,
}

/// Narrower blocks are lists and menus; wider ones have one paragraph a line.
const WRAP_COLUMNS: std::ops::RangeInclusive<usize> = 40..=120;
/// A line shorter than this does not run on merely because the next begins in lower case.
const MIN_RAGGED_COLUMNS: usize = 30;

/// Groups the lines of a block.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let lines = read(text);
    let columns = if 1 < lines.len() { wrap_columns(&lines) } else { None };
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut previous: Option<&Line<'_>> = None;
    for line in &lines {
        match (previous, paragraphs.last_mut()) {
            (Some(before), Some(paragraph)) if runs_on(before, line, columns) => paragraph.end = line.end,
            _ => {
                paragraphs.push(Paragraph { start: line.start, end: line.end, kind: line.kind, list_item: line.bullet })
            }
        }
        previous = Some(line);
    }
    paragraphs
}

/// Cuts a block into its lines that are not blank.
fn read(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut start = 0;
    for raw in raw_lines(text) {
        let line = raw.trim_end_matches(is_blank);
        if !line.trim_start_matches(is_blank).is_empty() {
            let mut line = classify(line, start);
            let underline = line.kind == SegmentKind::Rule || is_underline(line.text);
            if underline
                && let Some(title) = lines.last_mut()
                && title.kind == SegmentKind::Prose
                && !title.bullet
                && title.text.chars().count() <= 100
                && !ends_sentence(title.text)
            {
                title.kind = SegmentKind::Heading;
                line.kind = SegmentKind::Structure;
            } else if line.kind == SegmentKind::Prose && is_underline(line.text) {
                line.kind = SegmentKind::Structure;
            }
            lines.push(line);
        }
        start += raw.len();
    }
    mark_front_matter(&mut lines);
    if 1 < lines.len() {
        lines.iter_mut().for_each(|line| line.width = columns(line.whole));
    }
    lines
}

/// The lines of a text, each with its end.
fn raw_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = memchr2(b'\n', b'\r', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at_checked(end).filter(|(line, _)| !line.is_empty())?;
        rest = after;
        Some(line)
    })
}

/// Says what a line is and where its content begins.
fn classify(line: &str, start: usize) -> Line<'_> {
    let end = start + line.len();
    let content = line.trim_start_matches(is_blank);
    let mut rest = content;
    while let Some(inner) = rest.strip_prefix('>') {
        rest = inner.trim_start_matches(is_blank);
    }
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let heading = 0 < hashes && hashes <= 6 && rest.get(hashes..).is_some_and(|rest| rest.starts_with([' ', '\t']));
    let mut bullet = false;
    let kind = if rest.starts_with("```") || rest.starts_with("~~~") {
        SegmentKind::Fence
    } else if is_thematic_break(rest) {
        SegmentKind::Rule
    } else if is_definition(rest) || rest.starts_with("<!--") || is_table_rule(rest) {
        SegmentKind::Structure
    } else if heading {
        rest = rest.get(hashes..).unwrap_or_default().trim_start();
        SegmentKind::Heading
    } else if rest.starts_with('|') || content.contains('\t') {
        SegmentKind::Cell
    } else {
        let stripped = strip_bullet(rest);
        bullet = stripped.len() < rest.len();
        rest = stripped;
        SegmentKind::Prose
    };
    Line { start: end - rest.len(), end, whole: line, text: rest, kind, bullet, width: 0 }
}

/// The columns that a line takes.
fn columns(line: &str) -> usize {
    if line.is_ascii() {
        return line.len();
    }
    let is_wide =
        |c: char| is_han(c) || ('\u{3000}'..='\u{303F}').contains(&c) || ('\u{FF00}'..='\u{FF60}').contains(&c);
    line.chars().map(|c| if !c.is_ascii() && is_wide(c) { 2 } else { 1 }).sum()
}

/// Steps over a list bullet, an item number or a task box.
fn strip_bullet(line: &str) -> &str {
    let mut rest = line;
    if let Some(after) =
        rest.strip_prefix(['•', '◦', '‣', '▪', '●', '○', '■', '□', '►', '*', '+', '-', '–', '·', '※', '◆'])
    {
        let spaced = after.starts_with(is_blank);
        if spaced || rest.starts_with(['•', '▪', '●', '■', '►', '◆', '※']) {
            rest = after.trim_start_matches(is_blank);
        }
    } else {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if let Some(after) = rest.get(digits..).filter(|_| 0 < digits && digits <= 3)
            && let Some(after) = after.strip_prefix(['.', ')'])
            && after.starts_with(is_blank)
        {
            rest = after.trim_start_matches(is_blank);
        }
    }
    for task in ["[ ] ", "[x] ", "[X] "] {
        rest = rest.strip_prefix(task).unwrap_or(rest);
    }
    if rest.is_empty() { line } else { rest }
}

/// `---`, `* * *`.
fn is_thematic_break(line: &str) -> bool {
    let Some(mark) = line.chars().next().filter(|c| "-*_".contains(*c)) else { return false };
    line.len() >= 3 && line.chars().all(|c| c == mark || c == ' ')
}

/// `[name]: address` and `[^note]: text`.
fn is_definition(line: &str) -> bool {
    line.starts_with('[') && line.find("]:").is_some_and(|at| !line.get(1..at).unwrap_or_default().contains([']', '[']))
}

/// `|---|:--:|`, `--- | ---`.
fn is_table_rule(line: &str) -> bool {
    line.contains('-') && line.contains('|') && line.chars().all(|c| "|-:+ \t".contains(c))
}

/// The line under a title.
fn is_underline(line: &str) -> bool {
    line.len() >= 3 && line.chars().all(|c| c == '=')
}

/// Marks the lines between two `---` at the start of a block, if they look like keys and values.
fn mark_front_matter(lines: &mut [Line<'_>]) {
    let is_edge = |line: &Line<'_>| line.text == "---" || line.text == "...";
    if lines.first().is_none_or(|line| line.text != "---") {
        return;
    }
    let Some(last) = lines.iter().skip(1).position(is_edge) else { return };
    let keyed = lines
        .iter()
        .skip(1)
        .take(last)
        .all(|line| line.text.contains(':') || line.bullet || line.kind != SegmentKind::Prose);
    if keyed {
        for line in lines.iter_mut().take(last + 2) {
            line.kind = SegmentKind::Structure;
        }
    }
}

/// The column at which the block was wrapped, if it was.
fn wrap_columns(lines: &[Line<'_>]) -> Option<usize> {
    let columns = lines.iter().filter(|line| line.kind == SegmentKind::Prose).map(|line| line.width).max()?;
    if !WRAP_COLUMNS.contains(&columns) {
        return None;
    }
    let later_end = lines.iter().skip(1).any(|line| ends_sentence(line.text));
    let evidence = lines.iter().zip(lines.iter().skip(1)).any(|(line, next)| {
        let runs = is_full(line, next, columns) && !ends_sentence(line.text) && !next.bullet;
        let first = next.text.chars().next();
        let last = line.text.chars().last();
        runs && (first.is_some_and(char::is_lowercase)
            || (later_end && first.is_some_and(is_han) && last.is_some_and(|c| is_han(c) || c == '，' || c == '、')))
    });
    evidence.then_some(columns)
}

/// Whether the first word of the next line would not have fitted on the line.
fn is_full(line: &Line<'_>, next: &Line<'_>, columns: usize) -> bool {
    let han = next.text.chars().next().is_some_and(is_han);
    let word = if han { 4 } else { 1 + next.text.chars().take_while(|c| !is_blank(*c)).count() };
    line.width + word > columns
}

/// Whether a sentence runs on from a line into the next.
fn runs_on(line: &Line<'_>, next: &Line<'_>, columns: Option<usize>) -> bool {
    if line.kind != SegmentKind::Prose || next.kind != SegmentKind::Prose || next.bullet {
        return false;
    }
    if columns.is_some_and(|columns| is_full(line, next, columns)) {
        return true;
    }
    if ends_sentence(line.text) {
        return false;
    }
    let lower = next.text.chars().next().is_some_and(char::is_lowercase);
    let broken_word = line.text.ends_with('-') && !line.text.ends_with(" -");
    lower && (broken_word || line.width >= MIN_RAGGED_COLUMNS)
}

/// Whether a line ends with the end of a sentence, closing marks aside.
fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(|c| is_blank(c) || "”’»\"')]」』）“*_".contains(c));
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', ':', '：', ';', '；'])
}
