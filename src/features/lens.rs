//! Lines above a record or a text that count: mentions, and claims with a source.

use super::Place;
use super::navigate;
use super::states::State;
use super::symbols::claims_to_back;
use crate::corpus::document::Content;
use crate::corpus::{Extent, Snapshot};
use crate::model::FileId;
use crate::text::ByteRange;

/// What a lens counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted {
    /// The mentions of an actor, by id.
    Mentions(String),
    /// The claims of the text.
    Claims,
}

/// A place for a line of counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// Where it is shown, bytes in the file.
    pub range: ByteRange,
    /// What it counts.
    pub counted: Counted,
}

/// The lenses of a file; what they say is computed by [`title`].
#[must_use]
pub fn lenses(snapshot: &Snapshot, file: FileId) -> Vec<Lens> {
    let Some(document) = snapshot.document(file) else { return Vec::new() };
    match &document.content {
        Content::Text if document.buffer.is_empty() => Vec::new(),
        Content::Text => vec![Lens { range: ByteRange::empty(0), counted: Counted::Claims }],
        Content::Records(records) => {
            let lens = |record: &crate::model::record::Record| {
                let name = record.names.first().map_or(record.id.range, |name| name.text.range);
                let range = if name.is_empty() { ByteRange::empty(record.range.start as usize) } else { name };
                Lens { range, counted: Counted::Mentions(record.id.value.clone()) }
            };
            records.iter().map(|record| lens(record)).collect()
        }
        Content::References(_) | Content::Annotations(_) | Content::Configuration => Vec::new(),
    }
}

/// What a lens says; `None` where there is nothing to count, or not everything to be counted has been read.
#[must_use]
pub fn title(snapshot: &Snapshot, file: FileId, counted: &Counted) -> Option<String> {
    let needed = match counted {
        Counted::Mentions(_) => Extent::Everything,
        Counted::Claims => Extent::Records,
    };
    if snapshot.extent < needed {
        return None;
    }
    match counted {
        Counted::Mentions(id) => {
            let (n_mentions, n_texts) = snapshot.n_mentions(snapshot.registry.actor_by_id(id)?.key);
            let mentions = if n_mentions == 1 { "mention" } else { "mentions" };
            let texts = if n_texts == 1 { "text" } else { "texts" };
            Some(format!("{n_mentions} {mentions} in {n_texts} {texts}"))
        }
        Counted::Claims => {
            let claims = claims_to_back(snapshot, snapshot.document(file)?);
            let n_backed = claims.iter().filter(|(_, state)| *state != State::Uncited).count();
            let claims_word = if claims.len() == 1 { "claim" } else { "claims" };
            (!claims.is_empty()).then(|| format!("{n_backed} of {} {claims_word} cited", claims.len()))
        }
    }
}

/// The places behind a lens: the mentions of the actor, or the claims of the text without a source.
#[must_use]
pub fn places(snapshot: &Snapshot, file: FileId, offset: u32, counted: &Counted) -> Vec<Place> {
    match (counted, snapshot.document(file)) {
        (Counted::Claims, Some(document)) => {
            let claims = claims_to_back(snapshot, document).into_iter();
            let uncited = claims.filter(|(_, state)| *state == State::Uncited);
            uncited.map(|(range, _)| Place { file, range }).collect()
        }
        _ => navigate::references(snapshot, file, offset, false),
    }
}
