//! Finding an annotated place again after the text was edited.
//!
//! Four tries, each stricter about context than the one before is about words: the stored position; the same words; the
//! same words but for typography, white space and case; nearly the same words between the same neighbours. Where two
//! places are as good as each other, neither is taken.

use super::{Anchor, fuzzy};
use crate::text::ByteRange;

/// How many code points of context are stored on each side.
pub(super) const CONTEXT: usize = 32;
/// A quotation of so many characters is told from others by itself.
const LONG: usize = 40;
/// How many characters of context must agree for shorter ones.
const NEEDED: usize = 10;
/// By how many characters of context the best place must beat the second.
const MARGIN: usize = 5;
/// How many places with the same words are compared.
const MOST_PLACES: usize = 20_000;
/// How many places are proposed for a lost anchor.
const MOST_CANDIDATES: usize = 3;

impl Anchor {
    /// An anchor for `range` of `text`; `sha256` is the hash (hex) of the whole text, where the caller has it.
    ///
    /// `None` where the range does not fit the text or is empty.
    #[must_use]
    pub fn make(source: &str, text: &str, range: ByteRange, sha256: Option<&str>) -> Option<Anchor> {
        let exact = range.of(text).filter(|exact| !exact.is_empty())?;
        let before = text.get(..range.start as usize)?;
        let after = text.get(range.end as usize..)?;
        let prefix_at = before.char_indices().rev().take(CONTEXT).last().map_or(before.len(), |(at, _)| at);
        let prefix = before.get(prefix_at..)?.to_owned();
        let suffix = after.chars().take(CONTEXT).collect();
        let start = u32::try_from(before.chars().count()).ok()?;
        let end = start + u32::try_from(exact.chars().count()).ok()?;
        let sha256 = sha256.map(|hash| hash.strip_prefix("sha256:").unwrap_or(hash).to_owned());
        let (source, exact) = (source.to_owned(), exact.to_owned());
        Some(Anchor { source, exact, prefix, suffix, position: Some((start, end)), sha256 })
    }

    /// Finds the place again in `text`, in bytes; `None` is an orphan. Never a look-alike.
    ///
    /// Without the text's hash nobody knows whether the stored position still holds, so copies of one passage cannot be
    /// told apart; [`Anchor::find_hashed`] can.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<ByteRange> {
        if self.exact.is_empty() {
            return None;
        }
        // Other programs store a position and the words alone; then there is nothing else to go by.
        let is_bare = self.prefix.is_empty() && self.suffix.is_empty() && self.sha256.is_none();
        let there = if is_bare { self.at_position(text) } else { None };
        there.or_else(|| self.find_words(text)).or_else(|| self.find_folded(text))
    }

    /// The same, where the hash (hex) of `text` is known: with the stored hash, the stored position is right as it is.
    #[must_use]
    pub fn find_hashed(&self, text: &str, sha256: &str) -> Option<ByteRange> {
        let hash = sha256.strip_prefix("sha256:").unwrap_or(sha256);
        let is_same = self.sha256.as_deref().is_some_and(|stored| stored.eq_ignore_ascii_case(hash));
        let there = self.at_position(text).filter(|_| is_same && !self.exact.is_empty());
        there.or_else(|| self.find(text))
    }

    /// Places where the same words stand but for typography, white space and case, the likeliest first: for the user to
    /// choose from where [`Anchor::find`] takes none.
    #[must_use]
    pub fn candidates(&self, text: &str) -> Vec<ByteRange> {
        let folded = Folded::new(text);
        let exact = fold(&self.exact).trim().to_owned();
        if exact.is_empty() {
            return Vec::new();
        }
        let stored = self.position.map_or(0, |(start, _)| start as usize);
        let expected = text.char_indices().nth(stored).map_or(text.len(), |(at, _)| at);
        let places = occurrences(&folded.text, &exact).unwrap_or_default();
        let ranges = places.iter().filter_map(|start| folded.original(*start, start + exact.len()));
        let mut scored: Vec<(usize, usize, ByteRange)> = ranges
            .map(|range| (self.agreement(text, range), (range.start as usize).abs_diff(expected), range))
            .collect();
        scored.sort_by_key(|(score, distance, range)| (std::cmp::Reverse(*score), *distance, *range));
        scored.into_iter().map(|(_, _, range)| range).take(MOST_CANDIDATES).collect()
    }

    /// The stored position, if the words stand there.
    fn at_position(&self, text: &str) -> Option<ByteRange> {
        let (start, _) = self.position?;
        let at = text.char_indices().map(|(at, _)| at).nth(start as usize)?;
        let range = ByteRange::new(at, at + self.exact.len());
        (range.of(text) == Some(&self.exact)).then_some(range)
    }

    fn find_words(&self, text: &str) -> Option<ByteRange> {
        let places = occurrences(text, &self.exact)?;
        let places = places.into_iter().map(|at| ByteRange::new(at, at + self.exact.len()));
        self.best(places.map(|range| (self.agreement(text, range), range)).collect())
    }

    fn find_folded(&self, text: &str) -> Option<ByteRange> {
        let folded = Folded::new(text);
        let exact = fold(&self.exact).trim().to_owned();
        if exact.is_empty() {
            return None;
        }
        let (prefix, suffix) = (fold(&self.prefix), fold(&self.suffix));
        let places = occurrences(&folded.text, &exact)?;
        let score = |start: usize, end: usize| {
            let before = folded.text.get(..start).unwrap_or_default();
            let after = folded.text.get(end..).unwrap_or_default();
            common_end(before.trim_end(), prefix.trim_end()) + common_start(after.trim_start(), suffix.trim_start())
        };
        let scored: Vec<_> = places
            .iter()
            .filter_map(|start| {
                let end = start + exact.len();
                Some((score(*start, end), folded.original(*start, end)?))
            })
            .collect();
        if !scored.is_empty() {
            return self.best(scored);
        }
        let (start, end) = fuzzy::find(&folded.text, &prefix, &exact, &suffix)?;
        folded.original(start, end)
    }

    /// The place with the best context, if it is good and clearly the best.
    fn best(&self, mut scored: Vec<(usize, ByteRange)>) -> Option<ByteRange> {
        scored.sort_by_key(|(score, range)| (std::cmp::Reverse(*score), *range));
        let (score, range) = *scored.first()?;
        let full = self.full_agreement();
        let is_long = LONG <= self.exact.chars().count();
        let needed = if is_long { 0 } else { NEEDED.min(full) };
        let is_clear =
            scored.get(1).is_none_or(|(second, _)| second + MARGIN <= score || (score == full && *second < full));
        (needed <= score && is_clear).then_some(range)
    }

    /// How many characters of the stored context stand around a place, folded.
    fn agreement(&self, text: &str, range: ByteRange) -> usize {
        let before = text.get(..range.start as usize).unwrap_or_default();
        let after = text.get(range.end as usize..).unwrap_or_default();
        let from = before.char_indices().rev().take(2 * CONTEXT).last().map_or(before.len(), |(at, _)| at);
        let before = fold(before.get(from..).unwrap_or_default());
        let after: String = after.chars().take(2 * CONTEXT).collect();
        let (prefix, suffix) = (fold(&self.prefix), fold(&self.suffix));
        common_end(before.trim_end(), prefix.trim_end()) + common_start(fold(&after).trim_start(), suffix.trim_start())
    }

    /// The agreement of an unchanged place.
    fn full_agreement(&self) -> usize {
        fold(&self.prefix).trim_end().chars().count() + fold(&self.suffix).trim_start().chars().count()
    }
}

/// Every place of `words`, overlapping ones too; `None` where there are too many to compare.
pub(super) fn occurrences(text: &str, words: &str) -> Option<Vec<usize>> {
    let step = words.chars().next()?.len_utf8();
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(words)) {
        if places.len() == MOST_PLACES {
            return None;
        }
        places.push(from + at);
        from += at + step;
    }
    Some(places)
}

fn common_start(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

fn common_end(a: &str, b: &str) -> usize {
    a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).count()
}

/// What a character is compared as; `None` where it does not count.
fn fold_char(c: char) -> Option<char> {
    Some(match c {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => return None,
        '’' | '‘' | 'ʼ' | '´' | '`' | '‚' | '‛' | '′' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    })
}

/// A text as it is compared: typography, white space and case folded.
fn fold(text: &str) -> String {
    Folded::new(text).text
}

/// A folded text and where each of its bytes comes from.
struct Folded {
    text: String,
    /// For each byte, the start and end of its character in the original.
    from: Vec<(u32, u32)>,
}

impl Folded {
    fn new(text: &str) -> Folded {
        let mut folded = Folded { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
        for (at, c) in text.char_indices() {
            let Some(plain) = fold_char(c) else { continue };
            let range = ByteRange::new(at, at + c.len_utf8());
            if plain == ' ' && folded.text.ends_with(' ') {
                if let Some(last) = folded.from.last_mut() {
                    last.1 = range.end;
                }
                continue;
            }
            for lower in plain.to_lowercase() {
                folded.text.push(lower);
                folded.from.resize(folded.text.len(), (range.start, range.end));
            }
        }
        folded
    }

    /// The place in the original.
    fn original(&self, start: usize, end: usize) -> Option<ByteRange> {
        let (start, _) = *self.from.get(start)?;
        let (_, end) = *self.from.get(end.checked_sub(1)?)?;
        Some(ByteRange { start, end: end.max(start) })
    }
}
