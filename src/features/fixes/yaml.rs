//! Small edits of YAML as it is written: lists and mappings in brackets or in lines.

use super::files::line_end;
use crate::text::ByteRange;

/// A value with the quotation marks around it.
fn with_quotes(text: &str, value: ByteRange) -> ByteRange {
    let (start, end) = (value.start as usize, value.end as usize);
    let before = text.get(..start).and_then(|it| it.chars().next_back());
    let after = text.get(end..).and_then(|it| it.chars().next());
    match (before, after) {
        (Some(one @ ('"' | '\'')), Some(two)) if one == two => ByteRange::new(start - 1, end + 1),
        _ => value,
    }
}

/// Where another key goes after the `name` of a mapping, and what must stand before it; `None` where the value is not
/// that of a `name`.
pub(super) fn after_name(text: &str, value: ByteRange) -> Option<(usize, String)> {
    let whole = with_quotes(text, value);
    let before = text.get(..whole.start as usize)?.trim_end();
    let before = before.strip_suffix(':')?.trim_end().trim_end_matches(['"', '\'']);
    let before = before.strip_suffix("name")?.trim_end_matches(['"', '\'']);
    let end = whole.end as usize;
    if before.trim_end().ends_with(['{', ',']) {
        return Some((end, ", ".to_owned()));
    }
    let line = text.get(end..)?.split('\n').next().unwrap_or_default();
    Some((end + line.trim_end().len(), format!("{}{}", line_end(text), column(before))))
}

/// White space as wide as what the last line of a text holds.
pub(super) fn column(before: &str) -> String {
    let lead = before.rsplit('\n').next().unwrap_or_default();
    lead.chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect()
}

/// The entry of a list, with the comma or the line that goes with it; a value that is no list is its own entry.
pub(super) fn list_item(text: &str, value: ByteRange) -> Option<ByteRange> {
    let whole = with_quotes(text, value);
    let (start, end) = (whole.start as usize, whole.end as usize);
    let (before, after) = (text.get(..start)?, text.get(end..)?);
    let lead = before.trim_end();
    let line = before.rsplit('\n').next().unwrap_or_default();
    if line.trim() == "-" {
        let rest = after.split_inclusive('\n').next().unwrap_or_default();
        return Some(ByteRange::new(start - line.len(), end + rest.len()));
    }
    let follows = after.trim_start();
    if follows.starts_with(',') {
        let rest = follows.get(1..).unwrap_or_default();
        let rest = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        return Some(ByteRange::new(start, end + after.len() - follows.len() + 1 + rest));
    }
    if lead.ends_with(',') {
        return Some(ByteRange::new(lead.len() - 1, end));
    }
    (lead.ends_with('[') || lead.ends_with(':')).then_some(whole)
}

/// The edit that adds a key to a mapping, in brackets or in lines.
pub(super) fn add_key(text: &str, mapping: ByteRange, key: &str, value: &str) -> Option<(ByteRange, String)> {
    let words = mapping.of(text)?.trim_end();
    let end = mapping.start as usize + words.len();
    if words.starts_with('{') {
        let inside = words.strip_suffix('}')?.trim_end();
        let comma = if inside.ends_with(['{', ',']) { "" } else { ", " };
        let at = mapping.start as usize + inside.len();
        return Some((ByteRange::empty(at), format!("{comma}{key}: {value}")));
    }
    let column = column(text.get(..mapping.start as usize)?);
    let rest = text.get(end..)?.split('\n').next().unwrap_or_default().trim_end();
    Some((ByteRange::empty(end + rest.len()), format!("{}{column}{key}: {value}", line_end(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> (String, ByteRange) {
        let (start, end) = (text.find('<').unwrap(), text.find('>').unwrap() - 1);
        (text.replace(['<', '>'], ""), ByteRange::new(start, end))
    }

    #[test]
    fn an_entry_goes_with_its_comma_or_its_line() {
        for (before, after) in [
            ("aliases: [<A>, B] # c", "aliases: [B] # c"),
            ("aliases: [A, '<B>']", "aliases: [A]"),
            ("aliases: [<A>]", "aliases: []"),
            ("aliases:\n  - A\n  - \"<B>\" # c\n  - C\n", "aliases:\n  - A\n  - C\n"),
            ("aliases: <A>\n", "aliases: \n"),
        ] {
            let (mut text, range) = value(before);
            let item = list_item(&text, range).unwrap();
            text.replace_range(item.start as usize..item.end as usize, "");
            assert_eq!(text, after);
        }
    }

    #[test]
    fn a_key_follows_the_name_in_brackets_and_in_lines() {
        for (before, after) in [
            ("names: [{name: <A>, lang: fr}]", "names: [{name: A, kind: weak, lang: fr}]"),
            (
                "names:\n  - name: \"<A>\" # c\n    lang: fr\n",
                "names:\n  - name: \"A\" # c\n    kind: weak\n    lang: fr\n",
            ),
        ] {
            let (mut text, range) = value(before);
            let (at, lead) = after_name(&text, range).unwrap();
            text.insert_str(at, &format!("{lead}kind: weak"));
            assert_eq!(text, after);
        }
        let (text, range) = value("aliases: [<A>]");
        assert_eq!(after_name(&text, range), None);
    }

    #[test]
    fn a_mapping_gets_one_more_key() {
        for (before, after) in [
            ("- <{property: sector, value: x}>\n", "- {property: sector, value: x, source: k}\n"),
            ("  - <property: sector\n    value: x> # c\n", "  - property: sector\n    value: x # c\n    source: k\n"),
        ] {
            let (mut text, range) = value(before);
            let (at, words) = add_key(&text, range, "source", "k").unwrap();
            text.insert_str(at.start as usize, &words);
            assert_eq!(text, after);
        }
    }
}
