//! Quotations and what their sources really say: each is looked up in the archived copy of the reference that it cites.

use super::card::Part;
use super::findings::differences;
use super::states::{self, Source};
use crate::analysis::claims::Claim;
use crate::analysis::language::{self, Language};
use crate::analysis::quotations::{self, Passage, Quotation};
use crate::corpus::document::Content;
use crate::corpus::{Document, Snapshot, copies};
use crate::model::FileId;
use crate::model::annotation::Decision;
use crate::model::record::{Evidence, Record};
use crate::text::ByteRange;
use crate::text::fold::fold_char;
use std::sync::Arc;

/// How many bytes of a copy are read to tell its language.
const LANGUAGE_SAMPLE: usize = 4_000;
/// Words of fewer letters are not looked for in other sources than a copy in another language; a Han character is two.
const LEAST_LETTERS: usize = 16;
/// Citations in one pair of brackets stand at most this many bytes apart.
const CITATION_GAP: u32 = 80;
/// An introduction (“As the report says [@key]:”) ends at most this many bytes after its citation.
const INTRODUCTION: u32 = 200;

/// A quotation and the references that should have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The quoted words, bytes in the file.
    pub range: ByteRange,
    /// The same with its marks.
    pub whole: ByteRange,
    /// The quoted words in one line.
    pub words: String,
    /// The citation keys that cover it, in the order of the text; never empty.
    pub keys: Vec<String>,
    /// The language of the sentence around it.
    pub around: Option<Language>,
}

/// A quotation that was looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The quotation.
    pub quoted: Quoted,
    /// The reference that the verdict is about.
    pub key: String,
    /// The text that holds its archived copy, where it has one.
    pub copy: Option<FileId>,
    /// What was found.
    pub verdict: Verdict,
}

/// Whether a source says what is quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Word for word.
    Exact(Arc<Passage>),
    /// With other words.
    Altered(Arc<Passage>),
    /// Not there, but word for word in another source text. The copy may be in another language.
    Elsewhere(FileId, ByteRange),
    /// Not there.
    NotFound,
    /// The quotation and the copy are in different languages, so they cannot be compared.
    Translation {
        /// The quotation's.
        quoted: Language,
        /// The copy's.
        copy: Language,
    },
    /// There is no archived copy to look into.
    NoCopy,
}

impl Verdict {
    /// The verdict in a word.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Verdict::Exact(_) => "exact",
            Verdict::Altered(_) => "altered",
            Verdict::Elsewhere(..) => "in another source",
            Verdict::NotFound => "not found",
            Verdict::Translation { .. } => "translated",
            Verdict::NoCopy => "no archived copy",
        }
    }
}

impl Checked {
    /// Where the quoted words, or what comes nearest to them, stand.
    #[must_use]
    pub fn place(&self) -> Option<(FileId, ByteRange)> {
        match &self.verdict {
            Verdict::Exact(passage) | Verdict::Altered(passage) => Some((self.copy?, passage.range())),
            Verdict::Elsewhere(file, range) => Some((*file, *range)),
            Verdict::NotFound | Verdict::Translation { .. } | Verdict::NoCopy => None,
        }
    }
}

/// Every quotation of a file that cites a reference, looked up, in order of place.
#[must_use]
pub fn of(snapshot: &Snapshot, document: &Document) -> Vec<Checked> {
    quoted(snapshot, document).into_iter().filter_map(|it| check(snapshot, document, it)).collect()
}

/// The quotation at a place, looked up.
#[must_use]
pub fn at(snapshot: &Snapshot, document: &Document, offset: u32) -> Option<Checked> {
    if matches!(document.content, Content::Text) {
        // Most places are in no quotation: that is known without looking at the citations.
        let block = document.blocks().iter().find(|block| block.range.touches(offset))?;
        let start = block.range.start;
        block.facts.quotations.iter().find(|it| it.whole.shifted(start).touches(offset))?;
    }
    let quoted = quoted(snapshot, document).into_iter().find(|it| it.whole.touches(offset))?;
    check(snapshot, document, quoted)
}

/// The verdict for a card: what the source has where the text quotes it.
#[must_use]
pub fn parts(snapshot: &Snapshot, checked: &Checked) -> Vec<Part> {
    let mut parts = vec![Part::Title("Quotation".to_owned(), checked.verdict.word().to_owned())];
    let text = match &checked.verdict {
        Verdict::Exact(_) => "The archived copy has these words.".to_owned(),
        Verdict::Altered(passage) => format!("The archived copy differs: {}.", differences(&passage.changes)),
        Verdict::Elsewhere(file, _) => {
            format!("The archived copy does not have these words, but {} has them.", snapshot.path(*file))
        }
        Verdict::NotFound => "The archived copy has nothing like these words.".to_owned(),
        Verdict::Translation { quoted, copy } => format!(
            "The quotation is in another language ({}) than the archived copy ({}): it cannot be compared.",
            quoted.code(),
            copy.code()
        ),
        Verdict::NoCopy => "There is no archived copy to look it up in.".to_owned(),
    };
    parts.push(Part::Text(text));
    if let Some((file, range)) = checked.place() {
        let words = snapshot.document(file).map(|it| it.buffer.slice(range).into_owned()).unwrap_or_default();
        parts.push(Part::Quote(words));
    }
    let mut items = vec![("cited".to_owned(), checked.key.clone())];
    items.extend(checked.copy.map(|file| ("archived copy".to_owned(), snapshot.path(file).to_owned())));
    parts.push(Part::List(items));
    parts
}

/// Every quotation of a file that cites a reference, in order of place.
#[must_use]
pub fn quoted(snapshot: &Snapshot, document: &Document) -> Vec<Quoted> {
    match &document.content {
        Content::Text => in_text(snapshot, document),
        Content::Records(records) => records.iter().flat_map(|record| in_record(record)).collect(),
        Content::Annotations(annotations) => {
            let backed = annotations.iter().filter_map(|annotation| match &annotation.decision {
                Decision::Backed { key, quotation: Some(words), .. } => {
                    Some(explicit(annotation.range, words, &key.value))
                }
                Decision::Backed { quotation: None, .. }
                | Decision::Identity { .. }
                | Decision::CitationNeeded
                | Decision::Assessed { .. }
                | Decision::Suppressed { .. }
                | Decision::Comment(_) => None,
            });
            backed.collect()
        }
        Content::References(_) | Content::Configuration => Vec::new(),
    }
}

fn in_record(record: &Record) -> Vec<Quoted> {
    let evidence = record.facts.iter().map(|it| &it.evidence).chain(record.relations.iter().map(|it| &it.evidence));
    let quote = |it: &Evidence| {
        let (source, quote) = it.source.as_ref().zip(it.quote.as_ref())?;
        Some(explicit(quote.range, &quote.value, &source.value))
    };
    evidence.filter_map(quote).collect()
}

fn explicit(range: ByteRange, words: &str, key: &str) -> Quoted {
    Quoted { range, whole: range, words: quotations::clean(words), keys: vec![key.to_owned()], around: None }
}

fn in_text(snapshot: &Snapshot, document: &Document) -> Vec<Quoted> {
    let blocks = document.blocks().iter();
    let quotations: Vec<Quotation> = blocks
        .flat_map(|block| {
            let start = block.range.start;
            let shifted = move |it: &Quotation| Quotation {
                range: it.range.shifted(start),
                whole: it.whole.shifted(start),
                is_block: it.is_block,
            };
            block.facts.quotations.iter().map(shifted)
        })
        .collect();
    if quotations.is_empty() {
        return Vec::new();
    }
    let mut sources = states::sources(snapshot, document);
    sources.retain(|source| !source.is_marker);
    sources.sort_by_key(|source| source.range);
    let claims = &document.settled().claims;
    let cover = Cover { document, claims, paragraphs: states::paragraphs(document, claims), sources: &sources };
    let mut found = Vec::new();
    for quotation in quotations {
        let words = quotations::clean(&document.buffer.slice(quotation.range));
        let first = if quotation.is_block { cover.of_block(quotation.whole) } else { cover.of_words(quotation.whole) };
        let Some(first) = first else { continue };
        let keys: Vec<String> = cover.group(first).filter_map(|source| key_of(snapshot, &source.name)).collect();
        let is_title = |key: &String| {
            let title = snapshot.registry.reference(key).and_then(|entry| entry.reference.title.as_ref());
            title.is_some_and(|title| quotations::same_words(&title.value, &words))
        };
        if !keys.is_empty() && !keys.iter().any(is_title) {
            let sentence = cover.sentence(quotation.whole.start).and_then(|idx| claims.get(idx));
            let around = sentence.map(|claim| claim.language);
            found.push(Quoted { range: quotation.range, whole: quotation.whole, words, keys, around });
        }
    }
    found
}

/// The citation key that a citation's name or address stands for.
fn key_of(snapshot: &Snapshot, name: &str) -> Option<String> {
    if snapshot.registry.reference(name).is_some() {
        return Some(name.to_owned());
    }
    let bare = |url: &str| url.trim_end_matches('/').to_owned();
    let has_address = |url: &str| bare(url) == bare(name);
    let mut entries = snapshot.registry.references().map(|entry| &entry.reference);
    let entry = entries.find(|it| it.url.as_ref().is_some_and(|url| has_address(&url.value)))?;
    Some(entry.key.value.clone())
}

/// Which citation covers a quotation.
struct Cover<'s> {
    document: &'s Document,
    claims: &'s [Claim],
    paragraphs: Vec<usize>,
    /// In order of place, without markers.
    sources: &'s [Source],
}

impl Cover<'_> {
    /// The sentence that holds a byte, or the last one before it.
    fn sentence(&self, offset: u32) -> Option<usize> {
        self.claims.partition_point(|claim| claim.range.start <= offset).checked_sub(1)
    }

    /// The citation after the words in their sentence, else the one before them, else the next one of the paragraph.
    fn of_words(&self, whole: ByteRange) -> Option<usize> {
        let (first, last) = (self.sentence(whole.start)?, self.sentence(whole.end.saturating_sub(1))?);
        let after = self.sources.partition_point(|source| source.range.start < whole.start);
        let next = self.sources.get(after).and_then(|source| self.sentence(source.range.start));
        if next == Some(last) {
            return Some(after);
        }
        let before = after.checked_sub(1).and_then(|idx| self.sources.get(idx));
        if before.is_some_and(|source| self.sentence(source.range.start) == Some(first)) {
            return Some(self.first_of_group(after - 1));
        }
        let same_paragraph = next.and_then(|it| self.paragraphs.get(it)) == self.paragraphs.get(last);
        (next.is_some() && same_paragraph).then_some(after)
    }

    /// The citation at the end of a block quote, else on the line after it, else in the words that introduce it.
    fn of_block(&self, whole: ByteRange) -> Option<usize> {
        let after = self.sources.partition_point(|source| source.range.start < whole.end);
        let inside = after
            .checked_sub(1)
            .filter(|idx| self.sources.get(*idx).is_some_and(|source| whole.start <= source.range.start));
        if let Some(inside) = inside {
            return Some(self.first_of_group(inside));
        }
        let between = |start: u32, end: u32| self.document.buffer.slice(ByteRange { start, end: end.max(start) });
        let next = self.sources.get(after).map(|source| between(whole.end, source.range.start));
        if next.is_some_and(|text| !text.trim_start().contains('\n')) {
            return Some(after);
        }
        let before = after.checked_sub(1)?;
        let end = self.sources.get(before)?.range.end;
        let introduces = whole.start <= end + INTRODUCTION && between(end, whole.start).trim_end().ends_with(':');
        introduces.then(|| self.first_of_group(before))
    }

    /// The first citation of the brackets that a citation stands in.
    fn first_of_group(&self, mut idx: usize) -> usize {
        while idx.checked_sub(1).is_some_and(|before| self.go_together(before)) {
            idx -= 1;
        }
        idx
    }

    /// A citation and those after it in the same brackets.
    fn group(&self, first: usize) -> impl Iterator<Item = &Source> {
        let n_more = (first..).take_while(|idx| self.go_together(*idx)).count();
        self.sources.iter().skip(first).take(n_more + 1)
    }

    /// Whether a citation and the next one stand in the same brackets.
    fn go_together(&self, idx: usize) -> bool {
        let (Some(a), Some(b)) = (self.sources.get(idx), self.sources.get(idx + 1)) else { return false };
        let gap = ByteRange { start: a.range.end.min(b.range.start), end: b.range.start };
        a.range == b.range
            || (gap.end - gap.start < CITATION_GAP
                && self.document.buffer.slice(gap).contains(';')
                && !self.document.buffer.slice(gap).contains([']', '\n']))
    }
}

/// Looks a quotation up in the copies of its references: the best answer counts.
fn check(snapshot: &Snapshot, document: &Document, quoted: Quoted) -> Option<Checked> {
    let copy_of = |key: &String| copies::copy_of(snapshot, key).filter(|copy| copy.file != document.file);
    let found: Vec<(&String, &Document)> = quoted.keys.iter().filter_map(|key| Some((key, copy_of(key)?))).collect();
    let Some((key, copy)) = found.first().copied() else {
        let key = quoted.keys.first()?.clone();
        return Some(Checked { quoted, key, copy: None, verdict: Verdict::NoCopy });
    };
    let passages = found.iter().filter_map(|(key, copy)| Some((*key, *copy, copy.passage(&quoted.words)?)));
    if let Some((key, copy, passage)) = passages.min_by_key(|(_, _, passage)| passage.changes.len()) {
        let is_exact = passage.changes.is_empty();
        let verdict = if is_exact { Verdict::Exact(passage) } else { Verdict::Altered(passage) };
        return Some(Checked { key: key.clone(), copy: Some(copy.file), quoted, verdict });
    }
    let reference = snapshot.registry.reference(key).and_then(|entry| entry.reference.language.as_deref());
    let copy_language = language_of(copy, reference);
    // A few words tell little: a translation is in the language of the text that quotes it, or in another script.
    let own_language = language::detect(&quoted.words, quoted.around.or(Some(copy_language)));
    let is_han = |language: Language| language == Language::Chinese;
    let is_sure = quoted.around == Some(own_language) || is_han(own_language) != is_han(copy_language);
    let is_translated = own_language != copy_language && is_sure;
    // Another text may be the original, or have the same translation; a few words of one stand in many texts.
    let is_telling = !is_translated || is_telling(&quoted.words);
    let elsewhere = is_telling.then(|| snapshot.quoted_elsewhere(&quoted.words, copy.file)).flatten();
    let verdict = match elsewhere.filter(|(file, _)| *file != document.file) {
        Some((file, range)) => Verdict::Elsewhere(file, range),
        None if is_translated => Verdict::Translation { quoted: own_language, copy: copy_language },
        None => Verdict::NotFound,
    };
    Some(Checked { key: key.clone(), copy: Some(copy.file), quoted, verdict })
}

/// Whether words are so many that two texts hardly have them by chance.
fn is_telling(words: &str) -> bool {
    let n_letters = words.chars().filter(|c| c.is_alphanumeric()).count();
    let n_wide = words.chars().filter(|c| fold_char(*c).class.is_single()).count();
    LEAST_LETTERS <= n_letters + n_wide
}

/// The language of a copy: as its reference says, else as its beginning shows.
fn language_of(copy: &Document, written: Option<&str>) -> Language {
    let tag = written.and_then(|tag| tag.get(..2)).map(str::to_ascii_lowercase);
    match tag.as_deref() {
        Some("en") => Language::English,
        Some("fr") => Language::French,
        Some("zh") => Language::Chinese,
        Some(_) => Language::Other,
        None => language::detect(&copy.buffer.slice(ByteRange::new(0, LANGUAGE_SAMPLE)), None),
    }
}
