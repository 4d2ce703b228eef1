//! Hashes of texts, in the spelling that capture tools use.

use sha2::{Digest, Sha256};

/// The SHA-256 (FIPS 180-4) of a text's UTF-8, in lower-case hexadecimal digits.
#[must_use]
pub fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
