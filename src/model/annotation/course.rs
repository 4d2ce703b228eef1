//! Where the passages of an earlier text stand now, as far as the decisions about it tell.
//!
//! Each decision keeps its words, what stood around them and where they stood. All decisions that were made for one
//! version of a text thus keep much of it, in order. Words of it that are found once in the text of today are a landmark;
//! the heaviest row of landmarks in the old order is the course of the text. A copy of a passage stands off the course, or
//! beside what it is a copy of. A passage that was moved stands off the course too, but nothing is left where it was.

use super::Anchor;
use super::folded::{Folded, plain_chars};
use std::collections::HashMap;

/// How many characters a landmark has at least, where words have spaces between them and where they do not.
const SEED: (usize, usize) = (12, 6);
/// Words that stand in more places today say nothing.
const MOST_HITS: usize = 12;
/// No text is so long, in code points.
pub(super) const FURTHEST: u32 = 1 << 30;
/// More landmarks are not compared.
const MOST_BLOCKS: usize = 4000;
/// How many code points of context are stored on each side.
const CONTEXT: u32 = 32;
/// How far around a place its passage reaches.
const REACH: usize = 96;
/// How far two parts of one passage may have been pushed apart or together.
const DRIFT: usize = 28;
/// How much nearer to a place the passage of a namesake must lead.
const NEARER: usize = 3;
/// How much of a text must be known to tell its passages from their copies, in percent.
const FAMILIAR: usize = 60;
/// How many characters of landmarks may lie.
pub(super) const SLACK: usize = 6;

/// Words in both texts: where they begin, and how long they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Block {
    old: usize,
    new: usize,
    len: usize,
}

/// Where words of the old text begin, and where they were found.
pub(super) type Hit = (usize, usize);

/// An old text as far as it is known, and where its passages stand in a new one. All lengths are in folded characters.
#[derive(Debug)]
pub(super) struct Course {
    pub(super) known: Vec<char>,
    /// For each known character, its code point in the old text.
    at: Vec<u32>,
    pub(super) new: Vec<char>,
    /// Where the characters of the new text begin, in bytes.
    starts: Vec<usize>,
    /// How long the words are that are compared.
    pub(super) seed: usize,
    /// For each known character, where the words that begin with it stand in the new text.
    hits: Vec<Vec<usize>>,
    /// Landmarks in the order of both texts.
    chain: Vec<Block>,
}

/// A place in the old text, and one in the new text that may be the same.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) old: (usize, usize),
    pub(super) new: (usize, usize),
    /// How many characters of the old passage stood around the best look-alike already.
    pub(super) rival: usize,
}

/// Where a candidate stands in the course of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// How many characters of the old passage lead to it.
    pub(super) support: usize,
    /// How far it stands from where they lead.
    pub(super) drift: usize,
    /// The annotated words themselves tell it from everything else that is known of the old text.
    pub(super) is_own: bool,
    /// Landmarks that stood before it stand after it, or the other way round.
    pub(super) is_off: bool,
    /// Another passage may be the one that was annotated.
    pub(super) has_twin: bool,
}

impl Pair {
    /// How far the new place is from where a hit leads.
    fn drift(&self, (old, new): Hit, seed: usize) -> usize {
        let from_left = (new + self.old.0).abs_diff(self.new.0 + old);
        let from_right = (new + self.old.1).abs_diff(self.new.1 + old);
        match (old + seed <= self.old.0, self.old.1 <= old) {
            (true, _) => from_left,
            (false, true) => from_right,
            (false, false) => from_left.min(from_right),
        }
    }
}

impl Course {
    /// The course of a text since the one version that all the anchors were made for; `None` where that is too much work.
    pub(super) fn new(anchors: &[&Anchor], folded: &Folded) -> Option<Course> {
        let (known, at, breaks) = recall(anchors);
        let (starts, new): (Vec<usize>, Vec<char>) = folded.text.char_indices().unzip();
        let n_bytes: usize = known.iter().map(|c| c.len_utf8()).sum();
        let seed = if n_bytes < 2 * known.len() { SEED.0 } else { SEED.1 };
        let hits = hits(&known, &breaks, &new, seed);
        let mut blocks: Vec<Block> = Vec::new();
        for (old, hits) in hits.iter().enumerate() {
            let [new] = hits.as_slice() else { continue };
            match blocks.last_mut() {
                Some(last) if last.old + last.len + 1 == old + seed && last.new + last.len + 1 == new + seed => {
                    last.len += 1;
                }
                Some(_) | None => blocks.push(Block { old, new: *new, len: seed }),
            }
        }
        let chain = chain(&blocks)?;
        Some(Course { known, at, new, starts, seed, hits, chain })
    }

    /// Where bytes of the folded new text stand that may be an anchor's words; `None` where nothing leads to them.
    ///
    /// `rival` is how much of the anchor's context stood around the best look-alike when it was made, in percent.
    pub(super) fn standing(&self, position: (u32, u32), rival: i32, (start, end): (usize, usize)) -> Option<Standing> {
        let old = |point: u32| self.at.partition_point(|at| *at < point);
        let new = |byte: usize| self.starts.partition_point(|start| *start < byte);
        let place = (old(position.0), old(position.1));
        let around = (old(position.0.saturating_sub(CONTEXT)), old(position.1.saturating_add(CONTEXT)));
        let n_around = (place.0 - around.0) + (around.1 - place.1);
        let rival = n_around * usize::try_from(rival).unwrap_or(0) / 100;
        let pair = Pair { old: place, new: (new(start), new(end)), rival };
        let (ours, others) = self.passage(pair);
        let drift = ours.iter().map(|hit| pair.drift(*hit, self.seed)).min()?;
        Some(Standing {
            support: self.covered(&ours),
            drift,
            is_own: ours.iter().any(|(old, _)| pair.old.0 <= *old && old + self.seed <= pair.old.1),
            is_off: SLACK < self.conflict(pair, pair.old),
            has_twin: self.is_namesake(pair, drift, &ours) || self.has_twin(pair, &ours, others),
        })
    }

    /// Whether so much of the old text is known that what is not known of it hardly counts.
    pub(super) fn is_familiar(&self) -> bool {
        FAMILIAR * self.new.len() <= 100 * self.known.len()
    }

    /// How many characters say as much as several words.
    pub(super) fn enough(&self) -> usize {
        3 * self.seed
    }

    /// How many characters say more than a phrase that is often used.
    pub(super) fn few(&self) -> usize {
        2 * self.seed
    }

    /// A length in letters of an alphabet; characters of other scripts say about twice as much.
    pub(super) fn scaled(&self, length: usize) -> usize {
        length * self.seed / SEED.0
    }

    /// How far around a place its passage reaches.
    pub(super) fn reach(&self) -> usize {
        self.scaled(REACH)
    }

    /// How far two parts of one passage may have been pushed apart or together.
    pub(super) fn longest_drift(&self) -> usize {
        self.scaled(DRIFT)
    }

    /// The hits of a place's passage: those that lead to the new place, and the others.
    fn passage(&self, pair: Pair) -> (Vec<Hit>, Vec<Hit>) {
        let from = pair.old.0.saturating_sub(self.reach() + self.seed);
        let hits = self.hits.iter().enumerate().take(pair.old.1 + self.reach()).skip(from);
        let all = hits.flat_map(|(old, hits)| hits.iter().map(move |new| (old, *new)));
        all.partition(|hit| pair.drift(*hit, self.seed) <= self.longest_drift())
    }

    /// Whether the new place is rather that of the same words beside the annotated ones.
    fn is_namesake(&self, pair: Pair, drift: usize, ours: &[Hit]) -> bool {
        let (start, end) = pair.old;
        let Some(words) = self.known.get(start..end).filter(|words| !words.is_empty()) else { return false };
        let from = start.saturating_sub(self.reach());
        let around = self.known.get(from..(end + self.reach()).min(self.known.len())).unwrap_or_default();
        let others = around.windows(words.len()).enumerate().filter(|(_, there)| *there == words);
        others.map(|(idx, _)| from + idx).filter(|other| *other != start).any(|other| {
            let namesake = Pair { old: (other, other + words.len()), ..pair };
            ours.iter().any(|hit| namesake.drift(*hit, self.seed) + NEARER < drift)
        })
    }

    /// How many characters the words have that were found.
    pub(super) fn covered(&self, hits: &[Hit]) -> usize {
        let mut olds: Vec<usize> = hits.iter().map(|(old, _)| *old).collect();
        olds.sort_unstable();
        let mut reached = 0;
        let more = |old: usize| {
            let more = (old + self.seed).saturating_sub(reached.max(old));
            reached = old + self.seed;
            more
        };
        olds.into_iter().map(more).sum()
    }

    /// How many characters of landmarks outside a `core` of the old text would have another order than they had.
    pub(super) fn conflict(&self, pair: Pair, core: (usize, usize)) -> usize {
        let conflict = |block: &Block| {
            let n_left = core.0.saturating_sub(block.old).min(block.len);
            let wrong_left = (block.new + n_left).saturating_sub(pair.new.0).min(n_left);
            let skipped = core.1.saturating_sub(block.old);
            let n_right = block.len.saturating_sub(skipped);
            let wrong_right = pair.new.1.saturating_sub(block.new + skipped).min(n_right);
            wrong_left + wrong_right
        };
        self.chain.iter().map(conflict).sum()
    }

    /// Whether the old text is known from its first character on.
    pub(super) fn knows_start(&self) -> bool {
        self.at.first() == Some(&0)
    }
}

/// The code points of an old text that anchors keep.
pub(super) fn known_points(anchors: &[&Anchor]) -> Vec<(u32, char)> {
    let mut points: Vec<(u32, char)> = Vec::new();
    for anchor in anchors {
        let Some((start, end)) = anchor.position.filter(|(_, end)| *end < FURTHEST) else { continue };
        let n_before = u32::try_from(anchor.prefix.chars().count()).unwrap_or(0);
        points.extend((start.saturating_sub(n_before)..).zip(anchor.prefix.chars()));
        points.extend((start..).zip(anchor.exact.chars()));
        points.extend((end..).zip(anchor.suffix.chars()));
    }
    points.sort_by_key(|(at, _)| *at);
    points.dedup_by_key(|(at, _)| *at);
    points
}

/// What anchors keep of their text: its folded characters, their code points, and before which of them it breaks off.
fn recall(anchors: &[&Anchor]) -> (Vec<char>, Vec<u32>, Vec<usize>) {
    let (mut known, mut at, mut breaks) = (Vec::new(), Vec::new(), Vec::new());
    let mut next = 0;
    for (point, c) in known_points(anchors) {
        if point != next {
            breaks.push(known.len());
        }
        next = point + 1;
        known.extend(plain_chars(c));
        at.resize(known.len(), point);
    }
    (known, at, breaks)
}

/// For each known character, where the words that begin with it stand in the new text, if they stood once in the old one.
fn hits(known: &[char], breaks: &[usize], new: &[char], seed: usize) -> Vec<Vec<usize>> {
    let mut seeds: HashMap<&[char], Option<usize>> = HashMap::new();
    let mut breaks = breaks.iter().copied().peekable();
    for (idx, words) in known.windows(seed).enumerate() {
        while breaks.next_if(|at| *at <= idx).is_some() {}
        if breaks.peek().is_none_or(|at| idx + seed <= *at) {
            seeds.entry(words).and_modify(|it| *it = None).or_insert(Some(idx));
        }
    }
    let mut hits: Vec<Vec<usize>> = vec![Vec::new(); known.len()];
    for (idx, words) in new.windows(seed).enumerate() {
        if let Some(Some(old)) = seeds.get(words)
            && let Some(hits) = hits.get_mut(*old)
        {
            hits.push(idx);
        }
    }
    hits.iter_mut().filter(|hits| MOST_HITS < hits.len()).for_each(Vec::clear);
    hits
}

/// The heaviest row of blocks in the order of both texts; they come in that of the old one. `None` where there are too
/// many.
fn chain(blocks: &[Block]) -> Option<Vec<Block>> {
    if MOST_BLOCKS < blocks.len() {
        return None;
    }
    // For each block, how heavy the best row is that ends with it, and the block before it.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let before = blocks.iter().zip(&best).enumerate().filter(|(_, (it, _))| it.new < block.new);
        let before = before.map(|(idx, (_, (weight, _)))| (*weight, idx)).max_by_key(|(weight, _)| *weight);
        best.push((before.map_or(0, |(weight, _)| weight) + block.len, before.map(|(_, idx)| idx)));
    }
    let last = best.iter().enumerate().max_by_key(|(_, (weight, _))| *weight).map(|(idx, _)| idx);
    let row = std::iter::successors(last, |idx| best.get(*idx).and_then(|(_, before)| *before));
    let mut chain: Vec<Block> = row.filter_map(|idx| blocks.get(idx).copied()).collect();
    chain.reverse();
    Some(chain)
}
