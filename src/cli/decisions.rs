//! `export w3c|brat|claimreview` and `import w3c|brat`: the user's decisions for other programs, and from them.

use super::arguments::{ExportArguments, ExportFormat, ImportArguments};
use super::output::{Ended, Output, Stop, tell};
use super::session::{Needs, Session};
use super::{EXIT_CLEAN, EXIT_FAULT, Surroundings, selection};
use crate::analysis::Depth;
use crate::corpus::{Document, Snapshot};
use crate::disk::{self, clock, named};
use crate::features::decisions::{self, adopt};
use crate::features::fixes::FileEdit;
use crate::interchange::{brat, claimreview, w3c};
use crate::model::FileId;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// How many faults are told before the rest is only counted.
const MAX_TOLD: usize = 20;

/// Runs `export` for decisions.
pub(super) fn export(arguments: &ExportArguments, surroundings: &Surroundings, out: &mut Output) -> Ended {
    let folder = arguments.folder.as_deref().or(arguments.workspace.as_deref());
    let session = Session::read(folder, &[], Needs { other_texts: true, depth: Depth::Mentions }, surroundings)?;
    let files = w3c::files(&session.snapshot);
    let all = w3c::decided(&session.snapshot, &files);
    let orphans = all.iter().filter_map(|it| it.text).map(|text| decisions::orphans(text).count()).sum::<usize>();
    if 0 < orphans {
        let count = if orphans == 1 { "decision has".to_owned() } else { format!("{orphans} decisions have") };
        tell(&format!("glossator: {count} lost the place; `glossator check` says which"));
    }
    let text = match arguments.format {
        ExportFormat::Ftm => return Ok(EXIT_CLEAN),
        ExportFormat::W3c => w3c::collection(&all),
        ExportFormat::Claimreview => {
            claimreview::lines(&session.snapshot, &all).into_iter().map(|line| line + "\n").collect()
        }
        ExportFormat::Brat => return export_brat(arguments, &all, surroundings, out),
    };
    match &arguments.out {
        Some(file) => {
            named::write(&surroundings.folder.join(file), &text).map_err(Stop::Fault)?;
            tell(&format!("written to {}", file.display()));
        }
        None => out.write_all(text.as_bytes())?,
    }
    Ok(EXIT_CLEAN)
}

/// A folder of texts with their lines beside them; without one the lines alone, if they are about one text.
fn export_brat(
    arguments: &ExportArguments,
    all: &[w3c::Decided<'_>],
    surroundings: &Surroundings,
    out: &mut Output,
) -> Ended {
    let annotated: Vec<&w3c::Decided<'_>> = all.iter().filter(|it| it.text.is_some() && !it.lines.is_empty()).collect();
    let Some(folder) = &arguments.out else {
        if 1 < annotated.len() {
            return Err(Stop::fault(format!(
                "decisions about {} texts make as many files for brat; name a folder for them with --out",
                annotated.len()
            )));
        }
        annotated.iter().try_for_each(|it| out.write_all(brat::lines(it).as_bytes()))?;
        return Ok(EXIT_CLEAN);
    };
    let root = surroundings.folder.join(folder);
    named::make_folder(&root).map_err(Stop::Fault)?;
    for it in annotated {
        let words = it.text.map(|text| text.buffer.text()).unwrap_or_default();
        let stem = it.path.strip_suffix(".txt").unwrap_or(it.path);
        for (path, text) in [(format!("{stem}.txt"), words), (format!("{stem}.ann"), brat::lines(it))] {
            disk::write_atomic(&root, &path, &text).map_err(Stop::Fault)?;
            writeln!(out, "{path}")?;
        }
    }
    Ok(EXIT_CLEAN)
}

/// Runs `import w3c`.
pub(super) fn import_w3c(
    arguments: &ImportArguments,
    text: &str,
    surroundings: &Surroundings,
    out: &mut Output,
) -> Ended {
    let session = read(arguments, surroundings)?;
    let snapshot = &session.snapshot;
    let imported = w3c::read(text);
    let mut faults = imported.faults;
    let mut by_text: BTreeMap<FileId, Vec<_>> = BTreeMap::new();
    for (annotation, line) in imported.annotations {
        match snapshot.file(&annotation.anchor.source).filter(|file| is_text(snapshot, *file)) {
            Some(file) => by_text.entry(file).or_default().push((annotation, line)),
            None => faults.push(format!("{} is no text of the workspace", annotation.anchor.source)),
        }
    }
    let edits: Vec<FileEdit> = by_text.iter().filter_map(|(file, list)| adopt(snapshot, *file, list)).collect();
    end(arguments, surroundings, snapshot, &edits, &faults, out)
}

/// Runs `import brat`.
pub(super) fn import_brat(
    arguments: &ImportArguments,
    text: &str,
    surroundings: &Surroundings,
    out: &mut Output,
) -> Ended {
    let session = read(arguments, surroundings)?;
    let snapshot = &session.snapshot;
    let document = brat_text(arguments, snapshot)?;
    let imported = brat::read(text, &document.buffer.text());
    let edit = decisions::decide(snapshot, document.file, &imported.decisions, &clock::now());
    let edits: Vec<FileEdit> = edit.into_iter().collect();
    end(arguments, surroundings, snapshot, &edits, &imported.faults, out)
}

fn read(arguments: &ImportArguments, surroundings: &Surroundings) -> Result<Session, Stop> {
    let needs = Needs { other_texts: true, depth: Depth::Mentions };
    Session::read(arguments.workspace.as_deref(), &[], needs, surroundings)
}

fn is_text(snapshot: &Snapshot, file: FileId) -> bool {
    snapshot.document(file).is_some_and(|document| document.role.is_text())
}

/// The text that a file of brat's is about: the one that was named, else the one whose path ends like the file's.
fn brat_text<'s>(arguments: &ImportArguments, snapshot: &'s Snapshot) -> Result<&'s Document, Stop> {
    let asked = arguments.into.as_deref().map(|path| path.to_string_lossy().replace('\\', "/"));
    let file = arguments.file.to_string_lossy().replace('\\', "/");
    let stem = file.strip_suffix(".ann").unwrap_or(&file);
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let texts = snapshot.documents().filter(|document| document.role.is_text());
    let is_it = |path: &str| match &asked {
        Some(asked) => path == asked.trim_start_matches("./"),
        None => {
            let last = path.rsplit('/').next().unwrap_or(path);
            last == name || last.strip_suffix(".txt") == Some(name) || last.strip_suffix(".md") == Some(name)
        }
    };
    let found: Vec<&Document> = texts.filter(|document| is_it(&document.path)).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Stop::fault(format!("no text of the workspace is called {name}; name the text with --into"))),
        _ => Err(Stop::fault(format!("{} texts are called {name}; name one with --into", found.len()))),
    }
}

/// Writes the files, says which, and what was left out.
fn end(
    arguments: &ImportArguments,
    surroundings: &Surroundings,
    snapshot: &Snapshot,
    edits: &[FileEdit],
    faults: &[String],
    out: &mut Output,
) -> Ended {
    let root = selection::workspace(arguments.workspace.as_deref(), None, surroundings)?;
    let root: &Path = &root;
    for edit in edits {
        let (path, text) = match edit {
            FileEdit::Create(path, text) => (path.clone(), text.clone()),
            FileEdit::Change(file, edits) => {
                let Some(document) = snapshot.document(*file) else { continue };
                let mut buffer = document.buffer.clone();
                edits.iter().rev().for_each(|(range, words)| buffer.replace(*range, words));
                (document.path.to_string(), buffer.text())
            }
        };
        disk::write_atomic(root, &path, &text).map_err(Stop::Fault)?;
        writeln!(out, "{path}")?;
    }
    faults.iter().take(MAX_TOLD).for_each(|fault| tell(&format!("glossator: {fault}")));
    if MAX_TOLD < faults.len() {
        tell(&format!("glossator: and {} more of this kind", faults.len() - MAX_TOLD));
    }
    Ok(if faults.is_empty() { EXIT_CLEAN } else { EXIT_FAULT })
}
