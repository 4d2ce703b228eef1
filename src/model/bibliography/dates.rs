//! Publication dates as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

use crate::model::node::{Node, NodeKind};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The number of a month, by its number or its English name.
pub(super) fn month(word: &str) -> Option<u32> {
    if let Ok(number) = word.parse::<u32>() {
        return (1..=12).contains(&number).then_some(number);
    }
    let start: String = word.chars().take(3).flat_map(char::to_lowercase).collect();
    (1..).zip(MONTHS).find(|(_, month)| *month == start).map(|(number, _)| number)
}

/// A date from its parts; what is out of bounds is left out, with what follows it.
pub(super) fn from_parts(year: Option<&str>, month: Option<u32>, day: Option<u32>) -> Option<String> {
    let year = year?.trim();
    let digits = year.strip_prefix('-').unwrap_or(year);
    if digits.is_empty() || 6 < digits.len() || !digits.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let year = if digits.len() < 4 && !year.starts_with('-') { format!("{digits:0>4}") } else { year.to_owned() };
    let Some(month) = month.filter(|month| (1..=12).contains(month)) else { return Some(year) };
    match day.filter(|day| (1..=31).contains(day)) {
        Some(day) => Some(format!("{year}-{month:02}-{day:02}")),
        None => Some(format!("{year}-{month:02}")),
    }
}

/// A date as people and programs write it: EDTF, a date with a time, `May 2024`, `2 May 2024`, `May 2, 2024`.
pub(super) fn from_text(text: &str) -> Option<String> {
    let first = text.trim().split('/').next()?.trim();
    let words: Vec<&str> = first.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let year_at = words.iter().position(|word| {
        let digits = word.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        digits.len() == 4
    })?;
    let year = words.get(year_at)?.get(..4)?;
    if year_at == 0 {
        let number = |idx: usize| {
            let word = words.get(idx)?;
            word.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
        };
        let named = words.get(1).and_then(|word| month(word));
        return from_parts(Some(year), number(1).or(named), number(2));
    }
    let named = words.iter().take(year_at).find_map(|word| word.parse::<u32>().is_err().then(|| month(word)).flatten());
    let day = words.iter().take(year_at).find_map(|word| word.parse().ok());
    from_parts(Some(year), named, named.and(day))
}

/// A date of CSL: `date-parts`, `raw`, `literal`, Pandoc's `year`/`month`/`day`, or a text.
pub(super) fn from_csl(node: &Node<'_>) -> Option<String> {
    match &node.kind {
        NodeKind::Text { .. } => from_text(node.as_text()?),
        NodeKind::List(items) => items.first().and_then(from_csl),
        NodeKind::Map(_) => {
            let text = |key: &str| node.get(key).and_then(Node::as_text);
            if let Some(parts) = node.get("date-parts").and_then(|parts| parts.items().first()) {
                let part = |idx: usize| parts.items().get(idx).and_then(Node::as_text);
                let number = |idx: usize| part(idx).and_then(|it| it.trim().parse().ok());
                return from_parts(part(0), number(1), number(2));
            }
            if text("year").is_some() {
                return from_parts(
                    text("year"),
                    text("month").and_then(month),
                    text("day").and_then(|it| it.parse().ok()),
                );
            }
            text("raw").or_else(|| text("literal")).and_then(from_text)
        }
    }
}
