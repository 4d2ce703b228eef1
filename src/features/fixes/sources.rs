//! Which references are likely to back a sentence.

use super::List;
use crate::analysis::citations::{CitationTarget, key_at};
use crate::model::ActorKey;
use crate::model::bibliography::Reference;
use crate::text::ByteRange;
use std::collections::{BTreeMap, BTreeSet};

/// How many references are offered.
const MOST: usize = 6;

/// How many references are weighed for the words that they share with a sentence.
const MOST_WEIGHED: usize = 200;

/// What speaks for a reference.
pub(super) struct Clues {
    /// Names of the actors that the sentence is about, in lower case.
    names: BTreeSet<String>,
    /// These actors' texts.
    copies: BTreeSet<String>,
    /// Words of the sentence, in lower case.
    words: BTreeSet<String>,
    /// How near each key was cited before.
    cited: BTreeMap<String, u32>,
}

impl List<'_> {
    /// What the words of a text and the actors named in them tell.
    pub(super) fn clues(&self, words: &str, actors: &BTreeSet<ActorKey>, before: u32) -> Clues {
        let registry = &self.snapshot.registry;
        let records = actors.iter().filter_map(|actor| registry.actor(*actor));
        let names = records.flat_map(|actor| actor.record.names.iter().map(|name| name.text.value.to_lowercase()));
        let named_in = actors.iter().flat_map(|actor| self.snapshot.naming(*actor));
        let copies = named_in.map(|(file, _)| self.snapshot.path(file).to_owned());
        let mut cited = BTreeMap::new();
        for (base, citation) in self.document.citations() {
            let CitationTarget::Key { key, .. } = &citation.target else { continue };
            let is_before = citation.range.start + base < before;
            // The nearest one before the sentence is the likeliest: writers stay with a source for a while.
            if is_before {
                cited.values_mut().for_each(|points: &mut u32| *points = (*points).clamp(2, 3));
            }
            cited.insert(key.clone(), if is_before { 4 } else { 2 });
        }
        Clues { names: names.collect(), copies: copies.collect(), words: words_of(words), cited }
    }

    /// The likeliest references, best first: key and title. Where there are few, all of them.
    pub(super) fn likely(&self, clues: &Clues) -> Vec<(String, String)> {
        let registry = &self.snapshot.registry;
        let own = &*self.document.path;
        let few: Vec<&str> = registry.references().take(MOST + 1).map(|it| it.reference.key.value.as_str()).collect();
        let is_few = few.len() <= MOST;
        let keys: BTreeSet<&str> = if is_few {
            few.into_iter().collect()
        } else {
            let shelf = registry.shelf();
            let words = clues.words.iter().chain(&clues.names).map(String::as_str);
            let cited = clues.cited.keys().map(String::as_str);
            let copies = clues.copies.iter().flat_map(|path| shelf.of_copy(path));
            shelf.sharing(words, MOST_WEIGHED).into_iter().chain(cited).chain(copies).collect()
        };
        let found = keys.into_iter().filter_map(|key| Some(&*registry.reference(key)?.reference));
        let others = found.filter(|it| it.copy.as_ref().is_none_or(|copy| copy.file.value != own));
        let mut scored: Vec<(u32, &Reference)> = others.map(|it| (clues.score(it), it)).collect();
        scored.retain(|(score, _)| 0 < *score || is_few);
        scored.sort_by(|(a, one), (b, two)| b.cmp(a).then_with(|| one.key.value.cmp(&two.key.value)));
        let title = |reference: &Reference| reference.title.as_ref().map_or(String::new(), |title| title.value.clone());
        scored.iter().take(MOST).map(|(_, it)| (it.key.value.clone(), title(it))).collect()
    }
}

impl Clues {
    fn score(&self, reference: &Reference) -> u32 {
        let mut score = self.cited.get(&reference.key.value).copied().unwrap_or(0);
        let publisher = reference.publisher.as_ref().map(|it| it.value.as_str());
        let houses = publisher.into_iter().chain(reference.container_title.as_deref());
        let is_named = |name: &str| self.names.contains(&name.to_lowercase());
        score += if houses.into_iter().any(is_named) { 6 } else { 0 };
        let authors = reference.authors.iter().map(|author| match author.split_once(", ") {
            Some((family, given)) => format!("{given} {family}"),
            None => author.clone(),
        });
        score += if authors.into_iter().any(|author| is_named(&author)) { 5 } else { 0 };
        if let Some(title) = &reference.title {
            let lower = title.value.to_lowercase();
            score += if self.names.iter().any(|name| lower.contains(name.as_str())) { 3 } else { 0 };
            let shared = words_of(&title.value).intersection(&self.words).count().min(4);
            score += u32::try_from(shared).unwrap_or(0);
        }
        let is_there = reference.copy.as_ref().is_some_and(|copy| self.copies.contains(&copy.file.value));
        score + if is_there { 2 } else { 0 }
    }
}

/// Words of some length, in lower case; pairs of letters in scripts without spaces.
fn words_of(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let chars: Vec<char> = word.to_lowercase().chars().collect();
        if chars.iter().any(|c| super::places::is_wide(*c)) {
            words.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
        } else if 4 <= chars.len() {
            words.insert(chars.into_iter().collect());
        }
    }
    words
}

/// A key as it is written in a citation: in braces where it holds what a bare key may not.
pub(super) fn written(key: &str) -> String {
    let bare = format!("@{key}");
    match key_at(&bare) {
        Some(at) if at.len == bare.len() => bare,
        Some(_) | None => format!("@{{{key}}}"),
    }
}

/// The actors that are named in a place of a text.
pub(super) fn actors_in(document: &crate::corpus::Document, range: ByteRange) -> BTreeSet<ActorKey> {
    let mentions = document.settled().mentions.iter();
    mentions.filter(|mention| range.covers(mention.range)).map(|mention| mention.actor).collect()
}
