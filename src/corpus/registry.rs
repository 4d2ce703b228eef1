//! The registry: actors by id and references by key, over all files.

use super::shelf::Shelf;
use super::spellings::Spellings;
use crate::model::bibliography::Reference;
use crate::model::record::{Record, Relation};
use crate::model::{ActorKey, FileId};
use crate::text::fold;
use hashbrown::HashTable;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState};
use std::sync::{Arc, Mutex, OnceLock};

/// Gives every id string a number that it keeps for as long as the process lives.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    /// The letters of all ids, one after the other.
    letters: String,
    /// Where each id ends.
    ends: Vec<usize>,
    /// By the hashes of their ids.
    keys: HashTable<ActorKey>,
    hashes: RandomState,
}

impl Ids {
    /// The key of an id, new or known. What readers share is copied if the id is new.
    pub fn key_of(this: &mut Arc<Ids>, id: &str) -> ActorKey {
        this.known(id).unwrap_or_else(|| Arc::make_mut(this).add(id))
    }

    /// The key of an id that was seen before.
    #[must_use]
    pub fn known(&self, id: &str) -> Option<ActorKey> {
        let is_it = |key: &ActorKey| self.id(*key) == Some(id);
        self.keys.find(self.hashes.hash_one(id), is_it).copied()
    }

    /// The id that has a key.
    #[must_use]
    pub fn id(&self, key: ActorKey) -> Option<&str> {
        let at = key.0 as usize;
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.letters.get(start..*self.ends.get(at)?)
    }

    fn add(&mut self, id: &str) -> ActorKey {
        let key = ActorKey(u32::try_from(self.ends.len()).unwrap_or(u32::MAX));
        self.letters.push_str(id);
        self.ends.push(self.letters.len());
        let Ids { letters, ends, keys, hashes } = self;
        let hash = |key: &ActorKey| {
            let at = key.0 as usize;
            let start = at.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
            hashes.hash_one(ends.get(at).and_then(|end| letters.get(start..*end)).unwrap_or_default())
        };
        let own = hashes.hash_one(id);
        keys.insert_unique(own, key, hash);
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
    /// In the order of their keys.
    actors: Vec<Actor>,
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
    fn new(actors: &[Actor]) -> Bearers {
        let pairs_of = |actor: &Actor| {
            let names = actor.record.names.iter();
            let pairs: Vec<_> = names.map(|name| (Bearers::hash(name.text.value), actor.key)).collect();
            pairs
        };
        // There may be a million, and they are brought together again whenever a record changes.
        let mut pairs: Vec<(u64, ActorKey)> = actors.par_iter().flat_map_iter(pairs_of).collect();
        pairs.par_sort_unstable();
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
        ids: &mut Arc<Ids>,
        records: impl Iterator<Item = (FileId, &'a Arc<Record>)>,
        references: impl Iterator<Item = (FileId, &'a Arc<Reference>)>,
    ) -> Registry {
        let mut registry = Registry::default();
        for (file, record) in records {
            let key = Ids::key_of(ids, &record.id.value);
            for other in record.relations.iter().map(|it| &it.other).chain(&record.not).chain(&record.merged_into) {
                Ids::key_of(ids, &other.value);
            }
            registry.actors.push(Actor { key, file, record: Arc::clone(record) });
        }
        // The sort leaves those of one id in the order of their files.
        registry.actors.sort_by_key(|actor| actor.key);
        registry.actors.dedup_by_key(|actor| actor.key);
        registry.actors.shrink_to_fit();
        registry.names = Bearers::new(&registry.actors);
        registry.ids = Arc::clone(ids);
        let mut inbound: HashMap<ActorKey, Vec<(ActorKey, usize)>> = HashMap::new();
        for actor in &registry.actors {
            for (idx, relation) in actor.record.relations.iter().enumerate() {
                if let Some(other) = registry.actor_by_id(&relation.other.value) {
                    inbound.entry(other.key).or_default().push((actor.key, idx));
                }
            }
        }
        registry.inbound = inbound;
        let redirects = registry.actors.iter().filter(|actor| actor.record.merged_into.is_some());
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
        self.ids.known(id)
    }

    /// The id of an actor, with or without a record.
    #[must_use]
    pub fn actor_id(&self, key: ActorKey) -> Option<&str> {
        self.ids.id(key)
    }

    /// The actor's own record, redirects not followed.
    #[must_use]
    pub fn record(&self, key: ActorKey) -> Option<&Actor> {
        // Nearly every id has a record, so an actor stands at its key or a little before.
        let at = key.0 as usize;
        if let Some(actor) = self.actors.get(at).filter(|actor| actor.key == key) {
            return Some(actor);
        }
        let before = self.actors.get(..at.min(self.actors.len()))?;
        before.binary_search_by_key(&key, |actor| actor.key).ok().and_then(|at| before.get(at))
    }

    /// The actor after following `mergedInto`; a circle of redirects ends where it closes.
    #[must_use]
    pub fn actor(&self, key: ActorKey) -> Option<&Actor> {
        let mut actor = self.record(key)?;
        for _ in 0..8 {
            let Some(target) = actor.record.merged_into.as_ref() else { break };
            let Some(next) = self.key(&target.value).and_then(|key| self.record(key)) else { break };
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
            let actor = self.record(*other)?;
            Some((actor, actor.record.relations.get(*idx)?))
        })
    }

    /// All actors that have a record, in a stable order.
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.iter()
    }

    /// The actors that bear a name, however it is written.
    #[must_use]
    pub fn bearers(&self, name: &str) -> &[ActorKey] {
        self.names.of(name)
    }

    /// All names as they are compared. Made when first asked for.
    #[must_use]
    pub fn spellings(&self) -> &Spellings {
        self.spellings.get_or_init(|| Spellings::new(self.actors.iter()))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Spanned;
    use crate::text::ByteRange;

    #[test]
    fn an_id_keeps_its_key() {
        let mut ids = Arc::new(Ids::default());
        let keys: Vec<ActorKey> = ["port", "港口", "", "entrepôt"].iter().map(|id| Ids::key_of(&mut ids, id)).collect();
        let before = Arc::clone(&ids);
        assert_eq!(Ids::key_of(&mut ids, "港口"), keys[1]);
        assert!(Arc::ptr_eq(&before, &ids), "nothing is copied for an id that is known");
        let many: Vec<ActorKey> = (0..1000).map(|n| Ids::key_of(&mut ids, &format!("a{n}"))).collect();
        assert_eq!((ids.known("a7"), ids.id(many[999])), (Some(many[7]), Some("a999")));
        assert_eq!((ids.known("entrepôt"), ids.id(keys[2]), ids.known("a1000")), (Some(keys[3]), Some(""), None));
        assert_eq!((before.known("a7"), before.id(many[7])), (None, None));
    }

    #[test]
    fn of_records_with_one_id_the_first_counts() {
        let record = |id: &str, from: usize| {
            Arc::new(Record::new(Spanned::new(id.to_owned(), ByteRange::default()), ByteRange::empty(from)))
        };
        let mut other = Record::clone(&record("b", 1));
        other.not.push(Spanned::new("nobody".to_owned(), ByteRange::default()));
        let all = [Arc::new(other), record("a", 2), record("b", 3), record("c", 4)];
        let mut ids = Arc::default();
        let registry = Registry::new(&mut ids, all.iter().map(|it| (FileId(0), it)), std::iter::empty());
        let starts: Vec<u32> = registry.actors().map(|actor| actor.record.range.start).collect();
        assert_eq!(starts, [1, 2, 4]);
        let found = |id: &str| registry.key(id).and_then(|key| registry.record(key)).map(|it| it.record.range.start);
        assert_eq!(["a", "b", "c", "nobody", "x"].map(found), [Some(2), Some(1), Some(4), None, None]);
    }
}
