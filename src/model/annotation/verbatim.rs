//! Decisions whose words stand today with everything that was stored of what stood around them.
//!
//! How far each of them was pushed tells more together than alone: between two decisions that were pushed equally far,
//! the text is as long as it was.

use super::Anchor;
use super::course::FURTHEST;

/// What stands in more places says nothing.
const MOST_SHIFTS: usize = 8;
/// How many decisions that were pushed equally far are a row by themselves.
const ROW: usize = 4;
/// How far a place must be from the ends of such a row, in code points.
const INNER: i64 = 96;

/// A decision, in code points of the old text.
#[derive(Debug)]
pub(super) struct Trace {
    /// Its number in the list that was given.
    pub(super) idx: usize,
    /// The annotated words.
    pub(super) place: (i64, i64),
    /// The annotated words and what is stored of what stood around them.
    pub(super) known: (i64, i64),
    /// How far the words and what stood around them may have been pushed: never many, none if they are nowhere.
    pub(super) shifts: Vec<i64>,
}

/// The decisions about one version of a text, in its order, and the text of today.
#[derive(Debug)]
pub(super) struct Verbatim<'t> {
    pub(super) text: &'t str,
    /// Where each code point of the text begins, and where the last one ends.
    pub(super) starts: Vec<usize>,
    pub(super) traces: Vec<Trace>,
}

impl<'t> Verbatim<'t> {
    /// Looks for each of several anchors that were made for one version of a text; `numbers` says which of a list they are.
    pub(super) fn new(text: &'t str, anchors: &[(usize, &Anchor)]) -> Verbatim<'t> {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut traces: Vec<Trace> =
            anchors.iter().filter_map(|(idx, anchor)| Trace::new(*idx, anchor, text, &starts)).collect();
        traces.sort_by_key(|trace| (trace.place, trace.idx));
        Verbatim { text, starts, traces }
    }

    /// The byte at which a code point begins.
    pub(super) fn byte(&self, point: i64) -> Option<usize> {
        self.starts.get(usize::try_from(point).ok()?).copied()
    }

    /// How many code points begin before a byte.
    pub(super) fn point(&self, byte: usize) -> i64 {
        i64::try_from(self.starts.partition_point(|start| *start < byte)).unwrap_or(i64::MAX)
    }

    /// What was lost among decisions that were pushed equally far, and how far: `found` says how far each decision was,
    /// in the order of the traces.
    ///
    /// It stands where it stood among them, word for word. Of a passage and its copy one at most can stand there, unless
    /// as much was taken away beside it.
    pub(super) fn between(&self, found: &[Option<i64>]) -> Vec<(usize, i64)> {
        let found = |idx: &usize| found.get(*idx).copied().flatten();
        let all = 0..self.traces.len();
        // Nothing was pushed before the first character.
        let before: Vec<i64> = all
            .clone()
            .scan(0, |last, idx| {
                let here = *last;
                *last = found(&idx).unwrap_or(here);
                Some(here)
            })
            .collect();
        let after = all.clone().rev().scan(None, |next, idx| {
            let here = *next;
            *next = found(&idx).or(here);
            Some(here)
        });
        let mut after: Vec<Option<i64>> = after.collect();
        after.reverse();
        let is_lost = |idx: &usize| found(idx).is_none();
        all.filter(is_lost)
            .filter_map(|idx| {
                let (trace, before, after) = (self.traces.get(idx)?, *before.get(idx)?, *after.get(idx)?);
                let there = after.filter(|after| *after == before && trace.shifts.contains(after));
                Some((idx, there.or_else(|| self.in_row(idx))?))
            })
            .collect()
    }

    /// How far a decision was pushed that stands in the midst of a long row of them, all of which were pushed so far.
    fn in_row(&self, idx: usize) -> Option<i64> {
        let trace = self.traces.get(idx)?;
        let [shift] = trace.shifts.as_slice() else { return None };
        let stays = |trace: &&Trace| trace.shifts.as_slice() == [*shift];
        let left = self.traces.get(..idx)?.iter().rev().take_while(stays);
        let right = self.traces.get(idx + 1..)?.iter().take_while(stays);
        let (n_left, first) = left.fold((0, trace.place.0), |(n, _), it| (n + 1, it.place.0));
        let (n_right, last) = right.fold((0, trace.place.1), |(n, end), it| (n + 1, end.max(it.place.1)));
        let is_long = ROW <= n_left + n_right + 1;
        let is_inner = (first + INNER <= trace.place.0 || *shift == 0) && trace.place.1 + INNER <= last;
        (is_long && is_inner).then_some(*shift)
    }
}

impl Trace {
    fn new(idx: usize, anchor: &Anchor, text: &str, starts: &[usize]) -> Option<Trace> {
        let (start, end) = anchor.position.filter(|(_, end)| *end < FURTHEST)?;
        let place = (i64::from(start), i64::from(end));
        let count = |words: &str| i64::try_from(words.chars().count()).unwrap_or(0);
        let known = (place.0 - count(&anchor.prefix), place.1 + count(&anchor.suffix));
        let words = [anchor.prefix.as_str(), &anchor.exact, &anchor.suffix].concat();
        let point = |byte: usize| i64::try_from(starts.partition_point(|start| *start < byte)).unwrap_or(0);
        let mut shifts: Vec<i64> =
            text.match_indices(&words).take(MOST_SHIFTS + 1).map(|(at, _)| point(at) - known.0).collect();
        if MOST_SHIFTS < shifts.len() {
            shifts.clear();
        }
        Some(Trace { idx, place, known, shifts })
    }
}
