//! Suggestions of a whole document, from what its blocks suggest.

use super::book::NameBook;
use super::candidates::{Candidate, Cue};
use super::scan::{Guess, How, Need};
use super::{Suggestion, What};
use crate::analysis::gazetteer::Gazetteer;
use crate::analysis::mentions::{Mention, MentionStatus};
use crate::analysis::{BlockView, Ruling};
use crate::model::ActorKey;
use crate::model::record::NameKind;
use crate::text::ByteRange;
use crate::text::fold::fold;
use crate::text::tokens::tokenize;
use std::collections::{BTreeMap, BTreeSet};

/// An unknown name is suggested from this sum of evidence on.
const ENOUGH: f32 = 0.6;

/// What a document suggests, in order of first place; never two suggestions for one place.
///
/// `elsewhere` says whether another text has an unknown name of this form too.
#[must_use]
pub fn suggest(
    blocks: &[BlockView<'_>],
    mentions: &[Mention],
    gazetteer: &Gazetteer,
    rulings: &[Ruling],
    elsewhere: &dyn Fn(u64) -> bool,
) -> Vec<Suggestion> {
    let mut desk = Desk::new(blocks, mentions, gazetteer);
    desk.weigh_guesses(gazetteer, rulings);
    desk.weigh_candidates(elsewhere);
    desk.suggestions.sort_by_key(|it| (it.range.start, it.range.end));
    desk.suggestions
}

/// A guess with its place in the document.
struct Placed<'a> {
    range: ByteRange,
    guess: &'a Guess,
}

/// Ranges that do not overlap: start → end.
#[derive(Default)]
struct Taken(BTreeMap<u32, u32>);

impl Taken {
    fn overlaps(&self, range: ByteRange) -> bool {
        self.0.range(..range.end).next_back().is_some_and(|(_, end)| range.start < *end)
    }

    /// Takes a range if it is free.
    fn take(&mut self, range: ByteRange) -> bool {
        let free = !self.overlaps(range);
        if free {
            self.0.insert(range.start, range.end);
        }
        free
    }
}

struct Desk<'a> {
    blocks: &'a [BlockView<'a>],
    mentions: &'a [Mention],
    book: &'a NameBook,
    gazetteer: &'a Gazetteer,
    /// Actors that the text names beyond doubt.
    named: BTreeSet<ActorKey>,
    /// How often each country is named.
    countries: BTreeMap<u64, u32>,
    /// Places that a guess has taken.
    taken: Taken,
    /// Forms that were taken for an actor's.
    forms: BTreeSet<(u64, ActorKey)>,
    suggestions: Vec<Suggestion>,
}

impl<'a> Desk<'a> {
    fn new(blocks: &'a [BlockView<'a>], mentions: &'a [Mention], gazetteer: &'a Gazetteer) -> Desk<'a> {
        let sure = mentions.iter().filter(|mention| mention.status == MentionStatus::Certain);
        let named = sure.map(|mention| mention.actor).collect();
        let mut countries = BTreeMap::new();
        for (id, n) in blocks.iter().flat_map(|block| &block.names(gazetteer).countries) {
            *countries.entry(*id).or_insert(0) += n;
        }
        Desk {
            blocks,
            mentions,
            book: gazetteer.book(),
            gazetteer,
            named,
            countries,
            taken: Taken::default(),
            forms: BTreeSet::new(),
            suggestions: Vec::new(),
        }
    }

    /// The mentions that share a byte with a range.
    fn mentions_at(&self, range: ByteRange) -> impl Iterator<Item = &'a Mention> {
        let first = self.mentions.partition_point(|mention| mention.range.end <= range.start);
        self.mentions.iter().skip(first).take_while(move |mention| mention.range.start < range.end)
    }

    /// Whether mentions leave room for a guess: it may go on from a shorter name, never cut one or stand inside.
    fn is_free(&self, range: ByteRange, actor: Option<ActorKey>) -> bool {
        self.mentions_at(range).all(|mention| {
            let inside = range.covers(mention.range) && mention.range != range;
            let doubtful =
                mention.status == MentionStatus::Possible && actor.is_some_and(|actor| actor != mention.actor);
            match actor {
                // "China Daily" with its article or legal form is the same name.
                Some(actor) => doubtful || inside && (mention.actor != actor || mention.range.len() * 2 < range.len()),
                None => false,
            }
        })
    }

    fn weigh_guesses(&mut self, gazetteer: &Gazetteer, rulings: &[Ruling]) {
        let mut guesses: Vec<Placed<'a>> = Vec::new();
        for block in self.blocks {
            for guess in &block.names(gazetteer).guesses {
                let range = guess.range.shifted(block.start);
                let ruled_out = rulings
                    .iter()
                    .any(|ruling| !ruling.positive && ruling.actor == guess.actor && ruling.range.overlaps(range));
                if self.is_free(range, Some(guess.actor)) && !ruled_out {
                    guesses.push(Placed { range, guess });
                }
            }
        }
        let denied = denied_forms(&guesses, self.blocks, rulings);
        guesses.retain(|placed| !denied.contains(&(placed.guess.form, placed.guess.actor)));
        // What needs nothing comes first: it is evidence for the rest.
        let sure = guesses.iter().filter(|placed| placed.guess.need == Need::Nothing).map(|placed| placed.guess.actor);
        let sure: Vec<ActorKey> = sure.collect();
        self.named.extend(sure);
        let mut n_form: BTreeMap<u64, usize> = BTreeMap::new();
        guesses.iter().for_each(|placed| *n_form.entry(placed.guess.form).or_insert(0) += 1);
        let kept: Vec<(&Placed<'a>, u8)> = guesses
            .iter()
            .filter_map(|placed| {
                Some((placed, self.score(placed, n_form.get(&placed.guess.form).copied().unwrap_or(0))?))
            })
            .filter(|(placed, _)| !self.is_neighbours(placed, gazetteer))
            .collect();
        self.take_guesses(&kept);
    }

    /// The score of a guess with the rest of the text, or `None` if it lacks what it needs.
    fn score(&self, placed: &Placed<'_>, n: usize) -> Option<u8> {
        let guess = placed.guess;
        let named = self.named.contains(&guess.actor);
        let defined = guess.how == How::Initials && self.is_defined(placed);
        match guess.need {
            _ if defined => return Some(95),
            Need::Nothing => (),
            Need::Actor if named => (),
            Need::ActorOr(_) if named => (),
            Need::ActorOr(country) if self.is_about(country) => (),
            Need::Again if named || 1 < n => (),
            Need::Actor | Need::ActorOr(_) | Need::Again => return None,
        }
        Some(guess.score + if named { 5 } else { 0 })
    }

    /// Whether the text names this country clearly more often than any other.
    fn is_about(&self, country: u64) -> bool {
        let own = self.countries.get(&country).copied().unwrap_or(0);
        let most = self.countries.iter().filter(|(id, _)| **id != country).map(|(_, n)| *n).max().unwrap_or(0);
        3 <= own && most * 2 <= own
    }

    /// "Australian Strategic Policy Institute (ASPI)": the actor is named right before the bracket.
    fn is_defined(&self, placed: &Placed<'_>) -> bool {
        let before = self.mentions.partition_point(|mention| mention.range.end <= placed.range.start);
        let mention = before.checked_sub(1).and_then(|at| self.mentions.get(at));
        mention
            .is_some_and(|mention| mention.actor == placed.guess.actor && placed.range.start - mention.range.end <= 3)
    }

    /// Whether the form is a name of an actor that this one must not be taken for.
    fn is_neighbours(&self, placed: &Placed<'_>, gazetteer: &Gazetteer) -> bool {
        let words = self.words(placed.range);
        gazetteer
            .named(words)
            .iter()
            .any(|other| *other == placed.guess.actor || gazetteer.is_never(placed.guess.actor, *other))
    }

    fn take_guesses(&mut self, kept: &[(&Placed<'a>, u8)]) {
        let mut order: Vec<&(&Placed<'a>, u8)> = kept.iter().collect();
        order.sort_by_key(|(placed, score)| {
            (std::cmp::Reverse(placed.range.len()), std::cmp::Reverse(*score), placed.range.start)
        });
        let mut by_form: BTreeMap<(u64, ActorKey), Vec<&(&Placed<'a>, u8)>> = BTreeMap::new();
        for item in order {
            if self.taken.take(item.0.range) {
                by_form.entry((item.0.guess.form, item.0.guess.actor)).or_default().push(item);
            }
        }
        self.forms = by_form.keys().copied().collect();
        for items in by_form.into_values() {
            let mut places: Vec<ByteRange> = items.iter().map(|(placed, _)| placed.range).collect();
            places.sort_unstable();
            let best = items.iter().max_by_key(|(placed, score)| (*score, std::cmp::Reverse(placed.range)));
            let (Some((placed, score)), Some(range)) = (best, places.first().copied()) else { continue };
            let Some(name) = self.book.name(placed.guess.name) else { continue };
            let reason = reason(placed.guess.how, &name.text, *score);
            let kind = match placed.guess.how {
                How::Part if name.state_head || *score < 70 && placed.guess.need != Need::Nothing => {
                    Some(NameKind::Weak)
                }
                How::Initials if self.words(range).contains(' ') => None,
                How::Initials => Some(NameKind::Abbreviation),
                How::Meaning | How::Part | How::Sound | How::Spelling => None,
            };
            let what = What::Alias { actor: placed.guess.actor, kind, of: name.text.to_string() };
            self.suggestions.push(Suggestion { range, places, what, score: f32::from(*score) / 100.0, reason });
        }
    }

    fn words(&self, range: ByteRange) -> &'a str {
        let at = self.blocks.partition_point(|block| block.start <= range.start).saturating_sub(1);
        let Some(block) = self.blocks.get(at) else { return "" };
        let (start, end) = (range.start - block.start, range.end.saturating_sub(block.start));
        block.text.get(start as usize..end as usize).unwrap_or_default()
    }

    fn weigh_candidates(&mut self, elsewhere: &dyn Fn(u64) -> bool) {
        let mut groups: BTreeMap<u64, Vec<(ByteRange, &'a Candidate)>> = BTreeMap::new();
        let mut lone: BTreeMap<u64, u32> = BTreeMap::new();
        let known: BTreeSet<u64> = self.forms.iter().map(|(form, _)| *form).collect();
        for block in self.blocks {
            for candidate in &block.names(self.gazetteer).candidates {
                let range = candidate.range.shifted(block.start);
                if self.taken.overlaps(range) || known.contains(&candidate.form) || !self.is_free(range, None) {
                    continue;
                }
                if !candidate.cues.any(Cue::LONG.with(Cue::HAN)) {
                    *lone.entry(candidate.last).or_insert(0) += 1;
                }
                groups.entry(candidate.form).or_default().push((range, candidate));
            }
        }
        // The surname of a longer name is not a name of its own.
        let surnames: BTreeSet<u64> = groups
            .values()
            .filter_map(|group| group.first())
            .filter(|(_, candidate)| candidate.cues.any(Cue::PERSONAL))
            .map(|(_, candidate)| candidate.last)
            .collect();
        for (form, group) in &groups {
            let Some((range, first)) = group.iter().min_by_key(|(range, _)| *range) else { continue };
            let cues = group.iter().fold(Cue::default(), |cues, (_, candidate)| cues.with(candidate.cues));
            if !first.cues.any(Cue::LONG.with(Cue::HAN)) && surnames.contains(&first.last) {
                continue;
            }
            let alone = if cues.any(Cue::PERSONAL) { lone.get(&first.last).copied().unwrap_or(0) as usize } else { 0 };
            let Some((score, reason)) = weigh(cues, group.len(), alone, elsewhere(*form)) else { continue };
            let person =
                is_person(cues) || 0 < alone && cues.any(Cue::PERSONAL) && !cues.any(Cue::BODY.with(Cue::LEGAL));
            let mut places: Vec<ByteRange> = group.iter().map(|(range, _)| *range).collect();
            places.sort_unstable();
            places.dedup();
            let what = What::Unknown { person };
            self.suggestions.push(Suggestion { range: *range, places, what, score, reason });
        }
        drop_overlaps(&mut self.suggestions);
    }
}

/// Of two suggestions for one place the better one stays.
fn drop_overlaps(suggestions: &mut Vec<Suggestion>) {
    suggestions.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.range.cmp(&b.range)));
    let mut taken = Taken::default();
    suggestions.retain(|suggestion| taken.take(suggestion.range));
}

/// Forms that the user has said are not the actor, anywhere in the text.
fn denied_forms(guesses: &[Placed<'_>], blocks: &[BlockView<'_>], rulings: &[Ruling]) -> BTreeSet<(u64, ActorKey)> {
    let mut denied = BTreeSet::new();
    for ruling in rulings.iter().filter(|ruling| !ruling.positive) {
        let at = blocks.partition_point(|block| block.start <= ruling.range.start).saturating_sub(1);
        let Some(block) = blocks.get(at) else { continue };
        let (start, end) = (ruling.range.start - block.start, ruling.range.end.saturating_sub(block.start));
        let words = fold(block.text.get(start as usize..end as usize).unwrap_or_default());
        let form = super::concepts::chain(tokenize(&words).iter().map(|token| token.hash));
        let of_form = guesses.iter().filter(|placed| placed.guess.form == form && placed.guess.actor == ruling.actor);
        denied.extend(of_form.map(|placed| (placed.guess.form, placed.guess.actor)));
    }
    denied
}

fn reason(how: How, name: &str, score: u8) -> String {
    match how {
        How::Meaning => format!("its words mean the same as “{name}”"),
        How::Part => format!("it is “{name}” without its country or place"),
        How::Initials if 90 <= score => format!("the text gives it in brackets after “{name}”"),
        How::Initials => format!("it has the initials of “{name}”"),
        How::Sound => format!("it sounds like “{name}” in another spelling"),
        How::Spelling => format!("it differs from “{name}” by a letter or two"),
    }
}

/// What speaks for an unknown name: the sum, and the reasons in words; `None` if it is not enough.
fn weigh(cues: Cue, n: usize, alone: usize, elsewhere: bool) -> Option<(f32, String)> {
    let mut score = if cues.any(Cue::ORDINARY) { -0.35 } else { 0.0 };
    let mut reasons: Vec<String> = Vec::new();
    let mut add = |weight: f32, reason: &str| {
        score += weight;
        if !reason.is_empty() {
            reasons.push(reason.to_owned());
        }
    };
    let (long, acronym, han) = (cues.any(Cue::LONG), cues.any(Cue::ACRONYM), cues.any(Cue::HAN));
    let speaks = cues.any(Cue::SPEAKS) && cues.any(Cue::GIVEN);
    if !(cues.any(Cue::INSIDE) || speaks) {
        return None;
    }
    match n + alone {
        0 | 1 if elsewhere => add(0.25, "other texts name it too"),
        0 | 1 => (),
        n => add(if n == 2 { 0.3 } else { 0.4 }, &format!("it stands {n} times in this text")),
    }
    if cues.any(Cue::SPEAKS) {
        add(0.35, "it is quoted");
    }
    if cues.any(Cue::APPOSED) {
        add(0.35, "the text says what it is");
    }
    if cues.any(Cue::TITLE) {
        add(0.25, "a title stands before it");
    }
    if cues.any(Cue::BODY) && (long || han) {
        add(if han { 0.3 } else { 0.25 }, "a word of it is that of an organisation");
    }
    if cues.any(Cue::LEGAL) {
        add(0.4, "a legal form follows it");
    }
    if cues.any(Cue::BRACKET) {
        add(0.3, "an abbreviation is given for it");
    }
    if cues.any(Cue::GIVEN) {
        add(if han { 0.2 } else { 0.3 }, if han { "" } else { "it begins with a given name" });
    }
    add(if long { 0.2 } else { 0.1 }, "");
    if acronym && !cues.any(Cue::BRACKET) && n < 2 || reasons.is_empty() {
        return None;
    }
    (ENOUGH <= score).then(|| (score.min(0.99), reasons.join(", ")))
}

fn is_person(cues: Cue) -> bool {
    let body = cues.any(Cue::BODY.with(Cue::ACRONYM).with(Cue::LEGAL));
    !body && (cues.any(Cue::GIVEN.with(Cue::TITLE)) || cues.any(Cue::LONG) && cues.any(Cue::SPEAKS))
}
