//! The JSON Schema of `glossator.toml`, so that editors complete and check it.

use serde_json::{Map, Value, json};

use super::read::TABLES;
use super::{CitationScope, Options};
use crate::model::Code;

/// The JSON Schema (2020-12) of `glossator.toml` and of the client's settings.
#[must_use]
pub fn json_schema() -> Value {
    let defaults = Options::default();
    let mut tables = Map::new();
    for (table, keys) in TABLES {
        let mut properties = Map::new();
        for (key, meaning, _) in *keys {
            let mut schema = value_schema(table, key, &defaults);
            if let Some(schema) = schema.as_object_mut() {
                schema.insert("description".to_owned(), json!(meaning));
            }
            properties.insert((*key).to_owned(), schema);
        }
        if *table == "findings" {
            for code in Code::ALL {
                // The first line of the manual's page says what the finding means.
                let meaning = code.manual().lines().next().unwrap_or_default().trim();
                let severities = ["off", "hint", "information", "warning", "error"];
                let default = code.default_severity().word();
                let schema = json!({"enum": severities, "default": default, "description": meaning});
                properties.insert(code.word().to_owned(), schema);
            }
        }
        let schema = json!({"type": "object", "additionalProperties": false, "properties": properties});
        tables.insert((*table).to_owned(), schema);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "glossator.toml",
        "description": "The settings of a Glossator workspace. Every key has a default.",
        "type": "object",
        "additionalProperties": false,
        "properties": tables,
    })
}

fn value_schema(table: &str, key: &str, defaults: &Options) -> Value {
    let paths = |default: &[String]| json!({"type": "array", "items": {"type": "string"}, "default": default});
    match (table, key) {
        ("corpus", "sources") => paths(&defaults.sources),
        ("corpus", "notes") => paths(&defaults.notes),
        ("corpus", "exclude") => paths(&defaults.exclude),
        ("actors", "paths") => paths(&defaults.actors),
        ("actors", "registries") => paths(&defaults.registries),
        ("references", "paths") => paths(&defaults.references),
        ("annotations", "path") => json!({"type": "string", "default": defaults.annotations}),
        ("annotations", "author") => json!({"type": "string"}),
        ("citations", "scope") => {
            let default = match defaults.citation_scope {
                CitationScope::Paragraph => "paragraph",
                CitationScope::Sentence => "sentence",
            };
            json!({"enum": ["paragraph", "sentence"], "default": default})
        }
        ("claims", "threshold") => {
            json!({"type": "number", "minimum": 0, "maximum": 1, "default": defaults.claim_threshold})
        }
        ("claims", "places-as-governments") => json!({"type": "boolean", "default": defaults.places_as_governments}),
        _ => json!({}),
    }
}
