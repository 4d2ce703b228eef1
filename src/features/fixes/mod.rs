//! What can be done about a place: the plain data that an editor's code actions are made of.
//!
//! Listing is cheap, because editors ask at every move of the cursor: a [`Fix`] knows what it would do, and works out
//! the edits when it is chosen. A source text is never edited, whatever a rule proposes.

mod actors;
mod bibliography;
mod citations;
mod claims;
mod files;
mod orphans;
mod places;
mod plan;
mod quotations;
mod records;
mod sources;
mod suppressions;
mod yaml;

pub use super::suggest::FileEdit;

use super::findings;
use crate::corpus::document::Content;
use crate::corpus::{Extent, Snapshot};
use crate::model::{Code, FileId, Finding, Role};
use crate::text::ByteRange;
use plan::Plan;
use std::collections::BTreeSet;

/// What sort of thing a fix does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixKind {
    /// It answers a finding.
    QuickFix,
    /// It is of use without one.
    Refactor,
}

/// One thing that can be done.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What the menu says; no two fixes of a list say the same.
    pub title: String,
    /// What sort of thing it does.
    pub kind: FixKind,
    /// Whether it is the obvious thing to do.
    pub is_preferred: bool,
    /// The finding that it answers.
    pub finding: Option<Finding>,
    plan: Plan,
}

impl Fix {
    /// Whether it changes many files at once, so that the user should look at each of them first.
    #[must_use]
    pub fn wants_review(&self) -> bool {
        matches!(self.plan, Plan::Accept(_, None))
    }

    /// The changes, in the order of the files' paths; none where there is nothing to change any more.
    ///
    /// `created` is the time of a decision (RFC 3339, UTC).
    #[must_use]
    pub fn edits(&self, snapshot: &Snapshot, created: &str) -> Vec<FileEdit> {
        let mut edits = self.plan.edits(snapshot, created);
        edits.retain(|edit| match edit {
            FileEdit::Change(file, edits) => !edits.is_empty() && !files::is_source(snapshot, *file),
            FileEdit::Create(..) => true,
        });
        edits.sort_by(|a, b| files::path(snapshot, a).cmp(files::path(snapshot, b)));
        edits
    }
}

/// What can be done about the places that a range touches, the likeliest first for each of them. Nothing before records,
/// references and decisions are read: what is in them would be made a second time.
#[must_use]
pub fn fixes(snapshot: &Snapshot, file: FileId, range: ByteRange) -> Vec<Fix> {
    let known = snapshot.document(file).filter(|_| snapshot.extent != Extent::Nothing);
    let Some(document) = known else { return Vec::new() };
    if document.reading.iter().any(|finding| finding.code == Code::UnreadableFile) {
        return Vec::new();
    }
    let found = findings::check(snapshot, file);
    let here: Vec<Finding> = found.into_iter().filter(|finding| places::touch(finding.range, range)).collect();
    let mut list = List { snapshot, document, range, fixes: Vec::new() };
    list.replacements(&here);
    match &document.content {
        Content::Text => {
            list.mentions(&here);
            list.quotations(&here);
            list.citations(&here);
            list.claims(&here);
            list.suggestions(&here);
            list.orphans_of_text();
            list.suppressions(&here);
        }
        Content::Records(_) => {
            list.records(&here);
            list.review();
        }
        Content::References(_) => list.references(&here),
        Content::Annotations(_) => list.annotations(&here),
        Content::Configuration => (),
    }
    let mut titles = BTreeSet::new();
    list.fixes.retain(|fix| titles.insert(fix.title.clone()));
    list.fixes
}

/// The list in the making; each family of rules adds to it in a file of its own.
struct List<'s> {
    snapshot: &'s Snapshot,
    document: &'s crate::corpus::Document,
    /// What the user points at: bytes in the document; empty at a cursor.
    range: ByteRange,
    fixes: Vec<Fix>,
}

impl List<'_> {
    /// Adds a fix for a finding, or, without one, something that may be of use.
    fn offer(&mut self, finding: Option<&Finding>, title: String, plan: Plan) {
        let kind = if finding.is_some() { FixKind::QuickFix } else { FixKind::Refactor };
        self.fixes.push(Fix { title, kind, is_preferred: false, finding: finding.cloned(), plan });
    }

    /// The same for the obvious thing to do.
    fn prefer(&mut self, finding: &Finding, title: String, plan: Plan) {
        self.offer(Some(finding), title, plan);
        if let Some(fix) = self.fixes.last_mut() {
            fix.is_preferred = true;
        }
    }

    /// Words that the reader of the file knows to be meant.
    fn replacements(&mut self, here: &[Finding]) {
        if self.document.role == Role::Source {
            return;
        }
        for finding in here.iter().filter(|finding| !finding.range.is_empty()) {
            let Some(right) = finding.fact("replacement") else { continue };
            let edit = FileEdit::Change(self.document.file, vec![(finding.range, right.to_owned())]);
            let title = if finding.code == Code::QuotationAltered {
                format!("Quote what the copy says: “{}”", places::short(right))
            } else {
                format!("Replace by `{right}`")
            };
            self.prefer(finding, title, Plan::Ready(vec![edit]));
        }
    }

    /// Unknown names: give them a record, or to a record.
    fn suggestions(&mut self, here: &[Finding]) {
        for fix in super::suggest::fixes(self.snapshot, self.document.file, self.range) {
            let finding = fix.code.and_then(|code| here.iter().find(|finding| finding.code == code));
            self.offer(finding, fix.title, Plan::Ready(fix.edits));
            if let Some(last) = self.fixes.last_mut() {
                last.is_preferred = fix.is_preferred && finding.is_some();
            }
        }
        self.names();
    }
}
