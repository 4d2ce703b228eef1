//! Renaming: an actor's id, a name on its record, a citation key, the path of a text.
//!
//! Source texts are never written, and neither are quotations: what changes is what the user wrote as a pointer.

use super::subject::{Subject, subject_at};
use super::{Place, navigate};
use crate::analysis::citations::key_at;
use crate::corpus::document::Content;
use crate::corpus::layout::Layout;
use crate::corpus::{Document, Extent, Snapshot};
use crate::model::record::{NameKind, Record};
use crate::model::{FileId, Role};
use crate::text::ByteRange;
use crate::text::position::Encoding;

/// New words for a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// What is replaced.
    pub place: Place,
    /// What stands there afterwards.
    pub text: String,
}

/// What a rename changes, or why it cannot be, for the user.
pub type Renamed = Result<Vec<Replacement>, String>;

/// What stands at a place that can be renamed.
enum Renamable {
    Id(String),
    Name(String),
    Key(String),
}

/// The words at the place that can be renamed, with their range; the error says why they cannot.
pub fn prepare(snapshot: &Snapshot, file: FileId, offset: u32) -> Result<(ByteRange, String), String> {
    let (range, renamable) = renamable(snapshot, file, offset)?;
    Ok((
        range,
        match renamable {
            Renamable::Id(words) | Renamable::Name(words) | Renamable::Key(words) => words,
        },
    ))
}

/// Renames what stands at the place.
pub fn rename(snapshot: &Snapshot, file: FileId, offset: u32, new: &str) -> Renamed {
    let new = new.trim();
    let (range, renamable) = renamable(snapshot, file, offset)?;
    let mut replacements = match renamable {
        Renamable::Id(old) => rename_id(snapshot, &old, new)?,
        Renamable::Key(old) => rename_key(snapshot, &old, new)?,
        Renamable::Name(old) => rename_name(snapshot, Place { file, range }, &old, new)?,
    };
    replacements.sort_by(|a, b| path_of(snapshot, a).cmp(&path_of(snapshot, b)));
    replacements.dedup();
    Ok(replacements)
}

fn path_of<'s>(snapshot: &'s Snapshot, it: &Replacement) -> (&'s str, ByteRange) {
    (snapshot.path(it.place.file), it.place.range)
}

fn renamable(snapshot: &Snapshot, file: FileId, offset: u32) -> Result<(ByteRange, Renamable), String> {
    let document = snapshot.document(file).ok_or("this file is none of the workspace")?;
    if snapshot.extent != Extent::Everything {
        return Err("the workspace is still being read, and all of it must follow; try again in a moment".to_owned());
    }
    let subject = subject_at(snapshot, file, offset);
    match subject {
        Some(Subject::Key { .. }) if document.role == Role::Source => {
            Err("a source text is evidence and is never changed; rename the key in the bibliography".to_owned())
        }
        Some(Subject::Key { key, range, .. }) => Ok((range, Renamable::Key(key))),
        Some(Subject::Actor { range, .. }) => {
            let words = document.buffer.slice(range).into_owned();
            let names = document.content.records().iter().flat_map(|record| &record.names);
            let name = names.into_iter().find(|name| name.text.range == range);
            Ok((range, name.map_or(Renamable::Id(words), |name| Renamable::Name(name.text.value.to_owned()))))
        }
        Some(Subject::Mention(_)) => {
            Err("the words of a text are not renamed; rename the actor in its record".to_owned())
        }
        Some(Subject::Copy { .. }) => Err("rename the file itself; this path then follows".to_owned()),
        Some(Subject::Quotation(..) | Subject::Claim(..)) | None => {
            Err("only actors, their names and citation keys can be renamed".to_owned())
        }
    }
}

// Ids.

fn rename_id(snapshot: &Snapshot, old: &str, new: &str) -> Renamed {
    let is_plain = new.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c));
    let begins_well = new.chars().next().is_some_and(char::is_alphanumeric);
    if !is_plain || !begins_well {
        return Err(format!(
            "“{new}” cannot be an id; use letters, digits, “-”, “_”, “.” and “/”, beginning with a letter or a digit"
        ));
    }
    if old == new {
        return Ok(Vec::new());
    }
    if snapshot.registry.key(new).is_some_and(|key| snapshot.registry.record(key).is_some()) {
        return Err(format!("the id “{new}” belongs to another record already; choose another one"));
    }
    let mut replacements = Vec::new();
    for document in snapshot.documents() {
        let mut ranges = Vec::new();
        match &document.content {
            Content::Records(records) => {
                for record in records.iter() {
                    if record.id.value == old {
                        replacements.push(written_id(document, record, new)?);
                    }
                    let others =
                        record.relations.iter().map(|it| &it.other).chain(&record.not).chain(&record.merged_into);
                    ranges.extend(others.filter(|other| other.value == old).map(|other| other.range));
                }
            }
            Content::Annotations(annotations) => {
                let actors = annotations.iter().filter_map(|it| it.decision.actor());
                ranges.extend(actors.filter(|actor| actor.value == old).map(|actor| actor.range));
            }
            Content::Text | Content::References(_) | Content::Configuration => (),
        }
        replacements.extend(ranges_to(document, ranges, new));
    }
    Ok(replacements)
}

fn ranges_to<'n>(
    document: &Document,
    ranges: Vec<ByteRange>,
    new: &'n str,
) -> impl Iterator<Item = Replacement> + use<'n> {
    let file = document.file;
    let written = ranges.into_iter().filter(|range| !range.is_empty());
    written.map(move |range| Replacement { place: Place { file, range }, text: new.to_owned() })
}

/// The id of a record, replaced where it is written, and written where the file's name stood for it.
fn written_id(document: &Document, record: &Record, id: &str) -> Result<Replacement, String> {
    let file = document.file;
    if !record.id.range.is_empty() {
        return Ok(Replacement { place: Place { file, range: record.id.range }, text: id.to_owned() });
    }
    let refusal = || format!("{} has no front matter; begin it with “---”, “name: …” and “---”", document.path);
    let start = match document.path.ends_with(".md") || document.path.ends_with(".markdown") {
        true => {
            let text = document.buffer.text();
            crate::model::record::front_matter(&text).ok_or_else(refusal)?.yaml.start
        }
        false => record.range.start,
    };
    let place = Place { file, range: ByteRange::empty(start as usize) };
    let opens_flow = document.buffer.slice(ByteRange { start, end: start + 1 }) == "{";
    if opens_flow {
        let range = ByteRange::empty(start as usize + 1);
        return Ok(Replacement { place: Place { file, range }, text: format!("id: {id}, ") });
    }
    let column = document.buffer.line_column(start as usize, Encoding::Utf32).column as usize;
    Ok(Replacement { place, text: format!("id: {id}\n{}", " ".repeat(column)) })
}

// Names.

fn rename_name(snapshot: &Snapshot, place: Place, old: &str, new: &str) -> Renamed {
    let document = snapshot.document(place.file).ok_or("this file is none of the workspace")?;
    if new.is_empty() || new.chars().any(char::is_control) {
        return Err("a name needs at least one letter, and must stand on one line".to_owned());
    }
    if new == old {
        return Ok(Vec::new());
    }
    let records = document.content.records();
    let record = records.iter().find(|record| record.range.covers(place.range)).ok_or("no record holds this name")?;
    let quote = document
        .buffer
        .slice(ByteRange::new((place.range.start as usize).saturating_sub(1), place.range.start as usize));
    let text = match quote.as_ref() {
        "\"" => new.replace('\\', "\\\\").replace('"', "\\\""),
        "'" => new.replace('\'', "''"),
        _ => plain(new),
    };
    let mut replacements = vec![Replacement { place, text }];
    let is_canonical = record.names.first().is_some_and(|name| name.text.range == place.range);
    let is_known = record.names.iter().skip(1).any(|name| name.text.value == old);
    if is_canonical && !is_known && record.names.first().is_some_and(|it| it.kind == NameKind::Canonical) {
        replacements.extend(former_name(document, record, place.range, old));
    }
    Ok(replacements)
}

/// A YAML scalar; quoted where it would not be read as written.
fn plain(text: &str) -> String {
    let is_odd = |c: char| "#,[]{}&*!|>'\"%@`:".contains(c);
    match text.contains(is_odd) || text.starts_with(['-', '?', ' ']) {
        true => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
        false => text.to_owned(),
    }
}

/// The old name, kept as a former one, where `name` stands on a line of its own.
fn former_name(document: &Document, record: &Record, name: ByteRange, old: &str) -> Option<Replacement> {
    let column = document.buffer.line_column(name.start as usize, Encoding::Utf8).column;
    let line_start = name.start - column;
    let lead = document.buffer.slice(ByteRange { start: line_start, end: name.start });
    let indent =
        lead.find("name:").filter(|at| lead.get(..*at).is_some_and(|it| it.trim_matches([' ', '-']).is_empty()))?;
    let text = document.buffer.slice(record.range);
    let entry = format!("{{name: {}, kind: former}}", plain(old));
    let mut at = record.range.start as usize;
    for line in text.split_inclusive('\n') {
        let start = if at == record.range.start as usize {
            document.buffer.line_column(at, Encoding::Utf8).column as usize
        } else {
            0
        };
        let own_indent = start + line.len() - line.trim_start_matches(' ').len();
        let words = line.trim();
        if own_indent == indent && words == "names:" {
            let rest = text.get(at + line.len() - record.range.start as usize..).unwrap_or_default();
            let item = rest.lines().next().unwrap_or_default();
            let inner = item.len() - item.trim_start_matches(' ').len();
            let inner = if item.trim_start().starts_with('-') { inner } else { indent + 2 };
            let text = format!("{}- {entry}\n", " ".repeat(inner));
            return Some(insertion(document, at + line.len(), text));
        }
        if own_indent == indent && words.starts_with("names: [") {
            let open = at + line.find('[')? + 1;
            return Some(insertion(document, open, format!("{entry}, ")));
        }
        at += line.len();
    }
    let rest = document.buffer.slice(ByteRange { start: name.end, end: record.range.end.max(name.end) });
    let line_end = name.end as usize + rest.find('\n').unwrap_or(rest.len());
    let pad = " ".repeat(indent);
    let text = format!("\n{pad}names:\n{pad}  - {entry}");
    Some(insertion(document, line_end, text))
}

fn insertion(document: &Document, at: usize, text: String) -> Replacement {
    Replacement { place: Place { file: document.file, range: ByteRange::empty(at) }, text }
}

// Citation keys.

fn rename_key(snapshot: &Snapshot, old: &str, new: &str) -> Renamed {
    let marked = format!("@{new}");
    if key_at(&marked).is_none_or(|key| key.len != marked.len() || key.start != 1) {
        return Err(format!(
            "“{new}” cannot be a citation key; use letters, digits and “_”, with single signs such as “-” or “:” between them"
        ));
    }
    if old == new {
        return Ok(Vec::new());
    }
    if snapshot.registry.reference(new).is_some() {
        return Err(format!("the key “{new}” stands for another entry already; choose another one"));
    }
    let mut replacements = Vec::new();
    for document in snapshot.documents().filter(|document| document.role != Role::Source) {
        replacements.extend(ranges_to(document, navigate::key_in(document, old, true), new));
    }
    Ok(replacements)
}

// Paths.

/// What follows when files get other names: replacements, and annotation files that move along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// New words in other files.
    pub replacements: Vec<Replacement>,
    /// Old and new paths of annotation files.
    pub files: Vec<(String, String)>,
}

/// What follows when a file or folder of the workspace gets another path.
#[must_use]
pub fn move_path(snapshot: &Snapshot, old: &str, new: &str) -> Moved {
    let layout = Layout::new(&snapshot.options);
    let moves: Vec<(&Document, String)> = snapshot
        .documents()
        .filter_map(|document| {
            let rest = document.path.strip_prefix(old)?;
            (rest.is_empty() || rest.starts_with('/')).then(|| (document, format!("{new}{rest}")))
        })
        .collect();
    let mut moved = Moved::default();
    for (document, new) in &moves {
        if document.role.is_text() {
            follow_text(snapshot, &layout, document, new, &mut moved);
        }
        if let [record] = document.content.records()
            && record.id.range.is_empty()
            && default_id(new) != default_id(&document.path)
        {
            // The file's name stood for the id; others refer to it.
            moved.replacements.extend(written_id(document, record, &record.id.value));
        }
    }
    moved
}

fn default_id(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

fn follow_text(snapshot: &Snapshot, layout: &Layout, text: &Document, new: &str, moved: &mut Moved) {
    for document in snapshot.documents() {
        let copies = document.content.references().iter().filter_map(|it| it.copy.as_ref());
        let copies = copies.filter(|copy| *copy.file.value == *text.path).map(|copy| copy.file.range);
        moved.replacements.extend(ranges_to(document, copies.collect(), new));
    }
    let path = layout.annotations_of(&text.path);
    let Some(document) = snapshot.document_at(&path) else { return };
    moved.files.push((path, layout.annotations_of(new)));
    let lines = document.buffer.text();
    // The path of the text, as a whole JSON string; it can stand in the target and in the body.
    let written = format!("\"{}\"", text.path.replace('\\', "\\\\").replace('"', "\\\""));
    let ranges = lines.match_indices(&written).filter(|(at, _)| {
        let before = lines.get(..*at).unwrap_or_default().trim_end();
        before.strip_suffix(':').is_some_and(|it| it.trim_end().ends_with("\"source\""))
    });
    let ranges = ranges.map(|(at, words)| ByteRange::new(at + 1, at + words.len() - 1)).collect();
    moved.replacements.extend(ranges_to(document, ranges, new));
}
