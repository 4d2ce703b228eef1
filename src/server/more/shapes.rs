//! Links, folds, selections, hints and the type of an actor.

use crate::features::folding::{self, FoldKind};
use crate::features::links::{self, LinkTarget};
use crate::features::{inlay, navigate, selection};
use crate::server::frames::encode_uri;
use crate::server::proto;
use crate::server::requests::View;
use crate::text::ByteRange;
use tower_lsp_server::ls_types as lsp;
use tower_lsp_server::ls_types::request::{GotoTypeDefinitionParams, GotoTypeDefinitionResponse};

/// What can be clicked on.
pub(in crate::server) fn links(view: &View, params: &lsp::DocumentLinkParams) -> Option<Vec<lsp::DocumentLink>> {
    let document = view.document(&params.text_document.uri)?;
    let link = |link: links::Link| {
        let target = match link.target {
            // People write addresses as they read them: 人民.中国/地图.
            LinkTarget::Address(address) => encode_uri(&address).unwrap_or(address).parse().ok()?,
            LinkTarget::File(path) => view.session.paths.uri(&path)?,
        };
        let tooltip = (view.session.more.link_tooltips && !link.about.is_empty()).then_some(link.about);
        let range = proto::range(&document.buffer, link.range, view.session.encoding);
        Some(lsp::DocumentLink { range, target: Some(target), tooltip, data: None })
    };
    Some(links::links(&view.snapshot, document.file).into_iter().filter_map(link).collect())
}

/// What can be folded away, in whole lines.
pub(in crate::server) fn folds(view: &View, params: &lsp::FoldingRangeParams) -> Option<Vec<lsp::FoldingRange>> {
    let document = view.document(&params.text_document.uri)?;
    let fold = |fold: folding::Fold| {
        let range = proto::range(&document.buffer, fold.range, view.session.encoding);
        lsp::FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            kind: match fold.kind {
                FoldKind::Section | FoldKind::Entry => Some(lsp::FoldingRangeKind::Region),
                FoldKind::FrontMatter | FoldKind::Chrome => Some(lsp::FoldingRangeKind::Comment),
            },
            ..lsp::FoldingRange::default()
        }
    };
    let limit = view.session.more.folding_limit.map_or(usize::MAX, |limit| limit as usize);
    Some(folding::folds(&view.snapshot, document.file).into_iter().map(fold).take(limit).collect())
}

/// Wider and wider selections around each place.
pub(in crate::server) fn selections(
    view: &View,
    params: &lsp::SelectionRangeParams,
) -> Option<Vec<lsp::SelectionRange>> {
    let document = view.document(&params.text_document.uri)?;
    let chain = |position: &lsp::Position| {
        let offset = proto::offset(&document.buffer, *position, view.session.encoding);
        let mut ranges = selection::selections(&view.snapshot, document.file, offset).into_iter().rev();
        let range = |range| proto::range(&document.buffer, range, view.session.encoding);
        let widest = ranges.next().unwrap_or(ByteRange::empty(offset as usize));
        let widest = lsp::SelectionRange { range: range(widest), parent: None };
        ranges.fold(widest, |parent, inner| lsp::SelectionRange { range: range(inner), parent: Some(Box::new(parent)) })
    };
    Some(params.positions.iter().map(chain).collect())
}

/// Canonical names beside forms that do not show them, and the dates of days that are counted.
pub(in crate::server) fn hints(view: &View, params: &lsp::InlayHintParams) -> Option<Vec<lsp::InlayHint>> {
    let document = view.document(&params.text_document.uri)?;
    let offset = |position| proto::offset(&document.buffer, position, view.session.encoding) as usize;
    let within = ByteRange::new(offset(params.range.start), offset(params.range.end));
    let hint = |hint: inlay::Hint| lsp::InlayHint {
        position: proto::range(&document.buffer, ByteRange::empty(hint.offset as usize), view.session.encoding).start,
        label: lsp::InlayHintLabel::String(hint.text),
        kind: None,
        text_edits: None,
        tooltip: hint.about.map(lsp::InlayHintTooltip::String),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    Some(inlay::hints(&view.snapshot, document.file, within).into_iter().map(hint).collect())
}

/// Where the type of the actor at the place is written.
pub(in crate::server) fn type_definition(
    view: &View,
    params: &GotoTypeDefinitionParams,
) -> Option<GotoTypeDefinitionResponse> {
    let (document, offset) = view.place(&params.text_document_position_params)?;
    let (target, _) = navigate::type_definition(&view.snapshot, document.file, offset)?;
    let record = view.snapshot.document(target.file)?;
    proto::location(record, target.focus, &view.session).map(GotoTypeDefinitionResponse::Scalar)
}
