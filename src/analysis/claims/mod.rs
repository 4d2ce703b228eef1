//! Claims: sentences that assert something checkable, with a score, a label and the cues in words.
//!
//! [`read_block`] looks at one block: sentences, cues, sources named in the sentence. [`judge`] makes one cheap pass
//! over these facts: page chrome, sources carried from sentence to sentence, labels. A score is a sum of integer
//! weights, so the cues of a claim with their weights are the whole explanation.

pub(crate) mod cues;
pub(crate) mod features;
mod fingerprint;
mod forms;
mod known;
mod labels;
pub(crate) mod lexicon;
mod score;
#[cfg(test)]
mod tests;
pub(crate) mod tokens;
mod zones;

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use self::cues::CueKind;
use self::features::{Features, Reading, Reason};
pub use self::known::Known;
use self::labels::{Source, Sourced};
use self::lexicon::{Lexicon, role};
use self::score::Heads;
use self::tokens::Token;
use self::zones::{ChromeFacts, Ends};
use super::attribution::frames::{self, Frame, How};
use super::attribution::resolve::{Discourse, Place};
use super::attribution::{Attribution, AttributionKind};
use super::gazetteer::Gazetteer;
use super::language::{self, Language};
use super::mentions::Mention;
use super::{AnalysisOptions, BlockView, Part};
use crate::text::ByteRange;
use crate::text::chars::lowercase_into;
use crate::text::sentences::{self, Segment, SegmentKind};

/// What one sentence (or heading, table cell, line of page chrome) says by itself.
#[derive(Clone, Debug)]
pub struct SentenceFacts {
    /// Bytes from the start of the block, without surrounding white space.
    pub range: ByteRange,
    /// The sentence's language.
    pub language: Language,
    /// What it is.
    pub kind: SegmentKind,
    /// Whether a line or paragraph begins with it.
    pub opens_line: bool,
    /// Whether it stands in a list item.
    pub list_item: bool,
    /// Bytes of it in quotation marks.
    pub quoted: u32,
    /// Whether it begins with a quotation of some length.
    pub leads_with_quote: bool,
    /// Whether a quotation that began in an earlier sentence is still open at its start.
    pub starts_in_quote: bool,
    /// Whether a quotation is still open at its end.
    pub ends_in_quote: bool,
    /// Hash of its words without regard to case and white space.
    pub fingerprint: u64,
    /// The cues that fired, and their sum.
    pub(crate) features: Features,
    /// Places that say who says it.
    pub(crate) frames: Vec<Frame>,
    /// What speaks for page chrome.
    pub(crate) chrome: ChromeFacts,
    /// Whether it only reports on the making of the text: `did not respond`.
    pub(crate) process: bool,
    /// Whether it tells what somebody says, wants or holds, even if no source can be made out.
    pub(crate) stance: bool,
}

/// A sentence of the document, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Bytes from the start of the document.
    pub range: ByteRange,
    /// The sentence's language.
    pub language: Language,
    /// What sort of sentence it is.
    pub label: Label,
    /// The worthy head: would a fact-checker ask for the source? Calibrated, 0…1, 0.5 at the shipped threshold.
    pub score: f32,
    /// The checkable head: can it be verified at all? Calibrated alike.
    pub checkable_score: f32,
    /// Whether a fact-checking editor would demand a source.
    pub check_worthy: bool,
    /// What the sentence says for its score, strongest first.
    reasons: Arc<[Reason]>,
    /// What the document adds to that.
    added: Added,
    /// Who is said to have said it.
    pub attribution: Option<Attribution>,
    /// Whether it tells what somebody says, wants or holds, but no words say who says so.
    pub told: bool,
    /// Where it stands.
    pub zone: Zone,
    /// Whether the same sentence stood earlier in the document.
    pub repeated: bool,
}

/// A reason for a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Its stable name, in words that the user understands: `number with a unit`.
    pub name: &'static str,
    /// The words that made it fire, bytes of the document; empty where there are fewer.
    pub places: [ByteRange; 3],
    /// What it added to the worthy head (integer weight).
    pub weight: i32,
}

/// What a document adds to a sentence's score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Added {
    /// The first known actor in the sentence, bytes of the document.
    known: Option<ByteRange>,
    /// What sort of text it stands in.
    by_text: Option<CueKind>,
}

impl Added {
    /// The cues, each with what it adds and its words.
    fn cues(self, language: Language) -> impl Iterator<Item = (CueKind, Heads, ByteRange)> {
        let known = self.known.map(|range| (CueKind::KnownActor, range));
        let by_text = self.by_text.map(|cue| (cue, ByteRange::default()));
        let table = score::table(language);
        known.into_iter().chain(by_text).map(|(cue, range)| (cue, table.of(cue), range))
    }
}

/// What sort of sentence it is, in the words of the gold set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// The document's own voice asserts something that could be shown true or false.
    Claim,
    /// The same, with a source.
    AttributedClaim,
    /// Evaluation, motive, prediction in the document's voice.
    Opinion,
    /// The same in somebody else's.
    QuoteOpinion,
    /// A question.
    Question,
    /// Page chrome.
    Boilerplate,
    /// A date, a byline, a fragment.
    Other,
}

impl Cue {
    /// The words of the text that made it fire; may be empty. `slice` has the words of the document.
    #[must_use]
    pub fn words<'t>(&self, slice: impl Fn(ByteRange) -> Cow<'t, str>) -> Cow<'t, str> {
        let mut found = self.places.iter().filter(|range| !range.is_empty()).map(|range| slice(*range));
        let mut words = found.next().unwrap_or_default();
        for next in found {
            let words = words.to_mut();
            words.push_str(", ");
            words.push_str(&next);
        }
        words
    }
}

impl Claim {
    /// Why, strongest first; the starting point comes last. Made when asked for: most are never shown.
    #[must_use]
    pub fn cues(&self) -> Vec<Cue> {
        let own = self.reasons.iter().map(|reason| {
            let places = reason.words.map(|range| range.shifted(self.range.start));
            Cue { name: reason.cue.name(), places, weight: reason.weight }
        });
        let added = self.added.cues(self.language).filter(|(_, heads, _)| heads.worthy != 0);
        let added = added.map(|(cue, heads, range)| {
            let none = ByteRange::default();
            Cue { name: cue.name(), places: [range, none, none], weight: heads.worthy }
        });
        let mut cues: Vec<Cue> = own.chain(added).collect();
        cues.sort_by_key(|cue| -cue.weight.abs());
        let weight = score::table(self.language).start.worthy;
        cues.push(Cue { name: CueKind::Start.name(), places: [ByteRange::default(); 3], weight });
        cues
    }

    /// The attribution as `glossator claims` prints it: what is told by nobody is vague.
    #[must_use]
    pub fn attribution_word(&self) -> Option<&'static str> {
        let told = self.told.then_some(AttributionKind::Vague);
        self.attribution.map(|attribution| attribution.kind).or(told).map(AttributionKind::word)
    }
}

impl Label {
    /// The label as `glossator claims` prints it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Label::Claim => "claim",
            Label::AttributedClaim => "attributed_claim",
            Label::Opinion => "opinion",
            Label::QuoteOpinion => "quote_opinion",
            Label::Question => "question",
            Label::Boilerplate => "boilerplate",
            Label::Other => "other",
        }
    }
}

/// Where in a document a sentence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// The text itself.
    Body,
    /// A heading or headline.
    Heading,
    /// Menus, share prompts, bylines, copyright lines.
    Chrome,
    /// Front matter, code, link definitions: never judged.
    Structure,
}

impl Zone {
    /// The zone as `glossator claims` prints it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Zone::Body => "body",
            Zone::Heading => "heading",
            Zone::Chrome => "chrome",
            Zone::Structure => "structure",
        }
    }
}

/// Bytes that a quotation at the start must have to be what the sentence is about.
const MIN_LEADING_QUOTE: usize = 16;
/// Sentences of a quotation behind which its speaker is still looked for.
const LONGEST_QUOTATION: usize = 24;
/// Sentences that a text must have to count as reporting, see [`is_report`].
const MIN_REPORT_SENTENCES: usize = 4;

impl SentenceFacts {
    /// Whether a source may be carried on from it to the next sentence.
    pub(crate) fn carries_on(&self) -> bool {
        self.ends_in_quote || 0 < self.quoted || !self.frames.is_empty()
    }
}

/// Finds the sentences of a block and what each says by itself.
#[must_use]
pub fn read_block(text: &str) -> Vec<SentenceFacts> {
    let mut room = Room::default();
    read_segments(text, |segment, before| read_segment(text, segment, before, &mut room))
}

/// The same for a block that is being edited: only sentences that are not remembered are read.
#[must_use]
pub fn read_block_again(text: &str, known: &mut Known) -> Vec<SentenceFacts> {
    let mut room = Room::default();
    read_segments(text, |segment, before| known.read(text, segment, before, &mut room))
}

/// Room that one sentence after the other is read in.
#[derive(Debug, Default)]
struct Room {
    tokens: Vec<Token>,
    reasons: Vec<Reason>,
    lower: String,
    straight: String,
}

/// Reads the sentences of a block; `read` is given each, and the language of the one before it.
fn read_segments(text: &str, mut read: impl FnMut(&Segment, Option<Language>) -> SentenceFacts) -> Vec<SentenceFacts> {
    let mut before = None;
    let segments = sentences::split(text);
    let facts = segments.iter().map(|segment| {
        let facts = read(segment, before);
        before = Some(facts.language);
        facts
    });
    facts.collect()
}

/// What a sentence says by itself; goes by its words, the segment and the language before it, and nothing else.
fn read_segment(text: &str, segment: &Segment, before: Option<Language>, room: &mut Room) -> SentenceFacts {
    let language = language::detect(segment.range.of(text).unwrap_or_default(), before);
    read_sentence(text, segment, language, room)
}

fn read_sentence(text: &str, segment: &Segment, language: Language, room: &mut Room) -> SentenceFacts {
    let Room { tokens, reasons, lower, straight } = room;
    let sentence = segment.range.of(text).unwrap_or_default();
    let structure = matches!(segment.kind, SegmentKind::Structure | SegmentKind::Fence | SegmentKind::Rule);
    let lexicon = Lexicon::of(language);
    if structure {
        tokens.clear();
    } else {
        tokens::read(sentence, segment.range.start, lexicon, tokens);
        features::join_phrases(tokens, lexicon);
    }
    lowercase_into(sentence, lower);
    let reading = Reading { text, segment, language, tokens };
    let features = if structure { Features::default() } else { features::read(&reading, reasons) };
    let measured = [CueKind::Percentage, CueKind::Amount, CueKind::ChangeVerb, CueKind::Past, CueKind::Copula];
    let dated = features.has(CueKind::Number) && !features.has_any(&measured);
    let mut facts = SentenceFacts {
        range: segment.range,
        language,
        kind: segment.kind,
        opens_line: segment.opens_line,
        list_item: segment.list_item,
        quoted: segment.quotes.iter().map(|quote| quote.end - quote.start).sum(),
        leads_with_quote: segment
            .quotes
            .first()
            .is_some_and(|quote| quote.start == segment.range.start && MIN_LEADING_QUOTE <= quote.len()),
        starts_in_quote: segment.starts_in_quote,
        ends_in_quote: segment.ends_in_quote,
        fingerprint: fingerprint::of(lower),
        frames: if structure { Vec::new() } else { frames::read(&reading) },
        chrome: ChromeFacts::default(),
        process: tokens.iter().any(|token| token.entry.is(role::PROCESS)),
        stance: false,
        features,
    };
    facts.stance = tells_stance(&facts, tokens);
    if segment.kind == SegmentKind::Prose {
        let whole = segment.opens_line && segment.closes_line;
        let lower = zones::straighten(lower, straight);
        facts.chrome = zones::read((sentence, lower), facts.features.words, whole, dated);
    }
    facts
}

/// Quoted bytes from which words are quoted for what they say: fewer are a title, or at arm's length.
const MIN_QUOTED_WORDS: u32 = 14;

/// Whether a sentence tells what somebody says, wants or holds. What the writer says of himself does not count.
fn tells_stance(facts: &SentenceFacts, tokens: &[Token]) -> bool {
    use CueKind::{FirstPlural, FirstSingular, StartsWithI};
    const ENGLISH: u32 = role::SAYS | role::THINKS | role::WEASEL | role::ACCORDING | role::STANCE | role::PROCESS;
    let own = facts.quoted == 0 && facts.features.has_any(&[FirstSingular, FirstPlural, StartsWithI]);
    // Many French and Chinese verbs of speech are nouns of something else as well.
    let (roles, quoted) = match facts.language {
        Language::English => (ENGLISH, MIN_QUOTED_WORDS),
        Language::French | Language::Chinese => (role::STANCE, u32::MAX),
        Language::Other => return false,
    };
    !own && (quoted <= facts.quoted || tokens.iter().any(|token| token.entry.is(roles)))
}

/// What a whole document says about each part of it.
#[derive(Debug)]
pub(super) struct Memory {
    /// Where each sentence stands first, by its fingerprint.
    first: FxHashMap<u64, u32>,
    report: bool,
}

/// What a whole document says about each part of it. `claims` are its sentences, judged.
pub(super) fn remember(blocks: &[BlockView<'_>], claims: &[Claim]) -> Memory {
    let sentences = blocks.iter().flat_map(|block| &block.facts.sentences);
    let facts: Vec<&SentenceFacts> = sentences.collect();
    let zones: Vec<Zone> = claims.iter().map(|claim| claim.zone).collect();
    let mut first = FxHashMap::default();
    for (fact, claim) in facts.iter().zip(claims) {
        first.entry(fact.fingerprint).or_insert(claim.range.start);
    }
    Memory { first, report: is_report(&facts, &zones) }
}

/// Judges every sentence of a document, or of a part of it.
#[must_use]
pub fn judge(
    blocks: &[BlockView<'_>],
    mentions: &[Mention],
    gazetteer: &Gazetteer,
    options: AnalysisOptions,
    part: Option<&Part<'_>>,
) -> Vec<Claim> {
    let sentences: Vec<(&BlockView<'_>, &SentenceFacts)> =
        blocks.iter().flat_map(|block| block.facts.sentences.iter().map(move |facts| (block, facts))).collect();
    let facts: Vec<&SentenceFacts> = sentences.iter().map(|(_, facts)| *facts).collect();
    let mut seen = FxHashSet::default();
    let stood_before = |facts: &SentenceFacts| {
        part.is_some_and(|part| {
            part.memory.claims.first.get(&facts.fingerprint).is_some_and(|first| *first < part.stood.start)
        })
    };
    let repeated: Vec<bool> =
        facts.iter().map(|facts| !seen.insert(facts.fingerprint) || stood_before(facts)).collect();
    let n_own = match part {
        Some(part) => sentences.partition_point(|(block, _)| block.start < part.n_bytes),
        None => facts.len(),
    };
    let ends = Ends { opens: part.is_none_or(|it| it.opens), closes: part.is_none_or(|it| it.closes), n_own };
    let zones = zones::assign(&facts, &repeated, ends);
    let report = part.map_or_else(|| is_report(&facts, &zones), |part| part.memory.claims.report);
    let mut rest = mentions;
    let places: Vec<Place<'_>> = sentences
        .iter()
        .enumerate()
        .map(|(at, (block, fact))| {
            let range = fact.range.shifted(block.start);
            rest = rest.get(rest.partition_point(|mention| mention.range.end <= range.start)..).unwrap_or_default();
            let inside = rest.partition_point(|mention| mention.range.start < range.end);
            Place { sentence: at, base: block.start, mentions: rest.get(..inside).unwrap_or_default(), gazetteer }
        })
        .collect();
    let mut pass = Pass { facts: &facts, places: &places, discourse: Discourse::default(), carried: None };
    let mut claims = Vec::with_capacity(facts.len());
    for (at, ((block, fact), (zone, repeated))) in sentences.iter().zip(zones.iter().zip(repeated)).enumerate() {
        let Some(place) = places.get(at) else { continue };
        let source = if matches!(zone, Zone::Body | Zone::Heading) { pass.step(at, fact, place) } else { None };
        let sourced = Sourced { facts: fact, zone: *zone, source, report };
        let context = Context { known: place.mentions.first().map(|mention| mention.range), report };
        claims.push(claim(block, &sourced, &context, options, repeated));
    }
    claims
}

/// The one pass over a document that carries sources from sentence to sentence.
struct Pass<'a> {
    facts: &'a [&'a SentenceFacts],
    places: &'a [Place<'a>],
    discourse: Discourse,
    /// The source of a quotation that may go on.
    carried: Option<Source>,
}

impl Pass<'_> {
    /// Finds the source of a sentence and remembers what the sentence names.
    fn step(&mut self, at: usize, fact: &SentenceFacts, place: &Place<'_>) -> Option<Source> {
        let source = self.source(at, fact, place);
        let frame = source.and_then(|source| source.frame);
        self.discourse.remember(place, frame.as_ref(), source.map(|source| source.attribution));
        self.carried = source.filter(|_| fact.carries_on()).map(|source| Source { frame: None, ..source });
        source
    }

    /// By its own words; else by the end of the quotation that it belongs to; else by the quotation before it.
    fn source(&self, at: usize, fact: &SentenceFacts, place: &Place<'_>) -> Option<Source> {
        let own = |frame: &Frame, place: &Place<'_>| {
            let attribution = self.discourse.resolve(frame, place)?;
            let personal = match attribution.actor {
                Some(actor) => place.gazetteer.is_person(actor),
                None => SentenceFacts::is_personal(frame),
            };
            Some(Source { attribution, frame: Some(*frame), personal })
        };
        let telling = |fact: &SentenceFacts| fact.frames.first().copied().filter(|frame| frame.how != How::Quote);
        let mut sources =
            fact.frames.iter().filter(|frame| frame.how != How::Quote).filter_map(|frame| own(frame, place));
        if let Some(first) = sources.next() {
            // Of two sources the one that the reader can look up counts.
            let vague = first.attribution.kind == AttributionKind::Vague;
            let known = |source: &Source| source.attribution.kind == AttributionKind::Named;
            return if vague { sources.find(known).or(Some(first)) } else { Some(first) };
        }
        if fact.ends_in_quote {
            let ahead = self.facts.iter().zip(self.places).skip(at + 1).take_while(|(fact, _)| fact.starts_in_quote);
            for (fact, place) in ahead.take(LONGEST_QUOTATION) {
                if let Some(source) = telling(fact).and_then(|frame| own(&frame, place)) {
                    return Some(Source { frame: None, ..source });
                }
            }
        }
        if let Some(carried) = self.carried.filter(|_| fact.starts_in_quote || 80 <= fact.quoted_share()) {
            return Some(carried);
        }
        fact.frames.iter().find_map(|frame| own(frame, place)).or_else(|| unknown_speaker(fact))
    }
}

/// Somebody is quoted, but nothing says who.
fn unknown_speaker(fact: &SentenceFacts) -> Option<Source> {
    let quoted = 80 <= fact.quoted_share() && 5 <= fact.features.words;
    let attribution = Attribution { kind: AttributionKind::Vague, actor: None, source: None };
    quoted.then_some(Source { attribution, frame: None, personal: true })
}

/// What the rest of the document adds to a sentence.
struct Context {
    /// The first known actor in it.
    known: Option<ByteRange>,
    /// Whether the document reports.
    report: bool,
}

/// Whether a document reports: several sentences, and few of them by or to somebody.
fn is_report(facts: &[&SentenceFacts], zones: &[Zone]) -> bool {
    let body = facts.iter().zip(zones).filter(|(_, zone)| **zone == Zone::Body).map(|(facts, _)| facts);
    let (mut sentences, mut personal) = (0, 0);
    for fact in body.filter(|fact| fact.quoted == 0) {
        sentences += 1;
        let person = [CueKind::FirstSingular, CueKind::FirstPlural, CueKind::Second, CueKind::StartsWithI];
        personal += usize::from(fact.features.has_any(&person));
    }
    MIN_REPORT_SENTENCES <= sentences && personal * 4 <= sentences
}

/// Puts a claim together.
fn claim(
    block: &BlockView<'_>,
    sourced: &Sourced<'_>,
    context: &Context,
    options: AnalysisOptions,
    repeated: bool,
) -> Claim {
    let facts = sourced.facts;
    let (label, may_be_worthy) = labels::decide(sourced);
    let added = match (facts.kind, context.report) {
        (SegmentKind::Structure, _) => Added::default(),
        (_, true) => Added { known: context.known, by_text: Some(CueKind::Report) },
        (_, false) => {
            let is_plain = facts.features.has(CueKind::Plain);
            Added { known: context.known, by_text: is_plain.then_some(CueKind::Plain) }
        }
    };
    let sum = added.cues(facts.language).fold(facts.features.sum, |sum, (_, heads, _)| sum.plus(heads));
    let score = score::calibrated(sum.worthy);
    let attributed = matches!(label, Label::AttributedClaim | Label::QuoteOpinion);
    Claim {
        range: facts.range.shifted(block.start),
        language: facts.language,
        label,
        score,
        checkable_score: score::calibrated(sum.checkable),
        check_worthy: may_be_worthy && options.claim_threshold <= score,
        reasons: Arc::clone(&facts.features.reasons),
        added,
        attribution: sourced.source.map(|source| source.attribution),
        told: attributed && sourced.source.is_none(),
        zone: sourced.zone,
        repeated,
    }
}

/// Whether the character is written without spaces between words.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇' | '々')
}

/// What the training script learns from: the names of the cues that fired, and the words, in lower case.
#[doc(hidden)]
#[must_use]
pub fn training_row(sentence: &str) -> (Vec<&'static str>, Vec<String>) {
    let facts = read_block(sentence);
    let mut cues: Vec<&'static str> =
        facts.iter().flat_map(|facts| cues::all().filter(|cue| facts.features.has(*cue))).map(CueKind::name).collect();
    cues.sort_unstable();
    cues.dedup();
    let mut tokens = Vec::new();
    let language = facts.first().map_or(Language::English, |facts| facts.language);
    tokens::read(sentence, 0, Lexicon::of(language), &mut tokens);
    let word = |token: &Token| match token.is_word() {
        true => ByteRange { start: token.start, end: token.end }.of(sentence).unwrap_or_default().to_lowercase(),
        false => String::new(),
    };
    (cues, tokens.iter().map(word).collect())
}
