//! The canonical name beside a form that does not show it: `东方网 = Eastday`.

use crate::analysis::mentions::{MentionKind, MentionStatus};
use crate::corpus::Snapshot;
use crate::model::FileId;
use crate::text::ByteRange;
use crate::text::fold::fold;

/// A hint behind a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Where it is shown: the end of the mention, byte in the file.
    pub offset: u32,
    /// What it says.
    pub text: String,
}

/// Hints for the mentions within a range whose words do not show whose name they are.
#[must_use]
pub fn hints(snapshot: &Snapshot, file: FileId, within: ByteRange) -> Vec<Hint> {
    let Some(document) = snapshot.document(file) else { return Vec::new() };
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
        (!is_shown).then(|| Hint { offset: mention.range.end, text: format!("= {caption}") })
    };
    here.filter_map(hint).collect()
}
