//! Keeps the house in order: layers, outside crates, docs, lengths, generated pages, the size of files.
//!
//! Each check reports `file:line`, so that an editor jumps there.

#![expect(clippy::disallowed_methods, reason = "this test reads the sources")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod layers;
mod lengths;
mod pages;
mod supply;

use glossator::model::Code;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// A source file of ours.
pub(crate) struct Source {
    /// From the package's folder, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// The lines with their numbers from 1, without what follows the unit tests' beginning.
    pub(crate) fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let before_tests = |(_, line): &(usize, &str)| !line.starts_with("#[cfg(test)]") || self.is_test();
        (1..).zip(self.text.lines()).take_while(before_tests)
    }

    pub(crate) fn is_test(&self) -> bool {
        self.path.starts_with("tests/") || self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }
}

/// Every `.rs` file under one of the given folders, in the order of their paths.
pub(crate) fn sources(folders: &[&str]) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut folders: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let full = entry.path();
            if full.is_dir() {
                folders.push(full);
            } else if full.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&full).unwrap_or_default();
                sources.push(Source { path: relative(&full), text });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!sources.is_empty(), "no source was found: the test looks in the wrong place");
    sources
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn relative(full: &Path) -> String {
    full.strip_prefix(root()).unwrap_or(full).to_string_lossy().replace('\\', "/")
}

/// Fails with all complaints at once.
pub(crate) fn assert_tidy(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn every_file_begins_with_what_it_is_for() {
    let has_doc = |source: &Source| source.text.starts_with("//!") || source.path.ends_with("/tests.rs");
    let bare = sources(&["src", "tests"]).into_iter().filter(|source| !has_doc(source));
    assert_tidy(
        &bare
            .map(|source| format!("{}:1: a file begins with `//!` and what it is for", source.path))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn nothing_is_left_to_do() {
    // Put together here, so that this file does not complain about itself.
    let marks = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["XX", "X"].concat()];
    let mut complaints = Vec::new();
    for source in sources(&["src", "tests"]) {
        for (number, line) in (1..).zip(source.text.lines()) {
            let is_mark = |word: &str| marks.iter().any(|mark| mark == word);
            if line.split(|c: char| !c.is_alphanumeric()).any(is_mark) {
                complaints.push(format!("{}:{number}: do it, or file it: {}", source.path, line.trim()));
            }
        }
    }
    assert_tidy(&complaints);
}

#[test]
fn the_page_of_findings_is_fresh() {
    let mut page = String::from(
        "# Findings\n\n\
         What Glossator points out. Change how loud a finding is in `glossator.toml`:\n\n\
         ```toml\n[findings]\nunused-reference = \"off\" # off, hint, information, warning or error\n```\n\n\
         <!-- Written by `UPDATE_EXPECT=1 cargo test --test tidy` from the comments in src/model/finding.rs. -->\n",
    );
    for code in Code::ALL {
        let severity = code.default_severity().word();
        let manual = code.manual().lines().map(str::trim).collect::<Vec<_>>().join("\n");
        let written = write!(page, "\n## {}\n\n*{severity}, unless configured*\n\n{}\n", code.word(), manual.trim());
        assert!(written.is_ok());
    }
    expect_test::expect_file![root().join("docs/findings.md")].assert_eq(&page);
}

#[test]
fn no_large_file_is_kept() {
    let Ok(listed) = std::process::Command::new("git").arg("ls-files").current_dir(root()).output() else { return };
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let is_large = |path: &&str| fs::metadata(root().join(path)).is_ok_and(|file| file.len() > 1 << 20);
    let large = listed.lines().filter(is_large);
    assert_tidy(&large.map(|path| format!("{path}:1: is larger than 1 MB")).collect::<Vec<_>>());
}
