//! Records as FollowTheMoney entities.
//!
//! Each actor is an entity, each relation one between two, each reference that a record cites a document that `proof`
//! points to. What FollowTheMoney has no place for (a date that is none, a property of another schema) stands in `notes`
//! or, of a relation, in `description`; what is known to be wrong (rank deprecated) is left out.

mod documents;
mod edges;
mod entity;

use super::ftm::KEYWORDS;
use super::{schema, values};
use crate::corpus::registry::Registry;
use crate::model::record::{Fact, NameKind, Rank, Record};
use documents::Documents;
use edges::{Link, links};
use entity::Entity;
use std::collections::{BTreeMap, BTreeSet};

/// The entities of a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Export {
    /// An entity a line, as JSON: actors by id, relations, documents. The same records give the same lines.
    pub lines: Vec<String>,
    /// What the user should know: relations that could not be told, or not as FollowTheMoney wants them.
    pub remarks: Vec<String>,
}

/// Makes entities of all records.
#[must_use]
pub fn export(registry: &Registry) -> Export {
    let actors = Actors::new(registry);
    let mut documents = Documents::new(registry, &actors.taken);
    let mut export = Export::default();
    let links = links(&actors, &mut export.remarks);
    let schemata = schemata(&actors, &links, &mut export.remarks);
    let mut entities: Vec<Entity> = Vec::new();
    for (id, records) in &actors.groups {
        let kind = schemata.get(id).copied().unwrap_or("LegalEntity");
        entities.push(actor(&actors, id, records, kind, &mut documents));
    }
    entities.extend(edges::entities(&actors, &links, &mut documents));
    entities.extend(documents.cited());
    export.lines = entities.into_iter().map(Entity::line).collect();
    export
}

/// The records by the actors that they describe.
struct Actors<'a> {
    /// The id in the workspace → the record, then those that were merged into it, by id.
    groups: BTreeMap<&'a str, Vec<&'a Record>>,
    /// The id of each record → the id of the actor that it stands for after its redirects.
    targets: BTreeMap<&'a str, &'a str>,
    /// The id in the workspace → the entity's id.
    ids: BTreeMap<&'a str, String>,
    /// All entities' ids.
    taken: BTreeSet<String>,
}

impl<'a> Actors<'a> {
    fn new(registry: &'a Registry) -> Actors<'a> {
        let mut actors =
            Actors { groups: BTreeMap::new(), targets: BTreeMap::new(), ids: BTreeMap::new(), taken: BTreeSet::new() };
        for actor in registry.actors() {
            let record: &Record = &actor.record;
            let target = registry.actor(actor.key).map_or(record, |actor| &actor.record);
            // In a circle of redirects everybody stays.
            let target = if target.merged_into.is_some() { record } else { target };
            actors.targets.insert(&record.id.value, &target.id.value);
            actors.groups.entry(&target.id.value).or_default().push(record);
        }
        for (id, records) in &mut actors.groups {
            records.sort_by_key(|record| (record.id.value != **id, record.id.value.as_str()));
            let unique = entity::unique(&entity::id(id), &mut actors.taken);
            actors.ids.insert(id, unique);
        }
        actors
    }

    /// The entity's id of the actor that bears an id, redirects followed.
    fn entity_id(&self, id: &str) -> Option<&str> {
        self.ids.get(self.targets.get(id)?).map(String::as_str)
    }
}

/// The schema of each actor: that of its type, or a narrower one where a relation asks for it.
fn schemata<'a>(actors: &Actors<'a>, links: &[Link<'a>], remarks: &mut Vec<String>) -> BTreeMap<&'a str, &'static str> {
    let written = |records: &[&Record]| records.iter().find_map(|record| record.ftm_schema());
    let mut schemata: BTreeMap<&str, &'static str> = BTreeMap::new();
    for (id, records) in &actors.groups {
        let kind = written(records).and_then(schema::of_things).unwrap_or("LegalEntity");
        schemata.insert(id, kind);
    }
    for link in links {
        for (id, role) in [(link.source, link.schema.source.0), (link.target, link.schema.target.0)] {
            let Some(range) = schema::property(link.schema.name, role).and_then(|property| property.range) else {
                continue;
            };
            let Some(kind) = schemata.get_mut(id) else { continue };
            let narrower = match (*kind, range) {
                (kind, range) if schema::is_a(kind, range) => continue,
                ("LegalEntity" | "Organization", "Asset" | "Company") => "Company",
                ("LegalEntity", "Organization") => "Organization",
                ("LegalEntity", "Person") => "Person",
                (kind, range) => {
                    remarks.push(format!(
                        "{} of {} and {}: FollowTheMoney wants the {role} to be of the schema {range}, and {id} is of the \
                         schema {kind}; change its type, or the relation",
                        link.schema.name, link.source, link.target
                    ));
                    continue;
                }
            };
            *kind = narrower;
        }
    }
    schemata
}

/// The entity of an actor.
fn actor(actors: &Actors<'_>, id: &str, records: &[&Record], kind: &'static str, documents: &mut Documents) -> Entity {
    let own_id = actors.ids.get(id).cloned().unwrap_or_default();
    let mut entity = Entity::new(own_id, kind);
    let mut proofs = Vec::new();
    for record in records {
        for name in &record.names {
            let property = match name.kind {
                NameKind::Canonical if record.id.value == id => "name",
                NameKind::Canonical
                | NameKind::Alias
                | NameKind::Short
                | NameKind::Nickname
                | NameKind::Transliteration => "alias",
                NameKind::Former => "previousName",
                NameKind::Abbreviation if schema::property(kind, "abbreviation").is_some() => "abbreviation",
                // A wrong translation must not be matched on.
                NameKind::Abbreviation | NameKind::Mistranslation | NameKind::Weak => "weakAlias",
            };
            entity.put_or_note(property, name.text.value);
        }
        record.countries.iter().for_each(|country| entity.put_or_note("country", &country.value));
        record.topics.iter().for_each(|topic| entity.put_or_note("topics", &topic.value));
        let word = record.schema.as_ref().map(|schema| schema.value.to_lowercase()).unwrap_or_default();
        if let Some((_, keyword, _)) = KEYWORDS.iter().find(|(_, _, ours)| *ours == word) {
            entity.put("keywords", keyword);
        }
        let (summary, notes) = halves(&record.prose.value);
        entity.put("summary", summary);
        entity.put("notes", notes);
        for fact in record.facts.iter().filter(|fact| fact.evidence.rank != Rank::Deprecated) {
            proofs.extend(fact.evidence.source.as_ref().map(|source| source.value.as_str()));
            put_fact(actors, &mut entity, fact);
        }
    }
    if !entity.has("name") {
        entity.put("name", id);
    }
    for proof in proofs {
        if let Some(document) = documents.cite(proof) {
            entity.put("proof", &document);
        }
    }
    entity
}

fn put_fact(actors: &Actors<'_>, entity: &mut Entity, fact: &Fact) {
    let (property, value) = (fact.property.value.as_str(), fact.value.value.as_str());
    let is_entity = schema::property(entity.schema, property).is_some_and(|it| it.kind == schema::Kind::Entity);
    match actors.entity_id(value).filter(|_| is_entity) {
        Some(other) if property != "proof" => entity.put_or_note(property, other),
        None if !is_entity => entity.put_or_note(property, value),
        _ => entity.note(property, value),
    }
}

/// The first paragraph, and what follows.
fn halves(prose: &str) -> (&str, &str) {
    let end = prose.find("\n\n").or_else(|| prose.find("\r\n\r\n")).unwrap_or(prose.len());
    prose.split_at_checked(end).unwrap_or((prose, ""))
}

/// Whether FollowTheMoney takes a value for a property.
fn cleaned(schema_name: &str, property: &str, value: &str) -> Option<String> {
    let value = values::clean(schema::property(schema_name, property)?.kind, value)?;
    values::is_identifier(property, &value).then_some(value)
}
