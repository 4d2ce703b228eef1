//! What a fix would do, before it is worked out.

use super::{FileEdit, actors, bibliography, quotations};
use crate::corpus::Snapshot;
use crate::features::decisions;
use crate::features::edits::{self, TextEdit};
use crate::model::annotation::{Annotation, Decision};
use crate::model::{ActorKey, FileId};
use crate::text::ByteRange;
use crate::text::hash::sha256;
use std::sync::Arc;

/// What a fix would do.
#[derive(Clone, Debug)]
pub(super) enum Plan {
    /// These edits.
    Ready(Vec<FileEdit>),
    /// Writes decisions about places of a text down.
    Decide(FileId, Vec<(ByteRange, Decision)>),
    /// Writes down that a reference backs a place of a text, with the quoted words and their place where they are known.
    Back(FileId, ByteRange, String),
    /// Writes down that all mentions that may be an actor's are, in every text or in one.
    Accept(ActorKey, Option<FileId>),
    /// Anchors an orphaned decision about a text at another place.
    Reanchor(FileId, Arc<Annotation>, ByteRange),
    /// Adds a form to an actor's names.
    AddName(ActorKey, String),
    /// Makes a listed name of an actor weak, or one that is never looked for.
    Restrict(ActorKey, String, Restriction),
    /// Adds an id to what an actor is never to be taken for.
    NeverFor(ActorKey, String),
    /// Writes the present hash of a copy in the place of the old one.
    Rehash(FileId, ByteRange, FileId),
    /// Adds an entry for a key to the bibliography.
    AddEntry(String),
    /// Deletes a line.
    DeleteLine(FileId, ByteRange),
}

/// How a name is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Restriction {
    /// It needs evidence.
    Weak,
    /// It is not looked for.
    Never,
}

impl Plan {
    /// One decision about one place.
    pub(super) fn decide(file: FileId, range: ByteRange, decision: Decision) -> Plan {
        Plan::Decide(file, vec![(range, decision)])
    }

    pub(super) fn edits(&self, snapshot: &Snapshot, created: &str) -> Vec<FileEdit> {
        match self {
            Plan::Ready(edits) => edits.clone(),
            Plan::Decide(file, list) => decisions::decide(snapshot, *file, list, created).into_iter().collect(),
            Plan::Back(file, range, key) => {
                let Some(text) = snapshot.document(*file) else { return Vec::new() };
                let decision = quotations::backed(snapshot, text, *range, key);
                decisions::decide(snapshot, *file, &[(*range, decision)], created).into_iter().collect()
            }
            Plan::Accept(actor, file) => actors::accept(snapshot, *actor, *file, created),
            Plan::Reanchor(file, orphan, range) => {
                let text = snapshot.document(*file);
                text.and_then(|text| decisions::reanchor(snapshot, text, orphan, *range)).into_iter().collect()
            }
            Plan::AddName(actor, name) => {
                in_record(snapshot, *actor, |text, record| edits::add_alias(text, record, name, None, None))
            }
            Plan::Restrict(actor, name, restriction) => {
                in_record(snapshot, *actor, |text, record| actors::restrict(text, record, name, *restriction))
            }
            Plan::NeverFor(actor, id) => in_record(snapshot, *actor, |text, record| edits::add_not(text, record, id)),
            Plan::Rehash(file, range, copy) => rehash(snapshot, *file, *range, *copy).into_iter().collect(),
            Plan::AddEntry(key) => bibliography::add_entry(snapshot, key).into_iter().collect(),
            Plan::DeleteLine(file, range) => {
                let Some(document) = snapshot.document(*file) else { return Vec::new() };
                let line = decisions::whole_line(&document.buffer.text(), *range);
                vec![FileEdit::Change(*file, vec![(line, String::new())])]
            }
        }
    }
}

fn in_record(
    snapshot: &Snapshot,
    actor: ActorKey,
    edit: impl Fn(&str, &crate::model::record::Record) -> Vec<TextEdit>,
) -> Vec<FileEdit> {
    let Some(actor) = snapshot.registry.actor(actor) else { return Vec::new() };
    let Some(document) = snapshot.document(actor.file) else { return Vec::new() };
    vec![FileEdit::Change(actor.file, edit(&document.buffer.text(), &actor.record))]
}

fn rehash(snapshot: &Snapshot, file: FileId, range: ByteRange, copy: FileId) -> Option<FileEdit> {
    let (document, copy) = (snapshot.document(file)?, snapshot.document(copy)?);
    let prefix = if document.buffer.slice(range).starts_with("sha256:") { "sha256:" } else { "" };
    let hash = format!("{prefix}{}", sha256(&copy.buffer.text()));
    Some(FileEdit::Change(file, vec![(range, hash)]))
}
