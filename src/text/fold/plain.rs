//! ASCII, which is most of many texts: folded without asking the table.

use super::{Class, FoldedChar, Form};

/// The class of each ASCII character, as the table of folding has it.
#[expect(clippy::indexing_slicing, reason = "worked out by the compiler, which would refuse a bad index")]
pub(in crate::text) const CLASSES: [Class; 128] = {
    let mut classes = [Class::Punctuation; 128];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        classes[at] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Latin,
            b'0'..=b'9' => Class::Digit,
            b' ' | b'\t' => Class::Space,
            b'\n' | b'\r' | 0x0B | 0x0C => Class::LineEnd,
            b'\'' | b'`' => Class::Apostrophe,
            b'-' => Class::Hyphen,
            b'*' | b'_' => Class::Emphasis,
            _ => Class::Punctuation,
        };
        at += 1;
    }
    classes
};

/// An ASCII character.
#[derive(Clone, Copy)]
pub(super) struct Plain {
    c: char,
    class: Class,
}

impl Plain {
    /// `None` for characters beyond ASCII.
    #[inline]
    pub(super) fn of(c: char) -> Option<Plain> {
        CLASSES.get(c as usize).map(|class| Plain { c, class: *class })
    }

    /// Whether it is white space or a line end.
    #[inline]
    pub(super) fn is_space(self) -> bool {
        matches!(self.class, Class::Space | Class::LineEnd)
    }

    /// The one character that it folds to.
    #[inline]
    pub(super) fn small(self) -> char {
        if self.is_space() {
            ' '
        } else if self.class == Class::Apostrophe {
            '\''
        } else {
            self.c.to_ascii_lowercase()
        }
    }

    #[inline]
    pub(super) fn folded(self) -> FoldedChar {
        FoldedChar { class: self.class, upper: self.c.is_ascii_uppercase(), form: Form::One(self.small()) }
    }
}
