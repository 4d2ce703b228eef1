//! What some records add to the gazetteer, before it is put in its place: names, their letters, and the nodes on their
//! ways.

use super::actors::{Actor, Id, More, id_hash};
use super::forms::{self, Form, FormKind, Strength};
use super::governments::Governments;
use super::nodes::{ANY_CASE, NONE, Node, ROOT};
use super::table::Table;
use super::{CASE, COMMON, DERIVED, EXACT, FORMER, LISTED, MARKED, Name, OUTLET, PERSON, step, to_u32};
use crate::model::ActorKey;
use crate::model::record::{CaseRule, Record};
use crate::text::tokens::{Token, tokenize_into};

/// Among so many letters that came last, those of a form that follows from a name are looked for.
const RECENT: usize = 128;

/// Names of some records, counted from the first of them.
#[derive(Debug, Default)]
pub(super) struct Portion {
    pub(super) names: Vec<Name>,
    pub(super) letters: String,
    /// Each node on the way of a name, by itself: how many names go on from it, or which one ends there.
    pub(super) visits: Vec<Node>,
    pub(super) actors: Vec<(ActorKey, Actor)>,
    pub(super) governments: Governments,
}

/// Whether an actor is a human being, whether it is a news outlet.
#[derive(Clone, Copy)]
struct Sort {
    person: bool,
    outlet: bool,
}

impl Portion {
    /// An empty one with room for so many names of so many letters.
    pub(super) fn with_room_for(n_names: usize, n_letters: usize) -> Portion {
        Portion {
            names: Vec::with_capacity(n_names),
            letters: String::with_capacity(n_letters),
            visits: Vec::with_capacity(n_names + n_letters / 4),
            ..Portion::default()
        }
    }

    /// Takes in the names of a record; `tokens` is scratch.
    pub(super) fn read(&mut self, actor: ActorKey, record: &Record, ids: &Table<Id>, tokens: &mut Vec<Token>) {
        let target = record.merged_into.as_ref().and_then(|id| ids.find(id_hash(&id.value)));
        let target = target.map_or(actor, |id| id.actor);
        let first = to_u32(self.names.len());
        let sort = Sort { person: record.is_person(), outlet: forms::is_outlet(record) };
        let mut forms = forms::of_record(record);
        self.governments.add(target, record, &mut forms);
        for form in forms {
            self.link(target, &form, sort, tokens);
        }
        let names = (first, to_u32(self.names.len()));
        let own = Actor { id: id_hash(&record.id.value), names, person: sort.person, more: More::of(record) };
        self.actors.push((actor, own));
    }

    fn link(&mut self, actor: ActorKey, form: &Form<'_>, sort: Sort, tokens: &mut Vec<Token>) {
        let bare = form.text.trim_start_matches(['@', '#', '＠', '＃']);
        let text: &str = if form.kind == FormKind::Handle { bare } else { &form.text };
        tokenize_into(text, tokens);
        let Some((last, before)) = tokens.split_last() else { return };
        let (mut key, mut below) = (0, ROOT);
        for token in before {
            key = step(key, token.hash);
            self.visits.push(Node { key, name: NONE, below: below + 1 });
            below = 0;
        }
        key = step(key, last.hash);
        if !(tokens.len() == 1 && last.shape.is_caps() && text.len() <= 5 && form.case.is_none()) {
            below |= ANY_CASE;
        }
        self.visits.push(Node { key, name: to_u32(self.names.len()), below });
        let start = to_u32(self.letters_of(form, text));
        self.names.push(Name {
            actor,
            start,
            next: NONE,
            length: u16::try_from(text.len()).unwrap_or_default(),
            kind: form.kind,
            strength: form.strength,
            flags: flags(form, sort),
        });
    }

    /// Where a form's letters stand: a form that follows from a name often is a part of it.
    fn letters_of(&mut self, form: &Form<'_>, text: &str) -> usize {
        if !form.listed {
            // The names that were added last are mostly the actor's own; anybody else's would do as well.
            let recent = self.letters.as_bytes().get(self.letters.len().saturating_sub(RECENT)..).unwrap_or_default();
            if let Some(at) = memchr::memmem::find(recent, text.as_bytes()) {
                return self.letters.len() - recent.len() + at;
            }
        }
        self.letters.push_str(text);
        self.letters.len() - text.len()
    }
}

fn flags(form: &Form<'_>, sort: Sort) -> u16 {
    let flag = |on: bool, bit: u16| if on { bit } else { 0 };
    flag(form.listed, LISTED)
        | flag(form.common, COMMON)
        | flag(form.case == Some(CaseRule::Case), CASE)
        | flag(form.case == Some(CaseRule::Exact), EXACT)
        | flag(sort.person, PERSON)
        | flag(sort.outlet, OUTLET)
        | flag(form.former, FORMER)
        | flag(form.marked, MARKED)
        | flag(!form.listed && form.strength == Strength::Weak, DERIVED)
}
