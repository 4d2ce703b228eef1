//! Decisions in brat's standoff format, and back: a text and, beside it, lines about places in it, in code points.
//!
//! A place is a text-bound annotation (`T1<tab>Actor 0 4<tab>Acme`); the actor is a normalisation, judgement and verdict
//! are attributes, everything in words is a note.

use super::bare;
use super::w3c::Decided;
use crate::model::annotation::{Decision, Judgement, Verdict};
use crate::text::ByteRange;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The resource that our ids belong to.
const RESOURCE: &str = "glossator";

/// The lines for one text; places that are lost are left out.
#[must_use]
pub fn lines(decided: &Decided<'_>) -> String {
    let mut lines = String::new();
    let Some(text) = decided.text else { return lines };
    let words = text.buffer.text();
    let (mut n_links, mut n_attributes, mut n_notes) = (0, 0, 0);
    let placed = decided.lines.iter().filter_map(|(annotation, _)| {
        let place = text.placed().iter().find(|it| it.annotation.range == annotation.range)?.range?;
        Some((annotation, place))
    });
    for (number, (annotation, place)) in (1..).zip(placed) {
        let kind = match &annotation.decision {
            Decision::Identity { .. } => "Actor",
            Decision::Backed { .. } | Decision::Assessed { .. } => "Claim",
            Decision::CitationNeeded => "CitationNeeded",
            Decision::Suppressed { .. } => "Suppression",
            Decision::Comment(_) => "Remark",
        };
        let (spans, shown) = spans(&words, place);
        let _ = writeln!(lines, "T{number}\t{kind} {spans}\t{shown}");
        let mut link = |id: &str, what: &str| {
            n_links += 1;
            format!("N{n_links}\tReference T{number} {RESOURCE}:{id}\t{what}\n")
        };
        let mut attribute = |name: &str, value: &str| {
            n_attributes += 1;
            format!("A{n_attributes}\t{name} T{number} {value}\n")
        };
        let mut notes: Vec<String> = Vec::new();
        match &annotation.decision {
            Decision::Identity { actor, judgement } => {
                lines.push_str(&link(&actor.value, &actor.value));
                lines.push_str(&attribute("Judgement", judgement.word()));
            }
            Decision::Backed { key, locator, quotation } => {
                let at = locator.as_ref().map_or(String::new(), |it| format!(", {}", one_line(it)));
                lines.push_str(&link(&format!("@{}", key.value), &format!("{}{at}", key.value)));
                notes.extend(quotation.iter().map(|it| format!("quotation: {it}")));
            }
            Decision::Assessed { verdict, reason } => {
                lines.push_str(&attribute("Verdict", verdict.word()));
                notes.extend(reason.clone());
            }
            Decision::Suppressed { code, reason, until } => {
                lines.push_str(&attribute("Code", &code.value));
                lines.extend(until.iter().map(|day| attribute("Until", day)));
                notes.extend(reason.clone());
            }
            Decision::Comment(remark) => notes.push(remark.clone()),
            Decision::CitationNeeded => (),
        }
        for note in notes {
            n_notes += 1;
            let _ = writeln!(lines, "#{n_notes}\tAnnotatorNotes T{number}\t{}", one_line(&note));
        }
    }
    lines
}

/// A place in code points, a part for each line that it stands on, and its words on one line.
fn spans(words: &str, place: ByteRange) -> (String, String) {
    let mut at = words.get(..place.start as usize).unwrap_or_default().chars().count();
    let (mut spans, mut shown): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
    for line in place.of(words).unwrap_or_default().split('\n') {
        let length = line.chars().count();
        if !line.trim().is_empty() {
            spans.push(format!("{at} {}", at + length));
            shown.push(line);
        }
        at += length + 1;
    }
    // A tab would end the field.
    (spans.join(";"), shown.join(" ").replace('\t', " "))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A decision from elsewhere about a place of a text: bytes.
pub type Placed = (ByteRange, Decision);

/// What the lines about one text say.
#[derive(Debug, Default)]
pub struct Imported {
    /// Decisions in the order of their lines.
    pub decisions: Vec<Placed>,
    /// What was not understood, with its reason.
    pub faults: Vec<String>,
}

/// A text-bound annotation and what other lines say of it.
#[derive(Default)]
struct Bound {
    range: ByteRange,
    kind: String,
    link: Option<(String, String)>,
    attributes: BTreeMap<String, String>,
    notes: Vec<String>,
}

/// Reads lines about a text.
#[must_use]
pub fn read(lines: &str, words: &str) -> Imported {
    let mut imported = Imported::default();
    let mut order: Vec<&str> = Vec::new();
    let mut bound: BTreeMap<&str, Bound> = BTreeMap::new();
    for (number, line) in (1..).zip(lines.lines()) {
        let mut fields = line.splitn(3, '\t');
        let (id, head, tail) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default(), fields.next());
        if !id.starts_with('T') {
            continue;
        }
        match text_bound(head, tail.unwrap_or_default(), words) {
            Ok(it) => {
                order.push(id);
                bound.insert(id, it);
            }
            Err(why) => imported.faults.push(format!("line {number}: {why}")),
        }
    }
    for line in lines.lines() {
        let mut fields = line.splitn(3, '\t');
        let (id, head, tail) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default(), fields.next());
        let head: Vec<&str> = head.split(' ').collect();
        let [kind, about, rest @ ..] = head.as_slice() else { continue };
        let Some(it) = bound.get_mut(about) else { continue };
        match id.chars().next() {
            Some('N') => {
                let name = rest.first().copied().unwrap_or_default();
                let name = name.split_once(':').map_or(name, |(_, name)| name);
                it.link = Some((name.to_owned(), tail.unwrap_or_default().to_owned()));
            }
            Some('A' | 'M') => {
                it.attributes.insert((*kind).to_owned(), rest.first().copied().unwrap_or_default().to_owned());
            }
            Some('#') => it.notes.extend(tail.map(str::to_owned)),
            _ => (),
        }
    }
    for id in order {
        if let Some(it) = bound.remove(id) {
            let range = it.range;
            imported.decisions.push((range, decision(it)));
        }
    }
    imported
}

fn text_bound(head: &str, shown: &str, words: &str) -> Result<Bound, String> {
    let fault = || format!("“{head}” names no type and place; write it as `Actor 0 4`");
    let (kind, spans) = head.split_once(' ').ok_or_else(fault)?;
    let numbers: Vec<usize> = spans.split([' ', ';']).map_while(|it| it.parse().ok()).collect();
    let (Some(start), Some(end)) = (numbers.first(), numbers.last()) else { return Err(fault()) };
    let byte = |at: usize| words.char_indices().map(|(at, _)| at).chain([words.len()]).nth(at);
    let place = byte(*start).zip(byte(*end)).filter(|(start, end)| start < end);
    let range = place.map(|(start, end)| ByteRange::new(start, end)).ok_or("the text ends before the place")?;
    let there = range.of(words).unwrap_or_default();
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    if !shown.is_empty() && plain(shown) != plain(there) {
        return Err(format!("“{shown}” does not stand at {spans}; the text is another one"));
    }
    Ok(Bound { range, kind: kind.to_owned(), ..Bound::default() })
}

fn decision(it: Bound) -> Decision {
    let verdict = it.attributes.get("Verdict").and_then(|word| match word.as_str() {
        "verified" => Some(Verdict::Verified),
        "disputed" => Some(Verdict::Disputed),
        "wont-cite" => Some(Verdict::WillNotCite),
        _ => None,
    });
    let note = (!it.notes.is_empty()).then(|| it.notes.join(" "));
    match (it.link, verdict) {
        (Some((key, shown)), _) if key.starts_with('@') => {
            let locator = shown.split_once(", ").map(|(_, locator)| locator.to_owned());
            let quotation = note.and_then(|note| Some(note.strip_prefix("quotation: ")?.to_owned()));
            Decision::Backed { key: bare(key.trim_start_matches('@')), locator, quotation }
        }
        (Some((actor, _)), _) => {
            let judgement = match it.attributes.get("Judgement").map(String::as_str) {
                Some("negative") => Judgement::Negative,
                Some("unsure") => Judgement::Unsure,
                Some(_) | None => Judgement::Positive,
            };
            Decision::Identity { actor: bare(actor), judgement }
        }
        (None, Some(verdict)) => Decision::Assessed { verdict, reason: note },
        (None, None) if it.kind == "CitationNeeded" => Decision::CitationNeeded,
        (None, None) if it.attributes.contains_key("Code") => Decision::Suppressed {
            code: bare(it.attributes.get("Code").map_or("", String::as_str)),
            reason: note,
            until: it.attributes.get("Until").cloned(),
        },
        (None, None) => Decision::Comment(note.unwrap_or(it.kind)),
    }
}
