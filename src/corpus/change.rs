//! What the writer is told.

use super::reading::Reading;
use crate::text::position::{Encoding, LineColumn};

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
    /// What stands on disk, and what it says. Ignored for a text that an editor has open.
    Read(Box<Reading>),
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

impl Edit {
    /// Whether it names places of a text; else what is wrong. Clients write any line after the last for the text's end, and
    /// begin behind the last line where they add one.
    pub(super) fn fits(&self, path: &str, n_lines: usize) -> Result<(), String> {
        match self.range {
            Some((start, end)) if n_lines < start.line as usize || end < start => Err(format!(
                "{path}: an edit from {}:{} to {}:{} does not fit the text, which has {n_lines} lines; close and open it again",
                start.line.saturating_add(1),
                start.column.saturating_add(1),
                end.line.saturating_add(1),
                end.column.saturating_add(1),
            )),
            Some(_) | None => Ok(()),
        }
    }
}
