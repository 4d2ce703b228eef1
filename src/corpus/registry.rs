//! The registry: actors by id and references by key, over all files.

use super::shelf::Shelf;
use super::spellings::Spellings;
use crate::model::bibliography::Reference;
use crate::model::record::{Record, Relation};
use crate::model::{ActorKey, FileId};
use crate::text::fold;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, OnceLock};

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

/// Actors by id and references by key.
#[derive(Debug, Default)]
pub struct Registry {
    ids: Arc<Ids>,
    actors: BTreeMap<ActorKey, Actor>,
    references: BTreeMap<String, Entry>,
    names: Bearers,
    inbound: HashMap<ActorKey, Vec<(ActorKey, usize)>>,
    copies: HashSet<String>,
    /// Actors whose record says that they are somebody else.
    redirects: Vec<ActorKey>,
    spellings: OnceLock<Spellings>,
    shelf: OnceLock<Shelf>,
    written: Mutex<HashMap<(String, &'static str), String>>,
}

/// Who bears a name. Of names only hashes are kept: there may be millions.
#[derive(Debug, Default)]
struct Bearers {
    /// Of the folded names, in order; one for each actor that bears the name.
    hashes: Vec<u64>,
    /// Who bears the name with the hash at the same place.
    actors: Vec<ActorKey>,
}

impl Bearers {
    fn new<'a>(actors: impl Iterator<Item = &'a Actor>) -> Bearers {
        let mut pairs: Vec<(u64, ActorKey)> = Vec::new();
        for actor in actors {
            pairs.extend(actor.record.names.iter().map(|name| (Bearers::hash(&name.text.value), actor.key)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let (hashes, actors) = pairs.into_iter().unzip();
        Bearers { hashes, actors }
    }

    /// SipHash with fixed keys: among a million names the chance that two share a hash is one in thirty million.
    fn hash(name: &str) -> u64 {
        let mut hasher = DefaultHasher::new();
        fold::fold(name).hash(&mut hasher);
        hasher.finish()
    }

    fn of(&self, name: &str) -> &[ActorKey] {
        let hash = Bearers::hash(name);
        let first = self.hashes.partition_point(|it| *it < hash);
        let n = self.hashes.iter().skip(first).take_while(|it| **it == hash).count();
        self.actors.get(first..first + n).unwrap_or_default()
    }
}

/// References in words that are kept; 40 µs each.
const MOST_WRITTEN: usize = 256;

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
        registry.names = Bearers::new(registry.actors.values());
        registry.ids = Arc::new(ids.clone());
        let mut inbound: HashMap<ActorKey, Vec<(ActorKey, usize)>> = HashMap::new();
        for actor in registry.actors.values() {
            for (idx, relation) in actor.record.relations.iter().enumerate() {
                if let Some(other) = registry.actor_by_id(&relation.other.value) {
                    inbound.entry(other.key).or_default().push((actor.key, idx));
                }
            }
        }
        registry.inbound = inbound;
        let redirects = registry.actors.values().filter(|actor| actor.record.merged_into.is_some());
        registry.redirects = redirects.map(|actor| actor.key).collect();
        for (file, reference) in references {
            let entry = Entry { file, reference: Arc::clone(reference) };
            registry.copies.extend(reference.copy.iter().map(|copy| copy.file.value.clone()));
            registry.references.entry(reference.key.value.clone()).or_insert(entry);
        }
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

    /// Every id that leads to an actor: its own, and those of redirects.
    pub fn ids_of(&self, key: ActorKey) -> impl Iterator<Item = &str> {
        let leads = move |it: &&ActorKey| **it != key && self.actor(**it).is_some_and(|actor| actor.key == key);
        let redirects = self.redirects.iter().filter(leads).copied();
        std::iter::once(key).chain(redirects).filter_map(|key| self.actor_id(key))
    }

    /// The relations that the records of others have to an actor: whose record, and the relation.
    pub fn relations_to(&self, key: ActorKey) -> impl Iterator<Item = (&Actor, &Relation)> {
        self.inbound.get(&key).into_iter().flatten().filter_map(|(other, idx)| {
            let actor = self.actors.get(other)?;
            Some((actor, actor.record.relations.get(*idx)?))
        })
    }

    /// All actors that have a record, in a stable order.
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.values()
    }

    /// The actors that bear a name, however it is written.
    #[must_use]
    pub fn bearers(&self, name: &str) -> &[ActorKey] {
        self.names.of(name)
    }

    /// All names as they are compared. Made when first asked for.
    #[must_use]
    pub fn spellings(&self) -> &Spellings {
        self.spellings.get_or_init(|| Spellings::new(self.actors.values()))
    }

    /// All references as they are searched. Made when first asked for.
    #[must_use]
    pub fn shelf(&self) -> &Shelf {
        self.shelf.get_or_init(|| Shelf::new(self.references.values()))
    }

    /// The reference with a citation key.
    #[must_use]
    pub fn reference(&self, key: &str) -> Option<&Entry> {
        self.references.get(key)
    }

    /// A reference in words, for a card. The words that it needs besides its own are in its language, else in that of the
    /// text that cites it.
    #[must_use]
    pub fn in_words(&self, entry: &Entry, of_text: &str) -> String {
        let language = entry.reference.card_language(of_text);
        let place = (entry.reference.key.value.clone(), language);
        if let Some(words) = self.written.lock().ok().and_then(|written| written.get(&place).cloned()) {
            return words;
        }
        let words = entry.reference.formatted(language);
        if let Ok(mut written) = self.written.lock() {
            if MOST_WRITTEN <= written.len() {
                written.clear();
            }
            written.insert(place, words.clone());
        }
        words
    }

    /// Whether a reference names the file at a workspace path as its archived copy.
    #[must_use]
    pub fn is_copy(&self, path: &str) -> bool {
        self.copies.contains(path)
    }

    /// All references, by key.
    pub fn references(&self) -> impl Iterator<Item = &Entry> {
        self.references.values()
    }

    /// What to call an actor: its canonical name, else its id.
    #[must_use]
    pub fn caption(&self, key: ActorKey) -> &str {
        self.actor(key).map_or_else(|| self.actor_id(key).unwrap_or_default(), |actor| actor.record.caption())
    }
}
