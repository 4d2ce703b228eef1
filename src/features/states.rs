//! How far each claim of a text is backed: uncited, cited, located, verified, disputed, will not be cited.
//!
//! A citation covers the sentences before it, back to the citation before or to the start of the paragraph (or its own
//! sentence only, as configured), and never those after it. A citation whose key no bibliography has does not count.

use crate::analysis::citations::{Citation, CitationTarget};
use crate::analysis::claims::{Claim, Zone};
use crate::corpus::{Document, Snapshot};
use crate::model::Role;
use crate::model::annotation::{Decision, Verdict};
use crate::model::options::CitationScope;
use crate::text::ByteRange;
use std::collections::BTreeMap;

/// How far a claim is backed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// No source.
    #[default]
    Uncited,
    /// A source, but no place in it.
    Cited,
    /// A source and a place in it, or a quotation from it.
    Located,
    /// Somebody checked: the source says so.
    Verified,
    /// Somebody checked: the source says otherwise, or sources differ.
    Disputed,
    /// It needs no citation; a reason is recorded.
    WillNotCite,
}

impl State {
    /// The state as `glossator claims` prints it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            State::Uncited => "uncited",
            State::Cited => "cited",
            State::Located => "located",
            State::Verified => "verified",
            State::Disputed => "disputed",
            State::WillNotCite => "will-not-cite",
        }
    }
}

/// How far one claim is backed, and by what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backing {
    /// The state.
    pub state: State,
    /// Citation keys and addresses, in the order of the text.
    pub citations: Vec<String>,
    /// Whether the user marked it `[citation needed]`.
    pub is_marked: bool,
}

/// The backing of each claim of a text, in the order of [`crate::analysis::Settled::claims`].
#[must_use]
pub fn of(snapshot: &Snapshot, document: &Document) -> Vec<Backing> {
    let claims = &document.settled().claims;
    let mut backings = vec![Backing::default(); claims.len()];
    let paragraphs = paragraphs(document, claims);
    let mut covered_to: Option<usize> = None;
    for source in sources(snapshot, document) {
        let Some(last) = cited_sentence(document, claims, &source, &paragraphs) else { continue };
        if source.is_marker {
            if let Some(backing) = backings.get_mut(last) {
                backing.is_marked = true;
            }
            continue;
        }
        let mut first = last;
        if snapshot.options.citation_scope == CitationScope::Paragraph {
            let floor = covered_to.filter(|covered| *covered < last).map_or(0, |covered| covered + 1);
            while floor < first && paragraphs.get(first - 1) == paragraphs.get(last) {
                first -= 1;
            }
        }
        covered_to = Some(last);
        for backing in backings.iter_mut().take(last + 1).skip(first) {
            cite(backing, &source.name, source.is_located);
        }
    }
    for placed in document.placed() {
        let Some(range) = placed.range else { continue };
        let first = claims.partition_point(|claim| claim.range.end <= range.start);
        for (claim, backing) in claims.iter().zip(&mut backings).skip(first) {
            if range.end.max(range.start + 1) <= claim.range.start {
                break;
            }
            decide(backing, &placed.annotation.decision);
        }
    }
    backings
}

fn cite(backing: &mut Backing, name: &str, is_located: bool) {
    backing.state = backing.state.max(if is_located { State::Located } else { State::Cited });
    if !backing.citations.iter().any(|it| it == name) {
        backing.citations.push(name.to_owned());
    }
}

fn decide(backing: &mut Backing, decision: &Decision) {
    match decision {
        Decision::Backed { key, locator, quotation } => {
            cite(backing, &key.value, locator.is_some() || quotation.is_some());
        }
        Decision::CitationNeeded => backing.is_marked = true,
        Decision::Assessed { verdict, .. } => {
            backing.state = match verdict {
                Verdict::Verified => State::Verified,
                Verdict::Disputed => State::Disputed,
                Verdict::WillNotCite => State::WillNotCite,
            };
        }
        Decision::Identity { .. } | Decision::Suppressed { .. } | Decision::Comment(_) => (),
    }
}

/// A citation that counts, or an explicit marker.
pub(super) struct Source {
    /// The citation, bytes in the document.
    pub(super) range: ByteRange,
    /// The citation key, or an address.
    pub(super) name: String,
    is_located: bool,
    /// Whether it only asks for a citation.
    pub(super) is_marker: bool,
}

/// The citations of a document that count, in order; a footnote's reference stands for what its definition cites.
pub(super) fn sources(snapshot: &Snapshot, document: &Document) -> Vec<Source> {
    let mut notes: BTreeMap<&str, Vec<(String, bool)>> = BTreeMap::new();
    let mut in_definition: Vec<u32> = Vec::new();
    for block in document.blocks() {
        let mut label = None;
        for citation in &block.facts.citations {
            if let CitationTarget::FootnoteDefinition(it) = &citation.target {
                label = Some(it.as_str());
                notes.entry(it).or_default();
            } else if let Some(label) = label {
                notes.entry(label).or_default().extend(named(snapshot, citation));
                in_definition.push(citation.range.start + block.range.start);
            }
        }
    }
    let mut sources = Vec::new();
    for (base, citation) in document.citations() {
        let range = citation.range.shifted(base);
        if in_definition.binary_search(&range.start).is_ok() {
            continue;
        }
        match &citation.target {
            CitationTarget::Footnote(label) => {
                for (name, is_located) in notes.get(label.as_str()).into_iter().flatten() {
                    sources.push(Source { range, name: name.clone(), is_located: *is_located, is_marker: false });
                }
            }
            CitationTarget::Needed => {
                sources.push(Source { range, name: String::new(), is_located: false, is_marker: true });
            }
            CitationTarget::Key { .. }
            | CitationTarget::Url(_)
            | CitationTarget::FootnoteDefinition(_)
            | CitationTarget::Glued(_) => {
                if let Some((name, is_located)) = named(snapshot, citation) {
                    sources.push(Source { range, name, is_located, is_marker: false });
                }
            }
        }
    }
    sources
}

/// What a citation is called and whether it has a place in its source; `None` where it does not count.
fn named(snapshot: &Snapshot, citation: &Citation) -> Option<(String, bool)> {
    match &citation.target {
        CitationTarget::Key { key, .. } => {
            snapshot.registry.reference(key)?;
            Some((key.clone(), citation.locator.is_some()))
        }
        CitationTarget::Url(url) => Some((url.clone(), false)),
        CitationTarget::Footnote(_)
        | CitationTarget::FootnoteDefinition(_)
        | CitationTarget::Needed
        | CitationTarget::Glued(_) => None,
    }
}

/// The sentence that a citation stands in, or directly after.
fn cited_sentence(document: &Document, claims: &[Claim], source: &Source, paragraphs: &[usize]) -> Option<usize> {
    let idx = claims.partition_point(|claim| claim.range.start <= source.range.start).checked_sub(1)?;
    let claim = claims.get(idx)?;
    // A bracketed citation after a full stop belongs to the sentence that the stop ends, even where the sentence
    // splitter gave it to the next one.
    let lead = document.words(ByteRange { start: claim.range.start, end: source.range.start });
    let opens = lead.chars().all(|char| char.is_whitespace() || matches!(char, '[' | '(' | '^' | '-'));
    let bracketed = !lead.is_empty() || document.words(source.range).starts_with(['[', '{', '^', '<']);
    let same_paragraph = 0 < idx && paragraphs.get(idx - 1) == paragraphs.get(idx);
    Some(if opens && bracketed && same_paragraph { idx - 1 } else { idx })
}

/// A number for each claim that it shares with the others of its paragraph.
pub(super) fn paragraphs(document: &Document, claims: &[Claim]) -> Vec<usize> {
    let mut numbers = Vec::with_capacity(claims.len());
    let mut number = 0;
    let mut before: Option<&Claim> = None;
    let mut after_heading = false;
    for claim in claims {
        let heading = is_heading(document, claim);
        if let Some(before) = before {
            let gap = document.words(ByteRange { start: before.range.end, end: claim.range.start });
            number += usize::from(after_heading || heading || parts(gap));
        }
        after_heading = heading;
        numbers.push(number);
        before = Some(claim);
    }
    numbers
}

/// Whether a sentence is a heading. In a note only what Markdown calls one is: a line without a full stop may well be an
/// assertion there.
pub(super) fn is_heading(document: &Document, claim: &Claim) -> bool {
    if document.role == Role::Source {
        return claim.zone == Zone::Heading;
    }
    document.line_before(claim.range.start as usize).trim_start().starts_with('#')
}

/// Whether the text between two sentences ends a paragraph: a blank line, or a line end and a list bullet. A blank line
/// inside a block quote does not: the line that names the source often stands by itself.
fn parts(gap: &str) -> bool {
    let mut lines = gap.split('\n');
    lines.next();
    let mut lines = lines.peekable();
    while let Some(line) = lines.next() {
        let rest = line.trim_matches([' ', '\t', '\r', '>']);
        let is_last = lines.peek().is_none();
        if !is_last && rest.is_empty() && !line.trim_start().starts_with('>') {
            return true;
        }
        let bullet = rest.starts_with(['-', '*', '+', '•', '·', '–'])
            || rest.trim_start_matches(|char: char| char.is_ascii_digit()).starts_with(['.', ')']);
        if is_last && bullet {
            return true;
        }
    }
    false
}
