//! Names in a block that may be somebody's: capitalised words, abbreviations, Han names by their suffix or by a verb of
//! speech. What is no name (days, places, titles of works, headlines, page chrome) is left out here.

use super::concepts::{Sort, chain, lexicon};
use crate::analysis::gazetteer::words as common;
use crate::analysis::mentions::lexicon as context;
use crate::analysis::mentions::line::Line;
use crate::text::ByteRange;
use crate::text::fold::Class;
use crate::text::tokens::{Join, Shape, Token, hash_pieces};
use std::sync::LazyLock;

/// What speaks for a name; a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cue(u16);

macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Cue { $($(#[$doc])* pub(super) const $name: Cue = Cue(1 << $bit);)* }
    };
}

cues! {
    /// Its capital is not a sentence's.
    INSIDE = 0;
    /// It speaks: "said Jane Doe", 某某表示.
    SPEAKS = 1;
    /// "X, a Canberra think tank"; « le directeur Y ».
    APPOSED = 2;
    /// A title stands before it.
    TITLE = 3;
    /// A word of it is that of an organisation.
    BODY = 4;
    /// One word in capitals.
    ACRONYM = 5;
    /// A given name begins it.
    GIVEN = 6;
    /// In brackets, or with its abbreviation in brackets.
    BRACKET = 7;
    /// In Han characters.
    HAN = 8;
    /// Several words.
    LONG = 9;
    /// An ordinary word or the name of a place.
    ORDINARY = 10;
    /// A legal form follows it: Inc., GmbH.
    LEGAL = 11;
    /// Two or three words with capitals, none that of an organisation: its last may be a surname.
    PERSONAL = 12;
}

impl Cue {
    /// Whether any of these bits is set.
    pub(super) fn any(self, bits: Cue) -> bool {
        self.0 & bits.0 != 0
    }

    /// Both sets.
    pub(super) fn with(self, bits: Cue) -> Cue {
        Cue(self.0 | bits.0)
    }

    fn set(&mut self, bits: Cue, on: bool) {
        if on {
            self.0 |= bits.0;
        }
    }
}

/// A name that may be somebody's.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Bytes from the start of the block.
    pub(super) range: ByteRange,
    /// The form, folded and hashed.
    pub(super) form: u64,
    /// The last word's hash: a surname stands alone later on.
    pub(super) last: u64,
    pub(super) cues: Cue,
}

/// A name has at most this many tokens.
const MAX_TOKENS: usize = 9;

/// Finds the names of a block.
pub(super) fn read(text: &str, tokens: &[Token], out: &mut Vec<Candidate>) {
    let mut at = 0;
    let mut line = Line::default();
    while at < tokens.len() {
        let Some(token) = tokens.get(at) else { break };
        if token.class == Class::Han {
            let end = han(text, tokens, at, out);
            at = end.max(at + 1);
            continue;
        }
        let cased = matches!(token.class, Class::Latin | Class::Cyrillic | Class::Greek);
        if !token.shape.has_capital() || !cased {
            at += 1;
            continue;
        }
        if line.end <= token.start {
            line = Line::around(text, tokens, token.start);
        }
        let last = run_end(tokens, at);
        if !line.is_title && !line.is_caps {
            out.extend(latin(text, tokens, at, last));
        }
        at = last + 1;
    }
}

/// The last token of the row of capitalised words that starts at `first`; small words may stand between them.
fn run_end(tokens: &[Token], first: usize) -> usize {
    let class = tokens.get(first).map(|token| token.class);
    let mut last = first;
    let mut at = first + 1;
    let head = tokens.get(first).is_some_and(|token| lexicon().is_head(token.hash));
    let given = tokens.get(first).is_some_and(|token| context::is_given_name(token.hash));
    while at < tokens.len() && at < first + MAX_TOKENS {
        let Some(token) = tokens.get(at) else { break };
        let joined = matches!(token.join, Join::Space | Join::LineEnd | Join::Hyphen | Join::Apostrophe);
        if !joined {
            break;
        }
        let possessive = token.join == Join::Apostrophe && token.end - token.start == 1 && token.shape == Shape::Lower;
        if token.shape.has_capital() && Some(token.class) == class {
            last = at;
        } else if token.class == Class::Digit
            && token.join == Join::Space
            && last + 1 == at
            && token.end - token.start <= 2
        {
            last = at;
        } else if possessive || !(head && is_link(token.hash) || is_name_particle(token.hash, given)) {
            break;
        } else if at - last > 2 {
            break;
        }
        at += 1;
    }
    last
}

/// Small words inside the names of bodies: Ministry of Education, Centre for Research.
pub(super) fn is_link(hash: u64) -> bool {
    const LINKS: &[&str] = &[
        "of", "for", "and", "on", "the", "de", "du", "des", "d", "la", "l", "le", "les", "à", "au", "aux", "pour",
        "sur", "et", "s",
    ];
    static HASHES: LazyLock<Vec<u64>> = LazyLock::new(|| sorted(LINKS));
    HASHES.binary_search(&hash).is_ok()
}

/// Small words inside people's names; the French ones only after a given name, for they are everywhere.
fn is_name_particle(hash: u64, given: bool) -> bool {
    common::is_particle(hash) && (given || !is_link(hash))
}

fn sorted(words: &[&str]) -> Vec<u64> {
    let mut hashes: Vec<u64> = words.iter().map(|word| hash_pieces(&[word])).collect();
    hashes.sort_unstable();
    hashes
}

fn latin(text: &str, tokens: &[Token], first: usize, last: usize) -> Option<Candidate> {
    let mut first = first;
    let mut cues = Cue::default();
    let mut opens = opens_sentence(text, tokens, first);
    // The first word of a sentence, and titles, are no part of a name.
    while first <= last {
        let token = tokens.get(first)?;
        let title = context::is_title(token.hash);
        let weekday = common::is_calendar(token.hash);
        let plain = common::is_function(token.hash) && token.shape != Shape::Upper;
        let elided = tokens.get(first + 1).is_some_and(|next| next.join == Join::Apostrophe)
            && token.end - token.start <= 4
            && context::is_elision(token.hash);
        let opener = opens && first < last && is_opener(text, token);
        if !(title || weekday || plain || opener || elided) {
            break;
        }
        cues.set(Cue::TITLE, title);
        opens = false;
        first += 1;
    }
    first = after_role(tokens, first, last, &mut cues);
    let mut last = last;
    while first < last
        && tokens.get(last).is_some_and(|token| common::is_calendar(token.hash) || context::is_legal_form(token.hash))
    {
        cues.set(Cue::LEGAL, tokens.get(last).is_some_and(|token| context::is_legal_form(token.hash)));
        last -= 1;
    }
    let own = tokens.get(first..=last)?;
    let (start, end) = (own.first()?, own.last()?);
    let named = own.iter().filter(|token| token.shape.has_capital()).count();
    if own.iter().all(|token| token.end - token.start < 2) || is_work(text, start, end) || is_address(text, start, end)
    {
        return None;
    }
    cues.set(Cue::INSIDE, !opens || 1 < named);
    cues.set(Cue::LONG, 1 < named);
    cues.set(Cue::ACRONYM, own.len() == 1 && start.shape == Shape::Upper);
    cues.set(Cue::GIVEN, 1 < named && context::is_given_name(start.hash));
    cues.set(Cue::BODY, own.iter().any(|token| lexicon().is_head(token.hash)));
    cues.set(Cue::PERSONAL, (2..=3).contains(&named) && own.len() <= 5 && !cues.any(Cue::BODY));
    let place = own.iter().filter(|token| token.shape.has_capital()).all(|token| {
        lexicon().is_place(token.hash) || context::is_nation(token.hash) || common::is_function(token.hash)
    });
    let is_country = lexicon()
        .unit(text, tokens, first, &|_| None)
        .is_some_and(|unit| unit.last == last && (unit.concepts.has(Sort::Country) || unit.concepts.has(Sort::Place)));
    let ordinary = named == 1 && own.len() == 1 && common::is_common(start.hash);
    let camel = own.len() == 1 && start.shape == Shape::Mixed;
    let people = is_people(text, end) || named == 1 && is_camp(start.hash);
    if place || is_country || people || (own.len() == 1 && is_no_name(start, text)) {
        return None;
    }
    cues.set(Cue::ORDINARY, ordinary && !camel);
    around(text, tokens, first, last, &mut cues);
    let form = chain(own.iter().map(|token| token.hash));
    let range = ByteRange::new(start.start as usize, end.end as usize);
    Some(Candidate { range, form, last: end.hash, cues })
}

/// Where a name begins after what its bearer is: "Wells Fargo CEO John Stumpf", "Republican Jane Doe".
fn after_role(tokens: &[Token], first: usize, last: usize, cues: &mut Cue) -> usize {
    let body = tokens.get(last).is_some_and(|token| lexicon().is_head(token.hash));
    for at in (first + 1..=last).rev() {
        let (Some(before), Some(token)) = (tokens.get(at - 1), tokens.get(at)) else { break };
        let title = context::is_title(before.hash) || is_role(before.hash);
        let given = at < last && context::is_given_name(token.hash);
        let other = lexicon().is_place(before.hash) || context::is_nation(before.hash) || is_camp(before.hash);
        let starts = title || given && !body && (other || !context::is_given_name(before.hash) && first + 1 < at);
        if starts && token.join == Join::Space && (title || !body) {
            cues.set(Cue::TITLE, title);
            return at;
        }
    }
    first
}

/// Members of parties, faiths and peoples: words that stand with a capital and name many.
fn is_camp(hash: u64) -> bool {
    const CAMPS: &[&str] = &[
        "republican",
        "republicans",
        "democrat",
        "democrats",
        "democratic",
        "libertarian",
        "conservative",
        "conservatives",
        "tory",
        "tories",
        "labour",
        "liberal",
        "liberals",
        "socialist",
        "socialists",
        "communist",
        "communists",
        "marxist",
        "muslim",
        "muslims",
        "christian",
        "christians",
        "jew",
        "jews",
        "jewish",
        "catholic",
        "catholics",
        "protestant",
        "buddhist",
        "hindu",
        "hindus",
        "hispanic",
        "hispanics",
        "latino",
        "latinos",
        "latinx",
        "blacks",
        "whites",
        "uyghur",
        "uyghurs",
        "uighur",
        "uighurs",
        "kurd",
        "kurds",
        "kurdish",
        "arabs",
        "islamist",
        "islamists",
        "nazi",
        "nazis",
        "zionist",
        "tibetans",
        "ouïghour",
        "ouïghours",
        "républicains",
        "démocrates",
        "musulmans",
        "juifs",
        "catholiques",
        "crooked",
        "senate",
        "house",
        "gop",
        "miss",
        "millennials",
        "westerners",
        "occidentaux",
    ];
    static HASHES: LazyLock<Vec<u64>> = LazyLock::new(|| sorted(CAMPS));
    HASHES.binary_search(&hash).is_ok()
}

/// Americans, African-Americans, Canadiens.
fn is_people(text: &str, token: &Token) -> bool {
    let word = token.of(text);
    let one = word
        .strip_suffix('s')
        .is_some_and(|one| context::is_nation(hash_pieces(&[one])) || lexicon().is_place(hash_pieces(&[one])));
    one || is_camp(token.hash)
}

/// Words that open a sentence with a capital before a name: participles, adverbs, ordinary words.
fn is_opener(text: &str, token: &Token) -> bool {
    let word = token.of(text);
    let adverb = word.ends_with("ly") || word.ends_with("ment") || word.ends_with("ing");
    token.shape == Shape::Capital
        && !context::is_given_name(token.hash)
        && !lexicon().is_head(token.hash)
        && (adverb || common::is_common(token.hash) || context::is_speech(token.hash))
}

/// Abbreviations and words that stand with a capital and name nobody.
fn is_no_name(token: &Token, text: &str) -> bool {
    const WORDS: &str = " ai ia ceo cto cfo pdg dg tv pc it gps sms pdf url html http https www usb gdp pib vpn api faq am pm est gmt \
        utc ad bc covid dvd cd phd md vip ok usd eur rmb cny hiv sida adn dna wifi internet web app apps chatbot cloud \
        bitcoin islam christianity god dieu allah noël christmas easter pâques ramadan olympics renaissance english french \
        ngo ngos ong ev evs ip ssl seo roi hr rh vo pm2 mp mps nft gpu cpu ram rom io ui ux isbn issn doi qr \
        twitter-like blog email e-mail online marxist marxism marxisme nazi nazis fascist bolshevik stalinist maoist \
        euro euros dollar dollars yuan renminbi yen rouble km kg mph ghz mhz gb mb tb kb nsfw lgbt lgbtq osint vs \
        monsieur madame messieurs mesdames newsletter copyright abonnés publicité advertisement photo photos vidéo video ";
    let word = token.of(text).to_lowercase();
    let initial = token.shape == Shape::Initial || token.end - token.start < 3;
    let roman = token.shape == Shape::Upper && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c'));
    initial
        || roman
        || WORDS.contains(&format!(" {word} "))
        || common::is_calendar(token.hash)
        || common::is_function(token.hash)
}

/// A title of a work: in quotation marks or emphasis as a whole.
fn is_work(text: &str, start: &Token, end: &Token) -> bool {
    let before = text.get(..start.start as usize).unwrap_or_default().trim_end_matches(['\u{a0}', '\u{202f}', ' ']);
    let after =
        text.get(end.end as usize..).unwrap_or_default().trim_start_matches(['\u{a0}', '\u{202f}', ' ', ',', '.']);
    before.ends_with(['“', '«', '"', '‘', '*', '_', '《'])
        && after.starts_with(['”', '»', '"', '’', '*', '_', '》', '“'])
}

/// Part of a URL, an e-mail address, a handle or a hashtag.
fn is_address(text: &str, start: &Token, end: &Token) -> bool {
    let before = text.get(..start.start as usize).unwrap_or_default();
    let after = text.get(end.end as usize..).unwrap_or_default();
    let dotted = after.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
    before.ends_with(['@', '#', '/', '\\', '.', '=', '&', '[', '_']) && !before.ends_with("...")
        || after.starts_with(['@', '/', '=', '_'])
        || dotted
}

fn around(text: &str, tokens: &[Token], first: usize, last: usize, cues: &mut Cue) {
    let (Some(start), Some(end)) = (tokens.get(first), tokens.get(last)) else { return };
    let before = first.checked_sub(1).and_then(|at| tokens.get(at));
    let after = tokens.get(last + 1);
    let rest = text.get(end.end as usize..).unwrap_or_default();
    let lead = text.get(..start.start as usize).unwrap_or_default();
    if let Some(before) = before.filter(|_| matches!(start.join, Join::Space | Join::LineEnd)) {
        cues.set(Cue::SPEAKS, context::is_speech(before.hash));
        cues.set(Cue::TITLE, context::is_title(before.hash));
        cues.set(Cue::APPOSED, is_role(before.hash));
        cues.set(Cue::BODY, before.shape == Shape::Lower && lexicon().is_head(before.hash) && is_role(before.hash));
    }
    if let Some(after) = after {
        let auxiliary = after.join == Join::Space && after.end - after.start <= 4 && context::is_predicate(after.hash);
        let second = tokens.get(last + 2).filter(|token| auxiliary && token.join == Join::Space);
        let says = after.join == Join::Space && context::is_speech(after.hash) && !is_role(after.hash);
        cues.set(Cue::SPEAKS, says || second.is_some_and(|token| context::is_speech(token.hash)));
        // "Jane Doe, a researcher at …", « Jane Doe, chercheuse à … ».
        if rest.starts_with(", ") {
            let row = tokens.get(last + 1..).unwrap_or_default();
            let near = row
                .iter()
                .take(6)
                .enumerate()
                .take_while(|(at, token)| *at == 0 || !matches!(token.join, Join::Other | Join::Break));
            let opens = after.shape == Shape::Lower;
            let is_role_near =
                near.map(|(_, token)| token).any(|token| is_role(token.hash) || lexicon().is_head(token.hash));
            cues.set(Cue::APPOSED, opens && is_role_near && is_apposition_start(after));
        }
    }
    let abbreviation = rest.strip_prefix(" (").and_then(|rest| rest.split_once(')')).map(|(inside, _)| inside);
    let capitals =
        |word: &str| 1 < word.len() && word.len() <= 8 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    cues.set(Cue::BRACKET, abbreviation.is_some_and(capitals) || lead.ends_with('(') && rest.starts_with(')'));
}

/// An article, or the noun itself: what an apposition begins with.
fn is_apposition_start(token: &Token) -> bool {
    [
        "a", "an", "the", "un", "une", "le", "la", "l", "its", "his", "her", "son", "sa", "leur", "one", "part",
        "former", "ancien", "ancienne", "who",
    ]
    .iter()
    .any(|it| hash_pieces(&[it]) == token.hash)
        || is_role(token.hash)
}

/// Nouns that say what somebody is.
fn is_role(hash: u64) -> bool {
    const ROLES: &[&str] = &[
        "researcher",
        "researchers",
        "analyst",
        "author",
        "professor",
        "expert",
        "director",
        "founder",
        "cofounder",
        "co-founder",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "journalist",
        "reporter",
        "lawyer",
        "economist",
        "activist",
        "engineer",
        "executive",
        "employee",
        "fellow",
        "scholar",
        "historian",
        "scientist",
        "official",
        "diplomat",
        "lawmaker",
        "investor",
        "billionaire",
        "chairman",
        "chairwoman",
        "president",
        "chief",
        "head",
        "editor",
        "columnist",
        "strategist",
        "adviser",
        "advisor",
        "consultant",
        "manager",
        "firm",
        "startup",
        "start-up",
        "company",
        "nonprofit",
        "non-profit",
        "subsidiary",
        "unit",
        "tank",
        "publisher",
        "broadcaster",
        "newspaper",
        "website",
        "outlet",
        "platform",
        "app",
        "service",
        "charity",
        "watchdog",
        "group",
        "organization",
        "organisation",
        "maker",
        "giant",
        "developer",
        "contractor",
        "arm",
        "chercheur",
        "chercheuse",
        "analyste",
        "auteur",
        "autrice",
        "professeur",
        "professeure",
        "directeur",
        "directrice",
        "fondateur",
        "fondatrice",
        "porte-parole",
        "journaliste",
        "avocat",
        "avocate",
        "économiste",
        "militant",
        "militante",
        "ingénieur",
        "ingénieure",
        "employé",
        "employée",
        "historien",
        "historienne",
        "responsable",
        "diplomate",
        "député",
        "députée",
        "sénateur",
        "sénatrice",
        "investisseur",
        "milliardaire",
        "président",
        "présidente",
        "chef",
        "cheffe",
        "éditeur",
        "éditrice",
        "entreprise",
        "société",
        "filiale",
        "groupe",
        "association",
        "organisation",
        "ong",
        "éditorialiste",
        "chroniqueur",
        "consultant",
        "conseiller",
        "conseillère",
        "politologue",
        "sociologue",
        "sinologue",
        "spécialiste",
        "experte",
        "ministre",
        "dirigeant",
        "dirigeante",
        "startuper",
        "média",
        "site",
        "laboratoire",
        "institut",
        "institute",
        "appelée",
        "appelé",
        "nommée",
        "nommé",
        "called",
        "named",
        "dubbed",
    ];
    static HASHES: LazyLock<Vec<u64>> = LazyLock::new(|| sorted(ROLES));
    HASHES.binary_search(&hash).is_ok()
}

/// Words that may follow an outlet's abbreviation: AP News, BBC Radio.
pub(super) fn is_media_tail(hash: u64) -> bool {
    ["news", "tv", "radio", "television", "press", "agency", "online", "group", "media"]
        .iter()
        .any(|it| hash_pieces(&[it]) == hash)
}

/// Whether the token is the first of a sentence, quotation or line.
pub(super) fn opens_sentence(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return true };
    let Some(before) = at.checked_sub(1).and_then(|at| tokens.get(at)) else { return true };
    match token.join {
        Join::Break => true,
        Join::LineEnd => {
            let line = text.get(..before.end as usize).and_then(|text| text.rsplit('\n').next()).map_or(0, str::len);
            line < 40
        }
        Join::Other => {
            let gap = text.get(before.end as usize..token.start as usize).unwrap_or_default();
            gap.contains(['.', '!', '?', '…', '“', '«', '"', '„', '”', '•', '|', '\n', ':', ';'])
        }
        Join::Apostrophe => before.end - before.start <= 4 && opens_sentence(text, tokens, at - 1),
        _ => false,
    }
}

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
const HAN_OPENERS: &[&str] = &[
    "的", "在", "和", "与", "是", "了", "向", "对", "由", "被", "为", "从", "及", "据", "而", "等", "让", "给", "把",
    "一家", "这家", "该", "某", "多家", "两家", "以及", "因为", "如果", "一个", "其", "我", "你", "他", "她", "们",
    "有", "到", "将", "也", "都", "还", "于", "会", "当", "并", "但", "前", "后", "要", "不", "就", "来", "去", "时",
    "此", "每", "各", "所", "同", "或",
];

/// Reads a run of Han characters; returns the token after it.
fn han(text: &str, tokens: &[Token], at: usize, out: &mut Vec<Candidate>) -> usize {
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
            if let Some(from) = han_start(words, place).filter(|_| !covered) {
                out.extend(han_candidate(tokens, start + from, stop, Cue::BODY));
            }
        }
    }
    for verb in HAN_SPEECH {
        let speaks = words.match_indices(verb).map(|(place, _)| place);
        for place in speaks {
            if let Some(from) = person_before(words, place) {
                out.extend(han_candidate(tokens, start + from, start + place, Cue::SPEAKS.with(Cue::GIVEN)));
            }
        }
    }
    at + n
}

/// Where the name before a suffix begins: after the last word that no name has inside, two to ten characters back.
fn han_start(words: &str, suffix: usize) -> Option<usize> {
    let before = words.get(..suffix)?;
    let mut from = suffix;
    let mut n = 0;
    for (at, _) in before.char_indices().rev() {
        let rest = before.get(at..)?;
        if 10 < n || HAN_OPENERS.iter().any(|opener| rest.starts_with(opener)) {
            break;
        }
        from = at;
        n += 1;
    }
    (2..=10).contains(&n).then_some(from)
}

/// A Han person's name of two or three characters before a verb of speech: it opens the sentence or follows a title.
fn person_before(words: &str, verb: usize) -> Option<usize> {
    const TITLES: &[&str] = &[
        "主席",
        "总统",
        "总理",
        "部长",
        "发言人",
        "教授",
        "记者",
        "主任",
        "经理",
        "总裁",
        "专家",
        "研究员",
        "分析师",
        "大使",
        "市长",
        "局长",
        "律师",
        "董事长",
        "院长",
    ];
    const NEVER_GIVEN: &str =
        "地得着过再又只才正曾则可能多这那些什么中国人民员者会部长家方司报局署面还已应该随如何没未是为以";
    let before = words.get(..verb)?;
    for n in [3, 2] {
        let Some((from, _)) = before.char_indices().rev().nth(n - 1) else { continue };
        let name = before.get(from..)?;
        let lead = before.get(..from)?;
        let given = name.chars().skip(1).all(|c| !NEVER_GIVEN.contains(c));
        let clean = given
            && !HAN_OPENERS.iter().any(|opener| name.contains(opener))
            && TITLES.iter().all(|title| !name.contains(title));
        let opens = lead.is_empty() || TITLES.iter().any(|title| lead.ends_with(title));
        if clean && opens && is_han_surname(name) {
            return Some(from);
        }
    }
    None
}

/// Whether a Han name begins with a common family name.
pub(super) fn is_han_surname(name: &str) -> bool {
    const SURNAMES: &str = "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇\
        卢盧蒋蔣蔡贾賈丁魏薛叶葉阎余潘杜戴夏钟鐘汪田任姜范方石姚谭譚廖邹熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段钱錢汤湯尹黎易常武乔喬贺賀赖龚龔文习習温溫栗";
    name.chars().next().is_some_and(|first| SURNAMES.contains(first))
}

fn han_candidate(tokens: &[Token], start: usize, end: usize, cues: Cue) -> Option<Candidate> {
    let from = tokens.partition_point(|token| (token.start as usize) < start);
    let to = tokens.partition_point(|token| (token.start as usize) < end);
    let own = tokens.get(from..to)?;
    let form = chain(own.iter().map(|token| token.hash));
    let last = own.last()?.hash;
    Some(Candidate { range: ByteRange::new(start, end), form, last, cues: cues.with(Cue::HAN).with(Cue::INSIDE) })
}
