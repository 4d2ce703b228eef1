//! Completion and what is said about an item when it is looked at.

use crate::features::completion::{self, CompletionOptions, Proposal, ProposalKind};
use crate::server::more::with_folder;
use crate::server::proto;
use crate::server::requests::View;
use serde_json::{Value, json};
use tower_lsp_server::ls_types as lsp;

/// The most proposals at once.
const MOST: usize = 200;

/// How the server completes.
pub(super) fn options() -> lsp::CompletionOptions {
    lsp::CompletionOptions {
        resolve_provider: Some(true),
        trigger_characters: Some(["@", "[", ":", "-"].map(str::to_owned).to_vec()),
        ..lsp::CompletionOptions::default()
    }
}

/// What can be written at the place.
pub(in crate::server) fn complete(view: &View, params: &lsp::CompletionParams) -> Option<lsp::CompletionResponse> {
    let (document, offset) = view.place(&params.text_document_position)?;
    let options = CompletionOptions { snippets: view.session.more.snippets, limit: MOST };
    let proposals = completion::complete(&view.snapshot, document.file, offset, options);
    let range = proto::range(&document.buffer, proposals.replaced, view.session.encoding);
    let typed = document.buffer.slice(proposals.replaced).into_owned();
    let items = (0..).zip(proposals.items).map(|(number, proposal)| item(view, number, proposal, range, &typed));
    let items: Vec<_> = items.collect();
    // Names are found by what letters fold to, so the server must be asked again for every letter.
    let is_incomplete = proposals.is_incomplete || !items.is_empty();
    is_incomplete.then_some(lsp::CompletionResponse::List(lsp::CompletionList { is_incomplete, items }))
}

fn item(view: &View, number: usize, proposal: Proposal, range: lsp::Range, typed: &str) -> lsp::CompletionItem {
    let (kind, data) = match &proposal.kind {
        ProposalKind::Actor(id) => (lsp::CompletionItemKind::CLASS, Some(json!({ "actor": id }))),
        ProposalKind::Key(key) => (lsp::CompletionItemKind::REFERENCE, Some(json!({ "key": key }))),
        ProposalKind::Field => (lsp::CompletionItemKind::FIELD, None),
        ProposalKind::Word => (lsp::CompletionItemKind::ENUM_MEMBER, None),
    };
    let is_snippet = proposal.snippet.is_some();
    let new_text = proposal.snippet.unwrap_or(proposal.insert);
    let detail = (!proposal.detail.is_empty()).then_some(proposal.detail);
    let about = (!proposal.about.is_empty()).then_some(lsp::Documentation::String(proposal.about));
    let details = lsp::CompletionItemLabelDetails { detail: None, description: detail.clone() };
    lsp::CompletionItem {
        label: proposal.label,
        label_details: view.session.more.label_details.then_some(details),
        kind: Some(kind),
        detail,
        documentation: about,
        sort_text: Some(format!("{number:04}")),
        // Editors filter by letters; what was typed may be another spelling or script of the same name.
        filter_text: (!typed.is_empty()).then(|| typed.to_owned()),
        insert_text_format: is_snippet.then_some(lsp::InsertTextFormat::SNIPPET),
        insert_text_mode: new_text.contains('\n').then_some(lsp::InsertTextMode::AS_IS),
        text_edit: Some(lsp::CompletionTextEdit::Edit(lsp::TextEdit { range, new_text })),
        data: data.map(|data| with_folder(&view.session, data)),
        ..lsp::CompletionItem::default()
    }
}

/// Adds the card of an actor or the reference in words.
pub(in crate::server) fn resolve(view: &View, mut item: lsp::CompletionItem) -> lsp::CompletionItem {
    let word = |name: &str| item.data.as_ref()?.get(name).and_then(Value::as_str).map(str::to_owned);
    let kind = word("actor").map(ProposalKind::Actor).or_else(|| word("key").map(ProposalKind::Key));
    let card = kind.and_then(|kind| completion::documentation(&view.snapshot, &kind));
    if let Some(card) = card {
        item.documentation = Some(match view.session.more.markdown_items {
            true => {
                let (kind, value) = (lsp::MarkupKind::Markdown, card.markdown());
                lsp::Documentation::MarkupContent(lsp::MarkupContent { kind, value })
            }
            false => lsp::Documentation::String(card.plain()),
        });
    }
    item
}
