//! The fixture language of the tests: `=== path` starts a file, `<|>` is the cursor. Offsets in expected output are
//! never numbers: a place is shown by its words.

use glossator::analysis::Depth;
use glossator::corpus::{Change, Corpus, Snapshot};
use glossator::model::FileId;
use glossator::text::ByteRange;
use std::sync::Arc;

/// The mark of the cursor.
pub(crate) const CURSOR: &str = "<|>";

/// A small workspace in memory.
pub(crate) struct Fixture {
    /// Its state, every text analysed in full.
    pub(crate) snapshot: Arc<Snapshot>,
    cursor: Option<(FileId, u32)>,
}

impl Fixture {
    /// Reads the fixture language.
    pub(crate) fn new(text: &str) -> Fixture {
        Fixture::on("", text)
    }

    /// The same, on a day.
    pub(crate) fn on(today: &str, text: &str) -> Fixture {
        let mut corpus = Corpus::of_depth(Depth::Full);
        corpus.set_today(today);
        let mut cursor = None;
        for part in text.split("=== ").skip(1) {
            let (path, body) = part.split_once('\n').expect("a path and a line end after `=== `");
            let body = match body.find(CURSOR) {
                Some(offset) => {
                    cursor = Some((path.trim().to_owned(), offset));
                    body.replacen(CURSOR, "", 1)
                }
                None => body.to_owned(),
            };
            corpus.apply(Change::Loaded { path: path.trim().to_owned(), text: body }).expect("a loaded file");
        }
        for job in corpus.jobs() {
            corpus.finish(job.run());
        }
        let snapshot = corpus.snapshot();
        let cursor = cursor.map(|(path, offset)| {
            (snapshot.file(&path).unwrap_or_else(|| panic!("{path} is no file of the corpus")), offset as u32)
        });
        Fixture { snapshot, cursor }
    }

    /// The file and byte of the cursor.
    pub(crate) fn cursor(&self) -> (FileId, u32) {
        self.cursor.expect("the fixture has a cursor")
    }

    /// The words of a range.
    pub(crate) fn words(&self, file: FileId, range: ByteRange) -> String {
        self.snapshot.document(file).expect("a file of the corpus").buffer.slice(range).into_owned()
    }

    /// `path: words`.
    pub(crate) fn place(&self, file: FileId, range: ByteRange) -> String {
        format!("{}: {}", self.snapshot.path(file), self.words(file, range))
    }

    /// Every finding of every file: `path: severity[code] “words”`.
    pub(crate) fn findings(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for document in self.snapshot.documents() {
            for finding in glossator::features::findings::check(&self.snapshot, document.file) {
                let words = document.buffer.slice(finding.range);
                let words: String = words.chars().take(40).collect();
                let words = words.replace('\n', "⏎");
                let (severity, code) = (finding.severity.word(), finding.code.word());
                lines.push(format!("{}: {severity}[{code}] “{words}”", document.path));
            }
        }
        lines
    }
}
