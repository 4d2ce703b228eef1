//! Standard output, buffered and locked for the whole command, and the two ways in which a command stops early.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

/// Why a command stopped early.
#[derive(Debug)]
pub(super) enum Stop {
    /// The reader of our output went away: no fault.
    ClosedPipe,
    /// For the user: the thing, the fault, the remedy.
    Fault(String),
}

impl Stop {
    pub(super) fn fault(message: impl Into<String>) -> Stop {
        Stop::Fault(message.into())
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Stop::ClosedPipe;
        }
        Stop::Fault(format!("the output cannot be written: {error}"))
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Stop {
        io::Error::from(error).into()
    }
}

/// How a command ends: an exit code, or early.
pub(super) type Ended = Result<u8, Stop>;

/// Standard output.
pub(super) struct Output {
    writer: BufWriter<StdoutLock<'static>>,
    /// Whether a person looks at it.
    pub(super) terminal: bool,
    /// Whether colours can be shown and are allowed.
    pub(super) colour: bool,
}

impl Output {
    pub(super) fn new(colour: bool) -> Output {
        let lock = io::stdout().lock();
        let terminal = lock.is_terminal();
        Output { writer: BufWriter::with_capacity(1 << 16, lock), terminal, colour: colour && terminal }
    }

    /// Hands everything on to whoever reads.
    pub(super) fn finish(&mut self) -> Result<(), Stop> {
        Ok(self.writer.flush()?)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Says something that is no result, on standard error.
pub(super) fn tell(line: &str) {
    // Where standard error is closed nobody wants to know.
    let _ = writeln!(io::stderr().lock(), "{line}");
}
