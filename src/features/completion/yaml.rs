//! Where in a half-written record the cursor is: read line by line, because what is being typed is seldom valid YAML.

/// The place of the cursor among keys and values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Slot {
    /// The key that the mapping or list stands under; empty for the record itself.
    pub(super) parent: String,
    /// The key whose value is typed; `None` while a key, or an entry of a plain list, is typed.
    pub(super) key: Option<String>,
    /// Keys and values that stand in the same mapping before the cursor.
    pub(super) siblings: Vec<(String, String)>,
    /// What was typed so far.
    pub(super) typed: String,
    /// Whether a space is missing after the colon.
    pub(super) lacks_space: bool,
    /// Whether the cursor stands within `[` `]` or `{` `}`.
    pub(super) in_flow: bool,
    /// How far in the typed word's line is.
    pub(super) indent: usize,
}

/// Reads the place at the end of `text`, which begins where the YAML begins. `None` inside comments.
pub(super) fn slot(text: &str) -> Option<Slot> {
    let (above, line) = text.rsplit_once('\n').map_or(("", text), |(above, line)| (above, line));
    if line.trim_start().starts_with('#') || line.contains(" #") {
        return None;
    }
    let (indent, content) = indented(line);
    if let Some((before, inner)) = open_flow(content) {
        return Some(in_flow(above, indent, before, inner));
    }
    let mut slot = Slot { indent, ..Slot::default() };
    fill(&mut slot, content);
    let begins_item = line.trim_start().starts_with("- ") || line.trim() == "-";
    let (parent, siblings) = around(above, indent, begins_item);
    slot.parent = parent;
    slot.siblings = siblings;
    Some(slot)
}

/// The column of the first key or value of a line, and what stands from there; bullets are stepped over.
fn indented(line: &str) -> (usize, &str) {
    let mut rest = line.trim_start_matches(' ');
    while let Some(inner) = rest.strip_prefix("- ") {
        rest = inner.trim_start_matches(' ');
    }
    if rest == "-" {
        rest = "";
    }
    (line.len() - rest.len(), rest)
}

/// Cuts at the last bracket that is still open.
fn open_flow(content: &str) -> Option<(&str, &str)> {
    let mut open = Vec::new();
    let mut quote = None;
    for (at, c) in content.char_indices() {
        match (quote, c) {
            (Some(mark), _) => quote = (c != mark).then_some(mark),
            (None, '"') => quote = Some('"'),
            (None, '[' | '{') => open.push(at),
            (None, ']' | '}') => drop(open.pop()),
            (None, _) => (),
        }
    }
    let at = *open.last()?;
    Some((content.get(..at)?, content.get(at + 1..)?))
}

fn in_flow(above: &str, indent: usize, before: &str, inner: &str) -> Slot {
    let mut slot = Slot { in_flow: true, indent, ..Slot::default() };
    let (done, typed) = inner.rsplit_once(',').map_or(("", inner), |(done, typed)| (done, typed.trim_start()));
    fill(&mut slot, typed);
    slot.siblings = done.split(',').filter_map(pair).collect();
    // `topics: [` and `{owner: [` name their parent on the line itself, `- {` further up.
    let key = before.trim_end().strip_suffix(':').map(|it| it.rsplit([',', '{', '[', ' ']).next().unwrap_or(it));
    slot.parent = match key {
        Some(key) => key.to_owned(),
        None => match before.split_once(':') {
            Some((key, _)) => key.trim().to_owned(),
            None => around(above, indent, true).0,
        },
    };
    slot
}

fn fill(slot: &mut Slot, typed: &str) {
    match typed.split_once(':') {
        Some((key, value)) if value.is_empty() || value.starts_with(' ') => {
            slot.key = Some(key.trim().to_owned());
            slot.lacks_space = value.is_empty();
            slot.typed = value.trim_start().trim_start_matches(['"', '\'']).to_owned();
        }
        _ => slot.typed = typed.trim_start_matches(['"', '\'']).to_owned(),
    }
}

fn pair(text: &str) -> Option<(String, String)> {
    let (key, value) = text.split_once(':')?;
    Some((key.trim().to_owned(), value.trim().trim_matches(['"', '\'']).to_owned()))
}

/// The key that holds a line which is `indent` in, and the keys beside it that stand above.
fn around(above: &str, indent: usize, begins_item: bool) -> (String, Vec<(String, String)>) {
    let mut siblings = Vec::new();
    let mut same_item = !begins_item;
    let mut level = indent;
    for line in above.lines().rev().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        let (column, content) = indented(line);
        let dash = line.len() - line.trim_start().len();
        let is_item = dash < column;
        if column == level && same_item {
            siblings.extend(pair(content));
        }
        same_item &= !(is_item && column <= level);
        // A list may stand as far in as the key that holds it.
        let holds = !is_item && (column < level || (column == level && begins_item && 0 < indent && column < indent));
        if holds && content.trim_end().ends_with(':') {
            return (content.trim_end().trim_end_matches(':').to_owned(), siblings);
        }
        level = level.min(column.max(if is_item { dash + 1 } else { column }));
    }
    (String::new(), siblings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, parent: &str, key: Option<&str>, typed: &str) {
        let slot = slot(text).expect("a place");
        assert_eq!((slot.parent.as_str(), slot.key.as_deref(), slot.typed.as_str()), (parent, key, typed), "{text}");
    }

    #[test]
    fn the_cursor_is_found_in_block_and_flow_style() {
        check("ty", "", None, "ty");
        check("name: A\ntype: Com", "", Some("type"), "Com");
        check("name: A\ntopics: [gov.soe, go", "topics", None, "go");
        check("topics:\n  - go", "topics", None, "go");
        check("topics:\n- go", "topics", None, "go");
        check("relations:\n  - {type: Ownership, ow", "relations", None, "ow");
        check("relations:\n  - {type: Ownership, owner: bo", "relations", Some("owner"), "bo");
        check("relations:\n  - type: Ownership\n    owner: bo", "relations", Some("owner"), "bo");
        check("facts:\n  - {property: sector, value: x}\n  - {prop", "facts", None, "prop");
        check("- id: a\n  name: B\n  ty", "", None, "ty");
        check("- id: a\n  relations:\n    - {type: Own", "relations", Some("type"), "Own");
        check("facts:\n  - {property: a, value: b}\nnot: [x", "not", None, "x");
    }

    #[test]
    fn siblings_are_those_of_the_same_entry() {
        let found = slot("relations:\n  - type: Control\n    owner: x\n  - type: Ownership\n    ow").expect("a place");
        assert_eq!(found.siblings, [("type".to_owned(), "Ownership".to_owned())]);
        let found = slot("relations:\n  - {type: Control, source: a, con").expect("a place");
        assert_eq!(found.siblings.len(), 2);
    }

    #[test]
    fn comments_take_nothing() {
        assert_eq!(slot("name: A # a"), None);
    }
}
