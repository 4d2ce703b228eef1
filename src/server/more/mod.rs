//! The larger part of the protocol, one file for each family of requests with its conversions.

mod abilities;
mod symbols;

pub(super) use abilities::More;
pub(super) use symbols::{document_symbols, workspace_symbols};

use tower_lsp_server::ls_types as lsp;

/// Adds what these requests can do to what the server says of itself.
pub(super) fn advertise(capabilities: &mut lsp::ServerCapabilities, _client: &More) {
    capabilities.document_symbol_provider = Some(lsp::OneOf::Left(true));
    capabilities.workspace_symbol_provider = Some(lsp::OneOf::Left(true));
}
