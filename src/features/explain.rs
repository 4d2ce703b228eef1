//! `glossator explain`: everything that the engine knows about a place, for users and developers.

use super::{decisions, states};
use crate::corpus::{Document, Snapshot};
use crate::model::FileId;
use std::fmt::Write;

/// Facts, cues and candidates of a place, as readable lines.
#[must_use]
pub fn explain(snapshot: &Snapshot, file: FileId, offset: u32) -> String {
    let Some(document) = snapshot.document(file) else { return String::new() };
    let mut lines = String::new();
    let _ = writeln!(lines, "file: {} ({:?})", document.path, document.role);
    if let Some(card) = super::hover::hover(snapshot, file, offset) {
        let _ = writeln!(lines, "\n{}", card.plain());
    }
    explain_mentions(snapshot, document, offset, &mut lines);
    explain_sentence(snapshot, document, offset, &mut lines);
    explain_decisions(document, offset, &mut lines);
    let findings = super::findings::check(snapshot, file);
    for finding in findings.iter().filter(|finding| finding.range.touches(offset)) {
        let _ = writeln!(lines, "\n{}[{}]: {}", finding.severity.word(), finding.code.word(), finding.message);
    }
    lines
}

/// What the user decided, and how many decisions about the text have lost their place.
fn explain_decisions(document: &Document, offset: u32, lines: &mut String) {
    for placed in document.placed() {
        let Some(range) = placed.range.filter(|range| range.touches(offset)) else { continue };
        let annotation = &placed.annotation;
        let by: Vec<&str> = annotation.creator.iter().chain(&annotation.created).map(String::as_str).collect();
        let what = decisions::in_words(&annotation.decision);
        let words = document.buffer.slice(range);
        let _ = writeln!(lines, "\ndecision: {what} ({}), {}, about “{}”", annotation.id, by.join(", "), words.trim());
    }
    match decisions::orphans(document).count() {
        0 => (),
        n => {
            let _ = writeln!(lines, "\n{n} decisions about this text have lost their place");
        }
    }
}

fn explain_mentions(snapshot: &Snapshot, document: &Document, offset: u32, lines: &mut String) {
    let id = |actor| snapshot.registry.actor_id(actor).unwrap_or_default();
    for block in document.blocks().iter().filter(|block| block.range.touches(offset)) {
        let facts = document.facts_of(block);
        for hit in facts.hits.iter().filter(|hit| hit.range.shifted(block.range.start).touches(offset)) {
            let words = document.buffer.slice(hit.range.shifted(block.range.start));
            let candidates: Vec<&str> = hit.candidates.iter().map(|actor| id(*actor)).collect();
            let strength = if hit.strong { "strong" } else { "weak" };
            let _ = writeln!(lines, "\nhit: “{words}” {strength} {} → {}", hit.kind.word(), candidates.join(", "));
        }
    }
    for mention in document.settled().mentions.iter().filter(|mention| mention.range.touches(offset)) {
        let words = document.buffer.slice(mention.range);
        let candidates: Vec<&str> = document.settled().candidates(mention).iter().map(|actor| id(*actor)).collect();
        let _ = writeln!(
            lines,
            "mention: “{words}” → {} ({}, {}, confidence {:.2}): {}; candidates: {}",
            id(mention.actor),
            mention.kind.word(),
            mention.status.word(),
            mention.confidence.value(),
            mention.reason,
            candidates.join(", ")
        );
    }
}

fn explain_sentence(snapshot: &Snapshot, document: &Document, offset: u32, lines: &mut String) {
    let backings = states::of(snapshot, document);
    for (claim, backing) in document.settled().claims.iter().zip(&backings) {
        if !claim.range.touches(offset) {
            continue;
        }
        let _ = writeln!(lines, "\nsentence: {}", document.buffer.slice(claim.range).trim());
        let _ = writeln!(
            lines,
            "label {}, zone {}, language {}, score {:.2}, checkable {:.2}, check-worthy: {}, state {}",
            claim.label.word(),
            claim.zone.word(),
            claim.language.code(),
            claim.score,
            claim.checkable_score,
            claim.check_worthy,
            backing.state.word()
        );
        if let Some(attribution) = &claim.attribution {
            let who = attribution.actor.and_then(|actor| snapshot.registry.actor_id(actor)).unwrap_or("no record");
            let _ = writeln!(lines, "attribution: {} ({who})", attribution.kind.word());
        } else if claim.told {
            let _ = writeln!(lines, "attribution: vague (it tells what somebody says or holds, but not who says so)");
        }
        for cue in claim.cues() {
            let words = cue.words(|range| document.buffer.slice(range));
            let _ = writeln!(lines, "  {:+5} {} {words}", cue.weight, cue.name);
        }
    }
}
