//! Citations in notes that lead nowhere, or not far enough.

use super::plan::Plan;
use super::sources::written;
use super::{FileEdit, List, places};
use crate::analysis::citations::CitationTarget;
use crate::model::{Code, Finding, Role};
use crate::text::ByteRange;

impl List<'_> {
    /// What can be done about the citations that the user points at.
    pub(super) fn citations(&mut self, here: &[Finding]) {
        if self.document.role != Role::Note {
            return;
        }
        let of = |code: Code| here.iter().filter(move |finding| finding.code == code);
        of(Code::UndefinedCitation).for_each(|finding| self.undefined(finding));
        of(Code::CitationWithoutLocator).for_each(|finding| self.locate(finding));
        of(Code::GluedCitation).for_each(|finding| self.bracket(finding));
    }

    /// A key that no bibliography has.
    pub(super) fn undefined(&mut self, finding: &Finding) {
        let Some(key) = finding.fact("key") else { return };
        let path = super::bibliography::path(self.snapshot);
        let title = format!("Add an entry for `{key}` to {path}");
        self.offer(Some(finding), title, Plan::AddEntry(key.to_owned()));
    }

    /// Makes room for a page, a paragraph, a time.
    fn locate(&mut self, finding: &Finding) {
        let Some(edit) = self.locator_edit(finding, "p. ") else { return };
        let is_first = self.fixes.iter().all(|fix| fix.finding.as_ref() != Some(finding) || !fix.is_preferred);
        self.offer(Some(finding), "Add a locator: page, paragraph or time".to_owned(), Plan::Ready(vec![edit]));
        if let Some(fix) = self.fixes.last_mut() {
            fix.is_preferred = is_first;
        }
    }

    /// The edit that adds a place to the citation that a finding is about.
    pub(super) fn locator_edit(&self, finding: &Finding, locator: &str) -> Option<FileEdit> {
        let key = self.document.citations().find_map(|(base, citation)| {
            let CitationTarget::Key { range, .. } = &citation.target else { return None };
            (citation.range.shifted(base) == finding.range).then(|| range.shifted(base))
        })?;
        let block = self.document.blocks().iter().find(|block| block.range.covers(key)).map(|block| block.range)?;
        let before = self.document.buffer.slice(ByteRange { start: block.start, end: key.start });
        let after = self.document.buffer.slice(ByteRange { start: key.end, end: block.end });
        let at = key.end as usize + usize::from(after.starts_with('}'));
        let in_brackets = before.rfind(']') < before.rfind('[');
        let words = if in_brackets { format!(", {locator}") } else { format!(" [{locator}]") };
        Some(FileEdit::Change(self.document.file, vec![(ByteRange::empty(at), words)]))
    }

    /// `据@key报道` becomes `据[@key]报道`: what follows the key was read as a part of it.
    fn bracket(&mut self, finding: &Finding) {
        let Some(glued) = finding.fact("key") else { return };
        let registry = &self.snapshot.registry;
        let ends = glued.char_indices().map(|(at, c)| at + c.len_utf8());
        let known = ends.filter_map(|end| glued.get(..end)).rfind(|key| registry.reference(key).is_some());
        let plain = glued.split(|c: char| !c.is_ascii()).next().filter(|plain| !plain.is_empty());
        let key = known.or(plain).unwrap_or(glued);
        let place = ByteRange::new(finding.range.start as usize, finding.range.start as usize + 1 + key.len());
        if self.document.buffer.slice(place) != format!("@{key}") {
            return;
        }
        let before =
            self.document.buffer.slice(ByteRange::new(place.start.saturating_sub(4) as usize, place.start as usize));
        let space = if before.chars().next_back().is_some_and(|c| !places::is_wide(c) && c.is_alphanumeric()) {
            " "
        } else {
            ""
        };
        let edit = FileEdit::Change(self.document.file, vec![(place, format!("{space}[{}]", written(key)))]);
        self.prefer(finding, format!("Write it in brackets: [@{key}]"), Plan::Ready(vec![edit]));
    }
}
