use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn show(text: &str, node: &Node<'_>, out: &mut String) {
    match &node.kind {
        NodeKind::Text { form: Form::Absent, .. } => out.push('-'),
        NodeKind::Text { value, .. } => {
            out.push_str(&format!("{value:?}"));
            if node.range.of(text) != Some(value) {
                out.push_str(&format!("≈{:?}", node.range.of(text).unwrap()));
            }
        }
        NodeKind::List(items) => {
            out.push('[');
            for (idx, item) in items.iter().enumerate() {
                out.push_str(if idx == 0 { "" } else { ", " });
                show(text, item, out);
            }
            out.push(']');
        }
        NodeKind::Map(entries) => {
            out.push('{');
            for (idx, entry) in entries.iter().enumerate() {
                out.push_str(if idx == 0 { "" } else { ", " });
                assert_eq!(entry.key.range.of(text), Some(&*entry.key.value));
                out.push_str(&format!("{}: ", entry.key.value));
                show(text, &entry.value, out);
            }
            out.push('}');
        }
    }
}

fn shown(text: &str, reading: &Reading<'_>) -> String {
    let mut out = String::new();
    for document in &reading.documents {
        show(text, document, &mut out);
        out.push('\n');
    }
    for finding in &reading.findings {
        out.push_str(&format!("! {:?} {}\n", finding.range.of(text).unwrap(), finding.message));
    }
    out
}

fn check_yaml(text: &str, expected: Expect) {
    expected.assert_eq(&shown(text, &read_yaml(text, 0, Code::InvalidRecord)));
}

fn check_json(text: &str, expected: Expect) {
    expected.assert_eq(&shown(text, &read_json(text, 0, Code::InvalidReference)));
}

fn check_toml(text: &str, expected: Expect) {
    expected.assert_eq(&shown(text, &read_toml(text, Code::InvalidConfiguration)));
}

#[test]
fn yaml_scalars_stay_as_written() {
    check_yaml(
        "country: no\naliases: [X, Y, on]\nid: 0123\nt: 12:30\nd: 2024-05-01\nv: 1.10\nempty:\ntilde: ~\n",
        expect![[r#"
            {country: "no", aliases: ["X", "Y", "on"], id: "0123", t: "12:30", d: "2024-05-01", v: "1.10", empty: -, tilde: "~"}
        "#]],
    );
}

#[test]
fn yaml_ranges_are_bytes_without_quotation_marks() {
    check_yaml(
        "名: 中国日报 😀 # note\nname: \"People’s 𠀀\"\nb: 'it''s'\nc: \"a\\tb\"\n",
        expect![[r#"
        {名: "中国日报 😀", name: "People’s 𠀀", b: "it's"≈"it''s", c: "a\tb"≈"a\\tb"}
    "#]],
    );
    check_yaml(
        "\u{feff}名: 😀\r\nname: x\r\nlist:\r\n- a\r\n- b\r\n",
        expect![[r#"
        {名: "😀", name: "x", list: ["a", "b"]}
    "#]],
    );
    check_yaml(
        "a: |\n  one\n  two\n\nb: >-\n  x\n  y\nc: plain\n  goes on\n",
        expect![[r#"
        {a: "one\ntwo\n"≈"one\n  two", b: "x y"≈"x\n  y", c: "plain goes on"≈"plain\n  goes on"}
    "#]],
    );
}

#[test]
fn yaml_mistakes_cost_only_their_line() {
    check_yaml(
        "id: a\nn: Report: China\ntopics: [x]\n",
        expect![[r#"
        {id: "a", n: "Report: China", topics: ["x"]}
        ! "Report: China" this value is not right YAML: a colon and a space inside a value look like another key; put the value in quotation marks: "Report: China"
    "#]],
    );
    check_yaml(
        "source: @key\nname: A\n",
        expect![[r#"
        {source: "@key", name: "A"}
        ! "@key" this value is not right YAML: YAML gives “@” at the start of a value a meaning of its own; put the value in quotation marks: "@key"
    "#]],
    );
    check_yaml(
        "name: A\n\taliases: [B]\ncountry: cn\n",
        expect![[r#"
            {name: "A", aliases: ["B"], country: "cn"}
            ! "\t" a tab stands where YAML wants spaces, so that other programs cannot read this file; replace it with spaces
        "#]],
    );
    check_yaml(
        "name: A\nfacts:\n\t- {property: x, value: y}\ncountry: cn\n",
        expect![[r#"
        {name: "A", facts: [{property: "x", value: "y"}], country: "cn"}
        ! "\t" a tab stands where YAML wants spaces, so that other programs cannot read this file; replace it with spaces
    "#]],
    );
    check_yaml(
        "name: \"A\naliases: [B, @c, 'd, e'\ncountry: cn\n",
        expect![[r#"
        {name: "A", aliases: ["B", "@c", "d, e"], country: "cn"}
        ! "\"A" this value is not right YAML: the quotation mark at its start is not closed properly; close it at the end of the value, and double or escape it inside
        ! "[B, @c, 'd, e'" this value is not right YAML: the list in square brackets is not closed properly, or an entry needs quotation marks; write [one, "two: 2"]
    "#]],
    );
    check_yaml(
        "name: A\nnonsense\ncountry: cn\n",
        expect![[r#"
        {name: "A", country: "cn"}
        ! "nonsense" this line is left out: it has no key; write “key: value”, with a space after the colon
    "#]],
    );
}

#[test]
fn yaml_mistakes_inside_lists_cost_only_their_line() {
    check_yaml(
        "e: #tag\nf: a: b # why\n",
        expect![[r#"
        {e: -, f: "a: b"}
        ! "a: b" this value is not right YAML: a colon and a space inside a value look like another key; put the value in quotation marks: "a: b"
    "#]],
    );
    check_yaml(
        "name: A\nfacts:\n  - property: sector\n    value: data: exchange\n    source: k\n  - {property: p, value: v}\n",
        expect![[r#"
            {name: "A", facts: [{property: "sector", value: "data: exchange", source: "k"}, {property: "p", value: "v"}]}
            ! "data: exchange" this value is not right YAML: a colon and a space inside a value look like another key; put the value in quotation marks: "data: exchange"
        "#]],
    );
    check_yaml(
        "- name: A\n  x: b: c\n- name: D\n",
        expect![[r#"
            [{name: "A", x: "b: c"}, {name: "D"}]
            ! "b: c" this value is not right YAML: a colon and a space inside a value look like another key; put the value in quotation marks: "b: c"
        "#]],
    );
    check_yaml(
        "name: A\n---\nname: B: C\n---\nname: D\n",
        expect![[r#"
        {name: "A"}
        {name: "B: C"}
        {name: "D"}
        ! "B: C" this value is not right YAML: a colon and a space inside a value look like another key; put the value in quotation marks: "B: C"
    "#]],
    );
    check_yaml(
        "- name: A\n    x: c\n",
        expect![[r#"
        [{name: "A", x: "c"}]
        ! "x: c" this line is indented further than the one above it, which already has a value; give both the same indentation
    "#]],
    );
    check_yaml(
        "name: A\nfact: {property: x, value: a: b}\ncountry: cn\n",
        expect![[r#"
            {name: "A", fact: {property: "x", value: "a: b"}, country: "cn"}
            ! "{property: x, value: a: b}" this value is not right YAML: the mapping in curly brackets is not closed properly, or a value needs quotation marks; write {one: 1, two: "a: b"}
        "#]],
    );
}

#[test]
fn yaml_keys_that_stand_twice_are_reported() {
    check_yaml(
        "name: A\nname: B\n",
        expect![[r#"
        {name: "A"}
        ! "name" the key “name” stands twice in one mapping, so only the first is read; join them or remove one
    "#]],
    );
}

#[test]
fn yaml_aliases_are_limited() {
    check_yaml(
        "a: &x [1, 2]\nb: *x\nc: *y\n",
        expect![[r#"
        {a: ["1", "2"], b: ["1", "2"], c: "*y"}
        ! "*y" “*y” refers to a place that the file does not mark; if the asterisk belongs to the value, put the value in quotation marks
    "#]],
    );
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let list = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{list}]\n"));
    }
    let reading = read_yaml(&bomb, 0, Code::InvalidRecord);
    assert_eq!(reading.findings.len(), 1, "{:?}", reading.findings);
}

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), ("{a: ", "}")] {
        let deep = format!("name: A\nx: {}{}\ncountry: cn\n", open.repeat(2_000), close.repeat(2_000));
        let reading = read_yaml(&deep, 0, Code::InvalidRecord);
        assert_eq!(reading.documents[0].get("country").and_then(Node::as_text), Some("cn"));
        assert_eq!(reading.findings.len(), 1, "{:?}", reading.findings);
    }
    let json = format!("{}{}", "[".repeat(300), "]".repeat(300));
    assert_eq!(read_json(&json, 0, Code::InvalidReference).findings.len(), 1);
    let json = "[".repeat(100_000);
    assert_eq!(read_json(&json, 0, Code::InvalidReference).findings.len(), 1);
    let block: String = (0..500).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert!(!read_yaml(&block, 0, Code::InvalidRecord).findings.is_empty());
}

#[test]
fn json_has_ranges_too() {
    check_json(
        "\u{feff}// note\n[{\"id\": \"人民\", \"n\": 12, \"x\": null, \"b\": true,},]",
        expect![[r#"
        [{id: "人民", n: "12", x: -, b: "true"}]
    "#]],
    );
    check_json(
        "[{\"id\": \"a\" \"b\"}]",
        expect![[r#"
            ! "" this is not valid JSON from here on (expected comma); until it is corrected, it is left out
        "#]],
    );
}

#[test]
fn toml_keeps_its_right_lines() {
    check_toml(
        "[corpus]\nsources = [\"名/**\"]\nnotes = \n[claims]\nthreshold = 0.7\n",
        expect![[r#"
        {corpus: {sources: ["名/**"], notes: ""}, claims: {threshold: "0.7"}}
        ! "notes = " this line cannot be read as TOML (string values must be quoted, expected literal string); correct it, or its default is used
    "#]],
    );
}

#[test]
fn nearest_word_is_near() {
    let words = ["aliases", "name", "names", "mergedInto", "country"];
    assert_eq!(nearest("alises", words), Some("aliases"));
    assert_eq!(nearest("merged_into", words), Some("mergedInto"));
    assert_eq!(nearest("cuontry", words), Some("country"));
    assert_eq!(nearest("zzz", words), None);
}

proptest! {
    #[test]
    fn reading_never_panics(text in "([a-zé中😀]{0,3}[-:,\\[\\]{}\"'@&*#|>!%\n\t ]{1,3}){0,40}") {
        for reading in [
            read_yaml(&text, 0, Code::InvalidRecord),
            read_json(&text, 0, Code::InvalidRecord),
            read_toml(&text, Code::InvalidRecord),
        ] {
            let mut out = String::new();
            for document in &reading.documents {
                document.range.of(&text).unwrap();
                out.push_str(document.kind_word());
            }
            for finding in &reading.findings {
                finding.range.of(&text).unwrap();
            }
        }
    }
}
