//! One program for all targets: `FUZZ_TARGET` names the one that runs.
//!
//! `bash fuzz/run` builds and runs it; see there.

#![no_main]
#![allow(unused_must_use, reason = "a target wants to know only whether it comes back")]

mod readers;
mod texts;
mod typing;

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

/// A target: it may find anything but a panic, an overflow of the stack, or no end.
type Target = fn(&[u8]);

/// All targets, each with the name that its folder in `fuzz/seeds` has.
const TARGETS: [(&str, Target); 13] = [
    ("frames", readers::frames),
    ("record", readers::record),
    ("configuration", readers::configuration),
    ("json", readers::json),
    ("bibtex", readers::bibtex),
    ("bibliography", readers::bibliography),
    ("annotations", readers::annotations),
    ("interchange", readers::interchange),
    ("citations", texts::citations),
    ("sentences", texts::sentences),
    ("fold", texts::fold),
    ("markdown", texts::markdown),
    ("edits", typing::edits),
];

static CHOSEN: LazyLock<Target> = LazyLock::new(|| {
    let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
    let known = TARGETS.iter().find(|(known, _)| *known == name);
    let names = TARGETS.map(|(name, _)| name).join(", ");
    known.unwrap_or_else(|| panic!("FUZZ_TARGET names no target; the targets are {names}")).1
});

fuzz_target!(|data: &[u8]| CHOSEN(data));
