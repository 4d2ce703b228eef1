//! All names as they are compared, for search while somebody types. Made when first asked for.

use super::registry::Actor;
use crate::model::ActorKey;
use crate::text::fold;

/// One name of one actor.
#[derive(Debug)]
struct Spelling {
    folded: Box<str>,
    actor: ActorKey,
    /// Which of the record's names it is.
    name: u32,
}

/// Every name of every record, folded, and sorted by each of its words.
#[derive(Debug, Default)]
pub struct Spellings {
    all: Vec<Spelling>,
    /// Where words begin: the spelling and the byte in it, sorted by what follows.
    starts: Vec<(u32, u32)>,
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
    pub(super) fn new<'a>(actors: impl Iterator<Item = &'a Actor>) -> Spellings {
        let mut spellings = Spellings::default();
        for actor in actors {
            for (idx, name) in (0u32..).zip(&actor.record.names) {
                let folded = fold::fold(&name.text.value).into_boxed_str();
                let number = u32::try_from(spellings.all.len()).unwrap_or(u32::MAX);
                let mut in_word = false;
                for (at, c) in folded.char_indices() {
                    let class = fold::fold_char(c).class;
                    if class.is_word() && (!in_word || class.is_single()) {
                        spellings.starts.push((number, u32::try_from(at).unwrap_or(u32::MAX)));
                    }
                    in_word = class.is_word();
                }
                spellings.all.push(Spelling { folded, actor: actor.key, name: idx });
            }
        }
        let mut starts = std::mem::take(&mut spellings.starts);
        starts.sort_by(|a, b| (spellings.rest(*a), a).cmp(&(spellings.rest(*b), b)));
        spellings.starts = starts;
        spellings
    }

    /// Every name: whose it is, which of the record's names, and how it folds.
    pub fn all(&self) -> impl Iterator<Item = (ActorKey, usize, &str)> {
        self.all.iter().map(|it| (it.actor, it.name as usize, &*it.folded))
    }

    /// The names of which a word begins with `prefix` (folded), in alphabetical order of what begins there.
    pub fn beginning_with<'s>(&'s self, prefix: &'s str) -> impl Iterator<Item = Beginning> + 's {
        let first = self.starts.partition_point(|start| self.rest(*start) < prefix);
        let rest = self.starts.get(first..).unwrap_or_default().iter();
        rest.take_while(move |start| self.rest(**start).starts_with(prefix)).filter_map(|(number, at)| {
            let spelling = self.all.get(*number as usize)?;
            Some(Beginning { actor: spelling.actor, name: spelling.name as usize, whole: *at == 0 })
        })
    }

    fn rest(&self, (number, at): (u32, u32)) -> &str {
        self.all.get(number as usize).and_then(|it| it.folded.get(at as usize..)).unwrap_or_default()
    }
}
