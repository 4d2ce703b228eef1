//! Disks as they should not be, at the command line: a message that names the file, the fault and the remedy, and exit code 2.

#![cfg(unix)]

use crate::run::{Run, Workspace, small};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Stdio};

/// Runs the program through a shell that does something first.
fn run_after(folder: &Workspace, first: &str, arguments: &[&str]) -> Run {
    let script = format!("{first}; exec \"$@\"");
    let output = Command::new("sh")
        .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_glossator")])
        .args(arguments)
        .current_dir(folder.path(""))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn a_full_disk_leaves_the_old_file() {
    let folder = small();
    fs::write(folder.path("known.json"), "{}").unwrap();
    let many =
        "In 2021 the People's Daily paid 4.2 million dollars to 120 companies in Shanghai.\n\nWhy [@nobody]?\n\n";
    fs::write(folder.path("notes/many.md"), many.repeat(200)).unwrap();
    let run = run_after(&folder, "trap '' XFSZ; ulimit -f 1", &["check", "--write-baseline", "known.json"]);
    assert!(
        run.code == 2 && run.err.contains("known.json was not written") && run.err.contains("make room"),
        "{run:?}"
    );
    assert_eq!(folder.read("known.json"), "{}");
}

#[test]
fn results_that_cannot_be_printed_end_with_2() {
    let run = run_after(&small(), "exec > /dev/full", &["check"]);
    assert!(run.code == 2 && run.err.contains("No space left"), "{run:?}");
}

#[test]
fn a_folder_in_the_place_of_a_result_is_told() {
    let folder = small();
    fs::create_dir(folder.path("known.json")).unwrap();
    let run = folder.run(&["check", "--write-baseline", "known.json"]);
    assert!(run.code == 2 && run.err.contains("known.json was not written"), "{run:?}");
    assert!(run.err.contains("a folder stands in its place; move it away"), "{run:?}");
}

#[test]
fn a_folder_that_may_not_be_read_is_a_finding() {
    let folder = small();
    let closed = folder.path("corpus/closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let drop = r#"[ "$(id -u)" = 0 ] && set -- setpriv --bounding-set -all --inh-caps -all "$@""#;
    let run = run_after(&folder, drop, &["check"]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(run.out.contains("the folder corpus/closed cannot be read, so what is in it was left out"), "{run:?}");
}

#[test]
fn a_link_that_leads_back_to_itself_is_a_finding() {
    let folder = small();
    symlink("loop.txt", folder.path("corpus/loop.txt")).unwrap();
    let run = folder.run(&["check"]);
    assert!(run.out.contains("corpus/loop.txt is a link that leads back to itself"), "{run:?}");
}

#[test]
fn files_that_come_and_go_while_they_are_read_do_no_harm() {
    let folder = small();
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                for number in 0..30 {
                    let path = folder.path(&format!("corpus/n{number}.txt"));
                    fs::write(&path, "The People's Daily wrote.\n").unwrap();
                    fs::remove_file(&path).unwrap();
                    fs::create_dir(&path).unwrap();
                    fs::remove_dir(&path).unwrap();
                }
            }
        });
        let runs: Vec<Run> = (0..10).map(|_| folder.run(&["check"])).collect();
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        for run in runs {
            assert!(run.code == 1 && !run.err.contains("panicked") && run.out.contains("notes/b.md:1:1"), "{run:?}");
        }
    });
}
