//! Weights: two heads, integers only, so that the same text has the same score everywhere.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::cues::{CueKind, N_CUES};
use super::features::Wording;
use super::tokens::{self, Token};
use crate::analysis::language::Language;
use crate::analysis::sieve::Sieve;
use crate::text::ByteRange;

/// What something adds to the two heads, in hundredths of a logit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Heads {
    /// Would a fact-checker ask for the source?
    pub(crate) worthy: i32,
    /// Can it be verified at all?
    pub(crate) checkable: i32,
}

impl Heads {
    /// The sum of two.
    pub(crate) fn plus(self, other: Heads) -> Heads {
        Heads { worthy: self.worthy + other.worthy, checkable: self.checkable + other.checkable }
    }
}

/// The weights of the cues for a language.
pub(crate) struct Table {
    /// What every sentence begins with: the shipped thresholds, negated.
    pub(crate) start: Heads,
    cues: [Heads; N_CUES],
    /// How much of the worthy head a cue keeps in a sentence in nobody's voice, in percent.
    kept: [i32; N_CUES],
}

impl Table {
    /// What a cue adds.
    pub(crate) fn of(&self, cue: CueKind) -> Heads {
        self.cues.get(cue.index()).copied().unwrap_or_default()
    }

    /// What is left of that in a sentence in nobody's voice.
    pub(crate) fn without_voice(&self, cue: CueKind, heads: Heads) -> Heads {
        let kept = self.kept.get(cue.index()).copied().unwrap_or(100);
        Heads { worthy: heads.worthy * kept / 100, ..heads }
    }
}

/// Weights beside a table of wordings: English, French, Chinese; and weights that stand alone.
static TABLES: LazyLock<[Table; 4]> = LazyLock::new(|| {
    let list = include_str!("weights.txt");
    [1, 3, 5, 7].map(|column| read_table(list, column))
});

/// Most lines that a table of wordings may have.
const MOST_WORDINGS: usize = 4096;

/// A table of wordings.
struct Wordings {
    /// By hash: the number of the wording, and what it adds.
    known: FxHashMap<u64, (u16, Heads)>,
    sieve: Sieve,
}

impl Wordings {
    fn get(&self, hash: u64) -> Option<&(u16, Heads)> {
        if self.sieve.may_hold(hash) { self.known.get(&hash) } else { None }
    }
}

/// The tables of wordings, by language.
static WORDINGS: LazyLock<[Wordings; 3]> = LazyLock::new(|| {
    let french = include_str!("wordings-fr.txt");
    [include_str!("wordings-en.txt"), french, CHINESE_WORDINGS].map(read_wordings)
});

/// The Chinese table of wordings; its words are cut out of a sentence whole.
pub(crate) const CHINESE_WORDINGS: &str = include_str!("wordings-zh.txt");

fn read_wordings(list: &str) -> Wordings {
    let mut known = FxHashMap::default();
    let lines = list.lines().filter(|line| !line.starts_with('#')).take(MOST_WORDINGS);
    for (number, line) in (0u16..).zip(lines) {
        let mut fields = line.split('\t');
        let (Some(words), Some(worthy), Some(checkable)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        let hashes = words.split(' ').map(tokens::hash_word);
        let Some(hash) = hashes.reduce(tokens::join) else { continue };
        let heads = Heads { worthy: worthy.parse().unwrap_or(0), checkable: checkable.parse().unwrap_or(0) };
        known.insert(hash, (number, heads));
    }
    let sieve = Sieve::of(known.keys().copied());
    Wordings { known, sieve }
}

/// The weights for a language.
pub(crate) fn table(language: Language) -> &'static Table {
    let [english, french, chinese, alone] = &*TABLES;
    match language {
        Language::English => english,
        Language::French => french,
        Language::Chinese => chinese,
        Language::Other => alone,
    }
}

/// Reads two columns of the list of weights.
fn read_table(list: &str, column: usize) -> Table {
    let mut table = Table { start: Heads::default(), cues: [Heads::default(); N_CUES], kept: [100; N_CUES] };
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| fields.get(at).and_then(|field| field.trim().parse().ok()).unwrap_or(0);
        let heads = Heads { worthy: number(column), checkable: number(column + 1) };
        match fields.first().and_then(|name| CueKind::of_name(name)) {
            Some(CueKind::Start) => table.start = heads,
            Some(cue) => {
                if let Some(place) = table.cues.get_mut(cue.index()) {
                    *place = heads;
                }
                if let Some(place) = table.kept.get_mut(cue.index()) {
                    *place = fields.get(9).and_then(|field| field.trim().parse().ok()).unwrap_or(100);
                }
            }
            None => (),
        }
    }
    table
}

/// What the words and pairs of words of a sentence add, with the three strongest; `None` without a table.
pub(crate) fn wording(tokens: &[Token], language: Language) -> Option<Wording> {
    let [english, french, chinese] = &*WORDINGS;
    let wordings = match language {
        Language::English => english,
        Language::French => french,
        Language::Chinese => chinese,
        Language::Other => return None,
    };
    let mut strongest: [(i32, ByteRange); 3] = [(0, ByteRange::default()); 3];
    let mut sum = Heads::default();
    let mut before: Option<&Token> = None;
    // A wording counts once: one bit each.
    let mut seen = [0u64; MOST_WORDINGS / 64];
    let mut count = |hash: u64, start: u32, end: u32| {
        let Some((number, heads)) = wordings.get(hash) else { return };
        let (block, bit) = (usize::from(*number) / 64, 1u64 << (number % 64));
        let Some(bits) = seen.get_mut(block).filter(|bits| **bits & bit == 0) else { return };
        *bits |= bit;
        sum = sum.plus(*heads);
        let weight = heads.worthy.abs();
        if let Some(place) = strongest.iter_mut().min_by_key(|(weight, _)| *weight)
            && place.0 < weight
        {
            *place = (weight, ByteRange { start, end });
        }
    };
    for token in tokens {
        if !token.is_word() {
            before = None;
            continue;
        }
        count(token.hash, token.start, token.end);
        if let Some(before) = before {
            count(tokens::join(before.hash, token.hash), before.start, token.end);
        }
        before = Some(token);
    }
    strongest.sort_by_key(|(weight, range)| (-weight, range.start));
    Some(Wording { words: strongest.map(|(_, range)| range), heads: sum })
}

/// The calibrated score of a sum: 0.5 at the shipped threshold, four decimals.
pub(crate) fn calibrated(sum: i32) -> f32 {
    let logit = f64::from(sum.clamp(-2000, 2000)) / 100.0;
    let score = 1.0 / (1.0 + (-logit).exp());
    #[expect(clippy::cast_possible_truncation, reason = "four decimals fit")]
    let rounded = ((score * 10_000.0).round() / 10_000.0) as f32;
    rounded
}
