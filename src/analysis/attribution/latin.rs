//! Frames of English and French sentences: `X said`, `…, a déclaré X`, `according to X`.

use super::frames::{Frame, How, LONGEST, describe, range};
use crate::analysis::claims::cues::CueKind;
use crate::analysis::claims::features::Reading;
use crate::analysis::claims::lexicon::role;
use crate::analysis::claims::tokens::{Case, Token, TokenKind};
use crate::analysis::language::Language;

/// A sentence and its verb of speech.
struct Speech<'a> {
    reading: &'a Reading<'a>,
    tokens: &'a [Token],
    how: How,
    /// The verb.
    at: usize,
    /// The first auxiliary or adverb of its group.
    group: usize,
    /// Whether the group has an auxiliary.
    helped: bool,
    /// Whether the form is also a noun or a verb of something else.
    weak: bool,
}

/// Finds the frames of a sentence.
pub(super) fn read(reading: &Reading<'_>) -> Vec<Frame> {
    let tokens = reading.tokens;
    let mut frames = Vec::new();
    frames.extend(headline(reading));
    let mut said = false;
    for (at, token) in tokens.iter().enumerate() {
        if token.entry.is(role::ACCORDING) {
            let start = at + usize::from(token.span);
            frames.push(describe(reading, How::According, start, phrase_end(tokens, start)));
        } else if token.entry.is(role::WEASEL) && (reading.language == Language::English || token.span > 1) {
            frames.push(describe(reading, How::Weasel, at, at));
        } else if token.entry.is(role::SAYS | role::WEAKLY | role::THINKS) && !is_quoted(reading, token) {
            let frame = speech(reading, at);
            // "He says it wants more": the pronoun stands in what is said.
            let inside = frame.is_some_and(|frame| frame.pronoun != 0) && said;
            frames.extend(frame.filter(|_| !inside));
            said |= is_plain_speech(token);
        }
    }
    frames
}

/// `Moss: We will stay`: a name and a colon at the start of a line.
fn headline(reading: &Reading<'_>) -> Option<Frame> {
    let tokens = reading.tokens;
    let colon = tokens.iter().take(6).position(|token| token.is_mark(':'))?;
    let source = tokens.get(..colon).filter(|source| !source.is_empty())?;
    let names = source.iter().all(|token| token.case != Case::Lower || token.kind != TokenKind::Word);
    let enough = tokens.iter().skip(colon).filter(|token| token.is_word()).count() >= 4;
    let frame = describe(reading, How::Says, 0, colon);
    let note = matches!(
        range(source.last()?).of(reading.text),
        Some("note" | "Note" | "Correction" | "Update" | "Video" | "Photo")
    );
    (!note && reading.segment.opens_line && names && enough && (frame.named || frame.noun != 0)).then_some(frame)
}

/// The frame of the verb of speech at `at`, if it is one here.
fn speech(reading: &Reading<'_>, at: usize) -> Option<Frame> {
    let tokens = reading.tokens;
    let verb = tokens.get(at)?;
    let group = group_start(tokens, at);
    let helpers = tokens.get(group..at).unwrap_or_default();
    let weak = verb.entry.is(role::WEAKLY);
    let speech = Speech {
        reading,
        tokens,
        how: if verb.entry.is(role::THINKS) { How::Thinks } else { How::Says },
        at,
        group,
        helped: helpers.iter().any(|token| token.entry.is(role::AUXILIARY)),
        weak,
    };
    if speech.is_negated() || matches!(speech.word(at + usize::from(verb.span)), "by" | "par") {
        return None;
    }
    if speech.is_passive() {
        return None;
    }
    let word = speech.word(at);
    let french = reading.language == Language::French;
    if french && !speech.helped && is_participle(word) {
        return None;
    }
    let unfinished = if french { word.ends_with("ant") } else { word.ends_with("ing") && !speech.helped };
    if unfinished {
        let (start, end) = first_subject(tokens, at);
        let frame = describe(reading, speech.how, start, end);
        return (!weak && (frame.named || frame.noun != 0 || frame.pronoun != 0)).then_some(frame);
    }
    let before = group.checked_sub(1).and_then(|at| tokens.get(at));
    if before.is_none_or(|before| before.mark().is_some_and(|c| ",—–”»\"?!’“'".contains(c))) {
        return speech.after_pause();
    }
    if matches!(speech.word(group.saturating_sub(1)), "et" | "and" | "but" | "mais" | "ou" | "or") {
        // An unsourced figure before a sourced remark decides: the sentence is not attributed.
        let figure = tokens.iter().take(group).any(|token| token.kind == TokenKind::Number);
        let (start, end) = first_subject(tokens, at);
        return (!figure && !weak).then(|| describe(reading, speech.how, start, end));
    }
    speech.after_subject()
}

impl Speech<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|token| range(token).of(self.reading.text)).unwrap_or_default()
    }

    /// The subject stands directly before the verb: `The mayor said`.
    fn after_subject(&self) -> Option<Frame> {
        let mut end = self.group;
        // A party in brackets: "Rep. Ann Moss (D-Ohio) said".
        if self.tokens.get(end - 1).is_some_and(|token| token.is_mark(')')) {
            end = (0..end).rev().find(|at| self.tokens.get(*at).is_some_and(|token| token.is_mark('(')))?;
        }
        let before = self.tokens.get(end.checked_sub(1)?)?;
        let start = clause_start(self.tokens, end);
        if start == end || in_concession(self.tokens, start, self.at) || self.is_relative(start) {
            return None;
        }
        let last = self.word(end - 1);
        const PREPOSITIONS: &[&str] = &[
            "to", "de", "à", "pour", "d'", "d’", "of", "for", "in", "on", "at", "by", "from", "with", "as", "over",
            "under", "about", "amid", "s", "into", "sur", "dans", "par", "en", "sans", "sous", "'",
        ];
        let article = before.entry.is(role::DEFINITE | role::INDEFINITE | role::VAGUE)
            && !before.entry.is(role::HE | role::IT | role::THEY | role::PEOPLE);
        if PREPOSITIONS.contains(&last) || (article && !self.helped) {
            return None;
        }
        let frame = describe(self.reading, self.how, start, end);
        let telling = frame.named || frame.noun != 0 || frame.pronoun != 0;
        let unsure = self.weak || self.how == How::Thinks;
        let shows = frame.noun & (role::DOCUMENT | role::RELEASE) != 0;
        if unsure && !telling || (self.is_noun(before) && !shows) {
            return None;
        }
        (!self.is_self(start, end)).then_some(frame)
    }

    /// Whether a weak form is a noun here: nothing that could be its subject stands directly before it.
    fn is_noun(&self, before: &Token) -> bool {
        let subject = before.case != Case::Lower
            || before.entry.is(role::NOUN | role::HE | role::IT | role::THEY)
            || before.mark().is_some();
        self.weak && !self.helped && !subject
    }

    /// After a pause: inverted after a quotation, or behind an apposition.
    fn after_pause(&self) -> Option<Frame> {
        let tokens = self.tokens;
        let next = tokens.get(self.at + 1)?;
        let names = next.case != Case::Lower && !next.entry.cues(CueKind::Date);
        let mut back = self.group;
        while back > 0 && tokens.get(back - 1).is_some_and(|token| token.mark().is_some_and(|c| ",—–".contains(c)))
        {
            back -= 1;
        }
        let quote = tokens.get(back.wrapping_sub(1)).and_then(Token::mark).is_some_and(|c| "”»\"?!’“'".contains(c));
        let mut source = role::DEFINITE | role::INDEFINITE | role::VAGUE | role::NOUN;
        if quote {
            source |= role::HE | role::THEY | role::IT;
        }
        let pronoun = next.entry.is(role::HE | role::THEY | role::IT) && !quote;
        let start = if next.is_mark('-') { self.at + 2 } else { self.at + 1 };
        let end = phrase_end(tokens, start);
        let closed = tokens.get(end).is_none_or(|token| token.mark().is_some_and(|c| ",.;!?)—–".contains(c) || quote));
        let ends_soon = tokens.iter().skip(end).filter(|token| token.is_word()).count() <= 14;
        let clause = tokens.get(start..end).unwrap_or_default();
        let relative = clause.iter().position(|token| token.entry.is(role::RELATIVE)).unwrap_or(clause.len());
        let asserts = |token: &Token| token.entry.is(role::VERB) && token.case == Case::Lower;
        let plain = !clause.iter().any(|token| token.entry.is(role::THAT) && !token.entry.is(role::DEFINITE))
            && (quote || !clause.iter().take(relative).any(asserts));
        // "…, said Ann Moss, a carpenter who …": however long the apposition.
        let spoken = names && back < self.group && tokens.get(self.at).is_some_and(is_plain_speech);
        let inverted = (names || (next.entry.is(source) && !pronoun) || next.is_mark('-')) && closed && plain;
        if inverted && (quote || spoken || (ends_soon && self.group > 0)) {
            return (!self.is_self(start, end)).then(|| describe(self.reading, self.how, start, end));
        }
        self.behind_apposition()
    }

    /// The subject stands before an apposition: `Ann Moss, 21, the mayor, said`.
    fn behind_apposition(&self) -> Option<Frame> {
        let pause = |at: &usize| self.tokens.get(*at).and_then(Token::mark).is_some_and(|c| ",—–".contains(c));
        for end in (0..self.group.saturating_sub(1)).rev().filter(pause).take(3) {
            let start = clause_start(self.tokens, end);
            if in_concession(self.tokens, start, self.at) || self.is_relative(start) {
                return None;
            }
            let frame = describe(self.reading, self.how, start, end);
            if (frame.named && !self.weak) || frame.noun != 0 || frame.pronoun != 0 {
                // "The head of the bank, Ann Moss, said": the name may be the apposition.
                let titled = frame.noun & (role::OFFICE | role::PERSON | role::SPOKES) != 0;
                let whole = describe(self.reading, self.how, start, self.group - 1);
                return Some(if titled { whole } else { frame });
            }
        }
        None
    }

    /// Whether the group says that nothing was said.
    fn is_negated(&self) -> bool {
        (self.group.saturating_sub(1)..self.at).any(|at| {
            let word = self.word(at);
            matches!(word, "not" | "never" | "pas" | "jamais") || word.ends_with("n't") || word.ends_with("n’t")
        })
    }

    /// Whether somebody or something is spoken of: `is listed`, `a été annoncé`.
    fn is_passive(&self) -> bool {
        const FORMS: &[&str] =
            &["is", "are", "was", "were", "be", "been", "being", "été", "est", "sont", "étaient", "était"];
        let reflexive = (self.group..self.at).any(|at| matches!(self.word(at), "s'" | "s’" | "se"));
        let form = (self.group..self.at).any(|at| FORMS.contains(&self.word(at)));
        form && !reflexive && !self.word(self.at).ends_with("ing")
    }

    /// Whether the clause belongs to a noun before it: `a firm whose site says`.
    fn is_relative(&self, start: usize) -> bool {
        let relative = |at: Option<usize>| {
            at.and_then(|at| self.tokens.get(at))
                .is_some_and(|token| token.entry.is(role::RELATIVE) && !token.entry.is(role::THAT))
        };
        relative(start.checked_sub(1)) || relative(Some(start))
    }

    /// Whether the source is the writer or the reader: first or second person.
    fn is_self(&self, start: usize, end: usize) -> bool {
        let phrase = self.tokens.get(start..end).unwrap_or_default();
        let person = |token: &Token| {
            let cues = [CueKind::FirstSingular, CueKind::FirstPlural, CueKind::Second];
            cues.iter().any(|cue| token.entry.cues(*cue)) && !token.entry.is(role::DEFINITE)
        };
        phrase.iter().rev().find(|token| token.is_word()).is_some_and(person)
    }
}

/// Whether a token stands inside a quotation.
fn is_quoted(reading: &Reading<'_>, token: &Token) -> bool {
    reading.segment.quotes.iter().any(|quote| quote.start <= token.start && token.end <= quote.end)
}

/// The end of a source phrase that begins at `start`.
fn phrase_end(tokens: &[Token], start: usize) -> usize {
    let rest = tokens.iter().skip(start).take(LONGEST);
    start + rest.take_while(|token| !token.mark().is_some_and(|c| ",;:.!?—–«»“”\"()…".contains(c))).count()
}

/// Where the verb group that ends at `at` begins: auxiliaries, adverbs and clitics belong to it.
fn group_start(tokens: &[Token], at: usize) -> usize {
    let belongs =
        |token: &Token| token.is_word() && token.entry.is(role::AUXILIARY | role::ADVERB) && token.case == Case::Lower;
    let before = tokens.get(at.saturating_sub(6)..at).unwrap_or_default();
    at - before.iter().rev().take_while(|token| belongs(token)).count()
}

/// The start of the clause that ends before `end`.
fn clause_start(tokens: &[Token], end: usize) -> usize {
    let mut start = end;
    while start > 0 && end - start < LONGEST {
        let Some(token) = tokens.get(start - 1) else { break };
        let pause = token.mark().is_some_and(|c| ",;:—–«»“”\"()…".contains(c));
        let verb = token.entry.is(role::VERB) && token.entry.is(role::AUXILIARY) && start < end;
        if pause || verb || token.entry.is(role::THAT | role::RELATIVE) || is_plain_speech(token) {
            break;
        }
        start -= 1;
    }
    let conjunction = |token: &Token| token.entry.cues(CueKind::Conjunction) && !token.entry.is(role::NOUN);
    while start < end && tokens.get(start).is_some_and(conjunction) {
        start += 1;
    }
    start
}

/// The first words of the sentence up to its first verb: the subject of later clauses.
fn first_subject(tokens: &[Token], limit: usize) -> (usize, usize) {
    let verb = role::AUXILIARY | role::VERB | role::SAYS | role::THINKS;
    let ends = |token: &Token| token.entry.is(verb) || token.is_mark(',');
    let rest = tokens.iter().take(limit.min(12)).skip(1);
    (0, (1 + rest.take_while(|token| !ends(token)).count()).min(limit))
}

/// Whether the clause concedes something and the main clause is still to come.
fn in_concession(tokens: &[Token], start: usize, at: usize) -> bool {
    let opens = tokens.get(start.saturating_sub(2)..(start + 1).min(tokens.len())).unwrap_or_default();
    let concedes = |token: &Token| token.entry.is(role::CONCESSION);
    let conceded = start <= 2 && (opens.iter().any(concedes) || tokens.first().is_some_and(concedes));
    conceded && tokens.iter().skip(at).any(|token| token.is_mark(','))
}

/// Whether a word is a verb of speech and nothing else.
fn is_plain_speech(token: &Token) -> bool {
    token.entry.is(role::SAYS)
        && !token.entry.is(role::WEAKLY | role::NOUN | role::AUXILIARY)
        && token.case == Case::Lower
}

/// Whether a French form needs an auxiliary to be a verb.
fn is_participle(word: &str) -> bool {
    ["é", "ée", "és", "ées", "u", "ue", "us"].iter().any(|end| word.ends_with(end))
}
