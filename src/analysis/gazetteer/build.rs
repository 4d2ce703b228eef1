//! Compiling many records at once, on all cores, to the same gazetteer whatever their number.
//!
//! Records are read in portions of a fixed size. What all portions say of the nodes is then put together by ranges of
//! keys: the table holds nodes in the order of their keys, so each range is a piece of it.

use super::actors::{Id, id_hash};
use super::nodes::{FLAGS, NONE, Node, ROOT};
use super::portion::Portion;
use super::table::Table;
use super::{DERIVED, Gazetteer, Name, set_bits, to_u32};
use crate::model::ActorKey;
use crate::model::record::Record;
use rayon::prelude::*;

/// So many records are read as one.
const PORTION: usize = 256;
/// Nodes are put together in 2^6 ranges of keys.
const RANGE_BITS: u32 = 6;
/// A name that comes after the others of its node. Only while nodes are put together.
const LATE: u32 = 1 << 29;

impl Gazetteer {
    /// Compiles the names of the given records; redirects (`mergedInto`) count for their target.
    #[must_use]
    pub fn build<'a>(actors: impl IntoIterator<Item = (ActorKey, &'a Record)>) -> Gazetteer {
        let actors: Vec<(ActorKey, &Record)> = actors.into_iter().collect();
        let ids = ids(&actors);
        let records: Vec<&[(ActorKey, &Record)]> = actors.chunks(PORTION).collect();
        let portions = on_all_cores(&records, |records| {
            let (mut portion, mut tokens) = (Portion::default(), Vec::new());
            for (actor, record) in *records {
                portion.read(*actor, record, &ids, &mut tokens);
            }
            portion.visits.sort_by_key(|visit| visit.key);
            portion
        });
        let mut gazetteer = Gazetteer { ids, ..Gazetteer::default() };
        gazetteer.put_together(portions);
        gazetteer
    }

    fn put_together(&mut self, mut portions: Vec<Portion>) {
        let mut n_names = 0;
        let firsts: Vec<u32> = portions
            .iter()
            .map(|portion| {
                n_names += portion.names.len();
                to_u32(n_names - portion.names.len())
            })
            .collect();
        let ranges: Vec<u64> = if portions.len() < 2 { vec![0] } else { (0..1 << RANGE_BITS).collect() };
        let bits = if portions.len() < 2 { 0 } else { RANGE_BITS };
        let ranges = on_all_cores(&ranges, |range| Range::of(&portions, &firsts, *range, bits));
        portions.iter_mut().for_each(|portion| portion.visits = Vec::new());

        self.n_roots = ranges.iter().map(|range| range.roots.len()).sum();
        self.filter = Gazetteer::empty_filter(self.n_roots + self.n_roots / 4);
        for root in ranges.iter().flat_map(|range| &range.roots) {
            set_bits(&mut self.filter, *root);
        }
        let n_nodes = ranges.iter().map(|range| range.nodes.len()).sum();
        let mut links = Vec::with_capacity(ranges.len());
        let nodes = ranges.into_iter().flat_map(|range| {
            links.push(range.links);
            range.nodes
        });
        self.nodes = Table::of_sorted(nodes, n_nodes);

        self.names.reserve_exact(n_names);
        self.letters.reserve_exact(portions.iter().map(|portion| portion.letters.len()).sum());
        let n_actors = portions.iter().flat_map(|portion| &portion.actors).map(|(actor, _)| actor.0 + 1).max();
        self.actors.resize_with(n_actors.unwrap_or_default() as usize, || None);
        for portion in portions {
            self.append(portion);
        }
        for (name, next) in links.into_iter().flatten() {
            if let Some(name) = self.names.get_mut(name as usize) {
                name.next = next;
            }
        }
    }
}

/// A range of keys.
struct Range {
    /// The nodes, by their keys.
    nodes: Vec<Node>,
    /// The keys of first tokens.
    roots: Vec<u64>,
    /// Names, each with the next one of its node.
    links: Vec<(u32, u32)>,
}

impl Range {
    /// The nodes whose keys have these first bits; `firsts` are the places of the portions' first names.
    fn of(portions: &[Portion], firsts: &[u32], number: u64, bits: u32) -> Range {
        let is_before =
            |visit: &Node, number: u64| visit.key.checked_shr(u64::BITS - bits).unwrap_or_default() < number;
        let mut visits = Vec::new();
        for (portion, first) in portions.iter().zip(firsts) {
            let start = portion.visits.partition_point(|visit| is_before(visit, number));
            let end = portion.visits.partition_point(|visit| is_before(visit, number + 1));
            let own = portion.visits.get(start..end).unwrap_or_default();
            visits.extend(own.iter().map(|visit| placed(visit, &portion.names, *first)));
        }
        visits.sort_by_key(|visit| visit.key); // stable, so names stay in the order of the records
        let mut range = Range { nodes: Vec::with_capacity(visits.len()), roots: Vec::new(), links: Vec::new() };
        for visits in visits.chunk_by(|one, other| one.key == other.key) {
            range.add(visits);
        }
        range.nodes.shrink_to_fit();
        range
    }

    /// Adds one node. As when names are added one by one, the last name comes first, and those that nobody wrote down
    /// come behind the others.
    fn add(&mut self, visits: &[Node]) {
        let Some(first) = visits.first() else { return };
        let mut node = Node { key: first.key, name: NONE, below: 0 };
        for visit in visits {
            node.below = (node.below | visit.below & FLAGS) + (visit.below & !FLAGS & !LATE);
        }
        for late in [LATE, 0] {
            for visit in visits.iter().filter(|visit| visit.is_end() && visit.below & LATE == late) {
                if node.is_end() {
                    self.links.push((visit.name, node.name));
                }
                node.name = visit.name;
            }
        }
        if node.below & ROOT != 0 {
            self.roots.push(node.key);
        }
        self.nodes.push(node);
    }
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
fn on_all_cores<T: Sync, R: Send>(items: &[T], run: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
    if items.len() < 2 { items.iter().map(run).collect() } else { items.par_iter().map(run).collect() }
}
