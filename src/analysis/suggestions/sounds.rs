//! How names sound in the Latin script: pinyin, romanised Cyrillic and Greek, and a rough key that English, French and
//! German spellings of one foreign name share.
//!
//! Cyrillic follows the Library of Congress's and BGN/PCGN's common letters for Russian and Ukrainian (1947, 1965),
//! Greek ISO 843:1997 (ELOT 743). What they spell differently, the rough key brings together.

use super::concepts::literal;
use crate::text::fold::fold;
use hashbrown::HashSet;
use pinyin::ToPinyin;
use rustc_hash::FxBuildHasher;
use std::borrow::Cow;
use std::num::NonZeroU64;
use std::sync::{LazyLock, OnceLock};

/// The pinyin of Han characters, tones off, without spaces; `None` if one of them has none.
pub(super) fn pinyin_of(han: &str) -> Option<String> {
    let mut sound = String::new();
    for c in han.chars() {
        sound.extend(Syllable::of(c)?.letters().map(char::from));
    }
    Some(sound)
}

/// The pinyin of a Han character, folded, as its letters: the first one lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Syllable(NonZeroU64);

/// Syllables of 256 characters.
type Page = [Option<Syllable>; 256];

impl Syllable {
    /// The most letters that a syllable may have: `zhuang` has six.
    const MAX_LETTERS: usize = 8;

    /// `None` for characters without one.
    fn of(c: char) -> Option<Syllable> {
        static PAGES: LazyLock<Vec<OnceLock<Box<Page>>>> =
            LazyLock::new(|| std::iter::repeat_with(OnceLock::new).take(0x1100).collect());
        let code = u32::from(c);
        if code < 0x2E80 {
            return None; // no Han character: to make its page would be for nothing
        }
        let read = |low: usize| char::from_u32(code & !0xFF | low as u32).and_then(Syllable::read);
        let page = PAGES.get((code >> 8) as usize)?.get_or_init(|| Box::new(std::array::from_fn(read)));
        *page.get((code & 0xFF) as usize)?
    }

    fn read(c: char) -> Option<Syllable> {
        Syllable::packed(&fold(c.to_pinyin()?.plain()))
    }

    /// `None` where there are no letters, or too many.
    fn packed(letters: &str) -> Option<Syllable> {
        let fits = letters.len() <= Syllable::MAX_LETTERS;
        let packed = letters.bytes().rev().fold(0u64, |packed, byte| packed << 8 | u64::from(byte));
        NonZeroU64::new(packed).filter(|_| fits).map(Syllable)
    }

    fn letters(self) -> impl Iterator<Item = u8> {
        self.0.get().to_le_bytes().into_iter().take_while(|byte| *byte != 0)
    }
}

/// The key of a word in pinyin that Han characters sound like: the literal of [`pinyin_of`].
pub(super) fn key_of(han: &str) -> Option<u64> {
    // Whoever asks has four characters at most.
    let mut room = [0; 4 * Syllable::MAX_LETTERS];
    let mut n_letters = 0;
    for c in han.chars() {
        for letter in Syllable::of(c)?.letters() {
            match room.get_mut(n_letters) {
                Some(place) => *place = letter,
                None => return pinyin_of(han).map(|sound| literal(&sound)),
            }
            n_letters += 1;
        }
    }
    room.get(..n_letters).and_then(|letters| std::str::from_utf8(letters).ok()).map(literal)
}

/// What words in pinyin begin with, as far as a first syllable may reach: most Han characters sound like none of it, and
/// what begins with them need not be looked up.
#[derive(Debug, Default)]
pub(super) struct Heads(HashSet<Syllable, FxBuildHasher>);

impl Heads {
    pub(super) fn add(&mut self, word: &str) {
        let ends = (1..=word.len().min(Syllable::MAX_LETTERS)).filter_map(|end| word.get(..end));
        self.0.extend(ends.filter_map(Syllable::packed));
    }

    /// Whether one of the words may begin with what this character sounds like.
    pub(super) fn may_begin(&self, han: char) -> bool {
        Syllable::of(han).is_some_and(|syllable| self.0.contains(&syllable))
    }
}

/// Words in pinyin, to be known by Han characters that sound like them.
#[derive(Debug, Default)]
pub(super) struct SoundSet {
    words: HashSet<u64, FxBuildHasher>,
    heads: Heads,
}

impl SoundSet {
    pub(super) fn add(&mut self, word: &str) {
        self.words.insert(literal(word));
        self.heads.add(word);
    }

    /// Whether any word may begin with what the text sounds like.
    pub(super) fn may_begin(&self, text: &str) -> bool {
        !self.words.is_empty() && text.chars().next().is_some_and(|first| self.heads.may_begin(first))
    }

    /// The concept of the word that a row of Han characters sounds like.
    pub(super) fn of(&self, han: &str) -> Option<u64> {
        key_of(han).filter(|id| self.words.contains(id))
    }
}

/// How many syllables of pinyin a word consists of; `None` if it is no pinyin.
pub(super) fn syllables(word: &str) -> Option<usize> {
    fn read(rest: &str, n: usize) -> Option<usize> {
        if rest.is_empty() {
            return (0 < n).then_some(n);
        }
        let onset = match rest.as_bytes() {
            [b'z' | b'c' | b's', b'h', ..] => 2,
            [b'a' | b'e' | b'o', ..] => 0,
            [b'i' | b'u' | b'v', ..] => return None,
            _ => 1,
        };
        let after = rest.get(onset..)?;
        let mut best = None;
        for (length, final_) in FINALS.iter().filter_map(|it| after.starts_with(it).then_some((it.len(), it))) {
            if onset == 0
                && !matches!(*final_, "a" | "ai" | "an" | "ang" | "ao" | "e" | "ei" | "en" | "er" | "o" | "ou")
            {
                continue;
            }
            best = best.or(after.get(length..).and_then(|rest| read(rest, n + 1)));
        }
        best
    }
    let is_plain = word.bytes().all(|byte| byte.is_ascii_lowercase()) && word.len() <= 24;
    is_plain.then(|| read(word, 0)).flatten()
}

/// The finals of pinyin, longest first.
const FINALS: &[&str] = &[
    "iang", "iong", "uang", "ang", "eng", "ian", "iao", "ing", "ong", "uai", "uan", "ai", "an", "ao", "ei", "en", "er",
    "ia", "ie", "in", "iu", "ou", "ua", "ue", "ui", "un", "uo", "a", "e", "i", "o", "u",
];

/// A word in Cyrillic or Greek letters, romanised; Latin letters stay.
pub(super) fn romanised(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let lower = word.to_lowercase();
    let mut out = String::with_capacity(lower.len());
    for c in lower.chars() {
        match LETTERS.iter().find(|(letter, _)| *letter == c) {
            Some((_, latin)) => out.push_str(latin),
            None => out.push(c),
        }
    }
    out
}

/// A word as names are compared: romanised and folded.
pub(super) fn folded(word: &str) -> String {
    if word.is_ascii() { fold(word) } else { fold(&romanised(word)) }
}

const LETTERS: &[(char, &str)] = &[
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('ґ', "g"),
    ('д', "d"),
    ('е', "e"),
    ('ё', "e"),
    ('є', "ie"),
    ('ж', "zh"),
    ('з', "z"),
    ('и', "i"),
    ('і', "i"),
    ('ї', "i"),
    ('й', "i"),
    ('к', "k"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ў', "u"),
    ('ф', "f"),
    ('х', "kh"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "shch"),
    ('ъ', ""),
    ('ы', "y"),
    ('ь', ""),
    ('э', "e"),
    ('ю', "iu"),
    ('я', "ia"),
    ('ђ', "dj"),
    ('ј', "j"),
    ('љ', "lj"),
    ('њ', "nj"),
    ('ћ', "c"),
    ('џ', "dz"),
    ('α', "a"),
    ('ά', "a"),
    ('β', "v"),
    ('γ', "g"),
    ('δ', "d"),
    ('ε', "e"),
    ('έ', "e"),
    ('ζ', "z"),
    ('η', "i"),
    ('ή', "i"),
    ('θ', "th"),
    ('ι', "i"),
    ('ί', "i"),
    ('κ', "k"),
    ('λ', "l"),
    ('μ', "m"),
    ('ν', "n"),
    ('ξ', "x"),
    ('ο', "o"),
    ('ό', "o"),
    ('π', "p"),
    ('ρ', "r"),
    ('σ', "s"),
    ('ς', "s"),
    ('τ', "t"),
    ('υ', "y"),
    ('ύ', "y"),
    ('φ', "f"),
    ('χ', "ch"),
    ('ψ', "ps"),
    ('ω', "o"),
    ('ώ', "o"),
];

/// What the spellings of one foreign name have in common: Poutine and Putin, Khrouchtchev and Khrushchev.
pub(super) fn rough(word: &str) -> String {
    let is_folded = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let folded = if is_folded { Cow::Borrowed(word) } else { Cow::Owned(fold(word)) };
    let word = if folded.is_ascii() { folded } else { Cow::Owned(fold(&romanised(&folded))) };
    let mut rest: &str = &word;
    let mut out = String::with_capacity(word.len());
    'word: while let Some(first) = rest.bytes().next() {
        for (from, to) in rough_of(first) {
            if let Some(after) = rest.strip_prefix(from) {
                if to.is_empty() || !out.ends_with(to) {
                    out.push_str(to);
                }
                rest = after;
                continue 'word;
            }
        }
        let Some(c) = rest.chars().next() else { break };
        if !out.ends_with(c) {
            out.push(c);
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    for (from, to) in [("ine", "in"), ("of", "ov"), ("ef", "ev"), ("if", "iv")] {
        if out.ends_with(from) {
            out.truncate(out.len() - from.len());
            out.push_str(to);
            break;
        }
    }
    out
}

/// The spellings that begin with a letter, longest first.
fn rough_of(first: u8) -> &'static [(&'static str, &'static str)] {
    type Spellings = Vec<(&'static str, &'static str)>;
    static BY_FIRST: LazyLock<[Spellings; 26]> = LazyLock::new(|| {
        let of = |first: u8| ROUGH.iter().filter(|(from, _)| from.bytes().next() == Some(first)).copied().collect();
        std::array::from_fn(|letter| of(b'a' + u8::try_from(letter).unwrap_or(u8::MAX)))
    });
    first.checked_sub(b'a').and_then(|letter| BY_FIRST.get(usize::from(letter))).map_or(&[], Vec::as_slice)
}

/// Letters that are spelt in several ways, longest first.
const ROUGH: &[(&str, &str)] = &[
    ("chtch", "S"),
    ("shch", "S"),
    ("tsch", "S"),
    ("sch", "S"),
    ("tch", "S"),
    ("tsh", "S"),
    ("dzh", "S"),
    ("sh", "S"),
    ("ch", "S"),
    ("zh", "S"),
    ("kh", "k"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dj", "S"),
    ("ck", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("gu", "g"),
    ("ij", "i"),
    ("iy", "i"),
    ("yi", "i"),
    ("ii", "i"),
    ("ia", "a"),
    ("ya", "a"),
    ("ja", "a"),
    ("iu", "u"),
    ("yu", "u"),
    ("ju", "u"),
    ("ie", "e"),
    ("ye", "e"),
    ("je", "e"),
    ("io", "o"),
    ("yo", "o"),
    ("ei", "e"),
    ("y", "i"),
    ("j", "S"),
    ("w", "v"),
    ("q", "k"),
    ("c", "k"),
    ("x", "ks"),
    ("tz", "ts"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_sound_alike() {
        let same = [
            ("Poutine", "Putin"),
            ("Путин", "Putin"),
            ("Khrouchtchev", "Khrushchev"),
            ("Хрущёв", "Khrushchev"),
            ("Chostakovitch", "Shostakovich"),
            ("Zelenskyy", "Zelensky"),
            ("Nétanyahou", "Netanyahu"),
            ("Medvedeff", "Medvedev"),
            ("Μητσοτάκης", "Mitsotakis"),
        ];
        for (a, b) in same {
            assert_eq!(rough(a), rough(b), "{a} {b}");
        }
        assert_ne!(rough("Trump"), rough("Tramp"));
    }

    #[test]
    fn every_character_sounds_as_it_is_listed() {
        for c in (0u32..0x32000).filter_map(char::from_u32) {
            let listed = c.to_pinyin().map(|sound| fold(sound.plain()));
            assert!(listed.as_ref().is_none_or(|it| it.len() <= Syllable::MAX_LETTERS && !it.is_empty()), "{c}");
            assert_eq!(pinyin_of(&c.to_string()), listed, "{c}");
        }
    }

    #[test]
    fn a_key_is_that_of_the_letters() {
        for han in ["拼多多", "女", "绿", "窗窗窗窗", "双双双双双双双双", "拼x", "多\u{200B}多", ""]
        {
            assert_eq!(key_of(han), pinyin_of(han).map(|sound| literal(&sound)), "{han}");
        }
    }

    #[test]
    fn what_sounds_like_a_word_may_begin_it() {
        let mut set = SoundSet::default();
        for word in ["pinduoduo", "zhuangan", "xian"] {
            set.add(word);
        }
        let found = ["拼多多", "品多多", "装安", "西安", "先", "多多", "拼多", "安"]
            .map(|han| (set.may_begin(han), set.of(han).is_some()));
        let (both, start) = ((true, true), (true, false));
        assert_eq!(found, [both, both, both, both, both, (false, false), start, (false, false)]);
    }

    #[test]
    fn pinyin_is_known() {
        assert_eq!(pinyin_of("拼多多").as_deref(), Some("pinduoduo"));
        assert_eq!(syllables("pinduoduo"), Some(3));
        assert_eq!(syllables("jinping"), Some(2));
        assert_eq!(syllables("xinhua"), Some(2));
        assert_eq!(syllables("microsoft"), None);
        assert_eq!(syllables("twitter"), None);
    }
}
