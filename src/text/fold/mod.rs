//! Folding: what two spellings of one name have in common.
//!
//! Case, accents (Latin, Greek, Cyrillic, Arabic and Hebrew marks), width, ligatures, apostrophes, hyphens, kinds of
//! space and traditional Han characters are folded away; soft hyphens, zero-width characters and direction marks are
//! dropped. The folded text may be shorter or longer than the raw one (`İ`, `ß`, `ﬁ`), so nobody may assume equal
//! lengths: [`Folded`] carries a map back, and the tokeniser ([`super::tokens`]) folds character by character and
//! keeps raw offsets only.
//!
//! Compatibility decomposition has no context but the order of stacked marks, and those are dropped; so one table from
//! character to folded characters, built once from ICU's data, is exact.

mod plain;

use super::ByteRange;
use hanconv::RawDictionary;
use icu_casemap::CaseMapper;
use icu_normalizer::DecomposingNormalizer;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup as Group, Script};
use std::sync::{LazyLock, OnceLock};

pub(super) use plain::CLASSES as PLAIN_CLASSES;
use plain::Plain;

/// What a character is to matching.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Class {
    /// A Latin letter.
    Latin,
    /// A Greek letter.
    Greek,
    /// A Cyrillic letter.
    Cyrillic,
    /// An Arabic letter.
    Arabic,
    /// A Hangul syllable or leading consonant.
    Hangul,
    /// A Han character.
    Han,
    /// Hiragana, katakana and their long mark.
    Kana,
    /// Thai, Lao, Khmer, Burmese: no spaces between words.
    Unspaced,
    /// A letter of any other script.
    Letter,
    /// A decimal digit.
    Digit,
    /// A combining mark: goes with the character before it.
    Mark,
    /// Soft hyphen, zero-width character, direction mark: as if not there.
    Dropped,
    /// White space within a line.
    Space,
    /// The end of a line.
    LineEnd,
    /// Any apostrophe or single quotation mark.
    Apostrophe,
    /// A hyphen, or the dot between parts of a transliterated name (`·`).
    Hyphen,
    /// `*` and `_`: Markdown emphasis, or a word character of identifiers.
    Emphasis,
    /// Everything else.
    Punctuation,
}

impl Class {
    /// Whether the character is part of a word.
    #[must_use]
    pub fn is_word(self) -> bool {
        self <= Class::Digit
    }

    /// Whether every character of the script is a token of its own.
    #[must_use]
    pub fn is_single(self) -> bool {
        matches!(self, Class::Han | Class::Kana | Class::Unspaced | Class::Hangul)
    }
}

/// A character, folded.
#[derive(Clone, Copy, Debug)]
pub struct FoldedChar {
    /// What the raw character is.
    pub class: Class,
    /// Whether the raw character is an upper-case or title-case letter.
    pub upper: bool,
    form: Form,
}

#[derive(Clone, Copy, Debug)]
enum Form {
    None,
    One(char),
    Many(&'static [char]),
    Hangul(char),
}

impl FoldedChar {
    /// Calls `each` with every folded character: none for what is dropped, several for `ß` or `ﬁ`.
    pub fn for_each(self, mut each: impl FnMut(char)) {
        match self.form {
            Form::None => (),
            Form::One(c) => each(c),
            Form::Many(chars) => chars.iter().for_each(|c| each(*c)),
            Form::Hangul(c) => {
                let index = u32::from(c) - HANGUL_FIRST;
                let jamo = |code: u32| char::from_u32(code).unwrap_or(c);
                each(jamo(0x1100 + index / 588));
                each(jamo(0x1161 + index % 588 / 28));
                if !index.is_multiple_of(28) {
                    each(jamo(0x11A7 + index % 28));
                }
            }
        }
    }
}

/// Folds one character.
#[must_use]
#[inline]
pub fn fold_char(c: char) -> FoldedChar {
    match Plain::of(c) {
        Some(plain) => plain.folded(),
        None => table_entry(c),
    }
}

/// The first block of 256 code points beyond the planes that have letters.
const LETTERS: u32 = 0x400;
/// The first block of tags and variation selectors.
const TAGS: u32 = 0xE00;
const N_PAGES: usize = LETTERS as usize + 2;

/// Folds one character by the table, which has those of ASCII as well.
fn table_entry(c: char) -> FoldedChar {
    static TABLE: LazyLock<Table> = LazyLock::new(Table::new);
    static PAGES: [OnceLock<Box<Page>>; N_PAGES] = [const { OnceLock::new() }; N_PAGES];
    let block = u32::from(c) >> 8;
    // What lies between the letters' planes and that of tags and variants is not assigned, or private.
    let place = if block < TAGS { block } else { block - TAGS + LETTERS };
    let page = PAGES.get(place as usize).filter(|_| !(LETTERS..TAGS).contains(&block));
    match page.map(|page| page.get_or_init(|| Box::new(TABLE.page(block)))) {
        Some(page) => page.get(c),
        None => FoldedChar { class: Class::Punctuation, upper: false, form: Form::One(c) },
    }
}

/// A folded text that knows where its characters come from.
///
/// Runs of white space and line ends are one space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// Where the distance between folded and raw bytes changes; ascending.
    map: Vec<Point>,
}

/// From `folded` on, raw bytes run in step from `raw` on; or, where `block` is not 0, one raw character of `block` bytes
/// became something of another length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Point {
    folded: u32,
    raw: u32,
    block: u32,
}

impl Folded {
    /// Folds a text.
    #[must_use]
    pub fn new(raw: &str) -> Folded {
        let mut folded = Folded { text: String::with_capacity(raw.len()), map: Vec::new() };
        let mut after_space = false;
        for (at, c) in raw.char_indices() {
            let fold = fold_char(c);
            let space = matches!(fold.class, Class::Space | Class::LineEnd);
            if fold.class == Class::Dropped || (space && after_space) {
                continue;
            }
            after_space = space;
            folded.push(fold, at, c.len_utf8());
        }
        folded
    }

    fn push(&mut self, fold: FoldedChar, at: usize, raw_len: usize) {
        let start = self.text.len();
        let mut n_chars = 0;
        fold.for_each(|c| {
            self.text.push(c);
            n_chars += 1;
        });
        if n_chars == 0 {
            return;
        }
        let (start, at) = (to_u32(start), to_u32(at));
        let in_step = n_chars == 1 && self.text.len() - start as usize == raw_len;
        let last = self.map.last().copied().unwrap_or_default();
        if !in_step {
            self.map.push(Point { folded: start, raw: at, block: to_u32(raw_len) });
        } else if last.block != 0 || start - last.folded != at - last.raw {
            self.map.push(Point { folded: start, raw: at, block: 0 });
        }
    }

    fn point(&self, folded: u32) -> Point {
        let after = self.map.partition_point(|point| point.folded <= folded);
        after.checked_sub(1).and_then(|at| self.map.get(at)).copied().unwrap_or_default()
    }

    /// The raw byte at which the character that holds the folded byte starts.
    #[must_use]
    pub fn raw(&self, folded: usize) -> usize {
        let folded = to_u32(folded);
        let point = self.point(folded);
        if point.block == 0 { (point.raw + folded - point.folded) as usize } else { point.raw as usize }
    }

    /// The raw bytes that a range of the folded text stands for. A range that ends within a character that became
    /// several takes it whole; dropped characters at the edges stay outside.
    #[must_use]
    pub fn raw_range(&self, folded: ByteRange) -> ByteRange {
        let start = self.raw(folded.start as usize);
        let before = self.text.get(..folded.end as usize).and_then(|text| text.char_indices().next_back());
        let Some((last, c)) = before.filter(|(last, _)| to_u32(*last) >= folded.start) else {
            return ByteRange::empty(start);
        };
        let point = self.point(to_u32(last));
        let length = if point.block == 0 { c.len_utf8() } else { point.block as usize };
        ByteRange::new(start, self.raw(last) + length)
    }
}

/// The folded text without a map: for keys and comparisons.
#[must_use]
pub fn fold(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut after_space = false;
    for c in raw.chars() {
        if let Some(plain) = Plain::of(c) {
            let space = plain.is_space();
            if !(space && after_space) {
                text.push(plain.small());
            }
            after_space = space;
            continue;
        }
        let fold = table_entry(c);
        let space = matches!(fold.class, Class::Space | Class::LineEnd);
        if fold.class != Class::Dropped && !(space && after_space) {
            after_space = space;
            fold.for_each(|c| text.push(c));
        }
    }
    text
}

fn to_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

const HANGUL_FIRST: u32 = 0xAC00;
const HANGUL_LAST: u32 = 0xD7A3;
const PAGE: usize = 256;

/// A packed entry: bits 0–20 a character or an index, 21–22 the form, 23 upper case, 24–28 the class.
type Entry = u32;
const FORM_SAME: u32 = 0;
const FORM_ONE: u32 = 1 << 21;
const FORM_MANY: u32 = 2 << 21;
const FORM_NONE: u32 = 3 << 21;
const FORM_MASK: u32 = 3 << 21;
const UPPER: u32 = 1 << 23;
const PAYLOAD: u32 = (1 << 21) - 1;

/// How characters fold, by pages of 256. A page is made when first asked for: most texts need a few of a thousand, and to
/// make them all takes as long as to read a megabyte.
struct Table {
    source: Source,
    /// Simplified characters by their traditional ones, in order.
    simplified: Vec<(char, char)>,
}

struct Page {
    entries: [Entry; PAGE],
    /// Expansions: `FORM_MANY` points at the one to take.
    many: Vec<Box<[char]>>,
}

impl Page {
    fn get(&'static self, c: char) -> FoldedChar {
        let code = u32::from(c);
        let entry = self.entries.get((code & 0xFF) as usize).copied();
        let entry = entry.unwrap_or_else(|| class_bits(Class::Punctuation));
        let class = CLASSES.get((entry >> 24) as usize).copied().unwrap_or(Class::Punctuation);
        let many = || self.many.get((entry & PAYLOAD) as usize).map_or(&[][..], |chars| chars);
        let form = match entry & FORM_MASK {
            FORM_SAME if (HANGUL_FIRST..=HANGUL_LAST).contains(&code) => Form::Hangul(c),
            FORM_SAME => Form::One(c),
            FORM_ONE => Form::One(char::from_u32(entry & PAYLOAD).unwrap_or(c)),
            FORM_MANY => Form::Many(many()),
            _ => Form::None,
        };
        FoldedChar { class, upper: entry & UPPER != 0, form }
    }
}

const CLASSES: [Class; 18] = [
    Class::Latin,
    Class::Greek,
    Class::Cyrillic,
    Class::Arabic,
    Class::Hangul,
    Class::Han,
    Class::Kana,
    Class::Unspaced,
    Class::Letter,
    Class::Digit,
    Class::Mark,
    Class::Dropped,
    Class::Space,
    Class::LineEnd,
    Class::Apostrophe,
    Class::Hyphen,
    Class::Emphasis,
    Class::Punctuation,
];

fn class_bits(class: Class) -> u32 {
    u32::from(class as u8) << 24
}

impl Table {
    fn new() -> Table {
        let pairs = RawDictionary::TSCharacters.iter();
        let firsts = pairs.filter_map(|(from, to)| Some((from.chars().next()?, to.chars().next()?)));
        let mut simplified: Vec<(char, char)> = firsts.collect();
        // Of several the last counts.
        simplified.reverse();
        simplified.sort_by_key(|(from, _)| *from);
        simplified.dedup_by_key(|(from, _)| *from);
        Table { source: Source::new(), simplified }
    }

    /// The page of the 256 code points from `block << 8` on.
    fn page(&self, block: u32) -> Page {
        let uniform = match block {
            0x34..=0x4C | 0x4E..=0x9F | 0x200..=0x2F7 | 0x300..=0x323 => Some(Class::Han),
            0xAC..=0xD6 => Some(Class::Hangul),
            0..=0x33 | 0x4D | 0xA0..=0xAB | 0xD7 | 0xF9..=0x1FF | 0x2F8..=0x2FA | 0xE00..=0xE01 => None,
            _ => Some(Class::Punctuation),
        };
        let mut many = Vec::new();
        let entries = std::array::from_fn(|low| {
            let c = char::from_u32(block << 8 | to_u32(low));
            let simplified = c.and_then(|c| self.simplified(c));
            match (simplified, uniform, c) {
                (Some(to), ..) => class_bits(Class::Han) | FORM_ONE | u32::from(to),
                (None, Some(class), _) => class_bits(class),
                (None, None, Some(c)) => entry(c, &self.source, &mut many),
                (None, None, None) => class_bits(Class::Punctuation),
            }
        });
        Page { entries, many }
    }

    fn simplified(&self, c: char) -> Option<char> {
        let at = self.simplified.binary_search_by_key(&c, |(from, _)| *from).ok()?;
        self.simplified.get(at).map(|(_, to)| *to)
    }
}

fn entry(c: char, source: &Source, many: &mut Vec<Box<[char]>>) -> Entry {
    let class = source.class(c);
    let bits = class_bits(class) | if c.is_uppercase() { UPPER } else { 0 };
    let folded: Vec<char> = if class == Class::Dropped || is_stripped_mark(c) {
        Vec::new()
    } else if matches!(class, Class::Space | Class::LineEnd) {
        vec![' ']
    } else if class == Class::Apostrophe {
        vec!['\'']
    } else if class == Class::Hyphen || is_long_dash(c) {
        vec!['-']
    } else {
        source.fold(c)
    };
    match folded.as_slice() {
        [] => bits | FORM_NONE,
        [one] if *one == c => bits | FORM_SAME,
        [one] => bits | FORM_ONE | u32::from(*one),
        _ => {
            many.push(folded.into_boxed_slice());
            bits | FORM_MANY | to_u32(many.len() - 1)
        }
    }
}

/// ICU's data.
struct Source {
    category: icu_properties::CodePointMapDataBorrowed<'static, GeneralCategory>,
    script: icu_properties::CodePointMapDataBorrowed<'static, Script>,
    nfkd: icu_normalizer::DecomposingNormalizerBorrowed<'static>,
    case: icu_casemap::CaseMapperBorrowed<'static>,
}

impl Source {
    fn new() -> Source {
        Source {
            category: CodePointMapData::<GeneralCategory>::new(),
            script: CodePointMapData::<Script>::new(),
            nfkd: DecomposingNormalizer::new_nfkd(),
            case: CaseMapper::new(),
        }
    }

    fn class(&self, c: char) -> Class {
        if let Some(class) = special_class(c) {
            return class;
        }
        use GeneralCategory as Category;
        let category = self.category.get(c);
        let is = |group: Group| group.contains(category);
        if is(Group::Letter) || category == Category::LetterNumber {
            self.letter_class(c)
        } else if category == Category::DecimalNumber {
            Class::Digit
        } else if is(Group::Mark) {
            Class::Mark
        } else if matches!(category, Category::LineSeparator | Category::ParagraphSeparator) {
            Class::LineEnd
        } else if category == Category::Format {
            Class::Dropped
        } else if c.is_whitespace() {
            Class::Space
        } else {
            Class::Punctuation
        }
    }

    fn letter_class(&self, c: char) -> Class {
        match self.script.get(c) {
            Script::Latin => Class::Latin,
            Script::Greek => Class::Greek,
            Script::Cyrillic => Class::Cyrillic,
            Script::Arabic => Class::Arabic,
            Script::Hangul => Class::Hangul,
            Script::Han => Class::Han,
            Script::Hiragana | Script::Katakana => Class::Kana,
            Script::Thai | Script::Lao | Script::Khmer | Script::Myanmar => Class::Unspaced,
            _ => Class::Letter,
        }
    }

    /// NFKD, full case folding, marks dropped, letters with strokes and ligatures without a decomposition replaced.
    fn fold(&self, c: char) -> Vec<char> {
        let decomposed: String = self.nfkd.normalize_iter(std::iter::once(c)).collect();
        let folded = self.case.fold_string(&decomposed);
        let again = self.nfkd.normalize_iter(folded.chars());
        let mut out = Vec::new();
        for c in again.filter(|c| !is_stripped_mark(*c)) {
            match c {
                'œ' => out.extend(['o', 'e']),
                'æ' => out.extend(['a', 'e']),
                'ø' => out.push('o'),
                'ł' => out.push('l'),
                'đ' | 'ð' => out.push('d'),
                'ħ' => out.push('h'),
                'ı' => out.push('i'),
                _ => out.push(c),
            }
        }
        out
    }
}

/// Characters whose part in names Unicode's categories do not tell.
fn special_class(c: char) -> Option<Class> {
    Some(match c {
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' => Class::LineEnd,
        '\t' => Class::Space,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{640}' | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}' => {
            Class::Dropped
        }
        '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => Class::Dropped,
        '\'' | '’' | 'ʼ' | '‘' | '´' | '`' | '′' | '‛' | 'ʹ' | 'ʻ' | '＇' => Class::Apostrophe,
        '-' | '‐' | '‑' | '‒' | '–' | '−' | '﹣' | '－' => Class::Hyphen,
        '·' | '•' | '‧' | '・' | '･' | '∙' => Class::Hyphen,
        '*' | '_' => Class::Emphasis,
        '々' | '〇' | '〻' => Class::Han,
        'ー' | 'ｰ' => Class::Kana,
        '\u{3099}' | '\u{309A}' | 'ﾞ' | 'ﾟ' => Class::Mark,
        '\u{1160}'..='\u{11FF}' => Class::Mark,
        _ => return None,
    })
}

fn is_long_dash(c: char) -> bool {
    matches!(c, '—' | '―' | '﹘' | '⸺')
}

/// Marks that may be left out in writing: accents, Arabic and Hebrew vowels.
fn is_stripped_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{591}'..='\u{5C7}')
}

#[cfg(test)]
mod tests;
