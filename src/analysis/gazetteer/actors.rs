//! What the gazetteer keeps of actors besides their names: little, for there may be a million.

use super::step;
use super::table::Slot;
use crate::model::ActorKey;
use crate::model::record::Record;
use crate::text::tokens::hash_pieces;

/// The hash of an actor's id.
#[derive(Clone, Copy, Debug)]
pub(super) struct Id {
    pub(super) hash: u64,
    pub(super) actor: ActorKey,
}

impl Slot for Id {
    const EMPTY: Id = Id { hash: 0, actor: ActorKey(u32::MAX) };

    fn key(&self) -> u64 {
        self.hash
    }
}

/// What is kept of an actor besides its names.
#[derive(Debug)]
pub(super) struct Actor {
    pub(super) id: u64,
    /// First and one past the last of its names.
    pub(super) names: (u32, u32),
    pub(super) person: bool,
    pub(super) more: Option<Box<More>>,
}

/// What is kept of few actors.
#[derive(Debug, Default)]
pub(super) struct More {
    /// First and one past the last of the names that other records give it.
    pub(super) names: Vec<(u32, u32)>,
    pub(super) countries: Vec<Box<str>>,
    /// Hashes of the ids of actors that its relations name, sorted.
    pub(super) related: Vec<u64>,
    /// Hashes of the ids of actors that it is never to be taken for, sorted.
    pub(super) not: Vec<u64>,
}

impl More {
    pub(super) fn of(record: &Record) -> Option<Box<More>> {
        if record.countries.is_empty() && record.relations.is_empty() && record.not.is_empty() {
            return None;
        }
        let mut more = More {
            names: Vec::new(),
            countries: record.countries.iter().map(|country| country.value.to_ascii_lowercase().into()).collect(),
            related: record.relations.iter().map(|relation| id_hash(&relation.other.value)).collect(),
            not: record.not.iter().map(|id| id_hash(&id.value)).collect(),
        };
        more.related.sort_unstable();
        more.not.sort_unstable();
        Some(Box::new(more))
    }

    pub(super) fn heap_bytes(&self) -> usize {
        size_of::<More>() + (self.related.len() + self.not.len() + self.names.len()) * size_of::<u64>()
    }

    /// Takes in what a record says that was merged into the actor's own.
    pub(super) fn join(&mut self, other: More) {
        self.countries.splice(0..0, other.countries);
        self.related.extend(other.related);
        self.not.extend(other.not);
        self.related.sort_unstable();
        self.not.sort_unstable();
    }
}

impl Actor {
    pub(super) fn names(&self) -> impl Iterator<Item = (u32, u32)> {
        let more = self.more.as_deref().map_or([].as_slice(), |more| &more.names);
        std::iter::once(self.names).chain(more.iter().copied())
    }
}

pub(super) fn id_hash(id: &str) -> u64 {
    let letters = id.bytes().fold(0, |hash: u64, byte| hash.wrapping_mul(31).wrapping_add(u64::from(byte)));
    step(0, hash_pieces(&[id]) ^ letters)
}
