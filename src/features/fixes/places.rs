//! Places in texts: what a selection touches, and where in a sentence a citation goes.

use crate::text::ByteRange;

/// Whether the user points at a place: the cursor is in it or at its edge, or the selection shares a part of it.
pub(super) fn touch(place: ByteRange, pointed: ByteRange) -> bool {
    if pointed.is_empty() || place.is_empty() {
        return place.touches(pointed.start) || pointed.touches(place.start);
    }
    place.overlaps(pointed)
}

/// The words of a place in one line, cut where they are many, for a menu.
pub(super) fn short(words: &str) -> String {
    const MOST: usize = 40;
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST {
        return line;
    }
    let cut: String = line.chars().take(MOST - 1).collect();
    format!("{}…", cut.trim_end())
}

/// Whether a character ends a sentence.
fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '．' | '；' | ';')
}

/// Whether a citation needs no space after this character: Chinese and Japanese have none between words.
pub(super) fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0xFF00..=0xFF60 | 0x20000..=0x3FFFF)
}

/// Where in a sentence a citation goes: before the stop that ends it, or, after a closing mark, behind the mark. In bytes
/// of the sentence; the second value says whether a space belongs before the citation.
pub(super) fn citation_place(sentence: &str) -> (usize, bool) {
    let body = sentence.trim_end();
    let without_stop = body.trim_end_matches(is_stop).trim_end();
    let body = if without_stop.is_empty() { body } else { without_stop };
    (body.len(), body.chars().next_back().is_some_and(|c| !is_wide(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_goes_before_the_stop_or_behind_the_closing_mark() {
        for (sentence, expected) in [
            ("It sold 9,000 anvils.", "It sold 9,000 anvils| ."),
            ("Vraiment ? ", "Vraiment|  ? "),
            ("« Il a vendu 9 000 enclumes. »", "« Il a vendu 9 000 enclumes. »| "),
            ("阿克米卖出9000个铁砧。", "阿克米卖出9000个铁砧|。"),
            ("He said “no.”", "He said “no.”| "),
            ("No stop", "No stop| "),
            ("…", "…| "),
        ] {
            let (at, spaced) = citation_place(sentence);
            let (before, after) = sentence.split_at(at);
            let shown = format!("{before}|{}{after}", if spaced { " " } else { "" });
            assert_eq!(shown, expected, "{sentence}");
        }
    }

    #[test]
    fn a_cursor_touches_what_it_stands_beside_and_a_selection_what_it_shares() {
        let place = ByteRange::new(5, 9);
        for (pointed, expected) in [((9, 9), true), ((5, 5), true), ((4, 4), false), ((9, 12), false), ((8, 12), true)]
        {
            assert_eq!(touch(place, ByteRange::new(pointed.0, pointed.1)), expected, "{pointed:?}");
        }
        assert!(touch(ByteRange::empty(0), ByteRange::new(0, 4)));
    }

    #[test]
    fn long_words_are_cut_for_a_menu() {
        assert_eq!(short("a\n b"), "a b");
        assert_eq!(short(&"国".repeat(50)), format!("{}…", "国".repeat(39)));
    }
}
