//! The JSON Schema of records, so that editors complete and check them.

use serde_json::{Value, json};

use super::vocabulary::{
    EDGES, FACT_KEYS, FRIENDLY_TYPES, NAME_KINDS, PROPERTIES, RECORD_KEYS, RELATION_KEYS, SCHEMAS, TOPICS,
};

/// The JSON Schema (2020-12) of a record: one mapping, or a list of them.
#[must_use]
pub fn json_schema() -> Value {
    let describe = |key: &str| RECORD_KEYS.iter().find(|(word, _)| *word == key).map_or("", |(_, words)| *words);
    let types: Vec<&str> = FRIENDLY_TYPES.iter().map(|(word, _)| *word).chain(SCHEMAS.iter().copied()).collect();
    let record = json!({
        "type": "object",
        "required": ["name"],
        "properties": {
            "id": {"type": ["string", "number"], "description": describe("id")},
            "type": {"enum": types, "description": describe("type")},
            "name": {"type": ["string", "number"], "minLength": 1, "description": describe("name")},
            "aliases": {"description": describe("aliases"), "anyOf": [strings(), {"type": "string"}]},
            "alias": {"description": describe("alias"), "anyOf": [{"type": "string"}, strings()]},
            "names": {"description": describe("names"), "type": "array", "items": name()},
            "country": {"description": describe("country"), "anyOf": [{"type": "string"}, strings()]},
            "topics": {
                "description": describe("topics"),
                "anyOf": [{"type": "array", "items": {"enum": TOPICS}}, {"enum": TOPICS}],
            },
            "facts": {"description": describe("facts"), "type": "array", "items": fact()},
            "relations": {"description": describe("relations"), "type": "array", "items": relation()},
            "not": {"description": describe("not"), "anyOf": [strings(), {"type": "string"}]},
            "mergedInto": {"description": describe("mergedInto"), "type": ["string", "null"]},
        },
    });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Glossator record",
        "description": "What is known of one actor, or of several. Only a name is needed.",
        "anyOf": [{"$ref": "#/$defs/record"}, {"type": "array", "items": {"$ref": "#/$defs/record"}}],
        "$defs": {"record": record},
    })
}

fn strings() -> Value {
    json!({"type": "array", "items": {"type": "string"}})
}

fn name() -> Value {
    let kinds: Vec<&str> = NAME_KINDS.iter().map(|(word, _)| *word).collect();
    let meanings: Vec<String> = NAME_KINDS.iter().map(|(word, meaning)| format!("{word}: {meaning}")).collect();
    json!({
        "anyOf": [{"type": "string"}, {
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"type": "string", "minLength": 1, "description": "The name as texts write it."},
                "lang": {"type": "string", "description": "The language of the name: en, fr, zh-Hans."},
                "kind": {"enum": kinds, "description": format!("What sort of name it is. {}.", meanings.join("; "))},
                "match": {
                    "enum": ["case", "exact", "never"],
                    "description": "How letter case counts. case: as written, accents do not matter; exact: to the letter; never: not looked for in texts.",
                },
                "source": {"type": "string", "description": "The citation key of the source for this name."},
                "note": {"type": "string", "description": "A remark."},
            },
        }],
    })
}

fn evidence() -> Vec<(&'static str, Value)> {
    vec![
        ("source", json!({"type": "string", "description": "The citation key of the source."})),
        ("locator", json!({"type": "string", "description": "The place in the source: p. 3, para. 14, 00:12:30."})),
        ("quote", json!({"type": "string", "description": "The source's own words."})),
        (
            "rank",
            json!({
                "enum": ["preferred", "normal", "deprecated"],
                "description": "Which of several contradicting statements is shown; deprecated ones are kept, but known to be wrong or outdated.",
            }),
        ),
    ]
}

fn fact() -> Value {
    let mut properties = serde_json::Map::new();
    let property = json!({"anyOf": [{"enum": PROPERTIES}, {"type": "string"}], "description": "What is stated: a FollowTheMoney property such as sector or website."});
    properties.insert("property".to_owned(), property);
    let value =
        json!({"type": ["string", "number", "boolean", "array"], "description": "The value, as the source gives it."});
    properties.insert("value".to_owned(), value);
    properties.extend(evidence().into_iter().map(|(key, value)| (key.to_owned(), value)));
    for key in FACT_KEYS {
        properties.entry(*key).or_insert_with(|| json!({}));
    }
    json!({"type": "object", "required": ["property", "value"], "properties": properties})
}

fn relation() -> Value {
    let types: Vec<&str> = EDGES.iter().map(|edge| edge.name).collect();
    let mut properties = serde_json::Map::new();
    properties.insert(
        "type".to_owned(),
        json!({"enum": types, "description": "What sort of relation it is: an edge of FollowTheMoney."}),
    );
    for edge in EDGES {
        for role in edge.roles() {
            let words = "The id of the other actor, which has this role.";
            properties.entry(role).or_insert_with(|| json!({"type": "string", "description": words}));
        }
    }
    properties.extend(evidence().into_iter().map(|(key, value)| (key.to_owned(), value)));
    for key in RELATION_KEYS {
        properties.entry(*key).or_insert_with(|| json!({"type": ["string", "number", "boolean"]}));
    }
    let roles: Vec<Value> = EDGES
        .iter()
        .map(|edge| {
            let [source, target] = edge.roles();
            json!({
                "if": {"required": ["type"], "properties": {"type": {"const": edge.name}}},
                "then": {"anyOf": [{"required": [source]}, {"required": [target]}]},
            })
        })
        .collect();
    json!({"type": "object", "required": ["type"], "properties": properties, "allOf": roles})
}
