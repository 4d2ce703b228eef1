//! Places that stand for their governments: "Beijing said", "la Chine a censuré", "pro-Moscow"; not "in China", "the China
//! market". Grammar decides: what stands before and after the place.

use super::super::BlockView;
use super::super::gazetteer::nations::{self, State};
use super::super::gazetteer::{Gazetteer, words};
use super::{Confidence, Mention, MentionKind, MentionStatus, Reason, edges, grammar};
use crate::text::ByteRange;
use crate::text::fold::{Class, fold};
use crate::text::tokens::{Join, Shape, Token, tokenize};

/// All places of a document that stand for a government that has a record.
pub(super) fn find(blocks: &[BlockView<'_>], gazetteer: &Gazetteer) -> Vec<Mention> {
    let mut mentions = Vec::new();
    if !gazetteer.has_governments() {
        return mentions;
    }
    for block in blocks {
        let tokens = tokenize(block.text);
        let mut next = 0;
        for at in 0..tokens.len() {
            let Some((last, state)) = (next <= at).then(|| place_at(block.text, &tokens, at)).flatten() else {
                continue;
            };
            next = last + 1;
            let seat = Seat { text: block.text, tokens: &tokens, first: at, last };
            let (Some(actor), Some(reason)) = (gazetteer.government_of(state), seat.reason()) else { continue };
            mentions.push(Mention {
                range: seat.range().shifted(block.start),
                actor,
                kind: MentionKind::Metonymy,
                status: MentionStatus::Certain,
                confidence: Confidence::of(0.75),
                reason,
            });
        }
    }
    mentions
}

/// The longest place that starts at a token: its last token and its state.
fn place_at(text: &str, tokens: &[Token], at: usize) -> Option<(usize, State)> {
    let first = tokens.get(at)?;
    let fits = |(hashes, _, capitals): &&(Vec<u64>, State, bool)| {
        let own = tokens.get(at..at + hashes.len()).unwrap_or_default();
        let written = |token: &Token| token.class == Class::Han || !*capitals || token.shape.is_caps();
        own.len() == hashes.len()
            && own.iter().zip(hashes).all(|(token, hash)| token.hash == *hash && written(token))
            && own.iter().skip(1).all(|token| !matches!(token.join, Join::Other | Join::Break | Join::Apostrophe))
            && (first.class == Class::Han || first.shape.has_capital())
            && (own.last()).is_some_and(|last| last.class == Class::Han || last.shape.has_capital())
    };
    let (hashes, state, _) = nations::places(first.hash).iter().filter(fits).max_by_key(|(hashes, ..)| hashes.len())?;
    let last = at + hashes.len() - 1;
    let end = tokens.get(last)?.end;
    let han = first.class != Class::Han || edges::is_han_word(text, first.start, end);
    (han && !edges::is_in_address(text, first.start, end)).then_some((last, *state))
}

struct Seat<'a> {
    text: &'a str,
    tokens: &'a [Token],
    first: usize,
    last: usize,
}

/// What the words around a place say.
type Answer = Option<Reason>;

const SUBJECT: Reason = Reason::PlaceActs;
const OWNER: Reason = Reason::PlaceOwns;
const PARTY: Reason = Reason::PlaceParty;
const OBJECT: Reason = Reason::PlaceAddressed;

impl Seat<'_> {
    fn range(&self) -> ByteRange {
        let start = self.tokens.get(self.first).map_or(0, |token| token.start);
        ByteRange { start, end: self.tokens.get(self.last).map_or(start, |token| token.end) }
    }

    fn reason(&self) -> Answer {
        let first = self.tokens.get(self.first)?;
        if first.class == Class::Han {
            return self.han();
        }
        if let Some(joined) = self.hyphens(first) {
            return joined;
        }
        if self.is_part_of_a_name(first) {
            return None;
        }
        if let Some(after) = self.token(self.last + 1).filter(|token| token.join == Join::Apostrophe) {
            return self.possessive(after);
        }
        let before = self.before();
        match before.and_then(|at| self.preposition(at)) {
            Some(answer) => answer,
            None if self.is_subject() => Some(SUBJECT),
            None if before.is_some_and(|at| self.has_stem(at, OBJECT_VERBS)) => Some(OBJECT),
            None => None,
        }
    }

    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    fn is(&self, at: usize, set: fn(u64) -> bool) -> bool {
        self.token(at).is_some_and(|token| set(token.hash))
    }

    fn has_stem(&self, at: usize, stems: &[&str]) -> bool {
        let Some(token) = self.token(at).filter(|token| token.shape == Shape::Lower) else { return false };
        let word = fold(token.of(self.text));
        stems.iter().any(|stem| match stem.strip_suffix('.') {
            Some(whole) => word == whole,
            None => word.starts_with(stem),
        })
    }

    /// pro-Beijing, Moscow-backed; any other hyphen makes another word.
    fn hyphens(&self, first: &Token) -> Option<Answer> {
        if first.join == Join::Hyphen {
            let side = self.first.checked_sub(1).is_some_and(|at| self.is(at, grammar::is_side));
            return Some(side.then_some(PARTY));
        }
        let after = self.token(self.last + 1).filter(|token| token.join == Join::Hyphen)?;
        Some(grammar::is_backing(after.hash).then_some(OWNER))
    }

    /// Washington Post, George Washington.
    fn is_part_of_a_name(&self, first: &Token) -> bool {
        let named = |token: &Token| token.shape.has_capital() && !words::is_function(token.hash);
        let after = self.token(self.last + 1).filter(|token| matches!(token.join, Join::Space | Join::LineEnd));
        let before = self.first.checked_sub(1).and_then(|at| self.token(at));
        let is_beside = matches!(first.join, Join::Space);
        after.is_some_and(|token| token.join == Join::Space && named(token))
            || before.is_some_and(|token| is_beside && named(token) && !words::is_common(token.hash))
    }

    /// China's policy, but not China's population.
    fn possessive(&self, mark: &Token) -> Answer {
        let mut at = self.last + 2;
        if mark.of(self.text) != "s" {
            return None;
        }
        // China's new, strict policy: the noun is near.
        for _ in 0..3 {
            let token = self.token(at).filter(|token| token.join == Join::Space)?;
            if grammar::is_land_noun(token.hash) {
                return None;
            }
            at += 1;
            if self.token(at).is_none_or(|next| next.join != Join::Space || words::is_function(next.hash)) {
                break;
            }
        }
        Some(OWNER)
    }

    /// The word before the place and its article, in the same sentence.
    fn before(&self) -> Option<usize> {
        let mut at = self.first;
        for _ in 0..2 {
            let token = self.token(at)?;
            let before = at.checked_sub(1)?;
            let gap = self.text.get(self.token(before)?.end as usize..token.start as usize).unwrap_or_default();
            if token.join == Join::Break || gap.contains(['.', '!', '?', ';', ':', ',', '…', '(', '[']) {
                return None;
            }
            at = before;
            let is_article = self.is(at, words::is_article) || self.is(at, grammar::is_elided_article);
            if !is_article {
                return Some(at);
            }
        }
        None
    }

    /// What a preposition before the place says; `None` where there is none.
    fn preposition(&self, at: usize) -> Option<Answer> {
        let head = |back: usize, set: fn(u64) -> bool| at.checked_sub(back).is_some_and(|at| self.is(at, set));
        let near = |set: fn(u64) -> bool| head(1, set) || head(2, set) || head(3, set);
        if self.is(at, grammar::is_locative_of_state) {
            return Some(None);
        }
        if self.is(at, grammar::is_agent_mark) {
            return Some(Some(PARTY));
        }
        if self.is(at, grammar::is_against) {
            return Some((!self.sentence_before(at, grammar::is_attack)).then_some(PARTY));
        }
        if self.is(at, grammar::is_with) {
            return Some((!near(grammar::is_border)).then_some(PARTY));
        }
        if self.is(at, grammar::is_to) {
            return Some(head(1, grammar::is_tie).then_some(PARTY));
        }
        if self.is(at, grammar::is_for) {
            return Some(head(1, grammar::is_service).then_some(OBJECT));
        }
        if self.is(at, grammar::is_of) {
            if head(1, grammar::is_regard) {
                return Some((!near(grammar::is_critique) && !head(4, grammar::is_critique)).then_some(PARTY));
            }
            let owned = head(1, grammar::is_state_noun) || head(2, grammar::is_state_noun) && !head(1, grammar::is_rim);
            let aimed = self.is(self.last + 1, grammar::is_aim);
            return Some((owned || aimed).then_some(OWNER));
        }
        if self.is(at, grammar::is_and) && self.sentence_before(at, grammar::is_between) {
            return Some(Some(PARTY));
        }
        None
    }

    /// Whether one of the words before, back to the start of the sentence, is in the set.
    fn sentence_before(&self, at: usize, set: fn(u64) -> bool) -> bool {
        const REACH: usize = 16;
        for back in (at.saturating_sub(REACH)..at).rev() {
            if self.is(back, set) {
                return true;
            }
            let (Some(token), Some(next)) = (self.token(back), self.token(back + 1)) else { return false };
            let gap = self.text.get(token.end as usize..next.start as usize).unwrap_or_default();
            if next.join == Join::Break || gap.starts_with(['.', '!', '?']) {
                return false;
            }
        }
        false
    }

    /// Whether the place is followed by a verb that somebody who governs does.
    fn is_subject(&self) -> bool {
        let mut at = self.last + 1;
        let beside = |at: usize| {
            self.token(at).is_some_and(|token| {
                matches!(token.join, Join::Space | Join::LineEnd | Join::Apostrophe) && token.shape == Shape::Lower
            })
        };
        let adverb = |at: usize| {
            self.token(at).is_some_and(|token| {
                let word = token.of(self.text);
                grammar::is_between_subject_and_verb(token.hash)
                    || word.len() > 5 && (word.ends_with("ment") || word.ends_with("ly"))
            })
        };
        while beside(at) && adverb(at) {
            at += 1;
        }
        if !beside(at) {
            return false;
        }
        let mut after = at + 1;
        while beside(after) && adverb(after) {
            after += 1;
        }
        if self.is(at, grammar::is_modal) || self.has_stem(at, VERBS) {
            return true;
        }
        let participle = |ends: &[&str]| {
            let word = self.token(after).filter(|_| beside(after)).map(|token| fold(token.of(self.text)));
            word.is_some_and(|word| word.len() > 3 && ends.iter().any(|end| word.ends_with(end)))
        };
        if self.is(at, grammar::is_have) {
            let begins_object = self.is(after, words::is_function) || self.is(after, words::is_article);
            return !begins_object
                && participle(&["e", "ed", "en", "i", "u", "it", "is", "ert", "ade", "old", "aid", "ent"]);
        }
        self.is(at, grammar::is_be) && participle(&["ing", "ed", "ee", "ees", "es"])
    }

    /// Chinese: 中国表示, 亲北京, 中国的政策; not 在中国.
    fn han(&self) -> Answer {
        let range = self.range();
        let place = range.of(self.text).unwrap_or_default();
        let before = self.text.get(..range.start as usize).unwrap_or_default();
        let after = self.text.get(range.end as usize..).unwrap_or_default();
        let starts = |list: &[&str]| list.iter().any(|word| after.starts_with(word));
        if place.ends_with('方') && place.chars().count() == 2 {
            return Some(SUBJECT);
        }
        if before.ends_with(['在', '去', '到', '从', '于', '從', '於']) {
            return None;
        }
        if before.ends_with(['亲', '親', '反']) {
            return Some(PARTY);
        }
        if starts(HAN_VERBS) {
            return Some(SUBJECT);
        }
        let owned = after.strip_prefix('的').unwrap_or(after);
        if HAN_ORGANS.iter().any(|noun| owned.starts_with(noun)) {
            return Some(OWNER);
        }
        let relation = before.ends_with(['与', '與', '同', '对', '對', '向'])
            && (starts(&["的关系", "关系", "施压", "实施制裁", "的制裁"]));
        relation.then_some(PARTY)
    }
}

const HAN_VERBS: &[&str] = &[
    "表示", "说", "称", "宣布", "要求", "呼吁", "指责", "谴责", "否认", "警告", "强调", "批评", "抗议", "回应", "希望",
    "决定", "敦促", "承诺", "拒绝", "同意", "威胁", "禁止", "制裁", "支持", "反对", "試圖", "试图", "正在", "將", "将",
    "已经", "審查", "审查",
];

const HAN_ORGANS: &[&str] =
    &["政策", "立场", "外交", "军队", "官员", "大使", "领导人", "宣传", "当局", "国家媒体", "官媒"];

/// Beginnings of what a state does to somebody; a full stop ends a whole word. Folded.
const OBJECT_VERBS: &[&str] = &[
    "accus", "urg", "ask", "told.", "tell", "criticis", "criticiz", "blam", "condemn", "sanction", "warn", "support",
    "help", "arm.", "arms.", "arme.", "arment.", "fund", "pay.", "pays.", "paid.", "sue.", "sues.", "sued.", "suing.",
    "offer", "give.", "gives.", "gave.", "pressur", "defend", "soutien", "soutenu", "soutenir", "aid.", "aide.",
    "aident.", "appell", "exhort", "critiqu", "condamn", "poursui", "defi", "fourni", "vend.", "vendent.", "press",
    "prie", "oblig",
];

/// Beginnings of verbs whose subject governs; a full stop ends a whole word. Folded: no accents.
const VERBS: &[&str] = &[
    "said.",
    "says.",
    "say.",
    "announc",
    "accus",
    "ban.",
    "bans.",
    "banned.",
    "block",
    "censor",
    "condemn",
    "declar",
    "demand",
    "denie",
    "deny",
    "deploy",
    "detain",
    "expel",
    "fund",
    "hire",
    "hiring",
    "impos",
    "invest",
    "jail",
    "launch",
    "order",
    "pays.",
    "paid.",
    "plan",
    "promis",
    "refus",
    "reject",
    "respond",
    "retaliat",
    "sanction",
    "seek",
    "sought.",
    "sends.",
    "sent.",
    "sign",
    "spend",
    "spent.",
    "sues.",
    "sued.",
    "support",
    "threat",
    "urge",
    "uses.",
    "used.",
    "use.",
    "wants.",
    "wanted.",
    "warn",
    "builds.",
    "built.",
    "buys.",
    "bought.",
    "claim",
    "control",
    "critici",
    "defend",
    "insist",
    "invade",
    "push",
    "pledg",
    "tighten",
    "vow",
    "withdr",
    "vote",
    "agree",
    "allow",
    "calls.",
    "called.",
    "offer",
    "tries.",
    "tried.",
    "target",
    "track",
    "spies.",
    "spied.",
    "hack",
    "attack",
    "bomb",
    "strike",
    "struck.",
    "kill",
    "arrest",
    "releas",
    "welcom",
    "summon",
    "recall",
    "monitor",
    "crack",
    "lift",
    "restrict",
    "oppos",
    "back.",
    "backs.",
    "backed.",
    "arms.",
    "armed.",
    "help",
    "prais",
    "persecut",
    "silenc",
    "spread",
    "commit",
    "exterminat",
    "violat",
    "breach",
    "utilis",
    "embauch",
    "commet",
    "dement",
    "denonc",
    "condamn",
    "soutien",
    "soutenai",
    "interdi",
    "menac",
    "exig",
    "cherch",
    "tent",
    "efforc",
    "lanc",
    "financ",
    "paie",
    "paye",
    "envoi",
    "envoy",
    "deploi",
    "bombard",
    "attaqu",
    "envahi",
    "viol",
    "surveill",
    "espionn",
    "emprisonn",
    "arret",
    "liber",
    "negoci",
    "vot",
    "rejet",
    "accept",
    "appel",
    "promet",
    "nie.",
    "niait.",
    "affirm",
    "estim",
    "craint",
    "repond",
    "repli",
    "ripost",
    "autoris",
    "bloqu",
    "boycott",
    "puni",
    "achet",
    "vend",
    "fourni",
    "construi",
    "investi",
    "depens",
    "dit.",
    "disait.",
    "souhait",
    "espere",
    "veill",
    "diffus",
    "manipul",
    "harcel",
    "censur",
    "annonc",
    "assur",
    "recrut",
    "expuls",
    "ordonn",
    "accord",
    "continu",
    "poursui",
    "prepar",
    "multipl",
    "pratiqu",
    "mene",
    "orchestr",
    "organis",
    "tue",
    "detrui",
    "occup",
];
