//! The ways in which findings are printed.

mod github;
mod human;
mod json;
mod sarif;

use super::arguments::Format;
use super::check::Checked;
use super::output::{Output, Stop};
use rayon::prelude::*;
use std::io::Write;

/// Prints all findings.
pub(super) fn print(format: Format, checked: &[Checked<'_>], out: &mut Output) -> Result<(), Stop> {
    match format {
        Format::Human => human::print(checked, out),
        Format::Json => json::print(checked, out),
        Format::Sarif => sarif::print(checked, out),
        Format::Github => github::print(checked, out),
    }
}

/// So many files are written out at a time.
const FILES_AT_ONCE: usize = 256;

/// Writes files out on all cores, and prints them in order.
fn print_each(
    checked: &[Checked<'_>],
    out: &mut Output,
    write: impl Fn(&Checked<'_>, &mut Vec<u8>) -> Result<(), Stop> + Sync,
) -> Result<(), Stop> {
    for files in checked.chunks(FILES_AT_ONCE) {
        let written = files.par_iter().map(|file| {
            let mut lines = Vec::new();
            write(file, &mut lines).map(|()| lines)
        });
        for lines in written.collect::<Vec<_>>() {
            out.write_all(&lines?)?;
        }
    }
    Ok(())
}
