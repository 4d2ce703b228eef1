//! Renaming, and what follows when files are renamed.

use crate::corpus::Extent;
use crate::features::rename::{self, Replacement};
use crate::server::proto;
use crate::server::requests::View;
use std::collections::{BTreeMap, HashMap};
use tower_lsp_server::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp_server::ls_types as lsp;

/// A request that is refused, with the reason for the user (LSP 3.17 `RequestFailed`).
fn refused(reason: String) -> Error {
    Error { code: ErrorCode::ServerError(-32803), message: reason.into(), data: None }
}

/// Files whose renaming is told before it happens.
pub(super) fn file_operations() -> lsp::WorkspaceFileOperationsServerCapabilities {
    let filter = |matches| lsp::FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: lsp::FileOperationPattern { glob: "**/*".to_owned(), matches: Some(matches), options: None },
    };
    let filters = vec![filter(lsp::FileOperationPatternKind::File), filter(lsp::FileOperationPatternKind::Folder)];
    lsp::WorkspaceFileOperationsServerCapabilities {
        will_rename: Some(lsp::FileOperationRegistrationOptions { filters }),
        ..lsp::WorkspaceFileOperationsServerCapabilities::default()
    }
}

/// What at the place can be renamed.
pub(in crate::server) fn prepare(
    view: &View,
    params: &lsp::TextDocumentPositionParams,
) -> Result<Option<lsp::PrepareRenameResponse>> {
    let Some((document, offset)) = view.place(params) else { return Ok(None) };
    let (range, placeholder) = rename::prepare(&view.snapshot, document.file, offset).map_err(refused)?;
    let range = proto::range(&document.buffer, range, view.session.encoding);
    Ok(Some(lsp::PrepareRenameResponse::RangeWithPlaceholder { range, placeholder }))
}

/// Renames it everywhere.
pub(in crate::server) fn rename(view: &View, params: &lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
    let Some((document, offset)) = view.place(&params.text_document_position) else { return Ok(None) };
    let replacements = rename::rename(&view.snapshot, document.file, offset, &params.new_name).map_err(refused)?;
    Ok(Some(edit(view, replacements, Vec::new())))
}

/// What follows when files are renamed: paths in bibliographies, and annotation files. A file that goes to another
/// workspace folder leaves everything behind.
pub(in crate::server) fn will_rename(
    views: &[View],
    params: &lsp::RenameFilesParams,
) -> Result<Option<lsp::WorkspaceEdit>> {
    if views.iter().any(|view| view.snapshot.extent == Extent::Nothing) {
        return Err(refused("the workspace is still being read, so nothing can follow the file; try again".to_owned()));
    }
    let edits = views.iter().filter_map(|view| will_rename_in(view, params));
    Ok(edits.reduce(|mut all, more| {
        if let Some(changes) = more.changes {
            all.changes.get_or_insert_default().extend(changes);
        }
        match (&mut all.document_changes, more.document_changes) {
            (Some(lsp::DocumentChanges::Operations(all)), Some(lsp::DocumentChanges::Operations(more))) => {
                all.extend(more);
            }
            (Some(_), _) | (None, None) => (),
            (none @ None, some) => *none = some,
        }
        all
    }))
}

fn will_rename_in(view: &View, params: &lsp::RenameFilesParams) -> Option<lsp::WorkspaceEdit> {
    let mut all = rename::Moved::default();
    for file in &params.files {
        let path = |uri: &str| Some(view.session.paths.path(&uri.parse().ok()?));
        let (Some(old), Some(new)) = (path(&file.old_uri), path(&file.new_uri)) else { continue };
        if !view.session.paths.is_inside(&old) || !view.session.paths.is_inside(&new) {
            continue;
        }
        let moved = rename::move_path(&view.snapshot, &old, &new);
        all.replacements.extend(moved.replacements);
        all.files.extend(moved.files);
    }
    if !view.session.more.renames_files {
        // The decisions stay where they are, so what they say about their text must stay too.
        let stays = |it: &Replacement| {
            let path = view.snapshot.path(it.place.file);
            all.files.iter().all(|(old, _)| old != path)
        };
        all.replacements.retain(stays);
        all.files.clear();
    }
    let is_empty = all.replacements.is_empty() && all.files.is_empty();
    (!is_empty).then(|| edit(view, all.replacements, all.files))
}

/// Replacements and moved files as an edit that the client takes.
fn edit(view: &View, replacements: Vec<Replacement>, files: Vec<(String, String)>) -> lsp::WorkspaceEdit {
    let mut by_file: BTreeMap<&str, Vec<Replacement>> = BTreeMap::new();
    for replacement in replacements {
        by_file.entry(view.snapshot.path(replacement.place.file)).or_default().push(replacement);
    }
    let texts = by_file.into_iter().filter_map(|(path, mut replacements)| {
        replacements.sort_by_key(|it| it.place.range);
        replacements.dedup();
        let document = view.snapshot.document_at(path)?;
        let edits = replacements.into_iter().map(|it| lsp::TextEdit {
            range: proto::range(&document.buffer, it.place.range, view.session.encoding),
            new_text: it.text,
        });
        Some((view.session.paths.uri(path)?, document.version, edits.collect::<Vec<_>>()))
    });
    if !view.session.more.versioned_edits {
        let changes: HashMap<lsp::Uri, Vec<lsp::TextEdit>> = texts.map(|(uri, _, edits)| (uri, edits)).collect();
        return lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() };
    }
    let texts = texts.map(|(uri, version, edits)| lsp::TextDocumentEdit {
        text_document: lsp::OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(lsp::OneOf::Left).collect(),
    });
    let texts = texts.map(lsp::DocumentChangeOperation::Edit);
    let files = files.into_iter().filter_map(|(old, new)| {
        let (old_uri, new_uri) = (view.session.paths.uri(&old)?, view.session.paths.uri(&new)?);
        let options = lsp::RenameFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
        let rename = lsp::RenameFile { old_uri, new_uri, options: Some(options), annotation_id: None };
        Some(lsp::DocumentChangeOperation::Op(lsp::ResourceOp::Rename(rename)))
    });
    let changes = lsp::DocumentChanges::Operations(texts.chain(files).collect());
    lsp::WorkspaceEdit { document_changes: Some(changes), ..lsp::WorkspaceEdit::default() }
}
