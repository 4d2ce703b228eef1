//! A file of the corpus: its text and what was found in it.

use crate::analysis::Settled;
use crate::model::{FileId, Role};
use crate::text::buffer::Buffer;
use std::sync::Arc;

/// A file of the corpus; never changes.
#[derive(Debug)]
pub struct Document {
    /// The file.
    pub file: FileId,
    /// Workspace path.
    pub path: Arc<str>,
    /// What the file is.
    pub role: Role,
    /// The editor's version, where an editor has it open.
    pub version: Option<i32>,
    /// The text.
    pub buffer: Buffer,
}

impl Document {
    /// Mentions and claims of a text; empty for other roles.
    #[must_use]
    pub fn settled(&self) -> &Settled {
        static EMPTY: Settled = Settled { mentions: Vec::new(), claims: Vec::new() };
        &EMPTY
    }
}
