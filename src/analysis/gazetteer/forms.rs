//! The forms that a record gives: its names as listed, and those that follow from them (family names, names without
//! their article).

use super::words;
use crate::model::record::{CaseRule, NameKind, Record};
use crate::text::fold::Class;
use crate::text::tokens::{Join, Shape, Token, tokenize};

/// How far a form settles by itself who is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Strength {
    /// A surname, an abbreviation that others share, a common word: needs evidence.
    Weak,
    /// The actor's own name, but also an ordinary word (Apple, Le Point): a capital must be meant.
    Homograph,
    /// Stands alone.
    Strong,
}

/// What sort of form it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum FormKind {
    /// The canonical or an established full name.
    Full,
    /// An abbreviation, a short, former or translated form.
    Alias,
    /// The family name alone.
    Surname,
    /// An `@` or `#` token.
    Handle,
}

/// A form of an actor's name, before it is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form<'a> {
    /// As written in the record.
    pub text: &'a str,
    /// What sort of form it is.
    pub kind: FormKind,
    /// How far it settles who is meant.
    pub strength: Strength,
    /// How letter case counts.
    pub case: Option<CaseRule>,
    /// Whether the user wrote it down; otherwise it follows from another name.
    pub listed: bool,
    /// Whether it is an ordinary word.
    pub common: bool,
}

/// The longest form that is looked for, in bytes; longer ones are texts, not names.
const MAX_LENGTH: usize = 400;

/// All forms of a record, each once; the strongest reading of a form that is listed twice wins.
#[must_use]
pub(super) fn of_record(record: &Record) -> Vec<Form<'_>> {
    let mut forms: Forms<'_> = Vec::with_capacity(record.names.len() + 2);
    let person = record.is_person();
    let canonical = path(&tokenize(record.caption()));
    for name in &record.names {
        let text = name.text.value.trim();
        let tokens = tokenize(text);
        if name.case == Some(CaseRule::Never) || tokens.is_empty() || text.len() > MAX_LENGTH {
            continue;
        }
        let own = name.kind == NameKind::Canonical || path(&tokens) == canonical;
        let form = listed(text, &tokens, name.kind, own, person).with_case(name.case);
        add(&mut forms, path(&tokens), form);
        if form.strength == Strength::Strong && form.kind != FormKind::Handle {
            if let Some(form) = derived(text, &tokens, &form, record) {
                add(&mut forms, path(&tokenize(form.text)), form);
            }
        }
    }
    forms.into_iter().map(|(_, form)| form).collect()
}

/// Forms with the hash of their tokens.
type Forms<'a> = Vec<(u64, Form<'a>)>;

impl Form<'_> {
    fn with_case(mut self, case: Option<CaseRule>) -> Self {
        self.case = case;
        self
    }
}

fn path(tokens: &[Token]) -> u64 {
    tokens
        .iter()
        .fold(0, |path: u64, token| path.rotate_left(9).wrapping_add(token.hash).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// Forms that differ in case only (`Xiaoice`, `XiaoIce`) are kept both where letter case may matter.
fn add<'a>(forms: &mut Forms<'a>, key: u64, form: Form<'a>) {
    let same = forms.iter_mut().find(|(known_key, known)| {
        *known_key == key
            && (known.kind == FormKind::Handle) == (form.kind == FormKind::Handle)
            && (known.text == form.text || (known.case.is_none() && form.case.is_none()))
    });
    match same {
        Some((_, known)) => {
            if !form.text.chars().any(char::is_uppercase) && form.listed {
                // A spelling without capitals was written down: any case will do.
                known.text = form.text;
            }
            if (form.strength, form.listed) > (known.strength, known.listed) {
                known.strength = form.strength;
                known.kind = known.kind.min(form.kind);
            }
            known.listed |= form.listed;
        }
        None => forms.push((key, form)),
    }
}

fn listed<'a>(text: &'a str, tokens: &[Token], kind: NameKind, own: bool, person: bool) -> Form<'a> {
    let common = match tokens {
        [one] => words::is_common(one.hash) && one.shape != Shape::Upper,
        [article, one] => words::is_article(article.hash) && words::is_common(one.hash),
        _ => false,
    };
    let handle = text.starts_with(['@', '#', '＠', '＃']);
    let tiny = is_tiny(text, tokens);
    let strength = match kind {
        _ if handle => Strength::Strong,
        _ if tiny => Strength::Weak,
        _ if own && common => Strength::Homograph,
        _ if own => Strength::Strong,
        NameKind::Weak => Strength::Weak,
        _ if common => Strength::Weak,
        _ => Strength::Strong,
    };
    let kind = match kind {
        _ if handle => FormKind::Handle,
        NameKind::Canonical | NameKind::Transliteration => FormKind::Full,
        _ if own => FormKind::Full,
        NameKind::Weak if person && tokens.len() == 1 => FormKind::Surname,
        NameKind::Weak if person && tokens.iter().all(|token| token.class == Class::Han) => FormKind::Surname,
        NameKind::Alias if tokens.len() > 1 => FormKind::Full,
        _ => FormKind::Alias,
    };
    Form { text, kind, strength, case: None, listed: true, common }
}

/// One Han character, or fewer than three letters or digits of another script.
fn is_tiny(text: &str, tokens: &[Token]) -> bool {
    match tokens {
        [one] if one.class.is_single() => true,
        [first, ..] if first.class.is_single() => false,
        [one] => one.of(text).chars().filter(|c| c.is_alphanumeric()).count() < 3,
        _ => tokens.iter().all(|token| token.class == Class::Digit),
    }
}

fn derived<'a>(text: &'a str, tokens: &[Token], form: &Form<'a>, record: &Record) -> Option<Form<'a>> {
    let weak = Form { kind: FormKind::Surname, strength: Strength::Weak, case: None, listed: false, ..*form };
    if record.is_person() {
        let (first, last) = surname(text, tokens, record)?;
        let range = tokens.get(first)?.start as usize..tokens.get(last)?.end as usize;
        let text = text.get(range)?;
        let common = first == last && tokens.get(first).is_some_and(|token| words::is_common(token.hash));
        return Some(Form { text, common, ..weak });
    }
    // "The Washington Post" is also "Washington Post", and "The Verge" perhaps "Verge".
    let (article, rest) = tokens.split_first()?;
    if !words::is_article(article.hash) || article.shape != Shape::Capital || !text.starts_with(['T', 't']) {
        return None;
    }
    let start = rest.first()?.start as usize;
    let text = text.get(start..)?;
    match rest {
        [one] => Some(Form { text, kind: FormKind::Alias, common: words::is_common(one.hash), ..weak }),
        _ => Some(Form { text, listed: false, ..*form }),
    }
}

/// Which tokens (first, last) of a person's full name are the family name.
fn surname(text: &str, tokens: &[Token], record: &Record) -> Option<(usize, usize)> {
    if tokens.iter().any(|token| token.class == Class::Han) {
        // 杰弗里·凯恩: what follows the last dot.
        let dot = tokens.iter().rposition(|token| token.join == Join::Hyphen)?;
        return (tokens.len() - dot >= 2).then(|| (dot, tokens.len() - 1));
    }
    let alphabetic = |token: &Token| matches!(token.class, Class::Latin | Class::Cyrillic | Class::Greek);
    if tokens.len() < 2 || !tokens.iter().all(alphabetic) {
        return None;
    }
    let mut last = tokens.len() - 1;
    while tokens.get(last).is_some_and(|token| words::is_suffix(token.hash)) {
        last = last.checked_sub(1)?;
    }
    if eastern_order(text, tokens, last, record) {
        return tokens.first().filter(|token| is_surname(token)).map(|_| (0, 0));
    }
    let mut first = last;
    while tokens.get(first).is_some_and(|token| matches!(token.join, Join::Hyphen | Join::Apostrophe)) {
        first -= 1;
    }
    if first == last && !tokens.get(last).is_some_and(is_surname) {
        return None;
    }
    while first > 1 && tokens.get(first - 1).is_some_and(|token| words::is_particle(token.hash)) {
        first -= 1;
    }
    (first > 0).then_some((first, last))
}

fn is_surname(token: &Token) -> bool {
    token.shape.has_capital() && token.end - token.start > 1 && !words::is_never_a_surname(token.hash)
}

/// Xi Jinping, Kim Jong-un: the family name comes first.
fn eastern_order(text: &str, tokens: &[Token], last: usize, record: &Record) -> bool {
    let known = |at: usize| tokens.get(at).is_some_and(|token| words::is_eastern_surname(token.hash));
    if !known(0) {
        return false;
    }
    let eastern_country = record
        .countries
        .iter()
        .any(|country| matches!(country.value.as_str(), "cn" | "tw" | "hk" | "kr" | "kp" | "vn" | "sg"));
    let short = |token: &Token| token.end - token.start <= 5;
    match tokens.get(1..=last) {
        Some([_]) if known(last) => eastern_country,
        Some([given]) => eastern_country || is_pinyin(given.of(text)),
        Some([one, two]) => eastern_country || (short(one) && short(two)),
        _ => false,
    }
}

/// Whether a given name is two or more syllables of pinyin.
fn is_pinyin(word: &str) -> bool {
    fn syllables(rest: &[u8], n: usize) -> bool {
        if rest.is_empty() {
            return n >= 2;
        }
        let onset = match rest {
            [b'z' | b'c' | b's', b'h', ..] => 2,
            [b'a' | b'e' | b'i' | b'o' | b'u' | b'v', ..] => 0,
            _ => 1,
        };
        let vowels = rest.iter().skip(onset).take_while(|byte| b"aeiou".contains(byte)).count();
        let after = rest.get(onset + vowels..).unwrap_or_default();
        let coda = |length: usize| after.get(length..).is_some_and(|rest| syllables(rest, n + 1));
        (1..=3).contains(&vowels)
            && ((after.starts_with(b"ng") && coda(2)) || (after.starts_with(b"n") && coda(1)) || coda(0))
    }
    let lower = word.to_ascii_lowercase();
    lower.is_ascii() && syllables(lower.as_bytes(), 0)
}
