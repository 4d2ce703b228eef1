//! Sentences that were read a moment ago: while somebody types, all sentences of a block but one are what they were.

use rustc_hash::FxHashMap;

use super::{Room, SentenceFacts, read_segment};
use crate::analysis::language::Language;
use crate::text::ByteRange;
use crate::text::sentences::Segment;

/// So many sentences are remembered, and as many that were not asked for of late.
const MOST: usize = 128;

/// Longer sentences are not remembered, in bytes.
const LONGEST: usize = 2048;

/// What the sentences of blocks that are being edited say.
#[derive(Debug, Default)]
pub struct Known {
    young: FxHashMap<Key, SentenceFacts>,
    old: FxHashMap<Key, SentenceFacts>,
}

/// All that [`read_segment`] goes by.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    words: Box<str>,
    /// Offsets from the sentence's start.
    segment: Segment,
    before: Option<Language>,
}

impl Known {
    /// The same as [`read_segment`].
    pub(super) fn read(
        &mut self,
        text: &str,
        segment: &Segment,
        before: Option<Language>,
        room: &mut Room,
    ) -> SentenceFacts {
        let Some(words) = segment.range.of(text).filter(|words| words.len() <= LONGEST) else {
            return read_segment(text, segment, before, room);
        };
        let start = segment.range.start;
        let from_start = |range: &ByteRange| ByteRange { start: range.start - start, end: range.end - start };
        let quotes = segment.quotes.iter().map(from_start).collect();
        let segment_from_start = Segment { range: from_start(&segment.range), quotes, ..segment.clone() };
        let key = Key { words: words.into(), segment: segment_from_start, before };
        if let Some(facts) = self.young.get(&key) {
            return moved(facts.clone(), start);
        }
        let facts = self.old.remove(&key).unwrap_or_else(|| read_segment(words, &key.segment, before, room));
        if MOST <= self.young.len() {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, facts.clone());
        moved(facts, start)
    }

    /// How many sentences are remembered.
    #[must_use]
    pub fn len(&self) -> usize {
        self.young.len() + self.old.len()
    }

    /// Whether nothing is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The facts of a sentence that begins at `start` in place of 0. A frame without words has no place.
fn moved(mut facts: SentenceFacts, start: u32) -> SentenceFacts {
    facts.range = facts.range.shifted(start);
    for frame in facts.frames.iter_mut().filter(|frame| !frame.source.is_empty()) {
        frame.source = frame.source.shifted(start);
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::super::{read_block, read_block_again};
    use super::*;

    const TEXT: &str = "# Rents\n\nRents rose by 14 % in 2019, said Ann Vance. “We never saw it. Never,” she said. She left. \
        Selon la ville, les loyers ont augmenté de 14 % en 2019. « Rien », dit-elle. 据新华社报道，2019年房租上涨了14%。他说：“没有。”\n\
        - It rained, according to the port.\n| a | 12 % of them |\n\nIt is said that it rained. Reportedly, 340 people left.";

    /// Equal as far as anybody can see: the facts hold no floating-point numbers.
    fn same(known: &mut Known, text: &str) {
        let plain = format!("{:?}", read_block(text));
        assert_eq!(format!("{:?}", read_block_again(text, known)), plain, "{text}");
        assert_eq!(format!("{:?}", read_block_again(text, known)), plain, "{text}");
    }

    #[test]
    fn remembered_sentences_say_what_they_say_when_read_anew() {
        let mut known = Known::default();
        let starts: Vec<usize> = TEXT.char_indices().map(|(at, _)| at).collect();
        for inserted in ["x", " ", ". ", "\n", "“", "”", " said the mayor", "Il pleut. ", "他说"] {
            for at in starts.iter().step_by(3) {
                let (before, after) = TEXT.split_at(*at);
                same(&mut known, &format!("{before}{inserted}{after}"));
            }
        }
        assert!(!known.is_empty() && known.len() <= 2 * MOST + 1, "{}", known.len());
    }

    #[test]
    fn a_sentence_is_read_once_and_a_long_one_is_not_kept() {
        let mut known = Known::default();
        same(&mut known, "Rents rose by 14 %. It rained.");
        assert_eq!(known.len(), 2);
        same(&mut known, "Yesterday it snowed. Rents rose by 14 %. It rained.");
        assert_eq!(known.len(), 4, "the first sentence of a block is not what it is behind another one");
        same(&mut known, &format!("It {} rained.", "really ".repeat(LONGEST)));
        assert_eq!(known.len(), 4);
    }
}
