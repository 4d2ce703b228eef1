//! `check`: sources that changed, are gone, are one text, or are quoted wrong; findings that are held back.

use crate::run::Workspace;

const COPY: &str = "The council did not sell the 14 boats in 2019, said the pilot, and nobody asked for them again.\n";
/// SHA-256 of [`COPY`].
const HASH: &str = "f0b9720161580c39c6a165f4981802f6696789bfd6beba884f1fbd02df76376d";

fn codes(references: &str, note: &str) -> Vec<String> {
    let files: [(&str, &[u8]); 4] = [
        ("glossator.toml", b""),
        ("references.yaml", references.as_bytes()),
        ("corpus/tide.txt", COPY.as_bytes()),
        ("notes/a.md", note.as_bytes()),
    ];
    let run = Workspace::new(&files).run(&["check", "notes", "references.yaml"]);
    let line = |line: &str| line.split(['[', ']']).nth(1).map(str::to_owned);
    let mut codes: Vec<String> = run.out.lines().filter(|it| it.contains(": ")).filter_map(line).collect();
    codes.retain(|code| {
        code.contains("source")
            || code.contains("archived")
            || code.contains("quotation")
            || code.contains("suppression")
    });
    codes
}

#[test]
fn a_copy_that_changed_or_is_gone_is_found() {
    let note = "Tides are high [@tide, p. 1].\n";
    let entry = |custom: &str| format!("- {{id: tide, type: report, title: Tides, custom: {{{custom}}}}}\n");
    let changed = format!("file: corpus/tide.txt, sha256: 'sha256:{}'", "0".repeat(64));
    let same = format!("file: corpus/tide.txt, sha256: 'sha256:{HASH}'");
    assert_eq!(codes(&entry(&changed), note), ["source-changed"]);
    assert_eq!(codes(&entry("file: corpus/ebb.txt"), note), ["missing-archived-copy"]);
    assert_eq!(codes(&entry(&same), note), Vec::<String>::new());
}

#[test]
fn quotations_are_checked_and_can_be_held_back() {
    let references = "- {id: tide, type: report, title: Tides, custom: {file: corpus/tide.txt}}\n";
    let held = "<!-- glossator-ignore quotation-altered: a misprint in the copy -->";
    let over = "<!-- glossator-ignore quotation-altered: a misprint (until 2020-01-01) -->";
    let note = |after: &str| format!("They “did not sell the 41 boats in 2019” [@tide, p. 1]. {after}\n");
    assert_eq!(codes(references, &note("")), ["quotation-altered"]);
    assert_eq!(codes(references, &note(held)), Vec::<String>::new());
    assert_eq!(codes(references, &note(over)), ["quotation-altered", "unused-suppression"]);
    assert_eq!(codes(references, "They “threw the mayor into the sea” [@tide, p. 1].\n"), ["quotation-not-found"]);
}
