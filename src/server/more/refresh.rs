//! “Ask again”: after a change of something other than the text that the client shows.

use crate::server::session::Session;
use std::sync::Arc;
use std::time::Duration;
use tower_lsp_server::Client;

/// The least time between two requests to ask again; a change in between is not forgotten.
const PAUSE: Duration = Duration::from_millis(300);

/// Tells the client to ask again whenever [`Session::changed`] is notified, for what it has asked for and can be told.
pub(in crate::server) async fn tell(client: Client, session: Arc<Session>) {
    let can = session.more;
    if !(can.pulls_diagnostics || can.refreshes_tokens || can.refreshes_lenses || can.refreshes_hints) {
        return;
    }
    loop {
        session.changed.notified().await;
        // A client that refuses will ask again when it sees fit.
        if can.pulls_diagnostics {
            let _ = client.workspace_diagnostic_refresh().await;
        }
        if can.refreshes_tokens {
            let _ = client.semantic_tokens_refresh().await;
        }
        if can.refreshes_lenses {
            let _ = client.code_lens_refresh().await;
        }
        if can.refreshes_hints {
            let _ = client.inlay_hint_refresh().await;
        }
        tokio::time::sleep(PAUSE).await;
    }
}
