//! Findings: what becomes a diagnostic in an editor or a line of `glossator check`.

use super::FileId;
use crate::text::ByteRange;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Not shown at all.
    Off,
    /// A faint mark.
    Hint,
    /// Worth knowing.
    Information,
    /// Ought to be looked at before publication.
    Warning,
    /// Something cannot work as written.
    Error,
}

/// Something that the user should know about a place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which rule speaks.
    pub code: Code,
    /// How much it matters, before the user's configuration is applied.
    pub severity: Severity,
    /// Byte offsets in the file that the finding is about.
    pub range: ByteRange,
    /// What, why, what to do; no full stop at the end.
    pub message: String,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// What a quick fix needs, so that it works without a new analysis.
    pub data: Vec<(&'static str, String)>,
}

impl Finding {
    /// A finding without related places and data.
    #[must_use]
    pub fn new(code: Code, severity: Severity, range: ByteRange, message: String) -> Finding {
        Finding { code, severity, range, message, related: Vec::new(), data: Vec::new() }
    }

    /// The same finding with one more fact for quick fixes.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Finding {
        self.data.push((name, value.into()));
        self
    }

    /// The same finding with what should stand in its place, where that is known.
    #[must_use]
    pub fn with_replacement(self, right: Option<&str>) -> Finding {
        match right {
            Some(right) => self.with("replacement", right),
            None => self,
        }
    }

    /// A fact for quick fixes.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&str> {
        self.data.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

/// Another place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The file; `None` is the file of the finding itself.
    pub file: Option<FileId>,
    /// Byte offsets in that file.
    pub range: ByteRange,
    /// What stands there.
    pub message: String,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $word:literal, $severity:ident;)+) => {
        /// The stable name of a rule. The doc comment of each is its page in the manual.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the manual's order.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)+];

            /// The code as users write it in their configuration.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Code::$variant => $word,)+ }
            }

            /// The severity when nothing else decides.
            #[must_use]
            pub fn default_severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)+ }
            }

            /// The page of the manual: Markdown, without a heading.
            #[must_use]
            pub fn manual(self) -> &'static str {
                match self { $(Code::$variant => concat!($($doc, "\n"),+),)+ }
            }
        }
    };
}

codes! {
    /// A sentence asserts something that an editor would ask a source for, and none is given.
    ///
    /// The message names the cues that made it a claim. Cite a reference (`[@key, p. 3]`), link a page, or
    /// record why it needs none. A citation covers the sentences before it, back to the start of the paragraph.
    /// A claim repeated word for word is reported once. It is a warning where the score is high (0.7), and information
    /// otherwise, or where the sentence tells what somebody says, wants or holds.
    UncitedClaim = "uncited-claim", Warning;
    /// A claim rests on a source that the reader cannot identify: "experts say", «selon des documents», 据报道.
    ///
    /// Name the source, or cite the place where it can be checked.
    VagueAttribution = "vague-attribution", Information;
    /// A claim says who said it, but not where: no citation leads to the statement. The claims of a paragraph that rest on
    /// one source are reported once, at the first of them.
    UncitedAttribution = "uncited-attribution", Hint;
    /// A citation key that no bibliography entry has.
    ///
    /// Add the entry, or correct the key; the nearest keys are named.
    UndefinedCitation = "undefined-citation", Error;
    /// A bibliography entry that no text cites and that describes no source text of the corpus.
    UnusedReference = "unused-reference", Hint;
    /// Two bibliography entries have the same key; the first one counts.
    DuplicateReference = "duplicate-reference", Error;
    /// A citation names a reference but no place in it (page, paragraph, time), so nobody can check it quickly.
    CitationWithoutLocator = "citation-without-locator", Hint;
    /// `@key` stands directly after a letter or a Han character, where Pandoc does not read a citation.
    ///
    /// Write it in brackets: `[@key]`.
    GluedCitation = "glued-citation", Warning;
    /// The archived copy has the quoted passage in other words.
    ///
    /// The message shows what differs. Quotation marks, hyphens, spaces, a capital at the start, omissions (`…`) and
    /// inserts in square brackets do not count; words, punctuation, capitals elsewhere and accents do.
    QuotationAltered = "quotation-altered", Warning;
    /// The archived copy has nothing like the quoted words; where another source text has them, it is named.
    ///
    /// A quotation in another language than the copy cannot be compared. It is reported only where another source text has
    /// it word for word, and is then better cited.
    QuotationNotFound = "quotation-not-found", Warning;
    /// The publisher of a cited reference is named in the claim, or owns, controls or belongs to somebody who is.
    ///
    /// The message shows the path, step by step; deprecated relations are not followed. A claim that says whose account
    /// it is ("Microsoft says …") may cite that account.
    SourceNotIndependent = "source-not-independent", Information;
    /// A claim cites several references whose archived copies are one text, so that it has one source only.
    ///
    /// At a reference: three or more claims of the notes rest on it, or on copies of its text, and on nothing else. Texts
    /// are copies of one another when four fifths of the shorter one's wording stand in the longer one.
    SingleSource = "single-source", Hint;
    /// The file that a reference names as its archived copy does not have the hash that was written down.
    SourceChanged = "source-changed", Warning;
    /// The file that a reference names as its archived copy is not in the corpus, so that no quotation of it can be
    /// looked up.
    ///
    /// The path begins at the workspace folder. A text of the same name in another folder, or of nearly the same name, is
    /// offered in its place; a file that `[corpus]` or an ignore file leaves out is missing too.
    MissingArchivedCopy = "missing-archived-copy", Warning;
    /// One form may name several actors and nothing near it settles which.
    ///
    /// The hover says what speaks for each, and what would settle it.
    AmbiguousMention = "ambiguous-mention", Information;
    /// A weak name (a surname, a common word) without other evidence for its actor.
    ///
    /// The hover says what would settle it. Bare names of countries and capitals on a state body's record are no weak
    /// names but places: see `places-as-governments`.
    PossibleMention = "possible-mention", Hint;
    /// A name without a record: it recurs, is quoted, or the text says who it is.
    ///
    /// Create a record for it, or leave it: a name is pointed out once in a text. Days, places and nationalities are not
    /// taken for names.
    UnknownActor = "unknown-actor", Hint;
    /// A form that is likely to be a known actor's: a translation, an abbreviation, another spelling of a name.
    ///
    /// Add it to the record's names, and every text that uses it names the actor. It counts for nothing until then.
    AliasSuggestion = "alias-suggestion", Information;
    /// A record, or a line of it, cannot be read as meant; the rest of the record is used.
    InvalidRecord = "invalid-record", Warning;
    /// Two records claim the same strong name, so that every mention of it is ambiguous.
    DuplicateName = "duplicate-name", Warning;
    /// A relation, `not` or `mergedInto` names an actor that has no record.
    UnresolvedRelation = "unresolved-relation", Warning;
    /// Ownership or control leads back to where it started.
    OwnershipCycle = "ownership-cycle", Warning;
    /// A fact or relation of a record names no source.
    ///
    /// Identifiers that name the register which they can be looked up in (`wikidataId`, `leiCode`, `isinCode` and their
    /// kin) are their own source.
    FactWithoutSource = "fact-without-source", Information;
    /// An annotation whose place in the text cannot be found again.
    OrphanedAnnotation = "orphaned-annotation", Warning;
    /// A suppression that holds nothing back, whose last day is over, or that gives no reason.
    ///
    /// `<!-- glossator-ignore uncited-claim: common knowledge (until 2027-01-31) -->` holds findings of one rule, or of
    /// several with commas between them, back: those of the sentence before it; alone on its line those of the paragraph
    /// that follows; with `glossator-ignore-file` those of the whole note. The last day may be left out. A captured text
    /// is not edited: a decision beside it does the same.
    UnusedSuppression = "unused-suppression", Information;
    /// A line of an annotation file cannot be read; it is kept as it is.
    InvalidAnnotation = "invalid-annotation", Warning;
    /// A bibliography entry cannot be read; the other entries are used.
    InvalidReference = "invalid-reference", Warning;
    /// A key or value of `glossator.toml` is unknown or wrong; its default is used.
    InvalidConfiguration = "invalid-configuration", Warning;
    /// A file of the corpus was left out, or read only in part: not UTF-8, too large, unreadable.
    UnreadableFile = "unreadable-file", Warning;
    /// The file has more findings than an editor is sent at once: the most severe ones are shown. `glossator check` lists
    /// all of them. Shorter files show all that is found.
    FindingsLeftOut = "findings-left-out", Information;
}

impl Code {
    /// Reads a code as users write it.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.word() == word)
    }
}

impl Severity {
    /// The severity as users write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Severity::Off => "off",
            Severity::Hint => "hint",
            Severity::Information => "information",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// Reads a severity as users write it.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Severity> {
        [Severity::Off, Severity::Hint, Severity::Information, Severity::Warning, Severity::Error]
            .into_iter()
            .find(|severity| severity.word() == word)
    }
}
