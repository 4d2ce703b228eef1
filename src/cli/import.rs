//! `import`: records from the files of other programs. What stands in the workspace is never overwritten.

use super::arguments::{ImportArguments, ImportFormat};
use super::output::{Ended, Output, Stop, tell};
use super::session::Session;
use super::{EXIT_CLEAN, EXIT_FAULT, Surroundings, decisions, selection};
use crate::analysis::Depth;
use crate::corpus::Corpus;
use crate::disk::{self, Loaded, MAX_FILE_BYTES, named};
use crate::interchange::{self, Known, Plan, write};
use crate::model::Role;
use crate::model::record::{self, Record};
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

/// How many skipped entities and broken lines are named before the rest is only counted.
const MAX_TOLD: usize = 20;

/// Where new records go, by its path from the workspace folder.
enum Place {
    /// A Markdown file each.
    Folder(String),
    /// One YAML file for all.
    File(String),
}

/// Runs `import`.
pub(super) fn run(arguments: &ImportArguments, surroundings: &Surroundings, out: &mut Output) -> Ended {
    let text = read(&arguments.file, surroundings)?;
    match arguments.format {
        ImportFormat::W3c => return decisions::import_w3c(arguments, &text, surroundings, out),
        ImportFormat::Brat => return decisions::import_brat(arguments, &text, surroundings, out),
        ImportFormat::Ftm | ImportFormat::Wikidata => (),
    }
    let workspace = arguments.workspace.as_deref();
    let root = selection::workspace(workspace, None, surroundings)?;
    let mut corpus = Session::read_without_texts(workspace, None, Depth::Mentions, surroundings)?;
    let place = place(arguments.into.as_deref(), &root, &corpus, surroundings)?;
    let snapshot = corpus.snapshot();
    let known = Known::of(&snapshot.registry);
    let import = match arguments.format {
        ImportFormat::Ftm | ImportFormat::W3c | ImportFormat::Brat => interchange::ftm::read(&text, &known),
        ImportFormat::Wikidata => interchange::wikidata::read(&text, &known),
    };
    let (faults, n_others) = (import.faults.clone(), import.n_others);
    let plan = interchange::plan(import, &known);
    for id in plan.skipped.iter().take(MAX_TOLD) {
        let actor = snapshot.registry.actor_by_id(id).map(|actor| snapshot.path(actor.file));
        let reason = actor.map_or("it comes twice in the file".to_owned(), |path| format!("{path} has it already"));
        tell(&format!("glossator: {id} was skipped: {reason}"));
    }
    if 1 < faults.len() {
        faults.iter().take(MAX_TOLD).for_each(|fault| tell(&format!("glossator: {fault}")));
    }
    let written = match place {
        Place::Folder(folder) => write_notes(&root, &folder, &plan.records, out),
        Place::File(path) => write_list(&root, &path, &plan.records, out),
    };
    tell(&summary(&plan, &faults, n_others));
    written?;
    Ok(if faults.is_empty() { EXIT_CLEAN } else { EXIT_FAULT })
}

/// The text of the file that is imported; `-` is standard input.
fn read(file: &Path, surroundings: &Surroundings) -> Result<String, Stop> {
    let shown = file.display().to_string();
    if file.as_os_str() != "-" {
        return match named::read(&surroundings.folder.join(file), &shown) {
            Some(Loaded::Text { text, .. }) => Ok(text),
            Some(Loaded::Unreadable { message, .. }) => Err(Stop::fault(message)),
            None => Err(Stop::fault(format!("{shown} does not exist; name a file that does"))),
        };
    }
    let mut bytes = Vec::new();
    let fault = |error: io::Error| Stop::fault(format!("standard input cannot be read: {error}"));
    io::stdin().lock().take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(fault)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        let megabytes = MAX_FILE_BYTES >> 20;
        return Err(Stop::fault(format!("standard input is longer than {megabytes} MB; split it by lines")));
    }
    String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to();
        Stop::fault(format!("standard input is not UTF-8 at byte {byte}; convert it"))
    })
}

/// Where new records go: what was asked for, else the first place for records of the workspace.
fn place(asked: Option<&Path>, root: &Path, corpus: &Corpus, surroundings: &Surroundings) -> Result<Place, Stop> {
    let path = match asked {
        Some(asked) => {
            let full = reached(&surroundings.folder.join(asked));
            full.and_then(|full| named::relative(root, &full)).ok_or_else(|| {
                Stop::fault(format!("{} lies outside the workspace folder {}", asked.display(), root.display()))
            })?
        }
        None => corpus.options().actors.first().cloned().unwrap_or_else(|| "actors".to_owned()),
    };
    let path = path.trim_start_matches("./").trim_end_matches('/').to_owned();
    let ending = Path::new(&path).extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let place = match ending.as_deref() {
        Some("yaml" | "yml") => Place::File(path.clone()),
        Some(other @ ("md" | "jsonl" | "json" | "txt" | "toml")) => {
            return Err(Stop::fault(format!(
                "{path} is no place for new records, since it ends with .{other}; name a folder or a .yaml file with --into"
            )));
        }
        _ => Place::Folder(path.clone()),
    };
    let example = match &place {
        Place::File(path) => path.clone(),
        Place::Folder(folder) => inside(folder, "a.md"),
    };
    if corpus.role(&example) != Some(Role::Record) {
        tell(&format!(
            "glossator: records in {path} will not be read, since it is no place for them; add it to “paths” under [actors] \
             in glossator.toml"
        ));
    }
    Ok(place)
}

/// A place that may not exist yet, without `..` and links among the folders that exist.
fn reached(full: &Path) -> Option<PathBuf> {
    let there = full.ancestors().find(|ancestor| named::standing(ancestor) != named::Standing::Nothing)?;
    let rest = full.strip_prefix(there).ok()?;
    let is_plain = rest.components().all(|part| matches!(part, Component::Normal(_)));
    is_plain.then(|| named::normal(there).join(rest)).map(|full| full.components().collect())
}

/// A file's path in a folder of the workspace; the folder may be the workspace itself.
fn inside(folder: &str, file: &str) -> String {
    if matches!(folder, "" | ".") { file.to_owned() } else { format!("{folder}/{file}") }
}

/// Writes a Markdown file for each record.
fn write_notes(root: &Path, folder: &str, records: &[Record], out: &mut Output) -> Result<(), Stop> {
    let path = |stem: &str| inside(folder, &format!("{stem}.md"));
    let is_taken = |stem: &str| named::standing(&root.join(path(stem))) != named::Standing::Nothing;
    let stems = interchange::file_stems(records, &is_taken);
    for (record, stem) in records.iter().zip(&stems) {
        let path = path(stem);
        disk::write_atomic(root, &path, &write::markdown(record, stem)).map_err(Stop::Fault)?;
        writeln!(out, "{path}")?;
    }
    Ok(())
}

/// Adds all records to one YAML file, which must be a list or not be there.
fn write_list(root: &Path, path: &str, records: &[Record], out: &mut Output) -> Result<(), Stop> {
    if records.is_empty() {
        return Ok(());
    }
    let mut text = match disk::read_file(root, path) {
        Some(Loaded::Text { text, .. }) => text,
        Some(Loaded::Unreadable { message, .. }) => return Err(Stop::Fault(message)),
        None => String::new(),
    };
    let (before, _) = record::read(path, &text);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    records.iter().for_each(|record| text.push_str(&write::list_item(record)));
    // What stood there must still say the same, and what is new must be read.
    let (after, _) = record::read(path, &text);
    let ids = |records: &[Record]| records.iter().map(|record| record.id.value.clone()).collect::<Vec<_>>();
    let expected: Vec<String> = ids(&before).into_iter().chain(ids(records)).collect();
    if ids(&after) != expected {
        return Err(Stop::fault(format!(
            "{path} is not a plain list of records, so nothing was added to it; name another file with --into"
        )));
    }
    disk::write_atomic(root, path, &text).map_err(Stop::Fault)?;
    Ok(writeln!(out, "{path}")?)
}

/// What happened, in a line.
fn summary(plan: &Plan, faults: &[String], n_others: usize) -> String {
    let counted = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let mut summary = counted(plan.records.len(), "record written", "records written");
    summary.push_str(&format!(", {} skipped (already there)", plan.skipped.len()));
    if 0 < n_others {
        summary.push_str(&format!(", {} left out (no actors)", n_others));
    }
    if 0 < plan.n_lost {
        let lost = counted(plan.n_lost, "relation", "relations");
        summary.push_str(&format!(", {lost} left out (no new record has an end of it, or an end is unknown)"));
    }
    match faults {
        [] => (),
        [fault] => summary.push_str(&format!(", 1 line not read: {fault}")),
        _ => summary.push_str(&format!(", {} lines not read", faults.len())),
    }
    summary
}
