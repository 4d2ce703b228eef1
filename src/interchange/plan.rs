//! Settles what of an import becomes a new record, and under which name its file will stand.

use super::slug::{free, slug};
use super::{Edge, Import, Known};
use crate::model::record::Record;
use std::collections::{BTreeMap, BTreeSet};

/// What an import will change.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The new records with their relations, in the order of the import.
    pub records: Vec<Record>,
    /// The ids of entities that have a record already, or come twice; sorted.
    pub skipped: Vec<String>,
    /// How many relations no new record can tell: an end is unknown, or both ends have their record already.
    pub n_lost: usize,
}

/// Leaves out what the workspace has, and gives each relation to the record of one of its ends.
#[must_use]
pub fn plan(import: Import, known: &Known) -> Plan {
    let mut plan = Plan::default();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for record in import.records {
        let id = record.id.value.clone();
        if known.ids.contains(&id) || places.contains_key(&id) {
            plan.skipped.push(id);
            continue;
        }
        places.insert(id, plan.records.len());
        plan.records.push(record);
    }
    plan.skipped.sort();
    for edge in &import.edges {
        let is_there = |id: &String| places.contains_key(id) || known.ids.contains(id);
        let mut ends =
            [(&edge.source, edge.schema.target.0, &edge.target), (&edge.target, edge.schema.source.0, &edge.source)];
        if belongs_to_target(edge) {
            ends.reverse();
        }
        let told = ends.iter().find_map(|(this, role, other)| Some((*places.get(*this)?, *role, *other)));
        let both = is_there(&edge.source) && is_there(&edge.target) && edge.source != edge.target;
        let Some((place, role, other)) = told.filter(|_| both) else {
            plan.n_lost += 1;
            continue;
        };
        let relation = edge.told(role, other);
        if let Some(record) = plan.records.get_mut(place)
            && !record.relations.contains(&relation)
        {
            record.relations.push(relation);
        }
    }
    plan
}

/// Whether a relation is told by the actor in the second role: the company says who owns it, the person who employs it.
fn belongs_to_target(edge: &Edge) -> bool {
    matches!(edge.schema.name, "Ownership" | "Control" | "ProjectParticipant" | "Documentation")
}

/// A file's name (without its ending) for each record: its id if people can read it, else its name. `is_taken` says
/// whether a file of that name is there already.
#[must_use]
pub fn file_stems(records: &[Record], is_taken: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut used = BTreeSet::new();
    let mut stems = Vec::with_capacity(records.len());
    for record in records {
        let id = &record.id.value;
        let digits = id.chars().filter(char::is_ascii_digit).count();
        let is_readable = id.chars().any(char::is_alphabetic) && digits <= 4 && !id.starts_with("NK-");
        let is_item = id.strip_prefix('Q').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        let word = slug(if is_readable && !is_item { id } else { record.caption() });
        let stem = free(&word, &mut |stem| used.contains(stem) || is_taken(stem));
        used.insert(stem.clone());
        stems.push(stem);
    }
    stems
}
