//! Claims without a source.

use crate::analysis::attribution::AttributionKind;
use crate::analysis::claims::{Claim, Label, Zone};
use crate::corpus::{Document, Snapshot};
use crate::features::states::{self, Backing, State};
use crate::model::{Code, Finding, Related, Role, Severity};
use std::collections::BTreeMap;

/// At or above this calibrated score a claim without a source is a warning, and below it information.
const WARNING_SCORE: f32 = 0.7;

/// The cue of the trained word table: true, but it tells a reader little.
const WORDING: &str = "wording";

pub(super) fn check(snapshot: &Snapshot, document: &Document, findings: &mut Vec<Finding>) {
    let claims = &document.settled().claims;
    let backings = states::of(snapshot, document);
    let paragraphs = states::paragraphs(document, claims);
    // A paragraph under one source is one finding: by paragraph and source, the claims that rest on it.
    let mut groups: BTreeMap<(usize, String), Vec<&Claim>> = BTreeMap::new();
    for ((claim, backing), paragraph) in claims.iter().zip(&backings).zip(paragraphs) {
        match judge(snapshot, document, claim, backing) {
            Some(Verdict::Found(finding)) => findings.push(finding),
            Some(Verdict::Attributed(source)) => groups.entry((paragraph, source)).or_default().push(claim),
            None => (),
        }
    }
    findings.extend(groups.iter().filter_map(|((_, source), claims)| attributed(claims, source)));
}

/// What is to be said about a claim.
enum Verdict {
    Found(Finding),
    /// A source is named, but not where it says so.
    Attributed(String),
}

fn judge(snapshot: &Snapshot, document: &Document, claim: &Claim, backing: &Backing) -> Option<Verdict> {
    if backing.is_marked && backing.state == State::Uncited {
        return Some(Verdict::Found(marked(claim)));
    }
    // The headline of a captured text asserts something; the headings of a note are the user's signposts.
    let is_asserted = match claim.zone {
        Zone::Body | Zone::Heading => document.role == Role::Source || !states::is_heading(document, claim),
        Zone::Chrome | Zone::Structure => false,
    };
    let is_judged = is_asserted && !claim.repeated;
    if !(is_judged && claim.check_worthy && backing.state == State::Uncited) {
        return None;
    }
    let Some(attribution) = &claim.attribution else { return Some(Verdict::Found(uncited(document, claim))) };
    match attribution.kind {
        AttributionKind::Named => {
            let source = match (attribution.actor, attribution.source) {
                (Some(actor), _) => snapshot.registry.caption(actor).to_owned(),
                (None, Some(range)) => document.words(range).trim().to_owned(),
                (None, None) => "its source".to_owned(),
            };
            Some(Verdict::Attributed(source))
        }
        AttributionKind::Vague | AttributionKind::Anonymous => {
            let source = attribution.source.map(|range| document.words(range).trim().to_owned());
            Some(Verdict::Found(vague(claim, attribution.kind, source.as_deref())))
        }
    }
}

fn marked(claim: &Claim) -> Finding {
    let message = "a citation was asked for here and none is given; cite a reference, or take the mark away".to_owned();
    Finding::new(Code::UncitedClaim, Severity::Warning, claim.range, message)
}

fn uncited(document: &Document, claim: &Claim) -> Finding {
    let is_opinion = matches!(claim.label, Label::Opinion | Label::QuoteOpinion);
    // Who tells what somebody wants or holds mostly has it from somebody: no more than information.
    let severity = match (WARNING_SCORE <= claim.score && !claim.told, is_opinion) {
        (true, false) => Severity::Warning,
        (false, false) | (true, true) => Severity::Information,
        (false, true) => Severity::Hint,
    };
    let message = format!(
        "no source is cited for this claim ({}); cite a reference, or record why it needs none",
        reasons(document, claim)
    );
    Finding::new(Code::UncitedClaim, severity, claim.range, message).with("score", format!("{:.2}", claim.score))
}

fn attributed(claims: &[&Claim], source: &str) -> Option<Finding> {
    let (first, rest) = claims.split_first()?;
    let of = if rest.is_empty() { String::new() } else { format!(" of {} claims in this paragraph", claims.len()) };
    let message = format!(
        "{source} is named as the source{of}, but not where it says so; cite the reference, with the place in it"
    );
    let mut finding = Finding::new(Code::UncitedAttribution, Severity::Hint, first.range, message);
    let also = |claim: &&Claim| Related { file: None, range: claim.range, message: "this rests on it too".to_owned() };
    finding.related = rest.iter().map(also).collect();
    Some(finding)
}

fn vague(claim: &Claim, kind: AttributionKind, source: Option<&str>) -> Finding {
    let who = source.filter(|it| !it.is_empty()).map_or(String::new(), |it| format!(" (“{it}”)"));
    let what = match kind {
        AttributionKind::Anonymous => "the source is a person who is not named",
        AttributionKind::Vague | AttributionKind::Named => "the source cannot be identified",
    };
    let message = format!("{what}{who}; name it, or cite the place where the claim can be checked");
    Finding::new(Code::VagueAttribution, Severity::Information, claim.range, message)
}

/// The strongest cues in words: `number “9 000”, known actor “Microsoft”`.
pub(in crate::features) fn reasons(document: &Document, claim: &Claim) -> String {
    let tells = claim.cues().into_iter().filter(|cue| 0 < cue.weight && cue.name != WORDING);
    let words = tells.map(|cue| (cue.name, cue.words(|range| document.buffer.slice(range))));
    let words = words.filter(|(_, words)| !words.is_empty()).map(|(name, words)| format!("{name} “{words}”"));
    let words: Vec<String> = words.take(3).collect();
    if words.is_empty() { "it asserts something that can be checked".to_owned() } else { words.join(", ") }
}
