//! Workflow commands of GitHub Actions, which put each finding beside its line in a pull request.

use super::print_each;
use crate::cli::check::{Checked, Placed};
use crate::cli::output::{Output, Stop};
use crate::model::Severity;
use std::io::Write;

pub(super) fn print(checked: &[Checked<'_>], out: &mut Output) -> Result<(), Stop> {
    print_each(checked, out, |file, lines| file.findings.iter().try_for_each(|placed| line(file, placed, lines)))
}

fn line(file: &Checked<'_>, placed: &Placed, lines: &mut Vec<u8>) -> Result<(), Stop> {
    let command = match placed.finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Off | Severity::Hint | Severity::Information => "notice",
    };
    let place = placed.place;
    Ok(writeln!(
        lines,
        "::{command} file={},line={},col={},endLine={},endColumn={},title={}::{}",
        escape(&file.shown, true),
        place.line,
        place.column,
        place.end_line,
        place.end_column,
        placed.finding.code.word(),
        escape(&placed.finding.message, false)
    )?)
}

/// Escapes what the runner would take for its own: in a property also `:` and `,`.
fn escape(text: &str, is_property: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => escaped.push_str("%25"),
            '\r' => escaped.push_str("%0D"),
            '\n' => escaped.push_str("%0A"),
            ':' if is_property => escaped.push_str("%3A"),
            ',' if is_property => escaped.push_str("%2C"),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn lines_and_separators_are_escaped() {
        assert_eq!(escape("100 %: a,\r\nb", false), "100 %25: a,%0D%0Ab");
        assert_eq!(escape("notes/a,b:c.md", true), "notes/a%2Cb%3Ac.md");
    }
}
