//! The language server: protocol in, features out. Everything that names LSP types stays in this folder.
//!
//! # Threads
//!
//! | thread | does |
//! |---|---|
//! | reader | takes messages from stdin in order: posts changes to the desk, answers what is quick; sits down at the desk itself for an edit that is soon done, if nobody is there and nothing waits |
//! | writer | writes what the client did not take at once; its line has no bound, so a client that does not read holds nobody up |
//! | desk | changes the corpus of a workspace folder; one at a time may sit there |
//! | analysis pool | runs the desk's [`Job`](crate::corpus::Job)s |
//! | answers pool | runs requests that may take long |
//! | checker | computes the findings of a workspace folder and publishes what changed |
//! | loader | reads the workspace once, and again when the options change |
//! | watcher | on Linux, where the client watches no files: hears which have changed |
//! | registries | reads the registries after the workspace, with the lowest priority |
//! | main | the async runtime: requests that wait, and what the server asks of the client |
//!
//! # Invariants
//!
//! A notification reaches the desk before the next message is looked at, and every answer is true of the last edit
//! that came before its request. Nobody waits for the client while holding anything. stdout belongs to the protocol.

mod actions;
mod backend;
mod checking;
mod desk;
#[cfg(debug_assertions)]
mod drill;
mod errands;
mod folders;
mod frames;
mod loading;
mod log;
mod mailbox;
mod more;
mod outbox;
mod pipe;
mod proto;
mod publisher;
mod registries;
mod requests;
mod session;
mod shown;
mod transport;

use backend::Backend;
use log::Log;
use outbox::Outbox;
use tower_lsp_server::LspService;

/// Reads messages as they come from a client, and forgets them: for the fuzzer.
#[cfg(feature = "fuzzing")]
pub fn read_frames(input: &[u8]) {
    frames::read_all(input);
}

/// Serves one client on stdin and stdout until it says `exit`, ends, or closes the pipe.
///
/// Returns the exit code of the process: 0 after `shutdown`, else 1. The caller must end the process with it, because
/// a thread may still be waiting for stdin.
#[must_use]
pub fn run() -> u8 {
    let (ending, ended) = transport::ending();
    let outbox = Outbox::start(ending.clone());
    let log = Log::start(outbox.clone());
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_time().build() else {
        log.note("cannot start: the system refused the timer that the server needs");
        return 1;
    };
    let pools = match requests::Pools::new() {
        Ok(pools) => pools,
        Err(error) => {
            log.note(&format!("cannot start: the system refused a thread ({error})"));
            return 1;
        }
    };
    let folders = folders::Folders::new(pools.clone(), outbox.clone(), log.clone());
    let (watch, quiet) = (ending.clone(), transport::Quiet::default());
    let backend_quiet = quiet.clone();
    let service = LspService::build(|client| Backend::new(client, folders, pools, log.clone(), watch, backend_quiet));
    let (service, socket) = service.custom_method(transport::WRITTEN_REFERENCES, Backend::references).finish();
    let guard = transport::Guard::new(service, (outbox.clone(), log), runtime.handle().clone(), quiet);
    let code = runtime.block_on(transport::serve(guard, socket, ending, ended));
    outbox.close();
    runtime.shutdown_background();
    code
}
