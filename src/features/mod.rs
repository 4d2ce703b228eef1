//! What people ask of the corpus: each feature is a function from a snapshot and a place to plain data.

pub mod calls;
pub mod card;
pub mod completion;
pub mod decisions;
pub mod edits;
pub mod explain;
pub mod findings;
pub mod fixes;
pub mod folding;
pub mod hierarchy;
pub mod hover;
pub mod inlay;
pub mod lens;
pub mod links;
pub mod navigate;
pub mod quotations;
pub mod rename;
pub mod resting;
pub mod selection;
pub mod states;
pub mod subject;
pub mod suggest;
pub mod symbols;
pub mod tokens;
mod weighing;

use crate::corpus::Snapshot;
use crate::model::record::{Rank, Relation};
use crate::model::{ActorKey, FileId};
use crate::text::ByteRange;

/// A place in a file of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Bytes in the file.
    pub range: ByteRange,
}

/// Where a jump leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The file.
    pub file: FileId,
    /// The whole thing: a record, a bibliography entry. Bytes in the file.
    pub whole: ByteRange,
    /// Where the cursor goes: the name, the key. Bytes in the file, inside `whole`.
    pub focus: ByteRange,
}

/// Who owns or controls an actor, one step up, as its own record says; deprecated relations are
/// left out.
fn owners(snapshot: &Snapshot, actor: ActorKey) -> Vec<ActorKey> {
    let registry = &snapshot.registry;
    let Some(record) = registry.record(actor).map(|it| &it.record) else { return Vec::new() };
    let above = |relation: &Relation| {
        let leads_up = matches!(
            (relation.schema.value.as_str(), relation.role.value.as_str()),
            ("Ownership", "owner") | ("Control", "controller")
        );
        let counts = leads_up && relation.evidence.rank != Rank::Deprecated;
        registry.actor_by_id(&relation.other.value).filter(|_| counts).map(|it| it.key)
    };
    let mut owners: Vec<ActorKey> = record.relations.iter().filter_map(above).collect();
    owners.sort_unstable();
    owners.dedup();
    owners
}
