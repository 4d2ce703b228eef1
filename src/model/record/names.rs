//! The names of a record: plain aliases, and names of which more is known.

use super::vocabulary::NAME_KINDS;
use super::yaml::{REPORT, wrong_word};
use super::{CaseRule, Name, NameKind};
use crate::model::node::{Form, Node, NodeKind, nearest};
use crate::model::{Finding, Spanned};
use crate::text::ByteRange;

impl NameKind {
    /// Reads a kind as users write it.
    #[must_use]
    pub fn from_word(word: &str) -> Option<NameKind> {
        Some(match word.to_ascii_lowercase().as_str() {
            "canonical" | "full" => NameKind::Canonical,
            "alias" => NameKind::Alias,
            "abbreviation" | "abbr" | "acronym" => NameKind::Abbreviation,
            "short" => NameKind::Short,
            "former" | "previous" => NameKind::Former,
            "nickname" | "nick" => NameKind::Nickname,
            "transliteration" | "translit" => NameKind::Transliteration,
            "mistranslation" => NameKind::Mistranslation,
            "weak" => NameKind::Weak,
            _ => return None,
        })
    }

    /// The kind as users write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            NameKind::Canonical => "canonical",
            NameKind::Alias => "alias",
            NameKind::Abbreviation => "abbreviation",
            NameKind::Short => "short",
            NameKind::Former => "former",
            NameKind::Nickname => "nickname",
            NameKind::Transliteration => "transliteration",
            NameKind::Mistranslation => "mistranslation",
            NameKind::Weak => "weak",
        }
    }
}

impl CaseRule {
    /// Reads a rule as users write it.
    #[must_use]
    pub fn from_word(word: &str) -> Option<CaseRule> {
        match word.to_ascii_lowercase().as_str() {
            "case" => Some(CaseRule::Case),
            "exact" => Some(CaseRule::Exact),
            "never" => Some(CaseRule::Never),
            _ => None,
        }
    }
}

/// Reads `aliases`: a list of plain text, or one line with commas between the names.
pub(super) fn read_aliases(names: &mut Vec<Name>, node: &Node<'_>, findings: &mut Vec<Finding>) {
    match &node.kind {
        NodeKind::Text { .. } => {
            if let Some(line) = node.spanned() {
                names.extend(cut_at_commas(node, &line).into_iter().filter_map(alias));
            }
        }
        NodeKind::List(items) => {
            for item in items {
                match &item.kind {
                    NodeKind::Text { .. } => names.extend(item.spanned().and_then(alias)),
                    NodeKind::List(_) | NodeKind::Map(_) => {
                        let message = "other programs read “aliases” as plain text and drop the whole front matter \
                                       otherwise; move this entry to “names”";
                        findings.push(REPORT.say(item.range, message));
                        read_names(names, item, findings);
                    }
                }
            }
        }
        NodeKind::Map(_) => {
            let message = "“aliases” must be a list of plain text; use “names” where more is known of a name";
            findings.push(REPORT.say(node.range, message));
        }
    }
}

/// Legal forms that follow a comma inside one name.
const LEGAL_FORMS: &[&str] =
    &["inc", "ltd", "llc", "llp", "corp", "co", "plc", "gmbh", "ag", "sa", "s.a", "sarl", "bv", "jr", "sr", "lp"];

/// Cuts a line at its commas, but not before a legal form: `Foo, Inc., Bar` are two names.
fn cut_at_commas(node: &Node<'_>, line: &Spanned<String>) -> Vec<Spanned<String>> {
    let mut names: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    let commas = line.value.match_indices([',', '，', ';']).map(|(at, comma)| (at, at + comma.len()));
    for (end, next) in commas.chain([(line.value.len(), line.value.len())]) {
        let part = line.value.get(start..end).unwrap_or_default();
        let form = part.trim().trim_end_matches('.').to_lowercase();
        match names.last_mut() {
            Some(last) if LEGAL_FORMS.contains(&form.as_str()) => last.1 = end,
            _ => names.push((start, end)),
        }
        start = next;
    }
    // Escapes and folded lines make the value differ from what is written; then the whole line is the place.
    let as_written =
        line.range.len() == line.value.len() || node.as_text().is_some_and(|it| it.len() == line.range.len());
    let lead = node.as_text().map_or(0, |it| it.len() - it.trim_start().len());
    names
        .into_iter()
        .filter_map(|(start, end)| {
            let part = line.value.get(start..end)?;
            let name = part.trim();
            let start = start + part.len() - part.trim_start().len() + lead + line.range.start as usize;
            let range = if as_written { ByteRange::new(start, start + name.len()) } else { line.range };
            (!name.is_empty()).then(|| Spanned::new(name.to_owned(), range))
        })
        .collect()
}

/// An alias; paths such as `/old/page` belong to web site generators and are no names.
fn alias(text: Spanned<String>) -> Option<Name> {
    (!text.value.starts_with('/')).then_some(Name { text, lang: None, kind: NameKind::Alias, case: None })
}

/// Reads `names`: plain text, or mappings with `name`, `lang`, `kind` and `match`.
pub(super) fn read_names(names: &mut Vec<Name>, node: &Node<'_>, findings: &mut Vec<Finding>) {
    for item in node.items() {
        match &item.kind {
            NodeKind::Text { form: Form::Absent, .. } => (),
            NodeKind::Text { .. } => names.extend(item.spanned().and_then(alias)),
            NodeKind::Map(_) => names.extend(read_name(item, findings)),
            NodeKind::List(_) => {
                let message =
                    "a name must be plain text or a mapping such as {name: …, kind: weak}; this list is left out";
                findings.push(REPORT.say(item.range, message));
            }
        }
    }
}

fn read_name(node: &Node<'_>, findings: &mut Vec<Finding>) -> Option<Name> {
    const KEYS: [&str; 9] = ["name", "lang", "kind", "match", "source", "note", "script", "from", "until"];
    let Some(text) = node.get("name").and_then(Node::spanned) else {
        let message = "this entry of “names” has no “name”, so it is left out; write {name: …}";
        findings.push(REPORT.say(node.range, message));
        return None;
    };
    let mut name = Name { text, lang: None, kind: NameKind::Alias, case: None };
    for entry in node.entries() {
        let word = entry.value.spanned();
        match (&*entry.key.value, word) {
            ("lang", Some(word)) => name.lang = Some(word.value),
            ("kind", Some(word)) => match NameKind::from_word(&word.value) {
                // The record's `name` is the canonical one.
                Some(NameKind::Canonical) => (),
                Some(kind) => name.kind = kind,
                None => {
                    let kinds = NAME_KINDS.iter().map(|(word, _)| *word);
                    let list = kinds.clone().collect::<Vec<_>>().join(", ");
                    findings.push(wrong_word("kind of name", &word, kinds, &format!("write one of {list}")));
                }
            },
            ("match", Some(word)) => match CaseRule::from_word(&word.value) {
                Some(rule) => name.case = Some(rule),
                None => {
                    let rules = ["case", "exact", "never"];
                    findings.push(wrong_word("rule for letter case", &word, rules, "write case, exact or never"));
                }
            },
            (key, _) if !KEYS.contains(&key) => {
                let hint = nearest(key, KEYS).map_or_else(String::new, |near| format!("; did you mean “{near}”?"));
                let message = format!("the key “{key}” is not known in a name and is left out{hint}");
                findings.push(REPORT.say(entry.key.range, message));
            }
            _ => (),
        }
    }
    Some(name)
}
