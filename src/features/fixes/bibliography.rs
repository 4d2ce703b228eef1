//! New entries of the bibliography, in the notation that it is written in.

use super::files::line_end;
use super::plan::Plan;
use super::{FileEdit, List, yaml};
use crate::corpus::{Document, Snapshot};
use crate::features::edits::{Style, quoted};
use crate::model::{Code, Finding, Role};
use crate::text::ByteRange;

/// The bibliography that entries are added to: the first one that is there, else the first one that is configured.
pub(super) fn path(snapshot: &Snapshot) -> &str {
    let configured = &snapshot.options.references;
    let there = configured.iter().find(|path| snapshot.file(path).is_some());
    there.or(configured.first()).map_or("references.yaml", String::as_str)
}

/// The edit that adds an entry of which nothing is known but its key.
pub(super) fn add_entry(snapshot: &Snapshot, key: &str) -> Option<FileEdit> {
    let path = path(snapshot);
    let Some(document) = snapshot.document_at(path) else {
        return Some(FileEdit::Create(path.to_owned(), entry(kind_of(path, ""), key, "")));
    };
    if document.role != Role::Bibliography || document.reading.iter().any(|it| it.code == Code::UnreadableFile) {
        return None;
    }
    let edit = appended(document, key)?;
    Some(FileEdit::Change(document.file, vec![edit]))
}

/// How a bibliography is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notation {
    /// A list of entries in lines.
    Csl,
    /// Keys and mappings in lines.
    Hayagriva,
    /// A list in brackets, as in JSON.
    Json,
    /// BibTeX and BibLaTeX.
    Bib,
}

fn kind_of(path: &str, text: &str) -> Notation {
    let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let first = text.trim_start_matches('\u{feff}').trim_start().chars().next();
    match (ending.as_str(), first) {
        ("bib" | "bibtex", _) | (_, Some('@' | '%')) => Notation::Bib,
        ("json", _) | (_, Some('[' | '{')) => Notation::Json,
        _ => Notation::Csl,
    }
}

/// An entry as a whole file holds it, or, with an indent, as the next of a list.
fn entry(notation: Notation, key: &str, indent: &str) -> String {
    let yaml = quoted(key, Style::Plain);
    match notation {
        Notation::Csl => format!("{indent}- id: {yaml}\n{indent}  type: document\n{indent}  title: \"\"\n"),
        Notation::Hayagriva => format!("{yaml}:\n  type: misc\n  title: \"\"\n"),
        Notation::Json => {
            let key = quoted(key, Style::Double);
            let object = format!("{{\"id\": {key}, \"type\": \"document\", \"title\": \"\"}}");
            if indent.is_empty() { format!("[\n  {object}\n]\n") } else { format!("{indent}{object}") }
        }
        Notation::Bib => format!("@misc{{{key},\n  title = {{}},\n}}\n"),
    }
}

fn appended(document: &Document, key: &str) -> Option<(ByteRange, String)> {
    let text = document.buffer.text();
    let end = line_end(&text);
    let notation = kind_of(&document.path, &text);
    let last = document.content.references().iter().max_by_key(|reference| reference.range.start);
    let in_lines = |words: String| words.replace('\n', end);
    let Some(last) = last else {
        // What stands in a file without entries may be a comment, or something that is not understood.
        let is_free = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with(['#', '%']));
        let gap = if text.is_empty() || text.ends_with('\n') { "" } else { end };
        let words = format!("{gap}{}", in_lines(entry(notation, key, "")));
        return is_free.then(|| (ByteRange::empty(text.len()), words));
    };
    let after = text.get(last.range.end as usize..)?;
    if notation == Notation::Json || last.range.of(&text)?.starts_with('{') {
        let lead = yaml::column(text.get(..last.range.start as usize)?);
        let at = last.range.of(&text)?.trim_end().len() + last.range.start as usize;
        let words = format!(
            ",{end}{lead}{}",
            entry(Notation::Json, key, "").trim_start_matches("[\n  ").trim_end_matches("\n]\n")
        );
        return Some((ByteRange::empty(at), words));
    }
    let body = last.range.of(&text)?.trim_end();
    let rest = text.get(last.range.start as usize + body.len()..)?.split('\n').next().unwrap_or_default();
    let at = last.range.start as usize + body.len() + rest.trim_end().len();
    let before = text.get(..last.range.start as usize)?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    let words = match notation {
        Notation::Bib => format!("\n{}", entry(Notation::Bib, key, "")),
        Notation::Csl if line.trim_end().ends_with('-') => {
            entry(Notation::Csl, key, &" ".repeat(line.len() - line.trim_start().len()))
        }
        Notation::Csl | Notation::Hayagriva | Notation::Json => entry(Notation::Hayagriva, key, ""),
    };
    let words = in_lines(format!("\n{}", words.trim_end_matches('\n')));
    let gap = if after.trim().is_empty() && !text.ends_with('\n') { end } else { "" };
    Some((ByteRange::empty(at), format!("{words}{gap}")))
}

impl List<'_> {
    /// What can be done about the entries that the user points at.
    pub(super) fn references(&mut self, here: &[Finding]) {
        for finding in here.iter().filter(|finding| finding.code == Code::SourceChanged) {
            let copy = finding.related.first().and_then(|related| related.file);
            let Some(copy) = copy.filter(|_| !finding.range.is_empty()) else { continue };
            let title = "Write the new hash: the copy was compared, and what is cited still stands there".to_owned();
            self.offer(Some(finding), title, Plan::Rehash(self.document.file, finding.range, copy));
        }
    }
}
