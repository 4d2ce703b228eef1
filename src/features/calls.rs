//! Who cites whom: texts cite references, references have copies, records rest on references, texts name actors.

use super::Target;
use super::navigate::{entry_target, key_in, record_target};
use super::subject::{Subject, subject_at};
use crate::analysis::citations::CitationTarget;
use crate::analysis::mentions::MentionStatus;
use crate::corpus::document::Content;
use crate::corpus::{Document, Snapshot};
use crate::model::FileId;
use crate::text::ByteRange;
use std::collections::{BTreeMap, BTreeSet};

/// Something that cites or is cited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// A text, by its path.
    Text(String),
    /// A reference, by its key.
    Reference(String),
    /// An actor, by its id.
    Actor(String),
}

/// A party with what is shown of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Who it is.
    pub party: Party,
    /// What to call it.
    pub name: String,
    /// More about it; may be empty.
    pub detail: String,
    /// Where it is.
    pub target: Target,
}

/// One party at the other end, and the places in the citing file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The other end.
    pub item: Item,
    /// Bytes in the file that cites.
    pub ranges: Vec<ByteRange>,
}

/// The parties at a place: a reference, an actor, else the text itself.
#[must_use]
pub fn prepare(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<Item> {
    let id = |actor| snapshot.registry.actor(actor).map(|it| Party::Actor(it.record.id.value.clone()));
    let party = match subject_at(snapshot, file, offset) {
        Some(Subject::Key { key, .. }) => Some(Party::Reference(key)),
        Some(Subject::Mention(mention)) => id(mention.actor),
        Some(Subject::Actor { actor, .. }) => id(actor),
        Some(Subject::Copy { path, .. }) => Some(Party::Text(path)),
        Some(Subject::Quotation(..) | Subject::Claim(..)) | None => {
            snapshot.document(file).filter(|it| it.role.is_text()).map(|it| Party::Text(it.path.to_string()))
        }
    };
    party.and_then(|party| item(snapshot, party)).into_iter().collect()
}

/// Who cites the party: files with the places where they do. An actor is cited where it is named.
#[must_use]
pub fn incoming(snapshot: &Snapshot, party: &Party) -> Vec<Call> {
    let keys: BTreeSet<&str> = match party {
        Party::Reference(key) => BTreeSet::from([key.as_str()]),
        Party::Text(path) => keys_of_copy(snapshot, path),
        Party::Actor(id) => return naming(snapshot, id),
    };
    let mut calls = Vec::new();
    for document in snapshot.documents() {
        match &document.content {
            Content::Text => {
                let mut ranges: Vec<ByteRange> = keys.iter().flat_map(|key| key_in(document, key, false)).collect();
                ranges.sort_unstable();
                if let Some(item) =
                    item(snapshot, Party::Text(document.path.to_string())).filter(|_| !ranges.is_empty())
                {
                    calls.push(Call { item, ranges });
                }
            }
            Content::Records(_) => calls.extend(resting_on(snapshot, document, &keys)),
            Content::References(_) | Content::Annotations(_) | Content::Configuration => (),
        }
    }
    calls
}

/// What the party cites.
#[must_use]
pub fn outgoing(snapshot: &Snapshot, party: &Party) -> Vec<Call> {
    let mut cited: BTreeMap<String, Vec<ByteRange>> = BTreeMap::new();
    match party {
        Party::Text(path) => cited_in(snapshot.document_at(path), &mut cited),
        Party::Reference(key) => {
            let copy = snapshot.registry.reference(key).and_then(|it| it.reference.copy.as_ref());
            cited_in(copy.and_then(|copy| snapshot.document_at(&copy.file.value)), &mut cited);
        }
        Party::Actor(id) => {
            let record = snapshot.registry.actor_by_id(id).map(|it| &it.record);
            if let Some(record) = record {
                let facts = record.facts.iter().map(|it| &it.evidence);
                let evidence = facts.chain(record.relations.iter().map(|it| &it.evidence));
                for source in evidence.filter_map(|it| it.source.as_ref()) {
                    cited.entry(source.value.clone()).or_default().push(source.range);
                }
            }
        }
    }
    let call = |(key, mut ranges): (String, Vec<ByteRange>)| {
        ranges.sort_unstable();
        ranges.dedup();
        Some(Call { item: item(snapshot, Party::Reference(key))?, ranges })
    };
    cited.into_iter().filter_map(call).collect()
}

fn cited_in(document: Option<&Document>, cited: &mut BTreeMap<String, Vec<ByteRange>>) {
    for (base, citation) in document.into_iter().flat_map(Document::citations) {
        if let CitationTarget::Key { key, range } = &citation.target {
            cited.entry(key.clone()).or_default().push(range.shifted(base));
        }
    }
}

fn keys_of_copy<'s>(snapshot: &'s Snapshot, path: &str) -> BTreeSet<&'s str> {
    let entries = snapshot.registry.references();
    let of_copy = entries.filter(|it| it.reference.copy.as_ref().is_some_and(|copy| copy.file.value == path));
    of_copy.map(|it| it.reference.key.value.as_str()).collect()
}

/// The records of a file that rest on one of the keys.
fn resting_on(snapshot: &Snapshot, document: &Document, keys: &BTreeSet<&str>) -> Vec<Call> {
    let mut calls = Vec::new();
    for record in document.content.records() {
        let facts = record.facts.iter().map(|it| &it.evidence);
        let evidence = facts.chain(record.relations.iter().map(|it| &it.evidence));
        let sources = evidence.filter_map(|it| it.source.as_ref()).filter(|it| keys.contains(it.value.as_str()));
        let mut ranges: Vec<ByteRange> = sources.map(|source| source.range).collect();
        ranges.sort_unstable();
        ranges.dedup();
        let party = Party::Actor(record.id.value.clone());
        if let Some(item) = item(snapshot, party).filter(|_| !ranges.is_empty()) {
            calls.push(Call { item, ranges });
        }
    }
    calls
}

fn naming(snapshot: &Snapshot, id: &str) -> Vec<Call> {
    let Some(actor) = snapshot.registry.actor_by_id(id).map(|it| it.key) else { return Vec::new() };
    let call = |(file, _): (FileId, u32)| {
        let document = snapshot.document(file)?;
        let mentions = document.settled().mentions.iter();
        let mentions = mentions.filter(|it| it.actor == actor && it.status != MentionStatus::Possible);
        let item = item(snapshot, Party::Text(document.path.to_string()))?;
        Some(Call { item, ranges: mentions.map(|it| it.range).collect() })
    };
    snapshot.named_in(actor).into_iter().filter_map(call).collect()
}

/// What is shown of a party; `None` where it is not there.
#[must_use]
pub fn item(snapshot: &Snapshot, party: Party) -> Option<Item> {
    let (name, detail, target) = match &party {
        Party::Text(path) => {
            let document = snapshot.document_at(path)?;
            let whole = ByteRange::new(0, document.buffer.len());
            let target = Target { file: document.file, whole, focus: ByteRange::empty(0) };
            let title = keys_of_copy(snapshot, path).into_iter().next().map(str::to_owned);
            (path.rsplit('/').next().unwrap_or(path).to_owned(), title.unwrap_or_default(), target)
        }
        Party::Reference(key) => {
            let title = snapshot.registry.reference(key)?.reference.title.as_ref();
            (key.clone(), title.map(|it| it.value.clone()).unwrap_or_default(), entry_target(snapshot, key)?)
        }
        Party::Actor(id) => {
            let actor = snapshot.registry.actor_by_id(id)?;
            let schema = actor.record.schema.as_ref().map(|it| it.value.clone()).unwrap_or_default();
            (actor.record.caption().to_owned(), schema, record_target(snapshot, actor.key)?)
        }
    };
    Some(Item { party, name, detail, target })
}
