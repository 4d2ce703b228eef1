//! Folding (interim; the full table replaces it).

/// The folded form of a text.
#[must_use]
pub fn fold(text: &str) -> String {
    text.to_lowercase()
}
