//! Whether two texts are copies of one another: a sample of each text's wordings, small and quick to compare.

use super::folding::{Kind, fold_each};

/// How many words in a row are one wording.
const SHINGLE: usize = 5;
/// One wording in so many is kept; which ones depends on the wording only, so that copies keep the same.
const SAMPLED: u64 = 8;
/// Texts with fewer sampled wordings are never called copies.
const FEWEST: usize = 8;

/// A sample of a text's wordings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// Sorted, each once.
    hashes: Vec<u32>,
}

impl Sketch {
    /// Takes the sample.
    #[must_use]
    pub fn new(text: &str) -> Sketch {
        let mut hashes = Vec::new();
        let mut last = [0_u64; SHINGLE];
        let mut word = 0_u64;
        let mut n_words = 0;
        let mix = |hash: u64, code: u64| (hash ^ code).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
        let mut close = |word: &mut u64| {
            if *word == 0 {
                return;
            }
            last.rotate_left(1);
            if let Some(slot) = last.last_mut() {
                *slot = std::mem::take(word);
            }
            n_words += 1;
            let hash = last.iter().fold(0, |hash, word| mix(hash, *word)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
            if SHINGLE <= n_words && (hash >> 32) % SAMPLED == 0 {
                hashes.push(u32::try_from(hash & 0xFFFF_FFFF).unwrap_or_default());
            }
        };
        fold_each(text, 0, |sign| {
            if sign.kind != Kind::Letter {
                close(&mut word);
            }
            if sign.is_word() {
                word = mix(word, u64::from(u32::from(sign.c)) + 1);
            }
        });
        close(&mut word);
        hashes.sort_unstable();
        hashes.dedup();
        Sketch { hashes }
    }

    /// The sampled wordings, sorted.
    #[must_use]
    pub fn hashes(&self) -> &[u32] {
        &self.hashes
    }

    /// Whether at least four fifths of the shorter text's wording stands in the longer one.
    #[must_use]
    pub fn is_copy_of(&self, other: &Sketch) -> bool {
        let (short, long) = if self.hashes.len() <= other.hashes.len() { (self, other) } else { (other, self) };
        let n_common = short.hashes.iter().filter(|hash| long.hashes.binary_search(hash).is_ok()).count();
        FEWEST <= short.hashes.len() && short.hashes.len() * 4 <= n_common * 5
    }
}
