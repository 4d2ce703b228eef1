//! The list of what the server does. Each method posts to the desk before it awaits anything: that keeps edits in
//! order, and makes every answer true of the last edit before its request.

use super::folders::{Folder, Folders};
use super::log::Log;
use super::mailbox::{News, Reports};
use super::requests::{self, Pools, View};
use super::session::{self, Session};
use super::transport::{self, Ending, Quiet};
use super::{actions, errands, more, proto};
use crate::corpus::Extent;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::unbounded_channel;
use tokio::sync::oneshot;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::*;
use tower_lsp_server::{Client, LanguageServer};

/// So long the first findings wait for the rest of the workspace, and so often somebody looks whether it is there.
const AWHILE: Duration = Duration::from_secs(1);
const STEP: Duration = Duration::from_millis(5);

/// One client's server.
pub(super) struct Backend {
    client: Client,
    folders: Arc<Folders>,
    pools: Pools,
    log: Log,
    ending: Ending,
    quiet: Quiet,
    /// How many pieces of work have shown progress.
    n_works: Arc<AtomicU64>,
}

impl Backend {
    /// A server that waits for `initialize`.
    pub(super) fn new(
        client: Client,
        folders: Folders,
        pools: Pools,
        log: Log,
        ending: Ending,
        quiet: Quiet,
    ) -> Backend {
        Backend { client, folders: Arc::new(folders), pools, log, ending, quiet, n_works: Arc::default() }
    }

    /// The client; there is one from `initialize` on, and the framework lets nothing else come before.
    fn session(&self) -> Result<Arc<Session>> {
        self.folders.client().ok_or_else(Error::internal_error)
    }

    /// The workspace folder that a text belongs to.
    fn at(&self, uri: &Uri) -> Result<Arc<Folder>> {
        self.folders.of(uri).ok_or_else(Error::internal_error)
    }

    /// The workspace folder that gave an answer, as its data says; it may be gone. Without data any folder will do.
    fn behind(&self, data: Option<&LSPAny>) -> Result<Arc<Folder>> {
        if data.is_none() {
            return self.folders.all().into_iter().next().ok_or_else(Error::internal_error);
        }
        self.folders.numbered(more::folder_of(data)).ok_or_else(Error::content_modified)
    }

    /// Everything said about a text before this request, to read from.
    async fn view(&self, uri: &Uri) -> Result<View> {
        let folder = self.at(uri)?;
        view_of(&folder).await
    }

    /// Everything said about any folder before this request.
    async fn views(&self) -> Result<Vec<View>> {
        let folders = self.folders.all();
        // All are asked before any is waited for.
        let views: Vec<_> = folders.iter().map(|folder| (folder.mailbox.read(), &folder.session)).collect();
        let mut complete = Vec::with_capacity(views.len());
        for (reading, session) in views {
            complete.push(View { snapshot: reading.wait().await?, session: Arc::clone(session) });
        }
        Ok(complete)
    }

    /// Waits until the workspace of a text has been read once, but not for long: what is found then is found at once. The
    /// client is told to ask again when more is there.
    async fn until_read(&self, uri: &Uri) -> Result<()> {
        let latest = Instant::now() + AWHILE;
        while self.view(uri).await?.snapshot.extent != Extent::Everything && Instant::now() < latest {
            tokio::time::sleep(STEP).await;
        }
        Ok(())
    }

    /// Answers a request about a text where it holds nobody up.
    async fn answer<P, T>(&self, params: P, about: fn(&P) -> &Uri, request: fn(&View, &P) -> T) -> Result<T>
    where
        P: Send + 'static,
        T: Send + 'static,
    {
        let view = self.view(about(&params)).await?;
        self.compute(move || request(&view, &params)).await
    }

    /// `textDocument/references`, under a name of our own (see [`super::transport`]): the answer is its JSON text.
    pub(super) async fn references(&self, params: ReferenceParams) -> Result<Option<String>> {
        self.answer(params, |it| &it.text_document_position.text_document.uri, requests::references).await
    }

    /// The view, after the files that an action would change were read again if somebody else has written them.
    async fn refreshed(&self, folder: &Folder, data: Option<LSPAny>, text: Option<Uri>) -> Result<View> {
        let view = Arc::new(view_of(folder).await?);
        let seen = Arc::clone(&view);
        let outdated = self.compute(move || actions::outdated(&seen, data.as_ref(), text.as_ref())).await?;
        if outdated.is_empty() {
            return Ok(View { snapshot: Arc::clone(&view.snapshot), session: Arc::clone(&view.session) });
        }
        for (path, loaded) in outdated {
            folder.mailbox.post(News::Read(path, loaded));
        }
        view_of(folder).await
    }

    /// Lets folders be read, and asks for their settings.
    fn start(&self, folders: Vec<Arc<Folder>>) {
        for folder in &folders {
            let ((workspace, progress), (registries, more)) = (unbounded_channel(), unbounded_channel());
            let shown = folder.session.client.shows_progress.then_some(Reports { workspace, registries });
            folder.mailbox.post(News::Started(Arc::clone(&folder.session), shown));
            let show =
                |work, reports| errands::show_progress(self.client.clone(), work, Arc::clone(&self.n_works), reports);
            tokio::spawn(show("workspace", progress));
            tokio::spawn(show("registries", more));
        }
    }

    /// Computes something that may take long where it holds nobody up. A client that cancels gets its answer at once.
    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let (sender, receiver) = oneshot::channel();
        self.pools.answers.spawn(move || {
            if !sender.is_closed() {
                let work = std::panic::AssertUnwindSafe(|| {
                    #[cfg(debug_assertions)]
                    super::drill::trip("computing");
                    work()
                });
                // Nobody listens to a cancelled request; a panic drops the sender, which is an error there.
                let _ = std::panic::catch_unwind(work).map(|value| drop(sender.send(value)));
            }
        });
        receiver.await.map_err(|_| transport::broken())
    }
}

/// Everything said about a folder before this request, to read from.
async fn view_of(folder: &Folder) -> Result<View> {
    let reading = folder.mailbox.read(); // Nothing is awaited before this.
    Ok(View { snapshot: reading.wait().await?, session: Arc::clone(&folder.session) })
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
        self.folders.begin(session, session::workspace_folders(&params));
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
        let folders = self.folders.all();
        self.start(folders.clone());
        self.log.client_listens();
        self.folders.tell_faults(self.folders.first_settings().as_deref().into_iter(), true);
        tokio::spawn(more::refresh::tell(self.client.clone(), session));
        tokio::spawn(errands::at_start(self.client.clone(), Arc::clone(&self.folders), self.log.clone()));
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let TextDocumentItem { uri, version, text, .. } = params.text_document;
        let Ok(folder) = self.at(&uri) else { return };
        self.folders.opened(&uri);
        let path = folder.session.paths.opened(uri);
        folder.mailbox.post(News::Opened { path, text, version });
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let Ok(folder) = self.at(&params.text_document.uri) else { return };
        let path = folder.session.paths.path(&params.text_document.uri);
        let edits = proto::edits(params.content_changes);
        let (mailbox, version) = (&folder.mailbox, params.text_document.version);
        match self.quiet.load(Ordering::Relaxed) {
            true => mailbox.edit(path, version, edits),
            false => mailbox.post(News::Edited { path, version, edits }),
        }
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        // The text is known; files that are not open come by `didChangeWatchedFiles`.
        let Ok(folder) = self.at(&params.text_document.uri) else { return };
        let Ok(view) = view_of(&folder).await else { return };
        let (path, mailbox) = (view.session.paths.path(&params.text_document.uri), folder.mailbox.clone());
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
        let uri = params.text_document.uri;
        let Ok(folder) = self.at(&uri) else { return };
        self.folders.closed(&uri);
        folder.mailbox.post(News::Closed { path: folder.session.paths.path(&uri) });
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.folders.watched(params.changes.into_iter().map(|change| change.uri));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let Ok(session) = self.session() else { return };
        let new = self.folders.change(&params.event);
        self.start(new.clone());
        session.changed.notify_one();
        tokio::spawn(errands::at_change(self.client.clone(), Arc::clone(&self.folders), new, self.log.clone()));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        let Ok(session) = self.session() else { return };
        if session.client.has_settings {
            let all = self.folders.all();
            tokio::spawn(errands::fetch_settings(
                self.client.clone(),
                Arc::clone(&self.folders),
                all,
                self.log.clone(),
            ));
        } else if let Some(settings) = session::section(&params.settings) {
            self.folders.configured(&settings);
            if session::is_for_us(&params.settings) {
                self.folders.tell_faults(std::iter::once(settings.as_str()), true);
            }
        }
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let view = self.view(&params.text_document_position_params.text_document.uri).await?;
        Ok(requests::hover(&view, &params))
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let view = self.view(&params.text_document_position_params.text_document.uri).await?;
        Ok(requests::definition(&view, &params))
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let view = self.view(&params.text_document_position_params.text_document.uri).await?;
        Ok(requests::highlights(&view, &params))
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.answer(params, |it| &it.text_document.uri, more::symbols::document_symbols).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let views = self.views().await?;
        self.compute(move || Some(more::symbols::workspace_symbols(&views, &params))).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.answer(params, |it| &it.text_document_position.text_document.uri, more::completion::complete).await
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        let folder = self.behind(item.data.as_ref())?;
        let view = view_of(&folder).await?;
        self.compute(move || more::completion::resolve(&view, item)).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        self.answer(params, |it| &it.text_document.uri, more::tokens::full).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        self.answer(params, |it| &it.text_document.uri, more::tokens::delta).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        self.answer(params, |it| &it.text_document.uri, more::tokens::range).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.answer(params, |it| &it.text_document.uri, more::lenses::lenses).await
    }

    async fn code_lens_resolve(&self, lens: CodeLens) -> Result<CodeLens> {
        let Some(uri) = more::lenses::about(lens.data.as_ref().and_then(|it| it.get("uri"))) else { return Ok(lens) };
        let view = self.view(&uri).await?;
        self.compute(move || more::lenses::resolve(&view, lens)).await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        self.answer(params, |it| &it.text_document.uri, more::renames::prepare).await?
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.answer(params, |it| &it.text_document_position.text_document.uri, more::renames::rename).await?
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        let views = self.views().await?;
        self.compute(move || more::renames::will_rename(&views, &params)).await?
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.answer(params, |it| &it.text_document.uri, more::shapes::links).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.answer(params, |it| &it.text_document.uri, more::shapes::folds).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.answer(params, |it| &it.text_document.uri, more::shapes::selections).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.answer(params, |it| &it.text_document.uri, more::shapes::hints).await
    }

    async fn goto_type_definition(
        &self,
        params: request::GotoTypeDefinitionParams,
    ) -> Result<Option<request::GotoTypeDefinitionResponse>> {
        self.answer(params, |it| &it.text_document_position_params.text_document.uri, more::shapes::type_definition)
            .await
    }

    async fn prepare_type_hierarchy(
        &self,
        params: TypeHierarchyPrepareParams,
    ) -> Result<Option<Vec<TypeHierarchyItem>>> {
        self.answer(params, |it| &it.text_document_position_params.text_document.uri, more::hierarchies::prepare_types)
            .await
    }

    async fn supertypes(&self, params: TypeHierarchySupertypesParams) -> Result<Option<Vec<TypeHierarchyItem>>> {
        self.answer(params, |it| &it.item.uri, more::hierarchies::supertypes).await
    }

    async fn subtypes(&self, params: TypeHierarchySubtypesParams) -> Result<Option<Vec<TypeHierarchyItem>>> {
        self.answer(params, |it| &it.item.uri, more::hierarchies::subtypes).await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        self.answer(params, |it| &it.text_document_position_params.text_document.uri, more::hierarchies::prepare_calls)
            .await
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        self.answer(params, |it| &it.item.uri, more::hierarchies::incoming).await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        self.answer(params, |it| &it.item.uri, more::hierarchies::outgoing).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        self.until_read(&params.text_document.uri).await?;
        self.answer(params, |it| &it.text_document.uri, more::diagnostics::document).await
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        let views = self.views().await?;
        let (folders, log) = (Arc::clone(&self.folders), self.log.clone());
        self.compute(move || {
            let of = |uri: &Uri| folders.of(uri).map(|folder| folder.session.number);
            let found = more::diagnostics::workspace(&views, &params, of);
            views.iter().for_each(|view| view.session.diagnostics.tell(&log));
            found
        })
        .await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        let folder = self.at(&uri)?;
        let view = self.refreshed(&folder, None, Some(uri)).await?;
        self.compute(move || actions::list(&view, &params)).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        let folder = self.behind(action.data.as_ref())?;
        let view = self.refreshed(&folder, action.data.clone(), None).await?;
        self.compute(move || actions::resolve(&view, action)).await?
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        if params.command == more::lenses::REFERENCES {
            let Some(uri) = more::lenses::about(params.arguments.first()) else { return Ok(None) };
            let view = self.view(&uri).await?;
            let places = self.compute(move || more::lenses::references(&view, &params.arguments)).await?;
            let can_show = self.session()?.more.shows_documents;
            if let Some(first) = places.as_ref().and_then(|places| places.first()).filter(|_| can_show) {
                tokio::spawn(errands::show(self.client.clone(), first.clone()));
            }
            return Ok(places.and_then(|places| serde_json::to_value(places).ok()));
        }
        if params.command == actions::APPLY {
            let folder = self.behind(params.arguments.first())?;
            let view = self.refreshed(&folder, params.arguments.first().cloned(), None).await?;
            let mailbox = folder.mailbox.clone();
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
