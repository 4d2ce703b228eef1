//! The analysis of texts, handed out to other threads.

use super::context::Context;
use super::document::Document;
use crate::analysis::{AnalysisOptions, Depth};
use crate::model::options::Options;
use crate::model::{FileId, Role};
use std::sync::Arc;

/// The analysis of one text, to be run on any thread.
#[derive(Debug)]
pub struct Job {
    pub(super) file: FileId,
    pub(super) stamp: u64,
    /// The text as it was; copied on the job's thread, for there may be thousands.
    pub(super) document: Arc<Document>,
    pub(super) context: Arc<Context>,
    pub(super) depth: Depth,
    /// Whether the text will be asked about, but not edited or settled again.
    pub(super) is_final: bool,
}

impl Job {
    /// Whether the names have changed since, so that nobody will want what it finds: [`Corpus::finish`] would drop it.
    ///
    /// [`Corpus::finish`]: super::Corpus::finish
    #[must_use]
    pub fn is_outrun(&self) -> bool {
        self.context.is_past()
    }

    /// Does the work.
    #[must_use]
    pub fn run(self) -> Done {
        let Job { file, stamp, document, context, depth, is_final } = self;
        let mut document = Box::new(Document::clone(&document));
        document.analyse(&context, depth);
        document.find_names();
        let _ = document.settled(); // Made here, on the job's thread, for the readers to come.
        if is_final {
            document.compact();
            // A command reads each text again at once; in an editor thousands lie about.
            if depth == Depth::Mentions {
                document.pack();
            }
        }
        Done { file, stamp, document }
    }
}

/// What a [`Job`] found.
#[derive(Debug)]
pub struct Done {
    pub(super) file: FileId,
    pub(super) stamp: u64,
    pub(super) document: Box<Document>,
}

/// What the settings say to the analysis.
pub(super) fn analysis_options(options: &Options) -> AnalysisOptions {
    AnalysisOptions { claim_threshold: options.claim_threshold, places_as_governments: options.places_as_governments }
}

/// How deep a text is looked into, where closed texts are looked into at least so deep: open ones in full. A closed note
/// is like an open one in an editor, which shows what is wrong in notes.
pub(super) fn depth_of(document: &Document, least: Depth) -> Depth {
    let is_note = document.role == Role::Note && least == Depth::Mentions;
    if is_note || document.version.is_some() { Depth::Full } else { least }
}
