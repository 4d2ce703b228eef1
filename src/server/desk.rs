//! The desk: the one thread that owns the corpus.
//!
//! A turn takes everything that waits, applies it in the order of arrival, hands out what has to be analysed, and
//! lets the checker look at what changed. Edits of one text that wait together are one change to the corpus.

use super::checking::{Checker, Checks};
use super::loading::{self, CONFIGURATION, Load, Loading, Renaming};
use super::log::Log;
use super::mailbox::{Analysed, Event, Inbox, LetGo, Mailbox, News, Woken};
use super::outbox::Outbox;
use super::registries::Reading;
use super::requests::Pools;
use super::session::{Session, is_below};
use crate::corpus::{Change, Corpus, Edit, Extent, Snapshot};
use crate::disk;
use crate::disk::Loaded;
use crate::model::Role;
use crate::text::position::Encoding;
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// After so long without a turn, memory that is not used any more goes back to the system. The allocator keeps it for a
/// second, and then looks only when it is asked for more; it does not give all of it back at once.
const RESTS: [Duration; 3] = [Duration::from_millis(1200), Duration::from_millis(1200), Duration::from_millis(2400)];

/// More than the allocator hands out from what it has at hand, in bytes.
const LARGE: usize = 32 * 1024 * 1024;

/// A turn that takes longer is worth a line in the log.
const LONG_TURN: Duration = Duration::from_millis(10);

/// So long after records and references the other texts are waited for before anything is said of the open ones: findings
/// that all come at once are easier on the reader than some now and some later.
const GRACE: Duration = Duration::from_millis(300);

/// So many lines may a quick edit replace, and so many bytes put in their place.
const QUICK: (u32, usize) = (50, 4096);

/// Starts the desk; returns the way to it.
pub(super) fn start(pools: &Pools, outbox: &Outbox, log: &Log) -> Mailbox {
    let mailbox = Mailbox::default();
    let checker = Checker::start(mailbox.clone(), outbox.clone(), log.clone(), Arc::clone(&pools.looks));
    let desk = Desk::new(mailbox.clone(), pools.clone(), log.clone(), checker);
    let (desk, inbox) = (Arc::new(Mutex::new(desk)), mailbox.inbox());
    mailbox.lead_to(&desk);
    std::thread::spawn(move || run(&desk, &inbox));
    mailbox
}

/// Takes a turn for whatever comes, until the workspace folder goes; gives memory back while nothing comes.
fn run(desk: &Mutex<Desk>, inbox: &Inbox) {
    let at_desk = || desk.lock().unwrap_or_else(PoisonError::into_inner);
    let mut rests = RESTS.iter().copied();
    let mut rest = rests.next();
    loop {
        if inbox.wait(rest) == Woken::ByItself {
            at_desk().corpus.rest();
            drop(std::hint::black_box(Vec::<u8>::with_capacity(LARGE)));
            rest = rests.next();
            continue;
        }
        rests = RESTS.iter().copied();
        rest = rests.next();
        let mut desk = at_desk();
        desk.safe_turn(inbox.take(), false);
        if desk.ended {
            return;
        }
        inbox.plan(desk.next_check());
    }
}

/// Edits of one text that are not applied yet.
struct Unapplied {
    path: String,
    version: i32,
    edits: Vec<Edit>,
}

/// See the module.
pub(super) struct Desk {
    corpus: Corpus,
    mailbox: Mailbox,
    pools: Pools,
    log: Log,
    checker: Checker,
    session: Option<Arc<Session>>,
    /// How many changes were taken from the mailbox.
    applied: u64,
    /// Versions of the texts that an editor has open.
    open: BTreeMap<String, i32>,
    unapplied: Option<Unapplied>,
    settings: Option<String>,
    loading: Loading,
    /// When the corpus knew as much as it does.
    learnt: Instant,
    registries: Reading,
    renaming: Renaming,
    /// Jobs that are with the pool, and how many were since it last was idle.
    running: usize,
    handed_out: usize,
    checks: Checks,
    /// Whether the workspace folder is gone.
    ended: bool,
}

impl Desk {
    fn new(mailbox: Mailbox, pools: Pools, log: Log, checker: Checker) -> Desk {
        let mut corpus = Corpus::new();
        corpus.set_extent(Extent::Nothing);
        Desk {
            corpus,
            mailbox,
            pools,
            log,
            checker,
            session: None,
            applied: 0,
            open: BTreeMap::new(),
            unapplied: None,
            settings: None,
            loading: Loading::default(),
            learnt: Instant::now(),
            registries: Reading::default(),
            renaming: Renaming::default(),
            running: 0,
            handed_out: 0,
            checks: Checks::new(),
            ended: false,
        }
    }

    /// Whether edits are soon applied, and everything that they rest on is known: a keystroke in a text, not in a record.
    pub(super) fn is_quick(&self, path: &str, edits: &[Edit]) -> bool {
        let (most_lines, most_bytes) = QUICK;
        let is_small = |edit: &Edit| {
            let lines = edit.range.map(|(start, end)| end.line.saturating_sub(start.line));
            lines.is_some_and(|lines| lines <= most_lines) && edit.text.len() <= most_bytes
        };
        let is_text = matches!(self.corpus.role(path), Some(Role::Source | Role::Note)) && !self.corpus.is_copy(path);
        let is_idle = self.running == 0 && !self.loading.under_way && self.unapplied.is_none();
        is_idle && is_text && self.open.contains_key(path) && edits.iter().all(is_small)
    }

    /// A turn for one edit; its findings are looked for here, too, if that is quickly done.
    pub(super) fn edit_here(&mut self, edit: News) {
        self.safe_turn(vec![Event::News(edit)], true);
    }

    fn safe_turn(&mut self, events: Vec<Event>, is_quick: bool) {
        let began = Instant::now();
        let turn = AssertUnwindSafe(|| self.turn(events, is_quick));
        if std::panic::catch_unwind(turn).is_err() {
            self.log.show("a change was lost because of an error in Glossator; close and open the text again");
        }
        let took = began.elapsed();
        if LONG_TURN < took {
            self.log.note(&format!("a turn of the desk took {} ms", took.as_millis()));
        }
    }

    /// When there is something to look for.
    pub(super) fn next_check(&self) -> Option<Instant> {
        let looks = [self.checks.due(), self.checks.whole_due()].into_iter().flatten().min();
        let looks = looks.and_then(|due| Some(due.max(self.checks_from()?)));
        let jobs = self.renaming.ends().filter(|_| self.corpus.has_jobs() && !self.loading.records_missing);
        [looks, jobs].into_iter().flatten().min()
    }

    /// When findings may be looked for: not before what they rest on has been read.
    fn checks_from(&self) -> Option<Instant> {
        match self.corpus.extent() {
            Extent::Nothing => None,
            Extent::Records => Some(self.learnt + GRACE),
            Extent::Everything => Some(self.learnt),
        }
    }

    fn turn(&mut self, events: Vec<Event>, is_quick: bool) {
        for event in events {
            match event {
                Event::Snapshot(reply) => {
                    let snapshot = self.snapshot();
                    // A reader that has been cancelled does not listen any more.
                    let _ = reply.send(snapshot);
                }
                Event::Checked(checked) => self.checks.end(checked, 0 < self.running),
                Event::Looked { path, is_news } => self.checks.looked(&path, is_news),
                Event::News(news) => {
                    self.applied += 1;
                    self.mailbox.withdraw();
                    self.hear(news);
                }
            }
        }
        self.apply_edits();
        self.hand_out();
        self.learn();
        self.loading.tell(self.handed_out, self.running);
        self.read_registries();
        self.check(is_quick);
    }

    fn hear(&mut self, news: News) {
        if !matches!(news, News::Edited { .. }) {
            self.apply_edits();
        }
        match news {
            News::Started(session, progress) => {
                let (workspace, registries) = progress.map(|it| (it.workspace, it.registries)).unzip();
                self.loading.show(workspace);
                self.registries.show(registries);
                if let Some(settings) = session.settings.clone() {
                    self.set(settings);
                }
                loading::watch(&session, &self.mailbox, &self.log);
                self.session = Some(session);
                self.load();
            }
            News::Edited { path, version, edits } => self.edited(path, version, edits),
            News::Opened { path, text, version } => self.opened(path, text, version),
            News::Closed { path } => self.closed(path),
            News::Handed { path, text } => {
                if let Ok((text, version)) = text.recv() {
                    self.opened(path, text, version);
                }
            }
            // One that has failed has let go as well.
            News::After(done) => drop(done.recv()),
            News::LetGo(loss) => self.let_go(loss),
            News::Reload => self.load(),
            News::Watched(paths) => self.watched(paths),
            News::Settings(settings) => {
                self.set(settings);
                self.reload_if_needed();
            }
            News::Loaded(number, files) => self.loaded(number, files),
            News::RecordsLoaded(number) if number == self.loading.number => self.loading.records_missing = false,
            News::LoadEnded(number) if number == self.loading.number => self.load_ended(),
            News::Read(path, loaded) => self.read(path, loaded),
            News::Analysed(done) => self.analysed(done),
            News::RegistriesRead(number, registries) if self.registries.is_newest(number) => {
                if self.corpus.snapshot().file(CONFIGURATION).is_none() {
                    self.registries.complain(&registries, &self.log);
                }
                self.corpus.set_registries(registries);
                self.checks.everything();
            }
            // Of an older load.
            News::RecordsLoaded(_) | News::LoadEnded(_) | News::RegistriesRead(..) => (),
        }
    }

    // What editors do.

    fn opened(&mut self, path: String, text: String, version: i32) {
        if self.open.insert(path.clone(), version).is_some() {
            self.log.warn(&format!("{path} was opened twice; the newer text counts"));
        }
        self.apply(Change::Opened { path: path.clone(), text, version });
        self.touched(&path);
    }

    /// Takes edits. A version that does not rise is told apart, so that the corpus can complain about it.
    fn edited(&mut self, path: String, version: i32, edits: Vec<Edit>) {
        let Some(known) = self.open.get_mut(&path) else {
            return self.log.warn(&format!("an edit of {path} was ignored: the text is not open"));
        };
        self.checks.edited();
        let rises = *known < version;
        *known = version;
        match &mut self.unapplied {
            Some(unapplied) if rises && unapplied.path == path => {
                unapplied.version = version;
                unapplied.edits.extend(edits);
            }
            _ => {
                self.apply_edits();
                self.unapplied = Some(Unapplied { path, version, edits });
            }
        }
    }

    fn apply_edits(&mut self) {
        let Some(Unapplied { path, version, edits }) = self.unapplied.take() else { return };
        #[cfg(debug_assertions)]
        super::drill::trip("editing");
        let encoding = self.session.as_ref().map_or(Encoding::default(), |session| session.encoding);
        self.apply(Change::Edited { path: path.clone(), version, edits, encoding });
        self.touched(&path);
    }

    fn closed(&mut self, path: String) {
        if self.open.remove(&path).is_none() {
            return self.log.warn(&format!("{path} was closed, but was not open"));
        }
        self.apply(Change::Closed { path: path.clone() });
        self.checker.clear(path.clone());
        match self.is_inside(&path) {
            true => self.read_again(vec![path]),
            false => self.apply(Change::Removed { path }),
        }
    }

    /// Other workspace folders take some of the texts and files, or this one is gone.
    fn let_go(&mut self, loss: LetGo) {
        self.checks.interrupt();
        let snapshot = self.corpus.snapshot();
        let mut handed = Vec::new();
        for (path, taker) in loss.texts {
            let text = snapshot.document_at(&path).map(|document| document.buffer.text());
            let Some(text) = text.zip(self.open.remove(&path)) else { continue };
            self.apply(Change::Closed { path: path.clone() });
            self.apply(Change::Removed { path: path.clone() });
            self.checker.clear(path);
            handed.push((taker, text));
        }
        let documents = snapshot.documents().filter(|it| it.version.is_none() && !self.is_inside(&it.path));
        let lost: Vec<String> = documents.map(|it| it.path.to_string()).collect();
        for path in lost {
            self.apply(Change::Removed { path: path.clone() });
            self.checker.clear(path);
        }
        if loss.ends {
            self.checker.clear_all();
            self.registries.give_up();
            self.ended = true;
        }
        self.checker.then(move || {
            // Whoever does not listen any more is gone, too.
            handed.into_iter().for_each(|(taker, text)| drop(taker.send(text)));
            loss.done.into_iter().for_each(|waiting| waiting.send(()).unwrap_or_default());
        });
    }

    fn set(&mut self, settings: String) {
        self.settings = Some(settings.clone());
        self.apply(Change::Settings(settings));
        self.checks.everything();
    }

    // What happens on disk.

    fn load(&mut self) {
        let root = self.session.as_ref().and_then(|session| session.paths.root());
        let Some(root) = root.map(std::path::Path::to_path_buf) else { return };
        // Whatever asked for other files gets them now.
        self.corpus.take_reload();
        let number = self.loading.begin();
        let snapshot = self.corpus.snapshot();
        let known = snapshot.file(CONFIGURATION).and_then(|file| snapshot.document(file));
        let configuration = known.map(|document| document.buffer.text());
        let nested = self.session.as_ref().map(|session| session.paths.nested()).unwrap_or_default();
        let load = Load { number, root, nested, settings: self.settings.clone(), configuration };
        let (mailbox, log) = (self.mailbox.clone(), self.log.clone());
        std::thread::spawn(move || {
            if std::panic::catch_unwind(AssertUnwindSafe(|| load.run(&mailbox))).is_err() {
                log.show(
                    "the workspace was read in part only because of an error in Glossator; start the server again",
                );
                mailbox.post(News::RecordsLoaded(number));
                mailbox.post(News::LoadEnded(number));
            }
        });
    }

    /// Reads the workspace again if other files matter now.
    fn reload_if_needed(&mut self) {
        if self.corpus.take_reload() && self.session.is_some() {
            self.load();
        }
    }

    fn loaded(&mut self, number: u64, files: Vec<Change>) {
        if number != self.loading.number {
            return;
        }
        for file in files {
            let path = loading::path(&file).to_owned();
            if !self.loading.fresh.contains(&path) {
                self.apply(file);
            }
            self.loading.seen.insert(path);
        }
        // The loader knew the configuration before it chose the files.
        self.corpus.take_reload();
    }

    /// What the load has not seen is not there any more, or does not matter any more.
    fn load_ended(&mut self) {
        self.loading.records_missing = false;
        self.loading.under_way = false;
        let snapshot = self.corpus.snapshot();
        let paths = snapshot.documents().map(|document| &*document.path);
        let is_known = |path: &&str| self.loading.seen.contains(*path) || self.loading.fresh.contains(*path);
        let gone: Vec<String> = paths.filter(|path| !is_known(path)).map(str::to_owned).collect();
        for path in gone {
            // Ignored for texts that an editor has open.
            self.apply(Change::Removed { path });
        }
        self.checks.everything();
    }

    /// Some clients name only the folder when a folder comes or goes; then what is in it is looked at again.
    fn watched(&mut self, paths: Vec<String>) {
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let (files, folders): (Vec<_>, Vec<_>) =
            paths.into_iter().filter(|path| self.is_inside(path)).partition(|path| name(path).contains('.'));
        if files.iter().any(|path| self.corpus.is_registry(path)) {
            self.registries.changed();
        }
        if !folders.is_empty() {
            self.look_into(folders);
        }
        self.read_again(files.into_iter().filter(|path| self.corpus.role(path).is_some()).collect());
    }

    /// Reads the files again that are in some folders, or were.
    fn look_into(&mut self, folders: Vec<String>) {
        if self.corpus.options().registries.iter().any(|registry| is_below(registry, &folders)) {
            self.registries.changed();
        }
        let snapshot = self.corpus.snapshot();
        let known = snapshot.documents().filter(|document| is_below(&document.path, &folders));
        let mut files: Vec<String> = known.map(|document| document.path.to_string()).collect();
        let root = self.session.as_ref().and_then(|session| session.paths.root());
        let (Some(root), mailbox) = (root.map(std::path::Path::to_path_buf), self.mailbox.clone()) else { return };
        self.pools.answers.spawn(move || {
            files.extend(disk::files_below(&root, &folders));
            files.sort();
            files.dedup();
            // A name without an ending is no file of ours, and would be taken for a folder.
            files.retain(|path| path.rsplit('/').next().is_some_and(|name| name.contains('.')));
            mailbox.post(News::Watched(files));
        });
    }

    /// Reads the registries when the workspace is read, and again when they or their list have changed.
    fn read_registries(&mut self) {
        if self.loading.under_way || 0 < self.running {
            return;
        }
        let Some(session) = &self.session else { return };
        let root = session.paths.root().map(std::path::Path::to_path_buf);
        self.registries.begin_if_needed(root, &self.corpus.options().registries, &self.mailbox);
    }

    fn read_again(&self, paths: Vec<String>) {
        let root = self.session.as_ref().and_then(|session| session.paths.root());
        let (Some(root), mailbox) = (root.map(std::path::Path::to_path_buf), self.mailbox.clone()) else { return };
        self.pools.answers.spawn(move || {
            for path in paths {
                let loaded = disk::read_file(&root, &path);
                mailbox.post(News::Read(path, loaded));
            }
        });
    }

    fn read(&mut self, path: String, loaded: Option<Loaded>) {
        if self.loading.under_way {
            self.loading.fresh.insert(path.clone());
        }
        if loaded.is_none() && !self.open.contains_key(&path) {
            self.checker.clear(path.clone());
        }
        self.apply(loaded.map_or_else(|| Change::Removed { path: path.clone() }, loading::change));
        self.touched(&path);
    }

    fn is_inside(&self, path: &str) -> bool {
        self.session.as_ref().is_some_and(|session| session.paths.is_inside(path))
    }

    // What follows from a change.

    fn apply(&mut self, change: Change) {
        if let Err(message) = self.corpus.apply(change) {
            self.log.warn(&message);
        }
    }

    /// Sees to what follows from a change to a file.
    fn touched(&mut self, path: &str) {
        if path == CONFIGURATION {
            self.reload_if_needed();
        }
        if self.open.contains_key(path) {
            self.checks.file(path);
        }
        match self.corpus.role(path) {
            Some(Role::Record | Role::Bibliography | Role::Annotations | Role::Configuration) => {
                self.checks.everything();
            }
            // What quotes it, and its reference, are judged by it.
            Some(Role::Source | Role::Note) if self.corpus.is_copy(path) => self.checks.everything(),
            Some(Role::Source | Role::Note) => self.checks.file(path),
            None => (),
        }
    }

    /// Texts are analysed when all records are there, not again for every record that comes. While somebody types in a
    /// record, texts that are not open wait until the name is written.
    fn hand_out(&mut self) {
        if self.loading.records_missing {
            return;
        }
        let mut jobs = self.corpus.open_jobs();
        self.renaming.see(self.corpus.names_revision(), self.loading.under_way);
        if !self.renaming.is_under_way() {
            jobs.extend(self.corpus.jobs());
        }
        for job in jobs {
            self.running += 1;
            self.handed_out += 1;
            let mailbox = self.mailbox.clone();
            self.pools.analysis.spawn(move || {
                if job.is_outrun() {
                    return mailbox.post(News::Analysed(Analysed::Outrun));
                }
                let run = AssertUnwindSafe(|| {
                    #[cfg(debug_assertions)]
                    super::drill::trip("analysing");
                    Box::new(job.run())
                });
                let ended = std::panic::catch_unwind(run).map_or(Analysed::Failed, Analysed::Done);
                mailbox.post(News::Analysed(ended));
            });
        }
    }

    fn analysed(&mut self, ended: Analysed) {
        self.running -= 1;
        match ended {
            Analysed::Done(done) => {
                self.corpus.finish(*done);
                self.checks.open();
            }
            Analysed::Outrun => (),
            Analysed::Failed => self.log.warn("a text was not analysed because of an error in Glossator"),
        }
        if self.running == 0 && !self.loading.under_way {
            self.handed_out = 0;
            self.checks.everything();
            let snapshot = self.snapshot();
            self.pools.analysis.spawn(move || snapshot.prepare());
        }
    }

    /// Says how much of the workspace is known. It is never less than before: while it is read again, the old state serves.
    fn learn(&mut self) {
        let extent = match &self.session {
            None => Extent::Nothing,
            Some(_) if self.loading.records_missing => Extent::Nothing,
            Some(_) if self.loading.under_way || 0 < self.running => Extent::Records,
            Some(_) => Extent::Everything,
        };
        if self.corpus.extent() < extent {
            self.corpus.set_extent(extent);
            self.learnt = Instant::now();
            // It is no news that somebody posted, but snapshots are others from now on.
            self.mailbox.withdraw();
            self.checks.everything();
        }
    }

    fn snapshot(&mut self) -> Arc<Snapshot> {
        self.apply_edits();
        self.corpus.set_today(&disk::clock::today());
        let snapshot = self.corpus.snapshot();
        self.mailbox.offer(self.applied, &snapshot);
        snapshot
    }

    fn check(&mut self, is_quick: bool) {
        let Some(session) = self.session.clone() else { return };
        if self.checks_from().is_none_or(|from| Instant::now() < from) {
            return;
        }
        if let Some(scope) = self.checks.begin() {
            let snapshot = self.snapshot();
            match is_quick.then(|| self.checker.check_here(&snapshot, &session, &scope)).flatten() {
                Some(checked) => self.checks.end(checked, 0 < self.running),
                None => self.checker.check(snapshot, Arc::clone(&session), scope),
            }
        }
        if let Some((path, whole)) = self.checks.begin_whole() {
            let snapshot = self.snapshot();
            self.checker.look(snapshot, session, path, whole);
        }
    }
}
