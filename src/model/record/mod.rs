//! Actor records: Markdown with YAML front matter, YAML lists, FollowTheMoney JSON lines.

mod front_matter;
mod jsonl;
mod known;
mod names;
mod relations;
mod schema;
pub mod vocabulary;
mod yaml;

#[cfg(test)]
mod tests;

use super::{Finding, Spanned};
use crate::text::ByteRange;
use std::ops::{Deref, DerefMut};

pub use front_matter::{FrontMatter, front_matter};
pub use known::{NameView, Names, NamesIter};
pub use schema::json_schema;
pub use vocabulary::{EdgeSchema, role_phrase};

/// How many records one file may hold; what follows is left out, and a finding says so.
pub const MAX_RECORDS: usize = 1_000_000;

/// What is known of one actor, as one file (or a part of a file) says it. What few of a million records say stands apart.
///
/// Every range is in bytes of the file that holds the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The actor's id; by default the file's name without its ending.
    pub id: Spanned<String>,
    /// The whole record in its file.
    pub range: ByteRange,
    /// A FollowTheMoney schema name, or one of the friendly words.
    pub schema: Option<Spanned<String>>,
    /// All names, the canonical one first; never empty.
    pub names: Names,
    /// What else it says; none where that is nothing.
    rest: Option<Box<Rest>>,
}

/// What a record says besides type and names; read and written as if these were fields of the [`Record`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rest {
    /// Country codes as written.
    pub countries: Vec<Spanned<String>>,
    /// FollowTheMoney topics as written.
    pub topics: Vec<Spanned<String>>,
    /// Sourced statements about the actor.
    pub facts: Vec<Fact>,
    /// Sourced relations to other actors.
    pub relations: Vec<Relation>,
    /// Ids of actors that this one must never be taken for.
    pub not: Vec<Spanned<String>>,
    /// The id of the actor that this record was merged into.
    pub merged_into: Option<Spanned<String>>,
    /// The prose below the front matter, trimmed; empty where there is none.
    pub prose: Spanned<String>,
}

static NOTHING: Rest = Rest {
    countries: Vec::new(),
    topics: Vec::new(),
    facts: Vec::new(),
    relations: Vec::new(),
    not: Vec::new(),
    merged_into: None,
    prose: Spanned { value: String::new(), range: ByteRange { start: 0, end: 0 } },
};

impl Deref for Record {
    type Target = Rest;

    fn deref(&self) -> &Rest {
        self.rest.as_deref().unwrap_or(&NOTHING)
    }
}

impl DerefMut for Record {
    fn deref_mut(&mut self) -> &mut Rest {
        self.rest.get_or_insert_default()
    }
}

impl Record {
    /// A record with an id and a place, of which nothing else is known.
    #[must_use]
    pub fn new(id: Spanned<String>, range: ByteRange) -> Record {
        Record { id, range, schema: None, names: Names::default(), rest: None }
    }

    /// The same in no more memory than it needs.
    #[must_use]
    fn fitting(mut self) -> Record {
        if let Some(mut rest) = self.rest.take() {
            rest.countries.shrink_to_fit();
            rest.topics.shrink_to_fit();
            rest.facts.shrink_to_fit();
            rest.relations.shrink_to_fit();
            rest.not.shrink_to_fit();
            if rest.prose.value.is_empty() {
                rest.prose = Spanned::default();
            }
            self.rest = (*rest != NOTHING).then_some(rest);
        }
        self.id.value.shrink_to_fit();
        self
    }

    /// The canonical name as text.
    #[must_use]
    pub fn caption(&self) -> &str {
        self.names.first().map_or(self.id.value.as_str(), |name| name.text.value)
    }

    /// Whether the record describes a human being.
    #[must_use]
    pub fn is_person(&self) -> bool {
        self.schema.as_ref().is_some_and(|schema| schema.value.eq_ignore_ascii_case("person"))
    }

    /// The FollowTheMoney schema that `type` stands for: `media` is an `Organization`. `None` where no type is given or
    /// the word is unknown.
    #[must_use]
    pub fn ftm_schema(&self) -> Option<&'static str> {
        ftm_schema(&self.schema.as_ref()?.value)
    }
}

/// One surface form of an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The form and where it is written.
    pub text: Spanned<String>,
    /// A BCP 47 language tag, where the record gives one.
    pub lang: Option<String>,
    /// What sort of name it is.
    pub kind: NameKind,
    /// How letter case counts; `None` lets the form decide.
    pub case: Option<CaseRule>,
}

/// What sort of name a form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// The record's `name`.
    Canonical,
    /// Listed under `aliases`.
    Alias,
    /// ASPI, NYT.
    Abbreviation,
    /// A short form that stands alone.
    Short,
    /// What the actor was called before.
    Former,
    /// What people call it.
    Nickname,
    /// The name in another script.
    Transliteration,
    /// What a translation program made of the name.
    Mistranslation,
    /// A form that needs evidence: a surname, a common word, one letter.
    Weak,
}

/// How letter case counts when a name is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseRule {
    /// Only as written, accents folded.
    Case,
    /// Only as written, to the letter.
    Exact,
    /// Never looked for in texts.
    Never,
}

/// Which of several contradicting statements is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// Shown first.
    Preferred,
    /// Shown.
    #[default]
    Normal,
    /// Kept, but known to be wrong or outdated.
    Deprecated,
}

/// Where a statement comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// A citation key.
    pub source: Option<Spanned<String>>,
    /// A place in the source: `para. 14`.
    pub locator: Option<String>,
    /// The source's own words.
    pub quote: Option<Spanned<String>>,
    /// Which of several statements is shown.
    pub rank: Rank,
}

/// A statement about the actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The whole entry in the file.
    pub range: ByteRange,
    /// A FollowTheMoney property.
    pub property: Spanned<String>,
    /// Its value as written.
    pub value: Spanned<String>,
    /// Where it comes from.
    pub evidence: Evidence,
    /// Further keys as written, in file order.
    pub more: Vec<(String, String)>,
}

/// A relation to another actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The whole entry in the file.
    pub range: ByteRange,
    /// A FollowTheMoney edge schema: Ownership, Control, Employment …
    pub schema: Spanned<String>,
    /// The role that the **other** actor has: owner, asset, employer …
    pub role: Spanned<String>,
    /// The id of the other actor.
    pub other: Spanned<String>,
    /// Where it comes from.
    pub evidence: Evidence,
    /// Further keys as written (`role`, `startDate`, `percentage`, `status` …), in file order.
    pub more: Vec<(String, String)>,
}

impl Relation {
    /// The relation in words, from this actor to the other: `owned by`, `employs`.
    #[must_use]
    pub fn phrase(&self) -> &'static str {
        role_phrase(&self.schema.value, &self.role.value)
    }

    /// The relation in words, from the other actor to this one: `owns`, `works for`.
    #[must_use]
    pub fn inverse_phrase(&self) -> &'static str {
        let own = EdgeSchema::find(&self.schema.value).and_then(|edge| edge.opposite(&self.role.value));
        role_phrase(&self.schema.value, own.unwrap_or_default())
    }
}

/// The FollowTheMoney schema that a word of ours or theirs stands for, whatever its letter case.
#[must_use]
pub fn ftm_schema(word: &str) -> Option<&'static str> {
    let friendly = vocabulary::FRIENDLY_TYPES.iter().find(|(ours, _)| ours.eq_ignore_ascii_case(word));
    if let Some((_, schema)) = friendly {
        return Some(schema);
    }
    vocabulary::SCHEMAS.iter().find(|schema| schema.eq_ignore_ascii_case(word)).copied()
}

/// Reads a file of records. `path` decides the format by its ending (`.md`, `.yaml`/`.yml`, `.jsonl`) and gives the
/// default id.
#[must_use]
pub fn read(path: &str, text: &str) -> (Vec<Record>, Vec<Finding>) {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    match ending.to_ascii_lowercase().as_str() {
        "jsonl" | "ndjson" | "json" | "ijson" => jsonl::read(text),
        "yaml" | "yml" => yaml::read_file(stem, text),
        _ => yaml::read_note(stem, text),
    }
}
