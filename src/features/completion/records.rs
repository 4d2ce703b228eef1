//! What a place in a record takes.

use super::yaml::{Slot, slot};
use super::{CompletionOptions, Proposal, ProposalKind, Proposals, best, fit, ids, keys};
use crate::corpus::{Document, Snapshot};
use crate::model::record::vocabulary::{
    EDGES, FACT_KEYS, FRIENDLY_TYPES, NAME_KINDS, PROPERTIES, RECORD_KEYS, RELATION_KEYS, SCHEMAS, TOPICS,
};
use crate::model::record::{EdgeSchema, front_matter};
use crate::text::ByteRange;
use crate::text::fold::fold;

/// The keys of an entry under `names`.
const NAME_KEYS: &[(&str, &str)] = &[
    ("name", "The name itself."),
    ("lang", "The language of the name, such as fr or zh."),
    ("kind", "What sort of name it is."),
    ("match", "How letter case counts: case, exact or never."),
    ("source", "The citation key of the source."),
    ("note", "A remark."),
];

/// How letter case counts.
const MATCHES: &[(&str, &str)] =
    &[("case", "only as written, accents aside"), ("exact", "only as written, to the letter"), ("never", "not at all")];

/// Which of several statements is shown.
const RANKS: &[(&str, &str)] =
    &[("preferred", "shown first"), ("normal", "shown"), ("deprecated", "kept, but known to be wrong or outdated")];

/// What can be written in a record.
pub(super) fn complete(snapshot: &Snapshot, document: &Document, offset: u32, options: CompletionOptions) -> Proposals {
    let Some(slot) = yaml_before(document, offset).as_deref().and_then(slot) else { return Proposals::default() };
    let mut proposals = proposals(snapshot, &slot, options);
    proposals.replaced = ByteRange::new((offset as usize).saturating_sub(slot.typed.len()), offset as usize);
    if slot.lacks_space {
        for item in &mut proposals.items {
            item.insert.insert(0, ' ');
        }
    }
    proposals
}

/// The YAML from its beginning to the cursor; nothing in prose and in files of other formats.
fn yaml_before(document: &Document, offset: u32) -> Option<String> {
    let path = document.path.to_ascii_lowercase();
    let before = |start: usize| document.buffer.slice(ByteRange::new(start, offset as usize)).into_owned();
    if path.ends_with(".yaml") || path.ends_with(".yml") {
        let text = before(0);
        // Each document of a file begins anew.
        return Some(text.rsplit("\n---\n").next().unwrap_or_default().to_owned());
    }
    if !path.ends_with(".md") && !path.ends_with(".markdown") {
        return None;
    }
    let yaml = front_matter(&document.buffer.text())?.yaml;
    (yaml.start <= offset && offset <= yaml.end).then(|| before(yaml.start as usize))
}

fn proposals(snapshot: &Snapshot, slot: &Slot, options: CompletionOptions) -> Proposals {
    let limit = options.limit;
    let typed = slot.typed.as_str();
    let list = |words: &[&'static str]| words_of(words.iter().map(|word| (*word, "")), typed, limit);
    let told = |words: &[(&'static str, &'static str)]| words_of(words.iter().copied(), typed, limit);
    match (slot.parent.as_str(), slot.key.as_deref()) {
        ("", None) => record_keys(slot, options),
        ("", Some("type")) => types(typed, limit),
        ("" | "topics", Some("topics")) | ("topics", None) => list(TOPICS),
        ("" | "not", Some("not" | "mergedInto")) | ("not", None) => ids(snapshot, typed, limit),
        ("facts" | "relations" | "names", Some("source")) => keys(snapshot, typed, limit),
        ("facts" | "relations", Some("rank")) => told(RANKS),
        ("facts", None) => fields(FACT_KEYS.iter().map(|key| (*key, "")), slot, limit),
        ("facts", Some("property")) => list(PROPERTIES),
        ("relations", None) => relation_keys(slot, limit),
        ("relations", Some("type")) => words_of(EDGES.iter().map(|edge| (edge.name, edge.source.1)), typed, limit),
        ("relations", Some(role)) if EDGES.iter().any(|edge| edge.roles().contains(&role)) => {
            ids(snapshot, typed, limit)
        }
        ("names", None) => fields(NAME_KEYS.iter().copied(), slot, limit),
        ("names", Some("kind")) => told(NAME_KINDS),
        ("names", Some("match")) => told(MATCHES),
        _ => Proposals::default(),
    }
}

fn word(label: &str, about: &str) -> Proposal {
    Proposal {
        label: label.to_owned(),
        detail: String::new(),
        about: about.to_owned(),
        kind: ProposalKind::Word,
        insert: label.to_owned(),
        snippet: None,
    }
}

fn words_of<'w>(words: impl Iterator<Item = (&'w str, &'w str)>, typed: &str, limit: usize) -> Proposals {
    let typed = fold(typed.trim());
    let fitting = words.filter_map(|(label, about)| Some((fit(&typed, [label])?, word(label, about))));
    best(fitting.collect(), limit)
}

fn types(typed: &str, limit: usize) -> Proposals {
    let typed = fold(typed.trim());
    let ours = FRIENDLY_TYPES.iter().map(|(ours, schema)| (*ours, *schema));
    let theirs = SCHEMAS.iter().map(|schema| (*schema, ""));
    let fitting = ours.chain(theirs).filter_map(|(label, schema)| {
        let detail = schema.to_owned();
        Some((fit(&typed, [label])?, Proposal { detail, ..word(label, "") }))
    });
    best(fitting.collect(), limit)
}

/// Keys that do not stand there yet.
fn fields<'w>(keys: impl Iterator<Item = (&'w str, &'w str)>, slot: &Slot, limit: usize) -> Proposals {
    let typed = fold(slot.typed.trim());
    let fitting =
        keys.filter(|(key, _)| slot.siblings.iter().all(|(known, _)| known != key)).filter_map(|(key, about)| {
            let rank = fit(&typed, [key])?;
            Some((rank, Proposal { kind: ProposalKind::Field, insert: format!("{key}: "), ..word(key, about) }))
        });
    best(fitting.collect(), limit)
}

fn record_keys(slot: &Slot, options: CompletionOptions) -> Proposals {
    let mut proposals = fields(RECORD_KEYS.iter().copied(), slot, options.limit);
    let inner = " ".repeat(slot.indent + 2);
    for item in &mut proposals.items {
        let entry = match item.label.as_str() {
            "facts" => "{property: ${1:sector}, value: ${2}, source: ${3}}",
            "relations" => "{type: ${1:Ownership}, ${2:owner}: ${3}, source: ${4}}",
            "names" => "{name: ${1}, lang: ${2}}",
            "topics" | "aliases" | "not" => {
                item.insert = format!("{}: []", item.label);
                item.snippet = options.snippets.then(|| format!("{}: [${{1}}]", item.label));
                continue;
            }
            _ => continue,
        };
        item.insert = format!("{}:\n{inner}- ", item.label);
        item.snippet = options.snippets.then(|| format!("{}:\n{inner}- {entry}", item.label));
    }
    proposals
}

/// The roles of the relation's type first, then the other keys.
fn relation_keys(slot: &Slot, limit: usize) -> Proposals {
    let edge = slot.siblings.iter().find(|(key, _)| key == "type").and_then(|(_, name)| EdgeSchema::find(name));
    let mut proposals = Proposals::default();
    if let Some(edge) = edge {
        let roles = [(edge.source.0, edge.source.1), (edge.target.0, edge.target.1)];
        proposals = fields(roles.into_iter(), slot, limit);
        for item in &mut proposals.items {
            item.detail = format!("{} of the {}", item.label, edge.name);
            item.about = String::new();
        }
    }
    let is_role = |key: &str| edge.is_some_and(|edge| edge.roles().contains(&key));
    let others = RELATION_KEYS.iter().filter(|key| !is_role(key)).map(|key| (*key, ""));
    let others = fields(others, slot, limit);
    proposals.items.extend(others.items);
    proposals.items.truncate(limit);
    proposals
}
