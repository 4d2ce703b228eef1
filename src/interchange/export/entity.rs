//! One entity while it is put together.

use super::cleaned;
use crate::interchange::{schema, values};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// An entity.
pub(super) struct Entity {
    pub(super) id: String,
    pub(super) schema: &'static str,
    properties: BTreeMap<String, Vec<String>>,
    /// What the schema has no place for.
    notes: Vec<String>,
}

impl Entity {
    pub(super) fn new(id: String, schema: &'static str) -> Entity {
        Entity { id, schema, properties: BTreeMap::new(), notes: Vec::new() }
    }

    /// Adds a value if the schema has the property and the property takes the value; says whether it did.
    pub(super) fn put(&mut self, property: &str, value: &str) -> bool {
        let Some(value) = cleaned(self.schema, property, value) else { return false };
        let values = self.properties.entry(property.to_owned()).or_default();
        if !values.contains(&value) {
            values.push(value);
        }
        true
    }

    /// Whether a property has a value.
    pub(super) fn has(&self, property: &str) -> bool {
        self.properties.contains_key(property)
    }

    /// Adds a value, to the notes if it has no other place.
    pub(super) fn put_or_note(&mut self, property: &str, value: &str) {
        if !self.put(property, value) {
            self.note(property, value);
        }
    }

    /// Adds a line to the notes.
    pub(super) fn note(&mut self, property: &str, value: &str) {
        self.notes.push(format!("{property}: {}", value.trim()));
    }

    /// The entity as a line of JSON.
    pub(super) fn line(mut self) -> String {
        let place = if schema::is_a(self.schema, "Thing") { "notes" } else { "description" };
        let notes = std::mem::take(&mut self.notes);
        notes.iter().for_each(|note| {
            self.put(place, note);
        });
        let properties: Map<String, Value> =
            self.properties.into_iter().map(|(key, list)| (key, json!(list))).collect();
        json!({ "id": self.id, "schema": self.schema, "properties": properties }).to_string()
    }
}

/// An id as FollowTheMoney takes it: Latin letters, digits, hyphens and dots. Other characters are written as their number.
pub(super) fn id(word: &str) -> String {
    if values::is_id(word) {
        return word.to_owned();
    }
    let mut id = String::from("id");
    for c in word.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' if id.len() < 200 => {
                if id == "id" {
                    id.push('-');
                }
                id.push(c);
            }
            _ if 200 <= id.len() => (),
            _ => id.push_str(&format!("-{:x}", u32::from(c))),
        }
    }
    id
}

/// The word, or the word with the first number behind it that makes it new.
pub(super) fn unique(word: &str, taken: &mut BTreeSet<String>) -> String {
    let unique = crate::interchange::slug::free(word, &mut |word| taken.contains(word));
    taken.insert(unique.clone());
    unique
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn ids_are_what_follow_the_money_takes() {
        assert_eq!(id("peoples-data"), "peoples-data");
        assert_eq!(id("人民网"), "id-4eba-6c11-7f51");
        assert_eq!(id("a_b c"), "id-a-5fb-20c");
        assert_eq!(id("-"), "id-2d");
    }
}
