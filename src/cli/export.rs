//! `export`: the records of a workspace for other programs, and the user's decisions.

use super::arguments::{ExportArguments, ExportFormat};
use super::output::{Ended, Output, Stop, tell};
use super::session::Session;
use super::{EXIT_CLEAN, Surroundings, decisions};
use crate::analysis::Depth;
use crate::disk::named;
use crate::interchange;
use std::io::Write;

/// How many remarks are told before the rest is only counted.
const MAX_REMARKS: usize = 20;

/// Runs `export`.
pub(super) fn run(arguments: &ExportArguments, surroundings: &Surroundings, out: &mut Output) -> Ended {
    if arguments.format != ExportFormat::Ftm {
        return decisions::export(arguments, surroundings, out);
    }
    let folder = arguments.folder.as_deref().or(arguments.workspace.as_deref());
    let mut corpus = Session::read_without_texts(folder, None, Depth::Mentions, surroundings)?;
    let export = interchange::export(&corpus.snapshot().registry);
    for remark in export.remarks.iter().take(MAX_REMARKS) {
        tell(&format!("glossator: {remark}"));
    }
    if MAX_REMARKS < export.remarks.len() {
        tell(&format!("glossator: and {} more of this kind", export.remarks.len() - MAX_REMARKS));
    }
    let Some(file) = &arguments.out else {
        for line in &export.lines {
            writeln!(out, "{line}")?;
        }
        return Ok(EXIT_CLEAN);
    };
    let text: String = export.lines.iter().flat_map(|line| [line, "\n"]).collect();
    named::write(&surroundings.folder.join(file), &text).map_err(Stop::Fault)?;
    tell(&format!("{} entities written to {}", export.lines.len(), file.display()));
    Ok(EXIT_CLEAN)
}
