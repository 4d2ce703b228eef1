//! How much the text around two places has in common.

/// What a character in common counts; one too many or too few, or another one, costs as much as half of that.
const SAME: i32 = 2;
const GAP: i32 = -1;
const OTHER: i32 = -2;
/// What stands between a place and its context costs more than what stands in it.
const APART: i32 = -2;

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
    SAME * i32::try_from(known.len()).unwrap_or(i32::MAX / SAME)
}

/// How far two contexts are the same from their places on; a character of a script without spaces says as much as two.
pub(super) fn run(known: impl Iterator<Item = char>, there: impl Iterator<Item = char>) -> usize {
    let same = known.zip(there).take_while(|(a, b)| a == b);
    same.map(|(a, _)| if '\u{2e80}' <= a { 2 } else { 1 }).sum()
}

/// The best alignment of two contexts that begin at their places and may end where they like.
fn shared(known: &[char], there: &[char]) -> i32 {
    if known.len() <= there.len() && known.iter().zip(there).all(|(a, b)| a == b) {
        return full(known);
    }
    let mut best = 0;
    let mut above: Vec<i32> = (0..).map(|n| APART * n).take(there.len() + 1).collect();
    let mut row = above.clone();
    for (n, a) in (1..).zip(known) {
        let mut left = APART * n;
        let mut diagonal = above.first().copied().unwrap_or(0);
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for ((b, up), cell) in there.iter().zip(above.iter().skip(1)).zip(row.iter_mut().skip(1)) {
            let step = if a == b { SAME } else { OTHER };
            left = (diagonal + step).max(left + GAP).max(up + GAP);
            diagonal = *up;
            *cell = left;
            best = best.max(left);
        }
        std::mem::swap(&mut above, &mut row);
    }
    best
}
