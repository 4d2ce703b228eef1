use super::super::{Person, Reference, read};
use citationberg::{IndependentStyle, Style};
use expect_test::{Expect, expect, expect_file};
use proptest::prelude::*;

/// What a bibliography's cards say, in each of three languages of texts.
fn check(path: &str, text: &str, expected: Expect) {
    let (references, findings) = read(path, text);
    assert!(findings.is_empty(), "{findings:?}");
    let cards = |reference: &Reference| {
        let mut languages: Vec<&str> = ["en", "fr", "zh"].map(|language| reference.card_language(language)).into();
        languages.dedup();
        let lines = languages.into_iter().map(|language| format!("{language}: {}\n", reference.formatted(language)));
        lines.collect::<String>()
    };
    expected.assert_eq(&references.iter().map(cards).collect::<String>());
}

#[test]
fn the_style_as_json_is_the_style() {
    let style = IndependentStyle::from_xml(include_str!("card.csl")).expect("card.csl is a style");
    let json = serde_json::to_value(Style::Independent(style.clone())).expect("a style can be written");
    expect_file!["card.json"].assert_eq(&format!("{json}\n"));
    assert!(super::STYLE.as_ref() == Some(&style), "the style does not come back from JSON as it was");
}

#[test]
fn newspapers_journals_and_books() {
    check(
        "r.json",
        r#"[
{"id":"a","type":"article-newspaper","title":"Who owns the harbour?","container-title":"The Quay Gazette","publisher":"The Quay Gazette","issued":{"date-parts":[[2024,5,1]]},"URL":"https://example.org/a--b?c.","author":[{"family":"Gogh","non-dropping-particle":"van","given":"Aoife"},{"family":"李","given":"伟"},{"literal":"Port Authority, Harbour Office"}]},
{"id":"b","type":"article-journal","title":"Tides","container-title":"Journal of Quays","volume":12,"issue":"3","page":"4-9","issued":{"date-parts":[[2023,11]]},"DOI":"10.1000/abc","author":[{"family":"King","given":"Ann","suffix":"Jr."}]},
{"id":"c","type":"book","title":"Cranes","edition":2,"publisher":"Mole Press","publisher-place":"Cork","issued":"1999","editor":[{"family":"Roe","given":"Jo"},{"family":"Poe","given":"Al"}],"accessed":{"date-parts":[[2024,6,1]]}}
]"#,
        expect![[r#"
            en: van Gogh, Aoife, 李伟 and Port Authority, Harbour Office (1 May 2024). Who owns the harbour? The Quay Gazette. https://example.org/a--b?c.
            fr: van Gogh, Aoife, 李伟 et Port Authority, Harbour Office (1er mai 2024). Who owns the harbour? The Quay Gazette. https://example.org/a--b?c.
            zh: van Gogh, Aoife, 李伟 和 Port Authority, Harbour Office (2024年5月1日). Who owns the harbour? The Quay Gazette. https://example.org/a--b?c.
            en: King, Ann, Jr. (November 2023). Tides. Journal of Quays, 12(3), 4–9. https://doi.org/10.1000/abc
            fr: King, Ann, Jr. (novembre 2023). Tides. Journal of Quays, 12(3), 4–9. https://doi.org/10.1000/abc
            zh: King, Ann, Jr. (2023年11月). Tides. Journal of Quays, 12(3), 4–9. https://doi.org/10.1000/abc
            en: Roe, Jo and Al Poe (eds.) (1999). Cranes, 2nd ed. Cork: Mole Press. (read on 1 June 2024)
            fr: Roe, Jo et Al Poe (éd.) (1999). Cranes, 2e éd. Cork: Mole Press. (lu le 1er juin 2024)
            zh: Roe, Jo 和 Al Poe (编) (1999年). Cranes, 2 版. Cork: Mole Press. (读于 2024年6月1日)
        "#]],
    );
}

#[test]
fn the_words_of_the_style_are_in_the_language_of_the_reference() {
    check(
        "r.yaml",
        "- {id: a, type: report, title: Le port, language: fr-CA, issued: 2024-05-01, author: [{family: Le Goff, given: Yann}, {family: Nguyen, given: Thi}]}\n\
         - {id: b, type: webpage, title: 港口的账目, language: zh-CN, issued: 2024-05, author: [{family: 张, given: 伟}, {family: 李, given: 娜}], URL: 'https://example.cn/1'}\n\
         - {id: c, type: webpage, title: Der Hafen, language: de}\n",
        expect![[r#"
            fr: Le Goff, Yann et Thi Nguyen (1er mai 2024). Le port.
            zh: 张伟 和 李娜 (2024年5月). 港口的账目. https://example.cn/1
            en: Der Hafen (undated).
            fr: Der Hafen (sans date).
            zh: Der Hafen (无日期).
        "#]],
    );
}

#[test]
fn biblatex_and_hayagriva() {
    check(
        "r.bib",
        "@article{a, author = {van der Berg, Ida and {Harbour Office, Cork}}, title = {Tides: a {Study}}, journaltitle = {Journal of Quays}, volume = 12, number = 3, pages = {4--9}, date = {2024-05-01}, doi = {10.1000/abc}, langid = {english}}\n\
         @online{b, author = {Doe, Jane}, title = {Quais}, url = {https://example.org}, urldate = {2024-06-01}, langid = {french}}\n",
        expect![[r#"
            en: van der Berg, Ida and Harbour Office, Cork (1 May 2024). Tides: a Study. Journal of Quays, 12(3), 4–9. https://doi.org/10.1000/abc
            fr: Doe, Jane (sans date). Quais. https://example.org (lu le 1er juin 2024)
        "#]],
    );
    check(
        "r.yaml",
        "a:\n  type: article\n  title: Cranes fall\n  author: [\"Roe, Jo\", {name: Poe, given-name: Al, suffix: Jr.}]\n  date: 2024-05-01\n  page-range: 4-9\n  parent: {type: periodical, title: Journal of Quays, volume: 3, issue: 2}\n",
        expect![[r#"
            en: Roe, Jo and Al Poe, Jr. (1 May 2024). Cranes fall. Journal of Quays, 3(2), 4–9.
            fr: Roe, Jo et Al Poe, Jr. (1er mai 2024). Cranes fall. Journal of Quays, 3(2), 4–9.
            zh: Roe, Jo 和 Al Poe, Jr. (2024年5月1日). Cranes fall. Journal of Quays, 3(2), 4–9.
        "#]],
    );
}

#[test]
fn many_authors_are_not_all_named() {
    let authors: Vec<String> = (0..9).map(|n| format!("{{family: Name{n}, given: G}}")).collect();
    let text = format!("- {{id: a, type: book, title: T, issued: 2024, author: [{}]}}", authors.join(", "));
    check(
        "r.yaml",
        &text,
        expect![[r#"
        en: Name0, G, G Name1, G Name2, G Name3, G Name4, G Name5, et al. (2024). T.
        fr: Name0, G, G Name1, G Name2, G Name3, G Name4, G Name5, et al. (2024). T.
        zh: Name0, G, G Name1, G Name2, G Name3, G Name4, G Name5, 等 (2024年). T.
    "#]],
    );
}

#[test]
fn an_entry_with_a_key_only() {
    check(
        "r.json",
        r#"[{"id":"a"},{"id":"b","type":"no such type","title":"  "}]"#,
        expect![[r#"
        en: a (undated).
        fr: a (sans date).
        zh: a (无日期).
        en: b (undated).
        fr: b (sans date).
        zh: b (无日期).
    "#]],
    );
}

/// A reference whose every field holds something.
fn filled(field: &str) -> Reference {
    let (references, _) = read("r.json", r#"[{"id":"a","type":"book"}]"#);
    let mut reference = references.into_iter().next().expect("an entry");
    let spanned = || Some(crate::model::Spanned::new(field.to_owned(), reference.range));
    (reference.title, reference.publisher, reference.url) = (spanned(), spanned(), spanned());
    reference.container_title = Some(field.to_owned());
    reference.details = super::super::DETAILS.map(|name| (name, field.to_owned())).into();
    let person = Person { family: field.to_owned(), given: Some(field.to_owned()), suffix: Some(field.to_owned()) };
    reference.authors = vec![person, Person::literal(field)];
    reference
}

#[test]
fn hostile_fields_are_written_somehow() {
    let long = "a, ".repeat(40_000);
    for field in [
        "",
        " ",
        ".",
        "....",
        "\u{0}",
        "\u{202e}",
        "<b><i>",
        "{}",
        "-",
        "–",
        "1-2-3",
        "99999999999999999999",
        "-1",
        "1st",
        "٣",
        "é".repeat(5000).as_str(),
        &long,
    ] {
        for date in [None, Some("0000"), Some("2024-02-31"), Some("999999"), Some("-999999-12-31"), Some("x")] {
            let mut reference = filled(field);
            reference.issued = date.map(str::to_owned);
            for role in ["author", "editor", "director", "interviewer"] {
                reference.role = role;
                let item = super::item::of(&reference);
                let by_processor = reference.by_processor("fr");
                assert_eq!(item.is_some(), by_processor.is_some(), "{date:?} {role} {:?}", field.get(..5));
                assert!(!reference.formatted("zh").trim().is_empty());
            }
        }
    }
}

proptest! {
    #[test]
    fn the_processor_is_never_upset(field in "\\PC{0,40}", number in "[-0-9a-zIVX–&, ]{0,12}", role in 0..4usize, year in "-?[0-9]{1,6}", month in 1..13u8, day in 1..32u8) {
        let mut reference = filled(&field);
        reference.role = ["author", "editor", "director", "interviewer"].get(role).copied().unwrap_or("author");
        for (name, value) in &mut reference.details {
            if matches!(*name, "volume" | "issue" | "page" | "edition" | "number") {
                value.clone_from(&number);
            }
        }
        reference.issued = Some(format!("{year}-{month:02}-{day:02}"));
        prop_assert_eq!(super::item::of(&reference).is_some(), reference.by_processor("en").is_some());
    }
}
