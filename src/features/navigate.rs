//! Definition, references, highlights.

use super::subject::{Subject, subject_at};
use super::{Place, Target};
use crate::analysis::citations::CitationTarget;
use crate::analysis::mentions::MentionStatus;
use crate::corpus::document::Content;
use crate::corpus::{Document, Snapshot};
use crate::model::{ActorKey, FileId};
use crate::text::ByteRange;

/// Where the thing at the place is described: mention → record, citation → bibliography entry, relation → record,
/// quotation → its passage in the archived copy. An ambiguous mention leads to every candidate. The second value is the
/// range of the thing at the place.
#[must_use]
pub fn definition(snapshot: &Snapshot, file: FileId, offset: u32) -> (Vec<Target>, Option<ByteRange>) {
    let Some(subject) = subject_at(snapshot, file, offset) else { return (Vec::new(), None) };
    let targets = match &subject {
        Subject::Mention(mention) if mention.status == MentionStatus::Ambiguous => {
            let document = snapshot.document(file);
            let candidates = document.map_or(&[][..], |document| document.settled().candidates(mention));
            candidates.iter().filter_map(|actor| record_target(snapshot, *actor)).collect()
        }
        Subject::Mention(mention) => record_target(snapshot, mention.actor).into_iter().collect(),
        Subject::Actor { actor, .. } => record_target(snapshot, *actor).into_iter().collect(),
        Subject::Key { key, .. } => entry_target(snapshot, key).into_iter().collect(),
        Subject::Copy { path, .. } => {
            let target = |file| Target { file, whole: ByteRange::empty(0), focus: ByteRange::empty(0) };
            snapshot.file(path).map(target).into_iter().collect()
        }
        Subject::Quotation(checked, _) => {
            let target = |(file, range)| Target { file, whole: range, focus: range };
            checked.place().map(target).into_iter().collect()
        }
        Subject::Claim(..) => Vec::new(),
    };
    let range = (!targets.is_empty()).then(|| subject.range());
    (targets, range)
}

/// Where the type of the actor at the place is written, with the range of the thing at the place.
#[must_use]
pub fn type_definition(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<(Target, ByteRange)> {
    let subject = subject_at(snapshot, file, offset)?;
    let actor = match &subject {
        Subject::Mention(mention) => mention.actor,
        Subject::Actor { actor, .. } => *actor,
        Subject::Key { .. } | Subject::Copy { .. } | Subject::Quotation(..) | Subject::Claim(..) => return None,
    };
    let actor = snapshot.registry.actor(actor)?;
    let focus = actor.record.schema.as_ref()?.range;
    Some((Target { file: actor.file, whole: focus, focus }, subject.range()))
}

/// Where an actor's record is; redirects are followed.
#[must_use]
pub fn record_target(snapshot: &Snapshot, actor: ActorKey) -> Option<Target> {
    let actor = snapshot.registry.actor(actor)?;
    let focus = actor.record.names.first().map_or(actor.record.id.range, |name| name.text.range);
    let focus = if focus.is_empty() { ByteRange::empty(actor.record.range.start as usize) } else { focus };
    Some(Target { file: actor.file, whole: actor.record.range, focus })
}

/// Where a bibliography entry is.
#[must_use]
pub fn entry_target(snapshot: &Snapshot, key: &str) -> Option<Target> {
    let entry = snapshot.registry.reference(key)?;
    Some(Target { file: entry.file, whole: entry.reference.range, focus: entry.reference.key.range })
}

/// Every place that names the same actor or cites the same reference, in the order of paths and offsets.
#[must_use]
pub fn references(snapshot: &Snapshot, file: FileId, offset: u32, with_declaration: bool) -> Vec<Place> {
    match subject_at(snapshot, file, offset) {
        Some(Subject::Mention(mention)) => uses_of_actor(snapshot, mention.actor, with_declaration),
        Some(Subject::Actor { actor, .. }) => uses_of_actor(snapshot, actor, with_declaration),
        Some(Subject::Key { key, .. }) => uses_of_key(snapshot, &key, with_declaration),
        Some(Subject::Copy { .. } | Subject::Quotation(..) | Subject::Claim(..)) | None => Vec::new(),
    }
}

/// The same, in this file only.
#[must_use]
pub fn highlights(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<ByteRange> {
    let Some(document) = snapshot.document(file) else { return Vec::new() };
    match subject_at(snapshot, file, offset) {
        Some(Subject::Mention(mention)) => actor_in(snapshot, document, mention.actor, true),
        Some(Subject::Actor { actor, .. }) => actor_in(snapshot, document, actor, true),
        Some(Subject::Key { key, .. }) => key_in(document, &key, true),
        Some(Subject::Copy { .. } | Subject::Quotation(..) | Subject::Claim(..)) | None => Vec::new(),
    }
}

fn uses_of_actor(snapshot: &Snapshot, actor: ActorKey, with_declaration: bool) -> Vec<Place> {
    let actor = snapshot.registry.actor(actor).map_or(actor, |it| it.key);
    let naming = snapshot.naming(actor).map(|(file, _)| file);
    let using = snapshot.registry.ids_of(actor).flat_map(|id| snapshot.using(id));
    let documents = snapshot.in_order(naming.chain(using));
    places(&documents, |document| actor_in(snapshot, document, actor, with_declaration))
}

fn uses_of_key(snapshot: &Snapshot, key: &str, with_declaration: bool) -> Vec<Place> {
    places(&snapshot.in_order(snapshot.using(key)), |document| key_in(document, key, with_declaration))
}

fn places(documents: &[&Document], find: impl Fn(&Document) -> Vec<ByteRange>) -> Vec<Place> {
    let mut places = Vec::new();
    for document in documents {
        places.extend(find(document).into_iter().map(|range| Place { file: document.file, range }));
    }
    places
}

/// The places of a file that name an actor: mentions in a text (possible ones excepted), uses of its id elsewhere.
fn actor_in(snapshot: &Snapshot, document: &Document, actor: ActorKey, with_declaration: bool) -> Vec<ByteRange> {
    let is_it = |id: &str| snapshot.registry.actor_by_id(id).is_some_and(|it| it.key == actor);
    let mut ranges = Vec::new();
    match &document.content {
        Content::Text => {
            let named = document.settled().mentions.iter();
            let named = named.filter(|it| it.actor == actor && it.status != MentionStatus::Possible);
            ranges.extend(named.map(|it| it.range));
        }
        Content::Records(records) => {
            for record in records.iter() {
                let own = with_declaration && is_it(&record.id.value);
                ranges.extend(record.names.first().filter(|_| own).map(|name| name.text.range));
                let others = record.relations.iter().map(|it| &it.other).chain(&record.not).chain(&record.merged_into);
                ranges.extend(others.filter(|other| is_it(&other.value)).map(|other| other.range));
            }
        }
        Content::Annotations(annotations) => {
            let decided = annotations.iter().filter_map(|annotation| annotation.decision.actor());
            ranges.extend(decided.filter(|actor| is_it(&actor.value)).map(|actor| actor.range));
        }
        Content::References(_) | Content::Configuration => (),
    }
    tidied(ranges)
}

/// The places of a file that cite a key.
pub(super) fn key_in(document: &Document, wanted: &str, with_declaration: bool) -> Vec<ByteRange> {
    let mut ranges = Vec::new();
    match &document.content {
        Content::Text => ranges.extend(document.citations().filter_map(|(base, citation)| {
            let CitationTarget::Key { key, range } = &citation.target else { return None };
            (key == wanted).then(|| range.shifted(base))
        })),
        Content::Records(records) => {
            for record in records.iter() {
                let facts = record.facts.iter().map(|it| &it.evidence);
                let evidence = facts.chain(record.relations.iter().map(|it| &it.evidence));
                let sources = evidence.filter_map(|it| it.source.as_ref());
                ranges.extend(sources.filter(|source| source.value == wanted).map(|source| source.range));
            }
        }
        Content::References(references) => {
            let keys = references.iter().map(|it| &it.key).filter(|key| with_declaration && key.value == wanted);
            ranges.extend(keys.map(|key| key.range));
        }
        Content::Annotations(annotations) => {
            let keys = annotations.iter().filter_map(|annotation| annotation.decision.key());
            ranges.extend(keys.filter(|key| key.value == wanted).map(|key| key.range));
        }
        Content::Configuration => (),
    }
    tidied(ranges)
}

fn tidied(mut ranges: Vec<ByteRange>) -> Vec<ByteRange> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_unstable();
    ranges.dedup();
    ranges
}
