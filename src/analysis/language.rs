//! The language of a sentence: script first, then stop words.

/// A language that sentences are judged in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
    /// Chinese, in either script.
    Chinese,
    /// Any other: language-independent cues only.
    #[default]
    Other,
}

impl Language {
    /// The ISO 639-1 code; `und` for others.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
            Language::Chinese => "zh",
            Language::Other => "und",
        }
    }
}
