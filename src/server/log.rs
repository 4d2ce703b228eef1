//! What the server has to say about itself: to stderr, and to the client's log once it listens.

use super::outbox::Outbox;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use tower_lsp_server::ls_types::notification::{LogMessage, ShowMessage};
use tower_lsp_server::ls_types::{LogMessageParams, MessageType, ShowMessageParams};

/// Lines that may wait for a stderr that nobody reads; more are dropped.
const WAITING_LINES: usize = 1024;

/// The way to the log; clones lead to the same place. Logging never waits.
#[derive(Clone)]
pub(super) struct Log {
    stderr: SyncSender<String>,
    outbox: Outbox,
    client_listens: Arc<AtomicBool>,
}

impl Log {
    /// Starts the thread that writes stderr, and sends panics of any thread there too.
    pub(super) fn start(outbox: Outbox) -> Log {
        let (stderr, lines) = sync_channel::<String>(WAITING_LINES);
        std::thread::spawn(move || {
            for line in lines {
                // Nothing can be done about a stderr that is gone.
                let _ = writeln!(std::io::stderr(), "glossator: {line}");
            }
        });
        let panics = stderr.clone();
        std::panic::set_hook(Box::new(move |panic| drop(panics.try_send(panic.to_string()))));
        Log { stderr, outbox, client_listens: Arc::new(AtomicBool::new(false)) }
    }

    /// From now on warnings go to the client as well.
    pub(super) fn client_listens(&self) {
        self.client_listens.store(true, Ordering::Relaxed);
    }

    /// A line for whoever looks into stderr.
    pub(super) fn note(&self, line: &str) {
        let _ = self.stderr.try_send(line.to_owned());
    }

    /// Something that the user should know and that stands in no file.
    pub(super) fn show(&self, line: &str) {
        self.note(line);
        if self.client_listens.load(Ordering::Relaxed) {
            let message = format!("Glossator: {line}");
            self.outbox.notify::<ShowMessage>(&ShowMessageParams { typ: MessageType::WARNING, message });
        }
    }

    /// Something that whoever cares for the editor's set-up should know.
    pub(super) fn warn(&self, line: &str) {
        self.note(line);
        if self.client_listens.load(Ordering::Relaxed) {
            let message = line.to_owned();
            self.outbox.notify::<LogMessage>(&LogMessageParams { typ: MessageType::WARNING, message });
        }
    }
}
