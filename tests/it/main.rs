//! Tests of the engine without an editor: small workspaces in memory, and the example corpus.

mod anchoring;
mod features;
mod findings;
mod fixes;
mod fixture;
mod incremental;
mod moves;
mod quotations;
mod recognition;
mod script;
mod seeds;
mod suggestions;
mod suppressions;
mod surface;
mod weighing;
