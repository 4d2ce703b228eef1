//! How names sound in the Latin script: pinyin, romanised Cyrillic and Greek, and a rough key that English, French and
//! German spellings of one foreign name share.
//!
//! Cyrillic follows the Library of Congress's and BGN/PCGN's common letters for Russian and Ukrainian (1947, 1965),
//! Greek ISO 843:1997 (ELOT 743). What they spell differently, the rough key brings together.

use crate::text::fold::fold;
use pinyin::ToPinyin;

/// The pinyin of Han characters, tones off, without spaces; `None` if one of them has none.
pub(super) fn pinyin_of(han: &str) -> Option<String> {
    let mut sound = String::new();
    for c in han.chars() {
        sound.push_str(c.to_pinyin()?.plain());
    }
    Some(fold(&sound))
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
    let folded = fold(word);
    let word = if folded.is_ascii() { folded } else { fold(&romanised(&folded)) };
    let mut rest = word.as_str();
    let mut out = String::with_capacity(word.len());
    'word: while !rest.is_empty() {
        let first = rest.as_bytes().first();
        for (from, to) in ROUGH.iter().filter(|(from, _)| from.as_bytes().first() == first) {
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
        if let Some(stem) = out.strip_suffix(from) {
            return format!("{stem}{to}");
        }
    }
    out
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
    fn pinyin_is_known() {
        assert_eq!(pinyin_of("拼多多").as_deref(), Some("pinduoduo"));
        assert_eq!(syllables("pinduoduo"), Some(3));
        assert_eq!(syllables("jinping"), Some(2));
        assert_eq!(syllables("xinhua"), Some(2));
        assert_eq!(syllables("microsoft"), None);
        assert_eq!(syllables("twitter"), None);
    }
}
