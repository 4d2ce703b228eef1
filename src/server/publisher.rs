//! Diagnostics as the client has them: what is already there is not sent again.
//!
//! Open files show everything. Files that no editor has open show errors and warnings, in at most [`MOST_CLOSED`] files:
//! what the user has written (records, the bibliography, annotations, the configuration, notes), and captured texts that
//! could not be read. A captured text is judged when it is opened; clients that ask for the diagnostics of all files get
//! what is known of it before.

use super::outbox::Outbox;
use super::session::Session;
use super::shown::{Amended, Item, Shown};
use crate::corpus::{Document, Snapshot};
use std::collections::BTreeMap;
use tower_lsp_server::ls_types::Uri;
use tower_lsp_server::ls_types::notification::{Notification, PublishDiagnostics};

/// How many files that are not open may have diagnostics at once.
pub(super) const MOST_CLOSED: usize = 1000;

struct Published {
    uri: Uri,
    version: Option<i32>,
    shown: Shown,
    /// Whether the client has not been sent these yet.
    is_new: bool,
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
    pub(super) fn publish(&mut self, session: &Session, path: &str, version: Option<i32>, shown: Shown) {
        let known = self.published.get_mut(path);
        let is_same = match &known {
            None => version.is_none() && shown.items.is_empty(),
            Some(known) => {
                let unmoved = version.is_none() || known.version == version || shown.items.is_empty();
                known.shown.items == shown.items && unmoved
            }
        };
        if let Some(known) = known.filter(|_| is_same) {
            known.shown = shown;
            return;
        }
        if is_same {
            return;
        }
        if !self.published.contains_key(path) && version.is_none() && MOST_CLOSED <= self.closed {
            session.diagnostics.left_out();
            return;
        }
        let Some(uri) = session.paths.uri(path) else { return };
        self.forget(path);
        send(&self.outbox, &uri, &shown.items, version);
        let mut shown = shown;
        if version.is_none() {
            shown.items.iter_mut().for_each(Item::forget_written);
        }
        if version.is_some() || !shown.items.is_empty() {
            self.closed += usize::from(version.is_none());
            self.published.insert(path.to_owned(), Published { uri, version, shown, is_new: false });
        }
    }

    /// Brings the diagnostics of an open text up to date by the edits since they were sent, and sends them.
    pub(super) fn amend(&mut self, snapshot: &Snapshot, session: &Session, document: &Document) -> Amended {
        let Some(known) = self.published.get_mut(&*document.path) else { return Amended::No };
        let was_empty = known.shown.items.is_empty();
        let amended = known.shown.amend(snapshot, session, document, &known.uri);
        let is_news = match amended {
            Amended::No => false,
            Amended::NotAtAll => known.version != document.version || known.is_new,
            Amended::Yes | Amended::InPart => true,
        };
        if is_news {
            known.version = document.version;
            if std::mem::take(&mut known.is_new) || !was_empty || !known.shown.items.is_empty() {
                send(&self.outbox, &known.uri, &known.shown.items, known.version);
            }
        }
        amended
    }

    /// Takes what was found in an open text as a whole; the next [`Publisher::amend`] sends it, if it is news.
    pub(super) fn found(&mut self, path: &str, shown: Shown) {
        let Some(known) = self.published.get_mut(path).filter(|known| known.version.is_some()) else { return };
        known.is_new |= !known.shown.is_like(&shown);
        known.shown = shown;
    }

    /// Takes back what the client has of a file.
    pub(super) fn clear(&mut self, path: &str) {
        if let Some(known) = self.take(path)
            && !known.shown.items.is_empty()
        {
            send(&self.outbox, &known.uri, &[], None);
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

    /// Forgets what the client has of a file: what it is sent next counts, whatever it is.
    pub(super) fn forget(&mut self, path: &str) {
        self.take(path);
    }

    fn take(&mut self, path: &str) -> Option<Published> {
        let known = self.published.remove(path)?;
        self.closed -= usize::from(known.version.is_none());
        Some(known)
    }
}

/// Sends `PublishDiagnosticsParams`, put together from what was written before: a text can have hundreds of diagnostics.
fn send(outbox: &Outbox, uri: &Uri, items: &[Item], version: Option<i32>) {
    let method = PublishDiagnostics::METHOD;
    let uri = serde_json::Value::from(uri.as_str());
    let mut body = Vec::with_capacity(256 + items.iter().map(|item| item.written().len() + 1).sum::<usize>());
    body.extend_from_slice(
        format!(r#"{{"jsonrpc":"2.0","method":"{method}","params":{{"uri":{uri},"diagnostics":["#).as_bytes(),
    );
    for (idx, item) in items.iter().enumerate() {
        body.extend_from_slice(if idx == 0 { b"" } else { b"," });
        body.extend_from_slice(item.written());
    }
    body.extend_from_slice(b"]");
    if let Some(version) = version {
        body.extend_from_slice(format!(r#","version":{version}"#).as_bytes());
    }
    body.extend_from_slice(b"}}");
    outbox.notify_as_written(&body);
}
