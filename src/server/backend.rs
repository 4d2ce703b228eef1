//! The list of what the server does. Each method posts to the desk before it awaits anything: that keeps edits in
//! order, and makes every answer true of the last edit before its request.

use super::log::Log;
use super::mailbox::{Mailbox, News, Reading, Reports};
use super::requests::{self, Pools, View};
use super::session::{self, Session};
use super::transport::{self, Ending};
use super::{actions, errands, more, proto};
use std::sync::{Arc, OnceLock};
use tokio::sync::mpsc::unbounded_channel;
use tokio::sync::oneshot;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::*;
use tower_lsp_server::{Client, LanguageServer};

/// One client's server.
pub(super) struct Backend {
    client: Client,
    mailbox: Mailbox,
    pools: Pools,
    log: Log,
    ending: Ending,
    session: OnceLock<Arc<Session>>,
}

impl Backend {
    /// A server that waits for `initialize`.
    pub(super) fn new(client: Client, mailbox: Mailbox, pools: Pools, log: Log, ending: Ending) -> Backend {
        Backend { client, mailbox, pools, log, ending, session: OnceLock::new() }
    }

    /// The client; there is one from `initialize` on, and the framework lets nothing else come before.
    fn session(&self) -> Result<Arc<Session>> {
        self.session.get().cloned().ok_or_else(Error::internal_error)
    }

    /// Everything said before this request, to read from.
    async fn view(&self) -> Result<View> {
        let reading = self.mailbox.read(); // Nothing is awaited before this.
        let session = self.session()?;
        let snapshot = match reading {
            Reading::Here(snapshot) => snapshot,
            Reading::Comes(receiver) => receiver.await.map_err(|_| Error::internal_error())?,
        };
        Ok(View { snapshot, session })
    }

    /// Answers a request where it holds nobody up.
    async fn answer<P, T>(&self, params: P, request: fn(&View, &P) -> T) -> Result<T>
    where
        P: Send + 'static,
        T: Send + 'static,
    {
        let view = self.view().await?;
        self.compute(move || request(&view, &params)).await
    }

    /// The view, after the files that an action would change were read again if somebody else has written them.
    async fn refreshed(&self, view: View, data: Option<LSPAny>, text: Option<Uri>) -> Result<View> {
        let view = Arc::new(view);
        let seen = Arc::clone(&view);
        let outdated = self.compute(move || actions::outdated(&seen, data.as_ref(), text.as_ref())).await?;
        if outdated.is_empty() {
            return Ok(View { snapshot: Arc::clone(&view.snapshot), session: Arc::clone(&view.session) });
        }
        for (path, loaded) in outdated {
            self.mailbox.post(News::Read(path, loaded));
        }
        self.view().await
    }

    /// Computes something that may take long where it holds nobody up. A client that cancels gets its answer at once.
    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let (sender, receiver) = oneshot::channel();
        self.pools.answers.spawn(move || {
            if !sender.is_closed() {
                let work = std::panic::AssertUnwindSafe(work);
                // Nobody listens to a cancelled request; a panic drops the sender, which is an error there.
                let _ = std::panic::catch_unwind(work).map(|value| drop(sender.send(value)));
            }
        });
        receiver.await.map_err(|_| Error::internal_error())
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let session = Arc::new(Session::new(&params));
        if let Some(process) = params.process_id {
            transport::watch_client(process, self.ending.clone());
        }
        let mut capabilities = capabilities(proto::encoding(session.encoding));
        more::advertise(&mut capabilities, &session.more);
        actions::advertise(&session, &mut capabilities);
        // The framework lets only one `initialize` through.
        let _ = self.session.set(session);
        Ok(InitializeResult {
            capabilities,
            server_info: Some(ServerInfo {
                name: "glossator".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..InitializeResult::default()
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        let Ok(session) = self.session() else { return };
        let ((workspace, progress), (registries, more)) = (unbounded_channel(), unbounded_channel());
        let shown = session.client.shows_progress.then_some(Reports { workspace, registries });
        self.mailbox.post(News::Started(Arc::clone(&session), shown));
        self.log.client_listens();
        tokio::spawn(errands::show_progress(self.client.clone(), "workspace", progress));
        tokio::spawn(errands::show_progress(self.client.clone(), "registries", more));
        tokio::spawn(more::refresh::tell(self.client.clone(), Arc::clone(&session)));
        tokio::spawn(errands::at_start(self.client.clone(), session, self.mailbox.clone(), self.log.clone()));
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let Ok(session) = self.session() else { return };
        let TextDocumentItem { uri, version, text, .. } = params.text_document;
        let path = session.paths.opened(uri);
        self.mailbox.post(News::Opened { path, text, version });
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let Ok(session) = self.session() else { return };
        let path = session.paths.path(&params.text_document.uri);
        let edits = proto::edits(params.content_changes);
        self.mailbox.post(News::Edited { path, version: params.text_document.version, edits });
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        // The text is known; files that are not open come by `didChangeWatchedFiles`.
        let Ok(view) = self.view().await else { return };
        let (path, mailbox) = (view.session.paths.path(&params.text_document.uri), self.mailbox.clone());
        let renewed = self.compute(move || actions::renew(&view, &mailbox, &path)).await.and_then(|it| it);
        let made = match renewed {
            Ok(edit) => errands::apply(&self.client, edit).await,
            Err(error) => Err(error),
        };
        if let Err(error) = made {
            self.log.warn(&error.message);
        }
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let Ok(session) = self.session() else { return };
        self.mailbox.post(News::Closed { path: session.paths.path(&params.text_document.uri) });
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let Ok(session) = self.session() else { return };
        let paths = params.changes.iter().map(|change| session.paths.path(&change.uri)).collect();
        self.mailbox.post(News::Watched(paths));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        let Ok(session) = self.session() else { return };
        if session.client.has_settings {
            tokio::spawn(errands::fetch_settings(self.client.clone(), self.mailbox.clone(), self.log.clone()));
        } else if let Some(settings) = session::section(&params.settings) {
            self.mailbox.post(News::Settings(settings));
        }
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        Ok(requests::hover(&self.view().await?, &params))
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        Ok(requests::definition(&self.view().await?, &params))
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        Ok(requests::highlights(&self.view().await?, &params))
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let view = self.view().await?;
        self.compute(move || requests::references(&view, &params)).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.answer(params, more::symbols::document_symbols).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        self.answer(params, |view, params| Some(more::symbols::workspace_symbols(view, params))).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.answer(params, more::completion::complete).await
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        let view = self.view().await?;
        self.compute(move || more::completion::resolve(&view, item)).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        self.answer(params, more::tokens::full).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        self.answer(params, more::tokens::delta).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        self.answer(params, more::tokens::range).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.answer(params, more::lenses::lenses).await
    }

    async fn code_lens_resolve(&self, lens: CodeLens) -> Result<CodeLens> {
        let view = self.view().await?;
        self.compute(move || more::lenses::resolve(&view, lens)).await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        self.answer(params, more::renames::prepare).await?
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.answer(params, more::renames::rename).await?
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        self.answer(params, more::renames::will_rename).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.answer(params, more::shapes::links).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.answer(params, more::shapes::folds).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.answer(params, more::shapes::selections).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.answer(params, more::shapes::hints).await
    }

    async fn goto_type_definition(
        &self,
        params: request::GotoTypeDefinitionParams,
    ) -> Result<Option<request::GotoTypeDefinitionResponse>> {
        self.answer(params, more::shapes::type_definition).await
    }

    async fn prepare_type_hierarchy(
        &self,
        params: TypeHierarchyPrepareParams,
    ) -> Result<Option<Vec<TypeHierarchyItem>>> {
        self.answer(params, more::hierarchies::prepare_types).await
    }

    async fn supertypes(&self, params: TypeHierarchySupertypesParams) -> Result<Option<Vec<TypeHierarchyItem>>> {
        self.answer(params, more::hierarchies::supertypes).await
    }

    async fn subtypes(&self, params: TypeHierarchySubtypesParams) -> Result<Option<Vec<TypeHierarchyItem>>> {
        self.answer(params, more::hierarchies::subtypes).await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        self.answer(params, more::hierarchies::prepare_calls).await
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        self.answer(params, more::hierarchies::incoming).await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        self.answer(params, more::hierarchies::outgoing).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        self.answer(params, more::diagnostics::document).await
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        self.answer(params, more::diagnostics::workspace).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        let view = self.view().await?;
        let view = self.refreshed(view, None, Some(uri)).await?;
        self.compute(move || actions::list(&view, &params)).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        let view = self.view().await?;
        let view = self.refreshed(view, action.data.clone(), None).await?;
        self.compute(move || actions::resolve(&view, action)).await?
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        if params.command == more::lenses::REFERENCES {
            let places = self.answer(params.arguments, |view, them| more::lenses::references(view, them)).await?;
            let can_show = self.session()?.more.shows_documents;
            if let Some(first) = places.as_ref().and_then(|places| places.first()).filter(|_| can_show) {
                tokio::spawn(errands::show(self.client.clone(), first.clone()));
            }
            return Ok(places.and_then(|places| serde_json::to_value(places).ok()));
        }
        if params.command == actions::APPLY {
            let view = self.view().await?;
            let view = self.refreshed(view, params.arguments.first().cloned(), None).await?;
            let mailbox = self.mailbox.clone();
            let edit = self.compute(move || actions::apply(&view, &mailbox, &params)).await??;
            return errands::apply(&self.client, edit).await;
        }
        #[cfg(debug_assertions)]
        if let Some(drill) = super::drill::named(&params) {
            return self.compute(drill).await;
        }
        #[cfg(debug_assertions)]
        super::drill::in_handler(&params);
        Err(Error::invalid_params(format!("there is no command {}", params.command)))
    }
}

/// What works, and nothing else.
fn capabilities(encoding: PositionEncodingKind) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(encoding),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        ..ServerCapabilities::default()
    }
}
