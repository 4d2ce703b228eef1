//! Files and folders that the user named on the command line: these may lie anywhere, since the user asked for them.

use super::{CONFIGURATION, Loaded, fault, inside, read_regular, write};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A regular file, perhaps behind a link.
    File,
    /// A folder, perhaps behind a link.
    Folder,
    /// A device, a pipe, a socket: not to be opened.
    Other,
    /// Nothing.
    Nothing,
}

/// What stands at a path.
#[must_use]
pub fn standing(path: &Path) -> Standing {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Standing::File,
        Ok(metadata) if metadata.is_dir() => Standing::Folder,
        Ok(_) => Standing::Other,
        Err(_) => Standing::Nothing,
    }
}

/// The same place without `..` and without links among its folders; a link in the last place keeps its own name.
#[must_use]
pub fn normal(path: &Path) -> PathBuf {
    let whole = || path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if standing(path) == Standing::File => {
            parent.canonicalize().map_or_else(|_| path.to_path_buf(), |parent| parent.join(name))
        }
        _ => whole(),
    }
}

/// The path from `folder` with `/`; `None` where it lies elsewhere. Both must be [`normal`].
#[must_use]
pub fn relative(folder: &Path, path: &Path) -> Option<String> {
    inside::slashed(path.strip_prefix(folder).ok()?)
}

/// Reads a file under the name that messages should use; `None` where there is none.
#[must_use]
pub fn read(path: &Path, shown: &str) -> Option<Loaded> {
    (standing(path) == Standing::File).then(|| read_regular(shown, path)).flatten()
}

/// Opens a file to be read bit by bit, however large it is.
pub fn open(path: &Path) -> std::io::Result<impl std::io::Read> {
    std::fs::File::open(path)
}

/// Puts a text in the place of a file, at once.
pub fn write(path: &Path, text: &str) -> Result<(), String> {
    write::replace(path, text.as_bytes())
        .map_err(|error| format!("{} was not written: {}", path.display(), fault::of_writing(&error)))
}

/// Writes a new file; `Ok(false)` where something stands there already, which is left as it is.
pub fn write_new(path: &Path, text: &str) -> Result<bool, String> {
    let failed = |error: std::io::Error| format!("{} was not written: {}", path.display(), fault::of_writing(&error));
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| true).map_err(failed),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

/// Makes a folder and those above it; `Ok(false)` where it stands already.
pub fn make_folder(path: &Path) -> Result<bool, String> {
    if standing(path) == Standing::Folder {
        return Ok(false);
    }
    fs::create_dir_all(path)
        .map(|()| true)
        .map_err(|error| format!("{} was not made: {}", path.display(), fault::of_writing(&error)))
}

/// The nearest workspace folder at or above a folder: one with a configuration, else one with records or references.
///
/// The search ends at the top of a git repository, so that a stray file in a home folder does not claim everything.
#[must_use]
pub fn nearest_workspace(folder: &Path) -> Option<PathBuf> {
    let mut likely = None;
    for ancestor in folder.ancestors() {
        if standing(&ancestor.join(CONFIGURATION)) == Standing::File {
            return Some(ancestor.to_path_buf());
        }
        let bibliography = ["references.yaml", "references.json", "references.bib"];
        let has_sources = bibliography.iter().any(|name| standing(&ancestor.join(name)) == Standing::File);
        if likely.is_none() && (has_sources || standing(&ancestor.join("actors")) == Standing::Folder) {
            likely = Some(ancestor.to_path_buf());
        }
        if ancestor.join(".git").exists() {
            break;
        }
    }
    likely
}
