//! Which cues fire in a sentence, and on which words.

use std::sync::Arc;

use memchr::{memchr, memchr2};

use super::cues::{CueKind, N_CUES};
use super::forms;
use super::lexicon::{Entry, Lexicon, role};
use super::score::{self, Heads};
use super::tokens::{self, Case, Token, TokenKind};
use crate::analysis::language::Language;
use crate::text::ByteRange;
use crate::text::sentences::Segment;

/// Words that weigh by themselves, together.
pub(crate) struct Wording {
    /// The strongest of them; empty ranges where there are fewer. Bytes from the block's start.
    pub(crate) words: [ByteRange; 3],
    /// What they add.
    pub(crate) heads: Heads,
}

/// Everything that the scores are made of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Features {
    /// Cues that fired and weigh something for the worthy head, strongest first, without the starting point.
    pub(crate) reasons: Arc<[Reason]>,
    /// The sum of all cues.
    pub(crate) sum: Heads,
    /// Bits of the cues that fired.
    pub(crate) cues: u64,
    /// Words, or what corresponds to them in a script without spaces.
    pub(crate) words: u16,
}

/// A cue that fired and what it weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reason {
    /// Which.
    pub(crate) cue: CueKind,
    /// What it adds to the worthy head.
    pub(crate) weight: i32,
    /// The first words that made it fire, bytes from the start of the sentence; empty where there are fewer.
    pub(crate) words: [ByteRange; 3],
}

impl Features {
    /// Whether a cue fired.
    pub(crate) fn has(&self, cue: CueKind) -> bool {
        self.cues & cue.bit() != 0
    }

    /// Whether one of the cues fired.
    pub(crate) fn has_any(&self, cues: &[CueKind]) -> bool {
        cues.iter().any(|cue| self.has(*cue))
    }
}

/// A sentence with its words.
pub(crate) struct Reading<'a> {
    /// The block.
    pub(crate) text: &'a str,
    /// The sentence.
    pub(crate) segment: &'a Segment,
    /// Its language.
    pub(crate) language: Language,
    /// Its words.
    pub(crate) tokens: &'a [Token],
}

/// Collects the words that fired each cue.
pub(super) struct Collector {
    words: [[ByteRange; 3]; N_CUES],
    counts: [u8; N_CUES],
    /// Bits of the cues that fired.
    fired: u64,
}

impl Collector {
    pub(super) fn add(&mut self, cue: CueKind, range: ByteRange) {
        let index = cue.index();
        self.fired |= cue.bit();
        if let (Some(count), Some(words)) = (self.counts.get_mut(index), self.words.get_mut(index)) {
            if let Some(place) = words.get_mut(usize::from(*count)) {
                *place = range;
            }
            *count = count.saturating_add(1);
        }
    }

    pub(super) fn count(&self, cue: CueKind) -> u8 {
        self.counts.get(cue.index()).copied().unwrap_or(0)
    }

    pub(super) fn set(&mut self, cue: CueKind, fires: bool) {
        if fires {
            self.add(cue, ByteRange::default());
        }
    }
}

/// Joins listed phrases: the first word gets what the lists say about the whole.
pub(crate) fn join_phrases(tokens: &mut [Token], lexicon: &Lexicon) {
    for at in 0..tokens.len() {
        let Some(first) = tokens.get(at).filter(|token| token.entry.head).copied() else { continue };
        let mut hash = first.hash;
        for step in 1..4 {
            let Some(next) = tokens.get(at + step).filter(|token| token.is_word()) else { break };
            hash = tokens::join(hash, next.hash);
            let entry = lexicon.get(hash);
            // "Found that" is still a verb of speech: what is only a stance takes nothing away.
            let replaces = entry.roles & !role::STANCE != 0;
            if entry.listed {
                if let Some(token) = tokens.get_mut(at) {
                    token.entry = Entry {
                        cues: token.entry.cues | entry.cues,
                        roles: if replaces { entry.roles } else { token.entry.roles | entry.roles },
                        ..token.entry
                    };
                }
                if replaces {
                    if let Some(token) = tokens.get_mut(at) {
                        token.span = u8::try_from(step + 1).unwrap_or(1);
                    }
                    for follower in tokens.iter_mut().skip(at + 1).take(step) {
                        follower.entry.roles = 0;
                    }
                }
            }
        }
    }
}

/// Finds the cues of a sentence and adds up their weights. `reasons` is room to collect them in.
pub(crate) fn read(reading: &Reading<'_>, reasons: &mut Vec<Reason>) -> Features {
    let mut collector = Collector { words: [[ByteRange::default(); 3]; N_CUES], counts: [0; N_CUES], fired: 0 };
    let words = collect_words(reading, &mut collector);
    collect_marks(reading, &mut collector);
    collect_length(words, &mut collector);
    // Other languages have no words that would tell.
    let voiceless = reading.language != Language::Other && collector.fired & VOICE == 0;
    let few = CueKind::NoStop.bit() | CueKind::VeryShort.bit();
    collector.set(CueKind::Plain, voiceless && collector.fired & few == 0);
    let table = score::table(reading.language);
    let weigh = |cue, heads| if voiceless { table.without_voice(cue, heads) } else { heads };
    let mut sum = table.start;
    let start = reading.segment.range.start;
    reasons.clear();
    let mut add = |cue, words: [ByteRange; 3], heads: Heads| {
        sum = sum.plus(heads);
        if heads.worthy != 0 {
            let from_start = |range: ByteRange| match range.is_empty() {
                true => ByteRange::default(),
                false => ByteRange { start: range.start - start, end: range.end - start },
            };
            reasons.push(Reason { cue, weight: heads.worthy, words: words.map(from_start) });
        }
    };
    // What a plain statement adds depends on the document.
    let mut fired = collector.fired & !CueKind::Plain.bit();
    while fired != 0 {
        let cue = CueKind::at(fired.trailing_zeros() as usize);
        fired &= fired - 1;
        if let Some(cue) = cue {
            let words = collector.words.get(cue.index()).copied().unwrap_or_default();
            add(cue, words, weigh(cue, table.of(cue)));
        }
    }
    if let Some(wording) = score::wording(reading.tokens, reading.language) {
        add(CueKind::Wording, wording.words, weigh(CueKind::Wording, wording.heads));
    }
    reasons.sort_by_key(|reason| -reason.weight.abs());
    Features { words, sum, cues: collector.fired, reasons: reasons.as_slice().into() }
}

/// Cues of somebody's voice: who speaks, or is spoken to.
const VOICE: u64 = CueKind::FirstSingular.bit()
    | CueKind::FirstPlural.bit()
    | CueKind::Second.bit()
    | CueKind::StartsWithI.bit()
    | CueKind::Pleasantry.bit()
    | CueKind::Question.bit()
    | CueKind::Exclamation.bit()
    | CueKind::Imperative.bit();

/// Cues that stand in words; returns the number of words.
fn collect_words(reading: &Reading<'_>, collector: &mut Collector) -> u16 {
    let tokens = reading.tokens;
    let shouting = is_shouting(tokens);
    let mut place = 0usize;
    let mut han = 0usize;
    for (at, token) in tokens.iter().enumerate() {
        let range = ByteRange { start: token.start, end: token.end };
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        if !token.is_word() {
            if matches!(token.kind, TokenKind::Mark('%' | '％' | '‰')) {
                collector.add(CueKind::Percentage, range);
            } else if matches!(token.kind, TokenKind::Mark('$' | '€' | '£' | '¥' | '￥')) {
                collector.add(CueKind::Amount, range);
            }
            continue;
        }
        if token.kind == TokenKind::Number {
            collector.add(CueKind::Number, range);
            collector.set(CueKind::Year, is_year(range.of(reading.text)));
        }
        let mut cues = token.entry.cues & !(CueKind::Question.bit());
        if place > 0 {
            cues &= !(CueKind::Conjunction.bit() | CueKind::Pointing.bit() | CueKind::Imperative.bit());
        }
        if place > 2 {
            cues &= !CueKind::Pleasantry.bit();
        }
        if token.kind == TokenKind::Han {
            han += range.len() / 3;
            cues &= forms::lone_han(token, before, tokens.get(at + 1));
        }
        while cues != 0 {
            let bit = cues.trailing_zeros();
            cues &= cues - 1;
            if let Some(cue) = CueKind::at(bit as usize) {
                collector.add(cue, range);
            }
        }
        forms::collect(reading, at, collector);
        if token.kind == TokenKind::Word {
            let listed_date = token.entry.cues(CueKind::Date);
            let capital = token.case != Case::Lower && !shouting && !listed_date && range.len() > 1;
            let inner =
                place > 0 && !before.is_some_and(|before| before.mark().is_some_and(|c| ".!?:“\"«".contains(c)));
            if capital && (inner || reading.language == Language::Chinese) {
                collector.add(CueKind::Name, range);
            }
            if token.case == Case::Upper && !shouting && range.len() <= 7 {
                collector.add(CueKind::Acronym, range);
            }
        }
        place += 1;
    }
    if reading.language == Language::Chinese {
        forms::collect_chinese(reading, collector);
    }
    collector.set(CueKind::Names, collector.count(CueKind::Name) >= 3);
    let numbers = collector.count(CueKind::Number).saturating_add(collector.count(CueKind::NumberWord) / 2);
    collector.set(CueKind::Numbers, numbers >= 2);
    let others = place.saturating_sub(tokens.iter().filter(|token| token.kind == TokenKind::Han).count());
    u16::try_from(others + han * 5 / 8).unwrap_or(u16::MAX)
}

/// Cues that stand in marks.
fn collect_marks(reading: &Reading<'_>, collector: &mut Collector) {
    let sentence = reading.segment.range.of(reading.text).unwrap_or_default();
    let bare = sentence.trim_end_matches(|c: char| c.is_whitespace() || "”’»\"')]」』）“*_".contains(c));
    let particle = reading.language == Language::Chinese && bare.trim_end_matches('。').ends_with(['吗', '嗎', '呢']);
    collector.set(CueKind::Question, bare.ends_with(['?', '？']) || particle);
    collector.set(CueKind::Exclamation, bare.ends_with(['!', '！']));
    collector.set(CueKind::NoStop, !bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟']));
    let bytes = sentence.as_bytes();
    let has_other = |mark: char| !sentence.is_ascii() && sentence.contains(mark);
    collector.set(CueKind::Bracket, memchr2(b'(', b'[', bytes).is_some() || has_other('（'));
    collector.set(CueKind::Quotation, !reading.segment.quotes.is_empty());
    collector.set(CueKind::Colon, memchr(b':', bytes).is_some() || has_other('：'));
}

/// Cues that stand in the length.
fn collect_length(words: u16, collector: &mut Collector) {
    collector.set(CueKind::VeryShort, words < 6);
    collector.set(CueKind::Short, (6..14).contains(&words));
    collector.set(CueKind::Long, (14..30).contains(&words));
    collector.set(CueKind::VeryLong, words >= 30);
}

/// Whether the sentence is set in capitals, so that they tell nothing.
fn is_shouting(tokens: &[Token]) -> bool {
    let words = tokens.iter().filter(|token| token.kind == TokenKind::Word);
    let upper = words.clone().filter(|token| token.case == Case::Upper).count();
    upper > 3 && upper * 5 > words.count() * 3
}

/// Whether a number is a year.
pub(super) fn is_year(number: Option<&str>) -> bool {
    number
        .is_some_and(|number| number.len() == 4 && number.parse::<u16>().is_ok_and(|year| (1700..2100).contains(&year)))
}
