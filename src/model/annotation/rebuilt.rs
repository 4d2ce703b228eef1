//! An old text rebuilt from the one of today, and proved by its hash.
//!
//! Where words were only inserted, the decisions tell how much came in between which of them. All ways to leave so much
//! out are tried until the hash is that of the old text: then where every place went is known, not guessed.

use super::Anchor;
use super::course::known_points;
use super::verbatim::Verbatim;
use crate::text::ByteRange;
use crate::text::hash::sha256_of;

/// Where a place of an old text that was rebuilt stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    At(ByteRange),
    /// A passage was doubled, and nobody can tell which of the two is the old one.
    Doubled,
    /// Words came in between those of the place, or where others may have been torn.
    Torn,
}

/// How many insertions are sought.
const MOST_INSERTIONS: usize = 2;
/// How many bytes are hashed in the search for an old text, and how many old texts are tried.
const MOST_BYTES: usize = 1 << 19;
const TRIES: (usize, usize) = (4, 128);
/// The rank of places at which words seldom come in.
const UNLIKELY: usize = 3;
/// So many code points may stand between a sentence and the next.
const SPACE: i64 = 3;
/// A part of a place of which so many make all of it says little about where the place is.
const SMALL_PART: i64 = 4;

/// Words that came into a text, in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Insertion {
    /// Before which code point of the old text.
    at: i64,
    /// How far the text before it, and after it, was pushed.
    before: i64,
    after: i64,
}

/// Where words came in: the possible places in the old text, and how far the text around them was pushed.
#[derive(Clone, Copy, Debug)]
struct Gap {
    from: i64,
    to: i64,
    before: i64,
    after: i64,
}

/// How the decisions so far may have been pushed: the last one, up to where they are known, and where words came in.
struct Way {
    shift: i64,
    end: i64,
    gaps: Vec<Gap>,
}

impl Verbatim<'_> {
    /// Where the decisions stand, in the order of the traces, if their old text had the hash `sha256` and lacked only some
    /// words of the one of today. `anchors` are those of the decisions, in any order.
    pub(super) fn proved(&self, anchors: &[&Anchor], sha256: &str) -> Option<Vec<Proof>> {
        let gaps = self.gaps()?;
        let known = known_points(anchors);
        let n_tries = (MOST_BYTES / self.text.len().max(1)).clamp(TRIES.0, TRIES.1);
        let ways: Vec<Vec<Insertion>> = match gaps.as_slice() {
            [] => self.tails(0).into_iter().map(|it| vec![it]).collect(),
            [one] => {
                let firsts = self.ways(one, &known);
                let both = pairs(&firsts, &self.tails(one.after), n_tries);
                firsts.into_iter().take(n_tries / 2).map(|it| vec![it]).chain(both).collect()
            }
            [one, two] => pairs(&self.ways(one, &known), &self.ways(two, &known), n_tries),
            _ => return None,
        };
        let found = ways.into_iter().take(n_tries).find(|way| self.has_hash(way, sha256))?;
        let zones: Vec<(Insertion, i64, i64)> = found.iter().map(|it| self.zone(*it)).collect();
        let meet = zones.iter().zip(zones.iter().skip(1)).any(|((.., end), (_, start, _))| start <= end);
        if meet {
            return None;
        }
        Some(self.traces.iter().map(|trace| self.pushed(trace.place, &zones)).collect())
    }

    /// Between which decisions words came in; `None` where anything else was done, or too much.
    fn gaps(&self) -> Option<Vec<Gap>> {
        // Fewer gaps are likelier.
        let mut ways: Vec<Way> = vec![Way { shift: 0, end: 0, gaps: Vec::new() }];
        for trace in self.traces.iter().filter(|trace| !trace.shifts.is_empty()) {
            let step = |shift: &i64| {
                let fits = |way: &&Way| way.shift == *shift || (way.shift < *shift && way.gaps.len() < MOST_INSERTIONS);
                let n_gaps = |way: &&Way| way.gaps.len() + usize::from(way.shift != *shift);
                let way = ways.iter().filter(fits).min_by_key(n_gaps)?;
                let mut gaps = way.gaps.clone();
                if way.shift != *shift {
                    let (from, to) = (trace.known.0.min(way.end), trace.known.0.max(way.end));
                    gaps.push(Gap { from, to, before: way.shift, after: *shift });
                }
                Some(Way { shift: *shift, end: trace.known.1.max(way.end), gaps })
            };
            ways = trace.shifts.iter().filter_map(step).collect();
        }
        ways.into_iter().map(|way| way.gaps).min_by_key(Vec::len)
    }

    /// The code point of today's text that is `shift` further on than one of the old text.
    fn char(&self, at: i64, shift: i64) -> Option<char> {
        self.text.get(self.byte(at + shift)?..)?.chars().next()
    }

    /// Where sentences or paragraphs may have come in after all that stands as it did, the likeliest first.
    fn tails(&self, before: i64) -> Vec<Insertion> {
        let seen = self.traces.iter().filter(|trace| !trace.shifts.is_empty());
        let from = seen.map(|trace| trace.known.1).max().unwrap_or(0);
        let n_points = self.point(self.text.len()) - before;
        let is_likely = |at: &i64| self.rank(*at + before) < UNLIKELY;
        let insertion = |at: i64, end: i64| Insertion { at, before, after: before + end - at };
        let ends = (from..n_points).rev().filter(is_likely);
        let starts: Vec<i64> = (from..n_points).filter(|at| is_likely(at) && !is_likely(&(at + 1))).collect();
        let inner = starts.iter().zip(starts.iter().skip(1)).map(|(at, end)| insertion(*at, *end));
        inner.chain(ends.map(|at| insertion(at, n_points))).collect()
    }

    /// Where in a gap words may have come in so that what is known of it stands there, the likeliest first. Of places that
    /// make the same text, the first.
    fn ways(&self, gap: &Gap, known: &[(u32, char)]) -> Vec<Insertion> {
        let Gap { from, to, before, after } = *gap;
        let known_before = |end: i64| known.partition_point(|(at, _)| i64::from(*at) < end);
        let inner = known.get(known_before(from)..known_before(to)).unwrap_or_default();
        let is_other = |(at, c): &&(u32, char), shift: i64| self.char(i64::from(*at), shift) != Some(*c);
        let last = inner.iter().find(|it| is_other(it, before)).map_or(to, |(at, _)| i64::from(*at));
        let first = inner.iter().rfind(|it| is_other(it, after)).map_or(from, |(at, _)| i64::from(*at) + 1);
        let mut ways: Vec<(usize, Insertion)> = Vec::new();
        for at in first..=last {
            let rank = self.rank(at + before);
            let is_same = first < at && self.char(at - 1, before) == self.char(at - 1, after);
            match ways.last_mut().filter(|_| is_same) {
                Some(way) => way.0 = way.0.min(rank),
                None => ways.push((rank, Insertion { at, before, after })),
            }
        }
        ways.sort_by_key(|(rank, _)| *rank);
        ways.into_iter().map(|(_, way)| way).collect()
    }

    /// How unlikely it is that somebody inserts words at a code point: paragraphs and sentences begin where others end.
    fn rank(&self, point: i64) -> usize {
        let (before, after) = self.text.split_at_checked(self.byte(point).unwrap_or(0)).unwrap_or_default();
        let mut before = before.chars().rev();
        let is_stop = |c: char| matches!(c, '.' | '!' | '?' | '。' | '！' | '？');
        match before.next() {
            None | Some('\n') => 0,
            Some(c) if is_stop(c) => {
                if after.starts_with(char::is_whitespace) {
                    2
                } else {
                    1
                }
            }
            Some(c) if c.is_whitespace() => {
                if before.next().is_some_and(is_stop) {
                    1
                } else {
                    UNLIKELY
                }
            }
            Some(_) => UNLIKELY + 1,
        }
    }

    /// Whether the text without the inserted words has a hash.
    fn has_hash(&self, insertions: &[Insertion], sha256: &str) -> bool {
        let mut parts: Vec<&str> = Vec::new();
        let mut from = 0;
        for Insertion { at, before, after } in insertions {
            let Some((start, end)) = self.byte(at + before).zip(self.byte(at + after)) else { return false };
            let Some(part) = self.text.get(from..start) else { return false };
            parts.push(part);
            from = end;
        }
        parts.extend(self.text.get(from..));
        sha256_of(parts.into_iter()).eq_ignore_ascii_case(sha256)
    }

    /// An insertion, and from where to where in the old text it may have been: if it may have been made between two
    /// sentences, but not between two others, it was made there.
    fn zone(&self, insertion: Insertion) -> (Insertion, i64, i64) {
        let Insertion { at, before, after } = insertion;
        let is_same = |at: &i64| {
            let there = self.char(*at, before);
            there.is_some() && there == self.char(*at, after)
        };
        let start = (0..at).rev().take_while(is_same).last().unwrap_or(at);
        let end = (at..).take_while(is_same).last().map_or(at, |last| last + 1);
        let mut likely = (start..=end).filter(|at| self.rank(at + before) < UNLIKELY);
        let first = likely.next();
        let (from, to) =
            first.zip(likely.next_back().or(first)).filter(|(from, to)| to - from <= SPACE).unwrap_or((start, end));
        (insertion, from, to)
    }

    /// Where a place of the old text is.
    fn pushed(&self, (start, end): (i64, i64), zones: &[(Insertion, i64, i64)]) -> Proof {
        let mut shift = 0;
        for (insertion, from, to) in zones {
            let shared = (end.min(*to) - start.max(*from)).max(0);
            if end - start <= SMALL_PART * shared {
                return if self.is_doubled((start, end), *insertion, (*from, *to)) {
                    Proof::Doubled
                } else {
                    Proof::Torn
                };
            }
            // Words are torn by nothing that may as well have been done beside them.
            if *from <= start {
                shift = insertion.after;
            } else if *to < end {
                return Proof::Torn;
            }
        }
        let range = self.byte(start + shift).zip(self.byte(end + shift));
        range.map_or(Proof::Torn, |(start, end)| Proof::At(ByteRange::new(start, end)))
    }

    /// Whether a place is in a passage that stands twice, and either of the two may have been put in beside the other.
    fn is_doubled(&self, (start, end): (i64, i64), insertion: Insertion, (from, to): (i64, i64)) -> bool {
        let length = insertion.after - insertion.before;
        let is_likely = |at: i64| self.rank(at + insertion.before) < UNLIKELY;
        (from..=to - length).any(|at| at <= start && end <= at + length && is_likely(at) && is_likely(at + length))
    }
}

/// Two insertions each, the likely ones of both first; of each only the first few.
fn pairs(firsts: &[Insertion], seconds: &[Insertion], most: usize) -> Vec<Vec<Insertion>> {
    let mut pairs: Vec<(usize, Vec<Insertion>)> = Vec::new();
    for (n, first) in firsts.iter().enumerate().take(most) {
        let rest = seconds.iter().enumerate().take(most / (n + 1));
        pairs.extend(rest.map(|(m, second)| ((n + 1) * (m + 1), vec![*first, *second])));
    }
    pairs.sort_by_key(|(rank, _)| *rank);
    pairs.into_iter().map(|(_, pair)| pair).collect()
}
