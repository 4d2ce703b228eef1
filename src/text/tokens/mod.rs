//! Tokens: the words of a text, folded and hashed in one pass, each with its place in the raw text.
//!
//! A name and a text are cut by the same rules, so names are found by comparing hashes; no folded copy is made and no
//! offset map is needed. Letters and digits form words; Han, kana, Hangul and scripts without spaces are one token per
//! character. A word ends at every apostrophe, so that elision (`l'`), possessives (`'s`) and `O'Brien` are all seen as
//! two tokens with an apostrophe between them: who looks for names decides what that means.

mod plain;

use super::fold::{Class, FoldedChar, PLAIN_CLASSES, fold_char};
use plain::Chunk;

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
    let bytes = text.as_bytes();
    let mut gap = Gap { bits: Gap::OTHER };
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if *byte == b' ' {
            gap.bits |= Gap::SPACE;
            at += 1;
            continue;
        }
        let mut token = if byte.is_ascii_alphanumeric() {
            let chunk = Chunk::read(bytes, at);
            if chunk.is_whole() { Token::short(&chunk, at) } else { Word::start(at).plain(text, at) }
        } else {
            let Some((c, length)) = char_at(text, at) else { break };
            match Token::han(c, at, bytes.get(at + length)) {
                Some(token) => token,
                None => {
                    let fold = read(c);
                    if !fold.class.is_word() {
                        gap.add(fold.class, c, text, at + length);
                        at += length;
                        continue;
                    }
                    Word::start(at).other(fold, text, at + length)
                }
            }
        };
        token.join = gap.join();
        if token.join == Join::Other && gap.bits & Gap::ONE_STOP != 0 && tokens.last().is_some_and(Token::is_initial) {
            token.join = Join::Space;
        }
        at = token.end as usize;
        tokens.push(token);
        gap = Gap { bits: 0 };
    }
}

/// The hash that [`tokenize`] gives to a word. Two pieces of a word that a line end cuts can be hashed one after the
/// other.
#[must_use]
pub fn hash_pieces(pieces: &[&str]) -> u64 {
    hash_words(pieces)
}

/// The same for words of any sort.
#[must_use]
pub fn hash_words<W: AsRef<str>>(words: &[W]) -> u64 {
    let mut hash = Hash::default();
    for piece in words.iter().map(AsRef::as_ref) {
        let mut at = 0;
        loop {
            let chunk = Chunk::read(piece.as_bytes(), at);
            if 0 < chunk.length {
                hash.add_bytes(chunk.small, chunk.length);
                at += chunk.length as usize;
                continue;
            }
            let Some((c, length)) = char_at(piece, at) else { break };
            let fold = read(c);
            if fold.class.is_word() || fold.class == Class::Mark {
                hash.push(fold);
            }
            at += length;
        }
    }
    hash.finish()
}

impl Token {
    /// A plain word of fewer than eight letters.
    #[inline]
    fn short(chunk: &Chunk, at: usize) -> Token {
        Token {
            hash: Hash::of_lane(chunk.small),
            start: offset(at),
            end: offset(at) + chunk.length,
            class: if chunk.upper | chunk.lower == 0 { Class::Digit } else { Class::Latin },
            shape: chunk.shape(),
            join: Join::Other,
            camel: chunk.upper | chunk.digit != 0 && chunk.is_camel(false),
        }
    }

    /// A Han character that no mark can follow, to judge by the byte after it.
    #[inline]
    fn han(c: char, at: usize, next: Option<&u8>) -> Option<Token> {
        // Bytes of ASCII, and those that most Han characters begin with.
        let ends = next.is_none_or(|next| matches!(next, 0..0x80 | 0xE5..=0xE9));
        if !ends || !matches!(c, '\u{4E00}'..='\u{9FFF}') {
            return None;
        }
        let mut hash = Hash::default();
        fold_char(c).for_each(|c| hash.add(c));
        Some(Token {
            hash: hash.finish(),
            start: offset(at),
            end: offset(at + c.len_utf8()),
            class: Class::Han,
            shape: Shape::Uncased,
            join: Join::Other,
            camel: false,
        })
    }

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

/// The hash of a folded word: its UTF-8, eight bytes at a time.
#[derive(Clone, Copy, Default)]
struct Hash {
    hash: u64,
    /// Bytes that are not yet mixed in, the first one lowest.
    lane: u64,
    /// How many they are: fewer than eight.
    n_bytes: u32,
}

impl Hash {
    fn push(&mut self, fold: Folded) {
        match fold.form {
            Form::One(c) => self.add(c),
            Form::Table(fold) => fold.for_each(|c| self.add(c)),
        }
    }

    fn add(&mut self, c: char) {
        if c.is_ascii() {
            return self.add_bytes(u64::from(c), 1);
        }
        let mut utf8 = [0; 4];
        let length = c.encode_utf8(&mut utf8).len();
        self.add_bytes(u64::from(u32::from_le_bytes(utf8)), u32::try_from(length).unwrap_or_default());
    }

    /// The hash of a word of fewer than eight bytes.
    fn of_lane(lane: u64) -> u64 {
        Hash { hash: 0, lane, n_bytes: 0 }.finish()
    }

    /// Adds one to eight bytes; those above must be 0.
    fn add_bytes(&mut self, bytes: u64, length: u32) {
        self.lane |= bytes << (self.n_bytes * 8);
        let total = self.n_bytes + length;
        if total >= 8 {
            self.hash = mix(self.hash, self.lane);
            self.lane = bytes.checked_shr((8 - self.n_bytes) * 8).unwrap_or_default();
        }
        self.n_bytes = total & 7;
    }

    fn finish(self) -> u64 {
        let hash = mix(self.hash, self.lane);
        let hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        hash ^ (hash >> 29)
    }
}

fn mix(hash: u64, lane: u64) -> u64 {
    (hash.rotate_left(26) ^ lane).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn char_at(text: &str, at: usize) -> Option<(char, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if byte < 0x80 {
        return Some((char::from(byte), 1));
    }
    let c = text.get(at..)?.chars().next()?;
    Some((c, c.len_utf8()))
}

/// What the tokeniser needs of a character; ASCII does not ask the table.
fn read(c: char) -> Folded {
    match PLAIN_CLASSES.get(c as usize) {
        Some(class) => Folded { class: *class, upper: c.is_ascii_uppercase(), form: Form::One(c.to_ascii_lowercase()) },
        None => {
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
    hash: Hash,
    start: usize,
    end: usize,
    class: Class,
    /// Capitals; past two it is not exact.
    n_upper: u32,
    /// Small letters; past none it is not exact.
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
            hash: Hash::default(),
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
        self.hash.push(fold);
        self.end = end;
        if fold.class == Class::Mark {
            return;
        }
        if fold.class == Class::Digit {
            self.low = true;
            return;
        }
        if self.class == Class::Digit {
            self.class = fold.class;
        }
        let cased = matches!(fold.class, Class::Latin | Class::Greek | Class::Cyrillic | Class::Letter);
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

    /// Reads a word that starts with a plain letter or digit.
    fn plain(mut self, text: &str, at: usize) -> Token {
        let at = self.ascii(text.as_bytes(), at);
        match text.as_bytes().get(at) {
            Some(b'.') => self.rest(text, at),
            Some(byte) if !byte.is_ascii() => self.rest(text, at),
            _ => (),
        }
        self.token()
    }

    /// Reads a word that starts with any other character.
    fn other(mut self, first: Folded, text: &str, at: usize) -> Token {
        self.push(first, at);
        if first.class.is_single() {
            self.rest_of_single(text, at);
        } else {
            self.rest(text, at);
        }
        self.token()
    }

    /// Reads on to the end of the word.
    fn rest(&mut self, text: &str, at: usize) {
        let mut at = if self.end == at { self.ascii(text.as_bytes(), at) } else { at };
        while let Some((c, length)) = char_at(text, at) {
            let fold = read(c);
            at += length;
            let class = fold.class;
            let same_script = class == self.class || class == Class::Digit || self.class == Class::Digit;
            let goes_on = class == Class::Mark || class.is_word() && !class.is_single() && same_script;
            if goes_on {
                self.push(fold, at);
                at = self.ascii(text.as_bytes(), at);
            } else if class != Class::Dropped {
                break;
            }
        }
        if self.n_upper == 1 && self.n_lower == 0 && self.end - self.start <= 3 {
            self.dotted(text);
        }
    }

    /// Reads on over plain letters and digits, which are nearly all of most texts.
    fn ascii(&mut self, bytes: &[u8], mut at: usize) -> usize {
        if !matches!(self.class, Class::Latin | Class::Digit) {
            return at;
        }
        loop {
            let chunk = Chunk::read(bytes, at);
            if chunk.length == 0 {
                break;
            }
            self.hash.add_bytes(chunk.small, chunk.length);
            if chunk.upper | chunk.digit == 0 {
                self.class = Class::Latin;
                self.n_lower += 1;
                self.low = true;
            } else {
                self.note(&chunk);
            }
            at += chunk.length as usize;
            if chunk.length < 8 {
                break;
            }
        }
        self.end = self.end.max(at);
        at
    }

    /// Notes how a chunk with capitals or digits is written.
    fn note(&mut self, chunk: &Chunk) {
        if let Some(upper) = chunk.starts_upper() {
            self.first_upper |= upper && self.n_upper + self.n_lower == 0;
            self.class = Class::Latin;
        }
        self.camel |= chunk.is_camel(self.low);
        self.n_upper += u32::from(chunk.upper != 0) + u32::from(chunk.upper & chunk.upper.wrapping_sub(1) != 0);
        self.n_lower += u32::from(chunk.lower != 0);
        self.low = chunk.ends_low();
    }

    fn rest_of_single(&mut self, text: &str, mut at: usize) {
        while let Some((c, length)) = char_at(text, at) {
            if matches!(c, '\0'..='\u{A0}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}') {
                break; // no mark, and nearly every character
            }
            let fold = read(c);
            at += length;
            if fold.class == Class::Mark {
                self.push(fold, at);
            } else if fold.class != Class::Dropped {
                break;
            }
        }
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

    fn token(&self) -> Token {
        let shape = match (self.n_upper, self.n_lower) {
            (0, 0) => Shape::Uncased,
            (0, _) => Shape::Lower,
            (1, 0) => Shape::Initial,
            (_, 0) => Shape::Upper,
            (1, _) if self.first_upper => Shape::Capital,
            _ => Shape::Mixed,
        };
        Token {
            hash: self.hash.finish(),
            start: offset(self.start),
            end: offset(self.end),
            class: self.class,
            shape,
            join: Join::Other,
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
        let follows = text.as_bytes().get(next);
        let first = self.bits == 0;
        let quoted_line = c == '>' && self.bits & (Gap::LINE | Gap::OTHER) == Gap::LINE;
        if class == Class::Space {
            self.bits |= Gap::SPACE;
        } else if class == Class::LineEnd {
            if c != '\r' || follows != Some(&b'\n') {
                self.bits |= if self.bits & Gap::LINE == 0 { Gap::LINE } else { Gap::BREAK };
            }
        } else if first && class == Class::Apostrophe {
            self.bits = Gap::APOSTROPHE;
        } else if first && (class == Class::Hyphen || c == '\u{AD}' && matches!(follows, Some(b'\n' | b'\r'))) {
            self.bits = Gap::HYPHEN;
        } else if matches!(class, Class::Dropped | Class::Emphasis | Class::Mark) || quoted_line {
            // As if not there.
        } else if first && c == '.' {
            self.bits = Gap::OTHER | Gap::ONE_STOP;
        } else {
            self.bits = (self.bits | Gap::OTHER) & !Gap::ONE_STOP;
        }
    }

    fn join(&self) -> Join {
        if self.bits == Gap::SPACE {
            return Join::Space;
        }
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
