//! What can be done about an unknown name: plain data that an editor's code actions are made of.

use super::card::{Card, Part};
use super::edits::{TextEdit, add_alias, create_record};
use crate::analysis::suggestions::{Suggestion, What};
use crate::corpus::{Document, Snapshot};
use crate::model::{Code, FileId};
use crate::text::ByteRange;
use crate::text::tokens::tokenize;

/// A name in a registry is looked for in at most this many words.
const LONGEST_NAME: usize = 8;

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
        let touched =
            suggestion.places.iter().any(|it| it.overlaps(range) || it.touches(range.start) || it.touches(range.end));
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

/// The card of a place where a suggestion stands, or a name that a registry knows.
#[must_use]
pub fn card(snapshot: &Snapshot, document: &Document, offset: u32) -> Option<Card> {
    let block = document.blocks().iter().find(|block| block.range.touches(offset))?;
    let from_registry = from_registry(snapshot, document, block.range, offset);
    let may_suggest = document.names_in(block).touches(offset - block.range.start);
    let suggestion = may_suggest
        .then(|| snapshot.suggestions(document))
        .into_iter()
        .flatten()
        .find(|suggestion| suggestion.places.iter().any(|place| place.touches(offset)));
    let Some(suggestion) = suggestion else {
        let (range, parts) = from_registry?;
        return Some(Card { range, parts });
    };
    let range = suggestion.places.iter().find(|place| place.touches(offset)).copied().unwrap_or(suggestion.range);
    let words = words(document, range);
    let what = match &suggestion.what {
        What::Unknown { person: true } => "no record; seems to be a person".to_owned(),
        What::Unknown { person: false } => "no record; seems to be an organisation".to_owned(),
        What::Alias { actor, .. } => format!("perhaps {}", snapshot.registry.caption(*actor)),
    };
    let mut parts = vec![Part::Title(words, what), Part::Text(suggestion.reason)];
    parts.extend(from_registry.into_iter().flat_map(|(_, parts)| parts));
    Some(Card { range, parts })
}

/// The longest words around a place that are a name in a registry, and what it says.
fn from_registry(
    snapshot: &Snapshot,
    document: &Document,
    block: ByteRange,
    offset: u32,
) -> Option<(ByteRange, Vec<Part>)> {
    let registries = &snapshot.registries;
    if registries.is_empty() {
        return None;
    }
    let text = document.buffer.slice(block);
    let tokens = tokenize(&text);
    let at = tokens.partition_point(|token| token.end + block.start < offset);
    let mut best: Option<ByteRange> = None;
    for first in at.saturating_sub(LONGEST_NAME)..=at {
        for last in at..at + LONGEST_NAME {
            let (Some(start), Some(end)) = (tokens.get(first), tokens.get(last)) else { continue };
            let range = ByteRange { start: start.start, end: end.end };
            let is_longer = best.is_none_or(|best| best.len() < range.len());
            let is_name = start.shape.has_capital() || start.class.is_single() && first < last;
            let known = || range.of(&text).is_some_and(|words| registries.lookup(words).next().is_some());
            if is_longer && is_name && last - first < LONGEST_NAME && known() {
                best = Some(range);
            }
        }
    }
    let range = best?.shifted(block.start);
    let (card, n_others) = registries.known(&document.buffer.slice(range))?;
    let mut lines =
        vec![(format!("in registry {}", card.list), format!("{} ({}, {})", card.caption, card.schema, card.id))];
    if 0 < n_others {
        lines.push((String::new(), format!("… and {n_others} more of this name")));
    }
    Some((range, vec![Part::List(lines)]))
}

fn words(document: &Document, range: ByteRange) -> String {
    document.buffer.slice(range).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn create(snapshot: &Snapshot, words: &str, kind: &str, code: Option<Code>, is_preferred: bool) -> Fix {
    let is_file = |path: &&String| {
        path.ends_with(".md") || path.ends_with(".yaml") || path.ends_with(".yml") || path.ends_with(".jsonl")
    };
    let folder = snapshot.options.actors.iter().find(|path| !is_file(path)).map_or("actors", String::as_str);
    let (path, text) = create_record(folder, words, kind, &|path| snapshot.file(path).is_some());
    let title = match code {
        None => format!("Create a record for “{words}” ({kind})"),
        Some(_) => format!("Create a record for “{words}”"),
    };
    Fix { title, is_preferred, edits: vec![FileEdit::Create(path, text)], code }
}
