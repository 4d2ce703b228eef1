//! Decisions that lost their place: anchor them again, or let them go.

use super::plan::Plan;
use super::{List, places};
use crate::corpus::Document;
use crate::features::{decisions, findings};
use crate::model::annotation::Annotation;
use crate::model::{Code, Finding};
use crate::text::ByteRange;
use std::sync::Arc;

/// How many places are offered for a decision, and decisions for a place.
const MOST: usize = 3;

/// A sentence that shares fewer of its words is not offered: in percent.
const LEAST_SHARED: usize = 40;

impl List<'_> {
    /// What can be done about the lines of an annotation file.
    pub(super) fn annotations(&mut self, here: &[Finding]) {
        let crate::corpus::document::Content::Annotations(annotations) = &self.document.content else { return };
        for finding in here {
            if finding.code == Code::OrphanedAnnotation
                && let Some(orphan) = annotations.iter().find(|it| it.range == finding.range)
                && let Some(text) = findings::annotated(self.snapshot, self.document)
            {
                self.anchor_again(finding, orphan, text);
            }
            if matches!(finding.code, Code::OrphanedAnnotation | Code::InvalidAnnotation) {
                let plan = Plan::DeleteLine(self.document.file, finding.range);
                self.offer(Some(finding), "Delete this line".to_owned(), plan);
            }
        }
    }

    fn anchor_again(&mut self, finding: &Finding, orphan: &Arc<Annotation>, text: &Document) {
        for (idx, range) in candidates(text, orphan).into_iter().enumerate() {
            let line = text.buffer.line_column(range.start as usize, Default::default()).line + 1;
            let words = places::short(&text.buffer.slice(range));
            let title = format!("Anchor it again at line {line}: “{words}”");
            let plan = Plan::Reanchor(text.file, Arc::clone(orphan), range);
            match idx {
                0 => self.prefer(finding, title, plan),
                _ => self.offer(Some(finding), title, plan),
            }
        }
    }

    /// Decisions that may belong to the words that the user has selected.
    pub(super) fn orphans_of_text(&mut self) {
        let selected = self.document.buffer.slice(self.range);
        let words = selected.trim();
        if words.is_empty() {
            return;
        }
        let start = self.range.start as usize + selected.len() - selected.trim_start().len();
        let range = ByteRange::new(start, start + words.len());
        let mut orphans: Vec<(usize, &Arc<Annotation>)> =
            decisions::orphans(self.document).map(|orphan| (shared(&orphan.anchor.exact, words), orphan)).collect();
        orphans.sort_by_key(|(shared, orphan)| (std::cmp::Reverse(*shared), orphan.range));
        for (_, orphan) in orphans.into_iter().take(MOST) {
            let what = places::short(&decisions::in_words(&orphan.decision));
            let exact = places::short(&orphan.anchor.exact);
            let title = format!("Anchor here: “{exact}”, {what}");
            self.offer(None, title, Plan::Reanchor(self.document.file, Arc::clone(orphan), range));
        }
    }
}

/// The likeliest places of a lost decision, best first: the same words elsewhere, then sentences that share most words.
fn candidates(text: &Document, orphan: &Annotation) -> Vec<ByteRange> {
    let mut places = orphan.anchor.candidates(&text.buffer.text());
    let sentences = text.settled().claims.iter();
    let mut alike: Vec<(usize, ByteRange)> =
        sentences.map(|it| (shared(&orphan.anchor.exact, &text.buffer.slice(it.range)), it.range)).collect();
    alike.retain(|(shared, _)| LEAST_SHARED <= *shared);
    alike.sort_by_key(|(shared, range)| (std::cmp::Reverse(*shared), *range));
    for (_, range) in alike {
        if !places.iter().any(|place| place.overlaps(range)) {
            places.push(range);
        }
    }
    places.truncate(MOST);
    places
}

/// How much two passages share, in percent: words, or letters where there are no spaces.
fn shared(one: &str, two: &str) -> usize {
    let parts = |text: &str| {
        let lower = text.to_lowercase();
        let mut parts: Vec<String> = Vec::new();
        for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            match word.chars().any(places::is_wide) {
                true => parts.extend(word.chars().map(String::from)),
                false => parts.push(word.to_owned()),
            }
        }
        parts.sort();
        parts
    };
    let (one, two) = (parts(one), parts(two));
    let mut others = two.iter().peekable();
    let mut n_shared = 0;
    for part in &one {
        while others.next_if(|other| *other < part).is_some() {}
        n_shared += usize::from(others.next_if(|other| *other == part).is_some());
    }
    200 * n_shared / (one.len() + two.len()).max(1)
}
