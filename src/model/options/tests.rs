use expect_test::{Expect, expect};
use proptest::prelude::*;
use serde_json::json;

use super::*;

fn check(text: &str, expected: Expect) {
    let (options, findings) = read(text);
    let mut out = format!("{options:#?}\n");
    for finding in &findings {
        out.push_str(&format!("! {:?} {}\n", finding.range.of(text).unwrap(), finding.message));
    }
    expected.assert_eq(&out);
}

fn check_findings(text: &str, expected: Expect) {
    let (options, findings) = read(text);
    let mut out = String::new();
    if options != Options::default() {
        out.push_str("options changed\n");
    }
    for finding in &findings {
        out.push_str(&format!("! {:?} {}\n", finding.range.of(text).unwrap(), finding.message));
    }
    expected.assert_eq(&out);
}

#[test]
fn every_key() {
    check(
        r#"
[corpus]
sources = ["corpus/**"]
notes = "名/**"
exclude = ["./x\\y/**"]
[actors]
paths = []
registries = ["lists/a.jsonl"]
[references]
paths = ["b.bib"]
[annotations]
path = "decisions/"
author = " Ann Lee "
[citations]
scope = "sentence"
[claims]
threshold = 1
places-as-governments = true
[findings]
uncited-claim = "off"
"#,
        expect![[r#"
            Options {
                sources: [
                    "corpus/**",
                ],
                notes: [
                    "名/**",
                ],
                exclude: [
                    "x/y/**",
                ],
                actors: [],
                registries: [
                    "lists/a.jsonl",
                ],
                references: [
                    "b.bib",
                ],
                annotations: "decisions",
                author: Some(
                    "Ann Lee",
                ),
                citation_scope: Sentence,
                claim_threshold: 1.0,
                places_as_governments: true,
                severities: [
                    (
                        UncitedClaim,
                        Off,
                    ),
                ],
            }
        "#]],
    );
}

#[test]
fn wrong_keys_and_values_are_left_out() {
    check_findings(
        r#"
threshold = 0.7
[corpsu]
[corpus]
source = ["a"]
notes = 3
threshold = 0.2
zzzz = 1
exclude = ["/etc/**", "../x", "C:\\x", "~/x", "a/../../b"]
[annotations]
path = "/tmp"
[citations]
scope = "page"
[claims]
threshold = "0.5"
places-as-governments = "yes"
[findings]
uncited-clam = "off"
zzzzzzz = "off"
unused-reference = "loud"
"#,
        expect![[r#"
            ! "threshold" “threshold” stands outside its table, so it is left out; put it under [claims]
            ! "corpsu" there is no table “corpsu”, so it is left out; did you mean “corpus”?
            ! "source" there is no key “source” in [corpus], so it is left out; did you mean “sources”?
            ! "3" “notes” takes a list of paths, not 3, so it is left out; write notes = ["notes/**", "*.md"]
            ! "threshold" “threshold” belongs under [claims], so it is left out here; move it there
            ! "zzzz" there is no key “zzzz” in [corpus], so it is left out; its keys are sources, notes, exclude
            ! "/etc/**" “/etc/**” leads out of the workspace folder, so it is left out; write a path from the workspace folder, or open the other folder as well
            ! "../x" “../x” leads out of the workspace folder, so it is left out; write a path from the workspace folder, or open the other folder as well
            ! "C:\\\\x" “C:\x” leads out of the workspace folder, so it is left out; write a path from the workspace folder, or open the other folder as well
            ! "~/x" “~/x” leads out of the workspace folder, so it is left out; write a path from the workspace folder, or open the other folder as well
            ! "a/../../b" “a/../../b” leads out of the workspace folder, so it is left out; write a path from the workspace folder, or open the other folder as well
            ! "/tmp" “/tmp” leads out of the workspace folder, so it is left out; write a path from the workspace folder, or open the other folder as well
            ! "page" “scope” takes “paragraph” or “sentence”, not “page”, so it is left out; write scope = "paragraph"
            ! "0.5" “threshold” takes a number from 0 to 1, not “0.5”, so it is left out; write threshold = 0.5
            ! "yes" “places-as-governments” takes true or false, without quotation marks, not “yes”, so it is left out; write places-as-governments = false
            ! "uncited-clam" there is no finding “uncited-clam”, so this line is left out; did you mean “uncited-claim”?
            ! "zzzzzzz" there is no finding “zzzzzzz”, so this line is left out; the manual lists them all
            ! "loud" a finding is “off”, “hint”, “information”, “warning” or “error”; this line is left out
        "#]],
    );
    check_findings(
        "[claims]\nthreshold = 1.5\ncorpus = \n[corpus\nsources = [\"a\"]\n",
        expect![[r#"
        ! "1.5" “threshold” takes a number from 0 to 1, not 1.5, so it is left out; write threshold = 0.5
        ! "corpus" there is no key “corpus” in [claims], so it is left out; its keys are threshold, places-as-governments
        ! "corpus = " this line cannot be read as TOML (string values must be quoted, expected literal string); correct it, or its default is used
        ! "[corpus" this line cannot be read as TOML (unclosed table, expected `]`); correct it, or its default is used
        ! "sources" “sources” stands outside its table, so it is left out; put it under [corpus]
    "#]],
    );
    check_findings(
        "corpus = 3",
        expect![[r#"
        ! "corpus" “corpus” is a table; write [corpus] on a line of its own and its keys below
    "#]],
    );
}

#[test]
fn settings_of_a_client_win_over_the_file() {
    let (file, _) = read("[claims]\nthreshold = 0.7\n[findings]\nuncited-claim = \"error\"\n");
    let settings = json!({"glossator": {
        "server": {"path": "x"},
        "claims": {"threshold": 0.2, "places-as-governments": null},
        "corpus": {"exclude": ["x"], "notse": []},
        "findings": {"uncited-claim": "hint"},
    }});
    let (options, findings) = read_settings(&settings, &file);
    assert_eq!((options.claim_threshold, options.exclude.len()), (0.2, 1));
    assert_eq!(options.severity(Code::UncitedClaim, Severity::Warning), Severity::Hint);
    assert_eq!(findings.len(), 1);
    assert_eq!(read_settings(&serde_json::Value::Null, &file), (file, Vec::new()));
}

#[test]
fn schema_is_up_to_date() {
    let schema = serde_json::to_string_pretty(&json_schema()).unwrap() + "\n";
    expect_test::expect_file!["../../../docs/schema/config.schema.json"].assert_eq(&schema);
}

proptest! {
    #[test]
    fn reading_never_panics(text in "((\\[|\\]|=|\"|\n|corpus|sources|claims|threshold|findings|uncited-claim|0\\.|é|中|😀|\\{|\\}|'|,|\\.){1,4}){0,30}") {
        for finding in read(&text).1 {
            prop_assert!(finding.range.of(&text).is_some());
        }
    }
}

#[test]
fn places_are_right_behind_marks_of_other_systems() {
    check_findings(
        "\u{feff}[claims]\r\n# 名 😀\r\nthreshold = 2\r\n",
        expect![[r#"
        ! "2" “threshold” takes a number from 0 to 1, not 2, so it is left out; write threshold = 0.5
    "#]],
    );
}
