//! What the reading of claims costs: microseconds of CPU for a sentence, and megabytes of text for a second.
//!
//! The text is made up from a few patterns, so that every run reads the same.
#![allow(clippy::indexing_slicing, clippy::print_stdout, reason = "a measuring program")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use glossator::analysis::gazetteer::Gazetteer;
use glossator::analysis::{AnalysisOptions, BlockFacts, BlockView, claims};
use glossator::text::sentences;

const SUBJECTS: &[&str] = &[
    "The harbour board",
    "Ann Moss, a carpenter from the north of the town,",
    "The mayor's office",
    "A report by the ministry",
    "La direction du port",
    "Le ministre de l'Intérieur",
    "该公司发言人林国栋",
    "一份研究报告",
];
const PREDICATES: &[&str] = &[
    "said on Monday that rents near the pier had risen by 14 percent since 2019.",
    "sold the old mill to a bank for 4.2 million dollars, although two of its members voted against the deal.",
    "was founded in 1911 and employs more than 340 people in three countries.",
    "“We never saw the contract,” one of the workers told reporters.",
    "a déclaré que l'usine serait vendue en juin, pour près de 9 000 euros par salarié.",
    "n'a pas souhaité répondre aux questions du journal.",
    "表示，2019年以来港区租金上涨了百分之十四。",
    "宣布将裁员三百人，并关闭两家工厂。",
];
/// Sentences of a paragraph.
const PARAGRAPH: usize = 6;
/// Paragraphs of the text.
const PARAGRAPHS: usize = 2_000;
/// The best of so many runs counts.
const RUNS: usize = 7;

/// Paragraphs in which a language stays the same for some sentences, as in a note with quotations.
fn paragraphs() -> Vec<String> {
    let sentence = |number: usize| {
        // The first four patterns are English, two are French, two Chinese: a subject takes a predicate of its language.
        let language = [0..4, 0..4, 4..6, 6..8][number / PARAGRAPH % 4].clone();
        let pick = |step: usize| language.start + (number / step) % language.len();
        format!("{} {}", SUBJECTS[pick(1)], PREDICATES[pick(3)])
    };
    let paragraph = |first: usize| (first..first + PARAGRAPH).map(sentence).collect::<Vec<_>>().join(" ");
    (0..PARAGRAPHS).map(|number| paragraph(number * PARAGRAPH + number % 5)).collect()
}

/// Time that this thread had a processor for; time on the clock where the system does not tell.
#[expect(clippy::disallowed_methods, reason = "reads what the system measured, no file of a user")]
fn cpu() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.as_deref().and_then(|line| line.split(' ').next()).and_then(|word| word.parse().ok());
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    nanos.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// The shortest of several runs.
fn best(mut run: impl FnMut()) -> Duration {
    let time = |_| {
        let start = cpu();
        run();
        cpu().saturating_sub(start)
    };
    (0..RUNS).map(time).min().unwrap_or_default()
}

fn main() {
    let paragraphs = paragraphs();
    let read = |text: &String| BlockFacts { sentences: claims::read_block(text), ..BlockFacts::default() };
    let facts: Vec<BlockFacts> = paragraphs.iter().map(read).collect();
    let mut start = 0;
    let mut views = Vec::with_capacity(facts.len());
    for (text, facts) in paragraphs.iter().zip(&facts) {
        views.push(BlockView { start, text, facts });
        start += u32::try_from(text.len() + 2).expect("the text is short");
    }
    let n_sentences: usize = facts.iter().map(|facts| facts.sentences.len()).sum();
    let bytes: usize = paragraphs.iter().map(String::len).sum();
    let gazetteer = Gazetteer::default();
    let options = AnalysisOptions { claim_threshold: 0.5, places_as_governments: false };

    let split = best(|| paragraphs.iter().for_each(|text| drop(black_box(sentences::split(text)))));
    let score = best(|| paragraphs.iter().for_each(|text| drop(black_box(claims::read_block(text)))));
    let judge = best(|| drop(black_box(claims::judge(&views, &[], &gazetteer, options, None))));
    println!("{n_sentences} sentences, {bytes} bytes, one thread, best of {RUNS} runs");
    for (what, time) in [("split", split), ("split and score", score), ("judge", judge)] {
        let seconds = time.as_secs_f64();
        let each = seconds * 1e6 / n_sentences as f64;
        println!("{what:16} {each:7.2} µs a sentence {:8.1} MB/s", bytes as f64 / 1e6 / seconds);
    }
}
