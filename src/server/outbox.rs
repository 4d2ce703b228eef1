//! The only way to stdout: a queue without bound and the thread that writes it.

use super::transport::{End, Ending};
use serde::Serialize;
#[cfg(not(unix))]
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::time::Duration;
use tower_lsp_server::jsonrpc::{Id, Request, Response};
use tower_lsp_server::ls_types::notification::Notification;

/// How long the end of the process waits for a client that may not be reading.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// How many bytes of small messages are gathered before they are handed to the pipe.
const CHUNK: usize = 64 * 1024;

/// So much memory is kept for the next messages.
const KEPT: usize = 256 * 1024;

enum Item {
    /// The body of a frame.
    Message(Vec<u8>),
    Close(SyncSender<()>),
}

/// A notification as it is written. A text can have hundreds of diagnostics, so nothing is built in between.
#[derive(Serialize)]
struct Notice<'a, P> {
    jsonrpc: &'static str,
    method: &'static str,
    params: &'a P,
}

/// The way to the client; clones lead to the same place. Sending never waits.
#[derive(Clone)]
pub(super) struct Outbox {
    items: Sender<Item>,
    silent: Arc<AtomicBool>,
}

impl Outbox {
    /// Starts the thread that owns stdout. A pipe that breaks ends the session.
    pub(super) fn start(ending: Ending) -> Outbox {
        let (items, queue) = channel();
        std::thread::spawn(move || {
            if write_all(&queue).is_err() {
                ending.send(End::Pipe);
            }
        });
        Outbox { items, silent: Arc::new(AtomicBool::new(false)) }
    }

    /// From now on only answers are sent: the client has said `shutdown`.
    pub(super) fn silence(&self) {
        self.silent.store(true, Ordering::Relaxed);
    }

    /// Sends the answer to a request.
    pub(super) fn answer(&self, response: &Response) {
        self.send(response);
    }

    /// Sends the answer to a request, the result as JSON text.
    pub(super) fn answer_in_words(&self, id: &Id, result: &str) {
        // An id is a number or a string, and always JSON.
        let Ok(id) = serde_json::to_string(id) else { return };
        self.post(format!(r#"{{"jsonrpc":"2.0","result":{result},"id":{id}}}"#).into_bytes());
    }

    /// Sends a request or notification that the framework made.
    pub(super) fn forward(&self, request: &Request) {
        if !self.silent.load(Ordering::Relaxed) {
            self.send(request);
        }
    }

    /// Sends a notification. `params` is `N::Params`, or what is written as one.
    pub(super) fn notify<N: Notification>(&self, params: &impl Serialize) {
        if !self.silent.load(Ordering::Relaxed) {
            self.send(&Notice { jsonrpc: "2.0", method: N::METHOD, params });
        }
    }

    /// Sends a notification of which the whole JSON text is known.
    pub(super) fn notify_as_written(&self, body: Vec<u8>) {
        if !self.silent.load(Ordering::Relaxed) {
            self.post(body);
        }
    }

    /// Waits, for a while, until everything sent so far is written.
    pub(super) fn close(&self) {
        let (done, written) = sync_channel(1);
        if self.items.send(Item::Close(done)).is_ok() {
            let _ = written.recv_timeout(LAST_WORDS);
        }
    }

    fn send(&self, message: &impl Serialize) {
        // The protocol's own types are always JSON.
        if let Ok(body) = serde_json::to_vec(message) {
            self.post(body);
        }
    }

    fn post(&self, body: Vec<u8>) {
        // The queue is gone only when the pipe is, and then the session is about to end.
        let _ = self.items.send(Item::Message(body));
    }
}

/// Hands bytes to the pipe, all at once: the buffer of [`std::io::stdout`] would write the first line by itself, and wake
/// the client for it.
#[cfg(unix)]
fn write(mut bytes: &[u8]) -> std::io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(rustix::stdio::stdout(), bytes) {
            Ok(n_written) => bytes = bytes.get(n_written..).unwrap_or_default(),
            Err(rustix::io::Errno::INTR) => (),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn write(bytes: &[u8]) -> std::io::Result<()> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// Writes what comes; small messages that wait together leave together.
fn write_all(queue: &Receiver<Item>) -> std::io::Result<()> {
    let mut chunk = Vec::new();
    while let Ok(first) = queue.recv() {
        let mut next = Some(first);
        while let Some(item) = next {
            match item {
                Item::Message(body) => {
                    chunk.extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
                    chunk.extend_from_slice(&body);
                }
                Item::Close(done) => {
                    write(&chunk)?;
                    let _ = done.send(());
                    return Ok(());
                }
            }
            next = if chunk.len() < CHUNK { queue.try_recv().ok() } else { None };
        }
        write(&chunk)?;
        chunk.clear();
        chunk.shrink_to(KEPT);
    }
    Ok(())
}
