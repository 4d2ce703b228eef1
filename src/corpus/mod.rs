//! The corpus: all files of a workspace and what they say, changed by one writer, read through snapshots.
//!
//! The desk (or a command) owns a [`Corpus`] and applies changes to it. Readers get a [`Snapshot`], which never changes.
//! The costly part of a change, analysing texts, is handed out as [`Job`]s: pure functions that may run on any thread.

pub mod document;
pub mod registry;

use crate::model::options::Options;
use crate::model::{FileId, Finding, Role};
use crate::text::Revision;
use crate::text::position::{Encoding, LineColumn};
pub use document::Document;
pub use registry::Registry;
use std::sync::Arc;

/// A change that the writer applies. Paths are workspace paths: relative to the workspace folder, with `/`
/// (`corpus/a.txt`); a text outside the folder has its URI or absolute path instead, and counts as a note.
#[derive(Clone, Debug)]
pub enum Change {
    /// What stands on disk. Ignored for a text that an editor has open.
    Loaded {
        /// Workspace path.
        path: String,
        /// The decoded text.
        text: String,
    },
    /// An editor opened a text; from now on its words count, not the disk's.
    Opened {
        /// Workspace path.
        path: String,
        /// The whole text.
        text: String,
        /// The editor's version.
        version: i32,
    },
    /// An editor changed an open text.
    Edited {
        /// Workspace path.
        path: String,
        /// The version after the edits.
        version: i32,
        /// The edits, each relative to the text after the one before.
        edits: Vec<Edit>,
        /// How the edits count columns.
        encoding: Encoding,
    },
    /// An editor closed a text. Follow it with `Loaded` or `Removed`, whatever the disk says.
    Closed {
        /// Workspace path.
        path: String,
    },
    /// The file is gone from disk. Ignored for a text that an editor has open.
    Removed {
        /// Workspace path.
        path: String,
    },
    /// A file could not be read whole: the message says what, why and what to do.
    Unreadable {
        /// Workspace path.
        path: String,
        /// For the user.
        message: String,
    },
    /// Settings of the client, which go over `glossator.toml` where both speak; the same keys as JSON text.
    Settings(String),
}

/// One edit of an open text.
#[derive(Clone, Debug)]
pub struct Edit {
    /// What is replaced; `None` is the whole text.
    pub range: Option<(LineColumn, LineColumn)>,
    /// The new words.
    pub text: String,
}

/// All files of a workspace, on the writer's side.
#[derive(Debug, Default)]
pub struct Corpus {}

impl Corpus {
    /// An empty corpus with the default options.
    #[must_use]
    pub fn new() -> Corpus {
        Corpus::default()
    }

    /// The options in force.
    #[must_use]
    pub fn options(&self) -> Arc<Options> {
        Arc::new(Options::default())
    }

    /// What a workspace path is to Glossator; `None` is none of its business.
    #[must_use]
    pub fn role(&self, _path: &str) -> Option<Role> {
        None
    }

    /// Applies one change. Edits of open texts are analysed at once, block by block; everything else waits for
    /// [`Corpus::jobs`]. Errors are messages for the log: a version that does not rise, an edit of a text not open.
    pub fn apply(&mut self, _change: Change) -> Result<(), String> {
        Ok(())
    }

    /// Rebuilds what depends on many files (names, bibliography) if it changed, and hands out the texts that must be
    /// analysed again, open ones first.
    pub fn jobs(&mut self) -> Vec<Job> {
        Vec::new()
    }

    /// Takes the result of a job; one that the text has outrun is dropped.
    pub fn finish(&mut self, _done: Done) {}

    /// The state for readers; the same `Arc` until the next change.
    pub fn snapshot(&mut self) -> Arc<Snapshot> {
        Arc::new(Snapshot::default())
    }
}

/// The analysis of one text, to be run on any thread.
#[derive(Debug)]
pub struct Job {}

impl Job {
    /// Does the work.
    #[must_use]
    pub fn run(self) -> Done {
        Done {}
    }
}

/// What a [`Job`] found.
#[derive(Debug)]
pub struct Done {}

/// The state of the corpus at one revision; never changes.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// Its number.
    pub revision: Revision,
    /// The options in force.
    pub options: Arc<Options>,
    /// Actors and references.
    pub registry: Arc<Registry>,
}

impl Snapshot {
    /// The file at a workspace path.
    #[must_use]
    pub fn file(&self, _path: &str) -> Option<FileId> {
        None
    }

    /// A file of the corpus, of whatever role.
    #[must_use]
    pub fn document(&self, _file: FileId) -> Option<&Document> {
        None
    }

    /// All files, in the order of their paths.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        std::iter::empty()
    }

    /// The findings that reading the file itself gave (bad YAML, unknown keys, not UTF-8).
    #[must_use]
    pub fn reading_findings(&self, _file: FileId) -> &[Finding] {
        &[]
    }
}
