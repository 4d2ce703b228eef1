//! A hash table that fits its room: a list in the order of the hashes, with gaps.
//!
//! A slot stands where its hash says, or as near behind as the slots before it allow. So there is no search beyond the
//! first greater hash, gaps of a sixth are enough, and the room need not be a power of two: of millions of slots, a table
//! of the usual sort leaves up to half empty.

/// What stands in a table.
pub(super) trait Slot: Copy {
    /// A place where nothing stands; its key is 0.
    const EMPTY: Self;

    /// Its hash, evenly spread; never 0.
    fn key(&self) -> u64;
}

/// Slots by their hashes.
///
/// Invariant: the slots that are not empty stand in the order of their keys, none before its home, and none is empty between
/// one and its home.
#[derive(Debug)]
pub(super) struct Table<S> {
    slots: Vec<S>,
    /// The homes are spread over so many of the first places.
    n_homes: usize,
    n_used: usize,
}

impl<S> Default for Table<S> {
    fn default() -> Table<S> {
        Table { slots: Vec::new(), n_homes: 0, n_used: 0 }
    }
}

/// The room that so many slots are given.
fn room(n_slots: usize) -> usize {
    n_slots + n_slots / 5 + 8
}

impl<S: Slot> Table<S> {
    /// A table of so many slots, which come in the order of their keys, none twice.
    pub(super) fn of_sorted(slots: impl IntoIterator<Item = S>, n_slots: usize) -> Table<S> {
        let mut table = Table { n_used: n_slots, ..Table::default() };
        table.lay(slots, room(n_slots));
        table
    }

    fn home(&self, key: u64) -> usize {
        usize::try_from((u128::from(key) * self.n_homes as u128) >> 64).unwrap_or_default()
    }

    /// Where a key stands, or would have to stand.
    #[inline]
    fn place(&self, key: u64) -> (usize, bool) {
        let mut at = self.home(key);
        while let Some(slot) = self.slots.get(at) {
            let own = slot.key();
            if key <= own || own == 0 {
                return (at, own == key);
            }
            at += 1;
        }
        (at, false)
    }

    /// Asks for the place of a key before it is looked for: so many waits for memory are one. The answer means nothing.
    #[inline]
    pub(super) fn touch(&self, key: u64) -> u64 {
        self.slots.get(self.home(key)).map_or(0, S::key)
    }

    /// The slot with this key.
    #[inline]
    pub(super) fn find(&self, key: u64) -> Option<&S> {
        let (at, is_there) = self.place(key);
        self.slots.get(at).filter(|_| is_there)
    }

    /// The same, to be changed; its key must stay.
    pub(super) fn find_mut(&mut self, key: u64) -> Option<&mut S> {
        let (at, is_there) = self.place(key);
        self.slots.get_mut(at).filter(|_| is_there)
    }

    /// The slot with the key of this one, which is put in if there is none.
    pub(super) fn entry(&mut self, slot: S) -> &mut S {
        let (mut at, is_there) = self.place(slot.key());
        if !is_there {
            if self.n_homes * 7 / 8 <= self.n_used {
                self.resize(self.n_homes + self.n_homes / 2 + 8);
                (at, _) = self.place(slot.key());
            }
            self.n_used += 1;
            let behind = self.slots.iter().skip(at).position(|it| it.key() == 0);
            match behind {
                Some(n) => {
                    if let Some(moved) = self.slots.get_mut(at..=at + n) {
                        moved.rotate_right(1);
                        moved.iter_mut().take(1).for_each(|it| *it = slot);
                    }
                }
                None => self.slots.insert(at, slot),
            }
        }
        #[expect(clippy::indexing_slicing, reason = "it is there, or was just put there")]
        &mut self.slots[at]
    }

    /// Takes out the slot with this key.
    pub(super) fn remove(&mut self, key: u64) {
        let (at, is_there) = self.place(key);
        if !is_there {
            return;
        }
        self.n_used -= 1;
        let is_behind_home = |(place, slot): &(usize, &S)| slot.key() != 0 && self.home(slot.key()) < *place;
        let n_moved = self.slots.iter().enumerate().skip(at + 1).take_while(is_behind_home).count();
        if let Some(moved) = self.slots.get_mut(at..=at + n_moved) {
            moved.rotate_left(1);
            moved.iter_mut().rev().take(1).for_each(|it| *it = S::EMPTY);
        }
    }

    fn resize(&mut self, n_homes: usize) {
        let old = std::mem::take(&mut self.slots);
        self.lay(old.into_iter().filter(|slot| slot.key() != 0), n_homes);
    }

    /// Lays sorted slots out anew.
    fn lay(&mut self, slots: impl IntoIterator<Item = S>, n_homes: usize) {
        // A few of the last slots may stand behind all homes; a list that grows for them takes twice the room.
        self.slots = Vec::with_capacity(n_homes + 8 + n_homes.min(4096) / 64);
        self.n_homes = n_homes;
        for slot in slots {
            let home = self.home(slot.key());
            if self.slots.len() < home {
                self.slots.resize(home, S::EMPTY);
            }
            self.slots.push(slot);
        }
        if self.slots.len() < n_homes {
            self.slots.resize(n_homes, S::EMPTY);
        }
    }

    /// All slots, in the order of their keys.
    pub(super) fn iter(&self) -> impl Iterator<Item = &S> {
        self.slots.iter().filter(|slot| slot.key() != 0)
    }

    /// The memory that it takes, in bytes.
    pub(super) fn heap_bytes(&self) -> usize {
        self.slots.capacity() * size_of::<S>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    impl Slot for (u64, u8) {
        const EMPTY: (u64, u8) = (0, 0);

        fn key(&self) -> u64 {
            self.0
        }
    }

    /// A table as it must be if it holds these slots.
    fn check(table: &Table<(u64, u8)>, right: &BTreeMap<u64, u8>) {
        let all: Vec<(u64, u8)> = table.iter().copied().collect();
        assert_eq!(all, right.iter().map(|(key, value)| (*key, *value)).collect::<Vec<_>>());
        assert_eq!(table.n_used, right.len());
        for (at, slot) in table.slots.iter().enumerate().filter(|(_, slot)| slot.0 != 0) {
            let home = table.home(slot.0);
            assert!(home <= at && table.slots.get(home..at).unwrap().iter().all(|it| it.0 != 0), "{at} {slot:?}");
        }
    }

    proptest! {
        #[test]
        fn a_table_holds_what_a_map_holds(
            // Keys that crowd at both ends and in the middle, and some that do not.
            steps in prop::collection::vec((0..4u8, prop_oneof![1..9u64, (u64::MAX - 8)..=u64::MAX, (1 << 63)..(1 << 63) + 9u64, 1..=u64::MAX]), 0..200),
            is_laid_anew in any::<bool>(),
        ) {
            let (mut table, mut right) = (Table::default(), BTreeMap::new());
            for (what, key) in steps {
                if what == 0 {
                    table.remove(key);
                    right.remove(&key);
                } else {
                    table.entry((key, 0)).1 = what;
                    right.insert(key, what);
                }
                prop_assert_eq!(table.find(key).copied(), right.get(&key).map(|value| (key, *value)));
            }
            if is_laid_anew {
                table = Table::of_sorted(right.iter().map(|(key, value)| (*key, *value)), right.len());
            }
            check(&table, &right);
            for (key, value) in &right {
                prop_assert_eq!(table.find_mut(*key).copied(), Some((*key, *value)));
            }
        }
    }

    #[test]
    fn a_full_table_takes_a_fifth_more_than_its_slots() {
        let mut slots: Vec<(u64, u8)> = (1..=10_000u64).map(|it| (it.wrapping_mul(0x9e37_79b9_7f4a_7c15), 1)).collect();
        slots.sort_unstable();
        let table = Table::of_sorted(slots, 10_000);
        assert_eq!(table.iter().count(), 10_000);
        assert!(table.slots.len() < 12_100, "{}", table.slots.len());
    }

    #[test]
    fn nothing_is_found_in_an_empty_table() {
        let mut table: Table<(u64, u8)> = Table::default();
        assert!(table.find(7).is_none() && table.find_mut(7).is_none());
        table.remove(7);
        assert_eq!(table.iter().count(), 0);
    }
}
