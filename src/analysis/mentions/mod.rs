//! Mentions: where a text names an actor, found block by block and settled over the document.

use super::gazetteer::Gazetteer;
use super::{AnalysisOptions, BlockView, Part, Ruling};
use crate::model::ActorKey;
use crate::text::ByteRange;

mod context;
mod edges;
mod evidence;
mod find;
mod grammar;
mod han;
pub(super) mod lexicon;
pub(super) mod line;
mod places;
mod reason;
mod scan;
mod settle;
mod verify;

use super::gazetteer::{FormKind, NameView, Strength};
use context::Context;
use evidence::{Outside, Testimony};
pub use reason::Reason;

/// A place in a block that looks like a name, before the rest of the text is asked.
///
/// Hits may overlap: inner and competing names are kept, because only the whole document can tell which one counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Bytes from the start of the block; the name only (no elided article, no possessive, with its legal form).
    pub range: ByteRange,
    /// Every actor that the form may stand for; never empty; sorted.
    pub candidates: Vec<ActorKey>,
    /// What sort of form it is.
    pub kind: MentionKind,
    /// Whether the form settles by itself who is meant.
    pub strong: bool,
    /// What the form is for each candidate, in the same order.
    readings: Vec<Reading>,
    /// Where more actors share a family name or abbreviation than can be listed: the key of its node, else 0.
    crowd: u64,
    context: Context,
}

/// What a form is for one actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reading {
    actor: ActorKey,
    kind: FormKind,
    strength: Strength,
    /// The user wrote the form down.
    listed: bool,
    common: bool,
    /// The user marked it as weak.
    weak: bool,
    person: bool,
    /// The words beside it say that it is another country's.
    foreign: bool,
    /// The actor is called otherwise now.
    former: bool,
}

impl Reading {
    fn new(name: &NameView<'_>, foreign: bool) -> Reading {
        Reading {
            actor: name.actor,
            kind: name.kind,
            strength: name.strength,
            listed: name.is_listed(),
            common: name.is_common(),
            weak: name.is_marked_weak(),
            person: name.is_person(),
            foreign,
            former: name.is_former(),
        }
    }
}

/// A place where a text names an actor. There are hundreds of thousands: 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Bytes from the start of the document.
    pub range: ByteRange,
    /// The actor, or the best candidate where the status is not certain. The others are among the [`Namesakes`].
    pub actor: ActorKey,
    /// What sort of form it is.
    pub kind: MentionKind,
    /// How sure we are.
    pub status: MentionStatus,
    /// The same in a number.
    pub confidence: Confidence,
    /// Why this actor.
    pub reason: Reason,
}

const _: () = assert!(size_of::<Mention>() <= 16);

/// How sure a mention is: hundredths, 0…100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confidence(u8);

impl Confidence {
    /// The nearest hundredth.
    pub(super) fn of(value: f32) -> Confidence {
        Confidence((value * 100.0).round().clamp(0.0, 100.0) as u8)
    }

    /// 0…1.
    #[must_use]
    pub fn value(self) -> f32 {
        f32::from(self.0) / 100.0
    }
}

/// Of the mentions that several actors share a name at: by where they start, and the actors, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Namesakes(Box<[(u32, Box<[ActorKey]>)]>);

impl Namesakes {
    /// Those of these mentions, which are in order.
    fn of(mentions: &[Mention], mut shared: Vec<(ByteRange, Box<[ActorKey]>)>) -> Namesakes {
        shared.retain(|(range, _)| {
            let at = mentions.partition_point(|mention| mention.range.start < range.start);
            mentions.get(at).is_some_and(|it| it.range == *range && it.reason != Reason::Said)
        });
        shared.sort_by_key(|(range, _)| range.start);
        Namesakes(shared.into_iter().map(|(range, actors)| (range.start, actors)).collect())
    }

    /// Every actor that a mention may be, best first; never empty.
    #[must_use]
    pub fn candidates<'m>(&'m self, mention: &'m Mention) -> &'m [ActorKey] {
        let at = self.0.binary_search_by_key(&mention.range.start, |(start, _)| *start);
        let shared = at.ok().and_then(|at| self.0.get(at));
        shared.map_or(std::slice::from_ref(&mention.actor), |(_, actors)| actors)
    }
}

/// What sort of form names the actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// The canonical or an established full name.
    Full,
    /// An abbreviation, a short, former or translated form.
    Alias,
    /// The family name alone.
    Surname,
    /// An `@` or `#` token that is exactly a name.
    Handle,
    /// A place that stands for its government.
    Metonymy,
}

impl MentionKind {
    /// The kind as `glossator mentions` prints it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            MentionKind::Full => "full",
            MentionKind::Alias => "alias",
            MentionKind::Surname => "surname",
            MentionKind::Handle => "handle",
            MentionKind::Metonymy => "metonymy",
        }
    }
}

/// How sure a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionStatus {
    /// This actor.
    Certain,
    /// Perhaps this actor: a weak name without evidence.
    Possible,
    /// One of several actors.
    Ambiguous,
}

impl MentionStatus {
    /// The status as `glossator mentions` prints it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            MentionStatus::Certain => "certain",
            MentionStatus::Possible => "possible",
            MentionStatus::Ambiguous => "ambiguous",
        }
    }
}

/// Finds the places in a block that look like names, by start, longer ones first.
#[must_use]
pub fn scan(text: &str, gazetteer: &Gazetteer) -> Vec<Hit> {
    with_tokens(text, |tokens| scan_tokens(text, tokens, gazetteer))
}

pub(super) use scan::{scan_tokens, with_tokens};

/// Settles the hits of a whole document: weak names by evidence, namesakes, the user's rulings, leftmost-longest.
///
/// The answer is in order and nothing in it is nested. A weak name that is more likely not meant is left out; one that is
/// more likely meant than not is [`MentionStatus::Possible`].
///
/// With `part`, the blocks are a part of a text, and it is also said whether the part names the same actors beyond doubt as
/// it did: if not, the rest of the text has to be settled again.
pub(super) fn settle(
    blocks: &[BlockView<'_>],
    gazetteer: &Gazetteer,
    rulings: &[Ruling],
    options: AnalysisOptions,
    part: Option<&Part<'_>>,
) -> (Vec<Mention>, Namesakes, bool) {
    let outside =
        part.map(|part| Outside { testimony: &part.memory.mentions.0, part: part.stood, n_bytes: part.n_bytes });
    let (mut mentions, shared, is_as_before) = settle::settle(blocks, gazetteer, rulings, outside);
    if options.places_as_governments {
        mentions = settle::with_places(mentions, places::find(blocks, gazetteer), rulings);
    }
    let namesakes = Namesakes::of(&mentions, shared);
    (mentions, namesakes, is_as_before)
}

/// What a whole text says about who is meant in each part of it.
#[derive(Debug)]
pub(super) struct Memory(Testimony);

/// What a whole text says about who is meant in each part of it.
pub(super) fn remember(blocks: &[BlockView<'_>], gazetteer: &Gazetteer, rulings: &[Ruling]) -> Memory {
    Memory(settle::testimony(blocks, gazetteer, rulings))
}

#[cfg(test)]
mod tests;
