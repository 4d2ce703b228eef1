//! What the cursor is on: the one shared entry of hover, definition, references and highlights.

use super::quotations::{self, Checked};
use crate::analysis::citations::CitationTarget;
use crate::analysis::claims::Claim;
use crate::analysis::mentions::Mention;
use crate::corpus::document::Content;
use crate::corpus::{Document, Snapshot};
use crate::model::annotation::Decision;
use crate::model::record::Record;
use crate::model::{ActorKey, FileId, Spanned};
use crate::text::ByteRange;

/// What the cursor is on.
#[derive(Clone, Debug)]
pub enum Subject<'s> {
    /// A mention of an actor in a text.
    Mention(&'s Mention),
    /// An actor's id or name in a record, a relation or an annotation.
    Actor {
        /// The actor.
        actor: ActorKey,
        /// The id or name as written.
        range: ByteRange,
    },
    /// A citation key, in a text, a record, an annotation or its bibliography.
    Key {
        /// The key.
        key: String,
        /// The key as written.
        range: ByteRange,
        /// The whole citation, where it is one.
        whole: ByteRange,
        /// The locator of the citation.
        locator: Option<String>,
    },
    /// The path of an archived copy in a bibliography.
    Copy {
        /// Workspace path.
        path: String,
        /// The path as written.
        range: ByteRange,
    },
    /// Somebody else's words, with what their source has. A claim around them is given beside it.
    Quotation(Box<Checked>, Option<(&'s Claim, usize)>),
    /// A sentence that a fact-checking editor would demand a source for.
    Claim(&'s Claim, usize),
}

impl Subject<'_> {
    /// The words that the subject is about, bytes in the file.
    #[must_use]
    pub fn range(&self) -> ByteRange {
        match self {
            Subject::Mention(mention) => mention.range,
            Subject::Actor { range, .. } | Subject::Key { range, .. } | Subject::Copy { range, .. } => *range,
            Subject::Quotation(checked, _) => checked.quoted.whole,
            Subject::Claim(claim, _) => claim.range,
        }
    }
}

/// What the cursor is on; the narrowest thing wins.
#[must_use]
pub fn subject_at(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Subject<'_>> {
    let document = snapshot.document(file)?;
    match &document.content {
        Content::Text => subject_in_text(snapshot, document, offset),
        Content::Records(records) => {
            let record = records.iter().find(|record| record.range.touches(offset))?;
            subject_in_record(snapshot, record, offset).or_else(|| quotation_at(snapshot, document, offset, None))
        }
        Content::References(references) => {
            let reference = references.iter().find(|reference| reference.range.touches(offset))?;
            let copy = reference.copy.as_ref().filter(|copy| copy.file.range.touches(offset));
            if let Some(copy) = copy {
                return Some(Subject::Copy { path: copy.file.value.clone(), range: copy.file.range });
            }
            key_at(&reference.key, offset)
        }
        Content::Annotations(annotations) => {
            let annotation = annotations.iter().find(|annotation| annotation.range.touches(offset))?;
            match &annotation.decision {
                Decision::Identity { actor, .. } => actor_at(snapshot, actor, offset),
                Decision::Backed { key, .. } => key_at(key, offset),
                Decision::CitationNeeded
                | Decision::Assessed { .. }
                | Decision::Suppressed { .. }
                | Decision::Comment(_) => None,
            }
        }
        Content::Configuration => None,
    }
}

fn subject_in_text<'s>(snapshot: &Snapshot, document: &'s Document, offset: u32) -> Option<Subject<'s>> {
    let citation = document.citations().find_map(|(base, citation)| {
        let CitationTarget::Key { key, range } = &citation.target else { return None };
        let whole = citation.range.shifted(base);
        whole.touches(offset).then(|| Subject::Key {
            key: key.clone(),
            range: range.shifted(base),
            whole,
            locator: citation.locator.clone(),
        })
    });
    if citation.is_some() {
        return citation;
    }
    let settled = document.settled();
    let idx = settled.mentions.partition_point(|mention| mention.range.end < offset);
    let around = settled.mentions.get(idx..)?.iter().take_while(|mention| mention.range.start <= offset);
    // At the seam of two mentions (Han text has no spaces) the one that starts there is meant.
    if let Some(mention) = around.last() {
        return Some(Subject::Mention(mention));
    }
    let idx = settled.claims.partition_point(|claim| claim.range.end < offset);
    let claim = settled.claims.get(idx).filter(|claim| claim.range.touches(offset)).map(|claim| (claim, idx));
    quotation_at(snapshot, document, offset, claim).or(claim.map(|(claim, idx)| Subject::Claim(claim, idx)))
}

fn quotation_at<'s>(
    snapshot: &Snapshot,
    document: &Document,
    offset: u32,
    claim: Option<(&'s Claim, usize)>,
) -> Option<Subject<'s>> {
    Some(Subject::Quotation(Box::new(quotations::at(snapshot, document, offset)?), claim))
}

fn subject_in_record<'s>(snapshot: &'s Snapshot, record: &Record, offset: u32) -> Option<Subject<'s>> {
    let own = snapshot.registry.key(&record.id.value)?;
    let names = record.names.iter().map(|name| name.text.range);
    if let Some(range) = std::iter::once(record.id.range).chain(names).find(|it| !it.is_empty() && it.touches(offset)) {
        return Some(Subject::Actor { actor: own, range });
    }
    let others = record.relations.iter().map(|it| &it.other).chain(&record.not).chain(&record.merged_into);
    if let Some(subject) = others.into_iter().find_map(|other| actor_at(snapshot, other, offset)) {
        return Some(subject);
    }
    let evidence = record.facts.iter().map(|it| &it.evidence).chain(record.relations.iter().map(|it| &it.evidence));
    evidence.filter_map(|it| it.source.as_ref()).find_map(|source| key_at(source, offset))
}

fn actor_at<'s>(snapshot: &Snapshot, id: &Spanned<String>, offset: u32) -> Option<Subject<'s>> {
    let touched = !id.range.is_empty() && id.range.touches(offset);
    let actor = snapshot.registry.key(&id.value).filter(|_| touched)?;
    Some(Subject::Actor { actor, range: id.range })
}

fn key_at<'s>(key: &Spanned<String>, offset: u32) -> Option<Subject<'s>> {
    let touched = !key.range.is_empty() && key.range.touches(offset);
    touched.then(|| Subject::Key { key: key.value.clone(), range: key.range, whole: key.range, locator: None })
}
