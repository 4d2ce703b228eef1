//! SARIF 2.1.0, as code scanning reads it: the part of the format that findings need.

use crate::cli::check::{Checked, Place, Placed};
use crate::cli::output::{Output, Stop};
use crate::model::{Code, Severity};
use serde::Serialize;
use serde_json::{Value, json};
use std::io::Write;

/// A finding.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Value,
    locations: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Value>,
    partial_fingerprints: Fingerprints,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "glossator/v1")]
    first: String,
}

pub(super) fn print(checked: &[Checked<'_>], out: &mut Output) -> Result<(), Stop> {
    let rules: Vec<Value> = Code::ALL.iter().copied().map(rule).collect();
    let driver = json!({
        "name": "Glossator",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    let results: Vec<SarifResult> =
        checked.iter().flat_map(|file| file.findings.iter().map(|placed| result(file, placed))).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    Ok(writeln!(out)?)
}

/// A rule with its page of the manual.
fn rule(code: Code) -> Value {
    let manual = code.manual();
    let first = manual.split("\n\n").next().unwrap_or_default();
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    json!({
        "id": code.word(),
        "shortDescription": { "text": plain(first) },
        "fullDescription": { "text": plain(manual) },
        "help": { "text": plain(manual), "markdown": unindented(manual) },
        "defaultConfiguration": { "level": level(code.default_severity()) },
    })
}

/// The manual without the blank that doc comments begin with.
fn unindented(manual: &str) -> String {
    manual.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

fn result(file: &Checked<'_>, placed: &Placed) -> SarifResult {
    let code = placed.finding.code;
    let related = placed.related.iter().map(|related| {
        let mut location = location(&related.shown, related.place);
        if let Some(object) = location.as_object_mut() {
            object.insert("message".to_owned(), json!({ "text": related.message }));
        }
        location
    });
    SarifResult {
        rule_id: code.word(),
        rule_index: Code::ALL.iter().position(|it| *it == code).unwrap_or_default(),
        level: level(placed.finding.severity),
        message: json!({ "text": placed.finding.message }),
        locations: vec![location(&file.shown, placed.place)],
        related_locations: related.collect(),
        partial_fingerprints: Fingerprints { first: file.fingerprint(placed) },
    }
}

fn location(path: &str, place: Place) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(path) },
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
            "charOffset": place.start,
            "charLength": place.end - place.start,
        },
    } })
}

/// A path as a relative URI reference.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
        Severity::Off => "none",
    }
}
