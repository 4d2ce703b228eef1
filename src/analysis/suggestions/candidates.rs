//! Names in a block that may be somebody's: capitalised words, abbreviations, Han names by their suffix or by a verb of
//! speech. What is no name (days, places, titles of works, headlines, page chrome) is left out here.

use super::concepts::{Sort, chain, lexicon};
use super::lists::{self, is_camp, is_link, is_role};
use crate::analysis::gazetteer::words as common;
use crate::analysis::mentions::lexicon as context;
use crate::analysis::mentions::line::Line;
use crate::text::ByteRange;
use crate::text::fold::Class;
use crate::text::tokens::{Join, Shape, Token, hash_pieces};

/// What speaks for a name; a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cue(u16);

macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Cue { $($(#[$doc])* pub(super) const $name: Cue = Cue(1 << $bit);)* }
    };
}

cues! {
    /// Its capital is not a sentence's.
    INSIDE = 0;
    /// It speaks: "said Jane Doe", 某某表示.
    SPEAKS = 1;
    /// "X, a Canberra think tank"; « le directeur Y ».
    APPOSED = 2;
    /// A title stands before it.
    TITLE = 3;
    /// A word of it is that of an organisation.
    BODY = 4;
    /// One word in capitals.
    ACRONYM = 5;
    /// A given name begins it.
    GIVEN = 6;
    /// In brackets, or with its abbreviation in brackets.
    BRACKET = 7;
    /// In Han characters.
    HAN = 8;
    /// Several words.
    LONG = 9;
    /// An ordinary word or the name of a place.
    ORDINARY = 10;
    /// A legal form follows it: Inc., GmbH.
    LEGAL = 11;
    /// Two or three words with capitals, none that of an organisation: its last may be a surname.
    PERSONAL = 12;
}

impl Cue {
    /// Whether any of these bits is set.
    pub(super) fn any(self, bits: Cue) -> bool {
        self.0 & bits.0 != 0
    }

    /// Both sets.
    pub(super) fn with(self, bits: Cue) -> Cue {
        Cue(self.0 | bits.0)
    }

    fn set(&mut self, bits: Cue, on: bool) {
        if on {
            self.0 |= bits.0;
        }
    }
}

/// A name that may be somebody's.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Bytes from the start of the block.
    pub(super) range: ByteRange,
    /// The form, folded and hashed.
    pub(super) form: u64,
    /// The last word's hash: a surname stands alone later on.
    pub(super) last: u64,
    pub(super) cues: Cue,
}

/// A name has at most this many tokens.
const MAX_TOKENS: usize = 9;

/// Finds the names of a block.
pub(super) fn read(text: &str, tokens: &[Token], out: &mut Vec<Candidate>) {
    let mut at = 0;
    let mut line = Line::default();
    while at < tokens.len() {
        let Some(token) = tokens.get(at) else { break };
        if token.class == Class::Han {
            let end = super::han::read(text, tokens, at, out);
            at = end.max(at + 1);
            continue;
        }
        let cased = matches!(token.class, Class::Latin | Class::Cyrillic | Class::Greek);
        if !token.shape.has_capital() || !cased {
            at += 1;
            continue;
        }
        if line.end <= token.start {
            line = Line::around(text, tokens, token.start);
        }
        let last = run_end(tokens, at);
        if !line.is_title && !line.is_caps {
            out.extend(latin(text, tokens, at, last));
        }
        at = last + 1;
    }
}

/// The last token of the row of capitalised words that starts at `first`; small words may stand between them.
fn run_end(tokens: &[Token], first: usize) -> usize {
    let class = tokens.get(first).map(|token| token.class);
    let mut last = first;
    let mut at = first + 1;
    let head = tokens.get(first).is_some_and(|token| lexicon().is_head(token.hash));
    let given = tokens.get(first).is_some_and(|token| context::is_given_name(token.hash));
    while at < tokens.len() && at < first + MAX_TOKENS {
        let Some(token) = tokens.get(at) else { break };
        let joined = matches!(token.join, Join::Space | Join::LineEnd | Join::Hyphen | Join::Apostrophe);
        if !joined {
            break;
        }
        let possessive = token.join == Join::Apostrophe && token.end - token.start == 1 && token.shape == Shape::Lower;
        let number = token.class == Class::Digit && token.join == Join::Space && last + 1 == at;
        let small = !possessive && (head && is_link(token.hash) || is_name_particle(token.hash, given));
        if token.shape.has_capital() && Some(token.class) == class || number && token.end - token.start <= 2 {
            last = at;
        } else if !small || 2 < at - last {
            break;
        }
        at += 1;
    }
    last
}

/// Small words inside people's names; the French ones only after a given name, for they are everywhere.
fn is_name_particle(hash: u64, given: bool) -> bool {
    common::is_particle(hash) && (given || !is_link(hash))
}

/// Takes off what is no part of the name at both ends: the first word of a sentence, titles, days, legal forms. Returns
/// the tokens that stay, and whether a sentence opens with them.
fn trim(text: &str, tokens: &[Token], (first, last): (usize, usize), cues: &mut Cue) -> Option<(usize, usize, bool)> {
    let (mut first, mut last) = (first, last);
    let mut opens = opens_sentence(text, tokens, first);
    while first <= last {
        let token = tokens.get(first)?;
        let title = context::is_title(token.hash);
        let weekday = common::is_calendar(token.hash);
        let plain = common::is_function(token.hash) && token.shape != Shape::Upper;
        let elided = tokens.get(first + 1).is_some_and(|next| next.join == Join::Apostrophe)
            && token.end - token.start <= 4
            && context::is_elision(token.hash);
        let opener = opens && first < last && is_opener(text, token);
        let prefix = first < last && context::is_prefix(token.hash);
        if !(title || weekday || plain || opener || elided || prefix) {
            break;
        }
        cues.set(Cue::TITLE, title);
        opens = false;
        first += 1;
    }
    first = after_role(tokens, first, last, cues);
    while first < last {
        let token = tokens.get(last)?;
        let legal = context::is_legal_form(token.hash);
        if !legal && !common::is_calendar(token.hash) {
            break;
        }
        cues.set(Cue::LEGAL, legal);
        last -= 1;
    }
    Some((first, last, opens))
}

fn latin(text: &str, tokens: &[Token], first: usize, last: usize) -> Option<Candidate> {
    let mut cues = Cue::default();
    let (first, last, opens) = trim(text, tokens, (first, last), &mut cues)?;
    let own = tokens.get(first..=last)?;
    let (start, end) = (own.first()?, own.last()?);
    let named = own.iter().filter(|token| token.shape.has_capital()).count();
    if own.iter().all(|token| token.end - token.start < 2) || is_work(text, start, end) || is_address(text, start, end)
    {
        return None;
    }
    cues.set(Cue::INSIDE, !opens || 1 < named);
    cues.set(Cue::LONG, 1 < named);
    cues.set(Cue::ACRONYM, own.len() == 1 && start.shape == Shape::Upper);
    cues.set(Cue::GIVEN, 1 < named && context::is_given_name(start.hash));
    cues.set(Cue::BODY, own.iter().any(|token| lexicon().is_head(token.hash)));
    cues.set(Cue::PERSONAL, (2..=3).contains(&named) && own.len() <= 5 && !cues.any(Cue::BODY));
    let place = own.iter().filter(|token| token.shape.has_capital()).all(|token| {
        lexicon().is_place(token.hash) || context::is_nation(token.hash) || common::is_function(token.hash)
    });
    let is_country = lexicon()
        .unit(text, tokens, first, None)
        .is_some_and(|unit| unit.last == last && (unit.concepts.has(Sort::Country) || unit.concepts.has(Sort::Place)));
    let ordinary = named == 1 && own.len() == 1 && common::is_common(start.hash);
    let camel = own.len() == 1 && start.shape == Shape::Mixed;
    let people = is_people(text, end) || 1 < named && lists::is_treaty(end.hash) || named == 1 && is_camp(start.hash);
    if place || is_country || people || (own.len() == 1 && is_no_name(start, text)) {
        return None;
    }
    cues.set(Cue::ORDINARY, ordinary && !camel);
    around(text, tokens, first, last, &mut cues);
    let form = chain(own.iter().map(|token| token.hash));
    let range = ByteRange::new(start.start as usize, end.end as usize);
    Some(Candidate { range, form, last: end.hash, cues })
}

/// Where a name begins after what its bearer is: "Wells Fargo CEO John Stumpf", "Republican Jane Doe".
fn after_role(tokens: &[Token], first: usize, last: usize, cues: &mut Cue) -> usize {
    let body = tokens.get(last).is_some_and(|token| lexicon().is_head(token.hash));
    for at in (first + 1..=last).rev() {
        let (Some(before), Some(token)) = (tokens.get(at - 1), tokens.get(at)) else { break };
        let title = context::is_title(before.hash);
        let given = at < last && context::is_given_name(token.hash);
        let other = lexicon().is_place(before.hash) || context::is_nation(before.hash) || is_camp(before.hash);
        let other = other || is_role(before.hash) || common::is_common(before.hash);
        let starts = title || given && !body && (other || !context::is_given_name(before.hash) && first + 1 < at);
        if starts && token.join == Join::Space && (title || !body) {
            cues.set(Cue::TITLE, title);
            return at;
        }
    }
    first
}

/// Americans, African-Americans, Canadiens.
fn is_people(text: &str, token: &Token) -> bool {
    let word = token.of(text);
    let one = word
        .strip_suffix('s')
        .is_some_and(|one| context::is_nation(hash_pieces(&[one])) || lexicon().is_place(hash_pieces(&[one])));
    one || is_camp(token.hash)
}

/// Words that open a sentence with a capital before a name: participles, adverbs, ordinary words.
fn is_opener(text: &str, token: &Token) -> bool {
    let word = token.of(text);
    let adverb = word.ends_with("ly") || word.ends_with("ment") || word.ends_with("ing");
    token.shape == Shape::Capital
        && !context::is_given_name(token.hash)
        && !lexicon().is_head(token.hash)
        && (adverb || common::is_common(token.hash) || context::is_speech(token.hash) || lists::is_opener(token.hash))
}

/// Abbreviations and words that stand with a capital and name nobody.
fn is_no_name(token: &Token, text: &str) -> bool {
    let word = token.of(text).to_lowercase();
    let initial = token.shape == Shape::Initial || token.end - token.start < 3;
    let roman = token.shape == Shape::Upper && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c'));
    initial
        || roman
        || lists::is_no_name(token.hash)
        || common::is_calendar(token.hash)
        || common::is_function(token.hash)
}

/// A title of a work: in quotation marks or emphasis as a whole.
fn is_work(text: &str, start: &Token, end: &Token) -> bool {
    let before = text.get(..start.start as usize).unwrap_or_default().trim_end_matches(['\u{a0}', '\u{202f}', ' ']);
    let after =
        text.get(end.end as usize..).unwrap_or_default().trim_start_matches(['\u{a0}', '\u{202f}', ' ', ',', '.']);
    before.ends_with(['“', '«', '"', '‘', '*', '_', '《'])
        && after.starts_with(['”', '»', '"', '’', '*', '_', '》', '“'])
}

/// Part of a URL, an e-mail address, a handle or a hashtag.
fn is_address(text: &str, start: &Token, end: &Token) -> bool {
    let before = text.get(..start.start as usize).unwrap_or_default();
    let after = text.get(end.end as usize..).unwrap_or_default();
    let dotted = after.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
    before.ends_with(['@', '#', '/', '\\', '.', '=', '&', '[', '_']) && !before.ends_with("...")
        || after.starts_with(['@', '/', '=', '_'])
        || dotted
}

fn around(text: &str, tokens: &[Token], first: usize, last: usize, cues: &mut Cue) {
    let (Some(start), Some(end)) = (tokens.get(first), tokens.get(last)) else { return };
    let before = first.checked_sub(1).and_then(|at| tokens.get(at));
    let after = tokens.get(last + 1);
    let rest = text.get(end.end as usize..).unwrap_or_default();
    let lead = text.get(..start.start as usize).unwrap_or_default();
    if let Some(before) = before.filter(|_| matches!(start.join, Join::Space | Join::LineEnd)) {
        if before.join == Join::Apostrophe && before.end - before.start == 1 {
            // "People's | Daily Online": nobody can tell where the name begins.
            cues.0 &= !Cue::BODY.0;
        }
        cues.set(Cue::SPEAKS, context::is_speech(before.hash));
        cues.set(Cue::TITLE, context::is_title(before.hash));
        cues.set(Cue::APPOSED, is_role(before.hash));
        cues.set(Cue::BODY, before.shape == Shape::Lower && lexicon().is_head(before.hash) && is_role(before.hash));
    }
    if let Some(after) = after {
        let auxiliary = after.join == Join::Space && after.end - after.start <= 4 && context::is_predicate(after.hash);
        let second = tokens.get(last + 2).filter(|token| auxiliary && token.join == Join::Space);
        let says = after.join == Join::Space && context::is_speech(after.hash) && !is_role(after.hash);
        cues.set(Cue::SPEAKS, says || second.is_some_and(|token| context::is_speech(token.hash)));
        // "Jane Doe, a researcher at …", « Jane Doe, chercheuse à … ».
        if rest.starts_with(", ") {
            let row = tokens.get(last + 1..).unwrap_or_default();
            let near = row
                .iter()
                .take(6)
                .enumerate()
                .take_while(|(at, token)| *at == 0 || !matches!(token.join, Join::Other | Join::Break));
            let opens = after.shape == Shape::Lower;
            let is_role_near =
                near.map(|(_, token)| token).any(|token| is_role(token.hash) || lexicon().is_head(token.hash));
            cues.set(Cue::APPOSED, opens && is_role_near && is_apposition_start(after));
        }
    }
    let abbreviation = rest.strip_prefix(" (").and_then(|rest| rest.split_once(')')).map(|(inside, _)| inside);
    let capitals =
        |word: &str| 1 < word.len() && word.len() <= 8 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    cues.set(Cue::BRACKET, abbreviation.is_some_and(capitals) || lead.ends_with('(') && rest.starts_with(')'));
}

/// An article, or the noun itself: what an apposition begins with.
fn is_apposition_start(token: &Token) -> bool {
    lists::is_determiner(token.hash) || is_role(token.hash)
}

/// Whether the token is the first of a sentence, quotation or line.
pub(super) fn opens_sentence(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return true };
    let Some(before) = at.checked_sub(1).and_then(|at| tokens.get(at)) else { return true };
    match token.join {
        Join::Break => true,
        Join::LineEnd => {
            let line = text.get(..before.end as usize).and_then(|text| text.rsplit('\n').next()).map_or(0, str::len);
            line < 40
        }
        Join::Other => {
            let gap = text.get(before.end as usize..token.start as usize).unwrap_or_default();
            gap.contains(['.', '!', '?', '…', '“', '«', '"', '„', '”', '•', '|', '\n', ':', ';'])
        }
        Join::Apostrophe => before.end - before.start <= 4 && opens_sentence(text, tokens, at - 1),
        Join::Nothing | Join::Space | Join::Hyphen | Join::HyphenLineEnd => false,
    }
}
