//! Finding the places of many anchors: what was made for one version of a text is judged together.
//!
//! First, whether the old text can be rebuilt: then nothing is a guess. Then each anchor in the course of its text. Last,
//! what was lost among others that were all pushed equally far.

use super::Anchor;
use super::course::Course;
use super::places::{Found, MARGIN, Places, were_apart};
use super::rebuilt::Proof;
use super::verbatim::Verbatim;
use crate::text::ByteRange;
use std::collections::BTreeMap;

/// What is proved counts more than what is likely.
const CERTAIN: i32 = 1000;

impl Places<'_> {
    /// Finds the places of several anchors. Places that were apart and now would be one are nobody's, unless it clearly
    /// belongs to one of them.
    #[must_use]
    pub fn find_all(&self, anchors: &[&Anchor]) -> Vec<Option<ByteRange>> {
        let mut versions: BTreeMap<&str, Vec<(usize, &Anchor)>> = BTreeMap::new();
        let mut found: Vec<Option<Found>> = Vec::with_capacity(anchors.len());
        for (idx, anchor) in anchors.iter().enumerate() {
            let version = anchor.sha256.as_deref().filter(|_| anchor.is_exact());
            found.push(match version.filter(|_| !self.sha256.is_some_and(|hash| anchor.is_of(hash))) {
                Some(version) => {
                    versions.entry(version).or_default().push((idx, anchor));
                    None
                }
                None => self.found(anchor, None),
            });
        }
        let mut verbatims: Vec<Verbatim<'_>> = Vec::new();
        for (version, of_version) in &versions {
            let verbatim = Verbatim::new(self.text, of_version);
            self.judge(&verbatim, version, of_version, &mut found);
            verbatims.push(verbatim);
        }
        part(anchors, &mut found);
        let mut is_new = false;
        for verbatim in &verbatims {
            is_new |= fill(verbatim, &mut found);
        }
        if is_new {
            part(anchors, &mut found);
        }
        found.into_iter().map(|found| found.map(|it| it.range)).collect()
    }

    /// Finds the anchors of one version.
    fn judge(
        &self,
        verbatim: &Verbatim<'_>,
        version: &str,
        of_version: &[(usize, &Anchor)],
        found: &mut [Option<Found>],
    ) {
        let together: Vec<&Anchor> = of_version.iter().map(|(_, anchor)| *anchor).collect();
        let proved = verbatim.proved(&together, version).unwrap_or_default();
        let mut is_judged = vec![false; found.len()];
        for (trace, proof) in verbatim.traces.iter().zip(proved) {
            let (Some(found), Some(is_judged)) = (found.get_mut(trace.idx), is_judged.get_mut(trace.idx)) else {
                continue;
            };
            *is_judged = proof != Proof::Torn;
            *found = if let Proof::At(range) = proof { Some(Found { range, score: CERTAIN }) } else { None };
        }
        let is_left = |idx: usize| is_judged.get(idx) == Some(&false);
        if !of_version.iter().any(|(idx, _)| is_left(*idx)) {
            return;
        }
        let course = Course::new(&together, self.folded());
        for (idx, anchor) in of_version.iter().filter(|(idx, _)| is_left(*idx)) {
            if let Some(found) = found.get_mut(*idx) {
                *found = self.found(anchor, course.as_ref());
            }
        }
    }
}

/// Finds what was lost among others that were pushed equally far; says whether there was any.
fn fill(verbatim: &Verbatim<'_>, found: &mut [Option<Found>]) -> bool {
    let traces = &verbatim.traces;
    let shifts: Vec<Option<i64>> = traces
        .iter()
        .map(|trace| {
            let range = found.get(trace.idx)?.as_ref()?.range;
            let start = verbatim.point(range.start as usize) - trace.place.0;
            let end = verbatim.point(range.end as usize) - trace.place.1;
            (start == end).then_some(start)
        })
        .collect();
    let mut is_new = false;
    for (idx, shift) in verbatim.between(&shifts) {
        let Some(trace) = traces.get(idx) else { continue };
        let Some(found) = found.get_mut(trace.idx).filter(|found| found.is_none()) else { continue };
        let ends = verbatim.byte(trace.place.0 + shift).zip(verbatim.byte(trace.place.1 + shift));
        *found = ends.map(|(start, end)| Found { range: ByteRange::new(start, end), score: 100 });
        is_new |= found.is_some();
    }
    is_new
}

/// Takes from places that were apart what now would be one, unless it clearly belongs to one of them.
fn part(anchors: &[&Anchor], found: &mut [Option<Found>]) {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|idx| found.get(*idx).and_then(|it| it.as_ref().map(|it| it.range)));
    let mut is_lost = vec![false; found.len()];
    for (n, idx) in order.iter().enumerate() {
        let (Some(Some(one)), Some(anchor)) = (found.get(*idx), anchors.get(*idx)) else { continue };
        for other_idx in order.iter().skip(n + 1) {
            let (Some(Some(other)), Some(other_anchor)) = (found.get(*other_idx), anchors.get(*other_idx)) else {
                break;
            };
            if one.range.end <= other.range.start {
                break;
            }
            if !were_apart(anchor, other_anchor) {
                continue;
            }
            for (idx, loses) in [(idx, one.score < other.score + MARGIN), (other_idx, other.score < one.score + MARGIN)]
            {
                if let Some(lost) = is_lost.get_mut(*idx) {
                    *lost |= loses;
                }
            }
        }
    }
    for (found, _) in found.iter_mut().zip(is_lost).filter(|(_, is_lost)| *is_lost) {
        *found = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::sha256;

    /// Sentences or rows after one pattern, with one of two names in each.
    fn row(language: usize, n: usize) -> (String, &'static str) {
        let (year, sold, town) = (n % 24, n * 31 % 97, n * 13 % 50);
        let names = [["Acme Works", "Maria Lee"], ["la Régie", "d’Aumale"], ["阿克米公司", "港务局"], ["Acme", "Lee"]];
        let name = names[language][n % 2];
        let row = match language {
            0 => format!("In 20{year:02}, {name} sold {sold} anvils in town {town}, as 7 people knew. "),
            1 => format!("En 20{year:02}, {name} a vendu {sold} enclumes à Lyon {town}, selon 7 témoins. "),
            2 => format!("20{year:02}年，{name}在第{town}号城镇卖出了{sold}个铁砧，有七人知道。"),
            _ => format!("| 20{year:02} | {name} | anvils | town {town} | {sold} |\n"),
        };
        (row, name)
    }

    /// Rows of a text, each with its number in the old one if it was there.
    type Rows = Vec<(Option<usize>, String)>;

    /// How many of the places in every `step`th of the first `most` rows are found after an edit; each must be the right one.
    fn found(language: usize, (most, step): (usize, usize), edit: impl Fn(&mut Rows)) -> (usize, usize) {
        let mut rows: Rows = (0..60).map(|n| (Some(n), row(language, n).0)).collect();
        let text = |rows: &Rows| rows.iter().map(|(_, row)| row.as_str()).collect::<String>();
        let place = |rows: &Rows, wanted: usize| {
            let before = rows.iter().position(|(n, _)| *n == Some(wanted))?;
            let start = rows[..before].iter().map(|(_, row)| row.len()).sum::<usize>();
            let name = row(language, wanted).1;
            let start = start + rows[before].1.find(name)?;
            Some(ByteRange::new(start, start + name.len()))
        };
        let old = text(&rows);
        let hash = sha256(&old);
        let wanted: Vec<usize> = (0..most).step_by(step).collect();
        let places = Places::hashed(&old, &hash);
        let anchor = |n: &usize| places.anchor("a.txt", place(&rows, *n).unwrap(), Some(&hash)).unwrap();
        let anchors: Vec<Anchor> = wanted.iter().map(anchor).collect();
        edit(&mut rows);
        let new = text(&rows);
        let ranges = Places::hashed(&new, &sha256(&new)).find_all(&anchors.iter().collect::<Vec<_>>());
        let (mut n_found, mut n_there) = (0, 0);
        for (n, range) in wanted.iter().zip(ranges) {
            let there = place(&rows, *n);
            assert!(range.is_none() || range == there, "{language}: row {n} at {range:?}, not {there:?}");
            n_found += usize::from(range.is_some());
            n_there += usize::from(there.is_some());
        }
        (n_found, n_there)
    }

    const NEW: [&str; 4] = ["New.\n\n", "Neuf.\n\n", "新。\n\n", "| new |\n"];

    #[test]
    fn where_words_were_only_inserted_nothing_is_lost() {
        for (language, new) in NEW.iter().enumerate() {
            for places in [(60, 3), (10, 1), (60, 11), (31, 30)] {
                let insert = |at: usize, n: usize| {
                    let words = if n == 0 { (*new).to_owned() } else { row(language, n).0 };
                    move |rows: &mut Rows| rows.insert(at, (None, words.clone()))
                };
                let both = |rows: &mut Rows| {
                    insert(0, 0)(rows);
                    insert(30, 77)(rows);
                };
                let all = [
                    found(language, places, insert(0, 0)),
                    found(language, places, insert(5, 77)),
                    found(language, places, insert(30, 99)),
                    found(language, places, both),
                ];
                for (n_found, n_there) in all {
                    assert_eq!(n_found, n_there, "{language} {places:?}: {all:?}");
                }
            }
        }
    }

    #[test]
    fn what_stands_among_others_that_were_pushed_equally_far_is_found() {
        for (language, new) in NEW.iter().enumerate() {
            let delete = |rows: &mut Rows| drop(rows.remove(28));
            let replace = |rows: &mut Rows| rows[40] = (None, row(language, 77).0);
            let several = |rows: &mut Rows| {
                delete(rows);
                replace(rows);
                rows.insert(0, (None, (*new).to_owned()));
            };
            let all = [
                found(language, (60, 3), delete),
                found(language, (60, 3), replace),
                found(language, (60, 3), several),
            ];
            for (n_found, n_there) in all {
                assert!(n_there <= n_found + 6, "{language}: {all:?}");
            }
            // All that is known stands at the beginning, and the change comes after it.
            let (n_found, n_there) = found(language, (10, 1), delete);
            assert!(6 * n_there <= 10 * n_found, "{language}: {n_found} of {n_there}");
        }
    }

    #[test]
    fn of_a_row_and_its_copy_beside_it_nobody_knows_which_is_new() {
        for language in 0..4 {
            let double = |rows: &mut Rows| rows.insert(30, (None, row(language, 30).0));
            let (n_found, n_there) = found(language, (60, 3), double);
            assert_eq!(n_found + 1, n_there, "{language}");
        }
    }
}
