//! Findings that the user holds back: by a comment in a note, or by a decision beside a captured text.

use super::nearest;
use crate::analysis::claims::Claim;
use crate::corpus::document::Content;
use crate::corpus::{Document, Snapshot};
use crate::features::decisions;
use crate::model::annotation::Decision;
use crate::model::day::is_date;
use crate::model::{Code, Finding, Related, Role, Severity};
use crate::text::ByteRange;

/// What stands for a reason that nobody has written yet.
pub(in crate::features) const NO_REASON: &str = "…";

/// The word that makes a comment a suppression.
const WORD: &str = "glossator-ignore";

/// Findings of one rule that are held back in a part of a text.
struct Suppression {
    /// The rule as written.
    code: String,
    reason: String,
    until: Option<String>,
    /// Where: bytes in the text.
    cover: ByteRange,
    /// What a finding about it underlines: bytes in the text.
    range: ByteRange,
    /// The decision that says so, where it is no comment.
    line: Option<Related>,
}

/// Takes the findings out that are held back, and adds what is wrong with the suppressions.
pub(super) fn apply(snapshot: &Snapshot, document: &Document, findings: &mut Vec<Finding>) {
    if !matches!(document.content, Content::Text) {
        return;
    }
    let mut suppressions = by_decision(snapshot, document);
    if document.role == Role::Note {
        suppressions.extend(by_comment(document));
    }
    let mut faults = Vec::new();
    for suppression in &suppressions {
        let Some(code) = Code::from_word(&suppression.code) else {
            faults.push(suppression.unknown_code());
            continue;
        };
        let is_over = suppression.until.as_deref().is_some_and(|until| is_date(until) && until < &*snapshot.today);
        let n_before = findings.len();
        if !is_over {
            findings.retain(|it| it.code != code || !suppression.covers(it.range));
        }
        let is_idle = n_before == findings.len();
        faults.extend(suppression.fault(is_over, is_idle));
    }
    // What stands in the comment itself is nothing that the note says.
    findings.retain(|it| !suppressions.iter().any(|suppression| suppression.is_within(it.range)));
    findings.extend(faults);
}

impl Suppression {
    fn covers(&self, range: ByteRange) -> bool {
        self.cover.overlaps(range) || (range.is_empty() && self.cover.touches(range.start))
    }

    fn is_within(&self, range: ByteRange) -> bool {
        self.line.is_none() && self.range.covers(range)
    }

    fn unknown_code(&self) -> Finding {
        let known = Code::ALL.iter().map(|code| code.word());
        let remedy = match nearest(&self.code, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the code that the finding shows".to_owned(),
        };
        self.finding(format!("`{}` is the code of no finding, so nothing is held back; {remedy}", self.code))
    }

    fn fault(&self, is_over: bool, is_idle: bool) -> Option<Finding> {
        let code = &self.code;
        let until = self.until.as_deref().unwrap_or_default();
        let message = if self.until.is_some() && !is_date(until) {
            format!("“{until}” is no day, so `{code}` is held back for good; write the last day as (until 2027-01-31)")
        } else if is_over {
            format!("`{code}` was held back until {until}; set it right, or give another day")
        } else if is_idle {
            format!("there is no `{code}` here that this could hold back; take it out")
        } else if matches!(self.reason.as_str(), "" | NO_REASON) {
            format!("`{code}` is held back here without a reason; write why")
        } else {
            return None;
        };
        Some(self.finding(message))
    }

    fn finding(&self, message: String) -> Finding {
        let mut finding = Finding::new(Code::UnusedSuppression, Severity::Information, self.range, message);
        finding.related.extend(self.line.clone());
        finding
    }
}

fn by_decision(snapshot: &Snapshot, document: &Document) -> Vec<Suppression> {
    let mut suppressions = Vec::new();
    for placed in document.placed() {
        let Decision::Suppressed { code, reason, until } = &placed.annotation.decision else { continue };
        let Some(range) = placed.range else { continue };
        let file = decisions::path_of(snapshot, document).and_then(|path| snapshot.file(&path));
        let message = "the decision that holds it back".to_owned();
        suppressions.push(Suppression {
            code: code.value.clone(),
            reason: reason.clone().unwrap_or_default(),
            until: until.clone(),
            cover: range,
            range,
            line: Some(Related { file, range: placed.annotation.range, message }),
        });
    }
    suppressions
}

fn by_comment(document: &Document) -> Vec<Suppression> {
    let mut suppressions = Vec::new();
    for (idx, block) in document.blocks().iter().enumerate() {
        let text = document.buffer.slice(block.range);
        if !text.contains(WORD) || text.starts_with("```") || text.starts_with("~~~") {
            continue;
        }
        let mut at = 0;
        while let Some((start, end)) = comment(&text, at) {
            at = end;
            let inner = text.get(start + "<!--".len()..end).unwrap_or_default();
            let Some(rest) = inner.trim_end_matches("-->").trim().strip_prefix(WORD) else { continue };
            let range = ByteRange::new(start, end).shifted(block.range.start);
            let (rest, cover) = match rest.strip_prefix("-file") {
                Some(rest) => (rest, ByteRange::new(0, document.buffer.len())),
                None => (rest, cover(document, idx, &text, range)),
            };
            suppressions.extend(read(rest, range, cover));
        }
    }
    suppressions
}

/// The next comment of a block, with its marks.
fn comment(text: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + text.get(from..)?.find("<!--")?;
    let end = start + text.get(start..)?.find("-->")? + "-->".len();
    Some((start, end))
}

/// `uncited-claim, alias-suggestion: reason (until 2027-01-31)`.
fn read(words: &str, range: ByteRange, cover: ByteRange) -> Vec<Suppression> {
    let (codes, reason) = words.split_once([':', '：']).unwrap_or((words, ""));
    let (reason, until) = match reason.rsplit_once("(until ") {
        Some((reason, until)) => (reason, Some(until.trim().trim_end_matches(')').trim().to_owned())),
        None => (reason, None),
    };
    let codes = codes.split([',', '，', ' ']).map(str::trim).filter(|code| !code.is_empty());
    let suppression = |code: &str| Suppression {
        code: code.to_owned(),
        reason: reason.trim().to_owned(),
        until: until.clone(),
        cover,
        range,
        line: None,
    };
    codes.map(suppression).collect()
}

/// What a comment covers: the sentence before it; at the start of its line what follows on the line; alone on its line
/// the paragraph after it.
fn cover(document: &Document, idx: usize, text: &str, comment: ByteRange) -> ByteRange {
    let block = document.blocks().get(idx).map_or(comment, |block| block.range);
    let (start, end) = ((comment.start - block.start) as usize, (comment.end - block.start) as usize);
    let before = text.get(..start).and_then(|text| text.rsplit('\n').next()).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let line = after.split('\n').next().unwrap_or_default();
    if before.contains(|c: char| !c.is_whitespace() && c != '>') {
        let claims = &document.settled().claims;
        let first = claims.partition_point(|claim: &Claim| claim.range.start < comment.start).checked_sub(1);
        let sentence = first.and_then(|first| claims.get(first)).map_or(block.start, |claim| claim.range.start);
        return ByteRange { start: sentence.max(block.start), end: comment.start };
    }
    if !line.trim().is_empty() {
        return ByteRange { start: comment.end, end: comment.end + u32::try_from(line.len()).unwrap_or(0) };
    }
    if !after.trim().is_empty() {
        return ByteRange { start: comment.end, end: block.end };
    }
    document.blocks().get(idx + 1).map_or(comment, |next| next.range)
}
