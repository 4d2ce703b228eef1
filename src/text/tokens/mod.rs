//! Tokens: the words of a text, folded and hashed in one pass, each with its place in the raw text.
//!
//! A name and a text are cut by the same rules, so names are found by comparing hashes; no folded copy is made and no
//! offset map is needed. Letters and digits form words; Han, kana, Hangul and scripts without spaces are one token per
//! character. A word ends at every apostrophe, so that elision (`l'`), possessives (`'s`) and `O'Brien` are all seen as
//! two tokens with an apostrophe between them: who looks for names decides what that means.

use super::fold::{Class, FoldedChar, fold_char};

/// A word, or one character of a script without spaces.
///
/// Invariant: `start < end`, both on character boundaries; dropped characters (zero-width) are never at an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Hash of the folded word.
    pub hash: u64,
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte in the text; the full stops of `U.S.` are inside.
    pub end: u32,
    /// The script of the first letter; [`Class::Digit`] only where there is no letter at the start.
    pub class: Class,
    /// How the word is written.
    pub shape: Shape,
    /// What stands between this token and the one before.
    pub join: Join,
    /// Whether a capital follows a lower-case letter or digit inside the word: `PeupleLa`, `WeChat`.
    pub camel: bool,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// No letter with case: 人, 24.
    Uncased,
    /// lower
    Lower,
    /// Capital
    Capital,
    /// One capital letter.
    Initial,
    /// CAPITALS, at least two.
    Upper,
    /// WeChat, miHoYo.
    Mixed,
}

impl Shape {
    /// Whether the word has a capital letter.
    #[must_use]
    pub fn has_capital(self) -> bool {
        self >= Shape::Capital
    }

    /// Whether all letters are capitals.
    #[must_use]
    pub fn is_caps(self) -> bool {
        matches!(self, Shape::Initial | Shape::Upper)
    }
}

/// What stands between two tokens. Markdown emphasis and dropped characters do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Join {
    /// Nothing: another script, the next Han character, or `_` and `*` inside a word.
    Nothing,
    /// White space within the line; also the full stop and space after an initial.
    Space,
    /// One line end.
    LineEnd,
    /// A hyphen, without space around it.
    Hyphen,
    /// A hyphen at the end of a line.
    HyphenLineEnd,
    /// One apostrophe.
    Apostrophe,
    /// Any other punctuation; also what stands before the first token.
    Other,
    /// An empty line.
    Break,
}

/// Cuts a text into tokens.
#[must_use]
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
    tokenize_into(text, &mut tokens);
    tokens
}

/// Cuts a text into tokens, in a buffer that is cleared first.
pub fn tokenize_into(text: &str, tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut gap = Gap { bits: Gap::OTHER };
    let mut at = 0;
    while let Some((c, length)) = char_at(text, at) {
        let fold = read(c);
        if !fold.class.is_word() {
            gap.add(fold.class, c, text, at + length);
            at += length;
            continue;
        }
        let mut word = Word::start(at);
        word.push(fold, at + length);
        at = if fold.class.is_single() { word.rest_of_single(text, at + length) } else { word.rest(text, at + length) };
        let mut join = gap.join();
        if join == Join::Other && gap.bits & Gap::ONE_STOP != 0 && tokens.last().is_some_and(Token::is_initial) {
            join = Join::Space;
        }
        tokens.push(word.token(join));
        gap = Gap { bits: 0 };
    }
}

/// The hash that [`tokenize`] gives to a word. Two pieces of a word that a line end cuts can be hashed one after the
/// other.
#[must_use]
pub fn hash_pieces(pieces: &[&str]) -> u64 {
    let mut hash = 0;
    for c in pieces.iter().flat_map(|piece| piece.chars()) {
        let fold = fold_char(c);
        if fold.class.is_word() || fold.class == Class::Mark {
            fold.for_each(|c| hash = mix(hash, c));
        }
    }
    finish(hash)
}

impl Token {
    /// Whether the token is one capital letter.
    #[must_use]
    pub fn is_initial(&self) -> bool {
        self.shape == Shape::Initial
    }

    /// The raw word.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

fn mix(hash: u64, c: char) -> u64 {
    (hash.rotate_left(5) ^ u64::from(c)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^ (hash >> 29)
}

fn char_at(text: &str, at: usize) -> Option<(char, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if byte < 0x80 {
        return Some((char::from(byte), 1));
    }
    let c = text.get(at..)?.chars().next()?;
    Some((c, c.len_utf8()))
}

/// What the tokeniser needs of a character; plain letters do not ask the table.
fn read(c: char) -> Folded {
    match c {
        'a'..='z' => Folded { class: Class::Latin, upper: false, form: Form::One(c) },
        'A'..='Z' => Folded { class: Class::Latin, upper: true, form: Form::One(c.to_ascii_lowercase()) },
        '0'..='9' => Folded { class: Class::Digit, upper: false, form: Form::One(c) },
        ' ' => Folded { class: Class::Space, upper: false, form: Form::One(c) },
        _ => {
            let fold = fold_char(c);
            Folded { class: fold.class, upper: fold.upper, form: Form::Table(fold) }
        }
    }
}

#[derive(Clone, Copy)]
struct Folded {
    class: Class,
    upper: bool,
    form: Form,
}

#[derive(Clone, Copy)]
enum Form {
    One(char),
    Table(FoldedChar),
}

/// A word that is being read.
struct Word {
    hash: u64,
    start: usize,
    end: usize,
    class: Class,
    n_upper: u32,
    n_lower: u32,
    first_upper: bool,
    /// The last character was a lower-case letter or a digit.
    low: bool,
    camel: bool,
    dotted: bool,
}

impl Word {
    fn start(at: usize) -> Word {
        Word {
            hash: 0,
            start: at,
            end: at,
            class: Class::Digit,
            n_upper: 0,
            n_lower: 0,
            first_upper: false,
            low: false,
            camel: false,
            dotted: false,
        }
    }

    fn push(&mut self, fold: Folded, end: usize) {
        match fold.form {
            Form::One(c) => self.hash = mix(self.hash, c),
            Form::Table(fold) => fold.for_each(|c| self.hash = mix(self.hash, c)),
        }
        self.end = end;
        match fold.class {
            Class::Mark => (),
            Class::Digit => self.low = true,
            class => {
                if self.class == Class::Digit {
                    self.class = class;
                }
                let cased = matches!(class, Class::Latin | Class::Greek | Class::Cyrillic | Class::Letter);
                if fold.upper {
                    self.first_upper |= self.n_upper + self.n_lower == 0;
                    self.n_upper += 1;
                    self.camel |= self.low;
                    self.low = false;
                } else if cased {
                    self.n_lower += 1;
                    self.low = true;
                }
            }
        }
    }

    /// Reads on to the end of the word; returns where to go on.
    fn rest(&mut self, text: &str, mut at: usize) -> usize {
        while let Some((c, length)) = char_at(text, at) {
            let fold = read(c);
            at += length;
            match fold.class {
                Class::Dropped => continue,
                Class::Mark => self.push(fold, at),
                class if !class.is_word() || class.is_single() => break,
                class if class != self.class && class != Class::Digit && self.class != Class::Digit => break,
                _ => self.push(fold, at),
            }
        }
        if self.n_upper == 1 && self.n_lower == 0 && self.end - self.start <= 3 {
            self.dotted(text);
        }
        self.end
    }

    fn rest_of_single(&mut self, text: &str, mut at: usize) -> usize {
        while let Some((c, length)) = char_at(text, at) {
            let fold = read(c);
            at += length;
            match fold.class {
                Class::Dropped => continue,
                Class::Mark => self.push(fold, at),
                _ => break,
            }
        }
        self.end
    }

    /// `U.S.`: single capitals with full stops between them are one word, with the last full stop.
    fn dotted(&mut self, text: &str) {
        let stop_at = |at: usize| text.as_bytes().get(at) == Some(&b'.');
        while stop_at(self.end) {
            let Some((c, length)) = char_at(text, self.end + 1) else { break };
            let fold = read(c);
            let end = self.end + 1 + length;
            let alone = char_at(text, end).is_none_or(|(next, _)| !read(next).class.is_word());
            if !fold.upper || !alone {
                break;
            }
            self.push(fold, end);
            self.dotted = true;
        }
        if self.dotted && stop_at(self.end) {
            self.end += 1;
        }
    }

    fn token(&self, join: Join) -> Token {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let shape = match (self.n_upper, self.n_lower) {
            (0, 0) => Shape::Uncased,
            (0, _) => Shape::Lower,
            (1, 0) => Shape::Initial,
            (_, 0) => Shape::Upper,
            (1, _) if self.first_upper => Shape::Capital,
            _ => Shape::Mixed,
        };
        Token {
            hash: finish(self.hash),
            start: offset(self.start),
            end: offset(self.end),
            class: self.class,
            shape,
            join,
            camel: self.camel,
        }
    }
}

/// What was seen since the last token.
struct Gap {
    bits: u8,
}

impl Gap {
    const SPACE: u8 = 1;
    const LINE: u8 = 2;
    const BREAK: u8 = 4;
    const APOSTROPHE: u8 = 8;
    const HYPHEN: u8 = 16;
    const OTHER: u8 = 32;
    /// One full stop, and nothing before it.
    const ONE_STOP: u8 = 64;

    fn add(&mut self, class: Class, c: char, text: &str, next: usize) {
        let line_follows = || matches!(text.as_bytes().get(next), Some(b'\n' | b'\r'));
        match class {
            Class::Space => self.bits |= Gap::SPACE,
            Class::LineEnd if c == '\r' && line_follows() && text.as_bytes().get(next) == Some(&b'\n') => (),
            Class::LineEnd => self.bits |= if self.bits & Gap::LINE == 0 { Gap::LINE } else { Gap::BREAK },
            Class::Apostrophe if self.bits == 0 => self.bits = Gap::APOSTROPHE,
            Class::Hyphen if self.bits == 0 => self.bits = Gap::HYPHEN,
            Class::Dropped if c == '\u{AD}' && self.bits == 0 && line_follows() => self.bits = Gap::HYPHEN,
            Class::Dropped | Class::Emphasis => (),
            Class::Mark => (),
            _ if c == '>' && self.bits & (Gap::LINE | Gap::OTHER) == Gap::LINE => (),
            _ if c == '.' && self.bits == 0 => self.bits = Gap::OTHER | Gap::ONE_STOP,
            _ => self.bits = (self.bits | Gap::OTHER) & !Gap::ONE_STOP,
        }
    }

    fn join(&self) -> Join {
        let space = self.bits & (Gap::SPACE | Gap::LINE);
        if self.bits & Gap::BREAK != 0 {
            Join::Break
        } else if self.bits & Gap::OTHER != 0 {
            Join::Other
        } else if self.bits & Gap::APOSTROPHE != 0 {
            if space == 0 { Join::Apostrophe } else { Join::Other }
        } else if self.bits & Gap::HYPHEN != 0 {
            match space {
                0 => Join::Hyphen,
                Gap::SPACE => Join::Other,
                _ => Join::HyphenLineEnd,
            }
        } else if space & Gap::LINE != 0 {
            Join::LineEnd
        } else if space != 0 {
            Join::Space
        } else {
            Join::Nothing
        }
    }
}

#[cfg(test)]
mod tests;
