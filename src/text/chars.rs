//! What is asked of characters again and again, from one table: for those beyond ASCII each question takes the standard
//! library a search.

use std::sync::OnceLock;

/// What Unicode says of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CharFacts(u32);

/// Facts of 256 characters.
type Page = [CharFacts; 256];

/// So many pages are kept: beyond them there are no letters.
const N_PAGES: usize = 0x400;

/// By pages, made when first asked for.
static PAGES: [OnceLock<Box<Page>>; N_PAGES] = [const { OnceLock::new() }; N_PAGES];

/// The character in lower case, or the first one where there are several.
const LOWER: u32 = (1 << 21) - 1;
const ALPHABETIC: u32 = 1 << 21;
const NUMERIC: u32 = 1 << 22;
const UPPERCASE: u32 = 1 << 23;
const WHITE: u32 = 1 << 24;
/// The lower case is one character, wherever it stands.
const SIMPLE: u32 = 1 << 25;

impl CharFacts {
    /// Looks a character up.
    #[inline]
    pub(crate) fn of(c: char) -> CharFacts {
        let code = u32::from(c);
        let Some(page) = PAGES.get((code >> 8) as usize) else { return CharFacts::read(c) };
        let page = page.get_or_init(|| CharFacts::page(code & !0xFF));
        page.get((code & 0xFF) as usize).copied().unwrap_or_else(|| CharFacts::read(c))
    }

    #[cold]
    fn page(first: u32) -> Box<Page> {
        let read = |low: usize| char::from_u32(first | u32::try_from(low).unwrap_or_default());
        Box::new(std::array::from_fn(|low| read(low).map_or(CharFacts(0), CharFacts::read)))
    }

    fn read(c: char) -> CharFacts {
        let mut lower = c.to_lowercase();
        let first = lower.next().unwrap_or(c);
        // The last sigma of a word is another.
        let simple = lower.next().is_none() && c != 'Σ';
        let bits = [
            (ALPHABETIC, c.is_alphabetic()),
            (NUMERIC, c.is_numeric()),
            (UPPERCASE, c.is_uppercase()),
            (WHITE, c.is_whitespace()),
            (SIMPLE, simple),
        ];
        CharFacts(bits.into_iter().filter(|(_, is)| *is).fold(u32::from(first), |facts, (bit, _)| facts | bit))
    }

    fn any(self, bits: u32) -> bool {
        self.0 & bits != 0
    }

    /// As [`char::is_alphabetic`].
    #[inline]
    pub(crate) fn is_alphabetic(self) -> bool {
        self.any(ALPHABETIC)
    }

    /// As [`char::is_numeric`].
    #[inline]
    pub(crate) fn is_numeric(self) -> bool {
        self.any(NUMERIC)
    }

    /// As [`char::is_alphanumeric`].
    #[inline]
    pub(crate) fn is_alphanumeric(self) -> bool {
        self.any(ALPHABETIC | NUMERIC)
    }

    /// As [`char::is_uppercase`].
    #[inline]
    pub(crate) fn is_uppercase(self) -> bool {
        self.any(UPPERCASE)
    }

    /// As [`char::is_whitespace`].
    #[inline]
    pub(crate) fn is_whitespace(self) -> bool {
        self.any(WHITE)
    }

    /// The first character of [`char::to_lowercase`].
    #[inline]
    pub(crate) fn lower(self) -> char {
        char::from_u32(self.0 & LOWER).unwrap_or_default()
    }

    /// Whether the lower case is one character, wherever it stands in a word.
    #[inline]
    pub(crate) fn is_simple(self) -> bool {
        self.any(SIMPLE)
    }
}

/// Puts what [`str::to_lowercase`] returns in place of what is in `lower`, whose room is used again.
pub(crate) fn lowercase_into(text: &str, lower: &mut String) {
    lower.clear();
    if text.is_ascii() {
        lower.push_str(text);
        lower.make_ascii_lowercase();
        return;
    }
    // Most characters beyond ASCII that are met have no capitals, or are none.
    let stays = |c: char| {
        let facts = CharFacts::of(c);
        facts.is_simple() && facts.lower() == c
    };
    if text.chars().all(|c| c.is_ascii() || matches!(c, '\u{4E00}'..='\u{9FFF}') || stays(c)) {
        lower.push_str(text);
        lower.make_ascii_lowercase();
    } else {
        lower.push_str(&text.to_lowercase());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_the_library_does() {
        let mut lower = String::new();
        for c in (0..=0x0010_FFFF).filter_map(char::from_u32) {
            let facts = CharFacts::of(c);
            assert_eq!(facts.is_alphabetic(), c.is_alphabetic(), "{c:?}");
            assert_eq!(facts.is_numeric(), c.is_numeric(), "{c:?}");
            assert_eq!(facts.is_alphanumeric(), c.is_alphanumeric(), "{c:?}");
            assert_eq!(facts.is_uppercase(), c.is_uppercase(), "{c:?}");
            assert_eq!(facts.is_whitespace(), c.is_whitespace(), "{c:?}");
            assert_eq!(Some(facts.lower()), c.to_lowercase().next(), "{c:?}");
            let alone = c.to_string();
            lowercase_into(&alone, &mut lower);
            assert_eq!(lower, alone.to_lowercase(), "{c:?}");
        }
    }

    #[test]
    fn lower_case_is_that_of_the_library() {
        let mut lower = String::new();
        for text in ["", "ABC", "Élan Σ ΟΔΟΣ Σίσυφος", "İstanbul I", "ǅ ǄX ﬀ ẞ", "中国 ABC 한국 ЖЖ", "𐐀𐐁"]
        {
            lowercase_into(text, &mut lower);
            assert_eq!(lower, text.to_lowercase(), "{text}");
        }
    }
}
