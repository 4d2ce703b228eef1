//! A workspace read once: what the server does at its start, without an editor.

use super::Surroundings;
use super::output::{self, Stop};
use super::progress::Progress;
use super::selection::{self, Selection};
use crate::analysis::Depth;
use crate::corpus::registries::Builder;
use crate::corpus::{Change, Corpus, Document, Job, Snapshot};
use crate::disk::{self, Loaded, named};
use rayon::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a command needs of the workspace.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needs {
    /// Texts that were not asked about as well: what cites a reference, say.
    pub(super) other_texts: bool,
    /// What is asked about texts.
    pub(super) depth: Depth,
}

/// A workspace read once.
pub(super) struct Session {
    /// The workspace folder.
    pub(super) root: PathBuf,
    /// What all files say.
    pub(super) snapshot: Arc<Snapshot>,
    /// Messages about files that were asked for and could not be read.
    pub(super) unread: Vec<String>,
    selection: Selection,
    /// Texts from outside the corpus: the corpus' word for their path → the path that is printed.
    guests: BTreeMap<String, String>,
}

/// A session that is being read.
struct Reading<'a> {
    root: &'a Path,
    corpus: RefCell<Corpus>,
    selection: &'a Selection,
    needs: Needs,
    progress: &'a Progress,
    unread: Vec<String>,
    guests: BTreeMap<String, String>,
    /// Which of the named paths gave at least one file.
    seen: Vec<bool>,
}

impl Session {
    /// Reads the workspace around `paths`, and the paths.
    pub(super) fn read(
        asked: Option<&Path>,
        paths: &[PathBuf],
        needs: Needs,
        surroundings: &Surroundings,
    ) -> Result<Session, Stop> {
        let root = selection::workspace(asked, paths.first().map(PathBuf::as_path), surroundings)?;
        let selection = Selection::find(paths, &root, surroundings)?;
        Session::of(root, selection, needs)
    }

    /// Reads the records of a workspace, and whatever else is no text.
    pub(super) fn read_without_texts(
        asked: Option<&Path>,
        first: Option<&Path>,
        depth: Depth,
        surroundings: &Surroundings,
    ) -> Result<Corpus, Stop> {
        let root = selection::workspace(asked, first, surroundings)?;
        let (selection, progress) = (Selection::nothing(), Progress::new());
        let needs = Needs { other_texts: false, depth };
        let mut reading = Reading::new(&root, &selection, needs, &progress);
        reading.workspace();
        progress.end();
        Ok(reading.corpus.into_inner())
    }

    fn of(root: PathBuf, selection: Selection, needs: Needs) -> Result<Session, Stop> {
        let progress = Progress::new();
        progress.begin("reading", None);
        let mut reading = Reading::new(&root, &selection, needs, &progress);
        reading.workspace();
        reading.guests()?;
        let Reading { corpus, unread, guests, .. } = reading;
        let mut corpus = corpus.into_inner();
        settle(&mut corpus, Some(&progress));
        progress.end();
        corpus.set_today(&disk::clock::today());
        let snapshot = corpus.snapshot();
        Ok(Session { root, snapshot, unread, selection, guests })
    }

    /// The files that were asked about, in the order of their paths.
    pub(super) fn documents(&self) -> Vec<&Document> {
        let asked = |path: &str| self.guests.contains_key(path) || self.selection.selects(path);
        self.snapshot.documents().filter(|document| asked(&document.path)).collect()
    }

    /// The path of a file as results name it: from the workspace folder.
    pub(super) fn printed<'a>(&'a self, document: &'a Document) -> &'a str {
        self.guests.get(&*document.path).map_or(&document.path, String::as_str)
    }
}

/// Runs every analysis that waits, on all cores.
pub(super) fn settle(corpus: &mut Corpus, progress: Option<&Progress>) {
    let jobs = corpus.jobs();
    if let Some(progress) = progress {
        progress.begin("analysing", Some(jobs.len()));
    }
    let run = |job: Job| {
        let done = job.run();
        progress.inspect(|progress| progress.step());
        done
    };
    let all_done: Vec<_> = jobs.into_par_iter().map(run).collect();
    for done in all_done {
        corpus.finish(done);
    }
}

/// Applies a change; what the corpus has to say about it goes to the log.
pub(super) fn apply(corpus: &mut Corpus, change: Change) {
    if let Err(message) = corpus.apply(change) {
        output::tell(&message);
    }
}

impl<'a> Reading<'a> {
    fn new(root: &'a Path, selection: &'a Selection, needs: Needs, progress: &'a Progress) -> Reading<'a> {
        Reading {
            root,
            corpus: RefCell::new(Corpus::of_depth(needs.depth)),
            selection,
            needs,
            progress,
            unread: Vec::new(),
            guests: BTreeMap::new(),
            seen: vec![false; selection.named.len()],
        }
    }

    /// Reads the files of the workspace.
    fn workspace(&mut self) {
        if let Some(loaded) = disk::read_configuration(self.root) {
            self.take(loaded);
        }
        let options = self.corpus.borrow().options();
        self.registries(&options.registries);
        let (selection, other_texts) = (self.selection, self.needs.other_texts);
        let mut all_loaded = Vec::new();
        let corpus = &self.corpus;
        let wanted = |path: &str| {
            let role = corpus.borrow().role(path);
            role.is_some_and(|role| other_texts || !role.is_text() || selection.selects(path))
        };
        disk::read_workspace(self.root, &options, &wanted, &mut |loaded| {
            self.progress.step();
            all_loaded.push(loaded);
        });
        for loaded in all_loaded {
            self.take(loaded);
        }
    }

    /// Indexes the registries, where there are any.
    fn registries(&mut self, paths: &[String]) {
        if paths.is_empty() || self.needs.depth == Depth::Mentions {
            return;
        }
        let mut builder = Builder::default();
        for path in paths {
            builder.list(path);
            let read = disk::registry_lines(self.root, path, &mut |offset, line| {
                builder.add(offset, line);
                true
            });
            if let Err(message) = read {
                builder.fault(message);
            }
        }
        self.corpus.get_mut().set_registries(Arc::new(builder.finish()));
    }

    /// Takes one file of the workspace.
    fn take(&mut self, loaded: Loaded) {
        let (Loaded::Text { path, .. } | Loaded::Unreadable { path, .. }) = &loaded;
        let selected = self.selection.selects(path);
        for (seen, named) in self.seen.iter_mut().zip(&self.selection.named) {
            *seen |= named.selects(path);
        }
        let corpus = self.corpus.get_mut();
        let change = match loaded {
            Loaded::Text { path, text } => Change::Loaded { path, text },
            Loaded::Unreadable { path, message } => {
                if selected {
                    self.unread.push(message.clone());
                }
                Change::Unreadable { path, message }
            }
        };
        apply(corpus, change);
    }

    /// Reads what the user named and the corpus does not hold: texts elsewhere, or that no glob matches.
    fn guests(&mut self) -> Result<(), Stop> {
        let selection = self.selection;
        for (named, _) in selection.named.iter().zip(self.seen.clone()).filter(|(_, seen)| !seen) {
            let shown = |path: &Path| {
                named::relative(self.root, path).unwrap_or_else(|| path.to_string_lossy().replace('\\', "/"))
            };
            if !named.is_folder {
                match named::read(&named.full, &shown(&named.full)) {
                    Some(loaded) => self.take_guest(&named.full, loaded),
                    None => return Err(Stop::fault(format!("{} cannot be read", named.full.display()))),
                }
                continue;
            }
            let options = self.corpus.borrow().options();
            let is_text = |path: &str| path.ends_with(".txt") || path.ends_with(".md");
            let mut all_loaded = Vec::new();
            disk::read_workspace(&named.full, &options, &is_text, &mut |loaded| all_loaded.push(loaded));
            if all_loaded.is_empty() {
                output::tell(&format!("glossator: {} holds no text (.txt, .md)", named.full.display()));
            }
            for loaded in all_loaded {
                let (Loaded::Text { path, .. } | Loaded::Unreadable { path, .. }) = &loaded;
                let full = named.full.join(path);
                self.take_guest(&full, loaded);
            }
        }
        Ok(())
    }

    fn take_guest(&mut self, full: &Path, loaded: Loaded) {
        let shown = named::relative(self.root, full).unwrap_or_else(|| full.to_string_lossy().replace('\\', "/"));
        match loaded {
            Loaded::Text { text, .. } => {
                let path = full.to_string_lossy().into_owned();
                self.guests.insert(path.clone(), shown);
                apply(self.corpus.get_mut(), Change::Opened { path, text, version: 0 });
            }
            Loaded::Unreadable { message, .. } => self.unread.push(message),
        }
    }
}
