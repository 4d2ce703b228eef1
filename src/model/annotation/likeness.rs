//! How much the text around two places has in common.

/// What a character in common counts, and one too many or too few; another one counts as one too many and one too few.
const SAME: i16 = 2;
const GAP: i16 = -1;
/// What stands between a place and its context costs more than what stands in it.
const APART: i16 = -2;

/// How much of `known`, the words that stood before a place, stands before another one: from 0 to [`full`].
pub(super) fn before(known: &[char], text: &str) -> i32 {
    let there: Vec<char> = text.chars().rev().take(2 * known.len()).collect();
    let known: Vec<char> = known.iter().rev().copied().collect();
    shared(&known, &there)
}

/// The same for the words after a place.
pub(super) fn after(known: &[char], text: &str) -> i32 {
    let there: Vec<char> = text.chars().take(2 * known.len()).collect();
    shared(known, &there)
}

/// What an unchanged context counts.
pub(super) fn full(known: &[char]) -> i32 {
    i32::from(SAME) * i32::try_from(known.len()).unwrap_or(i32::MAX / 2)
}

/// How far two contexts are the same from their places on; a character of a script without spaces says as much as two.
pub(super) fn run(known: impl Iterator<Item = char>, there: impl Iterator<Item = char>) -> usize {
    let same = known.zip(there).take_while(|(a, b)| a == b);
    same.map(|(a, _)| if '\u{2e80}' <= a { 2 } else { 1 }).sum()
}

/// The best alignment of two contexts that begin at their places and may end where they like.
///
/// What the table holds for the first `n` characters of the one and `m` of the other is what they count, and as much more as
/// `n + m` gaps cost. So gaps cost nothing in it, and most of a row is made without regard to its other cells.
fn shared(known: &[char], there: &[char]) -> i32 {
    if known.len() <= there.len() && known.iter().zip(there).all(|(a, b)| a == b) {
        return full(known);
    }
    let (pair, edge) = (SAME - 2 * GAP, APART - GAP);
    let mut above: Vec<i16> = (0..).map(|n| edge * n).take(there.len() + 1).collect();
    let mut row = above.clone();
    let mut best = 0;
    for (n, a) in (1_i16..).zip(known) {
        let (Some((first, rest)), Some(up)) = (row.split_first_mut(), above.get(1..)) else { return 0 };
        for (((cell, diagonal), up), b) in rest.iter_mut().zip(&above).zip(up).zip(there) {
            *cell = (*up).max(diagonal + if a == b { pair } else { 0 });
        }
        *first = edge * n;
        let mut left = *first;
        for (m, cell) in (1..).zip(rest) {
            left = left.max(*cell);
            *cell = left;
            best = best.max(left + GAP * (n + m));
        }
        std::mem::swap(&mut above, &mut row);
    }
    i32::from(best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same by its definition.
    fn slow(known: &[char], there: &[char]) -> i32 {
        let edge = |n: usize| APART * i16::try_from(n).unwrap();
        let mut table = vec![vec![0; there.len() + 1]; known.len() + 1];
        let mut best = 0;
        for n in 0..=known.len() {
            for m in 0..=there.len() {
                table[n][m] = if n * m == 0 {
                    edge(n + m)
                } else {
                    let step = if known[n - 1] == there[m - 1] { SAME } else { 2 * GAP };
                    (table[n - 1][m - 1] + step).max(table[n - 1][m] + GAP).max(table[n][m - 1] + GAP)
                };
                best = best.max(table[n][m]);
            }
        }
        i32::from(best)
    }

    proptest! {
        #[test]
        fn the_alignment_is_the_best_one(known in "[ab中]{0,12}", there in "[ab中]{0,20}") {
            let (known, there): (Vec<char>, Vec<char>) = (known.chars().collect(), there.chars().collect());
            prop_assert_eq!(shared(&known, &there), slow(&known, &there));
        }
    }
}
