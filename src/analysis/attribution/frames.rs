//! Frames: the places in a sentence that say who says it, found sentence by sentence from word lists and position.

use super::chinese;
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
const LONGEST: usize = 26;
/// Most frames that a sentence keeps.
const MOST: usize = 3;

/// Finds the frames of a sentence, the most telling first.
pub(crate) fn read(reading: &Reading<'_>) -> Vec<Frame> {
    let mut frames = match reading.language {
        Language::Chinese => chinese::read(reading),
        Language::English | Language::French => latin(reading),
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

fn latin(reading: &Reading<'_>) -> Vec<Frame> {
    let tokens = reading.tokens;
    let mut frames = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.entry.is(role::ACCORDING) {
            // The phrase may be of several words, whose parts lost their own meaning.
            let start = at + phrase_length(tokens, at);
            let end = phrase_end(tokens, start);
            frames.push(describe(reading, How::According, start, end));
        } else if token.entry.is(role::WEASEL) && reading.language == Language::English
            || token.entry.is(role::WEASEL) && token.entry.head
        {
            frames.push(describe(reading, How::Weasel, at, at));
        } else if token.entry.is(role::SAYS | role::WEAKLY | role::THINKS)
            && let Some(frame) = speech(reading, at)
        {
            frames.push(frame);
        }
    }
    frames
}

/// The number of words of the listed phrase at `at`: `according to`, `d'après`.
fn phrase_length(tokens: &[Token], at: usize) -> usize {
    let followers = tokens.iter().skip(at + 1).take(3);
    1 + followers
        .take_while(|token| {
            token.is_word() && token.entry.roles == 0 && token.case == Case::Lower && token.entry.listed
        })
        .count()
        .min(1)
        * usize::from(tokens.get(at).is_some_and(|token| token.entry.head))
}

/// The end of a source phrase that begins at `start`.
fn phrase_end(tokens: &[Token], start: usize) -> usize {
    let mut end = start;
    for token in tokens.iter().skip(start).take(LONGEST) {
        if token.mark().is_some_and(|c| ",;:.!?—–«»“”\"()…".contains(c)) {
            break;
        }
        end += 1;
    }
    end
}

/// The frame of the verb of speech at `at`, if it is one here.
fn speech(reading: &Reading<'_>, at: usize) -> Option<Frame> {
    let tokens = reading.tokens;
    let verb = tokens.get(at)?;
    let how = if verb.entry.is(role::THINKS) { How::Thinks } else { How::Says };
    let word = range(verb).of(reading.text).unwrap_or_default();
    let group = group_start(tokens, at);
    let helped =
        group < at && tokens.get(group..at).unwrap_or_default().iter().any(|token| token.entry.is(role::AUXILIARY));
    if negated(tokens, group, at, reading) || is_passive(tokens, at, reading) {
        return None;
    }
    let before = group.checked_sub(1).and_then(|at| tokens.get(at));
    let french = reading.language == Language::French;
    if french && !helped && is_participle(word) {
        return None;
    }
    let unfinished = if french { word.ends_with("ant") } else { word.ends_with("ing") && !helped };
    if unfinished {
        let (start, end) = first_subject(tokens, at);
        return Some(describe(reading, how, start, end));
    }
    let after_mark = before.is_none_or(|before| before.mark().is_some_and(|c| ",—–”»\"?!’“".contains(c)));
    if after_mark {
        return after_pause(reading, how, at, group);
    }
    let before = before?;
    let joined = matches!(range(before).of(reading.text), Some("et" | "and" | "but" | "mais" | "ou" | "or"));
    if joined {
        // An unsourced figure before a sourced remark decides: the sentence is not attributed.
        let figure = tokens.iter().take(group).any(|token| token.kind == TokenKind::Number);
        let (start, end) = first_subject(tokens, at);
        return (!figure && !verb.entry.is(role::WEAKLY)).then(|| describe(reading, how, start, end));
    }
    let start = clause_start(tokens, group);
    if in_concession(tokens, start, at) || start == group {
        return None;
    }
    let opens_relative =
        start.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|token| token.entry.is(role::RELATIVE));
    if opens_relative || tokens.get(start).is_some_and(|token| token.entry.is(role::RELATIVE)) {
        return None;
    }
    let frame = describe(reading, how, start, group);
    let infinitive =
        matches!(range(before).of(reading.text), Some("to" | "de" | "à" | "pour" | "d'" | "d’" | "of" | "for"));
    let bare_noun = before.entry.is(role::DEFINITE | role::INDEFINITE)
        && before.entry.roles & (role::HE | role::IT) == 0
        && !helped;
    if infinitive || bare_noun {
        return None;
    }
    let telling = frame.named || frame.noun != 0 || frame.pronoun != 0;
    if (verb.entry.is(role::WEAKLY) || how == How::Thinks) && !helped && !telling {
        return None;
    }
    let after_s = range(before).of(reading.text).is_some_and(|word| word == "s");
    (!after_s && !is_self(tokens.get(start..group).unwrap_or_default(), reading)).then_some(frame)
}

/// A verb of speech after a pause: inverted after a quotation, or after an apposition.
fn after_pause(reading: &Reading<'_>, how: How, at: usize, group: usize) -> Option<Frame> {
    let tokens = reading.tokens;
    let end = phrase_end(tokens, at + 1);
    let next = tokens.get(at + 1)?;
    let next_is_source = next.case != Case::Lower && !next.entry.cues(CueKind::Date)
        || next.entry.is(role::DEFINITE
            | role::INDEFINITE
            | role::VAGUE
            | role::NOUN
            | role::HE
            | role::THEY
            | role::IT)
        || next.is_mark('-');
    let mut back = group;
    while back > 0 && tokens.get(back - 1).is_some_and(|token| token.mark().is_some_and(|c| ",—– ".contains(c))) {
        back -= 1;
    }
    let after_quote =
        back > 0 && tokens.get(back - 1).is_some_and(|token| token.mark().is_some_and(|c| "”»\"?!’“".contains(c)));
    let ends_soon = tokens.iter().skip(end).filter(|token| token.is_word()).count() <= 14;
    let comma_before =
        (0..group.saturating_sub(1)).rev().find(|at| tokens.get(*at).is_some_and(|token| token.is_mark(',')));
    if next_is_source && (after_quote || (ends_soon && group > 0)) {
        let start = if next.is_mark('-') { at + 2 } else { at + 1 };
        // A speech clause between two commas, or at the end.
        let closed = tokens.get(end).is_none_or(|token| token.mark().is_some());
        if closed && !tokens.get(start..end).unwrap_or_default().iter().any(|token| token.entry.is(role::THAT)) {
            return Some(describe(reading, how, start, end));
        }
    }
    // The subject stands before an apposition: "Ann Moss, the mayor, said".
    let comma = comma_before?;
    let start = clause_start(tokens, comma);
    if in_concession(tokens, start, at) {
        return None;
    }
    let frame = describe(reading, how, start, comma);
    let verb_weak = tokens.get(at).is_some_and(|token| token.entry.is(role::WEAKLY));
    ((frame.named && !verb_weak) || frame.noun != 0 || frame.pronoun != 0).then_some(frame)
}

/// Where the verb group that ends at `at` begins: auxiliaries, adverbs and clitics belong to it.
fn group_start(tokens: &[Token], at: usize) -> usize {
    let mut start = at;
    while start > 0
        && at - start < 6
        && tokens.get(start - 1).is_some_and(|token| {
            token.is_word() && token.entry.is(role::AUXILIARY | role::ADVERB) && token.case == Case::Lower
        })
    {
        start -= 1;
    }
    start
}

/// The start of the clause that ends before `end`.
fn clause_start(tokens: &[Token], end: usize) -> usize {
    let mut start = end;
    while start > 0 && end - start < LONGEST {
        let Some(token) = tokens.get(start - 1) else { break };
        let stops =
            token.mark().is_some_and(|c| ",;:—–«»“”\"()…".contains(c)) || token.entry.is(role::THAT | role::RELATIVE);
        if stops && !(token.entry.is(role::DEFINITE)) {
            break;
        }
        start -= 1;
    }
    while start < end
        && tokens
            .get(start)
            .is_some_and(|token| token.entry.cues(CueKind::Conjunction) && token.entry.roles & role::NOUN == 0)
    {
        start += 1;
    }
    start
}

/// The first words of the sentence up to its first verb: the subject of later clauses.
fn first_subject(tokens: &[Token], limit: usize) -> (usize, usize) {
    let mut end = 0;
    for token in tokens.iter().take(limit.min(12)) {
        if end > 0 && token.entry.is(role::AUXILIARY | role::VERB | role::SAYS | role::THINKS) {
            break;
        }
        if end > 0 && token.is_mark(',') {
            break;
        }
        end += 1;
    }
    (0, end)
}

/// Whether the clause concedes something and the main clause is still to come.
fn in_concession(tokens: &[Token], start: usize, at: usize) -> bool {
    let opens = tokens.get(start.saturating_sub(2)..(start + 1).min(tokens.len())).unwrap_or_default();
    let conceded = start <= 2
        && (opens.iter().any(|token| token.entry.is(role::CONCESSION))
            || tokens.first().is_some_and(|token| token.entry.is(role::CONCESSION)));
    conceded && tokens.iter().skip(at).any(|token| token.is_mark(','))
}

/// Whether the verb group says that nothing was said.
fn negated(tokens: &[Token], group: usize, at: usize, reading: &Reading<'_>) -> bool {
    let from = group.saturating_sub(1);
    tokens.get(from..at).unwrap_or_default().iter().any(|token| {
        let word = range(token).of(reading.text).unwrap_or_default();
        matches!(
            word,
            "not"
                | "n't"
                | "never"
                | "pas"
                | "didn't"
                | "doesn't"
                | "didn’t"
                | "doesn’t"
                | "don't"
                | "don’t"
                | "hasn't"
                | "hasn’t"
                | "won't"
                | "won’t"
        )
    })
}

/// Whether somebody is spoken of rather than speaking: `was said by`, `annoncé par`.
fn is_passive(tokens: &[Token], at: usize, reading: &Reading<'_>) -> bool {
    tokens.get(at + 1).and_then(|token| range(token).of(reading.text)).is_some_and(|word| matches!(word, "by" | "par"))
}

/// Whether a French form needs an auxiliary to be a verb.
fn is_participle(word: &str) -> bool {
    ["é", "ée", "és", "ées", "u", "ue", "us"].iter().any(|end| word.ends_with(end))
}

/// Whether the source is the writer: first person.
fn is_self(tokens: &[Token], reading: &Reading<'_>) -> bool {
    let last = tokens.iter().rev().find(|token| token.is_word());
    let quoted = |token: &Token| reading.segment.quotes.iter().any(|quote| quote.contains(token.start));
    last.is_some_and(|token| {
        (token.entry.cues(CueKind::FirstSingular)
            || token.entry.cues(CueKind::FirstPlural)
            || token.entry.cues(CueKind::Second))
            && !quoted(token)
    })
}

/// A long quotation that nothing introduces: the words before it are the best guess.
fn quote_alone(reading: &Reading<'_>) -> Option<Frame> {
    let quote = reading.segment.quotes.iter().find(|quote| {
        let inside = reading.tokens.iter().filter(|token| token.is_word() && quote.contains(token.start));
        let (words, capitals) = inside.fold((0, 0), |(words, capitals), token| {
            let width = if token.kind == TokenKind::Han { range(token).len() / 3 } else { 2 };
            (words + width, capitals + usize::from(token.case != Case::Lower) * 2)
        });
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
            frame.noun = token.entry.roles & role::NOUN;
        }
        let pronoun = token.entry.roles & (role::HE | role::IT | role::THEY);
        if pronoun != 0 && frame.noun == 0 && !frame.named {
            frame.pronoun = pronoun;
        }
        words += 1;
    }
    if frame.noun != 0 || frame.named {
        frame.pronoun = 0;
    }
    frame
}

pub(super) fn range(token: &Token) -> ByteRange {
    ByteRange { start: token.start, end: token.end }
}
