//! What can be written at a place: names, ids, citation keys, and the words of records.
//!
//! | where | what |
//! |---|---|
//! | a word in a note | names of actors that begin so, or have a word that does |
//! | `[[` in a note | actor ids |
//! | `@` in a note | citation keys, found by key, author, title, publisher or year |
//! | a record | keys, types, topics, edges, roles, ids, citation keys, whatever the place takes |
//!
//! Source texts are evidence and never written, so nothing is proposed there.

mod names;
mod records;
mod yaml;

use super::card::{Card, Part};
use super::hover;
use crate::corpus::document::Content;
use crate::corpus::{Document, Snapshot};
use crate::model::bibliography::Reference;
use crate::model::{ActorKey, FileId, Role};
use crate::text::ByteRange;
use crate::text::fold::fold;
use crate::text::position::Encoding;

/// How completions are made.
#[derive(Clone, Copy, Debug)]
pub struct CompletionOptions {
    /// Whether the editor fills in places of a snippet.
    pub snippets: bool,
    /// How many proposals there are at most.
    pub limit: usize,
}

/// What a proposal is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProposalKind {
    /// An actor, by name or id.
    Actor(String),
    /// A citation key.
    Key(String),
    /// A key of a record.
    Field,
    /// A word that the place takes.
    Word,
}

/// Something that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What the list shows.
    pub label: String,
    /// More about it, on the same line; may be empty.
    pub detail: String,
    /// A sentence about it; may be empty.
    pub about: String,
    /// What it is.
    pub kind: ProposalKind,
    /// What is written.
    pub insert: String,
    /// The same with places to fill in, where the editor knows them.
    pub snippet: Option<String>,
}

/// What can be written at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposals {
    /// Best first.
    pub items: Vec<Proposal>,
    /// What they replace: the words typed so far. Bytes in the file.
    pub replaced: ByteRange,
    /// Whether more letters may bring others.
    pub is_incomplete: bool,
}

/// What can be written at the place.
#[must_use]
pub fn complete(snapshot: &Snapshot, file: FileId, offset: u32, options: CompletionOptions) -> Proposals {
    let Some(document) = snapshot.document(file) else { return Proposals::default() };
    match (&document.content, document.role) {
        (Content::Text, Role::Note) => in_note(snapshot, document, offset, options),
        (Content::Records(_), _) => records::complete(snapshot, document, offset, options),
        _ => Proposals::default(),
    }
}

/// More about a proposal, for the card beside the list.
#[must_use]
pub fn documentation(snapshot: &Snapshot, kind: &ProposalKind) -> Option<Card> {
    match kind {
        ProposalKind::Actor(id) => {
            let actor = snapshot.registry.actor_by_id(id)?;
            Some(hover::actor(snapshot, actor.key))
        }
        ProposalKind::Key(key) => {
            let entry = snapshot.registry.reference(key)?;
            Some(Card { range: ByteRange::default(), parts: vec![Part::Text(snapshot.registry.in_words(entry, ""))] })
        }
        ProposalKind::Field | ProposalKind::Word => None,
    }
}

/// The part of the line before the cursor.
fn line_before(document: &Document, offset: u32) -> String {
    let column = document.buffer.line_column(offset as usize, Encoding::Utf8).column;
    document.buffer.slice(ByteRange { start: offset.saturating_sub(column), end: offset }).into_owned()
}

fn in_note(snapshot: &Snapshot, document: &Document, offset: u32, options: CompletionOptions) -> Proposals {
    let line = line_before(document, offset);
    let replaced = |typed: &str| ByteRange::new(offset as usize - typed.len(), offset as usize);
    if let Some(typed) = after_wiki_opening(&line) {
        let rest = document.buffer.slice(ByteRange { start: offset, end: offset + 2 });
        let closing = if rest == "]]" { "" } else { "]]" };
        let mut items = ids(snapshot, typed, options.limit);
        items.items.iter_mut().for_each(|it| it.insert.push_str(closing));
        return Proposals { replaced: replaced(typed), ..items };
    }
    if let Some(typed) = after_at(&line) {
        return Proposals { replaced: replaced(typed), ..keys(snapshot, typed, options.limit) };
    }
    names::complete(snapshot, document, &line, offset, options.limit)
}

/// What was typed after `[[`, where that is not closed.
fn after_wiki_opening(line: &str) -> Option<&str> {
    let (_, typed) = line.rsplit_once("[[")?;
    (!typed.contains(']') && !typed.contains('|') && !typed.contains('#')).then_some(typed)
}

/// What was typed after the `@` of a citation; an address of e-mail is none.
fn after_at(line: &str) -> Option<&str> {
    let (before, typed) = line.rsplit_once('@')?;
    let typed = typed.strip_prefix('{').unwrap_or(typed);
    let is_key = typed.chars().all(|c| c.is_alphanumeric() || "_:.#$%&-+?<>~/".contains(c));
    let is_address = before.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric() || c == '.');
    (is_key && !is_address).then_some(typed)
}

/// Ranks by how well they fit, then by word; keeps the best.
fn best(mut fitting: Vec<(u8, Proposal)>, limit: usize) -> Proposals {
    fitting.sort_by(|(a, x), (b, y)| (a, &x.label, &x.insert).cmp(&(b, &y.label, &y.insert)));
    let is_incomplete = limit < fitting.len();
    fitting.truncate(limit);
    let items = fitting.into_iter().map(|(_, proposal)| proposal).collect();
    Proposals { items, replaced: ByteRange::default(), is_incomplete }
}

/// How well the best of some words fits what was typed; lower is better.
fn fit<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> Option<u8> {
    let ranks = words.into_iter().filter_map(|word| super::symbols::fit(&fold(word), typed));
    ranks.min().filter(|rank| *rank < 4)
}

/// Actor ids, found by id or by any name.
fn ids(snapshot: &Snapshot, typed: &str, limit: usize) -> Proposals {
    let registry = &snapshot.registry;
    let typed = fold(typed.trim());
    let mut ranks: std::collections::BTreeMap<ActorKey, u8> = std::collections::BTreeMap::new();
    for (actor, _, folded) in registry.spellings().all() {
        if let Some(rank) = super::symbols::fit(folded, &typed).filter(|rank| *rank < 4) {
            let known = ranks.entry(actor).or_insert(rank);
            *known = rank.min(*known);
        }
    }
    let mut fitting: Vec<(u8, &str, ActorKey)> = Vec::new();
    for actor in registry.actors() {
        let id = actor.record.id.value.as_str();
        let rank = fit(&typed, [id]).into_iter().chain(ranks.get(&actor.key).copied()).min();
        fitting.extend(rank.map(|rank| (rank, id, actor.key)));
    }
    fitting.sort_unstable();
    let is_incomplete = limit < fitting.len();
    fitting.truncate(limit);
    let proposal = |(_, id, actor): (u8, &str, ActorKey)| actor_proposal(snapshot, actor, id.to_owned());
    Proposals { items: fitting.into_iter().map(proposal).collect(), replaced: ByteRange::default(), is_incomplete }
}

/// Citation keys, found by key, author, title, publisher or year.
fn keys(snapshot: &Snapshot, typed: &str, limit: usize) -> Proposals {
    let typed = fold(typed.trim());
    let mut fitting: Vec<(u8, &str)> = Vec::new();
    for volume in snapshot.registry.shelf().volumes() {
        let best = |words: &mut dyn Iterator<Item = &str>| {
            words.filter_map(|word| super::symbols::fit(word, &typed)).min().filter(|rank| *rank < 4)
        };
        let by_key = best(&mut std::iter::once(&*volume.folded_key));
        // What is found by something else comes after what is found by its key.
        let rank = by_key.or_else(|| best(&mut volume.rest.iter().map(|it| &**it)).map(|rank| rank + 4));
        fitting.extend(rank.map(|rank| (rank, &*volume.key)));
    }
    fitting.sort_unstable();
    let is_incomplete = limit < fitting.len();
    fitting.truncate(limit);
    let proposal = |(_, key): (u8, &str)| Some(key_proposal(&snapshot.registry.reference(key)?.reference));
    let items = fitting.into_iter().filter_map(proposal).collect();
    Proposals { items, replaced: ByteRange::default(), is_incomplete }
}

fn key_proposal(reference: &Reference) -> Proposal {
    let title = reference.title.as_ref().map(|it| it.value.as_str());
    let author = reference.authors.first().map(|it| it.family.as_str());
    let year = reference.issued.as_deref().and_then(|it| it.get(..4));
    let key = reference.key.value.clone();
    Proposal {
        label: key.clone(),
        detail: [author, year, title].into_iter().flatten().collect::<Vec<_>>().join(", "),
        about: String::new(),
        kind: ProposalKind::Key(key.clone()),
        insert: key,
        snippet: None,
    }
}

/// A proposal of an actor under some label.
fn actor_proposal(snapshot: &Snapshot, actor: ActorKey, label: String) -> Proposal {
    let record = snapshot.registry.record(actor).map(|it| &it.record);
    let caption = snapshot.registry.caption(actor);
    let schema = record.and_then(|it| it.schema.as_ref()).map_or("", |it| it.value.as_str());
    let detail = if fold(caption) == fold(&label) { "" } else { caption };
    let detail = [detail, schema].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ");
    let id = snapshot.registry.actor_id(actor).unwrap_or_default().to_owned();
    Proposal {
        insert: label.clone(),
        label,
        detail,
        about: String::new(),
        kind: ProposalKind::Actor(id),
        snippet: None,
    }
}
