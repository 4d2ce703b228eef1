//! Why a mention was taken for this actor, who else it may be, and what would settle it.

use super::card::Part;
use crate::analysis::mentions::{Mention, MentionStatus};
use crate::corpus::registry::Actor;
use crate::corpus::{Document, Snapshot};
use crate::model::ActorKey;
use crate::model::record::{CaseRule, NameKind, NameView};
use std::collections::BTreeSet;

/// Candidates beyond this many are counted only.
const MOST_CANDIDATES: usize = 8;

/// What the card of a mention says below the actor.
pub(super) fn parts(snapshot: &Snapshot, document: &Document, mention: &Mention) -> Vec<Part> {
    let words = document.buffer.slice(mention.range);
    let how = match mention.status {
        MentionStatus::Certain => format!("“{words}” here: {}", mention.reason),
        MentionStatus::Possible => format!("“{words}” here is a possible mention only: {}", mention.reason),
        MentionStatus::Ambiguous => format!("“{words}” here is ambiguous: {}", mention.reason),
    };
    let text = Text::new(snapshot, document, mention);
    let candidates = document.settled().candidates(mention);
    let is_chosen = mention.status == MentionStatus::Certain && 1 < candidates.len();
    let why = if is_chosen { format!(" ({})", text.evidence(mention.actor)) } else { String::new() };
    let mut parts = vec![Part::Text(how + &why)];
    let is_open = mention.status == MentionStatus::Ambiguous;
    let rivals: Vec<ActorKey> = candidates.iter().copied().filter(|actor| is_open || *actor != mention.actor).collect();
    if !rivals.is_empty() {
        parts.push(Part::Text(if is_open { "It may be:" } else { "It might also be:" }.to_owned()));
        let mut items: Vec<(String, String)> =
            rivals.iter().take(MOST_CANDIDATES).map(|actor| (text.label(*actor), text.evidence(*actor))).collect();
        if MOST_CANDIDATES < rivals.len() {
            items.push((String::new(), format!("… and {} more", rivals.len() - MOST_CANDIDATES)));
        }
        parts.push(Part::List(items));
    }
    parts.extend(text.inner(mention));
    match mention.status {
        MentionStatus::Certain => (),
        MentionStatus::Possible => parts.push(Part::Text(text.what_settles_one(mention, &words))),
        MentionStatus::Ambiguous => parts.push(Part::Text(text.what_settles_several(&rivals))),
    }
    parts
}

/// A text and who is named in it beyond doubt, but for the mention in question.
struct Text<'a> {
    snapshot: &'a Snapshot,
    document: &'a Document,
    named: BTreeSet<ActorKey>,
}

impl<'a> Text<'a> {
    fn new(snapshot: &'a Snapshot, document: &'a Document, about: &Mention) -> Text<'a> {
        let others = document.settled().mentions.iter().filter(|it| it.range != about.range);
        let named = others.filter(|it| it.status == MentionStatus::Certain).map(|it| it.actor).collect();
        Text { snapshot, document, named }
    }

    fn label(&self, actor: ActorKey) -> String {
        let id = self.snapshot.registry.actor_id(actor).unwrap_or_default();
        format!("{} ({id})", self.snapshot.registry.caption(actor))
    }

    /// What the text says for an actor.
    fn evidence(&self, actor: ActorKey) -> String {
        let registry = &self.snapshot.registry;
        let mut found = Vec::new();
        if self.named.contains(&actor) {
            found.push("named elsewhere in this text".to_owned());
        }
        let others = || self.named.iter().copied().filter(|other| *other != actor);
        let tied: Vec<&str> = others()
            .filter(|other| self.are_tied(actor, *other))
            .map(|other| registry.caption(other))
            .take(3)
            .collect();
        if !tied.is_empty() {
            found.push(format!("tied to {}, named here", tied.join(", ")));
        }
        let countries = |actor: ActorKey| registry.actor(actor).map_or(&[][..], |it| it.record.countries.as_slice());
        let shared = countries(actor).iter().find_map(|country| {
            let same = |other: &ActorKey| countries(*other).iter().any(|it| it.value == country.value);
            Some((country.value.as_str(), others().find(same)?))
        });
        if let Some((country, other)) = shared {
            found.push(format!("of the same country ({country}) as {}", registry.caption(other)));
        }
        if found.is_empty() { "nothing else in this text speaks for it".to_owned() } else { found.join("; ") }
    }

    fn are_tied(&self, one: ActorKey, other: ActorKey) -> bool {
        let registry = &self.snapshot.registry;
        let names = |from: ActorKey, to: ActorKey| {
            let relations = registry.actor(from).map_or(&[][..], |it| it.record.relations.as_slice());
            relations.iter().any(|it| registry.actor_by_id(&it.other.value).is_some_and(|it| it.key == to))
        };
        names(one, other) || names(other, one)
    }

    /// Other actors whose names lie within the mention: the longest counts.
    fn inner(&self, mention: &Mention) -> Vec<Part> {
        let mut items: Vec<(String, String)> = Vec::new();
        let Some(block) = self.document.blocks().iter().find(|block| block.range.covers(mention.range)) else {
            return Vec::new();
        };
        for hit in self.document.facts_of(block).hits.iter().filter(|hit| hit.strong) {
            let range = hit.range.shifted(block.range.start);
            let is_inside = mention.range.covers(range) && range != mention.range;
            for actor in hit.candidates.iter().filter(|actor| is_inside && **actor != mention.actor) {
                let item = (format!("“{}”", self.document.buffer.slice(range)), self.label(*actor));
                if items.len() < MOST_CANDIDATES && !items.contains(&item) {
                    items.push(item);
                }
            }
        }
        if items.is_empty() {
            return Vec::new();
        }
        vec![Part::Text("Names inside it, which the longer one outweighs:".to_owned()), Part::List(items)]
    }

    fn what_settles_several(&self, rivals: &[ActorKey]) -> String {
        let own: Vec<String> = rivals.iter().filter_map(|actor| self.own_form(*actor)).take(MOST_CANDIDATES).collect();
        let first = if own.is_empty() {
            "a name that only one of them bears, in its record and earlier in the text".to_owned()
        } else {
            format!("a name that only one of them bears, earlier in the text ({})", own.join(", "))
        };
        format!(
            "What would settle it: {first}; a relation or a country in their records that ties one of them to somebody \
             named here; or your choice among the quick fixes"
        )
    }

    /// A strong name that nobody else bears.
    fn own_form(&self, actor: ActorKey) -> Option<String> {
        let registry = &self.snapshot.registry;
        let names = &registry.actor(actor)?.record.names;
        let own = |name: &NameView<'_>| stands_alone(name) && registry.bearers(name.text.value).len() == 1;
        names.iter().find(own).map(|name| format!("“{}”", name.text.value))
    }

    fn what_settles_one(&self, mention: &Mention, words: &str) -> String {
        let registry = &self.snapshot.registry;
        let actor = registry.actor(mention.actor);
        let full = registry.caption(mention.actor);
        let is_weak = |actor: &Actor| {
            let folded = crate::text::fold::fold(words);
            let listed = |name: &NameView<'_>| crate::text::fold::fold(name.text.value) == folded;
            actor.record.names.iter().find(listed).is_some_and(|name| name.kind == NameKind::Weak)
        };
        let mut ways = vec![
            format!("the full name (“{full}”) earlier in the text"),
            "a relation in its record to somebody named here".to_owned(),
        ];
        if actor.is_some_and(is_weak) {
            ways.push(format!("the record without `kind: weak` at “{words}”, if that form never means anybody else"));
        }
        format!("What would settle it: {}; or your choice among the quick fixes", ways.join("; "))
    }
}

fn stands_alone(name: &NameView<'_>) -> bool {
    name.kind != NameKind::Weak && name.case != Some(CaseRule::Never)
}
