//! The gazetteer: all names compiled for matching.

use crate::model::ActorKey;
use crate::model::record::Record;

/// All names of all actors, compiled.
#[derive(Debug, Default)]
pub struct Gazetteer {}

impl Gazetteer {
    /// Compiles the names of the given records; redirects (`mergedInto`) count for their target.
    #[must_use]
    pub fn build<'a>(_actors: impl IntoIterator<Item = (ActorKey, &'a Record)>) -> Gazetteer {
        Gazetteer {}
    }

    /// Whether the actor is a human being.
    #[must_use]
    pub fn is_person(&self, _actor: ActorKey) -> bool {
        false
    }
}
