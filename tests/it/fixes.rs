//! What can be done about a place, and what the files say afterwards.

use crate::fixture::Fixture;
use expect_test::{Expect, expect};
use glossator::features::decisions;
use glossator::features::fixes::{self, FileEdit, Fix};
use glossator::model::Spanned;
use glossator::model::annotation::{self, Decision, Verdict};
use glossator::text::ByteRange;

const NOW: &str = "2024-05-01T12:00:00Z";

const BASE: &str = "\
=== actors/acme.md
---
type: Company
name: Acme Works
aliases: [ACME, 阿克米公司, Mercury] # as in the register
---
Makes anvils.
=== actors/mercury.md
---
type: Company
name: Mercury Foundry
aliases:
  - Mercury
---
=== references.yaml
references:
  - id: herald-2024
    type: article-newspaper
    title: The anvil trade
    publisher: Acme Works
    custom: {file: corpus/herald.txt}
  - id: atlas
    type: book
    title: Atlas of the North
=== corpus/herald.txt
Acme Works sold 9,000 anvils in 2023.
";

/// The fixture with the words between `<|` and `|>` selected; `<|>` is a cursor.
pub(crate) struct Pointed {
    fixture: Fixture,
    range: ByteRange,
}

pub(crate) fn pointed(files: &str) -> Pointed {
    let is_cursor = files.contains("<|>");
    let end = files.find("|>").map(|at| at.saturating_sub(files.find("<|").expect("a selection") + 2));
    let text = if is_cursor { files.to_owned() } else { files.replacen("|>", "", 1).replacen("<|", "<|>", 1) };
    let fixture = Fixture::new(&text);
    let (_, start) = fixture.cursor();
    let len = if is_cursor { 0 } else { end.expect("the end of the selection") };
    Pointed { fixture, range: ByteRange::new(start as usize, start as usize + len) }
}

impl Pointed {
    fn list(&self) -> Vec<Fix> {
        fixes::fixes(&self.fixture.snapshot, self.fixture.cursor().0, self.range)
    }

    pub(crate) fn titles(&self) -> String {
        let mut lines = String::new();
        for fix in self.list() {
            let star = if fix.is_preferred { "*" } else { "" };
            let code = fix.finding.as_ref().map_or("-", |finding| finding.code.word());
            lines.push_str(&format!("{star}{} [{code}]\n", fix.title));
        }
        lines
    }

    /// The files that the fix with this title changes, as they are afterwards.
    pub(crate) fn apply(&self, title: &str) -> Vec<(String, String)> {
        let list = self.list();
        let fix = list.iter().find(|fix| fix.title.starts_with(title));
        let fix = fix.unwrap_or_else(|| panic!("no “{title}” in\n{}", self.titles()));
        fix.edits(&self.fixture.snapshot, NOW).iter().map(|edit| applied(&self.fixture, edit)).collect()
    }
}

pub(crate) fn applied(fixture: &Fixture, edit: &FileEdit) -> (String, String) {
    match edit {
        FileEdit::Create(path, text) => (path.clone(), text.clone()),
        FileEdit::Change(file, edits) => {
            let document = fixture.snapshot.document(*file).expect("a file of the corpus");
            let mut text = document.buffer.text();
            for (range, words) in edits.iter().rev() {
                text.replace_range(range.start as usize..range.end as usize, words);
            }
            (document.path.to_string(), text)
        }
    }
}

fn check_titles(files: &str, expected: Expect) {
    expected.assert_eq(&pointed(&format!("{BASE}{files}")).titles());
}

fn check(files: &str, title: &str, expected: Expect) {
    let files = pointed(&format!("{BASE}{files}")).apply(title);
    let shown: Vec<String> = files.iter().map(|(path, text)| format!("=== {path}\n{text}")).collect();
    expected.assert_eq(&shown.join(""));
}

#[test]
fn a_citation_goes_before_the_stop() {
    check(
        "=== notes/a.md\nIt sold <|>9,000 anvils in 2023. Then it stopped.\n",
        "Cite `herald-2024`",
        expect![[r#"
        === notes/a.md
        It sold 9,000 anvils in 2023 [@herald-2024]. Then it stopped.
    "#]],
    );
    check(
        "=== notes/a.md\nLa société a vendu <|>9 000 enclumes en 2023 !\n",
        "Cite `atlas`",
        expect![[r#"
        === notes/a.md
        La société a vendu 9 000 enclumes en 2023 [@atlas] !
    "#]],
    );
    check(
        "=== notes/a.md\n阿克米公司2023年卖出了<|>9000个铁砧。\n",
        "Cite `herald-2024`",
        expect![[r#"
        === notes/a.md
        阿克米公司2023年卖出了9000个铁砧[@herald-2024]。
    "#]],
    );
    check(
        "=== notes/a.md\nThe firm <|>is old [citation needed]. So be it.\n",
        "Cite `herald-2024`",
        expect![[r#"
        === notes/a.md
        The firm is old [@herald-2024]. So be it.
    "#]],
    );
}

#[test]
fn a_captured_text_is_cited_beside_it() {
    check(
        "=== corpus/b.txt\n𝄞 Acme Works sold <|>9,000 anvils in 2023.\n",
        "Cite `atlas`",
        expect![[r#"
            === annotations/corpus/b.txt.jsonl
            {"@context":["http://www.w3.org/ns/anno.jsonld",{"gl":"urn:glossator:ns#"}],"id":"urn:uuid:dd2953bf-572f-8e1f-8c79-bbac4f867f61","type":"Annotation","motivation":"linking","created":"2024-05-01T12:00:00Z","body":{"type":"SpecificResource","gl:key":"atlas"},"target":{"source":"corpus/b.txt","selector":[{"type":"TextQuoteSelector","exact":"𝄞 Acme Works sold 9,000 anvils in 2023.","prefix":"","suffix":"\n"},{"type":"TextPositionSelector","start":0,"end":39}],"state":{"type":"TimeState","gl:sha256":"d25bfc304848aaef61dcc4dea8f19f665da006319e3530ea4308c187679bb442","gl:rival":0}}}
        "#]],
    );
}

#[test]
fn a_claim_can_be_judged() {
    check_titles(
        "=== notes/a.md\nAcme Works sold 9,000 <|>anvils in 2023.\n",
        expect![[r#"
            Cite `herald-2024`: The anvil trade [uncited-claim]
            Cite `atlas`: Atlas of the North [uncited-claim]
            Mark this claim as verified [uncited-claim]
            Mark this claim as disputed [uncited-claim]
            Will not be cited: common knowledge [uncited-claim]
            Will not be cited: own observation [uncited-claim]
            This is not a claim [uncited-claim]
            Ask for a citation here [-]
            Add a remark to this sentence [-]
            Hold `uncited-claim` back here, with a reason [uncited-claim]
        "#]],
    );
    check(
        "=== notes/a.md\nAcme Works sold 9,000 <|>anvils in 2023.\n",
        "Will not be cited: common",
        expect![[r#"
            === annotations/notes/a.md.jsonl
            {"@context":["http://www.w3.org/ns/anno.jsonld",{"gl":"urn:glossator:ns#"}],"id":"urn:uuid:9f969480-77c3-8057-8b13-bfd7b5788cd9","type":"Annotation","motivation":"assessing","created":"2024-05-01T12:00:00Z","body":{"type":"TextualBody","value":"wont-cite","gl:verdict":"wont-cite","gl:reason":"common knowledge"},"target":{"source":"notes/a.md","selector":[{"type":"TextQuoteSelector","exact":"Acme Works sold 9,000 anvils in 2023.","prefix":"","suffix":"\n"},{"type":"TextPositionSelector","start":0,"end":37}],"state":{"type":"TimeState","gl:sha256":"ed9777bff6f6d5a34733156b979b59661c8238234b3eee99fdabb8b8e085d96b","gl:rival":0}}}
        "#]],
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "most lines are the expected answer")]
fn an_ambiguous_mention_can_be_settled() {
    check_titles(
        "=== notes/a.md\nIn May <|>Mercury grew.\n",
        expect![[r#"
            “Mercury” is Acme Works [ambiguous-mention]
            “Mercury” is Mercury Foundry [ambiguous-mention]
            “Mercury” is neither Acme Works nor Mercury Foundry here [ambiguous-mention]
            “Mercury” is Acme Works nowhere: never look for this name [ambiguous-mention]
            “Mercury” is Mercury Foundry nowhere: never look for this name [ambiguous-mention]
            Never take Acme Works for Mercury Foundry (`not` in its record) [ambiguous-mention]
            Never take Mercury Foundry for Acme Works (`not` in its record) [ambiguous-mention]
            Not sure whether “Mercury” is Acme Works [ambiguous-mention]
            Not sure whether “Mercury” is Mercury Foundry [ambiguous-mention]
            Ask for a citation here [-]
            Add a remark to this sentence [-]
            Hold `ambiguous-mention` back here, with a reason [ambiguous-mention]
        "#]],
    );
    check(
        "=== notes/a.md\nIn May <|>Mercury grew.\n",
        "“Mercury” is Mercury Foundry",
        expect![[r#"
            === annotations/notes/a.md.jsonl
            {"@context":["http://www.w3.org/ns/anno.jsonld",{"gl":"urn:glossator:ns#"}],"id":"urn:uuid:42b76194-d684-8760-8c59-439416e9fc1a","type":"Annotation","motivation":"identifying","created":"2024-05-01T12:00:00Z","body":{"type":"SpecificResource","gl:actor":"mercury","gl:judgement":"positive"},"target":{"source":"notes/a.md","selector":[{"type":"TextQuoteSelector","exact":"Mercury","prefix":"In May ","suffix":" grew.\n"},{"type":"TextPositionSelector","start":7,"end":14}],"state":{"type":"TimeState","gl:sha256":"1194982bbaf608430bb70a0f1359607a0500385bec4b460c78278a78d0229ad6","gl:rival":0}}}
        "#]],
    );
    check(
        "=== notes/a.md\nIn May <|>Mercury grew.\n",
        "“Mercury” is neither",
        expect![[r#"
            === annotations/notes/a.md.jsonl
            {"@context":["http://www.w3.org/ns/anno.jsonld",{"gl":"urn:glossator:ns#"}],"id":"urn:uuid:fdabfdbc-ead6-8402-84b2-f1e85a59f37c","type":"Annotation","motivation":"identifying","created":"2024-05-01T12:00:00Z","body":{"type":"SpecificResource","gl:actor":"acme","gl:judgement":"negative"},"target":{"source":"notes/a.md","selector":[{"type":"TextQuoteSelector","exact":"Mercury","prefix":"In May ","suffix":" grew.\n"},{"type":"TextPositionSelector","start":7,"end":14}],"state":{"type":"TimeState","gl:sha256":"1194982bbaf608430bb70a0f1359607a0500385bec4b460c78278a78d0229ad6","gl:rival":0}}}
            {"@context":["http://www.w3.org/ns/anno.jsonld",{"gl":"urn:glossator:ns#"}],"id":"urn:uuid:42b76194-d684-8760-8c59-439416e9fc1a","type":"Annotation","motivation":"identifying","created":"2024-05-01T12:00:00Z","body":{"type":"SpecificResource","gl:actor":"mercury","gl:judgement":"negative"},"target":{"source":"notes/a.md","selector":[{"type":"TextQuoteSelector","exact":"Mercury","prefix":"In May ","suffix":" grew.\n"},{"type":"TextPositionSelector","start":7,"end":14}],"state":{"type":"TimeState","gl:sha256":"1194982bbaf608430bb70a0f1359607a0500385bec4b460c78278a78d0229ad6","gl:rival":0}}}
        "#]],
    );
    check(
        "=== notes/a.md\nIn May <|>Mercury grew.\n",
        "“Mercury” is Mercury Foundry nowhere",
        expect![[r#"
        === actors/mercury.md
        ---
        type: Company
        name: Mercury Foundry
        names: [{name: Mercury, match: never}]
        aliases:
        ---
    "#]],
    );
    check(
        "=== notes/a.md\nIn May <|>Mercury grew.\n",
        "“Mercury” is Acme Works nowhere",
        expect![[r#"
        === actors/acme.md
        ---
        type: Company
        name: Acme Works
        names: [{name: Mercury, match: never}]
        aliases: [ACME, 阿克米公司] # as in the register
        ---
        Makes anvils.
    "#]],
    );
    check(
        "=== notes/a.md\nIn May <|>Mercury grew.\n",
        "Never take Acme Works for",
        expect![[r#"
        === actors/acme.md
        ---
        type: Company
        name: Acme Works
        not: [mercury]
        aliases: [ACME, 阿克米公司, Mercury] # as in the register
        ---
        Makes anvils.
    "#]],
    );
}

#[test]
fn a_mention_can_be_denied_in_the_whole_text() {
    check(
        "=== notes/a.md\nThe ACME<|> said so. ACME denied it.\n",
        "“ACME” is not Acme Works in this text",
        expect![[r#"
            === annotations/notes/a.md.jsonl
            {"@context":["http://www.w3.org/ns/anno.jsonld",{"gl":"urn:glossator:ns#"}],"id":"urn:uuid:a84febf6-8e1a-861a-83f7-559a0f057263","type":"Annotation","motivation":"identifying","created":"2024-05-01T12:00:00Z","body":{"type":"SpecificResource","gl:actor":"acme","gl:judgement":"negative"},"target":{"source":"notes/a.md","selector":[{"type":"TextQuoteSelector","exact":"ACME","prefix":"The ","suffix":" said so. ACME denied it.\n"},{"type":"TextPositionSelector","start":4,"end":8}],"state":{"type":"TimeState","gl:sha256":"1350adfb5c751ee3e8ae7e27bfbab6f35de0b2a56dec976f089238a971236e0f","gl:rival":8}}}
            {"@context":["http://www.w3.org/ns/anno.jsonld",{"gl":"urn:glossator:ns#"}],"id":"urn:uuid:3c1178db-1e29-88d6-8b56-a471a7ba60eb","type":"Annotation","motivation":"identifying","created":"2024-05-01T12:00:00Z","body":{"type":"SpecificResource","gl:actor":"acme","gl:judgement":"negative"},"target":{"source":"notes/a.md","selector":[{"type":"TextQuoteSelector","exact":"ACME","prefix":"The ACME said so. ","suffix":" denied it.\n"},{"type":"TextPositionSelector","start":18,"end":22}],"state":{"type":"TimeState","gl:sha256":"1350adfb5c751ee3e8ae7e27bfbab6f35de0b2a56dec976f089238a971236e0f","gl:rival":0}}}
        "#]],
    );
}

#[test]
fn an_unknown_form_becomes_a_name_or_a_record() {
    check(
        "=== notes/a.md\nAcme Works is called <|the anvil people|> there.\n",
        "Add “the anvil people”",
        expect![[r#"
        === actors/acme.md
        ---
        type: Company
        name: Acme Works
        aliases: [ACME, 阿克米公司, Mercury, the anvil people] # as in the register
        ---
        Makes anvils.
    "#]],
    );
    check(
        "=== notes/a.md\nThe man is <|Jean Némo|> there.\n",
        "Create a record for",
        expect![[r#"
        === actors/jean-nemo.md
        ---
        type: organization
        name: Jean Némo
        ---
    "#]],
    );
}

#[test]
fn citations_are_mended() {
    check_titles(
        "=== notes/a.md\nIt fell [@herold-2024<|>, p. 3].\n",
        expect![[r#"
            *Replace by `herald-2024` [undefined-citation]
            Add an entry for `herold-2024` to references.yaml [undefined-citation]
            Cite `atlas`: Atlas of the North [uncited-claim]
            Cite `herald-2024`: The anvil trade [uncited-claim]
            Mark this claim as verified [uncited-claim]
            Mark this claim as disputed [uncited-claim]
            Will not be cited: common knowledge [uncited-claim]
            Will not be cited: own observation [uncited-claim]
            This is not a claim [uncited-claim]
            Ask for a citation here [-]
            Add a remark to this sentence [-]
            Hold `uncited-claim` back here, with a reason [uncited-claim]
            Hold `undefined-citation` back here, with a reason [undefined-citation]
        "#]],
    );
    check(
        "=== notes/a.md\nIt fell [@herold-2024<|>, p. 3].\n",
        "Replace by `herald-2024`",
        expect![[r#"
        === notes/a.md
        It fell [@herald-2024, p. 3].
    "#]],
    );
    check(
        "=== notes/a.md\nIt fell [@nobody<|>, p. 3].\n",
        "Add an entry",
        expect![[r#"
        === references.yaml
        references:
          - id: herald-2024
            type: article-newspaper
            title: The anvil trade
            publisher: Acme Works
            custom: {file: corpus/herald.txt}
          - id: atlas
            type: book
            title: Atlas of the North
          - id: nobody
            type: document
            title: ""
    "#]],
    );
    check(
        "=== notes/a.md\nIt fell [see @atlas<|>; @herald-2024].\n",
        "Add a locator",
        expect![[r#"
        === notes/a.md
        It fell [see @atlas, p. ; @herald-2024].
    "#]],
    );
    check(
        "=== notes/a.md\nAs @atlas<|> says.\n",
        "Add a locator",
        expect![[r#"
        === notes/a.md
        As @atlas [p. ] says.
    "#]],
    );
    check(
        "=== notes/a.md\n据@herald-2024<|>报道，利润下降了。\n",
        "Write it in brackets",
        expect![[r#"
        === notes/a.md
        据[@herald-2024]报道，利润下降了。
    "#]],
    );
}

#[test]
fn entries_are_added_in_the_notation_of_the_file() {
    let note = "=== notes/a.md\nIt fell [@nobody<|>].\n";
    for (path, text, expected) in [
        (
            "references.yaml",
            "- id: a\n  type: book # c\n",
            "- id: a\n  type: book # c\n- id: nobody\n  type: document\n  title: \"\"\n",
        ),
        (
            "references.yaml",
            "a:\n  type: Book\n  title: A\n",
            "a:\n  type: Book\n  title: A\nnobody:\n  type: misc\n  title: \"\"\n",
        ),
        (
            "references.json",
            "[\n  {\"id\": \"a\", \"type\": \"book\"}\n]\n",
            "[\n  {\"id\": \"a\", \"type\": \"book\"},\n  {\"id\": \"nobody\", \"type\": \"document\", \"title\": \"\"}\n]\n",
        ),
        (
            "references.bib",
            "@book{a,\n  title = {A},\n}\n",
            "@book{a,\n  title = {A},\n}\n\n@misc{nobody,\n  title = {},\n}\n",
        ),
    ] {
        let files = pointed(&format!("=== {path}\n{text}{note}"));
        assert_eq!(files.apply("Add an entry"), [(path.to_owned(), expected.to_owned())]);
    }
    let files = pointed(&format!("=== references.yaml\n# none yet\n{note}"));
    assert!(files.apply("Add an entry")[0].1.starts_with("# none yet\n- id: nobody\n"));
    let files = pointed(note);
    let created = ("references.yaml".to_owned(), "- id: nobody\n  type: document\n  title: \"\"\n".to_owned());
    assert_eq!(files.apply("Add an entry"), [created]);
}

#[test]
#[expect(clippy::too_many_lines, reason = "most lines are the expected answer")]
fn records_are_mended() {
    let record = |lines: &str| format!("=== actors/bolt.md\n---\nname: Bolt\n{lines}---\n");
    let fact = record("facts:\n  - {property: <|>sector, value: anvils} # c\n  - property: email\n    value: x\n");
    check(
        &fact,
        "Give `herald-2024` as its source",
        expect![[r#"
        === actors/bolt.md
        ---
        name: Bolt
        facts:
          - {property: sector, value: anvils, source: herald-2024} # c
          - property: email
            value: x
        ---
    "#]],
    );
    let fact = record(
        "facts:\n  - {property: sector, value: anvils, source: atlas}\n  - property: <|>email\n    value: x # c\n",
    );
    check(
        &fact,
        "Give `atlas` as its source",
        expect![[r#"
        === actors/bolt.md
        ---
        name: Bolt
        facts:
          - {property: sector, value: anvils, source: atlas}
          - property: email
            value: x # c
            source: atlas
        ---
    "#]],
    );
    let relation = record("relations:\n  - {type: Directorship, director: Jane-Doe<|>, source: atlas}\n");
    check(
        &relation,
        "Create the record `Jane-Doe`",
        expect![[r#"
        === actors/jane-doe.md
        ---
        id: Jane-Doe
        type: person
        name: Jane-Doe
        ---
    "#]],
    );
    check(
        &relation.replace("Jane-Doe", "acm"),
        "Replace by `acme`",
        expect![[r#"
        === actors/bolt.md
        ---
        name: Bolt
        relations:
          - {type: Directorship, director: acme, source: atlas}
        ---
    "#]],
    );
    check(
        &record("aliases: ['Bolts', \"Acme Works<|>\"]\nnames:\n  - name: B\n    lang: de\n"),
        "Make “Acme Works” a weak",
        expect![[r#"
        === actors/bolt.md
        ---
        name: Bolt
        aliases: ['Bolts']
        names:
          - name: B
            lang: de
          - {name: Acme Works, kind: weak}
        ---
    "#]],
    );
    check(
        &record("tpye<|>: media\n"),
        "Replace by `type`",
        expect![[r#"
        === actors/bolt.md
        ---
        name: Bolt
        type: media
        ---
    "#]],
    );
}

#[test]
fn a_changed_copy_can_be_accepted() {
    let bibliography = "=== references.json\n[{\"id\": \"d\", \"type\": \"webpage\", \"custom\": {\"file\": \"corpus/herald.txt\", \
                        \"sha256\": \"sha256:0<|>0\"}}]\n";
    check(
        bibliography,
        "Write the new hash",
        expect![[r#"
        === references.json
        [{"id": "d", "type": "webpage", "custom": {"file": "corpus/herald.txt", "sha256": "sha256:ed9777bff6f6d5a34733156b979b59661c8238234b3eee99fdabb8b8e085d96b"}}]
    "#]],
    );
}

#[test]
fn settings_are_mended() {
    check(
        "=== glossator.toml\n[claims]\nthreshhold<|> = 0.4\n",
        "Replace by `threshold`",
        expect![[r#"
        === glossator.toml
        [claims]
        threshold = 0.4
    "#]],
    );
}

#[test]
fn a_source_text_is_never_edited() {
    let files = "=== corpus/b.txt\nAcme<|> Works and Mercury sold 9,000 anvils in 2023 [@atlas] [@nobody].\n";
    let places = pointed(&format!("{BASE}{files}"));
    for fix in places.list() {
        for edit in fix.edits(&places.fixture.snapshot, NOW) {
            let (path, _) = applied(&places.fixture, &edit);
            assert!(!path.starts_with("corpus/"), "{}", fix.title);
        }
    }
}

/// A line of an annotation file about the words of a note, with something that nobody knows.
fn line(text: &str, exact: &str, id: &str, body: &str, motivation: &str) -> String {
    let start = text.find(exact).unwrap_or(0);
    let start = text.get(..start).unwrap_or_default().chars().count();
    let end = start + exact.chars().count();
    format!(
        "{{ \"id\":\"{id}\", \"type\":\"Annotation\",\"x:mine\":[1, 2],\"motivation\":\"{motivation}\",\"body\":{body},\
         \"target\":{{\"source\":\"notes/a.md\",\"selector\":[{{\"type\":\"TextQuoteSelector\",\"exact\":\"{exact}\"}},\
         {{\"type\":\"TextPositionSelector\",\"start\":{start},\"end\":{end}}}]}}}}"
    )
}

const NOTE: &str =
    "𝄞 Acme Works sold 9,000 anvils in 2023.\n\nIt lost 12 percent in 2022.\n\nBolts fell by 30 percent in 2021.\n";

fn decided(lines: &str, exact: &str, decision: Decision) -> Option<String> {
    let fixture = Fixture::new(&format!("{BASE}=== notes/a.md\n{NOTE}=== annotations/notes/a.md.jsonl\n{lines}"));
    let file = fixture.snapshot.file("notes/a.md").expect("the note");
    let start = NOTE.find(exact).expect("the words");
    let range = ByteRange::new(start, start + exact.len());
    let edit = decisions::decide(&fixture.snapshot, file, &[(range, decision)], NOW)?;
    Some(applied(&fixture, &edit).1)
}

fn verified() -> Decision {
    Decision::Assessed { verdict: Verdict::Verified, reason: None }
}

#[test]
fn a_new_decision_goes_where_its_place_is_and_others_stay_as_they_are() {
    let first = line(NOTE, "𝄞 Acme Works sold 9,000 anvils in 2023.", "1", "\"seen\"", "commenting");
    let last = line(NOTE, "Bolts fell by 30 percent in 2021.", "3", "\"seen\"", "commenting");
    let broken = "{ \"id\": this is no JSON";
    let lines = format!("{first}\r\n{broken}\r\n  {last}\r\n");
    let after = decided(&lines, "It lost 12 percent in 2022.", verified()).expect("an edit");
    let (one, rest) = after.split_once(&format!("{broken}\r\n")).expect("the broken line");
    assert_eq!(one, format!("{first}\r\n"));
    let new = rest.strip_suffix(&format!("\r\n  {last}\r\n")).expect("the last line, as it was");
    let (read, findings) = annotation::read(new);
    assert_eq!(findings, []);
    assert_eq!(read[0].anchor.position, Some((41, 68)), "code points");
    assert_eq!(read[0].anchor.find(NOTE).map(|range| range.of(NOTE)), Some(Some("It lost 12 percent in 2022.")));
    assert!(read[0].id.starts_with("urn:uuid:") && read[0].id.len() == 45, "{}", read[0].id);
    // The same words make the same line.
    assert_eq!(decided(&lines, "It lost 12 percent in 2022.", verified()), Some(after));
}

#[test]
fn a_decision_takes_the_place_of_the_one_that_it_overrules() {
    let exact = "It lost 12 percent in 2022.";
    let body = "{\"gl:verdict\":\"disputed\",\"x:why\":\"table 4\"}";
    let old = line(NOTE, exact, "urn:2", body, "assessing");
    let other = line(NOTE, "Bolts fell by 30 percent in 2021.", "3", "\"seen\"", "commenting");
    let lines = format!("{old}\n{other}\n");
    let after = decided(&lines, exact, verified()).expect("an edit");
    let (new, rest) = after.split_once('\n').expect("two lines");
    assert_eq!(rest, format!("{other}\n"));
    for kept in ["\"id\":\"urn:2\"", "\"x:mine\":[1,2]", "\"x:why\":\"table 4\"", "\"gl:verdict\":\"verified\""] {
        assert!(new.contains(kept), "{kept} in {new}");
    }
    assert_eq!(decided(&after, exact, verified()), None, "nothing changes, so nothing is written");
}

#[test]
fn a_source_with_a_locator_keeps_it_and_a_remark_stands_beside_another() {
    let exact = "It lost 12 percent in 2022.";
    let key = |word: &str| Spanned::new(word.to_owned(), ByteRange::empty(0));
    let backed = |word, locator: Option<&str>| Decision::Backed {
        key: key(word),
        locator: locator.map(str::to_owned),
        quotation: None,
    };
    let one = decided("", exact, backed("atlas", Some("p. 3"))).expect("an edit");
    assert_eq!(decided(&one, exact, backed("atlas", None)), None);
    let two = decided(&one, exact, backed("herald-2024", None)).expect("another reference");
    assert_eq!(two.lines().count(), 2);
    let three = decided(&two, exact, Decision::Comment("odd".to_owned())).expect("a remark");
    let four = decided(&three, exact, Decision::Comment("very odd".to_owned())).expect("a remark");
    assert_eq!(four.lines().count(), 4);
    assert_eq!(
        annotation::read(&four).0.iter().map(|it| it.id.as_str()).collect::<std::collections::BTreeSet<_>>().len(),
        4
    );
}

#[test]
fn the_author_of_the_settings_signs() {
    let files = "=== glossator.toml\n[annotations]\nauthor = \"Ann Lee\"\npath = \"kept\"\n=== notes/a.md\nAcme Works sold <|>9,000 anvils in 2023.\n";
    let found = pointed(&format!("{BASE}{files}")).apply("Mark this claim as verified");
    assert_eq!(found[0].0, "kept/notes/a.md.jsonl");
    assert!(
        found[0]
            .1
            .contains("\"creator\":{\"type\":\"Person\",\"name\":\"Ann Lee\"},\"created\":\"2024-05-01T12:00:00Z\"")
    );
}

#[test]
fn a_lost_decision_can_be_anchored_again_or_deleted() {
    let lost = line(NOTE, "It gained 12 percent of sales in 2022.", "<|>2", "\"seen\"", "commenting");
    let kept = line(NOTE, "Bolts fell by 30 percent in 2021.", "3", "\"seen\"", "commenting");
    let files = format!("=== notes/a.md\n{NOTE}=== annotations/notes/a.md.jsonl\n{kept}\n{lost}\n");
    check_titles(
        &files,
        expect![[r#"
        *Anchor it again at line 3: “It lost 12 percent in 2022.” [orphaned-annotation]
        Delete this line [orphaned-annotation]
    "#]],
    );
    let places = pointed(&format!("{BASE}{files}"));
    let after = &places.apply("Anchor it again at line 3")[0].1;
    assert!(after.ends_with(&format!("{kept}\n")), "the lines are sorted by place: {after}");
    assert_eq!(annotation::read(after).0[0].anchor.exact, "It lost 12 percent in 2022.");
    assert_eq!(places.apply("Delete this line")[0].1, format!("{kept}\n"));
    let selected = NOTE.replace("It lost", "<|It lost").replace("2022.", "2022.|>");
    let files = format!("=== notes/a.md\n{selected}=== annotations/notes/a.md.jsonl\n{}\n", lost.replace("<|>", ""));
    let after = pointed(&format!("{BASE}{files}")).apply("Anchor here: “It gained 12 percent")[0].1.clone();
    assert!(after.contains("\"exact\":\"It lost 12 percent in 2022.\""), "{after}");
}

#[test]
fn everything_that_may_be_an_actor_can_be_accepted_at_once() {
    let texts = "=== notes/a.md\nIn May Mercury grew. In June <|>Mercury shrank.\n\n六月，Mercury公司。\n=== notes/b.md\nEn mai Mercury, dit-on, chuta.\n";
    let files =
        pointed(&format!("{BASE}{texts}")).apply("Accept all possible mentions of Mercury Foundry in this text");
    let told: Vec<(&str, usize)> = files.iter().map(|(path, text)| (path.as_str(), text.lines().count())).collect();
    assert_eq!(told, [("annotations/notes/a.md.jsonl", 3)]);
    let record = "=== actors/mercury.md\n---\nname: Mercury <|>Foundry\naliases: [Mercury]\n---\n";
    let texts = texts.replace("<|>", "");
    let pointed =
        pointed(&format!("{}{record}{texts}", BASE.split("=== actors/mercury.md").next().unwrap_or_default()));
    let files = pointed.apply("Review all possible and ambiguous mentions of Mercury Foundry");
    let told: Vec<(&str, usize)> = files.iter().map(|(path, text)| (path.as_str(), text.lines().count())).collect();
    assert_eq!(told, [("annotations/notes/a.md.jsonl", 3), ("annotations/notes/b.md.jsonl", 1)]);
    assert!(pointed.list().iter().any(Fix::wants_review));
}

#[test]
fn a_missing_copy_is_replaced_by_the_text_that_is_meant() {
    let titles = |file: &str| {
        let list = format!("=== more.bib\n@misc{{quay,\n  title = {{Quay}},\n  file = {{corpus/<|>{file}}},\n}}\n");
        let texts = "=== glossator.toml\n[references]\npaths = [\"references.yaml\", \"more.bib\"]\n\
                     === corpus/2024/quai-nord.txt\nLe quai est fermé.\n=== corpus/港口.txt\n港口关闭了。\n";
        pointed(&format!("{BASE}{texts}{list}")).titles()
    };
    assert!(titles("quai-nord.txt").starts_with("*Replace by `corpus/2024/quai-nord.txt` [missing-archived-copy]"));
    assert!(titles("heralds.txt").starts_with("*Replace by `corpus/herald.txt` [missing-archived-copy]"));
    assert!(titles("港囗.txt").starts_with("*Replace by `corpus/港口.txt` [missing-archived-copy]"));
    assert!(!titles("nothing-like-it.txt").contains("Replace by"));
    assert!(!titles("herald.txt").contains("missing-archived-copy"));
}
