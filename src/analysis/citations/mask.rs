//! Which parts of a block hold no citations, and which brackets belong together: found once, in one pass.

use std::collections::HashMap;

use super::grammar;

/// What the scan needs to know about a block beforehand.
pub(super) struct Mask {
    /// Code and comments, in order, as start and end.
    masked: Vec<(usize, usize)>,
    /// For each `[` with a `]`: where, and whether a key stands between them, not within inner brackets.
    brackets: HashMap<usize, (usize, bool)>,
    /// Where a key begins, in order.
    keys: Vec<usize>,
}

impl Mask {
    pub(super) fn new(text: &str) -> Mask {
        let masked = if text.contains(['`', '~']) || text.contains("<!--") { masked(text) } else { Vec::new() };
        let mut mask = Mask { masked, brackets: HashMap::new(), keys: Vec::new() };
        mask.find_brackets(text);
        mask
    }

    /// The end of the masked part that begins at or holds `at`.
    pub(super) fn end_of_masked(&self, at: usize) -> Option<usize> {
        let idx = self.masked.partition_point(|(start, _)| *start <= at).checked_sub(1)?;
        self.masked.get(idx).map(|(_, end)| *end).filter(|end| at < *end)
    }

    /// The `]` of the `[` at `at`.
    pub(super) fn close_of(&self, at: usize) -> Option<usize> {
        self.brackets.get(&at).map(|(close, _)| *close)
    }

    /// Whether a key stands directly within the bracket at `at`.
    pub(super) fn has_key(&self, at: usize) -> bool {
        self.brackets.get(&at).is_some_and(|(_, has_key)| *has_key)
    }

    /// The first key at or after `at`.
    pub(super) fn next_key(&self, at: usize) -> Option<usize> {
        self.keys.get(self.keys.partition_point(|key| *key < at)).copied()
    }

    fn find_brackets(&mut self, text: &str) {
        let mut open: Vec<(usize, bool)> = Vec::new();
        let mut before = None;
        let mut chars = text.char_indices();
        let mut skip_to = 0;
        let mut next_masked = 0;
        while let Some((at, c)) = chars.next() {
            if at < skip_to {
                continue;
            }
            if let Some((_, end)) = self.masked.get(next_masked).filter(|(start, _)| *start == at) {
                skip_to = *end;
                next_masked += 1;
                before = None;
                continue;
            }
            match c {
                '\\' => {
                    chars.next();
                }
                '[' => open.push((at, false)),
                ']' => {
                    if let Some((start, has_key)) = open.pop() {
                        self.brackets.insert(start, (at, has_key));
                    }
                }
                '@' => {
                    let glued = before.is_some_and(|before: char| before.is_alphanumeric() || before == '/');
                    if !glued && text.get(at..).and_then(grammar::key_at).is_some() {
                        self.keys.push(at);
                        if let Some((_, has_key)) = open.last_mut() {
                            *has_key = true;
                        }
                    }
                }
                _ => (),
            }
            before = Some(c);
        }
    }
}

/// Code spans, fenced code and comments.
fn masked(text: &str) -> Vec<(usize, usize)> {
    let runs = backtick_runs(text);
    let mut masked = Vec::new();
    let mut at = 0;
    let mut line_start = true;
    let mut comments_end = true;
    while let Some(rest) = text.get(at..) {
        let Some(c) = rest.chars().next() else { break };
        if line_start && let Some(end) = fence_end(text, at) {
            masked.push((at, end));
            at = end;
            continue;
        }
        line_start = c == '\n';
        match c {
            '\\' => {
                let escaped = rest.get(1..).and_then(|rest| rest.chars().next());
                line_start = escaped == Some('\n');
                at += 1 + escaped.map_or(0, char::len_utf8);
                continue;
            }
            '`' => {
                let len = rest.len() - rest.trim_start_matches('`').len();
                let same = runs.get(&len).map(Vec::as_slice).unwrap_or_default();
                let next = same.get(same.partition_point(|run| *run < at + len));
                let end = next.map(|close| close + len);
                masked.extend(end.map(|end| (at, end)));
                at = end.unwrap_or(at + len);
                continue;
            }
            '<' if comments_end && rest.starts_with("<!--") => match rest.find("-->") {
                Some(len) => {
                    masked.push((at, at + len + 3));
                    at += len + 3;
                    continue;
                }
                None => comments_end = false,
            },
            _ => (),
        }
        at += c.len_utf8();
    }
    masked
}

/// Where runs of backticks begin, by their length.
fn backtick_runs(text: &str) -> HashMap<usize, Vec<usize>> {
    let mut runs: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut run: Option<(usize, usize)> = None;
    for (at, byte) in text.bytes().enumerate() {
        run = match (run, byte) {
            (Some((start, len)), b'`') => Some((start, len + 1)),
            (None, b'`') => Some((at, 1)),
            (Some((start, len)), _) => {
                runs.entry(len).or_default().push(start);
                None
            }
            (None, _) => None,
        };
    }
    if let Some((start, len)) = run {
        runs.entry(len).or_default().push(start);
    }
    runs
}

/// The end of the fenced code that begins on the line at `at`.
fn fence_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let indent = rest.len() - rest.trim_start_matches(' ').len();
    let fence = rest.get(indent..)?;
    let mark = fence.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let len = fence.len() - fence.trim_start_matches(mark).len();
    let info = fence.get(len..)?.lines().next().unwrap_or_default();
    if 3 < indent || len < 3 || (mark == '`' && info.contains('`')) {
        return None;
    }
    let mut end = at;
    for (idx, line) in rest.split_inclusive('\n').enumerate() {
        end += line.len();
        let words = line.trim();
        let closes = words.len() >= len && words.chars().all(|c| c == mark);
        if 0 < idx && closes {
            break;
        }
    }
    Some(end)
}
