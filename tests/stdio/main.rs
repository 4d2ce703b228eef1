//! The built server, driven over its pipes the way editors drive it, and the way they should not.
//!
//! Tests never sleep to let something happen: they wait for a named message, with a deadline. A session that ends well
//! must leave no answer, request or warning unread.
//!
//! `GLOSSATOR=PROGRAM cargo test --test stdio -- --skip drills::` drives another program: the release build.

#![expect(clippy::disallowed_methods, reason = "the tests start the server and write its workspaces")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that is wrong fails")]

mod actions;
mod clients;
mod decisions;
mod diagnostics;
mod drills;
mod endings;
mod equality;
mod faults;
mod features;
mod files;
mod folders;
mod frames;
mod order;
mod quotations;
mod registries;
mod robot;
mod settings;
mod start;
mod surface;
mod typing;
