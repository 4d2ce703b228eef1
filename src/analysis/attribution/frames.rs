//! Frames: the places in a sentence that say who says it, found sentence by sentence from word lists and position.

use super::{chinese, latin};
use crate::analysis::claims::cues::CueKind;
use crate::analysis::claims::features::Reading;
use crate::analysis::claims::lexicon::role;
use crate::analysis::claims::tokens::{Case, Token, TokenKind};
use crate::analysis::language::Language;
use crate::text::ByteRange;

/// A place that says who says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// By which means.
    pub(crate) how: How,
    /// The words that name the source; may be empty. Bytes from the start of the block.
    pub(crate) source: ByteRange,
    /// What sort of source the noun says it is: bits of [`role::NOUN`].
    pub(crate) noun: u32,
    /// Which pronoun the source is: [`role::HE`], [`role::IT`], [`role::THEY`] or none.
    pub(crate) pronoun: u32,
    /// How it is introduced.
    pub(crate) article: Article,
    /// Whether a name stands in it that no list knows.
    pub(crate) named: bool,
}

/// By which means a sentence says who says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// `according to`, `selon`, `据`.
    According,
    /// A verb of speech.
    Says,
    /// A verb of opinion.
    Thinks,
    /// `reportedly`, `on estime`, `据说`: by nobody.
    Weasel,
    /// Nothing but quotation marks.
    Quote,
}

/// How a noun is introduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Article {
    /// By nothing.
    None,
    /// `the`, `le`, `该`.
    Definite,
    /// `a`, `un`, `一名`.
    Indefinite,
    /// `some`, `des`, `一些`.
    Vague,
}

/// Longest source phrase, in words.
pub(super) const LONGEST: usize = 26;
/// Most frames that a sentence keeps.
const MOST: usize = 3;

/// Finds the frames of a sentence, the most telling first.
pub(crate) fn read(reading: &Reading<'_>) -> Vec<Frame> {
    let mut frames = match reading.language {
        Language::Chinese => chinese::read(reading),
        Language::English | Language::French => latin::read(reading),
        Language::Other => Vec::new(),
    };
    if frames.is_empty()
        && let Some(frame) = quote_alone(reading)
    {
        frames.push(frame);
    }
    // "According to" governs the whole sentence; what merely hints comes last.
    frames.sort_by_key(|frame| match frame.how {
        How::According => 0,
        How::Says | How::Thinks | How::Quote => 1,
        How::Weasel => 2,
    });
    frames.truncate(MOST);
    frames
}

/// A long quotation that nothing introduces: the words before it are the best guess.
fn quote_alone(reading: &Reading<'_>) -> Option<Frame> {
    if reading.segment.quotes.is_empty() {
        return None;
    }
    // Sums up to each token, because quotations may stand in one another.
    let mut sums = vec![(0, 0)];
    let mut sum = (0, 0);
    for token in reading.tokens {
        if token.is_word() {
            let width = if token.kind == TokenKind::Han { range(token).len() / 3 } else { 2 };
            sum = (sum.0 + width, sum.1 + usize::from(token.case != Case::Lower) * 2);
        }
        sums.push(sum);
    }
    let before = |byte: u32| {
        let n_tokens = reading.tokens.partition_point(|token| token.start < byte);
        sums.get(n_tokens).copied().unwrap_or(sum)
    };
    let quote = reading.segment.quotes.iter().find(|quote| {
        let (from, to) = (before(quote.start), before(quote.end));
        let (words, capitals) = (to.0.saturating_sub(from.0), to.1.saturating_sub(from.1));
        words >= 10 && capitals * 2 < words
    })?;
    let end = reading.tokens.iter().take_while(|token| token.start < quote.start).count();
    Some(describe(reading, How::Quote, 0, end))
}

/// Describes the source phrase between two tokens.
pub(super) fn describe(reading: &Reading<'_>, how: How, start: usize, end: usize) -> Frame {
    let phrase = reading.tokens.get(start..end.max(start)).unwrap_or_default();
    let source = match (phrase.first(), phrase.last()) {
        (Some(first), Some(last)) => ByteRange { start: first.start, end: last.end },
        _ => ByteRange::default(),
    };
    let mut frame = Frame { how, source, noun: 0, pronoun: 0, article: Article::None, named: false };
    let mut words = 0;
    for (at, token) in phrase.iter().enumerate() {
        if !token.is_word() {
            continue;
        }
        let first_of_sentence = start + at == 0;
        let capital =
            token.case != Case::Lower && !token.entry.is(role::NATIONALITY) && !token.entry.cues(CueKind::Date);
        frame.named |= capital && (!token.entry.listed || (!first_of_sentence && words > 0));
        if frame.article == Article::None && frame.noun == 0 {
            frame.article = match () {
                () if token.entry.is(role::VAGUE) => Article::Vague,
                () if token.entry.is(role::INDEFINITE) => Article::Indefinite,
                () if token.entry.is(role::DEFINITE) && token.entry.roles & (role::HE | role::IT) == 0 => {
                    Article::Definite
                }
                () => Article::None,
            };
        }
        if frame.noun == 0 {
            let name_part = capital && !first_of_sentence && reading.language == Language::English;
            let nouns =
                if name_part { role::NOUN & !(role::PEOPLE | role::DOCUMENT | role::RELEASE) } else { role::NOUN };
            frame.noun = token.entry.roles & nouns;
        }
        let pronoun = token.entry.roles & (role::HE | role::IT | role::THEY);
        if pronoun != 0 && frame.noun == 0 && !frame.named {
            frame.pronoun = pronoun;
        }
        words += 1;
    }
    settle_number(&mut frame);
    if frame.noun != 0 || frame.named {
        frame.pronoun = 0;
    }
    frame
}

/// A noun without number, as in Chinese, is one person behind "one", and many elsewhere.
pub(super) fn settle_number(frame: &mut Frame) {
    let both = role::PEOPLE | role::PERSON;
    if frame.noun & both == both {
        frame.noun &= if frame.article == Article::Indefinite { !role::PEOPLE } else { !role::PERSON };
    }
}

pub(super) fn range(token: &Token) -> ByteRange {
    ByteRange { start: token.start, end: token.end }
}
