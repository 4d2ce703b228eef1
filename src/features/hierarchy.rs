//! Who owns or controls whom: above an actor stand its owners, below it its holdings.

use super::Target;
use super::navigate::record_target;
use super::subject::{Subject, subject_at};
use crate::corpus::Snapshot;
use crate::model::record::{Rank, Relation};
use crate::model::{ActorKey, FileId};

/// An actor in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The actor's id.
    pub id: String,
    /// What to call it.
    pub name: String,
    /// Its type, or the evidence of the step that leads to it; may be empty.
    pub detail: String,
    /// Its record.
    pub target: Target,
}

/// Which way a step leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To owners and controllers.
    Up,
    /// To holdings.
    Down,
}

/// The actors at a place.
#[must_use]
pub fn prepare(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<Node> {
    let actor = match subject_at(snapshot, file, offset) {
        Some(Subject::Mention(mention)) => Some(mention.actor),
        Some(Subject::Actor { actor, .. }) => Some(actor),
        Some(Subject::Key { .. } | Subject::Copy { .. } | Subject::Quotation(..) | Subject::Claim(..)) | None => {
            // Anywhere else in a record the record itself is meant.
            let records = snapshot.document(file).map(|it| it.content.records()).unwrap_or_default();
            let record = records.iter().find(|record| record.range.touches(offset));
            record.and_then(|record| snapshot.registry.key(&record.id.value))
        }
    };
    let schema = |actor: ActorKey| {
        let record = snapshot.registry.actor(actor).map(|it| &it.record);
        record.and_then(|it| it.schema.as_ref()).map(|it| it.value.clone()).unwrap_or_default()
    };
    actor.and_then(|actor| node(snapshot, actor, schema(actor))).into_iter().collect()
}

/// One step up or down from an actor, as any record tells it; deprecated relations are left out.
#[must_use]
pub fn step(snapshot: &Snapshot, id: &str, step: Step) -> Vec<Node> {
    let registry = &snapshot.registry;
    let Some(actor) = registry.actor_by_id(id).map(|it| it.key) else { return Vec::new() };
    let mut nodes: Vec<Node> = Vec::new();
    for holder in registry.actors() {
        for relation in &holder.record.relations {
            let Some(leads) = direction(relation) else { continue };
            let Some(other) = registry.actor_by_id(&relation.other.value).map(|it| it.key) else { continue };
            let own = registry.actor(holder.key).map_or(holder.key, |it| it.key);
            let (below, above) = if leads == Step::Up { (own, other) } else { (other, own) };
            let (from, to) = if step == Step::Up { (below, above) } else { (above, below) };
            if from == actor && relation.evidence.rank != Rank::Deprecated {
                nodes.extend(node(snapshot, to, detail(relation)));
            }
        }
    }
    nodes.sort_by(|a, b| (&a.name, &a.id, &a.detail).cmp(&(&b.name, &b.id, &b.detail)));
    nodes.dedup();
    nodes
}

/// Whether a relation leads from its record's actor to an owner or to a holding.
fn direction(relation: &Relation) -> Option<Step> {
    match (relation.schema.value.as_str(), relation.role.value.as_str()) {
        ("Ownership", "owner") | ("Control", "controller") => Some(Step::Up),
        ("Ownership", "asset") | ("Control", "controlled") => Some(Step::Down),
        _ => None,
    }
}

/// `Ownership, wapo-2024 para. 11, preferred`.
fn detail(relation: &Relation) -> String {
    let mut parts = vec![relation.schema.value.clone()];
    parts.extend(relation.more.iter().find(|(key, _)| key == "percentage").map(|(_, value)| value.clone()));
    let place = relation.evidence.locator.as_ref().map_or(String::new(), |locator| format!(" {locator}"));
    match &relation.evidence.source {
        Some(source) => parts.push(format!("{}{place}", source.value)),
        None => parts.push("no source".to_owned()),
    }
    if relation.evidence.rank == Rank::Preferred {
        parts.push("preferred".to_owned());
    }
    parts.join(", ")
}

fn node(snapshot: &Snapshot, actor: ActorKey, detail: String) -> Option<Node> {
    let target = record_target(snapshot, actor)?;
    let known = snapshot.registry.actor(actor)?;
    Some(Node { id: known.record.id.value.clone(), name: known.record.caption().to_owned(), detail, target })
}
