//! The gazetteer: all names compiled for matching.
//!
//! Names lie in a trie whose edges are hashes of folded tokens ([`crate::text::tokens`]). A node is known by a hash of
//! the path that leads to it, so the trie is one hash table, and names come and go in place in under a microsecond. A
//! filter of a few bits for each first token spares nearly every word of a text the look-up. Whoever finds a name compares
//! letters as well: hashes may collide.

mod forms;
pub(crate) mod nations;
mod translate;
pub(crate) mod words;

pub(crate) use forms::{FormKind, Strength};

use crate::analysis::suggestions::NameBook;
use crate::model::ActorKey;
use crate::model::record::{CaseRule, Record};
use crate::text::tokens::{Token, hash_pieces, tokenize, tokenize_into};
use forms::Form;
use hashbrown::{HashMap, HashTable};
use rustc_hash::FxBuildHasher;
use std::sync::OnceLock;

/// All names of all actors, compiled.
#[derive(Debug, Default)]
pub struct Gazetteer {
    nodes: HashTable<Node>,
    /// Four bits for each first token of a name: most words of a text end here.
    filter: Vec<u64>,
    n_roots: usize,
    names: Vec<Name>,
    /// The names' letters, one after the other.
    letters: String,
    actors: HashMap<ActorKey, Actor, FxBuildHasher>,
    /// Whose governments have records; whether the name says so.
    governments: Vec<(nations::State, bool, ActorKey)>,
    /// Hash of an id → its actor.
    ids: HashMap<u64, ActorKey, FxBuildHasher>,
    /// The same names, compiled for suggestions when those are first asked for.
    book: OnceLock<NameBook>,
}

/// A node of the trie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Hash of the tokens that lead here.
    pub(super) key: u64,
    /// First name that ends here, by its place in `names`.
    name: u32,
    /// How many names go on from here; two bits are flags.
    below: u32,
}

const NONE: u32 = u32::MAX;
/// A first token.
const ROOT: u32 = 1 << 31;
/// A name that ends here may be written with small letters.
const ANY_CASE: u32 = 1 << 30;
const FLAGS: u32 = ROOT | ANY_CASE;

impl Node {
    /// Whether a name ends here.
    pub(super) fn is_end(&self) -> bool {
        self.name != NONE
    }

    /// Whether longer names go on from here.
    pub(super) fn goes_on(&self) -> bool {
        self.below & !FLAGS > 0
    }

    /// Whether every name that ends here is an abbreviation, found in capitals only: a word in small letters is none.
    pub(super) fn is_caps_only(&self) -> bool {
        self.below & ANY_CASE == 0
    }
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
    flags: u8,
}

const LISTED: u8 = 1;
const COMMON: u8 = 2;
const CASE: u8 = 4;
const EXACT: u8 = 8;
const PERSON: u8 = 16;
const OUTLET: u8 = 32;
const DERIVED: u8 = 64;

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
    flags: u8,
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

/// What is kept of an actor besides its names.
#[derive(Debug)]
struct Actor {
    id: u64,
    /// First and one past the last of its names, for each record that counts for it.
    names: Vec<(u32, u32)>,
    person: bool,
    countries: Vec<Box<str>>,
    /// Hashes of the ids of actors that its relations name, sorted.
    related: Vec<u64>,
    /// Hashes of the ids of actors that it is never to be taken for, sorted.
    not: Vec<u64>,
}

impl Gazetteer {
    /// Compiles the names of the given records; redirects (`mergedInto`) count for their target.
    #[must_use]
    pub fn build<'a>(actors: impl IntoIterator<Item = (ActorKey, &'a Record)>) -> Gazetteer {
        let actors: Vec<(ActorKey, &Record)> = actors.into_iter().collect();
        let mut gazetteer = Gazetteer::default();
        let n_names: usize = actors.iter().map(|(_, record)| record.names.len()).sum();
        let n_letters: usize =
            actors.iter().flat_map(|(_, record)| &record.names).map(|name| name.text.value.len()).sum();
        gazetteer.nodes.reserve(n_names * 8 / 5, |node| node.key);
        gazetteer.names.reserve(n_names + n_names / 4);
        gazetteer.letters.reserve(n_letters + n_letters / 8);
        gazetteer.actors.reserve(actors.len());
        gazetteer.ids.reserve(actors.len());
        for (actor, record) in &actors {
            gazetteer.ids.insert(id_hash(&record.id.value), *actor);
        }
        let mut tokens = Vec::new();
        for (actor, record) in actors {
            gazetteer.insert_with(actor, record, &mut tokens);
        }
        gazetteer
    }

    /// Adds an actor, or replaces what was known of it. The names of a record that was merged into another count for
    /// that one, if it is known by now.
    pub fn insert(&mut self, actor: ActorKey, record: &Record) {
        self.book = OnceLock::new();
        self.remove(actor);
        self.ids.insert(id_hash(&record.id.value), actor);
        self.insert_with(actor, record, &mut Vec::new());
    }

    /// Forgets an actor and its names. Their letters stay in memory until the next build.
    pub fn remove(&mut self, actor: ActorKey) {
        self.book = OnceLock::new();
        let Some(known) = self.actors.remove(&actor) else { return };
        if self.ids.get(&known.id) == Some(&actor) {
            self.ids.remove(&known.id);
        }
        self.governments.retain(|(_, _, government)| *government != actor);
        for name in known.names.into_iter().flat_map(|(first, end)| first..end) {
            self.unlink(name);
        }
    }

    fn insert_with(&mut self, actor: ActorKey, record: &Record, tokens: &mut Vec<Token>) {
        let target = record.merged_into.as_ref().and_then(|id| self.ids.get(&id_hash(&id.value))).copied();
        let first = to_u32(self.names.len());
        let person = record.is_person();
        let outlet = is_outlet(record);
        for form in forms::of_record(record) {
            self.link(target.unwrap_or(actor), &form, (person, outlet), tokens);
        }
        if let Some((state, named)) = nations::governed_by(record) {
            self.governments.push((state, named, target.unwrap_or(actor)));
        }
        let mut known = Actor {
            id: id_hash(&record.id.value),
            names: vec![(first, to_u32(self.names.len()))],
            person,
            countries: record.countries.iter().map(|country| country.value.to_ascii_lowercase().into()).collect(),
            related: record.relations.iter().map(|relation| id_hash(&relation.other.value)).collect(),
            not: record.not.iter().map(|id| id_hash(&id.value)).collect(),
        };
        if let Some(other) = self.actors.remove(&actor) {
            // A record that was merged into this one; the first that came is the actor's own.
            known.id = other.id;
            known.person = other.person;
            known.names.splice(0..0, other.names);
            known.countries.extend(other.countries);
            known.related.extend(other.related);
            known.not.extend(other.not);
        }
        known.related.sort_unstable();
        known.not.sort_unstable();
        self.actors.insert(actor, known);
    }

    fn link(&mut self, actor: ActorKey, form: &Form<'_>, (person, outlet): (bool, bool), tokens: &mut Vec<Token>) {
        let bare = form.text.trim_start_matches(['@', '#', '＠', '＃']);
        let text: &str = if form.kind == FormKind::Handle { bare } else { &form.text };
        tokenize_into(text, tokens);
        let Some((last, before)) = tokens.split_last() else { return };
        let flag = |on: bool, bit: u8| if on { bit } else { 0 };
        let flags = flag(form.listed, LISTED)
            | flag(form.common, COMMON)
            | flag(form.case == Some(CaseRule::Case), CASE)
            | flag(form.case == Some(CaseRule::Exact), EXACT)
            | flag(person, PERSON)
            | flag(outlet, OUTLET)
            | flag(!form.listed && form.strength == Strength::Weak, DERIVED);
        let mut key = 0;
        for token in before {
            let root = key == 0;
            key = step(key, token.hash);
            self.node(key, root).below += 1;
        }
        let root = key == 0;
        key = step(key, last.hash);
        let place = to_u32(self.names.len());
        let node = self.node(key, root);
        if !(tokens.len() == 1 && last.shape.is_caps() && text.len() <= 5 && form.case.is_none()) {
            node.below |= ANY_CASE;
        }
        let head = node.name;
        let is_late = head != NONE && flags & DERIVED != 0;
        if !is_late {
            node.name = place;
        }
        let own = Name {
            actor,
            start: to_u32(self.letters.len()),
            next: head,
            length: u16::try_from(text.len()).unwrap_or_default(),
            kind: form.kind,
            strength: form.strength,
            flags,
        };
        self.letters.push_str(text);
        self.names.push(own);
        if is_late && !self.chain_after_listed(head, place) {
            self.node(key, false).name = place;
        }
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
        if root && !(has_bits(&self.filter, key) && self.nodes.find(key, |node| node.key == key).is_some()) {
            self.n_roots += 1;
            if self.n_roots * BITS_A_ROOT > self.filter.len() * 64 {
                self.resize_filter(self.n_roots * 2);
            }
            set_bits(&mut self.filter, key);
        }
        self.nodes
            .entry(key, |node| node.key == key, |node| node.key)
            .or_insert(Node { key, name: NONE, below })
            .into_mut()
    }

    fn resize_filter(&mut self, n_roots: usize) {
        self.filter = vec![0; (n_roots.max(512) * BITS_A_ROOT).next_power_of_two() / 64];
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
            if let Some(node) = self.nodes.find_mut(key, |node| node.key == key) {
                node.below -= 1;
            }
            self.drop_if_empty(key);
        }
        key = step(key, last.hash);
        let Some(node) = self.nodes.find_mut(key, |node| node.key == key) else { return };
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
        if let Ok(entry) = self.nodes.find_entry(key, |node| node.key == key) {
            let node = entry.get();
            if node.name == NONE && node.below & !FLAGS == 0 {
                self.n_roots -= usize::from(node.below & ROOT != 0);
                entry.remove();
            }
        }
    }

    /// The memory that the names take, in bytes.
    #[must_use]
    pub fn heap_bytes(&self) -> usize {
        let list = |actor: &Actor| (actor.related.len() + actor.not.len() + actor.names.len()) * size_of::<u64>();
        self.nodes.allocation_size()
            + self.filter.capacity() * size_of::<u64>()
            + self.names.capacity() * size_of::<Name>()
            + self.letters.capacity()
            + self.actors.allocation_size()
            + self.ids.allocation_size()
            + self.actors.values().map(list).sum::<usize>()
    }

    /// Whether the actor is a human being.
    #[must_use]
    pub fn is_person(&self, actor: ActorKey) -> bool {
        self.actors.get(&actor).is_some_and(|actor| actor.person)
    }

    /// Whether any actor is the government of a state.
    pub(super) fn has_governments(&self) -> bool {
        !self.governments.is_empty()
    }

    /// The government of a state: the record that is named so, else the only one that topic and country mark.
    pub(super) fn government_of(&self, state: nations::State) -> Option<ActorKey> {
        let own = || self.governments.iter().filter(|(of, ..)| *of == state);
        let named = own().filter(|(_, named, _)| *named).map(|(.., actor)| *actor).min();
        named.or_else(|| {
            let first = own().map(|(.., actor)| *actor).min()?;
            own().all(|(.., actor)| *actor == first).then_some(first)
        })
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

    /// Whether a relation of one of the two names the other.
    #[must_use]
    pub fn are_related(&self, one: ActorKey, other: ActorKey) -> bool {
        match (self.actors.get(&one), self.actors.get(&other)) {
            (Some(a), Some(b)) => a.related.binary_search(&b.id).is_ok() || b.related.binary_search(&a.id).is_ok(),
            _ => false,
        }
    }

    /// Whether the record of `one` says that it is not `other`.
    #[must_use]
    pub fn is_never(&self, one: ActorKey, other: ActorKey) -> bool {
        match (self.actors.get(&one), self.actors.get(&other)) {
            (Some(a), Some(b)) => a.not.binary_search(&b.id).is_ok(),
            _ => false,
        }
    }

    /// The actors that the relations of an actor's record name.
    pub(super) fn related_to(&self, actor: ActorKey) -> impl Iterator<Item = ActorKey> {
        let related = self.actors.get(&actor).into_iter().flat_map(|it| &it.related);
        related.filter_map(|id| self.ids.get(id).copied())
    }

    /// The actors that this one is never to be taken for.
    pub(super) fn never(&self, actor: ActorKey) -> impl Iterator<Item = ActorKey> {
        let never = self.actors.get(&actor).into_iter().flat_map(|it| &it.not);
        never.filter_map(|id| self.ids.get(id).copied())
    }

    /// The countries of an actor.
    pub(super) fn countries(&self, actor: ActorKey) -> &[Box<str>] {
        self.actors.get(&actor).map_or(&[], |it| &it.countries)
    }

    /// The listed names, compiled for suggestions. Made when first asked for.
    pub(crate) fn book(&self) -> &NameBook {
        self.book.get_or_init(|| {
            let mut actors: Vec<(&ActorKey, &Actor)> = self.actors.iter().collect();
            actors.sort_unstable_by_key(|(actor, _)| **actor);
            let names = actors.iter().flat_map(|(actor, known)| {
                let listed = self.names_of(known).filter(|name| name.is_listed() && name.kind != FormKind::Handle);
                listed.map(|name| (**actor, name.text, known.person))
            });
            NameBook::build(names)
        })
    }

    /// Whether any name of the actor has a word that starts with these letters, case and accents folded.
    pub(super) fn has_word_like(&self, actor: ActorKey, stem: &str) -> bool {
        let Some(known) = self.actors.get(&actor) else { return false };
        self.names_of(known).any(|name| {
            let folded = crate::text::fold::fold(name.text);
            folded.split(' ').any(|word| word.starts_with(stem))
        })
    }

    fn names_of<'g>(&'g self, actor: &Actor) -> impl Iterator<Item = NameView<'g>> {
        let ranges = actor.names.iter().filter_map(|(first, end)| self.names.get(*first as usize..*end as usize));
        let names: Vec<&Name> = ranges.flatten().collect();
        names.into_iter().map(|name| self.view(name))
    }

    /// The forms that follow from an actor's names without being written down, each with the key of its node.
    pub(super) fn derived_of(&self, actor: ActorKey) -> Vec<(u64, NameView<'_>)> {
        let Some(known) = self.actors.get(&actor) else { return Vec::new() };
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
        self.nodes.find(key, |node| node.key == key)
    }

    /// The node of one more token.
    #[inline]
    pub(super) fn next(&self, node: &Node, hash: u64) -> Option<&Node> {
        if !node.goes_on() {
            return None;
        }
        let key = step(node.key, hash);
        self.nodes.find(key, |node| node.key == key)
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

fn id_hash(id: &str) -> u64 {
    hash_pieces(&[id]) ^ id.bytes().fold(0, |hash: u64, byte| hash.wrapping_mul(31).wrapping_add(u64::from(byte)))
}

fn is_outlet(record: &Record) -> bool {
    let schema = record.schema.as_ref().is_some_and(|schema| schema.value.eq_ignore_ascii_case("media"));
    let last = tokenize(record.caption()).last().map(|token| token.hash);
    let press = ["times", "post", "journal", "guardian", "herald", "tribune", "telegraph", "independent", "economist"];
    schema || press.iter().any(|word| last == Some(hash_pieces(&[word])))
}

fn to_u32(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
