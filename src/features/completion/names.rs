//! Names of actors while somebody writes.

use super::{Proposals, actor_proposal};
use crate::analysis::language::Language;
use crate::corpus::{Document, Snapshot};
use crate::model::ActorKey;
use crate::model::record::{NameKind, NameView, Record};
use crate::text::ByteRange;
use crate::text::fold::{self, Class};
use std::collections::{BTreeMap, BTreeSet};

/// How many characters before the cursor may be the beginning of a name.
const REACH: usize = 60;

/// Of more names that begin as typed only so many are weighed.
const MANY: usize = 2000;

/// The names that begin with the last words of the line.
pub(super) fn complete(snapshot: &Snapshot, document: &Document, line: &str, offset: u32, limit: usize) -> Proposals {
    for start in starts(line) {
        let Some(typed) = line.get(start..) else { continue };
        let Some(candidates) = candidates(snapshot, document, typed) else { continue };
        let language = language_at(document, offset);
        let ranks = ranks(snapshot, document, candidates.keys().copied());
        let ranked = candidates.iter().filter_map(|(actor, (name, whole))| {
            let written = form(&snapshot.registry.record(*actor)?.record, *name, language)?;
            Some((ranks.get(actor).copied().unwrap_or(3), !whole, written.len(), written, *actor))
        });
        let mut ranked: Vec<_> = ranked.collect();
        ranked.sort_unstable();
        ranked.truncate(limit);
        let proposal = |(.., written, actor): (_, _, _, &str, _)| actor_proposal(snapshot, actor, written.to_owned());
        let items = ranked.into_iter().map(proposal).collect();
        let replaced = ByteRange::new(offset as usize - typed.len(), offset as usize);
        return Proposals { items, replaced, is_incomplete: true };
    }
    Proposals { is_incomplete: true, ..Proposals::default() }
}

/// Where in the line a name may have begun, the longest beginning first.
fn starts(line: &str) -> Vec<usize> {
    let from = line.char_indices().rev().take(REACH).last().map_or(0, |(at, _)| at);
    let mut starts = Vec::new();
    let before = line.get(..from).and_then(|it| it.chars().next_back());
    let mut in_word = before.is_some_and(|c| fold::fold_char(c).class.is_word());
    for (at, c) in line.char_indices().skip_while(|(at, _)| *at < from) {
        let class = fold::fold_char(c).class;
        if class.is_word() && (!in_word || class.is_single()) {
            starts.push(at);
        }
        in_word = class.is_word() || (in_word && class == Class::Mark);
    }
    // One letter says nothing, and two small ones begin too many words that are no names.
    let says_something = |at: &usize| {
        let typed = line.get(*at..).unwrap_or_default();
        let ends_in_space = typed.ends_with(char::is_whitespace) && typed.trim_end().contains(' ');
        let letters = typed.chars().filter(|c| fold::fold_char(*c).class.is_word());
        let weight: usize = letters.map(|c| if fold::fold_char(c).class.is_single() { 2 } else { 1 }).sum();
        let is_small = typed.starts_with(|c: char| c.is_lowercase() && c.is_alphabetic());
        let needed = if is_small { 3 } else { 2 };
        needed <= weight && (!typed.ends_with(char::is_whitespace) || ends_in_space)
    };
    starts.retain(says_something);
    starts
}

/// The actors of which a name begins so, if there are any: the best such name of each, and whether it is the name's own
/// beginning. Where there are very many, those that this text or its folder speaks of, and those with the shortest names.
fn candidates(snapshot: &Snapshot, document: &Document, typed: &str) -> Option<BTreeMap<ActorKey, (usize, bool)>> {
    let typed = fold::fold(typed);
    let spellings = snapshot.registry.spellings();
    let mut found = spellings.beginning_with(&typed, MANY);
    if MANY <= found.len() {
        let mut near: BTreeSet<ActorKey> = document.settled().mentions.iter().map(|mention| mention.actor).collect();
        near.extend(near.iter().flat_map(|actor| related(snapshot, *actor)).collect::<Vec<_>>());
        near.extend(snapshot.named_beside(document).actors());
        found.extend(near.into_iter().flat_map(|actor| spellings.of_actor(actor, &typed)));
    }
    let mut candidates: BTreeMap<ActorKey, (usize, bool)> = BTreeMap::new();
    for found in found {
        let this = (found.name, found.whole);
        let known = candidates.entry(found.actor).or_insert(this);
        if (!this.1, this.0) < (!known.1, known.0) {
            *known = this;
        }
    }
    (!candidates.is_empty()).then_some(candidates)
}

/// The form that is written: the one for the language of the text, else the one that was typed.
fn form(record: &Record, typed: usize, language: Language) -> Option<&str> {
    let stands =
        |name: &NameView<'_>| !matches!(name.kind, NameKind::Weak | NameKind::Mistranslation | NameKind::Former);
    let typed = record.names.get(typed)?;
    let speaks = |name: &NameView<'_>| name.lang.is_some_and(|lang| lang.split('-').next() == Some(language.code()));
    let is_full =
        |name: &NameView<'_>| matches!(name.kind, NameKind::Canonical | NameKind::Alias | NameKind::Transliteration);
    let own = record.names.iter().filter(stands).find(|name| speaks(name) && is_full(name));
    let chosen = own.or(Some(typed).filter(stands)).or(record.names.first())?;
    Some(chosen.text.value)
}

/// The language of the sentence at the cursor or before it.
fn language_at(document: &Document, offset: u32) -> Language {
    let claims = &document.settled().claims;
    let idx = claims.partition_point(|claim| claim.range.start < offset);
    let before = claims.get(..idx).unwrap_or_default().iter().rev().take(8);
    before.map(|claim| claim.language).find(|it| *it != Language::Other).unwrap_or_default()
}

/// 0 for actors that this text names, 1 for those that texts in its folder name, 2 for those that a relation ties to one
/// that this text names.
fn ranks(snapshot: &Snapshot, document: &Document, actors: impl Iterator<Item = ActorKey>) -> BTreeMap<ActorKey, u8> {
    let here: BTreeSet<ActorKey> = document.settled().mentions.iter().map(|mention| mention.actor).collect();
    let beside = snapshot.named_beside(document);
    let related: BTreeSet<ActorKey> = here.iter().flat_map(|actor| related(snapshot, *actor)).collect();
    let rank = |actor| {
        if here.contains(&actor) {
            Some((actor, 0))
        } else if beside.has(actor) {
            Some((actor, 1))
        } else {
            related.contains(&actor).then_some((actor, 2))
        }
    };
    actors.filter_map(rank).collect()
}

/// The actors at the other end of an actor's relations, whoever's record has them.
fn related(snapshot: &Snapshot, actor: ActorKey) -> Vec<ActorKey> {
    let registry = &snapshot.registry;
    let own = registry.record(actor).into_iter().flat_map(|it| &it.record.relations);
    let own = own.filter_map(|relation| registry.actor_by_id(&relation.other.value)).map(|it| it.key);
    own.chain(registry.relations_to(actor).map(|(holder, _)| holder.key)).collect()
}
