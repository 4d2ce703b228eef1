//! A part of a text that is looked at by itself, as if it were a text: what a keystroke touched and what stands around it.

use super::document::{Block, Document};
use super::placing::Placed;
use crate::analysis::citations::CitationTarget;
use crate::analysis::claims::SentenceFacts;
use crate::analysis::{self, BlockFacts, Part};
use crate::text::ByteRange;
use crate::text::buffer::Buffer;
use crate::text::sentences::SegmentKind;
use std::collections::BTreeSet;
use std::sync::Arc;

/// An edit can change what is found in so many sentences before it: page chrome is known by its neighbours.
const BEFORE: usize = 3;
/// And in so many after it: sources are carried on.
const AFTER: usize = 7;
/// So many more sentences before these say who is spoken of there.
const LEAD: usize = 8;
/// And at most so many more where a source is carried on through all of them.
const LONGEST_LEAD: usize = 64;
/// And so many after them.
const TAIL: usize = 3;

/// What a block bears on besides its neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Reach {
    /// Nothing.
    #[default]
    Near,
    /// It has the definition of a footnote.
    Footnote,
    /// It has a comment that holds findings back in the whole text.
    Whole,
    /// It opens or closes a code fence, and the other end is elsewhere.
    Fence,
}

/// A comment that holds findings back in a whole text begins so.
pub const WHOLE_FILE: &str = "glossator-ignore-file";

impl Reach {
    pub(super) fn of(text: &str, facts: &BlockFacts) -> Reach {
        let defines = |target: &CitationTarget| matches!(target, CitationTarget::FootnoteDefinition(_));
        let is_fence = |fact: &&SentenceFacts| fact.kind == SegmentKind::Fence;
        match () {
            () if facts.sentences.iter().filter(is_fence).count() % 2 == 1 => Reach::Fence,
            () if text.contains(WHOLE_FILE) => Reach::Whole,
            () if facts.citations.iter().any(|citation| defines(&citation.target)) => Reach::Footnote,
            () => Reach::Near,
        }
    }
}

/// A part of a text, and the text around it as far as it matters, put together as a text of its own.
#[derive(Debug)]
pub struct Window {
    /// The text of the window, settled by what is remembered of the whole.
    pub document: Document,
    /// What the window speaks for, bytes of the whole text.
    pub core: ByteRange,
    /// Whether what is known of the rest of the text still holds.
    pub holds_elsewhere: bool,
    /// First bytes of the window's pieces: in the window, and what they are in the whole text.
    pieces: Vec<(u32, ByteRange)>,
}

impl Window {
    /// Where a range of the window stands in the whole text; `None` where that is no single place.
    #[must_use]
    pub fn in_text(&self, range: ByteRange) -> Option<ByteRange> {
        let at = self.pieces.partition_point(|(start, _)| *start <= range.start).checked_sub(1)?;
        let (start, piece) = self.pieces.get(at)?;
        let place = ByteRange { start: range.start - start, end: range.end - start }.shifted(piece.start);
        (place.end <= piece.end).then_some(place)
    }

    /// Where a range of the whole text stands in the window.
    fn in_window(pieces: &[(u32, ByteRange)], range: ByteRange) -> Option<ByteRange> {
        let holds = |(_, piece): &&(u32, ByteRange)| piece.covers(range);
        let (start, piece) = pieces.iter().find(holds)?;
        Some(ByteRange { start: range.start - piece.start, end: range.end - piece.start }.shifted(*start))
    }
}

/// Blocks by their numbers: first, and one past the last.
type Run = std::ops::Range<usize>;

impl Document {
    /// The part of the text around what was touched (bytes of the text), as a text of its own. `None` where nothing is
    /// remembered of the text, or a code fence in it has no end, so that the whole has to be looked at.
    #[must_use]
    pub fn window(&self, touched: ByteRange) -> Option<Window> {
        if self.blocks().iter().any(|block| block.reach == Reach::Fence) {
            return None;
        }
        let first = self.blocks().partition_point(|block| block.range.end < touched.start);
        let last = self.blocks().partition_point(|block| block.range.start <= touched.end).max(first);
        let core = self.grown(first..last, BEFORE, AFTER);
        let run = self.led_up_to(self.grown(core.clone(), LEAD, TAIL));
        let span = |run: &Run| {
            let blocks = self.blocks().get(run.clone()).unwrap_or_default();
            let start = blocks.first().map_or(touched.start, |block| block.range.start.min(touched.start));
            ByteRange { start, end: blocks.last().map_or(touched.end, |block| block.range.end.max(touched.end)) }
        };
        let (core, place) = (span(&core), span(&run));
        let mut pieces = vec![(0, place)];
        let mut text = self.buffer.slice(place).into_owned();
        let mut blocks = Vec::new();
        for at in run.clone().chain(self.bearing_on(&run)) {
            let block = self.blocks().get(at)?;
            let start = if run.contains(&at) {
                block.range.start - place.start
            } else {
                text.push_str("\n\n");
                let start = u32::try_from(text.len()).ok()?;
                text.push_str(&self.buffer.slice(block.range));
                pieces.push((start, block.range));
                start
            };
            blocks.push(Block { range: ByteRange::new(0, block.range.len()).shifted(start), ..block.clone() });
        }
        let (opens, closes) = (run.start == 0, self.blocks().len() == run.end);
        let n_bytes = u32::try_from(place.len()).ok()?;
        // A window on the whole text needs no memory of it.
        let known = if opens && closes { None } else { Some(self.trail.memory(place)?) };
        let part = known.as_ref().map(|(memory, stood)| Part { memory, stood: *stood, n_bytes, opens, closes });
        let mut document = self.excerpt(Buffer::whole(&text), blocks);
        let decisions = self.placed().iter().zip(self.decisions.iter());
        let within = decisions.filter_map(|(placed, dealt)| {
            let range = Window::in_window(&pieces, placed.range?)?;
            Some((placed.at(range), dealt.clone()))
        });
        let (placed, decisions): (Vec<Placed>, Vec<_>) = within.unzip();
        document.decisions = Arc::from(decisions);
        let holds_elsewhere = document.settle_as(placed, part.as_ref());
        Some(Window { document, core, holds_elsewhere, pieces })
    }

    /// A run of blocks, with so many sentences more before and after it.
    fn grown(&self, run: Run, n_before: usize, n_after: usize) -> Run {
        let n_sentences = |at: usize| self.blocks().get(at).map_or(0, |block| block.facts.sentences.len());
        let (mut first, mut last) = (run.start, run.end);
        let (mut before, mut after) = (0, 0);
        while 0 < first && before < n_before {
            first -= 1;
            before += n_sentences(first).max(1);
        }
        while last < self.blocks().len() && after < n_after {
            after += n_sentences(last).max(1);
            last += 1;
        }
        first..last
    }

    /// A run of blocks, and those before it from which a source is carried on from sentence to sentence.
    fn led_up_to(&self, run: Run) -> Run {
        let (mut first, mut n_more) = (run.start, 0);
        let sentences = |at: usize| self.blocks().get(at).map_or(&[][..], |block| block.facts.sentences.as_slice());
        while 0 < first && n_more < LONGEST_LEAD && sentences(first).iter().all(SentenceFacts::carries_on) {
            first -= 1;
            n_more += sentences(first).len().max(1);
        }
        first..run.end
    }

    /// The blocks elsewhere that bear on a run of blocks: definitions of its footnotes, comments on the whole text.
    fn bearing_on(&self, run: &Run) -> Vec<usize> {
        let blocks = self.blocks().iter().enumerate().filter(|(_, block)| block.reach != Reach::Near);
        let far: Vec<(usize, &Block)> = blocks.filter(|(at, _)| !run.contains(at)).collect();
        if far.is_empty() {
            return Vec::new();
        }
        let own = self.blocks().get(run.clone()).unwrap_or_default();
        let footnote = |target: &'_ CitationTarget| match target {
            CitationTarget::Footnote(label) => Some(label.clone()),
            CitationTarget::Key { .. }
            | CitationTarget::Url(_)
            | CitationTarget::FootnoteDefinition(_)
            | CitationTarget::Needed
            | CitationTarget::Glued(_) => None,
        };
        let cited = own.iter().flat_map(|block| &block.facts.citations);
        let labels: BTreeSet<String> = cited.filter_map(|citation| footnote(&citation.target)).collect();
        let defines = |block: &Block| {
            block.facts.citations.iter().any(|citation| match &citation.target {
                CitationTarget::FootnoteDefinition(label) => labels.contains(label),
                CitationTarget::Key { .. }
                | CitationTarget::Url(_)
                | CitationTarget::Footnote(_)
                | CitationTarget::Needed
                | CitationTarget::Glued(_) => false,
            })
        };
        let bears = |block: &Block| block.reach == Reach::Whole || (!labels.is_empty() && defines(block));
        far.into_iter().filter(|(_, block)| bears(block)).map(|(at, _)| at).collect()
    }

    /// Settles a window; says whether the rest of the text may stay as it is.
    fn settle_as(&mut self, placed: Vec<Placed>, part: Option<&Part<'_>>) -> bool {
        self.set_placed(placed);
        let rulings = self.rulings();
        let text = self.buffer.read();
        let views = self.views(&text);
        let (settled, holds) =
            analysis::settle_part(&views, &self.context.gazetteer, &rulings, self.context.options, part);
        self.set_settled(settled);
        holds
    }
}
