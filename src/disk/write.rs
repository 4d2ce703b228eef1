//! Writing: a file appears whole or not at all.

use super::{fault, inside};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Writes a file of the workspace, by its path from the folder; missing folders are made.
///
/// The new text is written beside the file, flushed to the disk and moved into place, so a reader (and a power cut)
/// sees the old text or the new one. The error is a message for the user.
pub fn write_atomic(root: &Path, path: &str, text: &str) -> Result<(), String> {
    let failed = |why: String| format!("{path} was not written: {why}");
    let root = root.canonicalize().map_err(|error| failed(fault::of_writing(&error)))?;
    let full =
        inside::lexically(&root, path).ok_or_else(|| failed("it lies outside the workspace folder".to_owned()))?;
    let folder = full.parent().unwrap_or(&root);
    // The nearest folder that exists decides: what is made below it cannot be a link.
    let nearest = folder.ancestors().find(|ancestor| ancestor.exists()).unwrap_or(&root);
    if !inside::really(&root, nearest) {
        return Err(failed("its folder is a link that leads out of the workspace folder".to_owned()));
    }
    fs::create_dir_all(folder).map_err(|error| failed(fault::of_writing(&error)))?;
    replace(&full, text.as_bytes()).map_err(|error| failed(fault::of_writing(&error)))
}

/// Puts `bytes` in the place of a file, at once.
pub(super) fn replace(full: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = aside(full);
    let written = write_aside(&aside, full, bytes).and_then(|()| fs::rename(&aside, full));
    if written.is_err() {
        // Nothing better can be done with a file that could be neither written nor removed.
        let _ = fs::remove_file(&aside);
        return written;
    }
    if let Some(folder) = full.parent().and_then(|folder| File::open(folder).ok()) {
        // Not every file system can flush a folder; the file itself is flushed.
        let _ = folder.sync_all();
    }
    Ok(())
}

/// A hidden name beside the file, which the walk passes over and nobody else uses.
fn aside(full: &Path) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = full.file_name().unwrap_or_default().to_string_lossy();
    full.with_file_name(format!(".{name}.{}-{count}.tmp", std::process::id()))
}

fn write_aside(aside: &Path, full: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(aside)?;
    file.write_all(bytes)?;
    if let Ok(old) = fs::symlink_metadata(full)
        && old.is_file()
    {
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()
}
