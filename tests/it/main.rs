//! Tests of the engine without an editor: small workspaces in memory, and the example corpus.

mod features;
mod findings;
mod fixture;
mod incremental;
mod quotations;
mod seeds;
