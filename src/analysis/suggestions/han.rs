//! Han names: organisations by their suffix, people by the verb of speech behind them.

use super::candidates::{Candidate, Cue};
use super::concepts::chain;
use crate::text::ByteRange;
use crate::text::fold::Class;
use crate::text::tokens::{Join, Token};

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
    for suffix in HAN_SUFFIXES {
        for (place, _) in words.match_indices(suffix) {
            let stop = start + place + suffix.len();
            let covered =
                out.iter().any(|other| other.range.end as usize == stop && start <= other.range.start as usize);
            if let Some(from) = start_before(words, place).filter(|_| !covered) {
                out.extend(candidate(tokens, start + from, stop, Cue::BODY));
            }
        }
    }
    for verb in HAN_SPEECH {
        let speaks = words.match_indices(verb).map(|(place, _)| place);
        for place in speaks {
            if let Some(from) = person_before(words, place) {
                out.extend(candidate(tokens, start + from, start + place, Cue::SPEAKS.with(Cue::GIVEN)));
            }
        }
    }
    at + n
}

/// Where the name before a suffix begins: after the last word that no name has inside, two to ten characters back.
fn start_before(words: &str, suffix: usize) -> Option<usize> {
    let before = words.get(..suffix)?;
    let mut from = suffix;
    let mut n = 0;
    for (at, _) in before.char_indices().rev() {
        let rest = before.get(at..)?;
        if 10 < n || HAN_OPENERS.split(' ').any(|opener| rest.starts_with(opener)) {
            break;
        }
        from = at;
        n += 1;
    }
    (2..=10).contains(&n).then_some(from)
}

/// A Han person's name of two or three characters before a verb of speech: it opens the sentence or follows a title.
fn person_before(words: &str, verb: usize) -> Option<usize> {
    const NEVER_GIVEN: &str =
        "地得着过再又只才正曾则可能多这那些什么中国人民员者会部长家方司报局署面还已应该随如何没未是为以";
    let before = words.get(..verb)?;
    for n in [3, 2] {
        let Some((from, _)) = before.char_indices().rev().nth(n - 1) else { continue };
        let name = before.get(from..)?;
        let lead = before.get(..from)?;
        let given = name.chars().skip(1).all(|c| !NEVER_GIVEN.contains(c));
        let clean = given
            && !HAN_OPENERS.split(' ').any(|opener| name.contains(opener))
            && TITLES.split(' ').all(|title| !name.contains(title));
        let opens = lead.is_empty() || TITLES.split(' ').any(|title| lead.ends_with(title));
        if clean && opens && is_surname(name) {
            return Some(from);
        }
    }
    None
}

/// Whether a Han name begins with a common family name.
pub(super) fn is_surname(name: &str) -> bool {
    const SURNAMES: &str = "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇\
        卢盧蒋蔣蔡贾賈丁魏薛叶葉阎余潘杜戴夏钟鐘汪田任姜范方石姚谭譚廖邹熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段钱錢汤湯尹黎易常武乔喬贺賀赖龚龔文习習温溫栗";
    name.chars().next().is_some_and(|first| SURNAMES.contains(first))
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
