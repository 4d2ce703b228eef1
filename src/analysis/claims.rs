//! Claims: sentences that assert something checkable, with a score, a label and the cues in words.

use super::attribution::Attribution;
use super::gazetteer::Gazetteer;
use super::language::Language;
use super::mentions::Mention;
use super::{AnalysisOptions, BlockView};
use crate::text::ByteRange;

/// What one sentence (or heading, table cell, line of page chrome) says by itself.
#[derive(Clone, Debug)]
pub struct SentenceFacts {
    /// Bytes from the start of the block, without surrounding white space.
    pub range: ByteRange,
    /// The sentence's language.
    pub language: Language,
}

/// A sentence of the document, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Bytes from the start of the document.
    pub range: ByteRange,
    /// The sentence's language.
    pub language: Language,
    /// What sort of sentence it is.
    pub label: Label,
    /// The worthy head: would a fact-checker ask for the source? Calibrated, 0…1, 0.5 at the shipped threshold.
    pub score: f32,
    /// The checkable head: can it be verified at all? Calibrated alike.
    pub checkable_score: f32,
    /// Whether a fact-checking editor would demand a source.
    pub check_worthy: bool,
    /// Why, strongest first.
    pub cues: Vec<Cue>,
    /// Who is said to have said it.
    pub attribution: Option<Attribution>,
    /// Where it stands.
    pub zone: Zone,
    /// Whether the same sentence stood earlier in the document.
    pub repeated: bool,
}

/// A reason for a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// Its stable name, in words that the user understands: `number with a unit`.
    pub name: &'static str,
    /// The words of the text that made it fire, where there are any.
    pub words: String,
    /// What it added to the worthy head (integer weight).
    pub weight: i32,
}

/// What sort of sentence it is, in the words of the gold set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// The document's own voice asserts something that could be shown true or false.
    Claim,
    /// The same, with a source.
    AttributedClaim,
    /// Evaluation, motive, prediction in the document's voice.
    Opinion,
    /// The same in somebody else's.
    QuoteOpinion,
    /// A question.
    Question,
    /// Page chrome.
    Boilerplate,
    /// A date, a byline, a fragment.
    Other,
}

impl Label {
    /// The label as `glossator claims` prints it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Label::Claim => "claim",
            Label::AttributedClaim => "attributed_claim",
            Label::Opinion => "opinion",
            Label::QuoteOpinion => "quote_opinion",
            Label::Question => "question",
            Label::Boilerplate => "boilerplate",
            Label::Other => "other",
        }
    }
}

/// Where in a document a sentence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// The text itself.
    Body,
    /// A heading or headline.
    Heading,
    /// Menus, share prompts, bylines, copyright lines.
    Chrome,
    /// Front matter, code, link definitions: never judged.
    Structure,
}

impl Zone {
    /// The zone as `glossator claims` prints it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Zone::Body => "body",
            Zone::Heading => "heading",
            Zone::Chrome => "chrome",
            Zone::Structure => "structure",
        }
    }
}

/// Finds the sentences of a block and what each says by itself.
#[must_use]
pub fn read_block(_text: &str) -> Vec<SentenceFacts> {
    Vec::new()
}

/// Judges every sentence of a document.
#[must_use]
pub fn judge(
    _blocks: &[BlockView<'_>],
    _mentions: &[Mention],
    _gazetteer: &Gazetteer,
    _options: AnalysisOptions,
) -> Vec<Claim> {
    Vec::new()
}
