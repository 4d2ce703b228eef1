//! The ways in which findings are printed.

mod github;
mod human;
mod json;
mod sarif;

use super::arguments::Format;
use super::check::Checked;
use super::output::{Output, Stop};

/// Prints all findings.
pub(super) fn print(format: Format, checked: &[Checked<'_>], out: &mut Output) -> Result<(), Stop> {
    match format {
        Format::Human => human::print(checked, out),
        Format::Json => json::print(checked, out),
        Format::Sarif => sarif::print(checked, out),
        Format::Github => github::print(checked, out),
    }
}
