//! Mentions that are not settled, and decisions that lost their place.

use super::nearest;
use crate::analysis::mentions::{Mention, MentionStatus};
use crate::corpus::{Document, Snapshot};
use crate::model::annotation::Annotation;
use crate::model::{ActorKey, Code, Finding, Related, Severity};
use std::sync::Arc;

pub(super) fn check(snapshot: &Snapshot, document: &Document, findings: &mut Vec<Finding>) {
    for mention in &document.settled().mentions {
        match mention.status {
            MentionStatus::Certain => (),
            MentionStatus::Possible => findings.push(possible(snapshot, document, mention)),
            MentionStatus::Ambiguous => findings.push(ambiguous(snapshot, document, mention)),
        }
    }
}

fn possible(snapshot: &Snapshot, document: &Document, mention: &Mention) -> Finding {
    let words = document.buffer.slice(mention.range);
    let name = snapshot.registry.caption(mention.actor);
    let message = format!("“{words}” may be {name}: {}; say whether it is", mention.reason);
    let id = snapshot.registry.actor_id(mention.actor).unwrap_or_default();
    Finding::new(Code::PossibleMention, Severity::Hint, mention.range, message).with("actor", id)
}

fn ambiguous(snapshot: &Snapshot, document: &Document, mention: &Mention) -> Finding {
    let words = document.buffer.slice(mention.range);
    let caption = |actor: &ActorKey| {
        let id = snapshot.registry.actor_id(*actor).unwrap_or_default();
        format!("{} ({id})", snapshot.registry.caption(*actor))
    };
    let candidates = document.settled().candidates(mention);
    let names: Vec<String> = candidates.iter().map(caption).collect();
    let message = format!("“{words}” may be {}; say which", names.join(" or "));
    let ids: Vec<&str> = candidates.iter().filter_map(|actor| snapshot.registry.actor_id(*actor)).collect();
    let mut finding = Finding::new(Code::AmbiguousMention, Severity::Information, mention.range, message)
        .with("actors", ids.join(" "));
    for actor in candidates {
        if let Some(target) = crate::features::navigate::record_target(snapshot, *actor) {
            finding.related.push(Related { file: Some(target.file), range: target.focus, message: caption(actor) });
        }
    }
    finding
}

pub(super) fn check_annotations(
    snapshot: &Snapshot,
    document: &Document,
    annotations: &[Arc<Annotation>],
    findings: &mut Vec<Finding>,
) {
    let text = annotated(snapshot, document);
    for annotation in annotations {
        let Some(text) = text else {
            findings.push(without_text(annotation));
            continue;
        };
        let placed = text.placed().iter().find(|it| Arc::ptr_eq(&it.annotation, annotation));
        if placed.is_some_and(|it| it.range.is_none()) {
            findings.push(orphaned(annotation, text));
        }
        let actor = annotation.decision.actor().filter(|it| snapshot.registry.actor_by_id(&it.value).is_none());
        let key = annotation.decision.key().filter(|it| snapshot.registry.reference(&it.value).is_none());
        let no_actor = actor.map(|it| (it, "no record has the id", "create the record, or correct the id"));
        let no_key = key.map(|it| (it, "no reference has the key", "add it to the bibliography, or correct the key"));
        if let Some((id, fault, remedy)) = no_actor.or(no_key) {
            let range = if id.range.is_empty() { annotation.range } else { id.range };
            let message = format!("{fault} `{}`; {remedy}", id.value);
            let finding = Finding::new(Code::InvalidAnnotation, Severity::Warning, range, message);
            findings.push(finding.with_replacement(nearest_subject(snapshot, annotation)));
        }
    }
}

/// The id or key that is most like the one that an annotation names.
fn nearest_subject<'s>(snapshot: &'s Snapshot, annotation: &Annotation) -> Option<&'s str> {
    let ids = || snapshot.registry.actors().map(|actor| actor.record.id.value.as_str());
    let keys = || snapshot.registry.references().map(|entry| entry.reference.key.value.as_str());
    let actor = annotation.decision.actor().and_then(|actor| nearest(&actor.value, ids()));
    actor.or_else(|| nearest(&annotation.decision.key()?.value, keys()))
}

pub(in crate::features) fn annotated<'s>(snapshot: &'s Snapshot, document: &Document) -> Option<&'s Document> {
    let folder = snapshot.options.annotations.trim_start_matches("./").trim_end_matches('/');
    let path = document.path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".jsonl")?;
    snapshot.document_at(path)
}

fn without_text(annotation: &Annotation) -> Finding {
    let message = format!(
        "the annotated text `{}` is not in the corpus; bring it back, or move this file to the text's new path",
        annotation.anchor.source
    );
    Finding::new(Code::OrphanedAnnotation, Severity::Warning, annotation.range, message)
}

fn orphaned(annotation: &Annotation, text: &Document) -> Finding {
    let exact: String = annotation.anchor.exact.chars().take(60).collect();
    let message =
        format!("“{exact}” is not found in {} any more; anchor the decision again, or delete the line", text.path);
    let mut finding = Finding::new(Code::OrphanedAnnotation, Severity::Warning, annotation.range, message);
    if let Some((start, end)) = annotation.anchor.position {
        let byte = |at: u32| text.buffer.byte_of_code_point(at as usize);
        let range = crate::text::ByteRange::new(byte(start), byte(end));
        finding.related.push(Related { file: Some(text.file), range, message: "where it stood".to_owned() });
    }
    finding
}
