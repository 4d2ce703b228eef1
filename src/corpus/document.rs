//! A file of the corpus: its text and what was found in it.

use super::change::Edit;
use super::compare::narrowed;
use super::context::Context;
use super::copies::SourceIndex;
pub use super::placing::Placed;
use super::placing::{self, Dealt, Moving};
use super::spots::Spots;
use super::trail::{Splice, Touched, Trail};
use super::window::Reach;
use crate::analysis::citations::Citation;
use crate::analysis::suggestions::{self, BlockNames, Suggestion};
use crate::analysis::{self, BlockFacts, BlockView, Depth, Ruling, Settled};
use crate::model::annotation::{Annotation, Decision, Judgement};
use crate::model::bibliography::Reference;
use crate::model::record::Record;
use crate::model::{FileId, Finding, Role};
use crate::text::ByteRange;
use crate::text::blocks::{self, Start};
use crate::text::buffer::Buffer;
use crate::text::lines::Lines;
use crate::text::position::{Encoding, LineColumn};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// What the reader of a file's format understood.
#[derive(Clone, Debug)]
pub enum Content {
    /// A source text or note.
    Text,
    /// Actor records.
    Records(Arc<[Arc<Record>]>),
    /// References.
    References(Arc<[Arc<Reference>]>),
    /// Decisions.
    Annotations(Arc<[Arc<Annotation>]>),
    /// `glossator.toml`.
    Configuration,
}

impl Content {
    /// The records of a file of records.
    #[must_use]
    pub fn records(&self) -> &[Arc<Record>] {
        if let Content::Records(records) = self { records } else { &[] }
    }

    /// The references of a bibliography.
    #[must_use]
    pub fn references(&self) -> &[Arc<Reference>] {
        if let Content::References(references) = self { references } else { &[] }
    }
}

/// A block and its facts.
#[derive(Clone, Debug)]
pub struct Block {
    /// Bytes in the document.
    pub range: ByteRange,
    /// Offsets in here are relative to `range.start`.
    pub facts: Arc<BlockFacts>,
    pub(super) reach: Reach,
    /// See [`blocks::may_open_fence`].
    pub(super) may_open_fence: bool,
}

/// What a text is analysed and judged with.
#[derive(Clone, Debug)]
pub(super) struct World {
    context: Arc<Context>,
    decisions: Arc<[Dealt]>,
    reading: Arc<[Finding]>,
    role: Role,
    depth: Option<Depth>,
    is_open: bool,
}

impl PartialEq for World {
    fn eq(&self, other: &World) -> bool {
        Arc::ptr_eq(&self.context, &other.context)
            && Arc::ptr_eq(&self.decisions, &other.decisions)
            && Arc::ptr_eq(&self.reading, &other.reading)
            && (self.role, self.depth, self.is_open) == (other.role, other.depth, other.is_open)
    }
}

/// The text for those who ask many questions about it.
#[derive(Debug)]
struct Flat {
    /// The text in one piece, where the buffer does not hold it so.
    text: Option<String>,
    lines: Lines,
}

/// A file of the corpus.
#[derive(Debug)]
pub struct Document {
    /// The file.
    pub file: FileId,
    /// Workspace path.
    pub path: Arc<str>,
    /// What the file is.
    pub role: Role,
    /// The editor's version, where an editor has it open.
    pub version: Option<i32>,
    /// The text.
    pub buffer: Buffer,
    /// What the reader of its format understood.
    pub content: Content,
    /// What the reader found wrong.
    pub reading: Arc<[Finding]>,
    /// Decisions about this text, each with its actor's key where it names one.
    pub(super) decisions: Arc<[Dealt]>,
    pub(super) context: Arc<Context>,
    pub(super) depth: Option<Depth>,
    blocks: Vec<Block>,
    /// Whether the facts of the blocks were let go when the text was settled.
    pub(super) is_compact: bool,
    flat: OnceLock<Flat>,
    placed: OnceLock<Vec<Placed>>,
    /// Where decisions stood before these were dealt; the text is the same.
    followed: Vec<Placed>,
    settled: OnceLock<Settled>,
    pub(super) spots: OnceLock<Spots>,
    pub(super) trail: Trail,
    /// For the text as it is; copies of the document share it until one of them is edited.
    pub(super) source_index: Arc<SourceIndex>,
}

impl Clone for Document {
    /// A copy to be changed: what was settled is settled anew (unless the facts for that are gone), but what was followed
    /// through edits is kept.
    fn clone(&self) -> Document {
        Document {
            file: self.file,
            path: Arc::clone(&self.path),
            role: self.role,
            version: self.version,
            buffer: self.buffer.clone(),
            content: self.content.clone(),
            reading: Arc::clone(&self.reading),
            decisions: Arc::clone(&self.decisions),
            context: Arc::clone(&self.context),
            depth: self.depth,
            blocks: self.blocks.clone(),
            flat: OnceLock::new(),
            placed: self.placed.clone(),
            followed: self.followed.clone(),
            settled: if self.is_compact { self.settled.clone() } else { OnceLock::new() },
            spots: OnceLock::new(),
            is_compact: self.is_compact,
            trail: self.trail.clone(),
            source_index: Arc::clone(&self.source_index),
        }
    }
}

/// Moves a list to where it has no more room than it needs. The allocator leaves one that is only shortened where it lies.
fn fit<T>(list: &mut Vec<T>) {
    if list.len() < list.capacity() {
        let mut fitting = Vec::with_capacity(list.len());
        fitting.append(list);
        *list = fitting;
    }
}

impl Document {
    /// A file whose text has not been analysed.
    pub(super) fn new(file: FileId, path: Arc<str>, role: Role, buffer: Buffer, context: Arc<Context>) -> Document {
        Document {
            file,
            path,
            role,
            version: None,
            buffer,
            content: Content::Text,
            reading: Arc::new([]),
            decisions: Arc::new([]),
            context,
            depth: None,
            blocks: Vec::new(),
            is_compact: false,
            flat: OnceLock::new(),
            placed: OnceLock::new(),
            followed: Vec::new(),
            settled: OnceLock::new(),
            spots: OnceLock::new(),
            trail: Trail::default(),
            source_index: Arc::default(),
        }
    }

    /// A part of this file as a file of its own.
    pub(super) fn excerpt(&self, buffer: Buffer, blocks: Vec<Block>) -> Document {
        let mut document =
            Document::new(self.file, Arc::clone(&self.path), self.role, buffer, Arc::clone(&self.context));
        document.version = self.version;
        document.depth = self.depth;
        document.blocks = blocks;
        document
    }

    fn flat(&self) -> &Flat {
        self.flat.get_or_init(|| match self.buffer.as_str() {
            Some(text) => Flat { text: None, lines: Lines::new(text) },
            None => {
                let text = self.buffer.text();
                let lines = Lines::new(&text);
                Flat { text: Some(text), lines }
            }
        })
    }

    /// The whole text, put together when first asked for. It takes as much memory again while an editor has the text
    /// open: for texts that are checked, not for a look at many.
    #[must_use]
    pub fn text(&self) -> &str {
        self.flat().text.as_deref().or_else(|| self.buffer.as_str()).unwrap_or_default()
    }

    /// The words in `range`; nothing where it does not fit. See [`Document::text`].
    #[must_use]
    pub fn words(&self, range: ByteRange) -> &str {
        range.of(self.text()).unwrap_or_default()
    }

    /// The line that a byte stands in, up to the byte. See [`Document::text`].
    #[must_use]
    pub fn line_before(&self, byte: usize) -> &str {
        self.text().get(self.flat().lines.start_of(byte)..byte).unwrap_or_default()
    }

    /// The place of a byte, as [`Buffer::line_column`] has it; faster for many places once [`Document::text`] was asked for.
    #[must_use]
    pub fn line_column(&self, byte: usize, encoding: Encoding) -> LineColumn {
        match self.flat.get() {
            Some(flat) => flat.lines.line_column(&self.buffer, self.text(), byte, encoding),
            None => self.buffer.line_column(byte, encoding),
        }
    }

    /// The text for a moment: a text that nobody has open is not kept in one piece.
    fn passing_text(&self) -> Cow<'_, str> {
        match (self.buffer.as_str(), self.flat.get(), self.version) {
            (Some(text), ..) => Cow::Borrowed(text),
            (None, None, None) => Cow::Owned(self.buffer.text()),
            (None, Some(_), _) | (None, None, Some(_)) => Cow::Borrowed(self.text()),
        }
    }

    pub(super) fn views<'s>(&'s self, text: &'s str) -> Vec<BlockView<'s>> {
        let view = |block: &'s Block| BlockView {
            start: block.range.start,
            text: block.range.of(text).unwrap_or_default(),
            facts: &block.facts,
        };
        self.blocks.iter().map(view).collect()
    }

    /// The blocks of a text, in order.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The citations of a text, in order, with the base that their offsets are relative to.
    pub fn citations(&self) -> impl Iterator<Item = (u32, &Citation)> {
        self.blocks.iter().flat_map(|block| block.facts.citations.iter().map(|it| (block.range.start, it)))
    }

    /// Mentions and claims of a text; empty for other roles. Made when first asked for.
    #[must_use]
    pub fn settled(&self) -> &Settled {
        self.settled.get_or_init(|| {
            let rulings = self.rulings();
            analysis::settle(&self.views(&self.passing_text()), &self.context.gazetteer, &rulings, self.context.options)
        })
    }

    /// Unknown names and forms that may be a known actor's; made anew at every call. `elsewhere` says whether another
    /// text has an unknown name of this form.
    #[must_use]
    pub fn suggestions(&self, elsewhere: &dyn Fn(u64) -> bool) -> Vec<Suggestion> {
        let mentions = &self.settled().mentions;
        suggestions::suggest(
            &self.views(&self.passing_text()),
            mentions,
            &self.context.gazetteer,
            &self.rulings(),
            elsewhere,
        )
    }

    /// The unknown names in a block of this text.
    #[must_use]
    pub fn names_in<'b>(&self, block: &'b Block) -> &'b BlockNames {
        let known = block.facts.names.get();
        known.unwrap_or_else(|| block.facts.names(&self.buffer.slice(block.range), &self.context.gazetteer))
    }

    /// The decisions about this text and where they stand now, in the order of their file. Made when first asked for.
    #[must_use]
    pub fn placed(&self) -> &[Placed] {
        self.placed.get_or_init(|| {
            placing::place(&self.buffer, self.decisions.iter().map(|(annotation, _)| annotation), &self.followed)
        })
    }

    pub(super) fn rulings(&self) -> Vec<Ruling> {
        let mut rulings = Vec::new();
        for (placed, (annotation, actor)) in self.placed().iter().zip(self.decisions.iter()) {
            let (Some(range), Some(actor)) = (placed.range, *actor) else { continue };
            let Decision::Identity { judgement, .. } = &annotation.decision else { continue };
            if *judgement != Judgement::Unsure {
                rulings.push(Ruling { range, actor, positive: *judgement == Judgement::Positive });
            }
        }
        rulings.sort_by_key(|ruling| (ruling.range, ruling.actor));
        rulings
    }

    pub(super) fn set_placed(&mut self, placed: Vec<Placed>) {
        self.placed = OnceLock::from(placed);
    }

    pub(super) fn set_settled(&mut self, settled: Settled) {
        (self.settled, self.spots) = (OnceLock::from(settled), OnceLock::new());
    }

    pub(super) fn world(&self) -> World {
        World {
            context: Arc::clone(&self.context),
            decisions: Arc::clone(&self.decisions),
            reading: Arc::clone(&self.reading),
            role: self.role,
            depth: self.depth,
            is_open: self.version.is_some(),
        }
    }

    /// Remembers what the text says, so that its parts can be looked at by themselves after the next edits. It takes some
    /// time: for when nobody types.
    pub fn remember(&self) {
        self.trail.remember(|| {
            let (text, rulings) = (self.passing_text(), self.rulings());
            analysis::remember(&self.views(&text), &self.context.gazetteer, &rulings, self.settled())
        });
    }

    /// How many edits the text has seen, to ask later what came after them.
    #[must_use]
    pub fn n_edits(&self) -> u64 {
        self.trail.n_edits()
    }

    /// The edits after the first `n_edits`, in order; `None` where they are not known any more, or more has changed than
    /// they tell.
    #[must_use]
    pub fn edits_since(&self, n_edits: u64) -> Option<&[Splice]> {
        self.trail.since(n_edits)
    }

    /// Whether the facts are those of these names, at this depth at least.
    pub(super) fn is_fresh(&self, names_revision: u64, depth: Depth) -> bool {
        self.context.names_revision == names_revision && self.depth.is_some_and(|it| depth <= it)
    }

    /// Analyses the whole text.
    pub(super) fn analyse(&mut self, context: &Arc<Context>, depth: Depth) {
        self.context = Arc::clone(context);
        self.depth = Some(depth);
        self.is_compact = false;
        self.trail.begin_anew();
        self.buffer.unpack();
        let ranges = blocks::split_buffer(&self.buffer);
        self.blocks = ranges.into_iter().map(|range| self.block(range, |text| self.facts(text, depth))).collect();
        self.unsettle();
    }

    /// Finds the unknown names ahead: on a job's thread, so that whoever asks for them need not wait.
    pub(super) fn find_names(&self) {
        for block in &self.blocks {
            let _ = self.names_in(block);
        }
    }

    /// Applies edits, each relative to the text after the one before, and then analyses the blocks that they touched.
    ///
    /// The error says which edit lies outside the text, and was made as near to its place as possible.
    pub(super) fn edit(&mut self, edits: &[Edit], encoding: Encoding) -> Result<(), String> {
        let mut outside = Ok(());
        self.source_index = Arc::default();
        let n_lines = self.buffer.n_lines();
        let mut touched: Option<Touched> = None;
        let mut moving = Moving::new(self.placed().to_vec());
        for edit in edits {
            outside = outside.and(edit.fits(&self.path, self.buffer.n_lines()));
            let (range, with) = match edit.range {
                Some((start, end)) => {
                    let range = ByteRange::new(self.buffer.byte(start, encoding), self.buffer.byte(end, encoding));
                    (range, edit.text.as_str())
                }
                None => narrowed(&self.buffer.text(), &edit.text),
            };
            moving.edit(&self.buffer, range, with);
            self.buffer.replace(range, with);
            self.flat = OnceLock::new();
            touched = Some(Touched::join(touched, range, with.len()));
        }
        self.unsettle();
        self.placed = OnceLock::from(moving.arrive(&self.buffer));
        let (Some(touched), Some(depth)) = (touched, self.depth) else {
            self.blocks.clear();
            self.trail.begin_anew();
            return outside;
        };
        let splice = self.cut_again(touched, depth, n_lines);
        self.trail.add(splice);
        outside
    }

    /// Cuts and analyses the touched blocks again; says what has become of them. The text had `n_lines` lines before.
    fn cut_again(&mut self, touched: Touched, depth: Depth, n_lines: usize) -> Splice {
        let start = |block: &Block| Start { byte: block.range.start, may_open_fence: block.may_open_fence };
        let starts: Vec<Start> = self.blocks.iter().map(start).collect();
        let (removed, n_inserted) = (touched.removed, touched.n_inserted);
        let resplit = blocks::resplit(&self.buffer, &starts, removed, n_inserted);
        // What stands as it stood is not fresh.
        let is_old = |at: usize, range: &ByteRange| {
            let old = self.blocks.get(at).map(|block| block.range);
            range.end < removed.start && old == Some(*range)
        };
        let same = resplit.fresh.iter().enumerate().take_while(|(at, range)| is_old(resplit.first + at, range)).count();
        let first = resplit.first + same;
        let Context { cache, gazetteer, .. } = &*self.context;
        let block = |range| self.block(range, |text| cache.facts_again(text, gazetteer, depth));
        let fresh: Vec<Block> = resplit.fresh.into_iter().skip(same).map(block).collect();
        for block in self.blocks.iter_mut().skip(resplit.last) {
            let start = block.range.start as usize + n_inserted - removed.len();
            block.range = ByteRange::new(start, start + block.range.len());
        }
        let gone = self.blocks.get(first..resplit.last).unwrap_or_default();
        let span = |blocks: &[Block], edit: ByteRange| ByteRange {
            start: blocks.first().map_or(edit.start, |block| block.range.start.min(edit.start)),
            end: blocks.last().map_or(edit.end, |block| block.range.end.max(edit.end)),
        };
        let edit = ByteRange::new(removed.start as usize, removed.start as usize + n_inserted);
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let n_lines = count(self.buffer.n_lines()) - count(n_lines);
        let fresh_span = span(&fresh, edit);
        let last_line = self.buffer.line_column(fresh_span.end as usize, Encoding::Utf8).line;
        let splice = Splice {
            removed,
            n_inserted: u32::try_from(n_inserted).unwrap_or(u32::MAX),
            stale: span(gone, removed),
            fresh: fresh_span,
            last_line: u32::try_from(i64::from(last_line) - n_lines).unwrap_or(0),
            n_lines,
            reaches_out: gone.iter().chain(&fresh).any(|block| block.reach != Reach::Near),
        };
        self.blocks.splice(first..resplit.last, fresh);
        splice
    }

    /// Holds the words as they are used: those of an open file are edited and asked for places; those of a closed one are
    /// read once in a while. A closed text is packed when it was analysed.
    pub(super) fn hold(&mut self) {
        match (self.version, self.role.is_text()) {
            (Some(_), _) => self.buffer.unroll(),
            (None, false) => self.buffer.pack(),
            (None, true) => (),
        }
    }

    /// Packs the words of a closed text.
    pub(super) fn pack(&mut self) {
        self.buffer.pack();
    }

    /// Lets go of what is only needed to settle the text: of thousands of texts that nobody has open.
    pub(super) fn compact(&mut self) {
        let _ = self.settled();
        let nothing = Arc::new(BlockFacts::of_citations(Vec::new()));
        for block in &mut self.blocks {
            let facts = std::mem::replace(&mut block.facts, Arc::clone(&nothing));
            if let Some(rest) = Arc::unwrap_or_clone(facts).without_settled() {
                block.facts = Arc::new(rest);
            }
        }
        fit(&mut self.blocks);
        if let Some(settled) = self.settled.get_mut() {
            fit(&mut settled.mentions);
        }
        self.is_compact = true;
    }

    /// The same text, looked at in full.
    #[must_use]
    pub fn in_full(&self) -> Cow<'_, Document> {
        let Context { gazetteer, options, .. } = &*self.context;
        if self.depth.is_none_or(|depth| depth == Depth::Full) {
            return Cow::Borrowed(self);
        }
        let mut document = self.clone();
        document.buffer.unpack();
        let buffer = document.buffer.clone();
        // Of a text whose facts were let go it is settled who is named in it: that stays so.
        let named = document.settled.take().filter(|_| self.is_compact);
        for block in &mut document.blocks {
            let text = buffer.slice(block.range);
            block.facts = Arc::new(analysis::analyse_in_full(&text, gazetteer, &block.facts, named.is_some()));
        }
        (document.depth, document.is_compact) = (Some(Depth::Full), named.is_some());
        let text = document.passing_text();
        let settled = named.map(|named| analysis::settle_named(&document.views(&text), named, gazetteer, *options));
        document.settled = settled.map_or_else(OnceLock::new, OnceLock::from);
        Cow::Owned(document)
    }

    /// What a block says by itself, found again where it was let go.
    #[must_use]
    pub fn facts_of(&self, block: &Block) -> Arc<BlockFacts> {
        match self.is_compact {
            true => {
                let text = self.buffer.slice(block.range);
                Arc::new(analysis::analyse_block(&text, &self.context.gazetteer, Depth::Mentions))
            }
            false => Arc::clone(&block.facts),
        }
    }

    /// Takes over the decisions about the text as it was before, and follows their places.
    pub(super) fn follow(&mut self, before: &Document) {
        let is_readable = before.reading.is_empty();
        if before.decisions.is_empty() || !is_readable {
            return;
        }
        self.decisions = Arc::clone(&before.decisions);
        self.placed = OnceLock::from(placing::follow(before.placed().to_vec(), &before.buffer, &self.buffer));
    }

    /// Gives the text the decisions about it. Places that were followed through edits are kept.
    pub(super) fn deal(&mut self, decisions: Arc<[Dealt]>) {
        self.decisions = decisions;
        self.trail.begin_anew();
        self.followed = self.placed.take().unwrap_or_default();
        if self.is_compact {
            // It must be analysed again; until then what was found before holds.
            self.depth = None;
            return;
        }
        self.unsettle();
    }

    /// Forgets what was settled: names, options, decisions or the text have changed.
    fn unsettle(&mut self) {
        (self.settled, self.spots) = (OnceLock::new(), OnceLock::new());
    }

    fn block(&self, range: ByteRange, read: impl Fn(&str) -> Arc<BlockFacts>) -> Block {
        let text = self.buffer.slice(range);
        let facts = read(&text);
        Block { range, reach: Reach::of(&text, &facts), may_open_fence: blocks::may_open_fence(&text), facts }
    }

    fn facts(&self, text: &str, depth: Depth) -> Arc<BlockFacts> {
        let Context { cache, gazetteer, .. } = &*self.context;
        // What is known of closed texts is let go soon: nobody would find it in the cache.
        match self.version {
            Some(_) => cache.facts(text, gazetteer, depth),
            None => Arc::new(analysis::analyse_block(text, gazetteer, depth)),
        }
    }
}
