//! Which files use an id or a citation key. Made when first asked for.

use super::document::{Content, Document};
use crate::analysis::citations::CitationTarget;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The words by which files speak of actors and references, and the files that use each.
#[derive(Debug, Default)]
pub(super) struct Uses<F> {
    /// By the hash of the word: a file may be listed that uses another word with the same hash.
    files: HashMap<u64, Vec<F>>,
}

/// How the index knows a word.
pub(super) fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

impl<F: Copy + PartialEq> Uses<F> {
    /// The index of some files, each with its mark; the files of a word keep this order.
    pub(super) fn new<'d>(documents: impl Iterator<Item = (F, &'d Document)>) -> Uses<F> {
        let mut files = HashMap::<u64, Vec<F>>::new();
        for (mark, document) in documents {
            words(document, &mut |word| {
                let listed = files.entry(hash(word)).or_default();
                if listed.last() != Some(&mark) {
                    listed.push(mark);
                }
            });
        }
        Uses { files }
    }

    /// The files that use the word with this hash.
    pub(super) fn of(&self, hash: u64) -> &[F] {
        self.files.get(&hash).map_or(&[], Vec::as_slice)
    }
}

/// Whether a file uses a word.
pub(super) fn uses(document: &Document, word: &str) -> bool {
    let mut found = false;
    words(document, &mut |it| found |= it == word);
    found
}

/// Every id and citation key in a file: its own, and those that it refers to.
fn words(document: &Document, each: &mut dyn FnMut(&str)) {
    match &document.content {
        Content::Text => {
            for (_, citation) in document.citations() {
                if let CitationTarget::Key { key, .. } = &citation.target {
                    each(key);
                }
            }
        }
        Content::Records(records) => {
            for record in records.iter() {
                each(&record.id.value);
                let others = record.relations.iter().map(|it| &it.other).chain(&record.not).chain(&record.merged_into);
                others.for_each(|other| each(&other.value));
                let facts = record.facts.iter().map(|it| &it.evidence);
                let evidence = facts.chain(record.relations.iter().map(|it| &it.evidence));
                evidence.filter_map(|it| it.source.as_ref()).for_each(|source| each(&source.value));
            }
        }
        Content::References(references) => references.iter().for_each(|it| each(&it.key.value)),
        Content::Annotations(annotations) => {
            for annotation in annotations.iter() {
                let decision = &annotation.decision;
                decision.actor().into_iter().chain(decision.key()).for_each(|word| each(&word.value));
            }
        }
        Content::Configuration => (),
    }
}
