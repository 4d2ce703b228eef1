//! The user's decisions: W3C Web Annotations, one a line, anchored by quotation, context and position.

mod anchor;
mod course;
mod folded;
mod fuzzy;
mod likeness;
mod places;
mod read;
mod rebuilt;
mod together;
mod twins;
mod verbatim;
mod write;

#[cfg(test)]
mod tests;

use super::{Finding, Spanned};
use crate::text::ByteRange;
pub use folded::Folded;
pub use places::Places;

/// The namespace of our own terms, `gl:` in the files.
pub const NAMESPACE: &str = "urn:glossator:ns#";

/// One decision about a place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// The annotation's IRI.
    pub id: String,
    /// The line in the annotation file.
    pub range: ByteRange,
    /// What was decided.
    pub decision: Decision,
    /// Where.
    pub anchor: Anchor,
    /// Who decided, as written.
    pub creator: Option<String>,
    /// When, as written (RFC 3339).
    pub created: Option<String>,
}

/// What the user decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// This is, is not, or may be that actor.
    Identity {
        /// The actor's id.
        actor: Spanned<String>,
        /// Is it?
        judgement: Judgement,
    },
    /// This claim is backed by that reference.
    Backed {
        /// The citation key.
        key: Spanned<String>,
        /// A place in the source.
        locator: Option<String>,
        /// The words in the archived copy.
        quotation: Option<String>,
    },
    /// A citation is needed here.
    CitationNeeded,
    /// A verdict about a claim.
    Assessed {
        /// The verdict.
        verdict: Verdict,
        /// Why, where it will not be cited.
        reason: Option<String>,
    },
    /// Findings of one rule are held back here.
    Suppressed {
        /// The rule's code.
        code: Spanned<String>,
        /// Why.
        reason: Option<String>,
        /// The last day (`YYYY-MM-DD`) on which it counts.
        until: Option<String>,
    },
    /// A free remark.
    Comment(String),
}

impl Decision {
    /// The actor that the decision names.
    #[must_use]
    pub fn actor(&self) -> Option<&Spanned<String>> {
        if let Decision::Identity { actor, .. } = self { Some(actor) } else { None }
    }

    /// The citation key that the decision names.
    #[must_use]
    pub fn key(&self) -> Option<&Spanned<String>> {
        if let Decision::Backed { key, .. } = self { Some(key) } else { None }
    }
}

/// The answer to "is this that actor?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It is.
    Positive,
    /// It is not.
    Negative,
    /// The user could not tell.
    Unsure,
}

/// The outcome of checking a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The source says so.
    Verified,
    /// The source says otherwise, or sources differ.
    Disputed,
    /// It needs no citation; the reason says why.
    WillNotCite,
}

impl Judgement {
    /// The judgement as files have it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Judgement::Positive => "positive",
            Judgement::Negative => "negative",
            Judgement::Unsure => "unsure",
        }
    }
}

impl Verdict {
    /// The verdict as files have it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Verified => "verified",
            Verdict::Disputed => "disputed",
            Verdict::WillNotCite => "wont-cite",
        }
    }
}

/// The place of an annotation, in the terms of the W3C Web Annotation Data Model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// The annotated text's path from the workspace folder.
    pub source: String,
    /// The annotated words (TextQuoteSelector `exact`).
    pub exact: String,
    /// The 32 code points before.
    pub prefix: String,
    /// The 32 code points after.
    pub suffix: String,
    /// Start and end in Unicode code points (TextPositionSelector).
    pub position: Option<(u32, u32)>,
    /// `sha256` (hex) of the text at the time.
    pub sha256: Option<String>,
    /// How much of this context (in percent) stood around the likest other place with the same words at the time.
    pub rival: Option<u8>,
}

impl Anchor {
    /// Whether words are still the annotated ones: at most a fifth of them differs, typography apart.
    #[must_use]
    pub fn is_about(&self, words: &str) -> bool {
        fuzzy::is_near(&folded::fold(&self.exact), &folded::fold(words))
    }
}

/// Reads an annotation file, line by line. A line that cannot be read is a finding; writers keep it as it is.
#[must_use]
pub fn read(text: &str) -> (Vec<Annotation>, Vec<Finding>) {
    read::read_lines(text)
}
