//! CSL-JSON and CSL-YAML: the same entries in two notations.

use super::{ArchivedCopy, DETAILS, Person, REPORT, Reference, blank, copy_of, dates};
use crate::model::node::{Node, NodeKind};
use crate::model::{Finding, Spanned};

/// Reads a list of entries, or one.
pub(super) fn read(list: &Node<'_>, findings: &mut Vec<Finding>) -> Vec<Reference> {
    list.items().iter().filter_map(|entry| read_entry(entry, findings)).collect()
}

fn read_entry(entry: &Node<'_>, findings: &mut Vec<Finding>) -> Option<Reference> {
    if !matches!(entry.kind, NodeKind::Map(_)) {
        let message =
            format!("this is {}, where an entry with “id” and “type” is expected; it is left out", entry.kind_word());
        findings.push(REPORT.say(entry.range, message));
        return None;
    }
    let text = |key: &str| entry.get(key).and_then(Node::spanned);
    let Some(key) = text("id") else {
        let message = "this entry has no “id”, so no text can cite it; give it one";
        findings.push(REPORT.say(entry.range, message));
        return None;
    };
    let issued = entry.get("issued");
    let date = issued.and_then(dates::from_csl);
    if let (Some(issued), None) = (issued.filter(|issued| !issued.is_blank()), &date) {
        let message = "this date cannot be read; write {\"date-parts\": [[2024, 5, 1]]} or 2024-05-01";
        findings.push(REPORT.say(issued.range, message));
    }
    let mut reference = blank(key, entry.range);
    if let Some(kind) = text("type") {
        reference.kind = kind.value;
    }
    reference.title = text("title");
    let makers = ["author", "editor", "director", "interviewer"]
        .into_iter()
        .find_map(|role| entry.get(role).map(people).filter(|people| !people.is_empty()).map(|people| (role, people)));
    if let Some((role, people)) = makers {
        reference.role = role;
        reference.authors = people;
    }
    reference.container_title = text("container-title").map(|it| it.value);
    reference.publisher = text("publisher");
    reference.issued = date;
    reference.url = text("URL").or_else(|| text("url"));
    reference.language = text("language").map(|it| it.value);
    reference.details = DETAILS.into_iter().filter_map(|name| Some((name, detail(entry.get(name)?, name)?))).collect();
    if reference.url.is_none() {
        let doi = text("DOI").map(|doi| Spanned::new(format!("https://doi.org/{}", doi.value), doi.range));
        reference.url = doi.filter(|doi| doi.value.contains("/10."));
    }
    reference.copy = archived_copy(entry, findings);
    Some(reference)
}

fn archived_copy(entry: &Node<'_>, findings: &mut Vec<Finding>) -> Option<ArchivedCopy> {
    copy_of(entry.get("custom")?, findings)
}

/// A variable in words; `None` if it is none that can be shown.
fn detail(node: &Node<'_>, name: &str) -> Option<String> {
    if name == "accessed" { dates::from_csl(node) } else { node.spanned().map(|it| it.value) }
}

/// The people of a name list.
fn people(list: &Node<'_>) -> Vec<Person> {
    list.items().iter().filter_map(person).collect()
}

fn person(name: &Node<'_>) -> Option<Person> {
    if let Some(text) = name.spanned() {
        return Some(Person::parse(&text.value));
    }
    let text = |key: &str| name.get(key).and_then(Node::as_text).map(str::trim).filter(|it| !it.is_empty());
    if let Some(literal) = text("literal").or_else(|| text("name")) {
        return Some(Person::literal(literal));
    }
    let particle = text("non-dropping-particle").or_else(|| text("dropping-particle"));
    let family = match (particle, text("family")) {
        (Some(particle), Some(family)) => format!("{particle} {family}"),
        (None, Some(family)) => family.to_owned(),
        (_, None) => return text("given").map(Person::literal),
    };
    Some(Person { family, given: text("given").map(str::to_owned), suffix: text("suffix").map(str::to_owned) })
}
