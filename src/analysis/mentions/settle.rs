//! From the hits of all blocks to the mentions of a document.

use super::super::gazetteer::{FormKind, Gazetteer, Strength};
use super::super::{BlockView, Ruling};
use super::context::Context;
use super::evidence::{Evidence, Outside, Testimony};
use super::{Confidence, Hit, Mention, MentionKind, MentionStatus, Reading, Reason};
use crate::model::ActorKey;
use crate::text::ByteRange;
use std::collections::BTreeSet;

/// Two candidates nearer than this are not told apart.
const MARGIN: f32 = 0.1;

/// The name that an abbreviation in brackets is of is at most so many names before it.
const NEAR: usize = 16;

/// What the whole text says about who is meant.
pub(super) fn testimony(blocks: &[BlockView<'_>], gazetteer: &Gazetteer, rulings: &[Ruling]) -> Testimony {
    let mut items = collect(blocks, rulings);
    join_crowds(&mut items, gazetteer, rulings, None);
    let mut court = Court { gazetteer, evidence: Evidence::default() };
    court.hear(&items, rulings);
    court.evidence.testify(gazetteer)
}

/// Where several actors share a name: all of them, best first.
type Shared = Vec<(ByteRange, Box<[ActorKey]>)>;

/// The mentions of a text, or of a part of it; who shares the names; and whether the part names the same actors beyond doubt as it did.
pub(super) fn settle(
    blocks: &[BlockView<'_>],
    gazetteer: &Gazetteer,
    rulings: &[Ruling],
    outside: Option<Outside<'_>>,
) -> (Vec<Mention>, Shared, bool) {
    let mut items = collect(blocks, rulings);
    join_crowds(&mut items, gazetteer, rulings, outside);
    let mut court = Court { gazetteer, evidence: Evidence::new(outside) };
    court.hear(&items, rulings);
    let mut shared = Shared::new();
    let mut mentions: Vec<Mention> = items.iter().filter_map(|item| court.judge(item, &mut shared)).collect();
    mentions.retain(|mention| !rulings.iter().any(|ruling| ruling.positive && ruling.range.overlaps(mention.range)));
    mentions.extend(rulings.iter().filter(|ruling| ruling.positive && !ruling.range.is_empty()).map(|ruling| {
        Mention {
            range: ruling.range,
            actor: ruling.actor,
            kind: items.iter().find(|item| item.range == ruling.range).map_or(MentionKind::Alias, |item| item.hit.kind),
            status: MentionStatus::Certain,
            confidence: Confidence::of(1.0),
            reason: Reason::Said,
        }
    }));
    (without_overlaps(mentions), shared, court.evidence.names_as_before())
}

/// Adds places that stand for their governments where nothing else is named and the user has not said otherwise.
pub(super) fn with_places(mut mentions: Vec<Mention>, places: Vec<Mention>, rulings: &[Ruling]) -> Vec<Mention> {
    let is_free = |place: &Mention| {
        let at = mentions.partition_point(|mention| mention.range.end <= place.range.start);
        let taken = mentions.get(at).is_some_and(|mention| mention.range.overlaps(place.range));
        let ruled_out =
            |ruling: &Ruling| !ruling.positive && ruling.actor == place.actor && ruling.range.overlaps(place.range);
        !taken && !rulings.iter().any(ruled_out)
    };
    let free: Vec<Mention> = places.into_iter().filter(is_free).collect();
    mentions.extend(free);
    mentions.sort_by_key(|mention| mention.range.start);
    mentions
}

/// A hit with its place in the document and the readings that the user has not ruled out.
struct Item<'a> {
    range: ByteRange,
    hit: &'a Hit,
    readings: Vec<Reading>,
    text: &'a str,
    block: u32,
}

fn collect<'a>(blocks: &[BlockView<'a>], rulings: &[Ruling]) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    for block in blocks {
        for hit in &block.facts.hits {
            let range = hit.range.shifted(block.start);
            let ruled_out = |actor: ActorKey| {
                rulings.iter().any(|ruling| !ruling.positive && ruling.actor == actor && ruling.range.overlaps(range))
            };
            let readings: Vec<Reading> =
                hit.readings.iter().filter(|reading| !ruled_out(reading.actor)).copied().collect();
            if !readings.is_empty() {
                let text = hit.range.of(block.text).unwrap_or_default();
                items.push(Item { range, hit, readings, text, block: block.start });
            }
        }
    }
    items
}

/// Of the many who share a family name or abbreviation, those whom the document names in full, or the user did.
fn join_crowds(items: &mut [Item<'_>], gazetteer: &Gazetteer, rulings: &[Ruling], outside: Option<Outside<'_>>) {
    if items.iter().all(|item| item.hit.crowd == 0) {
        return;
    }
    let strong = items.iter().flat_map(|item| &item.readings).filter(|reading| reading.strength == Strength::Strong);
    let ruled = rulings.iter().filter(|ruling| ruling.positive).map(|ruling| ruling.actor);
    let elsewhere = outside.iter().flat_map(|outside| outside.testimony.named());
    let named: BTreeSet<ActorKey> = strong.map(|reading| reading.actor).chain(ruled).chain(elsewhere).collect();
    let mut derived: Vec<(u64, Reading)> = Vec::new();
    for actor in named {
        derived.extend(gazetteer.derived_of(actor).iter().map(|(key, name)| (*key, Reading::new(name, false))));
    }
    derived.sort_by_key(|(key, reading)| (*key, reading.actor));
    for item in items.iter_mut().filter(|item| item.hit.crowd != 0) {
        let from = derived.partition_point(|(key, _)| *key < item.hit.crowd);
        let own = derived.iter().skip(from).take_while(|(key, _)| *key == item.hit.crowd);
        for (_, reading) in own {
            let ruled_out =
                rulings.iter().any(|it| !it.positive && it.actor == reading.actor && it.range.overlaps(item.range));
            if !ruled_out && item.readings.iter().all(|known| known.actor != reading.actor) {
                item.readings.push(*reading);
            }
        }
    }
}

/// Leftmost-longest; but a possible mention gives way to a surer one that it only overlaps or that is as long.
fn without_overlaps(mut mentions: Vec<Mention>) -> Vec<Mention> {
    mentions.sort_by(|a, b| (a.range.start, u32::MAX - a.range.end).cmp(&(b.range.start, u32::MAX - b.range.end)));
    let mut out: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mention in mentions {
        let Some(last) = out.last_mut().filter(|last| last.range.overlaps(mention.range)) else {
            out.push(mention);
            continue;
        };
        let crosses = !last.range.covers(mention.range);
        let surer = last.status == MentionStatus::Possible && mention.status == MentionStatus::Certain;
        if surer && (crosses || mention.kind == MentionKind::Full && last.confidence < Confidence::of(0.5)) {
            *last = mention;
        }
    }
    out
}

/// What one reading of a hit is worth.
#[derive(Clone, Copy)]
struct Verdict {
    confidence: f32,
    certain: bool,
    reason: Reason,
}

fn sure(confidence: f32, reason: Reason) -> Option<Verdict> {
    Some(Verdict { confidence, certain: true, reason })
}

fn perhaps(confidence: f32, reason: Reason) -> Option<Verdict> {
    Some(Verdict { confidence, certain: false, reason })
}

struct Court<'a> {
    gazetteer: &'a Gazetteer,
    evidence: Evidence<'a>,
}

impl Court<'_> {
    /// Collects the evidence: strong names of one actor only, surnames of strangers, abbreviations defined otherwise.
    fn hear(&mut self, items: &[Item<'_>], rulings: &[Ruling]) {
        for (at, item) in items.iter().enumerate() {
            let context = item.hit.context;
            if context.any(Context::DEFINED_ELSE) {
                let before = items.get(at.saturating_sub(NEAR)..at).unwrap_or_default();
                let named_before = item.readings.iter().any(|reading| {
                    let near = |other: &&Item<'_>| {
                        other.range.end <= item.range.start && item.range.start - other.range.end <= 3
                    };
                    before.iter().filter(near).any(|other| other.readings.iter().any(|own| own.actor == reading.actor))
                });
                if !named_before {
                    self.evidence.add_redefined(item.text);
                }
            }
            if context.any(Context::LEFT_NAME) {
                let surnames = item.readings.iter().filter(|reading| reading.kind == FormKind::Surname);
                surnames.for_each(|reading| self.evidence.add_other(reading.actor, item.range));
            }
        }
        self.evidence.sort_others();
        let mut end = 0;
        for item in items {
            let strong = |reading: &&Reading| self.strong(item, reading).is_some();
            let mut sure = item.readings.iter().filter(strong);
            if let (Some(one), None) = (sure.next(), sure.next())
                && item.range.start >= end
            {
                self.evidence.add_strong(one.actor, item.range.start);
                end = item.range.end;
            }
        }
        for item in items.iter().filter(|item| item.hit.context.any(Context::OFFICE)) {
            // "President Biden" introduces him as well as the full name would.
            let certain = |reading: &Reading| self.surname(item, reading).is_some_and(|verdict| verdict.certain);
            if let [one] = item.readings.as_slice()
                && one.kind == FormKind::Surname
                && certain(one)
            {
                self.evidence.add_strong(one.actor, item.range.start);
            }
        }
        for ruling in rulings.iter().filter(|ruling| ruling.positive) {
            self.evidence.add_strong(ruling.actor, ruling.range.start);
        }
        self.evidence.sort();
        // A person's full name that encloses the surname is not somebody else's.
        self.evidence.forget_others_within(items.iter().filter(|item| item.hit.strong).map(|item| item.range));
    }

    fn judge(&self, item: &Item<'_>, shared: &mut Shared) -> Option<Mention> {
        if item.hit.context.any(Context::ACRONYM) && self.evidence.is_redefined(item.text) {
            return None;
        }
        let mut verdicts: Vec<(Reading, Verdict)> =
            item.readings.iter().filter_map(|reading| Some((*reading, self.reading(item, reading)?))).collect();
        if verdicts.len() > 1 {
            for (reading, verdict) in &mut verdicts {
                verdict.confidence += self.support(reading, item.range.start);
            }
        }
        verdicts.sort_by(|(a, one), (b, other)| {
            (other.certain.cmp(&one.certain))
                .then(other.confidence.total_cmp(&one.confidence))
                .then(a.actor.cmp(&b.actor))
        });
        let (reading, best) = verdicts.first().copied()?;
        let rival = verdicts.get(1).filter(|(_, other)| other.certain == best.certain);
        let ambiguous = rival.is_some_and(|(_, other)| best.confidence - other.confidence < MARGIN);
        let (status, reason) = match (ambiguous, best.certain) {
            (true, _) => (MentionStatus::Ambiguous, Reason::Shared),
            (false, true) if rival.is_some() => (MentionStatus::Certain, Reason::SpokenOf),
            (false, true) => (MentionStatus::Certain, best.reason),
            (false, false) => (MentionStatus::Possible, best.reason),
        };
        if 1 < verdicts.len() {
            shared.push((item.range, verdicts.iter().map(|(reading, _)| reading.actor).collect()));
        }
        let most = if ambiguous { 0.5 } else { 0.99 };
        Some(Mention {
            range: item.range,
            actor: reading.actor,
            kind: kind_of(item.hit.kind, reading.kind),
            status,
            confidence: Confidence::of(best.confidence.clamp(0.0, most)),
            reason,
        })
    }

    /// What else in the text speaks for one of several namesakes.
    fn support(&self, reading: &Reading, at: u32) -> f32 {
        let count = |n: usize, weight: f32| weight * f32::from(u8::try_from(n.min(3)).unwrap_or(3));
        let own = match (self.evidence.last_before(reading.actor, at), self.evidence.has(reading.actor)) {
            (Some(_), _) => 0.4,
            (None, true) => 0.3,
            (None, false) => 0.0,
        };
        own + count(self.evidence.n_related(self.gazetteer, reading.actor), 0.15)
            + count(self.evidence.n_compatriots(self.gazetteer, reading.actor), 0.05)
            - count(self.evidence.n_never(self.gazetteer, reading.actor), 0.2)
    }

    fn reading(&self, item: &Item<'_>, reading: &Reading) -> Option<Verdict> {
        match reading.strength {
            Strength::Strong => self.strong(item, reading),
            Strength::Homograph if !reading.listed => self.strong(item, reading),
            Strength::Homograph => self.strong(item, reading).or_else(|| self.homograph(item, reading)),
            Strength::Weak if reading.kind == FormKind::Surname => self.surname(item, reading),
            Strength::Weak => self.weak(item, reading),
        }
    }

    /// Names that stand alone, by what the block says.
    fn strong(&self, item: &Item<'_>, reading: &Reading) -> Option<Verdict> {
        let context = item.hit.context;
        if reading.strength == Strength::Weak
            || reading.foreign
            || context.any(Context::DEFINED_ELSE) && self.evidence.is_redefined(item.text)
        {
            return None;
        }
        if reading.person && context.any(Context::RIGHT_NAME.with(Context::SUFFIX).with(Context::HYPHENATED)) {
            return None;
        }
        let one_word = !context.any(Context::LONG);
        if one_word && !reading.person && context.any(Context::LEFT_GIVEN.with(Context::LANDFORM).with(Context::LINKED))
        {
            return None;
        }
        if reading.strength == Strength::Homograph {
            // In "The Verge" the second capital is meant, wherever the first stands.
            let open = if one_word { Context::SENTENCE_START.with(Context::LEFT_NAME) } else { Context::CAPS_LINE };
            let open = open.with(Context::CAPS_LINE).with(Context::TITLE_LINE);
            // "La Libération de Paris" is no newspaper; "the Guardian" is, though its record has "The Guardian".
            let common_noun = is_common_noun(context, reading);
            let incomplete = !reading.listed && (!context.any(Context::ARTICLE) || context.any(Context::RIGHT_NAME));
            let meant = !context.any(open.with(Context::HYPHENATED)) && !common_noun && !incomplete;
            return if meant { sure(0.9, Reason::Capital) } else { None };
        }
        if context.any(Context::GLUED) {
            return sure(0.6, Reason::Glued);
        }
        if reading.former && item.hit.kind != MentionKind::Handle {
            return sure(0.95, Reason::Former);
        }
        match item.hit.kind {
            MentionKind::Handle => sure(0.9, Reason::Handle),
            MentionKind::Alias => sure(0.95, Reason::Listed),
            MentionKind::Full | MentionKind::Surname | MentionKind::Metonymy => sure(0.98, Reason::Full),
        }
    }

    /// The actor's own name that is also a word, where its capital says nothing.
    fn homograph(&self, item: &Item<'_>, reading: &Reading) -> Option<Verdict> {
        let context = item.hit.context;
        if is_common_noun(context, reading)
            || reading.foreign
            || context.any(Context::LANDFORM.with(Context::LEFT_GIVEN).with(Context::HYPHENATED))
        {
            return None;
        }
        let cued = context.any(Context::PREDICATE.with(Context::SPEECH).with(Context::POSSESSIVE));
        match (self.evidence.has(reading.actor), cued) {
            (true, true) => sure(0.85, Reason::UsedElsewhere),
            // "Apple trees", in a text that speaks of Apple.
            (true, false) if context.any(Context::SENTENCE_START) => perhaps(0.6, Reason::Word),
            (true, false) => sure(0.7, Reason::UsedElsewhere),
            (false, true) => perhaps(0.6, Reason::Word),
            (false, false) if self.evidence.n_related(self.gazetteer, reading.actor) > 0 => {
                perhaps(0.5, Reason::WordRelated)
            }
            _ => None,
        }
    }

    /// A family name alone.
    fn surname(&self, item: &Item<'_>, reading: &Reading) -> Option<Verdict> {
        let context = item.hit.context;
        let other_name = Context::LEFT_NAME.with(Context::RIGHT_NAME).with(Context::HYPHENATED).with(Context::PLACE);
        if context.any(other_name.with(Context::SUFFIX).with(Context::GLUED).with(Context::LANDFORM)) {
            return None;
        }
        let open = context.any(Context::SENTENCE_START.with(Context::TITLE_LINE).with(Context::CAPS_LINE));
        let said = context.any(Context::SPEECH.with(Context::TITLE).with(Context::POSSESSIVE));
        if reading.common && (open && !said || context.any(Context::ARTICLE)) {
            return None;
        }
        let at = item.range.start;
        if let Some(since) = self.evidence.last_before(reading.actor, at) {
            let Some(other) = self.evidence.other_after(reading.actor, Some(since), at) else {
                return sure(0.88, Reason::SurnameAfter);
            };
            // Somebody else with this surname came in between.
            return if i64::from(item.block) <= other { None } else { perhaps(0.5, Reason::SurnameOfTwo) };
        }
        if self.evidence.other_after(reading.actor, None, at).is_some() {
            return None;
        }
        if context.any(Context::OFFICE) && reading.listed {
            return sure(0.75, Reason::SurnameOffice);
        }
        if self.evidence.has(reading.actor) && !reading.common {
            return perhaps(0.6, Reason::SurnameBefore);
        }
        let related = self.evidence.n_related(self.gazetteer, reading.actor) > 0;
        match (reading.listed && !reading.common, said, related) {
            (true, true, true) => perhaps(0.55, Reason::SurnameRelated),
            (true, true, false) if !context.any(Context::COURTESY) => perhaps(0.45, Reason::SurnameAlone),
            (true, false, true) if !open => perhaps(0.45, Reason::SurnameRelated),
            (true, false, false) if context.any(Context::HAN) => perhaps(0.45, Reason::SurnameAlone),
            _ => None,
        }
    }

    /// A short form, an abbreviation or a common word.
    fn weak(&self, item: &Item<'_>, reading: &Reading) -> Option<Verdict> {
        let context = item.hit.context;
        let blocked = Context::HYPHENATED.with(Context::GLUED).with(Context::LANDFORM).with(Context::SUFFIX);
        let neighbour =
            context.any(Context::LEFT_NAME) || context.any(Context::RIGHT_NAME) && !context.any(Context::LONG);
        if reading.foreign || context.any(blocked) || (neighbour && !context.any(Context::HAN)) {
            return None;
        }
        let before = self.evidence.last_before(reading.actor, item.range.start).is_some();
        let anywhere = self.evidence.has(reading.actor);
        let related = self.evidence.n_related(self.gazetteer, reading.actor) > 0;
        if context.any(Context::TINY) {
            return tiny(item, reading, before || related);
        }
        let open = context.any(Context::SENTENCE_START.with(Context::TITLE_LINE).with(Context::CAPS_LINE));
        let cued = context.any(Context::PREDICATE.with(Context::SPEECH).with(Context::POSSESSIVE));
        if reading.common && open && !cued {
            return None;
        }
        match (before, related, anywhere) {
            (true, _, _) => sure(0.86, Reason::ShortAfter),
            (_, true, _) if reading.listed => sure(0.7, Reason::ShortRelated),
            (_, _, true) => perhaps(0.6, Reason::ShortBefore),
            _ if !reading.listed => None,
            _ if context.any(Context::HAN) => perhaps(0.6, Reason::ShortAlone),
            _ if context.any(Context::LONG) => perhaps(0.5, Reason::ShortAlone),
            _ if context.any(Context::ACRONYM) && !open => perhaps(0.45, Reason::AbbreviationAlone),
            _ if !open || (cued && !reading.common) => perhaps(0.45, Reason::ShortAlone),
            _ => None,
        }
    }
}

/// One or two letters.
fn tiny(item: &Item<'_>, reading: &Reading, known: bool) -> Option<Verdict> {
    let context = item.hit.context;
    // UN, EU: two capitals are a word of their own in a line of small letters.
    let n_letters = item.text.chars().filter(|c| c.is_alphanumeric()).count();
    let is_pair = n_letters == 2 && context.any(Context::ACRONYM) && reading.listed && !reading.weak;
    if is_pair && !context.any(Context::CAPS_LINE.with(Context::HYPHENATED)) && !is_generic_pair(item.text) {
        return if known { sure(0.8, Reason::ShortAfter) } else { perhaps(0.5, Reason::AbbreviationAlone) };
    }
    if context.any(Context::HAN) {
        return None;
    }
    let cued = context.any(Context::CUED.with(Context::SPEECH));
    match (known, cued) {
        (true, true) => sure(0.8, Reason::ShortAfter),
        (true, false) if !context.any(Context::CAPS_LINE) => perhaps(0.55, Reason::ShortAfter),
        (false, true) => perhaps(0.5, Reason::ShortCued),
        _ => None,
    }
}

/// "La Libération de Paris", "depuis la Libération": with an article of its own a name that is a word is only the word.
fn is_common_noun(context: Context, reading: &Reading) -> bool {
    let is_own = context.any(Context::ARTICLE) && context.any(Context::OF)
        || reading.listed && context.any(Context::FRENCH_ARTICLE);
    is_own && !context.any(Context::LONG)
}

/// Two letters that stand for a common thing more often than for anybody.
fn is_generic_pair(word: &str) -> bool {
    const PAIRS: &str = "AD AI AM AR BC BS CD CV DC DJ DM DR ER ET FM GP HD HQ HR IA ID IP IQ IT JR MD MP MS MR NO OK OR \
        PC PM PR PS QR RV SA SR ST TV US VP VR WC XL";
    PAIRS.split(' ').any(|pair| pair == word)
}

fn kind_of(place: MentionKind, form: FormKind) -> MentionKind {
    match (place, form) {
        (MentionKind::Handle, _) | (_, FormKind::Handle) => MentionKind::Handle,
        (_, FormKind::Full) => MentionKind::Full,
        (_, FormKind::Alias) => MentionKind::Alias,
        (_, FormKind::Surname) => MentionKind::Surname,
    }
}
