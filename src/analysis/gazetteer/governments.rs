//! Which record is the government of a state, and what bare names of countries mean on it.
//!
//! The name of a country or its capital is a place first. On a state body's record it is therefore no form to look for,
//! weak or not: it says whose government the record is, and the grammar around the place decides whether the government
//! is meant.

use super::forms::{Form, FormKind};
use super::nations::{self, State};
use crate::model::ActorKey;
use crate::model::record::{NameKind, Record};

/// What makes a record the government of a state, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    /// Its topic and country.
    Marked,
    /// Its name.
    Named,
    /// A name that it lists is the state's, or its capital's.
    Listed,
    /// Both its name and the list.
    NamedAndListed,
}

/// Whose governments have records, and how surely.
#[derive(Debug, Default)]
pub(super) struct Governments(Vec<(State, Claim, ActorKey)>);

impl Governments {
    /// Takes the places out of a record's forms, and notes whose government it is.
    pub(super) fn add(&mut self, actor: ActorKey, record: &Record, forms: &mut Vec<Form<'_>>) {
        let governed = nations::governed_by(record);
        let mut states = Vec::new();
        if nations::stands_behind_places(record, governed.is_some()) {
            let stands_alone = |form: &Form<'_>| {
                form.kind == FormKind::Handle
                    || record.names.iter().any(|name| name.kind == NameKind::Short && name.text.value == form.text)
            };
            forms.retain(|form| match nations::place_named(&form.text).filter(|_| !stands_alone(form)) {
                Some(state) => {
                    states.push(state);
                    false
                }
                None => true,
            });
        }
        states.sort_unstable();
        states.dedup();
        let named = governed.and_then(|(state, named)| named.then_some(state));
        if let Some((state, named)) = governed.filter(|(state, _)| !states.contains(state)) {
            self.0.push((state, if named { Claim::Named } else { Claim::Marked }, actor));
        }
        for state in states {
            let claim = if named == Some(state) { Claim::NamedAndListed } else { Claim::Listed };
            self.0.push((state, claim, actor));
        }
    }

    /// Takes over what others say.
    pub(super) fn join(&mut self, other: &mut Governments) {
        self.0.append(&mut other.0);
    }

    /// Forgets an actor.
    pub(super) fn remove(&mut self, actor: ActorKey) {
        self.0.retain(|(.., government)| *government != actor);
    }

    /// Whether no actor is the government of a state.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The record with the best claim. Where names do not say which of several it is, none.
    pub(super) fn of(&self, state: State) -> Option<ActorKey> {
        let own = || self.0.iter().filter(|(of, ..)| *of == state);
        let best = own().map(|(_, claim, _)| *claim).max()?;
        let claimants = || own().filter(|(_, claim, _)| *claim == best).map(|(.., actor)| *actor);
        let first = claimants().min()?;
        let by_name = matches!(best, Claim::Named | Claim::NamedAndListed);
        (by_name || claimants().all(|actor| actor == first)).then_some(first)
    }
}
