//! What a workspace from a stranger cannot do.

use crate::run::Workspace;

#[cfg(unix)]
#[test]
fn a_link_out_of_the_workspace_is_not_read() {
    use std::os::unix::fs::symlink;
    let outside =
        Workspace::new(&[("secret.txt", b"In 2021 Alice paid 4 million dollars."), ("d/secret.md", b"Alice")]);
    let folder = Workspace::new(&[("glossator.toml", b""), ("corpus/a.txt", b"Hello.")]);
    symlink(outside.path("secret.txt"), folder.path("corpus/link.txt")).unwrap();
    symlink(outside.path("d"), folder.path("notes")).unwrap();
    symlink(outside.path("d"), folder.path("actors")).unwrap();
    for arguments in [&["check"][..], &["claims", "."], &["claims", "corpus/link.txt"]] {
        let run = folder.run(arguments);
        assert!(!run.out.contains("Alice"), "{run:?}");
    }
    let run = folder.run(&["check"]);
    for path in ["corpus/link.txt", "notes", "actors"] {
        let told = format!("{path} is a link that leads out of the workspace folder, so it was not read");
        assert!(run.out.contains(&told), "{run:?}");
    }
    let run = folder.run(&["claims", "corpus/link.txt"]);
    assert!(run.code == 2 && run.err.contains("leads out of the workspace"), "{run:?}");
}

#[test]
fn globs_do_not_climb_out() {
    let folder = Workspace::new(&[
        ("ws/glossator.toml", b"[corpus]\nsources = [\"../**\"]\n[actors]\npaths = [\"..\"]\n"),
        ("secret.txt", b"Alice"),
    ]);
    let run = folder.run(&["claims", "ws"]);
    assert!(!run.out.contains("Alice"), "{run:?}");
}
