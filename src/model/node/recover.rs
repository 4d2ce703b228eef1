//! What can be kept of YAML that has a mistake.
//!
//! The parser stops at the first mistake. So the text is cut where a person would cut it: at documents, then at list
//! items and keys of the outermost level, each read by itself; a piece that is wrong is cut again, down to one line.

use super::yaml::{Fault, parse};
use super::{Entry, Form, MapBuilder, Node, NodeKind, Reading, Reporter};
use crate::model::{Finding, Spanned};
use crate::text::ByteRange;

/// How often a piece is cut into smaller ones.
const MAX_CUTS: usize = 12;

/// Reads a text with mistakes, document by document.
pub(super) fn read(text: &str, base: usize, report: Reporter) -> Reading<'_> {
    let mut reading = Reading::default();
    let mut cut = Cut { report, findings: Vec::new() };
    let mut start = 0;
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let mark = line.trim_end();
        if mark == "---" || mark == "..." || mark.starts_with("--- ") {
            ends.push((offset, offset + if mark.len() == 3 { line.len() } else { 4 }));
        }
        offset += line.len();
    }
    ends.push((text.len(), text.len()));
    for (end, next) in ends {
        let Some(document) = text.get(start..end) else { continue };
        let piece = Piece { text: document, base: base + start, column: 0 };
        start = next;
        if document.trim().is_empty() {
            continue;
        }
        match parse(piece.text, piece.base, report) {
            Ok(read) => {
                reading.documents.extend(read.documents);
                reading.findings.extend(read.findings);
            }
            Err(fault) => reading.documents.extend(cut.block(piece, &fault, 0)),
        }
    }
    reading.findings.append(&mut cut.findings);
    reading.findings.sort_by_key(|finding| finding.range);
    reading
}

/// A part of the text and where it begins in the file.
#[derive(Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    base: usize,
    /// How many bytes of its line stand before it.
    column: usize,
}

impl<'a> Piece<'a> {
    fn part(self, start: usize, end: usize) -> Piece<'a> {
        let before = self.text.get(..start).unwrap_or_default();
        let column = before.rfind('\n').map_or(self.column + start, |at| start - at - 1);
        Piece { text: self.text.get(start..end).unwrap_or_default(), base: self.base + start, column }
    }

    /// The piece without white space around it.
    fn trimmed(self) -> Piece<'a> {
        let lead = self.text.len() - self.text.trim_start().len();
        self.part(lead, lead + self.text.trim().len())
    }

    fn range(self) -> ByteRange {
        ByteRange::new(self.base, self.base + self.text.len())
    }
}

struct Cut {
    report: Reporter,
    findings: Vec<Finding>,
}

impl Cut {
    /// Reads a piece that is known to be wrong, key by key or item by item.
    fn block<'a>(&mut self, piece: Piece<'a>, fault: &Fault, depth: usize) -> Option<Node<'a>> {
        let (indent, is_list) = outermost(piece)?;
        if MAX_CUTS <= depth {
            self.unreadable(piece, fault);
            return None;
        }
        let mut items = Vec::new();
        let mut map = MapBuilder::default();
        for chunk in chunks(piece, indent, is_list) {
            if is_list {
                items.extend(self.item(chunk, depth));
            } else {
                self.keys(chunk, depth, &mut map);
            }
        }
        let range = piece.trimmed().range();
        let kind = if is_list { NodeKind::List(items) } else { NodeKind::Map(map.entries) };
        Some(Node { range, kind })
    }

    /// The items of a piece that begins with a dash.
    fn item<'a>(&mut self, chunk: Piece<'a>, depth: usize) -> Vec<Node<'a>> {
        let fault = match parse(chunk.text, chunk.base, self.report) {
            Ok(read) => {
                self.findings.extend(read.findings);
                let lists = read.documents.into_iter().map(|node| match node.kind {
                    NodeKind::List(items) => items,
                    NodeKind::Text { .. } | NodeKind::Map(_) => vec![node],
                });
                return lists.flatten().collect();
            }
            Err(fault) => fault,
        };
        let dash = chunk.text.find('-').map_or(0, |at| at + 1);
        let inner = chunk.part(dash, chunk.text.len());
        let value = match parse(inner.text, inner.base, self.report) {
            Ok(read) => {
                self.findings.extend(read.findings);
                self.tab(chunk);
                read.documents.into_iter().next()
            }
            Err(_) if fault.too_deep => {
                self.unreadable(chunk, &fault);
                None
            }
            Err(fault) if inner.text.trim().contains('\n') || key_end(inner.text).is_some() => {
                self.block(inner, &fault, depth + 1)
            }
            Err(fault) => self.value(inner, &fault),
        };
        value.into_iter().collect()
    }

    /// The key of a piece that begins with one.
    fn keys<'a>(&mut self, chunk: Piece<'a>, depth: usize, map: &mut MapBuilder<'a>) {
        let fault = match parse(chunk.text, chunk.base, self.report) {
            Ok(read) => {
                self.findings.extend(read.findings);
                for node in read.documents {
                    match node.kind {
                        NodeKind::Map(entries) => {
                            for entry in entries {
                                map.push(entry, self.report, &mut self.findings);
                            }
                        }
                        NodeKind::Text { .. } | NodeKind::List(_) => self.no_key(node.range),
                    }
                }
                return;
            }
            Err(fault) => fault,
        };
        let line_end = chunk.text.find('\n').unwrap_or(chunk.text.len());
        let Some(colon) = chunk.text.get(..line_end).and_then(key_end) else {
            if fault.too_deep {
                self.unreadable(chunk, &fault)
            } else {
                self.no_key(chunk.part(0, line_end).trimmed().range())
            }
            return;
        };
        let Node { range, kind: NodeKind::Text { value: key, .. } } =
            words(chunk.part(0, colon).trimmed(), Form::Plain)
        else {
            return;
        };
        let key = Spanned::new(key, range);
        let first = chunk.part(colon + 1, line_end);
        let rest = chunk.part(line_end, chunk.text.len());
        let value = if !without_comment(first.text).trim().is_empty() {
            let value = self.value_line(first, &fault);
            if value.is_some()
                && rest.text.lines().find(|line| says_something(line)).is_some_and(|line| key_end(line).is_some())
            {
                self.misaligned(rest);
                let value = value.unwrap_or_else(|| Node::text("", Form::Absent, ByteRange::empty(first.base)));
                map.push(Entry { key, value }, self.report, &mut self.findings);
                let lines = self.block(rest, &fault, depth + 1);
                if let Some(Node { kind: NodeKind::Map(entries), .. }) = lines {
                    for entry in entries {
                        map.push(entry, self.report, &mut self.findings);
                    }
                }
                return;
            }
            value
        } else {
            match parse(rest.text, rest.base, self.report) {
                Ok(read) => {
                    self.findings.extend(read.findings);
                    self.tab(chunk);
                    read.documents.into_iter().next()
                }
                Err(fault) => self.block(rest, &fault, depth + 1),
            }
        };
        let value = value.unwrap_or_else(|| Node::text("", Form::Absent, ByteRange::empty(first.base)));
        map.push(Entry { key, value }, self.report, &mut self.findings);
    }

    /// One line's value, taken as it stands.
    fn value<'a>(&mut self, line: Piece<'a>, fault: &Fault) -> Option<Node<'a>> {
        if fault.too_deep {
            self.unreadable(line, fault);
            return None;
        }
        let has_tab = line.text.starts_with('\t') || line.text.starts_with("- \t");
        let value = line.part(0, without_comment(line.text).len()).trimmed();
        let value = value.part(0, value.text.find('\n').unwrap_or(value.text.len())).trimmed();
        let range = value.range();
        let first = value.text.chars().next()?;
        let quoted = quoted(value.text);
        let (why, node) = match first {
            '"' | '\'' => {
                let inner = value.part(1, value.text.len());
                let closed = inner.text.strip_suffix(first).map_or(inner, |words| inner.part(0, words.len()));
                let why =
                    "the quotation mark at its start is not closed properly; close it at the end of the value, and \
                           double or escape it inside"
                        .to_owned();
                (why, Node::text(closed.text, Form::Quoted, closed.range()))
            }
            '[' | '{' if value.text.len() < 2 => {
                self.unreadable(value, fault);
                return None;
            }
            '[' => {
                let why =
                    "the list in square brackets is not closed properly, or an entry needs quotation marks; write \
                           [one, \"two: 2\"]"
                        .to_owned();
                (why, flow_list(value))
            }
            '{' => {
                let why =
                    "the mapping in curly brackets is not closed properly, or a value needs quotation marks; write \
                           {one: 1, two: \"a: b\"}"
                        .to_owned();
                (why, self.flow_map(value))
            }
            '@' | '`' | '%' | '*' | '&' | '!' | '|' | '>' | ',' | ']' | '}' => {
                let why = format!(
                    "YAML gives “{first}” at the start of a value a meaning of its own; put the value in quotation marks: {quoted}"
                );
                (why, Node::text(value.text, Form::Plain, range))
            }
            _ if value.text.contains(": ") || value.text.ends_with(':') => {
                let why = format!(
                    "a colon and a space inside a value look like another key; put the value in quotation marks: {quoted}"
                );
                (why, Node::text(value.text, Form::Plain, range))
            }
            _ if has_tab => {
                let why = "a tab stands where YAML wants spaces; replace it with spaces".to_owned();
                (why, Node::text(value.text, Form::Plain, range))
            }
            _ => {
                let why = format!("{}; putting it in quotation marks may help: {quoted}", fault.why);
                (why, Node::text(value.text, Form::Plain, range))
            }
        };
        let finding = self.report.say(range, format!("this value is not right YAML: {why}"));
        let fixable = !matches!(first, '[' | '{' | '"' | '\'');
        self.findings.push(if fixable { finding.with("replacement", quoted) } else { finding });
        Some(node)
    }

    /// The entries of a mapping in curly brackets that is not right YAML.
    fn flow_map<'a>(&mut self, value: Piece<'a>) -> Node<'a> {
        let mut map = MapBuilder::default();
        for part in flow_parts(value, '}') {
            let Some(colon) = key_end(part.text) else {
                self.no_key(part.range());
                continue;
            };
            let NodeKind::Text { value: key, .. } = words(part.part(0, colon).trimmed(), Form::Plain).kind else {
                continue;
            };
            let key = Spanned::new(key, words(part.part(0, colon).trimmed(), Form::Plain).range);
            let value = words(part.part(colon + 1, part.text.len()).trimmed(), Form::Plain);
            map.push(Entry { key, value }, self.report, &mut self.findings);
        }
        Node { range: value.range(), kind: NodeKind::Map(map.entries) }
    }

    /// One line's value, which may be right where only the lines below it are wrong.
    fn value_line<'a>(&mut self, line: Piece<'a>, fault: &Fault) -> Option<Node<'a>> {
        match parse(line.text, line.base, self.report) {
            Ok(read) => {
                self.findings.extend(read.findings);
                match read.documents.into_iter().next() {
                    Some(Node { kind: NodeKind::Map(_), .. }) | None => self.value(line, fault),
                    node => node,
                }
            }
            Err(fault) => self.value(line, &fault),
        }
    }

    /// Says that the lines below a value are indented as if they belonged to it.
    fn misaligned(&mut self, piece: Piece<'_>) {
        let n_findings = self.findings.len();
        self.tab(piece);
        if n_findings < self.findings.len() {
            return;
        }
        let line = piece.trimmed();
        let range = line.part(0, line.text.find('\n').unwrap_or(line.text.len())).trimmed().range();
        let message = "this line is indented further than the one above it, which already has a value; give both the \
                       same indentation";
        self.findings.push(self.report.say(range, message));
    }

    fn no_key(&mut self, range: ByteRange) {
        let message = "this line is left out: it has no key; write “key: value”, with a space after the colon";
        self.findings.push(self.report.say(range, message));
    }

    /// Says which line of a piece begins with a tab.
    fn tab(&mut self, piece: Piece<'_>) {
        let mut offset = 0;
        for line in piece.text.split_inclusive('\n') {
            let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
            if line.get(..blank).is_some_and(|blank| blank.contains('\t')) && !line.trim().is_empty() {
                let range = piece.part(offset, offset + blank).range();
                let message = "a tab stands where YAML wants spaces, so that other programs cannot read this file; \
                               replace it with spaces";
                self.findings.push(self.report.say(range, message));
                return;
            }
            offset += line.len();
        }
    }

    fn unreadable(&mut self, piece: Piece<'_>, fault: &Fault) {
        let line = piece.trimmed();
        let at = fault.offset.saturating_sub(line.base).min(line.text.len());
        let start = line.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let end = line.text.get(at..).and_then(|after| after.find('\n')).map_or(line.text.len(), |to| at + to);
        let range = line.part(start, end).trimmed().range();
        let range = if range.is_empty() {
            line.part(0, line.text.find('\n').unwrap_or(line.text.len())).range()
        } else {
            range
        };
        let finding = if fault.too_deep {
            self.report.too_deep(range)
        } else {
            self.report.say(range, format!("this part is left out: it is not right YAML ({})", fault.why))
        };
        self.findings.push(finding);
    }
}

/// The indentation of the first line that says something, and whether it is a list item.
fn outermost(piece: Piece<'_>) -> Option<(usize, bool)> {
    let (idx, line) = piece.text.lines().enumerate().find(|(_, line)| says_something(line))?;
    let words = line.trim_start();
    let column = if idx == 0 { piece.column } else { 0 };
    Some((column + line.len() - words.len(), is_item(words)))
}

fn says_something(line: &str) -> bool {
    let words = line.trim();
    !words.is_empty() && !words.starts_with('#')
}

fn is_item(words: &str) -> bool {
    words.trim_end() == "-" || words.starts_with("- ") || words.starts_with("-\t")
}

/// Cuts a piece where a line of the outermost level begins.
fn chunks(piece: Piece<'_>, indent: usize, is_list: bool) -> Vec<Piece<'_>> {
    let mut starts = vec![0];
    let mut offset = 0;
    let mut seen = false;
    for line in piece.text.split_inclusive('\n') {
        let words = line.trim_start();
        if says_something(line) && line.len() - words.len() <= indent && is_item(words) == is_list {
            if seen {
                starts.push(offset);
            }
            seen = true;
        }
        offset += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([piece.text.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|(start, end)| piece.part(start, end)).collect()
}

/// Where the key's colon stands on a line.
fn key_end(line: &str) -> Option<usize> {
    let line = line.split('\n').next()?;
    let mut chars = line.char_indices().peekable();
    let mut quote = None;
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (None, '"' | '\'') if line.get(..at).is_some_and(|before| before.trim().is_empty()) => quote = Some(c),
            (Some(mark), c) if c == mark => quote = None,
            (None, ':') if chars.peek().is_none_or(|(_, next)| next.is_whitespace()) => {
                return (!line.get(..at)?.trim().is_empty()).then_some(at);
            }
            _ => (),
        }
    }
    None
}

/// The line up to a comment.
fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with('#') {
        return "";
    }
    line.find(" #").and_then(|at| line.get(..at)).unwrap_or(line)
}

/// The entries of a list in square brackets that is not right YAML.
fn flow_list(value: Piece<'_>) -> Node<'_> {
    let items = flow_parts(value, ']').into_iter().map(|item| words(item, Form::Plain)).collect();
    Node { range: value.range(), kind: NodeKind::List(items) }
}

/// Cuts what stands in brackets at its commas.
fn flow_parts(value: Piece<'_>, close: char) -> Vec<Piece<'_>> {
    let end = value.text.strip_suffix(close).map_or(value.text.len(), str::len);
    let inner = value.part(1, end.max(1));
    let mut parts = Vec::new();
    let (mut start, mut quote, mut depth) = (0, None, 0usize);
    let mut before = ' ';
    for (at, c) in inner.text.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') if before.is_whitespace() || "[{,".contains(before) => quote = Some(c),
            (Some(mark), c) if c == mark => quote = None,
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                parts.push(inner.part(start, at).trimmed());
                start = at + 1;
            }
            _ => (),
        }
        before = c;
    }
    parts.push(inner.part(start, inner.text.len()).trimmed());
    parts.retain(|part| !part.text.is_empty());
    parts
}

/// A piece as text, without the quotation marks around it.
fn words(piece: Piece<'_>, form: Form) -> Node<'_> {
    let words = piece.text.trim_matches(['"', '\'']);
    let lead = piece.text.find(words).unwrap_or(0);
    let words = piece.part(lead, lead + words.len());
    Node::text(words.text, form, words.range())
}

/// The value in quotation marks.
fn quoted(value: &str) -> String {
    if value.contains(['"', '\\']) { format!("'{}'", value.replace('\'', "''")) } else { format!("\"{value}\"") }
}
