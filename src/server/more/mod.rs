//! The larger part of the protocol, one file for each family of requests with its conversions.

mod abilities;
pub(super) mod completion;
pub(super) mod diagnostics;
pub(super) mod hierarchies;
pub(super) mod lenses;
pub(super) mod refresh;
pub(super) mod renames;
pub(super) mod shapes;
pub(super) mod symbols;
pub(super) mod tokens;

pub(super) use abilities::More;

use crate::server::session::Session;
use serde_json::Value;
use tower_lsp_server::jsonrpc::Response;
use tower_lsp_server::ls_types as lsp;

/// Where the number of the workspace folder stands in data; the first folder's is left out.
const FOLDER: &str = "folder";

/// Adds what these requests can do to what the server says of itself.
pub(super) fn advertise(capabilities: &mut lsp::ServerCapabilities, client: &More) {
    capabilities.document_symbol_provider = Some(lsp::OneOf::Left(true));
    capabilities.workspace_symbol_provider = Some(lsp::OneOf::Left(true));
    capabilities.completion_provider = Some(completion::options());
    capabilities.semantic_tokens_provider =
        Some(lsp::SemanticTokensServerCapabilities::SemanticTokensOptions(tokens::options()));
    capabilities.code_lens_provider = Some(lsp::CodeLensOptions { resolve_provider: Some(true) });
    let commands = capabilities.execute_command_provider.get_or_insert_default();
    commands.commands.push(lenses::REFERENCES.to_owned());
    let rename = lsp::RenameOptions {
        prepare_provider: Some(true),
        work_done_progress_options: lsp::WorkDoneProgressOptions::default(),
    };
    capabilities.rename_provider =
        Some(if client.prepares_rename { lsp::OneOf::Right(rename) } else { lsp::OneOf::Left(true) });
    capabilities.document_link_provider = Some(lsp::DocumentLinkOptions {
        resolve_provider: Some(false),
        work_done_progress_options: lsp::WorkDoneProgressOptions::default(),
    });
    capabilities.folding_range_provider = Some(lsp::FoldingRangeProviderCapability::Simple(true));
    capabilities.selection_range_provider = Some(lsp::SelectionRangeProviderCapability::Simple(true));
    capabilities.call_hierarchy_provider = Some(lsp::CallHierarchyServerCapability::Simple(true));
    capabilities.inlay_hint_provider = Some(lsp::OneOf::Left(true));
    capabilities.type_definition_provider = Some(lsp::TypeDefinitionProviderCapability::Simple(true));
    if client.pulls_diagnostics {
        capabilities.diagnostic_provider = Some(lsp::DiagnosticServerCapabilities::Options(diagnostics::options()));
    }
    let workspace = capabilities.workspace.get_or_insert_default();
    workspace.file_operations = Some(renames::file_operations());
    workspace.workspace_folders = Some(lsp::WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(lsp::OneOf::Left(true)),
    });
}

/// What the client gives back with an item, and with it the workspace folder that knows what it means.
pub(super) fn with_folder(session: &Session, mut data: Value) -> Value {
    if let Some(data) = data.as_object_mut().filter(|_| session.number != 0) {
        data.insert(FOLDER.to_owned(), Value::from(session.number));
    }
    data
}

/// The workspace folder that knows what an item's data means.
pub(super) fn folder_of(data: Option<&Value>) -> u32 {
    let number = data.and_then(|data| data.get(FOLDER)?.as_u64());
    number.and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
}

/// Says in the answer to `initialize` that there is a type hierarchy: the framework's type has no field for it.
pub(super) fn with_type_hierarchy(answer: Response) -> Response {
    let (id, mut body) = answer.into_parts();
    if let Ok(result) = &mut body
        && let Some(capabilities) = result.get_mut("capabilities").and_then(Value::as_object_mut)
    {
        capabilities.insert("typeHierarchyProvider".to_owned(), Value::Bool(true));
    }
    Response::from_parts(id, body)
}
