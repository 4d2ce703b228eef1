//! The way to the desk, and the shortcuts around it: a snapshot that is still true is read without asking, and an edit that
//! finds the desk idle is applied by the thread that brings it.

use super::desk::Desk;
use super::errands::Progress;
use super::session::Session;
use crate::corpus::{Change, Done, Edit, Registries, Snapshot};
use crate::disk::Loaded;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;
use tower_lsp_server::jsonrpc::{Error, Result};

/// Everything that the desk reacts to.
pub(super) enum Event {
    /// Something that may change the corpus.
    News(News),
    /// The checker is free again.
    Checked(Checked),
    /// An open text was looked at as a whole; whether the checker has something to send.
    Looked { path: String, is_news: bool },
    /// Somebody wants to read.
    Snapshot(oneshot::Sender<Arc<Snapshot>>),
}

/// Where progress is shown: of the workspace, and of the registries.
pub(super) struct Reports {
    /// Reading and analysing the workspace.
    pub(super) workspace: UnboundedSender<Progress>,
    /// Reading registries.
    pub(super) registries: UnboundedSender<Progress>,
}

/// What may change the corpus.
pub(super) enum News {
    /// The client is ready; the workspace may be read.
    Started(Arc<Session>, Option<Reports>),
    /// An editor opened a text.
    Opened { path: String, text: String, version: i32 },
    /// An editor changed a text.
    Edited { path: String, version: i32, edits: Vec<Edit> },
    /// An editor closed a text.
    Closed { path: String },
    /// An editor's text comes from the desk of another workspace folder, with its version.
    Handed { path: String, text: Receiver<(String, i32)> },
    /// What comes next counts when another desk has let go.
    After(Receiver<()>),
    /// Texts and files belong to other workspace folders now.
    LetGo(LetGo),
    /// The files of the workspace folder are others now.
    Reload,
    /// Files changed on disk, as far as the client knows.
    Watched(Vec<String>),
    /// The client's settings, as JSON text.
    Settings(String),
    /// Files as the loader found them; the number is the load's.
    Loaded(u64, Vec<Change>),
    /// All records, references and annotations were sent; texts follow.
    RecordsLoaded(u64),
    /// The loader has sent everything.
    LoadEnded(u64),
    /// All registries, indexed; the number is the reading's.
    RegistriesRead(u64, Arc<Registries>),
    /// One file as it is on disk now; `None` if it is gone.
    Read(String, Option<Loaded>),
    /// A job ended.
    Analysed(Analysed),
}

/// How a job ended.
pub(super) enum Analysed {
    /// The text was analysed.
    Done(Box<Done>),
    /// Names have changed before it began; another job was handed out for the text, or will be.
    Outrun,
    /// An error in Glossator.
    Failed,
}

/// What a desk loses when workspace folders come and go.
pub(super) struct LetGo {
    /// Open texts, and who takes them.
    pub(super) texts: Vec<(String, Sender<(String, i32)>)>,
    /// Whether the folder itself is gone.
    pub(super) ends: bool,
    /// Those who wait until it is done and the client has been told.
    pub(super) done: Vec<Sender<()>>,
}

/// How far the checker came.
#[derive(Default)]
pub(super) struct Checked {
    /// Files that it has not checked, because something newer is there.
    pub(super) left: Vec<String>,
    /// Whether it has not checked all files that no editor has open.
    pub(super) closed_left: bool,
    /// Open texts that are to be looked at as a whole, and how soon.
    pub(super) whole: Vec<(String, Whole)>,
    /// How long it took.
    pub(super) took: Duration,
}

/// When and why an open text is to be looked at as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whole {
    /// As soon as possible: an edit changed what is found elsewhere in it.
    Now,
    /// When nobody types: some rules wait for it.
    InAWhile,
    /// As soon as possible, but only to remember it: its diagnostics were just made.
    ToRemember,
}

/// A snapshot that is true of the first `applied` changes.
struct Current {
    applied: u64,
    snapshot: Arc<Snapshot>,
}

/// What the desk's thread waits for.
#[derive(Default)]
struct Waiting {
    events: Vec<Event>,
    /// When there is something to do even if nothing comes.
    due: Option<Instant>,
    /// Until when the thread sleeps, if it does; the inner `None` is for ever.
    sleeps_until: Option<Option<Instant>>,
    /// Whether the desk is gone.
    is_gone: bool,
}

#[derive(Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    /// Wakes the desk's thread.
    news: Condvar,
    /// The desk itself. It has a mailbox, too, and must not hold itself.
    desk: OnceLock<Weak<Mutex<Desk>>>,
    /// How many changes were posted.
    posted: AtomicU64,
    /// The snapshot of the last reader, until the desk changes something.
    current: Mutex<Option<Current>>,
}

impl Shared {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn plan(&self, due: Option<Instant>) {
        let mut waiting = self.waiting();
        waiting.due = due;
        let sleeps_longer =
            |due: Instant| waiting.sleeps_until.is_some_and(|until| until.is_none_or(|until| due < until));
        if due.is_some_and(sleeps_longer) {
            self.news.notify_one();
        }
    }
}

/// The way to the desk; clones lead to the same place. Posting never waits.
#[derive(Clone, Default)]
pub(super) struct Mailbox(Arc<Shared>);

/// The other end of a [`Mailbox`].
pub(super) struct Inbox(Arc<Shared>);

/// Why the desk's thread was woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Woken {
    /// There is something to do.
    ToWork,
    /// Nothing has come for as long as it wanted to rest.
    ByItself,
}

impl Inbox {
    /// Waits until something is posted or due, but no longer than `rest` if nothing is.
    pub(super) fn wait(&self, rest: Option<Duration>) -> Woken {
        let rested = rest.map(|rest| Instant::now() + rest);
        let mut waiting = self.0.waiting();
        loop {
            let now = Instant::now();
            if !waiting.events.is_empty() || waiting.due.is_some_and(|due| due <= now) {
                return Woken::ToWork;
            }
            if waiting.due.is_none() && rested.is_some_and(|rested| rested <= now) {
                return Woken::ByItself;
            }
            let until = waiting.due.or(rested);
            waiting.sleeps_until = Some(until);
            waiting = match until {
                Some(until) => {
                    let woken = self.0.news.wait_timeout(waiting, until.saturating_duration_since(now));
                    woken.unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.0.news.wait(waiting).unwrap_or_else(PoisonError::into_inner),
            };
            waiting.sleeps_until = None;
        }
    }

    /// Everything posted so far. Taken only by who holds the desk, so that everything is done in the order of arrival.
    pub(super) fn take(&self) -> Vec<Event> {
        std::mem::take(&mut self.0.waiting().events)
    }

    /// Says when there is something to do even if nothing comes.
    pub(super) fn plan(&self, due: Option<Instant>) {
        self.0.plan(due);
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        self.0.waiting().is_gone = true;
        // Who waits for an answer to one of them hears that there will be none.
        drop(self.take());
    }
}

/// A snapshot that is here, or will come.
pub(super) enum Reading {
    /// Nothing has changed since the last reader came.
    Here(Arc<Snapshot>),
    /// The desk will make one when it has applied everything that was posted before.
    Comes(oneshot::Receiver<Arc<Snapshot>>),
}

impl Reading {
    /// The snapshot.
    pub(super) async fn wait(self) -> Result<Arc<Snapshot>> {
        match self {
            Reading::Here(snapshot) => Ok(snapshot),
            Reading::Comes(receiver) => receiver.await.map_err(|_| Error::internal_error()),
        }
    }
}

impl Mailbox {
    /// The desk's end.
    pub(super) fn inbox(&self) -> Inbox {
        Inbox(Arc::clone(&self.0))
    }

    /// Says where the desk is.
    pub(super) fn lead_to(&self, desk: &Arc<Mutex<Desk>>) {
        // There is one desk.
        let _ = self.0.desk.set(Arc::downgrade(desk));
    }

    /// Posts something that may change the corpus.
    pub(super) fn post(&self, news: News) {
        self.reaches(news);
    }

    /// The same; says whether there still is a desk. It goes when its workspace folder does.
    pub(super) fn reaches(&self, news: News) -> bool {
        // Counted before it is sent: the shortcut must never miss a change.
        self.0.posted.fetch_add(1, Ordering::SeqCst);
        self.push(Event::News(news))
    }

    /// Posts an edit, or does what follows from it here and now, if nobody is at the desk, nothing waits there, and it is
    /// quickly done. To wake the desk's thread takes about as long as to apply a keystroke, and the findings need one more.
    pub(super) fn edit(&self, path: String, version: i32, edits: Vec<Edit>) {
        let desk = self.0.desk.get().and_then(Weak::upgrade);
        if let Some(mut desk) = desk.as_ref().and_then(|desk| desk.try_lock().ok())
            && self.0.waiting().events.is_empty()
            && desk.is_quick(&path, &edits)
        {
            self.0.posted.fetch_add(1, Ordering::SeqCst);
            desk.edit_here(News::Edited { path, version, edits });
            return self.0.plan(desk.next_check());
        }
        self.post(News::Edited { path, version, edits });
    }

    /// Posts something that changes nothing in the corpus.
    pub(super) fn tell(&self, event: Event) {
        // Without a desk there is nobody who wants to know.
        self.push(event);
    }

    fn push(&self, event: Event) -> bool {
        let mut waiting = self.0.waiting();
        if waiting.is_gone {
            return false;
        }
        waiting.events.push(event);
        if waiting.sleeps_until.is_some() {
            self.0.news.notify_one();
        }
        true
    }

    /// Asks for a snapshot that holds everything posted so far.
    ///
    /// If the desk has applied as many changes as were posted, there is nothing to wait for. The numbers are counts,
    /// not names of events, so this holds however many threads post.
    pub(super) fn read(&self) -> Reading {
        let posted = self.0.posted.load(Ordering::SeqCst);
        {
            let current = self.0.current.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(current) = current.as_ref().filter(|current| current.applied == posted) {
                return Reading::Here(Arc::clone(&current.snapshot));
            }
        }
        let (sender, receiver) = oneshot::channel();
        self.tell(Event::Snapshot(sender));
        Reading::Comes(receiver)
    }

    /// The desk's side: a reader came after `applied` changes.
    pub(super) fn offer(&self, applied: u64, snapshot: &Arc<Snapshot>) {
        let current = Current { applied, snapshot: Arc::clone(snapshot) };
        *self.0.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(current);
    }

    /// The desk's side: the corpus is about to change.
    pub(super) fn withdraw(&self) {
        *self.0.current.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
