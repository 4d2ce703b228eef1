//! Hayagriva's YAML: a mapping of keys to entries, each with the works that contain it.

use super::{Person, REPORT, Reference, blank, copy_of, dates};
use crate::model::node::{Entry, Node, NodeKind};
use crate::model::{Finding, Spanned};

/// Reads a mapping of keys to entries.
pub(super) fn read(map: &Node<'_>, findings: &mut Vec<Finding>) -> Vec<Reference> {
    let mut references = Vec::new();
    for entry in map.entries() {
        if entry.key.value.trim().is_empty() {
            let message = "this entry has no key, so no text can cite it; write one before the colon";
            findings.push(REPORT.say(entry.key.range, message));
        } else if matches!(entry.value.kind, NodeKind::Map(_)) {
            references.push(read_entry(entry, findings));
        } else {
            let message = format!(
                "“{}” is {}, where an entry of a bibliography is expected, so it is left out; write “key: {{type: …, \
                 title: …}}”",
                entry.key.value,
                entry.value.kind_word()
            );
            findings.push(REPORT.say(entry.key.range, message));
        }
    }
    references
}

fn read_entry(entry: &Entry<'_>, findings: &mut Vec<Finding>) -> Reference {
    let node = &entry.value;
    let key = Spanned::new(entry.key.value.to_string(), entry.key.range);
    let range = crate::text::ByteRange { start: entry.key.range.start, end: node.range.end.max(entry.key.range.end) };
    let parents = node.get("parent").map(Node::items).unwrap_or_default();
    let inherited = |key: &str| {
        let own = node.get(key);
        own.or_else(|| parents.iter().find_map(|parent| parent.get(key))).and_then(worded)
    };
    let mut reference = blank(key, range);
    let own_type = node.get("type").and_then(Node::as_text).unwrap_or_default();
    let parent_type = parents.first().and_then(|it| it.get("type")).and_then(Node::as_text).unwrap_or_default();
    reference.kind = csl_type(own_type, parent_type).to_owned();
    reference.title = node.get("title").and_then(worded);
    let makers = ["author", "editor"]
        .into_iter()
        .find_map(|role| node.get(role).map(people).filter(|people| !people.is_empty()).map(|people| (role, people)));
    if let Some((role, people)) = makers {
        reference.role = role;
        reference.authors = people;
    }
    reference.container_title = parents.iter().find_map(|it| it.get("title").and_then(worded)).map(|it| it.value);
    reference.publisher = inherited("publisher");
    let date = node.get("date").or_else(|| parents.iter().find_map(|parent| parent.get("date")));
    reference.issued = date.and_then(Node::as_text).and_then(dates::from_text);
    if let (Some(date), None) = (date, &reference.issued) {
        findings.push(REPORT.say(date.range, "this date cannot be read; write 2024-05-01, 2024-05 or 2024"));
    }
    reference.url = inherited("url");
    reference.language = inherited("language").map(|it| it.value);
    let accessed = || node.get("url")?.get("date").and_then(Node::as_text).and_then(dates::from_text);
    for (name, key) in [
        ("volume", "volume"),
        ("issue", "issue"),
        ("page", "page-range"),
        ("edition", "edition"),
        ("genre", "genre"),
        ("publisher-place", "location"),
    ] {
        reference.details.extend(inherited(key).map(|it| (name, it.value)));
    }
    reference.details.extend(accessed().map(|date| ("accessed", date)));
    reference.copy = copy_of(node.get("custom").unwrap_or(node), findings);
    reference
}

/// A text, or the `value` or `name` of a mapping.
fn worded(node: &Node<'_>) -> Option<Spanned<String>> {
    node.spanned().or_else(|| node.get("value").or_else(|| node.get("name")).and_then(Node::spanned))
}

/// People as `Family, Given`, or mappings with `name`, `given-name`, `prefix` and `suffix`.
fn people(list: &Node<'_>) -> Vec<Person> {
    let person = |name: &Node<'_>| {
        if let Some(literal) = name.spanned() {
            return Some(Person::parse(&literal.value));
        }
        let text = |key: &str| name.get(key).and_then(Node::as_text);
        let family = text("name")?;
        let family = text("prefix").map_or_else(|| family.to_owned(), |prefix| format!("{prefix} {family}"));
        let (given, suffix) = (text("given-name").map(str::to_owned), text("suffix").map(str::to_owned));
        Some(Person { family, given, suffix })
    };
    list.items().iter().filter_map(person).collect()
}

/// The CSL type of an entry and the work that contains it.
fn csl_type(own: &str, parent: &str) -> &'static str {
    match (own.to_ascii_lowercase().as_str(), parent.to_ascii_lowercase().as_str()) {
        ("article", "newspaper") => "article-newspaper",
        ("article", "blog") => "post-weblog",
        ("article", "periodical" | "journal") => "article-journal",
        ("article", "magazine") => "article-magazine",
        ("article", "proceedings" | "conference") => "paper-conference",
        ("article", _) => "article",
        ("chapter" | "anthos" | "entry", _) => "chapter",
        ("book" | "anthology" | "proceedings" | "reference", _) => "book",
        ("report", _) => "report",
        ("thesis", _) => "thesis",
        ("web" | "blog", _) => "webpage",
        ("post" | "thread" | "misc" | "exhibition", "web" | "blog" | "thread") => "post",
        ("post" | "thread", _) => "post",
        ("video" | "scene", _) => "motion_picture",
        ("audio", _) => "song",
        ("case", _) => "legal_case",
        ("legislation", _) => "legislation",
        ("manuscript", _) => "manuscript",
        ("patent", _) => "patent",
        ("repository", _) => "software",
        _ => "document",
    }
}
