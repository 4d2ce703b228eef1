//! The commands: the same engine without an editor.
//!
//! A command reads the workspace into a [`crate::corpus::Corpus`], as the server does, takes one snapshot and prints
//! what the features say of it. Results go to standard output, everything else to standard error.

mod arguments;
mod baseline;
mod check;
mod decisions;
mod explain;
mod export;
mod import;
mod init;
mod offsets;
mod output;
mod print;
mod progress;
mod schema;
mod selection;
mod session;
mod stream;
mod texts;

pub use arguments::{Arguments, Command};

use output::{Output, Stop};
use std::path::PathBuf;

/// Nothing to complain of.
pub const EXIT_CLEAN: u8 = 0;
/// Something is at or above the denied severity.
pub const EXIT_FOUND: u8 = 1;
/// The command could not do what it was asked.
pub const EXIT_FAULT: u8 = 2;

/// What a command knows of the world around it, apart from its arguments.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The folder in which the user stands.
    pub folder: PathBuf,
    /// Whether the user allows colours where they can be shown (`NO_COLOR`).
    pub colour: bool,
}

/// Runs a command and says how it ended, as an exit code. [`Command::Lsp`] is not for here: the server runs it.
#[must_use]
pub fn run(command: Command, surroundings: &Surroundings) -> u8 {
    let mut out = Output::new(surroundings.colour);
    let ended = match command {
        Command::Lsp { .. } => Err(Stop::fault("the language server is not a command of the command line")),
        Command::Check(arguments) => check::run(&arguments, surroundings, &mut out),
        Command::Mentions(arguments) => texts::run(texts::Question::Mentions, &arguments, surroundings, &mut out),
        Command::Claims(arguments) => texts::run(texts::Question::Claims, &arguments, surroundings, &mut out),
        Command::Explain { place, workspace } => explain::run(&place, workspace.as_deref(), surroundings, &mut out),
        Command::Schema { of } => schema::run(of, &mut out),
        Command::Import(arguments) => import::run(&arguments, surroundings, &mut out),
        Command::Export(arguments) => export::run(&arguments, surroundings, &mut out),
        Command::Init { folder } => init::run(folder.as_deref(), surroundings, &mut out),
    };
    match ended.and_then(|code| out.finish().map(|()| code)) {
        Ok(code) => code,
        // Whoever reads our output has seen enough.
        Err(Stop::ClosedPipe) => EXIT_CLEAN,
        Err(Stop::Fault(message)) => {
            output::tell(&format!("glossator: {message}"));
            EXIT_FAULT
        }
    }
}
