//! What is kept of a source text for checking quotations, and which source texts are copies of one another.

use super::{Document, Snapshot};
use crate::analysis::quotations::{self, Passage, Passages, Sketch};
use crate::model::{FileId, Role};
use crate::text::ByteRange;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// More answers than this are not remembered for one text.
const MOST_ANSWERS: usize = 4096;

/// What was worked out about one text as a source of quotations. Its locks never leave the type.
#[derive(Debug, Default)]
pub(super) struct SourceIndex {
    passages: OnceLock<Passages>,
    sketch: OnceLock<Sketch>,
    answers: Mutex<HashMap<String, Option<Arc<Passage>>>>,
}

/// Words and the text that does not have them.
type Missing = (String, FileId);

/// Where quotations were found that their own source does not have. Its lock never leaves the type.
#[derive(Debug, Default)]
pub(super) struct Elsewhere {
    answers: Mutex<HashMap<Missing, Option<(FileId, ByteRange)>>>,
}

impl Document {
    /// Where the text has these words, exactly or altered. Remembered until the text changes.
    #[must_use]
    pub fn passage(&self, words: &str) -> Option<Arc<Passage>> {
        let index = &self.source_index;
        let lock = || index.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = lock().get(words) {
            return answer.clone();
        }
        let passages = index.passages.get_or_init(|| Passages::new(&self.buffer.text()));
        let answer = passages.find(words, |range| self.buffer.slice(range)).map(Arc::new);
        let mut answers = lock();
        if MOST_ANSWERS <= answers.len() {
            answers.clear();
        }
        answers.insert(words.to_owned(), answer.clone());
        answer
    }

    /// A sample of the text's wordings, for comparison with other texts.
    fn sketch(&self) -> &Sketch {
        self.source_index.sketch.get_or_init(|| Sketch::new(&self.buffer.text()))
    }
}

impl Snapshot {
    /// A source text other than `not` that has these words exactly: the first one in the order of paths.
    #[must_use]
    pub fn quoted_elsewhere(&self, words: &str, not: FileId) -> Option<(FileId, ByteRange)> {
        let key = (words.to_owned(), not);
        let memory = self.elsewhere();
        let lock = || memory.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(&key).copied();
        let closed = known.unwrap_or_else(|| {
            let found = find_in(self.documents().filter(|it| it.version.is_none()), words, not);
            let mut answers = lock();
            if MOST_ANSWERS <= answers.len() {
                answers.clear();
            }
            answers.insert(key, found);
            found
        });
        closed.or_else(|| find_in(self.documents().filter(|it| it.version.is_some()), words, not))
    }
}

fn find_in<'d>(documents: impl Iterator<Item = &'d Document>, words: &str, not: FileId) -> Option<(FileId, ByteRange)> {
    for document in documents.filter(|it| it.role == Role::Source && it.file != not) {
        if !quotations::may_hold(&document.buffer.text(), words) {
            continue;
        }
        if let Some(passage) = document.passage(words).filter(|it| it.changes.is_empty()) {
            return Some((document.file, passage.range()));
        }
    }
    None
}

/// The source text that holds a reference's archived copy.
#[must_use]
pub fn copy_of<'s>(snapshot: &'s Snapshot, key: &str) -> Option<&'s Document> {
    let copy = snapshot.registry.reference(key)?.reference.copy.as_ref()?;
    snapshot.document_at(&copy.file.value).filter(|document| document.role.is_text())
}

/// The references whose archived copies are one text: groups of at least two citation keys, sorted. Texts are one when
/// at least four fifths of the shorter one's wording stands in the longer one.
#[must_use]
pub fn groups(snapshot: &Snapshot) -> Vec<Vec<String>> {
    let keys = snapshot.registry.references().map(|entry| entry.reference.key.value.clone());
    let groups = grouped(snapshot, &keys.collect::<Vec<_>>());
    groups.into_iter().filter(|group| 1 < group.len()).collect()
}

/// These citation keys, those of one text together; a key without a copy is alone.
#[must_use]
pub fn grouped(snapshot: &Snapshot, keys: &[String]) -> Vec<Vec<String>> {
    let mut keys: Vec<&String> = keys.iter().collect();
    keys.sort_unstable();
    keys.dedup();
    let copies: Vec<Option<&Document>> = keys.iter().map(|key| copy_of(snapshot, key)).collect();
    // Only texts that share a sampled wording are compared.
    let mut holders: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (idx, copy) in copies.iter().enumerate() {
        for hash in copy.iter().flat_map(|copy| copy.sketch().hashes()) {
            holders.entry(*hash).or_default().push(idx);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for holders in holders.values() {
        // Each is compared with the first: what is common to many texts is no sign of a copy.
        if let [first, rest @ ..] = holders.as_slice() {
            pairs.extend(rest.iter().map(|idx| (*first, *idx)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut group_of: Vec<usize> = (0..keys.len()).collect();
    for (a, b) in pairs {
        let both = copies.get(a).copied().flatten().zip(copies.get(b).copied().flatten());
        if !both.is_some_and(|(a, b)| a.file == b.file || a.sketch().is_copy_of(b.sketch())) {
            continue;
        }
        let (into, from) = (group_of.get(a).copied().unwrap_or(a), group_of.get(b).copied().unwrap_or(b));
        for group in group_of.iter_mut().filter(|group| **group == from) {
            *group = into;
        }
    }
    let mut groups: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (key, group) in keys.into_iter().zip(group_of) {
        groups.entry(group).or_default().push(key.clone());
    }
    groups.into_values().collect()
}
