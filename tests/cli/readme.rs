//! The README shows what the program prints.

use std::path::Path;
use std::process::Command;

#[test]
fn the_readme_shows_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output =
        Command::new(env!("CARGO_BIN_EXE_glossator")).args(["check", "seeds"]).current_dir(root).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let printed = String::from_utf8(output.stdout).unwrap();
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let shown: Vec<&str> = readme.lines().filter(|line| line.starts_with("seeds/")).collect();
    assert!(!shown.is_empty());
    for line in shown {
        assert!(printed.lines().any(|it| it == line), "the README shows what is not printed: {line}");
    }
}
