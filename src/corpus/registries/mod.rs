//! Registries: large read-only lists of entities (FollowTheMoney, one JSON object a line), known by their names.
//!
//! They are looked up for suggestions and cards only; texts are not searched for their names. What is kept of an entity
//! is its id, schema, caption and the place of its line in the file; a name is a hash of its folded words and the
//! entity's number, in two sorted rows of 12 bytes a name. Whoever wants to be sure compares letters.

mod line;

#[cfg(test)]
mod tests;

use crate::text::tokens::tokenize_into;
use line::Line;

/// No more entities than this are kept of all lists together.
pub const MAX_ENTITIES: usize = 5_000_000;

/// Names beyond this many of one entity are left out.
const MAX_NAMES: usize = 64;

/// An entity of a registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(u32);

/// What is kept of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card<'r> {
    /// The list that it stands in: its path.
    pub list: &'r str,
    /// Its id there.
    pub id: &'r str,
    /// Its FollowTheMoney schema.
    pub schema: &'r str,
    /// What it is called.
    pub caption: &'r str,
    /// Where its line begins in the list, in bytes.
    pub offset: u64,
}

/// An entity in memory: where its strings lie, and where its line.
#[derive(Clone, Copy, Debug)]
struct Entity {
    offset: u64,
    strings: u32,
    id_len: u16,
    caption_len: u16,
    schema: u16,
    list: u16,
}

/// Entities of all lists by their names.
#[derive(Debug, Default)]
pub struct Registries {
    lists: Vec<Box<str>>,
    schemas: Vec<Box<str>>,
    entities: Vec<Entity>,
    /// Ids and captions, one after the other.
    letters: Vec<u8>,
    /// Hashes of names, ascending, and whose they are.
    hashes: Vec<u64>,
    owners: Vec<u32>,
    n_left_out: usize,
}

/// Takes lines in; [`Builder::finish`] makes the index.
#[derive(Debug, Default)]
pub struct Builder {
    registries: Registries,
    names: Vec<(u64, u32)>,
    tokens: Vec<crate::text::tokens::Token>,
    line: Line,
}

impl Builder {
    /// Goes on with another list.
    pub fn list(&mut self, path: &str) {
        self.registries.lists.push(path.into());
    }

    /// Takes a line that begins at `offset` of the present list; lines that are no actors are passed over.
    pub fn add(&mut self, offset: u64, line: &str) {
        if !self.line.read(line) || self.line.names.is_empty() {
            return;
        }
        let registries = &mut self.registries;
        let (Ok(number), Ok(strings)) =
            (u32::try_from(registries.entities.len()), u32::try_from(registries.letters.len()))
        else {
            registries.n_left_out += 1;
            return;
        };
        if MAX_ENTITIES <= registries.entities.len() || u32::MAX - strings < 0x2_0000 {
            registries.n_left_out += 1;
            return;
        }
        let Some(schema) = registries.schema(&self.line.schema) else { return };
        let caption = self.line.caption();
        let (id_len, id) = cut(&self.line.id);
        let (caption_len, caption) = cut(caption);
        registries.letters.extend_from_slice(id.as_bytes());
        registries.letters.extend_from_slice(caption.as_bytes());
        let list = u16::try_from(registries.lists.len().saturating_sub(1)).unwrap_or(u16::MAX);
        registries.entities.push(Entity { offset, strings, id_len, caption_len, schema, list });
        for name in self.line.names.iter().take(MAX_NAMES) {
            tokenize_into(name, &mut self.tokens);
            if let Some(hash) = name_hash(self.tokens.iter().map(|token| token.hash)) {
                self.names.push((hash, number));
            }
        }
    }

    /// The index.
    #[must_use]
    pub fn finish(mut self) -> Registries {
        self.names.sort_unstable();
        self.names.dedup();
        let mut registries = self.registries;
        registries.hashes = self.names.iter().map(|(hash, _)| *hash).collect();
        registries.owners = self.names.iter().map(|(_, owner)| *owner).collect();
        registries.letters.shrink_to_fit();
        registries.entities.shrink_to_fit();
        registries
    }
}

/// The most of a text that 16 bits can tell the length of.
fn cut(text: &str) -> (u16, &str) {
    let mut end = text.len().min(usize::from(u16::MAX));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (u16::try_from(end).unwrap_or_default(), text.get(..end).unwrap_or_default())
}

/// The hash of a name's folded words; `None` for a name without any.
fn name_hash(hashes: impl Iterator<Item = u64>) -> Option<u64> {
    let mut n = 0;
    let hash = hashes.fold(0u64, |key, hash| {
        n += 1;
        (key.rotate_left(17) ^ hash).wrapping_mul(0xA24B_AED4_963E_E407)
    });
    (0 < n).then_some(hash)
}

impl Registries {
    /// Indexes the lines of one list.
    #[must_use]
    pub fn build<'l>(list: &str, lines: impl IntoIterator<Item = &'l str>) -> Registries {
        let mut builder = Builder::default();
        builder.list(list);
        let mut offset = 0;
        for line in lines {
            builder.add(offset, line);
            offset += line.len() as u64 + 1;
        }
        builder.finish()
    }

    /// How many entities are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entities.len()
    }

    /// Whether no entity is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }

    /// How many names are known.
    #[must_use]
    pub fn n_names(&self) -> usize {
        self.hashes.len()
    }

    /// How many entities were left out because there are too many.
    #[must_use]
    pub fn n_left_out(&self) -> usize {
        self.n_left_out
    }

    /// The entities that bear a name, whatever its case, accents and punctuation; in the order of the lists.
    pub fn lookup(&self, name: &str) -> impl Iterator<Item = EntityId> + '_ {
        let mut tokens = Vec::new();
        if !self.hashes.is_empty() {
            tokenize_into(name, &mut tokens);
        }
        let hash = name_hash(tokens.iter().map(|token| token.hash));
        let from = hash.map_or(self.hashes.len(), |hash| self.hashes.partition_point(|it| *it < hash));
        let rows = self.hashes.iter().zip(&self.owners).skip(from);
        rows.take_while(move |(it, _)| Some(**it) == hash).map(|(_, owner)| EntityId(*owner))
    }

    /// What is kept of an entity.
    #[must_use]
    pub fn card(&self, entity: EntityId) -> Option<Card<'_>> {
        let entity = self.entities.get(entity.0 as usize)?;
        let text = |from: usize, length: u16| {
            let bytes = self.letters.get(from..from + usize::from(length)).unwrap_or_default();
            std::str::from_utf8(bytes).unwrap_or_default()
        };
        let start = entity.strings as usize;
        Some(Card {
            list: self.lists.get(usize::from(entity.list)).map_or("", AsRef::as_ref),
            id: text(start, entity.id_len),
            schema: self.schemas.get(usize::from(entity.schema)).map_or("", AsRef::as_ref),
            caption: text(start + usize::from(entity.id_len), entity.caption_len),
            offset: entity.offset,
        })
    }

    /// The first entity that bears a name, and how many others do.
    #[must_use]
    pub fn known(&self, name: &str) -> Option<(Card<'_>, usize)> {
        let mut entities = self.lookup(name);
        let first = entities.next()?;
        let n_others = entities.count();
        Some((self.card(first)?, n_others))
    }

    fn schema(&mut self, schema: &str) -> Option<u16> {
        let known = self.schemas.iter().position(|it| &**it == schema);
        let place = known.unwrap_or(self.schemas.len());
        if known.is_none() {
            self.schemas.push(schema.into());
        }
        u16::try_from(place).ok()
    }
}
