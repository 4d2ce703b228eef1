//! One JSON array, an object a finding. The fields are a contract with other programs.

use super::print_each;
use crate::cli::check::Checked;
use crate::cli::output::{Output, Stop};
use serde::Serialize;
use std::io::Write;

#[derive(Serialize)]
struct Object<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    start: usize,
    end: usize,
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    start: usize,
    end: usize,
    message: &'a str,
}

pub(super) fn print(checked: &[Checked<'_>], out: &mut Output) -> Result<(), Stop> {
    let is_empty = checked.iter().all(|file| file.findings.is_empty());
    let first = checked.first().map(|file| file.path.as_str());
    print_each(checked, out, |file, lines| {
        for (at, placed) in file.findings.iter().enumerate() {
            let between = if at == 0 && first == Some(&file.path) { "[\n" } else { ",\n" };
            let (finding, place) = (&placed.finding, placed.place);
            let related = placed.related.iter().map(|related| Related {
                path: &related.path,
                line: related.place.line,
                column: related.place.column,
                start: related.place.start,
                end: related.place.end,
                message: &related.message,
            });
            let object = Object {
                path: &file.path,
                line: place.line,
                column: place.column,
                end_line: place.end_line,
                end_column: place.end_column,
                start: place.start,
                end: place.end,
                code: finding.code.word(),
                severity: finding.severity.word(),
                message: &finding.message,
                related: related.collect(),
            };
            write!(lines, "{between}  ")?;
            serde_json::to_writer(&mut *lines, &object)?;
        }
        Ok(())
    })?;
    Ok(writeln!(out, "{}", if is_empty { "[]" } else { "\n]" })?)
}
