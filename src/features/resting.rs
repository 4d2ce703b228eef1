//! Claims that rest on one source: across all notes, and counting references that are copies of one text as one.

use super::Place;
use super::states::{self, Backing};
use crate::corpus::{Document, Snapshot, copies};
use crate::model::{FileId, Role};
use std::collections::{BTreeMap, BTreeSet};

/// The check-worthy claims of all notes that rest on one reference alone, by its key. Where several references are copies
/// of one text, the claim stands under each of them.
#[must_use]
pub fn by_key(snapshot: &Snapshot) -> BTreeMap<String, Vec<Place>> {
    let mut claims: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for document in notes(snapshot) {
        for (place, backing) in alone(snapshot, document) {
            for key in backing.citations {
                claims.entry(key).or_default().push(place);
            }
        }
    }
    claims
}

/// The check-worthy claims of all notes that rest on this reference alone.
#[must_use]
pub fn on(snapshot: &Snapshot, key: &str) -> Vec<Place> {
    let mut claims = Vec::new();
    for document in notes(snapshot) {
        let cites = states::sources(snapshot, document).iter().any(|source| source.name == key);
        let decided = || document.placed().iter().filter_map(|placed| placed.annotation.decision.key());
        if cites || decided().any(|it| it.value == key) {
            let own = alone(snapshot, document).into_iter();
            claims.extend(own.filter(|(_, backing)| backing.citations.iter().any(|it| it == key)).map(|it| it.0));
        }
    }
    claims
}

/// `3 claims in 2 notes`.
#[must_use]
pub fn counted(claims: &[Place]) -> String {
    let files: BTreeSet<FileId> = claims.iter().map(|place| place.file).collect();
    let words = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    format!("{} in {}", words(claims.len(), "claim"), words(files.len(), "note"))
}

fn notes(snapshot: &Snapshot) -> impl Iterator<Item = &Document> {
    snapshot.documents().filter(|document| document.role == Role::Note)
}

fn alone(snapshot: &Snapshot, document: &Document) -> Vec<(Place, Backing)> {
    let claims = document.settled().claims.iter().zip(states::of(snapshot, document));
    let rests = |backing: &Backing| match backing.citations.as_slice() {
        [] => false,
        [_] => true,
        several => copies::grouped(snapshot, several).len() == 1,
    };
    let claims = claims.filter(|(claim, backing)| claim.check_worthy && rests(backing));
    claims.map(|(claim, backing)| (Place { file: document.file, range: claim.range }, backing)).collect()
}
