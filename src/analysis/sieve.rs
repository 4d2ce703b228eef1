//! A sieve before a table: says of most hashes that are not in it that they are not, from a few kilobytes that stay at
//! hand, while the table itself is looked at for the others.

/// One bit for many hashes; never wrong about those that it holds.
#[derive(Debug, Default)]
pub(crate) struct Sieve {
    bits: Box<[u64]>,
    /// So many bits of a mixed hash are left out.
    shift: u32,
}

/// At least so many bits a hash.
const BITS: usize = 8;

impl Sieve {
    /// Holds these hashes.
    pub(crate) fn of(hashes: impl ExactSizeIterator<Item = u64>) -> Sieve {
        let n_bits = (hashes.len() * BITS).next_power_of_two().max(64);
        let mut sieve = Sieve { bits: vec![0; n_bits / 64].into(), shift: u64::BITS - n_bits.trailing_zeros() };
        hashes.for_each(|hash| {
            let at = sieve.place(hash);
            if let Some(bits) = sieve.bits.get_mut(at >> 6) {
                *bits |= 1 << (at & 63);
            }
        });
        sieve
    }

    fn place(&self, hash: u64) -> usize {
        usize::try_from(hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift).unwrap_or_default()
    }

    /// Whether the hash may be one of those; an empty sieve holds none.
    #[inline]
    pub(crate) fn may_hold(&self, hash: u64) -> bool {
        let at = self.place(hash);
        self.bits.get(at >> 6).is_some_and(|bits| bits >> (at & 63) & 1 != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_and_most_is_kept_out() {
        let hash = |n: u64| n.wrapping_mul(0xD6E8_FEB8_6659_FD93) ^ n << 7;
        for n_hashes in [0u64, 1, 7, 8, 1000, 5000] {
            let hashes: Vec<u64> = (0..n_hashes).map(hash).collect();
            let sieve = Sieve::of(hashes.iter().copied());
            assert!(hashes.iter().all(|hash| sieve.may_hold(*hash)), "{n_hashes}");
            let passed = (n_hashes..n_hashes + 1000).filter(|n| sieve.may_hold(hash(*n))).count();
            assert!(passed < 250, "{n_hashes}: {passed}");
        }
        assert!(!Sieve::default().may_hold(1));
    }
}
