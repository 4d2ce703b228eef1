//! Names that nobody knows, and forms that may be a known actor's.

use crate::analysis::suggestions::{Suggestion, What};
use crate::corpus::{Document, Snapshot};
use crate::model::record::NameKind;
use crate::model::{Code, Finding, Related, Severity};

/// A form that is surer than this is worth more than a hint.
const SURE: f32 = 0.75;

pub(super) fn check(snapshot: &Snapshot, document: &Document, findings: &mut Vec<Finding>) {
    if is_off(snapshot, Code::UnknownActor) && is_off(snapshot, Code::AliasSuggestion) {
        return;
    }
    for suggestion in snapshot.suggestions(document) {
        findings.extend(finding(snapshot, document, &suggestion));
    }
}

fn is_off(snapshot: &Snapshot, code: Code) -> bool {
    snapshot.options.severity(code, Severity::Hint) == Severity::Off
}

fn finding(snapshot: &Snapshot, document: &Document, suggestion: &Suggestion) -> Option<Finding> {
    let words = document.buffer.slice(suggestion.range);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match &suggestion.what {
        What::Unknown { person } => {
            let kind = if *person { "person" } else { "organization" };
            let known = snapshot.registries.known(&words).map(|(card, n_others)| {
                let others = if n_others == 0 { String::new() } else { format!(" and {n_others} more") };
                format!(", in the registry {} as {} ({}, {}){others}", card.list, card.caption, card.schema, card.id)
            });
            let message = format!(
                "“{words}” has no record, and seems to be {}: {}{}; create a record, or leave it",
                if *person { "a person" } else { "an organisation" },
                suggestion.reason,
                known.unwrap_or_default()
            );
            let finding = Finding::new(Code::UnknownActor, Severity::Hint, suggestion.range, message);
            Some(finding.with("name", words).with("type", kind))
        }
        What::Alias { actor, kind, of } => {
            let actor = snapshot.registry.actor(*actor)?;
            let caption = actor.record.caption();
            let severity = if SURE <= suggestion.score { Severity::Information } else { Severity::Hint };
            let message = format!(
                "“{words}” may be {caption}: {} (score {:.2}); add it to the record's names, or leave it",
                suggestion.reason, suggestion.score
            );
            let mut finding = Finding::new(Code::AliasSuggestion, severity, suggestion.range, message)
                .with("name", words)
                .with("actor", actor.record.id.value.clone())
                .with("kind", kind.map_or("", NameKind::word));
            let range = actor.record.names.iter().find(|name| name.text.value == *of).map(|name| name.text.range);
            let range = range.unwrap_or(actor.record.range);
            finding.related.push(Related { file: Some(actor.file), range, message: format!("the name “{of}”") });
            Some(finding)
        }
    }
}
