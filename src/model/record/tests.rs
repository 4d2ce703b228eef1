use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn place(text: &str, it: &Spanned<String>) -> String {
    match it.range.of(text) {
        Some(written) if written == it.value => format!("{written:?}"),
        Some("") => format!("({})", it.value),
        written => format!("{:?}≈{written:?}", it.value),
    }
}

fn check(path: &str, text: &str, expected: Expect) {
    let (records, findings) = read(path, text);
    let mut out = String::new();
    let list = |words: &[Spanned<String>]| words.iter().map(|it| place(text, it)).collect::<Vec<_>>().join(" ");
    for record in &records {
        out.push_str(&format!("{} {}", place(text, &record.id), record.ftm_schema().unwrap_or("-")));
        for name in &record.names {
            let case = name.case.map_or_else(String::new, |it| format!("/{it:?}"));
            let lang = name.lang.as_ref().map_or_else(String::new, |it| format!("/{it}"));
            out.push_str(&format!("\n  {}: {}{lang}{case}", name.kind.word(), place(text, &name.to_name().text)));
        }
        for (key, words) in [("country", &record.countries), ("topics", &record.topics), ("not", &record.not)] {
            if !words.is_empty() {
                out.push_str(&format!("\n  {key}: {}", list(words)));
            }
        }
        let evidence = |it: &Evidence| {
            let source = it.source.as_ref().map_or_else(|| "-".to_owned(), |it| place(text, it));
            format!("{source} {} {:?}", it.locator.as_deref().unwrap_or("-"), it.rank)
        };
        for it in &record.facts {
            out.push_str(&format!("\n  {}={}", place(text, &it.property), place(text, &it.value)));
            out.push_str(&format!(" from {} {:?}", evidence(&it.evidence), it.more));
        }
        for it in &record.relations {
            out.push_str(&format!("\n  {} {}", it.schema.value, role_phrase(&it.schema.value, &it.role.value)));
            out.push_str(&format!(" {}={}", place(text, &it.role), place(text, &it.other)));
            out.push_str(&format!(" from {} {:?}", evidence(&it.evidence), it.more));
        }
        if let Some(other) = &record.merged_into {
            out.push_str(&format!("\n  merged into {}", place(text, other)));
        }
        if !record.prose.value.is_empty() {
            out.push_str(&format!("\n  prose {}", place(text, &record.prose)));
        }
        out.push('\n');
    }
    for finding in &findings {
        out.push_str(&format!("! {:?} {}\n", finding.range.of(text).unwrap(), finding.message));
    }
    expected.assert_eq(&out);
}

const FULL: &str = "---
id: peoples-data                 # default: the file's name
type: Company
name: People's Data
aliases: [People's Data Management, 人民数据, /old/path]
names:
  - {name: Données du peuple, lang: fr, kind: mistranslation}
  - {name: PDM, kind: weak, match: case}
country: cn
topics: [gov.soe]
facts:
  - {property: sector, value: data exchange, source: wapo-2024, locator: para. 14, quote: \"facilitates\", rank: preferred}
relations:
  - {type: Ownership, owner: peoples-daily-online, source: \"@wapo-2024\", rank: preferred}
  - {type: UnknownLink, object: pinduoduo, role: enterprise partner, source: wapo-2024, status: disputed}
not: [peoples-daily]
mergedInto:
---
Prose 😀.
";

#[test]
fn note_with_every_key() {
    check(
        "actors/peoples-data.md",
        FULL,
        expect![[r#"
        "peoples-data" Company
          canonical: "People's Data"
          alias: "People's Data Management"
          alias: "人民数据"
          mistranslation: "Données du peuple"/fr
          weak: "PDM"/Case
          country: "cn"
          topics: "gov.soe"
          not: "peoples-daily"
          "sector"="data exchange" from "wapo-2024" para. 14 Preferred []
          Ownership owned by "owner"="peoples-daily-online" from "wapo-2024" - Preferred []
          UnknownLink linked to "object"="pinduoduo" from "wapo-2024" - Normal [("role", "enterprise partner"), ("status", "disputed")]
          prose "Prose 😀."
    "#]],
    );
}

#[test]
fn line_ends_and_marks_of_other_systems() {
    check(
        "a/名.md",
        "\u{feff}---\r\nname: 中国日报 😀\r\nalias: China Daily, Foo, Inc., 日报\r\n...\r\n\r\nProse.\r\n",
        expect![[r#"
            (名) -
              canonical: "中国日报 😀"
              alias: "China Daily"
              alias: "Foo, Inc."
              alias: "日报"
              prose "Prose."
        "#]],
    );
}

#[test]
fn yaml_traps() {
    check(
        "t.yaml",
        "name: X\ncountry: no\naliases: [X, Y, on]\nid: 0123\n",
        expect![[r#"
        "0123" -
          canonical: "X"
          alias: "X"
          alias: "Y"
          alias: "on"
          country: "no"
    "#]],
    );
}

#[test]
fn several_actors_in_one_file() {
    check(
        "many.yaml",
        "- name: A B\n  type: media\n- {name: C, id: c2}\n- 7\n- type: Person\n",
        expect![[r#"
        (a-b) Organization
          canonical: "A B"
        "c2" -
          canonical: "C"
        (many-3) Person
          canonical: (many-3)
        ! "7" this is text, where a record is expected; write “name: …” and the other keys
        ! "type" the record has no name, so its id “many-3” stands in for one; add “name: …”
    "#]],
    );
    check(
        "many.yaml",
        "name: A B\n---\nname: C\n",
        expect![[r#"
        (a-b) -
          canonical: "A B"
        (c) -
          canonical: "C"
    "#]],
    );
    check(
        "one.yml",
        "name: 人民网\ntype: state\n",
        expect![[r#"
        (one) PublicBody
          canonical: "人民网"
    "#]],
    );
}

#[test]
fn wrong_words_are_reported_with_the_right_one() {
    check(
        "x.md",
        "---\nnmae: Foo\ntpye: Company\ntype: Compny\ntopics: [gov.soee, zzz]\nalises: [x]\nwebsite: y\nfavourite: z\ntags: [a]\nnames: [{name: Q, kind: weka, match: cas, x: 1}]\n---\n",
        expect![[r#"
            (x) -
              canonical: (x)
              alias: "Q"
              topics: "gov.soee" "zzz"
            ! "" the record has no name, so its id “x” stands in for one; add “name: …”
            ! "nmae" the key “nmae” is not known and is left out; did you mean “name”?
            ! "tpye" the key “tpye” is not known and is left out; did you mean “type”?
            ! "Compny" “Compny” is no type that is known; did you mean “company”?
            ! "gov.soee" “gov.soee” is no topic that is known; did you mean “gov.soe”?
            ! "zzz" “zzz” is no topic that is known; use a FollowTheMoney topic such as gov.soe, or tell it in the prose
            ! "alises" the key “alises” is not known and is left out; did you mean “aliases”?
            ! "website" “website” is a property and not a key of a record, so it is not shown; list it under “facts” with its source: {property: website, value: …, source: …}
            ! "favourite" the key “favourite” is not known and is left out; put it under “facts”, or into the prose
            ! "weka" “weka” is no kind of name that is known; did you mean “weak”?
            ! "cas" “cas” is no rule for letter case that is known; did you mean “case”?
            ! "x" the key “x” is not known in a name and is left out
        "#]],
    );
    check(
        "x.md",
        "---\nname: A\nid: a\nrelations:\n  - {type: Ownership, employer: b}\n  - {type: Ownerhsip, owner: b}\n  - {type: Ownership, ower: b}\n  - {type: Control}\n  - {controller: x}\n  - {type: Ownership, owner: a, asset: c}\n  - {type: Employment, employer: b, strtDate: 2020}\n  - nonsense\n---\n",
        expect![[r#"
            "a" -
              canonical: "A"
              Ownerhsip linked to "owner"="b" from - - Normal []
              Ownership owns "asset"="c" from - - Normal []
              Employment works for "employer"="b" from - - Normal [("strtDate", "2020")]
            ! "employer" “employer” is a role of Employment, not of Ownership, so this relation is left out; write “owner: …” or “asset: …”
            ! "Ownerhsip" “Ownerhsip” is no type of relation that is known; did you mean “Ownership”?
            ! "ower" “ower” is no role of Ownership, so this relation is left out; did you mean “owner”?
            ! "{type: Control}" this Control does not say who the other actor is, so it is left out; write “controller: …” or “controlled: …”
            ! "{controller: x}" a relation needs a type, so this one is left out; write {type: Ownership, owner: …} or another edge of FollowTheMoney
            ! "strtDate" the key “strtDate” is not known in a relation; did you mean “startDate”?
            ! "nonsense" a relation must be a mapping; write {type: Ownership, owner: …, source: …}
        "#]],
    );
    check(
        "x.md",
        "---\nname: [A, B]\naliases: [{name: C}]\nfacts: [{property: secor, value: [x, y]}, {value: x}, 3]\nnot: b\n---\n",
        expect![[r#"
            (x) -
              canonical: "A"
              alias: "C"
              not: "b"
              "secor"="x" from - - Normal []
              "secor"="y" from - - Normal []
            ! "[A, B]" “name” takes one value, but this is a list, so only its first entry is read; write one value
            ! "{name: C}" other programs read “aliases” as plain text and drop the whole front matter otherwise; move this entry to “names”
            ! "secor" “secor” is no FollowTheMoney property, so it is not exported; did you mean “sector”?
            ! "{value: x}" a fact needs a property and a value, so this one is left out; write {property: …, value: …, source: …}
            ! "3" a fact must be a mapping; write {property: …, value: …, source: …}
        "#]],
    );
}

#[test]
fn broken_notes_keep_what_is_right() {
    check(
        "x.md",
        "---\nname: Report: China\nfacts:\n  - property: sector\n    value: @key\ncountry: cn\n---\nProse\n",
        expect![[r#"
            (x) -
              canonical: "Report: China"
              country: "cn"
              "sector"="@key" from - - Normal []
              prose "Prose"
            ! "Report: China" this value is not right YAML: a colon and a space inside a value look like another key; put the value in quotation marks: "Report: China"
            ! "@key" this value is not right YAML: YAML gives “@” at the start of a value a meaning of its own; put the value in quotation marks: "@key"
        "#]],
    );
    check(
        "x.md",
        "---\nname: A\n",
        expect![[r#"
        (x) -
          canonical: "A"
        ! "---" the front matter is not closed, so the file has no prose; put a line “---” below the last key
    "#]],
    );
    check(
        "John Smith.md",
        "# Notes\n\nno front matter\n",
        expect![[r##"
        (John Smith) -
          canonical: (John Smith)
          prose "# Notes\n\nno front matter"
        ! "# Notes" this record has no front matter, so only the file's name is looked for in texts; begin the file with the lines “---”, “name: …” and “---”
    "##]],
    );
    check(
        "empty.md",
        "",
        expect![[r#"
        (empty) -
          canonical: (empty)
        ! "" this record has no front matter, so only the file's name is looked for in texts; begin the file with the lines “---”, “name: …” and “---”
    "#]],
    );
    check("empty.yaml", "# nothing\n", expect![""]);
}

#[test]
fn follow_the_money_lines() {
    check(
        "x.jsonl",
        concat!(
            r#"{"id":"aspi","schema":"Organization","properties":{"name":["Australian Strategic Policy Institute","澳大利亚战略政策研究所"],"alias":["ASPI 😀"],"abbreviation":["ASPI"],"weakAlias":["Institute"],"country":["au"],"topics":["gov"],"website":["https://x.org"],"summary":["A think tank."]}}"#,
            "\n",
            r#"{"id":"hoffman","schema":"Person","caption":"S. Hoffman","properties":{}}"#,
            "\r\n\r\n",
            r#"{"id":"emp1","schema":"Employment","properties":{"employee":["hoffman"],"employer":["aspi"],"role":["analyst"],"proof":["wapo"]}}"#,
            "\n",
            r#"{"id":"own","schema":"Ownership","properties":{"owner":["elsewhere"],"asset":["aspi"]}}"#,
            "\n{broken\n{\"id\":\"adr\",\"schema\":\"Address\"}\n{\"id\":1}\n",
        ),
        expect![[r#"
            "aspi" Organization
              canonical: "Australian Strategic Policy Institute"
              alias: "澳大利亚战略政策研究所"
              alias: "ASPI 😀"
              abbreviation: "ASPI"
              weak: "Institute"
              country: "au"
              topics: "gov"
              "website"="https://x.org" from - - Normal []
              Employment employs (employee)="hoffman" from "wapo" - Normal [("role", "analyst")]
              Ownership owned by (owner)="elsewhere" from - - Normal []
              prose "A think tank."
            "hoffman" Person
              canonical: "S. Hoffman"
              Employment works for (employer)="aspi" from "wapo" - Normal [("role", "analyst")]
            ! "" this is not valid JSON from here on (expected colon after the string or word in object property); until it is corrected, it is left out
            ! "{\"id\":1}" this line is no FollowTheMoney entity, so it is left out; it needs “id”, “schema” and “properties”
        "#]],
    );
}

#[test]
fn schema_is_up_to_date() {
    let schema = serde_json::to_string_pretty(&json_schema()).unwrap() + "\n";
    expect_test::expect_file!["../../../docs/schema/record.schema.json"].assert_eq(&schema);
}

proptest! {
    #[test]
    fn reading_never_panics(text in "(---\n)?((name|aliases|names|facts|relations|type|not|id|- |  |\\{|\\}|\\[|\\]|: |, |\n|é|中|😀|\"|'|@|#|\t){1,4}){0,30}") {
        for path in ["a.md", "a.yaml", "a.jsonl"] {
            let (records, findings) = read(path, &text);
            for record in &records {
                prop_assert!(!record.names.is_empty());
                for name in &record.names {
                    prop_assert!(name.text.range.of(&text).is_some());
                }
            }
            for finding in &findings {
                prop_assert!(finding.range.of(&text).is_some());
            }
        }
    }
}
