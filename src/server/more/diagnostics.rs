//! Diagnostics for clients that ask for them.
//!
//! A client that asks (and can be told to ask again) is not sent any: it would show them twice. What the answer of a
//! file is called is a hash of it, so that the client need not be sent what it has.

use crate::corpus::{Document, Ground, Snapshot};
use crate::features::findings;
use crate::model::{Role, Severity};
use crate::server::log::Log;
use crate::server::proto;
use crate::server::publisher::MOST_CLOSED;
use crate::server::requests::View;
use crate::server::session::Session;
use crate::server::shown::{Amended, Item, Shown};
use crate::text::hash;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tower_lsp_server::ls_types as lsp;

/// What was found in a file.
#[derive(Debug)]
struct Report {
    name: String,
    items: Vec<lsp::Diagnostic>,
}

/// The last reports on all files that no editor has open, and what they rest on: some clients ask every other second.
/// And what was last said of open texts.
#[derive(Debug, Default)]
pub(in crate::server) struct Memory {
    closed: Mutex<Option<Remembered>>,
    open: Mutex<BTreeMap<String, Shown>>,
    has_left_out: AtomicBool,
    has_told: AtomicBool,
}

impl Memory {
    /// Files were left out because there are too many.
    pub(in crate::server) fn left_out(&self) {
        self.has_left_out.store(true, Ordering::Relaxed);
    }

    /// Tells it, once.
    pub(in crate::server) fn tell(&self, log: &Log) {
        if self.has_left_out.load(Ordering::Relaxed) && !self.has_told.swap(true, Ordering::Relaxed) {
            log.warn(&format!(
                "more than {MOST_CLOSED} files that are not open have errors or warnings, so not all of them are listed; \
                 a file that you open shows its own, and `glossator check` lists all"
            ));
        }
    }
}

/// Of so many open texts it is kept what was last said; editors close texts without a word to this part.
const MOST_OPEN: usize = 64;

type Remembered = (Ground, Arc<BTreeMap<String, Report>>);

/// A file has at most so many diagnostics. More are of no use to a reader, and sending and reading them takes longer than
/// all the rest of a keystroke.
const MOST_IN_FILE: usize = 250;

/// How many files are looked at together.
const PART: usize = 256;

/// How the server answers.
pub(super) fn options() -> lsp::DiagnosticOptions {
    lsp::DiagnosticOptions {
        identifier: Some("glossator".to_owned()),
        inter_file_dependencies: true,
        workspace_diagnostics: true,
        ..lsp::DiagnosticOptions::default()
    }
}

/// The diagnostics of a file: all while it is open, errors and warnings else.
pub(in crate::server) fn of_file(snapshot: &Snapshot, session: &Session, document: &Document) -> Vec<Item> {
    let least = if document.version.is_some() { Severity::Hint } else { Severity::Warning };
    let mut found = findings::check(snapshot, document.file);
    found.retain(|finding| least <= finding.severity);
    findings::most_severe(found, MOST_IN_FILE)
        .iter()
        .filter_map(|finding| {
            let diagnostic = proto::diagnostic(snapshot, session, document, finding)?;
            Some(Item::new(finding.code, finding.range, diagnostic))
        })
        .collect()
}

fn report(items: Vec<Item>) -> Report {
    report_on(items.iter().map(|item| item.diagnostic().clone()).collect())
}

fn report_on(items: Vec<lsp::Diagnostic>) -> Report {
    let written = serde_json::to_string(&items).unwrap_or_default();
    Report { name: hash::sha256(&written).chars().take(16).collect(), items }
}

/// The diagnostics of a file that an editor asks for: of an open text what was said before, brought up to date.
fn of_open(view: &View, document: &Document, uri: &lsp::Uri) -> Vec<lsp::Diagnostic> {
    let (snapshot, session) = (&view.snapshot, &view.session);
    let plain = |shown: &Shown| shown.items.iter().map(|item| item.diagnostic().clone()).collect();
    if document.version.is_none() || !document.role.is_text() {
        return plain(&Shown::new(snapshot, session, document));
    }
    let open = || session.diagnostics.open.lock().unwrap_or_else(PoisonError::into_inner);
    // Two requests for one text at a time are rare; the later one looks at the whole.
    let known = open().remove(&*document.path);
    let amended = known.and_then(|mut shown| {
        let amended = shown.amend(snapshot, session, document, uri);
        (amended != Amended::No).then_some(shown)
    });
    let shown = amended.unwrap_or_else(|| Shown::new(snapshot, session, document));
    let items = plain(&shown);
    let mut open = open();
    if MOST_OPEN <= open.len() {
        open.clear();
    }
    open.insert(document.path.to_string(), shown);
    items
}

/// Takes what was found in an open text as a whole; the client is told to ask again if that is news.
pub(in crate::server) fn found(session: &Session, path: &str, shown: Shown) {
    let mut open = session.diagnostics.open.lock().unwrap_or_else(PoisonError::into_inner);
    if open.get(path).is_some_and(|known| !known.is_like(&shown)) {
        open.insert(path.to_owned(), shown);
        drop(open);
        session.changed.notify_one();
    }
}

/// The diagnostics of one file.
pub(in crate::server) fn document(
    view: &View,
    params: &lsp::DocumentDiagnosticParams,
) -> lsp::DocumentDiagnosticReportResult {
    let uri = &params.text_document.uri;
    let report = report_on(view.document(uri).map(|it| of_open(view, it, uri)).unwrap_or_default());
    let is_known = params.previous_result_id.as_ref() == Some(&report.name);
    lsp::DocumentDiagnosticReportResult::Report(match is_known {
        true => lsp::RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport { result_id: report.name },
        }
        .into(),
        false => lsp::RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport {
                result_id: Some(report.name),
                items: report.items,
            },
        }
        .into(),
    })
}

/// The diagnostics of all files that no editor has open, in every workspace folder. What the
/// client has and does not hold any more is taken back; `owner` says which folder a file belongs to.
pub(in crate::server) fn workspace(
    views: &[View],
    params: &lsp::WorkspaceDiagnosticParams,
    owner: impl Fn(&lsp::Uri) -> Option<u32>,
) -> lsp::WorkspaceDiagnosticReportResult {
    let mut known: Vec<BTreeMap<String, &lsp::PreviousResultId>> = views.iter().map(|_| BTreeMap::new()).collect();
    for id in &params.previous_result_ids {
        let owner = owner(&id.uri);
        if let Some((view, known)) = views.iter().zip(&mut known).find(|(view, _)| owner == Some(view.session.number)) {
            known.insert(view.session.paths.path(&id.uri), id);
        }
    }
    let items = views.iter().zip(&known).flat_map(|(view, known)| reports(view, known)).collect();
    lsp::WorkspaceDiagnosticReportResult::Report(lsp::WorkspaceDiagnosticReport { items })
}

fn reports(
    view: &View,
    known: &BTreeMap<String, &lsp::PreviousResultId>,
) -> Vec<lsp::WorkspaceDocumentDiagnosticReport> {
    let reports = remembered(view);
    let mut items = Vec::new();
    for (path, report) in reports.iter() {
        let Some(uri) = view.session.paths.uri(path) else { continue };
        let is_same = known.get(path).is_some_and(|it| it.value == report.name);
        items.push(match is_same {
            true => unchanged(uri, report.name.clone()),
            false => full(uri, report.name.clone(), report.items.clone()),
        });
    }
    let nothing = report(Vec::new()).name;
    for (_, gone) in known.iter().filter(|(path, _)| !reports.contains_key(*path)) {
        items.push(match gone.value == nothing {
            true => unchanged(gone.uri.clone(), nothing.clone()),
            false => full(gone.uri.clone(), nothing.clone(), Vec::new()),
        });
    }
    items
}

fn remembered(view: &View) -> Arc<BTreeMap<String, Report>> {
    let memory = &view.session.diagnostics.closed;
    let now = view.snapshot.ground();
    let known = memory.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((_, reports)) = known.filter(|(ground, _)| *ground == now) {
        return reports;
    }
    let mut closed: Vec<&Document> = view.snapshot.documents().filter(|it| it.version.is_none()).collect();
    // Where there are too many, what the user has written comes before what was captured.
    closed.sort_by_key(|document| (document.role.is_text(), document.role == Role::Source));
    let mut found = Vec::new();
    // In parts, so that a large corpus does not hold up other requests for long.
    for part in closed.chunks(PART) {
        let reported = part.par_iter().map(|document| (document, of_file(&view.snapshot, &view.session, document)));
        found.extend(reported.filter(|(_, items)| !items.is_empty()).collect::<Vec<_>>());
        if MOST_CLOSED < found.len() {
            found.truncate(MOST_CLOSED);
            view.session.diagnostics.left_out();
            break;
        }
    }
    let found = found.into_iter().map(|(document, items)| (document.path.to_string(), report(items)));
    let reports: Arc<BTreeMap<String, Report>> = Arc::new(found.collect());
    *memory.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, Arc::clone(&reports)));
    reports
}

fn full(uri: lsp::Uri, name: String, items: Vec<lsp::Diagnostic>) -> lsp::WorkspaceDocumentDiagnosticReport {
    lsp::WorkspaceFullDocumentDiagnosticReport {
        uri,
        version: None,
        full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport { result_id: Some(name), items },
    }
    .into()
}

fn unchanged(uri: lsp::Uri, name: String) -> lsp::WorkspaceDocumentDiagnosticReport {
    lsp::WorkspaceUnchangedDocumentDiagnosticReport {
        uri,
        version: None,
        unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport { result_id: name },
    }
    .into()
}
