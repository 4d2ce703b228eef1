//! Cues that stand in the form of words: tenses, calls to the reader, numerals and names without capitals.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::cues::CueKind;
use super::features::{Collector, Reading, is_year};
use super::lexicon::role;
use super::tokens::{Case, Token, TokenKind};
use crate::analysis::language::Language;
use crate::text::ByteRange;

/// Collects what the form of one word tells.
pub(super) fn collect(reading: &Reading<'_>, at: usize, collector: &mut Collector) {
    let Some(token) = reading.tokens.get(at).filter(|token| token.kind == TokenKind::Word) else { return };
    let range = ByteRange { start: token.start, end: token.end };
    let word = range.of(reading.text).unwrap_or_default();
    match reading.language {
        Language::English => {
            if at == 0 && word == "I" {
                collector.add(CueKind::StartsWithI, range);
            }
            if word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") && !token.entry.cues(CueKind::Past) {
                collector.add(CueKind::Past, range);
            }
        }
        Language::French => {
            collector.set(CueKind::StartsWithI, at == 0 && matches!(word, "Je" | "J'" | "J’"));
            let called = at == 0 && word.len() > 4 && word.ends_with("ez") && word != "Chez" && word != "Assez";
            collector.set(CueKind::Imperative, called);
            if let Some(tense) = french_tense(reading.tokens, at, word)
                && !token.entry.cues(tense)
            {
                collector.add(tense, range);
            }
        }
        Language::Chinese | Language::Other => (),
    }
}

/// The cue of a French verb form: past tense, simple future, or the conditional, which is a modal verb in English.
fn french_tense(tokens: &[Token], at: usize, word: &str) -> Option<CueKind> {
    let lower = tokens.get(at).is_some_and(|token| token.case == Case::Lower);
    if word.len() < 4 || !lower || tokens.get(at).is_some_and(|token| token.entry.is(role::NO_TENSE)) {
        return None;
    }
    let kinds = ENDINGS.of(word);
    let ends = |kind: u8| kinds & kind != 0;
    if ends(PARTICIPLE) && !ends(NO_PARTICIPLE) && is_helped(tokens, at) {
        return Some(CueKind::Past);
    }
    let long = 4 < word.len();
    // `entra`, `célébra`, but `viendra`, `recevra`, `pourra`, `permettra`.
    let simple = word.strip_suffix("ra").map_or(word.ends_with('a'), |stem| stem.ends_with(['t', 'b', 'g', 'p', 'f']));
    match () {
        () if long && ends(CONDITIONAL) => Some(CueKind::Modal),
        () if long && ends(FUTURE) => Some(CueKind::Future),
        () if long && ends(PAST) && !ends(NOUN) => Some(CueKind::Past),
        () if simple => Some(CueKind::Past),
        () => None,
    }
}

/// Whether an auxiliary stands before a participle, with nothing but adverbs and the like between them.
fn is_helped(tokens: &[Token], at: usize) -> bool {
    let helper = |token: &Token| {
        let cues = [CueKind::Past, CueKind::Copula].iter().any(|cue| token.entry.cues(*cue));
        token.entry.is(role::AUXILIARY) && (token.entry.is(role::VERB) || cues)
    };
    let between = |token: &Token| token.entry.is(role::AUXILIARY | role::ADVERB) || token.entry.cues(CueKind::Negation);
    let before = tokens.get(at.saturating_sub(4)..at).unwrap_or_default();
    before.iter().rev().find(|token| helper(token) || !between(token)).is_some_and(helper)
}

/// What an ending may be, one bit each.
const PARTICIPLE: u8 = 1;
const NO_PARTICIPLE: u8 = 1 << 1;
const CONDITIONAL: u8 = 1 << 2;
const FUTURE: u8 = 1 << 3;
const PAST: u8 = 1 << 4;
const NOUN: u8 = 1 << 5;

/// French endings by their last two bytes; those of one byte by this one.
struct Endings(FxHashMap<[u8; 2], Vec<Ending>>);

/// An ending of at most eight bytes.
struct Ending {
    /// Its bytes as a number, the last one lowest, and which bytes of such a number are its own.
    bytes: u64,
    mask: u64,
    /// What it may be.
    kind: u8,
}

static ENDINGS: LazyLock<Endings> = LazyLock::new(|| {
    let lists = [PARTICIPLES, NO_PARTICIPLES, CONDITIONALS, FUTURES, PASTS, NOUNS];
    let kinds = [PARTICIPLE, NO_PARTICIPLE, CONDITIONAL, FUTURE, PAST, NOUN];
    let mut endings = Endings(FxHashMap::default());
    for (list, kind) in lists.iter().zip(kinds) {
        for ending in *list {
            let mask = u64::MAX.checked_shr(64 - 8 * u32::try_from(ending.len()).unwrap_or(8)).unwrap_or_default();
            endings.0.entry(last_two(ending)).or_default().push(Ending { bytes: last_eight(ending), mask, kind });
        }
    }
    endings
});

/// The last eight bytes as a number, the last one lowest.
fn last_eight(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let last = bytes.get(bytes.len().saturating_sub(8)..).unwrap_or_default();
    last.iter().fold(0, |packed, byte| packed << 8 | u64::from(*byte))
}

/// The last two bytes; a byte alone has none before it.
fn last_two(word: &str) -> [u8; 2] {
    match word.as_bytes() {
        [.., before, last] => [*before, *last],
        [last] => [0, *last],
        [] => [0, 0],
    }
}

impl Endings {
    /// What the endings of a word may be.
    fn of(&self, word: &str) -> u8 {
        let two = last_two(word);
        let [_, last] = two;
        let eight = last_eight(word);
        let found = [self.0.get(&two), self.0.get(&[0, last])];
        let fitting = found.into_iter().flatten().flatten().filter(|ending| eight & ending.mask == ending.bytes);
        fitting.fold(0, |kinds, ending| kinds | ending.kind)
    }
}

/// Endings of participles, behind an auxiliary.
const PARTICIPLES: &[&str] =
    &["é", "ée", "és", "ées", "u", "ue", "us", "ues", "it", "ite", "is", "ise", "i", "ie", "ert"];
/// Endings of words that only look like participles.
const NO_PARTICIPLES: &[&str] = &["que", "ques", "gue", "gues", "itue", "ibue", "eu", "oi", "lui", "ai", "ci", "roit"];
/// Endings of the conditional.
const CONDITIONALS: &[&str] = &[
    "erait", "eraient", "irait", "iraient", "drait", "draient", "vrait", "vraient", "ttrait", "ttraient", "rrait",
    "rraient", "aurait", "auraient", "erais", "irais", "drais", "vrais", "rrais", "erions", "drions", "rrions",
    "vrions",
];
/// Endings of the simple future.
const FUTURES: &[&str] = &[
    "era", "eront", "erons", "ira", "iront", "dra", "dront", "vra", "vront", "ttra", "ttront", "rra", "rront", "aura",
    "auront", "îtra", "îtront", "erai", "irai", "drai", "vrai", "rrai", "erez", "irez", "drez", "rrez", "fera",
];
/// Endings of participles, of the imperfect and of the simple past.
const PASTS: &[&str] = &["é", "ée", "és", "ées", "ait", "aient", "èrent", "irent", "urent"];
/// Endings of nouns that look like participles: `liberté` is one of few beside these.
const NOUNS: &[&str] = &["ité", "ités", "iété", "iétés", "auté", "autés", "erté", "ertés", "itié", "oitié"];

/// The cues that a Han word keeps beside its neighbours: single characters need a number or a name before them.
pub(super) fn lone_han(token: &Token, before: Option<&Token>, after: Option<&Token>) -> u64 {
    let single = token.end - token.start <= 4;
    if !single {
        return u64::MAX;
    }
    // 一个 is an article.
    let one = |token: &Token| token.entry.is(role::INDEFINITE);
    let numeral =
        |token: &Token| token.kind == TokenKind::Number || (token.entry.cues(CueKind::NumberWord) && !one(token));
    let mut kept = u64::MAX;
    let large = token.entry.cues(CueKind::Amount) && before.is_some_and(one);
    if !before.is_some_and(numeral) && !large {
        let counted = [CueKind::Amount, CueKind::Date, CueKind::Percentage];
        kept &= !counted.iter().fold(0, |bits, cue| bits | cue.bit());
        // 三月 is a date, 三年 is not.
        let counts = |after: &Token| after.entry.is(role::MEASURE) || !after.entry.cues(CueKind::Date);
        if one(token) || !after.is_some_and(|after| after.kind == TokenKind::Han && counts(after)) {
            kept &= !CueKind::NumberWord.bit();
        }
    }
    // 会 in the middle of an unknown word is no verb.
    if before.is_some_and(|before| before.kind == TokenKind::Han && !before.entry.listed) {
        kept &= !(CueKind::Modal.bit() | CueKind::NumberWord.bit());
    }
    if !before.is_some_and(|before| !before.entry.listed || before.entry.cues(CueKind::Name)) {
        kept &= !(CueKind::Institution.bit() | CueKind::Name.bit());
    }
    kept
}

/// Characters that foreign names are written with.
static SOUNDS: LazyLock<FxHashSet<char>> = LazyLock::new(|| {
    "阿埃艾安奥巴白贝彼比宾波伯博布策查达戴丹道德登迪蒂丁杜多厄恩尔法菲费芬弗佛夫福盖冈戈格古哈海汉豪赫亨胡华霍基吉加贾杰捷卡凯康考科克肯库夸拉莱赖兰朗劳勒雷黎里理利莉连列林琳隆卢鲁路伦罗洛马玛迈曼毛梅门蒙米密敏明摩莫姆穆拿纳娜南内尼妮涅诺努欧帕潘庞佩彭皮珀蒲普奇齐乔切琴丘让荣茹若萨塞赛桑瑟沙莎山舍申施史舒史斯丝朔司苏孙所索塔泰坦汤唐陶特腾提廷图托陀瓦万旺威韦维魏温文翁沃乌武西希锡席夏香谢辛兴休许雅亚扬杨姚耶叶伊因英尤尤于约扎赞泽詹珍朱卓兹佐維爾馬亞奧貝達倫盧魯羅蘇納爾薩賽喬華門蓋庫萊賴勞連蘭烏溫韋賈傑歐龐亞".chars().collect()
});
/// Common family names.
static FAMILIES: LazyLock<FxHashSet<char>> = LazyLock::new(|| {
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾夏韦付方邹熊孟秦邱江尹薛闫雷侯龙史陶黎贺顾毛郝龚邵万覃武钱戴莫孔汤習习張劉陳楊黃趙吳孫馬鄭謝羅許韓馮鄧蕭蔣葉蘇呂盧鍾譚陸賈韋鄒龍賀顧龔萬錢湯".chars().collect()
});

/// Names and tense of a Chinese sentence, which has no capitals and no verb endings.
pub(super) fn collect_chinese(reading: &Reading<'_>, collector: &mut Collector) {
    let tokens = reading.tokens;
    let unknown = |token: &Token| token.kind == TokenKind::Han && !token.entry.listed;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.is_mark('·') || token.is_mark('•') {
            collector.add(CueKind::Name, ByteRange { start: token.start, end: token.end });
        }
        let run = tokens.iter().skip(at).take_while(|token| unknown(token));
        let length = run.clone().count();
        if let (Some(first), Some(last)) = (tokens.get(at), run.last()) {
            let range = ByteRange { start: first.start, end: last.end };
            let word = range.of(reading.text).unwrap_or_default();
            let family = (2..=3).contains(&length) && word.chars().next().is_some_and(|c| FAMILIES.contains(&c));
            let foreign =
                word.split(|c| !SOUNDS.contains(&c)).map(|part| part.chars().count()).filter(|part| 3 <= *part);
            let names = foreign.map(|part| part.div_ceil(4)).sum::<usize>().max(usize::from(family));
            (0..names).for_each(|_| collector.add(CueKind::Name, range));
        }
        at += length.max(1);
    }
    // An event is past where nothing puts it into the future or makes it possible.
    let open = [CueKind::Past, CueKind::Future, CueKind::Modal].iter().all(|cue| collector.count(*cue) == 0);
    let event = |token: &&Token| token.entry.is(role::EVENT) || token.entry.cues(CueKind::ChangeVerb);
    let year = |token: &&Token| is_year(ByteRange { start: token.start, end: token.end }.of(reading.text));
    if open && let Some(token) = tokens.iter().find(event).or_else(|| tokens.iter().find(year)) {
        collector.add(CueKind::Past, ByteRange { start: token.start, end: token.end });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_those_that_words_end_with() {
        let lists = [PARTICIPLES, NO_PARTICIPLES, CONDITIONALS, FUTURES, PASTS, NOUNS];
        let kinds = [PARTICIPLE, NO_PARTICIPLE, CONDITIONAL, FUTURE, PAST, NOUN];
        let all: Vec<&str> = lists.iter().flat_map(|list| list.iter().copied()).collect();
        assert!(all.iter().all(|ending| ending.len() <= 8));
        for start in ["", "x", "form", "réét", "port", "gouvern"] {
            for ending in &all {
                let word = format!("{start}{ending}");
                let plain = lists.iter().zip(kinds).filter(|(list, _)| list.iter().any(|it| word.ends_with(it)));
                assert_eq!(ENDINGS.of(&word), plain.fold(0, |kinds, (_, kind)| kinds | kind), "{word}");
            }
        }
    }
}
