//! What counts when a quotation is compared with its source: words and punctuation, as a row of folded characters.
//!
//! Kinds of space, quotation marks, brackets, emphasis, hyphens inside words and line ends are folded away; letter case
//! and accents are kept aside, so that a match is found without them and judged with them. What becomes of a character
//! depends on its neighbours only, so any part of a text folds as it does within the whole.

use crate::text::fold::{Class, fold_char};

/// One folded character and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sign {
    /// The folded character.
    pub(super) c: char,
    /// The first byte of the raw character.
    pub(super) at: u32,
    /// One past its last byte.
    pub(super) end: u32,
    /// Whether the raw character is an upper-case letter.
    pub(super) upper: bool,
    /// Whether the raw character bears an accent that folding dropped.
    pub(super) marked: bool,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a folded character is to words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A letter or digit of a script that puts spaces between words.
    Letter,
    /// A character that is a word by itself: Han, kana, Thai.
    Single,
    /// The space between two words.
    Space,
    /// Anything else.
    Punctuation,
}

impl Sign {
    /// Whether it belongs to a word.
    pub(super) fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Letter | Kind::Single)
    }
}

/// Folds a text; `base` is added to every offset.
pub(super) fn fold(text: &str, base: u32) -> Vec<Sign> {
    let mut signs = Vec::with_capacity(text.len());
    fold_each(text, base, |sign| signs.push(sign));
    signs
}

/// Calls `each` with every folded character of a text, in order.
pub(super) fn fold_each(text: &str, base: u32, mut each: impl FnMut(Sign)) {
    let mut state = State { in_word: false, dash: false, last: Kind::Punctuation, gap: false, glue: false };
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let ahead = || text.get(end..).unwrap_or_default();
        let folded = fold_char(c);
        let class = folded.class;
        if matches!(class, Class::Dropped | Class::Emphasis) {
            continue;
        }
        if matches!(class, Class::Space | Class::LineEnd) {
            state.gap = true;
            state.in_word = false;
            continue;
        }
        if !class.is_word() && is_folded_away(class, c, &mut state, ahead()) {
            continue;
        }
        let kind = if matches!(class, Class::Han | Class::Kana | Class::Unspaced) {
            Kind::Single
        } else if class.is_word() || matches!(class, Class::Mark | Class::Apostrophe) {
            Kind::Letter
        } else {
            Kind::Punctuation
        };
        let (start, stop) = (base + to_u32(at), base + to_u32(end));
        if state.gap && !state.glue && state.last == Kind::Letter && kind == Kind::Letter {
            each(Sign { c: ' ', at: start, end: start, upper: false, marked: false, kind: Kind::Space });
        }
        let cased = matches!(class, Class::Latin | Class::Greek | Class::Cyrillic);
        let mut n_folded = 0;
        folded.for_each(|it| {
            let marked = cased && n_folded == 0 && is_marked(c, it, folded.upper, ahead());
            n_folded += 1;
            let c = if it == '。' {
                '.'
            } else if it == '、' {
                ','
            } else {
                it
            };
            each(Sign { c, at: start, end: stop, upper: folded.upper, marked, kind });
        });
        if 0 < n_folded {
            let dash = matches!(c, '—' | '―') || class == Class::Hyphen;
            state =
                State { in_word: class.is_word() || class == Class::Mark, dash, last: kind, gap: false, glue: false };
        }
    }
}

struct State {
    /// Whether the raw character before is part of a word.
    in_word: bool,
    /// Whether a dash was emitted last.
    dash: bool,
    /// What was emitted last.
    last: Kind,
    /// Whether white space came since.
    gap: bool,
    /// Whether the word goes on after that white space: it was cut by a hyphen at a line end.
    glue: bool,
}

/// Whether a mark is nothing to the comparison where it stands.
fn is_folded_away(class: Class, c: char, state: &mut State, ahead: &str) -> bool {
    let opens_word = |text: &str| text.chars().next().is_some_and(|next| fold_char(next).class.is_word());
    if class == Class::Apostrophe {
        return !(state.in_word && opens_word(ahead.trim_start_matches(is_quotation_mark)));
    }
    if class != Class::Hyphen {
        let is_dash = matches!(c, '—' | '―');
        return (is_dash && state.dash) || is_quotation_mark(c) || matches!(c, '[' | ']' | '［' | '］');
    }
    if c == '•' {
        return true;
    }
    if !state.in_word {
        return state.dash;
    }
    if opens_word(ahead) {
        // Between figures it is a dash: 1990-2000.
        return !ahead.starts_with(|next: char| fold_char(next).class == Class::Digit);
    }
    let rest = ahead.trim_start();
    let space = ahead.get(..ahead.len() - rest.len()).unwrap_or_default();
    state.glue = space.contains(['\n', '\r']) && opens_word(rest);
    state.glue
}

/// Whether a character is a quotation mark of any style; apostrophes are left out.
pub(super) fn is_quotation_mark(c: char) -> bool {
    matches!(
        c,
        '“' | '”'
            | '„'
            | '‟'
            | '"'
            | '＂'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '〝'
            | '〞'
            | '〟'
            | '‚'
    )
}

/// Whether folding dropped an accent of a lower-case letter, before or after it was composed.
fn is_marked(raw: char, folded: char, upper: bool, ahead: &str) -> bool {
    let composed = !upper && raw != folded && raw.is_alphabetic() && folded.is_ascii_lowercase() && !raw.is_ascii();
    composed || ahead.starts_with(|next: char| matches!(next, '\u{300}'..='\u{36F}'))
}

fn to_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
