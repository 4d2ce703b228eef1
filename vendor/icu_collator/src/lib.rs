//! What hayagriva names of `icu_collator`, without its tables of 1.2 MB.
//!
//! They are for sorting a bibliography by the rules of a language. Glossator has the CSL processor write one entry at a
//! time, so nothing is ever compared; if it were, the order would be that of the characters.

use std::cmp::Ordering;
use std::convert::Infallible;

/// How to compare.
pub mod options {
    /// Nothing to choose.
    #[derive(Clone, Copy, Debug, Default)]
    pub struct CollatorOptions;
}

/// Whose rules to follow: nobody's.
#[derive(Clone, Copy, Debug)]
pub struct CollatorPreferences;

impl From<icu_locale_core::Locale> for CollatorPreferences {
    fn from(_: icu_locale_core::Locale) -> CollatorPreferences {
        CollatorPreferences
    }
}

/// Compares by the numbers of the characters.
#[derive(Clone, Copy, Debug)]
pub struct Collator;

impl Collator {
    /// Never fails.
    ///
    /// # Errors
    /// None; the type is that of the real one, as far as its callers see.
    pub fn try_new(_: CollatorPreferences, _: options::CollatorOptions) -> Result<Collator, Infallible> {
        Ok(Collator)
    }

    /// The order of two texts.
    #[must_use]
    pub fn compare(&self, one: &str, two: &str) -> Ordering {
        one.cmp(two)
    }
}
