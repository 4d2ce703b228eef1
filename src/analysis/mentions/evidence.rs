//! What a document says about who is meant: where each actor is named beyond doubt, and where a name is somebody else's.

use super::super::gazetteer::Gazetteer;
use crate::model::ActorKey;
use crate::text::ByteRange;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Where actors are named beyond doubt.
#[derive(Debug, Default)]
pub(super) struct Evidence<'a> {
    heard: Heard,
    /// What the text around says, where only a part of it is looked at.
    outside: Option<Outside<'a>>,
    /// Made when first asked for.
    index: RefCell<Option<Index>>,
}

/// What a text says about who is meant.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// Starts of strong mentions, ascending.
    strong: BTreeMap<ActorKey, Vec<u32>>,
    /// Where a surname belongs to somebody who has no record: (actor whose surname it is, place), in order.
    others: Vec<(ActorKey, u32)>,
    /// Abbreviations that the text defines as something else, folded.
    redefined: Vec<String>,
}

/// What was heard in a whole text, with its index: what a part of the text is judged by.
#[derive(Debug)]
pub(super) struct Testimony {
    heard: Heard,
    index: Index,
    /// The strong mentions in order.
    by_place: Vec<(u32, ActorKey)>,
}

impl Testimony {
    /// The actors that are named beyond doubt.
    pub(super) fn named(&self) -> impl Iterator<Item = ActorKey> {
        self.heard.strong.keys().copied()
    }
}

/// What was heard outside of a part of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outside<'a> {
    /// Of the whole text.
    pub(super) testimony: &'a Testimony,
    /// Where the part stood in it; what was heard there does not count.
    pub(super) part: ByteRange,
    /// How many bytes the part has now; what stands beyond them belongs to other places of the text.
    pub(super) n_bytes: u32,
}

impl Outside<'_> {
    /// The last of some ascending places before the part, counted back from its start.
    fn before(&self, places: &[u32]) -> Option<i64> {
        let at = places.partition_point(|place| *place < self.part.start).checked_sub(1)?;
        places.get(at).map(|place| i64::from(*place) - i64::from(self.part.start))
    }

    fn has(&self, actor: ActorKey) -> bool {
        let places = self.testimony.heard.strong.get(&actor).map_or(&[][..], Vec::as_slice);
        let first = places.partition_point(|place| *place < self.part.start);
        0 < first || places.last().is_some_and(|last| self.part.end <= *last)
    }

    /// The last place before the part where somebody else bears an actor's surname.
    fn other_before(&self, actor: ActorKey) -> Option<i64> {
        let others = &self.testimony.heard.others;
        let last = others.partition_point(|other| *other < (actor, self.part.start)).checked_sub(1)?;
        let (who, place) = others.get(last)?;
        (*who == actor).then(|| i64::from(*place) - i64::from(self.part.start))
    }
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

impl<'a> Evidence<'a> {
    /// No evidence of its own.
    pub(super) fn new(outside: Option<Outside<'a>>) -> Evidence<'a> {
        Evidence { outside, ..Evidence::default() }
    }

    /// Whether the part names the same actors beyond doubt as it did.
    pub(super) fn names_as_before(&self) -> bool {
        let Some(outside) = &self.outside else { return true };
        let by_place = &outside.testimony.by_place;
        let first = by_place.partition_point(|(place, _)| *place < outside.part.start);
        let inside = by_place.iter().skip(first).take_while(|(place, _)| *place < outside.part.end);
        let before: BTreeSet<ActorKey> = inside.map(|(_, actor)| *actor).collect();
        let is_own = |places: &[u32]| places.first().is_some_and(|place| *place < outside.n_bytes);
        let now = self.heard.strong.iter().filter(|(_, places)| is_own(places)).map(|(actor, _)| actor);
        now.eq(&before)
    }

    /// What was heard, for judging parts of the text by it.
    pub(super) fn testify(self, gazetteer: &Gazetteer) -> Testimony {
        let index = Index::new(gazetteer, self.heard.strong.keys().copied());
        let places = self.heard.strong.iter().flat_map(|(actor, places)| places.iter().map(|place| (*place, *actor)));
        let mut by_place: Vec<(u32, ActorKey)> = places.collect();
        by_place.sort_unstable();
        Testimony { heard: self.heard, index, by_place }
    }

    pub(super) fn add_strong(&mut self, actor: ActorKey, at: u32) {
        self.heard.strong.entry(actor).or_default().push(at);
    }

    pub(super) fn add_other(&mut self, actor: ActorKey, range: ByteRange) {
        self.heard.others.push((actor, range.start));
    }

    pub(super) fn add_redefined(&mut self, word: &str) {
        self.heard.redefined.push(word.to_uppercase());
    }

    pub(super) fn is_redefined(&self, word: &str) -> bool {
        let outside = self.outside.map(|it| it.testimony.heard.redefined.as_slice()).unwrap_or_default();
        if self.heard.redefined.is_empty() && outside.is_empty() {
            return false;
        }
        let word = word.to_uppercase();
        self.heard.redefined.contains(&word) || outside.contains(&word)
    }

    /// Puts the strangers in order; none is added after this.
    pub(super) fn sort_others(&mut self) {
        self.heard.others.sort_unstable();
    }

    /// Puts the places in order; nothing is added after this.
    pub(super) fn sort(&mut self) {
        self.heard.strong.values_mut().for_each(|places| places.sort_unstable());
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
        self.heard.others.retain(|(_, place)| {
            let last = reach.partition_point(|(start, _)| start <= place).checked_sub(1).and_then(|at| reach.get(at));
            last.is_none_or(|(_, end)| end <= place)
        });
    }

    /// The last strong mention before a place; below 0 it stands outside of what is looked at.
    pub(super) fn last_before(&self, actor: ActorKey, at: u32) -> Option<i64> {
        let places = self.heard.strong.get(&actor).map_or(&[][..], Vec::as_slice);
        let inside = places.partition_point(|place| *place < at).checked_sub(1).and_then(|index| places.get(index));
        inside.map(|place| i64::from(*place)).or_else(|| {
            let outside = self.outside.as_ref()?;
            outside.before(outside.testimony.heard.strong.get(&actor)?)
        })
    }

    /// Whether the actor is named beyond doubt anywhere.
    pub(super) fn has(&self, actor: ActorKey) -> bool {
        self.heard.strong.contains_key(&actor) || self.outside.is_some_and(|outside| outside.has(actor))
    }

    /// Somebody else with this surname was named last before a place, after `since`, or at all.
    pub(super) fn other_after(&self, actor: ActorKey, since: Option<i64>, at: u32) -> Option<i64> {
        let last = self.heard.others.partition_point(|other| *other < (actor, at)).checked_sub(1);
        let inside = last.and_then(|last| self.heard.others.get(last)).filter(|(who, _)| *who == actor);
        let place = inside.map(|(_, place)| i64::from(*place));
        let place = place.or_else(|| self.outside.and_then(|outside| outside.other_before(actor)));
        place.filter(|place| since.is_none_or(|since| since < *place))
    }

    fn ties(&self, gazetteer: &Gazetteer, actor: ActorKey) -> Ties {
        let mut index = self.index.borrow_mut();
        let index = index.get_or_insert_with(|| Index::new(gazetteer, self.heard.strong.keys().copied()));
        if let Some(known) = index.counted.get(&actor) {
            return *known;
        }
        let outside = self.outside.as_ref().map(|it| &it.testimony.index);
        let named = |other: &ActorKey| self.has(*other);
        let mut related: Vec<ActorKey> = gazetteer.related_to(actor).filter(named).collect();
        let relating = |index: &Index| index.related_by.get(&actor).cloned().unwrap_or_default();
        related.extend(relating(index));
        related.extend(outside.map(relating).unwrap_or_default());
        let of = |country: &str| {
            let outside = outside.and_then(|it| it.by_country.get(country));
            index.by_country.get(country).into_iter().chain(outside).flatten()
        };
        let compatriots = gazetteer.countries(actor).iter().flat_map(|country| of(country)).copied();
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
