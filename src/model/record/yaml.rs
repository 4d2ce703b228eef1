//! One record from a mapping, and the files that hold such mappings.

use super::names::{read_aliases, read_names};
use super::relations::{read_facts, read_relations};
use super::vocabulary::{FOREIGN_KEYS, FRIENDLY_TYPES, PROPERTIES, RECORD_KEYS, SCHEMAS, TOPICS};
use super::{MAX_RECORDS, Name, NameKind, Names, Record, front_matter, ftm_schema};
use crate::model::node::{Entry, Node, NodeKind, Reporter, nearest, read_yaml};
use crate::model::{Code, Finding, Severity, Spanned};
use crate::text::ByteRange;

/// The rule that speaks in this module and its siblings.
pub(super) const REPORT: Reporter = Reporter { code: Code::InvalidRecord };

/// Reads a Markdown note about one actor.
pub(super) fn read_note(stem: &str, text: &str) -> (Vec<Record>, Vec<Finding>) {
    let whole = ByteRange::new(0, text.len());
    let Some(parts) = front_matter(text) else {
        let prose = front_matter::prose(text, 0);
        let line = ByteRange::new(prose.start as usize, prose.start as usize + first_line(prose.of(text)).len());
        let message = "this record has no front matter, so only the file's name is looked for in texts; begin the file \
                       with the lines “---”, “name: …” and “---”";
        let mut record = empty(stem, whole);
        record.prose = Spanned::new(prose.of(text).unwrap_or_default().to_owned(), prose);
        record.names = Names::from_iter([stand_in(&record)]);
        return (vec![record.fitting()], vec![REPORT.say(line, message)]);
    };
    let yaml = parts.yaml.of(text).unwrap_or_default();
    let reading = read_yaml(yaml, parts.yaml.start as usize, Code::InvalidRecord);
    let mut findings = reading.findings;
    if !parts.closed {
        let fence = text.find("---").unwrap_or(0);
        let message = "the front matter is not closed, so the file has no prose; put a line “---” below the last key";
        findings.push(REPORT.say(ByteRange::new(fence, fence + 3), message));
    }
    let mut record = empty(stem, whole);
    let names = match reading.documents.first() {
        Some(node) if matches!(node.kind, NodeKind::Map(_)) => fill(&mut record, node, &mut findings),
        Some(node) => {
            findings.push(not_a_mapping(node));
            Vec::new()
        }
        None => Vec::new(),
    };
    complete(&mut record, names, &mut findings, ByteRange::empty(parts.yaml.start as usize));
    record.prose = Spanned::new(parts.prose.of(text).unwrap_or_default().to_owned(), parts.prose);
    findings.sort_by_key(|finding| finding.range);
    (vec![record.fitting()], findings)
}

/// Reads a YAML file of one or many actors: documents, or items of a list.
pub(super) fn read_file(stem: &str, text: &str) -> (Vec<Record>, Vec<Finding>) {
    let reading = read_yaml(text, 0, Code::InvalidRecord);
    let mut findings = reading.findings;
    let nodes: Vec<&Node<'_>> = reading.documents.iter().flat_map(Node::items).collect();
    let mut records = Vec::new();
    for node in &nodes {
        if records.len() == MAX_RECORDS {
            let message =
                format!("the file holds more than {MAX_RECORDS} records; what follows is left out, so split it");
            findings.push(REPORT.say(node.range, message));
            break;
        }
        if !matches!(node.kind, NodeKind::Map(_)) {
            findings.push(not_a_mapping(node));
            continue;
        }
        let default_id = if nodes.len() == 1 {
            stem.to_owned()
        } else {
            node.get("name").and_then(Node::as_text).map_or_else(|| format!("{stem}-{}", records.len() + 1), slug)
        };
        let mut record = empty(&default_id, node.range);
        let names = fill(&mut record, node, &mut findings);
        complete(&mut record, names, &mut findings, first_key(node));
        records.push(record.fitting());
    }
    findings.sort_by_key(|finding| finding.range);
    (records, findings)
}

fn first_key(node: &Node<'_>) -> ByteRange {
    node.entries().first().map_or(node.range, |entry| entry.key.range)
}

fn first_line(text: Option<&str>) -> &str {
    text.and_then(|text| text.lines().next()).unwrap_or_default()
}

fn not_a_mapping(node: &Node<'_>) -> Finding {
    let message =
        format!("this is {}, where a record is expected; write “name: …” and the other keys", node.kind_word());
    REPORT.say(node.range, message)
}

/// A name as an id: lower case, a hyphen for every run of other characters.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.trim().chars().flat_map(char::to_lowercase) {
        match c {
            _ if c.is_alphanumeric() => slug.push(c),
            '\'' | '’' => (),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => (),
        }
    }
    slug.trim_end_matches('-').to_owned()
}

pub(super) fn empty(id: &str, range: ByteRange) -> Record {
    Record::new(Spanned::new(id.to_owned(), ByteRange::empty(range.start as usize)), range)
}

fn stand_in(record: &Record) -> Name {
    let text = Spanned::new(record.id.value.clone(), record.id.range);
    Name { text, lang: None, kind: NameKind::Canonical, case: None }
}

/// Gives the record its names, and sees to it that one is canonical.
fn complete(record: &mut Record, mut names: Vec<Name>, findings: &mut Vec<Finding>, place: ByteRange) {
    if names.first().is_some_and(|name| name.kind == NameKind::Canonical) {
        record.names = names.into();
        return;
    }
    let name = stand_in(record);
    let message = format!("the record has no name, so its id “{}” stands in for one; add “name: …”", name.text.value);
    findings.push(REPORT.say(place, message));
    names.insert(0, name);
    record.names = names.into();
}

/// Reads every key of a record; returns its names.
fn fill(record: &mut Record, node: &Node<'_>, findings: &mut Vec<Finding>) -> Vec<Name> {
    let mut names = Vec::new();
    if let Some(id) = node.get("id") {
        match one_word(id, "id", findings) {
            Some(id) => record.id = id,
            None => record.id.range = ByteRange::empty(id.range.start as usize),
        }
    }
    for entry in node.entries() {
        let value = &entry.value;
        match &*entry.key.value {
            "id" => (),
            "type" | "schema" => {
                record.schema = one_word(value, "type", findings).inspect(|it| check_type(it, findings))
            }
            "name" => {
                if let Some(text) = one_word(value, "name", findings) {
                    names.insert(0, Name { text, lang: None, kind: NameKind::Canonical, case: None });
                }
            }
            "aliases" | "alias" => read_aliases(&mut names, value, findings),
            "names" => read_names(&mut names, value, findings),
            "country" | "countries" => record.countries.extend(words(value, &entry.key.value, findings)),
            "topics" | "topic" => {
                let topics = words(value, &entry.key.value, findings);
                topics.iter().for_each(|topic| check_topic(topic, findings));
                record.topics.extend(topics);
            }
            "facts" => read_facts(record, value, findings),
            "relations" => read_relations(record, value, findings),
            "not" => record.not.extend(words(value, "not", findings)),
            "mergedInto" | "merged_into" => record.merged_into = one_word(value, "mergedInto", findings),
            _ => findings.extend(unknown_key(entry)),
        }
    }
    names
}

fn unknown_key(entry: &Entry<'_>) -> Option<Finding> {
    let key = &*entry.key.value;
    if FOREIGN_KEYS.contains(&key) || key.starts_with("x-") || key.starts_with('_') {
        return None;
    }
    if PROPERTIES.contains(&key) {
        let message = format!(
            "“{key}” is a property and not a key of a record, so it is not shown; list it under “facts” with its source: \
             {{property: {key}, value: …, source: …}}"
        );
        return Some(Finding { severity: Severity::Information, ..REPORT.say(entry.key.range, message) });
    }
    Some(match nearest(key, RECORD_KEYS.iter().map(|(word, _)| *word)) {
        Some(right) => {
            let message = format!("the key “{key}” is not known and is left out; did you mean “{right}”?");
            REPORT.say(entry.key.range, message).with("replacement", right)
        }
        None => {
            let message =
                format!("the key “{key}” is not known and is left out; put it under “facts”, or into the prose");
            Finding { severity: Severity::Hint, ..REPORT.say(entry.key.range, message) }
        }
    })
}

/// A single word or line; `None` where there is none.
pub(super) fn one_word(node: &Node<'_>, key: &str, findings: &mut Vec<Finding>) -> Option<Spanned<String>> {
    match &node.kind {
        NodeKind::Text { .. } => node.spanned(),
        NodeKind::List(_) | NodeKind::Map(_) => {
            let first = node.items().iter().find_map(Node::spanned);
            let what = if first.is_some() { "so only its first entry is read" } else { "so it is left out" };
            let message = format!("“{key}” takes one value, but this is {}, {what}; write one value", node.kind_word());
            findings.push(REPORT.say(node.range, message));
            first
        }
    }
}

/// One word or a list of them.
pub(super) fn words(node: &Node<'_>, key: &str, findings: &mut Vec<Finding>) -> Vec<Spanned<String>> {
    let mut words = Vec::new();
    for item in node.items() {
        match &item.kind {
            NodeKind::Text { .. } => words.extend(item.spanned()),
            NodeKind::List(_) | NodeKind::Map(_) => {
                let message =
                    format!("an entry of “{key}” must be plain text, but this is {}; it is left out", item.kind_word());
                findings.push(REPORT.say(item.range, message));
            }
        }
    }
    words
}

/// Says that a word is not one of the right ones.
pub(super) fn wrong_word<'w>(
    what: &str,
    word: &Spanned<String>,
    right: impl IntoIterator<Item = &'w str> + Clone,
    otherwise: &str,
) -> Finding {
    match nearest(&word.value, right) {
        Some(near) => {
            let message = format!("“{}” is no {what} that is known; did you mean “{near}”?", word.value);
            REPORT.say(word.range, message).with("replacement", near)
        }
        None => REPORT.say(word.range, format!("“{}” is no {what} that is known; {otherwise}", word.value)),
    }
}

pub(super) fn check_type(word: &Spanned<String>, findings: &mut Vec<Finding>) {
    if ftm_schema(&word.value).is_some() {
        return;
    }
    let right = FRIENDLY_TYPES.iter().map(|(ours, _)| *ours).chain(SCHEMAS.iter().copied());
    let otherwise = "write person, company, organization, state, media, think-tank, platform, or a FollowTheMoney \
                     schema such as PublicBody";
    findings.push(wrong_word("type", word, right, otherwise));
}

fn check_topic(word: &Spanned<String>, findings: &mut Vec<Finding>) {
    if !TOPICS.contains(&word.value.as_str()) {
        let otherwise = "use a FollowTheMoney topic such as gov.soe, or tell it in the prose";
        findings.push(wrong_word("topic", word, TOPICS.iter().copied(), otherwise));
    }
}
