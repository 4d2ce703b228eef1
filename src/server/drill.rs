//! Accidents on demand, for the tests of the guard. Not in release builds, and in no list of commands.

use std::time::Duration;
use tower_lsp_server::ls_types::{ExecuteCommandParams, LSPAny};

type Drill = Box<dyn FnOnce() -> Option<LSPAny> + Send>;

/// What happens on a thread that computes: `glossator.test.slow` (milliseconds), `glossator.test.panic-computing`.
pub(super) fn named(params: &ExecuteCommandParams) -> Option<Drill> {
    let milliseconds = params.arguments.first().and_then(LSPAny::as_u64).unwrap_or(1000);
    match params.command.as_str() {
        "glossator.test.slow" => Some(Box::new(move || {
            std::thread::sleep(Duration::from_millis(milliseconds));
            Some(LSPAny::from("slow"))
        })),
        "glossator.test.panic-computing" => Some(Box::new(|| panic!("a drill"))),
        _ => None,
    }
}

/// What happens in the handler itself: `glossator.test.panic`.
pub(super) fn in_handler(params: &ExecuteCommandParams) {
    assert!(params.command != "glossator.test.panic", "a drill");
}
