//! What is found, and what is left alone.

use crate::fixture::Fixture;
use expect_test::{Expect, expect};

const BASE: &str = "\
=== references.yaml
references:
  - id: herald-2024
    type: article-newspaper
    title: The anvil trade
    custom: {file: corpus/herald.txt}
=== corpus/herald.txt
Acme Works sold 9,000 anvils in 2023. Profits fell by 12 percent in 2022. The firm fired 300 workers.
";

fn check(files: &str, expected: Expect) {
    let fixture = Fixture::new(&format!("{BASE}{files}"));
    let lines = fixture.findings().into_iter().filter(|line| !line.starts_with("corpus/herald.txt"));
    expected.assert_eq(&lines.map(|line| line + "\n").collect::<String>());
}

#[test]
fn a_claim_without_a_source_is_a_finding_and_one_with_a_source_is_not() {
    check(
        "=== notes/a.md\nThe company sold 9,000 anvils in 2023.\n\nIt lost 12 percent in 2022 [@herald-2024, p. 3].\n",
        expect![[r#"
            notes/a.md: warning[uncited-claim] “The company sold 9,000 anvils in 2023.”
        "#]],
    );
}

#[test]
fn a_citation_reaches_back_to_the_start_of_its_paragraph_and_never_forward() {
    check(
        "=== notes/a.md\nProfits fell by 12 percent in 2022. The firm sold 9,000 anvils in 2023 [@herald-2024, p. 3]. \
         It then fired 300 workers in Berlin.\n",
        expect![[r#"
            notes/a.md: warning[uncited-claim] “It then fired 300 workers in Berlin.”
        "#]],
    );
}

#[test]
fn a_citation_after_the_full_stop_belongs_to_the_sentence_before() {
    check(
        "=== notes/a.md\nProfits fell by 12 percent in 2022. [@herald-2024, p. 3] The firm fired 300 workers in May 2023.\n",
        expect![[r#"
            notes/a.md: warning[uncited-claim] “The firm fired 300 workers in May 2023.”
        "#]],
    );
}

#[test]
fn a_block_quote_is_covered_by_the_line_that_names_its_source() {
    check(
        "=== notes/a.md\n# Profits fell by 12 percent in 2022\n\n> Profits fell by 12 percent in 2022. The firm fired 300 workers.\n>\n\
         > The Herald [-@herald-2024, p. 3]\n\nThe firm sold 9,000 anvils in 2023.\n",
        expect![[r#"
            notes/a.md: warning[uncited-claim] “The firm sold 9,000 anvils in 2023.”
        "#]],
    );
}

#[test]
fn scope_sentence_covers_one_sentence_only() {
    check(
        "=== glossator.toml\n[citations]\nscope = \"sentence\"\n=== notes/a.md\nProfits fell by 12 percent in 2022. \
         The firm sold 9,000 anvils in 2023 [@herald-2024, p. 3].\n",
        expect![[r#"
            notes/a.md: warning[uncited-claim] “Profits fell by 12 percent in 2022.”
        "#]],
    );
}

#[test]
fn a_footnote_counts_when_its_definition_cites_and_not_otherwise() {
    check(
        "=== notes/a.md\nProfits fell by 12 percent in 2022.[^1]\n\nThe firm sold 9,000 anvils in 2023.[^2]\n\n\
         [^1]: See [@herald-2024, p. 3].\n\n[^2]: I remember it.\n",
        expect![[r#"
            notes/a.md: information[uncited-claim] “The firm sold 9,000 anvils in 2023.[^2]”
        "#]],
    );
}

#[test]
fn a_key_that_nobody_defined_is_an_error_and_does_not_count() {
    check(
        "=== notes/a.md\nProfits fell by 12 percent in 2022 [@herold-2024, p. 3].\n",
        expect![[r#"
            notes/a.md: warning[uncited-claim] “Profits fell by 12 percent in 2022 [@her”
            notes/a.md: error[undefined-citation] “herold-2024”
        "#]],
    );
}

#[test]
fn a_key_glued_to_han_text_is_pointed_out() {
    check(
        "=== notes/a.md\n据@herald-2024报道，利润在2022年下降了12%。\n",
        expect![[r#"
            notes/a.md: hint[uncited-attribution] “据@herald-2024报道，利润在2022年下降了12%。”
            notes/a.md: warning[glued-citation] “@herald-2024报道”
        "#]],
    );
}

#[test]
fn a_marker_asks_for_a_citation() {
    check(
        "=== notes/a.md\nThe firm is old. [citation needed]\n",
        expect![[r#"
        notes/a.md: warning[uncited-claim] “The firm is old. [citation needed]”
    "#]],
    );
}

#[test]
fn page_chrome_questions_and_editorial_brackets_are_left_alone() {
    check("=== notes/a.md\nShare this article\n\nWho knows?\n\nHe spoke of [China’s] plans.\n", expect![]);
}

#[test]
fn records_are_checked_against_one_another() {
    check(
        "=== actors/a.md\n---\nname: Acme Works\naliases: [AW Holding]\nfacts:\n  - {property: sector, value: anvils}\n\
         relations:\n  - {type: Ownership, owner: b, source: herald-2023}\n  - {type: Control, controller: nobody, source: herald-2024}\n---\n\
         === actors/b.md\n---\nname: Bolt\naliases: [aw holding]\nrelations:\n  - {type: Ownership, owner: a, source: herald-2024}\n---\n\
         === actors/more/a.md\n---\nname: Another A\n---\n",
        expect![[r#"
            actors/a.md: warning[ownership-cycle] “Acme Works”
            actors/a.md: warning[duplicate-name] “AW Holding”
            actors/a.md: information[fact-without-source] “{property: sector, value: anvils}”
            actors/a.md: error[undefined-citation] “herald-2023”
            actors/a.md: warning[unresolved-relation] “nobody”
            actors/b.md: warning[ownership-cycle] “Bolt”
            actors/b.md: warning[duplicate-name] “aw holding”
            actors/more/a.md: warning[invalid-record] “Another A”
        "#]],
    );
}

#[test]
fn identifiers_of_public_registers_need_no_source() {
    check(
        "=== actors/a.md\n---\nname: Acme Works\nfacts:\n  - {property: wikidataId, value: Q1000001}\n  - {property: leiCode, value: \
         529900T8BM49AURSDO55}\n  - {property: registrationNumber, value: HRB 1}\n---\n",
        expect![[r#"
            actors/a.md: information[fact-without-source] “{property: registrationNumber, value: HR”
        "#]],
    );
}

#[test]
fn settings_choose_severities_and_unknown_keys_are_named() {
    check(
        "=== glossator.toml\n[findings]\nuncited-claim = \"error\"\nuncited-clam = \"off\"\n[claims]\nthreshhold = 0.4\n\
         === notes/a.md\nThe company sold 9,000 anvils in 2023.\n",
        expect![[r#"
            glossator.toml: warning[invalid-configuration] “uncited-clam”
            glossator.toml: warning[invalid-configuration] “threshhold”
            notes/a.md: error[uncited-claim] “The company sold 9,000 anvils in 2023.”
        "#]],
    );
}

#[test]
fn a_reference_that_nothing_uses_and_a_copy_that_is_missing_are_found() {
    check(
        "=== references.json\n[{\"id\": \"lone\", \"type\": \"book\", \"title\": \"T\"},\n{\"id\": \"herald-2024\", \"type\": \"book\"},\n\
         {\"id\": \"c\", \"type\": \"webpage\", \"custom\": {\"file\": \"corpus/none.txt\"}},\n\
         {\"id\": \"d\", \"type\": \"webpage\", \"custom\": {\"file\": \"corpus/herald.txt\", \"sha256\": \"sha256:00\"}}]\n",
        expect![[r#"
            references.json: hint[unused-reference] “lone”
            references.json: hint[unused-reference] “herald-2024”
            references.json: warning[missing-archived-copy] “corpus/none.txt”
            references.json: warning[source-changed] “sha256:00”
            references.json: warning[invalid-reference] “sha256:00”
            references.yaml: error[duplicate-reference] “herald-2024”
        "#]],
    );
}

#[test]
fn a_decision_settles_a_claim_and_a_lost_one_is_reported() {
    let line = |exact: &str, motivation: &str, body: &str| {
        format!(
            "{{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:uuid:1\",\"type\":\"Annotation\",\
             \"motivation\":\"{motivation}\",\"body\":{body},\"target\":{{\"source\":\"notes/a.md\",\"selector\":[\
             {{\"type\":\"TextQuoteSelector\",\"exact\":\"{exact}\",\"prefix\":\"\",\"suffix\":\"\"}}]}}}}\n"
        )
    };
    let body = "{\"gl:verdict\":\"verified\"}";
    let kept = line("The company sold 9,000 anvils in 2023.", "assessing", body);
    let lost = line("Words that stand nowhere in this note.", "assessing", body);
    check(
        &format!(
            "=== notes/a.md\nThe company sold 9,000 anvils in 2023.\n\nIt sold 8,000 anvils in 2022.\n\
             === annotations/notes/a.md.jsonl\n{kept}{lost}"
        ),
        expect![[r#"
            annotations/notes/a.md.jsonl: warning[orphaned-annotation] “{"@context":"http://www.w3.org/ns/anno.j”
            notes/a.md: information[uncited-claim] “It sold 8,000 anvils in 2022.”
        "#]],
    );
}

#[test]
fn claims_of_a_paragraph_that_rest_on_one_source_are_reported_once() {
    let record = "=== actors/northgate.md\n---\nname: Northgate\ntype: company\naliases: [北门公司]\n---\n";
    for text in [
        "Northgate said the mill sold 9,000 anvils in 2023. Northgate said that 300 workers left in 2022.",
        "Northgate a déclaré que l’usine avait vendu 9 000 enclumes en 2023. Northgate a précisé que 300 ouvriers étaient partis en 2022.",
        "北门公司表示，该厂2023年售出九千个铁砧。北门公司还表示，2022年有三百名工人离开。",
    ] {
        let fixture = Fixture::new(&format!("{record}=== notes/a.md\n{text}\n\n{text}<|>\n"));
        let (file, _) = fixture.cursor();
        let found = glossator::features::findings::check(&fixture.snapshot, file);
        let found: Vec<_> = found.iter().filter(|it| it.code == glossator::model::Code::UncitedAttribution).collect();
        assert_eq!(found.len(), 1, "the second paragraph says the same again: {found:?}");
        assert_eq!(found[0].related.len(), 1, "{found:?}");
        assert!(found[0].message.contains("Northgate is named as the source of 2 claims"), "{found:?}");
    }
}
