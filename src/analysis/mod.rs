//! What a text says: mentions, sentences, claims, citations. Pure functions; never fails, never does IO.
//!
//! The work is cut in two. [`analyse_block`] finds what a block says by itself: it depends on the block's text, the
//! [`gazetteer::Gazetteer`] and the options, nothing else, so it can be cached and survives edits elsewhere.
//! [`settle`] then makes one cheap pass over the facts of all blocks of a document for what needs the rest of the text:
//! weak names, attribution carried through running quotes, page chrome.

pub mod attribution;
pub mod citations;
pub mod claims;
pub mod dates;
pub mod gazetteer;
pub mod language;
pub mod mentions;
pub mod quotations;
pub(crate) mod sieve;
pub mod suggestions;

use crate::model::ActorKey;
use crate::text::ByteRange;
use crate::text::tokens::Token;
use citations::Citation;
use claims::{Claim, SentenceFacts};
use gazetteer::Gazetteer;
use mentions::{Hit, Mention, Namesakes};
use quotations::Quotation;
use std::sync::OnceLock;

/// How much of a block is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    /// Known names only: closed source texts, as an editor needs them.
    Mentions,
    /// Names that nobody knows as well: what the findings of other texts may ask for.
    Names,
    /// Everything.
    Full,
}

/// What one block says by itself. All offsets are bytes from the start of the block.
#[derive(Clone, Debug, Default)]
pub struct BlockFacts {
    /// Places that look like an actor's name, in order.
    pub hits: Vec<Hit>,
    /// Sentences and lines, in order; only at [`Depth::Full`].
    pub sentences: Vec<SentenceFacts>,
    /// Citations, in order.
    pub citations: Vec<Citation>,
    /// Quotations, in order; only at [`Depth::Full`].
    pub quotations: Vec<Quotation>,
    /// See [`BlockFacts::names`].
    pub names: OnceLock<suggestions::BlockNames>,
}

impl BlockFacts {
    /// Only what a block cites.
    #[must_use]
    pub fn of_citations(citations: Vec<Citation>) -> BlockFacts {
        BlockFacts { citations, names: OnceLock::from(suggestions::BlockNames::default()), ..BlockFacts::default() }
    }

    /// What is asked for after the text was settled; `None` where that is nothing.
    #[must_use]
    pub fn without_settled(self) -> Option<BlockFacts> {
        let BlockFacts { hits: _, sentences: _, mut citations, mut quotations, names } = self;
        let has_names = names.get().is_none_or(|names| !names.is_empty());
        if citations.is_empty() && quotations.is_empty() && !has_names {
            return None;
        }
        citations.shrink_to_fit();
        quotations.shrink_to_fit();
        Some(BlockFacts { citations, quotations, names, ..BlockFacts::default() })
    }

    /// Names that nobody knows and forms that may be a known actor's; empty at [`Depth::Mentions`]. At [`Depth::Full`] made
    /// when first asked for, because a keystroke does not need them. `text` is the block's text, which the rest was found in.
    #[must_use]
    pub fn names(&self, text: &str, gazetteer: &Gazetteer) -> &suggestions::BlockNames {
        let read = |tokens: &[Token]| suggestions::read_tokens(text, tokens, gazetteer.book());
        self.names.get_or_init(|| mentions::with_tokens(text, read))
    }
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

impl<'a> BlockView<'a> {
    /// See [`BlockFacts::names`].
    fn names(&self, gazetteer: &Gazetteer) -> &'a suggestions::BlockNames {
        self.facts.names(self.text, gazetteer)
    }
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
    /// Whom else they may mean.
    pub namesakes: Namesakes,
    /// Every sentence in order, claim or not.
    pub claims: Vec<Claim>,
}

impl Settled {
    /// Every actor that a mention of this text may be, best first; never empty.
    #[must_use]
    pub fn candidates<'m>(&'m self, mention: &'m Mention) -> &'m [ActorKey] {
        self.namesakes.candidates(mention)
    }
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
    analyse_with(text, gazetteer, depth, claims::read_block)
}

/// The same for a block that is being edited: sentences that are `known` are not read again.
#[must_use]
pub fn analyse_block_again(text: &str, gazetteer: &Gazetteer, depth: Depth, known: &mut claims::Known) -> BlockFacts {
    analyse_with(text, gazetteer, depth, |text| claims::read_block_again(text, known))
}

fn analyse_with(
    text: &str,
    gazetteer: &Gazetteer,
    depth: Depth,
    sentences: impl FnOnce(&str) -> Vec<SentenceFacts>,
) -> BlockFacts {
    let citations = citations::read_block(text);
    let (hits, names) = mentions::with_tokens(text, |tokens| {
        let names = match depth {
            Depth::Full => OnceLock::new(),
            Depth::Names => OnceLock::from(suggestions::read_tokens(text, tokens, gazetteer.book())),
            Depth::Mentions => OnceLock::from(suggestions::BlockNames::default()),
        };
        (mentions::scan_tokens(text, tokens, gazetteer), names)
    });
    BlockFacts {
        hits,
        sentences: if depth == Depth::Full { sentences(text) } else { Vec::new() },
        quotations: if depth == Depth::Full { quotations::read_block(text, &citations) } else { Vec::new() },
        citations,
        names,
    }
}

/// Finds what a block says of which more is asked than before. `known` are its facts so far; where it `is_settled` who is
/// named in the text, its names are not looked for again, and the facts need be no more than what was kept of them (see
/// [`BlockFacts::without_settled`]).
#[must_use]
pub fn analyse_in_full(text: &str, gazetteer: &Gazetteer, known: &BlockFacts, is_settled: bool) -> BlockFacts {
    let names = known.names.clone();
    if !is_settled {
        return BlockFacts { names, ..analyse_block(text, gazetteer, Depth::Full) };
    }
    let (sentences, citations) = (claims::read_block(text), known.citations.clone());
    let quotations = quotations::read_block(text, &citations);
    BlockFacts { hits: Vec::new(), sentences, citations, quotations, names }
}

/// Settles the claims of a document of which it is settled already who is named in it.
#[must_use]
pub fn settle_named(
    blocks: &[BlockView<'_>],
    named: Settled,
    gazetteer: &Gazetteer,
    options: AnalysisOptions,
) -> Settled {
    let claims = claims::judge(blocks, &named.mentions, gazetteer, options, None);
    Settled { claims, ..named }
}

/// Settles what needs the rest of the document.
#[must_use]
pub fn settle(
    blocks: &[BlockView<'_>],
    gazetteer: &Gazetteer,
    rulings: &[Ruling],
    options: AnalysisOptions,
) -> Settled {
    settle_part(blocks, gazetteer, rulings, options, None).0
}

/// What a whole text says, as far as a part of it must know: made once in a while, not at every keystroke.
#[derive(Debug)]
pub struct Memory {
    mentions: mentions::Memory,
    claims: claims::Memory,
}

/// Makes the memory of a text that was settled.
#[must_use]
pub fn remember(blocks: &[BlockView<'_>], gazetteer: &Gazetteer, rulings: &[Ruling], settled: &Settled) -> Memory {
    Memory {
        mentions: mentions::remember(blocks, gazetteer, rulings),
        claims: claims::remember(blocks, &settled.claims),
    }
}

/// A part of a text, to be settled by itself.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// What the whole text said.
    pub memory: &'a Memory,
    /// Where the part stood in it then.
    pub stood: ByteRange,
    /// How many bytes the part has now. Blocks beyond these are from elsewhere in the text.
    pub n_bytes: u32,
    /// Whether the text begins with the part.
    pub opens: bool,
    /// Whether the text ends with it.
    pub closes: bool,
}

/// Settles a part of a document by what is remembered of the rest. Says as well whether the rest may stay as it is: it may
/// not where the part names other actors than it did.
#[must_use]
pub fn settle_part(
    blocks: &[BlockView<'_>],
    gazetteer: &Gazetteer,
    rulings: &[Ruling],
    options: AnalysisOptions,
    part: Option<&Part<'_>>,
) -> (Settled, bool) {
    let (mentions, namesakes, is_as_before) = mentions::settle(blocks, gazetteer, rulings, options, part);
    let claims = claims::judge(blocks, &mentions, gazetteer, options, part);
    (Settled { mentions, namesakes, claims }, is_as_before)
}
