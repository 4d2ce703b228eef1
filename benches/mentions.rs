//! How fast names are found, how long the gazetteer takes to build, and what it weighs.
//!
//! `cargo bench --bench mentions` measures 10 thousand to 3 million names and prints a table; plain numbers after `--`
//! measure that many names only, and `automata` adds the two automata that are compared with above 100,000 names (they
//! take minutes and gigabytes to build). Times are of one thread's processor, best of several runs; all cores build the
//! gazetteer, and that is told by the clock.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring program"
)]

use glossator::analysis::gazetteer::Gazetteer;
use glossator::analysis::mentions::scan;
use glossator::model::record::{Name, NameKind, Record};
use glossator::model::{ActorKey, Spanned};
use glossator::text::ByteRange;
use glossator::text::fold::fold;
use glossator::text::tokens::tokenize_into;
use std::hint::black_box;
use std::time::{Duration, Instant};

const TEXT_BYTES: usize = 20_000_000;
const RUNS: usize = 5;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let mut sizes: Vec<usize> = asked.iter().filter_map(|word| word.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000, 1_000_000, 3_000_000];
    }
    let with_automata = asked.iter().any(|word| word == "automata");
    let mut rows = Vec::new();
    for n_names in sizes {
        println!("{n_names} names, text of {} MB:", TEXT_BYTES / 1_000_000);
        rows.push(measure(n_names, with_automata || n_names <= 100_000));
    }
    println!(
        "\n| names | built | memory | 1,000 more | dense | sparse | tokens only | aho-corasick | daachorse | copy |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    rows.iter().for_each(|row| println!("{row}"));
    println!("Speeds in MB of text per second of one core.");
}

/// Measures one size; returns its row of the table.
fn measure(n_names: usize, with_automata: bool) -> String {
    let records = records(n_names);
    let build = || Gazetteer::build((0..).map(ActorKey).zip(&records));
    let built = by_the_clock(3, || drop(black_box(build())));
    let mut gazetteer = build();
    let megabytes = gazetteer.heap_bytes() / 1_000_000;
    println!("  built in {:.2} s, {megabytes} MB", built.as_secs_f64());
    let added = insertion(&mut gazetteer, n_names);
    let scanned = |text: &str| {
        let blocks: Vec<&str> = text.split('\n').collect();
        let scan_all = || blocks.iter().map(|block| scan(block, &gazetteer).len()).sum::<usize>();
        println!("  {} hits", scan_all());
        rate(text.len(), times(RUNS, || _ = black_box(scan_all())))
    };
    let sparse = scanned(&text(&records, 2_000));
    let text = text(&records, 135);
    let dense = scanned(&text);
    let (cut, copied) = floors(&text);
    let automata = if with_automata { automata(&text, &records, dense) } else { "– | –".to_owned() };
    format!(
        "| {n_names} | {:.2} s | {megabytes} MB | {added:.2} ms | {dense:.0} | {sparse:.0} | {cut:.0} | {automata} | \
         {copied:.0} ({:.0} times dense) |",
        built.as_secs_f64(),
        copied / dense
    )
}

/// The same text cut into tokens only, and copied only: MB per second.
fn floors(text: &str) -> (f64, f64) {
    let blocks: Vec<&str> = text.split('\n').collect();
    let mut tokens = Vec::new();
    let cut = times(RUNS, || {
        for block in &blocks {
            tokenize_into(block, &mut tokens);
            black_box(tokens.len());
        }
    });
    let mut copy = Vec::with_capacity(text.len());
    let copied = times(RUNS, || {
        for _ in 0..10 {
            copy.clear();
            copy.extend_from_slice(black_box(text.as_bytes()));
            black_box(copy.len());
        }
    });
    (rate(text.len(), cut), rate(text.len() * 10, copied))
}

/// The same text, folded before, searched for the folded names by automata that know nothing of borders and letter case.
fn automata(text: &str, records: &[Record], dense: f64) -> String {
    let mut patterns: Vec<String> =
        records.iter().flat_map(|record| &record.names).map(|name| fold(name.text.value)).collect();
    patterns.sort_unstable();
    patterns.dedup();
    let folded = fold(text);
    let shown = |what: &str, start: Instant, bytes: usize, search: &mut dyn FnMut() -> usize| {
        println!("  {what} built in {:.2} s, {} MB", start.elapsed().as_secs_f64(), bytes / 1_000_000);
        let speed = rate(text.len(), times(3, || _ = black_box(search())));
        format!("{speed:.0} (dense is {:.2} times that)", dense / speed)
    };
    let start = Instant::now();
    let plain = aho_corasick::AhoCorasick::builder()
        .kind(Some(aho_corasick::AhoCorasickKind::ContiguousNFA))
        .build(&patterns)
        .unwrap();
    let plain =
        shown("aho-corasick", start, plain.memory_usage(), &mut || plain.find_overlapping_iter(&folded).count());
    let start = Instant::now();
    let double = daachorse::CharwiseDoubleArrayAhoCorasick::<u32>::new(&patterns).unwrap();
    let double = shown("daachorse", start, double.heap_bytes(), &mut || double.find_overlapping_iter(&folded).count());
    format!("{plain} | {double}")
}

/// Milliseconds to add a thousand names, ten to a record, to a gazetteer that holds many.
fn insertion(gazetteer: &mut Gazetteer, n_names: usize) -> f64 {
    let runs = (0..RUNS).map(|run| {
        let mut source = Source { seed: 77 + run as u64 };
        let fresh: Vec<Record> = (0..100).map(|at| source.record(at, 10)).collect();
        let first = u32::try_from(n_names + run * 100).unwrap();
        let start = Instant::now(); // too short for the system's count
        for (key, record) in (first..).zip(&fresh) {
            gazetteer.insert(ActorKey(key), record);
        }
        start.elapsed()
    });
    runs.min().unwrap_or_default().as_secs_f64() * 1e3
}

/// The best time of several runs of what all cores do together.
fn by_the_clock(n_runs: usize, mut run: impl FnMut()) -> Duration {
    let runs = (0..n_runs).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    runs.min().unwrap_or_default()
}

/// The best time of several runs, after one that only warms up.
fn times(n_runs: usize, mut run: impl FnMut()) -> Duration {
    run();
    let runs = (0..n_runs).map(|_| {
        let start = cpu();
        run();
        cpu() - start
    });
    runs.min().unwrap_or_default()
}

fn rate(n_bytes: usize, time: Duration) -> f64 {
    n_bytes as f64 / 1e6 / time.as_secs_f64()
}

/// Processor time of this thread where the system tells it, else the time of day.
fn cpu() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.as_deref().and_then(|line| line.split(' ').next()).and_then(|word| word.parse().ok());
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    nanos.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Records of ten names each: people, firms, firms with made-up words, Chinese firms.
fn records(n_names: usize) -> Vec<Record> {
    let mut source = Source { seed: 1 };
    (0..n_names.div_ceil(10)).map(|at| source.record(at, 10.min(n_names - at * 10))).collect()
}

const GIVEN: &str = "Anna Bela Carlos Dunja Emil Fatima Goran Hanna Igor Julia Karim Lena Milan Nora Omar Petra Quentin \
    Rosa Stefan Tarek Ulla Viktor Wanda Xenia Yusuf Zora";
const WORDS: &str = "Golden North River Bridge Stone Harbor Eastern Global Silver Crown Summit Delta Orient Pacific \
    Union Central Royal Atlas Horizon Valley Falcon Cedar Maple Granite Copper Beacon Meridian Vector Prime Coastal";
const TAILS: &str = "Holdings Trading Logistics Media Capital Systems Foods Energy Partners Shipping Minerals Pharma";
const SYLLABLES: &str = "ba ko ri ten mar lo vi san du pel gor chi na wes tru fen al om is ux zan bri quo hel";
const HAN: &str = "华新通信网电子科技数据传媒投资建设工业发展银行保险";

/// A source of made-up records that always makes the same ones.
struct Source {
    seed: u64,
}

impl Source {
    fn below(&mut self, limit: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) as usize % limit
    }

    fn pick(&mut self, list: &'static str) -> &'static str {
        let n_words = list.split_whitespace().count();
        list.split_whitespace().nth(self.below(n_words)).unwrap()
    }

    fn made_up(&mut self) -> String {
        let n_syllables = 3 + self.below(2);
        let word: String = (0..n_syllables).map(|_| self.pick(SYLLABLES)).collect();
        word[..1].to_uppercase() + &word[1..]
    }

    fn name(&mut self, kind: usize) -> String {
        match kind {
            0 | 1 => format!("{} {}", self.pick(GIVEN), self.made_up()),
            2 => format!("{} {} {}", self.pick(WORDS), self.made_up(), self.pick(TAILS)),
            3 | 4 => format!("{} {}", self.made_up(), self.pick(TAILS)),
            _ => {
                let han: Vec<char> = HAN.chars().collect();
                (0..4 + self.below(4)).map(|_| han[self.below(han.len())]).collect()
            }
        }
    }

    fn record(&mut self, at: usize, n_names: usize) -> Record {
        fn spanned<T>(value: T) -> Spanned<T> {
            Spanned::new(value, ByteRange::default())
        }
        let kind = self.below(6);
        let name = |(at, text): (usize, String)| Name {
            text: spanned(text),
            lang: None,
            kind: if at == 0 { NameKind::Canonical } else { NameKind::Alias },
            case: None,
        };
        let id = spanned(format!("actor-{at}-{}", self.seed % 1000));
        let mut record = Record::new(id, ByteRange::default());
        record.schema = Some(spanned(if kind < 2 { "Person" } else { "Company" }.to_owned()));
        record.names = (0..n_names).map(|_| self.name(kind)).enumerate().map(name).collect();
        record
    }
}

const SENTENCES: &[&str] = &[
    "The agreement, which was signed after months of talks, lets the firm keep its plants in the north of the country.",
    "Nobody at the meeting would say how much had been paid, or to whom; the minutes are not public.",
    "In March the board met twice, and the second time it sent the auditors home before they had seen the books.",
    "He said that the ships left in the night, that the papers were in order, and that he'd do it again.",
    "Une enquête ouverte au printemps dernier n’a rien donné, d’après les documents que nous avons pu lire.",
    "La société a refusé de répondre à nos questions ; l’avocat qui la représente était en vacances.",
    "Les ouvriers, eux, n'ont été payés qu'en septembre, et encore, à moitié seulement, dit un délégué.",
    "该公司没有回应置评请求，合同金额也未公布，附近居民表示他们从未收到通知。",
    "Prices rose by 12.5 % within a year, according to figures that the ministry published on its web site.",
    "What the report does not say is that two of the three witnesses had left the country by then.",
];

/// Prose with names of a few hundred of the records, about one every so many characters.
fn text(records: &[Record], every: usize) -> String {
    let mut source = Source { seed: 5 };
    let (mut text, mut since, mut line) = (String::with_capacity(TEXT_BYTES + 1000), 0, 0);
    while text.len() < TEXT_BYTES {
        let sentence = SENTENCES[source.below(SENTENCES.len())];
        let n_chars = sentence.chars().count();
        since += n_chars;
        line += n_chars;
        text.push_str(sentence);
        while since >= every {
            since -= every;
            let record = &records[source.below(400) * (records.len() / 400).max(1) % records.len()];
            let name = record.names.get(source.below(record.names.len())).unwrap().text.value;
            text.push_str([" This was news to ", " Later ", " Selon ", " Asked twice by "][source.below(4)]);
            text.push_str(name);
            text.push_str([", he left.", "'s lawyers agreed.", " said so."][source.below(3)]);
        }
        text.push(if line > 400 { '\n' } else { ' ' });
        if line > 400 {
            line = 0;
        }
    }
    text
}
