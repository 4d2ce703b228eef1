//! Records: sources for facts, other ends of relations, names that two actors claim.

use super::plan::{Plan, Restriction};
use super::{FileEdit, List, yaml};
use crate::features::edits::{Style, create_record, quoted};
use crate::model::record::Record;
use crate::model::{Code, Finding};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The roles that only human beings have.
const HUMAN_ROLES: [&str; 6] = ["director", "employee", "member", "person", "relative", "associate"];

impl List<'_> {
    /// What can be done about the findings of a file of records.
    pub(super) fn records(&mut self, here: &[Finding]) {
        let records = self.document.content.records();
        for finding in here {
            let Some(record) = records.iter().find(|record| record.range.covers(finding.range)) else { continue };
            let is = |code| finding.code == code;
            if is(Code::UndefinedCitation) {
                self.undefined(finding);
            } else if is(Code::FactWithoutSource) {
                self.give_source(finding, record);
            } else if is(Code::UnresolvedRelation) {
                self.create_other(finding, record);
            } else if is(Code::DuplicateName) {
                self.weaken(finding, record);
            }
        }
    }

    fn give_source(&mut self, finding: &Finding, record: &Arc<Record>) {
        let text = self.document.buffer.text();
        let registry = &self.snapshot.registry;
        let mut actors: BTreeSet<_> = registry.key(&record.id.value).into_iter().collect();
        let relation = record.relations.iter().find(|relation| relation.range == finding.range);
        actors.extend(relation.and_then(|relation| registry.key(&relation.other.value)));
        let clues = self.clues(finding.range.of(&text).unwrap_or_default(), &actors, 0);
        for (key, _) in self.likely(&clues) {
            let Some(edit) = yaml::add_key(&text, finding.range, "source", &quoted(&key, Style::Plain)) else { return };
            let edit = FileEdit::Change(self.document.file, vec![edit]);
            self.offer(Some(finding), format!("Give `{key}` as its source"), Plan::Ready(vec![edit]));
        }
    }

    fn create_other(&mut self, finding: &Finding, record: &Arc<Record>) {
        let Some(id) = finding.fact("id") else { return };
        let relation = record.relations.iter().find(|relation| relation.other.range == finding.range);
        let is_human = relation.is_some_and(|relation| HUMAN_ROLES.contains(&relation.role.value.as_str()));
        let kind = if is_human { "person" } else { "organization" };
        let is_file = |path: &str| [".md", ".yaml", ".yml", ".jsonl"].iter().any(|ending| path.ends_with(ending));
        let folder = self.snapshot.options.actors.iter().find(|path| !is_file(path)).map_or("actors", String::as_str);
        let (path, text) = create_record(folder, id, kind, &|path| self.snapshot.file(path).is_some());
        let stem = path.rsplit('/').next().and_then(|file| file.strip_suffix(".md"));
        let text = match stem == Some(id) {
            true => text,
            false => text.replacen("---\n", &format!("---\nid: {}\n", quoted(id, Style::Plain)), 1),
        };
        let title = format!("Create the record `{id}` ({kind})");
        self.offer(Some(finding), title, Plan::Ready(vec![FileEdit::Create(path, text)]));
    }

    fn weaken(&mut self, finding: &Finding, record: &Arc<Record>) {
        let registry = &self.snapshot.registry;
        let Some(name) = record.names.iter().skip(1).find(|name| name.text.range == finding.range) else { return };
        let counts = registry
            .key(&record.id.value)
            .filter(|key| registry.record(*key).is_some_and(|actor| Arc::ptr_eq(&actor.record, record)));
        let Some(actor) = counts else { return };
        let words = name.text.value.to_owned();
        let title = format!("Make “{words}” a weak name: it needs other evidence for {}", record.caption());
        self.offer(Some(finding), title, Plan::Restrict(actor, words, Restriction::Weak));
    }
}
