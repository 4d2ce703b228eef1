//! The corpus: all files of a workspace and what they say, changed by one writer, read through snapshots.
//!
//! The desk (or a command) owns a [`Corpus`] and applies changes to it. Readers get a [`Snapshot`], which never changes.
//! The costly part of a change, analysing texts, is handed out as [`Job`]s: pure functions that may run on any thread.

mod change;
mod closed;
mod compare;
mod context;
pub mod copies;
pub mod document;
mod job;
pub mod layout;
mod options;
mod placing;
mod reading;
pub mod registries;
pub mod registry;
pub mod shelf;
mod snapshot;
pub mod spellings;
pub mod spots;
mod told;
pub mod trail;
mod turn;
mod uses;
pub mod window;

use crate::analysis::Depth;
use crate::analysis::gazetteer::Gazetteer;
use crate::model::options::Options;
use crate::model::{Code, FileId, Finding, Role, Severity};
use crate::text::buffer::Buffer;
use crate::text::position::Encoding;
use crate::text::{ByteRange, Revision};
pub use change::{Change, Edit};
use closed::Closed;
use compare::same_names;
pub use context::Context;
use document::Content;
pub use document::Document;
pub use job::{Done, Job};
use job::{analysis_options, depth_of};
use layout::Layout;
use placing::{Dealt, decided_actor};
pub use reading::Reading;
use reading::understand;
pub use registries::Registries;
use registry::Ids;
pub use registry::Registry;
pub use snapshot::{Extent, Ground, Snapshot, World};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An open text of at most this many bytes is analysed on the writer's thread as soon as it must be; a larger one
/// waits for its job.
const SMALL_TEXT: usize = 256 * 1024;

/// A file on the writer's side.
#[derive(Debug)]
struct Slot {
    document: Arc<Document>,
    /// Rises with every change of the text or of what it is analysed with; a job of an older one is dropped.
    stamp: u64,
}

/// All files of a workspace, on the writer's side.
#[derive(Debug)]
pub struct Corpus {
    /// How deep closed texts are looked into at least.
    least_depth: Depth,
    revision: Revision,
    options: Arc<Options>,
    file_options: Options,
    settings: Option<String>,
    layout: Layout,
    wants_reload: bool,
    paths: Arc<Vec<Arc<str>>>,
    by_path: Arc<BTreeMap<Arc<str>, FileId>>,
    slots: BTreeMap<FileId, Slot>,
    /// Texts that must be analysed again.
    stale: BTreeSet<FileId>,
    /// Files that an editor has open.
    open: BTreeSet<FileId>,
    ids: Arc<Ids>,
    registry: Arc<Registry>,
    context: Arc<Context>,
    /// For files that are no texts: they would keep names in memory that are out of date.
    nameless: Arc<Context>,
    registry_is_stale: bool,
    names_are_stale: bool,
    decisions_are_stale: bool,
    next_stamp: u64,
    closed: Arc<Closed>,
    /// Closed files that have changed since the last snapshot, or that were closed, opened or removed.
    changed: BTreeSet<FileId>,
    snapshot: Option<Arc<Snapshot>>,
    registries: Arc<Registries>,
    today: Arc<str>,
    extent: Extent,
}

impl Default for Corpus {
    fn default() -> Corpus {
        Corpus::new()
    }
}

impl Corpus {
    /// An empty corpus with the default options, for an editor: closed source texts are searched for mentions only.
    #[must_use]
    pub fn new() -> Corpus {
        let options = Options::default();
        Corpus {
            least_depth: Depth::Mentions,
            revision: Revision(0),
            layout: Layout::new(&options),
            wants_reload: false,
            paths: Arc::default(),
            by_path: Arc::default(),
            slots: BTreeMap::new(),
            stale: BTreeSet::new(),
            open: BTreeSet::new(),
            ids: Arc::default(),
            registry: Arc::default(),
            context: Arc::new(Context::new(analysis_options(&options))),
            nameless: Arc::new(Context::new(analysis_options(&options))),
            registry_is_stale: false,
            names_are_stale: false,
            decisions_are_stale: false,
            next_stamp: 1,
            closed: Arc::default(),
            changed: BTreeSet::new(),
            snapshot: None,
            registries: Arc::default(),
            today: Arc::default(),
            extent: Extent::default(),
            file_options: options.clone(),
            options: Arc::new(options),
            settings: None,
        }
    }

    /// The same, for a command: closed texts are looked into so deep, and what is only needed to settle them is let go.
    #[must_use]
    pub fn of_depth(least_depth: Depth) -> Corpus {
        Corpus { least_depth, ..Corpus::new() }
    }

    /// Whether the text is open in an editor.
    #[must_use]
    pub fn is_open(&self, path: &str) -> bool {
        self.by_path.get(path).and_then(|file| self.slots.get(file)).is_some_and(|slot| slot.document.version.is_some())
    }

    /// Applies one change. Edits of open texts are analysed at once, block by block; everything else waits for
    /// [`Corpus::jobs`]. Errors are messages for the log: a version that does not rise, an edit of a text not open.
    pub fn apply(&mut self, change: Change) -> Result<(), String> {
        self.snapshot = None;
        match change {
            Change::Loaded { path, text } => {
                if !self.is_open(&path) {
                    self.put(&path, &text, None);
                }
                Ok(())
            }
            Change::Read(reading) => {
                if !self.is_open(&reading.path) {
                    self.put_read(*reading);
                }
                Ok(())
            }
            Change::Opened { path, text, version } => {
                self.put(&path, &text, Some(version));
                Ok(())
            }
            Change::Edited { path, version, edits, encoding } => self.edit(&path, version, &edits, encoding),
            Change::Closed { path } => self.close(&path),
            Change::Removed { path } => {
                if !self.is_open(&path) {
                    self.remove(&path);
                }
                Ok(())
            }
            Change::Unreadable { path, message } => {
                if !self.is_open(&path) {
                    self.put(&path, "", None);
                    let finding = Finding::new(Code::UnreadableFile, Severity::Warning, ByteRange::empty(0), message);
                    self.change(&path, |document| document.reading = Arc::new([finding]));
                }
                Ok(())
            }
            Change::Settings(json) => {
                self.settings = Some(json);
                self.set_options();
                Ok(())
            }
        }
    }

    /// Lets go of what was remembered for the next edits of texts that are not there any more; for when nobody asks for
    /// anything.
    pub fn rest(&self) {
        self.context.cache.forget();
    }

    /// The same for texts that an editor has open; the others keep waiting.
    pub fn open_jobs(&mut self) -> Vec<Job> {
        self.bring_together();
        let is_open = |file: &FileId| self.open.contains(file);
        let (open, closed) = std::mem::take(&mut self.stale).into_iter().partition(is_open);
        self.stale = open;
        let jobs = self.jobs();
        self.stale.extend::<BTreeSet<FileId>>(closed);
        jobs
    }

    /// Whether texts wait to be analysed.
    #[must_use]
    pub fn has_jobs(&self) -> bool {
        !self.stale.is_empty()
    }

    /// Counts the changes of names and options after which every text had to be analysed again.
    #[must_use]
    pub fn names_revision(&self) -> u64 {
        self.context.names_revision
    }

    /// Rebuilds what depends on many files (names, references, decisions) if it changed, and hands out the texts that
    /// must be analysed again, open ones first.
    pub fn jobs(&mut self) -> Vec<Job> {
        self.bring_together();
        self.refresh();
        self.context.cache.prune();
        let names_revision = self.context.names_revision;
        let mut jobs = Vec::new();
        for file in std::mem::take(&mut self.stale) {
            let Some(slot) = self.slots.get(&file) else { continue };
            let depth = depth_of(&slot.document, self.least_depth);
            if slot.document.is_fresh(names_revision, depth) {
                continue;
            }
            let document = Arc::clone(&slot.document);
            let context = Arc::clone(&self.context);
            let is_final = document.version.is_none() && depth == self.least_depth;
            jobs.push(Job { file, stamp: slot.stamp, document, context, depth, is_final });
        }
        jobs.sort_by_key(|job| (job.document.version.is_none(), job.file));
        jobs
    }

    /// Takes the result of a job; one that the text or the names have outrun is dropped, because another job was or will be
    /// handed out.
    pub fn finish(&mut self, done: Done) {
        let Some(slot) = self.slots.get_mut(&done.file) else { return };
        if slot.stamp != done.stamp || !done.document.is_fresh(self.context.names_revision, Depth::Mentions) {
            return;
        }
        if slot.document.version.is_none() {
            self.changed.insert(done.file);
        }
        slot.document = Arc::from(done.document);
        self.snapshot = None;
    }

    /// The state for readers; the same `Arc` until the next change.
    pub fn snapshot(&mut self) -> Arc<Snapshot> {
        self.refresh();
        if let Some(snapshot) = &self.snapshot {
            return Arc::clone(snapshot);
        }
        self.revision = Revision(self.revision.0 + 1);
        let changed = std::mem::take(&mut self.changed);
        if !changed.is_empty() {
            let document = |file| self.slots.get(&file).map(|slot| &slot.document);
            let closed = |file| document(file).filter(|it| it.version.is_none()).map(Arc::clone);
            self.closed = Arc::new(self.closed.renewed(&changed, closed));
        }
        let open = self.open.iter().filter_map(|file| Some((*file, self.slots.get(file)?)));
        let mut snapshot = Snapshot::new(
            self.revision,
            Arc::clone(&self.options),
            Arc::clone(&self.registry),
            Arc::clone(&self.by_path),
            Arc::clone(&self.closed),
            open.map(|(file, slot)| (file, Arc::clone(&slot.document))).collect(),
            Arc::clone(&self.registries),
        );
        snapshot.today = Arc::clone(&self.today);
        snapshot.extent = self.extent;
        let snapshot = Arc::new(snapshot);
        self.snapshot = Some(Arc::clone(&snapshot));
        snapshot
    }

    fn file(&mut self, path: &str) -> FileId {
        if let Some(file) = self.by_path.get(path) {
            return *file;
        }
        let file = FileId(u32::try_from(self.paths.len()).unwrap_or(u32::MAX));
        let path: Arc<str> = Arc::from(path);
        Arc::make_mut(&mut self.paths).push(Arc::clone(&path));
        Arc::make_mut(&mut self.by_path).insert(path, file);
        file
    }

    fn stamp(&mut self) -> u64 {
        self.next_stamp += 1;
        self.next_stamp
    }

    /// Sets the whole text of a file, from disk or from an editor.
    fn put(&mut self, path: &str, text: &str, version: Option<i32>) {
        let outside = path.contains(':') || path.starts_with('/');
        let Some(role) = self.layout.role(path).or((outside && version.is_some()).then_some(Role::Note)) else {
            return;
        };
        let file = self.file(path);
        self.changed.insert(file);
        match version {
            Some(_) => self.open.insert(file),
            None => self.open.remove(&file),
        };
        if role.is_text() {
            self.stale.insert(file);
        }
        let stamp = self.stamp();
        if let Some(slot) = self.slots.get_mut(&file) {
            let same = slot.document.role == role && slot.document.buffer.holds(text);
            if same && slot.document.reading.iter().all(|it| it.code != Code::UnreadableFile) {
                if slot.document.version != version {
                    let document = Arc::make_mut(&mut slot.document);
                    document.version = version;
                    document.hold();
                    slot.stamp = stamp;
                }
                return;
            }
        }
        let path = self.paths.get(file.0 as usize).map_or_else(|| Arc::from(path), Arc::clone);
        let context = if role.is_text() { &self.context } else { &self.nameless };
        let mut document = Document::new(file, path, role, Buffer::whole(text), Arc::clone(context));
        document.version = version;
        document.hold();
        if let Some(before) = self.slots.get(&file).filter(|before| before.document.role == role && role.is_text()) {
            document.follow(&before.document);
        }
        self.decisions_are_stale |= role.is_text();
        self.slots.insert(file, Slot { document: Arc::new(document), stamp });
        self.read(file);
    }

    /// Sets a file that was read ahead.
    fn put_read(&mut self, reading: Reading) {
        let Reading { path, role, buffer, content, findings } = reading;
        if self.layout.role(&path) != Some(role) {
            // The options are others by now.
            return self.put(&path, &buffer.text(), None);
        }
        let file = self.file(&path);
        self.changed.insert(file);
        let stamp = self.stamp();
        let known =
            self.slots.get(&file).map(|slot| &slot.document).filter(|it| it.role == role && it.buffer == buffer);
        if known.is_some_and(|document| document.reading.iter().all(|it| it.code != Code::UnreadableFile)) {
            return;
        }
        let path = self.paths.get(file.0 as usize).map_or_else(|| Arc::from(path), Arc::clone);
        let document = Document::new(file, path, role, buffer, Arc::clone(&self.nameless));
        self.slots.insert(file, Slot { document: Arc::new(document), stamp });
        self.take_in(file, content, findings);
    }

    fn change(&mut self, path: &str, change: impl FnOnce(&mut Document)) {
        let slot = self.by_path.get(path).and_then(|file| self.slots.get_mut(file));
        if let Some(slot) = slot {
            change(Arc::make_mut(&mut slot.document));
            self.changed.insert(slot.document.file);
        }
    }

    fn edit(&mut self, path: &str, version: i32, edits: &[Edit], encoding: Encoding) -> Result<(), String> {
        let stamp = self.stamp();
        let file = self.by_path.get(path).copied();
        let slot = file.and_then(|file| self.slots.get_mut(&file));
        let Some((file, slot)) = file.zip(slot).filter(|(_, slot)| slot.document.version.is_some()) else {
            return Err(format!("{path}: the client changed a text that it has not opened; the change is ignored"));
        };
        let before = slot.document.version.unwrap_or(version);
        let starts_anew = edits.iter().any(|edit| edit.range.is_none());
        let document = Arc::make_mut(&mut slot.document);
        let depth = depth_of(document, self.least_depth);
        if document.role.is_text() && document.depth.is_some() && !document.is_fresh(self.context.names_revision, depth)
        {
            document.analyse(&self.context, depth);
        }
        let fits = document.edit(edits, encoding);
        document.version = Some(version);
        slot.stamp = stamp;
        if document.role.is_text() && document.depth.is_none() {
            self.stale.insert(file);
        }
        if !document.role.is_text() {
            self.read(file);
        }
        if version <= before && !starts_anew {
            return Err(format!(
                "{path}: version {version} does not follow version {before}; the edits were applied in the order of arrival"
            ));
        }
        fits
    }

    fn close(&mut self, path: &str) -> Result<(), String> {
        let outside = self.layout.role(path).is_none();
        if !self.is_open(path) {
            return Err(format!("{path}: the client closed a text that it has not opened"));
        }
        if outside {
            self.remove(path);
        } else {
            self.change(path, |document| {
                document.version = None;
                document.hold();
                // A source text is looked at for names only from now on.
                document.depth = document.depth.filter(|_| document.role != Role::Source);
            });
        }
        if let Some(file) = self.by_path.get(path) {
            self.open.remove(file);
            self.changed.insert(*file);
        }
        Ok(())
    }

    fn remove(&mut self, path: &str) {
        let Some(file) = self.by_path.get(path) else { return };
        self.open.remove(file);
        self.stale.remove(file);
        let Some(slot) = self.slots.remove(file) else { return };
        self.changed.insert(*file);
        self.gone(&slot.document.content);
        if slot.document.role == Role::Configuration {
            self.file_options = Options::default();
            self.set_options();
        }
    }

    /// What must be built anew because this content goes.
    fn gone(&mut self, content: &Content) {
        match content {
            Content::Records(_) => {
                self.registry_is_stale = true;
                self.names_are_stale = true;
            }
            Content::References(_) => self.registry_is_stale = true,
            Content::Annotations(_) => self.decisions_are_stale = true,
            Content::Text | Content::Configuration => (),
        }
    }

    /// Reads a file that is not a text by the rules of its format.
    fn read(&mut self, file: FileId) {
        let Some(slot) = self.slots.get_mut(&file) else { return };
        if slot.document.role.is_text() {
            return;
        }
        let text = slot.document.buffer.text();
        if slot.document.role == Role::Configuration {
            let (options, findings) = crate::model::options::read(&text);
            self.file_options = options;
            return self.take_in(file, Content::Configuration, findings.into());
        }
        if let Some((content, findings)) = understand(&slot.document.path, slot.document.role, &text) {
            self.take_in(file, content, findings);
        }
    }

    /// Takes what a file was found to say.
    fn take_in(&mut self, file: FileId, content: Content, findings: Arc<[Finding]>) {
        let Some(slot) = self.slots.get_mut(&file) else { return };
        let document = Arc::make_mut(&mut slot.document);
        document.hold();
        let before = std::mem::replace(&mut document.content, content.clone());
        document.reading = findings;
        if let (Content::Records(old), Content::Records(new)) = (&before, &content) {
            self.registry_is_stale = true;
            self.names_are_stale |= !same_names(old, new);
        } else {
            self.gone(&before);
            self.gone(&content);
        }
        if matches!(content, Content::Configuration) {
            self.set_options();
        }
    }

    /// Builds anew what depends on many files. While records are read for the first time, that waits for the last of them:
    /// nobody is told of names before, and a request would wait for names that are out of date with the next record.
    fn refresh(&mut self) {
        if self.extent != Extent::Nothing {
            self.bring_together();
        }
        if std::mem::take(&mut self.decisions_are_stale) {
            self.snapshot = None;
            self.deal_decisions();
        }
        self.analyse_open();
    }

    /// Builds the registry and the names anew if records or references have changed.
    fn bring_together(&mut self) {
        if std::mem::take(&mut self.registry_is_stale) {
            self.snapshot = None;
            self.rebuild_registry();
            self.decisions_are_stale = true;
        }
        if std::mem::take(&mut self.names_are_stale) {
            self.snapshot = None;
            self.rebuild_names();
        }
    }

    /// Analyses the open texts that wait for it at once, unless they are large: an answer about an open text must be
    /// true of the last edit of a record, too.
    fn analyse_open(&mut self) {
        let is_small = |file: &FileId| {
            let slot = self.slots.get(file);
            slot.is_some_and(|it| it.document.version.is_some() && it.document.buffer.len() <= SMALL_TEXT)
        };
        let small: Vec<FileId> = self.stale.iter().copied().filter(is_small).collect();
        for file in small {
            self.stale.remove(&file);
            let Some(slot) = self.slots.get_mut(&file) else { continue };
            if !slot.document.is_fresh(self.context.names_revision, Depth::Full) {
                self.next_stamp += 1;
                slot.stamp = self.next_stamp;
                self.snapshot = None;
                Arc::make_mut(&mut slot.document).analyse(&self.context, Depth::Full);
            }
        }
    }

    fn rebuild_registry(&mut self) {
        let slots: Vec<&Slot> = self.by_path.values().filter_map(|file| self.slots.get(file)).collect();
        let records = slots.iter().flat_map(|slot| {
            let file = slot.document.file;
            slot.document.content.records().iter().map(move |it| (file, it))
        });
        let references = slots.iter().flat_map(|slot| {
            let file = slot.document.file;
            slot.document.content.references().iter().map(move |it| (file, it))
        });
        self.registry = Arc::new(Registry::new(&mut self.ids, records, references));
    }

    fn rebuild_names(&mut self) {
        let registry = &self.registry;
        let named = registry.actors().map(|actor| {
            let key = registry.actor(actor.key).map_or(actor.key, |target| target.key);
            (key, &*actor.record)
        });
        let gazetteer = Arc::new(Gazetteer::build(named));
        self.context = Arc::new(self.context.followed_by(gazetteer, analysis_options(&self.options)));
        let texts = self.slots.iter().filter(|(_, slot)| slot.document.role.is_text());
        self.stale.extend(texts.map(|(file, _)| *file));
    }

    /// Gives every text the decisions about it.
    fn deal_decisions(&mut self) {
        let mut dealt: BTreeMap<FileId, Arc<[Dealt]>> = BTreeMap::new();
        for slot in self.slots.values() {
            let Content::Annotations(annotations) = &slot.document.content else { continue };
            let text = self.layout.annotated(&slot.document.path).and_then(|path| self.by_path.get(path));
            if let Some(text) = text {
                let dealt_to = annotations.iter().map(|it| (Arc::clone(it), decided_actor(it, &self.registry)));
                dealt.insert(*text, dealt_to.collect());
            }
        }
        for (file, slot) in &mut self.slots {
            if !slot.document.role.is_text() {
                continue;
            }
            let decisions = dealt.remove(file).unwrap_or_default();
            if *slot.document.decisions != *decisions {
                Arc::make_mut(&mut slot.document).deal(decisions);
                self.next_stamp += 1;
                slot.stamp = self.next_stamp;
                self.stale.insert(*file);
                self.changed.insert(*file);
            }
        }
    }
}

#[cfg(test)]
mod tests;
