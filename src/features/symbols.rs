//! The outline of a file, and the search for any name in the workspace.

use super::Place;
use super::navigate::entry_target;
use super::states::{self, State};
use crate::analysis::claims::{Claim, Zone};
use crate::corpus::document::Content;
use crate::corpus::{Document, Snapshot};
use crate::model::bibliography::Reference;
use crate::model::record::Record;
use crate::model::{ActorKey, FileId, Role};
use crate::text::ByteRange;
use crate::text::fold;

/// A label is cut after this many characters.
const LONGEST_LABEL: usize = 80;

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SymbolKind {
    /// A heading and what stands below it.
    Heading,
    /// A check-worthy sentence.
    Claim,
    /// An actor's record.
    Actor,
    /// A further name of an actor.
    Name,
    /// A sourced statement of a record.
    Fact,
    /// A relation of a record.
    Relation,
    /// An entry of a bibliography.
    Entry,
}

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What to call it; never empty.
    pub name: String,
    /// More about it; may be empty.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it, bytes in the file.
    pub whole: ByteRange,
    /// Its name in the file, inside `whole`.
    pub focus: ByteRange,
    /// Its parts, in order.
    pub children: Vec<Symbol>,
}

/// A heading of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// 1 to 6.
    pub(super) level: usize,
    /// The line, bytes in the file.
    pub(super) line: ByteRange,
    /// From the line to the end of what stands below it.
    pub(super) section: ByteRange,
}

/// The outline of a file.
#[must_use]
pub fn document_symbols(snapshot: &Snapshot, file: FileId) -> Vec<Symbol> {
    let Some(document) = snapshot.document(file) else { return Vec::new() };
    match &document.content {
        Content::Text => text_symbols(snapshot, document),
        Content::Records(records) => records.iter().map(|record| record_symbol(snapshot, record)).collect(),
        Content::References(references) => references.iter().map(|reference| entry_symbol(reference)).collect(),
        Content::Annotations(_) | Content::Configuration => Vec::new(),
    }
}

/// The Markdown headings of a text, in order; lines in code blocks and front matter are none.
pub(super) fn headings(document: &Document) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    for block in document.blocks() {
        let text = document.buffer.slice(block.range);
        let is_code = text.starts_with("```") || text.starts_with("~~~");
        if is_code || (block.range.start == 0 && text.starts_with("---")) {
            continue;
        }
        let mut at = block.range.start as usize;
        for line in text.split_inclusive('\n') {
            let level = line.chars().take_while(|c| *c == '#').count();
            let is_heading = (1..=6).contains(&level) && line.chars().nth(level) == Some(' ');
            if is_heading && !line.trim_matches(['#', ' ', '\n', '\r']).is_empty() {
                let line = ByteRange::new(at, at + line.trim_end().len());
                let section = ByteRange::new(at, document.buffer.len());
                headings.push(Heading { level, line, section });
            }
            at += line.len();
        }
    }
    let starts: Vec<(usize, u32)> = headings.iter().map(|it| (it.level, it.line.start)).collect();
    for (idx, heading) in headings.iter_mut().enumerate() {
        let next = starts.iter().skip(idx + 1).find(|(level, _)| *level <= heading.level);
        let end = next.map_or(heading.section.end, |(_, start)| *start);
        let text = document.buffer.slice(ByteRange { start: heading.section.start, end });
        heading.section =
            ByteRange::new(heading.section.start as usize, heading.section.start as usize + text.trim_end().len());
    }
    headings
}

/// Whether a sentence is one that has to be backed: check-worthy, said once, and no heading of a note.
pub(super) fn must_be_backed(document: &Document, claim: &Claim) -> bool {
    let is_asserted = match claim.zone {
        Zone::Body | Zone::Heading => document.role == Role::Source || !states::is_heading(document, claim),
        Zone::Chrome | Zone::Structure => false,
    };
    is_asserted && claim.check_worthy && !claim.repeated
}

/// The claims of a text that have to be backed, with how far they are.
pub(super) fn claims_to_back(snapshot: &Snapshot, document: &Document) -> Vec<(ByteRange, State)> {
    let backings = states::of(snapshot, document);
    let claims = document.settled().claims.iter().zip(&backings);
    claims.filter(|(claim, _)| must_be_backed(document, claim)).map(|(claim, it)| (claim.range, it.state)).collect()
}

fn text_symbols(snapshot: &Snapshot, document: &Document) -> Vec<Symbol> {
    let claim = |(range, state): (ByteRange, State)| Symbol {
        name: label(&document.buffer.slice(range)),
        detail: state.word().to_owned(),
        kind: SymbolKind::Claim,
        whole: range,
        focus: range,
        children: Vec::new(),
    };
    let mut parts: Vec<(usize, Symbol)> =
        claims_to_back(snapshot, document).into_iter().map(|it| (usize::MAX, claim(it))).collect();
    for heading in headings(document) {
        let name = label(document.buffer.slice(heading.line).trim_matches(['#', ' ']));
        let (whole, focus) = (heading.section, heading.line);
        let detail = String::new();
        parts.push((
            heading.level,
            Symbol { name, detail, kind: SymbolKind::Heading, whole, focus, children: Vec::new() },
        ));
    }
    parts.sort_by_key(|(level, symbol)| (symbol.whole.start, *level));
    nested(parts)
}

/// Puts each symbol below the nearest one before it that has a lower level and covers it.
fn nested(parts: Vec<(usize, Symbol)>) -> Vec<Symbol> {
    fn close(open: &mut Vec<(usize, Symbol)>, roots: &mut Vec<Symbol>) {
        let Some((_, done)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, parent)) => parent.children.push(done),
            None => roots.push(done),
        }
    }
    let mut roots = Vec::new();
    let mut open: Vec<(usize, Symbol)> = Vec::new();
    for (level, symbol) in parts {
        while open.last().is_some_and(|(above, it)| level <= *above || !it.whole.covers(symbol.whole)) {
            close(&mut open, &mut roots);
        }
        open.push((level, symbol));
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots
}

fn record_symbol(snapshot: &Snapshot, record: &Record) -> Symbol {
    let part = |kind, name: String, detail: String, whole, focus| Symbol {
        name: label(&name),
        detail,
        kind,
        whole,
        focus: inside(focus, whole),
        children: Vec::new(),
    };
    let source = |source: Option<&crate::model::Spanned<String>>| source.map(|it| it.value.clone()).unwrap_or_default();
    let mut children: Vec<Symbol> = Vec::new();
    for name in record.names.iter().skip(1) {
        let (text, range) = (name.text.value.to_owned(), name.text.range);
        children.push(part(SymbolKind::Name, text, name.kind.word().to_owned(), range, range));
    }
    for fact in &record.facts {
        let name = format!("{}: {}", fact.property.value, fact.value.value);
        let detail = source(fact.evidence.source.as_ref());
        children.push(part(SymbolKind::Fact, name, detail, fact.range, fact.value.range));
    }
    for relation in &record.relations {
        let other = &relation.other;
        let caption =
            snapshot.registry.actor_by_id(&other.value).map_or(other.value.as_str(), |it| it.record.caption());
        let name = format!("{} {caption}", relation.phrase());
        let detail = source(relation.evidence.source.as_ref());
        children.push(part(SymbolKind::Relation, name, detail, relation.range, other.range));
    }
    children.retain(|child| record.range.covers(child.whole));
    children.sort_by_key(|child| (child.whole.start, child.focus.start));
    let schema = record.schema.as_ref().map(|it| it.value.clone()).unwrap_or_default();
    let focus = record.names.first().map_or(record.id.range, |name| name.text.range);
    let mut symbol = part(SymbolKind::Actor, record.caption().to_owned(), schema, record.range, focus);
    symbol.children = children;
    symbol
}

fn entry_symbol(reference: &Reference) -> Symbol {
    Symbol {
        name: label(&reference.key.value),
        detail: reference.title.as_ref().map(|title| label(&title.value)).unwrap_or_default(),
        kind: SymbolKind::Entry,
        whole: reference.range,
        focus: inside(reference.key.range, reference.range),
        children: Vec::new(),
    }
}

fn inside(focus: ByteRange, whole: ByteRange) -> ByteRange {
    if whole.covers(focus) { focus } else { ByteRange::empty(whole.start as usize) }
}

/// Words on one line, cut where they are many.
pub(super) fn label(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return "(nothing)".to_owned();
    }
    match line.char_indices().nth(LONGEST_LABEL) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// A name or key that was searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The name as the record writes it, or the key.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// Whose name it is, or the title behind the key.
    pub container: String,
    /// Where it is written.
    pub place: Place,
}

/// How well a name fits what was typed; lower is better.
pub(super) fn fit(folded: &str, query: &str) -> Option<u8> {
    if query.is_empty() {
        return Some(0);
    }
    if let Some(at) = folded.find(query) {
        let before = folded.get(..at).and_then(|it| it.chars().next_back());
        return Some(match before {
            None => u8::from(folded.len() != query.len()),
            Some(before) if !before.is_alphanumeric() => 2,
            Some(_) => 3,
        });
    }
    let mut chars = folded.chars();
    // Letters strewn over a long name are chance.
    let is_long = 2 < query.chars().count() && folded.len() <= 3 * query.len();
    (is_long && query.chars().filter(|c| *c != ' ').all(|wanted| chars.any(|c| c == wanted))).then_some(4)
}

/// Every name of every actor, and every citation key, that fits `query`; the best `limit`.
#[must_use]
pub fn workspace_symbols(snapshot: &Snapshot, query: &str, limit: usize) -> Vec<Found> {
    let query = fold::fold(query.trim());
    let mut fitting: Vec<(u8, usize, &str, ActorKey, usize)> = Vec::new();
    for (actor, idx, folded) in snapshot.registry.spellings().all() {
        if !query.is_empty() || idx == 0 {
            fitting.extend(fit(folded, &query).map(|rank| (rank, folded.len(), folded, actor, idx)));
        }
    }
    fitting.sort_unstable();
    fitting.truncate(limit);
    let mut found: Vec<(u8, usize, Found)> = Vec::new();
    for (rank, _, folded, actor, idx) in fitting {
        let Some(actor) = snapshot.registry.record(actor) else { continue };
        let Some(name) = actor.record.names.get(idx) else { continue };
        let kind = if idx == 0 { SymbolKind::Actor } else { SymbolKind::Name };
        let container = actor.record.caption();
        let range = if name.text.range.is_empty() { record_start(&actor.record) } else { name.text.range };
        let place = Place { file: actor.file, range };
        let (name, container) =
            (name.text.value.to_owned(), if idx == 0 { String::new() } else { container.to_owned() });
        found.push((rank, folded.len(), Found { name, kind, container, place }));
    }
    for volume in snapshot.registry.shelf().volumes() {
        let Some(rank) = fit(&volume.folded_key, &query) else { continue };
        let Some(entry) = snapshot.registry.reference(&volume.key) else { continue };
        let key = &entry.reference.key.value;
        let Some(target) = entry_target(snapshot, key) else { continue };
        let container = entry.reference.title.as_ref().map(|it| it.value.clone()).unwrap_or_default();
        let place = Place { file: target.file, range: target.focus };
        found.push((rank, key.len(), Found { name: key.clone(), kind: SymbolKind::Entry, container, place }));
    }
    found.sort_by(|(a, n, x), (b, m, y)| (a, n, &x.name, x.place).cmp(&(b, m, &y.name, y.place)));
    found.truncate(limit);
    found.into_iter().map(|(_, _, found)| found).collect()
}

fn record_start(record: &Record) -> ByteRange {
    ByteRange::empty(record.range.start as usize)
}
