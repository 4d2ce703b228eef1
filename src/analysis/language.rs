//! The language of a sentence: script first, then stop words.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use whatlang::{Detector, Lang};

use super::sieve::Sieve;
use crate::text::chars::CharFacts;

/// A language that sentences are judged in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
    /// Chinese, in either script.
    Chinese,
    /// Any other: language-independent cues only.
    #[default]
    Other,
}

impl Language {
    /// The ISO 639-1 code; `und` for others.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
            Language::Chinese => "zh",
            Language::Other => "und",
        }
    }
}

/// Words that are frequent in English and rare elsewhere.
const ENGLISH: &[&str] = &[
    "the", "and", "of", "to", "is", "was", "that", "it", "with", "for", "are", "were", "by", "this", "which", "has",
    "have", "had", "said", "not", "from", "be", "been", "its", "his", "their", "they", "he", "she", "we", "you", "i",
    "at", "but", "who", "what", "would", "will", "could", "an", "or", "my", "if", "there", "how", "when", "after",
    "about", "into", "than", "more", "don't", "do", "did", "says", "it's", "all", "your", "our", "these", "those",
];

/// Words that are frequent in French and rare elsewhere.
const FRENCH: &[&str] = &[
    "le", "la", "les", "l", "d", "de", "du", "des", "et", "est", "une", "un", "dans", "que", "qu", "qui", "pour",
    "sur", "avec", "par", "au", "aux", "ce", "cette", "ces", "il", "elle", "ils", "elles", "nous", "vous", "je", "ne",
    "pas", "sont", "été", "selon", "mais", "ou", "où", "son", "sa", "ses", "leur", "leurs", "plus", "se", "s", "c",
    "n", "j", "depuis", "être", "avoir", "était", "ont", "comme", "tout", "notre", "votre", "y", "lui", "si", "donc",
    "très",
];

/// Words that show that a text in Latin letters is in neither of the two.
const OTHERS: &[&str] = &[
    "der", "die", "das", "und", "ist", "nicht", "ein", "eine", "mit", "auf", "für", "von", "dem", "den", "zu", "el",
    "los", "las", "una", "por", "con", "para", "pero", "como", "y", "lo", "il", "che", "di", "della", "per", "non",
    "sono", "gli", "het", "een", "van", "niet", "dat", "zijn", "og", "och", "det", "att", "não", "uma", "dos", "os",
    "com", "em", "na", "w", "nie", "się", "jest", "ve", "bir", "için", "yang", "dan", "é", "è", "più", "más", "sich",
];

/// Which of the three lists a word stands in, one bit each, by the word's packed bytes.
struct Words {
    lists: FxHashMap<u64, u8>,
    sieve: Sieve,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut lists = FxHashMap::default();
    for (bit, list) in [ENGLISH, FRENCH, OTHERS].into_iter().enumerate() {
        for word in list {
            if let Some(packed) = pack(word) {
                *lists.entry(packed).or_insert(0) |= 1 << bit;
            }
        }
    }
    let sieve = Sieve::of(lists.keys().copied());
    Words { lists, sieve }
});

/// The bytes of a short word in lower case as one number; `None` for longer words, which no list has.
fn pack(word: &str) -> Option<u64> {
    let mut packed = 0u64;
    if word.len() > 8 {
        return None;
    }
    if word.is_ascii() {
        return Some(word.bytes().fold(0, |packed, byte| packed << 8 | u64::from(byte.to_ascii_lowercase())));
    }
    for c in word.chars().flat_map(char::to_lowercase) {
        let mut bytes = [0; 4];
        for byte in c.encode_utf8(&mut bytes).bytes() {
            packed = packed << 8 | u64::from(byte);
        }
    }
    Some(packed)
}

/// The language of a sentence. `before` is the language of the text around it, for sentences that do not tell.
#[must_use]
pub fn detect(sentence: &str, before: Option<Language>) -> Language {
    if sentence.is_ascii() {
        let mut known = Known::default();
        return match known.read_ascii(sentence) {
            0 => before.unwrap_or_default(),
            letters => known.language(sentence, letters, before),
        };
    }
    let Read { known, latin, han, kana, foreign } = Read::of(sentence);
    // A Han character is worth about three Latin letters.
    match () {
        () if foreign > latin + 3 * han => Language::Other,
        () if kana * 4 > han && kana > 1 => Language::Other,
        () if han > 0 && 3 * han + 3 >= latin => Language::Chinese,
        () if latin == 0 => before.unwrap_or_default(),
        () => known.language(sentence, latin, before),
    }
}

/// How many words of a sentence stand in each list.
struct Known {
    words: &'static Words,
    english: usize,
    french: usize,
    others: usize,
}

/// A word, as far as it was read; its bytes are those of lower case.
#[derive(Default)]
struct Word {
    packed: u64,
    length: usize,
}

impl Word {
    fn push_ascii(&mut self, lower: u8) {
        self.packed = self.packed << 8 | u64::from(lower);
        self.length += 1;
    }

    fn push(&mut self, c: char, facts: CharFacts) {
        self.length += c.len_utf8();
        let mut add = |c: char| {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|byte| self.packed = self.packed << 8 | u64::from(byte));
        };
        match facts.is_simple() {
            true => add(facts.lower()),
            false => c.to_lowercase().for_each(add),
        }
    }
}

/// What a sentence that is not in ASCII is made of: its words, and its letters by script.
struct Read {
    known: Known,
    latin: usize,
    han: usize,
    kana: usize,
    foreign: usize,
}

impl Read {
    fn of(sentence: &str) -> Read {
        let mut read = Read { known: Known::default(), latin: 0, han: 0, kana: 0, foreign: 0 };
        let (mut accents, mut word) = (0, Word::default());
        for c in sentence.chars() {
            match c {
                'a'..='z' | 'A'..='Z' => {
                    read.latin += 1;
                    word.push_ascii(c as u8 | 0x20);
                }
                '\0'..='\u{7F}' => read.known.count(&mut word),
                // No list has a word with one of these.
                '\u{4E00}'..='\u{9FA5}' => {
                    read.han += 1;
                    word.length += 9;
                }
                _ => {
                    let facts = CharFacts::of(c);
                    match c {
                        '\u{C0}'..='\u{24F}' => read.latin += 1,
                        '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' => read.han += 1,
                        '\u{3040}'..='\u{30FF}' => read.kana += 1,
                        _ => read.foreign += usize::from(facts.is_alphabetic()),
                    }
                    if facts.is_alphabetic() {
                        word.push(c, facts);
                        accents += usize::from(matches!(c, 'é' | 'è' | 'ê' | 'à' | 'ç' | 'ù' | 'œ' | 'î' | 'ô'));
                    } else {
                        read.known.count(&mut word);
                    }
                }
            }
        }
        read.known.count(&mut word);
        // French alone has these letters.
        read.known.french += accents.min(2);
        read
    }
}

impl Default for Known {
    fn default() -> Known {
        Known { words: &WORDS, english: 0, french: 0, others: 0 }
    }
}

impl Known {
    /// Counts a word that ends here, and begins another.
    fn count(&mut self, word: &mut Word) {
        let Word { packed, length } = std::mem::take(word);
        if !(1..=8).contains(&length) {
            return;
        }
        let lists = if self.words.sieve.may_hold(packed) { self.words.lists.get(&packed).copied() } else { None };
        let lists = lists.unwrap_or(0);
        self.english += usize::from(lists & 1 != 0);
        self.french += usize::from(lists & 2 != 0);
        self.others += usize::from(lists & 4 != 0);
    }

    /// Counts the words of a sentence in ASCII; says how many letters it has.
    fn read_ascii(&mut self, sentence: &str) -> usize {
        let (mut letters, mut word) = (0, Word::default());
        for byte in sentence.bytes() {
            let lower = byte | 0x20;
            if lower.is_ascii_lowercase() {
                letters += 1;
                word.push_ascii(lower);
            } else {
                self.count(&mut word);
            }
        }
        self.count(&mut word);
        letters
    }

    fn language(&self, sentence: &str, letters: usize, before: Option<Language>) -> Language {
        if self.others > self.english + self.french && self.others >= 2 {
            return Language::Other;
        }
        match () {
            () if self.english > self.french => Language::English,
            () if self.french > self.english => Language::French,
            () if letters >= 24 => guess(sentence, before),
            () => before
                .filter(|before| matches!(before, Language::English | Language::French))
                .unwrap_or(Language::English),
        }
    }
}

/// Asks for letter statistics where stop words do not tell.
fn guess(sentence: &str, before: Option<Language>) -> Language {
    let allowed = vec![Lang::Eng, Lang::Fra, Lang::Spa, Lang::Deu, Lang::Ita, Lang::Por, Lang::Nld];
    match Detector::with_allowlist(allowed).detect(sentence) {
        Some(info) if info.lang() == Lang::Eng => Language::English,
        Some(info) if info.lang() == Lang::Fra => Language::French,
        Some(info) if info.confidence() > 0.5 => Language::Other,
        _ => before.unwrap_or(Language::English),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lists that the words of a sentence stand in, found word by word.
    fn plain(sentence: &str) -> (usize, usize, usize) {
        let mut known = Known::default();
        let words = sentence.split(|c: char| !c.is_alphabetic());
        for word in words.filter(|word| !word.is_empty()) {
            let packed = pack(word);
            known.count(&mut Word { packed: packed.unwrap_or_default(), length: packed.map_or(9, |_| word.len()) });
        }
        let accents = "éèêàçùœîô";
        known.french += sentence.chars().filter(|c| accents.contains(*c)).count().min(2);
        (known.english, known.french, known.others)
    }

    #[test]
    fn words_are_counted_as_they_are_one_by_one() {
        for sentence in [
            "",
            "The mill, which the bank sold; it's over",
            "THE and And a_the 3the the3",
            "Où est l’été ? Être, DÉJÀ vu à Paris, où ÊTES-vous",
            "für İs é È più não się için Σ ΟΣ",
            "incomprehensibly",
            "的the 港的 les, été了",
        ] {
            let (all, mut ascii) = (Read::of(sentence).known, Known::default());
            assert_eq!((all.english, all.french, all.others), plain(sentence), "{sentence}");
            if sentence.is_ascii() {
                assert_eq!(ascii.read_ascii(sentence), sentence.bytes().filter(u8::is_ascii_alphabetic).count());
                assert_eq!((ascii.english, ascii.french, ascii.others), plain(sentence), "{sentence}");
            }
        }
    }
}
