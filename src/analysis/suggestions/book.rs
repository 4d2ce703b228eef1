//! The names of the known actors, compiled for guessing: by meaning, by initials, by sound, by all words but one.

use super::concepts::{Concept, Meaning, Sort, chain, is_silent, lexicon, literal};
use super::keys::Keys;
use super::sounds::{self, Heads, SoundSet};
use crate::analysis::sieve::Sieve;
use crate::model::ActorKey;
use crate::text::fold::{Class, fold};
use crate::text::tokens::{Shape, Token, hash_words, tokenize};
use hashbrown::HashSet;
use rustc_hash::FxBuildHasher;

/// Above this many names, later ones are not guessed at: guesses are for the user's own records, not for registries.
pub(super) const MAX_NAMES: usize = 100_000;

/// A name may mean at most this many things.
const MAX_MEANINGS: usize = 10;

/// What a key leaves out of the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Left {
    /// Nothing.
    Nothing,
    /// "Office of".
    Office,
    /// The country.
    Country,
    /// The town.
    Place,
}

/// A name that a key leads to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) name: u32,
    pub(super) left: Left,
}

/// A known name.
#[derive(Debug)]
pub(super) struct KnownName {
    pub(super) actor: ActorKey,
    pub(super) text: Box<str>,
    pub(super) person: bool,
    /// The country of the name, if it names one.
    pub(super) country: Option<u64>,
    /// It is the name of a government, ministry, party and the like.
    pub(super) state_head: bool,
    /// The actor's first name in the record.
    pub(super) canonical: bool,
    /// Its words that count, folded and romanised.
    pub(super) spelt: Box<str>,
    /// How these words sound; see [`sounds_of`].
    pub(super) sounds: u64,
    /// The pinyin of a name in Han characters.
    pub(super) pinyin: Option<Box<str>>,
}

/// The names, compiled.
#[derive(Debug, Default)]
pub struct NameBook {
    pub(super) names: Vec<KnownName>,
    meanings: Keys<Entry>,
    known: HashSet<u64, FxBuildHasher>,
    known_sieve: Sieve,
    initials: Keys<u32>,
    rough: Keys<u32>,
    near: Keys<u32>,
    spelt: HashSet<u64, FxBuildHasher>,
    pinyin: Keys<u32>,
    pinyin_heads: Heads,
    sounds: SoundSet,
}

impl NameBook {
    /// Compiles names: each with its actor and whether that is a person; the first of an actor is its canonical one.
    pub(crate) fn build<'n>(names: impl Iterator<Item = (ActorKey, &'n str, bool)>) -> NameBook {
        let mut book = NameBook::default();
        let mut last = None;
        for (actor, text, person) in names.take(MAX_NAMES) {
            book.add(actor, text, person, last != Some(actor));
            last = Some(actor);
        }
        book.meanings.close();
        [&mut book.initials, &mut book.rough, &mut book.near, &mut book.pinyin].into_iter().for_each(Keys::close);
        book.known_sieve = Sieve::of(book.known.iter().copied());
        book
    }

    fn add(&mut self, actor: ActorKey, text: &str, person: bool, canonical: bool) {
        let tokens = tokenize(text);
        let mut concepts: Vec<Concept> = Vec::new();
        for_each_unit(text, &tokens, |_, _, meaning| concepts.extend(meaning.iter()));
        if concepts.is_empty() || MAX_MEANINGS < concepts.len() || tokens.len() > 24 {
            return;
        }
        let place = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let head = concepts.iter().any(|concept| concept.sort == Sort::StateHead);
        let country = concepts.iter().find(|concept| concept.sort == Sort::Country).map(|concept| concept.id);
        let words: Vec<&Token> =
            tokens.iter().enumerate().filter(|(at, _)| !is_silent(&tokens, *at)).map(|(_, token)| token).collect();
        self.add_meanings(place, &concepts, person);
        self.add_spellings(place, text, &tokens, &words, person);
        let words = folded_words(text);
        let name = KnownName {
            actor,
            text: text.into(),
            person,
            country,
            state_head: head,
            canonical,
            spelt: words.join(" ").into(),
            sounds: sounds_of(&words),
            pinyin: sounds::pinyin_of(text).map(Into::into),
        };
        self.spelt.insert(key_of(&words));
        self.names.push(name);
    }

    fn add_meanings(&mut self, place: u32, concepts: &[Concept], person: bool) {
        let whole = sum(concepts.iter());
        self.known.extend(concepts.iter().map(|concept| concept.id));
        let mut push = |key: u64, left: Left| {
            self.meanings.add(key, Entry { name: place, left });
        };
        push(whole, Left::Nothing);
        if person || concepts.len() < 3 {
            return;
        }
        let office = literal("office");
        for concept in concepts {
            let rest = || sum(concepts.iter().filter(|other| other.id != concept.id));
            if concept.sort == Sort::Country {
                push(rest(), Left::Country);
            } else if concept.sort == Sort::Place {
                push(rest(), Left::Place);
            } else if concept.id == office {
                push(rest(), Left::Office);
            }
        }
    }

    fn add_spellings(&mut self, place: u32, text: &str, tokens: &[Token], words: &[&Token], person: bool) {
        let folded: Vec<String> = words.iter().map(|token| fold(token.of(text))).collect();
        if words.iter().any(|token| token.class == Class::Han) {
            let short = words.len() <= 4 && words.iter().all(|token| token.class == Class::Han);
            if let Some(sound) = sounds::pinyin_of(text).filter(|_| short) {
                self.near.add(literal(&sound), place);
            }
            return;
        }
        if 1 < words.len() && !person {
            for key in initials(text, tokens) {
                self.initials.add(key, place);
            }
        }
        let n_letters: usize = folded.iter().map(|word| word.chars().count()).sum();
        if 1 < words.len() && 8 <= n_letters {
            self.rough.add(sounds_of(&folded), place);
        }
        for key in near_keys(&folded) {
            self.near.add(key, place);
        }
        let n_syllables: usize = folded.iter().map(|word| sounds::syllables(word).unwrap_or(100)).sum();
        if n_syllables <= 5 {
            let whole = folded.concat();
            self.pinyin.add(literal(&whole), place);
            self.pinyin_heads.add(&whole);
            self.near.add(literal(&whole), place);
        }
        if 1 < folded.len() {
            let sounding = folded.iter().filter(|word| sounds::syllables(word).is_some_and(|n| 1 < n));
            sounding.for_each(|word| self.sounds.add(word));
        }
    }

    /// Whether any name has a word of that meaning.
    pub(super) fn knows(&self, meaning: &Meaning) -> bool {
        meaning.iter().all(|concept| self.known.contains(&concept.id))
    }

    /// Whether any name has a word that is not in the table, by its token's hash.
    pub(super) fn knows_word(&self, hash: u64) -> bool {
        let id = chain(std::iter::once(hash));
        self.known_sieve.may_hold(id) && self.known.contains(&id)
    }

    /// The names that mean the same.
    pub(super) fn meaning(&self, key: u64) -> &[Entry] {
        self.meanings.get(key)
    }

    /// The words of names that Han words may sound like.
    pub(super) fn sounds(&self) -> &SoundSet {
        &self.sounds
    }

    /// The names that a whole Han name sounds like.
    pub(super) fn sounding(&self, han: &str) -> &[u32] {
        sounds::key_of(han).map_or(&[], |key| self.pinyin.get(key))
    }

    /// Whether any name may begin with what this character sounds like.
    pub(super) fn may_sound(&self, han: char) -> bool {
        self.pinyin_heads.may_begin(han)
    }

    /// Whether any name can be known by its sound.
    pub(super) fn has_pinyin(&self) -> bool {
        !self.pinyin.is_empty()
    }

    /// The names with these initials.
    pub(super) fn with_initials(&self, word: &str) -> &[u32] {
        self.initials.get(literal(word))
    }

    /// Whether a known name is spelt like this.
    pub(super) fn is_spelt(&self, folded: &[String]) -> bool {
        self.spelt.contains(&key_of(folded))
    }

    /// The names that may be the same but for spelling, and those that sound the same.
    pub(super) fn alike(&self, folded: &[String], sounds: u64) -> Vec<u32> {
        let mut places: Vec<u32> = Vec::new();
        for key in near_keys(folded).into_iter().chain([key_of(folded)]) {
            places.extend(self.near.get(key));
        }
        places.extend(self.rough.get(sounds));
        places.sort_unstable();
        places.dedup();
        places
    }

    /// A known name by its place.
    pub(super) fn name(&self, place: u32) -> Option<&KnownName> {
        self.names.get(place as usize)
    }
}

/// Adds the concepts up; their order does not count.
pub(super) fn sum<'c>(concepts: impl Iterator<Item = &'c Concept>) -> u64 {
    concepts.fold(0, |key: u64, concept| key.wrapping_add(spread(concept.id)))
}

/// One concept's share of a sum.
pub(super) fn spread(id: u64) -> u64 {
    let mixed = (id ^ (id >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed ^ (mixed >> 32)
}

/// Calls `each` with the place and meaning of every unit of a text.
pub(super) fn for_each_unit(text: &str, tokens: &[Token], mut each: impl FnMut(usize, usize, Meaning)) {
    let lexicon = lexicon();
    let mut at = 0;
    while at < tokens.len() {
        match lexicon.unit(text, tokens, at, None) {
            Some(unit) => {
                each(unit.first, unit.last, unit.concepts);
                at = unit.last + 1;
            }
            None => at += 1,
        }
    }
}

/// The initials of a name, with and without its small words; a word in capitals gives all its letters.
pub(super) fn initials(text: &str, tokens: &[Token]) -> Vec<u64> {
    let mut long = String::new();
    let mut short = String::new();
    for (at, token) in tokens.iter().enumerate() {
        let word = fold(token.of(text));
        let Some(first) = word.chars().next() else { continue };
        if token.end - token.start <= 2
            && token.shape == Shape::Lower
            && token.join == crate::text::tokens::Join::Apostrophe
        {
            continue;
        }
        long.push(first);
        if !is_silent(tokens, at) {
            short.push(first);
        }
    }
    let mut keys: Vec<u64> =
        [short, long].iter().filter(|it| 1 < it.len() && it.len() <= 8).map(|it| literal(it)).collect();
    keys.dedup();
    keys
}

/// How the words of a name sound, whatever their spelling.
pub(super) fn sounds_of(folded: &[String]) -> u64 {
    chain(folded.iter().map(|word| literal(&sounds::rough(word))))
}

/// The key of words in a row, whatever stands between them.
fn key_of(words: &[String]) -> u64 {
    chain(std::iter::once(hash_words(words)))
}

/// So many letters of a word that is spelt otherwise stay, at its beginning or its end.
const EDGE: usize = 2;

/// The words of a name that count, folded and romanised.
fn folded_words(name: &str) -> Vec<String> {
    let tokens = tokenize(name);
    let words = tokens.iter().filter(|token| !crate::analysis::gazetteer::words::is_function(token.hash));
    words.map(|token| sounds::folded(token.of(name))).collect()
}

/// Keys that a name shares with one in which a single word is spelt otherwise.
fn near_keys(folded: &[String]) -> Vec<u64> {
    match folded {
        [] => Vec::new(),
        [word] => {
            let n_letters = word.chars().count();
            if n_letters < 5 {
                return Vec::new();
            }
            let cut = |n_letters: usize| word.char_indices().nth(n_letters).map_or(word.len(), |(at, _)| at);
            let (head, tail) =
                (word.get(..cut(3)).unwrap_or_default(), word.get(cut(n_letters - 3)..).unwrap_or_default());
            vec![literal(head).rotate_left(1), literal(tail).rotate_left(2)]
        }
        words => {
            // A word that is spelt otherwise keeps its beginning or its end. Without that, all the names that end in
            // “Shipping Company” would be alike.
            let key = |(left_out, word): (usize, &String)| {
                let rest = words.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, word)| literal(word));
                let rest = chain(rest).wrapping_add(words.len() as u64).wrapping_mul(31).wrapping_add(left_out as u64);
                let edge = |edge: u64, turn: u32| rest.wrapping_mul(31) ^ edge.rotate_left(turn);
                [edge(edge_key(word.chars()), 1), edge(edge_key(word.chars().rev()), 2)]
            };
            let mut keys = Vec::with_capacity(2 * words.len());
            keys.extend(words.iter().enumerate().flat_map(key));
            keys
        }
    }
}

/// The key of the letters at one edge of a word.
fn edge_key(letters: impl Iterator<Item = char>) -> u64 {
    let mut room = [0; 4 * EDGE];
    let mut n_bytes = 0;
    for letter in letters.take(EDGE) {
        if let Some(place) = room.get_mut(n_bytes..n_bytes + letter.len_utf8()) {
            n_bytes += letter.encode_utf8(place).len();
        }
    }
    literal(room.get(..n_bytes).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_key_of_their_letters() {
        for words in [vec!["anna", "moss"], vec!["société"], vec![], vec!["новая", "газета", "a"], vec!["中", "b"]]
        {
            let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
            assert_eq!(key_of(&words), literal(&words.join(" ")));
            assert_eq!(key_of(&words), literal(&words.concat()));
            for word in &words {
                let tail: String = word.chars().rev().take(EDGE).collect();
                assert_eq!(edge_key(word.chars().rev()), literal(&tail));
                assert_eq!(edge_key(word.chars()), literal(&word.chars().take(EDGE).collect::<String>()));
            }
        }
    }
}
