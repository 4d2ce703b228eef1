//! Findings that the user wants to hold back, and suppressions that hold nothing back.

use super::plan::Plan;
use super::{FileEdit, List};
use crate::features::decisions;
use crate::features::findings::NO_REASON;
use crate::model::annotation::Decision;
use crate::model::{Code, Finding, Role, Spanned};
use crate::text::ByteRange;
use std::collections::BTreeSet;

impl List<'_> {
    /// Holding findings back is offered last: most of them are better answered.
    pub(super) fn suppressions(&mut self, here: &[Finding]) {
        let mut codes = BTreeSet::new();
        for finding in here {
            if finding.code == Code::UnusedSuppression {
                self.take_out(finding);
            } else if codes.insert(finding.code) {
                self.suppress(finding);
            }
        }
    }

    fn suppress(&mut self, finding: &Finding) {
        let code = finding.code.word();
        let plan = if self.document.role == Role::Note {
            let at = self.end_of_sentence(finding.range.start);
            let comment = format!(" <!-- glossator-ignore {code}: {NO_REASON} -->");
            Plan::Ready(vec![FileEdit::Change(self.document.file, vec![(ByteRange::empty(at as usize), comment)])])
        } else if decisions::path_of(self.snapshot, self.document).is_some() && !finding.range.is_empty() {
            let code = Spanned::new(code.to_owned(), ByteRange::empty(0));
            let decision = Decision::Suppressed { code, reason: Some(NO_REASON.to_owned()), until: None };
            Plan::decide(self.document.file, finding.range, decision)
        } else {
            return;
        };
        self.offer(Some(finding), format!("Hold `{code}` back here, with a reason"), plan);
    }

    /// Where the sentence that holds a byte ends, else its line.
    fn end_of_sentence(&self, offset: u32) -> u32 {
        let claims = &self.document.settled().claims;
        let first = claims.partition_point(|claim| claim.range.end <= offset);
        let sentence = claims.get(first).filter(|claim| claim.range.contains(offset)).map(|claim| claim.range);
        let rest = ByteRange::new(offset as usize, self.document.buffer.len());
        let line = || self.document.buffer.slice(rest).split('\n').next().unwrap_or_default().trim_end().len();
        match sentence {
            Some(range) => range.start + u32::try_from(self.document.buffer.slice(range).trim_end().len()).unwrap_or(0),
            None => offset + u32::try_from(line()).unwrap_or(0),
        }
    }

    fn take_out(&mut self, finding: &Finding) {
        let title = "Take this suppression out".to_owned();
        let line = finding.related.first().and_then(|related| Some((related.file?, related.range)));
        if let Some((file, range)) = line {
            self.offer(Some(finding), title, Plan::DeleteLine(file, range));
        } else if self.document.role == Role::Note {
            let start = finding.range.start;
            let before = self.document.buffer.slice(ByteRange { start: start.saturating_sub(1), end: start });
            let range = ByteRange { start: start - u32::from(before == " "), end: finding.range.end };
            let edit = FileEdit::Change(self.document.file, vec![(range, String::new())]);
            self.offer(Some(finding), title, Plan::Ready(vec![edit]));
        }
    }
}
