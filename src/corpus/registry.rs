//! The registry: actors by id and references by key, over all files.

/// Actors by id and references by key.
#[derive(Debug, Default)]
pub struct Registry {}
