//! Accidents on demand, for the tests of the guard. Not in release builds, and in no list of commands.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tower_lsp_server::ls_types::{ExecuteCommandParams, LSPAny};

type Drill = Box<dyn FnOnce() -> Option<LSPAny> + Send>;

/// Where the next accident happens.
static ARMED: Mutex<Option<String>> = Mutex::new(None);

/// Where whoever comes has to wait.
static HELD: Mutex<Option<String>> = Mutex::new(None);

/// What happens on a thread that computes: `glossator.test.slow` (milliseconds), `glossator.test.panic-computing`, and
/// `glossator.test.arm` (a place), after which whoever comes to [`trip`] at that place first panics; and
/// `glossator.test.hold` (a place), where whoever comes waits until another place is named.
pub(super) fn named(params: &ExecuteCommandParams) -> Option<Drill> {
    let milliseconds = params.arguments.first().and_then(LSPAny::as_u64).unwrap_or(1000);
    match params.command.as_str() {
        "glossator.test.slow" => Some(Box::new(move || {
            std::thread::sleep(Duration::from_millis(milliseconds));
            Some(LSPAny::from("slow"))
        })),
        "glossator.test.panic-computing" => Some(Box::new(|| panic!("a drill"))),
        "glossator.test.arm" => {
            let place = params.arguments.first().and_then(LSPAny::as_str).unwrap_or_default().to_owned();
            Some(Box::new(move || {
                *ARMED.lock().unwrap_or_else(PoisonError::into_inner) = Some(place);
                Some(LSPAny::from("armed"))
            }))
        }
        "glossator.test.hold" => {
            let place = params.arguments.first().and_then(LSPAny::as_str).unwrap_or_default().to_owned();
            Some(Box::new(move || {
                *HELD.lock().unwrap_or_else(PoisonError::into_inner) = Some(place);
                Some(LSPAny::from("held"))
            }))
        }
        _ => None,
    }
}

/// What happens in the handler itself: `glossator.test.panic`.
pub(super) fn in_handler(params: &ExecuteCommandParams) {
    assert!(params.command != "glossator.test.panic", "a drill");
}

/// Waits where somebody holds this place; panics where it was armed for it, and the next one passes.
pub(super) fn trip(place: &str) {
    while HELD.lock().unwrap_or_else(PoisonError::into_inner).as_deref() == Some(place) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let mut armed = ARMED.lock().unwrap_or_else(PoisonError::into_inner);
    let is_here = armed.take_if(|armed| armed == place).is_some();
    drop(armed);
    assert!(!is_here, "a drill");
}
