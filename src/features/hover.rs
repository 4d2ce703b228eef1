//! Hover: who is this, what does the citation name, why is this sentence flagged.

use super::card::{Card, Part};
use super::decisions;
use super::findings::reasons;
use super::quotations;
use super::resting;
use super::states::{self, Backing};
use super::subject::{Subject, subject_at};
use super::weighing;
use crate::analysis::attribution::AttributionKind;
use crate::analysis::claims::Claim;
use crate::analysis::language;
use crate::analysis::mentions::Mention;
use crate::corpus::{Document, Extent, Snapshot};
use crate::model::record::{Evidence, NameKind, Rank, Record, Relation};
use crate::model::{ActorKey, FileId};
use crate::text::ByteRange;

/// A card lists at most this many names, facts or relations; what is left out is said.
const LONGEST_LIST: usize = 12;

/// The card for the place, if there is anything to say. Before records and references are read there is not.
#[must_use]
pub fn hover(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Card> {
    let document = snapshot.document(file).filter(|_| snapshot.extent != Extent::Nothing)?;
    let subject = subject_at(snapshot, file, offset);
    if document.role.is_text()
        && matches!(subject, None | Some(Subject::Claim(..)))
        && let Some(card) = super::suggest::card(snapshot, document, offset)
    {
        return Some(card);
    }
    let mut card = match &subject {
        Some(Subject::Mention(mention)) => mention_card(snapshot, document, mention),
        Some(Subject::Actor { actor, range }) => actor_card(snapshot, *actor, *range)?,
        Some(Subject::Key { key, whole, locator, .. }) => key_card(snapshot, document, key, *whole, locator.as_deref()),
        Some(Subject::Quotation(checked, claim)) => {
            let mut parts = quotations::parts(snapshot, checked);
            let claim = claim.and_then(|(claim, idx)| claim_card(snapshot, document, claim, idx));
            parts.extend(claim.into_iter().flat_map(|card| std::iter::once(Part::Rule).chain(card.parts)));
            Card { range: checked.quoted.whole, parts }
        }
        Some(Subject::Claim(claim, idx)) => claim_card(snapshot, document, claim, *idx)?,
        Some(Subject::Copy { .. }) | None => return None,
    };
    card.parts.extend(decided(document, offset));
    Some(card)
}

/// Who an actor is.
pub(super) fn actor(snapshot: &Snapshot, actor: ActorKey) -> Card {
    Card { range: ByteRange::default(), parts: actor_parts(snapshot, actor) }
}

fn mention_card(snapshot: &Snapshot, document: &Document, mention: &Mention) -> Card {
    let mut parts = actor_parts(snapshot, mention.actor);
    parts.push(Part::Rule);
    parts.extend(weighing::parts(snapshot, document, mention));
    Card { range: mention.range, parts }
}

fn actor_card(snapshot: &Snapshot, actor: ActorKey, range: ByteRange) -> Option<Card> {
    snapshot.registry.actor(actor)?;
    Some(Card { range, parts: actor_parts(snapshot, actor) })
}

/// Who an actor is: name, type, prose, names, facts, relations, and in how many texts it is named.
fn actor_parts(snapshot: &Snapshot, actor: ActorKey) -> Vec<Part> {
    let Some(actor) = snapshot.registry.actor(actor) else {
        return vec![Part::Title(snapshot.registry.caption(actor).to_owned(), "no record".to_owned())];
    };
    let record = &actor.record;
    let mut kind: Vec<&str> = record.schema.iter().map(|it| it.value.as_str()).collect();
    kind.extend(record.countries.iter().map(|it| it.value.as_str()));
    let mut parts = vec![Part::Title(record.caption().to_owned(), kind.join(", "))];
    if !record.prose.value.trim().is_empty() {
        parts.push(Part::Prose(record.prose.value.clone()));
    }
    let names = names(record);
    if !names.is_empty() {
        parts.push(Part::Text(format!("Also: {}", names.join(" · "))));
    }
    let mut items: Vec<(Rank, (String, String))> = Vec::new();
    for fact in &record.facts {
        let text = with_evidence(snapshot, &fact.value.value, &fact.evidence);
        items.push((fact.evidence.rank, (fact.property.value.clone(), text)));
    }
    for relation in &record.relations {
        let (label, text) = relation_line(snapshot, relation);
        items.push((relation.evidence.rank, (label, with_evidence(snapshot, &text, &relation.evidence))));
    }
    for (other, relation) in snapshot.registry.relations_to(actor.key) {
        let text = with_evidence(snapshot, &with_details(other.record.caption(), relation), &relation.evidence);
        items.push((relation.evidence.rank, (relation.inverse_phrase().to_owned(), text)));
    }
    items.retain(|(rank, _)| *rank != Rank::Deprecated);
    items.sort_by_key(|(rank, _)| *rank != Rank::Preferred);
    let n_left_out = items.len().saturating_sub(LONGEST_LIST);
    let mut items: Vec<(String, String)> = items.into_iter().map(|(_, item)| item).take(LONGEST_LIST).collect();
    if 0 < n_left_out {
        items.push((String::new(), format!("… and {n_left_out} more in the record")));
    }
    if !items.is_empty() {
        parts.push(Part::List(items));
    }
    let (n_mentions, n_texts) = snapshot.n_mentions(actor.key);
    let texts = if n_texts == 1 { "text" } else { "texts" };
    let mentions = if n_mentions == 1 { "mention" } else { "mentions" };
    let so_far = if snapshot.extent == Extent::Everything { "" } else { " so far" };
    parts.push(Part::Text(format!("{n_mentions} {mentions} in {n_texts} {texts}{so_far}")));
    parts
}

fn names(record: &Record) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in record.names.iter().skip(1) {
        let kind = match name.kind {
            NameKind::Former => " (former)",
            NameKind::Mistranslation => " (mistranslated)",
            NameKind::Weak => " (weak)",
            NameKind::Nickname => " (nickname)",
            NameKind::Canonical
            | NameKind::Alias
            | NameKind::Abbreviation
            | NameKind::Short
            | NameKind::Transliteration => "",
        };
        let words = format!("{}{kind}", name.text.value);
        if !names.contains(&words) {
            names.push(words);
        }
    }
    if LONGEST_LIST < names.len() {
        let n_left_out = names.len() - LONGEST_LIST;
        names.truncate(LONGEST_LIST);
        names.push(format!("… and {n_left_out} more"));
    }
    names
}

/// `owned by` and `People's Daily Online (status: disputed)`.
fn relation_line(snapshot: &Snapshot, relation: &Relation) -> (String, String) {
    let other = match snapshot.registry.actor_by_id(&relation.other.value) {
        Some(actor) => actor.record.caption().to_owned(),
        None => format!("{} (no record)", relation.other.value),
    };
    (relation.phrase().to_owned(), with_details(&other, relation))
}

fn with_details(other: &str, relation: &Relation) -> String {
    let more: Vec<String> = relation.more.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    if more.is_empty() { other.to_owned() } else { format!("{other} ({})", more.join(", ")) }
}

fn with_evidence(snapshot: &Snapshot, text: &str, evidence: &Evidence) -> String {
    let Some(source) = &evidence.source else { return format!("{text} [no source]") };
    let mut place = source.value.clone();
    if snapshot.registry.reference(&source.value).is_none() {
        place.push_str(" (no such reference)");
    }
    if let Some(locator) = &evidence.locator {
        place = format!("{place}, {locator}");
    }
    match &evidence.quote {
        Some(quote) => format!("{text} [{place}: “{}”]", quote.value),
        None => format!("{text} [{place}]"),
    }
}

fn key_card(snapshot: &Snapshot, document: &Document, key: &str, range: ByteRange, locator: Option<&str>) -> Card {
    let Some(entry) = snapshot.registry.reference(key) else {
        let text = "No reference has this key. Add it to the bibliography, or correct the key.";
        return Card { range, parts: vec![Part::Title(key.to_owned(), String::new()), Part::Text(text.to_owned())] };
    };
    let reference = &entry.reference;
    let mut parts = vec![Part::Text(snapshot.registry.in_words(entry, language_at(document, range.start)))];
    let mut items: Vec<(String, String)> = Vec::new();
    if let Some(locator) = locator {
        items.push(("cited place".to_owned(), locator.to_owned()));
    }
    let publisher = reference.publisher.as_ref().map(|publisher| snapshot.registry.bearers(&publisher.value));
    if let Some(actor) = publisher.and_then(<[ActorKey]>::first) {
        let id = snapshot.registry.actor_id(*actor).unwrap_or_default();
        items.push(("publisher".to_owned(), format!("{} ({id})", snapshot.registry.caption(*actor))));
    }
    if let Some(copy) = &reference.copy {
        let missing = if snapshot.file(&copy.file.value).is_none() { " (missing)" } else { "" };
        items.push(("archived copy".to_owned(), format!("{}{missing}", copy.file.value)));
        items.extend(copy.captured.iter().map(|it| ("captured".to_owned(), it.clone())));
    }
    let resting = resting::on(snapshot, key);
    if !resting.is_empty() {
        items.push(("nothing else backs".to_owned(), resting::counted(&resting)));
    }
    items.push(("key".to_owned(), key.to_owned()));
    parts.push(Part::List(items));
    Card { range, parts }
}

/// The language of the text around a place.
fn language_at(document: &Document, offset: u32) -> &'static str {
    if !document.role.is_text() {
        return "";
    }
    let around = document.blocks().iter().find(|block| block.range.touches(offset)).map(|block| block.range);
    around.map_or("", |range| language::detect(&document.buffer.slice(range), None).code())
}

fn claim_card(snapshot: &Snapshot, document: &Document, claim: &Claim, idx: usize) -> Option<Card> {
    if !claim.check_worthy {
        return None;
    }
    let backing = states::of(snapshot, document).into_iter().nth(idx).unwrap_or_default();
    let mut parts = vec![Part::Title("Claim".to_owned(), backing.state.word().to_owned())];
    parts.push(Part::Text(format!("Check-worthy because of {} (score {:.2})", reasons(document, claim), claim.score)));
    parts.extend(attribution_part(snapshot, document, claim));
    parts.extend(backing_part(&backing));
    let cues = claim.cues().into_iter().filter(|cue| cue.weight != 0).take(LONGEST_LIST);
    let cues = cues.map(|cue| {
        let words = cue.words(|range| document.buffer.slice(range));
        let words = if words.is_empty() { String::new() } else { format!(" “{words}”") };
        (cue.name.to_owned(), format!("{:+}{words}", cue.weight))
    });
    parts.push(Part::List(cues.collect()));
    Some(Card { range: claim.range, parts })
}

fn attribution_part(snapshot: &Snapshot, document: &Document, claim: &Claim) -> Option<Part> {
    let told = || Part::Text("It tells what somebody says or holds, but not who says so".to_owned());
    let Some(attribution) = &claim.attribution else { return claim.told.then(told) };
    let words = attribution.source.map(|range| document.buffer.slice(range).trim().to_owned()).unwrap_or_default();
    let who = attribution.actor.map_or(words.clone(), |actor| snapshot.registry.caption(actor).to_owned());
    Some(Part::Text(match attribution.kind {
        AttributionKind::Named => format!("Attributed to {who}"),
        AttributionKind::Vague => format!("Attributed to a source that cannot be identified: {words}"),
        AttributionKind::Anonymous => format!("Attributed to a person who is not named: {words}"),
    }))
}

fn backing_part(backing: &Backing) -> Option<Part> {
    (!backing.citations.is_empty()).then(|| Part::Text(format!("Cited: {}", backing.citations.join(", "))))
}

/// The user's own decisions about the place, with who and when.
fn decided(document: &Document, offset: u32) -> Option<Part> {
    let here = document.placed().iter().filter(|placed| placed.range.is_some_and(|range| range.touches(offset)));
    let items: Vec<(String, String)> = here
        .map(|placed| {
            let annotation = &placed.annotation;
            let what = decisions::in_words(&annotation.decision);
            let by: Vec<&str> = annotation.creator.iter().chain(&annotation.created).map(String::as_str).collect();
            (by.join(", "), what)
        })
        .collect();
    (!items.is_empty()).then_some(Part::List(items))
}
