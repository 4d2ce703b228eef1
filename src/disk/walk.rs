//! Walking a workspace: every file, but hidden ones and those that `.gitignore` or `.glossatorignore` name.
//!
//! The rules of ignore files are the `ignore` crate's, but the walk is our own: the crate's would open an ignore file
//! that is a link to anywhere, or a pipe that nobody writes to.

use super::inside;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::fs::{self, FileType};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The ignore files of a folder, in the order in which they are asked.
const IGNORE_FILES: [&str; 2] = [".glossatorignore", ".gitignore"];

/// A file that the walk found.
pub(super) struct Found {
    /// Path from the workspace folder, with `/`.
    pub(super) path: String,
    /// Where it is.
    pub(super) full: PathBuf,
    /// Its size.
    pub(super) bytes: u64,
    /// What it is.
    pub(super) kind: FoundKind,
}

/// What the walk found.
#[derive(Clone, Copy)]
pub(super) enum FoundKind {
    /// A regular file.
    File,
    /// A symbolic link, to whatever.
    Link,
    /// A folder that cannot be looked into.
    ClosedFolder,
    /// A regular file or link whose name is not Unicode.
    BadName,
}

/// A walk on its way.
struct Walk<'a> {
    /// The workspace folder, canonical.
    root: &'a Path,
    wanted: &'a dyn Fn(&str) -> bool,
    found: Vec<Found>,
    /// The folders, with their paths from the root, each with `/` at its end.
    folders: Vec<(String, PathBuf)>,
    /// The ignore files from the root to the folder where the walk stands.
    rules: Vec<Gitignore>,
}

/// Every file under `root` (which is canonical) that is wanted, in no order.
pub(super) fn walk(root: &Path, wanted: &dyn Fn(&str) -> bool) -> Vec<Found> {
    walked(root, wanted).found
}

/// Every folder that a walk comes to, with its path from the root: empty, or with `/` at its end.
#[cfg(target_os = "linux")]
pub(super) fn folders(root: &Path) -> Vec<(String, PathBuf)> {
    walked(root, &|_| false).folders
}

fn walked<'a>(root: &'a Path, wanted: &'a dyn Fn(&str) -> bool) -> Walk<'a> {
    let mut walk = Walk { root, wanted, found: Vec::new(), folders: Vec::new(), rules: Vec::new() };
    walk.folder(root);
    walk
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return,
            Err(_) => return self.closed_folder(folder),
        };
        if let Some(path) = folder.strip_prefix(self.root).ok().and_then(inside::slashed) {
            let path = if path.is_empty() { path } else { path + "/" };
            self.folders.push((path, folder.to_path_buf()));
        }
        let n_rules = self.rules.len();
        self.rules.extend(IGNORE_FILES.iter().rev().filter_map(|name| rules(self.root, folder, name)));
        for entry in entries.flatten() {
            let Ok(file_type) = entry.file_type() else { continue };
            let full = entry.path();
            let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            if is_hidden || self.is_ignored(&full, file_type.is_dir()) {
                continue;
            }
            if file_type.is_dir() {
                self.folder(&full);
            } else {
                self.file(full, file_type);
            }
        }
        self.rules.truncate(n_rules);
    }

    /// A folder is told of if something in it would have been wanted.
    fn closed_folder(&mut self, folder: &Path) {
        let Some(path) = folder.strip_prefix(self.root).ok().and_then(inside::slashed) else { return };
        if let Some(path) = self.files_in(&path) {
            self.found.push(Found { path, full: folder.to_path_buf(), bytes: 0, kind: FoundKind::ClosedFolder });
        }
    }

    /// A name for the files of a folder that would be wanted, if any would.
    fn files_in(&self, folder: &str) -> Option<String> {
        let names = ["*.txt", "*.md", "*.yaml", "*.jsonl"].map(|name| format!("{folder}/{name}"));
        names.into_iter().find(|path| (self.wanted)(path))
    }

    fn file(&mut self, full: PathBuf, file_type: FileType) {
        let kind = match (file_type.is_file(), file_type.is_symlink()) {
            (true, _) => FoundKind::File,
            (_, true) => FoundKind::Link,
            // A pipe, a socket, a device: opening it could wait for ever.
            _ => return,
        };
        let Ok(relative) = full.strip_prefix(self.root) else { return };
        let (path, kind) = match inside::slashed(relative) {
            Some(path) => (path, kind),
            None => (relative.to_string_lossy().replace('\\', "/"), FoundKind::BadName),
        };
        if let FoundKind::Link = kind
            && !(self.wanted)(&path)
        {
            // A folder behind a link is not walked, but the user hears of one that leads out.
            if let Some(path) = self.files_in(&path).filter(|_| full.is_dir() && !inside::really(self.root, &full)) {
                self.found.push(Found { path, full, bytes: 0, kind });
            }
            return;
        }
        if (self.wanted)(&path) {
            let bytes = fs::symlink_metadata(&full).map_or(0, |metadata| metadata.len());
            self.found.push(Found { path, full, bytes, kind });
        }
    }

    /// The nearest ignore file that has something to say decides.
    fn is_ignored(&self, full: &Path, is_folder: bool) -> bool {
        for rules in self.rules.iter().rev() {
            match rules.matched(full, is_folder) {
                Match::None => continue,
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
            }
        }
        false
    }
}

/// The rules of one ignore file, if it is there, lies inside and is a text. A line that is no rule is passed over.
fn rules(root: &Path, folder: &Path, name: &str) -> Option<Gitignore> {
    let full = folder.join(name);
    if !full.is_file() || !inside::really(root, &full) {
        return None;
    }
    let text = super::decode::decode(name, super::read_bytes(&full).ok()?).ok()?;
    let mut builder = GitignoreBuilder::new(folder);
    for line in text.lines() {
        let _ = builder.add_line(None, line);
    }
    builder.build().ok()
}
