//! Argument words → the server or a command; exit codes.

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    #[expect(clippy::disallowed_methods, reason = "the environment is read here only")]
    let word = std::env::args().nth(1);
    match word.as_deref() {
        Some("--version") => {
            let _ = writeln!(std::io::stdout(), "glossator {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        Some("lsp") => ExitCode::from(glossator::server::run()),
        _ => ExitCode::from(2),
    }
}
