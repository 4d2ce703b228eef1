//! All conversions between the protocol's types and ours.

use super::requests::View;
use super::session::{Abilities, Session};
use crate::corpus::spots::Span;
use crate::corpus::{Document, Edit, Snapshot};
use crate::features::card::Card;
use crate::features::{Place, Target};
use crate::model::{Code, Finding, Severity};
use crate::text::ByteRange;
use crate::text::buffer::Buffer;
use crate::text::position::{Encoding, LineColumn};
use rayon::prelude::*;
use serde_json::Value;
use std::fmt::Write as _;
use tower_lsp_server::ls_types as lsp;

/// With fewer places than this, asking other threads for help takes longer than telling them.
const MANY_PLACES: usize = 256;

/// An editor's position in our words.
pub(super) fn place(position: lsp::Position) -> LineColumn {
    LineColumn { line: position.line, column: position.character }
}

/// The byte that a position names, clamped to the text.
pub(super) fn offset(buffer: &Buffer, position: lsp::Position, encoding: Encoding) -> u32 {
    u32::try_from(buffer.byte(place(position), encoding)).unwrap_or(u32::MAX)
}

/// A range of a text in the editor's terms.
pub(super) fn range(buffer: &Buffer, range: ByteRange, encoding: Encoding) -> lsp::Range {
    let position = |byte: u32| {
        let LineColumn { line, column } = buffer.line_column(byte as usize, encoding);
        lsp::Position { line, character: column }
    };
    lsp::Range { start: position(range.start), end: position(range.end) }
}

/// The same, for many ranges of one document.
pub(super) fn range_in(document: &Document, range: ByteRange, encoding: Encoding) -> lsp::Range {
    let position = |byte: u32| {
        let LineColumn { line, column } = document.line_column(byte as usize, encoding);
        lsp::Position { line, character: column }
    };
    lsp::Range { start: position(range.start), end: position(range.end) }
}

/// What an editor did to a text.
pub(super) fn edits(changes: Vec<lsp::TextDocumentContentChangeEvent>) -> Vec<Edit> {
    let edit = |change: lsp::TextDocumentContentChangeEvent| Edit {
        range: change.range.map(|range| (place(range.start), place(range.end))),
        text: change.text,
    };
    changes.into_iter().map(edit).collect()
}

/// How the negotiated encoding is called.
pub(super) fn encoding(encoding: Encoding) -> lsp::PositionEncodingKind {
    match encoding {
        Encoding::Utf8 => lsp::PositionEncodingKind::UTF8,
        Encoding::Utf16 => lsp::PositionEncodingKind::UTF16,
        Encoding::Utf32 => lsp::PositionEncodingKind::UTF32,
    }
}

/// A card as the client can show it.
pub(super) fn hover(card: &Card, document: &Document, session: &Session) -> lsp::Hover {
    let (kind, value) = match session.client.markdown_hover {
        true => (lsp::MarkupKind::Markdown, card.markdown()),
        false => (lsp::MarkupKind::PlainText, card.plain()),
    };
    lsp::Hover {
        contents: lsp::HoverContents::Markup(lsp::MarkupContent { kind, value }),
        range: Some(range(&document.buffer, card.range, session.encoding)),
    }
}

/// Where a jump leads, with what was clicked on.
pub(super) fn link(
    snapshot: &Snapshot,
    session: &Session,
    target: Target,
    origin: Option<lsp::Range>,
) -> Option<lsp::LocationLink> {
    let document = snapshot.document(target.file)?;
    Some(lsp::LocationLink {
        origin_selection_range: origin,
        target_uri: session.paths.uri(&document.path)?,
        target_range: range(&document.buffer, target.whole, session.encoding),
        target_selection_range: range(&document.buffer, target.focus, session.encoding),
    })
}

/// A place in a file.
pub(super) fn location(document: &Document, place: ByteRange, session: &Session) -> Option<lsp::Location> {
    let uri = session.paths.uri(&document.path)?;
    Some(lsp::Location { uri, range: range(&document.buffer, place, session.encoding) })
}

/// Places in files; those of one file follow each other.
pub(super) fn locations(view: &View, places: &[Place]) -> Vec<lsp::Location> {
    by_file(places, |of_file| {
        let (uri, ranges) = ranges_in(view, of_file)?;
        Some(ranges.into_iter().map(|range| lsp::Location { uri: uri.clone(), range }).collect::<Vec<_>>())
    })
    .into_iter()
    .flatten()
    .collect()
}

/// The same as the JSON text of the answer: there may be thousands, and a value of the framework's for each takes longer
/// than to find them.
pub(super) fn written_locations(view: &View, places: &[Place]) -> String {
    let of_files = by_file(places, |of_file| {
        let (uri, ranges) = ranges_in(view, of_file)?;
        // A string is always JSON.
        let uri = serde_json::to_string(uri.as_str()).ok()?;
        let mut words = String::with_capacity(ranges.len() * (uri.len() + 100));
        for lsp::Range { start, end } in ranges {
            let comma = if words.is_empty() { "" } else { "," };
            let _ = write!(
                words,
                r#"{comma}{{"uri":{uri},"range":{{"start":{{"line":{},"character":{}}},"end":{{"line":{},"character":{}}}}}}}"#,
                start.line, start.character, end.line, end.character
            );
        }
        Some(words).filter(|words| !words.is_empty())
    });
    format!("[{}]", of_files.join(","))
}

/// Does something for the places of each file. Many files are dealt with by all threads of the pool: each text has to be
/// fetched from memory.
fn by_file<T: Send>(places: &[Place], each: impl Fn(&[Place]) -> Option<T> + Sync) -> Vec<T> {
    let is_same = |a: &Place, b: &Place| a.file == b.file;
    if places.len() < MANY_PLACES {
        return places.chunk_by(is_same).filter_map(each).collect();
    }
    let parts: Vec<&[Place]> = places.chunk_by(is_same).collect();
    parts.par_iter().with_min_len(16).filter_map(|of_file| each(of_file)).collect()
}

/// Places of one file, and what the file is called.
fn ranges_in(view: &View, places: &[Place]) -> Option<(lsp::Uri, Vec<lsp::Range>)> {
    let document = view.snapshot.document(places.first()?.file)?;
    let (uri, encoding) = (view.session.paths.uri(&document.path)?, view.session.encoding);
    let ranges: Vec<ByteRange> = places.iter().map(|it| it.range).collect();
    let position = |place: LineColumn| lsp::Position { line: place.line, character: place.column };
    let range = |(start, end): Span| lsp::Range { start: position(start), end: position(end) };
    Some((uri, document.spans(&ranges, encoding).into_iter().map(range).collect()))
}

/// A finding as a diagnostic; `None` for what the user has switched off.
pub(super) fn diagnostic(
    snapshot: &Snapshot,
    session: &Session,
    document: &Document,
    finding: &Finding,
) -> Option<lsp::Diagnostic> {
    let severity = severity(finding.severity)?;
    let Abilities { related_places, diagnostic_data, fades_unused, .. } = session.client;
    let is_unused = matches!(finding.code, Code::UnusedReference | Code::UnusedSuppression);
    Some(lsp::Diagnostic {
        range: range_in(document, finding.range, session.encoding),
        severity: Some(severity),
        code: Some(lsp::NumberOrString::String(finding.code.word().to_owned())),
        source: Some("glossator".to_owned()),
        message: finding.message.clone(),
        related_information: if related_places { related(snapshot, session, document, finding) } else { None },
        tags: (fades_unused && is_unused).then(|| vec![lsp::DiagnosticTag::UNNECESSARY]),
        data: if diagnostic_data { data(finding) } else { None },
        ..lsp::Diagnostic::default()
    })
}

fn severity(severity: Severity) -> Option<lsp::DiagnosticSeverity> {
    match severity {
        Severity::Off => None,
        Severity::Hint => Some(lsp::DiagnosticSeverity::HINT),
        Severity::Information => Some(lsp::DiagnosticSeverity::INFORMATION),
        Severity::Warning => Some(lsp::DiagnosticSeverity::WARNING),
        Severity::Error => Some(lsp::DiagnosticSeverity::ERROR),
    }
}

fn related(
    snapshot: &Snapshot,
    session: &Session,
    document: &Document,
    finding: &Finding,
) -> Option<Vec<lsp::DiagnosticRelatedInformation>> {
    let places: Vec<_> = finding
        .related
        .iter()
        .filter_map(|related| {
            let document = related.file.map_or(Some(document), |file| snapshot.document(file))?;
            let location = location(document, related.range, session)?;
            Some(lsp::DiagnosticRelatedInformation { location, message: related.message.clone() })
        })
        .collect();
    (!places.is_empty()).then_some(places)
}

fn data(finding: &Finding) -> Option<Value> {
    let facts = finding.data.iter().map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str())));
    (!finding.data.is_empty()).then(|| Value::Object(facts.collect()))
}
