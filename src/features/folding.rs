//! What can be folded away: front matter, sections, page chrome, entries of long files.

use super::symbols::headings;
use crate::analysis::claims::Zone;
use crate::corpus::document::Content;
use crate::corpus::{Document, Snapshot};
use crate::model::FileId;
use crate::model::record::front_matter;
use crate::text::ByteRange;

/// What is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FoldKind {
    /// The YAML at the head of a file.
    FrontMatter,
    /// A heading with what stands below it.
    Section,
    /// Menus, share prompts, bylines.
    Chrome,
    /// A record or reference among others.
    Entry,
}

/// A piece that can be folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// From the line that stays to the last that goes, bytes in the file.
    pub range: ByteRange,
    /// What it is.
    pub kind: FoldKind,
}

/// What can be folded, in order.
#[must_use]
pub fn folds(snapshot: &Snapshot, file: FileId) -> Vec<Fold> {
    let Some(document) = snapshot.document(file) else { return Vec::new() };
    let mut folds = Vec::new();
    match &document.content {
        Content::Text => {
            folds.extend(headings(document).iter().map(|it| Fold { range: it.section, kind: FoldKind::Section }));
            folds.extend(head(document));
            folds.extend(chrome(document));
        }
        Content::Records(records) if records.len() == 1 => folds.extend(head(document)),
        Content::Records(records) => {
            folds.extend(records.iter().map(|it| Fold { range: it.range, kind: FoldKind::Entry }));
        }
        Content::References(references) => {
            folds.extend(references.iter().map(|it| Fold { range: it.range, kind: FoldKind::Entry }));
        }
        Content::Annotations(_) | Content::Configuration => (),
    }
    for fold in &mut folds {
        let text = document.buffer.slice(fold.range);
        let start = fold.range.start as usize;
        fold.range = ByteRange::new(start, start + text.trim_end().len());
    }
    folds.retain(|fold| document.buffer.slice(fold.range).contains('\n'));
    folds.sort_by_key(|fold| (fold.range.start, fold.kind));
    folds
}

fn head(document: &Document) -> Option<Fold> {
    let opens = document.buffer.slice(ByteRange::new(0, 6));
    if !opens.trim_start_matches('\u{feff}').starts_with("---") {
        return None;
    }
    let text = document.buffer.text();
    let parts = front_matter(&text).filter(|parts| parts.closed)?;
    let fence = text.get(parts.yaml.end as usize..)?.lines().next()?.len();
    Some(Fold { range: ByteRange::new(0, parts.yaml.end as usize + fence), kind: FoldKind::FrontMatter })
}

/// Runs of sentences that are page chrome.
fn chrome(document: &Document) -> Vec<Fold> {
    let mut folds: Vec<Fold> = Vec::new();
    let mut goes_on = false;
    for claim in &document.settled().claims {
        if claim.zone != Zone::Chrome {
            goes_on = false;
            continue;
        }
        match folds.last_mut().filter(|_| goes_on) {
            Some(fold) => fold.range.end = claim.range.end,
            None => folds.push(Fold { range: claim.range, kind: FoldKind::Chrome }),
        }
        goes_on = true;
    }
    folds
}
