use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn place(text: &str, it: &Spanned<String>) -> String {
    match it.range.of(text) {
        Some(written) if written == it.value => format!("{written:?}"),
        written => format!("{:?}≈{:?}", it.value, written.unwrap()),
    }
}

fn check(path: &str, text: &str, expected: Expect) {
    let (references, findings) = read(path, text);
    let mut out = String::new();
    for it in &references {
        out.push_str(&format!("{} {} {}\n", place(text, &it.key), it.kind, it.plain()));
        assert!(it.range.covers(it.key.range) && it.range.of(text).is_some());
        for field in [&it.title, &it.publisher, &it.url].into_iter().flatten() {
            out.push_str(&format!("  {}\n", place(text, field)));
        }
        if let Some(copy) = &it.copy {
            let hash = copy.sha256.as_ref().map_or_else(|| "-".to_owned(), |it| place(text, it));
            out.push_str(&format!("  copy {} {hash} {:?}\n", place(text, &copy.file), copy.captured));
        }
    }
    for finding in &findings {
        out.push_str(&format!("! {} {:?} {}\n", finding.code.word(), finding.range.of(text).unwrap(), finding.message));
    }
    expected.assert_eq(&out);
}

#[test]
fn csl_json() {
    check(
        "r.json",
        r#"[{"id":"wapo-2024","type":"article-newspaper","title":"名 😀 data","author":[{"family":"Cadell","given":"Cate"},{"literal":"The Staff"},{"family":"Gogh","non-dropping-particle":"van","given":"V."}],
 "container-title":"The Post","publisher":"Post Co.","issued":{"date-parts":[[2024,5,2]]},"URL":"https://x.org/a","language":"en",
 "custom":{"file":"corpus/004.txt","sha256":"sha256:abc","captured":"2024-05-03","archive_url":"https://a"}},
 {"id": 7, "issued": "2024-05"}, {"type":"book"}, 3, {"id":"wapo-2024"}, {"id":"out","custom":{"file":"../x.txt"}, "issued":{"raw":"soon"}}]"#,
        expect![[r#"
            "wapo-2024" article-newspaper Cadell, Cate; The Staff; van Gogh, V. (2024-05-02). 名 😀 data. The Post. Post Co. https://x.org/a
              "名 😀 data"
              "Post Co."
              "https://x.org/a"
              copy "corpus/004.txt" "sha256:abc" Some("2024-05-03")
            "7" document 7 (2024-05).
            "out" document out.
            ! invalid-reference "sha256:abc" this is no SHA-256 hash, so changes of the copy are not noticed; write sha256: and 64 hexadecimal digits
            ! invalid-reference "{\"type\":\"book\"}" this entry has no “id”, so no text can cite it; give it one
            ! invalid-reference "3" this is a number, where an entry with “id” and “type” is expected; it is left out
            ! duplicate-reference "wapo-2024" the key “wapo-2024” stands for another entry already, so this entry is left out; give it a key of its own
            ! invalid-reference "../x.txt" “../x.txt” leads out of the workspace folder, so this copy is not looked at; move the copy into the workspace and write its path from there
            ! invalid-reference "{\"raw\":\"soon\"}" this date cannot be read; write {"date-parts": [[2024, 5, 1]]} or 2024-05-01
        "#]],
    );
    check(
        "r.json",
        r#"{"references":[{"id":"a","issued":{"raw":"2 May 2024"}}]}"#,
        expect![[r#"
            "a" document a (2024-05-02).
        "#]],
    );
}

#[test]
fn csl_yaml() {
    check(
        "r.yaml",
        "---\nreferences:\n- id: a\n  type: webpage\n  title: \"A: b\"\n  author:\n  - family: Li\n    given: 明\n  issued:\n  - year: 2024\n    month: 5\n- id: b\n  title: c: d\n  issued: 2024-05-01/2024-06\n...\n",
        expect![[r#"
            "a" webpage Li, 明 (2024-05). A: b.
              "A: b"
            "b" document c: d (2024-05-01).
              "c: d"
            ! invalid-reference "c: d" this value is not right YAML: a colon and a space inside a value look like another key; put the value in quotation marks: "c: d"
        "#]],
    );
    check(
        "r.yaml",
        "- {id: a, title: T}\n",
        expect![[r#"
        "a" document T.
          "T"
    "#]],
    );
}

#[test]
fn hayagriva() {
    check(
        "r.yml",
        "wapo:\n  type: Article\n  title: Data\n  author: [\"Cadell, Cate\"]\n  date: 2024-05-02\n  url: { value: https://x.org, date: 2024-06-01 }\n  parent:\n    type: Newspaper\n    title: The Post\n    publisher: Post Co.\n  file: corpus/1.txt\nweb: {type: web, title: {value: T}}\nbad: 3\n",
        expect![[r#"
            "wapo" article-newspaper Cadell, Cate (2024-05-02). Data. The Post. Post Co. https://x.org
              "Data"
              "Post Co."
              "https://x.org"
              copy "corpus/1.txt" - None
            "web" webpage T.
              "T"
            ! invalid-reference "bad" “bad” is text, where an entry of a bibliography is expected, so it is left out; write “key: {type: …, title: …}”
        "#]],
    );
}

#[test]
fn biblatex() {
    check(
        "r.bib",
        r#"% comment
@string{post = "The Post"}
@comment{jabref-meta: {x}}
@article{人民2024,
  author = {Bj{\"o}rk, \'Eva and {The Staff} and Jan van der Berg and others},
  title = {Data {\&} \textit{Power} --- 中国},
  journaltitle = post # " Weekly",
  date = {2024-05-02},
  url = {https://x.org/a\_b},
  file = {Full Text:corpus/a\:b.pdf:PDF;:corpus/004.txt:text/plain},
  sha256 = {zz},
}

@misc{b, title = "T", year = 2023, month = may, howpublished = {Web}}
@book{c title = {Missing comma}, }
@online{d,
  title = {Not closed,
  year = {2020},
@report{e, title={Fine}}
@misc{b, title={Again}}
"#,
        expect![[r#"
            "人民2024" article-journal Björk, Éva; The Staff; van der Berg, Jan (2024-05-02). Data & Power — 中国. The Post Weekly. https://x.org/a_b
              "Data & Power — 中国"≈"Data {\\&} \\textit{Power} --- 中国"
              "https://x.org/a_b"≈"https://x.org/a\\_b"
              copy "corpus/004.txt" "zz" None
            "b" document T (2023-05). Web.
              "T"
              "Web"
            "c" book c.
            "d" webpage Not closed (2020).
              "Not closed"
            "e" report Fine.
              "Fine"
            ! invalid-reference "zz" this is no SHA-256 hash, so changes of the copy are not noticed; write sha256: and 64 hexadecimal digits
            ! invalid-reference "@book{c title = {Missing comma}, }" this entry is read only in part: near this line a comma is missing; correct it
            ! invalid-reference "year = {2020}," this entry is read only in part: near this line a brace or quotation mark is not closed; correct it
            ! duplicate-reference "b" the key “b” stands for another entry already, so this entry is left out; give it a key of its own
        "#]],
    );
    check(
        "r.bib",
        "\u{feff}@misc{a,\r\n title={T},\r\n file={/home/x/y.pdf}\r\n}\r\n@misc{b, file={/x/y.txt}}",
        expect![[r#"
            "a" document T.
              "T"
            "b" document b.
            ! invalid-reference "/x/y.txt" “/x/y.txt” leads out of the workspace folder, so this copy is not looked at; move the copy into the workspace and write its path from there
        "#]],
    );
}

#[test]
fn latex_becomes_readable() {
    for (latex, text) in [
        (r"Caf\'e \'{e} {\'e} \'{\i} \c{c} \v s \o{} \ss{} \~n", "Café é é í ç š ø ß ñ"),
        (r"\emph{A} \& B, 50\% ``q'' 1--2", "A & B, 50% “q” 1–2"),
        ("{Nested {braces}} $x$", "Nested braces x"),
    ] {
        assert_eq!(latex::readable(latex), text);
    }
}

#[test]
fn dates() {
    for (written, iso) in [
        ("2024-05-01", Some("2024-05-01")),
        ("2024-05-01T10:00:00Z", Some("2024-05-01")),
        ("2024-5", Some("2024-05")),
        ("2024~", Some("2024")),
        ("2024-05-01/2024-06-01", Some("2024-05-01")),
        ("May 2, 2024", Some("2024-05-02")),
        ("2 May 2024", Some("2024-05-02")),
        ("2024-13", Some("2024")),
        ("soon", None),
    ] {
        assert_eq!(dates::from_text(written).as_deref(), iso, "{written}");
    }
}

#[test]
fn no_bibliography_at_all() {
    check("r.yaml", "", expect![""]);
    check(
        "r.json",
        "{",
        expect![[r#"
        ! invalid-reference "{" this is not valid JSON from here on (unterminated object); until it is corrected, it is left out
    "#]],
    );
    check(
        "r.yaml",
        "just words\n",
        expect![[r#"
        ! invalid-reference "just words" this is no bibliography; write a list of CSL entries, or Hayagriva's “key: {type: …, title: …}”
    "#]],
    );
    check(
        "references",
        "@misc{a,title={T}}",
        expect![[r#"
        "a" document T.
          "T"
    "#]],
    );
}

#[test]
fn twenty_thousand_entries() {
    let mut csl = "[".to_owned();
    let (mut yaml, mut bib, mut haya) = (String::new(), String::new(), String::new());
    for n in 0..20_000 {
        let comma = if n == 0 { "" } else { "," };
        csl.push_str(&format!("{comma}{{\"id\":\"key{n}\",\"type\":\"article-newspaper\",\"title\":\"A title of some length, number {n}\",\"author\":[{{\"family\":\"Name\",\"given\":\"First\"}}],\"container-title\":\"The Paper\",\"issued\":{{\"date-parts\":[[2024,5,2]]}},\"URL\":\"https://example.org/{n}\"}}\n"));
        yaml.push_str(&format!("- id: key{n}\n  type: article-newspaper\n  title: A title of some length, number {n}\n  author:\n  - family: Name\n    given: First\n  container-title: The Paper\n  issued: 2024-05-02\n  URL: https://example.org/{n}\n"));
        haya.push_str(&format!("key{n}:\n  type: article\n  title: A title of some length, number {n}\n  author: Name, First\n  date: 2024-05-02\n  url: https://example.org/{n}\n  parent:\n    type: newspaper\n    title: The Paper\n"));
        bib.push_str(&format!("@article{{key{n},\n  author = {{Name, First}},\n  title = {{A title of some length, number {n}}},\n  journaltitle = {{The Paper}},\n  date = {{2024-05-02}},\n  url = {{https://example.org/{n}}},\n}}\n"));
    }
    csl.push(']');
    for (path, text) in [("a.json", csl), ("a.yaml", yaml), ("b.yaml", haya), ("a.bib", bib)] {
        let start = std::time::Instant::now();
        let (references, findings) = read(path, &text);
        eprintln!("{path} {} bytes: {:?}", text.len(), start.elapsed());
        assert_eq!((references.len(), findings.len()), (20_000, 0));
    }
}

proptest! {
    #[test]
    fn reading_never_panics(text in "((@[a-z]{0,4}|\\{|\\}|\\[|\\]|\"|,|=|: |- |\n|id|title|author|and |file|\\\\|'|é|中|😀|\\$|%|#){1,4}){0,30}") {
        for path in ["a.bib", "a.json", "a.yaml", "a"] {
            let (references, findings) = read(path, &text);
            for it in &references {
                prop_assert!(it.range.of(&text).is_some() && it.key.range.of(&text).is_some());
                for field in [&it.title, &it.publisher, &it.url].into_iter().flatten() {
                    prop_assert!(field.range.of(&text).is_some());
                }
                prop_assert!(!it.plain().is_empty());
            }
            for finding in &findings {
                prop_assert!(finding.range.of(&text).is_some());
            }
        }
    }
}
