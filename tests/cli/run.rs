//! A workspace in a temporary folder, and the program run in it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A workspace in a temporary folder.
pub(crate) struct Workspace {
    folder: tempfile::TempDir,
}

/// What a run of the program left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Workspace {
    /// A workspace of the given files, each a path and its bytes.
    pub(crate) fn new(files: &[(&str, &[u8])]) -> Workspace {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let full = folder.path().join(path);
            fs::create_dir_all(full.parent().unwrap()).unwrap();
            fs::write(full, bytes).unwrap();
        }
        Workspace { folder }
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Runs the program here.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, "")
    }

    /// Runs the program here with a text on standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Run {
        let mut child = command(self.folder.path(), arguments).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that does not read its input may be gone already.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: status.code().unwrap(), out: text(stdout), err: text(stderr) }
    }
}

impl Run {
    /// Every line of the output as JSON.
    pub(crate) fn lines(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// The program, with pipes on every stream.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_glossator"));
    command.current_dir(folder).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A small workspace: one actor, a text with signs outside the first plane, a note with an uncited claim.
pub(crate) fn small() -> Workspace {
    Workspace::new(&[
        ("glossator.toml", b""),
        (
            "actors/peoples-daily.md",
            "---\nname: People's Daily\naliases: [人民日报]\ntype: media\n---\nA paper.\n".as_bytes(),
        ),
        (
            "corpus/a.txt",
            "😀 é: The People's Daily wrote. 据人民日报报道。\r\nAgain the People\u{2019}s Daily.\n".as_bytes(),
        ),
        (
            "notes/b.md",
            "In 2021 the People's Daily paid 4.2 million dollars to 120 companies in Shanghai.\n".as_bytes(),
        ),
    ])
}
