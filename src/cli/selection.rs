//! Which workspace a command works in, and which of its files it speaks of.

use super::Surroundings;
use super::output::Stop;
use crate::disk::named::{self, Standing};
use std::path::{Path, PathBuf};

/// The files that a command was asked about.
#[derive(Debug)]
pub(super) struct Selection {
    /// What the user named.
    pub(super) named: Vec<Named>,
    /// Whether every file is meant, because the user named none.
    whole: bool,
}

/// A path that the user named, and that exists.
#[derive(Debug)]
pub(super) struct Named {
    /// Where it is.
    pub(super) full: PathBuf,
    /// Its path from the workspace folder, if it lies inside; empty for the folder itself.
    pub(super) inside: Option<String>,
    /// Whether it is a folder; if not, a file.
    pub(super) is_folder: bool,
}

impl Selection {
    /// Finds what the user named, from where the user stands or else from the workspace folder.
    pub(super) fn find(paths: &[PathBuf], root: &Path, surroundings: &Surroundings) -> Result<Selection, Stop> {
        let named = paths.iter().map(|path| find(path, root, surroundings)).collect::<Result<Vec<_>, _>>()?;
        Ok(Selection { named, whole: paths.is_empty() })
    }

    /// No file at all.
    pub(super) fn nothing() -> Selection {
        Selection { named: Vec::new(), whole: false }
    }

    /// Whether a file of the workspace was asked about.
    pub(super) fn selects(&self, path: &str) -> bool {
        self.whole || self.named.iter().any(|named| named.selects(path))
    }
}

impl Named {
    /// Whether this is the file of the workspace, or a folder that holds it.
    pub(super) fn selects(&self, path: &str) -> bool {
        let Some(inside) = &self.inside else { return false };
        inside.is_empty()
            || path.strip_prefix(inside.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

fn find(path: &Path, root: &Path, surroundings: &Surroundings) -> Result<Named, Stop> {
    for base in [surroundings.folder.as_path(), root] {
        let full = base.join(path);
        let is_folder = match named::standing(&full) {
            Standing::File => false,
            Standing::Folder => true,
            Standing::Other => return Err(Stop::fault(format!("{} is no regular file", path.display()))),
            Standing::Nothing => continue,
        };
        let full = named::normal(&full);
        let inside = named::relative(root, &full);
        return Ok(Named { full, inside, is_folder });
    }
    Err(Stop::fault(format!("{} does not exist; name a file or a folder that does", path.display())))
}

/// The workspace folder: the one that was asked for, else the nearest one at or above the first path, else the folder
/// in which the user stands, else (for a path elsewhere) the path's own.
pub(super) fn workspace(
    asked: Option<&Path>,
    first: Option<&Path>,
    surroundings: &Surroundings,
) -> Result<PathBuf, Stop> {
    if let Some(asked) = asked {
        let full = surroundings.folder.join(asked);
        return match named::standing(&full) {
            Standing::Folder => Ok(named::normal(&full)),
            Standing::Nothing => Err(Stop::fault(format!("the workspace {} does not exist", asked.display()))),
            Standing::File | Standing::Other => {
                Err(Stop::fault(format!("the workspace {} is no folder", asked.display())))
            }
        };
    }
    let here = named::normal(&surroundings.folder);
    let Some(first) = first else { return Ok(named::nearest_workspace(&here).unwrap_or(here)) };
    let full = named::normal(&surroundings.folder.join(first));
    let folder = match named::standing(&full) {
        Standing::Folder => full,
        Standing::File | Standing::Other | Standing::Nothing => full.parent().unwrap_or(&here).to_path_buf(),
    };
    Ok(match named::nearest_workspace(&folder) {
        Some(found) => found,
        None if folder.starts_with(&here) => here,
        None => folder,
    })
}
