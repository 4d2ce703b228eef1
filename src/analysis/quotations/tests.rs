//! Tests of extraction and look-up.

use super::*;
use crate::analysis::citations;
use crate::text::ByteRange;
use std::borrow::Cow;

fn slice<'t>(text: &'t str) -> impl Fn(ByteRange) -> Cow<'t, str> {
    |range| Cow::Borrowed(range.of(text).unwrap_or_default())
}

fn quoted(text: &str) -> Vec<String> {
    let citations = citations::read_block(text);
    read_block(text, &citations).iter().map(|it| clean(it.range.of(text).unwrap())).collect()
}

fn verdict(source: &str, quotation: &str) -> String {
    match Passages::new(source).find(quotation, slice(source)) {
        None => "not found".to_owned(),
        Some(it) if it.changes.is_empty() => format!("exact: {}", it.range().of(source).unwrap()),
        Some(it) => {
            let changes: Vec<String> = it.changes.iter().map(|it| format!("{} → {}", it.quoted, it.source)).collect();
            format!("altered: {}", changes.join("; "))
        }
    }
}

#[test]
fn quotations_in_every_kind_of_mark_are_seen() {
    assert_eq!(quoted("He said “one two three” twice."), ["one two three"]);
    assert_eq!(quoted("He said \"one two three\" twice."), ["one two three"]);
    assert_eq!(quoted("Er sagte „eins zwei drei“ heute."), ["eins zwei drei"]);
    assert_eq!(quoted("Il dit « un deux trois » hier."), ["un deux trois"]);
    assert_eq!(quoted("Il dit ‹ un deux trois › hier."), ["un deux trois"]);
    assert_eq!(quoted("他说「一二三四五六」。"), ["一二三四五六"]);
    assert_eq!(quoted("他说“一二三四五六”。"), ["一二三四五六"]);
    assert_eq!(quoted("Il dit “un deux trois» hier."), ["un deux trois"]);
    assert_eq!(quoted("He said “one ‘two’ three” twice."), ["one ‘two’ three"]);
    assert_eq!(quoted("The “so called” plan."), Vec::<String>::new());
}

#[test]
fn block_quotes_lose_the_line_that_names_the_source() {
    assert_eq!(quoted("> One two\n> three four.\n>\n> Hoffman [-@key, p. 6]"), ["One two three four."]);
    assert_eq!(quoted("> One two three four. [@key, p. 6]"), ["One two three four."]);
    assert_eq!(quoted("> One two three four.\n> — Hoffman"), ["One two three four."]);
    assert_eq!(quoted("> [!NOTE]\n> One two three four."), Vec::<String>::new());
}

#[test]
fn typography_is_no_alteration() {
    let source = "They said it’s a “well-\nknown” plan, in\u{a0}short: L’État n’a rien fait ; voilà 12 - 14 cas.";
    assert_eq!(verdict(source, "They said it's a 'well-known' plan"), "exact: They said it’s a “well-\nknown” plan");
    assert_eq!(verdict(source, "l'état n'a rien fait; voilà"), "exact: L’État n’a rien fait ; voilà");
    assert_eq!(verdict(source, "it’s a […] plan, in short"), "exact: it’s a “well-\nknown” plan, in\u{a0}short");
    assert_eq!(verdict(source, "[T]hey said [that] … plan"), "exact: They said it’s a “well-\nknown” plan");
    assert_eq!(verdict(source, "They said [China’s] a well-known plan"), "exact: They said it’s a “well-\nknown” plan");
}

#[test]
fn changed_words_are_shown() {
    let source = "The unit merely carries “editorial items such as press statements” for it. WHO knows what it does.";
    assert_eq!(verdict(source, "editorial material such as press statements"), "altered: material → items");
    assert_eq!(verdict(source, "editorial items such as press statement"), "altered: statement → statements");
    assert_eq!(verdict(source, "the unit merely carries editorial Items such"), "altered: Items → items");
    assert_eq!(verdict(source, "the unit carries editorial items such as press statements"), "altered:  → merely");
    assert_eq!(verdict(source, "a second, secret agreement on location data"), "not found");
}

#[test]
fn accents_count_in_small_letters_only() {
    let source = "Il a tué le temps. A l'heure dite, l'Etat paie.";
    assert_eq!(verdict(source, "il a tue le temps"), "altered: tue → tué");
    assert_eq!(verdict(source, "À l’heure dite, l’État paie"), "exact: A l'heure dite, l'Etat paie");
}

#[test]
fn chinese_is_compared_character_by_character() {
    let source = "本文转自网络。公司与人民数据签署了合作协议，\n双方共享数据资源。";
    assert_eq!(verdict(source, "与人民数据签署了合作协议"), "exact: 与人民数据签署了合作协议");
    assert_eq!(verdict(source, "與人民數據簽署了合作協議"), "exact: 与人民数据签署了合作协议");
    assert_eq!(verdict(source, "合作协议，双方共享数据资源"), "exact: 合作协议，\n双方共享数据资源");
    assert_eq!(verdict(source, "与人民数据签订了合作协议"), "altered: 订 → 署");
    assert_eq!(verdict(source, "政府拒绝公开任何文件"), "not found");
}

/// A long text of sentences that differ from one another.
fn long_text(n_sentences: usize, seed: u64) -> String {
    let words: Vec<String> = (0..3000_u64)
        .map(|idx| {
            let mut state = idx * 7 + 3;
            let mut next = |n: u64| {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                (state >> 33) % n
            };
            let n_parts = 1 + next(3);
            (0..n_parts)
                .map(|_| ["ba", "re", "ti", "lon", "ma", "sé", "du", "fir", "ne", "go", "pra", "ul"][next(12) as usize])
                .collect()
        })
        .collect();
    let mut state = seed;
    let mut next = |n: u64| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((state >> 33) % n) as usize
    };
    let mut text = String::new();
    for _ in 0..n_sentences {
        for _ in 0..8 + next(12) {
            text.push_str(&words[next(3000)]);
            text.push(if next(9) == 0 { '\n' } else { ' ' });
        }
        text.push_str("fin. ");
    }
    text
}

#[test]
fn an_exact_quotation_is_found_wherever_it_stands() {
    let text = long_text(3000, 1);
    let passages = Passages::new(&text);
    let starts: Vec<usize> = text.match_indices(' ').map(|(at, _)| at + 1).collect();
    for (nth, start) in starts.iter().enumerate().step_by(97) {
        let Some(end) = starts.get(nth + 4 + nth % 90).map(|end| end - 1) else { continue };
        let quotation = clean(text.get(*start..end).unwrap());
        if quotation.contains("fin. ") && quotation.len() < 30 {
            continue;
        }
        let found = passages.find(&quotation, slice(&text)).unwrap_or_else(|| panic!("not found: {quotation}"));
        assert!(found.changes.is_empty(), "{quotation}: {:?}: {:?}", found.changes, found.range().of(&text));
        let there = found.range();
        assert_eq!(clean(there.of(&text).unwrap()).trim_end_matches('.'), quotation.trim_end_matches('.'));
    }
}
