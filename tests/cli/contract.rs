//! The words and fields that other programs rely on.

use crate::run::{Workspace, command, small};
use std::io::{BufRead, BufReader, Read, Write};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

fn keys(value: &serde_json::Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn version_and_help_end_with_0_and_wrong_words_with_2() {
    let folder = Workspace::new(&[]);
    let run = folder.run(&["--version"]);
    assert_eq!((run.code, run.out.as_str()), (0, concat!("glossator ", env!("CARGO_PKG_VERSION"), "\n")));
    assert_eq!(folder.run(&["--help"]).code, 0);
    assert_eq!(folder.run(&["frobnicate"]).code, 2);
    assert_eq!(folder.run(&["mentions"]).code, 2);
    assert_eq!(folder.run(&["check", "--format", "xml"]).code, 2);
    assert_eq!(folder.run(&[]).code, 2);
}

#[test]
fn a_missing_path_ends_with_2_and_is_named() {
    let folder = small();
    for arguments in [
        &["check", "nowhere"][..],
        &["mentions", "nowhere", "--format", "jsonl"],
        &["explain", "nowhere:1:1"],
        &["check", "--workspace", "nowhere"],
    ] {
        let run = folder.run(arguments);
        assert!(run.code == 2 && run.err.contains("nowhere does not exist") && run.out.is_empty(), "{run:?}");
    }
}

#[test]
fn mentions_count_code_points() {
    let folder = small();
    let run = folder.run(&["mentions", "corpus/a.txt", "--format", "jsonl"]);
    assert_eq!(run.code, 0, "{run:?}");
    let text: Vec<char> = folder.read("corpus/a.txt").chars().collect();
    let lines = run.lines();
    assert_eq!(lines.len(), 3, "{run:?}");
    for line in lines {
        assert_eq!(keys(&line), ["path", "start", "end", "text", "actor", "kind", "confidence", "status"]);
        assert_eq!((&line["path"], &line["actor"]), (&"corpus/a.txt".into(), &"peoples-daily".into()));
        let at = |key: &str| usize::try_from(line[key].as_u64().unwrap()).unwrap();
        let named: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(line["text"], named);
    }
}

#[test]
fn claims_have_every_field() {
    let run = small().run(&["claims", "corpus/a.txt", "notes", "--format", "jsonl"]);
    assert_eq!(run.code, 0, "{run:?}");
    let lines = run.lines();
    assert_eq!(lines.len(), 4, "{run:?}");
    for line in lines {
        assert_eq!(
            keys(&line),
            [
                "path",
                "start",
                "end",
                "text",
                "label",
                "score",
                "checkable_score",
                "check_worthy",
                "cues",
                "attribution",
                "attributed_to",
                "state",
                "citations",
                "language",
                "zone"
            ]
        );
    }
}

#[test]
fn a_text_outside_the_workspace_may_be_named() {
    let (folder, other) = (small(), Workspace::new(&[("x.txt", "Le People's Daily.".as_bytes())]));
    let path = other.path("x.txt");
    let run = folder.run(&["mentions", path.to_str().unwrap(), "--workspace", "."]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(run.lines().len(), 1, "{run:?}");
}

#[test]
fn a_text_that_cannot_be_read_ends_with_2() {
    let folder = Workspace::new(&[("glossator.toml", b""), ("corpus/a.txt", b"caf\xE9")]);
    let run = folder.run(&["claims", "corpus/a.txt"]);
    assert!(run.code == 2 && run.err.contains("not UTF-8 at byte 3"), "{run:?}");
}

#[test]
fn standard_input_is_answered_line_by_line() {
    let folder = small();
    let mut child = command(&folder.path(""), &["mentions", "-", "--input", "jsonl"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let answers = BufReader::new(child.stdout.take().unwrap());
    let (said, answer) = mpsc::channel();
    thread::spawn(move || answers.lines().map_while(Result::ok).try_for_each(|line| said.send(line)));
    for id in [7, 8] {
        writeln!(stdin, r#"{{"id":{id},"text":"😀 人民日报"}}"#).unwrap();
        stdin.flush().unwrap();
        let answer = answer.recv_timeout(Duration::from_secs(30)).expect("an answer before the next question");
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        assert_eq!((&answer["id"], &answer["start"], &answer["end"]), (&id.into(), &2.into(), &6.into()));
        assert!(answer.get("path").is_none());
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_line_that_is_no_text_is_told_and_the_others_are_answered() {
    let input = "{\"id\":\"a\",\"text\":\"One.\"}\n\nnonsense\n{\"id\":\"b\",\"text\":\"Two.\"}";
    let run = small().run_with(&["claims", "-", "--input", "jsonl"], input);
    assert!(run.code == 2 && run.err.contains("standard input: line 3 "), "{run:?}");
    let ids: Vec<_> = run.lines().iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, ["a", "b"], "{run:?}");
}

#[test]
fn standard_input_needs_its_format() {
    let run = small().run_with(&["mentions", "-"], "");
    assert!(run.code == 2 && run.err.contains("--input jsonl"), "{run:?}");
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let folder = Workspace::new(&[("glossator.toml", b"")]);
    for place in 0..2_000 {
        let path = folder.path(&format!("corpus/a-file-with-a-long-name-so-that-the-pipe-fills-{place}.txt"));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, b"\xE9t\xE9").unwrap();
    }
    let mut child = command(&folder.path(""), &["check"]).spawn().unwrap();
    drop(child.stdout.take().unwrap());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn explain_says_something_of_a_place() {
    let folder = small();
    let run = folder.run(&["explain", "corpus/a.txt:1:13"]);
    assert!(run.code == 0 && run.out.contains("People's Daily"), "{run:?}");
    let run = folder.run(&["explain", "corpus/a.txt:99:1"]);
    assert!(run.code == 2 && run.err.contains("there is no line 99"), "{run:?}");
    assert_eq!(folder.run(&["explain", "corpus/a.txt"]).code, 2);
}

#[test]
fn init_makes_a_workspace_and_overwrites_nothing() {
    let folder = Workspace::new(&[]);
    let run = folder.run(&["init", "new"]);
    assert!(run.code == 0 && run.out.contains("made  glossator.toml"), "{run:?}");
    assert_eq!(folder.run(&["check", "new"]).code, 0);
    std::fs::write(folder.path("new/glossator.toml"), "# mine\n").unwrap();
    let run = folder.run(&["init", "new"]);
    assert!(run.code == 0 && run.out.contains("kept  glossator.toml"), "{run:?}");
    assert_eq!(folder.read("new/glossator.toml"), "# mine\n");
}

#[test]
fn no_progress_bar_on_a_pipe() {
    let run = small().run(&["mentions", "corpus"]);
    assert_eq!(run.err, "");
}

#[test]
fn schemas_are_those_that_the_manual_ships() {
    for (word, shipped) in [
        ("record", include_str!("../../docs/schema/record.schema.json")),
        ("config", include_str!("../../docs/schema/config.schema.json")),
    ] {
        let run = Workspace::new(&[]).run(&["schema", word]);
        assert_eq!((run.code, run.out.as_str()), (0, shipped));
    }
}
