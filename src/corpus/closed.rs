//! The files that no editor has open, and who is named in which of them.
//!
//! They stand on racks of a few hundred, in the order of their numbers, and each rack has indexes of its own, made when
//! first asked for. When a file changes, only its rack is replaced: the other racks, and what was indexed on them, serve on.

use super::copies::Elsewhere;
use super::document::Document;
use super::uses::{self, Uses};
use crate::analysis::mentions::MentionStatus;
use crate::model::{ActorKey, FileId};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

/// How many files stand on a rack: replacing one costs as much as its files, a question as much as there are racks.
const RACK: usize = 256;

/// The files that no editor has open. One value serves all snapshots until a closed file changes, so that typing never
/// makes an index again.
#[derive(Debug, Default)]
pub(super) struct Closed {
    racks: Vec<Arc<Rack>>,
    elsewhere: Elsewhere,
    /// In how many texts an unknown name of each form stands.
    unknown: OnceLock<HashMap<u64, u32>>,
}

/// Some of the files.
#[derive(Debug, Default)]
struct Rack {
    /// By what is left of their number.
    documents: Vec<Option<Arc<Document>>>,
    postings: OnceLock<Postings>,
    uses: OnceLock<Uses<FileId>>,
    /// Who is named in the texts of each folder.
    folders: OnceLock<HashMap<String, HashSet<ActorKey>>>,
    unknown: OnceLock<HashMap<u64, u32>>,
}

/// In which texts each actor is named, and how often.
#[derive(Debug, Default)]
struct Postings {
    /// The actors that are named, in the order of their keys.
    actors: Box<[ActorKey]>,
    /// Where the texts of the actor with the same number end.
    ends: Box<[u32]>,
    texts: Box<[(FileId, u32)]>,
}

/// The rack that a file stands on, and its place there.
fn place(file: FileId) -> (usize, usize) {
    (file.0 as usize / RACK, file.0 as usize % RACK)
}

impl Closed {
    /// The same with other files on the racks of those that have changed. `document` gives a file that is there and
    /// that nobody has open.
    pub(super) fn renewed(
        &self,
        changed: &BTreeSet<FileId>,
        document: impl Fn(FileId) -> Option<Arc<Document>>,
    ) -> Closed {
        let numbers: BTreeSet<usize> = changed.iter().map(|file| place(*file).0).collect();
        let mut racks = self.racks.clone();
        for number in numbers {
            let files = (number * RACK..(number + 1) * RACK).map_while(|file| u32::try_from(file).ok());
            let mut documents: Vec<_> = files.map(|file| document(FileId(file))).collect();
            let n_used = documents.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
            documents.truncate(n_used);
            documents.shrink_to_fit();
            if racks.len() <= number {
                racks.resize_with(number + 1, Arc::default);
            }
            if let Some(rack) = racks.get_mut(number) {
                *rack = Arc::new(Rack { documents, ..Rack::default() });
            }
        }
        Closed { racks, ..Closed::default() }
    }

    pub(super) fn document(&self, file: FileId) -> Option<&Document> {
        let (rack, place) = place(file);
        self.racks.get(rack)?.documents.get(place)?.as_deref()
    }

    /// Makes the indexes that a hover asks, so that the first one need not wait for them.
    pub(super) fn prepare(&self) {
        for rack in &self.racks {
            let _ = rack.postings();
        }
    }

    /// Where quotations were found in them.
    pub(super) fn elsewhere(&self) -> &Elsewhere {
        &self.elsewhere
    }

    /// The files that use a word, and perhaps some that do not.
    pub(super) fn uses(&self, word: &str) -> impl Iterator<Item = FileId> {
        let hash = uses::hash(word);
        self.racks.iter().flat_map(move |rack| rack.uses().of(hash)).copied()
    }

    /// Who is named in the texts of a folder; one may come twice.
    pub(super) fn named_in_folder(&self, folder: &str) -> impl Iterator<Item = &HashSet<ActorKey>> {
        self.racks.iter().filter_map(move |rack| rack.folders().get(folder))
    }

    /// In how many texts an unknown name of this form stands.
    pub(super) fn unknown(&self, form: u64) -> u32 {
        let all = self.unknown.get_or_init(|| {
            let mut counts: HashMap<u64, u32> = HashMap::new();
            for rack in &self.racks {
                let own: BTreeMap<&u64, &u32> = rack.unknown().iter().collect();
                own.into_iter().for_each(|(form, n)| *counts.entry(*form).or_insert(0) += n);
            }
            counts
        });
        all.get(&form).copied().unwrap_or(0)
    }

    /// In which texts an actor is named, and how often.
    pub(super) fn postings(&self, actor: ActorKey) -> impl Iterator<Item = (FileId, u32)> {
        self.racks.iter().flat_map(move |rack| rack.postings().of(actor)).copied()
    }
}

impl Rack {
    fn documents(&self) -> impl Iterator<Item = &Document> {
        self.documents.iter().flatten().map(AsRef::as_ref)
    }

    fn uses(&self) -> &Uses<FileId> {
        self.uses.get_or_init(|| Uses::new(self.documents().map(|document| (document.file, document))))
    }

    fn folders(&self) -> &HashMap<String, HashSet<ActorKey>> {
        self.folders.get_or_init(|| {
            let mut folders: HashMap<String, HashSet<ActorKey>> = HashMap::new();
            for document in self.documents() {
                let mut named = tally(document).into_iter().map(|(actor, _)| actor).peekable();
                if named.peek().is_some() {
                    folders.entry(folder_of(&document.path).to_owned()).or_default().extend(named);
                }
            }
            folders
        })
    }

    fn unknown(&self) -> &HashMap<u64, u32> {
        self.unknown.get_or_init(|| {
            let mut counts: HashMap<u64, u32> = HashMap::new();
            for document in self.documents() {
                let forms: BTreeSet<u64> =
                    document.blocks().iter().flat_map(|block| document.names_in(block).forms()).collect();
                forms.into_iter().for_each(|form| *counts.entry(form).or_insert(0) += 1);
            }
            counts
        })
    }

    fn postings(&self) -> &Postings {
        self.postings.get_or_init(|| {
            let mut all: Vec<(ActorKey, FileId, u32)> = Vec::new();
            for document in self.documents() {
                all.extend(tally(document).into_iter().map(|(actor, n)| (actor, document.file, n)));
            }
            all.sort_unstable();
            Postings::new(&all)
        })
    }
}

impl Postings {
    /// From all that is known, sorted. Lists are made as long as they need be: a longer one would keep its room.
    fn new(all: &[(ActorKey, FileId, u32)]) -> Postings {
        let same = || all.chunk_by(|(a, ..), (b, ..)| a == b);
        let n_actors = same().count();
        let (mut actors, mut ends) = (Vec::with_capacity(n_actors), Vec::with_capacity(n_actors));
        let mut end = 0;
        for of_one in same() {
            end += u32::try_from(of_one.len()).unwrap_or_default();
            actors.extend(of_one.first().map(|(actor, ..)| *actor));
            ends.push(end);
        }
        let texts: Box<[(FileId, u32)]> = all.iter().map(|(_, file, n)| (*file, *n)).collect();
        Postings { actors: actors.into(), ends: ends.into(), texts }
    }

    fn of(&self, actor: ActorKey) -> &[(FileId, u32)] {
        let Ok(number) = self.actors.binary_search(&actor) else { return &[] };
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(number).copied().unwrap_or(start);
        self.texts.get(start as usize..end as usize).unwrap_or_default()
    }
}

pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// How often each actor is named in a text, in the order of their keys; possible mentions do not count.
pub(super) fn tally(document: &Document) -> Vec<(ActorKey, u32)> {
    let sure = document.settled().mentions.iter().filter(|mention| mention.status != MentionStatus::Possible);
    let mut actors: Vec<ActorKey> = sure.map(|mention| mention.actor).collect();
    actors.sort_unstable();
    let counted =
        actors.chunk_by(|a, b| a == b).filter_map(|same| Some((*same.first()?, u32::try_from(same.len()).ok()?)));
    counted.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_of_an_actor_are_its_texts() {
        let named = [(3, 1, 2), (3, 4, 1), (7, 2, 9), (8, 1, 1), (8, 2, 1), (8, 4, 5)];
        let all: Vec<_> = named.iter().map(|(actor, file, n)| (ActorKey(*actor), FileId(*file), *n)).collect();
        let postings = Postings::new(&all);
        for actor in 0..10 {
            let right: Vec<(FileId, u32)> =
                all.iter().filter(|(it, ..)| it.0 == actor).map(|(_, file, n)| (*file, *n)).collect();
            assert_eq!(postings.of(ActorKey(actor)), right, "{actor}");
        }
        assert_eq!(Postings::default().of(ActorKey(0)), []);
    }
}
