//! `mentions` and `claims`: what the engine found in texts, one JSON object a line.

use super::offsets::CodePoints;
use super::output::{Ended, Output, Stop, tell};
use super::session::{Needs, Session};
use super::{EXIT_CLEAN, EXIT_FAULT, Surroundings, arguments, stream};
use crate::analysis::Depth;
use crate::analysis::claims::{Claim, Cue};
use crate::analysis::mentions::{Mention, MentionStatus};
use crate::corpus::{Document, Snapshot};
use crate::features::states::{self, Backing};
use crate::text::ByteRange;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;
use std::io::Write;

/// What is asked of each text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// Who is named where.
    Mentions,
    /// What each sentence asserts.
    Claims,
}

impl Question {
    /// How deep a text is looked into for the answer.
    pub(super) fn depth(self) -> Depth {
        match self {
            Question::Mentions => Depth::Mentions,
            Question::Claims => Depth::Full,
        }
    }
}

/// Runs `mentions` or `claims`.
pub(super) fn run(
    question: Question,
    arguments: &arguments::TextArguments,
    surroundings: &Surroundings,
    out: &mut Output,
) -> Ended {
    if arguments.input.is_some() {
        return stream::run(question, arguments, surroundings, out);
    }
    if arguments.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Stop::fault("standard input is read with --input jsonl only: lines with \"id\" and \"text\""));
    }
    let needs = Needs { other_texts: false, depth: question.depth() };
    let session = Session::read(arguments.workspace.as_deref(), &arguments.paths, needs, surroundings)?;
    let documents = session.documents();
    // Texts are turned into lines on all cores, and printed in order, some at a time.
    for some in documents.chunks(256) {
        let answers: Vec<Result<Vec<u8>, Stop>> = some
            .par_iter()
            .map(|document| answer(question, &session.snapshot, document, &Name::path(session.printed(document))))
            .collect();
        for answer in answers {
            out.write_all(&answer?)?;
        }
    }
    for message in &session.unread {
        tell(&format!("glossator: {message}"));
    }
    Ok(if session.unread.is_empty() { EXIT_CLEAN } else { EXIT_FAULT })
}

/// How a text is called in the output: a path, or the id that it came with.
#[derive(Serialize)]
pub(super) struct Name<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
}

impl<'a> Name<'a> {
    /// A file's name.
    pub(super) fn path(path: &'a str) -> Name<'a> {
        Name { path: Some(path), id: None }
    }

    /// The name of a text that came with an id.
    pub(super) fn id(id: &'a Value) -> Name<'a> {
        Name { path: None, id: Some(id) }
    }
}

/// The lines for one text.
pub(super) fn answer(
    question: Question,
    snapshot: &Snapshot,
    document: &Document,
    name: &Name<'_>,
) -> Result<Vec<u8>, Stop> {
    let text = document.buffer.text();
    let mut lines = Vec::new();
    if !document.role.is_text() {
        return Ok(lines);
    }
    match question {
        Question::Mentions => mention_lines(snapshot, document, &text, name, &mut lines)?,
        Question::Claims => claim_lines(snapshot, document, &text, name, &mut lines)?,
    }
    Ok(lines)
}

/// A line of `mentions`. The fields are a contract with other programs.
#[derive(Serialize)]
struct MentionLine<'a> {
    #[serde(flatten)]
    name: &'a Name<'a>,
    start: usize,
    end: usize,
    text: &'a str,
    actor: Option<&'a str>,
    kind: &'static str,
    confidence: f32,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    candidates: Option<Vec<&'a str>>,
}

fn mention_lines(
    snapshot: &Snapshot,
    document: &Document,
    text: &str,
    name: &Name<'_>,
    lines: &mut Vec<u8>,
) -> Result<(), Stop> {
    let mut points = CodePoints::new(text);
    let settled = document.settled();
    for mention in &settled.mentions {
        let Mention { range, actor, kind, status, confidence, .. } = mention;
        let (start, end) = points.range(*range);
        let candidates = || {
            settled.candidates(mention).iter().filter_map(|candidate| snapshot.registry.actor_id(*candidate)).collect()
        };
        let line = MentionLine {
            name,
            start,
            end,
            text: range.of(text).unwrap_or_default(),
            actor: snapshot.registry.actor_id(*actor),
            kind: kind.word(),
            confidence: confidence.value(),
            status: status.word(),
            candidates: (*status == MentionStatus::Ambiguous).then(candidates),
        };
        serde_json::to_writer(&mut *lines, &line)?;
        lines.push(b'\n');
    }
    Ok(())
}

/// A line of `claims`. The fields are a contract with other programs.
#[derive(Serialize)]
struct ClaimLine<'a> {
    #[serde(flatten)]
    name: &'a Name<'a>,
    start: usize,
    end: usize,
    text: &'a str,
    label: &'static str,
    score: f32,
    checkable_score: f32,
    check_worthy: bool,
    cues: Vec<CueObject<'a>>,
    attribution: Option<&'static str>,
    attributed_to: Option<&'a str>,
    state: Option<&'static str>,
    citations: Vec<String>,
    language: &'static str,
    zone: &'static str,
}

/// A reason for a score.
#[derive(Serialize)]
struct CueObject<'a> {
    name: &'static str,
    words: Cow<'a, str>,
    weight: i32,
}

fn claim_lines(
    snapshot: &Snapshot,
    document: &Document,
    text: &str,
    name: &Name<'_>,
    lines: &mut Vec<u8>,
) -> Result<(), Stop> {
    let mut points = CodePoints::new(text);
    let mut backings = states::of(snapshot, document).into_iter();
    for claim in &document.settled().claims {
        let points = points.range(claim.range);
        let line = claim_line(snapshot, claim, name, points, text, backings.next());
        serde_json::to_writer(&mut *lines, &line)?;
        lines.push(b'\n');
    }
    Ok(())
}

fn claim_line<'a>(
    snapshot: &'a Snapshot,
    claim: &'a Claim,
    name: &'a Name<'a>,
    (start, end): (usize, usize),
    document: &'a str,
    backing: Option<Backing>,
) -> ClaimLine<'a> {
    let (state, citations) = backing.map_or((None, Vec::new()), |it| (Some(it.state.word()), it.citations));
    let source = claim.attribution.and_then(|attribution| attribution.actor);
    let words = |range: ByteRange| Cow::Borrowed(range.of(document).unwrap_or_default());
    let cue = |cue: Cue| CueObject { name: cue.name, words: cue.words(words), weight: cue.weight };
    ClaimLine {
        name,
        start,
        end,
        text: claim.range.of(document).unwrap_or_default(),
        label: claim.label.word(),
        score: claim.score,
        checkable_score: claim.checkable_score,
        check_worthy: claim.check_worthy,
        cues: claim.cues().into_iter().map(cue).collect(),
        attribution: claim.attribution_word(),
        attributed_to: source.and_then(|actor| snapshot.registry.actor_id(actor)),
        state,
        citations,
        language: claim.language.code(),
        zone: claim.zone.word(),
    }
}
