//! A text as places are compared in it: without white space, typography and case.

use crate::text::ByteRange;

/// What a character is compared as; nothing where it does not count.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => return None,
        '’' | '‘' | 'ʼ' | '´' | '`' | '‚' | '‛' | '′' | '‹' | '›' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '「' | '」' | '『' | '』' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '。' => '.',
        '、' => ',',
        c if c.is_whitespace() => return None,
        // Full width forms of ASCII.
        '！'..='～' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        c => c,
    })
}

/// What a character is compared as: none, one, or several.
pub(super) fn plain_chars(c: char) -> impl Iterator<Item = char> {
    let dots = if c == '…' { 3 } else { 0 };
    let plain = plain(c).filter(|_| dots == 0);
    std::iter::repeat_n('.', dots).chain(plain.into_iter().flat_map(char::to_lowercase))
}

/// A text as it is compared.
pub(super) fn fold(text: &str) -> String {
    Folded::new(text).text
}

/// A text without white space, typography and case, and where each of its bytes comes from.
#[derive(Debug)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte, the start and end of its character in the original.
    from: Vec<(u32, u32)>,
}

impl Folded {
    /// Folds a text.
    #[must_use]
    pub fn new(text: &str) -> Folded {
        let mut folded = Folded { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
        for (at, c) in text.char_indices() {
            let range = ByteRange::new(at, at + c.len_utf8());
            if c == '…' {
                folded.text.push_str("...");
            } else if let Some(plain) = plain(c) {
                match plain.is_ascii() {
                    true => folded.text.push(plain.to_ascii_lowercase()),
                    false => folded.text.extend(plain.to_lowercase()),
                }
            }
            folded.from.resize(folded.text.len(), (range.start, range.end));
        }
        folded
    }

    /// The place in the original.
    #[must_use]
    pub fn original(&self, start: usize, end: usize) -> Option<ByteRange> {
        let (start, _) = *self.from.get(start)?;
        let (_, end) = *self.from.get(end.checked_sub(1)?)?;
        Some(ByteRange { start, end: end.max(start) })
    }

    /// Where the folded text reaches when the original is read up to `byte`.
    #[must_use]
    pub fn folded(&self, byte: u32) -> usize {
        self.from.partition_point(|(start, _)| *start < byte)
    }

    /// The text before and after a place.
    pub(super) fn around(&self, start: usize, end: usize) -> (&str, &str) {
        (self.text.get(..start).unwrap_or_default(), self.text.get(end..).unwrap_or_default())
    }
}
