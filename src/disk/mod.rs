//! The only place that touches the file system: walk, decode, read, write. The clock is here too.
//!
//! A workspace may come from a stranger, so nothing in it makes Glossator read outside its folder: symbolic links that
//! lead out are not followed, `.gitignore` files above the folder are not read, and only regular files are opened.
//! What is left out for a reason that the user should know comes back as [`Loaded::Unreadable`].

#![expect(clippy::disallowed_methods, reason = "this is the layer that may touch the file system")]

pub mod clock;
mod decode;
mod fault;
mod inside;
pub mod named;
mod registry;
mod walk;
#[cfg(target_os = "linux")]
mod watch;
mod write;

pub use registry::registry_lines;
#[cfg(target_os = "linux")]
pub use watch::{Changed, watch};
pub use write::write_atomic;

use crate::model::options::Options;
use rayon::prelude::*;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use walk::{Found, FoundKind};

/// The name of the configuration file, in the workspace folder.
pub const CONFIGURATION: &str = "glossator.toml";

/// A larger file is left out, and the user is told: 64 MB.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// How many bytes are read ahead of the one who takes the files.
const READ_AHEAD_BYTES: u64 = 32 << 20;

/// How many files are read ahead of the one who takes them.
const READ_AHEAD_FILES: usize = 512;

/// A file of the workspace, as it stands on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loaded {
    /// A text.
    Text {
        /// Path from the workspace folder, with `/`.
        path: String,
        /// The decoded text, line ends untouched, without a byte order mark (editors hide it).
        text: String,
    },
    /// A file that could not be read as a text.
    Unreadable {
        /// Path from the workspace folder, with `/`.
        path: String,
        /// What, why, what to do.
        message: String,
    },
}

/// Reads every file of the workspace that `wanted` asks for, by its path, and hands it to `emit`.
///
/// The order is always the same: the configuration, records, bibliographies, annotations, then texts, each group by
/// path. Hidden files and what `.gitignore` and `.glossatorignore` name are left out.
pub fn read_workspace(root: &Path, options: &Options, wanted: &dyn Fn(&str) -> bool, emit: &mut dyn FnMut(Loaded)) {
    read_workspace_as(root, options, wanted, &|loaded| loaded, emit);
}

/// The same, where `prepare` is run for several files at once.
pub fn read_workspace_as<T: Send>(
    root: &Path,
    options: &Options,
    wanted: &dyn Fn(&str) -> bool,
    prepare: &(dyn Fn(Loaded) -> T + Sync),
    emit: &mut dyn FnMut(T),
) {
    let Ok(root) = root.canonicalize() else { return };
    let mut files = walk::walk(&root, wanted);
    files.sort_by_cached_key(|found| (reading_order(&found.path, options), found.path.clone()));
    let mut rest = files.as_slice();
    while !rest.is_empty() {
        let mut bytes = 0;
        let fits = rest.iter().take(READ_AHEAD_FILES).take_while(|found| {
            let fits = bytes < READ_AHEAD_BYTES;
            bytes += found.bytes;
            fits
        });
        let (now, later) = rest.split_at(fits.count().max(1));
        let loaded: Vec<Option<T>> = now.par_iter().map(|found| read_found(&root, found).map(prepare)).collect();
        loaded.into_iter().flatten().for_each(&mut *emit);
        rest = later;
    }
}

/// The files in some folders, by their paths from the workspace folder, as [`read_workspace`] would find them.
#[must_use]
pub fn files_below(root: &Path, folders: &[String]) -> Vec<String> {
    let Ok(root) = root.canonicalize() else { return Vec::new() };
    let below = |path: &str| {
        let rest = |folder: &String| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
        folders.iter().any(rest)
    };
    walk::walk(&root, &below).into_iter().map(|found| found.path).collect()
}

/// Reads `glossator.toml`, where there is one.
#[must_use]
pub fn read_configuration(root: &Path) -> Option<Loaded> {
    read_file(root, CONFIGURATION)
}

/// Reads one file by its path from the workspace folder; `None` is gone, no file, or outside the folder.
#[must_use]
pub fn read_file(root: &Path, path: &str) -> Option<Loaded> {
    let root = root.canonicalize().ok()?;
    let full = inside::lexically(&root, path)?;
    if fault::is_loop(&full) {
        return Some(leads_back(path));
    }
    if !full.exists() {
        return None;
    }
    if !inside::really(&root, &full) {
        return Some(leads_out(path));
    }
    full.is_file().then(|| read_regular(path, &full)).flatten()
}

/// Records and references come first, so that the first text is analysed once, not again when a name is read.
fn reading_order(path: &str, options: &Options) -> u8 {
    let under = |folder: &String| {
        let folder = folder.trim_end_matches('/');
        path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if path == CONFIGURATION {
        0
    } else if options.actors.iter().any(under) {
        1
    } else if options.references.iter().any(under) {
        2
    } else if under(&options.annotations) {
        3
    } else {
        4
    }
}

fn read_found(root: &Path, found: &Found) -> Option<Loaded> {
    match found.kind {
        FoundKind::File => read_regular(&found.path, &found.full),
        FoundKind::Link if fault::is_loop(&found.full) => Some(leads_back(&found.path)),
        FoundKind::Link if !inside::really(root, &found.full) => {
            // A link that leads nowhere is nothing to read; one that leads out is told.
            found.full.exists().then(|| leads_out(&found.path))
        }
        // Folders behind links are not walked: their files stand elsewhere in the workspace.
        FoundKind::Link => found.full.is_file().then(|| read_regular(&found.path, &found.full)).flatten(),
        FoundKind::ClosedFolder => {
            let message = format!(
                "the folder {} cannot be read, so what is in it was left out; check its permissions, or name it in `exclude`",
                of_folder(&found.path)
            );
            Some(Loaded::Unreadable { path: found.path.clone(), message })
        }
        FoundKind::BadName => {
            let message = format!("the name of {} is not Unicode, so the file was left out; rename it", found.path);
            Some(Loaded::Unreadable { path: found.path.clone(), message })
        }
    }
}

/// `corpus/closed/*.txt` stands for what a folder would hold.
fn of_folder(path: &str) -> &str {
    path.rsplit_once("/*").map_or(path, |(folder, _)| folder)
}

fn leads_out(path: &str) -> Loaded {
    let message = format!(
        "{} is a link that leads out of the workspace folder, so it was not read; copy the file here",
        of_folder(path)
    );
    Loaded::Unreadable { path: path.to_owned(), message }
}

fn leads_back(path: &str) -> Loaded {
    let message = format!("{path} is a link that leads back to itself, so there is nothing to read; remove it");
    Loaded::Unreadable { path: path.to_owned(), message }
}

/// Reads a regular file; `None` where it went away meanwhile.
fn read_regular(path: &str, full: &Path) -> Option<Loaded> {
    let bytes = match read_bytes(full) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => {
            let message = format!("{path} cannot be read ({error}); {}", fault::of_reading(&error));
            return Some(Loaded::Unreadable { path: path.to_owned(), message });
        }
    };
    Some(match decode::decode(path, bytes) {
        Ok(text) => Loaded::Text { path: path.to_owned(), text },
        Err(message) => Loaded::Unreadable { path: path.to_owned(), message },
    })
}

/// The bytes of a file, never more than one past the limit, however fast the file grows.
fn read_bytes(full: &Path) -> std::io::Result<Vec<u8>> {
    let length = fs::metadata(full)?.len().min(MAX_FILE_BYTES);
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    File::open(full)?.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
