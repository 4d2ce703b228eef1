//! stdout and stdin as the system sees them: what can be written or read without making anybody wait.

#[cfg(not(unix))]
use std::io::Write;

/// How long to wait for a client that reads slowly, where the system does not do it for us.
#[cfg(unix)]
const UNTIL_READ: std::time::Duration = std::time::Duration::from_millis(2);

/// Writes all of it, all at once: the buffer of [`std::io::stdout`] would write the first line by itself, and wake the
/// client for it.
#[cfg(unix)]
pub(super) fn write(mut bytes: &[u8]) -> std::io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(rustix::stdio::stdout(), bytes) {
            Ok(n_written) => bytes = bytes.get(n_written..).unwrap_or_default(),
            Err(rustix::io::Errno::INTR) => (),
            // A client may have told its end of stdout not to wait, which holds for ours as well.
            Err(rustix::io::Errno::AGAIN) => std::thread::sleep(UNTIL_READ),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn write(bytes: &[u8]) -> std::io::Result<()> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// So many bytes may wait in the pipe for the client. Most systems let everybody have as much without asking; a list of
/// diagnostics or references fits, and the client need not be waited for in the middle of it.
#[cfg(target_os = "linux")]
const WIDE: usize = 1024 * 1024;

/// Makes stdout as wide as it may be; if the system says no, it stays as it is.
pub(super) fn widen() {
    #[cfg(target_os = "linux")]
    let _ = rustix::pipe::fcntl_setpipe_size(rustix::stdio::stdout(), WIDE);
}

/// Writes what stdout takes without waiting for the client, and says how many bytes those were.
///
/// A pipe that nothing is left in takes as much as it can hold; one that is not empty is left alone, because how much more
/// fits depends on how the rest lies in its pages (pipe(7)). A socket, which is what Node.js gives its children, says how
/// much it takes. Nobody else may write to stdout meanwhile.
#[cfg(target_os = "linux")]
pub(super) fn write_at_once(bytes: &[u8]) -> std::io::Result<usize> {
    use rustix::io::Errno;
    let stdout = rustix::stdio::stdout();
    let written = match rustix::pipe::fcntl_getpipe_size(stdout) {
        Ok(capacity) if rustix::io::ioctl_fionread(stdout) == Ok(0) => {
            rustix::io::write(stdout, bytes.get(..capacity).unwrap_or(bytes))
        }
        Ok(_) => Ok(0),
        Err(_) => {
            use rustix::net::SendFlags;
            rustix::net::send(stdout, bytes, SendFlags::DONTWAIT | SendFlags::NOSIGNAL)
        }
    };
    match written {
        // The last: a terminal, or a file.
        Err(Errno::AGAIN | Errno::INTR | Errno::NOTSOCK) => Ok(0),
        written => Ok(written?),
    }
}

/// Elsewhere nothing says how much fits.
#[cfg(not(target_os = "linux"))]
pub(super) fn write_at_once(_: &[u8]) -> std::io::Result<usize> {
    Ok(0)
}

/// Whether more bytes wait in stdin; `false` where nobody can tell.
pub(super) fn has_more() -> bool {
    #[cfg(unix)]
    return rustix::io::ioctl_fionread(rustix::stdio::stdin()).is_ok_and(|n_waiting| 0 < n_waiting);
    #[cfg(not(unix))]
    false
}
