//! TOML, read as far as it is right.

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use super::{Entry, Form, MAX_DEPTH, Node, NodeKind, Reading, Reporter};
use crate::model::{Code, Spanned};
use crate::text::ByteRange;

/// Reads TOML; the lines that are right are kept beside the findings about those that are not.
#[must_use]
pub fn read_toml(text: &str, code: Code) -> Reading<'_> {
    let report = Reporter { code };
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reading = Reading::default();
    for error in errors {
        let span = error.span().unwrap_or(0..text.len());
        let range = on_line(text, span);
        let why = error.message();
        let message = format!("this line cannot be read as TOML ({why}); correct it, or its default is used");
        reading.findings.push(report.say(range, message));
    }
    let range = ByteRange::new(0, text.len());
    reading.documents.push(Node { range, kind: NodeKind::Map(entries(text, table.into_inner(), 1)) });
    reading
}

/// The span, or the last character before it where the span is empty or lies behind the end.
fn on_line(text: &str, span: std::ops::Range<usize>) -> ByteRange {
    let end = (0..=span.end.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = (0..=span.start.min(end)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    if start < end {
        return ByteRange::new(start, end);
    }
    let before = text.get(..end).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    ByteRange::new(line.min(end), end)
}

fn entries<'a>(text: &str, table: DeTable<'a>, depth: usize) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = table
        .into_iter()
        .map(|(key, value)| {
            let range = unquoted(text, key.span());
            Entry { key: Spanned::new(key.into_inner(), range), value: node(text, value, depth) }
        })
        .collect();
    entries.sort_by_key(|entry| entry.key.range); // The parser sorts by name; findings come in the order of the file.
    entries
}

fn node<'a>(text: &str, value: TomlSpanned<DeValue<'a>>, depth: usize) -> Node<'a> {
    let span = value.span();
    let range = ByteRange::new(span.start, span.end);
    if MAX_DEPTH <= depth {
        return Node::text("", Form::Absent, range);
    }
    match value.into_inner() {
        DeValue::String(words) => Node::text(words, Form::Quoted, unquoted(text, span)),
        DeValue::Integer(number) => Node::text(number.to_string(), Form::Number, range),
        DeValue::Float(number) => Node::text(number.to_string(), Form::Number, range),
        DeValue::Boolean(it) => Node::text(if it { "true" } else { "false" }, Form::Boolean, range),
        DeValue::Datetime(date) => Node::text(date.to_string(), Form::Plain, range),
        DeValue::Array(items) => {
            let items = items.into_iter().map(|item| node(text, item, depth + 1)).collect();
            Node { range, kind: NodeKind::List(items) }
        }
        DeValue::Table(table) => Node { range, kind: NodeKind::Map(entries(text, table, depth + 1)) },
    }
}

/// The range without quotation marks at both ends, one or three.
fn unquoted(text: &str, span: std::ops::Range<usize>) -> ByteRange {
    let words = text.get(span.clone()).unwrap_or_default();
    for mark in ["\"\"\"", "'''", "\"", "'"] {
        if 2 * mark.len() <= words.len() && words.starts_with(mark) && words.ends_with(mark) {
            return ByteRange::new(span.start + mark.len(), span.end - mark.len());
        }
    }
    ByteRange::new(span.start, span.end)
}
