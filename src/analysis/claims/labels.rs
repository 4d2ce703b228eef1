//! Labels: what sort of sentence it is, and whether its sort can be check-worthy at all.

use super::cues::CueKind;
use super::{Label, SentenceFacts, Zone};
use crate::analysis::attribution::frames::{Frame, How};
use crate::analysis::attribution::{Attribution, AttributionKind};
use crate::analysis::claims::lexicon::role;
use crate::text::sentences::SegmentKind;

/// From this sum of the worthy head on, in hundredths of a logit, an opinion states facts as well.
const SURELY_WORTHY: i32 = 100;

/// A sentence and what is known about its source.
pub(crate) struct Sourced<'a> {
    /// The sentence.
    pub(crate) facts: &'a SentenceFacts,
    /// Its zone.
    pub(crate) zone: Zone,
    /// Its source.
    pub(crate) source: Option<Source>,
    /// Whether the document reports, so that a quotation stands beside claims of the document's own.
    pub(crate) report: bool,
}

/// The source of a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source {
    /// Who.
    pub(crate) attribution: Attribution,
    /// The frame that says so, where the sentence has one itself.
    pub(crate) frame: Option<Frame>,
    /// Whether it is a human being, as far as is known.
    pub(crate) personal: bool,
}

/// The label, and whether a sentence with it may be check-worthy.
pub(crate) fn decide(sourced: &Sourced<'_>) -> (Label, bool) {
    let facts = sourced.facts;
    match sourced.zone {
        Zone::Structure => return (Label::Other, false),
        Zone::Chrome if facts.chrome.note => return (Label::Other, false),
        Zone::Chrome => return (Label::Boilerplate, false),
        Zone::Body | Zone::Heading => (),
    }
    if facts.features.has(CueKind::Question) {
        return (Label::Question, false);
    }
    match &sourced.source {
        Some(source) => attributed(facts, source, sourced.report),
        None if is_fragment(facts, sourced.zone) => (Label::Other, false),
        None if is_opinion(facts) && facts.stance => (Label::QuoteOpinion, facts.is_surely_worthy()),
        None if is_opinion(facts) => (Label::Opinion, facts.is_surely_worthy()),
        None if facts.stance => (Label::AttributedClaim, !facts.process),
        None => (Label::Claim, !facts.process),
    }
}

/// The label of a sentence with a source.
fn attributed(facts: &SentenceFacts, source: &Source, report: bool) -> (Label, bool) {
    let share = facts.quoted_share();
    let figure = facts.has_figure();
    // By itself a sentence is judged by what it tells, whether in quotation marks or not.
    let tells = figure || (!report && !is_opinion(facts));
    let thinks = source.frame.is_some_and(|frame| frame.how == How::Thinks);
    let anonymous = source.attribution.kind == AttributionKind::Anonymous;
    let direct = 50 <= share || facts.leads_with_quote;
    if direct && (source.personal || anonymous) {
        return (Label::QuoteOpinion, tells);
    }
    if thinks || (anonymous && 25 <= share) {
        let vague = source.attribution.kind == AttributionKind::Vague;
        return (Label::QuoteOpinion, tells || vague || (thinks && facts.is_surely_worthy()));
    }
    let demand = source.personal && facts.features.has(CueKind::Modal) && 50 <= share && !figure;
    if demand || (source.personal && !figure && facts.opinion_points() >= 3) {
        return (Label::QuoteOpinion, false);
    }
    (Label::AttributedClaim, true)
}

/// Whether the writer evaluates, demands or supposes.
fn is_opinion(facts: &SentenceFacts) -> bool {
    facts.opinion_points() >= 3
}

/// Whether nothing is asserted: a few words without verb or figure, or a few words in a table cell.
fn is_fragment(facts: &SentenceFacts, zone: Zone) -> bool {
    let few = facts.features.words < if zone == Zone::Heading { 6 } else { 5 };
    let bare = facts.features.has(CueKind::NoStop) || !facts.asserts();
    few && (facts.kind == SegmentKind::Cell || (!facts.has_figure() && bare))
}

impl SentenceFacts {
    /// Whether so much speaks for a claim that the label of an opinion does not silence it.
    fn is_surely_worthy(&self) -> bool {
        SURELY_WORTHY <= self.features.sum.worthy
    }

    /// Whether a figure stands in it that can be looked up.
    pub(crate) fn has_figure(&self) -> bool {
        use CueKind::{Amount, Number, Percentage};
        self.features.has_any(&[Percentage, Amount, Number])
    }

    /// Whether a verb, or a word that needs one, is known in it.
    pub(crate) fn asserts(&self) -> bool {
        use CueKind::{
            Accusation, Cause, ChangeVerb, Copula, Future, Modal, Negation, Past, Pointing, Question, Relation,
            Reporting,
        };
        self.features.has_any(&[
            ChangeVerb, Past, Copula, Modal, Future, Negation, Pointing, Question, Relation, Reporting, Accusation,
            Cause,
        ])
    }

    /// How much of it stands in quotation marks, in percent.
    pub(crate) fn quoted_share(&self) -> u32 {
        let length = u32::try_from(self.range.len()).unwrap_or(u32::MAX).max(1);
        u32::try_from(u64::from(self.quoted) * 100 / u64::from(length)).unwrap_or(100)
    }

    /// What speaks for an opinion, less what speaks for a fact.
    pub(crate) fn opinion_points(&self) -> i32 {
        use CueKind::{
            Accusation, ChangeVerb, Date, Evaluation, Exclamation, FirstPlural, FirstSingular, Future, Imperative,
            KnownActor, Modal, Opinion, Past, Relation, Second, Superlative,
        };
        let weigh = |cues: &[(CueKind, i32)]| -> i32 {
            cues.iter().filter(|(cue, _)| self.features.has(*cue)).map(|(_, points)| points).sum()
        };
        let for_it = weigh(&[
            (Opinion, 3),
            (Evaluation, 2),
            (Exclamation, 2),
            (FirstSingular, 2),
            (FirstPlural, 1),
            (Second, 1),
            (Modal, 1),
            (Imperative, 1),
            (Future, 1),
        ]);
        let against = weigh(&[
            (Date, 2),
            (ChangeVerb, 1),
            (Relation, 1),
            (Past, 1),
            (Superlative, 1),
            (Accusation, 1),
            (KnownActor, 1),
        ]);
        for_it - against - 3 * i32::from(self.has_figure())
    }

    /// Whether the words of a frame of speech stand for a human being.
    pub(crate) fn is_personal(frame: &Frame) -> bool {
        frame.noun & (role::PERSON | role::OFFICE) != 0
            || (frame.noun == 0 && (frame.named || frame.pronoun & role::HE != 0))
    }
}
