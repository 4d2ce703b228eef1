//! The user's decisions as one AnnotationCollection of the W3C model, and back.
//!
//! Texts are named by IRIs (`urn:glossator:text:corpus/a.txt`), since a path is none. What a line says beyond our terms
//! goes along.

use crate::corpus::document::Content;
use crate::corpus::{Document, Snapshot};
use crate::model::annotation::{self, Annotation, NAMESPACE, Places};
use crate::text::hash::sha256;
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::sync::Arc;

/// What texts' names begin with.
const TEXT: &str = "urn:glossator:text:";

/// Decisions about one text.
pub struct Decided<'s> {
    /// The annotated text's path.
    pub path: &'s str,
    /// The text, if it is there.
    pub text: Option<&'s Document>,
    /// The decisions, each with its line, in the order of the file. Anchors are those of the text as it is.
    pub lines: Vec<(Annotation, &'s str)>,
}

/// All decisions of a workspace, by the path of their file.
#[must_use]
pub fn decided<'s>(snapshot: &'s Snapshot, buffers: &'s [(Arc<str>, String)]) -> Vec<Decided<'s>> {
    let folder = snapshot.options.annotations.trim_start_matches("./").trim_end_matches('/');
    let mut all = Vec::new();
    for (path, words) in buffers {
        let Some(Content::Annotations(annotations)) = snapshot.document_at(path).map(|it| &it.content) else {
            continue;
        };
        let about =
            path.strip_prefix(folder).and_then(|it| it.strip_prefix('/')).and_then(|it| it.strip_suffix(".jsonl"));
        let Some(path) = about else { continue };
        let text = snapshot.document_at(path);
        let whole = text.map(|text| text.buffer.text()).unwrap_or_default();
        let (hash, places) = (sha256(&whole), Places::new(&whole));
        let line = |annotation: &Arc<Annotation>| {
            let mut annotation = Annotation::clone(annotation);
            let placed = text.and_then(|text| text.placed().iter().find(|it| it.annotation.range == annotation.range));
            let place = placed.and_then(|it| it.range);
            if let Some(anchor) = place.and_then(|range| places.anchor(path, range, Some(&hash))) {
                annotation.anchor = anchor;
            }
            annotation.anchor.source = path.to_owned();
            let line = annotation.range.of(words).unwrap_or_default();
            (annotation, line)
        };
        all.push(Decided { path, text, lines: annotations.iter().map(line).collect() });
    }
    all
}

/// The texts of all annotation files, by path: lines are parts of them.
#[must_use]
pub fn files(snapshot: &Snapshot) -> Vec<(Arc<str>, String)> {
    let files = snapshot.documents().filter(|document| matches!(document.content, Content::Annotations(_)));
    let mut files: Vec<(Arc<str>, String)> = files.map(|it| (Arc::clone(&it.path), it.buffer.text())).collect();
    files.sort();
    files
}

/// One AnnotationCollection with all decisions, as JSON-LD.
#[must_use]
pub fn collection(all: &[Decided<'_>]) -> String {
    let mut items = Vec::new();
    for (annotation, line) in all.iter().flat_map(|decided| &decided.lines) {
        let Ok(Value::Object(mut item)) = serde_json::from_str(&annotation.to_line(Some(line))) else { continue };
        // The collection has the context; a term of another one is kept in the annotation's own.
        if item.get("@context").is_none_or(|it| *it == context()) {
            item.remove("@context");
        }
        if annotation.id.is_empty() || !annotation.id.contains(':') {
            let name = sha256(&format!("{}\0{line}", annotation.anchor.source));
            item.insert(
                "id".to_owned(),
                json!(format!("urn:glossator:annotation:{}", name.get(..32).unwrap_or(&name))),
            );
        }
        if let Some(Value::Object(target)) = item.get_mut("target") {
            target.insert("source".to_owned(), json!(iri(&annotation.anchor.source)));
        }
        items.push(Value::Object(item));
    }
    let mut collection = Map::new();
    collection.insert("@context".to_owned(), context());
    collection.insert("id".to_owned(), json!("urn:glossator:annotations"));
    collection.insert("type".to_owned(), json!("AnnotationCollection"));
    collection.insert("label".to_owned(), json!("Decisions about the texts of this workspace"));
    collection.insert("total".to_owned(), json!(items.len()));
    if !items.is_empty() {
        let page = json!({
            "id": "urn:glossator:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": items,
        });
        collection.insert("first".to_owned(), page);
    }
    let mut text = serde_json::to_string_pretty(&Value::Object(collection)).unwrap_or_default();
    text.push('\n');
    text
}

fn context() -> Value {
    json!(["http://www.w3.org/ns/anno.jsonld", { "gl": NAMESPACE }])
}

/// Annotations from elsewhere, each with its line, and what could not be read.
#[derive(Debug, Default)]
pub struct Imported {
    /// The annotations; sources are paths from the workspace folder.
    pub annotations: Vec<(Annotation, String)>,
    /// The reasons for the others.
    pub faults: Vec<String>,
}

/// Reads a collection, a page, a list, one annotation, or one a line.
#[must_use]
pub fn read(text: &str) -> Imported {
    let mut imported = Imported::default();
    let mut items = Vec::new();
    match serde_json::from_str::<Value>(text) {
        Ok(value) => gather(value, &mut items),
        Err(_) => {
            for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
                match serde_json::from_str(line) {
                    Ok(value) => gather(value, &mut items),
                    Err(error) => imported.faults.push(format!("line {number}: {}", super::no_json(&error))),
                }
            }
        }
    }
    for (number, mut item) in (1..).zip(items) {
        let source = item.get("target").map(|target| target.get(0).unwrap_or(target));
        let source = source.and_then(|target| target.get("source").or(Some(target)));
        let source = source.and_then(|source| source.get("id").unwrap_or(source).as_str()).map(path);
        if item.get("@context").is_none()
            && let Some(item) = item.as_object_mut()
        {
            item.insert("@context".to_owned(), context());
        }
        let line = item.to_string();
        let (annotations, findings) = annotation::read(&line);
        imported.faults.extend(findings.iter().map(|it| format!("annotation {number}: {}", it.message)));
        for mut annotation in annotations {
            annotation.anchor.source = source.clone().unwrap_or(annotation.anchor.source);
            imported.annotations.push((annotation, line.clone()));
        }
    }
    imported
}

fn gather(value: Value, items: &mut Vec<Value>) {
    match value {
        Value::Array(list) => list.into_iter().for_each(|it| gather(it, items)),
        Value::Object(mut object) => match ["items", "first", "@graph"].iter().find_map(|key| object.remove(*key)) {
            Some(inner) => gather(inner, items),
            None if object.contains_key("target") => items.push(Value::Object(object)),
            None => (),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => (),
    }
}

/// A path as an IRI.
pub(super) fn iri(path: &str) -> String {
    let mut iri = TEXT.to_owned();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => iri.push(char::from(byte)),
            // Writing to a string cannot fail.
            _ => drop(write!(iri, "%{byte:02X}")),
        }
    }
    iri
}

/// The path in an IRI of ours; anything else stays as it is.
fn path(iri: &str) -> String {
    let Some(rest) = iri.strip_prefix(TEXT) else { return iri.to_owned() };
    let mut bytes = Vec::new();
    let mut rest = rest.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| byte.and_then(|it| char::from(it).to_digit(16));
        match byte {
            b'%' => {
                let (high, low) = (digit(rest.next()).unwrap_or(0), digit(rest.next()).unwrap_or(0));
                bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
