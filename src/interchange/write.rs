//! Writes records as a person would, in YAML that no program misreads.
//!
//! What YAML could take for something else than text stands in quotation marks, so that reading the file gives the record
//! again, here and in programs that type their scalars.

use crate::model::record::{CaseRule, Evidence, NameKind, NameView, Rank, Record};

/// The record as a Markdown note. The id is left out where the file's name says it.
#[must_use]
pub fn markdown(record: &Record, stem: &str) -> String {
    let mut note = String::from("---\n");
    for line in lines(record, record.id.value != stem) {
        note.push_str(&line);
        note.push('\n');
    }
    note.push_str("---\n");
    let prose = record.prose.value.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if !prose.is_empty() {
        note.push_str(prose);
        note.push('\n');
    }
    note
}

/// The record as an item of a YAML list. Such a file has no place for prose, so the prose becomes a fact.
#[must_use]
pub fn list_item(record: &Record) -> String {
    let mut item = String::new();
    let mut record = record.clone();
    let prose = std::mem::take(&mut record.prose.value);
    if !prose.trim().is_empty() {
        record.facts.push(super::fact("summary", &prose, None, Rank::Normal));
    }
    for (number, line) in (0..).zip(lines(&record, true)) {
        item.push_str(if number == 0 { "- " } else { "  " });
        item.push_str(&line);
        item.push('\n');
    }
    item
}

/// The keys of a record, a line each or a line for each entry.
fn lines(record: &Record, with_id: bool) -> Vec<String> {
    let mut lines = Vec::new();
    if with_id {
        lines.push(format!("id: {}", scalar(&record.id.value)));
    }
    if let Some(schema) = &record.schema {
        lines.push(format!("type: {}", scalar(&schema.value)));
    }
    lines.push(format!("name: {}", scalar(record.caption())));
    // A leading slash would make a plain alias a path of a web site generator.
    let is_plain = |name: &NameView<'_>| {
        let alias = matches!(name.kind, NameKind::Alias | NameKind::Canonical);
        alias && name.lang.is_none() && name.case.is_none() && !name.text.value.starts_with('/')
    };
    let others = || record.names.iter().skip(1);
    let aliases: Vec<&str> = others().filter(is_plain).map(|name| name.text.value).collect();
    lines.extend(list("aliases", &aliases, true));
    let names: Vec<String> = others().filter(|name| !is_plain(name)).map(named).collect();
    lines.extend(block("names", names));
    let values = |list: &[crate::model::Spanned<String>]| list.iter().map(|it| it.value.clone()).collect::<Vec<_>>();
    lines.extend(list("country", &values(&record.countries), false));
    lines.extend(list("topics", &values(&record.topics), true));
    let facts = record.facts.iter().map(|fact| {
        let mut pairs = vec![("property", fact.property.value.as_str()), ("value", fact.value.value.as_str())];
        evidence(&mut pairs, &fact.evidence);
        further(&mut pairs, &fact.more, &["property", "prop", "value"]);
        mapping(&pairs)
    });
    lines.extend(block("facts", facts.collect()));
    let relations = record.relations.iter().map(|relation| {
        let other = (relation.role.value.as_str(), relation.other.value.as_str());
        let mut pairs = vec![("type", relation.schema.value.as_str()), other];
        evidence(&mut pairs, &relation.evidence);
        further(&mut pairs, &relation.more, &["type"]);
        mapping(&pairs)
    });
    lines.extend(block("relations", relations.collect()));
    lines.extend(list("not", &values(&record.not), true));
    if let Some(target) = &record.merged_into {
        lines.push(format!("mergedInto: {}", scalar(&target.value)));
    }
    lines
}

/// `key: [a, b]`; a single value stands alone where the key allows it.
fn list<T: AsRef<str>>(key: &str, values: &[T], always_list: bool) -> Option<String> {
    match values {
        [] => None,
        [value] if !always_list => Some(format!("{key}: {}", scalar(value.as_ref()))),
        _ => {
            let values: Vec<String> = values.iter().map(|value| scalar(value.as_ref())).collect();
            Some(format!("{key}: [{}]", values.join(", ")))
        }
    }
}

/// A key with its entries, a line each.
fn block(key: &str, entries: Vec<String>) -> Vec<String> {
    let head = (!entries.is_empty()).then(|| format!("{key}:"));
    head.into_iter().chain(entries.into_iter().map(|entry| format!("  - {entry}"))).collect()
}

fn named(name: NameView<'_>) -> String {
    let mut pairs = vec![("name", name.text.value)];
    pairs.extend(name.lang.map(|lang| ("lang", lang)));
    if !matches!(name.kind, NameKind::Alias | NameKind::Canonical) {
        pairs.push(("kind", name.kind.word()));
    }
    let rule = name.case.map(|rule| match rule {
        CaseRule::Case => "case",
        CaseRule::Exact => "exact",
        CaseRule::Never => "never",
    });
    pairs.extend(rule.map(|rule| ("match", rule)));
    mapping(&pairs)
}

fn evidence<'r>(pairs: &mut Vec<(&'r str, &'r str)>, evidence: &'r Evidence) {
    pairs.extend(evidence.source.as_ref().map(|source| ("source", source.value.as_str())));
    pairs.extend(evidence.locator.as_deref().map(|locator| ("locator", locator)));
    pairs.extend(evidence.quote.as_ref().map(|quote| ("quote", quote.value.as_str())));
    match evidence.rank {
        Rank::Preferred => pairs.push(("rank", "preferred")),
        Rank::Normal => (),
        Rank::Deprecated => pairs.push(("rank", "deprecated")),
    }
}

/// Adds further keys, but none that says something else there.
fn further<'r>(pairs: &mut Vec<(&'r str, &'r str)>, more: &'r [(String, String)], taken: &[&str]) {
    for (key, value) in more {
        let is_evidence = matches!(key.as_str(), "source" | "locator" | "at" | "quote" | "rank");
        let is_taken = is_evidence || taken.contains(&key.as_str()) || pairs.iter().any(|(other, _)| other == key);
        if !is_taken && !value.trim().is_empty() {
            pairs.push((key, value));
        }
    }
}

fn mapping(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{}: {}", scalar(key), scalar(value))).collect();
    format!("{{{}}}", pairs.join(", "))
}

/// A text as a YAML scalar: plain where nobody can take it for something else, else in double quotation marks.
fn scalar(text: &str) -> String {
    let text = text.trim();
    let inside = |c: char| match c {
        ' ' | '-' | '_' | '.' | '/' | '(' | ')' | '\'' | '+' => true,
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        _ => !c.is_whitespace() && !c.is_control() && !is_unseen(c) && !matches!(c, '\u{200b}'..='\u{200d}'),
    };
    let last = text.chars().next_back();
    let is_plain = text.starts_with(char::is_alphabetic) && text.chars().all(inside) && last != Some(' ');
    // Words that some YAML reader takes for a truth value or for nothing.
    let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];
    if is_plain && !words.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ if c.is_control() || is_unseen(c) => push_escape(&mut quoted, c),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Line ends of other times, and signs that nobody sees or that turn the text around them.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}

fn push_escape(quoted: &mut String, c: char) {
    quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn what_yaml_would_misread_stands_in_quotation_marks() {
        for text in [
            "People's Data",
            "国家网信办",
            "data exchange",
            "x",
            "No. 7",
            "n/a",
            "c++",
            "yes please",
            "ダグラス・アダムズ",
            "डग्लस अॅडम्स",
        ] {
            assert_eq!(scalar(text), text);
        }
        for text in [
            "no",
            "On",
            "NULL",
            "0123",
            "12:30",
            "2018-06",
            "1e5",
            ".5",
            "-1",
            "~",
            "@x",
            "a: b",
            "a #b",
            "#x",
            "*x",
            "&x",
            "!x",
            "%x",
            "[x",
            "{x",
            "x,y",
            "- x",
            "? x",
            "a:",
            "'x",
            "`x",
            "| x",
            "> x",
            "=",
            "<<",
            "https://x.org",
            "",
        ] {
            assert_eq!(scalar(text), format!("\"{text}\""));
        }
        assert_eq!(scalar("a\u{202e}b"), r#""a\u202eb""#);
        assert_eq!(scalar("a \"b\"\\\n\u{85}\u{feff}"), r#""a \"b\"\\\n\u0085\ufeff""#);
    }
}
