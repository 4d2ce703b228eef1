//! Anchors: what is stored of a place, so that it can be found again.

use super::Anchor;
use super::places::Places;
use crate::text::ByteRange;

/// How many code points of context are stored on each side.
pub(super) const CONTEXT: usize = 32;

impl Anchor {
    /// An anchor for `range` of `text`; `sha256` is the hash (hex) of the whole text, where the caller has it.
    ///
    /// `None` where the range does not fit the text or is empty.
    #[must_use]
    pub fn make(source: &str, text: &str, range: ByteRange, sha256: Option<&str>) -> Option<Anchor> {
        Places::new(text).anchor(source, range, sha256)
    }

    /// Finds the place again in `text`, in bytes; `None` is an orphan. Never a look-alike.
    ///
    /// Without the text's hash nobody knows whether the stored position still holds, so copies of one passage cannot be
    /// told apart; [`Anchor::find_hashed`] can.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<ByteRange> {
        Places::new(text).find(self)
    }

    /// The same, where the hash (hex) of `text` is known: with the stored hash, the stored position is right as it is.
    #[must_use]
    pub fn find_hashed(&self, text: &str, sha256: &str) -> Option<ByteRange> {
        Places::hashed(text, sha256).find(self)
    }

    /// Places where the same words stand but for typography, white space and case, the likeliest first: for the user to
    /// choose from where [`Anchor::find`] takes none.
    #[must_use]
    pub fn candidates(&self, text: &str) -> Vec<ByteRange> {
        Places::new(text).candidates(self)
    }
}
