//! What a document says about who is meant: where each actor is named beyond doubt, and where a name is somebody else's.

use super::super::gazetteer::Gazetteer;
use crate::model::ActorKey;
use crate::text::ByteRange;
use std::collections::BTreeMap;

/// Where actors are named beyond doubt.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Starts of strong mentions, ascending.
    strong: BTreeMap<ActorKey, Vec<u32>>,
    /// Where a surname belongs to somebody who has no record: (actor whose surname it is, place).
    others: Vec<(ActorKey, u32)>,
    /// Abbreviations that the text defines as something else, folded.
    redefined: Vec<String>,
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

    /// Puts the places in order.
    pub(super) fn sort(&mut self) {
        self.strong.values_mut().for_each(|places| places.sort_unstable());
    }

    /// Forgets strangers that lie within these ranges.
    pub(super) fn forget_others_within(&mut self, ranges: impl Iterator<Item = ByteRange> + Clone) {
        self.others.retain(|(_, place)| !ranges.clone().any(|range| range.contains(*place)));
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
        self.others
            .iter()
            .filter(|(who, place)| *who == actor && since < *place && *place < at)
            .map(|(_, place)| *place)
            .max()
    }

    /// How many other actors of the text a relation ties to this one.
    pub(super) fn n_related(&self, gazetteer: &Gazetteer, actor: ActorKey) -> usize {
        self.strong.keys().filter(|other| **other != actor && gazetteer.are_related(actor, **other)).count()
    }

    /// Whether an actor that this one is never to be taken for is named in the text.
    pub(super) fn n_never(&self, gazetteer: &Gazetteer, actor: ActorKey) -> usize {
        self.strong.keys().filter(|other| gazetteer.is_never(actor, **other)).count()
    }

    /// How many actors of the text are of the same country.
    pub(super) fn n_compatriots(&self, gazetteer: &Gazetteer, actor: ActorKey) -> usize {
        self.strong.keys().filter(|other| **other != actor && gazetteer.share_country(actor, **other)).count()
    }
}
