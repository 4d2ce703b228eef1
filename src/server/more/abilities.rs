//! What the client can do with the answers of this folder; what it cannot is left out of what it gets.

use tower_lsp_server::ls_types::{ClientCapabilities, MarkupKind, ResourceOperationKind};

/// What the client can do.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::server) struct More {
    /// Shows an outline as a tree.
    pub(in crate::server) nested_symbols: bool,
    /// Takes completions with places to fill in.
    pub(in crate::server) snippets: bool,
    /// Shows Markdown beside completions.
    pub(in crate::server) markdown_items: bool,
    /// Shows details behind a completion's label.
    pub(in crate::server) label_details: bool,
    /// Asks what can be renamed before it asks for a new name.
    pub(in crate::server) prepares_rename: bool,
    /// Takes edits with the version of the text that they are for.
    pub(in crate::server) versioned_edits: bool,
    /// Renames files as a part of an edit.
    pub(in crate::server) renames_files: bool,
    /// Opens a document when asked to.
    pub(in crate::server) shows_documents: bool,
    /// Shows what a link leads to.
    pub(in crate::server) link_tooltips: bool,
    /// The most folding ranges that it takes.
    pub(in crate::server) folding_limit: Option<u32>,
    /// Asks for diagnostics itself, and can be told to ask again.
    pub(in crate::server) pulls_diagnostics: bool,
    /// Can be told to ask for semantic tokens again.
    pub(in crate::server) refreshes_tokens: bool,
    /// Can be told to ask for lenses again.
    pub(in crate::server) refreshes_lenses: bool,
    /// Can be told to ask for hints again.
    pub(in crate::server) refreshes_hints: bool,
}

impl More {
    /// Reads what the client said.
    pub(in crate::server) fn new(client: &ClientCapabilities) -> More {
        let text = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let yes = |ability: Option<bool>| ability.unwrap_or(false);
        let item = text.and_then(|it| it.completion.as_ref()?.completion_item.as_ref());
        let formats = item.and_then(|it| it.documentation_format.as_deref()).unwrap_or_default();
        let edits = workspace.and_then(|it| it.workspace_edit.as_ref());
        let operations = edits.and_then(|it| it.resource_operations.as_deref()).unwrap_or_default();
        let versioned_edits = yes(edits.and_then(|it| it.document_changes));
        // Without a way to say “ask again”, marks would stay wrong after a change of another file.
        let refreshes = yes(workspace.and_then(|it| it.diagnostics.as_ref()?.refresh_support));
        More {
            nested_symbols: yes(text.and_then(|it| it.document_symbol.as_ref()?.hierarchical_document_symbol_support)),
            snippets: yes(item.and_then(|it| it.snippet_support)),
            markdown_items: formats.contains(&MarkupKind::Markdown),
            label_details: yes(item.and_then(|it| it.label_details_support)),
            prepares_rename: yes(text.and_then(|it| it.rename.as_ref()?.prepare_support)),
            versioned_edits,
            renames_files: versioned_edits && operations.contains(&ResourceOperationKind::Rename),
            shows_documents: client
                .window
                .as_ref()
                .and_then(|it| it.show_document.as_ref())
                .is_some_and(|it| it.support),
            link_tooltips: yes(text.and_then(|it| it.document_link.as_ref()?.tooltip_support)),
            folding_limit: text.and_then(|it| it.folding_range.as_ref()?.range_limit),
            pulls_diagnostics: refreshes && text.is_some_and(|it| it.diagnostic.is_some()),
            refreshes_tokens: yes(workspace.and_then(|it| it.semantic_tokens.as_ref()?.refresh_support)),
            refreshes_lenses: yes(workspace.and_then(|it| it.code_lens.as_ref()?.refresh_support)),
            refreshes_hints: yes(workspace.and_then(|it| it.inlay_hint.as_ref()?.refresh_support)),
        }
    }
}
