//! Where a name may begin and end: letters beside it, apostrophes, particles, Han words, addresses, legal forms.

use super::find::Arc;
use super::han;
use super::lexicon;
use crate::text::fold::{Class, fold_char};
use crate::text::tokens::{Join, Shape, Token};

/// Whether the words beside the place let a name begin and end here.
pub(super) fn are_borders(text: &str, tokens: &[Token], arcs: &[Arc]) -> bool {
    let (Some(first), Some(last)) = (arcs.first(), arcs.last()) else { return false };
    (first.glued_left || is_left_border(text, tokens, first))
        && (last.glued_right || is_right_border(text, tokens, last))
}

fn is_left_border(text: &str, tokens: &[Token], arc: &Arc) -> bool {
    let Some(token) = tokens.get(arc.first) else { return false };
    if arc.start > token.start {
        return true; // an Arabic prefix
    }
    let Some(before) = arc.first.checked_sub(1).and_then(|at| tokens.get(at)) else { return true };
    match token.join {
        Join::Nothing => are_apart(text, before, token),
        Join::Apostrophe => {
            let opens = |token: &Token| token.join != Join::Space || arc.shape.is_caps();
            lexicon::is_elision(before.hash) && (before.shape == Shape::Lower || opens(before))
                || matches!(before.class, Class::Han | Class::Kana)
        }
        Join::Space | Join::LineEnd | Join::Hyphen | Join::HyphenLineEnd | Join::Other | Join::Break => true,
    }
}

fn is_right_border(text: &str, tokens: &[Token], arc: &Arc) -> bool {
    let Some(next) = tokens.get(arc.last + 1) else { return true };
    let Some(token) = tokens.get(arc.last) else { return false };
    match next.join {
        Join::Nothing if token.class == Class::Hangul && next.class == Class::Hangul => ends_in_particle(text, arc.end),
        Join::Nothing => are_apart(text, token, next),
        // 's, 'll, and the endings that Turkish sets off; not O'Brien, not rock'n'roll.
        Join::Apostrophe => {
            let clitic = lexicon::is_clitic(next.hash) && !is_followed_by_apostrophe(tokens, arc.last + 1);
            (clitic && (next.shape == Shape::Lower || next.of(text) == "S")) || next.class.is_single()
        }
        Join::Space | Join::LineEnd | Join::Hyphen | Join::HyphenLineEnd | Join::Other | Join::Break => true,
    }
}

fn is_followed_by_apostrophe(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|token| token.join == Join::Apostrophe)
}

/// Whether two tokens with nothing between them are two words.
fn are_apart(text: &str, one: &Token, other: &Token) -> bool {
    if other.start > one.end {
        // `_` and `*`: snake_case is one word.
        return one.class.is_single() || other.class.is_single();
    }
    match (one.class, other.class) {
        (Class::Hangul, Class::Hangul) => false,
        (Class::Kana, Class::Kana) => !(is_katakana(one.of(text)) && is_katakana(other.of(text))),
        (a, b) if a == b && !a.is_single() => false,
        _ => true,
    }
}

fn is_katakana(text: &str) -> bool {
    text.starts_with(|c| matches!(c, '\u{30A1}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9D}'))
}

fn ends_in_particle(text: &str, end: u32) -> bool {
    let rest = text.get(end as usize..).unwrap_or_default();
    let length = rest.find(|c| fold_char(c).class != Class::Hangul).unwrap_or(rest.len());
    rest.get(..length).is_some_and(|tail| lexicon::HANGUL_PARTICLES.contains(&tail))
}

/// Whether a Han name stands on word borders, so that 中国人民大学 does not hold 人民大.
pub(super) fn is_han_word(text: &str, start: u32, end: u32) -> bool {
    const WINDOW: usize = 8;
    let (start, end) = (start as usize, end as usize);
    let (Some(before), Some(name), Some(after)) = (text.get(..start), text.get(start..end), text.get(end..)) else {
        return false;
    };
    let is_han = |c: &char| fold_char(*c).class == Class::Han;
    let touches_left =
        name.chars().next().is_some_and(|c| is_han(&c)) && before.chars().next_back().is_some_and(|c| is_han(&c));
    let touches_right =
        name.chars().next_back().is_some_and(|c| is_han(&c)) && after.chars().next().is_some_and(|c| is_han(&c));
    if !touches_left && !touches_right {
        return true;
    }
    // 李娜娜 is somebody else than 李娜.
    let last = name.chars().next_back();
    if touches_right && name.chars().count() <= 2 && last == after.chars().next() {
        return false;
    }
    let left: usize = before.chars().rev().take_while(is_han).take(WINDOW).map(char::len_utf8).sum();
    let right: usize = after.chars().take_while(is_han).take(WINDOW).map(char::len_utf8).sum();
    let Some(window) = text.get(start - left..end + right) else { return false };
    // Unknown names confuse the segmenter; a word that crosses an edge counts only if the context alone has it too.
    let simple = crate::text::fold::fold(window);
    if simple.len() != window.len() {
        return true;
    }
    let Some(segmenter) = han::segmenter() else { return true };
    let edges: Vec<usize> = segmenter.segment_str(&simple).collect();
    let is_edge = |at: usize| edges.binary_search(&at).is_ok();
    if touches_left && !is_edge(left) {
        return false;
    }
    let rest = simple.get(left + name.len()..).unwrap_or_default();
    let n_chars = name.chars().count();
    let last = name.chars().next_back().map_or(0, char::len_utf8);
    // 中国日报告诉: the segmenter reads 报告, but 告诉 is a word too, and long names are rarely an accident.
    let word_follows = || first_word(rest).is_some_and(|word| word.chars().count() >= 2);
    let crossed = !is_edge(left + name.len());
    // 中微软件: it reads 微软, but with what follows the last letter makes a word and leaves a crumb.
    let crumb = || {
        let tail = simple.get(left + name.len() - last..).unwrap_or_default();
        n_chars <= 3 && first_word(tail).is_some_and(|word| word.len() > last) && !word_follows()
    };
    !touches_right || if crossed { n_chars >= 4 && word_follows() } else { !crumb() }
}

fn first_word(text: &str) -> Option<&str> {
    let end = han::segmenter()?.segment_str(text).nth(1)?;
    text.get(..end)
}

/// Whether the place lies inside a web or e-mail address, or a domain that is not itself the name.
pub(super) fn is_in_address(text: &str, start: u32, end: u32) -> bool {
    let (start, end) = (start as usize, end as usize);
    let stops = |c: char| {
        c.is_whitespace()
            || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '|' | '，' | '。' | '、' | '；' | '：')
    };
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    if before.ends_with([' ', '\n']) && (after.is_empty() || after.starts_with([' ', '\n', ',', '\'', '’'])) {
        return false;
    }
    let chunk_start = before.char_indices().rev().find(|(_, c)| stops(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    let left = before.get(chunk_start..).unwrap_or_default();
    if let Some(scheme) = left.rfind("://").or_else(|| left.rfind("www.")) {
        let inside = left.get(scheme..).unwrap_or_default();
        let (open, close) = (inside.matches('(').count(), inside.matches(')').count());
        return close <= open
            && !inside.contains(['[', ']'])
            && !inside.chars().any(|c| fold_char(c).class == Class::Han);
    }
    let local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '%');
    let right: &str = after.split(|c: char| !(local(c) || matches!(c, '@' | '/' | ':'))).next().unwrap_or_default();
    let left_word = left.rsplit(|c: char| !(local(c) || c == '@')).next().unwrap_or_default();
    if right.starts_with("://") || is_mail(left_word, right) {
        return true;
    }
    is_domain_rest(left_word, right)
}

/// `press@micro|soft|.com`, `micro|soft|@example.org`.
fn is_mail(left: &str, right: &str) -> bool {
    let after_at = left.rsplit_once('@').is_some_and(|(user, _)| !user.is_empty());
    let before_at = right.split_once('@').is_some_and(|(_, host)| host.contains('.') && !host.starts_with('.'));
    after_at || before_at
}

/// `microsoft|.com`, `news.|microsoft|.com/x`: the name is one label of a domain; a name that is the whole domain is not.
fn is_domain_rest(left: &str, right: &str) -> bool {
    let is_label = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if let Some(rest) = right.strip_prefix(['.', '-']) {
        let host = right.split(['/', ':', '@']).next().unwrap_or_default();
        let host = host.trim_end_matches(['.', '-']);
        let top = host.rsplit('.').next().unwrap_or_default();
        return rest.starts_with(is_label) && host.contains('.') && is_top_level(top);
    }
    let path_follows = right.starts_with('/') && right.len() > 1;
    path_follows && left.ends_with(['.', '-']) && left.trim_end_matches(['.', '-']).ends_with(is_label)
}

fn is_top_level(word: &str) -> bool {
    const TOP: &[&str] = &[
        "com", "org", "net", "edu", "gov", "int", "mil", "info", "io", "cn", "fr", "uk", "us", "eu", "de", "ru", "jp",
        "kr", "hk", "tw", "il", "ca", "au", "be", "ch", "it", "es", "nl", "se", "no", "pl", "ua", "br", "mx", "za",
        "tv", "me", "co", "ai", "app", "dev", "news", "biz", "online", "site", "xyz", "media", "press",
    ];
    TOP.contains(&word)
}

/// The end of the name with the legal form that follows it, and its full stop.
pub(super) fn with_legal_form(text: &str, tokens: &[Token], arcs: &[Arc], end: u32) -> u32 {
    let Some(last) = arcs.last() else { return end };
    let after = text.get(end as usize..).unwrap_or_default();
    if tokens.get(last.last).is_some_and(|token| token.class == Class::Han) {
        let form = lexicon::HAN_LEGAL_FORMS.iter().find(|form| after.starts_with(**form));
        return end + form.map_or(0, |form| u32::try_from(form.len()).unwrap_or_default());
    }
    let mut end = end;
    let shouted = arcs.first().is_some_and(|arc| arc.shape == Shape::Upper && arc.end - arc.start > 5);
    // Two at most: Co., Ltd.
    for token in tokens.iter().skip(last.last + 1).take(2) {
        let between = text.get(end as usize..token.start as usize).unwrap_or_default();
        let near = matches!(between.trim_start_matches('.'), " " | "\u{A0}" | ", " | "\n" | " (");
        let capital = token.shape.has_capital() || lexicon_lower_form(token.of(text));
        if !near || between.contains('(') || !capital || !lexicon::is_legal_form(token.hash) {
            break;
        }
        // "Microsoft as", "MICROSOFT AS LEADER": two letters are a legal form only where capitals are meant.
        if token.end - token.start <= 2 && (shouted || !token.shape.is_caps()) && token.of(text) != "Co" {
            break;
        }
        end = token.end;
        if is_abbreviation(token) && text.get(end as usize..).is_some_and(|rest| rest.starts_with('.')) {
            end += 1;
        }
    }
    end
}

fn lexicon_lower_form(word: &str) -> bool {
    matches!(word, "plc" | "llc" | "s.a.")
}

fn is_abbreviation(token: &Token) -> bool {
    token.end - token.start <= 4
}

/// Whether the text has a full stop at `end` that the name ends with.
pub(super) fn takes_full_stop(name: &str, text: &str, end: u32) -> bool {
    name.ends_with('.') && text.get(end as usize..).is_some_and(|rest| rest.starts_with('.'))
}

/// The sigil of the handle or hashtag that the place lies in: (where the sigil stands, whether the place is all of it).
pub(super) fn handle(text: &str, start: u32, end: u32) -> Option<(u32, bool)> {
    let is_part = |c: &char| c.is_alphanumeric() || *c == '_';
    let before = text.get(..start as usize)?;
    let length: usize = before.chars().rev().take_while(is_part).take(60).map(char::len_utf8).sum();
    let sigil =
        before.get(..before.len() - length)?.chars().next_back().filter(|c| matches!(c, '@' | '#' | '＠' | '＃'))?;
    let at = before.len() - length - sigil.len_utf8();
    let mid_word =
        before.get(..at).and_then(|rest| rest.chars().next_back()).is_some_and(|c| is_part(&c) && c.is_ascii());
    let ends = text.get(end as usize..).and_then(|rest| rest.chars().next()).is_none_or(|c| !is_part(&c) && c != '-');
    if matches!(sigil, '#' | '＃') && text.get(end as usize..).is_some_and(|rest| rest.starts_with('#')) && mid_word {
        return None; // the end of #…#, then the name
    }
    Some((u32::try_from(at).ok()?, length == 0 && ends && !mid_word))
}
