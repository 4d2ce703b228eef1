//! When findings are computed, and the threads that compute them.
//!
//! A keystroke costs what it touches: the diagnostics of an open text are brought up to date by the edits, see
//! [`Publisher::amend`]. The text is looked at as a whole when it was opened, when something changed that it depends on,
//! and when nobody has typed for a while, in a thread of its own, so that the next keystroke need not wait.
//!
//! A single edit is checked at once. While edits come faster than they are checked, the newest state is checked every
//! [`GAP`], and a check that has been overtaken stops between two files. So a keystroke has its findings as fast as
//! they can be had, and a thousand edits have a handful of publications.

use super::log::Log;
use super::mailbox::{Checked, Event, Mailbox, Whole};
use super::more::diagnostics;
use super::outbox::Outbox;
use super::publisher::Publisher;
use super::session::Session;
use super::shown::{Amended, Shown};
use crate::corpus::{Document, Snapshot};
use crate::model::Role;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The least time between two checks of a stream of edits. It delays findings only, never state.
const GAP: Duration = Duration::from_millis(10);

/// The same while texts are being analysed in the background.
const BUSY_GAP: Duration = Duration::from_millis(100);

/// How long nothing must have changed before files that are not open are checked.
const QUIET: Duration = Duration::from_millis(300);

/// How long nothing must have been typed in a text before it is looked at as a whole.
const PAUSE: Duration = Duration::from_millis(200);

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
    /// Open texts to look at as a whole, and when.
    whole: BTreeMap<String, (Instant, Whole)>,
    /// The text that is being looked at.
    looking: Option<String>,
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
            whole: BTreeMap::new(),
            looking: None,
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
        for (path, whole) in checked.whole {
            let due = self.last_end + if whole == Whole::InAWhile { PAUSE } else { Duration::ZERO };
            let known = self.whole.entry(path).or_insert((due, whole));
            let is_urgent = known.1 != Whole::InAWhile;
            *known = (if is_urgent { known.0.min(due) } else { due }, known.1.min(whole));
        }
    }

    /// When the next text may be looked at as a whole.
    pub(super) fn whole_due(&self) -> Option<Instant> {
        let due = self.whole.values().map(|(due, _)| *due).min();
        due.filter(|_| self.looking.is_none())
    }

    /// The text to look at as a whole now.
    pub(super) fn begin_whole(&mut self) -> Option<(String, Whole)> {
        let now = Instant::now();
        self.whole_due().filter(|due| *due <= now)?;
        let (path, (_, whole)) = self.whole.iter().min_by_key(|(_, (due, _))| *due)?;
        let (path, whole) = (path.clone(), *whole);
        self.whole.remove(&path);
        self.looking = Some(path.clone());
        Some((path, whole))
    }

    /// A text was looked at; if it was changed meanwhile, what was found is brought up to date.
    pub(super) fn looked(&mut self, path: &str, is_news: bool) {
        self.looking = None;
        if is_news {
            self.file(path);
        }
    }
}

const NOT_SENT: &str =
    "some diagnostics were not sent because of an error in Glossator; they follow with the next change";

/// What the checker thread is asked to do.
enum Order {
    Check(Arc<Snapshot>, Arc<Session>, Scope),
    /// What was found in a text as a whole, for a later check to bring up to date and send.
    Found(Box<Found>),
    Clear(String),
    ClearAll,
    Then(Box<dyn FnOnce() + Send>),
}

/// What was found in an open text as a whole.
struct Found {
    path: String,
    shown: Shown,
}

/// The way to the checker thread, and how much of what was sent there is not done yet.
#[derive(Clone)]
struct Orders {
    sender: Sender<Order>,
    n_left: Arc<AtomicUsize>,
}

impl Orders {
    fn send(&self, order: Order) {
        self.n_left.fetch_add(1, Ordering::SeqCst);
        // The thread lives as long as the desk.
        let _ = self.sender.send(order);
    }
}

/// The checker: a thread, and what both it and the desk need to know.
pub(super) struct Checker {
    orders: Orders,
    publisher: Arc<Mutex<Publisher>>,
    looks: Arc<rayon::ThreadPool>,
    mailbox: Mailbox,
    log: Log,
}

impl Checker {
    /// Starts the thread. Texts as a whole are looked at on `looks`.
    pub(super) fn start(mailbox: Mailbox, outbox: Outbox, log: Log, looks: Arc<rayon::ThreadPool>) -> Checker {
        let (sender, receiver) = channel();
        let orders = Orders { sender, n_left: Arc::default() };
        let publisher = Arc::new(Mutex::new(Publisher::new(outbox)));
        let (n_left, its_publisher) = (Arc::clone(&orders.n_left), Arc::clone(&publisher));
        let (its_mailbox, its_log) = (mailbox.clone(), log.clone());
        std::thread::spawn(move || {
            for order in receiver {
                let mut publisher = its_publisher.lock().unwrap_or_else(PoisonError::into_inner);
                work(order, &its_mailbox, &mut publisher, &its_log);
                n_left.fetch_sub(1, Ordering::SeqCst);
            }
        });
        Checker { orders, publisher, looks, mailbox, log }
    }

    /// Checks; [`Event::Checked`] says when it is done.
    pub(super) fn check(&self, snapshot: Arc<Snapshot>, session: Arc<Session>, scope: Scope) {
        self.orders.send(Order::Check(snapshot, session, scope));
    }

    /// Checks in this thread what a keystroke in one text asks for. `None` if the checker is at work, or if it takes more
    /// than to bring up to date what the client has: then it is for [`Checker::check`].
    pub(super) fn check_here(&self, snapshot: &Snapshot, session: &Session, scope: &Scope) -> Option<Checked> {
        let [path] = scope.files.as_slice() else { return None };
        let is_free = self.orders.n_left.load(Ordering::SeqCst) == 0;
        if !is_free || scope.open || scope.closed || session.more.pulls_diagnostics {
            return None;
        }
        let mut publisher = self.publisher.try_lock().ok()?;
        let began = Instant::now();
        let checked = std::panic::catch_unwind(AssertUnwindSafe(|| {
            #[cfg(debug_assertions)]
            super::drill::trip("publishing");
            let document = snapshot.document_at(path).filter(|document| is_open_text(document))?;
            let whole = amend(&mut publisher, snapshot, session, document)?;
            let whole = whole.into_iter().map(|whole| (path.clone(), whole)).collect();
            Some(Checked { whole, took: began.elapsed(), ..Checked::default() })
        }));
        checked.unwrap_or_else(|_| {
            self.log.warn(NOT_SENT);
            Some(Checked::default())
        })
    }

    /// Looks at an open text as a whole; [`Event::Looked`] says when it is done.
    pub(super) fn look(&self, snapshot: Arc<Snapshot>, session: Arc<Session>, path: String, whole: Whole) {
        let (orders, mailbox, log) = (self.orders.clone(), self.mailbox.clone(), self.log.clone());
        self.looks.spawn(move || {
            let look = || {
                #[cfg(debug_assertions)]
                super::drill::trip("looking");
                let document = snapshot.document_at(&path).filter(|document| document.version.is_some())?;
                let shown = (whole != Whole::ToRemember).then(|| Shown::new(&snapshot, &session, document));
                document.remember();
                if session.more.pulls_diagnostics {
                    diagnostics::found(&session, &path, shown?);
                    return None;
                }
                Some(Found { path: path.clone(), shown: shown? })
            };
            match std::panic::catch_unwind(AssertUnwindSafe(look)) {
                Ok(Some(found)) => {
                    orders.send(Order::Found(Box::new(found)));
                    return mailbox.tell(Event::Looked { path, is_news: true });
                }
                Ok(None) => (),
                Err(_) => log.warn(&format!("{path} was not checked because of an error in Glossator")),
            }
            mailbox.tell(Event::Looked { path, is_news: false });
        });
    }

    /// Takes back what was published for a file.
    pub(super) fn clear(&self, path: String) {
        self.orders.send(Order::Clear(path));
    }

    /// Takes back everything.
    pub(super) fn clear_all(&self) {
        self.orders.send(Order::ClearAll);
    }

    /// Does something when everything before is done and the client has been told.
    pub(super) fn then(&self, follows: impl FnOnce() + Send + 'static) {
        self.orders.send(Order::Then(Box::new(follows)));
    }
}

fn work(order: Order, mailbox: &Mailbox, publisher: &mut Publisher, log: &Log) {
    let is_check = matches!(order, Order::Check(..));
    let obeyed = AssertUnwindSafe(|| obey(order, mailbox, publisher, log));
    if std::panic::catch_unwind(obeyed).is_err() {
        log.warn(NOT_SENT);
        if is_check {
            mailbox.tell(Event::Checked(Checked::default()));
        }
    }
}

fn obey(order: Order, mailbox: &Mailbox, publisher: &mut Publisher, log: &Log) {
    match order {
        Order::Clear(path) => publisher.clear(&path),
        Order::Found(found) => publisher.found(&found.path, found.shown),
        Order::ClearAll => publisher.clear_all(),
        Order::Then(follows) => follows(),
        Order::Check(snapshot, session, scope) => {
            #[cfg(debug_assertions)]
            super::drill::trip("publishing");
            let began = Instant::now();
            let mut check = Check { snapshot: &snapshot, session: &session, publisher, log, whole: Vec::new() };
            let (left, closed_left) = check.run(&scope);
            let whole = check.whole;
            if scope.open || scope.closed {
                session.changed.notify_one();
            }
            mailbox.tell(Event::Checked(Checked { left, closed_left, whole, took: began.elapsed() }));
        }
    }
}

/// Whether a file shows anything: a captured text that no editor has open does only if it could not be read.
fn is_shown(document: &Document) -> bool {
    document.version.is_some() || document.role != Role::Source || !document.reading.is_empty()
}

fn is_open_text(document: &Document) -> bool {
    document.version.is_some() && document.role.is_text()
}

/// Brings what the client has of an open text up to date, and says when to look at it as a whole, if at all. `None` if
/// that cannot be done: the text must be looked at as a whole now.
fn amend(
    publisher: &mut Publisher,
    snapshot: &Snapshot,
    session: &Session,
    document: &Document,
) -> Option<Option<Whole>> {
    let amended = std::panic::catch_unwind(AssertUnwindSafe(|| {
        #[cfg(debug_assertions)]
        super::drill::trip("amending");
        publisher.amend(snapshot, session, document)
    }));
    match amended {
        Ok(Amended::NotAtAll) => Some(None),
        Ok(Amended::Yes) => Some(Some(Whole::InAWhile)),
        Ok(Amended::InPart) => Some(Some(Whole::Now)),
        Ok(Amended::No) => None,
        Err(_) => {
            publisher.forget(&document.path);
            None
        }
    }
}

/// One check.
struct Check<'a> {
    snapshot: &'a Snapshot,
    session: &'a Session,
    publisher: &'a mut Publisher,
    log: &'a Log,
    /// Texts that are to be looked at as a whole.
    whole: Vec<(String, Whole)>,
}

impl Check<'_> {
    /// Checks until something newer is there; returns the files that are left, and whether closed ones are.
    fn run(&mut self, scope: &Scope) -> (Vec<String>, bool) {
        let snapshot = self.snapshot;
        if self.session.more.pulls_diagnostics {
            // It asks for them. What it gets while somebody types is made good afterwards.
            let is_typed_in = |document: &Document| document.version.is_some() && document.role.is_text();
            let typed_in = scope.files.iter().filter(|path| snapshot.document_at(path).is_some_and(is_typed_in));
            self.whole.extend(typed_in.map(|path| (path.clone(), Whole::InAWhile)));
            return (Vec::new(), false);
        }
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
        let all = closed.all(|document| self.file(document, stop));
        self.session.diagnostics.tell(self.log);
        all
    }

    /// Checks one file and publishes; `false` if something newer is there.
    fn file(&mut self, document: &Document, stop: &AtomicBool) -> bool {
        if stop.load(Ordering::Relaxed) {
            return false;
        }
        let (snapshot, session) = (self.snapshot, self.session);
        let is_open_text = is_open_text(document);
        if is_open_text && let Some(whole) = amend(self.publisher, snapshot, session, document) {
            self.whole.extend(whole.map(|whole| (document.path.to_string(), whole)));
            return true;
        }
        let check = || {
            #[cfg(debug_assertions)]
            super::drill::trip("checking");
            Shown::new(snapshot, session, document)
        };
        let Ok(shown) = std::panic::catch_unwind(AssertUnwindSafe(check)) else {
            self.log.warn(&format!("{} was not checked because of an error in Glossator", document.path));
            return true;
        };
        let current = !stop.load(Ordering::Relaxed);
        if current && !is_shown(document) {
            self.publisher.clear(&document.path);
        } else if current {
            self.publisher.publish(session, &document.path, document.version, shown);
            if is_open_text {
                self.whole.push((document.path.to_string(), Whole::ToRemember));
            }
        }
        current
    }
}
