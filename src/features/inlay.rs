//! What a word does not show: the canonical name of a form (`东方网 = Eastday`), and the date of a day that a source text
//! counts from its own (`last Monday = 2024-04-29`).

use crate::analysis::mentions::{MentionKind, MentionStatus};
use crate::analysis::{dates, language};
use crate::corpus::{Document, Snapshot};
use crate::model::{FileId, Role};
use crate::text::ByteRange;
use crate::text::fold::fold;

/// A hint behind a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Where it is shown: the end of the words, byte in the file.
    pub offset: u32,
    /// What it says.
    pub text: String,
    /// What it rests on, where it does not say so.
    pub about: Option<String>,
}

/// Hints within a range, in order: for the mentions whose words do not show whose name they are, and for dates.
#[must_use]
pub fn hints(snapshot: &Snapshot, file: FileId, within: ByteRange) -> Vec<Hint> {
    let Some(document) = snapshot.document(file) else { return Vec::new() };
    let mut hints = names(snapshot, document, within);
    hints.extend(days(snapshot, document, within).into_iter().flatten());
    hints.sort_by_key(|hint| hint.offset);
    hints
}

fn names(snapshot: &Snapshot, document: &Document, within: ByteRange) -> Vec<Hint> {
    let mentions = &document.settled().mentions;
    let first = mentions.partition_point(|mention| mention.range.end < within.start);
    let here = mentions.get(first..).unwrap_or_default().iter();
    let here = here.take_while(|mention| mention.range.end <= within.end);
    let hint = |mention: &crate::analysis::mentions::Mention| {
        // A surname is explained by the full name before it.
        if mention.kind == MentionKind::Surname || mention.status != MentionStatus::Certain {
            return None;
        }
        let caption = snapshot.registry.caption(mention.actor);
        let words = fold(&document.buffer.slice(mention.range));
        let words = words.trim_matches(['@', '#', ' ']);
        let folded = fold(caption);
        let is_shown = folded.contains(words) || words.contains(&folded);
        (!is_shown).then(|| Hint { offset: mention.range.end, text: format!("= {caption}"), about: None })
    };
    here.filter_map(hint).collect()
}

/// Dates that a source text counts from the day when it was written. What somebody is quoted with may be older.
fn days(snapshot: &Snapshot, document: &Document, within: ByteRange) -> Option<Vec<Hint>> {
    let written = written(snapshot, document)?;
    let about = if written.is_published { "was published" } else { "was captured, no day of publication being known" };
    let about = format!("counted from {}, when {} {about}", written.day, written.key);
    let sign = if written.is_published { "" } else { "?" };
    let mut hints = Vec::new();
    let blocks = document.blocks();
    let first = blocks.partition_point(|block| block.range.end < within.start);
    for block in blocks.iter().skip(first).take_while(|block| block.range.start <= within.end) {
        let text = document.buffer.slice(block.range);
        let found = dates::dated(&text, language::detect(&text, None), written.day).into_iter();
        let is_quoted = |range: ByteRange| block.facts.quotations.iter().any(|it| it.whole.covers(range));
        hints.extend(found.filter(|it| !is_quoted(it.range)).map(|it| Hint {
            offset: it.range.shifted(block.range.start).end,
            text: format!("= {}{sign}", it.date),
            about: Some(about.clone()),
        }));
    }
    hints.retain(|hint| within.touches(hint.offset));
    Some(hints)
}

/// When a source text was written, as the reference says whose archived copy it is.
struct Written<'s> {
    day: &'s str,
    key: &'s str,
    is_published: bool,
}

/// The day of publication, else of capture; `None` where references of one copy say different things.
fn written<'s>(snapshot: &'s Snapshot, document: &Document) -> Option<Written<'s>> {
    if document.role != Role::Source {
        return None;
    }
    let is_day = |date: &&str| date.len() == "YYYY-MM-DD".len();
    let of_reference = |key: &'s str| {
        let reference = &snapshot.registry.reference(key)?.reference;
        let issued = reference.issued.as_deref();
        if let Some(day) = issued.filter(is_day) {
            return Some(Written { day, key, is_published: true });
        }
        let captured = reference.copy.as_ref()?.captured.as_deref()?.get(.."YYYY-MM-DD".len())?;
        let agrees = issued.is_none_or(|issued| captured.starts_with(issued));
        agrees.then_some(Written { day: captured, key, is_published: false })
    };
    let mut found = snapshot.registry.shelf().of_copy(&document.path).map(of_reference);
    let first = found.next()??;
    found.all(|other| other.is_some_and(|other| other.day == first.day)).then_some(first)
}
