//! From the text of a block to its hits: everything that the block alone can say.

use super::super::gazetteer::{FormKind, Gazetteer, NameView, Node, Strength, nations, words};
use super::context::{self, Context};
use super::find::{self, Arc};
use super::line::Line;
use super::{Hit, MentionKind, Reading, edges, lexicon, verify};
use crate::text::ByteRange;
use crate::text::fold::{Class, fold};
use crate::text::tokens::{Join, Shape, Token, tokenize, tokenize_into};
use std::cell::Cell;

/// Names that more actors share than this are not told apart one by one: the others are no candidates.
const MAX_CANDIDATES: usize = 64;
/// Family names and abbreviations that follow from names and that more actors share than this are a crowd: whoever of
/// them the document names in full comes in when it is settled.
const MAX_DERIVED: usize = 4;
/// Tokens that room is kept for between two blocks.
const MAX_KEPT: usize = 1 << 16;

/// Finds the places in a block, which has these tokens.
pub(in crate::analysis) fn scan_tokens(text: &str, tokens: &[Token], gazetteer: &Gazetteer) -> Vec<Hit> {
    let mut scanner =
        Scanner { text, tokens, gazetteer, line: None, person_end: 0, scratch: Vec::new(), hits: Vec::new() };
    find::walk(text, tokens, gazetteer, |arcs, node| scanner.found(arcs, node));
    merged(scanner.hits)
}

/// Reads the tokens of a block and lends them out.
pub(in crate::analysis) fn with_tokens<T>(text: &str, read: impl FnOnce(&[Token]) -> T) -> T {
    thread_local! {
        /// Room for the tokens of a block, kept for the next one.
        static TOKENS: Cell<Vec<Token>> = const { Cell::new(Vec::new()) };
    }
    let mut tokens = TOKENS.take();
    tokenize_into(text, &mut tokens);
    let found = read(&tokens);
    if tokens.capacity() <= MAX_KEPT {
        TOKENS.set(tokens);
    }
    found
}

struct Scanner<'a> {
    text: &'a str,
    tokens: &'a [Token],
    gazetteer: &'a Gazetteer,
    line: Option<Line>,
    /// Where the last full name of a person ends.
    person_end: u32,
    scratch: Vec<Token>,
    hits: Vec<Hit>,
}

impl Scanner<'_> {
    fn found(&mut self, arcs: &[Arc], node: &Node) {
        let (Some(first), Some(last)) = (arcs.first(), arcs.last()) else { return };
        if !edges::are_borders(self.text, self.tokens, arcs) {
            return;
        }
        let line = self.line_at(first.start);
        let handle = edges::handle(self.text, first.start, last.end);
        // Nobody minds letter case in handles.
        let line = if handle.is_some() { Line { block_is_lower: true, ..line } } else { line };
        let mut around: Option<Context> = None;
        let mut stands_alone: Option<bool> = None;
        let mut spelled: Option<(NameView<'_>, bool)> = None;
        let (mut n_derived, n_hits) = (0, self.hits.len());
        for name in self.gazetteer.names_at(node).take(MAX_CANDIDATES) {
            if name.is_derived() && last.end <= self.person_end {
                break; // the family name within the full one says nothing new, and whatever follows is derived too
            }
            let known = spelled.filter(|(other, _)| other.is_alike(&name)).map(|(_, spells)| spells);
            let spells = known.unwrap_or_else(|| verify::spells(&name, arcs, self.text, &line, &mut self.scratch));
            spelled = Some((name, spells));
            if !spells {
                continue;
            }
            n_derived += usize::from(name.is_derived());
            if n_derived > MAX_DERIVED {
                if let Some(hit) = self.hits.get_mut(n_hits..).and_then(<[Hit]>::last_mut) {
                    hit.crowd = node.key;
                }
                break;
            }
            if handle.is_none() && name.kind == FormKind::Handle {
                continue;
            }
            if let Some((start, exact)) = handle {
                if exact && name.strength == Strength::Strong && !name.is_common() {
                    self.push(&name, ByteRange { start, end: last.end }, Context::default(), false);
                }
                continue;
            }
            if !*stands_alone.get_or_insert_with(|| self.stands_alone(arcs)) {
                return;
            }
            let Some(range) = self.range(&name, arcs) else { return };
            let context = *around.get_or_insert_with(|| context::read(self.text, self.tokens, arcs, &line));
            if context.any(Context::GLUED) && !self.may_be_glued(&name, arcs) {
                continue;
            }
            if name.is_person() && name.strength == Strength::Strong && !context.any(Context::GLUED) {
                self.person_end = self.person_end.max(last.end);
            }
            let may_be_foreign = name.strength == Strength::Weak
                || name.strength == Strength::Homograph && !name.is_listed()
                || self.is_institution_of_a_country(&name, arcs);
            let foreign = may_be_foreign && !name.is_person() && self.is_foreign(&name, arcs)
                || context.any(Context::LEFT_NAME) && self.is_tail_of_another(&name, arcs);
            self.push(&name, range, context, foreign);
        }
    }

    fn line_at(&mut self, at: u32) -> Line {
        match self.line {
            Some(line) if line.start <= at && at <= line.end => line,
            _ => *self.line.insert(Line::around(self.text, self.tokens, at)),
        }
    }

    /// Whether the place lies neither in an address nor in another Han word.
    fn stands_alone(&self, arcs: &[Arc]) -> bool {
        let (Some(first), Some(last)) = (arcs.first(), arcs.last()) else { return false };
        !edges::is_in_address(self.text, first.start, last.end) && edges::is_han_word(self.text, first.start, last.end)
    }

    /// The place of the name with its legal form and article.
    fn range(&self, name: &NameView<'_>, arcs: &[Arc]) -> Option<ByteRange> {
        let (first, last) = (arcs.first()?, arcs.last()?);
        let (mut start, mut end) = (first.start, last.end);
        if edges::takes_full_stop(name.text, self.text, end) {
            end += 1;
        }
        if !name.is_person() && !last.glued_right {
            end = edges::with_legal_form(self.text, self.tokens, arcs, end);
        }
        if name.is_outlet() && name.strength == Strength::Strong {
            start = self.with_article(first).unwrap_or(start);
        }
        Some(ByteRange { start, end })
    }

    /// "told The Washington Post": a capital within the sentence makes the article part of the name.
    fn with_article(&self, first: &Arc) -> Option<u32> {
        let at = first.first.checked_sub(1)?;
        let article = self.tokens.get(at)?;
        let fits = article.of(self.text) == "The" && first.join == Join::Space && article.join == Join::Space;
        fits.then_some(article.start)
    }

    /// Glued text is split beside a complete strong name of some length, unless what follows makes it a product.
    fn may_be_glued(&self, name: &NameView<'_>, arcs: &[Arc]) -> bool {
        let (Some(first), Some(last)) = (arcs.first(), arcs.last()) else { return false };
        let length: u32 = arcs.iter().map(|arc| arc.end - arc.start).sum();
        if name.strength != Strength::Strong || name.is_common() || (arcs.len() == 1 && length < 6) {
            return false;
        }
        let part = |from: u32, to: u32| self.text.get(from as usize..to as usize).unwrap_or_default();
        let word = |at: usize| self.tokens.get(at).map_or((0, 0), |token| (token.start, token.end));
        let right = tokenize(part(last.end, word(last.last).1));
        let left = part(word(first.first).0, first.start);
        let product = last.glued_right && right.first().is_some_and(|token| lexicon::is_product(token.hash));
        // On the left the cut must not make a name out of the end of a brand: YouTube, DeepMind.
        let digits = left.ends_with(|c: char| c.is_ascii_digit());
        let left_ok = !first.glued_left
            || arcs.len() > 1
            || last.glued_right
            || digits
            || left.len() >= 5
            || self.is_name(left)
            || tokenize(left).first().is_some_and(|token| words::is_function(token.hash));
        !product && left_ok
    }

    fn is_name(&self, text: &str) -> bool {
        !self.gazetteer.named(text).is_empty()
    }

    /// Massachusetts Institute of Technology is not the Institute of Technology.
    fn is_tail_of_another(&self, name: &NameView<'_>, arcs: &[Arc]) -> bool {
        let Some(first) = arcs.first().filter(|_| 2 < arcs.len() && !name.is_person()) else { return false };
        let head = self.tokens.get(first.first).is_some_and(|token| lexicon::is_institution_head(token.hash));
        let left = first.first.checked_sub(1).and_then(|at| self.tokens.get(at));
        head && left.is_some_and(|token| {
            let stem: String = fold(token.of(self.text)).chars().take(4).collect();
            !self.gazetteer.has_word_like(name.actor, &stem)
        })
    }

    /// Whether every country has one, and the record says of which country this one is.
    fn is_institution_of_a_country(&self, name: &NameView<'_>, arcs: &[Arc]) -> bool {
        let own = arcs.first().zip(arcs.last()).and_then(|(first, last)| self.tokens.get(first.first..=last.last));
        let is_han = own.and_then(<[Token]>::first).is_some_and(|token| token.class == Class::Han);
        let is_one = match is_han {
            true => name.text.ends_with(['部', '院', '军', '厅', '署']),
            false => own.unwrap_or_default().iter().any(|token| lexicon::is_state_organ(token.hash)),
        };
        is_one && !name.is_person() && !self.gazetteer.countries(name.actor).is_empty()
    }

    /// Whether the words beside an institution's short name make it another country's: French Foreign Ministry,
    /// Communist Party of Vietnam, ministère de l'Éducation nationale, 法国教育部.
    fn is_foreign(&self, name: &NameView<'_>, arcs: &[Arc]) -> bool {
        let (Some(first), Some(last)) = (arcs.first(), arcs.last()) else { return false };
        let own = |word: &str| {
            let stem: String = fold(word).chars().take(4).collect();
            match stem.chars().count() {
                4 => self.gazetteer.has_word_like(name.actor, &stem),
                _ => self.gazetteer.is_of_country(name.actor, &stem),
            }
        };
        let before = self.text.get(..first.start as usize).unwrap_or_default();
        if self.tokens.get(first.first).is_some_and(|token| token.class == Class::Han) {
            let near = before.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
            let folded = fold(before.get(near..).unwrap_or_default());
            let nation = lexicon::HAN_NATIONS.iter().find(|nation| folded.ends_with(*nation));
            return nation.is_some_and(|nation| !self.gazetteer.has_word_like(name.actor, nation));
        }
        let beside = matches!(first.join, Join::Space | Join::LineEnd);
        let left = first.first.checked_sub(1).and_then(|at| Some((at, self.tokens.get(at)?)));
        let left = match left {
            // Pakistan's Foreign Ministry.
            Some((at, mark)) if mark.join == Join::Apostrophe => at.checked_sub(1).and_then(|at| self.tokens.get(at)),
            other => other.map(|(_, token)| token),
        };
        let nation_left = left.filter(|token| beside && lexicon::is_nation(token.hash) && token.shape.has_capital());
        if nation_left.is_some_and(|token| !own(token.of(self.text))) {
            return true;
        }
        let Some(after) = self.tokens.get(last.last + 1).filter(|token| token.join == Join::Space) else {
            return false;
        };
        if lexicon::is_nation(after.hash) {
            return !own(after.of(self.text));
        }
        // "of Vietnam", "de la Défense": the institution of something else.
        let of = matches!(after.of(self.text), "of" | "de" | "du" | "des");
        let next = self.tokens.get(last.last + 2).filter(|token| token.join == Join::Space);
        let next =
            if next.is_some_and(|token| words::is_article(token.hash)) { self.tokens.get(last.last + 3) } else { next };
        let only_nations = name.strength == Strength::Strong;
        let is_nation = |token: &Token| lexicon::is_nation(token.hash) || !nations::places(token.hash).is_empty();
        of && next.filter(|token| !only_nations || is_nation(token)).is_some_and(|token| {
            matches!(token.shape, Shape::Capital | Shape::Upper)
                && token.join == Join::Space
                && !own(token.of(self.text))
        })
    }

    fn push(&mut self, name: &NameView<'_>, range: ByteRange, context: Context, foreign: bool) {
        let reading = Reading::new(name, foreign);
        if let Some(last) = self.hits.last_mut().filter(|last| last.range == range && last.context == context) {
            last.strong |= name.strength == Strength::Strong;
            last.kind = last.kind.min(kind_of(name.kind, self.text, range));
            return last.add(reading);
        }
        self.hits.push(Hit {
            range,
            candidates: vec![name.actor],
            kind: kind_of(name.kind, self.text, range),
            strong: name.strength == Strength::Strong,
            readings: vec![reading],
            crowd: 0,
            context,
        });
    }
}

fn kind_of(kind: FormKind, text: &str, range: ByteRange) -> MentionKind {
    let sigil = range.of(text).is_some_and(|words| words.starts_with(['@', '#', '＠', '＃']));
    match kind {
        _ if sigil => MentionKind::Handle,
        FormKind::Full => MentionKind::Full,
        FormKind::Alias => MentionKind::Alias,
        FormKind::Surname => MentionKind::Surname,
        FormKind::Handle => MentionKind::Handle,
    }
}

/// One hit a place, with all its readings; by start, longer ones first.
fn merged(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|hit| (hit.range.start, u32::MAX - hit.range.end, hit.candidates.first().copied()));
    let mut out: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        match out.last_mut().filter(|last| last.range == hit.range) {
            Some(last) => merge(last, hit),
            None => out.push(hit),
        }
    }
    out
}

fn merge(into: &mut Hit, hit: Hit) {
    hit.readings.into_iter().for_each(|reading| into.add(reading));
    into.strong |= hit.strong;
    into.crowd = into.crowd.max(hit.crowd);
    into.kind = into.kind.min(hit.kind);
}

impl Hit {
    /// Adds what the form is for one more actor; the stronger of two readings counts.
    fn add(&mut self, reading: Reading) {
        let at = self.readings.partition_point(|known| known.actor < reading.actor);
        match self.readings.get_mut(at).filter(|known| known.actor == reading.actor) {
            Some(known) if known.strength < reading.strength => *known = reading,
            Some(_) => (),
            None => {
                self.readings.insert(at, reading);
                self.candidates.insert(at, reading.actor);
            }
        }
    }
}
