//! Frames of Chinese sentences: `据…报道`, `…表示`, `…说：“…”`.

use super::frames::{self, Article, Frame, How};
use crate::analysis::claims::cues::CueKind;
use crate::analysis::claims::features::Reading;
use crate::analysis::claims::lexicon::role;
use crate::analysis::claims::tokens::{Token, TokenKind};

/// Longest source phrase, in tokens.
const LONGEST: usize = 24;

/// Finds the frames of a Chinese sentence.
pub(super) fn read(reading: &Reading<'_>) -> Vec<Frame> {
    let tokens = reading.tokens;
    let mut found = Vec::new();
    let mut covered = 0;
    for (at, token) in tokens.iter().enumerate() {
        if at < covered {
            continue;
        }
        if token.entry.is(role::WEASEL) {
            found.push(frames::describe(reading, How::Weasel, at, at));
        } else if token.entry.is(role::ACCORDING) {
            let end = according_end(tokens, at + 1);
            let frame = describe(reading, How::According, at + 1, end);
            if end > at + 1 && (frame.named || frame.noun != 0) {
                found.push(frame);
                covered = end + 1;
            }
        } else if token.entry.is(role::SAYS | role::WEAKLY | role::THINKS) && !in_quote(reading, token) {
            found.extend(speech(reading, at));
        }
    }
    found
}

/// The end of what `据` names.
fn according_end(tokens: &[Token], start: usize) -> usize {
    let mut end = start;
    for token in tokens.iter().skip(start).take(LONGEST) {
        let closes = token.mark().is_some_and(|c| "，。；：！？,;:“".contains(c));
        if closes || (token.entry.is(role::SAYS | role::WEAKLY) && !token.entry.is(role::DOCUMENT) && end > start) {
            break;
        }
        end += 1;
    }
    end
}

/// The frame of a verb of speech.
fn speech(reading: &Reading<'_>, at: usize) -> Option<Frame> {
    let tokens = reading.tokens;
    let verb = tokens.get(at)?;
    let mut group = at;
    while group > 0
        && tokens
            .get(group - 1)
            .is_some_and(|token| token.entry.is(role::AUXILIARY | role::ADVERB) && token.entry.roles & role::NOUN == 0)
    {
        group -= 1;
    }
    let mut start = group;
    while start > 0 && group - start < LONGEST {
        let Some(token) = tokens.get(start - 1) else { break };
        if token.mark().is_some_and(|c| "，。；：！？,;:”“」「\"".contains(c))
            || token.entry.is(role::SAYS) && token.entry.roles & role::DOCUMENT == 0
        {
            break;
        }
        start -= 1;
    }
    let negated = tokens
        .get(group.saturating_sub(1)..at)
        .unwrap_or_default()
        .iter()
        .any(|token| token.entry.cues(CueKind::Negation));
    if negated || tokens.get(start).is_some_and(|token| token.entry.is(role::CONCESSION)) {
        return None;
    }
    let how = if verb.entry.is(role::THINKS) { How::Thinks } else { How::Says };
    if start == group {
        // No subject: the one of the sentence before, if a colon, a comma or a quotation follows.
        let next = tokens.get(at + 1).and_then(Token::mark);
        let introduces = next.is_some_and(|c| "：，:,“「".contains(c)) && !verb.entry.is(role::WEAKLY);
        return introduces.then(|| describe(reading, how, start, group));
    }
    let frame = describe(reading, how, start, group);
    let telling = frame.named || frame.noun != 0 || frame.pronoun != 0;
    let alone = verb.end - verb.start <= 4;
    // A verb of one character is also part of other words: it must say something.
    let followed =
        tokens.get(at + 1).is_none_or(|next| next.is_word() || next.mark().is_some_and(|c| "：，,:“「。".contains(c)));
    let weak = verb.entry.is(role::WEAKLY) && frame.noun & (role::DOCUMENT | role::RELEASE | role::PEOPLE) == 0;
    (telling && followed && !weak && !(alone && group - start > 18)).then_some(frame)
}

/// Describes a Chinese source phrase: a name is a run of characters that no list knows.
fn describe(reading: &Reading<'_>, how: How, start: usize, end: usize) -> Frame {
    let mut frame = frames::describe(reading, how, start, end);
    let phrase = reading.tokens.get(start..end.max(start)).unwrap_or_default();
    let unlisted = phrase.iter().filter(|token| token.kind == TokenKind::Han && !token.entry.listed).count();
    let latin = phrase.iter().any(|token| token.kind == TokenKind::Word);
    let place = phrase.iter().any(|token| token.entry.cues(CueKind::Name) && token.end - token.start > 3);
    let common = matches!(frame.article, Article::Definite | Article::Indefinite | Article::Vague);
    frame.named = latin || (unlisted >= 2 && !(common && frame.noun != 0)) || (place && frame.noun != 0 && !common);
    // The last noun is the head: 专家 in 大学专家, not 大学.
    if let Some(noun) = phrase.iter().rev().map(|token| token.entry.roles & role::NOUN).find(|noun| *noun != 0) {
        frame.noun = noun;
        frames::settle_number(&mut frame);
        frame.pronoun = 0;
    }
    frame
}

fn in_quote(reading: &Reading<'_>, token: &Token) -> bool {
    reading.segment.quotes.iter().any(|quote| quote.start < token.start && token.end < quote.end)
}
