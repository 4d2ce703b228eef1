//! Glossator: a language server, and the same engine as a command, for people who annotate source texts.
//!
//! See `docs/ARCHITECTURE.md` for the bird's-eye view, the layers and the invariants.

pub mod analysis;
pub mod cli;
pub mod corpus;
pub mod disk;
pub mod features;
pub mod interchange;
pub mod model;
pub mod server;
pub mod text;
