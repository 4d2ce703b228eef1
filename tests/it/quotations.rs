//! Quotations against the archived copies that they cite; sources that depend on whom they write about.

use crate::fixture::Fixture;
use expect_test::{Expect, expect};
use glossator::corpus::{Change, Corpus, copies};
use glossator::features::findings;
use glossator::features::{hover, navigate, quotations};
use glossator::model::Code;

const LIBRARY: &str = "\
=== references.yaml
- {id: post, title: 'The partners of the state', publisher: The Post, language: en, custom: {file: corpus/post.txt}}
- {id: gazette, title: Les partenaires, publisher: La Gazette, language: fr, custom: {file: corpus/gazette.txt}}
- {id: ribao, title: 合作, publisher: 日报, language: zh, custom: {file: corpus/ribao.txt}}
- {id: lost, title: Lost}
=== corpus/post.txt
The unit merely carries “editorial items such as press statements” for it.

Companies open the door to valuable data. It is gathered at home and all over the world. Then it serves propaganda, said the director.
=== corpus/gazette.txt
L’entreprise jure que ces contrats « sont échus depuis longtemps, sans suite ». Le marché, dit-elle, reste plus vivant que tout autre.
=== corpus/ribao.txt
公司与人民数据签署了合作协议，双方共享数据资源。发言人没有回答记者的问题。
";

/// Every quotation of the note with its verdict.
fn check(note: &str, expected: Expect) {
    let fixture = Fixture::new(&format!("{LIBRARY}=== notes/a.md\n{note}"));
    let document = fixture.snapshot.document_at("notes/a.md").expect("the note");
    let mut lines = Vec::new();
    for checked in quotations::of(&fixture.snapshot, document) {
        let place = checked.place().map(|(file, range)| format!(" → {}", fixture.place(file, range)));
        lines.push(format!("{}: {}{}", checked.verdict.word(), checked.quoted.words, place.unwrap_or_default()));
    }
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn a_quotation_is_looked_up_in_the_copy_that_its_citation_names() {
    check(
        "It carries “editorial items such as press statements” [@post, p. 1]. “Companies open the door” is how it begins; \"valuable data … at home\" follows [@post].",
        expect![[r#"
            exact: editorial items such as press statements → corpus/post.txt: editorial items such as press statements
            exact: Companies open the door → corpus/post.txt: Companies open the door
            exact: valuable data … at home → corpus/post.txt: valuable data. It is gathered at home"#]],
    );
    check(
        "Le groupe dit que les contrats \"sont échus depuis longtemps\" [@gazette]. La place serait « plus vivante que tout autre » [@gazette].",
        expect![[r#"
            exact: sont échus depuis longtemps → corpus/gazette.txt: sont échus depuis longtemps
            altered: plus vivante que tout autre → corpus/gazette.txt: plus vivant que tout autre"#]],
    );
    check(
        "报道说：“公司与人民数据签署了合作协议” [@ribao]。又说“双方共用数据资源” [@ribao]。还说“政府拒绝公开文件” [@ribao]。",
        expect![[r#"
            exact: 公司与人民数据签署了合作协议 → corpus/ribao.txt: 公司与人民数据签署了合作协议
            altered: 双方共用数据资源 → corpus/ribao.txt: 双方共享数据资源
            not found: 政府拒绝公开文件"#]],
    );
}

#[test]
fn what_is_not_in_the_copy_is_looked_for_in_the_other_sources() {
    check(
        "He says “the door to valuable data” [@gazette, p. 2], then “a second, secret agreement on location” [@post]. “One lost word of it” [@lost].",
        expect![[r#"
            translated: the door to valuable data
            not found: a second, secret agreement on location
            no archived copy: One lost word of it"#]],
    );
    let fixture = Fixture::new(&format!(
        "{LIBRARY}=== corpus/other.txt\nThe minister took a train to the northern harbour.\n=== notes/a.md\nShe writes of “a train to the northern harbour” [@post, p. 1].\n"
    ));
    let file = fixture.snapshot.file("notes/a.md").unwrap();
    let found = findings::check(&fixture.snapshot, file);
    let finding = found.iter().find(|it| it.code == Code::QuotationNotFound).unwrap();
    assert!(finding.message.contains("word for word in `corpus/other.txt`"), "{}", finding.message);
    let related = finding.related.first().unwrap();
    assert_eq!(
        fixture.place(related.file.unwrap(), related.range),
        "corpus/other.txt: a train to the northern harbour"
    );
}

#[test]
fn block_quotes_cite_on_their_last_line_or_after_or_before() {
    check(
        "> Companies open the door to valuable data.\n>\n> The director [-@post, p. 6]\n",
        expect![
            "exact: Companies open the door to valuable data. → corpus/post.txt: Companies open the door to valuable data"
        ],
    );
    check(
        "> Then it serves all of the propaganda, said the director.\n\n[@post, p. 6] has it so.\n",
        expect![
            "altered: Then it serves all of the propaganda, said the director. → corpus/post.txt: Then it serves propaganda, said the director"
        ],
    );
    check(
        "As the report [@post, p. 6] has it:\n\n> It is gathered at home\n> and all over the world.\n",
        expect![
            "exact: It is gathered at home and all over the world. → corpus/post.txt: It is gathered at home and all over the world"
        ],
    );
}

#[test]
fn titles_and_words_without_a_citation_are_let_be() {
    check("See “The Partners of the State” [@post]. Nobody says “these are no words of theirs”.", expect![""]);
}

#[test]
fn an_altered_quotation_shows_the_difference_and_can_be_set_right() {
    let fixture = Fixture::new(&format!(
        "{LIBRARY}=== notes/a.md\nIt carries “editorial mat<|>erial such as press statements,” it says [@post, p. 1].\n"
    ));
    let (file, offset) = fixture.cursor();
    let found = findings::check(&fixture.snapshot, file);
    let finding = found.iter().find(|it| it.code == Code::QuotationAltered).unwrap();
    assert!(finding.message.contains("“items” there, “material” here"), "{}", finding.message);
    assert_eq!(fixture.words(file, finding.range), "editorial material such as press statements,");
    let replacement = finding.data.iter().find(|(name, _)| *name == "replacement").unwrap();
    assert_eq!(replacement.1, "editorial items such as press statements,");
    let (targets, _) = navigate::definition(&fixture.snapshot, file, offset);
    let places: Vec<String> = targets.iter().map(|it| fixture.place(it.file, it.focus)).collect();
    assert_eq!(places, ["corpus/post.txt: editorial items such as press statements"]);
    let card = hover::hover(&fixture.snapshot, file, offset).unwrap().plain();
    assert!(card.starts_with("Quotation — altered\n\nThe archived copy differs: “items” there"), "{card}");
}

#[test]
fn quotes_in_records_and_decisions_are_checked_too() {
    let fixture = Fixture::new(&format!(
        "{LIBRARY}=== actors/a.yaml\n- id: unit\n  name: The Unit\n  facts:\n  - {{property: sector, value: data, source: post, quote: 'serves propaganda'}}\n  - {{property: status, value: open, source: post, quote: 'a hidden window on their partners'}}\n"
    ));
    let lines = fixture.findings();
    let lines: Vec<&String> = lines.iter().filter(|line| line.contains("quotation")).collect();
    assert_eq!(lines, ["actors/a.yaml: warning[quotation-not-found] “a hidden window on their partners”"]);
}

#[test]
fn a_changed_copy_is_checked_again() {
    let mut corpus = Corpus::thorough();
    for part in
        format!("{LIBRARY}=== notes/a.md\nHe said “Then it serves propaganda” [@post, p. 1].\n").split("=== ").skip(1)
    {
        let (path, text) = part.split_once('\n').unwrap();
        corpus.apply(Change::Loaded { path: path.to_owned(), text: text.to_owned() }).unwrap();
    }
    let count = |corpus: &mut Corpus| {
        for job in corpus.jobs() {
            corpus.finish(job.run());
        }
        let snapshot = corpus.snapshot();
        let found = findings::check(&snapshot, snapshot.file("notes/a.md").unwrap());
        found.iter().filter(|it| matches!(it.code, Code::QuotationNotFound | Code::QuotationAltered)).count()
    };
    assert_eq!(count(&mut corpus), 0);
    let text = "Nothing of the kind was ever said by anybody.".to_owned();
    corpus.apply(Change::Loaded { path: "corpus/post.txt".to_owned(), text }).unwrap();
    assert_eq!(count(&mut corpus), 1);
}

const OWNERS: &str = "\
=== actors/a.yaml
- id: unit
  name: Data Unit
  relations:
  - {type: Ownership, owner: online, source: post}
- id: online
  name: Daily Online
  relations:
  - {type: Control, controller: party, source: post}
- {id: party, name: Central Party}
- {id: free, name: Free Press}
=== references.yaml
- {id: site, title: Partners, publisher: Data Unit}
- {id: post, title: Report, publisher: Free Press}
";

fn independence(note: &str, expected: Expect) {
    let fixture = Fixture::new(&format!("{OWNERS}=== notes/a.md\n{note}"));
    let file = fixture.snapshot.file("notes/a.md").expect("the note");
    let mut lines = Vec::new();
    for finding in findings::check(&fixture.snapshot, file) {
        if finding.code == Code::SourceNotIndependent {
            lines.push(finding.message);
            lines.extend(
                finding.related.into_iter().filter_map(|it| Some(format!("  {}", fixture.place(it.file?, it.range)))),
            );
        }
    }
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn a_source_that_belongs_to_whom_it_writes_about_is_pointed_out() {
    independence(
        "The Central Party employs 300 people in Paris [@site, p. 1].\n",
        expect![[r#"
            `site` is published by Data Unit, which is owned by Daily Online, which is controlled by Central Party; say so in the text, or add a source that does not depend on it
              actors/a.yaml: {type: Ownership, owner: online, source: post}
              actors/a.yaml: {type: Control, controller: party, source: post}"#]],
    );
    independence(
        "Data Unit employs 300 people in Paris [@site, p. 1].\n",
        expect![
            "Data Unit is named here, and it publishes `site` itself; say so in the text, or add a source that does not depend on it"
        ],
    );
    independence("The Central Party employs 300 people in Paris [@post, p. 1].\n", expect![""]);
    independence("Data Unit says that it employs 300 people in Paris [@site, p. 1].\n", expect![""]);
}

#[test]
fn copies_of_one_text_are_one_source() {
    let text: String =
        (0..80).map(|n| format!("Sentence {n} tells of port {} and of ship {}. ", n * 7 % 31, n * 13 % 47)).collect();
    let own: String = (0..80)
        .map(|n| format!("Quite another report {n} on mine {} near town {}. ", n * 11 % 37, n * 5 % 29))
        .collect();
    let fixture = Fixture::new(&format!(
        "=== references.yaml\n- {{id: a, title: A, custom: {{file: corpus/a.txt}}}}\n- {{id: b, title: B, custom: {{file: corpus/b.txt}}}}\n- {{id: c, title: C, custom: {{file: corpus/c.txt}}}}\n=== corpus/a.txt\n{text}\n=== corpus/b.txt\nBy our own staff. {}\n=== corpus/c.txt\n{own}\n=== notes/a.md\nThe firm lost 300 ships in 2019 [@a, p. 1; @b, p. 2].\n\nThe firm lost 300 mines in 2019 [@a, p. 1; @c, p. 2].\n",
        text.replace("ship 4", "boat 4")
    ));
    assert_eq!(copies::groups(&fixture.snapshot), [["a", "b"]]);
    let lines = fixture.findings();
    let lines: Vec<&String> = lines.iter().filter(|line| line.contains("single-source")).collect();
    assert_eq!(lines, ["notes/a.md: hint[single-source] “The firm lost 300 ships in 2019 [@a, p. ”"]);
}
