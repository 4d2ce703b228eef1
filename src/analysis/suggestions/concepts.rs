//! What the words of names mean, whatever their language: one number for `daily`, `quotidien` and `日报`.

use super::sounds::SoundSet;
use super::words;
use crate::analysis::sieve::Sieve;
use crate::text::fold::Class;
use crate::text::tokens::{Join, Shape, Token, hash_pieces, tokenize};
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use std::sync::LazyLock;

/// What sort of word it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// A country or its adjective.
    Country,
    /// A town or region.
    Place,
    /// Government, ministry, party: every state has one.
    StateHead,
    /// Institute, bank, newspaper.
    Body,
    /// Any other word of the table.
    Word,
    /// The established name of a well-known body or person in another language.
    Exonym,
    /// Not in the table: compared by its letters.
    Literal,
    /// A Han name that sounds like a word of a known name.
    Sound,
}

/// A meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Concept {
    /// The same for all words that mean it.
    pub(super) id: u64,
    /// What sort of word.
    pub(super) sort: Sort,
}

/// A word or phrase of a text, with what it means.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// First and last token.
    pub(super) first: usize,
    pub(super) last: usize,
    /// One meaning, or several for a compound.
    pub(super) concepts: Meaning,
}

/// At most four meanings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    concepts: [Concept; 4],
    n: u8,
}

impl Meaning {
    fn one(concept: Concept) -> Meaning {
        Meaning { concepts: [concept; 4], n: 1 }
    }

    fn of(list: &[Concept]) -> Option<Meaning> {
        let first = *list.first()?;
        let mut meaning = Meaning::one(first);
        for (slot, concept) in meaning.concepts.iter_mut().zip(list) {
            *slot = *concept;
        }
        meaning.n = u8::try_from(list.len().min(4)).unwrap_or(4);
        Some(meaning)
    }

    /// The meanings.
    pub(super) fn iter(&self) -> impl Iterator<Item = Concept> + '_ {
        self.concepts.iter().take(usize::from(self.n)).copied()
    }

    /// Whether one of the meanings is of that sort.
    pub(super) fn has(&self, sort: Sort) -> bool {
        self.iter().any(|concept| concept.sort == sort)
    }

    /// Whether it comes from the table.
    pub(super) fn is_literal(&self) -> bool {
        self.has(Sort::Literal)
    }
}

/// A form of several tokens.
#[derive(Debug)]
struct Phrase {
    rest: Box<[u64]>,
    meaning: Meaning,
}

/// The table of words, compiled.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    words: HashMap<u64, Meaning, FxBuildHasher>,
    phrases: HashMap<u64, Vec<Phrase>, FxBuildHasher>,
    /// Han words by the hash of their characters' tokens.
    han: HashMap<u64, Meaning, FxBuildHasher>,
    han_first: HashMap<u64, u8, FxBuildHasher>,
    /// What the keys of `words`, `phrases` and `han_first` are among.
    begins: Sieve,
}

/// The table.
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);
    &LEXICON
}

/// The hash of a row of tokens.
pub(super) fn chain(hashes: impl Iterator<Item = u64>) -> u64 {
    hashes.fold(0, link)
}

/// The hash of a row of tokens and one more.
fn link(key: u64, hash: u64) -> u64 {
    (key.rotate_left(11) ^ hash).wrapping_mul(0x9FB2_1C65_1E98_DF25)
}

fn concept_id(word: &str) -> u64 {
    chain(tokenize(&word.replace('_', " ")).iter().map(|token| token.hash))
}

impl Lexicon {
    fn build() -> Lexicon {
        let mut lexicon = Lexicon::default();
        let lists = [
            (words::COUNTRIES, Sort::Country),
            (words::PLACES, Sort::Place),
            (words::STATE_HEADS, Sort::StateHead),
            (words::BODIES, Sort::Body),
            (words::WORDS, Sort::Word),
            (words::EXONYMS, Sort::Exonym),
        ];
        let mut sorts: HashMap<u64, Sort, FxBuildHasher> = HashMap::default();
        for (list, sort) in lists {
            for entry in list.split(';') {
                let mut forms = entry.split_whitespace().peekable();
                let Some(own) = forms.peek() else { continue };
                let id = concept_id(own);
                sorts.entry(id).or_insert(sort);
                let meaning = Meaning::one(Concept { id, sort });
                forms.for_each(|form| lexicon.add(form, meaning));
            }
        }
        for entry in words::COMPOUNDS.split(';') {
            let Some((form, concepts)) = entry.split_once('=') else { continue };
            let concepts: Vec<Concept> = concepts
                .split_whitespace()
                .map(concept_id)
                .map(|id| Concept { id, sort: sorts.get(&id).copied().unwrap_or(Sort::Literal) })
                .collect();
            if let Some(meaning) = Meaning::of(&concepts) {
                lexicon.replace(form.trim(), meaning);
            }
        }
        let keys = lexicon.words.keys().chain(lexicon.phrases.keys()).chain(lexicon.han_first.keys());
        let keys: Vec<u64> = keys.copied().collect();
        lexicon.begins = Sieve::of(keys.into_iter());
        lexicon
    }

    fn add(&mut self, form: &str, meaning: Meaning) {
        self.insert(form, meaning, false);
    }

    fn replace(&mut self, form: &str, meaning: Meaning) {
        self.insert(form, meaning, true);
    }

    fn insert(&mut self, form: &str, meaning: Meaning, over: bool) {
        let tokens = tokenize(&form.replace('_', " "));
        let Some((first, rest)) = tokens.split_first() else { return };
        if first.class == Class::Han {
            let key = chain(tokens.iter().map(|token| token.hash));
            let length = u8::try_from(tokens.len()).unwrap_or(u8::MAX);
            let longest = self.han_first.entry(first.hash).or_insert(0);
            *longest = (*longest).max(length);
            if over || !self.han.contains_key(&key) {
                self.han.insert(key, meaning);
            }
        } else if rest.is_empty() {
            // A word of the table is known by the chain of its one token.
            if over || !self.words.contains_key(&first.hash) {
                self.words.insert(first.hash, meaning);
            }
        } else {
            let rest: Box<[u64]> = rest.iter().map(|token| token.hash).collect();
            let phrases = self.phrases.entry(first.hash).or_default();
            phrases.retain(|phrase| !over || phrase.rest != rest);
            if phrases.iter().all(|phrase| phrase.rest != rest) {
                phrases.push(Phrase { rest, meaning });
                phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
            }
        }
    }

    /// Whether a token may be, or begin, anything but a word that is compared by its letters.
    pub(super) fn may_know(&self, token: &Token) -> bool {
        match token.class == Class::Han {
            true => self.begins.may_hold(token.hash) && self.han_first.contains_key(&token.hash),
            false => {
                let of = |hash| self.words.contains_key(hash) || self.phrases.contains_key(hash);
                self.begins.may_hold(token.hash) && of(&token.hash)
            }
        }
    }

    /// The unit that starts at a token; `None` for words without a meaning of their own (articles, prepositions).
    /// `sounds` knows Han words by their sound.
    pub(super) fn unit(&self, text: &str, tokens: &[Token], at: usize, sounds: Option<&SoundSet>) -> Option<Unit> {
        let token = tokens.get(at)?;
        if token.class == Class::Han {
            return self.han_unit(text, tokens, at, sounds);
        }
        if let Some(phrases) = self.phrases.get(&token.hash) {
            let fits = |phrase: &&Phrase| {
                let next = tokens.get(at + 1..at + 1 + phrase.rest.len()).unwrap_or_default();
                next.len() == phrase.rest.len()
                    && next
                        .iter()
                        .zip(&phrase.rest)
                        .all(|(token, hash)| token.hash == *hash && !matches!(token.join, Join::Other | Join::Break))
            };
            if let Some(phrase) = phrases.iter().find(fits) {
                return Some(Unit { first: at, last: at + phrase.rest.len(), concepts: phrase.meaning });
            }
        }
        if is_silent(tokens, at) {
            return None;
        }
        let meaning = self.words.get(&token.hash).copied();
        let concept = Concept { id: chain(std::iter::once(token.hash)), sort: Sort::Literal };
        Some(Unit { first: at, last: at, concepts: meaning.unwrap_or(Meaning::one(concept)) })
    }

    fn han_unit(&self, text: &str, tokens: &[Token], at: usize, sounds: Option<&SoundSet>) -> Option<Unit> {
        let token = tokens.get(at)?;
        let longest = self.han_first.get(&token.hash).copied().unwrap_or(0);
        let (mut key, mut found) = (0, None);
        for (n, next) in tokens.iter().skip(at).take(usize::from(longest)).enumerate() {
            if 0 < n && !(next.class == Class::Han && next.join == Join::Nothing) {
                break;
            }
            key = link(key, next.hash);
            if let Some(meaning) = self.han.get(&key) {
                found = Some(Unit { first: at, last: at + n, concepts: *meaning });
            }
        }
        if found.is_some() {
            return found;
        }
        let rest = text.get(token.start as usize..).unwrap_or_default();
        for n in [4, 3, 2] {
            let Some(sounds) = sounds.filter(|sounds| sounds.may_begin(rest)) else { break };
            let Some(row) = tokens.get(at..at + n).filter(|row| is_run(row)) else { continue };
            let end = row.last().map_or(token.end, |last| last.end);
            let words = text.get(token.start as usize..end as usize).unwrap_or_default();
            if let Some(id) = sounds.of(words) {
                let concept = Concept { id, sort: Sort::Sound };
                return Some(Unit { first: at, last: at + n - 1, concepts: Meaning::one(concept) });
            }
        }
        let concept = Concept { id: chain(std::iter::once(token.hash)), sort: Sort::Literal };
        Some(Unit { first: at, last: at, concepts: Meaning::one(concept) })
    }

    /// What a single word of the table means.
    pub(super) fn word(&self, hash: u64) -> Option<&Meaning> {
        self.words.get(&hash)
    }

    /// Whether a word is a country, a nationality, a town, or begins the name of one.
    pub(super) fn is_place(&self, hash: u64) -> bool {
        let is_place = |meaning: &Meaning| meaning.has(Sort::Country) || meaning.has(Sort::Place);
        self.words.get(&hash).is_some_and(is_place)
    }

    /// Whether a word is the head of an institution's name.
    pub(super) fn is_head(&self, hash: u64) -> bool {
        self.words.get(&hash).is_some_and(|meaning| meaning.has(Sort::StateHead) || meaning.has(Sort::Body))
    }
}

/// Han characters without anything between them.
fn is_run(row: &[Token]) -> bool {
    row.iter().skip(1).all(|token| token.class == Class::Han && token.join == Join::Nothing)
        && row.first().is_some_and(|token| token.class == Class::Han)
}

/// Articles, prepositions, elided words and possessive marks say nothing.
pub(super) fn is_silent(tokens: &[Token], at: usize) -> bool {
    use super::super::gazetteer::words::is_function;
    let Some(token) = tokens.get(at) else { return true };
    let length = token.end - token.start;
    let elided = length <= 2 && tokens.get(at + 1).is_some_and(|next| next.join == Join::Apostrophe);
    let mark = length <= 1 && token.join == Join::Apostrophe;
    let legal = super::super::mentions::lexicon::is_legal_form(token.hash);
    elided || mark || legal || (is_function(token.hash) && token.shape != Shape::Upper)
}

/// The concept of a word that is compared by its letters.
pub(super) fn literal(word: &str) -> u64 {
    chain(std::iter::once(hash_pieces(&[word])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<u64> {
        let tokens = tokenize(text);
        let mut ids = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match lexicon().unit(text, &tokens, at, None) {
                Some(unit) => {
                    ids.extend(unit.concepts.iter().map(|concept| concept.id));
                    at = unit.last + 1;
                }
                None => at += 1,
            }
        }
        ids.sort_unstable();
        ids
    }

    #[test]
    fn the_same_name_in_three_languages_means_the_same() {
        assert_eq!(ids("Quotidien du Peuple"), ids("People’s Daily"));
        assert_eq!(ids("人民日报"), ids("People's Daily"));
        assert_eq!(ids("中国共产党"), ids("Communist Party of China"));
        assert_eq!(ids("澳大利亚战略政策研究所").len(), 4);
        assert_eq!(
            ids("Ministry of Education of the People's Republic of China"),
            ids("ministère chinois de l’Éducation")
        );
        assert_eq!(ids("Israel Defense Forces"), ids("armée israélienne"));
        assert_ne!(ids("China Daily"), ids("China Post"));
    }
}
