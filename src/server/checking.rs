//! When findings are computed, and the thread that computes them.
//!
//! A single edit is checked at once. While edits come faster than they are checked, the newest state is checked every
//! [`GAP`], and a check that has been overtaken stops between two files. So a keystroke has its findings as fast as
//! they can be had, and a thousand edits have a handful of publications.

use super::log::Log;
use super::mailbox::{Checked, Event, Mailbox};
use super::more::diagnostics;
use super::outbox::Outbox;
use super::publisher::Publisher;
use super::session::Session;
use crate::corpus::{Document, Snapshot};
use crate::model::Role;
use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// The least time between two checks of a stream of edits. It delays findings only, never state.
const GAP: Duration = Duration::from_millis(10);

/// The same while texts are being analysed in the background.
const BUSY_GAP: Duration = Duration::from_millis(100);

/// How long nothing must have changed before files that are not open are checked.
const QUIET: Duration = Duration::from_millis(300);

/// After this time a check is finished even if it has been overtaken.
const LATEST: Duration = Duration::from_millis(600);

/// What remains to be checked.
pub(super) struct Checks {
    files: BTreeSet<String>,
    open: bool,
    closed: Option<Instant>,
    waiting_since: Option<Instant>,
    /// How many edits came since the last check began.
    edits: usize,
    last_end: Instant,
    gap: Duration,
    /// The stop sign of the check that is under way.
    running: Option<Arc<AtomicBool>>,
}

/// Files to check.
pub(super) struct Scope {
    /// These first.
    pub(super) files: Vec<String>,
    /// Then all others that are open.
    pub(super) open: bool,
    /// Then those that are not.
    pub(super) closed: bool,
    /// Says that something newer is there.
    pub(super) stop: Arc<AtomicBool>,
}

impl Checks {
    /// Nothing to check.
    pub(super) fn new() -> Checks {
        Checks {
            files: BTreeSet::new(),
            open: false,
            closed: None,
            waiting_since: None,
            edits: 0,
            last_end: Instant::now(),
            gap: GAP,
            running: None,
        }
    }

    /// An edit came.
    pub(super) fn edited(&mut self) {
        self.edits += 1;
    }

    /// An open file must be checked.
    pub(super) fn file(&mut self, path: &str) {
        self.files.insert(path.to_owned());
        self.wait();
        if let Some(stop) = &self.running {
            let overdue = self.waiting_since.is_some_and(|since| LATEST < since.elapsed());
            stop.store(!overdue, Ordering::Relaxed);
        }
    }

    /// All open files must be checked.
    pub(super) fn open(&mut self) {
        self.open = true;
        self.wait();
    }

    /// All open files must be checked, and the closed ones when it is quiet.
    pub(super) fn everything(&mut self) {
        self.open();
        self.closed = Some(Instant::now() + QUIET);
    }

    fn wait(&mut self) {
        self.waiting_since.get_or_insert_with(Instant::now);
        if let Some(closed) = &mut self.closed {
            *closed = Instant::now() + QUIET;
        }
    }

    /// Stops the check that is under way between two files.
    pub(super) fn interrupt(&self) {
        if let Some(stop) = &self.running {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// When the next check may begin.
    pub(super) fn due(&self) -> Option<Instant> {
        if self.running.is_some() {
            return None;
        }
        let after_gap = self.last_end + self.gap;
        if !self.files.is_empty() {
            return Some(if self.edits < 2 { self.last_end } else { after_gap });
        }
        let open = self.open.then_some(after_gap);
        open.or(self.closed.map(|closed| closed.max(after_gap)))
    }

    /// What to check now.
    pub(super) fn begin(&mut self) -> Option<Scope> {
        let now = Instant::now();
        if now < self.due()? {
            return None;
        }
        let closed = self.closed.is_some_and(|closed| closed <= now);
        if closed {
            self.closed = None;
        }
        self.edits = 0;
        let stop = Arc::new(AtomicBool::new(false));
        self.running = Some(Arc::clone(&stop));
        let files = std::mem::take(&mut self.files).into_iter().collect();
        Some(Scope { files, open: std::mem::take(&mut self.open), closed, stop })
    }

    /// The check is over, as far as it came.
    pub(super) fn end(&mut self, checked: Checked, busy: bool) {
        self.running = None;
        // A check that takes long must not take all of a core.
        self.gap = checked.took.max(if busy { BUSY_GAP } else { GAP });
        self.last_end = Instant::now();
        if checked.left.is_empty() {
            self.waiting_since = None;
        }
        self.files.extend(checked.left);
        if checked.closed_left {
            self.closed.get_or_insert_with(|| Instant::now() + QUIET);
        }
    }
}

/// What the checker thread is asked to do.
enum Order {
    Check(Arc<Snapshot>, Arc<Session>, Scope),
    Clear(String),
    ClearAll,
    Then(Box<dyn FnOnce() + Send>),
}

/// The way to the checker thread.
pub(super) struct Checker(Sender<Order>);

impl Checker {
    /// Starts the thread.
    pub(super) fn start(mailbox: Mailbox, outbox: Outbox, log: Log) -> Checker {
        let (sender, orders) = channel();
        std::thread::spawn(move || work(&orders, &mailbox, Publisher::new(outbox), &log));
        Checker(sender)
    }

    /// Checks; [`Event::Checked`] says when it is done.
    pub(super) fn check(&self, snapshot: Arc<Snapshot>, session: Arc<Session>, scope: Scope) {
        // The thread lives as long as the desk.
        let _ = self.0.send(Order::Check(snapshot, session, scope));
    }

    /// Takes back what was published for a file.
    pub(super) fn clear(&self, path: String) {
        let _ = self.0.send(Order::Clear(path));
    }

    /// Takes back everything.
    pub(super) fn clear_all(&self) {
        let _ = self.0.send(Order::ClearAll);
    }

    /// Does something when everything before is done and the client has been told.
    pub(super) fn then(&self, follows: impl FnOnce() + Send + 'static) {
        let _ = self.0.send(Order::Then(Box::new(follows)));
    }
}

fn work(orders: &Receiver<Order>, mailbox: &Mailbox, mut publisher: Publisher, log: &Log) {
    for order in orders {
        match order {
            Order::Clear(path) => publisher.clear(&path),
            Order::ClearAll => publisher.clear_all(),
            Order::Then(follows) => follows(),
            Order::Check(snapshot, session, scope) => {
                let began = Instant::now();
                let mut check = Check { snapshot: &snapshot, session: &session, publisher: &mut publisher, log };
                let (left, closed_left) = check.run(&scope);
                if scope.open || scope.closed {
                    session.changed.notify_one();
                }
                mailbox.tell(Event::Checked(Checked { left, closed_left, took: began.elapsed() }));
            }
        }
    }
}

/// Whether a file shows anything: a captured text that no editor has open does only if it could not be read.
fn is_shown(document: &Document) -> bool {
    document.version.is_some() || document.role != Role::Source || !document.reading.is_empty()
}

/// One check.
struct Check<'a> {
    snapshot: &'a Snapshot,
    session: &'a Session,
    publisher: &'a mut Publisher,
    log: &'a Log,
}

impl Check<'_> {
    /// Checks until something newer is there; returns the files that are left, and whether closed ones are.
    fn run(&mut self, scope: &Scope) -> (Vec<String>, bool) {
        if self.session.more.pulls_diagnostics {
            return (Vec::new(), false); // It asks for them.
        }
        let snapshot = self.snapshot;
        let named = scope.files.iter().filter_map(|path| snapshot.document(snapshot.file(path)?));
        let mut documents: Vec<&Document> = named.collect();
        if scope.open {
            let others = snapshot.documents().filter(|it| it.version.is_some());
            documents.extend(others.filter(|it| scope.files.iter().all(|path| **path != *it.path)));
        }
        let mut left = Vec::new();
        for document in documents {
            if !self.file(document, &scope.stop) {
                left.push(document.path.to_string());
            }
        }
        let stopped = scope.closed && !self.closed(&scope.stop);
        (left, stopped)
    }

    /// Checks what no editor has open; `false` if something newer is there.
    fn closed(&mut self, stop: &AtomicBool) -> bool {
        let snapshot = self.snapshot;
        let is_gone = |path: &str| !snapshot.document_at(path).is_some_and(is_shown);
        let gone: Vec<String> = self.publisher.paths().filter(|path| is_gone(path)).map(str::to_owned).collect();
        gone.iter().for_each(|path| self.publisher.clear(path));
        let mut closed = snapshot.documents().filter(|it| is_shown(it) && it.version.is_none());
        closed.all(|document| self.file(document, stop))
    }

    /// Checks one file and publishes; `false` if something newer is there.
    fn file(&mut self, document: &Document, stop: &AtomicBool) -> bool {
        if stop.load(Ordering::Relaxed) {
            return false;
        }
        let check = || diagnostics::of_file(self.snapshot, self.session, document);
        let found = std::panic::catch_unwind(AssertUnwindSafe(check));
        let Ok(diagnostics) = found else {
            self.log.warn(&format!("{} was not checked because of an error in Glossator", document.path));
            return true;
        };
        let current = !stop.load(Ordering::Relaxed);
        if current && !is_shown(document) {
            self.publisher.clear(&document.path);
        } else if current {
            self.publisher.publish(self.session, &document.path, document.version, diagnostics);
        }
        current
    }
}
