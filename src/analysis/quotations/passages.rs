//! Where in a source text a quotation stands, word for word or altered.
//!
//! A long text is cut into chunks, and each chunk has a signature: one bit for each hash of five letters (of two Han
//! characters) in it. The signatures are kept bit by bit, all chunks' first bits, then all second ones, so that counting
//! how many of a quotation's letter groups each chunk holds takes a few microseconds. The best chunks are then read
//! again and compared character by character. The index has about half the size of its text.

use super::compare::{self, Change};
use super::folding::{Kind, Sign, fold, fold_each};
use super::myers::Hit;
use super::wording::{Gap, Piece, Wording};
use crate::text::ByteRange;
use std::borrow::Cow;
use std::ops::Range;

/// Texts of at most this many bytes have no index: they are read whole.
const SMALL_TEXT: usize = 32 * 1024;
/// How many signs a chunk has.
const CHUNK: usize = 512;
/// How many signs of the next chunk its signature covers too: a piece that begins in a chunk is found in it.
const OVERLAP: usize = 192;
/// How many bits a signature has.
const N_ROWS: usize = 2048;
/// How many letter groups of a piece are counted: fewer than [`N_PLANES`] bits can count.
const MOST_GRAMS: usize = 96;
const N_PLANES: usize = 7;
/// How many chunks are read at each level of likeness.
const MOST_CHUNKS: usize = 16;
/// How many pieces of a long quotation are tried as the one to start from.
const MOST_ANCHORS: usize = 4;
/// Which share of the letter groups a chunk must hold to be read, level by level, in hundredths.
const LEVELS: [usize; 4] = [100, 75, 58, 40];
/// How many signs an omission may leave out.
const ELLIPSIS_REACH: usize = 4096;
/// How many signs may stand in place of an insert.
const INSERT_REACH: usize = 96;
/// How many signs a word has that is left out at an edge.
const ONE_WORD: usize = 14;
/// What words left out without a mark cost at most, in edits.
const MOST_SKIPPED: usize = 24;

/// An index of a text for looking up quotations.
#[derive(Debug, Default)]
pub struct Passages {
    /// The byte at which the last character before each chunk starts: it shows whether a word is whole.
    starts: Vec<u32>,
    /// The length of the text in bytes.
    end: u32,
    /// Row by row, one bit for each chunk; empty for a small text.
    rows: Vec<u64>,
    /// How many words a row has.
    stride: usize,
}

/// Where a quotation stands in a source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where the parts between omissions stand, in order: bytes of the source.
    pub parts: Vec<ByteRange>,
    /// What differs; empty where the quotation is exact.
    pub changes: Vec<Change>,
    /// The quotation with the source's own words.
    pub replacement: String,
}

impl Passage {
    /// From the first word to the last one.
    #[must_use]
    pub fn range(&self) -> ByteRange {
        let start = self.parts.iter().map(|part| part.start).min().unwrap_or_default();
        let end = self.parts.iter().map(|part| part.end).max().unwrap_or_default();
        ByteRange { start, end: end.max(start) }
    }
}

/// A wording laid over a stretch of the text.
struct Fit {
    /// The bytes of each segment.
    parts: Vec<ByteRange>,
    distance: usize,
}

impl Passages {
    /// Indexes a text.
    #[must_use]
    pub fn new(text: &str) -> Passages {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        if text.len() <= SMALL_TEXT {
            return Passages { starts: vec![0], end, rows: Vec::new(), stride: 0 };
        }
        let mut columns: Vec<[u64; N_ROWS / 64]> = Vec::with_capacity(text.len() / CHUNK + 1);
        let mut starts = Vec::with_capacity(text.len() / CHUNK + 1);
        let mut grams = Grams::default();
        let mut n_signs = 0;
        let mut before = 0;
        fold_each(text, 0, |sign| {
            if n_signs % CHUNK == 0 {
                columns.push([0; N_ROWS / 64]);
                starts.push(before);
            }
            let row = grams.push(&sign);
            let n_chunks = if n_signs % CHUNK < OVERLAP { 2 } else { 1 };
            for column in columns.iter_mut().rev().take(n_chunks) {
                if let Some(word) = column.get_mut(row / 64) {
                    *word |= 1 << (row % 64);
                }
            }
            n_signs += 1;
            before = sign.at;
        });
        let stride = columns.len().div_ceil(64);
        let mut rows = vec![0_u64; N_ROWS * stride];
        for (chunk, column) in columns.iter().enumerate() {
            for (idx, word) in column.iter().enumerate() {
                let mut word = *word;
                while word != 0 {
                    let row = idx * 64 + word.trailing_zeros() as usize;
                    if let Some(cell) = rows.get_mut(row * stride + chunk / 64) {
                        *cell |= 1 << (chunk % 64);
                    }
                    word &= word - 1;
                }
            }
        }
        Passages { starts, end, rows, stride }
    }

    /// How many bytes the index takes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.starts.len() * size_of::<u32>() + self.rows.len() * size_of::<u64>()
    }

    /// Looks a quotation up. `slice` gives the text of a range of bytes. `None`: nothing in
    /// the text is near enough.
    pub fn find<'t>(&self, quotation: &str, slice: impl Fn(ByteRange) -> Cow<'t, str>) -> Option<Passage> {
        let literal = Wording::new(quotation, true)?;
        let found = self.find_wording(&literal, quotation, &slice);
        if !literal.has_inserts || found.as_ref().is_some_and(|it| it.changes.is_empty()) {
            return found;
        }
        let free = Wording::new(quotation, false).and_then(|free| self.find_wording(&free, quotation, &slice));
        free.or(found)
    }

    fn find_wording<'t>(
        &self,
        wording: &Wording,
        quotation: &str,
        slice: &impl Fn(ByteRange) -> Cow<'t, str>,
    ) -> Option<Passage> {
        let mut anchors: Vec<usize> = (0..wording.pieces.len()).collect();
        anchors.sort_by_key(|idx| std::cmp::Reverse(wording.pieces.get(*idx).map_or(0, |piece| piece.signs.len())));
        anchors.truncate(MOST_ANCHORS);
        anchors.sort_unstable();
        let mut best: Option<Fit> = None;
        for anchor in anchors {
            let Some(piece) = wording.pieces.get(anchor) else { continue };
            for chunks in self.candidates(piece) {
                for chunk in chunks {
                    let Some(fit) = self.fit(wording, anchor, chunk, slice) else { continue };
                    if best.as_ref().is_none_or(|best| fit.distance < best.distance) {
                        best = Some(fit);
                    }
                }
                if best.as_ref().is_some_and(|best| best.distance * 4 <= wording.len) {
                    return judge(wording, quotation, best?, slice);
                }
            }
        }
        judge(wording, quotation, best?, slice)
    }

    /// The chunks that may hold a piece, the likeliest levels first, each chunk once.
    fn candidates(&self, piece: &Piece) -> Vec<Vec<usize>> {
        if self.rows.is_empty() {
            return vec![vec![0]];
        }
        let mut rows = Grams::of(&piece.signs);
        let step = rows.len().div_ceil(MOST_GRAMS).max(1);
        rows = rows.into_iter().step_by(step).collect();
        let counts = self.count(&rows);
        let mut below = usize::MAX;
        let mut levels = Vec::new();
        for level in LEVELS {
            let least = (rows.len() * level).div_ceil(100);
            let mut chunks: Vec<(usize, usize)> = Vec::new();
            for (word, planes) in counts.iter().enumerate() {
                let mut bits = at_least(planes, least);
                while bits != 0 {
                    let bit = bits.trailing_zeros();
                    let count =
                        planes.iter().enumerate().map(|(idx, plane)| ((plane >> bit & 1) as usize) << idx).sum();
                    if count < below {
                        chunks.push((count, word * 64 + bit as usize));
                    }
                    bits &= bits - 1;
                }
            }
            chunks.retain(|(_, chunk)| *chunk < self.starts.len());
            chunks.sort_by_key(|(count, chunk)| (std::cmp::Reverse(*count), *chunk));
            chunks.truncate(MOST_CHUNKS);
            levels.push(chunks.into_iter().map(|(_, chunk)| chunk).collect());
            below = least;
        }
        levels
    }

    /// How many of the rows each chunk has, bit by bit: one plane for each binary digit. Eight rows are added at a time.
    fn count(&self, rows: &[usize]) -> Vec<[u64; N_PLANES]> {
        let mut counts = vec![[0_u64; N_PLANES]; self.stride];
        let zeros = vec![0; self.stride];
        for group in rows.chunks(8) {
            let row = |idx: usize| {
                let row = group.get(idx).and_then(|row| self.rows.get(row * self.stride..(row + 1) * self.stride));
                row.unwrap_or(&zeros)
            };
            let first = row(0).iter().zip(row(1)).zip(row(2)).zip(row(3));
            let second = row(4).iter().zip(row(5)).zip(row(6)).zip(row(7));
            for ((planes, (((a, b), c), d)), (((e, f), g), h)) in counts.iter_mut().zip(first).zip(second) {
                let [ones, twos, fours, rest @ ..] = planes;
                let (two_a, sum) = add(*ones, *a, *b);
                let (two_b, sum) = add(sum, *c, *d);
                let (two_c, sum) = add(sum, *e, *f);
                let (two_d, sum) = add(sum, *g, *h);
                *ones = sum;
                let (four_a, sum) = add(*twos, two_a, two_b);
                let (four_b, sum) = add(sum, two_c, two_d);
                *twos = sum;
                let (mut carry, sum) = add(*fours, four_a, four_b);
                *fours = sum;
                for plane in rest {
                    (*plane, carry) = (*plane ^ carry, *plane & carry);
                }
            }
        }
        counts
    }

    /// Lays a wording over the text so that one of its pieces stands in one chunk.
    fn fit<'t>(
        &self,
        wording: &Wording,
        anchor: usize,
        chunk: usize,
        slice: &impl Fn(ByteRange) -> Cow<'t, str>,
    ) -> Option<Fit> {
        let piece = wording.pieces.get(anchor)?;
        let reach = |pieces: Option<&[Piece]>| -> usize { pieces.unwrap_or_default().iter().map(reach).sum() };
        let is_whole = self.rows.is_empty();
        let n_before = reach(wording.pieces.get(..anchor)).div_ceil(CHUNK);
        let n_after = reach(wording.pieces.get(anchor + 1..)).div_ceil(CHUNK) + 2;
        let start_of = |chunk: usize| self.starts.get(chunk).copied().unwrap_or(self.end);
        let read = |start: u32, end: u32| fold(&slice(ByteRange { start, end }), start);
        let home = read(start_of(chunk), start_of(if is_whole { 1 } else { chunk + 2 }));
        let n_home = if is_whole { home.len() } else { home.len().min(CHUNK + OVERLAP) };
        let hit = search(piece, &home, 0..n_home, false)?;
        if wording.pieces.len() == 1 {
            return Some(measured(wording, &home, &[Some(hit)]));
        }
        if is_whole {
            return Some(measured(wording, &home, &chain(wording, anchor, &home, hit)));
        }
        let region = read(start_of(chunk.saturating_sub(n_before)), start_of(chunk + n_after));
        let (first, last) = (home.get(hit.start)?.at, home.get(hit.end.checked_sub(1)?)?.at);
        // The space before a word has the place of its first letter.
        let is_before = |sign: &Sign| sign.at < first || (sign.at == first && sign.kind == Kind::Space);
        let start = region.partition_point(is_before);
        let end = region.partition_point(|sign| sign.at <= last);
        let hit = Hit { start, end, distance: hit.distance };
        Some(measured(wording, &region, &chain(wording, anchor, &region, hit)))
    }
}

/// Adds three bits in each place: carry and sum.
fn add(a: u64, b: u64, c: u64) -> (u64, u64) {
    let half = a ^ b;
    ((a & b) | (half & c), half ^ c)
}

/// How far from the piece before this one may end, in signs.
fn reach(piece: &Piece) -> usize {
    let gap = match piece.gap {
        Gap::None => 2 * MOST_SKIPPED,
        Gap::Insert => INSERT_REACH,
        Gap::Ellipsis => ELLIPSIS_REACH,
    };
    gap + piece.signs.len() * 5 / 4
}

/// Which counts are at least a number, one bit each.
fn at_least(planes: &[u64; N_PLANES], least: usize) -> u64 {
    let (mut above, mut equal) = (0, u64::MAX);
    for (idx, plane) in planes.iter().enumerate().rev() {
        if least >> idx & 1 == 0 {
            above |= equal & plane;
        } else {
            equal &= plane;
        }
    }
    if least >> N_PLANES == 0 { above | equal } else { 0 }
}

/// Finds a piece in a part of the text: as it is, or with the fewest edits.
fn search(piece: &Piece, signs: &[Sign], range: Range<usize>, from_end: bool) -> Option<Hit> {
    let base = range.start;
    let part = signs.get(range)?;
    let wanted = &piece.signs;
    let fits = |at: &usize| {
        let there = part.get(*at..*at + wanted.len()).unwrap_or_default();
        let same = there.len() == wanted.len() && there.iter().zip(wanted).all(|(a, b)| a.c == b.c);
        same && is_whole_word(signs, base + at, base + at + wanted.len())
    };
    let last = (part.len() + 1).saturating_sub(wanted.len());
    let exact = if from_end { (0..last).rev().find(fits) } else { (0..last).find(fits) };
    if let Some(at) = exact {
        return Some(Hit { start: base + at, end: base + at + wanted.len(), distance: 0 });
    }
    let hit = piece.pattern.find(part, wanted.len() * 2 / 5, from_end)?;
    let (mut start, mut end) = (base + hit.start, base + hit.end);
    // A space at the edge belongs to nobody.
    while start < end && signs.get(start).is_some_and(|sign| !sign.is_word()) {
        start += 1;
    }
    while start < end && signs.get(end - 1).is_some_and(|sign| !sign.is_word()) {
        end -= 1;
    }
    Some(Hit { start, end, distance: hit.distance })
}

/// Whether no word is cut at either end.
fn is_whole_word(signs: &[Sign], start: usize, end: usize) -> bool {
    !is_inside_word(signs, start) && !is_inside_word(signs, end)
}

/// Whether a place between two signs lies within a word.
fn is_inside_word(signs: &[Sign], at: usize) -> bool {
    let is_letter = |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(|it| it.kind == Kind::Letter);
    is_letter(at.checked_sub(1)) && is_letter(Some(at))
}

/// The places of all pieces, from the place of one of them outwards.
fn chain(wording: &Wording, anchor: usize, signs: &[Sign], hit: Hit) -> Vec<Option<Hit>> {
    let mut hits: Vec<Option<Hit>> = vec![None; wording.pieces.len()];
    if let Some(slot) = hits.get_mut(anchor) {
        *slot = Some(hit);
    }
    let mut cursor = hit.end;
    for (piece, slot) in wording.pieces.iter().zip(&mut hits).skip(anchor + 1) {
        *slot = search(piece, signs, cursor..(cursor + reach(piece)).min(signs.len()), false);
        cursor = slot.map_or(cursor, |hit| hit.end);
    }
    let mut cursor = hit.start;
    let mut gap = wording.pieces.get(anchor).map_or(Gap::None, |piece| piece.gap);
    for (piece, slot) in wording.pieces.iter().zip(&mut hits).take(anchor).rev() {
        let far = reach(&Piece { gap, ..piece.clone() });
        *slot = search(piece, signs, cursor.saturating_sub(far)..cursor, true);
        cursor = slot.map_or(cursor, |hit| hit.start);
        gap = piece.gap;
    }
    hits
}

/// Where the segments stand and how many edits the whole is away.
fn measured(wording: &Wording, signs: &[Sign], hits: &[Option<Hit>]) -> Fit {
    let mut distance = 0;
    let mut before: Option<Hit> = None;
    for (piece, hit) in wording.pieces.iter().zip(hits) {
        let Some(hit) = hit else {
            distance += piece.signs.len();
            continue;
        };
        distance += hit.distance;
        if let Some(before) = before.filter(|_| piece.gap == Gap::None) {
            let between = signs.get(before.end..hit.start).unwrap_or_default();
            distance += between.iter().filter(|sign| sign.kind != Kind::Space).count().min(MOST_SKIPPED);
        }
        before = Some(*hit);
    }
    let mut parts = Vec::with_capacity(wording.segments.len());
    for segment in &wording.segments {
        let found = hits.get(segment.pieces.clone()).unwrap_or_default();
        let start = found.iter().flatten().map(|hit| hit.start).min();
        let end = found.iter().flatten().map(|hit| hit.end).max();
        let (Some(mut start), Some(mut end)) = (start, end) else {
            parts.push(ByteRange::default());
            continue;
        };
        while is_inside_word(signs, start) {
            start -= 1;
        }
        while is_inside_word(signs, end) {
            end += 1;
        }
        let pieces = wording.pieces.get(segment.pieces.clone()).unwrap_or_default();
        if let (Some(first), Some(last)) = (pieces.first(), pieces.last()) {
            start = begin_with(signs, start, first_word(&first.signs));
            end = end_with(signs, end, last_word(&last.signs));
        }
        let last = end.checked_sub(1).and_then(|last| signs.get(last));
        parts.push(ByteRange {
            start: signs.get(start).map_or(0, |sign| sign.at),
            end: last.map_or(0, |sign| sign.end),
        });
    }
    Fit { parts, distance }
}

/// The nearest fit of “We asked” in “We never asked” begins a word late. Where a fit does not begin with the wanted word,
/// but that word stands shortly before it, the passage begins there.
fn begin_with(signs: &[Sign], start: usize, word: &[Sign]) -> usize {
    let stands = |at: &usize| has_word(signs, *at, word);
    if stands(&start) {
        return start;
    }
    let least = start.saturating_sub(word.len() + ONE_WORD);
    let found = (least..start).rev().find(stands);
    found.filter(|at| n_words_in(signs, at + word.len(), start) <= 1).unwrap_or(start)
}

/// The same at the end.
fn end_with(signs: &[Sign], end: usize, word: &[Sign]) -> usize {
    let stands = |end: &usize| end.checked_sub(word.len()).is_some_and(|at| has_word(signs, at, word));
    if stands(&end) {
        return end;
    }
    let most = (end + word.len() + ONE_WORD).min(signs.len());
    let found = (end + 1..=most).find(stands);
    found.filter(|at| n_words_in(signs, end, at - word.len()) <= 1).unwrap_or(end)
}

fn has_word(signs: &[Sign], at: usize, word: &[Sign]) -> bool {
    let there = signs.get(at..at + word.len()).unwrap_or_default();
    let same = there.len() == word.len() && there.iter().zip(word).all(|(a, b)| a.c == b.c);
    same && is_whole_word(signs, at, at + word.len())
}

/// How many words a stretch has; two Han characters count as one.
fn n_words_in(signs: &[Sign], start: usize, end: usize) -> usize {
    let stretch = signs.get(start..end).unwrap_or_default();
    let n_words = stretch.split(|sign| sign.kind != Kind::Letter).filter(|word| !word.is_empty()).count();
    n_words + stretch.iter().filter(|sign| sign.kind == Kind::Single).count().div_ceil(2)
}

fn first_word(signs: &[Sign]) -> &[Sign] {
    let n_letters = signs.iter().take_while(|sign| sign.kind == Kind::Letter).count();
    signs.get(..n_letters.max(1)).unwrap_or(signs)
}

fn last_word(signs: &[Sign]) -> &[Sign] {
    let n_letters = signs.iter().rev().take_while(|sign| sign.kind == Kind::Letter).count();
    signs.get(signs.len().saturating_sub(n_letters.max(1))..).unwrap_or(signs)
}

/// Whether a fit is near enough to be the passage that the quotation means, and what differs.
fn judge<'t>(
    wording: &Wording,
    quotation: &str,
    fit: Fit,
    slice: &impl Fn(ByteRange) -> Cow<'t, str>,
) -> Option<Passage> {
    let mut passage = Passage { parts: Vec::new(), changes: Vec::new(), replacement: String::new() };
    let (mut n_touched, mut done) = (0, 0);
    for (segment, part) in wording.segments.iter().zip(&fit.parts) {
        let quoted = quotation.get(segment.range.clone()).unwrap_or_default();
        let source = if part.is_empty() { Cow::Borrowed("") } else { slice(*part) };
        let (changes, touched) = compare::changes(quoted, &source);
        n_touched += touched;
        passage.changes.extend(changes);
        passage.replacement.push_str(quotation.get(done..segment.range.start).unwrap_or_default());
        let source = source.split_whitespace().collect::<Vec<_>>().join(" ");
        passage.replacement.push_str(&with_first_letter_of(quoted, &source));
        done = segment.range.end;
        if !part.is_empty() {
            passage.parts.push(*part);
        }
    }
    passage.replacement.push_str(quotation.get(done..).unwrap_or_default());
    if passage.changes.is_empty() && fit.distance == 0 {
        return Some(passage);
    }
    let n_words = wording.segments.iter().filter_map(|it| quotation.get(it.range.clone())).map(compare::n_words);
    let n_words: usize = n_words.sum();
    let hundredths = fit.distance * 100 / wording.len.max(1);
    let most = if wording.len < 24 { 20 } else { 25 };
    let left_out = 3 <= n_words && n_touched == 1 && passage.changes.iter().all(|change| change.quoted.is_empty());
    let by_words = left_out || (6 <= n_words && n_touched * 4 <= n_words);
    let by_words = by_words && hundredths <= 40;
    (hundredths <= most || by_words).then_some(passage)
}

/// The source's words, begun with a capital or a small letter as the quotation begins.
fn with_first_letter_of(quoted: &str, source: &str) -> String {
    let (ours, theirs) = (quoted.chars().next(), source.chars().next());
    match (ours, theirs) {
        (Some(ours), Some(theirs)) if ours.to_lowercase().eq(theirs.to_lowercase()) => {
            format!("{ours}{}", source.get(theirs.len_utf8()..).unwrap_or_default())
        }
        _ => source.to_owned(),
    }
}

/// Hashes of neighbouring characters: of two where a character is a word, else of five.
#[derive(Default)]
struct Grams {
    last: [u32; 5],
}

impl Grams {
    /// The row of the group that ends with this character.
    fn push(&mut self, sign: &Sign) -> usize {
        let [_, b, c, d, e] = self.last;
        self.last = [b, c, d, e, u32::from(sign.c)];
        let group = if sign.kind == Kind::Single { [0, 0, 0, e, u32::from(sign.c)] } else { self.last };
        let mix = |hash: u64, code: u32| (hash ^ u64::from(code)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23);
        let hash = group.into_iter().fold(0, mix).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        (hash >> 53) as usize
    }

    /// The rows of all groups that lie wholly in a piece, each once.
    fn of(signs: &[Sign]) -> Vec<usize> {
        let mut grams = Grams::default();
        let mut rows: Vec<usize> = Vec::with_capacity(signs.len());
        for (idx, sign) in signs.iter().enumerate() {
            let row = grams.push(sign);
            let n_behind = if sign.kind == Kind::Single { 1 } else { 4 };
            if n_behind <= idx && !rows.contains(&row) {
                rows.push(row);
            }
        }
        rows
    }
}
