//! Code actions: what can be done about a place, as edits that the user sees and can undo.
//!
//! A client that resolves gets a list without edits. One that does not gets the edits at once. One that cannot make files
//! gets a command in the place of an edit that needs a new file: then the server writes that file itself, whole or not at
//! all. What is written down is `{path, version, start, end}` with the title: enough to find the fix again.

use super::errands::REQUEST_FAILED;
use super::mailbox::{Mailbox, News};
use super::more::with_folder;
use super::proto;
use super::requests::View;
use super::session::Session;
use crate::corpus::Document;
use crate::disk::{self, Loaded, clock};
use crate::features::decisions;
use crate::features::fixes::{self, FileEdit, Fix, FixKind};
use crate::text::ByteRange;
use serde_json::{Value, json};
use std::collections::HashMap;
use tower_lsp_server::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp_server::ls_types as lsp;

/// The command that does what an action says, for clients that cannot.
pub(super) const APPLY: &str = "glossator.apply";

/// What the client can do with code actions and edits.
#[derive(Clone, Copy, Debug)]
pub(super) struct EditAbilities {
    /// Takes actions, not commands only.
    actions: bool,
    /// Asks for an action's edit when it is chosen, and keeps its data until then.
    resolves: bool,
    /// Shows which action is the obvious one.
    prefers: bool,
    /// Takes edits that say which version of a text they are for.
    versions: bool,
    /// Can make files.
    creates: bool,
    /// Makes edits that the server asks for.
    applies: bool,
    /// Shows what each part of an edit is about, and lets the user leave parts out.
    reviews: bool,
}

impl EditAbilities {
    /// Reads what the client said.
    pub(super) fn new(client: &lsp::ClientCapabilities) -> EditAbilities {
        let actions = client.text_document.as_ref().and_then(|it| it.code_action.as_ref());
        let workspace = client.workspace.as_ref();
        let edits = workspace.and_then(|it| it.workspace_edit.as_ref());
        let operations = edits.and_then(|it| it.resource_operations.as_deref()).unwrap_or_default();
        let lazy = actions.and_then(|it| it.resolve_support.as_ref());
        let lazy = lazy.is_some_and(|it| it.properties.iter().any(|property| property == "edit"));
        EditAbilities {
            actions: actions.is_some_and(|it| it.code_action_literal_support.is_some()),
            resolves: lazy && actions.and_then(|it| it.data_support).unwrap_or(false),
            prefers: actions.and_then(|it| it.is_preferred_support).unwrap_or(false),
            versions: edits.and_then(|it| it.document_changes).unwrap_or(false),
            creates: operations.contains(&lsp::ResourceOperationKind::Create),
            reviews: edits.is_some_and(|it| it.change_annotation_support.is_some()),
            applies: workspace.and_then(|it| it.apply_edit).unwrap_or(false),
        }
    }
}

/// Says what the server does, as far as this client can make use of it.
pub(super) fn advertise(session: &Session, capabilities: &mut lsp::ServerCapabilities) {
    let options = lsp::CodeActionOptions {
        code_action_kinds: Some(vec![lsp::CodeActionKind::QUICKFIX, lsp::CodeActionKind::REFACTOR_REWRITE]),
        resolve_provider: Some(session.client.edits.resolves),
        ..lsp::CodeActionOptions::default()
    };
    let provider = match session.client.edits.actions {
        true => lsp::CodeActionProviderCapability::Options(options),
        false => lsp::CodeActionProviderCapability::Simple(true),
    };
    capabilities.code_action_provider = Some(provider);
    let commands = capabilities.execute_command_provider.get_or_insert_default();
    commands.commands.push(APPLY.to_owned());
}

/// What can be done here?
pub(super) fn list(view: &View, params: &lsp::CodeActionParams) -> Option<lsp::CodeActionResponse> {
    let path = view.session.paths.path(&params.text_document.uri);
    let document = view.snapshot.document(view.snapshot.file(&path)?)?;
    let byte = |position| proto::offset(&document.buffer, position, view.session.encoding) as usize;
    let range = ByteRange::new(byte(params.range.start), byte(params.range.end));
    let data = |title: &str| {
        let place = json!({ "path": path, "version": document.version, "start": range.start, "end": range.end, "title": title });
        with_folder(&view.session, place)
    };
    let wanted = |fix: &Fix| params.context.only.as_ref().is_none_or(|only| only.iter().any(|it| is_kind(it, fix)));
    let found = fixes::fixes(&view.snapshot, document.file, range);
    let shown = found.iter().filter(|fix| wanted(fix));
    let actions = shown.filter_map(|fix| {
        let known = fix.finding.as_ref().map(|finding| diagnostics(view, document, params, finding));
        action(view, fix, known, data(&fix.title))
    });
    Some(actions.collect())
}

/// The edit of an action that the user has chosen.
pub(super) fn resolve(view: &View, mut action: lsp::CodeAction) -> Result<lsp::CodeAction> {
    if action.edit.is_some() || action.command.is_some() {
        return Ok(action);
    }
    let Some(data) = &action.data else { return Ok(action) };
    let fix = find(view, data)?;
    let edits = fix.edits(&view.snapshot, &disk::clock::now());
    if needs_command(view, &edits) {
        action.command = Some(command(&action.title, data.clone()));
    } else {
        action.edit = Some(offered(view, &fix, &edits));
    }
    Ok(action)
}

/// Does what an action says: files are made here, and what is left is for the client.
pub(super) fn apply(
    view: &View,
    mailbox: &Mailbox,
    params: &lsp::ExecuteCommandParams,
) -> Result<Option<lsp::WorkspaceEdit>> {
    let data =
        params.arguments.first().ok_or_else(|| Error::invalid_params(format!("{APPLY} takes an action's data")))?;
    let mut left = Vec::new();
    let mut written = Vec::new();
    for edit in find(view, data)?.edits(&view.snapshot, &disk::clock::now()) {
        let (path, text) = match &edit {
            FileEdit::Create(path, text) if !view.session.client.edits.creates => (path.clone(), text.clone()),
            FileEdit::Change(file, edits) if !view.session.client.edits.applies => {
                let Some(document) = view.snapshot.document(*file) else { continue };
                if document.version.is_some() {
                    return Err(failed(format!(
                        "{} is open, and the editor takes no edits; close it first",
                        document.path
                    )));
                }
                (document.path.to_string(), edited(document, edits))
            }
            FileEdit::Create(..) | FileEdit::Change(..) => {
                left.push(edit);
                continue;
            }
        };
        write(view, &path, &text, matches!(edit, FileEdit::Create(..)))?;
        written.push(path);
    }
    if !written.is_empty() {
        mailbox.post(News::Watched(written));
    }
    Ok((!left.is_empty()).then(|| workspace_edit(view, &left)))
}

/// Renews what is stored about places in a text that was saved, where it has worn: the file is written here, unless the
/// editor has it open.
pub(super) fn renew(view: &View, mailbox: &Mailbox, path: &str) -> Result<Option<lsp::WorkspaceEdit>> {
    let text = view.snapshot.file(path).filter(|_| view.session.paths.is_inside(path));
    let Some(edit) = text.and_then(|text| decisions::renewed(&view.snapshot, text)) else { return Ok(None) };
    let FileEdit::Change(file, edits) = &edit else { return Ok(None) };
    let Some(document) = view.snapshot.document(*file) else { return Ok(None) };
    if document.version.is_some() {
        return Ok(view.session.client.edits.applies.then(|| workspace_edit(view, &[edit])));
    }
    write(view, &document.path, &edited(document, edits), false)?;
    mailbox.post(News::Watched(vec![document.path.to_string()]));
    Ok(None)
}

/// Files that the edits of an action would change and that are others on disk than here: somebody else has written them,
/// and nobody has told yet. `data` is the action's; without it the decisions about `text` are looked at.
pub(super) fn outdated(view: &View, data: Option<&Value>, text: Option<&lsp::Uri>) -> Vec<(String, Option<Loaded>)> {
    let Some(root) = view.session.paths.root() else { return Vec::new() };
    let edits = data.and_then(|data| find(view, data).ok()).map(|fix| fix.edits(&view.snapshot, &clock::now()));
    let mut paths: Vec<String> = Vec::new();
    for edit in edits.iter().flatten() {
        paths.extend(match edit {
            FileEdit::Create(path, _) => Some(path.clone()),
            FileEdit::Change(file, _) => view.snapshot.document(*file).map(|it| it.path.to_string()),
        });
    }
    let document = text.and_then(|uri| view.document(uri));
    paths.extend(document.and_then(|text| decisions::path_of(&view.snapshot, text)));
    let is_other = |path: &String, loaded: &Option<Loaded>| match (view.snapshot.document_at(path), loaded) {
        (Some(document), _) if document.version.is_some() => false,
        (Some(document), Some(Loaded::Text { text, .. })) => !document.buffer.holds(text),
        (known, loaded) => known.is_some() != loaded.is_some(),
    };
    let inside = paths.into_iter().filter(|path| view.session.paths.is_inside(path));
    let read = inside.map(|path| (disk::read_file(root, &path), path)).map(|(loaded, path)| (path, loaded));
    read.filter(|(path, loaded)| is_other(path, loaded)).collect()
}

fn edited(document: &Document, edits: &[(ByteRange, String)]) -> String {
    let mut buffer = document.buffer.clone();
    edits.iter().rev().for_each(|(range, words)| buffer.replace(*range, words));
    buffer.text()
}

fn write(view: &View, path: &str, text: &str, is_new: bool) -> Result<()> {
    let root = view.session.paths.root().filter(|_| view.session.paths.is_inside(path));
    let Some(root) = root else {
        return Err(failed(format!("{path} was not written: it lies outside the workspace folder")));
    };
    if is_new && disk::read_file(root, path).is_some() {
        return Err(failed(format!(
            "{path} was not written: it is there already, and nothing in it is known; try again"
        )));
    }
    let known = view.snapshot.document_at(path).filter(|_| !is_new);
    if let (Some(known), Some(Loaded::Text { text, .. })) = (known, disk::read_file(root, path))
        && !known.buffer.holds(&text)
    {
        return Err(failed(format!("{path} was not written: another program has just changed it; try again")));
    }
    disk::write_atomic(root, path, text).map_err(failed)
}

fn failed(message: String) -> Error {
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: message.into(), data: None }
}

/// The fix that data stands for, if the text is still the one that it was made for.
fn find(view: &View, data: &Value) -> Result<Fix> {
    let text = |key: &str| data.get(key).and_then(Value::as_str);
    let number = |key: &str| data.get(key).and_then(Value::as_u64).and_then(|it| usize::try_from(it).ok());
    let (Some(path), Some(title), Some(start), Some(end)) =
        (text("path"), text("title"), number("start"), number("end"))
    else {
        return Err(Error::invalid_params("the data of the action is not as it was sent"));
    };
    let document = view.snapshot.file(path).and_then(|file| view.snapshot.document(file));
    let Some(document) = document else { return Err(Error::content_modified()) };
    if data.get("version").and_then(Value::as_i64) != document.version.map(i64::from) {
        return Err(Error::content_modified());
    }
    let fixes = fixes::fixes(&view.snapshot, document.file, ByteRange::new(start, end));
    fixes.into_iter().find(|fix| fix.title == title).ok_or_else(Error::content_modified)
}

fn kind(fix: &Fix) -> lsp::CodeActionKind {
    match fix.kind {
        FixKind::QuickFix => lsp::CodeActionKind::QUICKFIX,
        FixKind::Refactor => lsp::CodeActionKind::REFACTOR_REWRITE,
    }
}

/// Whether a kind that was asked for is the fix's kind or one above it.
fn is_kind(wanted: &lsp::CodeActionKind, fix: &Fix) -> bool {
    let (wanted, kind) = (wanted.as_str(), kind(fix));
    let below = kind.as_str().strip_prefix(wanted);
    wanted.is_empty() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn action(
    view: &View,
    fix: &Fix,
    diagnostics: Option<Vec<lsp::Diagnostic>>,
    data: Value,
) -> Option<lsp::CodeActionOrCommand> {
    let abilities = view.session.client.edits;
    if !abilities.actions {
        return Some(lsp::CodeActionOrCommand::Command(command(&fix.title, data)));
    }
    let mut action = lsp::CodeAction {
        title: fix.title.clone(),
        kind: Some(kind(fix)),
        diagnostics: diagnostics.filter(|list| !list.is_empty()),
        is_preferred: (fix.is_preferred && abilities.prefers).then_some(true),
        ..lsp::CodeAction::default()
    };
    // Without files that the client can make, only the edits tell whether a command is needed.
    if abilities.resolves && abilities.creates {
        action.data = Some(data);
        return Some(lsp::CodeActionOrCommand::CodeAction(action));
    }
    let edits = fix.edits(&view.snapshot, &disk::clock::now());
    if edits.is_empty() {
        return None;
    }
    if needs_command(view, &edits) {
        action.command = Some(command(&fix.title, data));
    } else {
        action.edit = Some(offered(view, fix, &edits));
    }
    Some(lsp::CodeActionOrCommand::CodeAction(action))
}

fn command(title: &str, data: Value) -> lsp::Command {
    lsp::Command { title: title.to_owned(), command: APPLY.to_owned(), arguments: Some(vec![data]) }
}

fn needs_command(view: &View, edits: &[FileEdit]) -> bool {
    let creates = edits.iter().any(|edit| matches!(edit, FileEdit::Create(..)));
    creates && !view.session.client.edits.creates
}

/// The client's own diagnostics of a finding, as it sent them.
fn diagnostics(
    view: &View,
    document: &Document,
    params: &lsp::CodeActionParams,
    finding: &crate::model::Finding,
) -> Vec<lsp::Diagnostic> {
    let range = proto::range(&document.buffer, finding.range, view.session.encoding);
    let code = lsp::NumberOrString::String(finding.code.word().to_owned());
    let is_it = |it: &&lsp::Diagnostic| it.range == range && it.code.as_ref() == Some(&code);
    params.context.diagnostics.iter().filter(is_it).cloned().collect()
}

/// The edits of a fix. One that should be looked at first is told file by file, where the client shows that.
fn offered(view: &View, fix: &Fix, edits: &[FileEdit]) -> lsp::WorkspaceEdit {
    let mut edit = workspace_edit(view, edits);
    let Some(lsp::DocumentChanges::Operations(operations)) = &mut edit.document_changes else { return edit };
    if !fix.wants_review() || !view.session.client.edits.reviews {
        return edit;
    }
    let mut annotations = HashMap::new();
    let mut annotate = |uri: &lsp::Uri| {
        let path = view.session.paths.path(uri);
        let label = format!("{} ({path})", fix.title);
        let annotation = lsp::ChangeAnnotation { label, needs_confirmation: Some(true), description: None };
        annotations.insert(path.clone(), annotation);
        path
    };
    for operation in operations {
        match operation {
            lsp::DocumentChangeOperation::Edit(edit) => {
                let annotation_id = annotate(&edit.text_document.uri);
                for edit in &mut edit.edits {
                    if let lsp::OneOf::Left(text_edit) = edit {
                        let (text_edit, annotation_id) = (text_edit.clone(), annotation_id.clone());
                        *edit = lsp::OneOf::Right(lsp::AnnotatedTextEdit { text_edit, annotation_id });
                    }
                }
            }
            lsp::DocumentChangeOperation::Op(lsp::ResourceOp::Create(create)) => {
                create.annotation_id = Some(annotate(&create.uri));
            }
            lsp::DocumentChangeOperation::Op(_) => (),
        }
    }
    edit.change_annotations = Some(annotations);
    edit
}

/// Edits of files in the client's terms: in its encoding, for the versions that it has.
fn workspace_edit(view: &View, edits: &[FileEdit]) -> lsp::WorkspaceEdit {
    let abilities = view.session.client.edits;
    let creates = edits.iter().any(|edit| matches!(edit, FileEdit::Create(..)));
    if abilities.versions || creates {
        let operations = edits.iter().flat_map(|edit| operations(view, edit)).collect();
        let document_changes = Some(lsp::DocumentChanges::Operations(operations));
        return lsp::WorkspaceEdit { document_changes, ..lsp::WorkspaceEdit::default() };
    }
    let mut changes: HashMap<lsp::Uri, Vec<lsp::TextEdit>> = HashMap::new();
    for edit in edits {
        if let FileEdit::Change(file, edits) = edit
            && let Some(document) = view.snapshot.document(*file)
            && let Some(uri) = view.session.paths.uri(&document.path)
        {
            changes.entry(uri).or_default().extend(text_edits(view, document, edits));
        }
    }
    lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() }
}

fn operations(view: &View, edit: &FileEdit) -> Vec<lsp::DocumentChangeOperation> {
    let text_edit = |uri, version, edits: Vec<lsp::TextEdit>| {
        lsp::DocumentChangeOperation::Edit(lsp::TextDocumentEdit {
            text_document: lsp::OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.into_iter().map(lsp::OneOf::Left).collect(),
        })
    };
    match edit {
        FileEdit::Change(file, edits) => {
            let Some(document) = view.snapshot.document(*file) else { return Vec::new() };
            let Some(uri) = view.session.paths.uri(&document.path) else { return Vec::new() };
            vec![text_edit(uri, document.version, text_edits(view, document, edits))]
        }
        FileEdit::Create(path, text) => {
            let Some(uri) = view.session.paths.uri(path) else { return Vec::new() };
            // A file that came in between is not overwritten: then the client says so.
            let options = lsp::CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(false) };
            let create = lsp::CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
            let words = lsp::TextEdit { range: lsp::Range::default(), new_text: text.clone() };
            vec![lsp::DocumentChangeOperation::Op(lsp::ResourceOp::Create(create)), text_edit(uri, None, vec![words])]
        }
    }
}

fn text_edits(view: &View, document: &Document, edits: &[(ByteRange, String)]) -> Vec<lsp::TextEdit> {
    let text_edit = |(range, words): &(ByteRange, String)| lsp::TextEdit {
        range: proto::range(&document.buffer, *range, view.session.encoding),
        new_text: words.clone(),
    };
    edits.iter().map(text_edit).collect()
}
