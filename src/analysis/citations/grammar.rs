//! The small pieces of the grammar: keys, locators, addresses.

use std::sync::LazyLock;

use regex::Regex;

/// A citation key after `@`. All offsets are bytes from the `@`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyAt {
    /// Where the key begins, behind `@` or `@{`.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The length of the whole, with `@` and braces.
    pub len: usize,
}

/// Reads the citation key at the start of `text`, which begins with `@`.
///
/// A key begins with a letter, a digit or `_`; then come such characters and single signs `:.#$%&-+?<>~/` between them.
/// In braces, anything is a key.
#[must_use]
pub fn key_at(text: &str) -> Option<KeyAt> {
    const LONGEST: usize = 512;
    let rest = text.strip_prefix('@')?;
    if let Some(braced) = rest.strip_prefix('{') {
        let mut depth = 0usize;
        for (at, c) in braced.char_indices().take_while(|(at, _)| *at < LONGEST) {
            match c {
                '\n' => return None,
                '{' => depth += 1,
                '}' if depth == 0 => {
                    let is_blank = braced.get(..at)?.trim().is_empty();
                    return (!is_blank).then_some(KeyAt { start: 2, end: 2 + at, len: 3 + at });
                }
                '}' => depth -= 1,
                _ => (),
            }
        }
        return None;
    }
    let is_regular = |c: char| c.is_alphanumeric() || c == '_';
    let mut chars = rest.char_indices().take_while(|(at, _)| *at < LONGEST).peekable();
    let (_, first) = chars.next()?;
    if !is_regular(first) {
        return None;
    }
    let mut end = first.len_utf8();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let goes_on = is_regular(c)
            || (":.#$%&-+?<>~/".contains(c) && next.is_some_and(is_regular))
            || (matches!(c, ':' | '/') && next == Some('/'));
        if !goes_on {
            break;
        }
        end = at + c.len_utf8();
    }
    Some(KeyAt { start: 1, end: 1 + end, len: 1 + end })
}

/// Whether `@key` directly after `before` is probably a citation: not an address, not a handle.
pub(super) fn is_meant_as_key(before: char, key: &str) -> bool {
    if before == '/' || before.is_ascii_digit() {
        return false;
    }
    let is_domain = key.contains('.');
    // Keys name a year nearly always; the names of accounts that a page glued to a word seldom do.
    let names_year = || {
        let mut runs = key.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4);
        runs.any(|run| ("1800".."2100").contains(&run))
    };
    !is_domain && if before.is_ascii() { names_year() } else { key.contains(|c: char| c.is_ascii_digit()) }
}

static LOCATOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = "pages?|pp?|pgs?|para(?:graph|graphe)?s?|§+|¶+|chap(?:itre|ter)?s?|chs?|sect?(?:ion)?s?|lines?|lignes?|ll?|\
                 vol(?:ume)?s?|n[o°º]|numéro|notes?|nn?|fig(?:ure)?s?|cols?|column|colonne|books?|bk|parts?|partie|pt|\
                 art(?:icle)?s?|al(?:inéa)?|slides?|tab(?:le|leau)?|fol(?:io)?s?|ff?|pág(?:ina)?s?|seiten?|abs|kap|bd|стр|\
                 с|гл|timestamp|minutes?|min|loc|verse|v|appendix|annexe?|entry|item|question|scene|act|issue|track|at|à";
    let number = r"(?:\d[\d.:,]*\d|\d)[a-z]?|[ivxlcdm]+\b|[A-Z]\d*\b";
    let list = format!(r"(?-i:{number})(?:\s*(?:[-–—,&]|et|and|à)\s*(?-i:\d[\d:.]*\d|\d|[ivxlcdm]+\b))*");
    let han = "[\\d一二三四五六七八九十百千零〇]+";
    let chinese = format!(r"第\s*{han}(?:\s*[-–—~至到、]\s*{han})*\s*[页頁段章节節条條行卷期版款集幕分]");
    let time = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s*[-–—]\s*\d{1,2}:\d{2}(?::\d{2})?)?";
    let bare = r"\d+[a-z]?(?:\s*[-–—]\s*\d+)?(?:,\s*\d+(?:\s*[-–—]\s*\d+)?)*";
    Regex::new(&format!(r"(?i)^(?:{chinese}|(?:(?:{words})\.?\s*)+(?:{time}|{list})|{time}|{bare}\b)")).ok()
});

/// The locator at the start of what follows a key: `, ch. 4 and more` gives `ch. 4`.
#[must_use]
pub fn locator(suffix: &str) -> Option<String> {
    let words =
        suffix.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ':' | '：' | '('));
    if let Some(braced) = words.strip_prefix('{') {
        return braced.split_once('}').map(|(inside, _)| inside.trim().to_owned()).filter(|it| !it.is_empty());
    }
    let near = words.char_indices().nth(200).map_or(words, |(at, _)| words.get(..at).unwrap_or(words));
    LOCATOR.as_ref()?.find(near).map(|found| found.as_str().trim().to_owned())
}

/// The address of `(address "title")` at the start of `text`, and the length of the whole.
pub(super) fn link_destination(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('(')?;
    let lead = inner.len() - inner.trim_start().len();
    let words = inner.get(lead..)?;
    let (address, after) = if let Some(pointed) = words.strip_prefix('<') {
        let len = pointed.find(['>', '\n'])?;
        (pointed.get(..len)?, lead + len + 2)
    } else {
        let mut depth = 0usize;
        let len = words.char_indices().find_map(|(at, c)| match c {
            '(' => {
                depth += 1;
                None
            }
            ')' if depth == 0 => Some(at),
            ')' => {
                depth -= 1;
                None
            }
            c if c.is_whitespace() => Some(at),
            _ => None,
        })?;
        (words.get(..len)?, lead + len)
    };
    let rest = inner.get(after..)?;
    let title = rest.trim_start();
    let skipped = rest.len() - title.len();
    let title_len = match title.chars().next()? {
        quote @ ('"' | '\'') => title.get(1..)?.find(quote)? + 2,
        '(' => title.find(')')? + 1,
        _ => 0,
    };
    let tail = title.get(title_len..)?;
    let blank = tail.len() - tail.trim_start().len();
    let end = 1 + after + skipped + title_len + blank;
    tail.trim_start().starts_with(')').then(|| (address.to_owned(), end + 1))
}

/// Whether an address begins here.
pub(super) fn has_scheme(text: &str) -> bool {
    let starts = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    starts("http://") || starts("https://")
}

/// The length of the bare address at the start of `text`, without punctuation after it.
pub(super) fn url_len(text: &str) -> Option<usize> {
    let is_www = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
    if !has_scheme(text) && !is_www {
        return None;
    }
    let host = text.get(if is_www { 4 } else { text.find("//")? + 2 }..)?;
    if !host.starts_with(|c: char| c.is_alphanumeric() || c == '[') {
        return None;
    }
    let mut brackets = 0i32;
    let stops = |c: char, brackets: &mut i32| match c {
        '[' => {
            *brackets += 1;
            false
        }
        ']' => {
            *brackets -= 1;
            *brackets < 0
        }
        _ => {
            c.is_whitespace()
                || c.is_control()
                || "<>\"`|{}\\^，。；：、（）「」『』《》〈〉【】〔〕“”‘’«»…！？．".contains(c)
        }
    };
    let len = text.find(|c: char| stops(c, &mut brackets)).unwrap_or(text.len());
    let mut url = text.get(..len)?;
    loop {
        let unbalanced = url.ends_with(')') && url.matches(')').count() > url.matches('(').count();
        let trimmed = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~']);
        let trimmed = if unbalanced { trimmed.strip_suffix(')').unwrap_or(trimmed) } else { trimmed };
        if trimmed.len() == url.len() {
            break;
        }
        url = trimmed;
    }
    Some(url.len())
}
