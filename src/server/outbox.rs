//! The only way to stdout: what the pipe takes at once is written at once, by whoever sends it; what it does not waits in
//! a line without bound, for the thread that writes it.
//!
//! Waking a thread takes longer than most answers, so it is woken only for a client that has not read what it was sent
//! before.

use super::pipe;
use super::transport::{End, Ending};
use serde::Serialize;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tower_lsp_server::jsonrpc::{Id, Request, Response};
use tower_lsp_server::ls_types::notification::Notification;

/// How long the end of the process waits for a client that may not be reading.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// So much memory is kept for the next messages.
const KEPT: usize = 256 * 1024;

/// What has not been written yet.
#[derive(Default)]
struct Line {
    /// Frames, the first perhaps without its beginning.
    waiting: Vec<u8>,
    /// Whether the thread is writing what stood before them.
    is_writing: bool,
    /// Whether the pipe is gone.
    is_broken: bool,
}

struct Shared {
    line: Mutex<Line>,
    /// Something waits, or everything is written.
    news: Condvar,
    silent: AtomicBool,
    ending: Ending,
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
pub(super) struct Outbox(Arc<Shared>);

impl Outbox {
    /// Starts the thread that writes what has to wait. A pipe that breaks ends the session.
    pub(super) fn start(ending: Ending) -> Outbox {
        pipe::widen();
        let (line, news, silent) = (Mutex::default(), Condvar::new(), AtomicBool::new(false));
        let shared = Arc::new(Shared { line, news, silent, ending });
        let outbox = Outbox(Arc::clone(&shared));
        std::thread::spawn(move || shared.write_all());
        outbox
    }

    /// From now on only answers are sent: the client has said `shutdown`.
    pub(super) fn silence(&self) {
        self.0.silent.store(true, Ordering::Relaxed);
    }

    /// Sends the answer to a request.
    pub(super) fn answer(&self, response: &Response) {
        self.send(response);
    }

    /// Sends the answer to a request, the result as JSON text.
    pub(super) fn answer_in_words(&self, id: &Id, result: &str) {
        // An id is a number or a string, and always JSON.
        let Ok(id) = serde_json::to_string(id) else { return };
        self.post(format!(r#"{{"jsonrpc":"2.0","result":{result},"id":{id}}}"#).as_bytes());
    }

    /// Sends a request or notification that the framework made.
    pub(super) fn forward(&self, request: &Request) {
        if !self.0.silent.load(Ordering::Relaxed) {
            self.send(request);
        }
    }

    /// Sends a notification. `params` is `N::Params`, or what is written as one.
    pub(super) fn notify<N: Notification>(&self, params: &impl Serialize) {
        if !self.0.silent.load(Ordering::Relaxed) {
            self.send(&Notice { jsonrpc: "2.0", method: N::METHOD, params });
        }
    }

    /// Sends a notification of which the whole JSON text is known.
    pub(super) fn notify_as_written(&self, body: &[u8]) {
        if !self.0.silent.load(Ordering::Relaxed) {
            self.post(body);
        }
    }

    /// Waits, for a while, until everything sent so far is written.
    pub(super) fn close(&self) {
        let is_left = |line: &mut Line| !line.is_broken && (line.is_writing || !line.waiting.is_empty());
        let waited = self.0.news.wait_timeout_while(self.0.line(), LAST_WORDS, is_left);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    fn send(&self, message: &impl Serialize) {
        // The protocol's own types are always JSON.
        if let Ok(body) = serde_json::to_vec(message) {
            self.post(&body);
        }
    }

    fn post(&self, body: &[u8]) {
        let mut line = self.0.line();
        if line.is_broken {
            return;
        }
        let is_first = line.waiting.is_empty() && !line.is_writing;
        // Writing into memory does not fail.
        let _ = write!(line.waiting, "Content-Length: {}\r\n\r\n", body.len());
        line.waiting.extend_from_slice(body);
        match if is_first { pipe::write_at_once(&line.waiting) } else { Ok(0) } {
            Ok(n_written) => drop(line.waiting.drain(..n_written)),
            Err(_) => return self.0.breaks(line),
        }
        match line.waiting.is_empty() {
            true => line.waiting.shrink_to(KEPT),
            false => self.0.news.notify_all(),
        }
    }
}

impl Shared {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what has to wait, for as long as there is a pipe.
    fn write_all(&self) {
        let mut frames = Vec::new();
        let mut line = self.line();
        while !line.is_broken {
            if line.waiting.is_empty() {
                line = self.news.wait(line).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            std::mem::swap(&mut line.waiting, &mut frames);
            line.is_writing = true;
            drop(line);
            let written = pipe::write(&frames);
            frames.clear();
            frames.shrink_to(KEPT);
            line = self.line();
            line.is_writing = false;
            if written.is_err() {
                return self.breaks(line);
            }
            self.news.notify_all();
        }
    }

    fn breaks(&self, mut line: MutexGuard<'_, Line>) {
        *line = Line { is_broken: true, ..Line::default() };
        self.news.notify_all();
        self.ending.send(End::Pipe);
    }
}
