//! From a frame to a source: records, sources named before, running quotations.

use super::frames::{Article, Frame, How};
use super::{Attribution, AttributionKind};
use crate::analysis::claims::lexicon::role;
use crate::analysis::gazetteer::Gazetteer;
use crate::analysis::mentions::Mention;
use crate::model::ActorKey;
use crate::text::ByteRange;

/// How many sentences back a definite noun or a pronoun may reach.
const REACH: usize = 6;

/// What has been named so far: the memory of the one pass over a document.
#[derive(Debug, Default)]
pub(crate) struct Discourse {
    /// The last source that the reader can identify.
    source: Option<(Attribution, usize)>,
    /// The last document of a named source.
    document: Option<(Attribution, usize)>,
    /// The last person named.
    person: Option<(ActorKey, ByteRange, usize)>,
    /// The first actor, not a person, of the last sentence that names one.
    organisation: Option<(ActorKey, ByteRange, usize)>,
}

/// A sentence for which a source is looked for.
pub(crate) struct Place<'a> {
    /// Its number.
    pub(crate) sentence: usize,
    /// First byte of its block.
    pub(crate) base: u32,
    /// The mentions in it, in order.
    pub(crate) mentions: &'a [Mention],
    /// All records.
    pub(crate) gazetteer: &'a Gazetteer,
}

impl Discourse {
    /// The source that a frame names.
    pub(crate) fn resolve(&self, frame: &Frame, place: &Place<'_>) -> Option<Attribution> {
        let range = frame.source.shifted(place.base);
        let inside: Vec<&Mention> = place.mentions.iter().filter(|mention| range.overlaps(mention.range)).collect();
        let person = inside.iter().find(|mention| place.gazetteer.is_person(mention.actor));
        let mention = person.or(inside.first()).copied();
        let named = |mention: Option<&Mention>| Attribution {
            kind: AttributionKind::Named,
            actor: mention.map(|mention| mention.actor),
            source: Some(mention.map_or(range, |mention| mention.range)),
        };
        let plain = |kind| Some(Attribution { kind, actor: None, source: (!frame.source.is_empty()).then_some(range) });
        if frame.how == How::Weasel {
            return plain(AttributionKind::Vague);
        }
        if frame.pronoun != 0 {
            return self.pronoun(frame.pronoun, place);
        }
        let known = mention.is_some() || frame.named;
        let loose = matches!(frame.article, Article::Indefinite | Article::Vague);
        match frame.noun {
            0 if known => Some(named(mention)),
            0 if frame.source.is_empty() || frame.how == How::Quote => self.carried(place.sentence),
            0 => plain(AttributionKind::Vague),
            noun if noun & role::SPOKES != 0 => match known {
                true => Some(named(mention)),
                false => self.organisation(place, frame).or_else(|| plain(AttributionKind::Anonymous)),
            },
            noun if noun & (role::PERSON | role::OFFICE) != 0 => match () {
                () if loose && person.is_none() => plain(AttributionKind::Anonymous),
                () if known => Some(named(mention)),
                () if noun & role::OFFICE != 0 => self.office(place, range),
                () => self.carried(place.sentence).or_else(|| plain(AttributionKind::Anonymous)),
            },
            noun if noun & role::PEOPLE != 0 => {
                let body = mention.filter(|mention| !loose && !place.gazetteer.is_person(mention.actor));
                body.map(|mention| named(Some(mention))).or_else(|| plain(AttributionKind::Vague))
            }
            noun if noun & (role::DOCUMENT | role::RELEASE) != 0 => match () {
                () if known => Some(named(mention)),
                () if noun & role::RELEASE != 0 && frame.article != Article::Definite => {
                    self.nearest(place, range).or_else(|| plain(AttributionKind::Vague))
                }
                () if frame.article == Article::Definite => {
                    self.document(place).or_else(|| plain(AttributionKind::Vague))
                }
                () => plain(AttributionKind::Vague),
            },
            _ => match () {
                () if known => Some(named(mention)),
                () if frame.article == Article::Definite => {
                    self.organisation(place, frame).or_else(|| plain(AttributionKind::Named))
                }
                () => plain(AttributionKind::Vague),
            },
        }
    }

    /// The source of the sentence before, for a quotation that goes on.
    pub(crate) fn carried(&self, sentence: usize) -> Option<Attribution> {
        self.source.filter(|(_, at)| at + 2 >= sentence).map(|(source, _)| source)
    }

    /// Remembers what a sentence named.
    pub(crate) fn remember(&mut self, place: &Place<'_>, frame: Option<&Frame>, attribution: Option<Attribution>) {
        if let Some(attribution) = attribution {
            self.source = Some((attribution, place.sentence));
            let of_document = frame.is_some_and(|frame| frame.noun & (role::DOCUMENT | role::RELEASE) != 0);
            if of_document && attribution.kind == AttributionKind::Named {
                self.document = Some((attribution, place.sentence));
            }
        }
        let mut bodies = place.mentions.iter().filter(|mention| !place.gazetteer.is_person(mention.actor));
        if let Some(mention) = bodies.next() {
            self.organisation = Some((mention.actor, mention.range, place.sentence));
        }
        if let Some(mention) = place.mentions.iter().rev().find(|mention| place.gazetteer.is_person(mention.actor)) {
            self.person = Some((mention.actor, mention.range, place.sentence));
        }
    }

    fn pronoun(&self, pronoun: u32, place: &Place<'_>) -> Option<Attribution> {
        let recent = |found: &(ActorKey, ByteRange, usize)| found.2 + REACH >= place.sentence;
        let of = |(actor, range, _): (ActorKey, ByteRange, usize)| Attribution {
            kind: AttributionKind::Named,
            actor: Some(actor),
            source: Some(range),
        };
        // In the same sentence the pronoun means its subject: "The accounts were closed, it said" does not.
        let source = self.source.filter(|(_, at)| at + REACH >= place.sentence).map(|(source, _)| source);
        let person = self.person.filter(recent).map(of);
        let organisation = self.organisation.filter(recent).map(of);
        let unknown = Attribution { kind: AttributionKind::Named, actor: None, source: None };
        if pronoun & role::THEY != 0 {
            return source.or(organisation).or(Some(Attribution { kind: AttributionKind::Vague, ..unknown }));
        }
        let found = if pronoun & role::HE != 0 { person.or(source).or(organisation) } else { organisation.or(source) };
        found.or(Some(unknown))
    }

    /// A definite noun for a body: the last source that is one, or the last body named.
    fn organisation(&self, place: &Place<'_>, frame: &Frame) -> Option<Attribution> {
        let is_body = |source: &Attribution| source.actor.is_some_and(|actor| !place.gazetteer.is_person(actor));
        let source = self.source.filter(|(source, at)| at + REACH >= place.sentence && is_body(source));
        source.map(|(source, _)| source).or_else(|| self.nearest(place, frame.source.shifted(place.base)))
    }

    /// The nearest body named before a place, in the sentence or before it.
    fn nearest(&self, place: &Place<'_>, range: ByteRange) -> Option<Attribution> {
        let mut before = place.mentions.iter().rev().filter(|mention| mention.range.end <= range.start);
        let inside = before
            .find(|mention| !place.gazetteer.is_person(mention.actor))
            .map(|mention| (mention.actor, mention.range));
        let earlier =
            self.organisation.filter(|(_, _, at)| at + REACH >= place.sentence).map(|(actor, range, _)| (actor, range));
        let found = inside.or(earlier);
        found.map(|(actor, range)| Attribution {
            kind: AttributionKind::Named,
            actor: Some(actor),
            source: Some(range),
        })
    }

    /// An office without name: of the body named just before it, else of somebody the reader can look up.
    fn office(&self, place: &Place<'_>, range: ByteRange) -> Option<Attribution> {
        let mut beside = place
            .mentions
            .iter()
            .filter(|mention| mention.range.end <= range.start && mention.range.end + 20 >= range.start);
        let actor = beside.next_back().map(|mention| mention.actor);
        Some(Attribution { kind: AttributionKind::Named, actor, source: Some(range) })
    }

    /// A definite noun for a document: the last one of a named source, or the last source that is not a person.
    fn document(&self, place: &Place<'_>) -> Option<Attribution> {
        let near = |found: &(Attribution, usize)| found.1 + REACH >= place.sentence;
        let document = self.document.filter(near).map(|(document, _)| document);
        let body = |source: &Attribution| {
            source.kind == AttributionKind::Named && source.actor.is_some_and(|actor| !place.gazetteer.is_person(actor))
        };
        let source = self.source.filter(|(source, at)| body(source) && at + REACH >= place.sentence);
        document.or(source.map(|(source, _)| source))
    }
}
