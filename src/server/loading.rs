//! Reading the workspace: records and their like first, then the texts, in the background.

use super::errands::Progress;
use super::log::Log;
use super::mailbox::{Mailbox, News};
use super::session::{Session, is_below};
use crate::corpus::{Change, Corpus, Reading};
use crate::disk;
use crate::disk::Loaded;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::UnboundedSender;

/// The configuration's workspace path.
pub(super) const CONFIGURATION: &str = "glossator.toml";

/// Files and bytes that are handed to the desk at once.
const BATCH_FILES: usize = 64;
const BATCH_BYTES: usize = 1024 * 1024;

/// How often the client hears how far the work is.
const REPORT_EVERY: Duration = Duration::from_millis(100);

/// One reading of the workspace.
pub(super) struct Load {
    /// Its number: later ones count, events of earlier ones are old.
    pub(super) number: u64,
    /// The workspace folder.
    pub(super) root: PathBuf,
    /// Folders below that belong to others.
    pub(super) nested: Vec<String>,
    /// The client's settings, as JSON text.
    pub(super) settings: Option<String>,
    /// The configuration, where the desk knows it better than the disk.
    pub(super) configuration: Option<String>,
}

impl Load {
    /// Reads everything and posts it.
    pub(super) fn run(self, mailbox: &Mailbox) {
        #[cfg(debug_assertions)]
        super::drill::trip("loading");
        // A corpus that holds only the configuration says which files matter.
        let mut classifier = Corpus::new();
        let mut configure = |change| drop(classifier.apply(change));
        if let Some(settings) = self.settings {
            configure(Change::Settings(settings));
        }
        let on_disk = || match disk::read_file(&self.root, CONFIGURATION)? {
            Loaded::Text { text, .. } => Some(text),
            Loaded::Unreadable { .. } => None,
        };
        if let Some(text) = self.configuration.or_else(on_disk) {
            configure(Change::Loaded { path: CONFIGURATION.to_owned(), text });
        }
        let is_text = |path: &str| classifier.role(path).is_some_and(crate::model::Role::is_text);
        let mut batch = Batch { number: self.number, files: Vec::new(), bytes: 0, texts: false, mailbox };
        let options = classifier.options();
        let wanted = |path: &str| classifier.role(path).is_some() && !is_below(path, &self.nested);
        let prepare = |loaded| read_ahead(loaded, &classifier);
        disk::read_workspace_as(&self.root, &options, &wanted, &prepare, &mut |loaded| {
            if !batch.texts && is_text(path(&loaded)) {
                batch.send();
                batch.texts = true;
                mailbox.post(News::RecordsLoaded(self.number));
                #[cfg(debug_assertions)]
                super::drill::trip("reading texts");
            }
            batch.push(loaded);
        });
        batch.send();
        mailbox.post(News::LoadEnded(self.number));
    }
}

/// The workspace path of a file that was read or not.
pub(super) fn path(loaded: &Change) -> &str {
    match loaded {
        Change::Loaded { path, .. }
        | Change::Unreadable { path, .. }
        | Change::Opened { path, .. }
        | Change::Edited { path, .. }
        | Change::Closed { path }
        | Change::Removed { path } => path,
        Change::Read(reading) => reading.path(),
        Change::Settings(_) => CONFIGURATION,
    }
}

/// What a file means for the corpus; records and their like are read here, on one of several threads, and not by the desk.
fn read_ahead(loaded: Loaded, classifier: &Corpus) -> Change {
    let Loaded::Text { path, text } = loaded else { return change(loaded) };
    let reading = match classifier.role(&path) {
        Some(role) => Reading::new(path, role, text),
        None => Err((path, text)),
    };
    match reading {
        Ok(reading) => Change::Read(Box::new(reading)),
        Err((path, text)) => Change::Loaded { path, text },
    }
}

/// What a file that was read or not means for the corpus.
pub(super) fn change(loaded: Loaded) -> Change {
    match loaded {
        Loaded::Text { path, text } => Change::Loaded { path, text },
        Loaded::Unreadable { path, message } => Change::Unreadable { path, message },
    }
}

struct Batch<'a> {
    number: u64,
    files: Vec<Change>,
    bytes: usize,
    texts: bool,
    mailbox: &'a Mailbox,
}

impl Batch<'_> {
    fn push(&mut self, loaded: Change) {
        if let Change::Loaded { text, .. } = &loaded {
            self.bytes += text.len();
        }
        self.files.push(loaded);
        if BATCH_FILES <= self.files.len() || BATCH_BYTES <= self.bytes {
            self.send();
        }
    }

    fn send(&mut self) {
        self.bytes = 0;
        if !self.files.is_empty() {
            self.mailbox.post(News::Loaded(self.number, std::mem::take(&mut self.files)));
        }
    }
}

/// The desk's view of the load that is under way, if any.
#[derive(Default)]
pub(super) struct Loading {
    /// The number of the newest load.
    pub(super) number: u64,
    /// Whether records are still coming, so that analysing texts now would be for nothing.
    pub(super) records_missing: bool,
    /// Whether files are still coming.
    pub(super) under_way: bool,
    /// What the load has seen.
    pub(super) seen: BTreeSet<String>,
    /// What was read anew since the load began; the load may have older words.
    pub(super) fresh: BTreeSet<String>,
    progress: Option<UnboundedSender<Progress>>,
    shown: Option<Instant>,
}

impl Loading {
    /// Says where progress is shown.
    pub(super) fn show(&mut self, progress: Option<UnboundedSender<Progress>>) {
        self.progress = progress;
    }

    /// A load begins; returns its number.
    pub(super) fn begin(&mut self) -> u64 {
        let number = self.number + 1;
        let (progress, shown) = (self.progress.take(), self.shown);
        *self = Loading { number, records_missing: true, under_way: true, progress, shown, ..Loading::default() };
        if self.shown.is_none() {
            self.report(Progress::Begin { message: "reading the workspace".to_owned() });
            self.shown = Some(Instant::now());
        }
        number
    }

    /// Tells the client how far the work is: `waiting` of `texts` are not analysed yet.
    pub(super) fn tell(&mut self, texts: usize, waiting: usize) {
        let Some(last) = self.shown else { return };
        if !self.under_way && waiting == 0 {
            self.shown = None;
            let message = format!("{} files", self.seen.len());
            return self.report(Progress::End { message });
        }
        if last.elapsed() < REPORT_EVERY {
            return;
        }
        self.shown = Some(Instant::now());
        let done = texts.saturating_sub(waiting);
        self.report(match self.under_way {
            true => Progress::Report { message: format!("{} files read", self.seen.len()), percentage: None },
            false => Progress::Report {
                message: format!("{done} of {texts} texts"),
                percentage: u32::try_from(done * 100 / texts.max(1)).ok(),
            },
        });
    }

    fn report(&self, progress: Progress) {
        if let Some(reports) = &self.progress {
            // The task that shows progress lives as long as the session.
            let _ = reports.send(progress);
        }
    }
}

/// Watches the folder for clients that do not. Elsewhere all known clients do.
#[cfg(target_os = "linux")]
pub(super) fn watch(session: &Session, mailbox: &Mailbox, log: &Log) {
    let Some(root) = session.paths.root().filter(|_| !session.client.watches_files) else { return };
    let (root, mailbox, log) = (root.to_path_buf(), mailbox.clone(), log.clone());
    std::thread::spawn(move || {
        let watched = disk::watch(&root, &mut |changed| match changed {
            disk::Changed::Places(paths) => mailbox.reaches(News::Watched(paths)),
            disk::Changed::Everything => mailbox.reaches(News::Reload),
        });
        if let Err(message) = watched {
            log.warn(&message);
        }
    });
}

#[cfg(not(target_os = "linux"))]
pub(super) fn watch(_: &Session, _: &Mailbox, _: &Log) {}

/// Two changes of names within this time are taken for one that goes on: somebody types a name.
const ROW: Duration = Duration::from_millis(500);

/// So long after the last of them the name is taken to be written.
const WRITTEN: Duration = Duration::from_millis(150);

/// Whether somebody is typing a name. Each letter makes every text out of date, and to analyse thousands of them for half a
/// name keeps all cores busy for nothing. A single change counts at once.
#[derive(Default)]
pub(super) struct Renaming {
    revision: u64,
    changed: Option<Instant>,
    ends: Option<Instant>,
}

impl Renaming {
    /// Notes which names there are now. What a folder that is being read brings is nobody's typing.
    pub(super) fn see(&mut self, revision: u64, is_loading: bool) {
        if self.revision == revision {
            return;
        }
        self.revision = revision;
        let now = Instant::now();
        let in_a_row = self.changed.is_some_and(|changed| now < changed + ROW);
        self.changed = (!is_loading).then_some(now);
        self.ends = in_a_row.then_some(now + WRITTEN);
    }

    /// Whether it goes on.
    pub(super) fn is_under_way(&self) -> bool {
        self.ends.is_some_and(|ends| Instant::now() < ends)
    }

    /// When it ends, if it has not ended before.
    pub(super) fn ends(&self) -> Option<Instant> {
        self.ends
    }
}
