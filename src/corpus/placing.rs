//! Where the decisions about a text stand, and how they move with its edits.
//!
//! A place is looked for when the text or the decision is read. From then on it is followed: an edit before it moves it,
//! an edit inside it changes its words, and it counts as long as these are still the annotated ones. Words that an edit
//! took away are looked for in the text after it, by what stood around them last: that finds what was cut and pasted.

use super::registry::Registry;
use crate::model::ActorKey;
use crate::model::annotation::{Anchor, Annotation, Decision, Folded, Places};
use crate::text::ByteRange;
use crate::text::buffer::Buffer;
use crate::text::hash;
use std::sync::Arc;

use super::compare::narrowed;
use super::turn::Move;

/// A decision, and the key of the actor that it names.
pub(super) type Dealt = (Arc<Annotation>, Option<ActorKey>);

/// The actor that a decision names.
pub(super) fn decided_actor(annotation: &Annotation, registry: &Registry) -> Option<ActorKey> {
    let Decision::Identity { actor, .. } = &annotation.decision else { return None };
    registry.actor_by_id(&actor.value).map(|actor| actor.key)
}

/// A decision about a text, and where it stands now.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The decision.
    pub annotation: Arc<Annotation>,
    /// Bytes in the document; `None` is an orphan.
    pub range: Option<ByteRange>,
    trail: Trail,
}

impl Placed {
    /// The same decision at another place: in an excerpt of its text.
    pub(super) fn at(&self, range: ByteRange) -> Placed {
        Placed { range: Some(range), ..self.clone() }
    }
}

/// What is known of a place besides where it is.
#[derive(Clone, Debug)]
enum Trail {
    /// It is where the stored anchor says, or nowhere.
    Stored,
    /// It was followed to here; its words may have become others.
    Followed(ByteRange),
    /// Its words were taken away, or all but those that are left here; this is how they stood.
    Lost(Arc<Anchor>, Option<ByteRange>),
}

/// Finds the places of decisions in a text. What is known of them from `before` is kept, since the text is the same.
pub(super) fn place<'a>(
    text: &Buffer,
    annotations: impl Iterator<Item = &'a Arc<Annotation>>,
    before: &[Placed],
) -> Vec<Placed> {
    let mut annotations = annotations.peekable();
    if annotations.peek().is_none() {
        return Vec::new();
    }
    let text = text.text();
    let sha256 = hash::sha256(&text);
    let places = Places::hashed(&text, &sha256);
    let mut before: Vec<&Placed> = before.iter().collect();
    let mut placed: Vec<Placed> = Vec::new();
    let mut is_new: Vec<bool> = Vec::new();
    for annotation in annotations {
        let is_it =
            |known: &&Placed| known.annotation.id == annotation.id && known.annotation.anchor == annotation.anchor;
        // Both lists mostly have the same order, so the first one is nearly always it.
        let known = before.iter().position(is_it).map(|at| before.remove(at));
        is_new.push(known.is_none());
        let (range, trail) = known.map_or((None, Trail::Stored), |known| (known.range, known.trail.clone()));
        placed.push(Placed { annotation: Arc::clone(annotation), range, trail });
    }
    let new: Vec<&Anchor> =
        placed.iter().zip(&is_new).filter(|(_, new)| **new).map(|(it, _)| &it.annotation.anchor).collect();
    let mut found = places.find_all(&new).into_iter();
    for (placed, _) in placed.iter_mut().zip(is_new).filter(|(_, is_new)| *is_new) {
        placed.range = found.next().flatten();
    }
    placed
}

/// Places on their way through a row of edits.
pub(super) struct Moving {
    placed: Vec<Placed>,
    /// For each place, whether its words are to be looked at again.
    touched: Vec<bool>,
    /// Where each place was before the edits.
    before: Vec<Option<ByteRange>>,
    /// For each place, whether its words had been lost before the edits.
    were_lost: Vec<bool>,
    /// What was inserted, in bytes of the text so far.
    inserted: Vec<ByteRange>,
    /// The same with what only got other typography or line breaks.
    written: Vec<ByteRange>,
    /// Places that were lost and found, and how they stood.
    found: Vec<(usize, Trail)>,
    /// How many bytes further to the left the change may have been, where nobody told it.
    slide: usize,
}

impl Moving {
    /// Sets out from the places before the edits.
    pub(super) fn new(placed: Vec<Placed>) -> Moving {
        let touched = vec![false; placed.len()];
        let before = placed.iter().map(Placed::stands).collect();
        let were_lost = placed.iter().map(Placed::is_lost).collect();
        let (inserted, written, found) = (Vec::new(), Vec::new(), Vec::new());
        Moving { placed, touched, before, were_lost, inserted, written, found, slide: 0 }
    }

    /// Takes in one edit: `range` of `text` will be replaced by `with`.
    pub(super) fn edit(&mut self, text: &Buffer, range: ByteRange, with: &str) {
        if self.placed.is_empty() {
            return;
        }
        // Editors replace whole lines where a word has changed.
        let removed = text.slice(range);
        let (changed, with) = narrowed(&removed, with);
        if changed.is_empty() && with.is_empty() {
            return;
        }
        let rewrite = Rewrite::new(&removed, changed, range.start, with);
        for range in self.inserted.iter_mut().chain(&mut self.written) {
            let kept = rewrite.moved(*range).or_else(|| left(*range, rewrite.removed, with.len()));
            *range = kept.unwrap_or(ByteRange::empty(rewrite.removed.start as usize));
        }
        self.inserted.push(rewrite.new_words(with));
        let start = rewrite.removed.start as usize;
        self.written.push(ByteRange::new(start, start + with.len()));
        let mut whole: Option<String> = None;
        for (placed, touched) in self.placed.iter_mut().zip(&mut self.touched) {
            let Some(place) = placed.stands() else { continue };
            let slid = rewrite.slid(place, self.slide);
            let rewrite = slid.as_ref().unwrap_or(&rewrite);
            let removed = rewrite.removed;
            *touched |= removed.start < place.end && place.start < removed.end.max(removed.start + 1);
            if let Some(place) = rewrite.moved(place) {
                placed.trail = match &placed.trail {
                    Trail::Lost(anchor, Some(_)) => Trail::Lost(Arc::clone(anchor), Some(place)),
                    Trail::Lost(_, None) | Trail::Stored | Trail::Followed(_) => Trail::Followed(place),
                };
                continue;
            }
            *touched = true;
            let left = left(place, rewrite.removed, with.len());
            placed.trail = match &placed.trail {
                Trail::Lost(anchor, _) => Trail::Lost(Arc::clone(anchor), left),
                Trail::Stored | Trail::Followed(_) => {
                    let text = whole.get_or_insert_with(|| text.text());
                    let anchor = Places::new(text).anchor(&placed.annotation.anchor.source, place, None);
                    anchor.map_or(Trail::Stored, |anchor| Trail::Lost(Arc::new(anchor), left))
                }
            };
        }
    }

    /// Takes in that two neighbouring passages of `text` changed places.
    fn turn(&mut self, text: &str, passage: &Move) {
        let places = Places::new(text);
        for (placed, touched) in self.placed.iter_mut().zip(&mut self.touched) {
            let Some(place) = placed.stands() else { continue };
            let moved = passage.moved(place);
            *touched |= !moved.is_some_and(|(_, is_whole)| is_whole);
            let most = moved.map(|(most, _)| most);
            placed.trail = match (most, &placed.trail) {
                (Some(most), Trail::Lost(anchor, _)) => Trail::Lost(Arc::clone(anchor), Some(most)),
                (Some(most), Trail::Stored | Trail::Followed(_)) => Trail::Followed(most),
                (None, Trail::Lost(anchor, _)) => Trail::Lost(Arc::clone(anchor), None),
                (None, Trail::Stored | Trail::Followed(_)) => places
                    .anchor(&placed.annotation.anchor.source, place, None)
                    .map_or(Trail::Stored, |anchor| Trail::Lost(Arc::new(anchor), None)),
            };
        }
    }

    /// The places in the text after the edits.
    pub(super) fn arrive(mut self, text: &Buffer) -> Vec<Placed> {
        // Lost words are looked for where something was inserted, nowhere else: so a look-alike that stood there all the
        // time is never taken for them. What was only set anew stood there: there it must be their place word for word.
        // Words that were lost longer ago came in anew: what came in around them must be what stood around them.
        self.written.retain(|range| !range.is_empty());
        let is_wanted = !self.written.is_empty() && self.placed.iter().any(Placed::is_lost);
        let whole = if is_wanted { text.text() } else { String::new() };
        let places = Places::new(&whole);
        let search = |anchor: &Anchor, was_lost: bool| {
            let near = self.written.iter().any(|range| places.may_be_near(anchor, *range));
            let found = if near { places.find(anchor)? } else { return None };
            let is_in = |range: &ByteRange| !range.is_empty() && range.overlaps(found);
            let came = |range: &ByteRange| is_in(range) && (!was_lost || came_along(anchor, &whole, found, *range));
            let is_old = || self.written.iter().any(is_in) && has_neighbours(anchor, &places, found);
            (self.inserted.iter().any(came) || is_old()).then_some(found)
        };
        let states = self.touched.iter().zip(&self.were_lost);
        for (idx, (placed, (touched, was_lost))) in self.placed.iter_mut().zip(states).enumerate() {
            match &placed.trail {
                Trail::Followed(place) => {
                    let is_known = placed.range.is_some() && !*touched;
                    let holds = is_known || placed.annotation.anchor.is_about(&text.slice(*place));
                    placed.range = holds.then_some(*place);
                }
                Trail::Lost(anchor, left) => {
                    let about = |range: &ByteRange| placed.annotation.anchor.is_about(&text.slice(*range));
                    let found = search(anchor, *was_lost).filter(about);
                    self.found.extend(found.map(|_| (idx, placed.trail.clone())));
                    placed.range = found.or(*left).filter(about);
                    if let Some(range) = placed.range.or(*left) {
                        placed.trail = Trail::Followed(range);
                    }
                }
                Trail::Stored => placed.range = placed.range.or_else(|| search(&placed.annotation.anchor, *was_lost)),
            }
        }
        self.part();
        self.placed
    }

    /// Words that were lost and found where other annotated words stand are those: they were apart before. So they are lost
    /// as they were.
    fn part(&mut self) {
        let found = std::mem::take(&mut self.found);
        let overlap = |a: Option<ByteRange>, b: Option<ByteRange>| a.zip(b).is_some_and(|(a, b)| a.overlaps(b));
        let was = |idx: usize| self.before.get(idx).copied().flatten();
        let is_taken = |idx: usize, placed: &Placed| {
            self.placed.iter().enumerate().filter(|(other, _)| *other != idx).any(|(other_idx, other)| {
                let were_apart = match (was(idx), was(other_idx)) {
                    (Some(one), Some(two)) => !one.overlaps(two),
                    _ => placed.annotation.anchor.was_apart_from(&other.annotation.anchor),
                };
                were_apart && overlap(placed.range, other.range)
            })
        };
        let is_taken = |(idx, _): &(usize, Trail)| self.placed.get(*idx).is_some_and(|placed| is_taken(*idx, placed));
        let taken: Vec<(usize, Trail)> = found.into_iter().filter(is_taken).collect();
        for (idx, lost) in taken {
            if let Some(placed) = self.placed.get_mut(idx) {
                placed.range = None;
                placed.trail = lost;
            }
        }
    }

    /// Gives up the places of which nobody can tell whether they, or most of them, are the first or the second of two that
    /// stood side by side, one of which came or went: `A, A` became `A`, or the other way round.
    fn doubt(&mut self, text: &str, changed: ByteRange, with: &str) {
        let before = text.get(..changed.start as usize).unwrap_or_default();
        let moved = changed.of(text).unwrap_or_default();
        let cycle = match (moved.is_empty(), with.is_empty()) {
            (true, false) => with,
            (false, true) => moved,
            (true, true) | (false, false) => return,
        };
        // How far to the left the same change could have been made.
        let repeated = cycle.bytes().rev().cycle();
        let slide = before.bytes().rev().zip(repeated).take_while(|(a, b)| a == b).count();
        self.slide = slide;
        let before = |end: u32| ByteRange::new(end as usize - slide, end as usize);
        let is_doubtful = |place: &ByteRange| {
            let in_both = [changed.start, changed.end].map(|end| shared(before(end), *place));
            in_both.into_iter().any(|n_shared| place.len() <= SMALL_PART * n_shared)
        };
        let places = Places::new(text);
        for placed in &mut self.placed {
            if let Some(place) = placed.stands().filter(is_doubtful)
                && let Some(anchor) = places.anchor(&placed.annotation.anchor.source, place, None)
            {
                placed.trail = Trail::Lost(Arc::new(anchor), None);
                placed.range = None;
            }
        }
    }
}

/// A part of a place of which so many make all of it says little about where the place is.
const SMALL_PART: usize = 4;

/// Whether all of the context that is known of lost words stands at a place.
fn has_neighbours(anchor: &Anchor, places: &Places, place: ByteRange) -> bool {
    let there = places.anchor(&anchor.source, place, None);
    // With more or fewer blanks the same number of characters reaches less or more far.
    there.is_some_and(|there| stood_between(anchor, &there.prefix, &there.suffix))
}

/// Whether what came in around lost words is what stood around them. Whoever cuts a sentence and pastes it brings its words
/// back as they were; where they stand between others, it is a sentence about the same thing.
fn came_along(anchor: &Anchor, text: &str, place: ByteRange, inserted: ByteRange) -> bool {
    let words = |start: u32, end: u32| text.get(start as usize..end as usize).unwrap_or_default();
    stood_between(anchor, words(inserted.start, place.start), words(place.end, inserted.end))
}

/// Whether lost words stood between these, as far as both reach, typography and line breaks apart.
fn stood_between(anchor: &Anchor, before: &str, after: &str) -> bool {
    let folded = |words: &str| Folded::new(words).text;
    let (old_before, old_after) = (folded(&anchor.prefix), folded(&anchor.suffix));
    let (before, after) = (folded(before), folded(after));
    (old_before.ends_with(&before) || before.ends_with(&old_before))
        && (old_after.starts_with(&after) || after.starts_with(&old_after))
}

/// How many bytes two ranges have in common.
fn shared(one: ByteRange, other: ByteRange) -> usize {
    one.end.min(other.end).saturating_sub(one.start.max(other.start)) as usize
}

/// Follows places from one version of a text to the next, of which nobody told the edits.
pub(super) fn follow(placed: Vec<Placed>, before: &Buffer, after: &Buffer) -> Vec<Placed> {
    let mut moving = Moving::new(placed);
    let (old, new) = (before.text(), after.text());
    let (changed, with) = narrowed(&old, &new);
    if let Some(passage) = Move::find(&old, &new, changed, with) {
        moving.turn(&old, &passage);
        return moving.arrive(after);
    }
    moving.doubt(&old, changed, with);
    moving.edit(before, ByteRange::new(0, before.len()), &new);
    moving.slide = 0;
    moving.arrive(after)
}

impl Placed {
    /// Where the words stand, even if they have become others.
    fn stands(&self) -> Option<ByteRange> {
        match self.trail {
            Trail::Followed(place) => Some(place),
            Trail::Stored => self.range,
            Trail::Lost(_, left) => left,
        }
    }

    /// Whether its words are gone, or all but a part of them.
    fn is_lost(&self) -> bool {
        self.stands().is_none() || matches!(self.trail, Trail::Lost(..))
    }
}

/// One edit, and what of the replaced words stands in the new ones but for typography and line breaks.
struct Rewrite {
    removed: ByteRange,
    n_with: usize,
    /// The old and the new words, and which part of the old ones is in neither end of the new ones.
    folded: Option<(Folded, Folded, ByteRange)>,
}

impl Rewrite {
    /// `changed` of `removed` was replaced by `with`; `base` is the first byte of `removed` in its text.
    fn new(removed: &str, changed: ByteRange, base: u32, with: &str) -> Rewrite {
        let both = !changed.is_empty() && !with.is_empty();
        let folded = changed.of(removed).filter(|_| both).map(|removed| {
            let (old, new) = (Folded::new(removed), Folded::new(with));
            let (middle, _) = narrowed(&old.text, &new.text);
            (old, new, middle)
        });
        Rewrite { removed: changed.shifted(base), n_with: with.len(), folded }
    }

    /// Where words came in, in the text after the edit: what differs in typography and line breaks alone stood there before.
    fn new_words(&self, with: &str) -> ByteRange {
        let words = match &self.folded {
            None => (!with.trim().is_empty()).then(|| ByteRange::new(0, with.len())),
            Some((old, new, middle)) => {
                let end = (middle.end as usize + new.text.len()).checked_sub(old.text.len());
                end.and_then(|end| new.original(middle.start as usize, end))
            }
        };
        words.map_or(ByteRange::empty(self.removed.start as usize), |words| words.shifted(self.removed.start))
    }

    /// The same edit a little to the left, if that leaves a place whole whose first letters it cuts off: `Lee. Lou` may
    /// have become `Lou` by the loss of `Lee. ` or of `ee. L`.
    fn slid(&self, place: ByteRange, slide: usize) -> Option<Rewrite> {
        let ByteRange { start, end } = self.removed;
        let cut = end.checked_sub(place.start).filter(|cut| 0 < *cut && end < place.end)? as usize;
        let is_small = cut <= slide && SMALL_PART * cut < place.len();
        let by = u32::try_from(cut).ok().filter(|_| is_small && self.folded.is_none())?;
        let removed = ByteRange { start: start.checked_sub(by)?, end: end - by };
        Some(Rewrite { removed, n_with: self.n_with, folded: None })
    }

    /// Where a place is after the edit; `None` where one of its ends is in what was replaced.
    fn moved(&self, place: ByteRange) -> Option<ByteRange> {
        let moved = ByteRange { start: self.start(place.start)?, end: self.end(place.end)? };
        (moved.start < moved.end).then_some(moved)
    }

    fn start(&self, start: u32) -> Option<u32> {
        if self.removed.end <= start {
            return Some(self.shifted(start));
        }
        if start < self.removed.start {
            return Some(start);
        }
        let (old, new, middle) = self.folded.as_ref()?;
        let at = in_new(old.folded(start - self.removed.start), old, new, *middle)?;
        Some(new.original(at, at + 1)?.start + self.removed.start)
    }

    fn end(&self, end: u32) -> Option<u32> {
        if end <= self.removed.start {
            return Some(end);
        }
        if self.removed.end < end {
            return Some(self.shifted(end));
        }
        let (old, new, middle) = self.folded.as_ref()?;
        let last = old.folded(end - self.removed.start).checked_sub(1)?;
        let at = in_new(last, old, new, *middle)?;
        Some(new.original(at, at + 1)?.end + self.removed.start)
    }

    fn shifted(&self, byte: u32) -> u32 {
        u32::try_from(byte as usize - self.removed.len() + self.n_with).unwrap_or(u32::MAX)
    }
}

/// Where a byte of the old folded words stands in the new ones.
fn in_new(at: usize, old: &Folded, new: &Folded, middle: ByteRange) -> Option<usize> {
    if at < middle.start as usize {
        return Some(at);
    }
    let is_after = middle.end as usize <= at && at < old.text.len();
    is_after.then(|| at + new.text.len() - old.text.len())
}

/// What is left of a place, one of whose ends at least was replaced by `n_with` bytes.
fn left(place: ByteRange, removed: ByteRange, n_with: usize) -> Option<ByteRange> {
    let (start, end) = (place.start as usize, place.end as usize);
    let (from, to) = (removed.start as usize, removed.end as usize);
    let shifted = |byte: usize| byte - removed.len() + n_with;
    match (start < from, to < end) {
        (true, true) => Some(ByteRange::new(start, shifted(end))),
        (true, false) if to == end => Some(ByteRange::new(start, from + n_with)),
        (false, true) if start == from => Some(ByteRange::new(start, shifted(end))),
        (true, false) => Some(ByteRange::new(start, from)),
        (false, true) => Some(ByteRange::new(from + n_with, shifted(end))),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, place: &str, from: &str, with: &str, expected: Option<&str>) {
        let range = |words: &str| {
            let at = text.find(words).unwrap();
            ByteRange::new(at, at + words.len())
        };
        let (place, removed) = (range(place), range(from));
        let (changed, narrow) = narrowed(from, with);
        let rewrite = Rewrite::new(from, changed, removed.start, narrow);
        let moved = rewrite.moved(place).or_else(|| left(place, rewrite.removed, narrow.len()));
        let after = text.replacen(from, with, 1);
        assert_eq!(moved.map(|range| range.of(&after).unwrap()), expected, "{from} by {with}");
    }

    #[test]
    fn a_place_moves_with_its_words() {
        let text = "They say: “Acme sold it”, as l’État knew.";
        check(text, "Acme", "They", "Now they", Some("Acme"));
        check(text, "Acme", "l’État", "l'État", Some("Acme"));
        check(text, "Acme", " “Acme sold", "\n\"Acme\nsold", Some("Acme"));
        check(text, "l’État", "as l’État knew", "as\nl'État  knew", Some("l'État"));
        check(text, "Acme sold", "me so", "me never so", Some("Acme never sold"));
        check(text, "Acme", "Acme", "Zorg", None);
        check(text, "Acme", "They say: “Acme sold it”, as", "", None);
        check(text, "Acme sold", "sold it", "", Some("Acme "));
        check(text, "sold it", "Acme sold", "", Some(" it"));
    }

    fn decision(text: &str, place: ByteRange) -> Placed {
        let anchor = Places::new(text).anchor("a.md", place, None).unwrap();
        let decision = Decision::Comment(String::new());
        let annotation = Annotation { id: String::new(), range: place, decision, anchor, creator: None, created: None };
        Placed { annotation: Arc::new(annotation), range: Some(place), trail: Trail::Followed(place) }
    }

    /// What `<words>` are in each of the texts that came after one another from another program.
    fn followed(marked: &str, texts: &[&str]) -> Vec<Option<String>> {
        let place = ByteRange::new(marked.find('<').unwrap(), marked.find('>').unwrap() - 1);
        let mut text = marked.replace(['<', '>'], "");
        let mut placed = vec![decision(&text, place)];
        let mut all = Vec::new();
        for new in texts {
            placed = follow(placed, &Buffer::new(&text), &Buffer::new(new));
            text = (*new).to_owned();
            all.extend(placed.iter().map(|it| it.range.map(|range| Buffer::new(new).slice(range).into_owned())));
        }
        all
    }

    #[test]
    fn lost_words_come_back_with_what_stood_around_them_and_not_with_another_sentence() {
        let cases = [
            (
                "It rained. After two weeks of silence <Mr. Vance> said that the valley was sold. They wrote.",
                "It rained. They wrote.",
                "It rained. After three weeks of silence Mr. Vance said that the mill was sold. They wrote.",
            ),
            (
                "Il a plu. Après deux semaines de silence <M. Vallin> a dit que la vallée était vendue. Ils écrivent.",
                "Il a plu. Ils écrivent.",
                "Il a plu. Après trois semaines de silence M. Vallin a dit que la scierie était vendue. Ils écrivent.",
            ),
            (
                "下雨了。沉默了两个星期之后，<林大海>说，山谷已经卖掉了。他们写道。",
                "下雨了。他们写道。",
                "下雨了。沉默了三个星期之后，<林大海>说，工厂已经卖掉了。他们写道。",
            ),
        ];
        for (marked, cut, other) in cases {
            let (words, other) = (marked.split(['<', '>']).nth(1).unwrap(), other.replace(['<', '>'], ""));
            let back = marked.replace(['<', '>'], "");
            let sentence = back.trim_start_matches(|c| c != '.' && c != '。');
            let elsewhere = format!("{cut}{sentence}");
            assert_eq!(followed(marked, &[cut, &other]), [None, None], "{other}");
            assert_eq!(followed(marked, &[cut, &back]), [None, Some(words.to_owned())], "{back}");
            assert_eq!(followed(marked, &[cut, &elsewhere]), [None, Some(words.to_owned())], "{elsewhere}");
        }
    }

    #[test]
    fn words_that_were_taken_for_those_of_another_decision_stay_lost() {
        let text = "Acme sold it. They say that Acme did not.";
        let (first, second) = (ByteRange::new(0, 4), ByteRange::new(28, 32));
        let mut lost = decision(text, first);
        let trail = Trail::Lost(Arc::new(lost.annotation.anchor.clone()), None);
        // It was lost, and the words of the other decision were taken for its own.
        (lost.range, lost.trail) = (Some(second), Trail::Followed(second));
        let mut moving = Moving::new(vec![lost, decision(text, second)]);
        moving.before = vec![None, Some(second)];
        moving.found = vec![(0, trail)];
        moving.part();
        let stand: Vec<_> = moving.placed.iter().map(|it| (it.range, it.stands())).collect();
        assert_eq!(stand, [(None, None), (Some(second), Some(second))]);
    }

    #[test]
    fn a_namesake_that_is_only_set_anew_is_not_the_lost_one() {
        let cases = [
            (
                "Late in the evening <Mr. Vance> told us that Mr. Vance spring broken. “Yes,” they wrote.",
                "Late in the evening Mr. Vance spring broken. “Yes,” they wrote.",
                "Late in the\nevening Mr. Vance\nspring broken. \"Yes,\" they wrote.",
            ),
            (
                "Tard dans la soirée <M. Vallin> a dit que M. Vallin ressort cassé. « Oui », ont-ils écrit.",
                "Tard dans la soirée M. Vallin ressort cassé. « Oui », ont-ils écrit.",
                "Tard dans\nla soirée M.\nVallin ressort cassé. “Oui”, ont-ils écrit.",
            ),
            (
                "当天晚上很晚的时候，<林大海>告诉我们林大海弹簧坏了。“是的，”他们写道。",
                "当天晚上很晚的时候，林大海弹簧坏了。“是的，”他们写道。",
                "当天晚上很晚的\n时候，林大\n海弹簧坏了。「是的，」他们写道。",
            ),
        ];
        let found = cases.map(|(marked, cut, set_anew)| followed(marked, &[cut, set_anew]));
        assert_eq!(found, [const { [None, None] }; 3]);
    }
}
