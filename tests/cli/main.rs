//! Runs the real program on small workspaces: exit codes, formats, streams, and what it must never do.

#![expect(clippy::disallowed_methods, reason = "these tests make files and run the program")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod check;
mod contract;
mod decisions;
mod faults;
mod interchange;
mod readme;
mod run;
mod sources;
mod trust;
