//! Words of a sentence, each with what the word lists say about it. One pass, no allocation per word.

use super::lexicon::{Entry, Lexicon};
use crate::text::chars::CharFacts;

/// A word, number, Han word or mark of a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// First byte, from the start of the block.
    pub(crate) start: u32,
    /// One past the last byte.
    pub(crate) end: u32,
    /// Hash of the folded word; marks have that of their character.
    pub(crate) hash: u64,
    /// What it is.
    pub(crate) kind: TokenKind,
    /// How it is written.
    pub(crate) case: Case,
    /// What the lists say.
    pub(crate) entry: Entry,
    /// Tokens of the listed phrase that begins here; 1 for a word.
    pub(crate) span: u8,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters.
    Word,
    /// Digits, with separators inside.
    Number,
    /// A Han word of the lists, or one Han character.
    Han,
    /// Anything else, by its character.
    Mark(char),
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// No capital at the start, or no letters.
    Lower,
    /// A capital at the start.
    Capital,
    /// Two capitals or more and nothing else.
    Upper,
}

impl Token {
    /// Whether the token is a word of any script or a number.
    pub(crate) fn is_word(&self) -> bool {
        !matches!(self.kind, TokenKind::Mark(_))
    }

    /// Whether the token is this mark.
    pub(crate) fn is_mark(&self, mark: char) -> bool {
        self.kind == TokenKind::Mark(mark)
    }

    /// The mark's character.
    pub(crate) fn mark(&self) -> Option<char> {
        match self.kind {
            TokenKind::Mark(c) => Some(c),
            TokenKind::Word | TokenKind::Number | TokenKind::Han => None,
        }
    }
}

/// FNV-1a, one character at a time.
#[derive(Clone, Copy)]
pub(crate) struct Fnv(u64);

impl Fnv {
    pub(crate) const fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    pub(crate) fn push(&mut self, c: char) {
        self.0 = (self.0 ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
    }

    fn push_ascii(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    pub(crate) const fn finish(self) -> u64 {
        self.0
    }
}

/// Hash of a word as the tokens carry it.
pub(crate) fn hash_word(word: &str) -> u64 {
    let mut hash = Fnv::new();
    word.chars().for_each(|c| hash.push(fold(c)));
    hash.finish()
}

/// Hash of words in a row.
pub(crate) fn join(first: u64, second: u64) -> u64 {
    (first.rotate_left(23) ^ second).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Lower case, straight apostrophe.
fn fold(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '’' | 'ʼ' | '‘' => '\'',
        _ if c.is_ascii() => c,
        _ => CharFacts::of(c).lower(),
    }
}

/// Cuts a sentence into tokens. `start` is its first byte in the block.
pub(crate) fn read(sentence: &str, start: u32, lexicon: &Lexicon, tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut at = 0;
    let mut push = |at: usize, length: usize, token: Token| {
        let start = start.saturating_add(to_u32(at));
        tokens.push(Token { start, end: start.saturating_add(to_u32(length)), ..token });
    };
    while let Some(rest) = sentence.as_bytes().get(at..)
        && let Some(first) = rest.first()
    {
        if *first == b' ' {
            at += 1;
        } else if first.is_ascii_alphabetic()
            && let Some((length, token)) = plain_word(rest, lexicon)
        {
            push(at, length, token);
            at += length;
        } else {
            let rest = sentence.get(at..).unwrap_or_default();
            let Some(c) = rest.chars().next() else { break };
            if CharFacts::of(c).is_whitespace() {
                at += c.len_utf8();
            } else {
                let (length, token) = next(rest, c, lexicon);
                push(at, length, token);
                at += length;
            }
        }
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The token that `rest` begins with, and its length.
fn next(rest: &str, first: char, lexicon: &Lexicon) -> (usize, Token) {
    if super::is_han(first) {
        return han(rest, first, lexicon);
    }
    let facts = CharFacts::of(first);
    if facts.is_numeric() {
        number(rest)
    } else if facts.is_alphabetic() {
        word(rest, lexicon)
    } else {
        let mut hash = Fnv::new();
        hash.push(first);
        let entry = lexicon.get(hash.finish());
        let token = Token {
            start: 0,
            end: 0,
            hash: hash.finish(),
            kind: TokenKind::Mark(first),
            case: Case::Lower,
            entry,
            span: 1,
        };
        (first.len_utf8(), token)
    }
}

/// A number with its separators: `1,200`, `13.6`, `9 000`.
fn number(rest: &str) -> (usize, Token) {
    let mut length = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let is_digit = |c: char| !super::is_han(c) && CharFacts::of(c).is_numeric();
        let digit_follows = chars.peek().is_some_and(|(_, next)| is_digit(*next));
        let group = matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}' | ' ') && {
            let after = rest.get(at + c.len_utf8()..).unwrap_or_default();
            let digits = after.chars().take_while(char::is_ascii_digit).count();
            digits == 3 && length > 0 && length <= 3
        };
        let inside = is_digit(c) || (digit_follows && matches!(c, '.' | ',' | '\'' | '’')) || group;
        if !inside {
            break;
        }
        length = at + c.len_utf8();
    }
    let mut hash = Fnv::new();
    rest.get(..length).unwrap_or_default().chars().for_each(|c| hash.push(c));
    let token = Token {
        start: 0,
        end: 0,
        hash: hash.finish(),
        kind: TokenKind::Number,
        case: Case::Lower,
        entry: Entry::default(),
        span: 1,
    };
    (length.max(1), token)
}

/// The longest Han word of the lists, or one character.
fn han(rest: &str, first: char, lexicon: &Lexicon) -> (usize, Token) {
    let mut hash = Fnv::new();
    let longest = lexicon.longest_from(first);
    let mut best = (first.len_utf8(), 0, Entry::default());
    for (count, (at, c)) in rest.char_indices().enumerate() {
        if count >= longest.max(1) || !super::is_han(c) {
            break;
        }
        hash.push(c);
        let entry = lexicon.get(hash.finish());
        if count == 0 || entry.listed {
            best = (at + c.len_utf8(), hash.finish(), entry);
        }
    }
    (best.0, Token { start: 0, end: 0, hash: best.1, kind: TokenKind::Han, case: Case::Lower, entry: best.2, span: 1 })
}

/// A word: letters and digits, with inner apostrophes and stops where they belong to it.
fn word(rest: &str, lexicon: &Lexicon) -> (usize, Token) {
    let mut hash = Fnv::new();
    let (mut length, mut letters, mut capitals) = (0, 0u32, 0u32);
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_ascii_alphanumeric() || c == '_' {
            letters += 1;
            capitals += u32::from(c.is_ascii_uppercase());
            hash.push(c.to_ascii_lowercase());
            length = at + 1;
            continue;
        }
        let following = chars.peek().map(|(_, next)| *next);
        let letter_follows =
            || following.is_some_and(|next| !super::is_han(next) && CharFacts::of(next).is_alphanumeric());
        let facts = CharFacts::of(c);
        if (facts.is_alphanumeric() && !super::is_han(c)) || matches!(c, '\u{300}'..='\u{36f}' | '_') {
            letters += 1;
            capitals += u32::from(facts.is_uppercase());
        } else if matches!(c, '\'' | '’' | 'ʼ') && letter_follows() {
            if lexicon.elides() && elided(rest.get(..at).unwrap_or_default()) {
                hash.push('\'');
                length = at + c.len_utf8();
                break;
            }
            let tail = rest.get(at + c.len_utf8()..).unwrap_or_default();
            let lone_s = tail.starts_with(['s', 'S']) && !tail.chars().nth(1).is_some_and(char::is_alphanumeric);
            if lone_s && !lexicon.elides() {
                break;
            }
        } else if c == '.' && letters == 1 && letter_follows() {
            // An acronym with stops: U.S.
            let dotted = dotted_length(rest);
            if dotted > 0 {
                hash = Fnv::new();
                rest.get(..dotted).unwrap_or_default().chars().for_each(|c| hash.push(fold(c)));
                length = dotted;
                letters = 2;
                capitals = if rest.starts_with(char::is_uppercase) { 2 } else { 0 };
                break;
            }
            break;
        } else if c == '-' && letter_follows() && lexicon.is_joined(rest) {
            // Kept whole because the lists know it so.
        } else {
            break;
        }
        hash.push(fold(c));
        length = at + c.len_utf8();
    }
    let case = match (rest.chars().next().is_some_and(char::is_uppercase), capitals == letters && letters > 1) {
        (true, true) => Case::Upper,
        (true, false) => Case::Capital,
        (false, _) => Case::Lower,
    };
    let entry = lexicon.get(hash.finish());
    let length = length.max(rest.chars().next().map_or(1, char::len_utf8));
    (length, Token { start: 0, end: 0, hash: hash.finish(), kind: TokenKind::Word, case, entry, span: 1 })
}

/// A word of ASCII letters and digits that nothing goes on from: nearly all words of an English text.
fn plain_word(rest: &[u8], lexicon: &Lexicon) -> Option<(usize, Token)> {
    let mut hash = Fnv::new();
    let (mut length, mut capitals) = (0, 0usize);
    for byte in rest {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'_' => hash.push_ascii(*byte),
            b'A'..=b'Z' => {
                capitals += 1;
                hash.push_ascii(*byte | 0x20);
            }
            // What may belong to the word.
            b'\'' | b'-' | 0x80.. => return None,
            b'.' if length == 1 => return None,
            _ => break,
        }
        length += 1;
    }
    let case = match (rest.first().is_some_and(u8::is_ascii_uppercase), capitals == length && length > 1) {
        (true, true) => Case::Upper,
        (true, false) => Case::Capital,
        (false, _) => Case::Lower,
    };
    let (hash, kind) = (hash.finish(), TokenKind::Word);
    let token = Token { start: 0, end: 0, hash, kind, case, entry: lexicon.get(hash), span: 1 };
    (0 < length).then_some((length, token))
}

/// Whether the letters before an apostrophe are a French article or particle.
fn elided(before: &str) -> bool {
    let mut buffer = [0u8; 12];
    let mut length = 0;
    for c in before.chars().flat_map(char::to_lowercase) {
        if length + c.len_utf8() > buffer.len() {
            return false;
        }
        if let Some(place) = buffer.get_mut(length..length + c.len_utf8()) {
            c.encode_utf8(place);
        }
        length += c.len_utf8();
    }
    let folded = buffer.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    matches!(
        folded,
        "l" | "d"
            | "j"
            | "m"
            | "t"
            | "s"
            | "n"
            | "c"
            | "qu"
            | "jusqu"
            | "lorsqu"
            | "puisqu"
            | "quoiqu"
            | "presqu"
            | "quelqu"
    )
}

/// The length of `u.s` or `j.c` with its inner stops, without the last one.
fn dotted_length(word: &str) -> usize {
    let mut length = 0;
    let mut chars = word.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !c.is_alphabetic() || chars.peek().is_some_and(|(_, next)| next.is_alphanumeric()) {
            break;
        }
        length = at + c.len_utf8();
        if chars.peek().map(|(_, next)| *next) != Some('.') {
            break;
        }
        chars.next();
    }
    if length > 1 { length } else { 0 }
}
