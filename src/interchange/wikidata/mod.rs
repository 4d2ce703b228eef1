//! Wikidata items: the answer of Special:EntityData, a single item, a list, or lines of a dump.

mod statements;
mod tables;

use super::slug::{free, slug};
use super::{Import, Known, bare, fact, name, no_json, record};
use crate::model::record::{MAX_RECORDS, Name, NameKind, Rank, Record};
use serde_json::{Map, Value};
use statements::{Datum, Statement, statements};
use std::collections::{BTreeMap, BTreeSet};

/// Languages whose label becomes the canonical name, the first one that there is.
const CANONICAL: &[&str] = &["en", "mul", "fr", "de", "es", "zh", "zh-hans", "ru", "ar"];

/// Understands items. An item that cannot be read costs that item.
#[must_use]
pub fn read(text: &str, known: &Known) -> Import {
    let mut import = Import::default();
    let items = items(text.trim_start_matches('\u{feff}'), &mut import);
    let mut ids: BTreeMap<String, String> = known.wikidata.clone();
    let spoken_for: BTreeSet<&String> = known.wikidata.values().collect();
    let (mut used, mut told) = (BTreeSet::new(), BTreeSet::new());
    let mut new = Vec::new();
    for item in &items {
        let Some(key) = item.get("id").and_then(Value::as_str).filter(|key| is_item(key)) else {
            import.n_others += 1;
            continue;
        };
        let Some(canonical) = canonical_name(item) else {
            import.faults.push(format!("{key}: the item has no label, so there is no name for its record"));
            continue;
        };
        if new.len() == MAX_RECORDS {
            import
                .faults
                .push(format!("{key}: more than {MAX_RECORDS} records; the rest was left out, so split the file"));
            break;
        }
        let id = ids.entry(key.to_owned()).or_insert_with(|| {
            let word = slug(&canonical);
            // A record of that id that names another item is somebody else; without an item it is taken for this one.
            let word = if spoken_for.contains(&word) || used.contains(&word) {
                format!("{word}-{}", key.to_lowercase())
            } else {
                word
            };
            free(&word, &mut |word| used.contains(word))
        });
        used.insert(id.clone());
        new.push((id.clone(), key, canonical, item));
    }
    for (id, key, canonical, item) in new {
        import.records.push(read_item(&id, key, &canonical, item));
        // Wikidata states many relations at both ends.
        let edges = statements::edges(&id, item, &ids).into_iter();
        import.edges.extend(edges.filter(|edge| told.insert(statements::said(edge))));
    }
    import
}

/// `Q42`, but no property and no lexeme.
fn is_item(key: &str) -> bool {
    let digits = key.strip_prefix('Q').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The items of a file in whichever of its forms.
fn items(text: &str, import: &mut Import) -> Vec<Value> {
    let mut items = Vec::new();
    let first = text.lines().map(bracketless).find(|line| !line.is_empty()).unwrap_or_default();
    // A line for each item: every line is read by itself, so that a broken one costs no other.
    let is_by_lines = 1 < text.lines().count() && serde_json::from_str::<Map<String, Value>>(first).is_ok();
    if is_by_lines && serde_json::from_str::<Value>(text).is_err() {
        for (number, line) in (1..).zip(text.lines()) {
            match serde_json::from_str(bracketless(line)) {
                Ok(value) => unfold(value, &mut items),
                Err(error) if !bracketless(line).is_empty() => {
                    import.faults.push(format!("line {number}: {}", no_json(&error)));
                }
                Err(_) => (),
            }
        }
        return items;
    }
    for value in serde_json::Deserializer::from_str(text).into_iter() {
        match value {
            Ok(value) => unfold(value, &mut items),
            Err(error) => import.faults.push(format!("line {}: {}", error.line(), no_json(&error))),
        }
    }
    items
}

/// A line of a dump without what makes the lines a list.
fn bracketless(line: &str) -> &str {
    match line.trim().trim_end_matches(',') {
        "[" | "]" => "",
        line => line,
    }
}

/// The items of a list, of an answer with `entities`, or the item itself.
fn unfold(value: Value, items: &mut Vec<Value>) {
    match value {
        Value::Array(values) => items.extend(values),
        Value::Object(mut whole) => match whole.remove("entities") {
            Some(Value::Object(entities)) => items.extend(entities.into_iter().map(|(_, item)| item)),
            Some(Value::Array(entities)) => items.extend(entities),
            _ => items.push(Value::Object(whole)),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => items.push(value),
    }
}

/// The texts of `labels` or `descriptions`, each with its language.
fn by_language<'i>(item: &'i Value, key: &str) -> Vec<(&'i str, &'i str)> {
    let entries = item.get(key).and_then(Value::as_object).into_iter().flatten();
    let text = |(lang, entry): (&'i String, &'i Value)| {
        let text = entry.get("value").and_then(Value::as_str)?.trim();
        (!text.is_empty()).then_some((lang.as_str(), text))
    };
    entries.filter_map(text).collect()
}

fn canonical_name(item: &Value) -> Option<String> {
    let labels = by_language(item, "labels");
    let wanted = CANONICAL.iter().find_map(|wanted| labels.iter().find(|(lang, _)| lang == wanted));
    wanted.or_else(|| labels.first()).map(|(_, text)| (*text).to_owned())
}

fn read_item(id: &str, key: &str, canonical: &str, item: &Value) -> Record {
    let mut record = record(id, canonical);
    let kinds: Vec<String> = best(statements(item, "P31")).into_iter().filter_map(|it| it.value.item()).collect();
    let class = tables::CLASSES.iter().find(|class| kinds.iter().any(|kind| kind == class.item));
    record.schema = class.map(|class| bare(class.word));
    let topics = tables::CLASSES.iter().filter(|class| kinds.iter().any(|kind| kind == class.item));
    record.topics = topics.filter_map(|class| class.topic).map(bare).collect();
    record.topics.dedup();
    for property in ["P17", "P27", "P495"] {
        let countries = best(statements(item, property)).into_iter().filter_map(|it| it.value.item());
        for code in countries.filter_map(|country| tables::country(&country)) {
            if record.countries.iter().all(|other| other.value != code) {
                record.countries.push(bare(code));
            }
        }
    }
    read_names(&mut record, item);
    record.facts.push(fact("wikidataId", key, None, Rank::Normal));
    for (theirs, ours) in tables::FACTS {
        for statement in statements(item, theirs) {
            let Some(value) = statement.value.text() else { continue };
            let value = value.strip_prefix("mailto:").unwrap_or(&value);
            record.facts.push(fact(ours, value, None, statement.rank));
        }
    }
    record.prose = bare(prose(item));
    record
}

/// The statements that count: the preferred ones, else the normal ones.
fn best(statements: Vec<Statement>) -> Vec<Statement> {
    let rank = if statements.iter().any(|it| it.rank == Rank::Preferred) { Rank::Preferred } else { Rank::Normal };
    statements.into_iter().filter(|it| it.rank == rank).collect()
}

/// Adds the names in all languages; a form that several languages share counts once.
fn read_names(record: &mut Record, item: &Value) {
    let is_person = record.is_person();
    let labels = by_language(item, "labels").into_iter();
    let mut names: Vec<Name> = labels.map(|(lang, text)| name(text, language(lang), NameKind::Alias)).collect();
    // Kinds that a statement gives are surer than those that the form suggests.
    for (property, kind) in [("P1448", NameKind::Alias), ("P1813", NameKind::Short), ("P1449", NameKind::Nickname)] {
        for statement in statements(item, property).into_iter().filter(|it| it.rank != Rank::Deprecated) {
            let Datum::Text { text, lang } = &statement.value else { continue };
            let kind = if kind == NameKind::Alias && statement.has_ended() {
                NameKind::Former
            } else if kind == NameKind::Short && looks_abbreviated(text) {
                NameKind::Abbreviation
            } else {
                kind
            };
            let lang = lang.as_deref().and_then(language);
            names.retain(|other| other.text.value != *text);
            names.push(name(text, lang, kind));
        }
    }
    let aliases = item.get("aliases").and_then(Value::as_object).into_iter().flatten();
    for (lang, entries) in aliases {
        let entries = entries.as_array().into_iter().flatten();
        for text in entries.filter_map(|entry| entry.get("value").and_then(Value::as_str)) {
            let kind = match text.trim() {
                // A surname or a nickname alone needs other evidence.
                word if is_person && is_one_word(word) => NameKind::Weak,
                word if !is_person && looks_abbreviated(word) => NameKind::Abbreviation,
                _ => NameKind::Alias,
            };
            names.push(name(text, language(lang), kind));
        }
    }
    for name in names {
        let text = &name.text.value;
        if !text.is_empty() && record.names.iter().all(|other| other.text.value != *text) {
            record.names.extend([name]);
        }
    }
}

/// A language tag worth keeping: English is what the canonical name has anyway, and `mul` is none.
fn language(tag: &str) -> Option<&str> {
    (!matches!(tag, "en" | "mul")).then_some(tag)
}

/// One word in a script that has spaces.
fn is_one_word(word: &str) -> bool {
    let has_case = word.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    has_case && !word.contains(char::is_whitespace)
}

fn looks_abbreviated(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_uppercase()).count();
    2 <= letters && word.chars().count() < 8 && word.chars().all(|c| c.is_uppercase() || c.is_numeric() || c == '.')
}

/// The description in the language of the name, and below it the others; what several languages say alike stands once.
fn prose(item: &Value) -> String {
    let descriptions = by_language(item, "descriptions");
    let first = CANONICAL.iter().find_map(|wanted| descriptions.iter().find(|(lang, _)| lang == wanted));
    let Some((main, text)) = first.or_else(|| descriptions.first()) else { return String::new() };
    let mut prose = (*text).to_owned();
    let mut told = BTreeSet::from([*text]);
    for (lang, text) in descriptions.iter().filter(|(lang, _)| lang != main) {
        if told.insert(*text) {
            prose.push_str(if told.len() == 2 { "\n\n" } else { "\n" });
            prose.push_str(&format!("- {lang}: {text}"));
        }
    }
    prose
}
