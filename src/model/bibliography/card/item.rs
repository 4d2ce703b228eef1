//! A reference as the CSL processor takes it.

use super::super::{Person, Reference};
use citationberg::json::{DateValue, Item, LiteralName, NameItem, NameValue, Value, VecDate, VecDateRange};
use std::collections::BTreeMap;

/// Longer values are cut: a card is no place for them, and the processor need not read them.
const LONGEST: usize = 2000;

/// More people than the style ever names.
const MOST_PEOPLE: usize = 12;

/// The reference as an item. `None` if its date cannot be said with it.
pub(super) fn of(reference: &Reference) -> Option<Item> {
    let mut fields = BTreeMap::new();
    let mut put = |name: &str, value: Option<&str>| {
        let value = value.map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "));
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            fields.insert(name.to_owned(), Value::String(value.chars().take(LONGEST).collect()));
        }
    };
    put("id", Some(&reference.key.value));
    put("type", Some(&reference.kind));
    let title = reference.title.as_ref().map(|it| it.value.as_str()).filter(|it| !it.trim().is_empty());
    put("title", title.or_else(|| reference.authors.is_empty().then_some(reference.key.value.as_str())));
    let container = reference.container_title.as_deref();
    put("container-title", container);
    let publisher = reference.publisher.as_ref().map(|it| it.value.as_str());
    put("publisher", publisher.filter(|publisher| container != Some(publisher)));
    put("URL", reference.url.as_ref().map(|it| it.value.as_str()));
    put("language", reference.language.as_deref());
    for (name, value) in &reference.details {
        if *name != "accessed" {
            put(name, Some(value));
        }
    }
    let accessed = reference.details.iter().find(|(name, _)| *name == "accessed").map(|(_, date)| date);
    if let Some(date) = accessed.and_then(|date| date_of(date)) {
        fields.insert("accessed".to_owned(), date);
    }
    if let Some(issued) = &reference.issued {
        fields.insert("issued".to_owned(), date_of(issued)?);
    }
    if !reference.authors.is_empty() {
        let people = reference.authors.iter().take(MOST_PEOPLE).filter_map(name_of).collect();
        fields.insert(reference.role.to_owned(), Value::Names(people));
    }
    Some(Item(fields))
}

/// A date of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn date_of(date: &str) -> Option<Value> {
    let (era, digits) = date.strip_prefix('-').map_or((1, date), |digits| (-1, digits));
    let parts: Option<Vec<i16>> = digits.split('-').map(|part| part.parse().ok()).collect();
    let mut parts = parts?;
    if let Some(year) = parts.first_mut() {
        *year *= era;
    }
    let date_parts = VecDateRange(vec![VecDate(parts)]);
    Some(Value::Date(DateValue::DateParts { date_parts, literal: None, season: None, circa: false }))
}

fn name_of(person: &Person) -> Option<NameValue> {
    let cut = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect();
    let family: String = cut(&person.family);
    let given: Option<String> = person.given.as_deref().map(cut).filter(|given: &String| !given.is_empty());
    if family.is_empty() && given.is_none() {
        return None;
    }
    let Some(given) = given else { return Some(NameValue::Literal(LiteralName { literal: family })) };
    // “van Gogh”: the particle stays before the name.
    let is_particle = |word: &&str| word.chars().all(|c| c.is_lowercase() || matches!(c, '\'' | '’'));
    let n_particles = family.split(' ').take_while(is_particle).count();
    let words: Vec<&str> = family.split(' ').collect();
    let (particle, name) = words.split_at(n_particles.min(words.len().saturating_sub(1)));
    Some(NameValue::Item(NameItem {
        family: name.join(" "),
        given: Some(given),
        non_dropping_particle: (!particle.is_empty()).then(|| particle.join(" ")),
        dropping_particle: None,
        suffix: person.suffix.as_deref().map(cut),
        comma_suffix: person.suffix.is_some().then_some(true),
    }))
}
