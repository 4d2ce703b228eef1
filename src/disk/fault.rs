//! What went wrong with a file, and what the user can do about it.

use std::io::{Error, ErrorKind};
use std::path::Path;

/// Whether a path ends in links that lead back to themselves.
pub(super) fn is_loop(full: &Path) -> bool {
    #[cfg(unix)]
    {
        let fault = std::fs::metadata(full).err().and_then(|error| error.raw_os_error());
        fault == Some(rustix::io::Errno::LOOP.raw_os_error())
    }
    #[cfg(not(unix))]
    {
        // There the system has no word of its own for it: such a link leads nowhere.
        let _ = full;
        false
    }
}

/// What to do about a file that cannot be read.
pub(super) fn of_reading(error: &Error) -> &'static str {
    let is_closed = error.kind() == ErrorKind::PermissionDenied;
    if is_closed { "check its permissions" } else { "try again, or leave it out with `exclude`" }
}

/// Why a file was not written, and what to do.
pub(super) fn of_writing(error: &Error) -> String {
    let kind = error.kind();
    let remedy = if matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge) {
        "there is no room for it; make room and try again"
    } else if matches!(kind, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) {
        "check the permissions of its folder"
    } else if kind == ErrorKind::IsADirectory {
        "a folder stands in its place; move it away"
    } else if matches!(kind, ErrorKind::NotADirectory | ErrorKind::AlreadyExists) {
        "a file stands where its folder should be; move it away"
    } else {
        "try again"
    };
    format!("{error}; {remedy}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_its_remedy() {
        for (kind, words) in [
            (ErrorKind::StorageFull, "make room"),
            (ErrorKind::QuotaExceeded, "make room"),
            (ErrorKind::PermissionDenied, "permissions"),
            (ErrorKind::ReadOnlyFilesystem, "permissions"),
            (ErrorKind::IsADirectory, "a folder stands in its place"),
            (ErrorKind::NotADirectory, "a file stands where"),
            (ErrorKind::Interrupted, "try again"),
        ] {
            assert!(of_writing(&kind.into()).contains(words), "{kind:?}");
        }
        assert!(of_reading(&ErrorKind::PermissionDenied.into()).contains("permissions"));
        assert!(of_reading(&ErrorKind::TimedOut.into()).contains("try again"));
    }
}
