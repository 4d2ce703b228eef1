//! Relations as entities between two.

use super::documents::Documents;
use super::entity::{self, Entity};
use super::{Actors, cleaned};
use crate::model::record::{EdgeSchema, Rank, Relation};
use std::collections::BTreeSet;

/// A relation with its two ends, by their ids in the workspace.
pub(super) struct Link<'a> {
    pub(super) schema: &'static EdgeSchema,
    pub(super) source: &'a str,
    pub(super) target: &'a str,
    relation: &'a Relation,
    /// The type as written, where it is no edge of FollowTheMoney.
    unknown: Option<&'a str>,
}

/// Every relation that can be told, sorted; what two records say of each other in the same words is said once.
pub(super) fn links<'a>(actors: &Actors<'a>, remarks: &mut Vec<String>) -> Vec<Link<'a>> {
    let mut links = Vec::new();
    for (id, records) in &actors.groups {
        for relation in records.iter().flat_map(|record| &record.relations) {
            if relation.evidence.rank == Rank::Deprecated {
                continue;
            }
            let name = &relation.schema.value;
            let Some(other) = actors.targets.get(relation.other.value.as_str()).copied() else {
                let other = &relation.other.value;
                remarks.push(format!("{name} of {id} and {other} was left out: {other} has no record; make one"));
                continue;
            };
            if *id == other {
                remarks.push(format!("{name} of {id} with itself was left out; name the other actor"));
                continue;
            }
            links.extend(link(id, other, relation));
        }
    }
    links.sort_by(|a, b| a.words().cmp(&b.words()));
    links.dedup_by(|a, b| a.words() == b.words());
    links
}

fn link<'a>(id: &'a str, other: &'a str, relation: &'a Relation) -> Option<Link<'a>> {
    let known = EdgeSchema::find(&relation.schema.value).filter(|edge| edge.opposite(&relation.role.value).is_some());
    let unknown = known.is_none().then_some(relation.schema.value.as_str());
    // An edge that FollowTheMoney does not have is a link of which nothing more is known.
    let schema = known.or_else(|| EdgeSchema::find("UnknownLink"))?;
    let is_source = known.is_some() && relation.role.value == schema.source.0;
    let (source, target) = if is_source { (other, id) } else { (id, other) };
    Some(Link { schema, source, target, relation, unknown })
}

impl Link<'_> {
    /// All that the link says: the order of links, and what makes two the same.
    fn words(&self) -> impl Ord {
        let evidence = &self.relation.evidence;
        let source = evidence.source.as_ref().map(|it| it.value.as_str());
        let quote = evidence.quote.as_ref().map(|it| it.value.as_str());
        let said = [source, evidence.locator.as_deref(), quote, self.unknown];
        ([self.source, self.schema.name, self.target], said, &self.relation.more)
    }
}

/// The entities of all links.
pub(super) fn entities(actors: &Actors<'_>, links: &[Link<'_>], documents: &mut Documents<'_>) -> Vec<Entity> {
    let mut taken: BTreeSet<String> = actors.taken.clone();
    let mut entities = Vec::with_capacity(links.len());
    let mut number = 0;
    let mut before = None;
    for link in links {
        let (Some(source), Some(target)) = (actors.entity_id(link.source), actors.entity_id(link.target)) else {
            continue;
        };
        let pair = (source, link.schema.name, target);
        number = if before == Some(pair) { number + 1 } else { 1 };
        before = Some(pair);
        let id = format!("{source}-{}-{target}-{number}", link.schema.name.to_lowercase());
        let mut entity = Entity::new(entity::unique(&id, &mut taken), link.schema.name);
        entity.put(link.schema.source.0, source);
        entity.put(link.schema.target.0, target);
        fill(&mut entity, link, documents);
        entities.push(entity);
    }
    entities
}

/// What is said of a relation, beside its ends.
fn fill(entity: &mut Entity, link: &Link<'_>, documents: &mut Documents<'_>) {
    if let Some(word) = link.unknown {
        entity.put("role", word);
    }
    for (key, value) in &link.relation.more {
        let property = match key.as_str() {
            "from" => "startDate",
            "until" => "endDate",
            "note" => "summary",
            key => key,
        };
        if property == "proof" {
            match documents.cite(value) {
                Some(document) => _ = entity.put("proof", &document),
                None => entity.note(property, value),
            }
        } else if cleaned(entity.schema, property, value).is_some() {
            entity.put(property, value);
        } else {
            entity.note(key, value);
        }
    }
    let evidence = &link.relation.evidence;
    let source = evidence.source.as_ref().map(|it| it.value.as_str());
    let document = source.and_then(|source| documents.cite(source));
    if let Some(document) = &document {
        entity.put("proof", document);
    }
    let place = [source, evidence.locator.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let quote = evidence.quote.as_ref().map(|quote| format!("“{}”", quote.value));
    let words = match (quote, place.is_empty()) {
        (Some(quote), true) => quote,
        (Some(quote), false) => format!("{quote} ({place})"),
        (None, true) => return,
        // The document says as much where there is no place in it.
        (None, false) if document.is_some() && evidence.locator.is_none() => return,
        (None, false) => place,
    };
    entity.put("description", &words);
}
