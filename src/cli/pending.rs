//! Stand-ins for what the engine does not offer yet; each is replaced by the call that its comment names.

use crate::corpus::{Document, Snapshot};
use crate::model::ActorKey;

/// How far a claim is backed.
#[derive(Clone, Debug)]
pub(super) struct ClaimState {
    /// uncited, cited, located, verified, disputed, will-not-cite.
    pub(super) state: &'static str,
    /// The keys and addresses that back it.
    pub(super) citations: Vec<String>,
}

/// The states of a text's claims, parallel to them. To be `features::states::of(snapshot, file)`.
pub(super) fn claim_states(_snapshot: &Snapshot, document: &Document) -> Vec<ClaimState> {
    document.settled().claims.iter().map(|_| ClaimState { state: "uncited", citations: Vec::new() }).collect()
}

/// The id of an actor. To be `snapshot.registry.actor_id(actor)`.
pub(super) fn actor_id(_snapshot: &Snapshot, _actor: ActorKey) -> Option<&str> {
    None
}
