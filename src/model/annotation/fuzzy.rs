//! The last try: words that changed a little, between neighbours that did not.

use super::places::occurrences;

/// How many characters of each neighbour must stand unchanged beside the place.
const SEED: usize = 8;
/// The work that is done at most, in cells of the distance table.
const MOST_CELLS: usize = 30_000_000;

/// A quotation of so many characters is looked for by its parts too.
const LONG: usize = 20;
/// How many characters such a part has, where words have spaces between them and where they do not.
const PART: (usize, usize) = (8, 4);
/// How many bits of a number say where a place begins.
const START_BITS: u32 = 32;
/// A part that stands in more places says nothing.
const MOST_PARTS: usize = 64;

/// The one place whose words differ in at most a fifth, between the same neighbours, or, of a longer quotation, anywhere;
/// all texts are folded. Places that are known already are not looked at.
pub(super) fn find(
    text: &str,
    prefix: &[char],
    exact: &str,
    suffix: &[char],
    known: &[(usize, usize)],
) -> Option<(usize, usize)> {
    let words: Vec<char> = exact.chars().collect();
    let most = words.len() / 5;
    if most == 0 {
        return None;
    }
    let is_new = |place: &(usize, usize)| known.iter().all(|known| known.1 <= place.0 || place.1 <= known.0);
    between(text, prefix, &words, suffix).filter(is_new).or_else(|| by_parts(text, exact, &words, known))
}

/// Whether two folded quotations differ in at most a fifth.
pub(super) fn is_near(words: &str, there: &str) -> bool {
    let (words, there): (Vec<char>, Vec<char>) = (words.chars().collect(), there.chars().collect());
    let most = words.len() / 5;
    words == there || (words.len().abs_diff(there.len()) <= most && distance(&words, &there, most).is_some())
}

/// The best place so far, and whether another one is as good.
#[derive(Default)]
struct Best {
    place: Option<(usize, usize, usize)>,
    is_tie: bool,
}

impl Best {
    fn offer(&mut self, distance: usize, start: usize, end: usize) {
        match self.place {
            Some((least, ..)) if least < distance => (),
            Some((least, from, to)) if least == distance => self.is_tie |= (from, to) != (start, end),
            Some(_) | None => *self = Best { place: Some((distance, start, end)), is_tie: false },
        }
    }

    fn only(self) -> Option<(usize, usize)> {
        self.place.filter(|_| !self.is_tie).map(|(_, start, end)| (start, end))
    }
}

/// The place between the words that stood before and after it.
fn between(text: &str, prefix: &[char], words: &[char], suffix: &[char]) -> Option<(usize, usize)> {
    let most = words.len() / 5;
    let before: String = prefix.iter().skip(prefix.len().saturating_sub(SEED)).collect();
    let after: String = suffix.iter().take(SEED).collect();
    // Too little context is none: the seeds must tell the place from others.
    if before.chars().count() + after.chars().count() < SEED {
        return None;
    }
    let starts = match before.is_empty() {
        true => vec![0],
        false => occurrences(text, &before)?.into_iter().map(|at| at + before.len()).collect(),
    };
    let ends = if after.is_empty() { vec![text.len()] } else { occurrences(text, &after)? };
    let mut best = Best::default();
    let mut cells = 0;
    for start in starts {
        // A character has at most four bytes, so no place is longer than this.
        let longest = start + 4 * (words.len() + most) + 8;
        let from = ends.partition_point(|end| *end < start);
        for end in ends.iter().skip(from).take_while(|end| **end <= longest) {
            let Some(there) = text.get(start..*end) else { continue };
            let found: Vec<char> = there.chars().collect();
            if found.is_empty() || most < found.len().abs_diff(words.len()) {
                continue;
            }
            cells += words.len() * (2 * most + 1);
            if MOST_CELLS < cells {
                return None;
            }
            if let Some(distance) = distance(words, &found, most) {
                best.offer(distance, start, *end);
            }
        }
    }
    best.only()
}

/// The place that shares a part of the quotation word by word, and most of the rest.
fn by_parts(text: &str, exact: &str, words: &[char], known: &[(usize, usize)]) -> Option<(usize, usize)> {
    if words.len() < LONG {
        return None;
    }
    let size = if exact.len() < 2 * words.len() { PART.0 } else { PART.1 };
    let most = words.len() / 5;
    let mut best = Best::default();
    let mut seen: Vec<usize> = Vec::new();
    for (idx, part) in words.chunks(size).enumerate().filter(|(_, part)| part.len() == size) {
        let part: String = part.iter().collect();
        let Some(places) = occurrences(text, &part).filter(|places| places.len() <= MOST_PARTS) else { continue };
        for at in places {
            if known.iter().any(|(start, end)| *start <= at && at < *end) {
                continue;
            }
            // The window is as long as the quotation may have become.
            let before = text.get(..at).unwrap_or_default();
            let from = before.char_indices().rev().take(idx * size + most).last().map_or(at, |(at, _)| at);
            if seen.iter().any(|other| other.abs_diff(from) <= 4 * most) {
                continue;
            }
            seen.push(from);
            let rest = text.get(from..).unwrap_or_default();
            let window: Vec<(usize, char)> = rest.char_indices().take(words.len() + 3 * most).collect();
            if let Some((distance, start, end)) = within(words, &window, most) {
                best.offer(distance, from + start, from + end);
            }
        }
    }
    best.only()
}

/// The part of a window that is most like the words: the distance, and the bytes in the window.
fn within(words: &[char], window: &[(usize, char)], most: usize) -> Option<(usize, usize, usize)> {
    // For each end in the window: the distance, and where the place begins, as one number. It may begin anywhere.
    let there: Vec<char> = window.iter().map(|(_, c)| *c).collect();
    let one = 1_u64 << START_BITS;
    let mut above: Vec<u64> = (0..).take(window.len() + 1).collect();
    let mut row = above.clone();
    let far = (u64::try_from(most).ok()? + 1) << START_BITS;
    for (n, a) in (1..).zip(words) {
        let (Some((first, rest)), Some(up)) = (row.split_first_mut(), above.get(1..)) else { return None };
        let mut left = n << START_BITS;
        *first = left;
        let mut least = left;
        for (((cell, diagonal), up), b) in rest.iter_mut().zip(&above).zip(up).zip(&there) {
            let changed = diagonal + if a == b { 0 } else { one };
            left = changed.min(up.min(&left) + one);
            *cell = left;
            least = least.min(left);
        }
        if far <= least {
            return None;
        }
        std::mem::swap(&mut above, &mut row);
    }
    let best = above.iter().enumerate().skip(1).min_by_key(|(_, cell)| **cell >> START_BITS);
    let (end, cell) = best.filter(|(_, cell)| **cell < far)?;
    let (last, c) = *window.get(end - 1)?;
    let (first, _) = *window.get(usize::try_from(cell & (one - 1)).ok()?)?;
    (first <= last).then_some((usize::try_from(cell >> START_BITS).ok()?, first, last + c.len_utf8()))
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
