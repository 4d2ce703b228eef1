//! Quotations and the copies that they come from: cite the right source, add the place, take the copy's own words.

use super::plan::Plan;
use super::sources::written;
use super::{FileEdit, List, places};
use crate::analysis::citations::CitationTarget;
use crate::analysis::quotations as wordings;
use crate::corpus::{Document, Snapshot, copies};
use crate::features::quotations::{self, Verdict};
use crate::features::states;
use crate::model::annotation::Decision;
use crate::model::{Code, FileId, Finding, Role, Spanned};
use crate::text::ByteRange;

impl List<'_> {
    /// What can be done about the quotations that the user points at, in a note.
    pub(super) fn quotations(&mut self, here: &[Finding]) {
        if self.document.role != Role::Note {
            return;
        }
        for finding in here.iter().filter(|finding| finding.code == Code::QuotationNotFound) {
            self.cite_the_other(finding);
        }
        for finding in here.iter().filter(|finding| finding.code == Code::CitationWithoutLocator) {
            self.locate_by_quotation(finding);
        }
        self.quote_the_copy();
    }

    /// The words stand in another source: cite that.
    fn cite_the_other(&mut self, finding: &Finding) {
        let (Some(key), Some(other)) = (finding.fact("key"), finding.fact("other-key")) else { return };
        let cited = self.document.citations().filter_map(|(base, citation)| {
            let CitationTarget::Key { key: it, range } = &citation.target else { return None };
            (it == key).then(|| range.shifted(base))
        });
        // A key in the same paragraph, the nearest one after the words first.
        let block = self.document.blocks().iter().find(|block| block.range.covers(finding.range));
        let Some(block) = block.map(|block| block.range) else { return };
        let inside = cited.filter(|range| block.covers(*range));
        let Some(range) = inside.min_by_key(|range| (range.start < finding.range.end, range.start)) else { return };
        let bare = self.document.buffer.slice(range);
        let words = written(other).trim_start_matches('@').to_owned();
        let words = if bare.starts_with('{') { format!("{{{other}}}") } else { words };
        let edit = FileEdit::Change(self.document.file, vec![(range, words)]);
        self.prefer(finding, format!("Cite `{other}` for it"), Plan::Ready(vec![edit]));
    }

    /// The copy has the quoted words: their paragraph is the place.
    fn locate_by_quotation(&mut self, finding: &Finding) {
        let Some(key) = finding.fact("key") else { return };
        let checked = quotations::of(self.snapshot, self.document).into_iter().find(|checked| {
            let is_near = self
                .document
                .blocks()
                .iter()
                .any(|block| block.range.covers(checked.quoted.whole) && block.range.covers(finding.range));
            let is_found = matches!(checked.verdict, Verdict::Exact(_) | Verdict::Altered(_));
            checked.key == key && is_near && is_found
        });
        let Some((file, place)) = checked.and_then(|checked| checked.place()) else { return };
        let Some(locator) = locator(self.snapshot, file, place) else { return };
        let Some(edit) = self.locator_edit(finding, &locator) else { return };
        self.prefer(finding, format!("Add the place of the quotation: {locator}"), Plan::Ready(vec![edit]));
    }

    /// Selected words that stand in the copy of a reference that their sentence cites: quote them as they stand there.
    fn quote_the_copy(&mut self) {
        let selected = self.document.buffer.slice(self.range);
        let words = selected.trim();
        if !wordings::counts(words) {
            return;
        }
        let claims = &self.document.settled().claims;
        let Some(idx) = claims.iter().position(|claim| claim.range.overlaps(self.range)) else { return };
        let backing = states::of(self.snapshot, self.document).into_iter().nth(idx).unwrap_or_default();
        for key in &backing.citations {
            let Some(copy) = copies::copy_of(self.snapshot, key) else { continue };
            let Some(passage) = copy.passage(&wordings::clean(words)) else { continue };
            let inner = passage.replacement.trim().trim_matches(['“', '”', '«', '»', '"', '「', '」', ' ', '\u{a0}']);
            let quoted = match claims.get(idx).map(|claim| claim.language.code()) {
                Some("fr") => format!("«\u{a0}{inner}\u{a0}»"),
                _ => format!("“{inner}”"),
            };
            let edit = FileEdit::Change(self.document.file, vec![(self.range, quoted)]);
            let title = format!("Quote `{key}`: “{}”", places::short(inner));
            self.offer(None, title, Plan::Ready(vec![edit]));
        }
    }
}

/// The decision that a reference backs a place of a captured text; where that quotes the reference's copy, with the
/// quoted words and their place.
pub(super) fn backed(snapshot: &Snapshot, text: &Document, range: ByteRange, key: &str) -> Decision {
    let found = || {
        let copy = copies::copy_of(snapshot, key).filter(|copy| copy.file != text.file)?;
        let block = text.blocks().iter().find(|block| block.range.covers(range))?;
        let inside = |it: &&wordings::Quotation| range.covers(it.range.shifted(block.range.start));
        block.facts.quotations.iter().filter(inside).find_map(|quotation| {
            let words = wordings::clean(&text.buffer.slice(quotation.range.shifted(block.range.start)));
            let passage = copy.passage(&words)?;
            let locator = locator(snapshot, copy.file, passage.range())?;
            Some((locator, copy.buffer.slice(passage.range()).split_whitespace().collect::<Vec<_>>().join(" ")))
        })
    };
    let (locator, quotation) = found().unzip();
    Decision::Backed { key: Spanned::new(key.to_owned(), ByteRange::empty(0)), locator, quotation }
}

/// The paragraph of a text that holds a place, counted from its beginning: `para. 3`.
fn locator(snapshot: &Snapshot, file: FileId, place: ByteRange) -> Option<String> {
    let blocks = snapshot.document(file)?.blocks();
    let n_before = blocks.partition_point(|block| block.range.start <= place.start);
    (0 < n_before).then(|| format!("para. {n_before}"))
}
