//! `check`: the findings that an editor would show, for people and for other programs.

use super::offsets::CodePoints;
use super::output::{Ended, Output, Stop, tell};
use super::session::{Needs, Session};
use super::{EXIT_CLEAN, EXIT_FOUND, Surroundings, arguments::CheckArguments, baseline, print};
use crate::analysis::Depth;
use crate::corpus::Document;
use crate::disk::named;
use crate::features::findings;
use crate::model::{Finding, Severity};
use crate::text::ByteRange;
use crate::text::position::Encoding;
use rayon::prelude::*;
use std::fmt::Write;
use std::path::Path;

/// The findings of one file, with the text that they are about.
pub(super) struct Checked<'s> {
    /// The path from the workspace folder.
    pub(super) path: String,
    /// The path as the user would type it from where the user stands.
    pub(super) shown: String,
    /// The text.
    pub(super) text: &'s str,
    /// The findings, in order of place.
    pub(super) findings: Vec<Placed>,
}

impl Checked<'_> {
    /// What a baseline knows one of the findings by.
    pub(super) fn fingerprint(&self, placed: &Placed) -> String {
        baseline::fingerprint(&self.path, &placed.finding, self.text)
    }
}

/// A finding with its place in the units of people and formats.
pub(super) struct Placed {
    /// The finding.
    pub(super) finding: Finding,
    /// Its place.
    pub(super) place: Place,
    /// The other places that explain it.
    pub(super) related: Vec<RelatedPlace>,
}

/// Lines and columns count from 1, columns and offsets in code points; ends are exclusive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) end_line: u32,
    pub(super) end_column: u32,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Another place that explains a finding.
pub(super) struct RelatedPlace {
    pub(super) path: String,
    pub(super) shown: String,
    pub(super) place: Place,
    pub(super) message: String,
}

/// Runs `check`.
pub(super) fn run(arguments: &CheckArguments, surroundings: &Surroundings, out: &mut Output) -> Ended {
    let known = arguments.baseline.as_ref().map(|path| read_baseline(&surroundings.folder.join(path))).transpose()?;
    let needs = Needs { other_texts: true, depth: Depth::Names };
    let session = Session::read(arguments.workspace.as_deref(), &arguments.paths, needs, surroundings)?;
    let shown_from = named::normal(&surroundings.folder);
    let documents = session.documents();
    let n_files = documents.len();
    let mut checked: Vec<Checked<'_>> =
        documents.par_iter().filter_map(|document| check(&session, document, &shown_from)).collect();
    if let Some(path) = &arguments.write_baseline {
        return write_baseline(&surroundings.folder.join(path), &checked);
    }
    if let Some(mut known) = known {
        for file in &mut checked {
            let (path, text) = (&file.path, file.text);
            file.findings.retain(|placed| !known.forgive(&baseline::fingerprint(path, &placed.finding, text)));
        }
        checked.retain(|file| !file.findings.is_empty());
    }
    print::print(arguments.format, &checked, out)?;
    out.finish()?;
    tell(&summary(&checked, n_files));
    if n_files == 0 {
        tell(&no_files(&session));
    }
    let found = checked.iter().flat_map(|file| &file.findings);
    let denied = found.map(|placed| placed.finding.severity).any(|severity| arguments.deny.least() <= severity);
    // The program is about to end: to give the memory of thousands of texts back piece by piece would only take time.
    std::mem::forget(checked);
    std::mem::forget(session);
    Ok(if denied { EXIT_FOUND } else { EXIT_CLEAN })
}

fn read_baseline(full: &Path) -> Result<baseline::Baseline, Stop> {
    baseline::Baseline::read(full).map_err(Stop::Fault)
}

fn write_baseline(full: &Path, checked: &[Checked<'_>]) -> Ended {
    let fingerprints = checked.iter().flat_map(|file| file.findings.iter().map(|placed| file.fingerprint(placed)));
    let n_findings = baseline::write(full, fingerprints).map_err(Stop::Fault)?;
    tell(&format!("{n_findings} findings are in {}; hide them with --baseline", full.display()));
    Ok(EXIT_CLEAN)
}

/// The findings of one file; `None` where there are none.
fn check<'s>(session: &'s Session, document: &'s Document, shown_from: &Path) -> Option<Checked<'s>> {
    let findings = findings::check_in_full(&session.snapshot, document);
    if findings.is_empty() {
        return None;
    }
    let text = document.text();
    let path = session.printed(document).to_owned();
    let shown = |path: &str| named::relative(shown_from, &session.root.join(path)).unwrap_or_else(|| path.to_owned());
    let mut points = CodePoints::new(text);
    let findings = findings
        .into_iter()
        .map(|finding| {
            let place = place(document, &mut points, finding.range);
            let related = finding.related.iter().filter_map(|related| {
                let other = related.file.map_or(Some(document), |file| session.snapshot.document(file))?;
                let path = session.printed(other).to_owned();
                let shown = shown(&path);
                let place = place_elsewhere(other, related.range);
                Some(RelatedPlace { path, shown, place, message: related.message.clone() })
            });
            let related = related.collect();
            Placed { finding, place, related }
        })
        .collect();
    let shown = shown(&path);
    Some(Checked { path, shown, text, findings })
}

fn place(document: &Document, points: &mut CodePoints<'_>, range: ByteRange) -> Place {
    place_at(document, range, points.range(range))
}

fn place_elsewhere(document: &Document, range: ByteRange) -> Place {
    let points = |byte: u32| document.buffer.code_points_before(byte as usize);
    place_at(document, range, (points(range.start), points(range.end)))
}

fn place_at(document: &Document, range: ByteRange, (start, end): (usize, usize)) -> Place {
    let from = document.line_column(range.start as usize, Encoding::Utf32);
    let to = document.line_column(range.end as usize, Encoding::Utf32);
    Place { line: from.line + 1, column: from.column + 1, end_line: to.line + 1, end_column: to.column + 1, start, end }
}

/// `12 warnings and 3 hints in 4 of 9 files`.
fn summary(checked: &[Checked<'_>], n_files: usize) -> String {
    let all = || checked.iter().flat_map(|file| &file.findings).map(|placed| placed.finding.severity);
    let kinds = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Information, "information", "information"),
        (Severity::Hint, "hint", "hints"),
    ];
    let mut words = String::new();
    for (severity, one, many) in kinds {
        let count = all().filter(|it| *it == severity).count();
        if count > 0 {
            let comma = if words.is_empty() { "" } else { ", " };
            // Writing to a string does not fail.
            let _ = write!(words, "{comma}{count} {}", if count == 1 { one } else { many });
        }
    }
    if words.is_empty() {
        words = "no findings".to_owned();
    }
    let files = if n_files == 1 { "file" } else { "files" };
    match checked.len() {
        0 => format!("{words} in {n_files} {files}"),
        n_with => format!("{words} in {n_with} of {n_files} {files}"),
    }
}

fn no_files(session: &Session) -> String {
    let options = &session.snapshot.options;
    let globs = [options.sources.as_slice(), options.notes.as_slice()].concat().join(", ");
    format!(
        "no file was looked at: texts of {} are {globs}; name others under [corpus] in glossator.toml, or run `glossator \
         init`",
        session.root.display()
    )
}
