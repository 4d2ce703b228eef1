//! Writing decisions down: one line of an annotation file is added or rewritten, every other byte of it stays.
//!
//! Lines are sorted by the place that they are about, so that two people's decisions seldom meet in a merge. A decision
//! takes the place of one that it overrules; where it says what a line says already, nothing is written.

use super::suggest::FileEdit;
use crate::corpus::document::Content;
use crate::corpus::{Document, Snapshot};
use crate::model::annotation::{Anchor, Annotation, Decision, Judgement, Places, Verdict};
use crate::model::{Code, FileId};
use crate::text::ByteRange;
use crate::text::hash::sha256;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The path of the file that holds the decisions about a text.
///
/// `None` for a text outside the workspace: nothing is written there.
#[must_use]
pub fn path_of(snapshot: &Snapshot, text: &Document) -> Option<String> {
    let outside = text.path.contains(':') || text.path.starts_with('/');
    let folder = snapshot.options.annotations.trim_start_matches("./").trim_end_matches('/');
    (text.role.is_text() && !outside).then(|| format!("{folder}/{}.jsonl", text.path))
}

/// The edit that writes decisions about places of a text down; `None` where nothing changes, where no place fits the
/// text, or where the annotation file cannot be read.
///
/// `created` is the time of the decision (RFC 3339, UTC).
#[must_use]
pub fn decide(
    snapshot: &Snapshot,
    file: FileId,
    decisions: &[(ByteRange, Decision)],
    created: &str,
) -> Option<FileEdit> {
    let text = snapshot.document(file)?;
    let mut page = Page::read(snapshot, text)?;
    for (range, decision) in decisions {
        page.decide(*range, decision, created, snapshot.options.author.as_deref());
    }
    page.edit()
}

/// The edit that anchors an orphaned decision at another place of its text.
#[must_use]
pub fn reanchor(snapshot: &Snapshot, text: &Document, orphan: &Annotation, range: ByteRange) -> Option<FileEdit> {
    let mut page = Page::read(snapshot, text)?;
    let idx = page.lines.iter().position(|line| line.annotation.range == orphan.range)?;
    let anchor = page.anchor(range)?;
    let moved = Annotation { anchor, ..orphan.clone() };
    page.rewrite(idx, &moved, range);
    page.edit()
}

/// The edit that takes over annotations about a text from elsewhere, each with its line: what a line says beyond our terms
/// is kept. `None` where all of them are here already: an id counts once, and so does what is said.
#[must_use]
pub fn adopt(snapshot: &Snapshot, file: FileId, list: &[(Annotation, String)]) -> Option<FileEdit> {
    let text = snapshot.document(file)?;
    let mut page = Page::read(snapshot, text)?;
    let (words, sha256) = (page.words.clone(), page.sha256.clone());
    let places = Places::hashed(&words, &sha256);
    let mut known: Vec<String> = page.lines.iter().map(|line| line.annotation.id.clone()).collect();
    let mut new: Vec<(u32, String)> = Vec::new();
    for (annotation, line) in list {
        let place = places.find(&annotation.anchor);
        let says_so = |line: &Line| {
            line.place.is_some() && line.place == place && says(&line.annotation.decision, &annotation.decision)
        };
        if (!annotation.id.is_empty() && known.contains(&annotation.id)) || page.lines.iter().any(says_so) {
            continue;
        }
        let fresh = place.and_then(|range| places.anchor(&text.path, range, Some(&sha256)));
        let anchor = fresh.unwrap_or_else(|| Anchor { source: text.path.to_string(), ..annotation.anchor.clone() });
        let created = annotation.created.clone().unwrap_or_default();
        let id = Some(annotation.id.clone()).filter(|id| !id.is_empty());
        let id = id.unwrap_or_else(|| page.id(&anchor, &annotation.decision, &created));
        known.push(id.clone());
        let start = place.map_or(u32::MAX, |it| it.start);
        let adopted = Annotation { id, anchor, ..annotation.clone() };
        new.push((start, adopted.to_line(Some(line))));
    }
    new.sort();
    for (start, line) in new {
        let at = page.place_for(start, None);
        page.insert(at, &line);
    }
    page.edit()
}

/// The edit that renews what is stored of places that moved so far from it that nobody would find them again; `None` where
/// all would be found as they are. What was decided stays as it is, and so do the annotated words.
///
/// To be made when the text is saved: until then the places are followed.
#[must_use]
pub fn renewed(snapshot: &Snapshot, file: FileId) -> Option<FileEdit> {
    let text = snapshot.document(file)?;
    if text.placed().is_empty() {
        return None;
    }
    let mut page = Page::read(snapshot, text)?;
    let words = page.words.clone();
    let sha256 = page.sha256.clone();
    let places = Places::hashed(&words, &sha256);
    // As they will be judged when the text is read again.
    let anchors: Vec<&Anchor> = page.lines.iter().map(|line| &line.annotation.anchor).collect();
    let found = places.find_all(&anchors);
    for (idx, found) in found.into_iter().enumerate() {
        let Some(line) = page.lines.get(idx) else { continue };
        let (annotation, Some(range)) = (Arc::clone(&line.annotation), line.place) else { continue };
        let is_found = found == Some(range) && places.find(&annotation.anchor) == Some(range);
        if is_found && !places.is_worn(&annotation.anchor) {
            continue;
        }
        let Some(now) = places.anchor(&text.path, range, Some(&sha256)) else { continue };
        let kept = places.anchor_of(&annotation.anchor.exact, range, &now);
        // Without the hash, since the next change must not lose it.
        let is_found = |anchor: &Anchor| places.find(&Anchor { sha256: None, ..anchor.clone() }) == Some(range);
        let anchor = if !is_found(&kept) && is_same_words(&kept.exact, &now.exact) { now } else { kept };
        page.rewrite(idx, &Annotation { anchor, ..Annotation::clone(&annotation) }, range);
    }
    page.edit()
}

/// Whether two quotations differ in white space only.
fn is_same_words(one: &str, two: &str) -> bool {
    one.split_whitespace().eq(two.split_whitespace())
}

/// The decisions about a text whose place is lost, in the order of their file.
pub fn orphans(text: &Document) -> impl Iterator<Item = &Arc<Annotation>> {
    text.placed().iter().filter(|placed| placed.range.is_none()).map(|placed| &placed.annotation)
}

/// A decision in words: `this is acme`, `will not be cited: common knowledge`.
#[must_use]
pub fn in_words(decision: &Decision) -> String {
    match decision {
        Decision::Identity { actor, judgement } => match judgement {
            Judgement::Positive => format!("this is {}", actor.value),
            Judgement::Negative => format!("this is not {}", actor.value),
            Judgement::Unsure => format!("this may be {}", actor.value),
        },
        Decision::Backed { key, locator, .. } => {
            format!("backed by {}{}", key.value, locator.as_ref().map_or(String::new(), |it| format!(", {it}")))
        }
        Decision::CitationNeeded => "citation needed".to_owned(),
        Decision::Assessed { verdict, reason } => {
            let verdict = match verdict {
                Verdict::Verified => "verified",
                Verdict::Disputed => "disputed",
                Verdict::WillNotCite => "will not be cited",
            };
            reason.as_ref().map_or(verdict.to_owned(), |reason| format!("{verdict}: {reason}"))
        }
        Decision::Suppressed { code, reason, until } => {
            let until = until.as_ref().map_or(String::new(), |day| format!(" until {day}"));
            let reason = reason.as_ref().map_or(String::new(), |reason| format!(": {reason}"));
            format!("{} held back{until}{reason}", code.value)
        }
        Decision::Comment(text) => text.clone(),
    }
}

/// A line of the annotation file and where its place is now: bytes in the text.
struct Line {
    annotation: Arc<Annotation>,
    start: u32,
    place: Option<ByteRange>,
}

/// An annotation file and what is to change in it.
struct Page<'s> {
    text: &'s Document,
    words: String,
    sha256: String,
    path: String,
    /// The file, where there is one.
    file: Option<(FileId, String)>,
    lines: Vec<Line>,
    /// What is replaced, by its place in the file; insertions at one place are joined.
    edits: BTreeMap<ByteRange, String>,
}

impl<'s> Page<'s> {
    fn read(snapshot: &'s Snapshot, text: &'s Document) -> Option<Page<'s>> {
        let path = path_of(snapshot, text)?;
        let words = text.buffer.text();
        let sha256 = sha256(&words);
        let document = snapshot.document_at(&path);
        if document.is_some_and(|it| it.reading.iter().any(|finding| finding.code == Code::UnreadableFile)) {
            return None;
        }
        let annotations = match document.map(|it| &it.content) {
            Some(Content::Annotations(annotations)) => &**annotations,
            Some(_) | None => &[],
        };
        let line = |annotation: &Arc<Annotation>| {
            let placed = text.placed().iter().find(|it| Arc::ptr_eq(&it.annotation, annotation));
            let place = placed.and_then(|it| it.range);
            let stored = annotation.anchor.position.map_or(u32::MAX, |(start, _)| {
                u32::try_from(text.buffer.byte_of_code_point(start as usize)).unwrap_or(u32::MAX)
            });
            Line { annotation: Arc::clone(annotation), start: place.map_or(stored, |it| it.start), place }
        };
        let lines = annotations.iter().map(line).collect();
        let file = document.map(|it| (it.file, it.buffer.text()));
        Some(Page { text, words, sha256, path, file, lines, edits: BTreeMap::new() })
    }

    fn anchor(&self, range: ByteRange) -> Option<Anchor> {
        Anchor::make(&self.text.path, &self.words, range, Some(&self.sha256))
    }

    fn decide(&mut self, range: ByteRange, decision: &Decision, created: &str, author: Option<&str>) {
        let Some(anchor) = self.anchor(range) else { return };
        let concerns = |line: &Line| line.place.is_some_and(|place| is_same_place(place, range, decision));
        let says_so = |line: &Line| concerns(line) && says(&line.annotation.decision, decision);
        if self.lines.iter().any(says_so) {
            return;
        }
        let overruled = |line: &Line| concerns(line) && overrules(decision, &line.annotation.decision);
        let old: Vec<usize> =
            self.lines.iter().enumerate().filter(|(_, line)| overruled(line)).map(|(idx, _)| idx).collect();
        let created = Some(created.to_owned());
        let creator = author.map(str::to_owned);
        let Some((first, others)) = old.split_first() else {
            let id = self.id(&anchor, decision, created.as_deref().unwrap_or_default());
            let (decision, line_range) = (decision.clone(), ByteRange::empty(0));
            let annotation = Annotation { id, range: line_range, decision, anchor, creator, created };
            let at = self.place_for(range.start, None);
            self.insert(at, &annotation.to_line(None));
            return;
        };
        for idx in others {
            self.remove(*idx);
        }
        let Some(before) = self.lines.get(*first).map(|line| Arc::clone(&line.annotation)) else { return };
        let creator = creator.or_else(|| before.creator.clone());
        let decision = completed(decision, &before.decision);
        let after = Annotation { decision, anchor, creator, created, ..Annotation::clone(&before) };
        self.rewrite(*first, &after, range);
    }

    /// A name for a new line that is the same whenever the same is decided.
    fn id(&self, anchor: &Anchor, decision: &Decision, created: &str) -> String {
        let subject = decision.actor().or_else(|| decision.key()).map_or("", |it| it.value.as_str());
        let position = anchor.position.map_or(0, |(start, _)| start);
        let motivation = decision.motivation();
        let parts = [&anchor.source, &anchor.exact, &position.to_string(), motivation, subject, created];
        let taken = |id: &str| self.lines.iter().any(|line| line.annotation.id == id);
        let ids = (0..1000u32).map(|n| uuid(&format!("{}\0{n}", parts.join("\0"))));
        ids.into_iter().find(|id| !taken(id)).unwrap_or_default()
    }

    /// Where a line about a place belongs: before the first line about a later one, else at the end. `without` is not
    /// looked at.
    fn place_for(&self, start: u32, without: Option<usize>) -> usize {
        let Some((_, words)) = &self.file else { return 0 };
        let others = self.lines.iter().enumerate().filter(|(idx, _)| Some(*idx) != without);
        let later = others.map(|(_, line)| line).find(|line| start < line.start);
        later.map_or(words.len(), |line| line_start(words, line.annotation.range.start as usize))
    }

    fn insert(&mut self, at: usize, line: &str) {
        let words = self.file.as_ref().map_or("", |(_, words)| words.as_str());
        let end = if words.contains("\r\n") { "\r\n" } else { "\n" };
        let lacks_end = at == words.len() && !words.trim_start_matches('\u{feff}').is_empty() && !words.ends_with('\n');
        let inserted = self.edits.entry(ByteRange::empty(at)).or_default();
        if lacks_end && inserted.is_empty() {
            inserted.push_str(end);
        }
        inserted.push_str(line);
        inserted.push_str(end);
    }

    fn remove(&mut self, idx: usize) {
        let (Some(line), Some((_, words))) = (self.lines.get(idx), &self.file) else { return };
        self.edits.insert(whole_line(words, line.annotation.range), String::new());
    }

    /// Writes a line anew, where it stands or, if the order asks for it, elsewhere.
    fn rewrite(&mut self, idx: usize, annotation: &Annotation, place: ByteRange) {
        let (Some(line), Some((_, words))) = (self.lines.get(idx), &self.file) else { return };
        let range = line.annotation.range;
        let written = annotation.to_line(range.of(words));
        let before = idx.checked_sub(1).and_then(|idx| self.lines.get(idx)).map(|line| line.start);
        let after = self.lines.get(idx + 1).map(|line| line.start);
        let fits = before.is_none_or(|before| before <= place.start) && after.is_none_or(|after| place.start <= after);
        if fits || line.start == place.start {
            self.edits.insert(range, written);
            return;
        }
        let at = self.place_for(place.start, Some(idx));
        self.remove(idx);
        self.insert(at, &written);
    }

    fn edit(self) -> Option<FileEdit> {
        if self.edits.is_empty() {
            return None;
        }
        Some(match self.file {
            Some((file, _)) => FileEdit::Change(file, self.edits.into_iter().collect()),
            None => FileEdit::Create(self.path, self.edits.into_values().collect()),
        })
    }
}

/// The start of the line that a byte stands in; a byte order mark stays in front.
fn line_start(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or_default();
    before.rfind('\n').map_or_else(|| if before.starts_with('\u{feff}') { 3 } else { 0 }, |at| at + 1)
}

/// A line with its end.
pub(super) fn whole_line(text: &str, range: ByteRange) -> ByteRange {
    let start = line_start(text, range.start as usize);
    let rest = text.get(range.end as usize..).unwrap_or_default();
    let end = rest.find('\n').map_or(text.len(), |at| range.end as usize + at + 1);
    ByteRange::new(start, end)
}

/// Whether a decision at `place` is about the same thing as one at `range`: mentions may have found other edges since,
/// sentences may have lost or gained a word.
fn is_same_place(place: ByteRange, range: ByteRange, decision: &Decision) -> bool {
    if place == range {
        return true;
    }
    let shared = place.end.min(range.end).saturating_sub(place.start.max(range.start)) as usize;
    match decision {
        Decision::Identity { .. } => 0 < shared,
        Decision::Backed { .. }
        | Decision::CitationNeeded
        | Decision::Assessed { .. }
        | Decision::Suppressed { .. }
        | Decision::Comment(_) => place.len().max(range.len()) * 4 <= shared * 5,
    }
}

/// Whether a line says already what is decided; more may be said.
fn says(line: &Decision, decision: &Decision) -> bool {
    match (line, decision) {
        (Decision::Identity { actor, judgement }, Decision::Identity { actor: other, judgement: same }) => {
            actor.value == other.value && judgement == same
        }
        (
            Decision::Backed { key, locator, quotation },
            Decision::Backed { key: other, locator: place, quotation: words },
        ) => {
            let adds = |known: &Option<String>, new: &Option<String>| new.is_some() && known != new;
            key.value == other.value && !adds(locator, place) && !adds(quotation, words)
        }
        (
            Decision::Suppressed { code, reason, until },
            Decision::Suppressed { code: other, reason: why, until: day },
        ) => (&code.value, reason, until) == (&other.value, why, day),
        (line, decision) => line == decision,
    }
}

/// A decision with what the one that it overrules knew besides.
fn completed(decision: &Decision, before: &Decision) -> Decision {
    match (decision, before) {
        (Decision::Backed { key, locator, quotation }, Decision::Backed { locator: place, quotation: words, .. }) => {
            let (locator, quotation) = (locator.as_ref().or(place.as_ref()), quotation.as_ref().or(words.as_ref()));
            Decision::Backed { key: key.clone(), locator: locator.cloned(), quotation: quotation.cloned() }
        }
        _ => decision.clone(),
    }
}

/// Whether a decision takes the place of an older one about the same place.
fn overrules(decision: &Decision, old: &Decision) -> bool {
    match (decision, old) {
        (Decision::Identity { actor, judgement }, Decision::Identity { actor: other, judgement: before }) => {
            // It is one actor only; what it is not may be many.
            let is_other_one = *judgement == Judgement::Positive && *before != Judgement::Negative;
            actor.value == other.value || is_other_one
        }
        (Decision::Backed { key, .. }, Decision::Backed { key: other, .. }) => key.value == other.value,
        (Decision::CitationNeeded, Decision::CitationNeeded)
        | (Decision::Assessed { .. }, Decision::Assessed { .. }) => true,
        (Decision::Suppressed { code, .. }, Decision::Suppressed { code: other, .. }) => code.value == other.value,
        // A remark is somebody's words: another one stands beside it.
        _ => false,
    }
}

/// A UUID (RFC 9562, version 8) made of what it names.
fn uuid(name: &str) -> String {
    let digits = sha256(name);
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!("urn:uuid:{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30))
}
