//! Type hierarchy: who owns whom. Call hierarchy: who cites whom.

use crate::features::Target;
use crate::features::calls::{self, Item, Party};
use crate::features::hierarchy::{self, Node, Step};
use crate::server::proto;
use crate::server::requests::View;
use crate::text::ByteRange;
use serde_json::{Value, json};
use tower_lsp_server::ls_types as lsp;

/// The actors at the place.
pub(in crate::server) fn prepare_types(
    view: &View,
    params: &lsp::TypeHierarchyPrepareParams,
) -> Option<Vec<lsp::TypeHierarchyItem>> {
    let (document, offset) = view.place(&params.text_document_position_params)?;
    let nodes = hierarchy::prepare(&view.snapshot, document.file, offset);
    let items: Vec<_> = nodes.into_iter().filter_map(|node| type_item(view, node)).collect();
    (!items.is_empty()).then_some(items)
}

/// Owners and controllers.
pub(in crate::server) fn supertypes(
    view: &View,
    params: &lsp::TypeHierarchySupertypesParams,
) -> Option<Vec<lsp::TypeHierarchyItem>> {
    types(view, &params.item, Step::Up)
}

/// Holdings.
pub(in crate::server) fn subtypes(
    view: &View,
    params: &lsp::TypeHierarchySubtypesParams,
) -> Option<Vec<lsp::TypeHierarchyItem>> {
    types(view, &params.item, Step::Down)
}

fn types(view: &View, item: &lsp::TypeHierarchyItem, step: Step) -> Option<Vec<lsp::TypeHierarchyItem>> {
    let id = item.data.as_ref()?.get("actor")?.as_str()?;
    Some(hierarchy::step(&view.snapshot, id, step).into_iter().filter_map(|node| type_item(view, node)).collect())
}

fn type_item(view: &View, node: Node) -> Option<lsp::TypeHierarchyItem> {
    let place = shown(view, node.target)?;
    Some(lsp::TypeHierarchyItem {
        name: node.name,
        kind: lsp::SymbolKind::CLASS,
        tags: None,
        detail: (!node.detail.is_empty()).then_some(node.detail),
        uri: place.target_uri,
        range: place.target_range,
        selection_range: place.target_selection_range,
        data: Some(json!({ "actor": node.id })),
    })
}

/// The text, reference or actor at the place.
pub(in crate::server) fn prepare_calls(
    view: &View,
    params: &lsp::CallHierarchyPrepareParams,
) -> Option<Vec<lsp::CallHierarchyItem>> {
    let (document, offset) = view.place(&params.text_document_position_params)?;
    let items = calls::prepare(&view.snapshot, document.file, offset);
    let items: Vec<_> = items.into_iter().filter_map(|item| call_item(view, item)).collect();
    (!items.is_empty()).then_some(items)
}

/// Who cites it.
pub(in crate::server) fn incoming(
    view: &View,
    params: &lsp::CallHierarchyIncomingCallsParams,
) -> Option<Vec<lsp::CallHierarchyIncomingCall>> {
    let calls = calls::incoming(&view.snapshot, &party(params.item.data.as_ref()?)?).into_iter();
    let call = |call: calls::Call| {
        let from_ranges = ranges(view, call.item.target.file, &call.ranges);
        Some(lsp::CallHierarchyIncomingCall { from: call_item(view, call.item)?, from_ranges })
    };
    Some(calls.filter_map(call).collect())
}

/// What it cites.
pub(in crate::server) fn outgoing(
    view: &View,
    params: &lsp::CallHierarchyOutgoingCallsParams,
) -> Option<Vec<lsp::CallHierarchyOutgoingCall>> {
    let calls = calls::outgoing(&view.snapshot, &party(params.item.data.as_ref()?)?).into_iter();
    let document = view.document(&params.item.uri)?;
    let call = |call: calls::Call| {
        let from_ranges = ranges(view, document.file, &call.ranges);
        Some(lsp::CallHierarchyOutgoingCall { to: call_item(view, call.item)?, from_ranges })
    };
    Some(calls.filter_map(call).collect())
}

fn ranges(view: &View, file: crate::model::FileId, ranges: &[ByteRange]) -> Vec<lsp::Range> {
    let Some(document) = view.snapshot.document(file) else { return Vec::new() };
    ranges.iter().map(|range| proto::range(&document.buffer, *range, view.session.encoding)).collect()
}

fn call_item(view: &View, item: Item) -> Option<lsp::CallHierarchyItem> {
    let place = shown(view, item.target)?;
    let (kind, data) = match item.party {
        Party::Text(path) => (lsp::SymbolKind::FILE, json!({ "text": path })),
        Party::Reference(key) => (lsp::SymbolKind::CONSTANT, json!({ "reference": key })),
        Party::Actor(id) => (lsp::SymbolKind::CLASS, json!({ "actor": id })),
    };
    Some(lsp::CallHierarchyItem {
        name: item.name,
        kind,
        tags: None,
        detail: (!item.detail.is_empty()).then_some(item.detail),
        uri: place.target_uri,
        range: place.target_range,
        selection_range: place.target_selection_range,
        data: Some(data),
    })
}

fn party(data: &Value) -> Option<Party> {
    let word = |name: &str| data.get(name).and_then(Value::as_str).map(str::to_owned);
    let text = word("text").map(Party::Text);
    text.or_else(|| word("reference").map(Party::Reference)).or_else(|| word("actor").map(Party::Actor))
}

fn shown(view: &View, target: Target) -> Option<lsp::LocationLink> {
    proto::link(&view.snapshot, &view.session, target, None)
}
