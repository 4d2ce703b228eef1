//! `check`: what it prints in each format, what it ends with, and baselines.

use crate::run::{Workspace, small};
use expect_test::expect;

/// A workspace with one finding that depends on nothing but reading: a file that is not UTF-8.
fn latin1() -> Workspace {
    Workspace::new(&[("glossator.toml", b""), ("corpus/a.txt", b"caf\xE9"), ("corpus/b.txt", b"fine")])
}

#[test]
fn a_clean_workspace_ends_with_0() {
    let run = Workspace::new(&[("glossator.toml", b""), ("corpus/a.txt", b"Hello.")]).run(&["check"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
}

#[test]
fn an_unreadable_file_is_a_finding() {
    let run = latin1().run(&["check"]);
    assert_eq!(run.code, 1, "{run:?}");
    expect![[r#"
        corpus/a.txt:1:1: warning[unreadable-file]: corpus/a.txt is not UTF-8 at byte 3 (it looks like Latin-1 or Windows-1252); convert it to UTF-8
    "#]]
    .assert_eq(&run.out);
}

#[test]
fn only_what_is_denied_fails() {
    assert_eq!(latin1().run(&["check", "--deny", "error"]).code, 0);
    assert_eq!(latin1().run(&["check", "--deny", "hint"]).code, 1);
    assert_eq!(latin1().run(&["check", "--deny", "loud"]).code, 2);
}

#[test]
fn paths_choose_what_is_reported() {
    let run = latin1().run(&["check", "corpus/b.txt"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    assert_eq!(latin1().run(&["check", "corpus"]).code, 1);
}

#[test]
fn an_uncited_claim_is_told_with_its_place() {
    let run = small().run(&["check"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("\nnotes/b.md:1:1: warning[uncited-claim]: "), "{run:?}");
    assert!(run.err.contains("1 warning"), "{run:?}");
}

#[test]
fn a_workspace_named_as_the_path_is_the_workspace() {
    let folder = Workspace::new(&[
        ("glossator.toml", b"[corpus]\nnotes = []\n"),
        ("seeds/glossator.toml", b""),
        ("seeds/corpus/a.txt", b"caf\xE9"),
    ]);
    let run = folder.run(&["check", "seeds"]);
    assert!(run.out.starts_with("seeds/corpus/a.txt:1:1: warning[unreadable-file]"), "{run:?}");
    let run = folder.run(&["check", "seeds", "--format", "json"]);
    assert!(run.out.contains(r#""path":"corpus/a.txt""#), "{run:?}");
}

#[test]
fn json_is_one_array() {
    let run = latin1().run(&["check", "--format", "json"]);
    let array: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    expect![[r#"
        [{"path":"corpus/a.txt","line":1,"column":1,"end_line":1,"end_column":1,"start":0,"end":0,"code":"unreadable-file","severity":"warning","message":"corpus/a.txt is not UTF-8 at byte 3 (it looks like Latin-1 or Windows-1252); convert it to UTF-8","related":[]}]"#]]
    .assert_eq(&array.to_string());
    let run = Workspace::new(&[("glossator.toml", b"")]).run(&["check", "--format", "json"]);
    assert_eq!(run.out, "[]\n");
}

#[test]
fn sarif_has_a_rule_for_every_result() {
    let run = latin1().run(&["check", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let sarif = &log["runs"][0];
    let result = &sarif["results"][0];
    assert_eq!(result["ruleId"], "unreadable-file");
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    let rule = &sarif["tool"]["driver"]["rules"][index];
    assert_eq!(rule["id"], "unreadable-file");
    assert!(!rule["help"]["text"].as_str().unwrap().is_empty());
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "corpus/a.txt");
    assert_eq!(place["region"]["startLine"], 1);
}

#[test]
fn github_gets_workflow_commands() {
    let run = latin1().run(&["check", "--format", "github"]);
    let head =
        "::warning file=corpus/a.txt,line=1,col=1,endLine=1,endColumn=1,title=unreadable-file::corpus/a.txt is not";
    assert!(run.out.starts_with(head), "{run:?}");
}

#[test]
fn a_baseline_hides_what_is_known() {
    let folder = latin1();
    let run = folder.run(&["check", "--baseline", "known.json"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("--write-baseline known.json") || run.err.contains("--write-baseline"), "{run:?}");
    assert_eq!(folder.run(&["check", "--write-baseline", "known.json"]).code, 0);
    let run = folder.run(&["check", "--baseline", "known.json"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    std::fs::write(folder.path("corpus/c.txt"), b"\xE9t\xE9").unwrap();
    let run = folder.run(&["check", "--baseline", "known.json"]);
    assert!(run.code == 1 && run.out.starts_with("corpus/c.txt:"), "{run:?}");
}
