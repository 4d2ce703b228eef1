//! One function per request: protocol → feature → protocol.

use super::proto;
use super::session::Session;
use crate::corpus::{Document, Snapshot};
use crate::features;
use std::sync::Arc;
use tower_lsp_server::ls_types as lsp;

/// What a request is answered from.
pub(super) struct View {
    /// The corpus as of the last edit before the request.
    pub(super) snapshot: Arc<Snapshot>,
    /// The client.
    pub(super) session: Arc<Session>,
}

impl View {
    /// The file that a request is about.
    pub(super) fn document(&self, uri: &lsp::Uri) -> Option<&Document> {
        self.snapshot.document_at(&self.session.paths.path(uri))
    }

    /// The text and the byte in it that a request is about.
    pub(super) fn place(&self, params: &lsp::TextDocumentPositionParams) -> Option<(&Document, u32)> {
        #[cfg(debug_assertions)]
        super::drill::trip("computing");
        let document = self.document(&params.text_document.uri)?;
        Some((document, proto::offset(&document.buffer, params.position, self.session.encoding)))
    }
}

/// Who or what is this?
pub(super) fn hover(view: &View, params: &lsp::HoverParams) -> Option<lsp::Hover> {
    let (document, offset) = view.place(&params.text_document_position_params)?;
    let card = features::hover::hover(&view.snapshot, document.file, offset)?;
    Some(proto::hover(&card, document, &view.session))
}

/// Where is it described?
pub(super) fn definition(view: &View, params: &lsp::GotoDefinitionParams) -> Option<lsp::GotoDefinitionResponse> {
    let (document, offset) = view.place(&params.text_document_position_params)?;
    let (targets, origin) = features::navigate::definition(&view.snapshot, document.file, offset);
    let origin = origin.map(|range| proto::range(&document.buffer, range, view.session.encoding));
    let links = targets.into_iter().filter_map(|target| proto::link(&view.snapshot, &view.session, target, origin));
    let links: Vec<_> = links.collect();
    if links.is_empty() {
        return None;
    }
    Some(match view.session.client.definition_links {
        true => lsp::GotoDefinitionResponse::Link(links),
        false => lsp::GotoDefinitionResponse::Array(
            links.into_iter().map(|link| lsp::Location::new(link.target_uri, link.target_selection_range)).collect(),
        ),
    })
}

/// Where else is it named? The answer as JSON text.
pub(super) fn references(view: &View, params: &lsp::ReferenceParams) -> Option<String> {
    let (document, offset) = view.place(&params.text_document_position)?;
    let with_declaration = params.context.include_declaration;
    let places = features::navigate::references(&view.snapshot, document.file, offset, with_declaration);
    Some(proto::written_locations(view, &places))
}

/// Where else is it named in this text?
pub(super) fn highlights(view: &View, params: &lsp::DocumentHighlightParams) -> Option<Vec<lsp::DocumentHighlight>> {
    let (document, offset) = view.place(&params.text_document_position_params)?;
    let ranges = features::navigate::highlights(&view.snapshot, document.file, offset);
    let highlight = |range| lsp::DocumentHighlight {
        range: proto::range(&document.buffer, range, view.session.encoding),
        kind: Some(lsp::DocumentHighlightKind::TEXT),
    };
    Some(ranges.into_iter().map(highlight).collect())
}

/// The threads that compute.
#[derive(Clone)]
pub(super) struct Pools {
    /// Runs jobs of the desk; may be busy for seconds.
    pub(super) analysis: Arc<rayon::ThreadPool>,
    /// Runs requests; its threads are not the analysis' so that nobody waits for a corpus to be read.
    pub(super) answers: Arc<rayon::ThreadPool>,
    /// Looks at open texts as a whole. A thread of its own for each look would leave behind what it freed: after a hundred
    /// texts of 5 MB, half a gigabyte.
    pub(super) looks: Arc<rayon::ThreadPool>,
}

impl Pools {
    /// Starts the threads: one core is left to the desk and the reader.
    pub(super) fn new() -> Result<Pools, rayon::ThreadPoolBuildError> {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let pool = |name: &'static str, threads: usize| {
            let name = move |number| format!("{name} {number}");
            rayon::ThreadPoolBuilder::new().num_threads(threads.max(1)).thread_name(name).build().map(Arc::new)
        };
        let (analysis, answers) = (pool("analysis", cores - 1)?, pool("answers", cores)?);
        Ok(Pools { analysis, answers, looks: pool("looks", 1)? })
    }
}
