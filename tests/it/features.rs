//! Hover, definition, references and highlights.

use crate::fixture::Fixture;
use expect_test::{Expect, expect};
use glossator::features::{hover, navigate};

const WORKSPACE: &str = "\
=== actors/acme.md
---
type: Company
name: Acme Works
aliases: [ACME, 阿克米公司]
country: de
facts:
  - {property: sector, value: anvils, source: herald-2024, locator: para. 2, rank: preferred}
relations:
  - {type: Ownership, owner: bolt, source: herald-2024}
---
Makes anvils.
=== actors/bolt.md
---
type: Company
name: Bolt Brothers
---
=== references.yaml
references:
  - id: herald-2024
    type: article-newspaper
    title: The anvil trade
    container-title: The Herald
    issued: 2024-05-02
    custom: {file: corpus/herald.txt}
=== corpus/herald.txt
Acme Works sold 9,000 anvils in 2023.
";

fn at(note: &str) -> Fixture {
    Fixture::new(&format!("{WORKSPACE}=== notes/n.md\n{note}\n"))
}

fn check_hover(note: &str, expected: Expect) {
    let fixture = at(note);
    let (file, offset) = fixture.cursor();
    let card = hover::hover(&fixture.snapshot, file, offset);
    expected.assert_eq(
        &card.map_or("nothing".to_owned(), |card| {
            format!("[{}]\n{}\n", fixture.words(file, card.range), card.markdown())
        }),
    );
}

fn check_definition(fixture: &Fixture, expected: &[&str]) {
    let (file, offset) = fixture.cursor();
    let (targets, _) = navigate::definition(&fixture.snapshot, file, offset);
    let places: Vec<String> = targets.iter().map(|target| fixture.place(target.file, target.focus)).collect();
    assert_eq!(places, expected);
}

#[test]
fn hover_on_a_mention_shows_the_record_with_its_evidence() {
    check_hover(
        "In May ACME<|> fired its founder.",
        expect![[r#"
        [ACME]
        **Acme Works** — Company, de

        Makes anvils.

        Also: ACME · 阿克米公司

        - *sector*: anvils [herald-2024, para. 2]
        - *owned by*: Bolt Brothers [herald-2024]

        2 mentions in 2 texts

        ---

        “ACME” here: listed form of the name
    "#]],
    );
}

#[test]
fn hover_shows_what_other_records_say_of_the_actor() {
    check_hover(
        "Bolt Brothers<|> denied it.",
        expect![[r#"
        [Bolt Brothers]
        **Bolt Brothers** — Company

        - *owns*: Acme Works [herald-2024]

        1 mention in 1 text

        ---

        “Bolt Brothers” here: full name
    "#]],
    );
}

#[test]
fn a_card_speaks_the_language_of_the_text_that_cites() {
    let card = |note: &str| {
        let fixture = Fixture::new(&format!(
            "=== references.yaml\n- {{id: quay, type: book, title: Quay, issued: 2024-05-01, author: [{{family: Roe, given: Jo}}, {{family: Poe, given: Al}}]}}\n\
             - {{id: quai, type: book, title: Quai, language: fr, issued: 2024-05-01, author: [{{family: Roe, given: Jo}}, {{family: Poe, given: Al}}]}}\n\
             === notes/a.md\n{note}\n"
        ));
        let (file, offset) = fixture.cursor();
        let card = hover::hover(&fixture.snapshot, file, offset).expect("a card").plain();
        card.lines().next().unwrap_or_default().to_owned()
    };
    let english = "Roe, Jo and Al Poe (1 May 2024). Quay.";
    assert_eq!(card("The council sold all of its boats in the spring [@qu<|>ay, p. 1]."), english);
    assert_eq!(
        card("Le conseil a vendu tous ses bateaux au printemps [@qu<|>ay, p. 1]."),
        "Roe, Jo et Al Poe (1er mai 2024). Quay."
    );
    assert_eq!(card("市议会在春天卖掉了所有的船只 [@qu<|>ay, p. 1]。"), "Roe, Jo 和 Al Poe (2024年5月1日). Quay.");
    assert_eq!(
        card("The council sold all of its boats in the spring [@qu<|>ai, p. 1]."),
        "Roe, Jo et Al Poe (1er mai 2024). Quai."
    );
}

#[test]
fn hover_on_a_citation_shows_the_formatted_reference() {
    check_hover(
        "They sold many [@herald<|>-2024, para. 1].",
        expect![[r#"
            [@herald-2024, para. 1]
            The anvil trade (2 May 2024). The Herald.

            - *cited place*: para. 1
            - *archived copy*: corpus/herald.txt
            - *nothing else backs*: 1 claim in 1 note
            - *key*: herald-2024
        "#]],
    );
}

#[test]
fn hover_on_an_unknown_key_says_what_to_do() {
    check_hover(
        "They sold many [@herold<|>-2024].",
        expect![[r#"
        [@herold-2024]
        **herold-2024**

        No reference has this key. Add it to the bibliography, or correct the key.
    "#]],
    );
}

#[test]
fn hover_on_plain_words_says_nothing() {
    check_hover("Nobody know<|>s.", expect!["nothing"]);
}

#[test]
fn a_mention_leads_to_its_record() {
    check_definition(&at("阿克米公司<|>宣布"), &["actors/acme.md: Acme Works"]);
}

#[test]
fn a_citation_leads_to_its_entry() {
    check_definition(&at("So it is [@herald-2024<|>]."), &["references.yaml: herald-2024"]);
}

#[test]
fn the_owner_in_a_relation_leads_to_its_record() {
    let workspace = WORKSPACE.replace("owner: bolt", "owner: bo<|>lt");
    check_definition(&Fixture::new(&workspace), &["actors/bolt.md: Bolt Brothers"]);
}

#[test]
fn the_source_of_a_fact_and_the_copy_of_a_reference_lead_on() {
    let workspace = WORKSPACE.replacen("source: herald-2024", "source: herald<|>-2024", 1);
    check_definition(&Fixture::new(&workspace), &["references.yaml: herald-2024"]);
    let workspace = WORKSPACE.replace("file: corpus/herald.txt", "file: corpus/he<|>rald.txt");
    check_definition(&Fixture::new(&workspace), &["corpus/herald.txt: "]);
}

#[test]
fn references_of_an_actor_are_its_mentions_and_the_uses_of_its_record() {
    let fixture = at("ACME<|> and Acme Works met the acme of skill.");
    let (file, offset) = fixture.cursor();
    let list = |with_declaration| -> Vec<String> {
        let places = navigate::references(&fixture.snapshot, file, offset, with_declaration);
        places.iter().map(|place| fixture.place(place.file, place.range)).collect()
    };
    assert_eq!(list(false), ["corpus/herald.txt: Acme Works", "notes/n.md: ACME", "notes/n.md: Acme Works"]);
    assert_eq!(list(true).first().map(String::as_str), Some("actors/acme.md: Acme Works"));
    let highlights = navigate::highlights(&fixture.snapshot, file, offset);
    assert_eq!(highlights.len(), 2);
}

#[test]
fn references_of_a_key_are_its_citations_and_the_facts_that_rest_on_it() {
    let fixture = at("One [@herald-2024<|>]. Two [@herald-2024, p. 2].");
    let (file, offset) = fixture.cursor();
    let places = navigate::references(&fixture.snapshot, file, offset, false);
    let places: Vec<String> = places.iter().map(|place| fixture.place(place.file, place.range)).collect();
    assert_eq!(
        places,
        [
            "actors/acme.md: herald-2024",
            "actors/acme.md: herald-2024",
            "notes/n.md: herald-2024",
            "notes/n.md: herald-2024"
        ]
    );
}

#[test]
fn references_follow_redirects_and_decisions() {
    let decision = r#"{"id":"1","type":"Annotation","motivation":"identifying","body":{"type":"SpecificResource","gl:actor":"fonderie","gl:judgement":"positive"},"target":{"source":"notes/b.md","selector":[{"type":"TextQuoteSelector","exact":"Fonderie de la Colline","prefix":"","suffix":""}]}}"#;
    let fixture = Fixture::new(&format!(
        "=== actors/foundry.md
---
name: Hill Foundry
---
=== actors/fonderie.md
---
name: Fonderie de la Colline
mergedInto: foundry
---
=== actors/owner.md
---
name: Peak Holding
relations:
  - {{type: Ownership, asset: fonderie}}
---
=== actors/山.md
---
name: 山丘铸造厂
not: [foundry]
---
=== notes/a.md
Hill F<|>oundry casts.
=== notes/b.md
La Fonderie de la Colline coule.
=== annotations/notes/b.md.jsonl
{decision}
"
    ));
    let (file, offset) = fixture.cursor();
    let places = navigate::references(&fixture.snapshot, file, offset, true);
    let places: Vec<String> = places.iter().map(|it| fixture.place(it.file, it.range)).collect();
    expect_test::expect![[r#"
        actors/fonderie.md: Fonderie de la Colline
        actors/fonderie.md: foundry
        actors/foundry.md: Hill Foundry
        actors/owner.md: fonderie
        actors/山.md: foundry
        annotations/notes/b.md.jsonl: fonderie
        notes/a.md: Hill Foundry
        notes/b.md: Fonderie de la Colline"#]]
    .assert_eq(&places.join("\n"));
}
