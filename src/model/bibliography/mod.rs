//! References: CSL-JSON, CSL-YAML, Hayagriva and BibLaTeX files, read with the place of every value.

use super::{Finding, Spanned};
use crate::text::ByteRange;

/// One entry of a bibliography. Ranges are bytes of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The citation key.
    pub key: Spanned<String>,
    /// The whole entry.
    pub range: ByteRange,
    /// The CSL type, translated from other formats.
    pub kind: String,
    /// Title.
    pub title: Option<Spanned<String>>,
    /// Authors, each as `Family, Given` or a literal name.
    pub authors: Vec<String>,
    /// Newspaper, journal, site.
    pub container_title: Option<String>,
    /// Publisher.
    pub publisher: Option<Spanned<String>>,
    /// Publication date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub issued: Option<String>,
    /// Address.
    pub url: Option<Spanned<String>>,
    /// Language tag.
    pub language: Option<String>,
    /// The source text of the corpus that holds a copy.
    pub copy: Option<ArchivedCopy>,
}

/// A captured copy of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchivedCopy {
    /// Path from the workspace folder, with `/`.
    pub file: Spanned<String>,
    /// `sha256:<hex>` of the copy when it was captured.
    pub sha256: Option<Spanned<String>>,
    /// When it was captured.
    pub captured: Option<String>,
    /// Where else it is archived.
    pub archive_url: Option<String>,
}

impl Reference {
    /// The reference in words, for a card: authors, year, title, container, publisher, address.
    #[must_use]
    pub fn formatted(&self) -> String {
        String::new()
    }
}

/// Reads a bibliography; the format is known by the path's ending and the content.
#[must_use]
pub fn read(_path: &str, _text: &str) -> (Vec<Reference>, Vec<Finding>) {
    (Vec::new(), Vec::new())
}
