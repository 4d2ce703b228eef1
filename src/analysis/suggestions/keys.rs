//! What hashes lead to, in lists that fit: a hash table of lists takes three times the room.

use super::book::spread;

/// So many hashes share a head on the average.
const CROWD: usize = 4;

/// Values by hashes; one hash may lead to several. Values are added first and looked up when the list is closed.
#[derive(Debug)]
pub(super) struct Keys<T> {
    fresh: Vec<(u64, T)>,
    /// Where the hashes of each equal part of all numbers begin.
    heads: Box<[u32]>,
    /// The hashes, spread and in order.
    hashes: Box<[u64]>,
    /// Where the values of the hash with the same number end.
    ends: Box<[u32]>,
    values: Box<[T]>,
}

impl<T> Default for Keys<T> {
    fn default() -> Keys<T> {
        Keys {
            fresh: Vec::new(),
            heads: Box::default(),
            hashes: Box::default(),
            ends: Box::default(),
            values: Box::default(),
        }
    }
}

impl<T: Copy> Keys<T> {
    /// Adds what a hash leads to.
    pub(super) fn add(&mut self, hash: u64, value: T) {
        self.fresh.push((spread(hash), value));
    }

    /// Brings what was added into order; nothing is added after that.
    pub(super) fn close(&mut self) {
        let mut fresh = std::mem::take(&mut self.fresh);
        // The sort leaves the values of one hash in the order in which they came.
        fresh.sort_by_key(|(hash, _)| *hash);
        let same = || fresh.chunk_by(|(a, _), (b, _)| a == b);
        let n_hashes = same().count();
        let (mut hashes, mut ends) = (Vec::with_capacity(n_hashes), Vec::with_capacity(n_hashes));
        let mut heads = vec![0; n_hashes / CROWD + 2];
        let mut end = 0;
        for of_one in same() {
            let Some((hash, _)) = of_one.first() else { continue };
            end += to_u32(of_one.len());
            // Counted first, and added up below.
            if let Some(head) = heads.get_mut(part(*hash, n_hashes) + 1) {
                *head += 1;
            }
            hashes.push(*hash);
            ends.push(end);
        }
        let mut before = 0;
        for head in &mut heads {
            before += *head;
            *head = before;
        }
        self.values = fresh.iter().map(|(_, value)| *value).collect();
        (self.heads, self.hashes, self.ends) = (heads.into(), hashes.into(), ends.into());
    }

    /// What a hash leads to, in the order in which it was added.
    pub(super) fn get(&self, hash: u64) -> &[T] {
        let hash = spread(hash);
        let part = part(hash, self.hashes.len());
        let (Some(first), Some(end)) = (self.heads.get(part), self.heads.get(part + 1)) else { return &[] };
        let crowd = self.hashes.get(*first as usize..*end as usize).unwrap_or_default();
        let Some(at) = crowd.iter().position(|it| *it == hash) else { return &[] };
        let number = *first as usize + at;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(number).copied().unwrap_or(start);
        self.values.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Whether no hash leads anywhere.
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// The part of all numbers in which a hash is, where so many are known.
fn part(hash: u64, n_hashes: usize) -> usize {
    usize::try_from((u128::from(hash) * (n_hashes / CROWD + 1) as u128) >> 64).unwrap_or_default()
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn keys_lead_where_a_map_leads(
            pairs in prop::collection::vec((prop_oneof![0..40u64, (u64::MAX - 5)..=u64::MAX, any::<u64>()], any::<u8>()), 0..120),
        ) {
            let (mut keys, mut right) = (Keys::default(), BTreeMap::<u64, Vec<u8>>::new());
            for (hash, value) in &pairs {
                keys.add(*hash, *value);
                right.entry(*hash).or_default().push(*value);
            }
            keys.close();
            prop_assert_eq!(keys.is_empty(), pairs.is_empty());
            for (hash, values) in &right {
                prop_assert_eq!(keys.get(*hash), values);
            }
            for hash in (0..50).chain([u64::MAX, 1 << 63]).filter(|hash| !right.contains_key(hash)) {
                prop_assert_eq!(keys.get(hash), &[] as &[u8]);
            }
        }
    }

    #[test]
    fn before_anything_is_added_nothing_is_found() {
        assert!(Keys::<u32>::default().is_empty() && Keys::<u32>::default().get(7).is_empty());
    }
}
