//! Reading registries: in a thread of its own that gives way to every other, after the workspace.

use super::errands::Progress;
use super::log::Log;
use super::mailbox::{Mailbox, News};
use crate::corpus::Registries;
use crate::corpus::registries::Builder;
use crate::disk;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::UnboundedSender;

/// How often the client hears how far the reading is.
const REPORT_EVERY: Duration = Duration::from_millis(250);

/// How many lines are read between two looks at the clock.
const LINES_A_LOOK: u64 = 1024;

/// The desk's view of the registries: which are read, and whether they must be read again.
#[derive(Default)]
pub(super) struct Reading {
    paths: Vec<String>,
    stale: bool,
    /// The number of the newest reading; older ones stop when they see it.
    newest: Arc<AtomicU64>,
    progress: Option<UnboundedSender<Progress>>,
    /// What the user was told last.
    shown_faults: String,
}

impl Reading {
    /// Says where progress is shown.
    pub(super) fn show(&mut self, progress: Option<UnboundedSender<Progress>>) {
        self.progress = progress;
    }

    /// A registry has changed on disk.
    pub(super) fn changed(&mut self) {
        self.stale = true;
    }

    /// Stops a reading that is under way.
    pub(super) fn give_up(&self) {
        self.newest.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether a reading that has ended is the newest.
    pub(super) fn is_newest(&self, number: u64) -> bool {
        self.newest.load(Ordering::Relaxed) == number
    }

    /// Tells the user what is wrong with registries, for want of a configuration on which it would stand; once.
    pub(super) fn complain(&mut self, registries: &Registries, log: &Log) {
        let faults: Vec<&str> = registries.faults().iter().map(|fault| fault.message.as_str()).collect();
        let faults = faults.join("; ");
        if !faults.is_empty() && faults != self.shown_faults {
            log.show(&faults);
        }
        self.shown_faults = faults;
    }

    /// Begins to read if the list of registries is another one, or one of them has changed.
    pub(super) fn begin_if_needed(&mut self, root: Option<PathBuf>, wanted: &[String], mailbox: &Mailbox) {
        if self.paths == wanted && !self.stale {
            return;
        }
        self.stale = false;
        self.paths = wanted.to_vec();
        let number = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        let Some(root) = root else { return };
        let job = Job {
            number,
            newest: Arc::clone(&self.newest),
            root,
            paths: self.paths.clone(),
            progress: self.progress.clone().filter(|_| !self.paths.is_empty()),
        };
        let mailbox = mailbox.clone();
        std::thread::spawn(move || {
            let registries = std::panic::catch_unwind(AssertUnwindSafe(|| job.run())).unwrap_or_else(|_| {
                let mut builder = Builder::default();
                builder
                    .fault("the registries were not read because of an error in Glossator; save them again".to_owned());
                Some(builder.finish())
            });
            let message = match &registries {
                Some(registries) => format!("{} entities of registries", registries.len()),
                None => "the registries are read again".to_owned(),
            };
            if let Some(registries) = registries {
                mailbox.post(News::RegistriesRead(number, Arc::new(registries)));
            }
            job.report(Progress::End { message }); // Whoever hears it finds them.
        });
    }
}

/// One reading of all registries.
struct Job {
    number: u64,
    newest: Arc<AtomicU64>,
    root: PathBuf,
    paths: Vec<String>,
    progress: Option<UnboundedSender<Progress>>,
}

impl Job {
    /// Reads them; nothing if another reading has begun meanwhile.
    fn run(&self) -> Option<Registries> {
        give_way();
        #[cfg(debug_assertions)]
        super::drill::trip("registries");
        self.report(Progress::Begin { message: "reading registries".to_owned() });
        let mut builder = Builder::default();
        let (mut told, mut n_lines) = (Instant::now(), 0);
        for path in &self.paths {
            builder.list(path);
            let read = disk::registry_lines(&self.root, path, &mut |offset, line| {
                builder.add(offset, line);
                n_lines += 1;
                if n_lines % LINES_A_LOOK == 0 && REPORT_EVERY <= told.elapsed() {
                    told = Instant::now();
                    let message = format!("{} entities of registries read", builder.len());
                    self.report(Progress::Report { message, percentage: None });
                }
                n_lines % LINES_A_LOOK != 0 || self.is_newest()
            });
            if let Err(message) = read {
                builder.fault(message);
            }
        }
        self.is_newest().then(|| builder.finish())
    }

    fn is_newest(&self) -> bool {
        self.newest.load(Ordering::Relaxed) == self.number
    }

    fn report(&self, progress: Progress) {
        if let Some(reports) = &self.progress {
            // The task that shows progress lives as long as the session.
            let _ = reports.send(progress);
        }
    }
}

/// Typing comes first: this thread gets what the others leave.
#[cfg(target_os = "linux")]
fn give_way() {
    // Where the system refuses, the thread competes like any other.
    let _ = rustix::process::nice(15);
}

/// Elsewhere the wish would count for the whole process.
#[cfg(not(target_os = "linux"))]
fn give_way() {}
