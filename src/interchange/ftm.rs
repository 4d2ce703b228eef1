//! FollowTheMoney entities, as Aleph, OpenSanctions and others write them: a JSON object a line.

use super::{Edge, Import, Known, bare, fact, no_json, schema};
use crate::model::record::vocabulary::{NO_ACTORS, PROPERTIES};
use crate::model::record::{self, EdgeSchema, Evidence, MAX_RECORDS, Rank, Record};
use serde_json::Value;
use std::collections::BTreeMap;

/// The schema and the keyword for which we have a word of our own.
pub(super) const KEYWORDS: &[(&str, &str, &str)] = &[
    ("Organization", "media", "media"),
    ("Organization", "think tank", "think-tank"),
    ("Company", "platform", "platform"),
];

/// Understands entities, a line each. A line that cannot be read costs that line.
#[must_use]
pub fn read(text: &str, known: &Known) -> Import {
    let mut reading = Reading { known, import: Import::default(), documents: BTreeMap::new() };
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        // A JSON array with a line for each entity is read too.
        let words = line.trim().trim_end_matches(',');
        if matches!(words, "" | "[" | "]") {
            continue;
        }
        if reading.import.records.len() == MAX_RECORDS {
            let why =
                format!("line {number}: more than {MAX_RECORDS} records; the rest was left out, so split the file");
            reading.import.faults.push(why);
            break;
        }
        if let Err(why) = reading.line(words) {
            reading.import.faults.push(format!("line {number}: {why}"));
        }
    }
    let Reading { mut import, documents, .. } = reading;
    for edge in &mut import.edges {
        settle_proof(edge, known, &documents);
    }
    import
}

/// A file that is being read.
struct Reading<'a> {
    known: &'a Known,
    import: Import,
    /// What documents of the file say of themselves, by their ids.
    documents: BTreeMap<String, Vec<(String, String)>>,
}

impl Reading<'_> {
    /// Takes one line; the error says why it cannot be read.
    fn line(&mut self, line: &str) -> Result<(), String> {
        let entity: Value = serde_json::from_str(line).map_err(|error| no_json(&error))?;
        let word = |key: &str| entity.get(key).and_then(Value::as_str).map(str::trim).filter(|word| !word.is_empty());
        let (Some(id), Some(kind)) = (word("id"), word("schema")) else {
            return Err("no FollowTheMoney entity; it needs “id”, “schema” and “properties”".to_owned());
        };
        if let Some(edge) = EdgeSchema::find(kind) {
            return self.edge(edge, &entity);
        }
        if schema::is_a(kind, "Document") {
            let all = [("sourceUrl", "sourceUrl"), ("publisher", "publisher")];
            let told = all
                .iter()
                .filter_map(|(key, more)| Some(((*more).to_owned(), values(&entity, key).into_iter().next()?)));
            self.documents.insert(id.to_owned(), told.collect());
        }
        let is_thing = schema::of_things(kind).is_some() || kind == "Thing";
        if NO_ACTORS.contains(&kind) || (!is_thing && schema::property(kind, "startDate").is_some()) {
            self.import.n_others += 1;
            return Ok(());
        }
        // The names follow the rules of record files in the same format.
        let (records, _) = record::read("entity.jsonl", line);
        let Some(record) = records.into_iter().next() else {
            return Err("no FollowTheMoney entity; it needs “id”, “schema” and “properties”".to_owned());
        };
        self.import.records.push(complete(record, &entity, self.known));
        Ok(())
    }

    fn edge(&mut self, edge: &'static EdgeSchema, entity: &Value) -> Result<(), String> {
        let (sources, targets) = (values(entity, edge.source.0), values(entity, edge.target.0));
        if sources.is_empty() || targets.is_empty() {
            let [first, second] = edge.roles();
            return Err(format!("this {} does not say who its “{first}” and “{second}” are", edge.name));
        }
        let mut more = Vec::new();
        for key in properties(entity) {
            let is_own = schema::property(edge.name, key).is_some() && !edge.roles().contains(&key);
            let is_noise = matches!(key, "proof" | "alephUrl" | "namesMentioned");
            let value = values(entity, key).join(", ");
            if is_own && !is_noise && !value.is_empty() {
                more.push((key.to_owned(), value));
            }
        }
        let source = source(entity, self.known).or_else(|| values(entity, "proof").into_iter().next());
        let evidence = Evidence { source: source.map(bare), ..Evidence::default() };
        for source in &sources {
            for target in &targets {
                let (source, target) = (source.clone(), target.clone());
                let (evidence, more) = (evidence.clone(), more.clone());
                self.import.edges.push(Edge { schema: edge, source, target, evidence, more });
            }
        }
        Ok(())
    }
}

/// A source that the workspace does not have is no citation key: what its document says of itself is kept instead.
fn settle_proof(edge: &mut Edge, known: &Known, documents: &BTreeMap<String, Vec<(String, String)>>) {
    let Some(source) = edge.evidence.source.take_if(|source| !known.references.contains(&source.value)) else { return };
    for (key, value) in documents.get(&source.value).into_iter().flatten() {
        if edge.more.iter().all(|(other, _)| other != key) {
            edge.more.push((key.clone(), value.clone()));
        }
    }
    edge.more.push(("proof".to_owned(), source.value));
}

/// Adds facts and prose to a record of which the names are known.
fn complete(mut record: Record, entity: &Value, known: &Known) -> Record {
    let kind = record.schema.as_ref().map(|schema| schema.value.clone()).unwrap_or_default();
    let source = source(entity, known);
    record.facts.clear();
    record.relations.clear();
    for key in properties(entity) {
        match key {
            "name" | "alias" | "previousName" | "weakAlias" | "abbreviation" | "country" | "topics" => (),
            // The prose, below.
            "summary" | "notes" | "description" => (),
            "proof" | "alephUrl" | "indexText" => (),
            _ if PROPERTIES.contains(&key) || schema::property(&kind, key).is_some() => {
                let facts = values(entity, key);
                record.facts.extend(facts.iter().map(|value| fact(key, value, source.as_deref(), Rank::Normal)));
            }
            _ => (),
        }
    }
    // What cards show comes first, in whichever order the properties stand.
    let prose = ["summary", "description", "notes"].iter().flat_map(|key| values(entity, key));
    record.prose = bare(prose.collect::<Vec<_>>().join("\n\n"));
    for (theirs, keyword, ours) in KEYWORDS {
        let is_keyword = |fact: &record::Fact| fact.property.value == "keywords" && fact.value.value == *keyword;
        if kind == *theirs && record.facts.iter().any(is_keyword) {
            record.facts.retain(|fact| !is_keyword(fact));
            record.schema = Some(bare(*ours));
            break;
        }
    }
    record
}

/// The first of an entity's sources that the bibliography has.
fn source(entity: &Value, known: &Known) -> Option<String> {
    let datasets = entity.get("datasets").and_then(Value::as_array).into_iter().flatten();
    let datasets = datasets.filter_map(Value::as_str).map(ToOwned::to_owned);
    let mut candidates = values(entity, "proof").into_iter().chain(values(entity, "publisher")).chain(datasets);
    candidates.find(|key| known.references.contains(key))
}

fn properties(entity: &Value) -> impl Iterator<Item = &str> {
    let properties = entity.get("properties").and_then(Value::as_object);
    properties.into_iter().flat_map(|map| map.keys().map(String::as_str))
}

/// The values of a property: one or a list; of an entity that stands there whole, its id.
fn values(entity: &Value, key: &str) -> Vec<String> {
    let value = entity.get("properties").and_then(|properties| properties.get(key));
    let items = match value {
        Some(Value::Array(items)) => items.as_slice(),
        Some(single) => std::slice::from_ref(single),
        None => &[],
    };
    let text = |item: &Value| match item {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(entity) => entity.get("id").and_then(Value::as_str).map(ToOwned::to_owned),
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    };
    items.iter().filter_map(text).filter(|text| !text.is_empty()).collect()
}
