//! Zones: page chrome is found by its words, its shape and its neighbours. When in doubt a line is text.

use std::sync::LazyLock;

use memchr::{memchr_iter, memchr3_iter};
use regex::Regex;
use rustc_hash::FxHashMap;

use super::{SentenceFacts, Zone};
use crate::text::sentences::SegmentKind;

/// What speaks for page chrome in a line, read once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ChromeFacts {
    /// Points from the line alone.
    pub(crate) points: i32,
    /// Whether it is a date, byline or note on where the text comes from.
    pub(crate) note: bool,
    /// Whether it is a line by itself, without a full stop.
    pub(crate) bare: bool,
    /// Whether it looks like a title: several words, a bare line.
    pub(crate) title: bool,
}

/// Points at which a line is chrome.
const CHROME: i32 = 4;

/// Phrases, and how many points each gives; `true` where it must stand at the start of the line.
struct Phrases {
    search: Option<Regex>,
    points: FxHashMap<&'static str, (bool, i32)>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut points = 0;
    let mut phrases = Phrases { search: None, points: FxHashMap::default() };
    let mut patterns: Vec<String> = Vec::new();
    for line in include_str!("chrome.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line {
            "[rights]" => points = 5,
            "[share]" | "[donation]" | "[cookies]" => points = 4,
            "[menu]" => points = 2,
            _ => {
                let phrase = line.trim_start_matches('^');
                patterns.push(regex::escape(phrase));
                phrases.points.insert(phrase, (line.starts_with('^'), points));
            }
        }
    }
    // The longest phrase first: alternatives are tried in order.
    patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.len()));
    phrases.search = Regex::new(&patterns.join("|")).ok();
    phrases
});

/// A line with straight apostrophes only; `straight` is room for it.
pub(crate) fn straighten<'a>(line: &'a str, straight: &'a mut String) -> &'a str {
    if line.is_ascii() || !line.contains('’') {
        return line;
    }
    straight.clear();
    for (at, part) in line.split('’').enumerate() {
        straight.extend((0 < at).then_some('\''));
        straight.push_str(part);
    }
    straight
}

/// Reads what a line, given as it is and in lower case with straight apostrophes, says about itself; `whole` where a line of the text is no more than
/// that. `dated` says that a number stands in it which nothing is said about.
pub(crate) fn read((line, lower): (&str, &str), words: u16, whole: bool, dated: bool) -> ChromeFacts {
    let bare_end = line.trim_end_matches(|c: char| c.is_whitespace() || "”’»\"')]」』）".contains(c));
    let stopped = bare_end.ends_with(['.', '!', '?', '…', '。', '！', '？', ':', '：', ',', '，', ';']);
    let bare = whole && !stopped;
    let mut facts = ChromeFacts { points: 0, note: false, bare, title: bare && (4..=30).contains(&words) };
    // Chrome is short; only notes on where a text comes from may be longer.
    if words > 24 && (!whole || line.is_ascii()) {
        return facts;
    }
    let shortness = i32::from(words > 14) * 2 + i32::from(words > 24) * 2;
    for found in PHRASES.search.iter().flat_map(|search| search.find_iter(lower)) {
        let Some((at_start, points)) = PHRASES.points.get(found.as_str()) else { continue };
        let rest = lower.get(found.end()..).unwrap_or_default();
        let line_alone = bare || words <= 6;
        let placed = !at_start
            || (line_alone
                && found.start() == 0
                && (!rest.starts_with(char::is_alphabetic) || !found.as_str().is_ascii()));
        // A word of a menu at the start of a real sentence means nothing, and "copyright" or 注册 is what a text may be about.
        let lone = is_lone_word(found.as_str()) && !bare && words > 2;
        if placed && !lone && (*points > 2 || (bare && words <= 4)) {
            facts.points = facts.points.max(points - shortness);
        }
    }
    let separators = match lower.is_ascii() {
        true => memchr_iter(b'|', lower.as_bytes()).count(),
        // The first bytes of these marks are those of few others.
        false => memchr3_iter(b'|', 0xC2, 0xE2, lower.as_bytes())
            .filter(|at| lower.get(*at..).is_some_and(|rest| rest.starts_with(['|', '›', '»', '•', '→'])))
            .count(),
    };
    facts.points += i32::from(separators > 0 && bare && words <= 10) * 2 + i32::from(separators > 2);
    facts.points += i32::from(bare && words <= 4) * 2 + i32::from(bare && words <= 2);
    facts.points += i32::from(bare && words <= 10 && line.chars().next().is_some_and(char::is_lowercase));
    facts.points += i32::from(bare && words <= 10 && lower.contains("http")) * 3;
    let domain = |word: &str| [".com", ".org", ".net", ".fr", ".cn"].iter().any(|end| word.ends_with(end));
    facts.points += 2 * i32::from(words <= 8 && lower.split_whitespace().next().is_some_and(domain));
    facts.note = is_note(lower, words, whole, dated) && facts.points < CHROME;
    facts
}

/// Whether a phrase is a single word, which real sentences use as well.
fn is_lone_word(phrase: &str) -> bool {
    let letters = phrase.chars().count();
    phrase.chars().all(char::is_alphanumeric) && (phrase.is_ascii() || letters <= 2)
}

/// How bylines, credits and the like begin.
const BYLINES: &[&str] = &[
    "by ",
    "par ",
    "published ",
    "updated ",
    "last updated",
    "last modified",
    "dernière mise à jour",
    "posted ",
    "publié ",
    "mis à jour",
    "modifié le",
    "photo",
    "image:",
    "crédit",
    "credit",
    "source :",
    "source:",
    "sources :",
    "traduit ",
    "translated ",
    "作者",
    "记者",
    "記者",
    "文/",
    "文｜",
    "来源",
    "來源",
    "发布时间",
    "發布時間",
    "图：",
    "编辑",
    "reporting by",
    "editing by",
    "propos recueillis",
];
/// What dates are made of.
const DATES: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "janvier",
    "février",
    "mars",
    "avril",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    " may 19",
    " may 20",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "月",
    "min read",
    "ago",
];

/// Whether the line is a date, a byline or a note on where the text comes from.
fn is_note(lower: &str, words: u16, whole: bool, dated: bool) -> bool {
    let stopped = lower.ends_with(['.', '!', '?', '。']);
    let byline = whole && words <= 12 && !stopped && BYLINES.iter().any(|start| lower.starts_with(start));
    let dated = whole && words <= 7 && !stopped && dated && DATES.iter().any(|date| lower.contains(date));
    let backup = words <= 60 && !lower.is_ascii() && has_origin(lower);
    byline || dated || backup
}

/// Whether words say that the text comes from elsewhere.
fn has_origin(lower: &str) -> bool {
    const ORIGINS: &[&str] = &["仅作备份", "本文来自", "本文转自", "原文链接", "轉載自", "转载自"];
    // All begin with a byte that French has none of.
    if lower.bytes().fold(0, u8::max) < 0xE4 {
        return false;
    }
    let may_begin = |c: char| matches!(c, '仅' | '本' | '原' | '轉' | '转');
    lower.char_indices().filter(|(_, c)| may_begin(*c)).any(|(at, _)| {
        let rest = lower.get(at..).unwrap_or_default();
        ORIGINS.iter().any(|origin| rest.starts_with(origin))
    })
}

/// Where a document begins and ends, for those of whom only a part is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ends {
    /// Whether it begins with the first sentence.
    pub(crate) opens: bool,
    /// Whether it ends with the last of these.
    pub(crate) closes: bool,
    /// How many sentences there are; those after them are from elsewhere in the document.
    pub(crate) n_own: usize,
}

/// Decides the zone of every sentence of a document. `repeated` says which stood before.
pub(crate) fn assign(facts: &[&SentenceFacts], repeated: &[bool], ends: Ends) -> Vec<Zone> {
    let mut points: Vec<i32> = facts.iter().map(|facts| facts.chrome.points).collect();
    for (at, (fact, repeated)) in facts.iter().zip(repeated).enumerate() {
        if *repeated
            && fact.chrome.bare
            && fact.features.words <= 6
            && let Some(points) = points.get_mut(at)
        {
            *points += 2;
        }
    }
    let sure: Vec<bool> = points.iter().map(|points| CHROME <= *points).collect();
    let is_sure = |at: Option<usize>| at.and_then(|at| sure.get(at)).copied().unwrap_or(false);
    let mut zones = Vec::with_capacity(facts.len());
    for (at, fact) in facts.iter().enumerate() {
        let near = |steps: usize| is_sure(at.checked_sub(steps)) || is_sure(at.checked_add(steps));
        let both = (is_sure(at.checked_sub(1)) || is_sure(at.checked_sub(2)))
            && (is_sure(Some(at + 1)) || is_sure(Some(at + 2)));
        let edge = (ends.opens && at < 3) || (ends.closes && at + 3 >= ends.n_own);
        let points = points.get(at).copied().unwrap_or(0);
        // A short sentence between two lines of chrome is a slogan; one beside them needs a sign of its own.
        let slogan = both && fact.features.words <= 12 && fact.frames.is_empty() && !fact.has_figure();
        let chrome = CHROME <= points
            || (2 <= points && (near(1) || near(2) || (edge && fact.chrome.bare && 3 <= points)))
            || slogan
            || (fact.chrome.bare && both && fact.features.words <= 12 && !fact.chrome.title);
        zones.push(match fact.kind {
            SegmentKind::Structure | SegmentKind::Fence | SegmentKind::Rule => Zone::Structure,
            SegmentKind::Heading => Zone::Heading,
            SegmentKind::Cell => Zone::Body,
            SegmentKind::Prose if fact.chrome.note || (chrome && !fact.list_item) => Zone::Chrome,
            SegmentKind::Prose if fact.chrome.title && !fact.list_item => Zone::Heading,
            SegmentKind::Prose => Zone::Body,
        });
    }
    fence(facts, &mut zones, ends);
    zones
}

/// Everything between two code fences, or between the two rules at the start of a document, is structure.
fn fence(facts: &[&SentenceFacts], zones: &mut [Zone], ends: Ends) {
    let mut open = false;
    let closes = facts.iter().filter(|fact| fact.kind == SegmentKind::Fence).count() % 2 == 0;
    for (fact, zone) in facts.iter().zip(zones.iter_mut()) {
        if fact.kind == SegmentKind::Fence {
            open = !open && closes;
        } else if open {
            *zone = Zone::Structure;
        }
    }
    if ends.opens
        && facts.first().is_some_and(|fact| fact.kind == SegmentKind::Rule)
        && let Some(end) = facts.iter().skip(1).position(|fact| fact.kind == SegmentKind::Rule)
    {
        zones.iter_mut().take(end + 1).for_each(|zone| *zone = Zone::Structure);
    }
}

#[cfg(test)]
mod tests {
    use super::has_origin;

    #[test]
    fn notes_of_origin_are_found_anywhere() {
        for note in ["仅作备份", "本文来自", "本文转自", "原文链接", "轉載自", "转载自"] {
            assert!(has_origin(note) && has_origin(&format!("本转{note}。")), "{note}");
        }
        assert!(!has_origin("本文作者转发原文"));
    }
}
