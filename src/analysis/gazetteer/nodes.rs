//! The nodes of the trie of names.

use super::table::Slot;

/// A node of the trie.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis) struct Node {
    /// Hash of the tokens that lead here.
    pub(in crate::analysis) key: u64,
    /// First name that ends here, by its place among the names.
    pub(super) name: u32,
    /// How many names go on from here; two bits are flags.
    pub(super) below: u32,
}

impl Slot for Node {
    const EMPTY: Node = Node { key: 0, name: NONE, below: 0 };

    fn key(&self) -> u64 {
        self.key
    }
}

pub(super) const NONE: u32 = u32::MAX;
/// A first token.
pub(super) const ROOT: u32 = 1 << 31;
/// A name that ends here may be written with small letters.
pub(super) const ANY_CASE: u32 = 1 << 30;
pub(super) const FLAGS: u32 = ROOT | ANY_CASE;

/// The flags of both, and as many names as go on from both.
pub(super) fn both(one: u32, other: u32) -> u32 {
    (one | other & FLAGS) + (other & !FLAGS)
}

impl Node {
    /// Whether a name ends here.
    pub(in crate::analysis) fn is_end(&self) -> bool {
        self.name != NONE
    }

    /// Whether longer names go on from here.
    pub(in crate::analysis) fn goes_on(&self) -> bool {
        self.below & !FLAGS > 0
    }

    /// Whether every name that ends here is an abbreviation, found in capitals only: a word in small letters is none.
    pub(in crate::analysis) fn is_caps_only(&self) -> bool {
        self.below & ANY_CASE == 0
    }
}
