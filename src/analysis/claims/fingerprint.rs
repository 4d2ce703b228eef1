//! What a sentence is known by when it stands in a text twice.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::text::chars::CharFacts;

/// A hash of the words without regard to case and white space. `lower` is the sentence in lower case.
pub(super) fn of(lower: &str) -> u64 {
    let mut hasher = FxHasher::default();
    if is_evenly_spaced(lower) {
        lower.hash(&mut hasher);
    } else {
        let mut even = String::with_capacity(lower.len());
        for word in lower.split(char::is_whitespace).filter(|word| !word.is_empty()) {
            even.extend([word, " "]);
        }
        even.trim_end().hash(&mut hasher);
    }
    hasher.finish()
}

/// Whether all white space is single blanks between words.
fn is_evenly_spaced(text: &str) -> bool {
    let mut after_blank = true;
    let mut is_even = true;
    if text.is_ascii() {
        for byte in text.bytes() {
            let is_odd = (b'\t'..=b'\r').contains(&byte) || (after_blank && byte == b' ');
            is_even &= !is_odd;
            after_blank = byte == b' ';
        }
    } else {
        for c in text.chars() {
            let is_blank = c == ' ';
            let is_other = !matches!(c, '!'..='~' | '\u{3400}'..='\u{9FFF}') && !is_blank;
            let is_odd = (is_blank && after_blank) || (is_other && CharFacts::of(c).is_whitespace());
            is_even &= !is_odd;
            after_blank = is_blank;
        }
    }
    is_even && !after_blank
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn white_space_does_not_count() {
        for (one, other) in [
            ("rents rose in may.", "rents  rose\tin\nmay."),
            ("les loyers : 14 % de plus", "les loyers\u{a0}: 14\u{202f}% de plus"),
            ("房租 上涨。", "房租\u{3000}上涨。"),
        ] {
            assert_eq!(of(one), of(other), "{other}");
            assert_ne!(of(one), of(&other.replace(char::is_whitespace, "")), "{other}");
        }
    }
}
