use super::{Loaded, read_configuration, read_file, read_workspace, write_atomic};
use crate::model::options::Options;
use expect_test::{Expect, expect};
use std::fs;
use std::path::Path;

/// A workspace of files given by path and bytes.
fn workspace(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let full = folder.path().join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, bytes).unwrap();
    }
    folder
}

fn check(root: &Path, expect: Expect) {
    let mut lines = String::new();
    read_workspace(root, &Options::default(), &|_| true, &mut |loaded| {
        lines += &match loaded {
            Loaded::Text { path, text } => format!("{path}: {text}\n"),
            Loaded::Unreadable { path, message } => format!("{path}! {message}\n"),
        };
    });
    expect.assert_eq(&lines);
}

#[test]
fn what_texts_depend_on_is_read_first() {
    let folder = workspace(&[
        ("corpus/b.txt", b"b"),
        ("corpus/a.txt", b"a"),
        ("annotations/corpus/a.txt.jsonl", b"{}"),
        ("references.yaml", b"r"),
        ("actors/x.md", b"x"),
        ("glossator.toml", b"t"),
    ]);
    check(
        folder.path(),
        expect![[r#"
            glossator.toml: t
            actors/x.md: x
            references.yaml: r
            annotations/corpus/a.txt.jsonl: {}
            corpus/a.txt: a
            corpus/b.txt: b
        "#]],
    );
}

#[test]
fn hidden_and_ignored_files_are_left_out() {
    let folder = workspace(&[
        (".gitignore", b"drafts/\n"),
        (".glossatorignore", b"*.log.txt\n"),
        ("drafts/a.txt", b"no"),
        ("corpus/.hidden.txt", b"no"),
        ("corpus/run.log.txt", b"no"),
        ("corpus/a.txt", b"yes"),
    ]);
    check(
        folder.path(),
        expect![[r#"
        corpus/a.txt: yes
    "#]],
    );
}

#[test]
fn the_nearest_ignore_file_decides() {
    let folder = workspace(&[
        (".gitignore", b"*.txt\n/only-top.md\n"),
        ("corpus/.gitignore", b"!keep.txt\n"),
        ("corpus/keep.txt", b"yes"),
        ("corpus/drop.txt", b"no"),
        ("corpus/only-top.md", b"yes"),
        ("only-top.md", b"no"),
    ]);
    check(
        folder.path(),
        expect![[r#"
        corpus/keep.txt: yes
        corpus/only-top.md: yes
    "#]],
    );
}

#[cfg(unix)]
#[test]
fn an_ignore_file_that_leads_out_is_not_read() {
    let outside = workspace(&[("rules", b"*.txt\n")]);
    let folder = workspace(&[("corpus/a.txt", b"a")]);
    std::os::unix::fs::symlink(outside.path().join("rules"), folder.path().join(".gitignore")).unwrap();
    check(
        folder.path(),
        expect![[r#"
        corpus/a.txt: a
    "#]],
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_workspace_is_passed_over() {
    let folder = workspace(&[("corpus/a.txt", b"a")]);
    for name in [".gitignore", "corpus/pipe.txt", "glossator.toml"] {
        let made = std::process::Command::new("mkfifo").arg(folder.path().join(name)).status();
        assert!(made.unwrap().success());
    }
    check(
        folder.path(),
        expect![[r#"
        corpus/a.txt: a
    "#]],
    );
    assert_eq!(read_configuration(folder.path()), None);
}

#[test]
fn ignore_files_above_the_workspace_are_not_read() {
    let folder = workspace(&[(".gitignore", b"*.txt\n"), (".git/HEAD", b""), ("inner/corpus/a.txt", b"yes")]);
    check(
        &folder.path().join("inner"),
        expect![[r#"
        corpus/a.txt: yes
    "#]],
    );
}

#[cfg(unix)]
#[test]
fn links_out_of_the_workspace_are_told_and_not_read() {
    use std::os::unix::fs::symlink;
    let outside = workspace(&[("secret.txt", b"secret"), ("more/secret.txt", b"secret")]);
    let folder = workspace(&[("corpus/a.txt", b"a")]);
    let corpus = folder.path().join("corpus");
    symlink(outside.path().join("secret.txt"), corpus.join("file.txt")).unwrap();
    symlink(outside.path().join("more"), corpus.join("folder")).unwrap();
    symlink(corpus.join("a.txt"), corpus.join("within.txt")).unwrap();
    symlink(corpus.join("nothing.txt"), corpus.join("nowhere.txt")).unwrap();
    symlink(&corpus, corpus.join("loop")).unwrap();
    check(
        folder.path(),
        expect![[r#"
        corpus/a.txt: a
        corpus/file.txt! corpus/file.txt is a link that leads out of the workspace folder, so it was not read; copy the file here
        corpus/folder! corpus/folder is a link that leads out of the workspace folder, so it was not read; copy the file here
        corpus/within.txt: a
    "#]],
    );
    let secret = read_file(folder.path(), "corpus/folder/secret.txt");
    assert!(matches!(secret, Some(Loaded::Unreadable { .. })), "{secret:?}");
    assert!(write_atomic(folder.path(), "corpus/folder/new.txt", "x").is_err());
    assert!(!outside.path().join("more/new.txt").exists());
}

#[test]
fn single_files_are_read_by_their_path_inside_only() {
    let folder = workspace(&[("ws/glossator.toml", b"t"), ("other.txt", b"secret"), ("ws/bad.txt", b"\xE9t\xE9")]);
    let root = folder.path().join("ws");
    let text = |path: &str, text: &str| Some(Loaded::Text { path: path.to_owned(), text: text.to_owned() });
    assert_eq!(read_configuration(&root), text("glossator.toml", "t"));
    assert_eq!(read_file(&root, "../other.txt"), None);
    assert_eq!(read_file(&root, folder.path().join("other.txt").to_str().unwrap()), None);
    assert_eq!(read_file(&root, "gone.txt"), None);
    assert_eq!(read_file(&root, ""), None);
    assert!(matches!(read_file(&root, "bad.txt"), Some(Loaded::Unreadable { .. })));
}

#[test]
fn writing_makes_folders_and_leaves_nothing_beside() {
    let folder = workspace(&[("annotations/a.jsonl", b"old")]);
    write_atomic(folder.path(), "annotations/a.jsonl", "new").unwrap();
    write_atomic(folder.path(), "annotations/corpus/b.txt.jsonl", "b").unwrap();
    check(
        folder.path(),
        expect![[r#"
        annotations/a.jsonl: new
        annotations/corpus/b.txt.jsonl: b
    "#]],
    );
    assert_eq!(fs::read_dir(folder.path().join("annotations")).unwrap().count(), 2);
    assert!(write_atomic(folder.path(), "../x.txt", "x").is_err());
    assert!(write_atomic(folder.path(), "/tmp/x.txt", "x").is_err());
}

#[test]
fn a_file_over_the_limit_is_told() {
    let folder = workspace(&[]);
    let file = fs::File::create(folder.path().join("big.txt")).unwrap();
    file.set_len(super::MAX_FILE_BYTES + 1).unwrap();
    check(
        folder.path(),
        expect![[r#"
        big.txt! big.txt is larger than 64 MB, so it was left out; split it
    "#]],
    );
}
