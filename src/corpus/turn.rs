//! A passage that was moved: two neighbouring passages of a text change places.
//!
//! Who sees only the text before and after sees a long replacement, and what the two passages begin or end with in common
//! seems to have stayed where it was. So the name at the edge of one would be joined to half of a namesake. A move is
//! therefore told apart from other changes: it leaves every word, and where each of them went is known. Where a passage is
//! cut out or put in, a blank often comes or goes, and a first letter becomes a capital: so both texts are compared
//! without these too.

use super::compare::narrowed;
use crate::model::annotation::Folded;
use crate::text::ByteRange;

/// How many bytes the two passages may begin or end with in common.
const MOST_SHARED: usize = 256;
/// How many ways to see one change as a move are compared.
const MOST_WAYS: usize = 512;
/// How many beginnings of a text are looked at that are an end of the other one.
const MOST_BORDERS: usize = 64;
/// A part of a place of which so many make all of it says little about where the place is.
const SMALL_PART: usize = 4;
/// A longer change is not looked at.
const LONGEST: usize = 1 << 18;

/// Two neighbouring passages of a text that changed places.
///
/// Invariant: `start < middle < end`, on character boundaries of the text before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Turn {
    start: usize,
    middle: usize,
    end: usize,
}

/// What another program did to a text if it only moved a passage.
#[derive(Debug)]
pub(super) struct Move {
    turns: Turns,
    /// The texts before and after without white space, typography and case, where only these are the same.
    folded: Option<(Folded, Folded)>,
}

impl Move {
    /// The move that makes `old` to `new`, if any does; `changed` of `old` became `with`, and nothing else changed.
    pub(super) fn find(old: &str, new: &str, changed: ByteRange, with: &str) -> Option<Move> {
        if let Some(turns) = Turns::find(old, new, changed, with) {
            return Some(Move { turns, folded: None });
        }
        let words = changed.of(old).filter(|words| words.len().max(with.len()) <= LONGEST)?;
        if !same_bytes(&Folded::new(words).text, &Folded::new(with).text) {
            return None;
        }
        let (old, new) = (Folded::new(old), Folded::new(new));
        let (changed, with) = narrowed(&old.text, &new.text);
        let turns = Turns::find(&old.text, &new.text, changed, with)?;
        Some(Move { turns, folded: Some((old, new)) })
    }

    /// Where a place is after the move, and whether all of it, letter by letter: see [`Turns::moved`].
    pub(super) fn moved(&self, place: ByteRange) -> Option<(ByteRange, bool)> {
        let Some((old, new)) = &self.folded else {
            let moved = self.turns.moved(place)?;
            return Some((moved, moved.len() == place.len()));
        };
        let moved = self.turns.moved(ByteRange::new(old.folded(place.start), old.folded(place.end)))?;
        Some((new.original(moved.start as usize, moved.end as usize)?, false))
    }
}

/// Every way in which a change may have been a move; never empty.
#[derive(Debug)]
struct Turns(Vec<Turn>);

impl Turns {
    /// The moves that make `old` to `new`, if any does; `changed` of `old` became `with`, and nothing else changed.
    fn find(old: &str, new: &str, changed: ByteRange, with: &str) -> Option<Turns> {
        let words = changed.of(old)?;
        if words.len() != with.len() || words.is_empty() || LONGEST < words.len() || !same_bytes(words, with) {
            return None;
        }
        let (from, to) = (changed.start as usize, changed.end as usize);
        let after = old.as_bytes().get(to..)?;
        let mut turns = Vec::new();
        for start in (from.saturating_sub(MOST_SHARED)..=from).rev() {
            let (Some(old_part), Some(new_part)) = (old.as_bytes().get(start..to), new.as_bytes().get(start..to))
            else {
                continue;
            };
            for border in borders(old_part, new_part) {
                let middle = old_part.len() - border;
                // The second passage is `border` bytes long, and what both passages end with.
                let fits = |n_shared: &usize| {
                    let Some(first) = middle.checked_sub(*n_shared) else { return false };
                    let end = border + n_shared;
                    new_part.get(end..) == old_part.get(..first)
                        && old_part.get(first..middle) == after.get(..*n_shared)
                        && new_part.get(border..end) == after.get(..*n_shared)
                };
                let turns_here = (0..=MOST_SHARED.min(after.len()))
                    .filter(fits)
                    .map(|n_shared| Turn { start, middle: start + middle, end: to + n_shared })
                    .filter(|turn| turn.is_sound(old));
                turns.extend(turns_here);
            }
            if MOST_WAYS < turns.len() {
                return None;
            }
        }
        let twins: Vec<Turn> = turns.iter().flat_map(|turn| turn.twins(old)).collect();
        turns.extend(twins);
        (!turns.is_empty()).then_some(Turns(turns))
    }

    /// Where a place is after the move, or the greater part of it; `None` where no part is more than half of it, or where
    /// nobody can tell: of two equal passages side by side one was moved. Of two ways that are the same but for a few
    /// letters the one counts that leaves the place whole.
    fn moved(&self, place: ByteRange) -> Option<ByteRange> {
        let ways = self.0.iter().map(|turn| turn.moved(place)).collect::<Option<Vec<_>>>()?;
        let first = *ways.first()?;
        if ways.iter().all(|way| *way == first) {
            return Some(first);
        }
        let mut whole = ways.iter().filter(|way| way.len() == place.len());
        let one = *whole.next()?;
        let is_small = |way: &ByteRange| SMALL_PART * (place.len() - way.len()) < place.len();
        (whole.all(|other| *other == one) && ways.iter().all(is_small)).then_some(one)
    }
}

impl Turn {
    /// Whether the passages are of whole characters and not empty.
    fn is_sound(self, old: &str) -> bool {
        let ends = [self.start, self.middle, self.end];
        self.start < self.middle && self.middle < self.end && ends.iter().all(|at| old.is_char_boundary(*at))
    }

    /// The same move of the words' twin: where they stand twice side by side, either of them may have been moved.
    fn twins(self, old: &str) -> impl Iterator<Item = Turn> {
        let Turn { start, middle, end } = self;
        let same = |from: Option<usize>, to: usize, words: &str| {
            from.and_then(|from| old.get(from..to)).is_some_and(|there| there == words)
        };
        let (first, second) = (old.get(start..middle).unwrap_or_default(), old.get(middle..end).unwrap_or_default());
        let (a, b) = (first.len(), second.len());
        let left = same(middle.checked_sub(b), middle, second) && start + b < middle;
        let right = same(Some(end), end + b, second);
        let before = same(start.checked_sub(a), start, first);
        let after = same(Some(middle), middle + a, first) && middle + a < end;
        [
            left.then(|| Turn { start, middle: middle - b, end: end - b }),
            right.then_some(Turn { start, middle: middle + b, end: end + b }),
            before.then(|| Turn { start: start - a, middle: middle - a, end }),
            after.then_some(Turn { start: start + a, middle: middle + a, end }),
        ]
        .into_iter()
        .flatten()
    }

    fn moved(self, place: ByteRange) -> Option<ByteRange> {
        let Turn { start, middle, end } = self;
        let (first, second) = (middle - start, end - middle);
        let (from, to) = (place.start as usize, place.end as usize);
        let part = |start: usize, end: usize| (from.max(start), to.min(end));
        // In the order in which they stand after the move.
        let (second_from, second_to) = part(middle, end);
        let (first_from, first_to) = part(start, middle);
        let parts = [
            part(0, start),
            (second_from.saturating_sub(first), second_to.saturating_sub(first)),
            (first_from + second, first_to + second),
            part(end, usize::MAX),
        ];
        let mut joined: Vec<(usize, usize)> = Vec::new();
        for (start, end) in parts.into_iter().filter(|(start, end)| start < end) {
            match joined.last_mut() {
                Some(last) if last.1 == start => last.1 = end,
                Some(_) | None => joined.push((start, end)),
            }
        }
        let most = joined.into_iter().map(|(start, end)| ByteRange::new(start, end)).max_by_key(|it| it.len())?;
        (place.len() < 2 * most.len()).then_some(most)
    }
}

/// Whether two texts have the same bytes, in any order.
fn same_bytes(one: &str, other: &str) -> bool {
    let count = |text: &str| {
        let mut counts = [0_usize; 256];
        for byte in text.bytes() {
            if let Some(count) = counts.get_mut(usize::from(byte)) {
                *count += 1;
            }
        }
        counts
    };
    count(one) == count(other)
}

/// How long the beginnings of `new` are with which `old` ends, the longest first.
fn borders(old: &[u8], new: &[u8]) -> Vec<usize> {
    // For each beginning of `new`, the longest shorter one with which it ends.
    let mut shorter: Vec<usize> = Vec::with_capacity(new.len());
    let longest = |mut n: usize, byte: u8, shorter: &[usize]| {
        while 0 < n && new.get(n) != Some(&byte) {
            n = n.checked_sub(1).and_then(|last| shorter.get(last)).copied().unwrap_or(0);
        }
        n + usize::from(new.get(n) == Some(&byte))
    };
    let mut n = 0;
    for (at, byte) in new.iter().enumerate() {
        n = if at == 0 { 0 } else { longest(n, *byte, &shorter) };
        shorter.push(n);
    }
    n = 0;
    for byte in old {
        n = longest(n, *byte, &shorter);
    }
    std::iter::successors(Some(n), |n| n.checked_sub(1).and_then(|last| shorter.get(last)).copied())
        .take_while(|n| 0 < *n)
        .take(MOST_BORDERS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where `<words>` of a text are after it has become another one.
    fn moved(marked: &str, new: &str) -> Option<String> {
        let place = ByteRange::new(marked.find('<').unwrap(), marked.find('>').unwrap() - 1);
        let old = marked.replace(['<', '>'], "");
        let (changed, with) = narrowed(&old, new);
        let (place, _) = Move::find(&old, new, changed, with).unwrap().moved(place)?;
        let (before, after) = (new.get(..place.start as usize).unwrap(), new.get(place.end as usize..).unwrap());
        Some(format!("{before}<{}>{after}", place.of(new).unwrap()))
    }

    #[test]
    fn a_moved_passage_takes_its_places_along() {
        for (before, after) in [
            (
                "One. On Monday <Lee> left. On Monday Lou came. End.",
                "One. On Monday Lou came. On Monday <Lee> left. End.",
            ),
            (
                "One. On Monday Lee left. On Monday <Lou> came. End.",
                "One. On Monday <Lou> came. On Monday Lee left. End.",
            ),
            ("Un. Lundi <M. Roy> part. Lundi M. Rey vient. Fin.", "Un. Lundi M. Rey vient. Lundi <M. Roy> part. Fin."),
            ("始。星期一<李玛丽>离开。星期一李大来到。终。", "始。星期一李大来到。星期一<李玛丽>离开。终。"),
        ] {
            assert_eq!(moved(before, &after.replace(['<', '>'], "")).as_deref(), Some(after), "{before}");
        }
    }

    #[test]
    fn blanks_at_the_seams_may_come_and_go_with_a_moved_passage() {
        for (before, after) in [
            (
                "One. On Monday <Lee> left. On Monday Lou came. End.",
                "One. On Monday Lou came.  On Monday <Lee> left.End.",
            ),
            (
                "One. On Monday <Lee> left. On Monday Lou came.\n\nEnd.",
                "One. On Monday Lou came.\nOn Monday <Lee> left.\n\nEnd.",
            ),
            ("So <Lee> left. And Lou came. End.", "And Lou came.\nSo <Lee> left. End."),
            (
                "Un. Lundi <M. Roy> part. Lundi M. Rey vient. Fin.",
                "Un.  Lundi M. Rey vient.Lundi <M.\u{a0}Roy> part. Fin.",
            ),
            ("始。星期一<李玛丽>离开。星期一李大来到。终。", "始。\n星期一李大来到。星期一<李玛丽>离开。 终。"),
        ] {
            assert_eq!(moved(before, &after.replace(['<', '>'], "")).as_deref(), Some(after), "{before}");
        }
    }

    #[test]
    fn a_place_that_is_torn_goes_with_its_greater_part() {
        let torn = moved("It is <Lee Hart>. Lou saw it.", "It is Hart. Lou saw it.Lee ");
        assert_eq!(torn.as_deref(), None);
        let torn = moved("It is <Mr.Harte>! Lou saw it? End", "It is Mr. Lou saw it?Harte! End");
        assert_eq!(torn.as_deref(), Some("It is Mr. Lou saw it?<Harte>! End"));
    }

    #[test]
    fn of_twins_side_by_side_nobody_knows_which_was_moved() {
        for (before, after) in [
            ("Start here. Lou saw it. <Lou saw it.> End.", "Lou saw it. Start here. Lou saw it. End."),
            ("Début. Lou l’a vu. <Lou l’a vu.> Fin.", "Lou l’a vu. Début. Lou l’a vu. Fin."),
            ("开始。港口关闭。<港口关闭。>终。", "港口关闭。开始。港口关闭。终。"),
        ] {
            assert_eq!(moved(before, after), None, "{before}");
        }
    }

    #[test]
    fn other_changes_are_no_moves() {
        for (old, new) in [
            ("a cat sat", "a dog sat"),
            ("a tac", "a cat x"),
            ("a cat sat", "a cats at."),
            ("a cat sat", "a  cat\nsat"),
        ] {
            let (changed, with) = narrowed(old, new);
            assert!(Move::find(old, new, changed, with).is_none(), "{old}");
        }
    }
}
