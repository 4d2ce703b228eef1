//! Records from other programs, and records for them: FollowTheMoney entities and Wikidata items in, FollowTheMoney out.
//! The user's decisions as W3C annotations and for brat, both ways, and verdicts as ClaimReview.
//!
//! Everything here turns text into text: [`ftm::read`] and [`wikidata::read`] understand a file, [`plan`] settles what of
//! it becomes a new record, [`write`] writes that, and [`export()`] makes entities of the records of a workspace. What
//! comes in is a stranger's: ids and keys are checked, and no word of it becomes a path without [`slug()`].

pub mod brat;
pub mod claimreview;
mod export;
pub mod ftm;
mod plan;
mod schema;
mod slug;
mod values;
pub mod w3c;
pub mod wikidata;
pub mod write;

#[cfg(test)]
mod tests;

use crate::corpus::registry::Registry;
use crate::model::Spanned;
use crate::model::record::{EdgeSchema, Evidence, Fact, Name, NameKind, Rank, Record, Relation};
use crate::text::ByteRange;
use std::collections::{BTreeMap, BTreeSet};

pub use export::{Export, export};
pub use plan::{Plan, file_stems, plan};
pub use slug::slug;

/// What the workspace has already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The ids that records bear.
    pub ids: BTreeSet<String>,
    /// Wikidata items (`Q42`), and the id of the record that names each as its own.
    pub wikidata: BTreeMap<String, String>,
    /// Citation keys of the bibliography.
    pub references: BTreeSet<String>,
}

impl Known {
    /// What the records and references of a workspace say.
    #[must_use]
    pub fn of(registry: &Registry) -> Known {
        let mut known = Known::default();
        for actor in registry.actors() {
            let id = &actor.record.id.value;
            known.ids.insert(id.clone());
            for fact in actor.record.facts.iter().filter(|fact| fact.property.value == "wikidataId") {
                known.wikidata.insert(fact.value.value.clone(), id.clone());
            }
        }
        known.references = registry.references().map(|entry| entry.reference.key.value.clone()).collect();
        known
    }
}

/// What a file from elsewhere says.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// A record for each actor, without relations, in the order of the file.
    pub records: Vec<Record>,
    /// Who has to do with whom.
    pub edges: Vec<Edge>,
    /// What could not be read: the place and the reason.
    pub faults: Vec<String>,
    /// How many entities are no actors (addresses, documents, sanctions …).
    pub n_others: usize,
}

/// A relation between two actors that is in no record yet.
#[derive(Clone, Debug)]
pub struct Edge {
    /// What sort of relation it is.
    pub schema: &'static EdgeSchema,
    /// The id of the actor in the first role: the owner.
    pub source: String,
    /// The id of the actor in the second role: the asset.
    pub target: String,
    /// Where it comes from.
    pub evidence: Evidence,
    /// Further keys: `role`, `startDate`, `percentage` …
    pub more: Vec<(String, String)>,
}

/// Why a text is no JSON; the line is told elsewhere.
fn no_json(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let why = words.split(" at line ").next().unwrap_or_default();
    format!("no valid JSON at column {} ({why})", error.column())
}

/// A value that stands in no file yet.
fn bare(value: impl Into<String>) -> Spanned<String> {
    Spanned::new(value.into(), ByteRange::empty(0))
}

/// A record with an id and a canonical name.
fn record(id: &str, name: &str) -> Record {
    let mut record = Record::new(bare(id), ByteRange::empty(0));
    record.names.extend([self::name(name, None, NameKind::Canonical)]);
    record
}

fn name(text: &str, lang: Option<&str>, kind: NameKind) -> Name {
    Name { text: bare(text.trim()), lang: lang.map(ToOwned::to_owned), kind, case: None }
}

fn fact(property: &str, value: &str, source: Option<&str>, rank: Rank) -> Fact {
    let evidence = Evidence { source: source.map(bare), rank, ..Evidence::default() };
    Fact { range: ByteRange::empty(0), property: bare(property), value: bare(value.trim()), evidence, more: Vec::new() }
}

impl Edge {
    /// The relation as the record of one end tells it: `role` is that of the other end.
    fn told(&self, role: &str, other: &str) -> Relation {
        let (evidence, more) = (self.evidence.clone(), self.more.clone());
        let schema = bare(self.schema.name);
        Relation { range: ByteRange::empty(0), schema, role: bare(role), other: bare(other), evidence, more }
    }
}
