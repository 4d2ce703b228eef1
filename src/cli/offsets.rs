//! Bytes → Unicode code points, the unit of everything that the commands print.

use crate::text::ByteRange;

/// Counts the code points of one text. Asking in order of place costs one pass over the text in all.
#[derive(Debug)]
pub(super) struct CodePoints<'t> {
    text: &'t str,
    byte: usize,
    count: usize,
}

impl<'t> CodePoints<'t> {
    pub(super) fn new(text: &'t str) -> CodePoints<'t> {
        CodePoints { text, byte: 0, count: 0 }
    }

    /// The number of code points before a byte; past the end it is the whole text's.
    pub(super) fn at(&mut self, byte: u32) -> usize {
        let byte = (byte as usize).min(self.text.len());
        // Every byte but the continuations 10xxxxxx begins a code point.
        let begun = |from: usize, to: usize| {
            let bytes = self.text.as_bytes().get(from..to).unwrap_or_default();
            bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
        };
        if self.byte <= byte {
            self.count += begun(self.byte, byte);
        } else {
            self.count -= begun(byte, self.byte);
        }
        self.byte = byte;
        self.count
    }

    /// Start and end of a range in code points.
    pub(super) fn range(&mut self, range: ByteRange) -> (usize, usize) {
        (self.at(range.start), self.at(range.end))
    }
}

#[cfg(test)]
mod tests {
    use super::CodePoints;

    #[test]
    fn every_order_counts_alike() {
        let text = "a😀é 国\r\nb";
        let expected: Vec<(u32, usize)> =
            text.char_indices().enumerate().map(|(count, (byte, _))| (u32::try_from(byte).unwrap(), count)).collect();
        let mut points = CodePoints::new(text);
        for (byte, count) in expected.iter().chain(expected.iter().rev()) {
            assert_eq!(points.at(*byte), *count);
        }
        assert_eq!(points.at(1000), text.chars().count());
    }
}
