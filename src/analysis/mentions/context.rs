//! What stands beside a name, as far as it says who is meant.

use super::super::gazetteer::words;
use super::find::Arc;
use super::lexicon;
use super::line::Line;
use crate::text::fold::Class;
use crate::text::tokens::{Join, Shape, Token};

/// Observations on the neighbourhood of a hit; a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Context(u32);

macro_rules! bits {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Context {
            $($(#[$doc])* pub(crate) const $name: Context = Context(1 << $bit);)*
        }
    };
}

bits! {
    /// Split off a word that it was glued to.
    GLUED = 0;
    /// The line is in capitals.
    CAPS_LINE = 1;
    /// The line is a headline in title case.
    TITLE_LINE = 2;
    /// First word of a sentence or line.
    SENTENCE_START = 3;
    /// A capitalised word before it belongs to the same, other name: Dorothy Cain.
    LEFT_NAME = 4;
    /// A capitalised word after it does: Trump Organization.
    RIGHT_NAME = 5;
    /// A given name stands before it.
    LEFT_GIVEN = 6;
    /// President, Chancellor, King stand before it.
    OFFICE = 7;
    /// Mr, Senator, Mme stand before it.
    TITLE = 8;
    /// A verb of speech stands beside it.
    SPEECH = 9;
    /// It is followed by the verb of a sentence.
    PREDICATE = 10;
    /// It follows "according to", "by".
    SOURCE_CUE = 11;
    /// In Denton, Texas.
    PLACE = 12;
    /// Amazon rainforest.
    LANDFORM = 13;
    /// Denton-sur-Mer, Meta-analysis, Cain-Smith.
    HYPHENATED = 14;
    /// Something else was given this abbreviation: Advanced Placement (AP).
    DEFINED_ELSE = 15;
    /// On X; X (formerly Twitter); (AP).
    CUED = 16;
    /// Jr. follows, or a number.
    SUFFIX = 17;
    /// It has a possessive mark.
    POSSESSIVE = 18;
    /// All its letters are Han.
    HAN = 19;
    /// Several words.
    LONG = 20;
    /// All capitals, one word.
    ACRONYM = 21;
    /// At most two letters.
    TINY = 22;
    /// A male or female form of address that need not be the actor's.
    COURTESY = 23;
}

impl Context {
    /// Whether any of these bits is set.
    pub(crate) fn any(self, bits: Context) -> bool {
        self.0 & bits.0 != 0
    }

    /// Both sets.
    pub(crate) fn with(self, bits: Context) -> Context {
        Context(self.0 | bits.0)
    }

    fn set(&mut self, bits: Context, on: bool) {
        if on {
            self.0 |= bits.0;
        }
    }
}

/// Looks around a place.
pub(super) fn read(text: &str, tokens: &[Token], arcs: &[Arc], line: &Line) -> Context {
    let mut context = Context::default();
    let (Some(first), Some(last)) = (arcs.first(), arcs.last()) else { return context };
    let around = Around {
        text,
        tokens,
        first: *first,
        last: *last,
        line,
        before: first.first.checked_sub(1).and_then(|at| tokens.get(at)),
        after: tokens.get(last.last + 1),
    };
    context.set(Context::GLUED, first.glued_left || last.glued_right);
    context.set(Context::CAPS_LINE, line.is_caps);
    context.set(Context::TITLE_LINE, line.is_title);
    context.set(Context::SENTENCE_START, around.opens_sentence(first.first));
    let letters = first.of(text).chars().filter(|c| c.is_alphanumeric()).count();
    context.set(Context::LONG, arcs.len() > 1);
    context.set(Context::ACRONYM, arcs.len() == 1 && first.shape.is_caps());
    let single = tokens.get(first.first).is_some_and(|token| token.class.is_single());
    context.set(Context::HAN, single && arcs.len() > 1);
    context.set(Context::TINY, arcs.len() == 1 && (letters < 3 || single));
    around.left(&mut context);
    around.right(&mut context);
    context.set(Context::DEFINED_ELSE, arcs.len() == 1 && around.is_defined_otherwise());
    context.set(Context::CUED, context.any(Context::TINY) && around.is_cued());
    context
}

struct Around<'a> {
    text: &'a str,
    tokens: &'a [Token],
    first: Arc,
    last: Arc,
    line: &'a Line,
    before: Option<&'a Token>,
    after: Option<&'a Token>,
}

impl Around<'_> {
    /// Whether the token is the first of a sentence, quotation or line.
    fn opens_sentence(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let Some(before) = at.checked_sub(1).and_then(|at| self.tokens.get(at)) else { return true };
        match token.join {
            Join::Break | Join::LineEnd => {
                token.start >= self.line.start && before.end <= self.line.start && self.is_short_before(before)
            }
            Join::Other => {
                let gap = self.text.get(before.end as usize..token.start as usize).unwrap_or_default();
                gap.contains([
                    '.', '!', '?', '…', '。', '！', '？', '“', '«', '"', '„', '‟', '”', '•', '|', '\n', ':', '：',
                ])
            }
            Join::Nothing | Join::Space | Join::Hyphen | Join::HyphenLineEnd | Join::Apostrophe => false,
        }
    }

    /// A line end opens a sentence unless the line before it was cut by its width.
    fn is_short_before(&self, before: &Token) -> bool {
        let end = before.end as usize;
        let start = self.text.get(..end).and_then(|text| text.rfind('\n')).map_or(0, |at| at + 1);
        end - start < 40
    }

    fn left(&self, context: &mut Context) {
        let Some(before) = self.before else { return };
        let hash = before.hash;
        let beside = matches!(self.first.join, Join::Space | Join::LineEnd);
        let dotted = self.first.join == Join::Other && self.gap_before() == ". ";
        let title = (beside || dotted) && lexicon::is_title(hash);
        context.set(Context::TITLE, title);
        context.set(Context::OFFICE, title && lexicon::is_high_office(hash));
        context.set(Context::COURTESY, title && before.end - before.start <= 8 && !lexicon::is_high_office(hash));
        context.set(Context::SOURCE_CUE, beside && lexicon::is_source_cue(hash));
        context.set(Context::SPEECH, beside && lexicon::is_speech(hash));
        context.set(Context::LEFT_GIVEN, beside && before.shape.has_capital() && lexicon::is_given_name(hash));
        if self.first.join == Join::Hyphen {
            let prefix = lexicon::is_prefix(hash) || before.shape == Shape::Lower || before.class.is_single();
            context.set(Context::LEFT_NAME, before.shape.has_capital() && !prefix);
            context.set(Context::HYPHENATED, !lexicon::is_prefix(hash) && before.end - before.start <= 2);
            return;
        }
        let same_line = self.first.join == Join::Space;
        let capital = before.shape.has_capital() && !before.class.is_single();
        if !same_line || !capital || title || self.line.is_caps {
            context.set(Context::LEFT_NAME, self.first.join == Join::LineEnd && context.any(Context::LEFT_GIVEN));
            return;
        }
        let at = self.first.first - 1;
        let ordinary = words::is_function(hash) || words::is_calendar(hash);
        let word = before.of(self.text);
        let verb = ["ing", "ly", "ment"].iter().any(|end| word.ends_with(end)) || lexicon::is_speech(hash);
        let opener = self.opens_sentence(at) && (ordinary || verb || words::is_common(hash));
        let headline = self.line.is_title && (words::is_common(hash) || verb);
        let name = !(ordinary || opener || headline) || context.any(Context::LEFT_GIVEN);
        context.set(Context::LEFT_NAME, name);
    }

    fn gap_before(&self) -> &str {
        let start = self.before.map_or(0, |token| token.end);
        self.text.get(start as usize..self.first.start as usize).unwrap_or_default()
    }

    fn right(&self, context: &mut Context) {
        let rest = self.text.get(self.last.end as usize..).unwrap_or_default();
        let Some(after) = self.after else { return };
        let at = self.last.last + 1;
        if after.join == Join::Apostrophe {
            context.set(Context::POSSESSIVE, after.end - after.start == 1);
            let Some(next) = self.tokens.get(at + 1) else { return };
            context.set(Context::SPEECH, next.join == Join::Space && lexicon::is_speech(next.hash));
            return;
        }
        let beside = after.join == Join::Space;
        let near = beside || rest.starts_with(", ");
        // "a déclaré Cain" is read on the left; "Cain a déclaré", "Cain, who said" here.
        let second = self.tokens.get(at + 1).filter(|next| next.join == Join::Space);
        let auxiliary = |token: &Token| token.end - token.start <= 4 && lexicon::is_predicate(token.hash);
        let speech = near && lexicon::is_speech(after.hash)
            || beside && auxiliary(after) && second.is_some_and(|next| lexicon::is_speech(next.hash));
        context.set(Context::SPEECH, speech);
        context.set(Context::PREDICATE, beside && after.shape == Shape::Lower && lexicon::is_predicate(after.hash));
        context.set(Context::LANDFORM, beside && lexicon::is_landform(after.hash));
        let number = beside && after.class == Class::Digit && after.shape == Shape::Uncased;
        context.set(Context::SUFFIX, near && words::is_suffix(after.hash) || number && self.first.shape.is_caps());
        if after.join == Join::Hyphen {
            let tail = lexicon::is_hyphen_tail(after.hash);
            let place = lexicon::is_place_link(after.hash);
            context.set(Context::HYPHENATED, place || !tail && self.first.of(self.text).len() <= 4);
            context.set(Context::RIGHT_NAME, after.shape.has_capital());
        }
        let capital = beside && after.shape.has_capital() && !self.line.is_caps;
        let ordinary = words::is_calendar(after.hash) || words::is_function(after.hash);
        let headline = self.line.is_title && !lexicon::is_body_noun(after.hash);
        context.set(Context::RIGHT_NAME, capital && !ordinary && !headline);
        let before_is_place = self.before.is_some_and(|token| lexicon::is_locative(token.hash));
        let comma_capital = rest.strip_prefix(", ").is_some_and(|rest| rest.starts_with(char::is_uppercase));
        context.set(Context::PLACE, before_is_place && comma_capital && !speech);
    }

    /// Advanced Placement (AP): capitals in brackets whose letters begin the words before.
    fn is_defined_otherwise(&self) -> bool {
        let word = self.first.of(self.text);
        let bracketed = self.text.get(..self.first.start as usize).is_some_and(|text| text.ends_with('('))
            && self.text.get(self.last.end as usize..).is_some_and(|text| text.starts_with(')'));
        if !bracketed || !self.first.shape.is_caps() {
            return false;
        }
        let mut letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
        let mut at = self.first.first;
        while let Some(letter) = letters.last().copied() {
            let Some(token) = at.checked_sub(1).and_then(|at| self.tokens.get(at)) else { return false };
            if token.start < self.line.start {
                return false;
            }
            at -= 1;
            if token.of(self.text).to_lowercase().starts_with(letter) {
                letters.pop();
            } else if !words::is_function(token.hash) {
                return false;
            }
        }
        true
    }

    /// Cues for names of one or two letters.
    fn is_cued(&self) -> bool {
        let left = self.text.get(..self.first.start as usize).unwrap_or_default();
        let right = self.text.get(self.last.end as usize..).unwrap_or_default();
        let before = self.before.map(|token| token.of(self.text)).unwrap_or_default();
        let beside = matches!(self.first.join, Join::Space);
        let platform =
            beside && matches!(before, "on" | "On" | "sur" | "Sur" | "via" | "to" | "from") && !right.starts_with(" -");
        let ends = right.is_empty()
            || right.starts_with([',', '.', ';', ')', ':', '/', '\n', '!', '?', '’', '\'', '»', '”'])
            || self.after.is_some_and(|token| token.join == Join::Space && token.shape == Shape::Lower);
        let renamed = right.trim_start().starts_with("(formerly")
            || right.trim_start().starts_with("(ex-")
            || right.trim_start().starts_with(", formerly")
            || right.trim_start().starts_with(", anciennement")
            || right.trim_start().starts_with("(anciennement")
            || right.trim_start().starts_with("(ancien")
            || right.starts_with("/Twitter")
            || left.ends_with("Twitter/")
            || left.ends_with("Twitter (")
            || left.ends_with("now ");
        let agency = left.ends_with('(') && right.starts_with(')');
        let corp = right.starts_with(" Corp");
        let posted =
            beside && matches!(before, "posted" | "tweeted" | "platform" | "network" | "réseau" | "plateforme");
        (platform && ends) || renamed || agency || corp || posted
    }
}
