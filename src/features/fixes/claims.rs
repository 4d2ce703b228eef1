//! What backs a sentence: cite a reference, say what checking it gave, or why it needs no source.

use super::plan::Plan;
use super::sources::{actors_in, written};
use super::{FileEdit, List, places};
use crate::analysis::citations::CitationTarget;
use crate::analysis::claims::Claim;
use crate::features::decisions;
use crate::features::states::{self, Backing, State};
use crate::model::annotation::{Decision, Verdict};
use crate::model::{Code, Finding, Role};
use crate::text::ByteRange;

/// Why a claim is not cited, as actions of their own: an editor's menu cannot ask for words.
const REASONS: [(&str, &str); 3] = [
    ("common knowledge", "Will not be cited: common knowledge"),
    ("own observation", "Will not be cited: own observation"),
    ("not a claim", "This is not a claim"),
];

/// What a remark says until the user writes it.
const REMARK: &str = "…";

impl List<'_> {
    /// What can be said of the first sentence that the user points at.
    pub(super) fn claims(&mut self, here: &[Finding]) {
        let document = self.document;
        let claims = &document.settled().claims;
        // A cursor between two sentences means the one that it stands before.
        let at_cursor = |claim: &Claim| claim.range.contains(self.range.start);
        let touched = |claim: &Claim| places::touch(claim.range, self.range);
        let idx = claims.iter().position(at_cursor).or_else(|| claims.iter().position(touched));
        let Some((idx, claim)) = idx.and_then(|idx| Some((idx, claims.get(idx)?))) else { return };
        let asks = |code| matches!(code, Code::UncitedClaim | Code::VagueAttribution | Code::UncitedAttribution);
        let finding = here.iter().find(|it| asks(it.code) && it.range == claim.range);
        let backing = states::of(self.snapshot, document).into_iter().nth(idx).unwrap_or_default();
        if finding.is_some() || claim.check_worthy || backing.state != State::Uncited {
            self.cite(claim, &backing, finding);
            self.assess(claim, &backing, finding);
        }
        self.ask_and_remark(claim, &backing);
    }

    fn cite(&mut self, claim: &Claim, backing: &Backing, finding: Option<&Finding>) {
        let mut actors = actors_in(self.document, claim.range);
        actors.extend(claim.attribution.as_ref().and_then(|attribution| attribution.actor));
        let clues = self.clues(&self.document.buffer.slice(claim.range), &actors, claim.range.start);
        let is_note = self.document.role == Role::Note;
        if !is_note && decisions::path_of(self.snapshot, self.document).is_none() {
            return;
        }
        for (key, title) in self.likely(&clues) {
            if backing.citations.contains(&key) {
                continue;
            }
            let what = if title.is_empty() { String::new() } else { format!(": {}", places::short(&title)) };
            let plan = if is_note { self.inline(claim, &key) } else { self.linked(claim, &key) };
            self.offer(finding, format!("Cite `{key}`{what}"), plan);
        }
    }

    /// A citation in the user's own text: in the place of a mark that asks for one, else at the sentence's end.
    fn inline(&self, claim: &Claim, key: &str) -> Plan {
        let is_mark = |range: &ByteRange| claim.range.start <= range.start && range.start <= claim.range.end + 1;
        let citations = self.document.citations().filter(|(_, it)| matches!(it.target, CitationTarget::Needed));
        let mark = citations.map(|(base, it)| it.range.shifted(base)).find(is_mark);
        let citation = format!("[{}]", written(key));
        let edit = match mark {
            Some(mark) => (mark, citation),
            None => {
                let (at, is_spaced) = places::citation_place(&self.document.buffer.slice(claim.range));
                let space = if is_spaced { " " } else { "" };
                (ByteRange::empty(claim.range.start as usize + at), format!("{space}{citation}"))
            }
        };
        Plan::Ready(vec![FileEdit::Change(self.document.file, vec![edit])])
    }

    /// A captured text is not edited: the citation stands beside it.
    fn linked(&self, claim: &Claim, key: &str) -> Plan {
        Plan::Back(self.document.file, claim.range, key.to_owned())
    }

    fn assess(&mut self, claim: &Claim, backing: &Backing, finding: Option<&Finding>) {
        if decisions::path_of(self.snapshot, self.document).is_none() {
            return;
        }
        let file = self.document.file;
        let assessed = |verdict, reason: Option<&str>| {
            let decision = Decision::Assessed { verdict, reason: reason.map(str::to_owned) };
            Plan::decide(file, claim.range, decision)
        };
        let verdicts = [
            (State::Verified, Verdict::Verified, "Mark this claim as verified"),
            (State::Disputed, Verdict::Disputed, "Mark this claim as disputed"),
        ];
        for (state, verdict, title) in verdicts {
            if backing.state != state {
                self.offer(finding, title.to_owned(), assessed(verdict, None));
            }
        }
        if backing.citations.is_empty() {
            for (reason, title) in REASONS {
                self.offer(finding, title.to_owned(), assessed(Verdict::WillNotCite, Some(reason)));
            }
        }
    }

    fn ask_and_remark(&mut self, claim: &Claim, backing: &Backing) {
        if decisions::path_of(self.snapshot, self.document).is_none() {
            return;
        }
        let file = self.document.file;
        if !backing.is_marked && backing.state == State::Uncited {
            let plan = Plan::decide(file, claim.range, Decision::CitationNeeded);
            self.offer(None, "Ask for a citation here".to_owned(), plan);
        }
        let selected = self.document.buffer.slice(self.range);
        let words = selected.trim();
        let (range, title) = if words.is_empty() {
            (claim.range, "Add a remark to this sentence".to_owned())
        } else {
            let start = self.range.start as usize + selected.len() - selected.trim_start().len();
            (ByteRange::new(start, start + words.len()), format!("Add a remark to “{}”", places::short(words)))
        };
        self.offer(None, title, Plan::decide(file, range, Decision::Comment(REMARK.to_owned())));
    }
}
