//! YAML, from the parser's events: every scalar as written, with its bytes.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, Span};

use super::{Entry, Form, MAX_ALIASED, MAX_DEPTH, MAX_NODES, MapBuilder, Node, NodeKind, Reading, Reporter, recover};
use crate::model::{Code, Finding, Spanned};
use crate::text::ByteRange;

/// Reads YAML that begins `base` bytes into its file.
///
/// A file with a mistake is read again in pieces, so that only the wrong line is lost, and a finding names the line and
/// the remedy.
#[must_use]
pub fn read_yaml(text: &str, base: usize, code: Code) -> Reading<'_> {
    let (text, base) = text.strip_prefix('\u{feff}').map_or((text, base), |rest| (rest, base + '\u{feff}'.len_utf8()));
    let report = Reporter { code };
    parse(text, base, report).unwrap_or_else(|_| recover::read(text, base, report))
}

/// Where and why the parser gave up.
pub(super) struct Fault {
    /// Byte in the file.
    pub(super) offset: usize,
    /// The parser's words.
    pub(super) why: String,
    /// Whether a nesting limit was passed.
    pub(super) too_deep: bool,
}

/// Reads YAML that has no mistake.
pub(super) fn parse(text: &str, base: usize, report: Reporter) -> Result<Reading<'_>, Fault> {
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut tree = Tree::new(text, base, report);
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, span)) => {
                if !tree.event(event, span) {
                    break;
                }
            }
            Err(error) => {
                let offset = base + error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
                let why = error.info();
                let too_deep = why.contains("nest") || why.contains("recursion") || why.contains("depth");
                return Err(Fault { offset, why, too_deep });
            }
        }
    }
    Ok(tree.reading)
}

/// A list or mapping that is not finished.
struct Open<'a> {
    start: usize,
    anchor: usize,
    content: OpenContent<'a>,
}

enum OpenContent<'a> {
    List(Vec<Node<'a>>),
    Map { map: MapBuilder<'a>, key: Option<Spanned<Cow<'a, str>>> },
}

struct Tree<'a> {
    text: &'a str,
    base: usize,
    report: Reporter,
    open: Vec<Open<'a>>,
    anchored: HashMap<usize, Node<'a>>,
    n_nodes: usize,
    n_aliased: usize,
    reading: Reading<'a>,
}

impl<'a> Tree<'a> {
    fn new(text: &'a str, base: usize, report: Reporter) -> Tree<'a> {
        let reading = Reading::default();
        Tree { text, base, report, open: Vec::new(), anchored: HashMap::new(), n_nodes: 0, n_aliased: 0, reading }
    }

    /// Takes one event; `false` ends the reading.
    fn event(&mut self, event: Event<'a>, span: Span) -> bool {
        let span = span.byte_range().unwrap_or(0..0);
        let range = ByteRange::new(self.base + span.start, self.base + span.end);
        match event {
            Event::Scalar(value, style, anchor, _) => {
                let node = scalar(self.text, self.base, value, style, span);
                return self.finished(node, anchor);
            }
            Event::SequenceStart(_, anchor, _) => {
                self.open.push(Open { start: span.start, anchor, content: OpenContent::List(Vec::new()) });
            }
            Event::MappingStart(_, anchor, _) => {
                let content = OpenContent::Map { map: MapBuilder::default(), key: None };
                self.open.push(Open { start: span.start, anchor, content });
            }
            Event::SequenceEnd | Event::MappingEnd => return self.close(span),
            Event::Alias(id) => {
                let node = self.aliased(id, range);
                return self.finished(node, 0);
            }
            Event::UnresolvedAlias(name) => {
                let message = format!(
                    "“*{name}” refers to a place that the file does not mark; if the asterisk belongs to the value, \
                     put the value in quotation marks"
                );
                self.reading.findings.push(self.report.say(range, message));
                return self.finished(Node::text(format!("*{name}"), Form::Plain, range), 0);
            }
            Event::DocumentStart(..) => self.anchored.clear(),
            // These carry no value.
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd | Event::Anchor(..) | Event::Comment(..) | _ => {
            }
        }
        true
    }

    fn close(&mut self, span: std::ops::Range<usize>) -> bool {
        let Some(open) = self.open.pop() else { return true };
        // A block collection ends where the next thing starts: white space and comments after it are not part of it.
        let last = match &open.content {
            OpenContent::List(items) => items.last().map(|item| item.range.end),
            OpenContent::Map { map, .. } => {
                map.entries.last().map(|entry| entry.value.range.end.max(entry.key.range.end))
            }
        };
        let closed = self.text.get(span.clone()).is_some_and(|mark| mark == "]" || mark == "}");
        let end = match last {
            Some(last) if !closed => (last as usize).saturating_sub(self.base),
            _ => span.end,
        };
        let range = ByteRange::new(self.base + open.start, self.base + end.max(open.start));
        let kind = match open.content {
            OpenContent::List(items) => NodeKind::List(items),
            OpenContent::Map { map, .. } => NodeKind::Map(map.entries),
        };
        self.finished(Node { range, kind }, open.anchor)
    }

    /// Puts a finished node where it belongs.
    fn finished(&mut self, node: Node<'a>, anchor: usize) -> bool {
        self.n_nodes += 1;
        if MAX_NODES < self.n_nodes {
            self.reading.findings.push(self.report.too_many(node.range));
            return false;
        }
        if anchor != 0 {
            self.anchored.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            None => {
                if !matches!(node.kind, NodeKind::Text { form: Form::Absent, .. }) {
                    self.reading.documents.push(node);
                }
            }
            Some(OpenContent::List(items)) => items.push(node),
            Some(OpenContent::Map { map, key }) => match key.take() {
                Some(key) => map.push(Entry { key, value: node }, self.report, &mut self.reading.findings),
                None => *key = Some(as_key(node, self.report, &mut self.reading.findings)),
            },
        }
        true
    }

    fn aliased(&mut self, id: usize, range: ByteRange) -> Node<'a> {
        let Some(node) = self.anchored.get(&id) else {
            return Node::text("", Form::Absent, range);
        };
        let room = MAX_ALIASED.saturating_sub(self.n_aliased);
        match size_up_to(node, room) {
            Some(size) => {
                self.n_aliased += size;
                node.clone()
            }
            None => {
                if self.n_aliased < MAX_ALIASED {
                    let message = format!(
                        "aliases repeat more than {MAX_ALIASED} values here; this one is left out, so write it out"
                    );
                    self.reading.findings.push(self.report.say(range, message));
                    self.n_aliased = MAX_ALIASED; // Said once.
                }
                Node::text("", Form::Absent, range)
            }
        }
    }
}

/// How many nodes there are, or `None` if more than `room`.
fn size_up_to(node: &Node<'_>, room: usize) -> Option<usize> {
    let mut n_nodes = 0;
    let mut rest = vec![node];
    while let Some(node) = rest.pop() {
        n_nodes += 1;
        if room < n_nodes {
            return None;
        }
        match &node.kind {
            NodeKind::Text { .. } => (),
            NodeKind::List(items) => rest.extend(items),
            NodeKind::Map(entries) => rest.extend(entries.iter().map(|entry| &entry.value)),
        }
    }
    Some(n_nodes)
}

fn as_key<'a>(node: Node<'a>, report: Reporter, findings: &mut Vec<Finding>) -> Spanned<Cow<'a, str>> {
    match node.kind {
        NodeKind::Text { value, .. } => Spanned::new(value, node.range),
        NodeKind::List(_) | NodeKind::Map(_) => {
            let message = "a list or mapping stands where a key is expected; put text in curly or square brackets in \
                           quotation marks";
            findings.push(report.say(node.range, message));
            Spanned::new(Cow::Borrowed(""), node.range)
        }
    }
}

fn scalar<'a>(
    text: &'a str,
    base: usize,
    value: Cow<'a, str>,
    style: ScalarStyle,
    span: std::ops::Range<usize>,
) -> Node<'a> {
    let range = ByteRange::new(base + span.start, base + span.end);
    let written = text.get(span.clone()).unwrap_or_default();
    match style {
        ScalarStyle::Plain if written.is_empty() => Node::text("", Form::Absent, range),
        ScalarStyle::Plain => Node::text(value, Form::Plain, range),
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
            let marked = 2 <= written.len() && written.starts_with(['"', '\'']) && written.ends_with(['"', '\'']);
            let inner = if marked { ByteRange { start: range.start + 1, end: range.end - 1 } } else { range };
            Node::text(value, Form::Quoted, inner)
        }
        ScalarStyle::Literal | ScalarStyle::Folded => {
            let end = base + span.start + written.trim_end().len();
            Node::text(value, Form::Quoted, ByteRange::new(base + span.start, end))
        }
    }
}
