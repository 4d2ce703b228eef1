//! Compiling many records at once, on all cores, to the same gazetteer whatever their number.
//!
//! Records are read in portions of a fixed size, some portions at a time. What all of them say of the nodes is then put
//! together by ranges of keys: the table holds nodes in the order of their keys, so each range is a piece of it. What
//! is long lies in lists of the thread that builds, because threads that sleep keep what they freed last.

use super::actors::{Id, id_hash};
use super::nodes::{NONE, Node, ROOT, both};
use super::portion::Portion;
use super::table::Table;
use super::{DERIVED, Gazetteer, Name, set_bits, to_u32};
use crate::model::ActorKey;
use crate::model::record::Record;
use rayon::prelude::*;

/// So many records are read as one.
const PORTION: usize = 256;
/// So many portions are read together.
const TOGETHER: usize = 32;
/// Nodes are put together in 2^6 ranges of keys, those of few records in one.
const RANGE_BITS: u32 = 6;
/// A name that comes after the others of its node. Only while nodes are put together.
const LATE: u32 = 1 << 29;

impl Gazetteer {
    /// Compiles the names of the given records; redirects (`mergedInto`) count for their target.
    #[must_use]
    pub fn build<'a>(actors: impl IntoIterator<Item = (ActorKey, &'a Record)>) -> Gazetteer {
        let actors: Vec<(ActorKey, &Record)> = actors.into_iter().collect();
        let mut gazetteer = Gazetteer { ids: ids(&actors), ..Gazetteer::default() };
        let n_names: usize = actors.iter().map(|(_, record)| record.names.len()).sum();
        let names = actors.iter().flat_map(|(_, record)| &record.names);
        let n_letters: usize = names.map(|name| name.text.value.len()).sum();
        gazetteer.names.reserve(n_names + n_names / 4);
        gazetteer.letters.reserve(n_letters + n_letters / 8);
        let n_actors = actors.iter().map(|(actor, _)| actor.0 as usize + 1).max();
        gazetteer.actors.resize_with(n_actors.unwrap_or_default(), || None);

        let bits = if actors.len() <= PORTION { 0 } else { RANGE_BITS };
        let room = (n_names * 3) >> bits;
        let mut ranges: Vec<Range> = (0..1 << bits).map(|_| Range::with_room_for(room)).collect();
        let share = |n: usize| (n * PORTION / actors.len().max(1)).min(n) * 3 / 2;
        let mut portions: Vec<Portion> = Vec::new();
        for records in actors.chunks(PORTION * TOGETHER) {
            let mut records: Vec<&[(ActorKey, &Record)]> = records.chunks(PORTION).collect();
            portions.resize_with(records.len(), || Portion::with_room_for(share(n_names), share(n_letters)));
            let mut work: Vec<_> = portions.iter_mut().zip(records.drain(..)).collect();
            on_all_cores(&mut work, |(portion, records)| read(portion, records, &gazetteer.ids));
            for portion in &mut portions {
                gazetteer.deal_visits(portion, &mut ranges, bits);
                gazetteer.append(portion);
            }
        }
        drop(portions);
        gazetteer.names.shrink_to_fit();
        gazetteer.letters.shrink_to_fit();
        gazetteer.put_together(ranges);
        gazetteer
    }

    /// Deals out what a portion says of the nodes, whose names are to be appended.
    fn deal_visits(&self, portion: &Portion, ranges: &mut [Range], bits: u32) {
        let first = to_u32(self.names.len());
        let mut rest = portion.visits.as_slice();
        for (number, range) in (1u64..).zip(ranges) {
            let is_before = |visit: &Node| visit.key.checked_shr(u64::BITS - bits).unwrap_or_default() < number;
            let Some((own, after)) = rest.split_at_checked(rest.partition_point(is_before)) else { return };
            range.nodes.extend(own.iter().map(|visit| placed(visit, &portion.names, first)));
            rest = after;
        }
    }

    fn put_together(&mut self, mut ranges: Vec<Range>) {
        on_all_cores(&mut ranges, Range::join);
        for (name, next) in ranges.iter_mut().flat_map(|range| std::mem::take(&mut range.links)) {
            if let Some(name) = self.names.get_mut(name as usize) {
                name.next = next;
            }
        }
        let is_root = |node: &&Node| node.below & ROOT != 0;
        let nodes = || ranges.iter().flat_map(|range| &range.nodes);
        self.n_roots = nodes().filter(is_root).count();
        self.filter = Gazetteer::empty_filter(self.n_roots + self.n_roots / 4);
        for root in nodes().filter(is_root) {
            set_bits(&mut self.filter, root.key);
        }
        let n_nodes = nodes().count();
        self.nodes = Table::of_sorted(ranges.into_iter().flat_map(|range| range.nodes), n_nodes);
    }
}

/// A range of keys.
struct Range {
    /// What portions say of the nodes, then the nodes themselves.
    nodes: Vec<Node>,
    /// Names, each with the next one of its node.
    links: Vec<(u32, u32)>,
}

impl Range {
    fn with_room_for(n_visits: usize) -> Range {
        Range { nodes: Vec::with_capacity(n_visits), links: Vec::with_capacity(n_visits / 4) }
    }

    /// Makes nodes of visits.
    fn join(&mut self) {
        let Range { nodes: visits, links } = self;
        visits.sort_unstable_by_key(|visit| (visit.key, visit.name));
        let (mut n_nodes, mut from) = (0, 0);
        while let Some(first) = visits.get(from) {
            let n_own = visits.iter().skip(from).take_while(|visit| visit.key == first.key).count();
            let node = joined(visits.get(from..from + n_own).unwrap_or_default(), links);
            if let Some(place) = visits.get_mut(n_nodes) {
                *place = node;
            }
            n_nodes += 1;
            from += n_own;
        }
        visits.truncate(n_nodes);
    }
}

/// Reads some records, and puts what they say of the nodes in the order of the keys.
fn read(portion: &mut Portion, records: &[(ActorKey, &Record)], ids: &Table<Id>) {
    let mut tokens = Vec::new();
    for (actor, record) in records {
        portion.read(*actor, record, ids, &mut tokens);
    }
    portion.visits.sort_unstable_by_key(|visit| (visit.key, visit.name));
    portion.visits.dedup_by(|later, kept| {
        let same = later.key == kept.key && !later.is_end() && !kept.is_end();
        if same {
            kept.below = both(kept.below, later.below);
        }
        same
    });
}

/// One node. As when names are added one by one, the last name comes first, and those that nobody wrote down come behind
/// the others.
fn joined(visits: &[Node], links: &mut Vec<(u32, u32)>) -> Node {
    let mut node = Node { key: visits.first().map_or(0, |visit| visit.key), name: NONE, below: 0 };
    for visit in visits {
        node.below = both(node.below, visit.below & !LATE);
    }
    for late in [LATE, 0] {
        for visit in visits.iter().filter(|visit| visit.is_end() && visit.below & LATE == late) {
            if node.is_end() {
                links.push((visit.name, node.name));
            }
            node.name = visit.name;
        }
    }
    node
}

/// A visit with the place of its name among all names.
fn placed(visit: &Node, names: &[Name], first: u32) -> Node {
    match names.get(visit.name as usize) {
        Some(name) => {
            let late = if name.flags & DERIVED == 0 { 0 } else { LATE };
            Node { name: first + visit.name, below: visit.below | late, ..*visit }
        }
        None => *visit,
    }
}

/// Whose id is which; the last one that bears it counts.
fn ids(actors: &[(ActorKey, &Record)]) -> Table<Id> {
    let id = |(actor, record): &(ActorKey, &Record)| Id { hash: id_hash(&record.id.value), actor: *actor };
    let mut ids: Vec<Id> = actors.iter().map(id).collect();
    ids.sort_by_key(|id| id.hash);
    ids.dedup_by(|later, kept| {
        let same = later.hash == kept.hash;
        if same {
            *kept = *later;
        }
        same
    });
    let n_ids = ids.len();
    Table::of_sorted(ids, n_ids)
}

/// Runs over all items; one alone wakes no other thread.
fn on_all_cores<T: Send>(items: &mut [T], run: impl Fn(&mut T) + Send + Sync) {
    if items.len() < 2 { items.iter_mut().for_each(run) } else { items.par_iter_mut().for_each(run) }
}
