//! The last try: words that changed a little, between neighbours that did not.

use super::anchor::occurrences;

/// How many characters of each neighbour must stand unchanged beside the place.
const SEED: usize = 8;
/// The work that is done at most, in cells of the distance table.
const MOST_CELLS: usize = 30_000_000;

/// The one place between the given neighbours whose words differ in at most a fifth; all texts are folded.
pub(super) fn find(text: &str, prefix: &str, exact: &str, suffix: &str) -> Option<(usize, usize)> {
    let words: Vec<char> = exact.chars().collect();
    let most = words.len() / 5;
    if most == 0 {
        return None;
    }
    let (before, after) = (last_chars(prefix.trim_end(), SEED), first_chars(suffix.trim_start(), SEED));
    let starts: Vec<usize> = if before.is_empty() {
        vec![0]
    } else {
        occurrences(text, before)?.into_iter().map(|at| skip_blank(text, at + before.len())).collect()
    };
    let ends: Vec<usize> = if after.is_empty() { vec![text.trim_end().len()] } else { occurrences(text, after)? };
    // Too little context is none: the seeds must tell the place from others.
    if before.chars().count() + after.chars().count() < SEED {
        return None;
    }
    let mut best: Option<(usize, usize, usize)> = None;
    let mut is_tie = false;
    let mut cells = 0;
    for start in starts {
        // A character has at most four bytes, so no place is longer than this.
        let longest = start + 4 * (words.len() + most) + 8;
        let from = ends.partition_point(|end| *end < start);
        for end in ends.iter().skip(from).take_while(|end| **end <= longest) {
            let Some(there) = text.get(start..*end).map(str::trim_end) else { continue };
            let found: Vec<char> = there.chars().collect();
            if found.is_empty() || most < found.len().abs_diff(words.len()) {
                continue;
            }
            cells += words.len() * (2 * most + 1);
            if MOST_CELLS < cells {
                return None;
            }
            let Some(distance) = distance(&words, &found, most) else { continue };
            match best {
                Some((least, ..)) if least < distance => (),
                Some((least, ..)) if least == distance => is_tie = true,
                Some(_) | None => {
                    best = Some((distance, start, start + there.len()));
                    is_tie = false;
                }
            }
        }
    }
    best.filter(|_| !is_tie).map(|(_, start, end)| (start, end))
}

fn skip_blank(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.len() - rest.trim_start().len()
}

fn last_chars(text: &str, n_chars: usize) -> &str {
    let at = text.char_indices().rev().take(n_chars).last().map_or(text.len(), |(at, _)| at);
    text.get(at..).unwrap_or_default()
}

fn first_chars(text: &str, n_chars: usize) -> &str {
    let at = text.char_indices().nth(n_chars).map_or(text.len(), |(at, _)| at);
    text.get(..at).unwrap_or_default()
}

/// The edit distance, if it is at most `most`: a band of the table is enough.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let far = most + 1;
    let mut previous: Vec<usize> = (0..=b.len()).map(|n| n.min(far)).collect();
    let mut row = vec![far; b.len() + 1];
    for (i, left) in a.iter().enumerate() {
        let (from, to) = ((i + 1).saturating_sub(most), (i + 1 + most).min(b.len()));
        row.iter_mut().for_each(|cell| *cell = far);
        let mut before = if from == 0 { i + 1 } else { far };
        if from == 0
            && let Some(cell) = row.first_mut()
        {
            *cell = (i + 1).min(far);
        }
        let mut least = before.min(far);
        for j in from.max(1)..=to {
            let at = |idx: usize| previous.get(idx).copied().unwrap_or(far);
            let same = b.get(j - 1) == Some(left);
            let cost = (at(j - 1) + usize::from(!same)).min(at(j) + 1).min(before + 1).min(far);
            if let Some(cell) = row.get_mut(j) {
                *cell = cost;
            }
            before = cost;
            least = least.min(cost);
        }
        if most < least {
            return None;
        }
        std::mem::swap(&mut previous, &mut row);
    }
    previous.last().copied().filter(|distance| *distance <= most)
}
