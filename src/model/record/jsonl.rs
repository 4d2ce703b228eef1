//! FollowTheMoney JSON lines: one entity a line, edges as entities of their own.

use std::collections::BTreeMap;

use super::vocabulary::{NO_ACTORS, PROPERTIES};
use super::yaml::{REPORT, check_type, empty};
use super::{EdgeSchema, Evidence, Fact, MAX_RECORDS, Name, NameKind, Rank, Record, Relation};
use crate::model::node::{Node, NodeKind, read_json};
use crate::model::{Code, Finding, Spanned};
use crate::text::ByteRange;

/// Reads entities line by line; edges become relations of the records at their ends.
pub(super) fn read(text: &str) -> (Vec<Record>, Vec<Finding>) {
    let (mut records, mut findings) = (Vec::new(), Vec::new());
    let mut edges = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches('\u{feff}').trim();
        let start = offset + line.find(words).unwrap_or(0);
        offset += line.len();
        if words.is_empty() {
            continue;
        }
        let reading = read_json(words, start, Code::InvalidRecord);
        findings.extend(reading.findings);
        for node in reading.documents.iter().flat_map(Node::items) {
            if records.len() == MAX_RECORDS {
                let message =
                    format!("the file holds more than {MAX_RECORDS} records; what follows is left out, so split it");
                findings.push(REPORT.say(node.range, message));
                return (records.into_iter().map(Record::fitting).collect(), findings);
            }
            match read_entity(node, &mut findings) {
                Some(Entity::Actor(record)) => records.push(*record),
                Some(Entity::Edge(ends)) => edges.push(*ends),
                None => (),
            }
        }
    }
    attach(&mut records, edges);
    (records.into_iter().map(Record::fitting).collect(), findings)
}

enum Entity {
    Actor(Box<Record>),
    Edge(Box<Ends>),
}

/// An edge: its relation as each end sees it.
struct Ends {
    /// The id of the end that the relation is for.
    owners: Vec<Spanned<String>>,
    others: Vec<Spanned<String>>,
    edge: &'static EdgeSchema,
    template: Relation,
}

fn read_entity(node: &Node<'_>, findings: &mut Vec<Finding>) -> Option<Entity> {
    let (id, schema) = (node.get("id").and_then(Node::spanned), node.get("schema").and_then(Node::spanned));
    let (Some(id), Some(schema)) = (id, schema) else {
        let message =
            "this line is no FollowTheMoney entity, so it is left out; it needs “id”, “schema” and “properties”";
        findings.push(REPORT.say(node.range, message));
        return None;
    };
    let none = Node { range: ByteRange::empty(node.range.end as usize), kind: NodeKind::Map(Vec::new()) };
    let properties = node.get("properties").unwrap_or(&none);
    if let Some(edge) = EdgeSchema::find(&schema.value) {
        return Some(Entity::Edge(Box::new(read_edge(node, schema, edge, properties))));
    }
    if NO_ACTORS.contains(&schema.value.as_str()) {
        return None;
    }
    check_type(&schema, findings);
    let mut record = empty(&id.value, node.range);
    record.id = id;
    record.schema = Some(schema);
    let mut names = read_properties(&mut record, properties);
    names.sort_by_key(|name| name.kind); // The canonical one first; the sort keeps the order of the file.
    let caption = node.get("caption").and_then(Node::spanned);
    if names.first().is_none_or(|name| name.kind != NameKind::Canonical) {
        let text = caption.unwrap_or_else(|| {
            let message = format!("the entity has no name, so its id “{}” stands in for one", record.id.value);
            findings.push(REPORT.say(record.id.range, message));
            record.id.clone()
        });
        names.insert(0, Name { text, lang: None, kind: NameKind::Canonical, case: None });
    }
    record.names = names.into();
    Some(Entity::Actor(Box::new(record)))
}

/// Reads what an entity says; returns its names.
fn read_properties(record: &mut Record, properties: &Node<'_>) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for entry in properties.entries() {
        let values = entry.value.items().iter().filter_map(Node::spanned);
        let kind = match &*entry.key.value {
            "name" => NameKind::Canonical,
            "alias" => NameKind::Alias,
            "previousName" => NameKind::Former,
            "weakAlias" => NameKind::Weak,
            "abbreviation" => NameKind::Abbreviation,
            "country" => {
                record.countries.extend(values);
                continue;
            }
            "topics" => {
                record.topics.extend(values);
                continue;
            }
            "summary" | "notes" | "description" if record.prose.value.is_empty() => {
                record.prose = values.into_iter().next().unwrap_or_else(|| record.prose.clone());
                continue;
            }
            property => {
                let property = Spanned::new(property.to_owned(), entry.key.range);
                let fact = |value: Spanned<String>| Fact {
                    range: value.range,
                    property: property.clone(),
                    value,
                    evidence: Evidence::default(),
                    more: Vec::new(),
                };
                if PROPERTIES.contains(&property.value.as_str()) {
                    record.facts.extend(values.map(fact));
                }
                continue;
            }
        };
        for text in values {
            // One name is canonical; entities often have the same in several scripts.
            let taken = names.iter().any(|name| name.kind == NameKind::Canonical);
            let kind = if kind == NameKind::Canonical && taken { NameKind::Alias } else { kind };
            if names.iter().all(|name| name.text.value != text.value) {
                names.push(Name { text, lang: None, kind, case: None });
            }
        }
    }
    names
}

fn read_edge(node: &Node<'_>, schema: Spanned<String>, edge: &'static EdgeSchema, properties: &Node<'_>) -> Ends {
    let all = |key: &str| -> Vec<Spanned<String>> {
        properties.get(key).map(|it| it.items().iter().filter_map(Node::spanned).collect()).unwrap_or_default()
    };
    let source = all("proof").into_iter().next();
    let mut more = Vec::new();
    for entry in properties.entries() {
        let key = &*entry.key.value;
        if edge.roles().contains(&key) || key == "proof" {
            continue;
        }
        let values: Vec<&str> = entry.value.items().iter().filter_map(Node::as_text).collect();
        if !values.is_empty() {
            more.push((key.to_owned(), values.join(", ")));
        }
    }
    let nowhere = Spanned::new(String::new(), ByteRange::empty(node.range.start as usize));
    let evidence = Evidence { source, locator: None, quote: None, rank: Rank::Normal };
    let template = Relation { range: node.range, schema, role: nowhere.clone(), other: nowhere, evidence, more };
    Ends { owners: all(edge.source.0), others: all(edge.target.0), edge, template }
}

/// Gives each edge to the records at its ends that the file holds.
fn attach(records: &mut [Record], edges: Vec<Ends>) {
    let by_id: BTreeMap<String, usize> =
        (0..).zip(records.iter()).map(|(idx, record)| (record.id.value.clone(), idx)).collect();
    let mut give = |this: &Spanned<String>, other: &Spanned<String>, role: &str, template: &Relation| {
        let Some(record) = by_id.get(&this.value).and_then(|idx| records.get_mut(*idx)) else { return };
        let role = Spanned::new(role.to_owned(), ByteRange::empty(other.range.start as usize));
        record.relations.push(Relation { role, other: other.clone(), ..template.clone() });
    };
    for Ends { owners, others, edge, template } in edges {
        for source in &owners {
            for target in &others {
                give(source, target, edge.target.0, &template);
                give(target, source, edge.source.0, &template);
            }
        }
    }
}
