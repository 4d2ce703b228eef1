//! The gazetteer: all names compiled for matching.
//!
//! Names lie in a trie whose edges are hashes of folded tokens ([`crate::text::tokens`]). A node is known by a hash of
//! the path that leads to it, so the trie is one hash table, and names come and go in place in under a microsecond. A
//! filter of a few bits for each first token spares nearly every word of a text the look-up. Whoever finds a name compares
//! letters as well: hashes may collide.

mod actors;
mod build;
mod forms;
mod governments;
pub(crate) mod nations;
mod nodes;
mod portion;
mod table;
mod translate;
pub(crate) mod words;

pub(crate) use forms::{FormKind, Strength};

use crate::analysis::suggestions::NameBook;
use crate::model::ActorKey;
use crate::model::record::{CaseRule, Record};
use crate::text::fold::fold;
use crate::text::tokens::tokenize;
use actors::{Actor, Id, More, id_hash};
use governments::Governments;
pub(super) use nodes::Node;
use nodes::{FLAGS, NONE, ROOT, both};
use portion::Portion;
use std::hint::black_box;
use std::sync::OnceLock;
use table::Table;

/// All names of all actors, compiled.
#[derive(Debug, Default)]
pub struct Gazetteer {
    nodes: Table<Node>,
    /// Four bits for each first token of a name: most words of a text end here.
    filter: Vec<u64>,
    n_roots: usize,
    names: Vec<Name>,
    /// The names' letters, one after the other.
    letters: String,
    /// By their keys, which are small numbers.
    actors: Vec<Option<Actor>>,
    governments: Governments,
    /// Hash of an id → its actor.
    ids: Table<Id>,
    /// The same names, compiled for suggestions when those are first asked for.
    book: OnceLock<NameBook>,
}

/// A compiled name.
#[derive(Clone, Copy, Debug)]
struct Name {
    actor: ActorKey,
    start: u32,
    /// The next name that ends at the same node.
    next: u32,
    length: u16,
    kind: FormKind,
    strength: Strength,
    flags: u16,
}

const LISTED: u16 = 1;
const COMMON: u16 = 2;
const CASE: u16 = 4;
const EXACT: u16 = 8;
const PERSON: u16 = 16;
const OUTLET: u16 = 32;
const DERIVED: u16 = 64;
const FORMER: u16 = 128;
const MARKED: u16 = 256;

/// A name as those who match see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct NameView<'g> {
    /// Whose name it is.
    pub(super) actor: ActorKey,
    /// As written in the record.
    pub(super) text: &'g str,
    /// What sort of form it is.
    pub(super) kind: FormKind,
    /// How far it settles who is meant.
    pub(super) strength: Strength,
    flags: u16,
}

impl NameView<'_> {
    /// Whether the user wrote the form down; otherwise it follows from another name.
    pub(super) fn is_listed(&self) -> bool {
        self.flags & LISTED != 0
    }

    /// Whether it is a weak form that nobody wrote down: a family name, an abbreviation. Those come last at a node.
    pub(super) fn is_derived(&self) -> bool {
        self.flags & DERIVED != 0
    }

    /// Whether the actor is called otherwise now.
    pub(super) fn is_former(&self) -> bool {
        self.flags & FORMER != 0
    }

    /// Whether the user marked it as weak.
    pub(super) fn is_marked_weak(&self) -> bool {
        self.flags & MARKED != 0
    }

    /// Whether it is an ordinary word.
    pub(super) fn is_common(&self) -> bool {
        self.flags & COMMON != 0
    }

    /// Whether the actor is a human being.
    pub(super) fn is_person(&self) -> bool {
        self.flags & PERSON != 0
    }

    /// Whether the actor is a news outlet, whose name may be written with its article.
    pub(super) fn is_outlet(&self) -> bool {
        self.flags & OUTLET != 0
    }

    /// Whether two names are the same but for whose they are.
    pub(super) fn is_alike(&self, other: &NameView<'_>) -> bool {
        self.text == other.text && self.flags == other.flags && self.strength == other.strength
    }

    /// How letter case counts, where the record says it.
    pub(super) fn case(&self) -> Option<CaseRule> {
        match self.flags & (CASE | EXACT) {
            0 => None,
            CASE => Some(CaseRule::Case),
            _ => Some(CaseRule::Exact),
        }
    }
}

impl Gazetteer {
    /// Adds an actor, or replaces what was known of it. The names of a record that was merged into another count for
    /// that one, if it is known by now.
    pub fn insert(&mut self, actor: ActorKey, record: &Record) {
        self.book = OnceLock::new();
        self.remove(actor);
        self.ids.entry(Id { hash: id_hash(&record.id.value), actor }).actor = actor;
        let mut portion = Portion::default();
        portion.read(actor, record, &self.ids, &mut Vec::new());
        let (first, visits) = (to_u32(self.names.len()), std::mem::take(&mut portion.visits));
        self.append(&mut portion);
        black_box(visits.iter().fold(0, |near, visit| near ^ self.nodes.touch(visit.key)));
        for visit in visits {
            self.visit(&visit, first);
        }
    }

    /// Forgets an actor and its names. Their letters stay in memory until the next build.
    pub fn remove(&mut self, actor: ActorKey) {
        self.book = OnceLock::new();
        let Some(known) = self.actors.get_mut(actor.0 as usize).and_then(Option::take) else { return };
        if self.ids.find(known.id).is_some_and(|id| id.actor == actor) {
            self.ids.remove(known.id);
        }
        self.governments.remove(actor);
        for name in known.names().flat_map(|(first, end)| first..end) {
            self.unlink(name);
        }
    }

    /// Appends the names and actors of a portion, which is empty then.
    fn append(&mut self, portion: &mut Portion) {
        let (first, start) = (to_u32(self.names.len()), to_u32(self.letters.len()));
        self.names.extend(portion.names.drain(..).map(|name| Name { start: start + name.start, ..name }));
        self.letters.push_str(&portion.letters);
        portion.letters.clear();
        portion.visits.clear();
        self.governments.join(&mut portion.governments);
        for (actor, own) in portion.actors.drain(..) {
            let at = actor.0 as usize;
            if self.actors.len() <= at {
                self.actors.resize_with(at + 1, || None);
            }
            let names = (first + own.names.0, first + own.names.1);
            match self.actors.get_mut(at) {
                // A record that was merged into this one; the first that came is the actor's own.
                Some(Some(known)) => {
                    let all = known.more.get_or_insert_default();
                    all.names.push(names);
                    own.more.into_iter().for_each(|more| all.join(*more));
                }
                Some(place) => *place = Some(Actor { names, ..own }),
                None => (),
            }
        }
    }

    /// Takes in what a portion says of a node; `first` is the place of the portion's first name.
    fn visit(&mut self, visit: &Node, first: u32) {
        let node = self.node(visit.key, visit.below & ROOT != 0);
        node.below = both(node.below, visit.below);
        if !visit.is_end() {
            return;
        }
        let (place, head) = (first + visit.name, node.name);
        if self.names.get(place as usize).is_some_and(|name| name.flags & DERIVED != 0)
            && self.chain_after_listed(head, place)
        {
            return;
        }
        if let Some(name) = self.names.get_mut(place as usize) {
            name.next = head;
        }
        self.node(visit.key, false).name = place;
    }

    /// Puts a derived name after the listed ones of its node; the answer is whether there are any.
    fn chain_after_listed(&mut self, head: u32, place: u32) -> bool {
        const MAX_STEPS: usize = 64; // whoever reads names at a node stops there
        let (mut last, mut next) = (NONE, head);
        for _ in 0..MAX_STEPS {
            match self.names.get(next as usize).filter(|name| name.flags & DERIVED == 0) {
                Some(name) => (last, next) = (next, name.next),
                None => break,
            }
        }
        let Some(before) = self.names.get_mut(last as usize) else { return false };
        before.next = place;
        if let Some(own) = self.names.get_mut(place as usize) {
            own.next = next;
        }
        true
    }

    /// The node with this key, made if need be.
    fn node(&mut self, key: u64, root: bool) -> &mut Node {
        let below = if root { ROOT } else { 0 };
        if root && !(has_bits(&self.filter, key) && self.nodes.find(key).is_some()) {
            self.n_roots += 1;
            if self.n_roots * BITS_A_ROOT > self.filter.len() * 64 {
                self.resize_filter(self.n_roots * 2);
            }
            set_bits(&mut self.filter, key);
        }
        self.nodes.entry(Node { key, name: NONE, below })
    }

    /// A filter with room for so many first tokens.
    fn empty_filter(n_roots: usize) -> Vec<u64> {
        vec![0; (n_roots.max(512) * BITS_A_ROOT).next_power_of_two() / 64]
    }

    fn resize_filter(&mut self, n_roots: usize) {
        self.filter = Gazetteer::empty_filter(n_roots);
        for node in self.nodes.iter().filter(|node| node.below & ROOT != 0) {
            set_bits(&mut self.filter, node.key);
        }
    }

    /// Takes a name out of the trie.
    fn unlink(&mut self, place: u32) {
        let Some(name) = self.names.get(place as usize).copied() else { return };
        let tokens = tokenize(self.view(&name).text);
        let Some((last, before)) = tokens.split_last() else { return };
        let mut key = 0;
        for token in before {
            key = step(key, token.hash);
            if let Some(node) = self.nodes.find_mut(key) {
                node.below -= 1;
            }
            self.drop_if_empty(key);
        }
        key = step(key, last.hash);
        let Some(node) = self.nodes.find_mut(key) else { return };
        if node.name == place {
            node.name = name.next;
        } else {
            let mut at = node.name;
            while let Some(other) = self.names.get_mut(at as usize) {
                if other.next == place {
                    other.next = name.next;
                    break;
                }
                at = other.next;
            }
        }
        self.drop_if_empty(key);
    }

    fn drop_if_empty(&mut self, key: u64) {
        let Some(node) = self.nodes.find(key).copied() else { return };
        if node.name == NONE && node.below & !FLAGS == 0 {
            self.n_roots -= usize::from(node.below & ROOT != 0);
            self.nodes.remove(key);
        }
    }

    /// The memory that the names take, in bytes.
    #[must_use]
    pub fn heap_bytes(&self) -> usize {
        self.nodes.heap_bytes()
            + self.filter.capacity() * size_of::<u64>()
            + self.names.capacity() * size_of::<Name>()
            + self.letters.capacity()
            + self.actors.capacity() * size_of::<Option<Actor>>()
            + self.ids.heap_bytes()
            + self
                .actors
                .iter()
                .flatten()
                .filter_map(|actor| actor.more.as_deref())
                .map(More::heap_bytes)
                .sum::<usize>()
    }

    fn actor(&self, actor: ActorKey) -> Option<&Actor> {
        self.actors.get(actor.0 as usize)?.as_ref()
    }

    fn more(&self, actor: ActorKey) -> Option<&More> {
        self.actor(actor)?.more.as_deref()
    }

    /// The actor whose id has this hash.
    fn actor_of(&self, id: u64) -> Option<ActorKey> {
        self.ids.find(id).map(|id| id.actor)
    }

    /// Whether the actor is a human being.
    #[must_use]
    pub fn is_person(&self, actor: ActorKey) -> bool {
        self.actor(actor).is_some_and(|actor| actor.person)
    }

    /// Whether any actor is the government of a state.
    pub(super) fn has_governments(&self) -> bool {
        !self.governments.is_empty()
    }

    /// The government of a state, if it has a record.
    pub(super) fn government_of(&self, state: nations::State) -> Option<ActorKey> {
        self.governments.of(state)
    }

    /// The actors that bear a name, whatever its case and spelling; weak forms included, handles not. Sorted.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<ActorKey> {
        let mut node = None;
        for token in tokenize(name) {
            node = match node {
                None => self.first(token.hash),
                Some(before) => self.next(before, token.hash),
            };
            if node.is_none() {
                return Vec::new();
            }
        }
        let names = node.map(|node| self.names_at(node)).into_iter().flatten();
        let mut actors: Vec<ActorKey> =
            names.filter(|name| name.kind != FormKind::Handle).map(|name| name.actor).collect();
        actors.sort_unstable();
        actors.dedup();
        actors
    }

    /// Whether the record of `one` says that it is not `other`.
    #[must_use]
    pub fn is_never(&self, one: ActorKey, other: ActorKey) -> bool {
        match (self.more(one), self.actor(other)) {
            (Some(a), Some(b)) => a.not.binary_search(&b.id).is_ok(),
            _ => false,
        }
    }

    /// The actors that the relations of an actor's record name.
    pub(super) fn related_to(&self, actor: ActorKey) -> impl Iterator<Item = ActorKey> {
        let related = self.more(actor).into_iter().flat_map(|it| &it.related);
        related.filter_map(|id| self.actor_of(*id))
    }

    /// The actors that this one is never to be taken for.
    pub(super) fn never(&self, actor: ActorKey) -> impl Iterator<Item = ActorKey> {
        let never = self.more(actor).into_iter().flat_map(|it| &it.not);
        never.filter_map(|id| self.actor_of(*id))
    }

    /// The countries of an actor.
    pub(super) fn countries(&self, actor: ActorKey) -> &[Box<str>] {
        self.more(actor).map_or(&[], |it| &it.countries)
    }

    /// The listed names, compiled for suggestions. Made when first asked for.
    pub(crate) fn book(&self) -> &NameBook {
        self.book.get_or_init(|| {
            let actors = (0..).map(ActorKey).zip(&self.actors);
            let known = actors.filter_map(|(actor, known)| Some((actor, known.as_ref()?)));
            let names = known.flat_map(|(actor, known)| {
                let listed = self.names_of(known).filter(|name| name.is_listed() && name.kind != FormKind::Handle);
                listed.map(move |name| (actor, name.text, known.person))
            });
            NameBook::build(names)
        })
    }

    /// Whether an adjective or name of the actor's country starts with these letters, case and accents folded.
    pub(super) fn is_of_country(&self, actor: ActorKey, stem: &str) -> bool {
        self.countries(actor).iter().any(|code| nations::has_word_like(code, stem))
    }

    /// Whether a word that starts with these letters, case and accents folded, is of an actor's country or in its names.
    pub(super) fn has_word_like(&self, actor: ActorKey, stem: &str) -> bool {
        if self.is_of_country(actor, stem) {
            return true;
        }
        let Some(known) = self.actor(actor) else { return false };
        let starts_so = |name: NameView<'_>| fold(name.text).split(' ').any(|word| word.starts_with(stem));
        self.names_of(known).any(starts_so)
    }

    fn names_of<'g>(&'g self, actor: &'g Actor) -> impl Iterator<Item = NameView<'g>> {
        let ranges = actor.names().filter_map(|(first, end)| self.names.get(first as usize..end as usize));
        ranges.flatten().map(|name| self.view(name))
    }

    /// The forms that follow from an actor's names without being written down, each with the key of its node.
    pub(super) fn derived_of(&self, actor: ActorKey) -> Vec<(u64, NameView<'_>)> {
        let Some(known) = self.actor(actor) else { return Vec::new() };
        let key = |name: &NameView<'_>| tokenize(name.text).iter().fold(0, |key, token| step(key, token.hash));
        self.names_of(known).filter(NameView::is_derived).map(|name| (key(&name), name)).collect()
    }

    /// The node of a first token.
    #[inline]
    pub(super) fn first(&self, hash: u64) -> Option<&Node> {
        let key = step(0, hash);
        if !has_bits(&self.filter, key) {
            return None;
        }
        self.nodes.find(key)
    }

    /// The node of one more token.
    #[inline]
    pub(super) fn next(&self, node: &Node, hash: u64) -> Option<&Node> {
        if !node.goes_on() {
            return None;
        }
        let key = step(node.key, hash);
        self.nodes.find(key)
    }

    /// The names that end at a node.
    pub(super) fn names_at(&self, node: &Node) -> impl Iterator<Item = NameView<'_>> {
        let mut at = node.name;
        std::iter::from_fn(move || {
            let name = self.names.get(at as usize)?;
            at = name.next;
            Some(self.view(name))
        })
    }

    fn view(&self, name: &Name) -> NameView<'_> {
        let start = name.start as usize;
        NameView {
            actor: name.actor,
            text: self.letters.get(start..start + usize::from(name.length)).unwrap_or_default(),
            kind: name.kind,
            strength: name.strength,
            flags: name.flags,
        }
    }
}

/// The key of the node that one more token leads to. Never 0.
#[inline]
fn step(key: u64, hash: u64) -> u64 {
    let mixed = (key.rotate_left(23) ^ hash).wrapping_mul(0xF135_7AEA_2E62_A9C5);
    (mixed ^ (mixed >> 31)).max(1)
}

/// Room in the filter for each first token: small enough for the cache, wrong for about one other word in a hundred.
const BITS_A_ROOT: usize = 16;

/// Four bits of one word of the filter.
fn bits(filter: &[u64], key: u64) -> (usize, u64) {
    let place = usize::try_from(key >> 30).unwrap_or_default() & filter.len().saturating_sub(1);
    (place, 1 << (key & 63) | 1 << (key >> 6 & 63) | 1 << (key >> 12 & 63) | 1 << (key >> 18 & 63))
}

fn set_bits(filter: &mut [u64], key: u64) {
    let (place, mask) = bits(filter, key);
    if let Some(word) = filter.get_mut(place) {
        *word |= mask;
    }
}

fn has_bits(filter: &[u64], key: u64) -> bool {
    let (place, mask) = bits(filter, key);
    filter.get(place).is_some_and(|word| word & mask == mask)
}

fn to_u32(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
