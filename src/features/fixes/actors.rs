//! Who is named here: the user's word on a mention, and on the names of a record.

use super::plan::{Plan, Restriction};
use super::{FileEdit, List, places, yaml};
use crate::analysis::mentions::{Mention, MentionStatus, Reason};
use crate::corpus::{Document, Snapshot};
use crate::features::decisions;
use crate::features::edits::{self, TextEdit};
use crate::model::annotation::{Decision, Judgement};
use crate::model::record::{CaseRule, NameKind, Record};
use crate::model::{ActorKey, Code, FileId, Finding, Spanned};
use crate::text::ByteRange;
use crate::text::fold::fold;

/// How many actors of the paragraph a selected form is offered to.
const MOST_NEIGHBOURS: usize = 3;

impl List<'_> {
    /// What can be said of the mentions that the user points at.
    pub(super) fn mentions(&mut self, here: &[Finding]) {
        if decisions::path_of(self.snapshot, self.document).is_none() {
            return;
        }
        let document = self.document;
        let range = self.range;
        let touched = document.settled().mentions.iter().filter(|mention| places::touch(mention.range, range));
        for mention in touched.take(3) {
            let is_its = |finding: &&Finding| {
                matches!(finding.code, Code::AmbiguousMention | Code::PossibleMention) && finding.range == mention.range
            };
            self.mention(mention, here.iter().find(is_its));
        }
    }

    fn mention(&mut self, mention: &Mention, finding: Option<&Finding>) {
        let words = places::short(&self.document.buffer.slice(mention.range));
        let is_certain = mention.status == MentionStatus::Certain;
        let candidates = self.document.settled().candidates(mention);
        for (idx, actor) in candidates.iter().enumerate() {
            if is_certain && *actor == mention.actor {
                continue;
            }
            let title = format!("“{words}” is {}", self.caption(*actor, mention));
            let plan = self.identify(mention.range, *actor, Judgement::Positive);
            match finding.filter(|_| idx == 0 && candidates.len() == 1) {
                Some(finding) => self.prefer(finding, title, plan),
                None => self.offer(finding, title, plan),
            }
        }
        // Of an ambiguous mention none of the candidates is meant.
        let actors: Vec<ActorKey> =
            if mention.status == MentionStatus::Ambiguous { candidates.to_vec() } else { vec![mention.actor] };
        let names: Vec<String> = actors.iter().map(|actor| self.caption(*actor, mention)).collect();
        let is_not = if 1 < names.len() { "is neither" } else { "is not" };
        let names = names.join(" nor ");
        let negative = |range: ByteRange| {
            let decision = |actor: &ActorKey| (range, self.identity(*actor, Judgement::Negative));
            actors.iter().map(decision).collect::<Vec<_>>()
        };
        let file = self.document.file;
        let here = Plan::Decide(file, negative(mention.range));
        let same = self.same_words(mention);
        let everywhere = Plan::Decide(file, same.iter().flat_map(|range| negative(*range)).collect());
        self.offer(finding, format!("“{words}” {is_not} {names} here"), here);
        if 1 < same.len() {
            self.offer(finding, format!("“{words}” {is_not} {names} in this text ({} places)", same.len()), everywhere);
        }
        for actor in actors.iter().filter(|actor| 1 < open_mentions(self.document, **actor).len()) {
            let n_mentions = open_mentions(self.document, *actor).len();
            let title = format!(
                "Accept all possible mentions of {} in this text ({n_mentions} places)",
                self.caption(*actor, mention)
            );
            self.offer(finding, title, Plan::Accept(*actor, Some(file)));
        }
        self.nowhere(mention, finding, &words);
        if !is_certain || mention.reason != Reason::Said {
            for actor in &actors {
                let title = format!("Not sure whether “{words}” is {}", self.caption(*actor, mention));
                self.offer(finding, title, self.identify(mention.range, *actor, Judgement::Unsure));
            }
        }
    }

    /// All that may be the actor of a record, in one go.
    pub(super) fn review(&mut self) {
        let records = self.document.content.records();
        let heads = |record: &&std::sync::Arc<Record>| {
            record.names.first().is_some_and(|name| places::touch(name.text.range, self.range))
        };
        let Some(record) = records.iter().find(heads) else { return };
        let Some(actor) = self.snapshot.registry.key(&record.id.value) else { return };
        let title = format!("Review all possible and ambiguous mentions of {}", record.caption());
        self.offer(None, title, Plan::Accept(actor, None));
    }

    /// What holds for every text is said in the record.
    fn nowhere(&mut self, mention: &Mention, finding: Option<&Finding>, words: &str) {
        let is_listed = |actor: &&ActorKey| {
            let record = self.snapshot.registry.actor(**actor).map(|it| &it.record);
            let folded = fold(&self.document.buffer.slice(mention.range));
            record.is_some_and(|it| it.names.iter().skip(1).any(|name| fold(name.text.value) == folded))
        };
        let candidates = self.document.settled().candidates(mention);
        let listed: Vec<ActorKey> = candidates.iter().filter(is_listed).copied().collect();
        for actor in listed {
            let title = format!("“{words}” is {} nowhere: never look for this name", self.caption(actor, mention));
            let name = self.document.buffer.slice(mention.range).into_owned();
            self.offer(finding, title, Plan::Restrict(actor, name, Restriction::Never));
        }
        if mention.status != MentionStatus::Ambiguous {
            return;
        }
        for actor in candidates {
            for other in candidates.iter().filter(|other| *other != actor) {
                let Some(id) = self.snapshot.registry.actor_id(*other) else { continue };
                let (one, two) = (self.caption(*actor, mention), self.caption(*other, mention));
                let title = format!("Never take {one} for {two} (`not` in its record)");
                self.offer(finding, title, Plan::NeverFor(*actor, id.to_owned()));
            }
        }
    }

    /// A selected form may be another name of somebody who is named beside it.
    pub(super) fn names(&mut self) {
        let words = self.document.buffer.slice(self.range);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let document = self.document;
        let mentions = &document.settled().mentions;
        let is_known = mentions.iter().any(|mention| mention.range.overlaps(self.range));
        if is_known || !(1..=80).contains(&words.chars().count()) {
            return;
        }
        let block = document.blocks().iter().find(|block| block.range.covers(self.range)).map(|block| block.range);
        let beside = mentions.iter().filter(|mention| block.is_some_and(|block| block.covers(mention.range)));
        let mut actors: Vec<ActorKey> = Vec::new();
        for mention in beside.filter(|mention| mention.status == MentionStatus::Certain) {
            if !actors.contains(&mention.actor) && actors.len() < MOST_NEIGHBOURS {
                actors.push(mention.actor);
            }
        }
        for actor in actors {
            let title = format!("Add “{words}” as a name of {}", self.snapshot.registry.caption(actor));
            self.offer(None, title, Plan::AddName(actor, words.clone()));
        }
    }

    /// The places of this text where the same words are taken for the same actor.
    fn same_words(&self, mention: &Mention) -> Vec<ByteRange> {
        let words = fold(&self.document.buffer.slice(mention.range));
        let mentions = self.document.settled().mentions.iter();
        let same = mentions.filter(|it| it.actor == mention.actor && it.range.len() <= 4 * mention.range.len());
        same.filter(|it| fold(&self.document.buffer.slice(it.range)) == words).map(|it| it.range).collect()
    }

    fn identify(&self, range: ByteRange, actor: ActorKey, judgement: Judgement) -> Plan {
        Plan::decide(self.document.file, range, self.identity(actor, judgement))
    }

    fn identity(&self, actor: ActorKey, judgement: Judgement) -> Decision {
        let id = self.snapshot.registry.actor_id(actor).unwrap_or_default().to_owned();
        Decision::Identity { actor: Spanned::new(id, ByteRange::empty(0)), judgement }
    }

    /// The actor's name, with its id where another candidate is called the same.
    fn caption(&self, actor: ActorKey, mention: &Mention) -> String {
        let registry = &self.snapshot.registry;
        let caption = registry.caption(actor);
        let candidates = self.document.settled().candidates(mention);
        let has_double = candidates.iter().any(|other| *other != actor && registry.caption(*other) == caption);
        match registry.actor_id(actor).filter(|_| has_double) {
            Some(id) => format!("{caption} ({id})"),
            None => caption.to_owned(),
        }
    }
}

/// The places of a text that may name an actor, but do not certainly.
fn open_mentions(text: &Document, actor: ActorKey) -> Vec<ByteRange> {
    let is_open = |mention: &&Mention| {
        mention.status != MentionStatus::Certain && text.settled().candidates(mention).contains(&actor)
    };
    text.settled().mentions.iter().filter(is_open).map(|mention| mention.range).collect()
}

/// The edits that write down that all mentions that may be an actor's are: of one text, or an edit for each text.
pub(super) fn accept(snapshot: &Snapshot, actor: ActorKey, file: Option<FileId>, created: &str) -> Vec<FileEdit> {
    let Some(id) = snapshot.registry.actor_id(actor) else { return Vec::new() };
    let actor_id = Spanned::new(id.to_owned(), ByteRange::empty(0));
    let decision = Decision::Identity { actor: actor_id, judgement: Judgement::Positive };
    let texts = snapshot.documents().filter(|it| it.role.is_text() && file.is_none_or(|file| file == it.file));
    let edits = texts.filter_map(|text| {
        let open = open_mentions(text, actor);
        let list: Vec<(ByteRange, Decision)> = open.into_iter().map(|range| (range, decision.clone())).collect();
        (!list.is_empty()).then(|| decisions::decide(snapshot, text.file, &list, created)).flatten()
    });
    edits.collect()
}

/// Edits of a record that hold one of its listed names back; none where the name is not listed, or is the canonical one.
pub(super) fn restrict(text: &str, record: &Record, name: &str, restriction: Restriction) -> Vec<TextEdit> {
    let (key, value) = match restriction {
        Restriction::Weak => ("kind", "weak"),
        Restriction::Never => ("match", "never"),
    };
    let folded = fold(name);
    let mut edits = Vec::new();
    let mut moved: Option<String> = None;
    for listed in record.names.iter().skip(1).filter(|listed| fold(listed.text.value) == folded) {
        let is_done = match restriction {
            Restriction::Weak => listed.kind == NameKind::Weak,
            Restriction::Never => listed.case == Some(CaseRule::Never),
        };
        if is_done {
            continue;
        }
        // Where `kind: former` or `match: case` stands already, that is what the user said.
        let is_free = match restriction {
            Restriction::Weak => listed.kind == NameKind::Alias,
            Restriction::Never => listed.case.is_none(),
        };
        match yaml::after_name(text, listed.text.range) {
            Some((at, lead)) if is_free => edits.push((ByteRange::empty(at), format!("{lead}{key}: {value}"))),
            Some(_) => (),
            None => {
                let Some(range) = yaml::list_item(text, listed.text.range) else { continue };
                edits.push((range, String::new()));
                moved.get_or_insert_with(|| listed.text.value.to_owned());
            }
        }
    }
    if let Some(name) = moved {
        edits.extend(edits::add_name(text, record, &name, &format!("{key}: {value}")));
    }
    edits.sort();
    edits
}
