//! All references as they are searched: while somebody types a key, and for what is likely to back a sentence. Made when
//! first asked for, so that 20,000 entries delay neither.

use super::registry::Entry;
use crate::text::fold;
use std::collections::{HashMap, HashSet};

/// A word in more entries than this says nothing about any of them.
const COMMON: usize = 2000;

/// One entry, folded.
#[derive(Debug)]
pub struct Volume {
    /// The citation key, as written.
    pub key: Box<str>,
    /// The same, folded.
    pub folded_key: Box<str>,
    /// Authors, title, publisher, container and date, folded.
    pub rest: Box<[Box<str>]>,
}

/// All references, by key.
#[derive(Debug, Default)]
pub struct Shelf {
    volumes: Vec<Volume>,
    by_word: HashMap<Box<str>, Vec<u32>>,
    by_copy: HashMap<Box<str>, Vec<u32>>,
}

impl Shelf {
    pub(super) fn new<'a>(entries: impl Iterator<Item = &'a Entry>) -> Shelf {
        let mut shelf = Shelf::default();
        for entry in entries {
            let reference = &entry.reference;
            let title = reference.title.as_ref().map(|it| it.value.as_str());
            let publisher = reference.publisher.as_ref().map(|it| it.value.as_str());
            let rest = reference.authors.iter().map(String::as_str).chain(title).chain(publisher);
            let rest = rest.chain(reference.container_title.as_deref()).chain(reference.issued.as_deref());
            let rest: Box<[Box<str>]> = rest.map(|words| fold::fold(words).into_boxed_str()).collect();
            let number = u32::try_from(shelf.volumes.len()).unwrap_or(u32::MAX);
            for word in rest.iter().flat_map(|words| words_of(words)) {
                let numbers = shelf.by_word.entry(word).or_default();
                if numbers.last() != Some(&number) {
                    numbers.push(number);
                }
            }
            if let Some(copy) = &reference.copy {
                shelf.by_copy.entry(copy.file.value.as_str().into()).or_default().push(number);
            }
            let key: Box<str> = reference.key.value.as_str().into();
            shelf.volumes.push(Volume { folded_key: fold::fold(&key).into_boxed_str(), key, rest });
        }
        shelf
    }

    /// All entries, by key.
    pub fn volumes(&self) -> impl Iterator<Item = &Volume> {
        self.volumes.iter()
    }

    /// The keys of the entries whose archived copy is this file.
    pub fn of_copy(&self, path: &str) -> impl Iterator<Item = &str> {
        let numbers = self.by_copy.get(path).into_iter().flatten();
        numbers.filter_map(|number| self.volumes.get(*number as usize)).map(|volume| &*volume.key)
    }

    /// The keys of the entries that share a telling word with these texts, in order: at most `most`, those that share
    /// most words.
    #[must_use]
    pub fn sharing<'t>(&self, texts: impl Iterator<Item = &'t str>, most: usize) -> Vec<&str> {
        let words: HashSet<Box<str>> = texts.flat_map(|text| words_of(&fold::fold(text))).collect();
        let telling = words.iter().filter_map(|word| self.by_word.get(word)).filter(|numbers| numbers.len() <= COMMON);
        let mut numbers: Vec<u32> = telling.flatten().copied().collect();
        numbers.sort_unstable();
        let counted = numbers.chunk_by(|a, b| a == b).filter_map(|of_one| Some((of_one.len(), *of_one.first()?)));
        let mut counted: Vec<(usize, u32)> = counted.collect();
        counted.sort_by_key(|(n_shared, number)| (std::cmp::Reverse(*n_shared), *number));
        counted.truncate(most);
        let mut numbers: Vec<u32> = counted.into_iter().map(|(_, number)| number).collect();
        numbers.sort_unstable();
        numbers.iter().filter_map(|number| self.volumes.get(*number as usize)).map(|volume| &*volume.key).collect()
    }
}

/// The words of a folded text; in scripts without spaces every pair of neighbours.
fn words_of(folded: &str) -> Vec<Box<str>> {
    let mut words: Vec<Box<str>> = Vec::new();
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.chars().any(|c| fold::fold_char(c).class.is_single()) {
            let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1);
            let pairs = word.char_indices().zip(ends).filter_map(|((start, _), end)| word.get(start..end));
            words.extend(pairs.map(Into::into));
        } else {
            words.push(word.into());
        }
    }
    words
}
