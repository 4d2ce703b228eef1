//! The state of the corpus at one revision, for readers.

use super::closed::{Closed, folder_of, tally};
use super::copies::Elsewhere;
use super::document::Document;
use super::registries::Registries;
use super::registry::Registry;
use super::uses;
use crate::analysis::suggestions::Suggestion;
use crate::model::options::Options;
use crate::model::{ActorKey, FileId, Finding};
use crate::text::Revision;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, OnceLock, Weak};

/// The actors that texts of a folder name.
#[derive(Debug)]
pub struct Beside<'s> {
    /// Those of open texts.
    open: HashSet<ActorKey>,
    closed: Vec<&'s HashSet<ActorKey>>,
}

impl Beside<'_> {
    /// Whether an actor is one of them.
    #[must_use]
    pub fn has(&self, actor: ActorKey) -> bool {
        self.open.contains(&actor) || self.closed.iter().any(|it| it.contains(&actor))
    }

    /// All of them, in any order; one may come twice.
    pub fn actors(&self) -> impl Iterator<Item = ActorKey> {
        self.open.iter().chain(self.closed.iter().copied().flatten()).copied()
    }
}

/// How much of the workspace has been read. What has not been read must not be taken for missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Records, references and decisions are still coming.
    Nothing,
    /// These are here; other texts are still coming.
    Records,
    /// Everything has been read and looked at once.
    #[default]
    Everything,
}

/// What the findings of a text depend on besides the text itself. Equal worlds are the very same.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    ground: Ground,
    /// Archived copies that an editor has open, and how many edits they have seen.
    copies: Vec<(FileId, u64)>,
    document: super::document::World,
}

/// What the findings of closed files rest on; equal as long as none of it has changed. Open texts are not part of it.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    closed: Weak<Closed>,
    registry: Weak<Registry>,
    registries: Weak<Registries>,
    options: Weak<Options>,
    today: Arc<str>,
    extent: Extent,
}

impl PartialEq for Ground {
    fn eq(&self, other: &Ground) -> bool {
        self.closed.ptr_eq(&other.closed)
            && self.registry.ptr_eq(&other.registry)
            && self.registries.ptr_eq(&other.registries)
            && self.options.ptr_eq(&other.options)
            && self.today == other.today
            && self.extent == other.extent
    }
}

/// The state of the corpus at one revision; never changes.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// Its number.
    pub revision: Revision,
    /// The options in force.
    pub options: Arc<Options>,
    /// Actors and references.
    pub registry: Arc<Registry>,
    /// Large read-only lists: who an unknown name may be.
    pub registries: Arc<Registries>,
    /// The day of the findings (`YYYY-MM-DD`); empty where nobody said it, and then nothing is over.
    pub today: Arc<str>,
    /// How much of the workspace has been read.
    pub extent: Extent,
    by_path: Arc<BTreeMap<Arc<str>, FileId>>,
    closed: Arc<Closed>,
    open: BTreeMap<FileId, Arc<Document>>,
    cited: OnceLock<BTreeSet<String>>,
}

impl Snapshot {
    pub(super) fn new(
        revision: Revision,
        options: Arc<Options>,
        registry: Arc<Registry>,
        by_path: Arc<BTreeMap<Arc<str>, FileId>>,
        closed: Arc<Closed>,
        open: BTreeMap<FileId, Arc<Document>>,
        registries: Arc<Registries>,
    ) -> Snapshot {
        let (today, extent, cited) = (Arc::default(), Extent::default(), OnceLock::new());
        Snapshot { revision, options, registry, registries, today, extent, by_path, closed, open, cited }
    }

    /// What the findings of a text depend on besides the text itself.
    #[must_use]
    pub fn world(&self, document: &Document) -> World {
        let is_copy = |other: &&Arc<Document>| other.file != document.file && self.registry.is_copy(&other.path);
        let copies = self.open.values().filter(is_copy).map(|copy| (copy.file, copy.n_edits()));
        World { ground: self.ground(), copies: copies.collect(), document: document.world() }
    }

    /// What the findings of closed files rest on.
    #[must_use]
    pub fn ground(&self) -> Ground {
        Ground {
            closed: Arc::downgrade(&self.closed),
            registry: Arc::downgrade(&self.registry),
            registries: Arc::downgrade(&self.registries),
            options: Arc::downgrade(&self.options),
            today: Arc::clone(&self.today),
            extent: self.extent,
        }
    }

    /// Makes ahead what the first question about closed texts would have to wait for.
    pub fn prepare(&self) {
        self.closed.prepare();
    }

    /// Where quotations were found in closed source texts; forgotten when one of those changes.
    pub(super) fn elsewhere(&self) -> &Elsewhere {
        self.closed.elsewhere()
    }

    /// The file at a workspace path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied().filter(|file| self.document(*file).is_some())
    }

    /// A file of the corpus, of whatever role.
    #[must_use]
    pub fn document(&self, file: FileId) -> Option<&Document> {
        self.open.get(&file).map(AsRef::as_ref).or_else(|| self.closed.document(file))
    }

    /// The file at a workspace path, with its text.
    #[must_use]
    pub fn document_at(&self, path: &str) -> Option<&Document> {
        self.document(self.file(path)?)
    }

    /// All files, in the order of their paths.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        self.by_path.values().filter_map(|file| self.document(*file))
    }

    /// In which texts an actor is named and how often, open texts included, in any order.
    pub fn naming(&self, actor: ActorKey) -> impl Iterator<Item = (FileId, u32)> {
        let closed = self.closed.postings(actor);
        let own = move |document: &Document| tally(document).into_iter().find(|(it, _)| *it == actor);
        closed.chain(self.open.iter().filter_map(move |(file, document)| Some((*file, own(document)?.1))))
    }

    /// The actors that texts in the folder of a text name, but for that text's own.
    #[must_use]
    pub fn named_beside(&self, document: &Document) -> Beside<'_> {
        let folder = folder_of(&document.path);
        let open = self.open.values().filter(|it| it.file != document.file && folder_of(&it.path) == folder);
        let open: HashSet<ActorKey> = open.flat_map(|it| tally(it)).map(|(actor, _)| actor).collect();
        Beside { open, closed: self.closed.named_in_folder(folder).collect() }
    }

    /// The files that use an id or a citation key, open ones included, in any order; one may be listed that does not.
    pub fn using(&self, word: &str) -> impl Iterator<Item = FileId> {
        let open = self.open.values().filter(move |document| uses::uses(document, word));
        self.closed.uses(word).chain(open.map(|document| document.file))
    }

    /// These files, each once, in the order of their paths.
    #[must_use]
    pub fn in_order(&self, files: impl Iterator<Item = FileId>) -> Vec<&Document> {
        let mut documents: Vec<&Document> = files.filter_map(|file| self.document(file)).collect();
        documents.sort_by_key(|document| &document.path);
        documents.dedup_by_key(|document| document.file);
        documents
    }

    /// How many mentions an actor has, and in how many texts.
    #[must_use]
    pub fn n_mentions(&self, actor: ActorKey) -> (u32, usize) {
        self.naming(actor).fold((0, 0), |(n_mentions, n_texts), (_, n)| (n_mentions + n, n_texts + 1))
    }

    /// In which texts an actor is named and how often, open texts included, in the order of their paths.
    #[must_use]
    pub fn named_in(&self, actor: ActorKey) -> Vec<(FileId, u32)> {
        let mut places: Vec<(FileId, u32)> = self.naming(actor).collect();
        places.sort_by(|(a, _), (b, _)| self.path(*a).cmp(self.path(*b)));
        places
    }

    /// The workspace path of a file.
    #[must_use]
    pub fn path(&self, file: FileId) -> &str {
        self.document(file).map_or("", |document| &document.path)
    }

    /// The findings that reading the file itself gave (bad YAML, unknown keys, not UTF-8).
    #[must_use]
    pub fn reading_findings(&self, file: FileId) -> &[Finding] {
        self.document(file).map_or(&[], |document| &document.reading)
    }

    /// Unknown names in a text, and forms that may be a known actor's, in order of place.
    #[must_use]
    pub fn suggestions(&self, document: &Document) -> Vec<Suggestion> {
        let own = u32::from(self.closed.document(document.file).is_some());
        document.suggestions(&|form| own < self.closed.unknown(form))
    }

    /// Every citation key that a text, a record or a decision uses. Made when first asked for.
    #[must_use]
    pub fn cited(&self) -> &BTreeSet<String> {
        self.cited.get_or_init(|| cited_keys(self))
    }
}

fn cited_keys(snapshot: &Snapshot) -> BTreeSet<String> {
    use super::document::Content;
    use crate::analysis::citations::CitationTarget;
    let mut cited = BTreeSet::new();
    for document in snapshot.documents() {
        for (_, citation) in document.citations() {
            if let CitationTarget::Key { key, .. } = &citation.target {
                cited.insert(key.clone());
            }
        }
        match &document.content {
            Content::Records(records) => {
                for record in records.iter() {
                    let facts = record.facts.iter().map(|fact| &fact.evidence);
                    let evidence = facts.chain(record.relations.iter().map(|relation| &relation.evidence));
                    cited.extend(evidence.filter_map(|it| it.source.as_ref()).map(|source| source.value.clone()));
                }
            }
            Content::Annotations(annotations) => {
                cited.extend(
                    annotations.iter().filter_map(|annotation| annotation.decision.key()).map(|key| key.value.clone()),
                );
            }
            Content::Text | Content::References(_) | Content::Configuration => (),
        }
    }
    cited
}
