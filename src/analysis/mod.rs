//! What a text says: mentions, sentences, claims, citations. Pure functions; never fails, never does IO.
//!
//! The work is cut in two. [`analyse_block`] finds what a block says by itself: it depends on the block's text, the
//! [`gazetteer::Gazetteer`] and the options, nothing else, so it can be cached and survives edits elsewhere.
//! [`settle`] then makes one cheap pass over the facts of all blocks of a document for what needs the rest of the text:
//! weak names, attribution carried through running quotes, page chrome.

pub mod attribution;
pub mod citations;
pub mod claims;
pub mod gazetteer;
pub mod language;
pub mod mentions;
pub mod quotations;
pub mod suggestions;

use crate::model::ActorKey;
use crate::text::ByteRange;
use citations::Citation;
use claims::{Claim, SentenceFacts};
use gazetteer::Gazetteer;
use mentions::{Hit, Mention};
use quotations::Quotation;

/// How much of a block is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    /// Names only: closed source texts.
    Mentions,
    /// Everything.
    Full,
}

/// What one block says by itself. All offsets are bytes from the start of the block.
#[derive(Clone, Debug, Default)]
pub struct BlockFacts {
    /// Places that look like an actor's name, in order.
    pub hits: Vec<Hit>,
    /// Sentences and lines, in order; empty at [`Depth::Mentions`].
    pub sentences: Vec<SentenceFacts>,
    /// Citations, in order.
    pub citations: Vec<Citation>,
    /// Quotations, in order; empty at [`Depth::Mentions`].
    pub quotations: Vec<Quotation>,
    /// Names that nobody knows and forms that may be a known actor's; empty at [`Depth::Mentions`].
    pub names: suggestions::BlockNames,
}

/// A block of a document and its facts.
#[derive(Clone, Copy, Debug)]
pub struct BlockView<'a> {
    /// First byte in the document.
    pub start: u32,
    /// The block's text.
    pub text: &'a str,
    /// Its facts.
    pub facts: &'a BlockFacts,
}

/// The user's decision about a place: it is (or is not) that actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Bytes in the document.
    pub range: ByteRange,
    /// The actor.
    pub actor: ActorKey,
    /// Whether it is that actor.
    pub positive: bool,
}

/// What the whole document says. All offsets are bytes from the start of the document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settled {
    /// Mentions in order, never nested.
    pub mentions: Vec<Mention>,
    /// Every sentence in order, claim or not.
    pub claims: Vec<Claim>,
}

/// What the settings say to the analysis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AnalysisOptions {
    /// Check-worthy at or above this calibrated score.
    pub claim_threshold: f32,
    /// Whether a place may stand for its government.
    pub places_as_governments: bool,
}

/// Finds what a block says by itself.
#[must_use]
pub fn analyse_block(text: &str, gazetteer: &Gazetteer, depth: Depth) -> BlockFacts {
    let citations = citations::read_block(text);
    BlockFacts {
        hits: mentions::scan(text, gazetteer),
        sentences: if depth == Depth::Full { claims::read_block(text) } else { Vec::new() },
        quotations: if depth == Depth::Full { quotations::read_block(text, &citations) } else { Vec::new() },
        citations,
        names: match depth {
            Depth::Full => suggestions::read_block(text, gazetteer.book()),
            Depth::Mentions => suggestions::BlockNames::default(),
        },
    }
}

/// Settles what needs the rest of the document.
#[must_use]
pub fn settle(
    blocks: &[BlockView<'_>],
    gazetteer: &Gazetteer,
    rulings: &[Ruling],
    options: AnalysisOptions,
) -> Settled {
    let mentions = mentions::settle(blocks, gazetteer, rulings, options);
    let claims = claims::judge(blocks, &mentions, gazetteer, options);
    Settled { mentions, claims }
}
