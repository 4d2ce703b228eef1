//! What can be done about an unknown name: plain data that an editor's code actions are made of.

use super::edits::{TextEdit, add_alias, create_record};
use crate::analysis::suggestions::{Suggestion, What};
use crate::corpus::{Document, Snapshot};
use crate::model::{Code, FileId};
use crate::text::ByteRange;

/// One thing that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the menu says.
    pub title: String,
    /// Whether it is the obvious thing to do.
    pub is_preferred: bool,
    /// What changes.
    pub edits: Vec<FileEdit>,
    /// The finding that it answers, if one stands there.
    pub code: Option<Code>,
}

/// A change of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileEdit {
    /// Edits of a file of the corpus, in order of place; ranges are bytes of its present text.
    Change(FileId, Vec<TextEdit>),
    /// A new file: workspace path and text.
    Create(String, String),
}

/// What can be done about the unknown names that a range touches; for a range of words without a suggestion, what can be
/// done about these words.
#[must_use]
pub fn fixes(snapshot: &Snapshot, file: FileId, range: ByteRange) -> Vec<Fix> {
    let Some(document) = snapshot.document(file).filter(|document| document.role.is_text()) else { return Vec::new() };
    let mut fixes = Vec::new();
    for suggestion in snapshot.suggestions(document) {
        let touched = suggestion.places.iter().any(|it| it.overlaps(range) || it.touches(range.start) || it.touches(range.end));
        if touched {
            fixes.extend(fixes_of(snapshot, document, &suggestion));
        }
    }
    let words = words(document, range);
    let named = document.settled().mentions.iter().any(|mention| mention.range.overlaps(range));
    if fixes.is_empty() && !named && (1..=120).contains(&words.chars().count()) {
        fixes.push(create(snapshot, &words, "organization", None, false));
        fixes.push(create(snapshot, &words, "person", None, false));
    }
    fixes
}

/// What can be done about one suggestion, the likeliest first.
#[must_use]
pub fn fixes_of(snapshot: &Snapshot, document: &Document, suggestion: &Suggestion) -> Vec<Fix> {
    let words = words(document, suggestion.range);
    match &suggestion.what {
        What::Unknown { person } => {
            let kind = if *person { "person" } else { "organization" };
            vec![create(snapshot, &words, kind, Some(Code::UnknownActor), true)]
        }
        What::Alias { actor, kind, .. } => {
            let mut fixes = Vec::new();
            if let Some(actor) = snapshot.registry.actor(*actor)
                && let Some(record_file) = snapshot.document(actor.file)
            {
                let edits = add_alias(&record_file.buffer.text(), &actor.record, &words, None, *kind);
                if !edits.is_empty() {
                    fixes.push(Fix {
                        title: format!("Add “{words}” as a name of {}", actor.record.caption()),
                        is_preferred: true,
                        edits: vec![FileEdit::Change(actor.file, edits)],
                        code: Some(Code::AliasSuggestion),
                    });
                }
            }
            fixes.push(create(snapshot, &words, "organization", Some(Code::AliasSuggestion), false));
            fixes
        }
    }
}

fn words(document: &Document, range: ByteRange) -> String {
    document.buffer.slice(range).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn create(snapshot: &Snapshot, words: &str, kind: &str, code: Option<Code>, is_preferred: bool) -> Fix {
    let is_file = |path: &&String| path.ends_with(".md") || path.ends_with(".yaml") || path.ends_with(".yml") || path.ends_with(".jsonl");
    let folder = snapshot.options.actors.iter().find(|path| !is_file(path)).map_or("actors", String::as_str);
    let (path, text) = create_record(folder, words, kind, &|path| snapshot.file(path).is_some());
    let title = match code {
        None => format!("Create a record for “{words}” ({kind})"),
        Some(_) => format!("Create a record for “{words}”"),
    };
    Fix { title, is_preferred, edits: vec![FileEdit::Create(path, text)], code }
}
