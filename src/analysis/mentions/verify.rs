//! Whether a place where the tokens of a name stand is really written as that name: letters, joints, letter case.

use super::super::gazetteer::{NameView, Strength, words};
use super::find::Arc;
use super::lexicon;
use super::line::Line;
use crate::model::record::CaseRule;
use crate::text::fold::{Class, fold_char};
use crate::text::tokens::{Join, Shape, Token, tokenize_into};

/// Whether the arcs spell the name; `scratch` holds the name's tokens for the time of the call.
pub(super) fn spells(name: &NameView<'_>, arcs: &[Arc], text: &str, line: &Line, scratch: &mut Vec<Token>) -> bool {
    tokenize_into(name.text, scratch);
    scratch.len() == arcs.len()
        && scratch.iter().zip(arcs).all(|(token, arc)| same_letters(token.of(name.text), arc.of(text)))
        && scratch.iter().zip(arcs).skip(1).all(|(token, arc)| joins_fit(token, arc, name))
        && case_fits(name, scratch, arcs, text, line)
}

/// Hashes may collide, letters not.
fn same_letters(one: &str, other: &str) -> bool {
    fn letters(text: &str, mut each: impl FnMut(char)) {
        for c in text.chars() {
            let fold = fold_char(c);
            if fold.class.is_word() || fold.class == Class::Mark {
                fold.for_each(&mut each);
            }
        }
    }
    if one == other || (one.is_ascii() && one.eq_ignore_ascii_case(other)) {
        return true;
    }
    let (mut a, mut b) = (String::new(), String::new());
    letters(one, |c| a.push(c));
    letters(other, |c| b.push(c));
    a == b
}

/// Whether what stands between two tokens of the text may stand for what stands between them in the name.
fn joins_fit(token: &Token, arc: &Arc, name: &NameView<'_>) -> bool {
    if arc.skipped && !name.is_person() {
        return false;
    }
    let single = token.class.is_single();
    match arc.join {
        Join::Nothing => match token.join {
            Join::Nothing => true,
            // 微软（中国） is also written 微软中国, and 微软 Azure 微软Azure.
            Join::Other | Join::Space | Join::Hyphen => single || name.text.chars().any(is_han),
            Join::LineEnd | Join::HyphenLineEnd | Join::Apostrophe | Join::Break => false,
        },
        Join::Space | Join::LineEnd if token.join == Join::Nothing => {
            arc.join == Join::LineEnd || !all_single(name, token)
        }
        Join::Space | Join::LineEnd => token.join != Join::Apostrophe,
        Join::Hyphen | Join::HyphenLineEnd => matches!(token.join, Join::Hyphen | Join::Space),
        Join::Apostrophe => token.join == Join::Apostrophe,
        Join::Other => token.join == Join::Other,
        Join::Break => false,
    }
}

fn is_han(c: char) -> bool {
    fold_char(c).class == Class::Han
}

/// Spaces within a run of Han characters are no part of names; between Han and Latin they are.
fn all_single(name: &NameView<'_>, token: &Token) -> bool {
    let before = name.text.get(..token.start as usize).and_then(|text| text.chars().next_back());
    token.class.is_single() && before.is_some_and(|c| fold_char(c).class.is_single())
}

/// The case rule: what is written small in the text is a name only where the name is written small, or nothing there has
/// a capital.
fn case_fits(name: &NameView<'_>, tokens: &[Token], arcs: &[Arc], text: &str, line: &Line) -> bool {
    match name.case() {
        Some(CaseRule::Never) => return false,
        Some(CaseRule::Exact) => {
            return tokens.iter().zip(arcs).all(|(token, arc)| token.of(name.text) == arc.of(text));
        }
        Some(CaseRule::Case) => {
            return tokens.iter().zip(arcs).all(|(token, arc)| same_capitals(token.of(name.text), arc.of(text)));
        }
        None => (),
    }
    if !tokens.iter().any(|token| token.shape.has_capital()) {
        return true;
    }
    if line.is_caps && tokens.len() == 1 && is_acronym(name, tokens) {
        // WHO in "WHO IS TO BLAME" is a word.
        return !tokens.iter().any(|token| words::is_common(token.hash)) && arcs.iter().all(|arc| arc.shape.is_caps());
    }
    if is_acronym(name, tokens) {
        return arcs.iter().zip(tokens).all(|(arc, token)| arc.shape.is_caps() || token.shape == Shape::Uncased);
    }
    if has_capitals(tokens, arcs) {
        return true;
    }
    if has_small_article(tokens, arcs) {
        return false;
    }
    let alone = line.n_tokens <= 3 && line.is_lower && line.n_tokens == arcs.len();
    let strong = name.strength == Strength::Strong && !name.is_common();
    strong && ((alone || line.block_is_lower) || tokens.len() >= 4) && !same_as_words(tokens)
}

/// A name of ordinary words only, all small, is no name.
fn same_as_words(tokens: &[Token]) -> bool {
    tokens.len() < 4 && tokens.iter().all(|token| words::is_common(token.hash))
}

fn same_capitals(one: &str, other: &str) -> bool {
    let capitals = |text: &str| -> Vec<bool> {
        text.chars().filter(|c| c.is_alphabetic() && *c != '\u{AD}').map(char::is_uppercase).collect()
    };
    capitals(one) == capitals(other)
}

/// All capitals and short: written so or not meant.
fn is_acronym(name: &NameView<'_>, tokens: &[Token]) -> bool {
    let cased = || tokens.iter().filter(|token| token.shape != Shape::Uncased);
    let n_letters = name.text.chars().filter(|c| c.is_alphabetic()).count();
    n_letters <= 5 && cased().all(|token| token.shape.is_caps())
}

/// Whether the words that have a capital in the name have one in the text; longer names may miss one, and the common noun
/// at the end of an institution's name may be small (Communist party).
fn has_capitals(tokens: &[Token], arcs: &[Arc]) -> bool {
    if has_small_article(tokens, arcs) {
        return false;
    }
    let (mut n_asked, mut n_found, mut first_found, mut last_asked) = (0, 0, false, 0);
    for (token, arc) in tokens.iter().zip(arcs) {
        if token.shape.has_capital() && !words::is_function(token.hash) {
            n_asked += 1;
            n_found += usize::from(arc.shape.has_capital());
            first_found |= n_asked == 1 && arc.shape.has_capital();
            last_asked = token.hash;
        }
    }
    let institution = || first_found && lexicon::is_institution(last_asked) && n_asked == 2;
    n_found == n_asked
        || (n_asked >= 3 && n_found + 1 >= n_asked && first_found)
        || (n_found + 1 == n_asked && institution())
}

/// "the New York Times" is not "The New York Times": the article is no part of the name there.
fn has_small_article(tokens: &[Token], arcs: &[Arc]) -> bool {
    tokens.first().is_some_and(|token| words::is_article(token.hash) && token.shape.has_capital())
        && arcs.first().is_some_and(|arc| !arc.shape.has_capital())
}
