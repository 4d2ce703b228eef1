//! The guard around the framework: order, panics, the end of the process.
//!
//! `tower-lsp-server` routes, decodes and cancels; its own read loop is not used, because it stops at the first broken
//! message, stops reading while the client does not read, and does not see its client die. Why and what was measured:
//! `docs/decisions/001-lsp-framework.md`.
//!
//! The reader thread takes one message after the other and polls its handler once, there and then. A handler that has
//! posted to the desk by its first `await` therefore acts in the order of arrival. What is not ready by then goes to
//! the async runtime.

use super::frames::{Frame, Incoming, read_frame, read_message};
use super::log::Log;
use super::outbox::Outbox;
use super::pipe;
use futures_util::future::BoxFuture;
use futures_util::sink::SinkExt;
use futures_util::{FutureExt, StreamExt};
use serde_json::Value;
use std::io::BufReader;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, UnboundedReceiver, UnboundedSender, channel, unbounded_channel};
use tokio::sync::oneshot;
use tower::Service;
use tower_lsp_server::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp_server::{ClientSocket, ExitedError, LanguageServer, LspService};

/// What a request for references is called inside. Its answer is JSON text and goes to the client as it is: the framework
/// makes a tree of values of each answer of its own methods, which for thousands of places takes longer than to find them.
pub(super) const WRITTEN_REFERENCES: &str = "glossator/references";
const REFERENCES: &str = "textDocument/references";

/// How long answers that are still being computed may hold up the end of a session whose input is closed.
const GRACE: Duration = Duration::from_millis(300);

/// So much is read at once. The standard library's own buffer of stdin is smaller, and then left alone.
const BUFFER: usize = 64 * 1024;

/// Why a session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The client said `exit`.
    Exit,
    /// The client closed our input.
    Input,
    /// The client closed our output.
    Pipe,
    /// The client's process is gone.
    Client,
}

/// The way to end the session.
#[derive(Clone)]
pub(super) struct Ending(UnboundedSender<End>);

impl Ending {
    /// Ends the session; only the first call counts.
    pub(super) fn send(&self, end: End) {
        // The receiver is gone only when the session has ended already.
        let _ = self.0.send(end);
    }
}

/// Makes the way to end the session and the place where that is heard.
pub(super) fn ending() -> (Ending, UnboundedReceiver<End>) {
    let (sender, receiver) = unbounded_channel();
    (Ending(sender), receiver)
}

/// Whether the client had sent nothing more when the message at hand was read; kept by the reader.
pub(super) type Quiet = Arc<AtomicBool>;

type Answer = Result<Option<Response>, ExitedError>;

/// The framework's service, held so that no message can harm the session.
pub(super) struct Guard<S> {
    service: LspService<S>,
    outbox: Outbox,
    log: Log,
    runtime: Handle,
    quiet: Quiet,
    shut_down: bool,
    /// Held by every request that waits; when all are gone, everything is answered.
    waiting: Sender<()>,
}

impl<S: LanguageServer> Guard<S> {
    /// Wraps the service. The second value hears of nothing but the end of the last request.
    pub(super) fn new(
        service: LspService<S>,
        (outbox, log): (Outbox, Log),
        runtime: Handle,
        quiet: Quiet,
    ) -> (Guard<S>, Receiver<()>) {
        let (waiting, all_answered) = channel(1);
        (Guard { service, outbox, log, runtime, quiet, shut_down: false, waiting }, all_answered)
    }

    /// Serves one request or notification as far as that is possible at once.
    fn call(&mut self, call: Request) {
        let method = call.method().to_owned();
        let call = if method == REFERENCES { renamed(call, WRITTEN_REFERENCES) } else { call };
        let id = call.id().cloned();
        let handler = AssertUnwindSafe(|| self.service.call(call));
        let Ok(future) = std::panic::catch_unwind(handler) else { return self.panicked(&method, id) };
        let mut future = AssertUnwindSafe(future).catch_unwind().boxed();
        match future.poll_unpin(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(answer)) => self.ready(&method, answer),
            Poll::Ready(Err(_)) => self.panicked(&method, id),
            Poll::Pending => self.later(method, id, future),
        }
    }

    fn ready(&mut self, method: &str, answer: Answer) {
        let Ok(Some(response)) = answer else { return };
        if method == "shutdown" && response.is_ok() {
            self.shut_down = true;
            self.outbox.silence();
        }
        let response = if method == "initialize" { super::more::with_type_hierarchy(response) } else { response };
        warn_if_broken(&self.log, method, &response);
        send(&self.outbox, method, response);
    }

    /// Lets the runtime finish what has to wait. Polling again is what registers it there.
    fn later(&self, method: String, id: Option<Id>, future: BoxFuture<'static, std::thread::Result<Answer>>) {
        let (outbox, log, waiting) = (self.outbox.clone(), self.log.clone(), self.waiting.clone());
        self.runtime.spawn(async move {
            let _waiting = waiting;
            match future.await {
                Ok(Ok(Some(response))) => {
                    warn_if_broken(&log, &method, &response);
                    send(&outbox, &method, response);
                }
                Ok(_) => (),
                Err(_) => answer_panic(&outbox, &log, &method, id),
            }
        });
    }

    fn panicked(&self, method: &str, id: Option<Id>) {
        answer_panic(&self.outbox, &self.log, method, id);
    }
}

/// The same request under another name.
fn renamed(call: Request, method: &'static str) -> Request {
    let (_, id, params) = call.into_parts();
    let mut call = Request::build(method);
    call = id.into_iter().fold(call, |call, id| call.id(id));
    params.into_iter().fold(call, |call, params| call.params(params)).finish()
}

fn send(outbox: &Outbox, method: &str, response: Response) {
    if method != REFERENCES {
        return outbox.answer(&response);
    }
    match response.into_parts() {
        (id, Ok(Value::String(words))) => outbox.answer_in_words(&id, &words),
        (id, body) => outbox.answer(&Response::from_parts(id, body)),
    }
}

fn answer_panic(outbox: &Outbox, log: &Log, method: &str, id: Option<Id>) {
    match id {
        Some(id) => {
            let response = Response::from_error(id, broken());
            warn_if_broken(log, method, &response);
            outbox.answer(&response);
        }
        None => log.warn(&broken_words(method)),
    }
}

/// The answer to a request that an error in Glossator has ended.
pub(super) fn broken() -> Error {
    let mut error = Error::internal_error();
    error.message = broken_words("this request").into();
    error
}

fn broken_words(what: &str) -> String {
    format!("{what} failed because of an error in Glossator; other requests are not affected")
}

/// Says which request an error in Glossator has ended.
fn warn_if_broken(log: &Log, method: &str, response: &Response) {
    if response.error().is_some_and(|error| error.code == ErrorCode::InternalError) {
        log.warn(&broken_words(method));
    }
}

/// Serves until the session ends; returns the exit code of the process.
pub(super) async fn serve<S: LanguageServer>(
    (guard, mut all_answered): (Guard<S>, Receiver<()>),
    socket: ClientSocket,
    ending: Ending,
    mut ended: UnboundedReceiver<End>,
) -> u8 {
    let (mut requests, mut answers) = socket.split();
    let (outbox, log, runtime) = (guard.outbox.clone(), guard.log.clone(), guard.runtime.clone());
    let (answers_in, mut answers_out) = unbounded_channel();
    let (over, was_shut_down) = oneshot::channel();
    std::thread::spawn(move || {
        let _runtime = runtime.enter();
        let shut_down = read_all(guard, &answers_in, &ending);
        // Nobody listens if something else has ended the session first.
        let _ = over.send(shut_down);
    });
    tokio::spawn(async move {
        while let Some(request) = requests.next().await {
            outbox.forward(&request);
        }
    });
    tokio::spawn(async move {
        while let Some(answer) = answers_out.recv().await {
            if answers.send(answer).await.is_err() {
                break;
            }
        }
    });
    let end = ended.recv().await.unwrap_or(End::Input);
    log.note(&format!("the session ends: {}", end.words()));
    if end == End::Input {
        let _ = tokio::time::timeout(GRACE, all_answered.recv()).await;
    }
    let shut_down = match end {
        End::Exit | End::Input => was_shut_down.await.unwrap_or(false),
        End::Pipe | End::Client => false,
    };
    u8::from(!shut_down)
}

impl End {
    fn words(self) -> &'static str {
        match self {
            End::Exit => "the client said exit",
            End::Input => "the client closed our input",
            End::Pipe => "the client closed our output",
            End::Client => "the client's process is gone",
        }
    }
}

/// Reads stdin to its end or to `exit`; says whether `shutdown` came before.
fn read_all<S: LanguageServer>(mut guard: Guard<S>, to_client: &UnboundedSender<Response>, ending: &Ending) -> bool {
    let mut input = BufReader::with_capacity(BUFFER, std::io::stdin().lock());
    loop {
        let frame: Frame = match read_frame(&mut input) {
            Ok(Some(frame)) => frame,
            Ok(None) | Err(_) => break ending.send(End::Input),
        };
        guard.quiet.store(input.buffer().is_empty() && !pipe::has_more(), Ordering::Relaxed);
        match frame.and_then(read_message) {
            Ok(Incoming::Call(call)) => {
                let exits = call.method() == "exit";
                guard.call(call);
                if exits {
                    break ending.send(End::Exit);
                }
            }
            Ok(Incoming::Answer(answer)) => drop(to_client.send(answer)),
            Err(reason) => guard.log.warn(&reason),
        }
    }
    guard.shut_down
}

/// Ends the session within about a second of the death of the client's process.
///
/// A process that cannot be seen at the start (the client runs in another container) is not watched.
pub(super) fn watch_client(process: u32, ending: Ending) {
    #[cfg(unix)]
    {
        let alive = move || {
            let pid = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw);
            pid.is_some_and(|pid| rustix::process::test_kill_process(pid) != Err(rustix::io::Errno::SRCH))
        };
        // Looked at before the answer to `initialize`, so that a client that dies right after it is noticed.
        if alive() {
            std::thread::spawn(move || {
                while alive() {
                    std::thread::sleep(Duration::from_secs(1));
                }
                ending.send(End::Client);
            });
        }
    }
    #[cfg(not(unix))]
    drop((process, ending)); // There the pipes break when the client dies.
}
