//! The facts and relations of a record, each with its source.

use super::vocabulary::{EDGES, FACT_KEYS, PROPERTIES, RELATION_KEYS};
use super::yaml::{REPORT, one_word, wrong_word};
use super::{EdgeSchema, Evidence, Fact, Rank, Record, Relation};
use crate::model::node::{Entry, Node, NodeKind, nearest};
use crate::model::{Finding, Severity, Spanned};
use crate::text::ByteRange;

/// Reads `facts`.
pub(super) fn read_facts(record: &mut Record, node: &Node<'_>, findings: &mut Vec<Finding>) {
    for item in node.items() {
        if !matches!(item.kind, NodeKind::Map(_)) {
            let message = "a fact must be a mapping; write {property: …, value: …, source: …}";
            findings.push(REPORT.say(item.range, message));
            continue;
        }
        let property = item.get("property").or_else(|| item.get("prop")).and_then(Node::spanned);
        let values = item.get("value").map(Node::items).unwrap_or_default();
        let (Some(property), false) = (property, values.is_empty()) else {
            let message = "a fact needs a property and a value, so this one is left out; write {property: …, value: …, \
                           source: …}";
            findings.push(REPORT.say(item.range, message));
            continue;
        };
        let known = PROPERTIES.contains(&property.value.as_str());
        if let (false, Some(near)) = (known, nearest(&property.value, PROPERTIES.iter().copied())) {
            let message = format!(
                "“{}” is no FollowTheMoney property, so it is not exported; did you mean “{near}”?",
                property.value
            );
            let finding = REPORT.say(property.range, message).with("replacement", near);
            findings.push(Finding { severity: Severity::Information, ..finding });
        }
        let evidence = read_evidence(item, findings);
        let mut more = Vec::new();
        for entry in item.entries() {
            match &*entry.key.value {
                "property" | "prop" | "value" => (),
                key if is_evidence(key) => (),
                key => {
                    if !FACT_KEYS.contains(&key) {
                        findings.extend(unknown(entry, "a fact", FACT_KEYS));
                    }
                    more.extend(further(entry));
                }
            }
        }
        for value in values.iter().filter_map(Node::spanned) {
            let (property, evidence, more) = (property.clone(), evidence.clone(), more.clone());
            record.facts.push(Fact { range: item.range, property, value, evidence, more });
        }
    }
}

/// Reads `relations`.
pub(super) fn read_relations(record: &mut Record, node: &Node<'_>, findings: &mut Vec<Finding>) {
    for item in node.items() {
        if !matches!(item.kind, NodeKind::Map(_)) {
            let message = "a relation must be a mapping; write {type: Ownership, owner: …, source: …}";
            findings.push(REPORT.say(item.range, message));
            continue;
        }
        let relation = read_relation(&record.id.value, item, findings);
        record.relations.extend(relation);
    }
}

fn read_relation(id: &str, item: &Node<'_>, findings: &mut Vec<Finding>) -> Option<Relation> {
    let Some(written) = item.get("type").and_then(|it| one_word(it, "type", findings)) else {
        let message = "a relation needs a type, so this one is left out; write {type: Ownership, owner: …} or another \
                       edge of FollowTheMoney";
        findings.push(REPORT.say(item.range, message));
        return None;
    };
    let edge = EDGES.iter().find(|edge| edge.name.eq_ignore_ascii_case(&written.value));
    if edge.is_none() {
        let names = EDGES.iter().map(|edge| edge.name);
        let otherwise = "write Ownership, Control, Employment, Membership or another edge of FollowTheMoney, or \
                         UnknownLink where nothing more is known";
        findings.push(wrong_word("type of relation", &written, names, otherwise));
    }
    // A wrong type still has a direction where a role of any edge is given.
    let meant = edge.or_else(|| {
        let near = nearest(&written.value, EDGES.iter().map(|edge| edge.name));
        near.and_then(EdgeSchema::find)
    });
    let (role, other) = other_end(id, item, &written, meant, findings)?;
    let schema = Spanned::new(edge.map_or(written.value, |edge| edge.name.to_owned()), written.range);
    let roles = meant.map(EdgeSchema::roles).unwrap_or_default();
    let mut more = Vec::new();
    for entry in item.entries() {
        let key = &*entry.key.value;
        if key == "type" || key == role.value || roles.contains(&key) || is_evidence(key) {
            continue;
        }
        if !RELATION_KEYS.contains(&key) {
            findings.extend(unknown(entry, "a relation", RELATION_KEYS));
        }
        more.extend(further(entry));
    }
    Some(Relation { range: item.range, schema, role, other, evidence: read_evidence(item, findings), more })
}

/// The role and the id of the other actor.
fn other_end(
    id: &str,
    item: &Node<'_>,
    written: &Spanned<String>,
    edge: Option<&EdgeSchema>,
    findings: &mut Vec<Finding>,
) -> Option<(Spanned<String>, Spanned<String>)> {
    let end = |entry: &Entry<'_>| {
        let other = entry.value.items().iter().find_map(Node::spanned)?;
        Some((Spanned::new(entry.key.value.to_string(), entry.key.range), other))
    };
    let roles = edge.map(EdgeSchema::roles);
    let is_role = |key: &str| roles.is_none_or(|roles| roles.contains(&key)) && any_edge_with(key).is_some();
    let mut ends: Vec<_> = item.entries().iter().filter(|entry| is_role(&entry.key.value)).filter_map(end).collect();
    if 1 < ends.len() {
        ends.retain(|(_, other)| other.value != id);
        if ends.len() != 1 {
            let message = "a relation names the other actor only, under its role; keep one of the two";
            findings.push(REPORT.say(item.range, message));
        }
    }
    if let Some(found) = ends.into_iter().next() {
        return Some(found);
    }
    let name = edge.map_or(written.value.as_str(), |edge| edge.name);
    let expected = roles.map_or_else(|| "owner: …".to_owned(), |[a, b]| format!("{a}: …” or “{b}: …"));
    let wrong = item.entries().iter().find_map(|entry| Some((entry, any_edge_with(&entry.key.value)?)));
    if let Some((entry, other_edge)) = wrong {
        let key = &entry.key.value;
        let message = format!(
            "“{key}” is a role of {}, not of {name}, so this relation is left out; write “{expected}”",
            other_edge.name
        );
        findings.push(REPORT.say(entry.key.range, message));
        return None;
    }
    let near = item.entries().iter().find_map(|entry| {
        let near = nearest(&entry.key.value, roles.unwrap_or_default())?;
        (!RELATION_KEYS.contains(&&*entry.key.value)).then_some((entry, near))
    });
    if let Some((entry, near)) = near {
        let key = &entry.key.value;
        let message = format!("“{key}” is no role of {name}, so this relation is left out; did you mean “{near}”?");
        findings.push(REPORT.say(entry.key.range, message).with("replacement", near));
        return None;
    }
    let message = format!("this {name} does not say who the other actor is, so it is left out; write “{expected}”");
    findings.push(REPORT.say(item.range, message));
    None
}

fn any_edge_with(role: &str) -> Option<&'static EdgeSchema> {
    EDGES.iter().find(|edge| edge.roles().contains(&role))
}

fn is_evidence(key: &str) -> bool {
    matches!(key, "source" | "locator" | "at" | "quote" | "rank")
}

fn unknown(entry: &Entry<'_>, place: &str, right: &[&str]) -> Option<Finding> {
    let key = &*entry.key.value;
    let near = nearest(key, right.iter().copied())?;
    let message = format!("the key “{key}” is not known in {place}; did you mean “{near}”?");
    Some(REPORT.say(entry.key.range, message).with("replacement", near))
}

/// A further key as written; the entries of a list are joined.
fn further(entry: &Entry<'_>) -> Option<(String, String)> {
    let values: Vec<&str> = entry.value.items().iter().filter_map(Node::as_text).map(str::trim).collect();
    (!values.is_empty()).then(|| (entry.key.value.to_string(), values.join(", ")))
}

fn read_evidence(item: &Node<'_>, findings: &mut Vec<Finding>) -> Evidence {
    let text = |key: &str| item.get(key).and_then(Node::spanned);
    let rank = match text("rank") {
        None => Rank::Normal,
        Some(word) => match word.value.as_str() {
            "preferred" => Rank::Preferred,
            "normal" => Rank::Normal,
            "deprecated" => Rank::Deprecated,
            _ => {
                let ranks = ["preferred", "normal", "deprecated"];
                findings.push(wrong_word("rank", &word, ranks, "write preferred, normal or deprecated"));
                Rank::Normal
            }
        },
    };
    let source = item.get("source").and_then(|it| one_word(it, "source", findings)).map(citation_key);
    let locator = text("locator").or_else(|| text("at")).map(|it| it.value);
    Evidence { source, locator, quote: text("quote"), rank }
}

/// A citation key, which people also write as in a text: `@key`, `[@key]`.
fn citation_key(written: Spanned<String>) -> Spanned<String> {
    let key = written.value.trim_start_matches(['[', '@']).trim_end_matches(']');
    if key.len() == written.value.len() || key.is_empty() {
        return written;
    }
    let lead = written.value.find(key).unwrap_or(0);
    let start = written.range.start as usize + lead;
    let range = if written.range.len() == written.value.len() {
        ByteRange::new(start, start + key.len())
    } else {
        written.range
    };
    Spanned::new(key.to_owned(), range)
}
