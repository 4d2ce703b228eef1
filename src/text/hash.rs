//! Hashes of texts, in the spelling that capture tools use.

use sha2::{Digest, Sha256};

/// The SHA-256 (FIPS 180-4) of a text's UTF-8, in lower-case hexadecimal digits.
#[must_use]
pub fn sha256(text: &str) -> String {
    sha256_of([text].into_iter())
}

/// The same of a text whose parts stand at several places.
#[must_use]
pub fn sha256_of<'t>(parts: impl Iterator<Item = &'t str>) -> String {
    let mut hash = Sha256::new();
    parts.for_each(|part| hash.update(part.as_bytes()));
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
