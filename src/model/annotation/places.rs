//! Finding annotated places again after a text was edited.
//!
//! Three tries: the stored position, if the text is the same; the same words, but for typography, white space and case;
//! nearly the same words. Every place but the first is judged by the text around it, and must be better than any
//! look-alike was when the anchor was made, and clearly better than any other place is now. Where that is not so, none
//! is taken: an orphan is seen, a wrong place is not. Decisions that were made for one version of a text are judged
//! together: see [`Course`].

use super::anchor::CONTEXT;
use super::course::Course;
use super::folded::{Folded, fold};
use super::{Anchor, fuzzy, likeness};
use crate::text::ByteRange;
use std::cell::OnceCell;
use std::cmp::Reverse;

/// A quotation of so many characters is told from others by itself.
const LONG: usize = 30;
/// How much of the context must agree for shorter ones, in percent.
const NEEDED: i32 = 60;
/// How many letters on each side, and on both, are enough if they are the very same up to the place.
const NEEDED_RUN: usize = 10;
const NEEDED_RUNS: usize = 32;
/// How many letters next to a place of which little else is left must be the very same, and so few say little.
const NEXT: usize = 20;
const FEW: usize = 8;
/// How much of the context must be left where passages were moved, and the words are told by what is next to them.
const WEAK: i32 = 42;
/// How far from a name its other half may have been pushed, in characters.
const BESIDE: usize = 60;
/// How much nearer to where its passage leads a place must stand than another one.
const APART: usize = 4;
/// What is taken for the best look-alike of an anchor that does not tell, in percent.
const UNKNOWN_RIVAL: i32 = 40;
/// How much better than a look-alike a place must be, in percent.
pub(super) const MARGIN: i32 = 12;
/// What it costs a short quotation to stand inside a longer word, in percent.
const INSIDE_WORD: i32 = 30;
/// A place that has less of its context left is worth a new anchor, in percent.
const WORN: i32 = 85;
/// How much of the context on each side tells where the annotated words were, even if they are gone.
const SPOT: usize = 9;
/// So many characters of the annotated words are a rest of them.
const REST: usize = 3;
/// How many places with the same words are compared.
const MOST_PLACES: usize = 20_000;
/// More context is not compared: other programs may store as much as they like.
const MOST_CONTEXT: usize = 256;
/// How many places are proposed for a lost anchor.
const MOST_CANDIDATES: usize = 3;

/// A text in which places are looked for.
#[derive(Debug)]
pub struct Places<'t> {
    pub(super) text: &'t str,
    pub(super) sha256: Option<&'t str>,
    folded: OnceCell<Folded>,
}

/// An anchor's words as they are compared.
struct Wanted {
    exact: String,
    prefix: Vec<char>,
    suffix: Vec<char>,
    /// Whether the words began and ended at the edge of a word.
    edges: (bool, bool),
    /// How much of the context stood around the best look-alike when the anchor was made, in percent.
    rival: i32,
}

impl Scored {
    fn is_at(&self, other: &Scored) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }

    /// How many letters next to the place are the very same.
    fn n_next(&self) -> usize {
        self.runs.0 + self.runs.1
    }
}

/// A place in the folded text, and how much of the context stands around it, in percent.
#[derive(Clone, Copy, Debug)]
struct Scored {
    start: usize,
    end: usize,
    score: i32,
    /// Whether one side is untouched, or much of both next to the place.
    is_close: bool,
    /// How many letters on each side are the very same up to the place.
    runs: (usize, usize),
    /// Whether the words are the annotated ones, typography apart.
    is_same: bool,
}

/// A place that was found, and how much of its context stands around it, in percent.
pub(super) struct Found {
    pub(super) range: ByteRange,
    pub(super) score: i32,
}

impl<'t> Places<'t> {
    /// A text whose hash is not known.
    #[must_use]
    pub fn new(text: &'t str) -> Places<'t> {
        Places { text, sha256: None, folded: OnceCell::new() }
    }

    /// A text whose hash (hex) is known.
    #[must_use]
    pub fn hashed(text: &'t str, sha256: &'t str) -> Places<'t> {
        Places { sha256: Some(without_label(sha256)), ..Places::new(text) }
    }

    /// An anchor for a place; `None` where the range does not fit the text or is empty.
    #[must_use]
    pub fn anchor(&self, source: &str, range: ByteRange, sha256: Option<&str>) -> Option<Anchor> {
        let exact = range.of(self.text).filter(|exact| !exact.is_empty())?;
        let before = self.text.get(..range.start as usize)?;
        let after = self.text.get(range.end as usize..)?;
        let prefix_at = before.char_indices().rev().take(CONTEXT).last().map_or(before.len(), |(at, _)| at);
        let prefix = before.get(prefix_at..)?.to_owned();
        let suffix = after.chars().take(CONTEXT).collect();
        let start = u32::try_from(before.chars().count()).ok()?;
        let end = start + u32::try_from(exact.chars().count()).ok()?;
        let sha256 = sha256.map(|hash| without_label(hash).to_owned());
        let (source, exact) = (source.to_owned(), exact.to_owned());
        let mut anchor = Anchor { source, exact, prefix, suffix, position: Some((start, end)), sha256, rival: None };
        anchor.rival = self.rival(&anchor, range);
        Some(anchor)
    }

    /// An anchor for a place whose words have changed a little: it keeps the annotated ones, and tells how near their
    /// look-alikes are.
    #[must_use]
    pub fn anchor_of(&self, exact: &str, range: ByteRange, now: &Anchor) -> Anchor {
        let mut anchor = Anchor { exact: exact.to_owned(), ..now.clone() };
        anchor.rival = self.rival(&anchor, range);
        anchor
    }

    /// Whether a place would be found, but with so little of its context left that it soon would not.
    #[must_use]
    pub fn is_worn(&self, anchor: &Anchor) -> bool {
        self.found(anchor, None).is_none_or(|found| found.score < WORN)
    }

    /// Finds a place again, in bytes; `None` is an orphan.
    #[must_use]
    pub fn find(&self, anchor: &Anchor) -> Option<ByteRange> {
        self.found(anchor, None).map(|found| found.range)
    }

    pub(super) fn found(&self, anchor: &Anchor, course: Option<&Course>) -> Option<Found> {
        if anchor.exact.is_empty() {
            return None;
        }
        let is_same = self.sha256.is_some_and(|hash| anchor.is_of(hash));
        // Other programs store a position and the words alone; then there is nothing else to go by.
        let is_bare = anchor.prefix.is_empty() && anchor.suffix.is_empty() && anchor.sha256.is_none();
        let there = if is_same || is_bare { self.at_position(anchor, is_same) } else { None };
        match there {
            Some(range) => Some(Found { range, score: 100 }),
            None => self.search(anchor, course),
        }
    }

    /// Whether an anchor's words may stand at a range, or begin or end there: cheap, and never wrongly no.
    #[must_use]
    pub fn may_be_near(&self, anchor: &Anchor, range: ByteRange) -> bool {
        let edge = 2 * anchor.exact.len();
        let from = (range.start as usize).saturating_sub(edge);
        let to = (range.end as usize + edge).min(self.text.len());
        let from = (0..=from).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let to = (to..=self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.text.len());
        let there = fold(self.text.get(from..to).unwrap_or_default());
        let exact: Vec<char> = fold(&anchor.exact).chars().collect();
        // Of so many parts one is unchanged if at most a fifth of the words is changed.
        let mut parts = exact.chunks(4).map(|part| part.iter().collect::<String>());
        parts.any(|part| there.contains(&part))
    }

    /// Places where the same words stand, the likeliest first.
    #[must_use]
    pub fn candidates(&self, anchor: &Anchor) -> Vec<ByteRange> {
        let Some(wanted) = Wanted::new(anchor) else { return Vec::new() };
        let folded = self.folded();
        let stored = anchor.position.map_or(0, |(start, _)| start as usize);
        let expected = self.text.char_indices().nth(stored).map_or(self.text.len(), |(at, _)| at);
        let mut scored: Vec<(i32, usize, ByteRange)> = self
            .same_words(&wanted)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|place| Some((place.score, folded.original(place.start, place.end)?)))
            .map(|(score, range)| (score, (range.start as usize).abs_diff(expected), range))
            .collect();
        scored.sort_by_key(|(score, distance, range)| (Reverse(*score), *distance, *range));
        scored.into_iter().map(|(_, _, range)| range).take(MOST_CANDIDATES).collect()
    }

    pub(super) fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| Folded::new(self.text))
    }

    /// The stored position, if the words stand there; in the very text that it was stored for, nearly the same words
    /// between their old neighbours.
    fn at_position(&self, anchor: &Anchor, is_same: bool) -> Option<ByteRange> {
        let (start, end) = anchor.position?;
        let at = self.byte(0, start)?;
        let range = ByteRange::new(at, at + anchor.exact.len());
        if range.of(self.text) == Some(&anchor.exact) {
            return Some(range);
        }
        let range = ByteRange::new(at, self.byte(at, end.checked_sub(start)?)?);
        let (before, after) = (self.text.get(..at)?, self.text.get(range.end as usize..)?);
        let is_there = before.ends_with(&anchor.prefix) && after.starts_with(&anchor.suffix);
        (is_same && is_there && anchor.is_about(range.of(self.text)?)).then_some(range)
    }

    /// Where the character begins, or the text ends, that is `n` characters after a byte.
    fn byte(&self, from: usize, n: u32) -> Option<usize> {
        let starts = self.text.get(from..)?.char_indices().map(|(at, _)| from + at);
        starts.chain([self.text.len()]).nth(n as usize)
    }

    /// How much of the context of a place stands around the best other place with the same words, in percent.
    fn rival(&self, anchor: &Anchor, range: ByteRange) -> Option<u8> {
        let wanted = Wanted::new(anchor)?;
        let own = self.folded().folded(range.start);
        let others = self.same_words(&wanted)?.into_iter().filter(|place| place.start != own);
        Some(u8::try_from(others.map(|place| place.score.max(0)).max().unwrap_or(0)).unwrap_or(100))
    }

    fn search(&self, anchor: &Anchor, course: Option<&Course>) -> Option<Found> {
        let wanted = Wanted::new(anchor)?;
        let places = self.places(&wanted)?;
        let best = match course.zip(anchor.position) {
            Some((course, position)) => {
                let best = self.steered(&wanted, course, position, &places)?;
                // Where little is known of the old text, both ways must lead to the same place.
                let is_it = course.is_familiar() || self.local(&wanted, &places)?.is_at(&best);
                is_it.then_some(best)?
            }
            None => self.local(&wanted, &places)?,
        };
        Some(Found { range: self.folded().original(best.start, best.end)?, score: best.score })
    }

    /// Every place of the same words, and the one of nearly the same words, the best first.
    fn places(&self, wanted: &Wanted) -> Option<Vec<Scored>> {
        let folded = self.folded();
        let mut places = self.same_words(wanted)?;
        let is_long = LONG <= wanted.exact.chars().count();
        let is_untouched = places.iter().any(|place| place.score == 100);
        let taken: Vec<(usize, usize)> = places.iter().map(|place| (place.start, place.end)).collect();
        if !is_untouched || is_long {
            // Words that changed a little, where they stood, count as much as the same words elsewhere.
            let near = fuzzy::find(&folded.text, &wanted.prefix, &wanted.exact, &wanted.suffix, &taken);
            let near = near.filter(|(start, end)| taken.iter().all(|it| *end <= it.0 || it.1 <= *start));
            places.extend(near.map(|(start, end)| wanted.scored(folded, start, end)));
        }
        places.sort_by_key(|place| (Reverse(place.score), place.start));
        Some(places)
    }

    /// The place that what stands around it speaks for.
    fn local(&self, wanted: &Wanted, places: &[Scored]) -> Option<Scored> {
        let best = *places.first()?;
        let is_long = LONG <= wanted.exact.chars().count();
        let is_untouched = places.iter().any(|place| place.score == 100);
        let second = places.get(1).map_or(0, |place| place.score);
        let is_only = is_long && places.len() == 1 && best.is_same;
        // Look-alikes that were there before may be as near as they were.
        let is_old = best.score == 100 && second <= wanted.rival && wanted.rival < 100;
        let is_good = NEEDED <= best.score || best.is_close;
        let is_it = is_only
            || (!self.is_of_others(wanted, best, places)
                && (second + MARGIN <= best.score || is_old)
                && is_good
                && wanted.beats_rival(best.score)
                && (is_untouched || !(self.stood_elsewhere(wanted, best) || self.has_rest(wanted, best, places))));
        is_it.then_some(best)
    }

    /// The place that the course of the text speaks for. It may have little of its context left where the words of its
    /// passage lead to it, but then its next neighbours must be the old ones.
    fn steered(&self, wanted: &Wanted, course: &Course, position: (u32, u32), places: &[Scored]) -> Option<Scored> {
        let stand = |place: &Scored| Some((*place, course.standing(position, wanted.rival, (place.start, place.end))?));
        let mut standing: Vec<_> = places.iter().filter_map(stand).filter(|(_, it)| !it.has_twin).collect();
        let is_long = LONG <= wanted.exact.chars().count();
        standing.sort_by_key(|(place, it)| {
            let support = it.support.saturating_sub(it.drift);
            Reverse(if is_long { (support, place.score) } else { (0, place.score) })
        });
        let (best, it) = *standing.first()?;
        let is_clear = standing.get(1).is_none_or(|(place, second)| {
            let (n_better, drift) = (best.score - place.score, second.drift);
            place.n_next() <= best.n_next()
                && ((it.drift + APART <= drift && 0 <= n_better)
                    || (it.drift <= drift && MARGIN <= n_better)
                    || (it.drift <= drift && 0 < n_better && place.n_next() < FEW && 2 * FEW <= best.n_next()))
        });
        // Some words tell by themselves what they are.
        let is_said = best.is_same && (is_long || (it.is_own && course.enough() <= it.support));
        let is_good = is_said || best.is_close || (NEEDED <= best.score && course.few() <= it.support);
        let is_weak = NEXT <= best.n_next() && course.enough() <= it.support;
        let is_it = if it.is_off {
            is_said || (wanted.beats_rival(best.score) && (is_good || (is_weak && WEAK <= best.score)))
        } else {
            is_good || (is_weak && places.iter().all(|place| place.score < best.score + MARGIN))
        };
        let is_torn = || {
            let is_alone = best.runs.0.max(best.runs.1) < FEW;
            let is_elsewhere = || self.has_rest(wanted, best, places) || self.stood_elsewhere(wanted, best);
            (wanted.has_stop() && self.is_joined(wanted, best)) || (is_alone && is_elsewhere())
        };
        let is_own = !self.is_of_others(wanted, best, places);
        (is_it && is_clear && is_own && (is_said || !is_torn())).then_some(best)
    }

    /// Whether a place has nothing of its own beside it, and is rather a copy or a namesake, or two halves of others.
    fn is_of_others(&self, wanted: &Wanted, best: Scored, places: &[Scored]) -> bool {
        let nearest = best.runs.0.max(best.runs.1);
        let is_long = LONG <= wanted.exact.chars().count();
        let is_copied = is_long && nearest < NEEDED_RUN && places.iter().any(|it| it.is_same && !it.is_at(&best));
        let words = self.folded().text.get(best.start..best.end).unwrap_or_default();
        let n_stops = |words: &str| words.matches('.').count();
        is_copied
            || (nearest < REST && wanted.has_namesake())
            || (wanted.has_stop() && !is_long && n_stops(words) != n_stops(&wanted.exact))
    }

    /// Whether a name with a stop in it may have been torn there, and one half joined to half of a namesake: its next
    /// neighbours on one side are others, or its last part stands beside it again.
    fn is_joined(&self, wanted: &Wanted, best: Scored) -> bool {
        let (left, right) = self.folded().around(best.start, best.end);
        let from = left.char_indices().rev().take(BESIDE).last().map_or(0, |(at, _)| at);
        let before = left.get(from..).unwrap_or_default();
        let after: String = right.chars().take(BESIDE).collect();
        let name = wanted.exact.trim_end_matches('.');
        let last = name.rsplit('.').next().unwrap_or(name);
        let least = best.runs.0.min(best.runs.1);
        least < REST || (least < NEEDED_RUN && (before.contains(last) || after.contains(last)))
    }

    /// Whether the neighbours of the annotated words stand somewhere else, with other words or none between them.
    fn stood_elsewhere(&self, wanted: &Wanted, best: Scored) -> bool {
        let text = &self.folded().text;
        let before: String = wanted.prefix.iter().skip(wanted.prefix.len().saturating_sub(SPOT)).collect();
        let after: String = wanted.suffix.iter().take(SPOT).collect();
        if before.chars().count() < SPOT || after.chars().count() < SPOT {
            return false;
        }
        let longest = 2 * wanted.exact.len() + 8;
        let ends = occurrences(text, &before).unwrap_or_default().into_iter().map(|at| at + before.len());
        ends.filter(|end| *end != best.start).any(|end| {
            let rest = text.get(end..).unwrap_or_default();
            rest.find(&after).is_some_and(|gap| gap <= longest && end + gap != best.end)
        })
    }

    /// Whether an end of the annotated words still stands beside its old neighbours somewhere else.
    fn has_rest(&self, wanted: &Wanted, best: Scored, places: &[Scored]) -> bool {
        let text = &self.folded().text;
        let exact: Vec<char> = wanted.exact.chars().collect();
        let n_rest = REST.min(exact.len() / 2).max(1);
        let first: String = exact.iter().take(n_rest).collect();
        let last: String = exact.iter().skip(exact.len() - n_rest).collect();
        let before: String = wanted.prefix.iter().skip(wanted.prefix.len().saturating_sub(SPOT)).collect();
        let after: String = wanted.suffix.iter().take(SPOT).collect();
        let is_whole = |at: usize| places.iter().any(|it| it.is_same && (it.start == at || it.end == at));
        let stands = |words: String, n_before: usize, place: usize| {
            let places = occurrences(text, &words).unwrap_or_default().into_iter().map(|start| start + n_before);
            places.into_iter().any(|at| at != place && !is_whole(at))
        };
        let is_told = |side: &str| side.chars().count() == SPOT;
        (is_told(&before) && stands(format!("{before}{first}"), before.len(), best.start))
            || (is_told(&after) && stands(format!("{last}{after}"), last.len(), best.end))
    }

    /// Every place of the same words; `None` where there are too many to compare.
    fn same_words(&self, wanted: &Wanted) -> Option<Vec<Scored>> {
        let folded = self.folded();
        let starts = occurrences(&folded.text, &wanted.exact)?;
        let scored = starts.into_iter().map(|start| {
            let place = wanted.scored(folded, start, start + wanted.exact.len());
            let is_whole = self.has_edges(wanted, place.start, place.end);
            if is_whole { place } else { Scored { score: place.score - INSIDE_WORD, is_close: false, ..place } }
        });
        Some(scored.collect())
    }

    /// Whether a place begins and ends a word where the stored one did.
    fn has_edges(&self, wanted: &Wanted, start: usize, end: usize) -> bool {
        let Some(range) = self.folded().original(start, end) else { return false };
        let before = self.text.get(..range.start as usize).and_then(|it| it.chars().next_back());
        let after = self.text.get(range.end as usize..).and_then(|it| it.chars().next());
        let (first, last) = wanted.edges;
        (!first || !before.is_some_and(is_letter)) && (!last || !after.is_some_and(is_letter))
    }
}

impl Anchor {
    /// Whether the stored words are as long as the place that they were taken from: what has changed since is not known.
    pub(super) fn is_exact(&self) -> bool {
        self.position.is_some_and(|(start, end)| self.exact.chars().count() == (end - start) as usize)
    }

    /// Whether the anchor was made for the text with this hash (hex).
    pub(super) fn is_of(&self, sha256: &str) -> bool {
        self.sha256.as_deref().is_some_and(|stored| stored.eq_ignore_ascii_case(sha256))
    }
}

impl Wanted {
    fn new(anchor: &Anchor) -> Option<Wanted> {
        let exact = fold(&anchor.exact);
        let (first, last) = (anchor.exact.chars().next()?, anchor.exact.chars().next_back()?);
        let (before, after) = (anchor.prefix.chars().next_back(), anchor.suffix.chars().next());
        let starts = is_letter(first) && !before.is_some_and(is_letter);
        let ends = is_letter(last) && !after.is_some_and(is_letter);
        let before: Vec<char> = fold(&anchor.prefix).chars().collect();
        let prefix = before.get(before.len().saturating_sub(MOST_CONTEXT)..).unwrap_or_default().to_vec();
        let suffix = fold(&anchor.suffix).chars().take(MOST_CONTEXT).collect();
        let rival = anchor.rival.map_or(UNKNOWN_RIVAL, i32::from);
        (!exact.is_empty()).then_some(Wanted { exact, prefix, suffix, edges: (starts, ends), rival })
    }

    /// Whether the same words stood beside the annotated ones.
    fn has_namesake(&self) -> bool {
        [&self.prefix, &self.suffix].into_iter().any(|side| side.iter().collect::<String>().contains(&self.exact))
    }

    /// Whether the words have a full stop within them.
    fn has_stop(&self) -> bool {
        self.exact.trim_end_matches('.').contains('.')
    }

    /// Whether a place is better than any look-alike was.
    fn beats_rival(&self, score: i32) -> bool {
        (self.rival + MARGIN).min(100) <= score && self.rival < 100
    }

    fn scored(&self, folded: &Folded, start: usize, end: usize) -> Scored {
        let (before, after) = folded.around(start, end);
        let (before, after) = (likeness::before(&self.prefix, before), likeness::after(&self.suffix, after));
        let (prefix, suffix) = (likeness::full(&self.prefix), likeness::full(&self.suffix));
        let percent = |shared: i32, full: i32| if full == 0 { 100 } else { 100 * shared / full };
        // A short side says little by itself, and one that belongs to another sentence as little.
        let is_own = |mut side: Box<dyn Iterator<Item = &char> + '_>| !side.any(|c| matches!(c, '.' | '!' | '?'));
        let is_whole = |shared, known: &[char], full, own| CONTEXT / 2 <= known.len() && shared == full && own;
        let one_side = is_whole(before, &self.prefix, prefix, is_own(Box::new(self.prefix.iter().rev().take(SPOT))))
            || is_whole(after, &self.suffix, suffix, is_own(Box::new(self.suffix.iter().take(SPOT))));
        let (left, right) = folded.around(start, end);
        let runs = (
            likeness::run(self.prefix.iter().rev().copied(), left.chars().rev()),
            likeness::run(self.suffix.iter().copied(), right.chars()),
        );
        let both_sides = NEEDED_RUN <= runs.0.min(runs.1) && NEEDED_RUNS <= runs.0 + runs.1;
        let is_same = folded.text.get(start..end) == Some(&self.exact);
        Scored {
            start,
            end,
            score: percent(before + after, prefix + suffix),
            is_close: one_side || both_sides,
            runs,
            is_same,
        }
    }
}

impl Anchor {
    /// Whether two anchors were made for places of one text that had nothing in common.
    #[must_use]
    pub fn was_apart_from(&self, other: &Anchor) -> bool {
        were_apart(self, other)
    }
}

/// Whether two anchors were made for places of one text that had nothing in common.
pub(super) fn were_apart(one: &Anchor, other: &Anchor) -> bool {
    let (Some((start, end)), Some((other_start, other_end))) = (one.position, other.position) else { return false };
    one.sha256 == other.sha256 && (end <= other_start || other_end <= start)
}

/// A letter of a script that puts spaces between words.
fn is_letter(c: char) -> bool {
    let is_wide = matches!(u32::from(c), 0x2e80..=0xa4cf | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x20000..=0x3ffff);
    c.is_alphanumeric() && !is_wide
}

fn without_label(hash: &str) -> &str {
    hash.strip_prefix("sha256:").unwrap_or(hash)
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
