//! All names as they are compared, for search while somebody types. Made when first asked for.

use super::registry::Actor;
use crate::model::ActorKey;
use crate::text::fold;

/// From so many words of names on they are sorted on all cores: of a million this takes most of the first question's time.
const MANY: usize = 50_000;

/// Calls `work` for equal parts of what there is, on all cores if it is much.
///
/// In threads of its own, not in those of a pool: whoever asks first sorts for all who ask meanwhile, and may itself be a
/// thread of a pool. Such a thread takes up other work while it waits for its helpers, perhaps the next question, and would
/// wait for itself for ever.
fn in_parts<T: Send>(all: &mut [T], work: impl Fn(&mut [T]) + Sync) {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut parts = all.chunks_mut(if all.len() < MANY { MANY } else { all.len().div_ceil(cores) });
    let own = parts.next();
    std::thread::scope(|scope| {
        for part in parts {
            scope.spawn(|| work(part));
        }
        own.into_iter().for_each(&work);
    });
}

/// One name of one actor.
#[derive(Clone, Copy, Debug)]
struct Spelling {
    /// Where it starts among the letters of all names.
    start: u32,
    actor: ActorKey,
    /// Which of the record's names it is.
    name: u32,
}

/// Where a word of a name begins.
#[derive(Clone, Copy, Debug)]
struct Start {
    /// The number of the spelling.
    number: u32,
    /// The byte in it.
    at: u16,
    /// How long the whole name is; longer ones than can be told are the longest.
    n_bytes: u16,
}

/// Every name of every record, folded, and sorted by each of its words.
#[derive(Debug, Default)]
pub struct Spellings {
    /// The letters of all names, one name after the other.
    letters: String,
    /// By actor, and in the order of the record.
    all: Vec<Spelling>,
    /// Sorted by what follows.
    starts: Vec<Start>,
}

/// A name that begins, or has a word that begins, with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// The actor.
    pub actor: ActorKey,
    /// Which of the record's names it is.
    pub name: usize,
    /// Whether the name itself begins so.
    pub whole: bool,
}

impl Spellings {
    /// The spellings of all names, with actors in the order of their keys.
    pub(super) fn new<'a>(actors: impl Iterator<Item = &'a Actor>) -> Spellings {
        let mut spellings = Spellings::default();
        for actor in actors {
            for (name, written) in (0u32..).zip(&actor.record.names) {
                let folded = fold::fold(written.text.value);
                let Ok(start) = u32::try_from(spellings.letters.len() + folded.len()) else { break };
                spellings.add_starts(&folded);
                spellings.letters.push_str(&folded);
                let start = start - u32::try_from(folded.len()).unwrap_or(start);
                spellings.all.push(Spelling { start, actor: actor.key, name });
            }
        }
        spellings.letters.shrink_to_fit();
        spellings.all.shrink_to_fit();
        let starts = std::mem::take(&mut spellings.starts);
        // Most names differ in their first eight bytes, which are compared without looking the name up.
        let mut keyed: Vec<(u64, Start)> = starts.into_iter().map(|start| (0, start)).collect();
        let order = |(key, a): &(u64, Start), (other_key, b): &(u64, Start)| {
            let rest = || (spellings.rest(*a), a.number, a.at).cmp(&(spellings.rest(*b), b.number, b.at));
            key.cmp(other_key).then_with(rest)
        };
        in_parts(&mut keyed, |part| {
            part.iter_mut().for_each(|(key, start)| *key = spellings.key(*start));
            part.sort_unstable_by(order);
        });
        // The stable sort sees parts that are in order already, and merges them.
        keyed.sort_by(order);
        spellings.starts = keyed.into_iter().map(|(_, start)| start).collect();
        spellings
    }

    fn add_starts(&mut self, folded: &str) {
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let n_bytes = u16::try_from(folded.len()).unwrap_or(u16::MAX);
        let mut in_word = false;
        for (at, c) in folded.char_indices() {
            let class = fold::fold_char(c).class;
            if class.is_word() && (!in_word || class.is_single()) {
                let Ok(at) = u16::try_from(at) else { break };
                self.starts.push(Start { number, at, n_bytes });
            }
            in_word = class.is_word();
        }
    }

    /// The first eight bytes of what follows, in their order.
    fn key(&self, start: Start) -> u64 {
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(self.rest(start).bytes()).for_each(|(byte, it)| *byte = it);
        u64::from_be_bytes(bytes)
    }

    fn folded(&self, number: usize) -> &str {
        let Some(spelling) = self.all.get(number) else { return "" };
        let end = self.all.get(number + 1).map_or(self.letters.len(), |next| next.start as usize);
        self.letters.get(spelling.start as usize..end).unwrap_or_default()
    }

    fn rest(&self, start: Start) -> &str {
        self.folded(start.number as usize).get(usize::from(start.at)..).unwrap_or_default()
    }

    /// Every name: whose it is, which of the record's names, and how it folds.
    pub fn all(&self) -> impl Iterator<Item = (ActorKey, usize, &str)> {
        self.all.iter().enumerate().map(|(number, it)| (it.actor, it.name as usize, self.folded(number)))
    }

    fn starting_with(&self, prefix: &str) -> &[Start] {
        let first = self.starts.partition_point(|start| self.rest(*start) < prefix);
        let starts = self.starts.get(first..).unwrap_or_default();
        starts.get(..starts.partition_point(|start| self.rest(*start).starts_with(prefix))).unwrap_or_default()
    }

    /// The names of which a word begins with `prefix` (folded): at most `most`, first those that begin so as a whole, of
    /// these and of the others the shortest. In alphabetical order of what begins there where they are all.
    #[must_use]
    pub fn beginning_with(&self, prefix: &str, most: usize) -> Vec<Beginning> {
        let starts = self.starting_with(prefix);
        let beginning = |start: &Start| {
            let spelling = self.all.get(start.number as usize)?;
            Some(Beginning { actor: spelling.actor, name: spelling.name as usize, whole: start.at == 0 })
        };
        if starts.len() <= most {
            return starts.iter().filter_map(beginning).collect();
        }
        let mut best: Vec<&Start> = starts.iter().collect();
        best.select_nth_unstable_by_key(most, |start| (start.at != 0, start.n_bytes, start.number));
        best.truncate(most);
        best.into_iter().filter_map(beginning).collect()
    }

    /// The names of one actor of which a word begins with `prefix` (folded).
    pub fn of_actor<'s>(&'s self, actor: ActorKey, prefix: &'s str) -> impl Iterator<Item = Beginning> + 's {
        let first = self.all.partition_point(|it| it.actor < actor);
        let own = self.all.iter().enumerate().skip(first).take_while(move |(_, it)| it.actor == actor);
        own.filter_map(move |(number, it)| {
            let folded = self.folded(number);
            let begins = |(at, _): &(usize, char)| {
                let is_start = folded.get(..*at).and_then(|lead| lead.chars().next_back());
                is_start.is_none_or(|c| !fold::fold_char(c).class.is_word() || fold::fold_char(c).class.is_single())
                    && folded.get(*at..).is_some_and(|rest| rest.starts_with(prefix))
            };
            let (at, _) = folded.char_indices().find(begins)?;
            Some(Beginning { actor, name: it.name as usize, whole: at == 0 })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::registry::Registry;
    use crate::corpus::{Change, Corpus};

    /// Actors a0, a1 … with these names.
    fn corpus(names: &[String]) -> Corpus {
        let mut corpus = Corpus::new();
        let record = |(idx, name): (usize, &String)| format!("- id: a{idx}\n  name: {name}\n  type: Company\n");
        let text = names.iter().enumerate().map(record).collect();
        corpus.apply(Change::Loaded { path: "actors/list.yaml".to_owned(), text }).unwrap();
        corpus
    }

    #[test]
    fn many_who_ask_at_once_all_get_an_answer() {
        let names: Vec<String> = (0..20_000).map(|n| format!("Harbour {n} Works")).collect();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        for _ in 0..4 {
            let snapshot = corpus(&names).snapshot();
            let ask = |registry: &Registry| assert_eq!(registry.spellings().beginning_with("harb", 9).len(), 9);
            pool.in_place_scope(|scope| {
                // One after the other, so that some come while the first is helped by another thread.
                for _ in 0..300 {
                    scope.spawn(|_| ask(&snapshot.registry));
                    std::thread::sleep(std::time::Duration::from_micros(100));
                }
            });
        }
    }

    #[test]
    fn of_many_names_that_begin_alike_the_shortest_are_found_first() {
        let mut names: Vec<String> = (100..400).map(|n| format!("Harbour Works number {n}")).collect();
        names.extend(["Harbour 7", "The Harbour", "Hafen", "港口"].map(str::to_owned));
        let mut corpus = corpus(&names);
        let snapshot = corpus.snapshot();
        let spellings = snapshot.registry.spellings();
        let found = |prefix: &str, most: usize| -> Vec<(&str, bool)> {
            let named = |it: &Beginning| (snapshot.registry.caption(it.actor), it.whole);
            spellings.beginning_with(prefix, most).iter().map(named).collect()
        };
        assert_eq!(found("harbour", 1000).len(), 302);
        assert_eq!(found("harbour", 1), [("Harbour 7", true)]);
        let two = found("harbour", 2);
        assert!(two.contains(&("Harbour 7", true)) && !two.contains(&("The Harbour", false)), "{two:?}");
        assert_eq!(found("haf", 10), [("Hafen", true)]);
        assert_eq!(found("口", 10), [("港口", false)]);
        assert_eq!(found("arbour", 10), []);
        let key = snapshot.registry.key("a301").unwrap();
        assert_eq!(spellings.of_actor(key, "harb").map(|it| it.whole).collect::<Vec<_>>(), [false]);
        assert_eq!(spellings.of_actor(key, "arb").count(), 0);
    }
}
