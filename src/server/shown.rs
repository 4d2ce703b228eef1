//! The diagnostics of a file, and how they are brought up to date while somebody types.
//!
//! What is known is moved by the edits since, and only what they touched is looked at again. The whole text is looked at
//! when nobody types.

use super::more::diagnostics;
use super::proto;
use super::session::Session;
use crate::corpus::trail::Splice;
use crate::corpus::{Document, Snapshot, World};
use crate::features::findings::{self, Near};
use crate::model::Code;
use crate::text::ByteRange;
use std::sync::OnceLock;
use tower_lsp_server::ls_types::{Diagnostic, Range, Uri};

/// So many parts of a text are looked at by themselves; if edits are spread wider, the text between them is too.
const MOST_PARTS: usize = 4;

/// A diagnostic, and what it is of.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// The rule.
    pub(super) code: Code,
    /// Bytes in the text.
    pub(super) range: ByteRange,
    diagnostic: Diagnostic,
    /// The diagnostic as JSON text, once it was sent: most of a text's are the same after a keystroke.
    written: OnceLock<Box<[u8]>>,
}

impl PartialEq for Item {
    fn eq(&self, other: &Item) -> bool {
        (self.code, self.range, &self.diagnostic) == (other.code, other.range, &other.diagnostic)
    }
}

impl Item {
    /// A diagnostic that was not sent yet.
    pub(super) fn new(code: Code, range: ByteRange, diagnostic: Diagnostic) -> Item {
        Item { code, range, diagnostic, written: OnceLock::new() }
    }

    /// As the client has it.
    pub(super) fn diagnostic(&self) -> &Diagnostic {
        &self.diagnostic
    }

    /// The same as JSON text, which is remembered.
    pub(super) fn written(&self) -> &[u8] {
        self.written.get_or_init(|| serde_json::to_vec(&self.diagnostic).unwrap_or_default().into())
    }

    /// Forgets that text: files that are not open are seldom sent again.
    pub(super) fn forget_written(&mut self) {
        self.written.take();
    }

    /// To change it.
    fn diagnostic_mut(&mut self) -> &mut Diagnostic {
        self.written.take();
        &mut self.diagnostic
    }
}

/// The diagnostics of a file, and what they are true of.
#[derive(Debug)]
pub(super) struct Shown {
    /// In order of place.
    pub(super) items: Vec<Item>,
    world: World,
    n_edits: u64,
}

/// How the diagnostics of a text were brought up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amended {
    /// There was nothing to do: no edit came since.
    NotAtAll,
    /// All are right but for those that wait for a quiet moment.
    Yes,
    /// The edits change what is found elsewhere: the whole text is to be looked at soon.
    InPart,
    /// Not at all: the whole text is to be looked at now.
    No,
}

impl Shown {
    /// Looks at a file as a whole.
    pub(super) fn new(snapshot: &Snapshot, session: &Session, document: &Document) -> Shown {
        let items = diagnostics::of_file(snapshot, session, document);
        Shown { items, world: snapshot.world(document), n_edits: document.n_edits() }
    }

    /// Whether others say the same of the same state of the text.
    pub(super) fn is_like(&self, other: &Shown) -> bool {
        self.n_edits == other.n_edits && self.items == other.items
    }

    /// Brings the diagnostics of an open text up to date by the edits since.
    pub(super) fn amend(&mut self, snapshot: &Snapshot, session: &Session, document: &Document, uri: &Uri) -> Amended {
        if self.world != snapshot.world(document) {
            return Amended::No;
        }
        let Some(edits) = document.edits_since(self.n_edits) else { return Amended::No };
        if edits.is_empty() {
            return Amended::NotAtAll;
        }
        let Some(parts) = look(snapshot, document, edits) else { return Amended::No };
        self.n_edits = document.n_edits();
        let mut amending = Amending { session, document, uri, items: std::mem::take(&mut self.items) };
        edits.iter().for_each(|edit| amending.shift(edit));
        parts.iter().for_each(|part| amending.replace(snapshot, part));
        self.items = amending.items;
        let holds = parts.iter().all(|part| part.holds_elsewhere) && edits.iter().all(|edit| !edit.reaches_out);
        if holds { Amended::Yes } else { Amended::InPart }
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
                item.diagnostic_mut().range = proto::range_in(document, range, encoding);
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
            self.items.push(Item::new(finding.code, finding.range, diagnostic));
        }
        self.items
            .sort_by(|a, b| (a.range, a.code, &a.diagnostic.message).cmp(&(b.range, b.code, &b.diagnostic.message)));
    }
}

impl Item {
    /// Moves every place below an edit in the text's own file.
    fn move_lines(&mut self, edit: &Splice, own: &Uri) {
        let has_related = self.diagnostic.related_information.is_some();
        if edit.n_lines == 0 || self.diagnostic.range.end.line <= edit.last_line && !has_related {
            return;
        }
        let diagnostic = self.diagnostic_mut();
        move_range(&mut diagnostic.range, edit);
        for related in diagnostic.related_information.iter_mut().flatten() {
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
