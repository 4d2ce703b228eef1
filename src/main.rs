//! Argument words → the server or a command; exit codes.

#![expect(clippy::disallowed_methods, reason = "the arguments and the environment are read here and nowhere else")]

/// The texts of a workspace are read by many threads and most of what that takes is given back: the system's allocator keeps
/// a third of it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use clap::Parser;
use glossator::cli::{self, Arguments, Command, Surroundings};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(stop) => {
            // Help and version come here too; a closed pipe is no reason to fail.
            let _ = stop.print();
            return ExitCode::from(if stop.use_stderr() { cli::EXIT_FAULT } else { cli::EXIT_CLEAN });
        }
    };
    if let Command::Lsp { .. } = arguments.command {
        return ExitCode::from(glossator::server::run());
    }
    let surroundings = Surroundings {
        folder: std::env::current_dir().unwrap_or_default(),
        colour: std::env::var("NO_COLOR").map_or(true, |value| value.is_empty()),
    };
    ExitCode::from(cli::run(arguments.command, &surroundings))
}
