//! Decisions keep their place: two hundred edits, inside and outside an open editor, in three languages.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test that is wrong fails")]
#![expect(clippy::print_stdout, reason = "the figures are worth reading")]

use crate::script::{CHINESE, ENGLISH, FRENCH, Fate, Language, Script, Step};
use glossator::corpus::{Change, Corpus, Edit};
use glossator::features::decisions;
use glossator::features::fixes::FileEdit;
use glossator::model::annotation::Decision;
use glossator::text::ByteRange;
use glossator::text::position::{Encoding, LineColumn};

const TEXT: &str = "notes/a.md";
const FILE: &str = "annotations/notes/a.md.jsonl";
const EDITS: usize = 200;
/// After how many edits the places are compared with where they should be.
const LOOK: usize = 5;

/// Who makes the edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    /// An editor that has the text open, and saves it now and then.
    Inside,
    /// Another program, while no editor has it open.
    Outside,
    /// The same, while Glossator does not run.
    Unseen,
    /// Ten by an editor that then saves and closes the text, five by another program, and so on.
    Both,
}

/// What became of the places over a whole run.
#[derive(Default)]
struct Tally {
    survived: usize,
    found: usize,
    lost: usize,
    wrong: usize,
    /// Survivors at the end of the runs, and those of them that were found.
    at_end: (usize, usize),
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.survived += other.survived;
        self.found += other.found;
        self.lost += other.lost;
        self.wrong += other.wrong;
        self.at_end = (self.at_end.0 + other.at_end.0, self.at_end.1 + other.at_end.1);
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let end = share(self.at_end.1, self.at_end.0);
        let (all, found) = (self.survived, share(self.found, self.survived));
        write!(
            f,
            "{} wrong; of {all} places that survived {found:.2} % were found, {end:.2} % after the last edit",
            self.wrong
        )
    }
}

struct World {
    corpus: Corpus,
    lines: String,
    version: i32,
    is_open: bool,
}

impl World {
    fn new(script: &Script) -> World {
        let mut world = World { corpus: Corpus::new(), lines: String::new(), version: 0, is_open: false };
        world.load(TEXT, &script.text());
        let decisions: Vec<(ByteRange, Decision)> = script
            .ranges()
            .into_iter()
            .enumerate()
            .map(|(n, (start, end))| (ByteRange::new(start, end), Decision::Comment(n.to_string())))
            .collect();
        world.decide(&decisions);
        world
    }

    fn decide(&mut self, decisions: &[(ByteRange, Decision)]) {
        let snapshot = self.corpus.snapshot();
        let file = snapshot.file(TEXT).unwrap();
        let edit = decisions::decide(&snapshot, file, decisions, "2024-05-01T00:00:00Z").unwrap();
        let FileEdit::Create(path, lines) = edit else { panic!("there is no such file yet") };
        assert_eq!(path, FILE);
        self.lines = lines.clone();
        self.load(FILE, &lines);
    }

    fn load(&mut self, path: &str, text: &str) {
        self.corpus.apply(Change::Loaded { path: path.to_owned(), text: text.to_owned() }).unwrap();
        for job in self.corpus.jobs() {
            self.corpus.finish(job.run());
        }
    }

    fn read_anew(&mut self, text: &str) {
        self.corpus = Corpus::new();
        self.load(TEXT, text);
        let lines = self.lines.clone();
        self.load(FILE, &lines);
    }

    fn open(&mut self, text: &str) {
        self.version = 1;
        self.is_open = true;
        self.corpus.apply(Change::Opened { path: TEXT.to_owned(), text: text.to_owned(), version: 1 }).unwrap();
    }

    fn edit(&mut self, before: &str, steps: &[Step]) {
        self.version += 1;
        let mut text = before.to_owned();
        let edits = steps
            .iter()
            .map(|(start, end, words)| {
                let place = |at: usize| {
                    let line = text[..at].matches('\n').count();
                    let column = at - text[..at].rfind('\n').map_or(0, |at| at + 1);
                    LineColumn { line: u32::try_from(line).unwrap(), column: u32::try_from(column).unwrap() }
                };
                let range = Some((place(*start), place(*end)));
                text.replace_range(*start..*end, words);
                Edit { range, text: words.clone() }
            })
            .collect();
        let (path, version) = (TEXT.to_owned(), self.version);
        self.corpus.apply(Change::Edited { path, version, edits, encoding: Encoding::Utf8 }).unwrap();
    }

    /// What happens when an editor saves the text.
    fn save(&mut self) {
        let snapshot = self.corpus.snapshot();
        let Some(edit) = decisions::renewed(&snapshot, snapshot.file(TEXT).unwrap()) else { return };
        let FileEdit::Change(_, edits) = edit else { panic!("the file is there") };
        for (range, words) in edits.iter().rev() {
            self.lines.replace_range(range.start as usize..range.end as usize, words);
        }
        let lines = self.lines.clone();
        self.load(FILE, &lines);
    }

    fn close(&mut self) {
        self.is_open = false;
        self.corpus.apply(Change::Closed { path: TEXT.to_owned() }).unwrap();
    }

    /// Compares where the decisions are with where they should be.
    fn judge(&mut self, script: &Script, what: &str, tally: &mut Tally) -> (usize, usize) {
        let text = script.text();
        let snapshot = self.corpus.snapshot();
        let document = snapshot.document_at(TEXT).unwrap();
        assert_eq!(document.buffer.text(), text);
        let fates = script.fates();
        let (mut survived, mut found) = (0, 0);
        assert_eq!(document.placed().len(), fates.len());
        for placed in document.placed() {
            let Decision::Comment(number) = &placed.annotation.decision else { panic!("a comment") };
            let number: usize = number.parse().unwrap();
            let fate = &fates[number];
            survived += usize::from(matches!(fate, Fate::Survives(..)));
            let Some(range) = placed.range else {
                tally.lost += 1;
                continue;
            };
            let there = (range.start as usize, range.end as usize);
            let fits = |fate: &Fate| match fate {
                Fate::Survives(start, end) => there == (*start, *end),
                Fate::Changed(start, end) => {
                    let shared = there.1.min(*end).saturating_sub(there.0.max(*start));
                    2 * shared > (end - start).max(there.1 - there.0)
                }
                Fate::Gone | Fate::Copied(_) => false,
            };
            let is_right = if let Fate::Copied(copies) = fate { copies.iter().any(fits) } else { fits(fate) };
            found += usize::from(is_right && matches!(fate, Fate::Survives(..)));
            if !is_right {
                tally.wrong += 1;
                let shown = |(start, end): (usize, usize)| {
                    let from = (0..=start.saturating_sub(40)).rev().find(|at| text.is_char_boundary(*at)).unwrap();
                    let to = (end + 40..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
                    format!("{}<{}>{}", &text[from..start], &text[start..end], &text[end..to])
                };
                let anchor = &placed.annotation.anchor;
                let was = format!("{}<{}>{}", anchor.prefix, anchor.exact, anchor.suffix);
                println!("WRONG after {what}: {fate:?}\n  was {was:?}\n  now {:?}", shown(there));
                if let Fate::Survives(start, end) | Fate::Changed(start, end) = fate {
                    println!("  not {:?}", shown((*start, *end)));
                }
            }
        }
        tally.survived += survived;
        tally.found += found;
        (survived, found)
    }
}

fn run(language: &'static Language, seed: u64, by: Where, tally: &mut Tally) {
    let mut script = Script::new(language, seed);
    let mut world = World::new(&script);
    if matches!(by, Where::Inside | Where::Both) {
        world.open(&script.text());
    }
    let mut end = (0, 0);
    for n in 1..=EDITS {
        let before = script.text();
        let (what, steps) = script.edit();
        match world.is_open {
            // Cut and paste are two edits, or one of two parts.
            true if steps.len() == 2 && n % 2 == 0 => {
                let mut between = before.clone();
                between.replace_range(steps[0].0..steps[0].1, &steps[0].2);
                world.edit(&before, &steps[..1]);
                let _ = world.corpus.snapshot();
                world.edit(&between, &steps[1..]);
            }
            true => world.edit(&before, &steps),
            // Nobody looks in between.
            false if by == Where::Unseen && n % LOOK != 0 => (),
            false if by == Where::Unseen => world.read_anew(&script.text()),
            false => world.load(TEXT, &script.text()),
        }
        if by == Where::Inside || n % LOOK == 0 {
            end = world.judge(&script, what, tally);
        }
        match (by, n % 15) {
            (Where::Inside, 7) => world.save(),
            (Where::Both, 10) => {
                world.save();
                world.close();
            }
            (Where::Both, 0) => world.open(&script.text()),
            _ => (),
        }
    }
    tally.at_end.0 += end.0;
    tally.at_end.1 += end.1;
}

/// How many times each language is edited by each of them: more in a long run.
fn seeds() -> std::ops::RangeInclusive<u64> {
    match option_env!("GLOSSATOR_SEEDS").and_then(|it| it.parse().ok()) {
        Some(last) => 1..=last,
        None => 1..=1,
    }
}

#[test]
fn two_hundred_edits_move_no_decision_to_a_wrong_place() {
    let languages = [("English", &ENGLISH), ("French", &FRENCH), ("Chinese", &CHINESE)];
    for by in [Where::Inside, Where::Outside, Where::Both, Where::Unseen] {
        let mut all = Tally::default();
        for (name, language) in languages {
            let mut tally = Tally::default();
            seeds().for_each(|seed| run(language, seed, by, &mut tally));
            println!("{by:?}, {name}: {tally}");
            all.add(&tally);
        }
        println!("{by:?}: {all}");
        assert_eq!(all.wrong, 0);
        assert!(95 * all.survived <= 100 * all.found, "{by:?}: too few were found");
        // Of what was copied beside itself and changed two hundred times unseen, nobody can tell which was the first.
        let least = if by == Where::Unseen { 90 } else { 95 };
        assert!(least * all.at_end.0 <= 100 * all.at_end.1, "{by:?}: too few were found at the end");
    }
}

/// Two hundred edits while nothing runs, after which copies stand beside their originals, and where those were moved from.
#[test]
fn edits_that_nobody_saw_move_no_decision_to_a_copy() {
    let mut all = Tally::default();
    for (language, seeds) in [(&ENGLISH, &[2, 4, 7][..]), (&FRENCH, &[2, 5, 9]), (&CHINESE, &[5, 10])] {
        seeds.iter().for_each(|seed| run(language, *seed, Where::Unseen, &mut all));
    }
    println!("{all}");
    assert_eq!(all.wrong, 0);
    assert!(95 * all.survived <= 100 * all.found, "too few were found");
}

/// Long runs in which sentences were moved from and to places where what they begin or end with stands too.
#[test]
fn a_passage_that_another_program_moves_takes_its_decisions_along() {
    let mut all = Tally::default();
    for (language, seeds) in [(&ENGLISH, &[3, 5, 13][..]), (&FRENCH, &[6, 9, 18]), (&CHINESE, &[2])] {
        seeds.iter().for_each(|seed| run(language, *seed, Where::Outside, &mut all));
    }
    println!("{all}");
    assert_eq!(all.wrong, 0);
    assert!(99 * all.survived <= 100 * all.found, "too few were found");
}

/// Where a decision about `words` stands after another program has made one text the other.
fn outside(before: &str, words: &str, after: &str) -> Option<String> {
    let mut world = World { corpus: Corpus::new(), lines: String::new(), version: 0, is_open: false };
    world.load(TEXT, before);
    let snapshot = world.corpus.snapshot();
    let start = before.find(words).unwrap();
    let place = ByteRange::new(start, start + words.len());
    let decision = [(place, Decision::Comment("1".to_owned()))];
    let edit = decisions::decide(&snapshot, snapshot.file(TEXT).unwrap(), &decision, "2024-05-01T00:00:00Z").unwrap();
    let FileEdit::Create(path, lines) = edit else { panic!("there is no such file yet") };
    world.load(&path, &lines);
    world.load(TEXT, after);
    let snapshot = world.corpus.snapshot();
    let placed = snapshot.document_at(TEXT).unwrap().placed();
    placed[0].range.map(|range| after[range.start as usize..range.end as usize].to_owned())
}

#[test]
fn a_letter_that_may_be_the_neighbours_is_not_cut_off() {
    for (before, words, after) in [
        (
            "M. Lee left. Lou saw all the boats. Then it rained.",
            "Lou saw all the boats.",
            "M. Lou saw all the boats. Then it rained.",
        ),
        (
            "L’État paie. Le port attend les bateaux. Il pleut.",
            "Le port attend les bateaux.",
            "Le port attend les bateaux. Il pleut.",
        ),
        ("港口关闭。港务局出售了船只。下雨了。", "港务局出售了船只", "港务局出售了船只。下雨了。"),
        ("Lou saw all the boats.", "Lou saw all the boats.", "Lee left. Lou saw all the boats."),
    ] {
        assert_eq!(outside(before, words, after).as_deref(), Some(words), "{before} → {after}");
    }
}

#[test]
fn words_that_lost_their_rest_to_another_place_are_not_those_that_took_their_place() {
    for (before, words, after) in [
        (
            "The bridge station window contract Mr. Lee Hart warehouse of the Lyon office.",
            "Mr. Lee Hart",
            "The bridge station window contract Mr. Lee Hart wrote that it was painted. Lee Hart warehouse of the Lyon office.",
        ),
        (
            "La gare et le contrat de M. Jean Roy entrepôt du bureau de Lyon.",
            "M. Jean Roy",
            "La gare et le contrat de M. Jean Roy a écrit que tout est peint. Jean Roy entrepôt du bureau de Lyon.",
        ),
        (
            "桥梁车站窗户合同由李玛丽签署之后烧毁了市长办公室的档案。",
            "李玛丽",
            "桥梁车站窗户合同由李玛丽写道船只已经油漆。玛丽签署之后烧毁了市长办公室的档案。",
        ),
    ] {
        assert_eq!(outside(before, words, after), None, "{before} → {after}");
    }
}

/// The copy has the very words and neighbours that were stored; the first one has other letters now.
#[test]
fn words_of_which_a_letter_was_changed_are_not_those_of_their_copy() {
    for (sentence, words, changed, rest) in [
        (
            "After the flood the Harbour Board denied that it was late. ",
            "the Harbour Board",
            "the Harbour Boaxd",
            "A ledger was stolen before winter came here. ",
        ),
        (
            "Après la crue la Régie du port nie tout retard. ",
            "la Régie du port",
            "la Régie du pxrt",
            "Un registre fut volé avant l’hiver en vallée. ",
        ),
        ("洪水过后旧港口管理局否认船只晚点。", "旧港口管理局", "旧港囗管理局", "账本在冬天来到山谷之前就被偷走了。"),
    ] {
        let text = [sentence, rest].concat();
        let mut world = World { corpus: Corpus::new(), lines: String::new(), version: 0, is_open: false };
        world.load(TEXT, &text);
        let start = text.find(words).unwrap();
        world.decide(&[(ByteRange::new(start, start + words.len()), Decision::Comment("1".to_owned()))]);
        world.open(&text);
        world.edit(&text, &[(text.len(), text.len(), sentence.to_owned())]);
        let copied = [&text, sentence].concat();
        world.edit(&copied, &[(start, start + words.len(), changed.to_owned())]);
        world.save();
        let text = copied.replacen(words, changed, 1);
        let there = |world: &mut World, text: &str| {
            let snapshot = world.corpus.snapshot();
            let range = snapshot.document_at(TEXT).unwrap().placed()[0].range;
            range.map(|range| text[range.start as usize..range.end as usize].to_owned())
        };
        assert_eq!(there(&mut world, &text).as_deref(), Some(changed), "{words}");
        // Nor when the text is changed later on, while nothing runs.
        let text = text.replacen(rest, "", 1);
        world.read_anew(&text);
        assert_ne!(there(&mut world, &text).as_deref(), Some(words));
    }
}
