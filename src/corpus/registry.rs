//! The registry: actors by id and references by key, over all files.

use crate::model::bibliography::Reference;
use crate::model::record::{EdgeSchema, Rank, Record, role_phrase};
use crate::model::{ActorKey, FileId};
use crate::text::{ByteRange, fold};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

/// Gives every id string a number that it keeps for as long as the process lives.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    keys: HashMap<Arc<str>, ActorKey>,
    ids: Vec<Arc<str>>,
}

impl Ids {
    /// The key of an id, new or known.
    pub fn key(&mut self, id: &str) -> ActorKey {
        if let Some(key) = self.keys.get(id) {
            return *key;
        }
        let key = ActorKey(u32::try_from(self.ids.len()).unwrap_or(u32::MAX));
        let id: Arc<str> = Arc::from(id);
        self.ids.push(Arc::clone(&id));
        self.keys.insert(id, key);
        key
    }
}

/// An actor and where its record is.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Its key.
    pub key: ActorKey,
    /// The file that holds the record.
    pub file: FileId,
    /// The record.
    pub record: Arc<Record>,
}

/// A reference and where it is written.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The bibliography.
    pub file: FileId,
    /// The reference.
    pub reference: Arc<Reference>,
}

/// One step of ownership or control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The actor that it leads to, redirects followed.
    pub other: ActorKey,
    /// Whether the other owns or controls; else it is owned or controlled.
    pub up: bool,
    /// What the first actor is to the other: `owned by`, `owns`.
    pub phrase: &'static str,
    /// The file with the record that says so.
    pub file: FileId,
    /// The relation, bytes in that file.
    pub range: ByteRange,
}

/// Actors by id and references by key.
#[derive(Debug, Default)]
pub struct Registry {
    ids: Arc<Ids>,
    actors: BTreeMap<ActorKey, Actor>,
    references: BTreeMap<String, Entry>,
    names: HashMap<String, Vec<ActorKey>>,
    ties: OnceLock<BTreeMap<ActorKey, Vec<Tie>>>,
}

impl Registry {
    /// Brings together the records and references of all files, in the order of the files' paths: the first one that
    /// bears an id or a key counts.
    #[must_use]
    pub fn new<'a>(
        ids: &mut Ids,
        records: impl Iterator<Item = (FileId, &'a Arc<Record>)>,
        references: impl Iterator<Item = (FileId, &'a Arc<Reference>)>,
    ) -> Registry {
        let mut registry = Registry::default();
        for (file, record) in records {
            let key = ids.key(&record.id.value);
            for other in record.relations.iter().map(|it| &it.other).chain(&record.not).chain(&record.merged_into) {
                ids.key(&other.value);
            }
            let actor = Actor { key, file, record: Arc::clone(record) };
            registry.actors.entry(key).or_insert(actor);
        }
        for actor in registry.actors.values() {
            for name in &actor.record.names {
                let bearers = registry.names.entry(fold::fold(&name.text.value)).or_default();
                if !bearers.contains(&actor.key) {
                    bearers.push(actor.key);
                }
            }
        }
        for (file, reference) in references {
            let entry = Entry { file, reference: Arc::clone(reference) };
            registry.references.entry(reference.key.value.clone()).or_insert(entry);
        }
        registry.ids = Arc::new(ids.clone());
        registry
    }

    /// The key of an id that some record bears or names.
    #[must_use]
    pub fn key(&self, id: &str) -> Option<ActorKey> {
        self.ids.keys.get(id).copied()
    }

    /// The id of an actor, with or without a record.
    #[must_use]
    pub fn actor_id(&self, key: ActorKey) -> Option<&str> {
        self.ids.ids.get(key.0 as usize).map(AsRef::as_ref)
    }

    /// The actor's own record, redirects not followed.
    #[must_use]
    pub fn record(&self, key: ActorKey) -> Option<&Actor> {
        self.actors.get(&key)
    }

    /// The actor after following `mergedInto`; a circle of redirects ends where it closes.
    #[must_use]
    pub fn actor(&self, key: ActorKey) -> Option<&Actor> {
        let mut actor = self.actors.get(&key)?;
        for _ in 0..8 {
            let Some(target) = actor.record.merged_into.as_ref() else { break };
            let Some(next) = self.key(&target.value).and_then(|key| self.actors.get(&key)) else { break };
            if next.key == key {
                break;
            }
            actor = next;
        }
        Some(actor)
    }

    /// The actor that bears an id, redirects followed.
    #[must_use]
    pub fn actor_by_id(&self, id: &str) -> Option<&Actor> {
        self.actor(self.key(id)?)
    }

    /// All actors that have a record, in a stable order.
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.values()
    }

    /// The actors that bear a name, however it is written.
    #[must_use]
    pub fn bearers(&self, name: &str) -> &[ActorKey] {
        self.names.get(&fold::fold(name)).map_or(&[], Vec::as_slice)
    }

    /// The reference with a citation key.
    #[must_use]
    pub fn reference(&self, key: &str) -> Option<&Entry> {
        self.references.get(key)
    }

    /// All references, by key.
    pub fn references(&self) -> impl Iterator<Item = &Entry> {
        self.references.values()
    }

    /// Whom an actor owns or controls, and who owns or controls it, as any record says; deprecated relations are left
    /// out. Made when first asked for.
    #[must_use]
    pub fn ties(&self, actor: ActorKey) -> &[Tie] {
        self.ties.get_or_init(|| self.all_ties()).get(&actor).map_or(&[], Vec::as_slice)
    }

    fn all_ties(&self) -> BTreeMap<ActorKey, Vec<Tie>> {
        let mut ties: BTreeMap<ActorKey, Vec<Tie>> = BTreeMap::new();
        for actor in self.actors.values() {
            let Some(own) = self.actor(actor.key).map(|it| it.key) else { continue };
            for relation in &actor.record.relations {
                let schema = relation.schema.value.as_str();
                let edge = EdgeSchema::find(schema).filter(|_| matches!(schema, "Ownership" | "Control"));
                let own_role = edge.and_then(|edge| edge.opposite(&relation.role.value));
                let (Some(edge), Some(own_role)) = (edge, own_role) else { continue };
                let Some(other) = self.actor_by_id(&relation.other.value).map(|it| it.key) else { continue };
                if relation.evidence.rank == Rank::Deprecated || other == own {
                    continue;
                }
                let up = relation.role.value == edge.source.0;
                let (file, range) = (actor.file, relation.range);
                let there = role_phrase(schema, &relation.role.value);
                let back = role_phrase(schema, own_role);
                ties.entry(own).or_default().push(Tie { other, up, phrase: there, file, range });
                ties.entry(other).or_default().push(Tie { other: own, up: !up, phrase: back, file, range });
            }
        }
        ties
    }

    /// What to call an actor: its canonical name, else its id.
    #[must_use]
    pub fn caption(&self, key: ActorKey) -> &str {
        self.actor(key).map_or_else(|| self.actor_id(key).unwrap_or_default(), |actor| actor.record.caption())
    }
}
