//! Diagnostics as the client has them: what is already there is not sent again.
//!
//! Open files show everything. Files that no editor has open show errors and warnings, in at most [`MOST_CLOSED`] files:
//! what the user has written (records, the bibliography, annotations, the configuration, notes), and captured texts that
//! could not be read. A captured text is judged when it is opened; clients that ask for the diagnostics of all files get
//! what is known of it before.
//!
//! The table also serves a keystroke: what the client was told is brought up to date by the edits since, and only what
//! they touched is looked at again. The whole text is looked at when nobody types.

use super::outbox::Outbox;
use super::proto;
use super::session::Session;
use crate::corpus::trail::Splice;
use crate::corpus::{Document, Snapshot, World};
use crate::features::findings::{self, Near};
use crate::model::Code;
use crate::text::ByteRange;
use serde::Serialize;
use std::collections::BTreeMap;
use tower_lsp_server::ls_types::notification::PublishDiagnostics;
use tower_lsp_server::ls_types::{Diagnostic, Range, Uri};

/// How many files that are not open may have diagnostics at once.
pub(super) const MOST_CLOSED: usize = 1000;

/// So many parts of a text are looked at by themselves; if edits are spread wider, the text between them is too.
const MOST_PARTS: usize = 4;

/// A diagnostic, and what it is of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    /// The rule.
    pub(super) code: Code,
    /// Bytes in the text.
    pub(super) range: ByteRange,
    /// As the client has it.
    pub(super) diagnostic: Diagnostic,
}

/// What the diagnostics of a file are true of.
pub(super) struct Basis {
    world: World,
    n_edits: u64,
}

impl Basis {
    /// What they are true of when they were just made.
    pub(super) fn new(snapshot: &Snapshot, document: &Document) -> Basis {
        Basis { world: snapshot.world(document), n_edits: document.n_edits() }
    }
}

struct Published {
    uri: Uri,
    version: Option<i32>,
    items: Vec<Item>,
    basis: Basis,
    /// Whether the client has not been sent these yet.
    is_new: bool,
}

/// `PublishDiagnosticsParams`, without a copy of everything.
#[derive(Serialize)]
struct Params<'a> {
    uri: &'a Uri,
    diagnostics: Vec<&'a Diagnostic>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
}

/// How the diagnostics of a text were brought up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amended {
    /// There was nothing to do: the client has what is true of this version.
    NotAtAll,
    /// All are right but for those that wait for a quiet moment.
    Yes,
    /// The edits change what is found elsewhere: the whole text is to be looked at soon.
    InPart,
    /// Not at all: the whole text is to be looked at now.
    No,
}

/// The table of what the client has.
pub(super) struct Publisher {
    outbox: Outbox,
    published: BTreeMap<String, Published>,
    closed: usize,
}

impl Publisher {
    /// An empty table.
    pub(super) fn new(outbox: Outbox) -> Publisher {
        Publisher { outbox, published: BTreeMap::new(), closed: 0 }
    }

    /// Sends the diagnostics of a file, unless the client has them.
    ///
    /// An open text is sent for each version as long as it has any, because editors move and drop marks on their own
    /// while the text changes. `version` is `None` for files that are not open.
    pub(super) fn publish(
        &mut self,
        session: &Session,
        path: &str,
        version: Option<i32>,
        items: Vec<Item>,
        basis: Basis,
    ) {
        let known = self.published.get_mut(path);
        let is_same = match &known {
            None => version.is_none() && items.is_empty(),
            Some(known) => {
                let unmoved = version.is_none() || known.version == version || items.is_empty();
                known.items == items && unmoved
            }
        };
        if let Some(known) = known.filter(|_| is_same) {
            known.basis = basis;
            return;
        }
        if is_same || (!self.published.contains_key(path) && version.is_none() && MOST_CLOSED <= self.closed) {
            return;
        }
        let Some(uri) = session.paths.uri(path) else { return };
        self.forget(path);
        self.send(&uri, &items, version);
        if version.is_some() || !items.is_empty() {
            self.closed += usize::from(version.is_none());
            self.published.insert(path.to_owned(), Published { uri, version, items, basis, is_new: false });
        }
    }

    /// Brings the diagnostics of an open text up to date by the edits since they were sent, and sends them.
    pub(super) fn amend(&mut self, snapshot: &Snapshot, session: &Session, document: &Document) -> Amended {
        let Some(known) = self.published.get_mut(&*document.path) else { return Amended::No };
        if known.basis.world != snapshot.world(document) {
            return Amended::No;
        }
        let Some(edits) = document.edits_since(known.basis.n_edits) else { return Amended::No };
        if edits.is_empty() && known.version == document.version && !known.is_new {
            return Amended::NotAtAll;
        }
        let Some(parts) = look(snapshot, document, edits) else { return Amended::No };
        known.basis.n_edits = document.n_edits();
        let is_news = std::mem::take(&mut known.is_new) || !known.items.is_empty();
        let mut amending = Amending { session, document, uri: &known.uri, items: std::mem::take(&mut known.items) };
        edits.iter().for_each(|edit| amending.shift(edit));
        for part in &parts {
            amending.replace(snapshot, part);
        }
        known.items = amending.items;
        known.version = document.version;
        let is_settled = edits.is_empty();
        let holds = parts.iter().all(|part| part.holds_elsewhere) && edits.iter().all(|edit| !edit.reaches_out);
        if let Some(known) = self.published.get(&*document.path).filter(|known| is_news || !known.items.is_empty()) {
            self.send(&known.uri, &known.items, known.version);
        }
        match (is_settled, holds) {
            (true, _) => Amended::NotAtAll,
            (false, true) => Amended::Yes,
            (false, false) => Amended::InPart,
        }
    }

    /// Takes what was found in an open text as a whole; the next [`Publisher::amend`] sends it, if it is news.
    pub(super) fn found(&mut self, path: &str, items: Vec<Item>, basis: Basis) {
        let Some(known) = self.published.get_mut(path).filter(|known| known.version.is_some()) else { return };
        known.is_new |= known.items != items || known.basis.n_edits != basis.n_edits;
        (known.items, known.basis) = (items, basis);
    }

    /// Takes back what the client has of a file.
    pub(super) fn clear(&mut self, path: &str) {
        if let Some(known) = self.forget(path)
            && !known.items.is_empty()
        {
            self.send(&known.uri, &[], None);
        }
    }

    /// Takes back everything that the client has.
    pub(super) fn clear_all(&mut self) {
        let paths: Vec<String> = self.paths().map(str::to_owned).collect();
        paths.iter().for_each(|path| self.clear(path));
    }

    /// The files of which the client has something.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.published.keys().map(String::as_str)
    }

    fn forget(&mut self, path: &str) -> Option<Published> {
        let known = self.published.remove(path)?;
        self.closed -= usize::from(known.version.is_none());
        Some(known)
    }

    fn send(&self, uri: &Uri, items: &[Item], version: Option<i32>) {
        let diagnostics = items.iter().map(|item| &item.diagnostic).collect();
        self.outbox.notify::<PublishDiagnostics>(&Params { uri, diagnostics, version });
    }
}

/// Looks at what some edits touched; `None` where the text has to be looked at as a whole.
fn look(snapshot: &Snapshot, document: &Document, edits: &[Splice]) -> Option<Vec<Near>> {
    let mut touched: Vec<ByteRange> = Vec::new();
    for edit in edits {
        let spoilt = touched.extract_if(.., |range| edit.moved(*range).is_none());
        let spoilt: Vec<ByteRange> = spoilt.collect();
        for range in &mut touched {
            *range = edit.moved(*range)?;
        }
        let mut fresh = edit.fresh;
        for range in spoilt {
            // What is left of it before and after the edit.
            let shift = |offset: u32| edit.moved(ByteRange { start: offset, end: offset }).map(|it| it.start);
            fresh.start = fresh.start.min(shift(range.start).unwrap_or(fresh.start));
            fresh.end = fresh.end.max(shift(range.end).unwrap_or(fresh.end));
        }
        touched.push(fresh);
    }
    touched.sort_unstable();
    let mut parts: Vec<ByteRange> = Vec::new();
    for range in touched {
        let is_enough = MOST_PARTS <= parts.len();
        match parts.last_mut() {
            Some(last) if range.start <= last.end || is_enough => last.end = last.end.max(range.end),
            _ => parts.push(range),
        }
    }
    parts.into_iter().map(|range| findings::near(snapshot, document, range)).collect()
}

/// Diagnostics on their way through edits.
struct Amending<'a> {
    session: &'a Session,
    document: &'a Document,
    uri: &'a Uri,
    items: Vec<Item>,
}

impl Amending<'_> {
    /// Moves everything by an edit. What stands in touched blocks stays only if it needs the whole text to be judged.
    fn shift(&mut self, edit: &Splice) {
        let (document, encoding, uri) = (self.document, self.session.encoding, self.uri);
        self.items.retain_mut(|item| {
            item.move_lines(edit, uri);
            if item.range.end < edit.stale.start {
                return true;
            }
            let moved = edit.moved(item.range);
            let is_after = edit.stale.end < item.range.start;
            let Some(range) = moved.filter(|_| is_after || findings::needs_whole_text(item.code)) else { return false };
            item.range = range;
            if !is_after {
                item.diagnostic.range = proto::range_in(document, range, encoding);
            }
            true
        });
    }

    /// Puts what was found near an edit in the place of what was known there.
    fn replace(&mut self, snapshot: &Snapshot, near: &Near) {
        let stays = |item: &Item| {
            item.range.end < near.core.start
                || near.core.end < item.range.start
                || findings::needs_whole_text(item.code)
        };
        self.items.retain(stays);
        for finding in &near.findings {
            let Some(diagnostic) = proto::diagnostic(snapshot, self.session, self.document, finding) else { continue };
            self.items.push(Item { code: finding.code, range: finding.range, diagnostic });
        }
        self.items
            .sort_by(|a, b| (a.range, a.code, &a.diagnostic.message).cmp(&(b.range, b.code, &b.diagnostic.message)));
    }
}

impl Item {
    /// Moves every place below an edit in the text's own file.
    fn move_lines(&mut self, edit: &Splice, own: &Uri) {
        if edit.n_lines == 0 {
            return;
        }
        move_range(&mut self.diagnostic.range, edit);
        for related in self.diagnostic.related_information.iter_mut().flatten() {
            if related.location.uri == *own {
                move_range(&mut related.location.range, edit);
            }
        }
    }
}

fn move_range(range: &mut Range, edit: &Splice) {
    for place in [&mut range.start, &mut range.end] {
        if edit.last_line < place.line {
            place.line = u32::try_from(i64::from(place.line) + edit.n_lines).unwrap_or(0);
        }
    }
}
