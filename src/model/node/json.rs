//! JSON with comments and trailing commas.

use std::borrow::Cow;

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, parse_to_ast};

use super::{Entry, Form, MAX_DEPTH, MAX_NODES, MapBuilder, Node, NodeKind, Reading, Reporter};
use crate::model::{Code, Finding, Spanned};
use crate::text::ByteRange;

/// Reads JSON that begins `base` bytes into its file. Comments and trailing commas are allowed.
#[must_use]
pub fn read_json(text: &str, base: usize, code: Code) -> Reading<'_> {
    let report = Reporter { code };
    let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: false };
    let options = ParseOptions { allow_missing_commas: false, ..ParseOptions::default() };
    let mut reading = Reading::default();
    // The parser skips a byte order mark only in its lossy forms, so it is cut here.
    let (text, base) = text.strip_prefix('\u{feff}').map_or((text, base), |rest| (rest, base + '\u{feff}'.len_utf8()));
    match parse_to_ast(text, &collect, &options) {
        Ok(parsed) => {
            let mut builder = Builder { base, report, n_nodes: 0, findings: Vec::new() };
            reading.documents.extend(parsed.value.and_then(|value| builder.node(value, 0)));
            reading.findings = builder.findings;
        }
        Err(error) => {
            let why = error.kind().to_string();
            let why = why.trim_end_matches('.').to_lowercase();
            let message = format!("this is not valid JSON from here on ({why}); until it is corrected, it is left out");
            reading.findings.push(report.say(shifted(error.range(), base), message));
        }
    }
    reading
}

fn shifted(range: Range, base: usize) -> ByteRange {
    ByteRange::new(range.start + base, range.end + base)
}

struct Builder {
    base: usize,
    report: Reporter,
    n_nodes: usize,
    findings: Vec<Finding>,
}

impl Builder {
    fn node<'a>(&mut self, value: Value<'a>, depth: usize) -> Option<Node<'a>> {
        let range = shifted(value.range(), self.base);
        if MAX_DEPTH <= depth {
            self.findings.push(self.report.too_deep(range));
            return None;
        }
        self.n_nodes += 1;
        if MAX_NODES < self.n_nodes {
            if self.n_nodes == MAX_NODES + 1 {
                self.findings.push(self.report.too_many(range));
            }
            return None;
        }
        Some(match value {
            Value::StringLit(text) => Node::text(text.value, Form::Quoted, unquoted(range)),
            Value::NumberLit(number) => Node::text(number.value, Form::Number, range),
            Value::BooleanLit(it) => Node::text(if it.value { "true" } else { "false" }, Form::Boolean, range),
            Value::NullKeyword(_) => Node::text("", Form::Absent, range),
            Value::Array(array) => {
                let items = array.elements.into_iter().filter_map(|item| self.node(item, depth + 1)).collect();
                Node { range, kind: NodeKind::List(items) }
            }
            Value::Object(object) => {
                let mut map = MapBuilder::default();
                for property in object.properties {
                    let key = match property.name {
                        ObjectPropName::String(text) => {
                            Spanned::new(text.value, unquoted(shifted(text.range, self.base)))
                        }
                        ObjectPropName::Word(word) => {
                            Spanned::new(Cow::Borrowed(word.value), shifted(word.range, self.base))
                        }
                    };
                    if let Some(value) = self.node(property.value, depth + 1) {
                        map.push(Entry { key, value }, self.report, &mut self.findings);
                    }
                }
                Node { range, kind: NodeKind::Map(map.entries) }
            }
        })
    }
}

/// The range without the quotation marks at both ends.
fn unquoted(range: ByteRange) -> ByteRange {
    if range.len() < 2 {
        return range;
    }
    ByteRange { start: range.start + 1, end: range.end - 1 }
}
