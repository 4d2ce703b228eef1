//! The words of a text that mean something: mentions and citations, for colouring.

use crate::analysis::citations::CitationTarget;
use crate::analysis::mentions::MentionStatus;
use crate::corpus::{Document, Extent, Snapshot};
use crate::model::FileId;
use crate::text::ByteRange;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// An actor, with how sure that is.
    Mention(MentionStatus),
    /// A citation key; `true` where a bibliography has it, or none has been read yet.
    Key(bool),
}

/// A coloured piece of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes in the file; never over a line's end.
    pub range: ByteRange,
    /// What it is.
    pub kind: TokenKind,
}

/// The tokens of a file that share a byte with `within`, in order, none over another.
#[must_use]
pub fn tokens(snapshot: &Snapshot, file: FileId, within: Option<ByteRange>) -> Vec<Token> {
    let Some(document) = snapshot.document(file) else { return Vec::new() };
    let mentions = document.settled().mentions.iter();
    let mentions = mentions.map(|it| (it.range, TokenKind::Mention(it.status)));
    let keys = document.citations().filter_map(|(base, citation)| {
        let CitationTarget::Key { key, range } = &citation.target else { return None };
        let is_defined = snapshot.extent == Extent::Nothing || snapshot.registry.reference(key).is_some();
        Some((range.shifted(base), TokenKind::Key(is_defined)))
    });
    // Keys come first where both claim a place: nobody is named inside a key.
    let mut found: Vec<(ByteRange, TokenKind)> = keys.chain(mentions).collect();
    found.sort_by_key(|(range, kind)| (range.start, std::cmp::Reverse(*kind)));
    let mut tokens = Vec::new();
    let mut end = 0;
    for (range, kind) in found {
        let is_wanted = within.is_none_or(|within| within.overlaps(range));
        if is_wanted && end <= range.start && !range.is_empty() {
            end = range.end;
            tokens.extend(lines(document, range).map(|range| Token { range, kind }));
        }
    }
    tokens
}

/// The pieces of a range that lie on one line each.
fn lines(document: &Document, range: ByteRange) -> impl Iterator<Item = ByteRange> {
    let text = document.buffer.slice(range);
    let mut at = range.start as usize;
    let mut pieces = Vec::new();
    for line in text.split(['\n', '\r']) {
        let lead = line.len() - line.trim_start().len();
        let words = line.trim();
        if !words.is_empty() {
            pieces.push(ByteRange::new(at + lead, at + lead + words.len()));
        }
        at += line.len() + 1;
    }
    pieces.into_iter()
}
