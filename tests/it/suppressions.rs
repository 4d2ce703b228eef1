//! Findings that are held back, and suppressions that hold nothing back.

use crate::fixes::pointed;
use crate::fixture::Fixture;
use expect_test::{Expect, expect};
use glossator::features::findings;
use glossator::model::Code;

const TODAY: &str = "2026-06-15";

/// Every finding of the fixture on [`TODAY`], with the message of suppressions.
fn check(files: &str, expected: Expect) {
    let fixture = Fixture::on(TODAY, files);
    let mut lines = String::new();
    for document in fixture.snapshot.documents() {
        for finding in findings::check(&fixture.snapshot, document.file) {
            let words: String = document.buffer.slice(finding.range).chars().take(40).collect();
            lines.push_str(&format!("{}: {} “{words}”\n", document.path, finding.code.word()));
            if finding.code == Code::UnusedSuppression {
                lines.push_str(&format!("  {}\n", finding.message));
            }
        }
    }
    expected.assert_eq(&lines);
}

#[test]
fn a_comment_holds_back_what_its_sentence_has() {
    check(
        "=== notes/a.md\nThe firm sold 9,000 anvils in 2023. <!-- glossator-ignore uncited-claim: from our own count --> The firm fired 300 workers in May 2023.\n",
        expect![[r#"
            notes/a.md: uncited-claim “The firm fired 300 workers in May 2023.”
        "#]],
    );
    check(
        "=== notes/a.md\nLa société a vendu 9 000 enclumes en 2023. <!-- glossator-ignore uncited-claim: notre décompte --> La société a licencié 300 ouvriers en mai 2023.\n",
        expect![[r#"
            notes/a.md: uncited-claim “La société a licencié 300 ouvriers en ma”
        "#]],
    );
    check(
        "=== notes/a.md\n阿克米公司2023年卖出了9000个铁砧。<!-- glossator-ignore uncited-claim：自己统计 -->该公司2023年5月解雇了300名工人。\n",
        expect![[r#"
            notes/a.md: uncited-claim “该公司2023年5月解雇了300名工人。”
        "#]],
    );
}

#[test]
fn a_comment_alone_on_its_line_holds_back_the_paragraph_after_it() {
    let paragraphs =
        "The firm sold 9,000 anvils in 2023. It fired 300 workers in May 2023.\n\nThe firm closed 12 mines in 2024.\n";
    check(
        &format!("=== notes/a.md\n<!-- glossator-ignore uncited-claim: our own count -->\n{paragraphs}"),
        expect![[r#"
            notes/a.md: uncited-claim “The firm closed 12 mines in 2024.”
        "#]],
    );
    check(
        &format!("=== notes/a.md\n<!-- glossator-ignore uncited-claim: our own count -->\n\n{paragraphs}"),
        expect![[r#"
            notes/a.md: uncited-claim “The firm closed 12 mines in 2024.”
        "#]],
    );
    check(
        &format!(
            "=== notes/a.md\n{paragraphs}\n<!-- glossator-ignore-file uncited-claim, unknown-actor: a draft (until 2026-06-15) -->\n"
        ),
        expect![[r#"
            notes/a.md: unused-suppression “<!-- glossator-ignore-file uncited-claim”
              there is no `unknown-actor` here that this could hold back; take it out
        "#]],
    );
}

#[test]
fn a_suppression_ends_and_says_so() {
    let note = |day: &str| {
        format!(
            "=== notes/a.md\nThe firm sold 9,000 anvils in 2023. <!-- glossator-ignore uncited-claim: our count (until {day}) -->\n"
        )
    };
    check(&note("2026-06-15"), expect![[r#""#]]);
    check(
        &note("2026-06-14"),
        expect![[r#"
        notes/a.md: uncited-claim “The firm sold 9,000 anvils in 2023.”
        notes/a.md: unused-suppression “<!-- glossator-ignore uncited-claim: our”
          `uncited-claim` was held back until 2026-06-14; set it right, or give another day
    "#]],
    );
    check(
        &note("soon"),
        expect![[r#"
        notes/a.md: unused-suppression “<!-- glossator-ignore uncited-claim: our”
          “soon” is no day, so `uncited-claim` is held back for good; write the last day as (until 2027-01-31)
    "#]],
    );
}

#[test]
fn a_suppression_of_nothing_is_a_finding() {
    check(
        "=== notes/a.md\nHello there. <!-- glossator-ignore uncited-claim: no claim -->\n\nThe firm sold 9,000 anvils in 2023. <!-- glossator-ignore uncited-claims: our count -->\n\nThe firm closed 12 mines in 2024. <!-- glossator-ignore uncited-claim -->\n\n```\n<!-- glossator-ignore uncited-claim: code -->\n```\n",
        expect![[r#"
            notes/a.md: unused-suppression “<!-- glossator-ignore uncited-claim: no ”
              there is no `uncited-claim` here that this could hold back; take it out
            notes/a.md: uncited-claim “The firm sold 9,000 anvils in 2023.”
            notes/a.md: unused-suppression “<!-- glossator-ignore uncited-claims: ou”
              `uncited-claims` is the code of no finding, so nothing is held back; did you mean `uncited-claim`?
            notes/a.md: unused-suppression “<!-- glossator-ignore uncited-claim -->”
              `uncited-claim` is held back here without a reason; write why
        "#]],
    );
}

#[test]
fn a_comment_in_a_captured_text_is_its_authors() {
    check(
        "=== corpus/a.md\nThe firm sold 9,000 anvils in 2023. <!-- glossator-ignore uncited-claim: no -->\n",
        expect![[r#"
            corpus/a.md: uncited-claim “The firm sold 9,000 anvils in 2023.”
        "#]],
    );
}

#[test]
fn what_is_in_order_can_be_held_back_with_a_reason() {
    let files = pointed("=== notes/a.md\nThe firm sold <|>9,000 anvils in 2023. It is old.\n")
        .apply("Hold `uncited-claim` back");
    assert_eq!(
        files,
        [(
            "notes/a.md".to_owned(),
            "The firm sold 9,000 anvils in 2023. <!-- glossator-ignore uncited-claim: … --> It is old.\n".to_owned()
        )]
    );
    check(
        &format!("=== notes/a.md\n{}", files[0].1),
        expect![[r#"
        notes/a.md: unused-suppression “<!-- glossator-ignore uncited-claim: … -”
          `uncited-claim` is held back here without a reason; write why
    "#]],
    );
}

#[test]
fn a_decision_holds_back_what_a_captured_text_has() {
    let text = "=== corpus/a.txt\nThe firm sold <|>9,000 anvils in 2023. It fired 300 workers in May 2023.\n";
    let files = pointed(text).apply("Hold `uncited-claim` back");
    let (path, line) = files.first().expect("an annotation file");
    assert_eq!(path, "annotations/corpus/a.txt.jsonl");
    let text = text.replace("<|>", "");
    check(
        &format!("{text}=== {path}\n{}", line.replace("\"value\":\"…\"", "\"value\":\"our count\"")),
        expect![[r#"
            corpus/a.txt: uncited-claim “It fired 300 workers in May 2023.”
        "#]],
    );
    check(
        &format!("{text}=== {path}\n{line}"),
        expect![[r#"
        corpus/a.txt: unused-suppression “The firm sold 9,000 anvils in 2023.”
          `uncited-claim` is held back here without a reason; write why
        corpus/a.txt: uncited-claim “It fired 300 workers in May 2023.”
    "#]],
    );
    // The text changed: the claim is gone, the decision has lost its place.
    let idle = line.replace("uncited-claim", "quotation-altered");
    check(
        &format!("{text}=== {path}\n{idle}"),
        expect![[r#"
        corpus/a.txt: uncited-claim “The firm sold 9,000 anvils in 2023.”
        corpus/a.txt: unused-suppression “The firm sold 9,000 anvils in 2023.”
          there is no `quotation-altered` here that this could hold back; take it out
        corpus/a.txt: uncited-claim “It fired 300 workers in May 2023.”
    "#]],
    );
    let again =
        pointed(&format!("{}=== {path}\n{idle}", text.replace("sold", "so<|>ld"))).apply("Take this suppression out");
    assert_eq!(again, [(path.clone(), String::new())]);
}

#[test]
fn an_idle_comment_can_be_taken_out() {
    let files = pointed("=== notes/a.md\nHello there. <!-- glossator-<|>ignore uncited-claim: no claim -->\n")
        .apply("Take this suppression out");
    assert_eq!(files, [("notes/a.md".to_owned(), "Hello there.\n".to_owned())]);
}
