//! References: CSL-JSON, CSL-YAML, Hayagriva and BibLaTeX files, read with the place of every value.

mod biblatex;
mod card;
mod csl;
mod dates;
mod formatted;
mod hayagriva;
mod latex;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::node::{Node, NodeKind, Reporter, read_json, read_yaml};
use super::{Code, Finding, Related, Spanned};
use crate::text::ByteRange;

/// The rule that speaks in this module and its children.
const REPORT: Reporter = Reporter { code: Code::InvalidReference };

/// One entry of a bibliography. Ranges are bytes of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The citation key.
    pub key: Spanned<String>,
    /// The whole entry.
    pub range: ByteRange,
    /// The CSL type, translated from other formats.
    pub kind: String,
    /// Title.
    pub title: Option<Spanned<String>>,
    /// Who made it.
    pub authors: Vec<Person>,
    /// What they did, as CSL calls it: `author`, `editor`, `director` or `interviewer`.
    pub role: &'static str,
    /// Newspaper, journal, site.
    pub container_title: Option<String>,
    /// Publisher.
    pub publisher: Option<Spanned<String>>,
    /// Publication date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub issued: Option<String>,
    /// Address.
    pub url: Option<Spanned<String>>,
    /// Language tag.
    pub language: Option<String>,
    /// What else a card shows, by its CSL name, in the order of [`DETAILS`].
    pub details: Vec<(&'static str, String)>,
    /// The source text of the corpus that holds a copy.
    pub copy: Option<ArchivedCopy>,
}

/// Somebody who made a work.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Person {
    /// The family name with its particles, or all of the name of a body or of somebody who has one name only.
    pub family: String,
    /// Given names.
    pub given: Option<String>,
    /// `Jr.`
    pub suffix: Option<String>,
}

impl Person {
    /// `Family, Given`, `Family, Jr., Given`, or one name.
    #[must_use]
    pub fn parse(name: &str) -> Person {
        let parts: Vec<&str> = name.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        let own = |part: &str| Some(part.to_owned());
        match parts.as_slice() {
            [family, given] => Person { family: (*family).to_owned(), given: own(given), suffix: None },
            [family, suffix, given] => Person { family: (*family).to_owned(), given: own(given), suffix: own(suffix) },
            _ => Person::literal(name.trim()),
        }
    }

    /// A name that is written as it stands.
    #[must_use]
    pub fn literal(name: &str) -> Person {
        Person { family: name.to_owned(), given: None, suffix: None }
    }
}

/// The CSL variables that a card shows besides the fields that have a name of their own in [`Reference`].
pub const DETAILS: [&str; 9] =
    ["volume", "issue", "page", "edition", "genre", "number", "publisher-place", "event-title", "accessed"];

/// A captured copy of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchivedCopy {
    /// Path from the workspace folder, with `/`.
    pub file: Spanned<String>,
    /// `sha256:<hex>` of the copy when it was captured.
    pub sha256: Option<Spanned<String>>,
    /// When it was captured.
    pub captured: Option<String>,
    /// Where else it is archived.
    pub archive_url: Option<String>,
}

/// Reads a bibliography; the format is known by the path's ending and the content.
#[must_use]
pub fn read(path: &str, text: &str) -> (Vec<Reference>, Vec<Finding>) {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let first = text.trim_start_matches('\u{feff}').trim_start().chars().next();
    let (references, mut findings) = match (ending.as_str(), first) {
        ("bib" | "bibtex", _) => biblatex::read(text),
        ("json", _) => read_tree(read_json(text, 0, Code::InvalidReference)),
        ("yaml" | "yml", _) => read_tree(read_yaml(text, 0, Code::InvalidReference)),
        (_, Some('@' | '%')) => biblatex::read(text),
        (_, Some('[' | '{')) => read_tree(read_json(text, 0, Code::InvalidReference)),
        _ => read_tree(read_yaml(text, 0, Code::InvalidReference)),
    };
    let references = without_duplicates(references, &mut findings);
    findings.sort_by_key(|finding| finding.range);
    (references, findings)
}

/// CSL entries in a list or under `references`, or Hayagriva's mapping of keys to entries.
fn read_tree(reading: super::node::Reading<'_>) -> (Vec<Reference>, Vec<Finding>) {
    let (mut references, mut findings) = (Vec::new(), reading.findings);
    for document in &reading.documents {
        match (&document.kind, document.get("references")) {
            (_, Some(list)) => references.extend(csl::read(list, &mut findings)),
            (NodeKind::List(_), None) => references.extend(csl::read(document, &mut findings)),
            (NodeKind::Map(_), None) if document.get("id").is_some_and(|id| id.as_text().is_some()) => {
                references.extend(csl::read(document, &mut findings));
            }
            (NodeKind::Map(_), None) => references.extend(hayagriva::read(document, &mut findings)),
            (NodeKind::Text { .. }, None) => {
                let message = "this is no bibliography; write a list of CSL entries, or Hayagriva's “key: {type: …, \
                               title: …}”";
                findings.push(REPORT.say(document.range, message));
            }
        }
    }
    (references, findings)
}

/// The first entry of each key.
fn without_duplicates(references: Vec<Reference>, findings: &mut Vec<Finding>) -> Vec<Reference> {
    let mut seen: HashMap<String, ByteRange> = HashMap::with_capacity(references.len());
    let mut kept = Vec::with_capacity(references.len());
    for reference in references {
        let key = &reference.key;
        let Some(first) = seen.get(&key.value) else {
            seen.insert(key.value.clone(), key.range);
            kept.push(reference);
            continue;
        };
        let message = format!(
            "the key “{}” stands for another entry already, so this entry is left out; give it a key of its own",
            key.value
        );
        let code = Code::DuplicateReference;
        let mut finding = Finding::new(code, code.default_severity(), key.range, message);
        finding.related.push(Related { file: None, range: *first, message: "the first entry".to_owned() });
        findings.push(finding);
    }
    kept
}

/// An entry of which nothing is known but its key.
fn blank(key: Spanned<String>, range: ByteRange) -> Reference {
    Reference {
        key,
        range,
        kind: "document".to_owned(),
        title: None,
        authors: Vec::new(),
        role: "author",
        container_title: None,
        publisher: None,
        issued: None,
        url: None,
        language: None,
        details: Vec::new(),
        copy: None,
    }
}

/// A copy's path as it is looked up: `/` between folders, nothing before the first one. `None`, with a finding, where
/// it leads out of the workspace.
fn copy_path(file: Spanned<String>, findings: &mut Vec<Finding>) -> Option<Spanned<String>> {
    let Some(path) = super::options::inside_workspace(&file.value) else {
        let message = format!(
            "“{}” leads out of the workspace folder, so this copy is not looked at; move the copy into the workspace and \
             write its path from there",
            file.value
        );
        findings.push(REPORT.say(file.range, message));
        return None;
    };
    Some(Spanned::new(path, file.range))
}

/// The archived copy that a mapping with `file`, `sha256`, `captured` and `archive_url` describes.
fn copy_of(node: &Node<'_>, findings: &mut Vec<Finding>) -> Option<ArchivedCopy> {
    let any = |keys: &[&str]| keys.iter().find_map(|key| node.get(key).and_then(Node::spanned));
    let file = copy_path(any(&["file", "path"])?, findings)?;
    let sha256 = any(&["sha256"]);
    if let Some(hash) = &sha256 {
        check_hash(hash, findings);
    }
    let captured = any(&["captured"]).map(|it| it.value);
    let archive_url = any(&["archive_url", "archive-url"]).map(|it| it.value);
    Some(ArchivedCopy { file, sha256, captured, archive_url })
}

fn check_hash(hash: &Spanned<String>, findings: &mut Vec<Finding>) {
    let hex = hash.value.strip_prefix("sha256:").unwrap_or(&hash.value);
    if hex.len() != 64 || !hex.chars().all(|c| c.is_ascii_hexdigit()) {
        let message = "this is no SHA-256 hash, so changes of the copy are not noticed; write sha256: and 64 hexadecimal \
                       digits";
        findings.push(REPORT.say(hash.range, message));
    }
}
