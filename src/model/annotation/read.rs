//! Lines of annotation files.

use super::{Anchor, Annotation, Decision, Judgement, Verdict};
use crate::model::day::is_date;
use crate::model::node::{Node, NodeKind, Reporter, nearest, read_json};
use crate::model::{Code, Finding, Spanned};
use crate::text::ByteRange;

const REPORT: Reporter = Reporter { code: Code::InvalidAnnotation };

pub(super) fn read_lines(text: &str) -> (Vec<Annotation>, Vec<Finding>) {
    let (mut annotations, mut findings) = (Vec::new(), Vec::new());
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches('\u{feff}').trim();
        let start = offset + line.find(words).unwrap_or(0);
        offset += line.len();
        if words.is_empty() {
            continue;
        }
        let range = ByteRange::new(start, start + words.len());
        let reading = read_json(words, start, Code::InvalidAnnotation);
        findings.extend(reading.findings);
        for node in &reading.documents {
            match read_annotation(node, range) {
                Ok(annotation) => annotations.push(annotation),
                Err(finding) => findings.push(*finding),
            }
        }
    }
    (annotations, findings)
}

type Read<T> = Result<T, Box<Finding>>;

fn fail<T>(range: ByteRange, message: impl Into<String>) -> Read<T> {
    Err(Box::new(REPORT.say(range, message)))
}

fn read_annotation(node: &Node<'_>, range: ByteRange) -> Read<Annotation> {
    let Some(target) = node.get("target").and_then(|target| target.items().first()) else {
        return fail(range, "this line is no annotation: it has no “target”; restore it, or remove the line");
    };
    let anchor = read_anchor(target)?;
    let decision = read_decision(node)?;
    let id = node.get("id").and_then(Node::spanned).map(|it| it.value).unwrap_or_default();
    let creator = node.get("creator").and_then(|it| it.items().first()).and_then(named);
    let created = node.get("created").and_then(Node::spanned).map(|it| it.value);
    Ok(Annotation { id, range, decision, anchor, creator, created })
}

/// A text, or the name in a mapping.
fn named(node: &Node<'_>) -> Option<String> {
    let text = |key: &str| node.get(key).and_then(Node::spanned);
    let name = node.spanned().or_else(|| text("name")).or_else(|| text("nickname")).or_else(|| text("id"));
    name.map(|it| it.value)
}

/// A term of ours, with or without its prefix.
fn ours(node: &Node<'_>, key: &str) -> Option<Spanned<String>> {
    let prefixed = node.entries().iter().find(|entry| entry.key.value.strip_prefix("gl:") == Some(key));
    prefixed.map(|entry| &entry.value).or_else(|| node.get(key)).and_then(Node::spanned)
}

fn read_decision(node: &Node<'_>) -> Read<Decision> {
    const MOTIVATIONS: [&str; 6] = ["identifying", "linking", "questioning", "assessing", "moderating", "commenting"];
    let Some(motivation) = node.get("motivation").and_then(|it| it.items().first()).and_then(Node::spanned) else {
        let list = MOTIVATIONS.join(", ");
        return fail(
            node.range,
            format!("this annotation has no motivation, so its meaning is not known; give one of {list}"),
        );
    };
    let nothing = Node { range: ByteRange::empty(node.range.end as usize), kind: NodeKind::Map(Vec::new()) };
    let body = node.get("body").and_then(|body| body.items().first()).unwrap_or(&nothing);
    let about = |key: &str| ours(body, key).or_else(|| ours(node, key));
    match motivation.value.strip_prefix("oa:").unwrap_or(&motivation.value) {
        "identifying" => {
            let Some(actor) = about("actor").or_else(|| actor_of_path(body)) else {
                return fail(
                    node.range,
                    "this annotation does not say which actor is meant; give “gl:actor” in its body",
                );
            };
            let judgement = match about("judgement") {
                None => Judgement::Positive,
                Some(word) => match word.value.as_str() {
                    "positive" => Judgement::Positive,
                    "negative" => Judgement::Negative,
                    "unsure" => Judgement::Unsure,
                    _ => return fail(word.range, wrong("judgement", &word.value, &["positive", "negative", "unsure"])),
                },
            };
            Ok(Decision::Identity { actor, judgement })
        }
        "linking" => {
            let key = about("key").or_else(|| body.spanned()).or_else(|| body.get("source").and_then(Node::spanned));
            let Some(key) = key.map(without_at) else {
                return fail(
                    node.range,
                    "this annotation does not say which reference backs the claim; give “gl:key” in its body",
                );
            };
            let quoted = || selectors(body).find_map(|it| it.get("exact")).and_then(Node::spanned);
            let quotation = about("quotation").or_else(|| about("quote")).or_else(quoted).map(|it| it.value);
            Ok(Decision::Backed { key, locator: about("locator").map(|it| it.value), quotation })
        }
        "questioning" => Ok(Decision::CitationNeeded),
        "assessing" => read_verdict(node, body),
        "moderating" => read_suppression(node, body),
        word => {
            let text = body.spanned().or_else(|| body.get("value").and_then(Node::spanned));
            match text {
                Some(text) => Ok(Decision::Comment(text.value)),
                None if word == "commenting" => fail(node.range, "this remark has no text; give “value” in its body"),
                None => fail(motivation.range, wrong("motivation", word, &MOTIVATIONS)),
            }
        }
    }
}

fn read_verdict(node: &Node<'_>, body: &Node<'_>) -> Read<Decision> {
    let about = |key: &str| ours(body, key).or_else(|| ours(node, key));
    let verdict = about("verdict").or_else(|| body.spanned()).or_else(|| body.get("value").and_then(Node::spanned));
    let Some(verdict) = verdict else {
        return fail(node.range, "this annotation has no verdict; give “gl:verdict”: verified, disputed or wont-cite");
    };
    let reason = about("reason").map(|it| it.value);
    let verdict = match verdict.value.as_str() {
        "verified" => Verdict::Verified,
        "disputed" => Verdict::Disputed,
        "wont-cite" | "will-not-cite" => Verdict::WillNotCite,
        _ => {
            return fail(verdict.range, wrong("verdict", &verdict.value, &["verified", "disputed", "wont-cite"]));
        }
    };
    Ok(Decision::Assessed { verdict, reason })
}

fn read_suppression(node: &Node<'_>, body: &Node<'_>) -> Read<Decision> {
    let about = |key: &str| ours(body, key).or_else(|| ours(node, key));
    let Some(code) = about("code") else {
        return fail(
            node.range,
            "this annotation does not say which finding it holds back; give “gl:code” in its body",
        );
    };
    if Code::from_word(&code.value).is_none() {
        let codes: Vec<&str> = Code::ALL.iter().map(|code| code.word()).collect();
        return fail(code.range, wrong("code of a finding", &code.value, &codes));
    }
    let until = about("until");
    if let Some(until) = until.as_ref().filter(|until| !is_date(&until.value)) {
        return fail(until.range, "this is no date, so the annotation is not used; write the last day as 2027-01-31");
    }
    let reason = body.get("value").and_then(Node::spanned).or_else(|| about("reason"));
    let (reason, until) = (reason.map(|it| it.value), until.map(|it| it.value));
    Ok(Decision::Suppressed { code, reason, until })
}

fn wrong(what: &str, word: &str, right: &[&str]) -> String {
    match nearest(word, right.iter().copied()) {
        Some(near) => {
            format!("“{word}” is no {what} that is known, so this annotation is not used; did you mean “{near}”?")
        }
        None => {
            format!("“{word}” is no {what} that is known, so this annotation is not used; write {}", right.join(", "))
        }
    }
}

/// The id in `actors/<id>.md`, or the last part of any other address.
fn actor_of_path(body: &Node<'_>) -> Option<Spanned<String>> {
    let text = |key: &str| body.get(key).and_then(Node::spanned);
    let path = body.spanned().or_else(|| text("source")).or_else(|| text("id")).or_else(|| text("value"))?;
    let words = path.value.split('#').next().unwrap_or_default();
    let start = words.rfind(['/', ':']).map_or(0, |at| at + 1);
    let file = words.get(start..)?;
    let endings = [".md", ".yaml", ".yml", ".jsonl"];
    let id = endings.iter().find_map(|ending| file.strip_suffix(ending)).unwrap_or(file);
    if id.is_empty() {
        return None;
    }
    let at = path.range.start as usize + start;
    let range = if path.range.len() == path.value.len() { ByteRange::new(at, at + id.len()) } else { path.range };
    Some(Spanned::new(id.to_owned(), range))
}

fn without_at(mut key: Spanned<String>) -> Spanned<String> {
    if key.value.starts_with('@') && 1 < key.value.len() && key.range.len() == key.value.len() {
        key.value.remove(0);
        key.range.start += 1;
    }
    key
}

fn selectors<'n, 'a>(target: &'n Node<'a>) -> impl Iterator<Item = &'n Node<'a>> {
    target.get("selector").map(Node::items).unwrap_or_default().iter()
}

fn read_anchor(target: &Node<'_>) -> Read<Anchor> {
    let mut anchor = Anchor::default();
    let source = target.spanned().or_else(|| {
        let source = target.get("source")?;
        source.spanned().or_else(|| source.get("id").and_then(Node::spanned))
    });
    let Some(source) = source else {
        return fail(target.range, "this annotation does not say which text it is about; give “source” in its target");
    };
    anchor.source = source.value;
    for selector in selectors(target) {
        let text = |key: &str| selector.get(key).and_then(Node::as_text).map(str::to_owned);
        let number = |key: &str| selector.get(key).and_then(Node::as_text).and_then(|it| it.parse::<u32>().ok());
        if let Some(exact) = text("exact") {
            anchor.exact = exact;
            anchor.prefix = text("prefix").unwrap_or_default();
            anchor.suffix = text("suffix").unwrap_or_default();
        }
        if let (Some(start), Some(end)) = (number("start"), number("end")) {
            anchor.position = (start <= end).then_some((start, end));
        }
        let fragment = text("value").and_then(|value| {
            let (start, end) = value.strip_prefix("char=")?.split_once(',')?;
            Some((start.parse().ok()?, end.parse().ok()?))
        });
        anchor.position = anchor.position.or(fragment);
    }
    if anchor.exact.is_empty() {
        return fail(
            target.range,
            "this annotation does not quote the words it is about, so they cannot be found again; give a TextQuoteSelector with “exact”",
        );
    }
    let hash = target.get("state").and_then(|it| it.items().iter().find_map(|state| ours(state, "sha256")));
    let hash = hash.or_else(|| ours(target, "sha256")).map(|it| it.value);
    let rival = target.get("state").and_then(|it| it.items().iter().find_map(|state| ours(state, "rival")));
    anchor.rival = rival.and_then(|it| it.value.parse().ok()).filter(|percent| *percent <= 100);
    anchor.sha256 = hash.map(|hash| hash.strip_prefix("sha256:").unwrap_or(&hash).to_owned());
    Ok(anchor)
}
