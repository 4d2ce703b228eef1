//! Hearing of files that change, where the editor does not tell.
//!
//! The system tells of each folder alone, so every folder that is walked is watched, and a new one as soon as it is seen.
//! Nothing is asked for at intervals: a workspace where nothing happens costs nothing.

use super::walk;
use rustix::fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags};
use std::collections::{BTreeSet, HashMap};
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::time::Duration;

/// Changes that come within this time are told together.
const PAUSE: Duration = Duration::from_millis(20);

/// The same for what makes everything be looked at: somebody unpacks an archive.
const LONG_PAUSE: Duration = Duration::from_millis(500);

/// What has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Files and folders, by their paths from the workspace folder; written, made, or gone.
    Places(Vec<String>),
    /// So much that it was not told: everything has to be looked at.
    Everything,
}

/// Hands what changes in a workspace folder to `each`, until that says `false`. Hidden files and ignored folders are left
/// out.
///
/// # Errors
/// The system watches no (more) folders; `each` is not called any more.
pub fn watch(root: &Path, each: &mut dyn FnMut(Changed) -> bool) -> Result<(), String> {
    let fault = |error| {
        format!("files that other programs change are not noticed: the system watches no more folders ({error})")
    };
    let root = root.canonicalize().map_err(|error| fault(error.to_string()))?;
    let queue = inotify::init(CreateFlags::CLOEXEC).map_err(|error| fault(error.to_string()))?;
    let mut watched = HashMap::new();
    add(&root, &queue, &mut watched).map_err(|error| fault(error.to_string()))?;
    let mut space = [MaybeUninit::uninit(); 16 * 1024];
    let mut reader = Reader::new(&queue, &mut space);
    loop {
        let (mut places, mut folders, mut everything) = (BTreeSet::new(), false, false);
        loop {
            let event = reader.next().map_err(|error| fault(error.to_string()))?;
            let what = event.events();
            if what.contains(ReadFlags::IGNORED) {
                watched.remove(&event.wd());
            } else if what.intersects(ReadFlags::QUEUE_OVERFLOW) {
                everything = true;
            } else if let Some(name) = event.file_name().and_then(|name| name.to_str().ok())
                && let Some(folder) = watched.get(&event.wd())
                && !name.starts_with('.')
            {
                folders |= what.contains(ReadFlags::ISDIR);
                // Whoever hears of a place takes it for a file if its name has an ending.
                everything |= what.contains(ReadFlags::ISDIR) && name.contains('.');
                places.insert(format!("{folder}{name}"));
            }
            if reader.is_buffer_empty() {
                break;
            }
        }
        if folders || everything {
            // Before it is told, so that nothing is missed between.
            add(&root, &queue, &mut watched).map_err(|error| fault(error.to_string()))?;
        }
        let goes_on = match everything {
            true => each(Changed::Everything),
            false => places.is_empty() || each(Changed::Places(places.into_iter().collect())),
        };
        if !goes_on {
            return Ok(());
        }
        std::thread::sleep(if everything { LONG_PAUSE } else { PAUSE });
    }
}

/// Watches every folder that is not watched yet; keeps their paths, each with `/` at its end.
fn add(root: &Path, queue: &OwnedFd, watched: &mut HashMap<i32, String>) -> rustix::io::Result<()> {
    let files = WatchFlags::CREATE | WatchFlags::DELETE | WatchFlags::CLOSE_WRITE;
    let moves = WatchFlags::MOVED_FROM | WatchFlags::MOVED_TO;
    let folders = WatchFlags::ONLYDIR | WatchFlags::DONT_FOLLOW | WatchFlags::EXCL_UNLINK;
    for (path, full) in walk::folders(root) {
        match inotify::add_watch(queue, &full, files | moves | folders) {
            Ok(number) => drop(watched.insert(number, path)),
            // It went away meanwhile.
            Err(rustix::io::Errno::NOENT | rustix::io::Errno::NOTDIR) => (),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
