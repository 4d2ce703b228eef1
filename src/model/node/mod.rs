//! A small tree of values with their places, made from YAML, JSON and TOML alike.
//!
//! The typed readers of records, bibliographies and options walk this one tree, so that unknown keys, wrong kinds and
//! duplicate keys are noticed in the same way everywhere. Every scalar is text **as written**: `no`, `on`, `0123` and
//! `12:30` stay what the user typed.
//!
//! Limits: a tree is at most [`MAX_DEPTH`] levels deep and has at most [`MAX_NODES`] nodes; YAML aliases may repeat at
//! most [`MAX_ALIASED`] nodes. Past a limit the rest is left out and a finding says so.

mod json;
mod nearest;
mod recover;
mod toml;
mod yaml;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::model::{Code, Finding, Related, Spanned};
use crate::text::ByteRange;

pub use json::read_json;
pub(crate) use nearest::nearest;
pub use toml::read_toml;
pub use yaml::read_yaml;

/// How many levels of lists and mappings are read.
pub const MAX_DEPTH: usize = 64;
/// How many values one file may hold.
pub const MAX_NODES: usize = 4_000_000;
/// How many values YAML aliases (`*name`) may repeat in one file.
pub const MAX_ALIASED: usize = 10_000;

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'a> {
    /// Bytes of the file. A text's range holds its words without the quotation marks around them.
    pub range: ByteRange,
    /// What it is.
    pub kind: NodeKind<'a>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind<'a> {
    /// A scalar, as written.
    Text {
        /// The words, with escapes and folded lines resolved.
        value: Cow<'a, str>,
        /// How it was written.
        form: Form,
    },
    /// Values in order.
    List(Vec<Node<'a>>),
    /// Keys and values in the order of the file. A key stands at most once.
    Map(Vec<Entry<'a>>),
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Without quotation marks, in YAML.
    Plain,
    /// A string.
    Quoted,
    /// A number, in JSON or TOML.
    Number,
    /// `true` or `false`, in JSON or TOML.
    Boolean,
    /// Nothing: an empty YAML value, or JSON's `null`. The value is empty.
    Absent,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The key.
    pub key: Spanned<Cow<'a, str>>,
    /// The value.
    pub value: Node<'a>,
}

/// What reading a file gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading<'a> {
    /// The documents of the file that hold something.
    pub documents: Vec<Node<'a>>,
    /// What could not be read.
    pub findings: Vec<Finding>,
}

impl<'a> Node<'a> {
    /// A scalar.
    #[must_use]
    pub fn text(value: impl Into<Cow<'a, str>>, form: Form, range: ByteRange) -> Node<'a> {
        Node { range, kind: NodeKind::Text { value: value.into(), form } }
    }

    /// The words of a scalar; `None` for lists, mappings and absent values.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Text { form: Form::Absent, .. } | NodeKind::List(_) | NodeKind::Map(_) => None,
            NodeKind::Text { value, .. } => Some(value),
        }
    }

    /// The words of a scalar with their place, without white space around them; `None` where there are none.
    #[must_use]
    pub fn spanned(&self) -> Option<Spanned<String>> {
        let text = self.as_text()?.trim();
        (!text.is_empty()).then(|| Spanned::new(text.to_owned(), self.range))
    }

    /// Whether the value is absent or blank.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match &self.kind {
            NodeKind::Text { value, form } => *form == Form::Absent || value.trim().is_empty(),
            NodeKind::List(items) => items.is_empty(),
            NodeKind::Map(entries) => entries.is_empty(),
        }
    }

    /// The values of a list; a single value counts as a list of one, an absent one as an empty list.
    #[must_use]
    pub fn items(&self) -> &[Node<'a>] {
        match &self.kind {
            NodeKind::List(items) => items,
            NodeKind::Text { form: Form::Absent, .. } => &[],
            NodeKind::Text { .. } | NodeKind::Map(_) => std::slice::from_ref(self),
        }
    }

    /// The keys and values of a mapping; none for other values.
    #[must_use]
    pub fn entries(&self) -> &[Entry<'a>] {
        match &self.kind {
            NodeKind::Map(entries) => entries,
            NodeKind::Text { .. } | NodeKind::List(_) => &[],
        }
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.entries().iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
    }

    /// What the value is, in the user's words.
    #[must_use]
    pub fn kind_word(&self) -> &'static str {
        match &self.kind {
            NodeKind::Text { form: Form::Absent, .. } => "nothing",
            NodeKind::Text { form: Form::Number, .. } => "a number",
            NodeKind::Text { form: Form::Boolean, .. } => "true or false",
            NodeKind::Text { .. } => "text",
            NodeKind::List(_) => "a list",
            NodeKind::Map(_) => "a mapping",
        }
    }
}

/// The parts of a finding that are the same for a whole file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reporter {
    /// The rule that speaks.
    pub(crate) code: Code,
}

impl Reporter {
    /// A finding of the rule at its default severity.
    pub(crate) fn say(self, range: ByteRange, message: impl Into<String>) -> Finding {
        Finding::new(self.code, self.code.default_severity(), range, message.into())
    }

    fn duplicate_key(self, key: &str, first: ByteRange, second: ByteRange) -> Finding {
        let message =
            format!("the key “{key}” stands twice in one mapping, so only the first is read; join them or remove one");
        let mut finding = self.say(second, message);
        finding.related.push(Related { file: None, range: first, message: "the first one".to_owned() });
        finding
    }

    fn too_deep(self, range: ByteRange) -> Finding {
        self.say(
            range,
            format!("lists and mappings are nested more than {MAX_DEPTH} deep here; what is deeper is left out"),
        )
    }

    fn too_many(self, range: ByteRange) -> Finding {
        self.say(
            range,
            format!("the file holds more than {MAX_NODES} values; what follows is left out, so split the file"),
        )
    }
}

/// Collects the entries of one mapping and notices keys that stand twice.
#[derive(Debug, Default)]
struct MapBuilder<'a> {
    entries: Vec<Entry<'a>>,
    /// Where each key stands in `entries`, once there are too many to look through them.
    index: std::collections::HashMap<Cow<'a, str>, usize>,
}

impl<'a> MapBuilder<'a> {
    /// Above so many keys a map is kept beside the list.
    const FEW: usize = 24;

    fn push(&mut self, entry: Entry<'a>, report: Reporter, findings: &mut Vec<Finding>) {
        let key = &entry.key.value;
        let earlier = if self.entries.len() <= Self::FEW {
            self.entries.iter().position(|other| other.key.value == *key)
        } else {
            if self.index.is_empty() {
                self.index = (0..).zip(&self.entries).map(|(idx, it)| (it.key.value.clone(), idx)).collect();
            }
            self.index.get(key).copied()
        };
        if let Some(first) = earlier.and_then(|idx| self.entries.get(idx)) {
            findings.push(report.duplicate_key(key, first.key.range, entry.key.range));
            return;
        }
        if !self.index.is_empty() {
            self.index.insert(key.clone(), self.entries.len());
        }
        self.entries.push(entry);
    }
}
