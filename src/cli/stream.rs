//! `--input jsonl`: texts from lines of JSON, in constant memory.
//!
//! What already waits is taken together, up to a limit, and runs on all cores; nothing waits for a line that has not
//! come, so a program may write one text and read its answer before it writes the next.

use super::output::{Ended, Output, Stop, tell};
use super::session::{Session, apply, settle};
use super::texts::{Name, Question, answer};
use super::{EXIT_CLEAN, EXIT_FAULT, Surroundings, arguments};
use crate::corpus::{Change, Corpus};
use crate::disk::{self, MAX_FILE_BYTES};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

/// The most texts that are taken together.
const MAX_TEXTS: usize = 256;

/// The most bytes of texts that are taken together; one longer text is taken alone.
const MAX_BYTES: usize = 4 << 20;

/// A line of the input.
#[derive(Deserialize)]
struct Line {
    id: Value,
    text: String,
}

/// The texts of JSON lines, with the corpus that knows the actors.
struct Stream<'a> {
    question: Question,
    corpus: Corpus,
    out: &'a mut Output,
    /// The number of the line that was read last.
    line: u64,
    /// Whether a line could not be read.
    faulty: bool,
}

/// Runs `mentions` or `claims` over lines of JSON.
pub(super) fn run(
    question: Question,
    arguments: &arguments::TextArguments,
    surroundings: &Surroundings,
    out: &mut Output,
) -> Ended {
    let files = arguments.paths.iter().filter(|path| path.as_os_str() != "-");
    let first = files.clone().next().map(std::path::PathBuf::as_path);
    let depth = question.depth();
    let corpus = Session::read_without_texts(arguments.workspace.as_deref(), first, depth, surroundings)?;
    let mut stream = Stream { question, corpus, out, line: 0, faulty: false };
    for path in &arguments.paths {
        if path.as_os_str() == "-" {
            stream.read(BufReader::with_capacity(1 << 20, io::stdin().lock()), "standard input")?;
        } else {
            stream.read_file(&surroundings.folder.join(path), &path.to_string_lossy())?;
        }
    }
    Ok(if stream.faulty { EXIT_FAULT } else { EXIT_CLEAN })
}

impl Stream<'_> {
    fn read_file(&mut self, full: &Path, shown: &str) -> Result<(), Stop> {
        match disk::named::open(full) {
            Ok(file) => self.read(BufReader::with_capacity(1 << 20, file), shown),
            Err(error) => Err(Stop::fault(format!("{shown} cannot be read: {error}"))),
        }
    }

    fn read<R: io::Read>(&mut self, mut reader: BufReader<R>, shown: &str) -> Result<(), Stop> {
        self.line = 0;
        let mut waiting = Vec::new();
        let mut n_bytes = 0;
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            let n_read = io::Read::take(&mut reader, MAX_FILE_BYTES + 1)
                .read_until(b'\n', &mut bytes)
                .map_err(|error| Stop::fault(format!("{shown} cannot be read: {error}")))?;
            self.line += 1;
            if n_read as u64 > MAX_FILE_BYTES {
                let (line, megabytes) = (self.line, MAX_FILE_BYTES >> 20);
                return Err(Stop::fault(format!("{shown}: line {line} is longer than {megabytes} MB; split it")));
            }
            if let Some(line) = self.parse(&bytes, shown) {
                n_bytes += line.text.len();
                waiting.push(line);
            }
            let more_waits = reader.buffer().contains(&b'\n');
            if n_read == 0 || !more_waits || waiting.len() >= MAX_TEXTS || n_bytes >= MAX_BYTES {
                self.answer(&waiting)?;
                waiting.clear();
                n_bytes = 0;
            }
            if n_read == 0 {
                return Ok(());
            }
        }
    }

    /// The text of a line; a line that cannot be read is told and passed over.
    fn parse(&mut self, bytes: &[u8], shown: &str) -> Option<Line> {
        if bytes.trim_ascii().is_empty() {
            return None;
        }
        match serde_json::from_slice::<Line>(bytes) {
            Ok(line) => Some(line),
            Err(error) => {
                self.faulty = true;
                let number = self.line;
                tell(&format!(
                    "glossator: {shown}: line {number} is no object with \"id\" and \"text\", so it was left out ({error})"
                ));
                None
            }
        }
    }

    /// Answers for some texts, in their order, and forgets them.
    fn answer(&mut self, lines: &[Line]) -> Result<(), Stop> {
        // The same few places are used again and again, so that the corpus does not grow with the stream.
        let places = || (0..lines.len()).map(|place| format!("stdin:///{place}.txt"));
        for (line, path) in lines.iter().zip(places()) {
            apply(&mut self.corpus, Change::Opened { path, text: line.text.clone(), version: 0 });
        }
        settle(&mut self.corpus, None);
        let snapshot = self.corpus.snapshot();
        let paths: Vec<String> = places().collect();
        let answers: Vec<Result<Vec<u8>, Stop>> = lines
            .par_iter()
            .zip(&paths)
            .map(|(line, path)| {
                let document = snapshot.file(path).and_then(|file| snapshot.document(file));
                document.map_or(Ok(Vec::new()), |it| answer(self.question, &snapshot, it, &Name::id(&line.id)))
            })
            .collect();
        for answer in answers {
            self.out.write_all(&answer?)?;
        }
        self.out.finish()?;
        drop(snapshot);
        for path in paths {
            apply(&mut self.corpus, Change::Closed { path: path.clone() });
            apply(&mut self.corpus, Change::Removed { path });
        }
        Ok(())
    }
}
