//! Han names: organisations by their suffix, people by the verb of speech behind them.

use super::candidates::{Candidate, Cue};
use super::concepts::chain;
use crate::text::ByteRange;
use crate::text::fold::Class;
use crate::text::tokens::{Join, Token};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// Suffixes of Han names of organisations, and the verbs after which a name before them speaks.
const HAN_SUFFIXES: &[&str] = &[
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "集团公司",
    "公司",
    "集团",
    "委员会",
    "研究院",
    "研究所",
    "研究中心",
    "实验室",
    "大学",
    "学院",
    "基金会",
    "协会",
    "联合会",
    "银行",
    "日报",
    "晚报",
    "时报",
    "通讯社",
    "新闻网",
    "电视台",
    "出版社",
    "智库",
    "法院",
    "检察院",
];
const HAN_SPEECH: &[&str] = &["表示", "指出", "认为", "说", "称", "写道", "强调", "告诉", "回应"];
const HAN_OPENERS: &str = "的 在 和 与 是 了 向 对 由 被 为 从 及 据 而 等 让 给 把 一家 这家 该 某 多家 两家 以及 因为 如果 一个 其 我 你 他 她 们 有 到 将 也 都 还 于 会 当 并 但 前 后 要 不 \
    就 来 去 时 此 每 各 所 同 或";

/// Reads a run of Han characters; returns the token after it.
pub(super) fn read(text: &str, tokens: &[Token], at: usize, out: &mut Vec<Candidate>) -> usize {
    let run = tokens.get(at..).unwrap_or_default();
    let n = 1 + run.iter().skip(1).take_while(|token| token.class == Class::Han && token.join == Join::Nothing).count();
    let Some((first, last)) = run.first().zip(run.get(n - 1)) else { return at + 1 };
    let (start, end) = (first.start as usize, last.end as usize);
    let Some(words) = text.get(start..end) else { return at + n };
    for (ending, place) in endings(words) {
        let stop = start + place + ending.words.len();
        if ending.cues.any(Cue::SPEAKS) {
            if let Some(from) = person_before(words, place) {
                out.extend(candidate(tokens, start + from, start + place, ending.cues));
            }
            continue;
        }
        let covered = out.iter().any(|other| other.range.end as usize == stop && start <= other.range.start as usize);
        if let Some(from) = start_before(words, place).filter(|_| !covered) {
            out.extend(candidate(tokens, start + from, stop, ending.cues));
        }
    }
    at + n
}

/// What stands behind a name: a suffix that belongs to it, or a verb.
struct Ending {
    /// Its place in the lists.
    rank: usize,
    words: &'static str,
    cues: Cue,
}

/// Suffixes and verbs by their first character.
static ENDINGS: LazyLock<FxHashMap<char, Vec<Ending>>> = LazyLock::new(|| {
    let suffixes = HAN_SUFFIXES.iter().map(|words| (*words, Cue::BODY));
    let verbs = HAN_SPEECH.iter().map(|words| (*words, Cue::SPEAKS.with(Cue::GIVEN)));
    let mut endings: FxHashMap<char, Vec<Ending>> = FxHashMap::default();
    for (rank, (words, cues)) in suffixes.chain(verbs).enumerate() {
        let Some(first) = words.chars().next() else { continue };
        endings.entry(first).or_default().push(Ending { rank, words, cues });
    }
    endings
});

/// The suffixes and verbs in a run of characters, each with its place: in the order of the lists, and of their places.
fn endings(words: &str) -> Vec<(&'static Ending, usize)> {
    let mut found: Vec<(&'static Ending, usize)> = Vec::new();
    for (place, c) in words.char_indices() {
        let Some(endings) = ENDINGS.get(&c) else { continue };
        let rest = words.get(place..).unwrap_or_default();
        let here = endings.iter().filter(|ending| rest.starts_with(ending.words));
        found.extend(here.map(|ending| (ending, place)));
    }
    found.sort_unstable_by_key(|(ending, place)| (ending.rank, *place));
    found
}

/// Words that no name has inside.
struct Openers {
    /// Those of one character.
    single: FxHashSet<char>,
    longer: Vec<&'static str>,
}

static OPENERS: LazyLock<Openers> = LazyLock::new(|| {
    let mut openers = Openers { single: FxHashSet::default(), longer: Vec::new() };
    for word in HAN_OPENERS.split(' ') {
        let mut chars = word.chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) => _ = openers.single.insert(only),
            _ => openers.longer.push(word),
        }
    }
    openers
});

impl Openers {
    /// Whether `rest`, which begins with `first`, begins with one.
    fn begin(&self, first: char, rest: &str) -> bool {
        self.single.contains(&first) || self.longer.iter().any(|opener| rest.starts_with(opener))
    }

    fn stand_in(&self, name: &str) -> bool {
        name.chars().any(|c| self.single.contains(&c)) || self.longer.iter().any(|opener| name.contains(opener))
    }
}

/// Where the name before a suffix begins: after the last word that no name has inside, two to ten characters back.
fn start_before(words: &str, suffix: usize) -> Option<usize> {
    let before = words.get(..suffix)?;
    let mut from = suffix;
    let mut n = 0;
    for (at, c) in before.char_indices().rev() {
        if 10 < n || OPENERS.begin(c, before.get(at..)?) {
            break;
        }
        from = at;
        n += 1;
    }
    (2..=10).contains(&n).then_some(from)
}

/// A Han person's name of two or three characters before a verb of speech: it opens the sentence or follows a title.
fn person_before(words: &str, verb: usize) -> Option<usize> {
    static TITLE_WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| TITLES.split(' ').collect());
    let before = words.get(..verb)?;
    for n in [3, 2] {
        let Some((from, _)) = before.char_indices().rev().nth(n - 1) else { continue };
        let name = before.get(from..)?;
        let lead = before.get(..from)?;
        if !is_surname(name) {
            continue;
        }
        let opens = lead.is_empty() || TITLE_WORDS.iter().any(|title| lead.ends_with(title));
        let given = || name.chars().skip(1).all(|c| !NEVER_GIVEN.contains(c));
        let clean = || !OPENERS.stand_in(name) && TITLE_WORDS.iter().all(|title| !name.contains(title));
        if opens && given() && clean() {
            return Some(from);
        }
    }
    None
}

/// Whether a Han name begins with a common family name.
pub(super) fn is_surname(name: &str) -> bool {
    static FIRST: LazyLock<FxHashSet<char>> = LazyLock::new(|| SURNAMES.chars().collect());
    name.chars().next().is_some_and(|first| FIRST.contains(&first))
}

fn candidate(tokens: &[Token], start: usize, end: usize, cues: Cue) -> Option<Candidate> {
    let from = tokens.partition_point(|token| (token.start as usize) < start);
    let to = tokens.partition_point(|token| (token.start as usize) < end);
    let own = tokens.get(from..to)?;
    let form = chain(own.iter().map(|token| token.hash));
    let last = own.last()?.hash;
    Some(Candidate { range: ByteRange::new(start, end), form, last, cues: cues.with(Cue::HAN).with(Cue::INSIDE) })
}

const TITLES: &str =
    "主席 总统 总理 部长 发言人 教授 记者 主任 经理 总裁 专家 研究员 分析师 大使 市长 局长 律师 董事长 院长";

/// Characters that no given name has.
const NEVER_GIVEN: &str =
    "地得着过再又只才正曾则可能多这那些什么中国人民员者会部长家方司报局署面还已应该随如何没未是为以";

const SURNAMES: &str = "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇\
    卢盧蒋蔣蔡贾賈丁魏薛叶葉阎余潘杜戴夏钟鐘汪田任姜范方石姚谭譚廖邹熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段钱錢汤湯尹黎易常武乔喬贺賀赖龚龔文习習温溫栗";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_found_as_one_by_one() {
        let lists = || HAN_SUFFIXES.iter().chain(HAN_SPEECH);
        for words in [
            "",
            "发言人说报社研究院研究所研究中心",
            "某集团股份有限公司表示公司称公司",
            "说说称说表示表示指",
            "中国日报集团公司",
        ] {
            let plain: Vec<(&str, usize)> =
                lists().flat_map(|ending| words.match_indices(ending)).map(|(place, ending)| (ending, place)).collect();
            let found: Vec<(&str, usize)> = endings(words).into_iter().map(|(it, place)| (it.words, place)).collect();
            assert_eq!(found, plain, "{words}");
        }
        for ending in lists() {
            assert_eq!(format!("{ending}{ending}").match_indices(ending).count(), 2);
            let halves = ending
                .char_indices()
                .skip(1)
                .all(|(at, _)| ending.get(at..).is_some_and(|rest| !ending.starts_with(rest)));
            assert!(halves, "{ending} may overlap itself");
        }
    }

    #[test]
    fn openers_are_those_of_the_list() {
        for text in ["一家公司", "一人", "的", "以及其", "及以", "如果", "如", "林", ""] {
            let first = text.chars().next().unwrap_or('-');
            assert_eq!(OPENERS.begin(first, text), HAN_OPENERS.split(' ').any(|it| text.starts_with(it)), "{text}");
            assert_eq!(OPENERS.stand_in(text), HAN_OPENERS.split(' ').any(|it| text.contains(it)), "{text}");
        }
    }
}
