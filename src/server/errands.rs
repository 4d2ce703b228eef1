//! What the server asks of the client. Each errand is a task of its own: a client that never answers delays nothing.

use super::log::Log;
use super::mailbox::{Mailbox, News};
use super::session::{self, Session};
use std::sync::Arc;
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
pub(super) async fn at_start(client: Client, session: Arc<Session>, mailbox: Mailbox, log: Log) {
    let registrations = registrations(&session);
    if !registrations.is_empty()
        && let Err(error) = client.register_capability(registrations).await
    {
        log.note(&format!("the client does not watch files or settings for us: {error}"));
    }
    if session.client.has_settings {
        fetch_settings(client, mailbox, log).await;
    }
}

fn registrations(session: &Session) -> Vec<Registration> {
    let registration = |method: &str, options: serde_json::Value| Registration {
        id: format!("glossator {method}"),
        method: method.to_owned(),
        register_options: Some(options),
    };
    let watchers = serde_json::json!({ "watchers": [{ "globPattern": WATCHED }] });
    let settings = serde_json::json!({ "section": "glossator" });
    let files = session.client.watches_files.then(|| registration(DidChangeWatchedFiles::METHOD, watchers));
    let tells = session.client.tells_settings.then(|| registration(DidChangeConfiguration::METHOD, settings));
    files.into_iter().chain(tells).collect()
}

/// Asks for the settings and posts them.
pub(super) async fn fetch_settings(client: Client, mailbox: Mailbox, log: Log) {
    let item = ConfigurationItem { scope_uri: None, section: Some("glossator".to_owned()) };
    match client.configuration(vec![item]).await {
        Ok(answers) => {
            if let Some(settings) = answers.first().and_then(session::section) {
                mailbox.post(News::Settings(settings));
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
    Begin,
    /// It goes on: what is being done, and how much is done.
    Report { message: String, percentage: Option<u32> },
    /// It is over.
    End { message: String },
}

/// Shows progress for as long as the desk reports any.
pub(super) async fn show_progress(client: Client, mut reports: UnboundedReceiver<Progress>) {
    let mut number = 0;
    let mut token = None;
    while let Some(progress) = reports.recv().await {
        let value = match progress {
            Progress::Begin => {
                number += 1;
                let name = NumberOrString::String(format!("glossator/{number}"));
                let created = client
                    .send_request::<WorkDoneProgressCreate>(WorkDoneProgressCreateParams { token: name.clone() })
                    .await;
                token = created.is_ok().then_some(name);
                WorkDoneProgress::Begin(WorkDoneProgressBegin {
                    title: "Glossator".to_owned(),
                    message: Some("reading the workspace".to_owned()),
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
