//! Records that contradict one another or say what nobody can check.

use super::nearest;
use crate::corpus::{Document, Snapshot};
use crate::model::record::{CaseRule, Evidence, NameKind, NameView, Rank, Record};
use crate::model::{ActorKey, Code, Finding, Related, Severity, Spanned};
use crate::text::ByteRange;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Ownership and control are followed at most this far.
const LONGEST_CHAIN: usize = 64;

pub(super) fn check(snapshot: &Snapshot, document: &Document, records: &[Arc<Record>], findings: &mut Vec<Finding>) {
    for record in records {
        if !check_id(snapshot, document, record, findings) {
            continue;
        }
        check_names(snapshot, record, findings);
        check_others(snapshot, record, findings);
        // FollowTheMoney lines have no place for a source.
        if !document.path.ends_with(".jsonl") {
            check_evidence(snapshot, record, findings);
        }
        check_cycle(snapshot, record, findings);
    }
}

/// The first place of a record that can be underlined.
fn head(record: &Record) -> ByteRange {
    let name = record.names.first().map(|name| name.text.range).filter(|range| !range.is_empty());
    let id = Some(record.id.range).filter(|range| !range.is_empty());
    name.or(id).unwrap_or(ByteRange::empty(record.range.start as usize))
}

/// Whether this record is the one that counts for its id.
fn check_id(snapshot: &Snapshot, document: &Document, record: &Arc<Record>, findings: &mut Vec<Finding>) -> bool {
    let registry = &snapshot.registry;
    let Some(first) = registry.key(&record.id.value).and_then(|key| registry.record(key)) else { return false };
    if Arc::ptr_eq(&first.record, record) {
        return true;
    }
    let range = if record.id.range.is_empty() { head(record) } else { record.id.range };
    let message = format!(
        "another record already has the id `{}`, and this one is not used; give it an id of its own, or merge the two",
        record.id.value
    );
    let mut finding = Finding::new(Code::InvalidRecord, Severity::Warning, range, message);
    let file = (first.file != document.file).then_some(first.file);
    finding.related.push(Related { file, range: head(&first.record), message: "the record that counts".to_owned() });
    findings.push(finding);
    false
}

fn check_names(snapshot: &Snapshot, record: &Record, findings: &mut Vec<Finding>) {
    let registry = &snapshot.registry;
    let own = registry.actor_by_id(&record.id.value).map(|actor| actor.key);
    for name in record.names.iter().filter(|name| stands_alone(name)) {
        let is_strong_there = |actor: &ActorKey| {
            let mut names = registry.record(*actor).into_iter().flat_map(|it| &it.record.names);
            let folded = crate::text::fold::fold(name.text.value);
            names.any(|it| stands_alone(&it) && crate::text::fold::fold(it.text.value) == folded)
        };
        let others = registry
            .bearers(name.text.value)
            .iter()
            .filter(|actor| registry.actor(**actor).map(|it| it.key) != own && is_strong_there(actor));
        for other in others {
            let Some(actor) = registry.record(*other) else { continue };
            let message = format!(
                "“{}” is also a name of {}, so each mention is ambiguous; make it `kind: weak` where it needs evidence",
                name.text.value,
                actor.record.caption()
            );
            let mut finding = Finding::new(Code::DuplicateName, Severity::Warning, name.text.range, message);
            let place =
                Related { file: Some(actor.file), range: head(&actor.record), message: "the other record".to_owned() };
            finding.related.push(place);
            findings.push(finding);
        }
    }
}

fn stands_alone(name: &NameView<'_>) -> bool {
    name.kind != NameKind::Weak && name.case != Some(CaseRule::Never)
}

fn check_others(snapshot: &Snapshot, record: &Record, findings: &mut Vec<Finding>) {
    let others = record.relations.iter().map(|it| &it.other).chain(&record.not).chain(&record.merged_into);
    for other in others.filter(|other| snapshot.registry.actor_by_id(&other.value).is_none()) {
        let ids = snapshot.registry.actors().map(|actor| actor.record.id.value.as_str());
        let near = nearest(&other.value, ids);
        let remedy = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "create the record, or correct the id".to_owned(),
        };
        let message = format!("no record has the id `{}`; {remedy}", other.value);
        let finding = Finding::new(Code::UnresolvedRelation, Severity::Warning, other.range, message);
        findings.push(finding.with("id", other.value.clone()).with_replacement(near));
    }
}

fn check_evidence(snapshot: &Snapshot, record: &Record, findings: &mut Vec<Finding>) {
    let facts = record.facts.iter().map(|it| (it.range, it.property.value.as_str(), &it.evidence));
    let relations = record.relations.iter().map(|it| (it.range, it.schema.value.as_str(), &it.evidence));
    for (range, what, evidence) in facts.chain(relations) {
        match &evidence.source {
            Some(source) => findings.extend(unknown_source(snapshot, source)),
            None if SELF_EVIDENT.contains(&what) => (),
            None => findings.push(without_source(range, what, evidence)),
        }
    }
}

/// Identifiers that say themselves where they can be looked up: the register has one entry under each.
const SELF_EVIDENT: &[&str] = &[
    "bvdId",
    "cikCode",
    "dunsCode",
    "giiNumber",
    "icijId",
    "imoNumber",
    "isin",
    "isinCode",
    "leiCode",
    "npiCode",
    "opencorporatesUrl",
    "permId",
    "ricCode",
    "sourceUrl",
    "swiftBic",
    "uniqueEntityId",
    "wikidataId",
    "wikipediaUrl",
];

fn unknown_source(snapshot: &Snapshot, source: &Spanned<String>) -> Option<Finding> {
    if snapshot.registry.reference(&source.value).is_some() {
        return None;
    }
    let keys = snapshot.registry.references().map(|entry| entry.reference.key.value.as_str());
    let near = nearest(&source.value, keys);
    let remedy = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "add the reference to the bibliography, or correct the key".to_owned(),
    };
    let message = format!("no reference has the key `{}`; {remedy}", source.value);
    let finding = Finding::new(Code::UndefinedCitation, Severity::Error, source.range, message);
    Some(finding.with("key", source.value.clone()).with_replacement(near))
}

fn without_source(range: ByteRange, what: &str, evidence: &Evidence) -> Finding {
    let severity = if evidence.rank == Rank::Deprecated { Severity::Hint } else { Severity::Information };
    let message = format!("`{what}` names no source; add `source:` with a citation key, and `locator:`");
    Finding::new(Code::FactWithoutSource, severity, range, message)
}

/// Whether ownership or control leads from this actor back to it.
fn check_cycle(snapshot: &Snapshot, record: &Record, findings: &mut Vec<Finding>) {
    let Some(own) = snapshot.registry.key(&record.id.value) else { return };
    let mut seen: BTreeSet<ActorKey> = BTreeSet::new();
    let mut paths: Vec<Vec<ActorKey>> = vec![vec![own]];
    while let Some(path) = paths.pop() {
        let Some(last) = path.last().copied() else { continue };
        for above in super::super::owners(snapshot, last) {
            if above == own && 1 < path.len() + usize::from(above == last) {
                let names: Vec<&str> = path.iter().chain([&own]).map(|key| snapshot.registry.caption(*key)).collect();
                let message = format!(
                    "ownership leads back to where it started ({}); correct a relation, or rank it `deprecated`",
                    names.join(" ← ")
                );
                findings.push(Finding::new(Code::OwnershipCycle, Severity::Warning, head(record), message));
                return;
            }
            if path.len() < LONGEST_CHAIN && seen.insert(above) {
                paths.push(path.iter().copied().chain([above]).collect());
            }
        }
    }
}
