//! One JSON array, an object a finding. The fields are a contract with other programs.

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
    let mut between = "[\n";
    for file in checked {
        for placed in &file.findings {
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
            write!(out, "{between}  {}", serde_json::to_string(&object)?)?;
            between = ",\n";
        }
    }
    let is_empty = between == "[\n";
    Ok(writeln!(out, "{}", if is_empty { "[]" } else { "\n]" })?)
}
