//! Baselines: a list of findings that are known, so that only new ones are shown.
//!
//! A finding is known by its file, its code and the words it is about, not by its place: it stays known when the text
//! above it changes. The same words may be found several times; each entry of the list hides one finding.

use crate::disk::{Loaded, named};
use crate::model::Finding;
use crate::text::hash::sha256;
use std::collections::BTreeMap;
use std::path::Path;

/// The findings that are known.
#[derive(Debug)]
pub(super) struct Baseline {
    counts: BTreeMap<String, usize>,
}

impl Baseline {
    /// Reads a baseline; the error is a message for the user.
    pub(super) fn read(full: &Path) -> Result<Baseline, String> {
        let shown = full.display();
        let text = match named::read(full, &shown.to_string()) {
            Some(Loaded::Text { text, .. }) => text,
            Some(Loaded::Unreadable { message, .. }) => return Err(message),
            None => {
                return Err(format!("the baseline {shown} does not exist; make it with --write-baseline {shown}"));
            }
        };
        let list: Vec<String> = serde_json::from_str(&text).map_err(|error| {
            format!("{shown} is no baseline ({error}); make a new one with --write-baseline {shown}")
        })?;
        let mut counts = BTreeMap::new();
        for fingerprint in list {
            *counts.entry(fingerprint).or_insert(0) += 1;
        }
        Ok(Baseline { counts })
    }

    /// Whether a finding is known; each entry of the list forgives once.
    pub(super) fn forgive(&mut self, fingerprint: &str) -> bool {
        match self.counts.get_mut(fingerprint) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }
}

/// Writes a baseline and says how many findings it holds.
pub(super) fn write(full: &Path, fingerprints: impl Iterator<Item = String>) -> Result<usize, String> {
    let mut list: Vec<String> = fingerprints.collect();
    list.sort_unstable();
    let text = serde_json::to_string_pretty(&list).map_err(|error| error.to_string())?;
    named::write(full, &(text + "\n"))?;
    Ok(list.len())
}

/// What a finding is known by.
pub(super) fn fingerprint(path: &str, finding: &Finding, text: &str) -> String {
    let about = finding.range.of(text).filter(|about| !about.is_empty()).unwrap_or(&finding.message);
    let mut hash = sha256(&[path, finding.code.word(), about].join("\0"));
    hash.truncate(32);
    hash
}
