//! Stands in for `disk` until both are in one tree: the same two functions, without limits, globs or other encodings.

use crate::model::options::Options;
use std::path::Path;

/// A file as it is on disk.
pub(crate) enum Loaded {
    /// It was read.
    Text {
        /// Workspace path.
        path: String,
        /// Its text.
        text: String,
    },
    /// It was not.
    Unreadable {
        /// Workspace path.
        path: String,
        /// For the user.
        message: String,
    },
}

/// Reads what `wanted` wants: records and their like first, then the texts.
pub(crate) fn read_workspace(
    root: &Path,
    options: &Options,
    wanted: &dyn Fn(&str) -> bool,
    emit: &mut dyn FnMut(Loaded),
) {
    let mut paths: Vec<String> = ignore::WalkBuilder::new(root)
        .build()
        .flatten()
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .filter_map(|entry| Some(entry.path().strip_prefix(root).ok()?.to_str()?.to_owned()))
        .filter(|path| wanted(path))
        .collect();
    let is_text = |path: &str| !options.actors.iter().any(|folder| path.starts_with(folder.as_str()));
    paths.sort_by_key(|path| (is_text(path), path.clone()));
    for path in paths {
        read_file(root, &path).into_iter().for_each(&mut *emit);
    }
}

/// Reads one file; `None` if it is gone.
pub(crate) fn read_file(root: &Path, path: &str) -> Option<Loaded> {
    #[expect(clippy::disallowed_methods, reason = "the real one is in src/disk.rs")]
    let bytes = std::fs::read(root.join(path)).ok()?;
    let path = path.to_owned();
    Some(match String::from_utf8(bytes) {
        Ok(text) => Loaded::Text { path, text },
        Err(_) => Loaded::Unreadable { message: format!("{path} is not UTF-8"), path },
    })
}
