//! Tests of the engine without an editor: small workspaces in memory, and the example corpus.

mod anchoring;
mod features;
mod findings;
mod fixes;
mod fixture;
mod incremental;
mod script;
mod seeds;
mod suggestions;
mod surface;
