//! The statements of an item: values, ranks and qualifiers.

use super::tables;
use crate::interchange::Edge;
use crate::model::record::{EdgeSchema, Evidence, Rank};
use serde_json::Value;
use std::collections::BTreeMap;

/// A statement.
pub(super) struct Statement {
    pub(super) value: Datum,
    pub(super) rank: Rank,
    qualifiers: BTreeMap<String, Vec<Datum>>,
}

/// The value of a statement or a qualifier.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Datum {
    /// Another item.
    Item(String),
    /// A text, perhaps in a language.
    Text { text: String, lang: Option<String> },
    /// A date as precise as it is known: `2018`, `2018-06`.
    Date(String),
    /// A number.
    Amount(f64),
    /// There is a value, and nobody knows it.
    Unknown,
}

impl Datum {
    /// The item, if it is one.
    pub(super) fn item(self) -> Option<String> {
        match self {
            Datum::Item(key) => Some(key),
            Datum::Text { .. } | Datum::Date(_) | Datum::Amount(_) | Datum::Unknown => None,
        }
    }

    /// The value as a fact states it.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Datum::Text { text, .. } => Some(text.clone()),
            Datum::Date(date) => Some(date.clone()),
            Datum::Unknown => Some("unknown".to_owned()),
            Datum::Item(_) | Datum::Amount(_) => None,
        }
    }
}

impl Statement {
    /// Whether it was true once and is no longer.
    pub(super) fn has_ended(&self) -> bool {
        self.qualifiers.contains_key("P582")
    }
}

/// The statements of a property, in the order of the file.
pub(super) fn statements(item: &Value, property: &str) -> Vec<Statement> {
    let claims = item.get("claims").and_then(|claims| claims.get(property)).and_then(Value::as_array);
    claims.into_iter().flatten().filter_map(statement).collect()
}

fn statement(claim: &Value) -> Option<Statement> {
    let value = datum(claim.get("mainsnak")?)?;
    let rank = match claim.get("rank").and_then(Value::as_str) {
        Some("preferred") => Rank::Preferred,
        Some("deprecated") => Rank::Deprecated,
        _ => Rank::Normal,
    };
    let mut qualifiers = BTreeMap::new();
    for (property, snaks) in claim.get("qualifiers").and_then(Value::as_object).into_iter().flatten() {
        let values: Vec<Datum> = snaks.as_array().into_iter().flatten().filter_map(datum).collect();
        if !values.is_empty() {
            qualifiers.insert(property.clone(), values);
        }
    }
    Some(Statement { value, rank, qualifiers })
}

fn datum(snak: &Value) -> Option<Datum> {
    match snak.get("snaktype").and_then(Value::as_str) {
        Some("value") => (),
        Some("somevalue") => return Some(Datum::Unknown),
        _ => return None,
    }
    let value = snak.get("datavalue")?.get("value")?;
    if let Some(text) = value.as_str() {
        return Some(Datum::Text { text: text.trim().to_owned(), lang: None });
    }
    let word = |key: &str| value.get(key).and_then(Value::as_str);
    if let Some(text) = word("text") {
        return Some(Datum::Text { text: text.trim().to_owned(), lang: word("language").map(ToOwned::to_owned) });
    }
    if let Some(time) = word("time") {
        return date(time, value.get("precision").and_then(Value::as_u64)?).map(Datum::Date);
    }
    if let Some(amount) = word("amount") {
        return amount.trim_start_matches('+').parse().ok().map(Datum::Amount);
    }
    if value.get("entity-type").and_then(Value::as_str) != Some("item") {
        return None;
    }
    let number = || value.get("numeric-id").and_then(Value::as_u64).map(|number| format!("Q{number}"));
    word("id").map(ToOwned::to_owned).or_else(number).map(Datum::Item)
}

/// `+2018-06-00T00:00:00Z` as far as its precision goes; `None` for what is less precise than a year, or before our era.
fn date(time: &str, precision: u64) -> Option<String> {
    let day = time.strip_prefix('+')?.split('T').next()?;
    let mut parts = day.split('-');
    // Old dumps fill the year with zeros up to eleven digits.
    let year = parts.next().map(|year| year.trim_start_matches('0')).filter(|year| year.len() == 4)?;
    let (month, day) = (parts.next()?, parts.next()?);
    match precision {
        9 => Some(year.to_owned()),
        10 => Some(format!("{year}-{month}")),
        11.. => Some(format!("{year}-{month}-{day}")),
        _ => None,
    }
}

/// The relations of an item to those items that have an id here.
pub(super) fn edges(id: &str, item: &Value, ids: &BTreeMap<String, String>) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (property, schema, role) in tables::RELATIONS {
        let Some(schema) = EdgeSchema::find(schema) else { continue };
        for statement in statements(item, property) {
            let Statement { value, rank, qualifiers } = statement;
            let Some(other) = value.item().and_then(|key| ids.get(&key)) else { continue };
            let (source, target) = if *role == schema.source.0 { (other.as_str(), id) } else { (id, other.as_str()) };
            let mut more = Vec::new();
            for (qualifier, key) in [("P580", "startDate"), ("P582", "endDate"), ("P1107", "percentage")] {
                let value = qualifiers.get(qualifier).and_then(|values| values.first());
                let value = match value {
                    Some(Datum::Date(date)) => date.clone(),
                    Some(Datum::Amount(part)) => format!("{}", (part * 10_000.0).round() / 100.0),
                    _ => continue,
                };
                more.push((key.to_owned(), value));
            }
            if *property == "P169" {
                more.push(("role".to_owned(), "chief executive officer".to_owned()));
            } else if *property == "P488" {
                more.push(("role".to_owned(), "chairperson".to_owned()));
            }
            let evidence = Evidence { rank, ..Evidence::default() };
            edges.push(Edge { schema, source: source.to_owned(), target: target.to_owned(), evidence, more });
        }
    }
    edges
}

/// All that an edge says: two edges that say the same are one.
pub(super) fn said(edge: &Edge) -> (&'static str, String, String, Vec<(String, String)>, Rank) {
    (edge.schema.name, edge.source.clone(), edge.target.clone(), edge.more.clone(), edge.evidence.rank)
}
