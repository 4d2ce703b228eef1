//! Approximate search: where in a text a short pattern is found with the fewest edits (Myers' bit vectors).

use super::folding::Sign;
use rustc_hash::FxHashMap;

/// The longest pattern, in characters.
pub(super) const LONGEST: usize = 64 * N_WORDS;
const N_WORDS: usize = 2;

/// A pattern, ready to be looked for.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    forward: Masks,
    backward: Masks,
    len: usize,
}

/// Where a pattern was found: from sign `start` to before sign `end`, with so many edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) distance: usize,
}

impl Pattern {
    /// Prepares a pattern; what is longer than [`LONGEST`] is cut off.
    pub(super) fn new(signs: &[Sign]) -> Pattern {
        let chars: Vec<char> = signs.iter().take(LONGEST).map(|sign| sign.c).collect();
        let forward = Masks::new(chars.iter().copied());
        let backward = Masks::new(chars.iter().rev().copied());
        Pattern { forward, backward, len: chars.len() }
    }

    /// The place with the fewest edits, at most `most`; the first of several, or the last where `from_end`.
    pub(super) fn find(&self, text: &[Sign], most: usize, from_end: bool) -> Option<Hit> {
        let mut best: Option<(usize, usize)> = None;
        self.forward.run(self.len, text.iter().map(|sign| sign.c), false, |end, distance| {
            let better = best.is_none_or(|(least, _)| distance < least || (from_end && distance == least));
            if distance <= most && better {
                best = Some((distance, end));
            }
        });
        let (distance, end) = best?;
        let reach = end.min(self.len + distance);
        let before = text.get(end - reach..end).unwrap_or_default();
        // Of several starts the earliest: a word too many shows in the difference, a word too few would be lost.
        let mut taken = reach;
        self.backward.run(self.len, before.iter().rev().map(|sign| sign.c), true, |n_taken, it| {
            if it == distance {
                taken = n_taken;
            }
        });
        Some(Hit { start: end - taken, end, distance })
    }
}

/// At which places of the pattern each character stands.
#[derive(Clone, Debug)]
struct Masks {
    ascii: Box<[[u64; N_WORDS]; 128]>,
    others: FxHashMap<char, [u64; N_WORDS]>,
}

impl Masks {
    fn new(chars: impl Iterator<Item = char>) -> Masks {
        let mut masks = Masks { ascii: Box::new([[0; N_WORDS]; 128]), others: FxHashMap::default() };
        for (idx, c) in chars.enumerate() {
            let mask = match masks.ascii.get_mut(c as usize) {
                Some(mask) => mask,
                None => masks.others.entry(c).or_default(),
            };
            if let Some(word) = mask.get_mut(idx / 64) {
                *word |= 1 << (idx % 64);
            }
        }
        masks
    }

    fn get(&self, c: char) -> [u64; N_WORDS] {
        match self.ascii.get(c as usize) {
            Some(mask) => *mask,
            None => self.others.get(&c).copied().unwrap_or_default(),
        }
    }

    /// Tells `each` after every character how many were read and how many edits the pattern is away from what ends
    /// there; with `anchored`, from all that was read.
    fn run(&self, len: usize, text: impl Iterator<Item = char>, anchored: bool, mut each: impl FnMut(usize, usize)) {
        let Some(last) = len.checked_sub(1) else { return };
        let mut columns = [(u64::MAX, 0_u64); N_WORDS];
        let mut distance = len;
        for (idx, c) in text.enumerate() {
            // Whether the cell to the left of the column's top is one less (-1) or more (+1) than the top.
            let (mut carry_plus, mut carry_minus) = (u64::from(anchored), 0_u64);
            let masks = self.get(c);
            for (word, ((plus, minus), mask)) in columns.iter_mut().zip(masks).take(last / 64 + 1).enumerate() {
                let top = if word == last / 64 { last % 64 } else { 63 };
                let vertical = mask | *minus;
                let mask = mask | carry_minus;
                let horizontal = ((mask & *plus).wrapping_add(*plus) ^ *plus) | mask;
                let rises = *minus | !(horizontal | *plus);
                let falls = *plus & horizontal;
                let (out_plus, out_minus) = (rises >> top & 1, falls >> top & 1);
                let rises = rises << 1 | carry_plus;
                let falls = falls << 1 | carry_minus;
                *plus = falls | !(vertical | rises);
                *minus = rises & vertical;
                (carry_plus, carry_minus) = (out_plus, out_minus);
            }
            distance = distance + usize::from(carry_plus == 1) - usize::from(carry_minus == 1);
            each(idx + 1, distance);
        }
    }
}
