//! Diagnostics as the client has them: what is already there is not sent again.
//!
//! Open files show everything. Files that no editor has open show errors and warnings, in at most [`MOST_CLOSED`] files:
//! what the user has written (records, the bibliography, annotations, the configuration, notes), and captured texts that
//! could not be read. A captured text is judged when it is opened; clients that ask for the diagnostics of all files get
//! what is known of it before.

use super::outbox::Outbox;
use super::session::Session;
use std::collections::BTreeMap;
use tower_lsp_server::ls_types::notification::PublishDiagnostics;
use tower_lsp_server::ls_types::{Diagnostic, PublishDiagnosticsParams, Uri};

/// How many files that are not open may have diagnostics at once.
pub(super) const MOST_CLOSED: usize = 1000;

struct Published {
    uri: Uri,
    version: Option<i32>,
    diagnostics: Vec<Diagnostic>,
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
        diagnostics: Vec<Diagnostic>,
    ) {
        let known = self.published.get(path);
        let is_same = match known {
            None => version.is_none() && diagnostics.is_empty(),
            Some(known) => {
                let unmoved = version.is_none() || known.version == version || diagnostics.is_empty();
                known.diagnostics == diagnostics && unmoved
            }
        };
        if is_same || (known.is_none() && version.is_none() && MOST_CLOSED <= self.closed) {
            return;
        }
        let Some(uri) = session.paths.uri(path) else { return };
        self.forget(path);
        let diagnostics = self.send(&uri, diagnostics, version);
        if version.is_some() || !diagnostics.is_empty() {
            self.closed += usize::from(version.is_none());
            self.published.insert(path.to_owned(), Published { uri, version, diagnostics });
        }
    }

    /// Takes back what the client has of a file.
    pub(super) fn clear(&mut self, path: &str) {
        if let Some(known) = self.forget(path)
            && !known.diagnostics.is_empty()
        {
            self.send(&known.uri, Vec::new(), None);
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

    /// Sends and gives the diagnostics back.
    fn send(&self, uri: &Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) -> Vec<Diagnostic> {
        let params = PublishDiagnosticsParams { uri: uri.clone(), diagnostics, version };
        self.outbox.notify::<PublishDiagnostics>(&params);
        params.diagnostics
    }
}
