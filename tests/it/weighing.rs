//! What a hover says of mentions that are not sure: why this actor, who else, and what would settle it.

use crate::fixture::Fixture;
use expect_test::{Expect, expect};
use glossator::features::hover;

const ACTORS: &str = "=== actors/all.yaml
- {id: lee-a, type: Person, name: Maria Lee, aliases: [Maria Tudor Lee, 李玛丽], country: ie}
- {id: lee-b, type: Person, name: Maria Lee, aliases: [李玛丽], relations: [{type: Employment, employer: harbour, source: h}]}
- {id: harbour, type: Company, name: Blue Harbour, aliases: [Port-Bleu, 蓝港公司, Bolderon Harbour], country: ie}
- {id: bolderon, type: Company, name: Bolderon}
- {id: ministry, type: PublicBody, name: Ministry of Rites, names: [{name: ministère des Rites}, {name: 礼部, kind: weak}, {name: Rites, kind: weak}]}
";

/// Shows the last part of the card: what is said of this mention.
fn check(text: &str, expected: Expect) {
    let fixture = Fixture::new(&format!("{ACTORS}=== corpus/a.txt\n{text}\n"));
    let (file, offset) = fixture.cursor();
    let card = hover::hover(&fixture.snapshot, file, offset).expect("a card").plain();
    let (_, said) = card.rsplit_once("----\n\n").expect("a rule");
    expected.assert_eq(&format!("{said}\n"));
}

#[test]
fn an_ambiguous_name_says_what_speaks_for_each() {
    check(
        "“No,” said Maria Lee<|>.",
        expect![[r#"
        “Maria Lee” here is ambiguous: several actors bear this name

        It may be:

        - Maria Lee (lee-a): nothing else in this text speaks for it
        - Maria Lee (lee-b): nothing else in this text speaks for it

        What would settle it: a name that only one of them bears, earlier in the text (“Maria Tudor Lee”); a relation or a country in their records that ties one of them to somebody named here; or your choice among the quick fixes
    "#]],
    );
    check(
        "据报道，李玛丽<|>拒绝。",
        expect![[r#"
        “李玛丽” here is ambiguous: several actors bear this name

        It may be:

        - Maria Lee (lee-a): nothing else in this text speaks for it
        - Maria Lee (lee-b): nothing else in this text speaks for it

        What would settle it: a name that only one of them bears, earlier in the text (“Maria Tudor Lee”); a relation or a country in their records that ties one of them to somebody named here; or your choice among the quick fixes
    "#]],
    );
    check(
        "Maria Lee<|> a refusé, selon Port-Bleu.",
        expect![[r#"
            “Maria Lee” here: the namesake that the text speaks of (tied to Blue Harbour, named here)

            It might also be:

            - Maria Lee (lee-a): of the same country (ie) as Blue Harbour
        "#]],
    );
}

#[test]
fn a_namesake_that_the_text_settles_shows_the_others() {
    check(
        "Maria Lee<|> works for Blue Harbour; ask Blue Harbour.",
        expect![[r#"
            “Maria Lee” here: the namesake that the text speaks of (tied to Blue Harbour, named here)

            It might also be:

            - Maria Lee (lee-a): of the same country (ie) as Blue Harbour
        "#]],
    );
}

#[test]
fn a_possible_mention_says_what_is_missing() {
    check(
        "The officials of Rites<|> refused.",
        expect![[r#"
        “Rites” here is a possible mention only: short form without the full name

        What would settle it: the full name (“Ministry of Rites”) earlier in the text; a relation in its record to somebody named here; the record without `kind: weak` at “Rites”, if that form never means anybody else; or your choice among the quick fixes
    "#]],
    );
    check(
        "Les fonctionnaires des Rites<|> ont refusé.",
        expect![[r#"
        “Rites” here is a possible mention only: short form without the full name

        What would settle it: the full name (“Ministry of Rites”) earlier in the text; a relation in its record to somebody named here; the record without `kind: weak` at “Rites”, if that form never means anybody else; or your choice among the quick fixes
    "#]],
    );
    check(
        "据报道，礼部<|>拒绝。",
        expect![[r#"
        “礼部” here is a possible mention only: short form without the full name

        What would settle it: the full name (“Ministry of Rites”) earlier in the text; a relation in its record to somebody named here; the record without `kind: weak` at “礼部”, if that form never means anybody else; or your choice among the quick fixes
    "#]],
    );
}

#[test]
fn names_inside_a_name_are_shown() {
    check(
        "They sold Bolderon<|> Harbour.",
        expect![[r#"
            “Bolderon Harbour” here: full name

            Names inside it, which the longer one outweighs:

            - “Bolderon”: Bolderon (bolderon)
        "#]],
    );
}
