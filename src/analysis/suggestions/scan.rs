//! What one block suggests by itself: forms that mean or sound what a known name does, and names that nobody knows.

use super::book::{Entry, KnownName, Left, NameBook, sounds_of, spread};
use super::candidates::{self, Candidate, Cue};
use super::concepts::{Concept, Sort, Unit, chain, is_silent, lexicon};
use super::sounds;
use crate::analysis::mentions::lexicon as context;
use crate::analysis::mentions::line::Line;
use crate::model::ActorKey;
use crate::text::fold::{Class, fold};
use crate::text::tokens::{Join, Shape, Token};
use crate::text::{ByteRange, distance};
use std::cell::Cell;

/// What one block suggests, before the rest of the text is asked. Offsets are bytes from the start of the block.
#[derive(Clone, Debug, Default)]
pub struct BlockNames {
    /// Forms that may be a known actor's.
    pub(super) guesses: Vec<Guess>,
    /// Names that may be nobody's.
    pub(super) candidates: Vec<Candidate>,
    /// How often countries are named.
    pub(super) countries: Vec<(u64, u32)>,
}

/// Why a form is taken for a known actor's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// Each word means the same.
    Meaning,
    /// The same, but the name's country or town is left out.
    Part,
    /// The first letters.
    Initials,
    /// It sounds the same.
    Sound,
    /// A letter or two differ.
    Spelling,
}

/// What else must be so for a guess to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// Nothing.
    Nothing,
    /// The text names the actor.
    Actor,
    /// The text names the actor, or is about this country.
    ActorOr(u64),
    /// The form recurs, or its bearer speaks.
    Again,
}

/// A form that may be a known actor's.
#[derive(Clone, Debug)]
pub(super) struct Guess {
    pub(super) range: ByteRange,
    pub(super) actor: ActorKey,
    /// The known name that led here.
    pub(super) name: u32,
    pub(super) how: How,
    pub(super) need: Need,
    /// 0…100.
    pub(super) score: u8,
    /// The form, folded and hashed.
    pub(super) form: u64,
}

/// Reads a block, which has these tokens.
pub(crate) fn read_tokens(text: &str, tokens: &[Token], book: &NameBook) -> BlockNames {
    let mut names = BlockNames::default();
    if tokens.is_empty() || is_code(text) {
        return names;
    }
    let mut scan = Scan { text, tokens, book, units: Vec::new(), line: Cell::new(None), names: &mut names };
    scan.read_units();
    scan.windows();
    scan.han_sounds();
    candidates::read(text, tokens, &mut names.candidates);
    let found = std::mem::take(&mut names.candidates);
    for candidate in &found {
        names.guesses.extend(guess(text, tokens, candidate, book));
    }
    names.candidates = found;
    names
}

fn is_code(text: &str) -> bool {
    text.starts_with("```") || text.starts_with("~~~") || text.starts_with("---\n")
}

struct Scan<'a> {
    text: &'a str,
    tokens: &'a [Token],
    book: &'a NameBook,
    /// Units that some known name has a word for; others are `None` and separate.
    units: Vec<Option<Unit>>,
    /// The line that was looked at last.
    line: Cell<Option<Line>>,
    names: &'a mut BlockNames,
}

/// Of about so many words one is a unit.
const TOKENS_TO_A_UNIT: usize = 8;

/// A window never holds more units than this.
const MAX_UNITS: usize = 8;

impl BlockNames {
    /// Whether the block suggests nothing.
    #[must_use]
    pub(in crate::analysis) fn is_empty(&self) -> bool {
        self.guesses.is_empty() && self.candidates.is_empty() && self.countries.is_empty()
    }

    /// Whether a name that may be suggested stands at this byte of the block.
    #[must_use]
    pub fn touches(&self, offset: u32) -> bool {
        let mut ranges = self.guesses.iter().map(|it| it.range).chain(self.candidates.iter().map(|it| it.range));
        ranges.any(|range| range.touches(offset))
    }

    /// The forms of unknown names in the block: what [`super::suggest`]'s `elsewhere` is asked for.
    pub fn forms(&self) -> impl Iterator<Item = u64> + '_ {
        self.candidates.iter().map(|candidate| candidate.form)
    }
}

impl Scan<'_> {
    fn read_units(&mut self) {
        let book = self.book;
        self.units.reserve(self.tokens.len().min(TOKENS_TO_A_UNIT * 64) / TOKENS_TO_A_UNIT);
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            // Most words are neither in the table nor in a name: they only end a row of units.
            let is_han = token.class == Class::Han;
            let may_sound = is_han && book.sounds().may_begin(token.of(self.text));
            if !may_sound && !lexicon().may_know(token) && !book.knows_word(token.hash) {
                if matches!(self.units.last(), Some(Some(_))) && (is_han || !is_silent(self.tokens, at)) {
                    self.units.push(None);
                }
                at += 1;
                continue;
            }
            let Some(unit) = lexicon().unit(self.text, self.tokens, at, Some(book.sounds())) else {
                at += 1;
                continue;
            };
            for concept in unit.concepts.iter().filter(|concept| concept.sort == Sort::Country) {
                match self.names.countries.iter_mut().find(|(id, _)| *id == concept.id) {
                    Some((_, n)) => *n += 1,
                    None => self.names.countries.push((concept.id, 1)),
                }
            }
            at = unit.last + 1;
            let known = book.knows(&unit.concepts);
            if let Some(Some(before)) = self.units.last()
                && (!known || self.parted(before.last, unit.first))
            {
                self.units.push(None);
            }
            if known {
                self.units.push(Some(unit));
            }
        }
    }

    /// Whether something stands between two tokens that no name has inside.
    fn parted(&self, end: usize, first: usize) -> bool {
        let between = self.tokens.get(end + 1..first).unwrap_or_default();
        let next = self.tokens.get(first).into_iter();
        3 < between.len()
            || between.iter().chain(next).any(|token| matches!(token.join, Join::Other | Join::Break))
            || between.iter().any(|token| !super::lists::is_link(token.hash))
    }

    fn windows(&mut self) {
        let units = std::mem::take(&mut self.units);
        let (mut run_units, mut sums): (Vec<&Unit>, Vec<u64>) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < units.len() {
            let run = units.iter().skip(at).take_while(|unit| unit.is_some()).count();
            if run == 0 {
                at += 1;
                continue;
            }
            run_units.clear();
            run_units.extend(units.iter().skip(at).take(run).flatten());
            // What the units mean together, up to each of them.
            sums.clear();
            sums.push(0);
            for unit in &run_units {
                let last = sums.last().copied().unwrap_or(0);
                sums.push(unit.concepts.iter().fold(last, |sum, concept| sum.wrapping_add(spread(concept.id))));
            }
            let meaning = |first: usize, last: usize| Some(sums.get(last + 1)?.wrapping_sub(*sums.get(first)?));
            let mut first = 0;
            while first < run_units.len() {
                let longest = run_units.len().min(first + MAX_UNITS);
                let found = (first..longest).rev().find_map(|last| {
                    let entries = self.book.meaning(meaning(first, last)?);
                    if entries.is_empty() { None } else { self.window(run_units.get(first..=last)?, entries) }
                });
                match found {
                    Some((guess, n)) => {
                        self.names.guesses.push(guess);
                        first += n;
                    }
                    None => first += 1,
                }
            }
            at += run;
        }
    }

    /// What a row of units means; `entries` are the names that mean the same.
    fn window(&self, units: &[&Unit], entries: &[Entry]) -> Option<(Guess, usize)> {
        let mut concepts: Vec<Concept> = Vec::new();
        units.iter().for_each(|unit| concepts.extend(unit.concepts.iter()));
        let best = entries.iter().min_by_key(|entry| entry.left)?;
        let name = self.book.name(best.name)?;
        let rival = entries
            .iter()
            .filter(|entry| entry.left == best.left)
            .any(|entry| self.book.name(entry.name).is_some_and(|other| other.actor != name.actor));
        if rival || name.person && best.left != Left::Nothing {
            return None;
        }
        let (first, last) = (units.first()?.first, units.last()?.last);
        let (start, end) = (self.tokens.get(first)?, self.tokens.get(last)?);
        let han = start.class == Class::Han;
        if concepts.len() < 2 && !self.stands_alone(units, han) {
            return None;
        }
        if !han && !self.is_written_as_name(units, &concepts) || !self.is_whole(first, last, best.left, &concepts) {
            return None;
        }
        let literal = units.iter().filter(|unit| unit.concepts.is_literal()).count();
        let sounds = concepts.iter().any(|concept| concept.sort == Sort::Sound);
        let (how, need, score) = match best.left {
            Left::Nothing if sounds => (How::Sound, Need::Nothing, 80),
            Left::Nothing => (How::Meaning, Need::Nothing, if literal == units.len() { 78 } else { 90 }),
            Left::Office => (How::Meaning, Need::Nothing, 80),
            Left::Country if name.state_head => (How::Part, name.country.map_or(Need::Actor, Need::ActorOr), 62),
            Left::Country => (How::Part, Need::Nothing, 66),
            Left::Place => (How::Part, Need::Actor, 66),
        };
        let range = ByteRange::new(start.start as usize, end.end as usize);
        let form = chain(self.tokens.get(first..=last)?.iter().map(|token| token.hash));
        let guess = Guess { range, actor: name.actor, name: best.name, how, need, score, form };
        Some((guess, units.len()))
    }

    /// One meaning is enough if it is the established name in another script, or takes several words to say.
    fn stands_alone(&self, units: &[&Unit], han: bool) -> bool {
        let [unit] = units else { return false };
        let place = unit.concepts.has(Sort::Country) || unit.concepts.has(Sort::Place);
        if han { unit.concepts.has(Sort::Exonym) } else { unit.first < unit.last && !place }
    }

    /// A name in the Latin script has a capital that is not a sentence's, or is a state's body in lower case.
    fn is_written_as_name(&self, units: &[&Unit], concepts: &[Concept]) -> bool {
        let state = concepts.iter().any(|it| matches!(it.sort, Sort::Country | Sort::Place))
            && concepts.iter().any(|it| it.sort == Sort::StateHead);
        let capitals = units.iter().filter(|unit| {
            let token = self.tokens.get(unit.first);
            token.is_some_and(|token| {
                token.shape.has_capital() && !candidates::opens_sentence(self.text, self.tokens, unit.first)
            })
        });
        // "Chinese government" has a capital for its country only; a noun of the table in lower case needs two marks.
        let own = capitals.filter(|unit| !unit.concepts.has(Sort::Country)).count();
        let lower_nouns = units.iter().filter(|unit| {
            let token = self.tokens.get(unit.first);
            token.is_some_and(|token| token.shape == Shape::Lower) && !unit.concepts.has(Sort::Country)
        });
        let n_lower = lower_nouns.count();
        let (first, last) = (units.first().map_or(0, |unit| unit.first), units.last().map_or(0, |unit| unit.last));
        let inside = self.tokens.get(first..=last).unwrap_or_default();
        let possessed = inside.iter().any(|token| token.join == Join::Apostrophe && token.end - token.start == 1);
        if possessed && 0 < n_lower && !is_french(Some(inside)) {
            // "China's government" is a phrase, "People's Daily" a name.
            return false;
        }
        state || (0 < own && (n_lower <= 1 || n_lower <= 2 * own + 1))
    }

    fn line_at(&self, at: u32) -> Line {
        match self.line.get() {
            Some(line) if line.start <= at && at <= line.end => line,
            _ => {
                let line = Line::around(self.text, self.tokens, at);
                self.line.set(Some(line));
                line
            }
        }
    }

    /// Whether the words beside do not belong to the name.
    fn is_whole(&self, first: usize, last: usize, left: Left, concepts: &[Concept]) -> bool {
        let Some(start) = self.tokens.get(first) else { return false };
        let after = self.tokens.get(last + 1);
        let before = first.checked_sub(1).and_then(|at| self.tokens.get(at));
        if start.class == Class::Han {
            return self.is_whole_han(first, last, left);
        }
        let line = self.line_at(start.start);
        if left != Left::Nothing && line.is_title {
            // In a headline nobody can tell where a name begins.
            return false;
        }
        let has_country = concepts.iter().any(|concept| concept.sort == Sort::Country);
        let beside = |token: &Token| matches!(token.join, Join::Space | Join::LineEnd);
        let ordinary = |token: &Token| {
            use crate::analysis::gazetteer::words;
            words::is_function(token.hash) || words::is_calendar(token.hash) || context::is_title(token.hash)
        };
        let is_name = |token: &Token| {
            token.shape.has_capital()
                && token.class == start.class
                && !ordinary(token)
                && !line.is_title
                && !line.is_caps
        };
        if let Some(after) = after {
            let legal = context::is_legal_form(after.hash);
            let goes_on = beside(after) && !legal && is_name(after) && start.join != Join::Break;
            let french_noun =
                beside(after) && after.shape == Shape::Capital && is_french(self.tokens.get(first..=last));
            if goes_on && !french_noun || after.join == Join::Hyphen && after.shape.has_capital() {
                return false;
            }
        }
        if let Some(before) = before
            && beside(start)
            && is_name(before)
            && !candidates::opens_sentence(self.text, self.tokens, first - 1)
            && start.shape.has_capital()
            && !lexicon().is_head(before.hash)
        {
            return false;
        }
        if left == Left::Nothing || has_country {
            return true;
        }
        // A country right before or after a form without one makes it that country's.
        let mut around = [before.filter(|_| beside(start)), after.filter(|token| beside(token))].into_iter().flatten();
        let of_place = (last + 1..last + 4)
            .map_while(|at| self.tokens.get(at).filter(|token| !matches!(token.join, Join::Other | Join::Break)))
            .find(|token| !crate::analysis::gazetteer::words::is_function(token.hash));
        let direct = around.any(|token| lexicon().is_place(token.hash) || context::is_nation(token.hash));
        !direct && !of_place.is_some_and(|token| lexicon().is_place(token.hash) && self.is_tied(last, token.start))
    }

    /// "… of Japan": only small words stand between.
    fn is_tied(&self, last: usize, start: u32) -> bool {
        let from = self.tokens.partition_point(|token| token.start < start);
        let between = self.tokens.get(last + 1..from).unwrap_or_default();
        between.iter().all(|token| {
            let word = fold(token.of(self.text));
            matches!(
                word.as_str(),
                "of" | "de" | "du" | "d" | "des" | "la" | "l" | "le" | "les" | "the" | "in" | "en" | "s"
            )
        })
    }

    fn is_whole_han(&self, first: usize, last: usize, left: Left) -> bool {
        let sounds = Some(self.book.sounds());
        let glued = |at: usize| {
            self.tokens.get(at).is_some_and(|token| token.class == Class::Han && token.join == Join::Nothing)
        };
        if glued(last + 1)
            && let Some(unit) = lexicon().unit(self.text, self.tokens, last + 1, sounds)
            && unit.concepts.has(Sort::Body)
            && unit.first < unit.last
        {
            // A body's name goes on: 中国日报 | 集团.
            return false;
        }
        if left != Left::Nothing && glued(first) {
            // A country before a form without one.
            let start = first.saturating_sub(2);
            let before = (start..first).find_map(|at| lexicon().unit(self.text, self.tokens, at, sounds));
            return !before.is_some_and(|unit| unit.last + 1 == first && !unit.concepts.is_literal());
        }
        true
    }

    /// Han names that sound like a known name: 拼多多 and Pinduoduo.
    fn han_sounds(&mut self) {
        if !self.book.has_pinyin() {
            return;
        }
        let mut at = 0;
        while at < self.tokens.len() {
            let sounds = |token: &Token| {
                let first = token.of(self.text).chars().next();
                token.class == Class::Han && first.is_some_and(|first| self.book.may_sound(first))
            };
            let lengths: &[usize] = if self.tokens.get(at).is_some_and(sounds) { &[4, 3, 2] } else { &[] };
            let found = lengths.iter().find_map(|n| self.sounding(at, *n).map(|guess| (guess, *n)));
            match found {
                Some((guess, n)) => {
                    self.names.guesses.push(guess);
                    at += n;
                }
                None => at += 1,
            }
        }
    }

    fn sounding(&self, at: usize, n: usize) -> Option<Guess> {
        let row = self.tokens.get(at..at + n)?;
        let first = row.first()?;
        let is_run = row.iter().skip(1).all(|token| token.class == Class::Han && token.join == Join::Nothing);
        if first.class != Class::Han || !is_run {
            return None;
        }
        let range = ByteRange::new(first.start as usize, row.last()?.end as usize);
        let han = range.of(self.text)?;
        let places = self.book.sounding(han);
        let name = self.book.name(*places.first()?)?;
        if places.iter().any(|place| self.book.name(*place).is_some_and(|other| other.actor != name.actor)) {
            return None;
        }
        if name.person && !super::han::is_surname(han) {
            return None;
        }
        let (need, score) = if 3 <= n { (Need::Nothing, 82) } else { (Need::Again, 64) };
        let form = chain(row.iter().map(|token| token.hash));
        let place = *places.first()?;
        Some(Guess { range, actor: name.actor, name: place, how: How::Sound, need, score, form })
    }
}

/// French puts what belongs to a name behind it in lower case; a capital there begins something else.
fn is_french(tokens: Option<&[Token]>) -> bool {
    tokens.is_some_and(|tokens| tokens.iter().any(|token| super::lists::is_french_link(token.hash)))
}

/// Guesses by spelling, sound and initials at a name that stands in the text.
fn guess(text: &str, tokens: &[Token], candidate: &Candidate, book: &NameBook) -> Option<Guess> {
    let range = candidate.range;
    let make = |place: u32, how: How, need: Need, score: u8| {
        let name = book.name(place)?;
        let form = candidate.form;
        Some(Guess { range, actor: name.actor, name: place, how, need, score, form })
    };
    if candidate.cues.any(Cue::HAN) {
        return None;
    }
    if candidate.cues.any(Cue::ACRONYM) {
        let places = book.with_initials(&fold(range.of(text)?).replace('.', ""));
        let first = only(places, book)?;
        let defined = candidate.cues.any(Cue::BRACKET);
        return make(first, How::Initials, Need::Actor, if defined { 92 } else { 74 });
    }
    let first = tokens.partition_point(|token| token.start < range.start);
    let own = tokens.get(first..).unwrap_or_default();
    let own = own.get(..own.partition_point(|token| token.end <= range.end)).unwrap_or_default();
    if let [acronym, tail] = own
        && acronym.shape == Shape::Upper
        && super::lists::is_media_tail(tail.hash)
    {
        let first = only(book.with_initials(&fold(acronym.of(text))), book)?;
        return make(first, How::Initials, Need::Nothing, 68);
    }
    let words = own.iter().filter(|token| !crate::analysis::gazetteer::words::is_function(token.hash));
    let words: Vec<String> = words.map(|token| sounds::folded(token.of(text))).collect();
    let foreign = own.iter().any(|token| matches!(token.class, Class::Cyrillic | Class::Greek));
    let (place, how, score) = alike(&words, foreign, book)?;
    let known = book.name(place)?;
    let need = if words.len() == 1 && !known.canonical { Need::Actor } else { Need::Nothing };
    make(place, how, need, score)
}

/// The one name among these, if all are one actor's.
fn only(places: &[u32], book: &NameBook) -> Option<u32> {
    let first = *places.first()?;
    let actor = book.name(first)?.actor;
    places.iter().all(|place| book.name(*place).is_some_and(|name| name.actor == actor)).then_some(first)
}

/// The known name that a form is a spelling of.
/// `foreign` forms are written in another script.
fn alike(words: &[String], foreign: bool, book: &NameBook) -> Option<(u32, How, u8)> {
    if !foreign && book.is_spelt(words) {
        return None;
    }
    let sounds = sounds_of(words);
    let places = book.alike(words, sounds);
    if places.is_empty() {
        return None;
    }
    let (n_letters, whole) = (words.join(" ").chars().count(), words.concat());
    let may_slip: Vec<bool> = words.iter().map(|word| may_slip(word)).collect();
    let mut found: Vec<(u32, How, u8)> = Vec::new();
    for place in places {
        let Some(name) = book.name(place) else { continue };
        let same_sound = 1 < words.len() && sounds == name.sounds;
        let limit = if 12 <= n_letters && !name.person { 2 } else { usize::from(5 <= n_letters) };
        let pinyin = name.pinyin.as_deref() == Some(whole.as_str());
        if pinyin || same_sound {
            found.push((place, How::Sound, if pinyin { 82 } else { 80 }));
        } else if is_slip(words, &may_slip, name, limit) {
            found.push((place, How::Spelling, if 1 < words.len() { 70 } else { 58 }));
        }
    }
    found.sort_by_key(|(place, how, score)| (std::cmp::Reverse(*score), *how, *place));
    let (place, how, score) = *found.first()?;
    let actor = book.name(place)?.actor;
    let rival = found.iter().any(|(other, _, _)| book.name(*other).is_some_and(|name| name.actor != actor));
    (!rival).then_some((place, how, score))
}

fn has_digit(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit())
}

/// Whether a word of a name may be a slip of another: no given name, no word of the language, no number.
fn may_slip(word: &str) -> bool {
    use crate::analysis::gazetteer::words::is_common;
    use crate::text::tokens::hash_pieces;
    let hash = hash_pieces(&[word]);
    !context::is_given_name(hash) && !is_common(hash) && lexicon().word(hash).is_none() && !has_digit(word)
}

/// Whether the name has the same words but one, and that one may be a slip: at most `limit` letters differ.
fn is_slip(words: &[String], may_slip: &[bool], name: &KnownName, limit: usize) -> bool {
    let mut others = name.spelt.split(' ');
    let mut differing = None;
    for (at, word) in words.iter().enumerate() {
        let Some(other) = others.next() else { return false };
        if word != other && differing.replace((at, word, other)).is_some() {
            return false;
        }
    }
    let Some((at, own, other)) = differing else { return false };
    if others.next().is_some() || name.person && words.len() == 1 || may_slip.get(at) != Some(&true) {
        return false;
    }
    let least = if words.len() == 1 { 6 } else { 4 };
    let is_short = |word: &str| word.chars().count() < least;
    let is_plural = words.len() == 1 && own.strip_suffix('s') == Some(other);
    !(is_short(own) || is_short(other) || is_plural || has_digit(other))
        && distance::within(own, other, limit).is_some()
}
