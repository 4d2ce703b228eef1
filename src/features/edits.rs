//! Text edits on the user's files that keep comments, order, quoting and style: a new name on a record, a new record.

use crate::model::node::{Entry, Node, NodeKind, read_yaml};
use crate::model::record::{NameKind, Record, front_matter};
use crate::model::{Code, Spanned};
use crate::text::ByteRange;

/// Replaced bytes and the new words.
pub type TextEdit = (ByteRange, String);

/// Adds a name to a record of a Markdown or YAML file; no edit where the record has it already, or where the file is
/// none that is edited (JSON lines).
///
/// A plain name goes under `aliases`, one of which more is known (language, kind) under `names`.
#[must_use]
pub fn add_alias(
    text: &str,
    record: &Record,
    alias: &str,
    lang: Option<&str>,
    kind: Option<NameKind>,
) -> Vec<TextEdit> {
    let alias = one_line(alias);
    if alias.is_empty() || record.names.iter().any(|name| name.text.value == alias) {
        return Vec::new();
    }
    let kind = kind.filter(|kind| !matches!(kind, NameKind::Alias | NameKind::Canonical));
    // A plain text that begins like a path is no name to the reader.
    let plain = lang.is_none() && kind.is_none() && !alias.starts_with('/');
    let key = if plain { "aliases" } else { "names" };
    let value = |style: Style| {
        let name = quoted(&alias, style);
        if plain {
            return name;
        }
        let lang = lang.map(|lang| format!(", lang: {}", quoted(lang, Style::Plain))).unwrap_or_default();
        let kind = kind.map(|kind| format!(", kind: {}", kind.word())).unwrap_or_default();
        format!("{{name: {name}{lang}{kind}}}")
    };
    add_value(text, record, key, &value)
}

/// Adds an entry to `names`; `more` is what follows the name in its mapping: `match: never`.
#[must_use]
pub(super) fn add_name(text: &str, record: &Record, name: &str, more: &str) -> Vec<TextEdit> {
    let name = one_line(name);
    add_value(text, record, "names", &|style| format!("{{name: {}, {more}}}", quoted(&name, style)))
}

/// Adds an id to what an actor is never to be taken for; no edit where it stands there already.
#[must_use]
pub(super) fn add_not(text: &str, record: &Record, id: &str) -> Vec<TextEdit> {
    if record.not.iter().any(|other| other.value == id) {
        return Vec::new();
    }
    add_value(text, record, "not", &|style| quoted(id, style))
}

/// Adds a value to the list that a key of a record has.
fn add_value(text: &str, record: &Record, key: &'static str, value: &dyn Fn(Style) -> String) -> Vec<TextEdit> {
    let whole = ByteRange::new(0, text.len());
    let front = front_matter(text).filter(|_| record.range == whole);
    let (yaml, base) = match &front {
        Some(parts) => (parts.yaml.of(text).unwrap_or_default(), parts.yaml.start as usize),
        None => (text, 0),
    };
    if text.trim_start().starts_with("{\"") && !record.range.is_empty() && is_json_lines(text) {
        return Vec::new();
    }
    let reading = read_yaml(yaml, base, Code::InvalidRecord);
    let mut nodes = reading.documents.iter().flat_map(Node::items);
    let node = match &front {
        Some(_) => nodes.next(),
        None => nodes.find(|node| node.range == record.range),
    };
    let editor = Editor { text, value, key };
    match node.filter(|node| matches!(node.kind, NodeKind::Map(_))) {
        Some(node) => editor.edit(node, record, key == "aliases"),
        None if front.is_some() => {
            vec![(ByteRange::empty(base), format!("{key}: [{}]{}", value(Style::Plain), line_end(text)))]
        }
        None if record.range == whole => {
            let end = line_end(text);
            let name = quoted(record.caption(), Style::Plain);
            vec![(
                ByteRange::empty(0),
                format!("---{end}name: {name}{end}{key}: [{}]{end}---{end}", value(Style::Plain)),
            )]
        }
        None => Vec::new(),
    }
}

fn is_json_lines(text: &str) -> bool {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .take(3)
        .all(|line| line.trim_start().starts_with("{\"") && line.trim_end().ends_with('}'))
}

/// A new record for a name: the path of a file that does not exist yet, and its text.
#[must_use]
pub fn create_record(folder: &str, name: &str, kind: &str, exists: &dyn Fn(&str) -> bool) -> (String, String) {
    let name = one_line(name);
    let stem = stem(&name);
    let folder = folder.trim_end_matches('/');
    let path = |n: usize| match n {
        1 => format!("{folder}/{stem}.md"),
        n => format!("{folder}/{stem}-{n}.md"),
    };
    let path = (1..10_000).map(path).find(|path| !exists(path)).unwrap_or_else(|| path(10_000));
    let kind = quoted(kind, Style::Plain);
    (path, format!("---\ntype: {kind}\nname: {}\n---\n", quoted(&name, Style::Plain)))
}

/// A name as a file's name: letters and digits, with hyphens between.
fn stem(name: &str) -> String {
    let folded = crate::text::fold::fold(name);
    let mut stem = String::new();
    for c in folded.chars().take(60) {
        match c {
            _ if c.is_alphanumeric() => stem.push(c),
            '\'' => (),
            _ if !stem.is_empty() && !stem.ends_with('-') => stem.push('-'),
            _ => (),
        }
    }
    let stem = stem.trim_end_matches('-');
    let reserved = ["con", "prn", "aux", "nul"].contains(&stem) || stem.is_empty();
    if reserved { format!("actor-{stem}").trim_end_matches('-').to_owned() } else { stem.to_owned() }
}

fn one_line(name: &str) -> String {
    let visible: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How the values beside the new one are quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Single,
    Double,
}

/// A value as YAML, safe inside `[ ]` and `{ }`.
pub(super) fn quoted(value: &str, style: Style) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}');
    if style == Style::Single && !value.chars().any(breaks) {
        return format!("'{}'", value.replace('\'', "''"));
    }
    let word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '’' | '·' | '(' | ')' | '\'' | '/');
    let lower = value.to_ascii_lowercase();
    let special = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&lower.as_str())
        || value.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '_' | 'e' | 'E' | 'x' | 'o' | '-'));
    let opens = value.chars().next().is_some_and(char::is_alphanumeric);
    if style == Style::Plain && opens && !special && value.chars().all(word) && !value.chars().any(breaks) {
        return value.to_owned();
    }
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            _ if breaks(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

fn line_end(text: &str) -> &'static str {
    if text.find('\n').is_some_and(|at| text.get(..at).is_some_and(|line| line.ends_with('\r'))) {
        "\r\n"
    } else {
        "\n"
    }
}

struct Editor<'a> {
    text: &'a str,
    value: &'a dyn Fn(Style) -> String,
    key: &'static str,
}

impl Editor<'_> {
    fn edit(&self, node: &Node<'_>, record: &Record, plain: bool) -> Vec<TextEdit> {
        let entry =
            node.entries().iter().find(|entry| &*entry.key.value == self.key || plain && &*entry.key.value == "alias");
        let Some(entry) = entry else { return self.new_key(node).into_iter().collect() };
        let edit = match &entry.value.kind {
            NodeKind::List(items) => match self.bracket(entry) {
                Some(open) => self.in_flow(open),
                None => self.in_block(items, entry),
            },
            NodeKind::Text { .. } if entry.value.is_blank() => self.after_colon(entry),
            NodeKind::Text { .. } => self.to_list(entry, record),
            NodeKind::Map(_) => None,
        };
        edit.into_iter().collect()
    }

    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The byte after the key's colon.
    fn colon(&self, entry: &Entry<'_>) -> Option<usize> {
        let end = entry.key.range.end as usize;
        let rest = self.rest(end);
        let closing = rest.len() - rest.trim_start_matches(['"', '\'']).len();
        let after = rest.get(closing..)?;
        let spaces = after.len() - after.trim_start_matches([' ', '\t']).len();
        after.trim_start_matches([' ', '\t']).starts_with(':').then_some(end + closing + spaces + 1)
    }

    /// Where the `[` of a list in brackets stands.
    fn bracket(&self, entry: &Entry<'_>) -> Option<usize> {
        let colon = self.colon(entry)?;
        let rest = self.rest(colon);
        let value = rest.trim_start();
        value.starts_with('[').then(|| colon + rest.len() - value.len())
    }

    /// A list in brackets: before the closing one.
    fn in_flow(&self, open: usize) -> Option<TextEdit> {
        let flow = Flow::read(self.rest(open))?;
        let style = self.style(open + 1);
        let value = (self.value)(style);
        let words = match flow.before {
            '[' => value,
            ',' => format!(" {value}"),
            _ => format!(", {value}"),
        };
        Some((ByteRange::empty(open + flow.end), words))
    }

    fn style(&self, at: usize) -> Style {
        match self.rest(at).trim_start().chars().next() {
            Some('\'') => Style::Single,
            Some('"') => Style::Double,
            _ => Style::Plain,
        }
    }

    /// A list with a hyphen for each item: below the last one.
    fn in_block(&self, items: &[Node<'_>], entry: &Entry<'_>) -> Option<TextEdit> {
        let colon = self.colon(entry)?;
        let last = items.last()?.range.start as usize;
        let mut dash: Option<(usize, usize)> = None;
        let mut end = None;
        let mut style = Style::Plain;
        let mut at = colon;
        for line in self.rest(colon).split_inclusive('\n') {
            let words = line.trim();
            let indent = line.len() - line.trim_start_matches(' ').len();
            let is_first = at == colon;
            let start = at;
            at += line.len();
            if is_first || words.is_empty() || words.starts_with('#') {
                continue;
            }
            match dash {
                None if words.starts_with('-') => {
                    style = self.style(start + indent + 1);
                    dash = Some((indent, start));
                }
                None => return None,
                Some((column, _)) if indent == column && words.starts_with("- ") => (),
                Some((column, _)) if column < indent => (),
                Some(_) => break,
            }
            end = Some(start + line.trim_end().len());
        }
        let ((indent, _), end) = (dash?, end?);
        if end < last {
            return None;
        }
        let value = (self.value)(style);
        Some((ByteRange::empty(end), format!("{}{}- {value}", line_end(self.text), " ".repeat(indent))))
    }

    fn after_colon(&self, entry: &Entry<'_>) -> Option<TextEdit> {
        let at = self.colon(entry)?;
        // `aliases: ""` and `~` are values too.
        let line = self.rest(at).lines().next().unwrap_or_default();
        let written = line.split(" #").next().unwrap_or_default();
        let value = format!(" [{}]", (self.value)(Style::Plain));
        Some((ByteRange::new(at, at + written.trim_end().len()), value))
    }

    /// `aliases: One` becomes `aliases: [One, Two]`.
    fn to_list(&self, entry: &Entry<'_>, record: &Record) -> Option<TextEdit> {
        let colon = self.colon(entry)?;
        let line = self.rest(colon).lines().next()?;
        if line.trim_start().starts_with(['|', '>', '&', '*', '!']) {
            return None;
        }
        let range = entry.value.range;
        let style = self.style(colon);
        let quotes = usize::from(style != Style::Plain);
        let range = ByteRange::new((range.start as usize).checked_sub(quotes)?, range.end as usize + quotes);
        let not = record.not.iter().map(|id| Spanned::new(id.value.as_str(), id.range));
        let listed = record.names.iter().map(|name| name.text).chain(not);
        let listed = listed.filter(|value| entry.value.range.covers(value.range));
        let mut values: Vec<String> = listed.map(|value| quoted(value.value, style)).collect();
        values.push((self.value)(style));
        Some((range, format!("[{}]", values.join(", "))))
    }

    /// A key that the record does not have: after its name.
    fn new_key(&self, node: &Node<'_>) -> Option<TextEdit> {
        let value = (self.value)(Style::Plain);
        let entries = node.entries();
        let anchor = entries.iter().find(|entry| &*entry.key.value == "name");
        let Some(entry) = anchor.filter(|entry| entry.value.as_text().is_some()) else {
            let first = entries.first()?;
            let column = self.column(first);
            let start = first.key.range.start as usize;
            return Some((ByteRange::empty(start), format!("{}: [{value}]{}{column}", self.key, line_end(self.text))));
        };
        let is_flow = self.text.get(node.range.start as usize..).is_some_and(|text| text.starts_with('{'));
        let end = entry.value.range.end as usize;
        let quote =
            usize::from(self.rest(end).starts_with(['"', '\'']) && self.style(self.colon(entry)?) != Style::Plain);
        if is_flow {
            return Some((ByteRange::empty(end + quote), format!(", {}: [{value}]", self.key)));
        }
        let line = self.rest(end).split('\n').next().unwrap_or_default();
        let end = end + line.trim_end().len();
        let column = self.column(entry);
        Some((ByteRange::empty(end), format!("{}{column}{}: [{value}]", line_end(self.text), self.key)))
    }

    /// White space as wide as what stands before a key.
    fn column(&self, entry: &Entry<'_>) -> String {
        let before = self.text.get(..entry.key.range.start as usize).unwrap_or_default();
        let lead = before.rsplit('\n').next().unwrap_or_default().trim_end_matches(['"', '\'']);
        lead.chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect()
    }
}

/// What ends a list in brackets.
struct Flow {
    /// Where the last thing in it ends.
    end: usize,
    /// That thing's last character; `[` in an empty list.
    before: char,
}

impl Flow {
    /// Reads from the opening bracket on.
    fn read(text: &str) -> Option<Flow> {
        let mut depth = 0;
        let mut flow = Flow { end: 0, before: '[' };
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let starts_value = matches!(flow.before, '[' | ',' | '{' | ':');
            match c {
                '[' | '{' => depth += 1,
                ']' | '}' => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(flow);
                    }
                }
                '"' | '\'' if starts_value => loop {
                    match chars.next()?.1 {
                        '\\' if c == '"' => drop(chars.next()),
                        end if end == c && !(c == '\'' && chars.next_if(|(_, next)| *next == '\'').is_some()) => break,
                        _ => (),
                    }
                },
                '#' if text.get(..at).is_some_and(|it| it.ends_with(char::is_whitespace)) => {
                    while chars.next_if(|(_, next)| *next != '\n').is_some() {}
                    continue;
                }
                _ if c.is_whitespace() => continue,
                _ => (),
            }
            flow.end = chars.peek().map_or(text.len(), |(next, _)| *next);
            flow.before = c;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record;
    use proptest::prelude::*;

    fn applied(path: &str, text: &str, n: usize, alias: &str, lang: Option<&str>, kind: Option<NameKind>) -> String {
        let (records, _) = record::read(path, text);
        let mut text = text.to_owned();
        for (range, words) in add_alias(&text.clone(), &records[n], alias, lang, kind) {
            text.replace_range(range.start as usize..range.end as usize, &words);
        }
        text
    }

    #[track_caller]
    fn check(path: &str, before: &str, after: &str) {
        assert_eq!(applied(path, before, 0, "New", None, None), after);
    }

    #[test]
    fn every_style_of_list_is_kept() {
        check(
            "a.md",
            "---\nname: A\naliases: [B, C] # c\n---\nProse",
            "---\nname: A\naliases: [B, C, New] # c\n---\nProse",
        );
        check("a.md", "---\nname: A\naliases: ['B']\n---\n", "---\nname: A\naliases: ['B', 'New']\n---\n");
        check("a.md", "---\nname: A\naliases: [\"B\",]\n---\n", "---\nname: A\naliases: [\"B\", \"New\"]\n---\n");
        check("a.md", "---\nname: A\naliases: []\n---\n", "---\nname: A\naliases: [New]\n---\n");
        check(
            "a.md",
            "---\naliases:\n  - B\n  # c\n  - C\nname: A\n---\n",
            "---\naliases:\n  - B\n  # c\n  - C\n  - New\nname: A\n---\n",
        );
        check("a.md", "---\naliases:\n- B\nname: A\n---\n", "---\naliases:\n- B\n- New\nname: A\n---\n");
        check("a.md", "---\naliases: B\nname: A\n---\n", "---\naliases: [B, New]\nname: A\n---\n");
        check("a.md", "---\naliases: B, C\nname: A\n---\n", "---\naliases: [B, C, New]\nname: A\n---\n");
        check("a.md", "---\naliases: # none\nname: A\n---\n", "---\naliases: [New] # none\nname: A\n---\n");
        check("a.md", "---\nname: A # c\ntype: media\n---\n", "---\nname: A # c\naliases: [New]\ntype: media\n---\n");
        check("a.md", "---\r\nname: A\r\n---\r\n", "---\r\nname: A\r\naliases: [New]\r\n---\r\n");
        check("a.md", "---\ntype: media\n---\n", "---\naliases: [New]\ntype: media\n---\n");
        check("acme.md", "Prose only", "---\nname: acme\naliases: [New]\n---\nProse only");
        check(
            "a.yaml",
            "- name: \"A\"\n  type: media\n- name: B\n",
            "- name: \"A\"\n  aliases: [New]\n  type: media\n- name: B\n",
        );
        check("a.yaml", "{name: A, type: media}\n", "{name: A, aliases: [New], type: media}\n");
        check(
            "a.jsonl",
            "{\"id\":\"a\",\"schema\":\"Company\",\"properties\":{\"name\":[\"A\"]}}\n",
            "{\"id\":\"a\",\"schema\":\"Company\",\"properties\":{\"name\":[\"A\"]}}\n",
        );
    }

    #[test]
    fn a_name_of_which_more_is_known_goes_under_names() {
        let after = applied("a.md", "---\nname: A\n---\n", 0, "Les A", Some("fr"), Some(NameKind::Weak));
        assert_eq!(after, "---\nname: A\nnames: [{name: Les A, lang: fr, kind: weak}]\n---\n");
        let after = applied("a.md", &after, 0, "PDM: x", None, Some(NameKind::Abbreviation));
        assert_eq!(
            after,
            "---\nname: A\nnames: [{name: Les A, lang: fr, kind: weak}, {name: \"PDM: x\", kind: abbreviation}]\n---\n"
        );
        let block = "---\nnames:\n  - name: B\n    lang: fr\nname: A\n---\n";
        let after = applied("a.md", block, 0, "C", Some("fr"), None);
        assert_eq!(after, "---\nnames:\n  - name: B\n    lang: fr\n  - {name: C, lang: fr}\nname: A\n---\n");
    }

    #[test]
    fn a_new_record_takes_a_free_path() {
        let taken = |path: &str| path == "actors/jane-doe.md" || path == "actors/jane-doe-2.md";
        let (path, text) = create_record("actors", "Jane \"Doe\"", "person", &taken);
        assert_eq!(
            (path.as_str(), text.as_str()),
            ("actors/jane-doe-3.md", "---\ntype: person\nname: \"Jane \\\"Doe\\\"\"\n---\n")
        );
        assert_eq!(create_record("actors", "🦊", "person", &|_| false).0, "actors/actor.md");
        assert_eq!(create_record("actors/", "人民数据", "organization", &|_| false).0, "actors/人民数据.md");
    }

    const RECORDS: &[&str] = &[
        "---\nname: A\naliases: [B, 'C d', \"E\"] # c\ntype: media\n---\nProse\n",
        "---\nname: 'A'\n---\n",
        "---\naliases:\n  - B # one\n\n  - 'C'\nname: A\n---\n",
        "---\naliases: B\nname: A\n---\n",
        "---\naliases:\nname: A\nnames: [{name: X, lang: fr}]\n---\n",
        "name: A\ncountry: cn\n",
        "- {name: A}\n- {name: B}\n",
        "",
    ];

    proptest! {
        #[test]
        fn what_was_added_is_read_back(alias in "[\\PC\\t]{1,24}|[\"':#,\\[\\]{}&*!|>%@` a人🦊-]{1,12}", case in 0..RECORDS.len(), weak: bool) {
            let text = RECORDS[case];
            let path = if text.starts_with("---") || text.is_empty() { "a.md" } else { "a.yaml" };
            let kind = weak.then_some(NameKind::Weak);
            let after = applied(path, text, 0, &alias, None, kind);
            let (records, findings) = record::read(path, &after);
            let alias = one_line(&alias);
            if !alias.is_empty() {
                prop_assert!(records[0].names.iter().any(|name| name.text.value == alias), "{after:?} {findings:?}");
            }
            let (before, _) = record::read(path, text);
            prop_assert_eq!(records.len(), before.len());
            for name in &before[0].names {
                prop_assert!(records[0].names.iter().any(|other| other.text.value == name.text.value), "{after:?}");
            }
        }

        #[test]
        fn a_new_record_bears_its_name(name in "\\PC{1,24}") {
            let (path, text) = create_record("actors", &name, "person", &|_| false);
            let (records, findings) = record::read(&path, &text);
            if !one_line(&name).is_empty() {
                prop_assert_eq!(records[0].caption(), one_line(&name));
                prop_assert!(findings.is_empty(), "{:?}", findings);
            }
        }
    }
}
