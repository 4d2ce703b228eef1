//! Telling a passage from its copies.
//!
//! Where the old words around a place are found twice today, somebody has copied them, and either of the two may have been
//! changed since. Which of them was annotated is told by what was not copied: the order of everything else, what stands
//! beside the one and not beside the other, and the cut edges of a copy. Where that does not tell it, nobody can.

use super::course::{Course, Hit, Pair, SLACK};

/// How many characters of landmarks in another order tell that a passage does not stand where it stood.
const TOLD: usize = 24;
/// What of a passage is further apart does not belong together.
const BREAK: usize = 40;
/// So much beside what two passages have in common may have been copied with it.
const SEAM: usize = 16;
/// So much of what stood beside a passage tells that the passage was not put there.
const EDGE: usize = 10;
/// So many characters say nothing about an edge.
const BLUR: usize = 3;
/// How many characters of another sentence at the edge of a copy are a fragment of it.
const FRAGMENT: (usize, usize) = (3, 10);

impl Course {
    /// Whether another passage than that of a place may be the annotated one. `ours` leads to the place, `others` elsewhere.
    pub(super) fn has_twin(&self, pair: Pair, ours: &[Hit], mut others: Vec<Hit>) -> bool {
        let shift = |(old, new): &Hit| new + self.known.len() - old;
        others.sort_by_key(|hit| (shift(hit), *hit));
        let mut parallels = others.chunk_by_mut(|one, two| shift(two) - shift(one) <= self.longest_drift());
        parallels.any(|parallel| {
            parallel.sort_unstable();
            let mut passages = parallel.chunk_by(|one, two| two.0 - one.0 <= self.seed + self.scaled(BREAK));
            passages.any(|twin| self.is_twin(pair, ours, twin))
        })
    }

    /// Whether a passage may be the annotated one.
    fn is_twin(&self, pair: Pair, ours: &[Hit], twin: &[Hit]) -> bool {
        let (Some((from, to)), Some(new)) = (self.extent(twin), landing(twin, pair.old)) else { return false };
        // It must have some of the annotated words.
        let n_words = pair.old.1 - pair.old.0;
        let some = n_words.div_ceil(2).clamp(1, BLUR).max(n_words / 3);
        if to.min(pair.old.1).saturating_sub(from.max(pair.old.0)) < some {
            return false;
        }
        let (own, other) = (self.covered(ours), self.covered(twin));
        // What stood around short words elsewhere when they were annotated has not been copied since.
        if n_words < 2 * self.seed && to - from <= pair.rival + n_words {
            return false;
        }
        let core = ours
            .iter()
            .min()
            .zip(ours.iter().max())
            .map_or((from, to), |(first, last)| (from.max(first.0), to.min(last.0 + self.seed)));
        let core = (core.0.min(pair.old.0).saturating_sub(SEAM), core.1.max(pair.old.1) + SEAM);
        let here = self.conflict(pair, core);
        let there = self.conflict(Pair { new, ..pair }, core);
        let told = self.scaled(TOLD);
        // A copy of a few words, in the midst of which ours goes on.
        let is_inner = from < pair.old.0
            && pair.old.1 < to
            && self.stands(ours, from.saturating_sub(EDGE), from + BLUR)
            && self.stands(ours, to - BLUR, to + EDGE);
        let is_small = if here <= SLACK { 4 * other <= own } else { told <= there && 2 * other <= own };
        if is_small || (is_inner && (here <= SLACK || told <= there)) {
            return false;
        }
        let fragments = self.fragments(pair, (from, to));
        // Copies of a few words end within the sentence; a passage that was moved seldom does.
        let is_part = !(from + 1..=to).any(|at| self.ends_sentence(at));
        let is_pasted = fragments != (None, None) || self.is_rooted(ours, (from, to));
        if here <= SLACK && told + here <= there && (is_part || (is_pasted && 2 * other <= 3 * own)) {
            return false;
        }
        SLACK < here || !self.is_cut_off(ours, fragments)
    }

    /// From where to where the old text is found in a passage.
    fn extent(&self, passage: &[Hit]) -> Option<(usize, usize)> {
        let (first, last) = (passage.first()?, passage.last()?);
        let before = |text: &[char], at: usize| -> Vec<char> {
            text.get(..at).unwrap_or_default().iter().rev().take(self.reach()).copied().collect()
        };
        let after = |text: &[char], at: usize| -> Vec<char> {
            text.get(at..).unwrap_or_default().iter().take(self.reach()).copied().collect()
        };
        let from = first.0 - run(&before(&self.known, first.0), &before(&self.new, first.1));
        let (old, new) = (last.0 + self.seed, last.1 + self.seed);
        Some((from, old + run(&after(&self.known, old), &after(&self.new, new))))
    }

    /// Whether a twin ends with a fragment of another sentence, all of which stands beside ours: it was copied with it.
    fn is_cut_off(&self, ours: &[Hit], (left, right): (Option<usize>, Option<usize>)) -> bool {
        let (short, long) = FRAGMENT;
        left.is_some_and(|at| self.stands(ours, at.saturating_sub(long), at + short))
            || right.is_some_and(|at| self.stands(ours, at.saturating_sub(short), at + long))
    }

    /// Whether both ends of a passage go on as they did: into what stood beside it, or at an end of the text.
    fn is_rooted(&self, ours: &[Hit], (from, to): (usize, usize)) -> bool {
        let (n_known, n_new) = (self.known.len(), self.new.len());
        let is_first = from == 0 && self.knows_start() && ours.contains(&(0, 0));
        let is_last = to == n_known && ours.iter().max().is_some_and(|(old, new)| old + n_new == new + n_known);
        (is_first || self.stands(ours, from.saturating_sub(EDGE), from + BLUR))
            && (is_last || self.stands(ours, to.saturating_sub(BLUR), to + EDGE))
    }

    /// Whether old words stand beside ours as they did.
    fn stands(&self, ours: &[Hit], start: usize, end: usize) -> bool {
        let Some((old, new)) = ours.iter().min_by_key(|(old, _)| old.abs_diff(start)).filter(|_| 0 < start) else {
            return false;
        };
        let at = (new + start).saturating_sub(*old);
        self.known.get(start..end).is_some_and(|known| self.new.get(at..at + known.len()) == Some(known))
    }

    /// Where sentences end and begin within the edges of a passage, so that it has a fragment of another one there.
    fn fragments(&self, pair: Pair, (from, to): (usize, usize)) -> (Option<usize>, Option<usize>) {
        let (short, long) = FRAGMENT;
        let left = (from + short..=from + long).find(|at| *at <= pair.old.0 && self.ends_sentence(*at));
        let mut last = (to.saturating_sub(long)..=to.saturating_sub(short)).rev();
        let right = last.find(|at| pair.old.1 <= *at && self.ends_sentence(*at));
        // What several sentences begin or end with is no fragment of one.
        let is_rare = |start: usize, end: usize| {
            let words = self.known.get(start..end).unwrap_or_default();
            !words.is_empty() && self.known.windows(words.len()).filter(|it| *it == words).nth(1).is_none()
        };
        (left.filter(|at| is_rare(from, *at)), right.filter(|at| is_rare(at - 1, to)))
    }

    /// Whether a known sentence ends before a character.
    fn ends_sentence(&self, at: usize) -> bool {
        let last = at.checked_sub(1).and_then(|last| self.known.get(last));
        last.is_some_and(|c| matches!(c, '.' | '!' | '?'))
    }
}

/// Where a passage has the place that is `old`.
fn landing(passage: &[Hit], old: (usize, usize)) -> Option<(usize, usize)> {
    let there = |at: usize| {
        let (old, new) = passage.iter().min_by_key(|(old, _)| old.abs_diff(at))?;
        Some((new + at).saturating_sub(*old))
    };
    let (start, end) = (there(old.0)?, there(old.1)?);
    Some((start, end.max(start)))
}

/// How many characters of two texts are the same, but for one too many, too few or another one here and there.
fn run(known: &[char], there: &[char]) -> usize {
    let same = |old: usize, new: usize| {
        let (known, there) = (known.get(old..).unwrap_or_default(), there.get(new..).unwrap_or_default());
        known.iter().zip(there).take_while(|(a, b)| a == b).count()
    };
    let (mut old, mut new) = (0, 0);
    loop {
        let step = same(old, new);
        (old, new) = (old + step, new + step);
        let skips = [(1, 1), (0, 1), (1, 0)].into_iter();
        match skips.map(|skip| (same(old + skip.0, new + skip.1), skip)).max_by_key(|(n, _)| *n) {
            Some((n, skip)) if BLUR <= n => (old, new) = (old + skip.0, new + skip.1),
            Some(_) | None => return old,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::annotation::{Anchor, Places};
    use crate::text::ByteRange;
    use proptest::prelude::*;

    /// Anchors what stands between `<` and `>` in one text, and marks in another one what is found again.
    fn found(marked: &str, edited: &str) -> String {
        let old = marked.replace(['<', '>'], "");
        let places = Places::hashed(&old, "11");
        let (mut anchors, mut from) = (Vec::new(), 0);
        for (n, part) in marked.split(['<', '>']).enumerate() {
            let range = ByteRange::new(from, from + part.len());
            from += part.len();
            anchors.extend((n % 2 == 1).then(|| places.anchor("a.txt", range, Some("11")).unwrap()));
        }
        let mut ranges = Places::hashed(edited, "12").find_all(&anchors.iter().collect::<Vec<&Anchor>>());
        ranges.sort();
        let mut text = edited.to_owned();
        for range in ranges.into_iter().flatten().rev() {
            text.insert(range.end as usize, '>');
            text.insert(range.start as usize, '<');
        }
        text
    }

    /// What is found again of three sentences, which are to be as `expected` after the edits.
    fn check(marked: &str, expected: &str) {
        assert_eq!(found(marked, &expected.replace(['<', '>'], "")), expected);
    }

    const EN: [&str; 3] = [
        "The carpenter and <Acme> counted the barrels. ",
        "After the flood <the ferry> reached the island. ",
        "A ledger was stolen before <winter> came here. ",
    ];
    const FR: [&str; 3] = [
        "Le charpentier et <Acmé> comptent les tonneaux. ",
        "Après la crue <le ferry> atteint l’île voisine. ",
        "Un registre fut volé avant <l’hiver> en vallée. ",
    ];
    const ZH: [&str; 3] = [
        "星期一木匠和<阿克米>在旧车站清点了每一只木桶并锁上仓库。",
        "洪水过后没有人能说清<渡轮>是否已经到达邻近的岛屿港口。",
        "账本在<冬天>来到山谷之前就从一座灰色木桥上被偷走了。",
    ];

    fn plain(words: &str) -> String {
        words.replace(['<', '>'], "")
    }

    #[test]
    fn a_copy_off_the_course_is_not_what_it_is_a_copy_of() {
        for ([a, b, c], from, to) in [(EN, "counted", "painted"), (FR, "comptent", "brûlent"), (ZH, "清点", "油漆")]
        {
            let marked = [a, b, c].concat();
            // The first one was changed since, its copy was not.
            check(&marked, &[&a.replace(from, to), b, c, &plain(a)].concat());
            check(&marked, &[&plain(c), a, b, c].concat());
        }
    }

    #[test]
    fn of_two_copies_side_by_side_nobody_knows_which_is_the_first() {
        for [a, b, c] in [EN, FR, ZH] {
            check(&[a, b, c].concat(), &[a, &plain(b), &plain(b), c].concat());
        }
    }

    #[test]
    fn a_copy_with_a_fragment_of_its_old_neighbour_is_known() {
        for ([a, b, c], end, stop) in [(EN, "rels. ", ". "), (FR, "neaux. ", ". "), (ZH, "上仓库。", "。")] {
            let pasted = format!("{end}{}{stop}", plain(b).trim_end_matches([' ', '.', '。']));
            check(&[a, b, c].concat(), &[a, b, &pasted, c].concat());
        }
    }

    #[test]
    fn a_passage_that_was_moved_takes_its_places_along() {
        for [a, b, c] in [EN, FR, ZH] {
            check(&[a, b, c].concat(), &[b, c, a].concat());
            check(&[a, b, c].concat(), &[c, a, b].concat());
        }
    }

    #[test]
    fn new_words_where_the_annotated_ones_were_are_others() {
        for ([a, b, c], gone, new) in [
            (EN, "<the ferry> ", "Then the ferry sank. "),
            (FR, "<le ferry> ", "Puis le ferry a coulé. "),
            (ZH, "<渡轮>", "后来渡轮沉没。"),
        ] {
            check(&[a, b, c].concat(), &[a, new, &b.replace(gone, ""), c].concat());
        }
    }

    #[test]
    fn of_two_namesakes_side_by_side_the_one_that_is_left_must_have_a_neighbour_of_its_own() {
        for ([a, _, c], beside, left) in [
            (EN, "The dike near old <Acme> saw how Acme sold rope. ", "The dike nxx saw how Acme xxld rope. "),
            (FR, "La digue de chez <Acmé> voit comment Acmé vend. ", "La digue dxx voit comment Acmé xxnd. "),
            (ZH, "堤坝附近缓慢<欧文>否认欧文木桶金钱油漆。", "堤坝附否认欧文木桶金钱油漆。"),
        ] {
            let marked = [a, beside, c].concat();
            check(&marked, &[a, left, c].concat());
        }
    }

    #[test]
    fn halves_of_two_names_that_were_joined_are_no_name() {
        for ([a, b, c], name, joined) in [
            (EN, "Then grey old <Mr. Oran Daly> denied it all. ", "Then grey old Mr. . Oran Daly denied it all. "),
            (FR, "Puis le vieux <M. Oran Lefebvre> nie tout. ", "Puis le vieux M. . Oran Lefebvre nie tout. "),
            (ZH, "随后年老的<J.奥兰·戴利>否认了一切。", "随后年老的J..奥兰·戴利否认了一切。"),
        ] {
            check(&[a, name, b, c].concat(), &[a, joined, b, c].concat());
        }
    }

    #[test]
    fn of_two_like_sentences_none_of_which_has_its_old_neighbours_none_is_taken() {
        for ([a, b, c], said, other) in [
            (EN, "<In its yearly report baker between Mr.> Daly told us that rope sank. ", "house. "),
            (FR, "<Dans son rapport annuel le boulanger et M.> Daly dit que tout coule. ", "maison. "),
            (
                ZH,
                "<在年度报告中面包师在磨坊之间看见了所有的船只并且写下了港口里每一只木桶的数目。>戴利告诉我们绳子沉没了。",
                "房屋。",
            ),
        ] {
            let there = said.find('>').and_then(|end| said.get(1..end)).unwrap();
            let new = [a, b, other, there, " w . ", c, other, there, " w x."].concat();
            check(&[a, b, said, c].concat(), &new);
        }
    }

    #[test]
    fn where_little_else_is_annotated_a_like_sentence_is_not_taken_for_one_that_is_gone() {
        for ([a, b, c], gone, like) in [
            (
                EN,
                "As the workers of the pier had feared, the mill of <Acme> told reporters that before noon it sank. ",
                "As the workers of the pier had feared, a council at Acme told reporters that teachers saw it. ",
            ),
            (
                FR,
                "Comme les ouvriers du quai le craignaient, le moulin de <Acmé> a dit aux journalistes que tout brûle. ",
                "Comme les ouvriers du quai le craignaient, un conseil chez Acmé a dit aux journalistes que rien ne va. ",
            ),
            (
                ZH,
                "正如码头上的工人们所担心的那样，磨坊里的<阿克米>对所有记者们说中午以前下沉。",
                "正如码头上的工人们所担心的那样，会议上阿克米对所有记者们说老师看见了它。",
            ),
        ] {
            let rest = [a, b, c].map(plain).concat();
            check(&[gone, &rest, &rest, like].concat(), &[&rest, &rest, like].concat());
        }
    }

    proptest! {
        #[test]
        fn nothing_panics_and_every_place_fits(words in "[ab中。. ]{0,60}", edited in "[ab中。. ]{0,60}", from in 0_usize..60, len in 1_usize..9, far in 0_u32..9) {
            let starts: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
            let at = |n: usize| starts.get(n.min(starts.len() - 1)).copied().unwrap_or(0);
            let places = Places::hashed(&words, "11");
            let mut anchors: Vec<Anchor> = [from, from / 2, 0]
                .iter()
                .filter_map(|from| places.anchor("a.txt", ByteRange::new(at(*from), at(from + len)), Some("11")))
                .collect();
            // What files say need not be true.
            if let Some(anchor) = anchors.first_mut() {
                anchor.position = Some((u32::MAX - far, u32::MAX));
            }
            for range in Places::hashed(&edited, "12").find_all(&anchors.iter().collect::<Vec<&Anchor>>()) {
                prop_assert!(range.is_none_or(|range| range.of(&edited).is_some()));
            }
        }
    }

    #[test]
    fn a_place_between_its_old_neighbours_needs_little_else() {
        for ([a, b, c], edits) in [
            (EN, [("flood", "flo-"), ("reached", "saw ")]),
            (FR, [("crue", "c-"), ("atteint", "vit")]),
            (ZH, [("没有", "无"), ("是否", "否")]),
        ] {
            let changed = edits.iter().fold(b.to_owned(), |text, (from, to)| text.replace(from, to));
            check(&[a, b, c].concat(), &[a, &changed, c].concat());
        }
    }
}
