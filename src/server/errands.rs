//! What the server asks of the client. Each errand is a task of its own: a client that never answers delays nothing.

use super::folders::{Folder, Folders};
use super::log::Log;
use super::mailbox::News;
use super::session::{self, Session};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::mpsc::UnboundedReceiver;
use tower_lsp_server::Client;
use tower_lsp_server::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp_server::ls_types::notification::{
    DidChangeConfiguration, DidChangeWatchedFiles, Notification, Progress as ProgressNotification,
};
use tower_lsp_server::ls_types::request::WorkDoneProgressCreate;
use tower_lsp_server::ls_types::*;

/// Files that may matter; whether they do is decided when they have changed.
const WATCHED: &str = "**/*.{txt,md,yaml,yml,json,jsonl,bib,toml}";

/// The protocol's code for a request that was understood and could not be done.
pub(super) const REQUEST_FAILED: i64 = -32803;

/// Registers what can only be registered late, and asks for the settings.
pub(super) async fn at_start(client: Client, folders: Arc<Folders>, log: Log) {
    let Some(session) = folders.client() else { return };
    let registrations = watchers(&session).into_iter().chain(settings(&session)).collect();
    register(&client, registrations, &log).await;
    if session.client.has_settings {
        let all = folders.all();
        fetch_settings(client, folders, all, log).await;
    }
}

/// Workspace folders came or went: some clients watch only those that they had when they were asked to watch.
pub(super) async fn at_change(client: Client, folders: Arc<Folders>, new: Vec<Arc<Folder>>, log: Log) {
    let Some(session) = folders.client() else { return };
    if let Some(watchers) = watchers(&session) {
        let old = Unregistration { id: watchers.id.clone(), method: watchers.method.clone() };
        // A client that does not forget them watches twice, which costs some reading and changes nothing.
        let _ = client.unregister_capability(vec![old]).await;
        register(&client, vec![watchers], &log).await;
    }
    if session.client.has_settings && !new.is_empty() {
        fetch_settings(client, folders, new, log).await;
    }
}

async fn register(client: &Client, registrations: Vec<Registration>, log: &Log) {
    if !registrations.is_empty()
        && let Err(error) = client.register_capability(registrations).await
    {
        log.note(&format!("the client does not watch files or settings for us: {error}"));
    }
}

fn registration(method: &str, options: serde_json::Value) -> Registration {
    Registration { id: format!("glossator {method}"), method: method.to_owned(), register_options: Some(options) }
}

fn watchers(session: &Session) -> Option<Registration> {
    let watchers = serde_json::json!({ "watchers": [{ "globPattern": WATCHED }] });
    session.client.watches_files.then(|| registration(DidChangeWatchedFiles::METHOD, watchers))
}

fn settings(session: &Session) -> Option<Registration> {
    let settings = serde_json::json!({ "section": "glossator" });
    session.client.tells_settings.then(|| registration(DidChangeConfiguration::METHOD, settings))
}

/// Asks for the settings of some folders and posts them.
pub(super) async fn fetch_settings(client: Client, folders: Arc<Folders>, some: Vec<Arc<Folder>>, log: Log) {
    let scope = |folder: &Folder| Uri::from_file_path(folder.session.paths.root()?);
    let item = |scope_uri| ConfigurationItem { scope_uri, section: Some("glossator".to_owned()) };
    let items = some.iter().map(|folder| item(scope(folder))).collect();
    match client.configuration(items).await {
        Ok(answers) => {
            let settings = some.iter().zip(answers.iter().map(session::section));
            let settings: Vec<_> = settings.filter_map(|(folder, settings)| Some((folder, settings?))).collect();
            let is_all = settings.len() == folders.all().len();
            folders.tell_faults(settings.iter().map(|(_, settings)| settings.as_str()), is_all);
            for (folder, settings) in settings {
                folder.mailbox.post(News::Settings(settings));
            }
        }
        Err(error) => log.note(&format!("the client did not tell its settings: {error}")),
    }
}

/// Asks the client to make an edit; an edit that it refuses is an error with its reason.
pub(super) async fn apply(client: &Client, edit: Option<WorkspaceEdit>) -> Result<Option<LSPAny>> {
    let Some(edit) = edit else { return Ok(None) };
    let answer = client.apply_edit(edit).await?;
    match answer.applied {
        true => Ok(None),
        false => {
            let reason = answer.failure_reason.unwrap_or_else(|| "it gave no reason".to_owned());
            Err(Error {
                code: ErrorCode::ServerError(REQUEST_FAILED),
                message: format!("the editor did not make the change: {reason}").into(),
                data: None,
            })
        }
    }
}

/// How far a piece of work is.
pub(super) enum Progress {
    /// It begins.
    Begin { message: String },
    /// It goes on: what is being done, and how much is done.
    Report { message: String, percentage: Option<u32> },
    /// It is over.
    End { message: String },
}

/// Shows progress of one kind of work for as long as any is reported.
///
/// `n_works` counts all works of the session: no two may have the same token.
pub(super) async fn show_progress(
    client: Client,
    work: &str,
    n_works: Arc<AtomicU64>,
    mut reports: UnboundedReceiver<Progress>,
) {
    let mut token = None;
    while let Some(progress) = reports.recv().await {
        let value = match progress {
            Progress::Begin { message } => {
                let number = n_works.fetch_add(1, Ordering::Relaxed) + 1;
                let name = NumberOrString::String(format!("glossator/{work}/{number}"));
                let created = client
                    .send_request::<WorkDoneProgressCreate>(WorkDoneProgressCreateParams { token: name.clone() })
                    .await;
                token = created.is_ok().then_some(name);
                WorkDoneProgress::Begin(WorkDoneProgressBegin {
                    title: "Glossator".to_owned(),
                    message: Some(message),
                    percentage: Some(0),
                    ..WorkDoneProgressBegin::default()
                })
            }
            Progress::Report { message, percentage } => WorkDoneProgress::Report(WorkDoneProgressReport {
                message: Some(message),
                percentage,
                ..WorkDoneProgressReport::default()
            }),
            Progress::End { message } => WorkDoneProgress::End(WorkDoneProgressEnd { message: Some(message) }),
        };
        if let Some(token) = token.clone() {
            let value = ProgressParamsValue::WorkDone(value);
            client.send_notification::<ProgressNotification>(ProgressParams { token, value }).await;
        }
    }
}

/// Shows a place to the user.
pub(super) async fn show(client: Client, place: Location) {
    let Location { uri, range } = place;
    let params = ShowDocumentParams { uri, external: Some(false), take_focus: Some(true), selection: Some(range) };
    // A client that cannot shows nothing.
    let _ = client.show_document(params).await;
}
