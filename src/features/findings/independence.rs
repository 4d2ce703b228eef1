//! Sources that belong to whom they write about, and several sources that are one text.

use crate::analysis::attribution::AttributionKind;
use crate::analysis::claims::Claim;
use crate::analysis::mentions::MentionStatus;
use crate::corpus::registry::Actor;
use crate::corpus::{Document, Snapshot, copies};
use crate::features::states::{self, Backing};
use crate::model::bibliography::Reference;
use crate::model::record::{EdgeSchema, Rank, Relation, role_phrase};
use crate::model::{ActorKey, Code, FileId, Finding, Related, Role, Severity};
use crate::text::ByteRange;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Ownership and control are followed at most so many steps.
const LONGEST_PATH: usize = 6;

/// One step of ownership or control.
#[derive(Clone, Copy)]
struct Tie {
    /// The actor that it leads to.
    other: ActorKey,
    /// Whether the other owns or controls; else it is owned or controlled.
    up: bool,
    /// What the first actor is to the other: `owned by`, `owns`.
    phrase: &'static str,
    /// The file with the record that says so.
    file: FileId,
    /// The relation, bytes in that file.
    range: ByteRange,
}

pub(super) fn check(snapshot: &Snapshot, document: &Document, findings: &mut Vec<Finding>) {
    if document.role != Role::Note {
        return;
    }
    let backings = states::of(snapshot, document);
    for (claim, backing) in document.settled().claims.iter().zip(&backings) {
        if backing.citations.is_empty() {
            continue;
        }
        if 1 < backing.citations.len() {
            findings.extend(single_source(snapshot, claim, backing));
        }
        let subjects = subjects(document, claim);
        for key in &backing.citations {
            let Some(entry) = snapshot.registry.reference(key) else { continue };
            let publishers = publishers(snapshot, &entry.reference);
            if !subjects.is_empty() && !publishers.is_empty() && !speaks_for_itself(claim, &publishers) {
                findings.extend(dependent(snapshot, claim, key, &publishers, &subjects));
            }
        }
    }
}

/// Who a claim is about: every actor that it surely names.
fn subjects(document: &Document, claim: &Claim) -> BTreeSet<ActorKey> {
    let mentions = &document.settled().mentions;
    let first = mentions.partition_point(|mention| mention.range.end <= claim.range.start);
    let inside = mentions.iter().skip(first).take_while(|mention| mention.range.start < claim.range.end);
    inside.filter(|mention| mention.status == MentionStatus::Certain).map(|mention| mention.actor).collect()
}

/// The actors that publish a reference.
fn publishers(snapshot: &Snapshot, reference: &Reference) -> Vec<ActorKey> {
    let named = reference.publisher.iter().map(|it| it.value.as_str()).chain(reference.container_title.as_deref());
    let bearers = named.map(|name| snapshot.registry.bearers(name)).find(|bearers| !bearers.is_empty());
    let actors = bearers.unwrap_or_default().iter().filter_map(|actor| snapshot.registry.actor(*actor));
    actors.map(|actor| actor.key).collect()
}

/// Whether the claim says that it is the publisher's own account: then the publisher is the right source for it.
fn speaks_for_itself(claim: &Claim, publishers: &[ActorKey]) -> bool {
    let attribution = claim.attribution.as_ref().filter(|it| it.kind == AttributionKind::Named);
    attribution.and_then(|it| it.actor).is_some_and(|actor| publishers.contains(&actor))
}

fn dependent(
    snapshot: &Snapshot,
    claim: &Claim,
    key: &str,
    publishers: &[ActorKey],
    subjects: &BTreeSet<ActorKey>,
) -> Option<Finding> {
    let caption = |actor: ActorKey| snapshot.registry.caption(actor);
    let remedy = "say so in the text, or add a source that does not depend on it";
    let severity = Severity::Information;
    // A news outlet that is named beside its own article is named as the source.
    let is_outlet = |actor: &ActorKey| {
        let record = snapshot.registry.actor(*actor).map(|it| &it.record);
        record.and_then(|it| it.schema.as_ref()).is_some_and(|schema| schema.value.eq_ignore_ascii_case("media"))
    };
    let is_own = |actor: &&ActorKey| subjects.contains(actor) && !is_outlet(actor);
    if let Some(own) = publishers.iter().find(is_own) {
        let message = format!("{} is named here, and it publishes `{key}` itself; {remedy}", caption(*own));
        let finding = Finding::new(Code::SourceNotIndependent, severity, claim.range, message);
        return Some(finding.with("key", key));
    }
    let (publisher, path) =
        publishers.iter().find_map(|actor| Some((*actor, shortest_path(snapshot, *actor, subjects)?)))?;
    let steps: Vec<String> = path.iter().map(|tie| format!("{} {}", tie.phrase, caption(tie.other))).collect();
    let message = format!(
        "`{key}` is published by {}, which is {}; {remedy}",
        caption(publisher),
        steps.join(", which is ").replace("is owns ", "owns ").replace("is controls ", "controls ")
    );
    let mut finding = Finding::new(Code::SourceNotIndependent, severity, claim.range, message);
    for tie in path {
        let message = format!("{} {}", tie.phrase, caption(tie.other));
        finding.related.push(Related { file: Some(tie.file), range: tie.range, message });
    }
    Some(finding.with("key", key))
}

/// The shortest chain of owners, or of holdings, from an actor to one of those wanted.
fn shortest_path(snapshot: &Snapshot, from: ActorKey, wanted: &BTreeSet<ActorKey>) -> Option<Vec<Tie>> {
    let upwards = path_along(snapshot, from, wanted, true);
    let downwards = path_along(snapshot, from, wanted, false);
    [upwards, downwards].into_iter().flatten().min_by_key(Vec::len)
}

fn path_along(snapshot: &Snapshot, from: ActorKey, wanted: &BTreeSet<ActorKey>, up: bool) -> Option<Vec<Tie>> {
    let mut reached: BTreeMap<ActorKey, Vec<Tie>> = BTreeMap::from([(from, Vec::new())]);
    let mut queue = VecDeque::from([from]);
    while let Some(actor) = queue.pop_front() {
        let path = reached.get(&actor).cloned().unwrap_or_default();
        if wanted.contains(&actor) && !path.is_empty() {
            return Some(path);
        }
        if LONGEST_PATH <= path.len() {
            continue;
        }
        for tie in ties(snapshot, actor).into_iter().filter(|tie| tie.up == up) {
            if let Entry::Vacant(place) = reached.entry(tie.other) {
                place.insert(path.iter().copied().chain([tie]).collect());
                queue.push_back(tie.other);
            }
        }
    }
    None
}

/// Whom an actor owns or controls, and who owns or controls it, as any record says; deprecated relations are left out.
fn ties(snapshot: &Snapshot, actor: ActorKey) -> Vec<Tie> {
    let registry = &snapshot.registry;
    let mut ties = Vec::new();
    let counts = |relation: &Relation| {
        let schema = relation.schema.value.as_str();
        matches!(schema, "Ownership" | "Control") && relation.evidence.rank != Rank::Deprecated
    };
    let leads_up = |role: &str| matches!(role, "owner" | "controller");
    if let Some(record) = registry.actor(actor) {
        for relation in record.record.relations.iter().filter(|it| counts(it)) {
            let Some(other) = registry.actor_by_id(&relation.other.value) else { continue };
            let (up, phrase) = (leads_up(&relation.role.value), relation.phrase());
            ties.push(Tie { other: other.key, up, phrase, file: record.file, range: relation.range });
        }
    }
    let inbound = registry.relations_to(actor).filter(|(_, relation)| counts(relation));
    ties.extend(inbound.filter_map(|(holder, relation): (&Actor, &Relation)| {
        let schema = relation.schema.value.as_str();
        let own_role = EdgeSchema::find(schema)?.opposite(&relation.role.value)?;
        let (up, phrase) = (leads_up(own_role), role_phrase(schema, own_role));
        Some(Tie { other: registry.actor(holder.key)?.key, up, phrase, file: holder.file, range: relation.range })
    }));
    ties
}

/// Several references that are copies of one text.
fn single_source(snapshot: &Snapshot, claim: &Claim, backing: &Backing) -> Option<Finding> {
    let known = backing.citations.iter().all(|key| copies::copy_of(snapshot, key).is_some());
    let groups = if known { copies::grouped(snapshot, &backing.citations) } else { Vec::new() };
    let [group] = groups.as_slice() else { return None };
    let keys: Vec<String> = group.iter().map(|key| format!("`{key}`")).collect();
    let message = format!(
        "these {} references are copies of one text ({}), so the claim has one source; add another, or cite one of them",
        keys.len(),
        keys.join(", ")
    );
    let mut finding = Finding::new(Code::SingleSource, Severity::Hint, claim.range, message);
    for key in group {
        if let Some(entry) = snapshot.registry.reference(key) {
            let (range, message) = (entry.reference.key.range, format!("`{key}`"));
            finding.related.push(Related { file: Some(entry.file), range, message });
        }
    }
    (1 < group.len()).then_some(finding)
}
