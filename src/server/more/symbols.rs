//! The outline of a file, and the search for a name.

use crate::corpus::Document;
use crate::features::symbols::{self, Symbol, SymbolKind};
use crate::server::proto;
use crate::server::requests::View;
use crate::server::session::Session;
use tower_lsp_server::ls_types as lsp;

/// The most names that one search gives.
const MOST_FOUND: usize = 200;

/// The outline of a file: a tree where the client shows one, else a list.
pub(in crate::server) fn document_symbols(
    view: &View,
    params: &lsp::DocumentSymbolParams,
) -> Option<lsp::DocumentSymbolResponse> {
    let document = view.document(&params.text_document.uri)?;
    let symbols = symbols::document_symbols(&view.snapshot, document.file);
    Some(match view.session.more.nested_symbols {
        true => {
            let nested = symbols.into_iter().map(|symbol| nested(symbol, document, &view.session));
            lsp::DocumentSymbolResponse::Nested(nested.collect())
        }
        false => {
            let mut flat = Vec::new();
            symbols.iter().for_each(|symbol| flatten(symbol, None, document, &view.session, &mut flat));
            lsp::DocumentSymbolResponse::Flat(flat)
        }
    })
}

/// Every name, in any script, and every citation key that fits the query, in every workspace folder: the best of each
/// first.
pub(in crate::server) fn workspace_symbols(
    views: &[View],
    params: &lsp::WorkspaceSymbolParams,
) -> lsp::WorkspaceSymbolResponse {
    let mut ranked = Vec::new();
    for view in views {
        let found = symbols::workspace_symbols(&view.snapshot, &params.query, MOST_FOUND);
        let found = found.into_iter().filter_map(|found| {
            let document = view.snapshot.document(found.place.file)?;
            let location = proto::location(document, found.place.range, &view.session)?;
            let container = (!found.container.is_empty()).then_some(found.container);
            Some(information(found.name, found.kind, location, container))
        });
        ranked.extend(found.enumerate());
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.truncate(MOST_FOUND);
    lsp::WorkspaceSymbolResponse::Flat(ranked.into_iter().map(|(_, found)| found).collect())
}

#[expect(deprecated, reason = "a field of the protocol's type that cannot be left out")]
fn nested(symbol: Symbol, document: &Document, session: &Session) -> lsp::DocumentSymbol {
    let children: Vec<_> = symbol.children.into_iter().map(|child| nested(child, document, session)).collect();
    lsp::DocumentSymbol {
        name: symbol.name,
        detail: (!symbol.detail.is_empty()).then_some(symbol.detail),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: proto::range(&document.buffer, symbol.whole, session.encoding),
        selection_range: proto::range(&document.buffer, symbol.focus, session.encoding),
        children: (!children.is_empty()).then_some(children),
    }
}

fn flatten(
    symbol: &Symbol,
    container: Option<&str>,
    document: &Document,
    session: &Session,
    flat: &mut Vec<lsp::SymbolInformation>,
) {
    if let Some(location) = proto::location(document, symbol.whole, session) {
        flat.push(information(symbol.name.clone(), symbol.kind, location, container.map(str::to_owned)));
    }
    symbol.children.iter().for_each(|child| flatten(child, Some(&symbol.name), document, session, flat));
}

#[expect(deprecated, reason = "a field of the protocol's type that cannot be left out")]
fn information(
    name: String,
    of: SymbolKind,
    location: lsp::Location,
    container_name: Option<String>,
) -> lsp::SymbolInformation {
    lsp::SymbolInformation { name, kind: kind(of), tags: None, deprecated: None, location, container_name }
}

/// The protocol has kinds for programs only; these have fitting pictures in most editors.
fn kind(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::Heading => lsp::SymbolKind::STRING,
        SymbolKind::Claim => lsp::SymbolKind::EVENT,
        SymbolKind::Actor => lsp::SymbolKind::CLASS,
        SymbolKind::Name => lsp::SymbolKind::KEY,
        SymbolKind::Fact => lsp::SymbolKind::PROPERTY,
        SymbolKind::Relation => lsp::SymbolKind::INTERFACE,
        SymbolKind::Entry => lsp::SymbolKind::FILE,
    }
}
