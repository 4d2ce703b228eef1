//! Word lists: which cues and which parts in an attribution a word may have, by language.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::cues::CueKind;
use super::score;
use super::tokens::{self, Fnv};
use crate::analysis::language::Language;
use crate::analysis::sieve::Sieve;

/// What the lists say about a word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    /// Bits of [`CueKind`].
    pub(crate) cues: u64,
    /// Bits of [`role`].
    pub(crate) roles: u32,
    /// Whether the word stands in any list.
    pub(crate) listed: bool,
    /// Whether a listed phrase of several words begins with it.
    pub(crate) head: bool,
}

impl Entry {
    /// Whether the word may play one of the given parts.
    pub(crate) fn is(&self, roles: u32) -> bool {
        self.roles & roles != 0
    }

    /// Whether the word is of one of the given cues.
    pub(crate) fn cues(&self, cue: CueKind) -> bool {
        self.cues & cue.bit() != 0
    }
}

/// Parts of an attribution, one bit each.
pub(crate) mod role {
    pub(crate) const SAYS: u32 = 1;
    pub(crate) const WEAKLY: u32 = 1 << 1;
    pub(crate) const THINKS: u32 = 1 << 2;
    pub(crate) const ACCORDING: u32 = 1 << 3;
    pub(crate) const WEASEL: u32 = 1 << 4;
    pub(crate) const PEOPLE: u32 = 1 << 5;
    pub(crate) const PERSON: u32 = 1 << 6;
    pub(crate) const OFFICE: u32 = 1 << 7;
    pub(crate) const SPOKES: u32 = 1 << 8;
    pub(crate) const DOCUMENT: u32 = 1 << 9;
    pub(crate) const RELEASE: u32 = 1 << 10;
    pub(crate) const ORGANISATION: u32 = 1 << 11;
    pub(crate) const HE: u32 = 1 << 12;
    pub(crate) const IT: u32 = 1 << 13;
    pub(crate) const THEY: u32 = 1 << 14;
    pub(crate) const INDEFINITE: u32 = 1 << 15;
    pub(crate) const DEFINITE: u32 = 1 << 16;
    pub(crate) const VAGUE: u32 = 1 << 17;
    pub(crate) const AUXILIARY: u32 = 1 << 18;
    pub(crate) const ADVERB: u32 = 1 << 19;
    pub(crate) const RELATIVE: u32 = 1 << 20;
    pub(crate) const CONCESSION: u32 = 1 << 21;
    pub(crate) const THAT: u32 = 1 << 22;
    pub(crate) const NATIONALITY: u32 = 1 << 23;
    pub(crate) const VERB: u32 = 1 << 24;
    pub(crate) const PROCESS: u32 = 1 << 25;
    /// A word for what somebody says, wants or holds, whoever it is: `criticism`, `plans to`.
    pub(crate) const STANCE: u32 = 1 << 26;
    /// A verb that tells an event.
    pub(crate) const EVENT: u32 = 1 << 27;
    /// A word behind a numeral that shows that it counts something.
    pub(crate) const MEASURE: u32 = 1 << 28;
    /// A word that looks like a tense of a verb and is none.
    pub(crate) const NO_TENSE: u32 = 1 << 29;
    /// A noun that says what sort of source it is.
    pub(crate) const NOUN: u32 = PEOPLE | PERSON | OFFICE | SPOKES | DOCUMENT | RELEASE | ORGANISATION;
}

/// The bit of a section of a list that is about attribution.
fn role_of(section: &str) -> Option<u32> {
    Some(match section {
        "says" => role::SAYS,
        "says weakly" => role::WEAKLY,
        "thinks" => role::THINKS,
        "according" => role::ACCORDING,
        "weasel" => role::WEASEL,
        "people" => role::PEOPLE,
        "person" => role::PERSON,
        "office" => role::OFFICE,
        "spokes" => role::SPOKES,
        "document" => role::DOCUMENT,
        "release" => role::RELEASE,
        "organisation" => role::ORGANISATION,
        "he" => role::HE,
        "it" => role::IT,
        "they" => role::THEY,
        "indefinite" => role::INDEFINITE,
        "definite" => role::DEFINITE,
        "vague" => role::VAGUE,
        "auxiliary" => role::AUXILIARY,
        "adverb" => role::ADVERB,
        "relative" => role::RELATIVE,
        "concession" => role::CONCESSION,
        "that" => role::THAT,
        "nationality" => role::NATIONALITY,
        "verb" => role::VERB,
        "process" => role::PROCESS,
        "stance" => role::STANCE,
        "event" => role::EVENT,
        "measure" => role::MEASURE,
        "no tense" => role::NO_TENSE,
        _ => return None,
    })
}

/// The word lists of a language.
pub(crate) struct Lexicon {
    words: FxHashMap<u64, Entry>,
    sieve: Sieve,
    /// Longest Han word by its first character, in characters.
    longest: FxHashMap<char, usize>,
    elides: bool,
}

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("english.txt"), Language::English));
static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("french.txt"), Language::French));
static CHINESE: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("chinese.txt"), Language::Chinese));
static NONE: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse("", Language::Other));

impl Lexicon {
    /// The lists of a language; empty ones for [`Language::Other`].
    pub(crate) fn of(language: Language) -> &'static Lexicon {
        match language {
            Language::English => &ENGLISH,
            Language::French => &FRENCH,
            Language::Chinese => &CHINESE,
            Language::Other => &NONE,
        }
    }

    /// What is known about a word or phrase.
    #[inline]
    pub(crate) fn get(&self, hash: u64) -> Entry {
        if !self.sieve.may_hold(hash) {
            return Entry::default();
        }
        self.words.get(&hash).copied().unwrap_or_default()
    }

    /// The length of the longest listed Han word that begins with a character.
    pub(crate) fn longest_from(&self, first: char) -> usize {
        self.longest.get(&first).copied().unwrap_or(0)
    }

    /// Whether articles lose their vowel before a vowel: `l’usine`.
    pub(crate) fn elides(&self) -> bool {
        self.elides
    }

    /// Whether the hyphenated word that `rest` begins with is listed as a whole.
    pub(crate) fn is_joined(&self, rest: &str) -> bool {
        let mut hash = Fnv::new();
        let whole = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '-');
        whole.flat_map(char::to_lowercase).for_each(|c| hash.push(c));
        self.get(hash.finish()).listed
    }

    fn parse(list: &str, language: Language) -> Lexicon {
        let mut lexicon = Lexicon {
            words: FxHashMap::default(),
            sieve: Sieve::default(),
            longest: FxHashMap::default(),
            elides: language == Language::French,
        };
        let (mut cue, mut roles) = (None, None);
        for line in list.lines() {
            if let Some(section) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                cue = CueKind::of_section(section);
                roles = role_of(section);
                continue;
            }
            if line.starts_with('#') {
                continue;
            }
            for word in line.split_whitespace() {
                let cues = cue.map_or(0, CueKind::bit);
                for form in forms(word, language) {
                    lexicon.add(&form, cues, roles.unwrap_or(0));
                    if language == Language::Chinese {
                        let traditional: String = form.chars().map(traditional).collect();
                        if traditional != form {
                            lexicon.add(&traditional, cues, roles.unwrap_or(0));
                        }
                    }
                }
            }
        }
        if language == Language::Chinese {
            for line in score::CHINESE_WORDINGS.lines().filter(|line| !line.starts_with('#')) {
                lexicon.add(line.split('\t').next().unwrap_or_default(), 0, 0);
            }
        }
        lexicon.sieve = Sieve::of(lexicon.words.keys().copied());
        lexicon
    }

    fn add(&mut self, phrase: &str, cues: u64, roles: u32) {
        let mut joined = None;
        for word in phrase.split('_').filter(|word| !word.is_empty()) {
            let hash = tokens::hash_word(word);
            joined = match joined {
                None => {
                    if phrase.contains('_') {
                        self.words.entry(hash).or_default().head = true;
                    }
                    Some(hash)
                }
                Some(before) => Some(tokens::join(before, hash)),
            };
        }
        let entry = self.words.entry(joined.unwrap_or(0)).or_default();
        entry.cues |= cues;
        entry.roles |= roles;
        entry.listed = true;
        if let Some(first) = phrase.chars().next().filter(|c| super::is_han(*c)) {
            let longest = self.longest.entry(first).or_insert(0);
            *longest = (*longest).max(phrase.chars().count());
        }
    }
}

/// The traditional form of a simplified character, where the lists need one.
pub(super) fn traditional(c: char) -> char {
    static PAIRS: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
        let pairs = include_str!("traditional.txt").split_whitespace().filter(|pair| !pair.starts_with('#'));
        pairs.filter_map(|pair| Some((pair.chars().next()?, pair.chars().nth(1)?))).collect()
    });
    PAIRS.get(&c).copied().unwrap_or(c)
}

/// The forms that an entry of a list stands for: `report~` and `affirm~er` stand for the regular ones.
fn forms(word: &str, language: Language) -> Vec<String> {
    let Some((stem, ending)) = word.split_once('~') else { return vec![word.to_owned()] };
    let endings: &[&str] = match (language, ending) {
        (Language::English, "e") => &["e", "es", "ed", "ing"],
        (Language::English, "y") => &["y", "ies", "ied", "ying"],
        (Language::English, _) => &["", "s", "ed", "ing"],
        (Language::French, "er") => &[
            "e", "ent", "er", "é", "ée", "és", "ées", "ait", "aient", "ant", "a", "èrent", "era", "eront", "erait",
            "eraient", "ons", "ez",
        ],
        (Language::French, "ir") => &[
            "it", "issent", "ir", "i", "ie", "is", "ies", "issait", "issaient", "issant", "irent", "ira", "iront",
            "irait",
        ],
        (Language::French, _) => &[""],
        (Language::Chinese | Language::Other, _) => &[""],
    };
    let soft = language == Language::French && stem.ends_with(['c', 'g']);
    let form = |end: &&str| match (soft, stem.strip_suffix('c'), end.starts_with('a')) {
        (true, Some(stem), true) => format!("{stem}ç{end}"),
        (true, None, true) => format!("{stem}e{end}"),
        _ => format!("{stem}{end}"),
    };
    endings.iter().map(form).collect()
}
