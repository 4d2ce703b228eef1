//! The states of a claim, and the actions that move it from one to the next, in three languages.

use crate::fixes::pointed;
use crate::fixture::Fixture;
use expect_test::{Expect, expect};
use glossator::features::states;

const LIBRARY: &str = "\
=== references.yaml
- {id: pilot, title: Pilot, language: en, custom: {file: corpus/pilot.txt}}
- {id: tide, title: Tides, language: en, custom: {file: corpus/tide.txt}}
- {id: maree, title: Marées, language: fr, custom: {file: corpus/maree.txt}}
- {id: chao, title: 潮汐, language: zh, custom: {file: corpus/chao.txt}}
=== corpus/tide.txt
Tides, a report.

The council did not sell the 14 boats in 2019, said the pilot.
=== corpus/pilot.txt
She steered ships through the narrow strait for thirty years.
=== corpus/maree.txt
Marées, un rapport.

Le conseil n’a pas vendu les 14 bateaux en 2019, a dit le pilote.
=== corpus/chao.txt
潮汐报告。

市议会没有出售14艘船只，领航员表示。
";

/// One claim, the cursor in it, in each language.
const CLAIMS: [(&str, &str); 3] = [
    ("tide", "The council kept <|>14 boats in 2019.\n"),
    ("maree", "Le conseil a gardé <|>14 bateaux en 2019.\n"),
    ("chao", "市议会2019年保留了<|>14艘船只。\n"),
];

/// The state of the first claim of a text.
fn state(files: &str, path: &str) -> &'static str {
    let fixture = Fixture::new(&format!("{LIBRARY}{files}"));
    let document = fixture.snapshot.document_at(path).expect("the text");
    states::of(&fixture.snapshot, document).first().map_or("no claim", |backing| backing.state.word())
}

/// The state of the claim after the action with this title.
fn after(path: &str, text: &str, title: &str) -> &'static str {
    let files = pointed(&format!("{LIBRARY}=== {path}\n{text}")).apply(title);
    let mut all = format!("=== {path}\n{}", text.replace("<|>", ""));
    for (changed, words) in files {
        if changed == path {
            all = format!("=== {path}\n{words}");
        } else {
            all.push_str(&format!("=== {changed}\n{words}"));
        }
    }
    state(&all, path)
}

#[test]
fn every_move_leads_to_its_state() {
    for (key, claim) in CLAIMS {
        let plain = claim.replace("<|>", "");
        assert_eq!(state(&format!("=== notes/a.md\n{plain}"), "notes/a.md"), "uncited");
        for path in ["notes/a.md", "corpus/a.txt"] {
            assert_eq!(after(path, claim, &format!("Cite `{key}`")), "cited", "{path} {claim}");
            assert_eq!(after(path, claim, "Mark this claim as verified"), "verified");
            assert_eq!(after(path, claim, "Mark this claim as disputed"), "disputed");
            assert_eq!(after(path, claim, "Will not be cited: common knowledge"), "will-not-cite");
            assert_eq!(after(path, claim, "Will not be cited: own observation"), "will-not-cite");
        }
    }
}

/// A claim with a quotation, the cursor in its citation, in each language.
const QUOTING: [&str; 3] = [
    "The report says the council “did not sell the 14 boats in 2019” [<|>@tide].\n",
    "Le rapport dit que le conseil « n’a pas vendu les 14 bateaux en 2019 » [<|>@maree].\n",
    "报告称“市议会没有出售14艘船只”[<|>@chao]。\n",
];

#[test]
fn the_place_of_a_quotation_is_its_locator() {
    for text in QUOTING {
        let files =
            pointed(&format!("{LIBRARY}=== notes/a.md\n{text}")).apply("Add the place of the quotation: para. 2");
        let expected = text.replace("<|>", "").replace(']', ", para. 2]");
        assert_eq!(files, [("notes/a.md".to_owned(), expected)]);
        assert_eq!(after("notes/a.md", text, "Add the place of the quotation"), "located");
    }
}

#[test]
fn a_cited_quotation_in_a_captured_text_is_located_at_once() {
    for (text, key) in QUOTING.iter().zip(["tide", "maree", "chao"]) {
        let text = text.replace(&format!("[<|>@{key}]"), "").replace("14", "<|>14");
        assert_eq!(after("corpus/a.txt", &text, &format!("Cite `{key}`")), "located", "{text}");
    }
}

fn fixed(note: &str, title: &str, expected: Expect) {
    let files = pointed(&format!("{LIBRARY}=== notes/a.md\n{note}")).apply(title);
    expected.assert_eq(&files.into_iter().map(|(_, words)| words).collect::<String>());
}

#[test]
fn a_quotation_is_set_right_from_the_copy() {
    fixed(
        "The council “did sell the <|>41 boats in 2019” [@tide, p. 1].\n",
        "Quote what the copy says",
        expect![[r#"
            The council “did not sell the 14 boats in 2019” [@tide, p. 1].
        "#]],
    );
    fixed(
        "Le conseil « n’a pas cédé les <|>14 bateaux en 2019 » [@maree, p. 1].\n",
        "Quote what the copy says",
        expect![[r#"
            Le conseil « n’a pas vendu les 14 bateaux en 2019 » [@maree, p. 1].
        "#]],
    );
    fixed(
        "报告称“市议会没有出售<|>41艘船只” [@chao, p. 1]。\n",
        "Quote what the copy says",
        expect![[r#"
        报告称“市议会没有出售14艘船只” [@chao, p. 1]。
    "#]],
    );
}

#[test]
fn a_quotation_of_another_source_can_cite_that() {
    fixed(
        "He says “the council did not sell the <|>14 boats” [@pilot, p. 1].\n",
        "Cite `tide` for it",
        expect![[r#"
            He says “the council did not sell the 14 boats” [@tide, p. 1].
        "#]],
    );
}

#[test]
fn selected_words_are_quoted_as_the_copy_has_them() {
    fixed(
        "It is true that <|the council did not sell the 14 boats|> then [@tide].\n",
        "Quote `tide`",
        expect![[r#"
            It is true that “the council did not sell the 14 boats” then [@tide].
        "#]],
    );
    fixed(
        "On sait que <|le conseil n'a pas vendu ces 14 bateaux|> alors [@maree].\n",
        "Quote `maree`",
        expect![[r#"
            On sait que « le conseil n’a pas vendu les 14 bateaux » alors [@maree].
        "#]],
    );
    fixed(
        "据报道，<|市議會沒有出售14艘船隻|> [@chao]。\n",
        "Quote `chao`",
        expect![[r#"
        据报道，“市议会没有出售14艘船只” [@chao]。
    "#]],
    );
}

#[test]
fn a_captured_text_is_offered_no_other_words() {
    let titles = pointed(&format!("{LIBRARY}=== corpus/a.txt\nThe council “did sell the <|>41 boats in 2019”, see https://example.org/a [@tide, p. 1].\n")).titles();
    assert!(!titles.contains("Quote what"), "{titles}");
}
