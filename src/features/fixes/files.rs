//! Files as fixes see them.

use super::FileEdit;
use crate::corpus::Snapshot;
use crate::model::{FileId, Role};

/// Whether a file is a captured text, which nothing edits.
pub(super) fn is_source(snapshot: &Snapshot, file: FileId) -> bool {
    snapshot.document(file).is_none_or(|document| document.role == Role::Source)
}

/// The workspace path of the file that an edit changes or makes.
pub(super) fn path<'e>(snapshot: &'e Snapshot, edit: &'e FileEdit) -> &'e str {
    match edit {
        FileEdit::Change(file, _) => snapshot.path(*file),
        FileEdit::Create(path, _) => path,
    }
}

/// How a text ends its lines.
pub(super) fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
