//! A text that is edited at random says what the same text says when it is opened as it is.

use crate::texts::{finish, note, workspace};
use arbitrary::{Arbitrary, Unstructured};
use glossator::corpus::{Change, Corpus, Edit};
use glossator::features::{findings, tokens};
use glossator::text::position::{Encoding, LineColumn};

/// What texts are put together from.
const PIECES: [&str; 40] = [
    "Maria Lee said that ACME sold 9,000 anvils in 2023. ",
    "Lee denied it. ",
    "« La société Acme Works a menti », selon le Quotidien du Héraut. ",
    "阿克米公司表示，2023年卖出了9000个铁砧。",
    "“An open quotation that never ends. It goes on. ",
    "it ended here.” ",
    "[@key, p. 3] ",
    "@key ",
    "[^1] ",
    "\n\n[^1]: @key, p. 4\n\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "```\n",
    "    ",
    "😀",
    "é",
    "e\u{301}",
    "国",
    "\u{200b}",
    "\u{2028}",
    "- a bullet by Acme\nWorks ",
    "# Heading\n",
    "---\n",
    "title: The Daily Herald\n",
    "| a | b |\n|---|---|\n| ACME | Lee |\n",
    "> ",
    "<!-- glossator-ignore uncited-claim: known -->",
    "<!--",
    "-->",
    "[ACME](https://example.org/a) ",
    "**Acme",
    "** ",
    "A",
    " ",
    ".",
    "Share this article\n",
    "According to the report, prices rose by 14 percent. ",
    "",
];

/// How many pieces a text begins with, and how many edits follow, at most.
const MOST: usize = 24;

#[derive(Arbitrary, Debug)]
struct Session {
    encoding: u8,
    first: Vec<u8>,
    steps: Vec<Step>,
}

#[derive(Arbitrary, Debug)]
struct Step {
    line: u8,
    column: u8,
    n_lines: u8,
    width: u8,
    pieces: [u8; 2],
    /// Whether the next edit comes with this one.
    goes_on: bool,
    is_whole: bool,
}

fn piece(number: u8) -> &'static str {
    PIECES.get(usize::from(number) % PIECES.len()).copied().unwrap_or_default()
}

fn edit(step: &Step) -> Edit {
    let (line, column) = (u32::from(step.line % 32), u32::from(step.column));
    let start = LineColumn { line, column };
    let end = LineColumn { line: line + u32::from(step.n_lines % 4), column: column + u32::from(step.width) };
    Edit { range: (!step.is_whole).then_some((start, end)), text: step.pieces.map(piece).concat() }
}

/// Edits, each compared.
pub(crate) fn edits(data: &[u8]) {
    let Ok(session) = Session::arbitrary_take_rest(Unstructured::new(data)) else { return };
    let first: String = session.first.iter().take(MOST).map(|number| piece(*number)).collect();
    let encodings = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];
    let encoding = encodings.get(usize::from(session.encoding) % 3).copied().unwrap_or_default();
    let mut corpus = workspace(&first);
    let mut waiting = Vec::new();
    for (version, step) in (1..).zip(session.steps.iter().take(MOST)) {
        waiting.push(edit(step));
        if step.goes_on {
            continue;
        }
        let edits = std::mem::take(&mut waiting);
        let edited = Change::Edited { path: "notes/a.md".to_owned(), version, edits, encoding };
        // The error tells of an edit that does not fit, which is made all the same.
        let _ = corpus.apply(edited);
        finish(&mut corpus);
        compare(&mut corpus);
    }
}

fn compare(corpus: &mut Corpus) {
    let edited = corpus.snapshot();
    let text = edited.document_at("notes/a.md").expect("the note is there").buffer.text();
    let fresh = workspace(&text).snapshot();
    let (file, other) = (note(&edited), note(&fresh));
    let settled = |snapshot: &glossator::corpus::Snapshot| {
        snapshot.document_at("notes/a.md").map(|document| document.settled().clone())
    };
    assert_eq!(settled(&edited), settled(&fresh), "{text:?}");
    assert_eq!(findings::check(&edited, file), findings::check(&fresh, other), "{text:?}");
    assert_eq!(tokens::tokens(&edited, file, None), tokens::tokens(&fresh, other, None), "{text:?}");
}
