//! Whether a path stays inside the workspace folder, by its words and in truth.

use std::path::{Component, Path, PathBuf};

/// The place of a workspace path, if its words stay inside: relative, no `..`.
pub(super) fn lexically(root: &Path, path: &str) -> Option<PathBuf> {
    let relative = Path::new(path);
    let plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
    (plain && !path.is_empty()).then(|| root.join(relative))
}

/// Whether an existing place lies in `root` (which is canonical) after every symbolic link is followed.
pub(super) fn really(root: &Path, full: &Path) -> bool {
    full.canonicalize().is_ok_and(|real| real.starts_with(root))
}

/// A relative path with `/`; `None` where a part is not Unicode.
pub(super) fn slashed(relative: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}
