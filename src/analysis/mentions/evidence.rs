//! What a document says about who is meant: where each actor is named beyond doubt, and where a name is somebody else's.

use super::super::gazetteer::Gazetteer;
use crate::model::ActorKey;
use crate::text::ByteRange;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Where actors are named beyond doubt.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Starts of strong mentions, ascending.
    strong: BTreeMap<ActorKey, Vec<u32>>,
    /// Where a surname belongs to somebody who has no record: (actor whose surname it is, place), in order.
    others: Vec<(ActorKey, u32)>,
    /// Abbreviations that the text defines as something else, folded.
    redefined: Vec<String>,
    /// Made when first asked for.
    index: RefCell<Option<Index>>,
}

/// More ties than this are not worth more.
const ENOUGH: usize = 8;

/// What ties the actors that are named beyond doubt to others.
#[derive(Debug, Default)]
struct Index {
    /// Whose records name an actor in a relation.
    related_by: FxHashMap<ActorKey, Vec<ActorKey>>,
    by_country: FxHashMap<Box<str>, Vec<ActorKey>>,
    /// What was counted before.
    counted: FxHashMap<ActorKey, Ties>,
}

impl Index {
    fn new(gazetteer: &Gazetteer, named: impl Iterator<Item = ActorKey>) -> Index {
        let mut index = Index::default();
        for actor in named {
            for other in gazetteer.related_to(actor) {
                index.related_by.entry(other).or_default().push(actor);
            }
            for country in gazetteer.countries(actor) {
                index.by_country.entry(country.clone()).or_default().push(actor);
            }
        }
        index
    }
}

/// What ties an actor to the others that a text names beyond doubt.
#[derive(Clone, Copy, Debug, Default)]
struct Ties {
    related: usize,
    never: usize,
    compatriots: usize,
}

impl Evidence {
    pub(super) fn add_strong(&mut self, actor: ActorKey, at: u32) {
        self.strong.entry(actor).or_default().push(at);
    }

    pub(super) fn add_other(&mut self, actor: ActorKey, range: ByteRange) {
        self.others.push((actor, range.start));
    }

    pub(super) fn add_redefined(&mut self, word: &str) {
        self.redefined.push(word.to_uppercase());
    }

    pub(super) fn is_redefined(&self, word: &str) -> bool {
        !self.redefined.is_empty() && self.redefined.contains(&word.to_uppercase())
    }

    /// Puts the strangers in order; none is added after this.
    pub(super) fn sort_others(&mut self) {
        self.others.sort_unstable();
    }

    /// Puts the places in order; nothing is added after this.
    pub(super) fn sort(&mut self) {
        self.strong.values_mut().for_each(|places| places.sort_unstable());
        *self.index.borrow_mut() = None;
    }

    /// Forgets strangers that lie within these ranges, which come in the order of their starts.
    pub(super) fn forget_others_within(&mut self, ranges: impl Iterator<Item = ByteRange>) {
        // Each start with the furthest end of the ranges up to it.
        let mut reach: Vec<(u32, u32)> = Vec::new();
        for range in ranges {
            let end = reach.last().map_or(range.end, |(_, end)| range.end.max(*end));
            reach.push((range.start, end));
        }
        self.others.retain(|(_, place)| {
            let last = reach.partition_point(|(start, _)| start <= place).checked_sub(1).and_then(|at| reach.get(at));
            last.is_none_or(|(_, end)| end <= place)
        });
    }

    /// The last strong mention before a place.
    pub(super) fn last_before(&self, actor: ActorKey, at: u32) -> Option<u32> {
        let places = self.strong.get(&actor)?;
        places.partition_point(|place| *place < at).checked_sub(1).and_then(|index| places.get(index)).copied()
    }

    /// Whether the actor is named beyond doubt anywhere.
    pub(super) fn has(&self, actor: ActorKey) -> bool {
        self.strong.contains_key(&actor)
    }

    /// Somebody else with this surname was named last before a place, after `since`.
    pub(super) fn other_after(&self, actor: ActorKey, since: u32, at: u32) -> Option<u32> {
        let last = self.others.partition_point(|other| *other < (actor, at)).checked_sub(1)?;
        self.others.get(last).filter(|(who, place)| *who == actor && since < *place).map(|(_, place)| *place)
    }

    fn ties(&self, gazetteer: &Gazetteer, actor: ActorKey) -> Ties {
        let mut index = self.index.borrow_mut();
        let index = index.get_or_insert_with(|| Index::new(gazetteer, self.strong.keys().copied()));
        if let Some(known) = index.counted.get(&actor) {
            return *known;
        }
        let named = |other: &ActorKey| self.strong.contains_key(other);
        let mut related: Vec<ActorKey> = gazetteer.related_to(actor).filter(named).collect();
        related.extend(index.related_by.get(&actor).into_iter().flatten());
        let countries = gazetteer.countries(actor).iter();
        let compatriots = countries.flat_map(|country| index.by_country.get(country).into_iter().flatten()).copied();
        let distinct = |actors: &mut dyn Iterator<Item = ActorKey>| {
            let others: BTreeSet<ActorKey> = actors.filter(|other| *other != actor).take(ENOUGH).collect();
            others.len()
        };
        let ties = Ties {
            related: distinct(&mut related.into_iter()),
            never: gazetteer.never(actor).filter(named).count(),
            compatriots: distinct(&mut compatriots.into_iter()),
        };
        index.counted.insert(actor, ties);
        ties
    }

    /// How many other actors of the text a relation ties to this one.
    pub(super) fn n_related(&self, gazetteer: &Gazetteer, actor: ActorKey) -> usize {
        self.ties(gazetteer, actor).related
    }

    /// Whether an actor that this one is never to be taken for is named in the text.
    pub(super) fn n_never(&self, gazetteer: &Gazetteer, actor: ActorKey) -> usize {
        self.ties(gazetteer, actor).never
    }

    /// How many actors of the text are of the same country.
    pub(super) fn n_compatriots(&self, gazetteer: &Gazetteer, actor: ActorKey) -> usize {
        self.ties(gazetteer, actor).compatriots
    }
}
