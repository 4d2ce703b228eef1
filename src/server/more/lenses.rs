//! Lenses, and the command behind them.

use crate::features::lens::{self, Counted};
use crate::server::proto;
use crate::server::requests::View;
use serde_json::{Value, json};
use tower_lsp_server::ls_types as lsp;

/// Answers with the places behind a lens, and shows the first. Arguments: URI, position, and `claims` for those of the
/// text without a source; without it, the places that name what stands at the position.
pub(in crate::server) const REFERENCES: &str = "glossator.references";

/// The places for lenses; what they say comes when they are seen.
pub(in crate::server) fn lenses(view: &View, params: &lsp::CodeLensParams) -> Option<Vec<lsp::CodeLens>> {
    let uri = &params.text_document.uri;
    let document = view.document(uri)?;
    let lens = |it: lens::Lens| {
        let actor = if let Counted::Mentions(id) = it.counted { Some(id) } else { None };
        lsp::CodeLens {
            range: proto::range(&document.buffer, it.range, view.session.encoding),
            command: None,
            data: Some(json!({ "uri": uri.as_str(), "actor": actor })),
        }
    };
    let lenses = lens::lenses(&view.snapshot, document.file);
    // Counting is cheap enough to leave out lenses that would say nothing.
    let lenses = lenses.into_iter().filter(|it| lens::title(&view.snapshot, document.file, &it.counted).is_some());
    Some(lenses.map(lens).collect())
}

/// The text that a lens or a command is about, as its data says.
pub(in crate::server) fn about(uri: Option<&Value>) -> Option<lsp::Uri> {
    uri?.as_str()?.parse().ok()
}

/// Says what a lens counts.
pub(in crate::server) fn resolve(view: &View, mut lens: lsp::CodeLens) -> lsp::CodeLens {
    let data = lens.data.as_ref();
    let uri = about(data.and_then(|it| it.get("uri")));
    let actor = data.and_then(|it| it.get("actor")?.as_str()).map(str::to_owned);
    let document = uri.as_ref().and_then(|uri| view.document(uri));
    let counted = actor.map_or(Counted::Claims, Counted::Mentions);
    let mut arguments = vec![json!(uri.as_ref().map(|uri| uri.as_str())), json!(lens.range.start)];
    arguments.extend((counted == Counted::Claims).then(|| json!("claims")));
    let title = document.and_then(|document| lens::title(&view.snapshot, document.file, &counted));
    lens.command = Some(lsp::Command {
        title: title.unwrap_or_else(|| "nothing to count".to_owned()),
        command: REFERENCES.to_owned(),
        arguments: Some(arguments),
    });
    lens
}

/// The places behind a lens.
pub(in crate::server) fn references(view: &View, arguments: &[Value]) -> Option<Vec<lsp::Location>> {
    let uri = about(arguments.first())?;
    let position: lsp::Position = serde_json::from_value(arguments.get(1)?.clone()).ok()?;
    let document = view.document(&uri)?;
    let offset = proto::offset(&document.buffer, position, view.session.encoding);
    let of_claims = arguments.get(2).and_then(Value::as_str) == Some("claims");
    let counted = if of_claims { Counted::Claims } else { Counted::Mentions(String::new()) };
    Some(proto::locations(view, &lens::places(&view.snapshot, document.file, offset, &counted)))
}
