//! Diagnostics for clients that ask for them.
//!
//! A client that asks (and can be told to ask again) is not sent any: it would show them twice. What the answer of a
//! file is called is a hash of it, so that the client need not be sent what it has.

use crate::corpus::{Document, Snapshot};
use crate::features::findings;
use crate::model::Severity;
use crate::server::proto;
use crate::server::publisher::{Item, MOST_CLOSED};
use crate::server::requests::View;
use crate::server::session::Session;
use crate::text::{Revision, hash};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tower_lsp_server::ls_types as lsp;

/// What was found in a file.
#[derive(Debug)]
struct Report {
    name: String,
    items: Vec<lsp::Diagnostic>,
}

/// The last reports on all files that no editor has open, and the revision that they are true of: some clients ask every
/// other second.
#[derive(Debug, Default)]
pub(in crate::server) struct Memory(Mutex<Option<Remembered>>);

type Remembered = (Revision, Arc<BTreeMap<String, Report>>);

/// A file has at most so many diagnostics. More are of no use to a reader, and sending and reading them takes longer than
/// all the rest of a keystroke.
const MOST_IN_FILE: usize = 250;

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
            Some(Item { code: finding.code, range: finding.range, diagnostic })
        })
        .collect()
}

fn report(items: Vec<Item>) -> Report {
    let items: Vec<lsp::Diagnostic> = items.into_iter().map(|item| item.diagnostic).collect();
    let written = serde_json::to_string(&items).unwrap_or_default();
    Report { name: hash::sha256(&written).chars().take(16).collect(), items }
}

/// The diagnostics of one file.
pub(in crate::server) fn document(
    view: &View,
    params: &lsp::DocumentDiagnosticParams,
) -> lsp::DocumentDiagnosticReportResult {
    let document = view.document(&params.text_document.uri);
    let report = report(document.map(|it| of_file(&view.snapshot, &view.session, it)).unwrap_or_default());
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

/// The diagnostics of all files that no editor has open and that are no texts. What the client has and does not hold
/// any more is taken back.
pub(in crate::server) fn workspace(
    view: &View,
    params: &lsp::WorkspaceDiagnosticParams,
) -> lsp::WorkspaceDiagnosticReportResult {
    let reports = remembered(view);
    let mut items = Vec::new();
    let known = params.previous_result_ids.iter().map(|it| (view.session.paths.path(&it.uri), it));
    let known: BTreeMap<String, &lsp::PreviousResultId> = known.collect();
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
    lsp::WorkspaceDiagnosticReportResult::Report(lsp::WorkspaceDiagnosticReport { items })
}

fn remembered(view: &View) -> Arc<BTreeMap<String, Report>> {
    let memory = &view.session.diagnostics.0;
    let now = view.snapshot.revision;
    let known = memory.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((_, reports)) = known.filter(|(revision, _)| *revision == now) {
        return reports;
    }
    let closed = view.snapshot.documents().filter(|it| it.version.is_none() && !it.role.is_text());
    let found = closed.map(|document| (document, of_file(&view.snapshot, &view.session, document)));
    let found = found.filter(|(_, items)| !items.is_empty()).take(MOST_CLOSED);
    let reports: Arc<BTreeMap<String, Report>> =
        Arc::new(found.map(|(document, items)| (document.path.to_string(), report(items))).collect());
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
