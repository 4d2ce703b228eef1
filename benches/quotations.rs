//! How long a quotation takes to be checked against a long archived copy, and whether every verdict is right.
//!
//! `cargo bench --bench quotations`. The copy and the quotations are made from the sentences below, the same each time.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints what it measured")]

use glossator::analysis::quotations::{Passage, Passages};
use glossator::text::ByteRange;
use std::borrow::Cow;
use std::time::{Duration, Instant};

const COPY_BYTES: usize = 5_000_000;
const N_QUOTATIONS: usize = 200;

const SUBJECTS: &[&str] = &[
    "the harbour office",
    "a retired pilot",
    "the ministry of roads",
    "our correspondent",
    "the village council",
    "an auditor from the capital",
    "the shipping company",
    "a group of teachers",
    "the northern railway",
    "the weather station",
    "la préfecture",
    "le syndicat des dockers",
    "une ancienne juge",
    "the state broadcaster",
];
const VERBS: &[&str] = &[
    "published",
    "withheld",
    "counted",
    "sold",
    "repaired",
    "described",
    "denied",
    "measured",
    "a refusé",
    "a transmis",
    "a corrigé",
    "promised",
    "inspected",
    "photographed",
    "archived",
    "translated",
];
const OBJECTS: &[&str] = &[
    "the ledgers",
    "a list of passengers",
    "seven bridges",
    "the tide tables",
    "every contract",
    "le rapport annuel",
    "les relevés de compte",
    "an old map",
    "the minutes of the meeting",
    "two hundred letters",
    "the fuel receipts",
    "a recording",
    "the building permits",
    "les listes électorales",
];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % n
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words.get(self.roll(words.len())).copied().unwrap_or_default()
    }

    /// A name that hardly comes twice.
    fn name(&mut self) -> String {
        let parts =
            ["ar", "be", "cor", "du", "el", "fi", "gan", "ho", "is", "jo", "ka", "lu", "mer", "no", "os", "pra"];
        let n_parts = 2 + self.roll(3);
        let mut name: String = (0..n_parts).map(|_| self.pick(&parts)).collect();
        name.get_mut(..1).unwrap().make_ascii_uppercase();
        name
    }

    fn sentence(&mut self) -> String {
        let (subject, verb, object) = (self.pick(SUBJECTS), self.pick(VERBS), self.pick(OBJECTS));
        let (place, person, number) = (self.name(), self.name(), self.roll(9000));
        match self.roll(4) {
            0 => format!("In {place}, {subject} {verb} {object} before {person} arrived with {number} pages."),
            1 => format!("{person} of {place} says that {subject} {verb} {object}, {number} in all."),
            2 => format!("“Near {place},” wrote {person}, “{subject} {verb} {object} for {number} days.”"),
            _ => format!("{number} people in {place} heard how {subject} {verb} {object}; {person} was there."),
        }
    }
}

fn copy() -> String {
    let mut dice = Dice(0x5EED);
    let mut text = String::with_capacity(COPY_BYTES + 200);
    while text.len() < COPY_BYTES {
        text.push_str(&dice.sentence());
        text.push_str(if dice.roll(6) == 0 { "\n\n" } else { " " });
    }
    text
}

/// What a quotation should be found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Truth {
    Exact,
    Altered,
    Absent,
}

struct Quotation {
    words: String,
    truth: Truth,
    /// Where it was taken from.
    place: ByteRange,
}

/// Words of the copy from a random place, 60 to 600 bytes.
fn taken(dice: &mut Dice, text: &str) -> ByteRange {
    loop {
        let start = dice.roll(text.len() - 1000);
        let length = 60 + dice.roll(540);
        let word_start = |at: usize| text.as_bytes().iter().skip(at).position(|byte| *byte == b' ').map(|n| at + n + 1);
        let (Some(start), Some(end)) = (word_start(start), word_start(start + length)) else { continue };
        return ByteRange::new(start, end - 1);
    }
}

/// Replaces, leaves out or adds one letter in so many.
fn altered(dice: &mut Dice, words: &str, hundredths: usize) -> String {
    let mut chars: Vec<char> = words.chars().collect();
    let n_edits = (chars.len() * hundredths / 100).max(1);
    for _ in 0..n_edits {
        let at = loop {
            let at = dice.roll(chars.len());
            if chars.get(at).is_some_and(|c| c.is_alphabetic()) {
                break at;
            }
        };
        let letter = char::from(b'a' + u8::try_from(dice.roll(26)).unwrap_or(0));
        match dice.roll(3) {
            0 => drop(chars.remove(at)),
            1 => chars.insert(at, letter),
            _ => *chars.get_mut(at).unwrap() = letter,
        }
    }
    chars.into_iter().collect()
}

fn quotations(text: &str) -> Vec<Quotation> {
    let mut dice = Dice(0xACE);
    let mut quotations = Vec::new();
    for nth in 0..N_QUOTATIONS {
        let place = taken(&mut dice, text);
        let words = place.of(text).unwrap().replace('\n', " ");
        quotations.push(match nth % 5 {
            0 | 1 => Quotation { words, truth: Truth::Exact, place },
            2 | 3 => {
                let words = altered(&mut dice, &words, 1 + nth % 15);
                Quotation { words, truth: Truth::Altered, place }
            }
            _ => {
                let words = format!(
                    "Nobody expected that {} would ever forgive the gardeners of {} for their silence about number {}",
                    dice.name(),
                    dice.name(),
                    dice.roll(9000)
                );
                Quotation { words, truth: Truth::Absent, place }
            }
        });
    }
    quotations
}

/// Whether the verdict is the true one, at the right place.
fn is_right(text: &str, quotation: &Quotation, found: Option<&Passage>) -> bool {
    match (quotation.truth, found) {
        (Truth::Absent, found) => found.is_none(),
        (Truth::Exact, Some(found)) => {
            let words = |range: ByteRange| range.of(text).unwrap_or_default().split_whitespace().collect::<String>();
            found.changes.is_empty() && words(quotation.place).contains(&words(found.range()))
        }
        (Truth::Altered, Some(found)) => {
            let near = |a: u32, b: u32| a.abs_diff(b) < 40;
            let range = found.range();
            !found.changes.is_empty()
                && near(range.start, quotation.place.start)
                && near(range.end, quotation.place.end)
        }
        (Truth::Exact | Truth::Altered, None) => false,
    }
}

fn main() {
    let text = copy();
    let quotations = quotations(&text);
    let clock = Instant::now();
    let passages = Passages::new(&text);
    let indexing = clock.elapsed();
    let slice = |range: ByteRange| Cow::Borrowed(range.of(&text).unwrap_or_default());
    let mut times: Vec<(Duration, Truth)> = Vec::new();
    let mut n_wrong = 0;
    for quotation in &quotations {
        let clock = Instant::now();
        let found = passages.find(&quotation.words, slice);
        times.push((clock.elapsed(), quotation.truth));
        if !is_right(&text, quotation, found.as_ref()) {
            n_wrong += 1;
            println!("wrong: {:?} “{}”: {found:?}", quotation.truth, quotation.words);
        }
    }
    let report = |name: &str, keep: &dyn Fn(Truth) -> bool| {
        let mut chosen: Vec<Duration> = times.iter().filter(|it| keep(it.1)).map(|it| it.0).collect();
        chosen.sort_unstable();
        let at = |hundredths: usize| chosen.get(chosen.len() * hundredths / 100).copied().unwrap_or_default();
        println!("{name:8} {:4} quotations  p50 {:>10.1?}  p99 {:>10.1?}", chosen.len(), at(50), at(99));
    };
    println!("copy {} bytes, index {} bytes in {indexing:.1?}", text.len(), passages.size());
    report("all", &|_| true);
    report("exact", &|it| it == Truth::Exact);
    report("altered", &|it| it == Truth::Altered);
    report("absent", &|it| it == Truth::Absent);
    println!("wrong verdicts: {n_wrong} of {}", quotations.len());
    assert_eq!(n_wrong, 0, "a verdict is wrong");
}
