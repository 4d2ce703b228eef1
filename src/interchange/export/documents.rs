//! The references that records cite, as documents.

use super::entity::{self, Entity};
use crate::corpus::registry::Registry;
use crate::model::bibliography::Reference;
use std::collections::{BTreeMap, BTreeSet};

/// The references of a workspace, and which of them were cited.
pub(super) struct Documents<'a> {
    references: BTreeMap<&'a str, (&'a Reference, String)>,
    cited: BTreeSet<&'a str>,
}

impl<'a> Documents<'a> {
    /// Gives every reference an id that no actor has.
    pub(super) fn new(registry: &'a Registry, taken: &BTreeSet<String>) -> Documents<'a> {
        let mut taken = taken.clone();
        let mut references = BTreeMap::new();
        for entry in registry.references() {
            let key = entry.reference.key.value.as_str();
            let mut id = entity::id(key);
            if taken.contains(&id) {
                id = format!("reference-{id}");
            }
            references.insert(key, (&*entry.reference, entity::unique(&id, &mut taken)));
        }
        Documents { references, cited: BTreeSet::new() }
    }

    /// The id of the document with a citation key; `None` where the bibliography has none.
    pub(super) fn cite(&mut self, key: &str) -> Option<String> {
        let (key, (_, id)) = self.references.get_key_value(key)?;
        self.cited.insert(key);
        Some(id.clone())
    }

    /// The documents that were cited, by key.
    pub(super) fn cited(&self) -> Vec<Entity> {
        let cited = self.cited.iter().filter_map(|key| self.references.get(key));
        cited.map(|(reference, id)| document(id, reference)).collect()
    }
}

fn document(id: &str, reference: &Reference) -> Entity {
    let is_article = ["article", "post", "webpage"].iter().any(|kind| reference.kind.starts_with(kind));
    let mut entity = Entity::new(id.to_owned(), if is_article { "Article" } else { "Document" });
    let publisher = reference.publisher.as_ref().map(|it| it.value.as_str()).or(reference.container_title.as_deref());
    let copy = reference.copy.as_ref();
    for (property, value) in [
        ("title", reference.title.as_ref().map(|it| it.value.as_str())),
        ("sourceUrl", reference.url.as_ref().map(|it| it.value.as_str())),
        ("publishedAt", reference.issued.as_deref()),
        ("publisher", publisher),
        ("language", reference.language.as_deref()),
        ("retrievedAt", copy.and_then(|copy| copy.captured.as_deref())),
    ] {
        if let Some(value) = value {
            entity.put_or_note(property, value);
        }
    }
    reference.authors.iter().for_each(|author| entity.put_or_note("author", &author.to_string()));
    // Programs show a thing without a name by its id.
    let title = reference.title.as_ref().map_or(reference.key.value.as_str(), |title| &title.value);
    entity.put("name", title);
    entity
}
