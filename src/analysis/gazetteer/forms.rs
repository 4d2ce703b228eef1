//! The forms that a record gives: its names as listed, and those that follow from them (family names, names without
//! their article).

use super::{translate, words};
use crate::model::record::{CaseRule, NameKind, Record};
use crate::text::fold::Class;
use crate::text::tokens::{Join, Shape, Token, hash_pieces, tokenize};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form<'a> {
    /// As written in the record.
    pub text: Cow<'a, str>,
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
    /// Whether the actor is called otherwise now.
    pub former: bool,
    /// Whether the user marked it as weak.
    pub marked: bool,
}

/// The longest form that is looked for, in bytes; longer ones are texts, not names.
const MAX_LENGTH: usize = 400;

/// All forms of a record, each once; the strongest reading of a form that is listed twice wins.
#[must_use]
pub(super) fn of_record(record: &Record) -> Vec<Form<'_>> {
    let mut forms = Forms { list: Vec::with_capacity(record.names.len() + 2), places: FxHashMap::default() };
    let person = record.is_person();
    let canonical = path(&tokenize(record.caption()));
    for name in &record.names {
        let text = name.text.value.trim();
        let tokens = tokenize(text);
        if name.case == Some(CaseRule::Never) || tokens.is_empty() || text.len() > MAX_LENGTH {
            continue;
        }
        let own = name.kind == NameKind::Canonical || path(&tokens) == canonical;
        let mut form = listed(text, &tokens, name.kind, own, person).with_case(name.case);
        form.former = name.kind == NameKind::Former && !own;
        let strong = form.strength == Strength::Strong && form.kind != FormKind::Handle;
        let is_press = form.strength == Strength::Homograph && is_media(record);
        let follows = if strong || is_press { derived(text, &tokens, &form, record) } else { None };
        let short = if strong && !person { acronym(text, &tokens) } else { None };
        let bare = if strong && !person { without_apostrophe(text, &tokens, &form) } else { None };
        add(&mut forms, path(&tokens), form);
        for form in follows.into_iter().chain(short).chain(bare) {
            add(&mut forms, path(&tokenize(&form.text)), form);
        }
    }
    for text in if person { Vec::new() } else { translate::of_record(record) } {
        let key = path(&tokenize(&text));
        add(&mut forms, key, Form { kind: FormKind::Full, strength: Strength::Strong, ..Form::derived(text.into()) });
    }
    forms.list.into_iter().map(|(_, form)| form).collect()
}

/// Forms with the hash of their tokens.
struct Forms<'a> {
    list: Vec<(u64, Form<'a>)>,
    /// Where the forms of a hash stand, from [`MANY`] forms on; few are looked through faster.
    places: FxHashMap<u64, Vec<usize>>,
}

/// A record with more forms has them by their hashes.
const MANY: usize = 64;

impl<'a> Forms<'a> {
    /// A form of the same tokens that fits.
    fn find(&mut self, key: u64, fits: impl Fn(&Form<'a>) -> bool) -> Option<&mut Form<'a>> {
        let is_it = |(known_key, known): &(u64, Form<'a>)| *known_key == key && fits(known);
        let at = match self.list.len() < MANY {
            true => self.list.iter().position(is_it),
            false => self.places.get(&key)?.iter().copied().find(|at| self.list.get(*at).is_some_and(is_it)),
        };
        self.list.get_mut(at?).map(|(_, form)| form)
    }

    fn push(&mut self, key: u64, form: Form<'a>) {
        self.list.push((key, form));
        let n_forms = self.list.len();
        let fresh = if n_forms == MANY { 0 } else { n_forms - 1 };
        if MANY <= n_forms {
            for (at, (key, _)) in self.list.iter().enumerate().skip(fresh) {
                self.places.entry(*key).or_default().push(at);
            }
        }
    }
}

impl<'a> Form<'a> {
    /// A weak form that nobody wrote down.
    fn derived(text: Cow<'a, str>) -> Form<'a> {
        Form {
            text,
            kind: FormKind::Alias,
            strength: Strength::Weak,
            case: None,
            listed: false,
            common: false,
            former: false,
            marked: false,
        }
    }

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
    let same = forms.find(key, |known| {
        (known.kind == FormKind::Handle) == (form.kind == FormKind::Handle)
            && (known.text == form.text || (known.case.is_none() && form.case.is_none()))
    });
    match same {
        Some(known) => {
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
        None => forms.push(key, form),
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
    let weak = kind == NameKind::Weak;
    let strength = if handle {
        Strength::Strong
    } else if tiny || (!own && (weak || common)) {
        Strength::Weak
    } else if common {
        Strength::Homograph
    } else {
        Strength::Strong
    };
    let one_word = tokens.len() == 1 || tokens.iter().all(|token| token.class == Class::Han);
    let kind = if handle {
        FormKind::Handle
    } else if own || kind == NameKind::Transliteration || (kind == NameKind::Alias && tokens.len() > 1) {
        FormKind::Full
    } else if weak && person && one_word {
        FormKind::Surname
    } else {
        FormKind::Alias
    };
    Form { text: text.into(), kind, strength, case: None, listed: true, common, former: false, marked: weak }
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

/// The family name of a person, and the name of a newspaper without its article.
fn derived<'a>(text: &'a str, tokens: &[Token], form: &Form<'a>, record: &Record) -> Option<Form<'a>> {
    if record.is_person() {
        let (first, last) = surname(text, tokens, record)?;
        let range = tokens.get(first)?.start as usize..tokens.get(last)?.end as usize;
        let common = first == last && tokens.get(first).is_some_and(|token| words::is_common(token.hash));
        return Some(Form { kind: FormKind::Surname, common, ..Form::derived(text.get(range)?.into()) });
    }
    // "The Washington Post" is also "Washington Post", and "The Verge" perhaps "Verge".
    let (article, rest) = tokens.split_first()?;
    let is_press = is_media(record);
    let is_english = text.starts_with(['T', 't']);
    if !words::is_article(article.hash) || article.shape != Shape::Capital || !(is_english || is_press) {
        return None;
    }
    let text: Cow<'_, str> = text.get(rest.first()?.start as usize..)?.into();
    match rest {
        [one] => Some(Form {
            common: words::is_common(one.hash),
            // "the Guardian", "du Figaro": the text's own article tells it from the word.
            strength: if is_press { Strength::Homograph } else { Strength::Weak },
            ..Form::derived(text)
        }),
        _ => Some(Form { text, listed: false, ..form.clone() }),
    }
}

/// Whether the record is of a news outlet, whose article belongs to its name.
pub(super) fn is_outlet(record: &Record) -> bool {
    let schema = record.schema.as_ref().is_some_and(|schema| schema.value.eq_ignore_ascii_case("media"));
    let last = tokenize(record.caption()).last().map(|token| token.hash);
    let press = ["times", "post", "journal", "guardian", "herald", "tribune", "telegraph", "independent", "economist"];
    schema || press.iter().any(|word| last == Some(hash_pieces(&[word])))
}

fn is_media(record: &Record) -> bool {
    record.schema.as_ref().is_some_and(|schema| schema.value.eq_ignore_ascii_case("media"))
}

/// The first letters of a name of three to five words with a capital: New York Times, NYT.
fn acronym<'a>(text: &str, tokens: &[Token]) -> Option<Form<'a>> {
    let named = tokens.iter().filter(|token| !words::is_function(token.hash));
    let letters: Option<String> = named
        .map(|token| token.of(text).chars().next().filter(|c| token.shape == Shape::Capital && c.is_ascii_uppercase()))
        .collect();
    let fits = letters
        .as_ref()
        .is_some_and(|letters| (3..=5).contains(&letters.len()) && !words::is_common(hash_pieces(&[letters])));
    letters.filter(|_| fits).map(|letters| Form::derived(letters.into()))
}

/// People's Daily is also written Peoples Daily.
fn without_apostrophe<'a>(text: &str, tokens: &[Token], form: &Form<'a>) -> Option<Form<'a>> {
    let mark = tokens.iter().position(|token| token.join == Join::Apostrophe && token.of(text) == "s")?;
    let word = tokens.get(mark.checked_sub(1)?)?;
    let (before, after) = (text.get(..word.end as usize)?, text.get(tokens.get(mark)?.start as usize..)?);
    let goes_on = tokens.get(mark + 1).is_some_and(|next| next.join == Join::Space);
    goes_on.then(|| Form { text: format!("{before}{after}").into(), listed: false, ..form.clone() })
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
