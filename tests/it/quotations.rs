//! Quotations against the archived copies that they cite; sources that depend on whom they write about.

use crate::fixture::Fixture;
use expect_test::{Expect, expect};
use glossator::analysis::Depth;
use glossator::corpus::{Change, Corpus, copies};
use glossator::features::findings;
use glossator::features::quotations::Verdict;
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
            in another source: the door to valuable data → corpus/post.txt: the door to valuable data
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
fn what_was_translated_is_looked_for_in_the_other_sources() {
    let corpus = "\
=== references.yaml
- {id: en, title: Tides, language: en, custom: {file: corpus/en.txt}}
- {id: fr, title: Marées, language: fr, custom: {file: corpus/fr.txt}}
- {id: zh, title: 潮汐, language: zh, custom: {file: corpus/zh.txt}}
=== corpus/en.txt
The council never sold the fourteen boats, said the pilot of the harbour.
=== corpus/fr.txt
Le conseil n’a jamais vendu les quatorze bateaux, a dit la pilote du port.
=== corpus/zh.txt
港口的领航员说，市议会从来没有出售那十四艘船只。
=== notes/a.md
";
    let note = "\
The pilot said that “the council never sold the fourteen boats” [@fr, p. 1].

La pilote a dit que « le conseil n’a jamais vendu les quatorze bateaux » [@zh, p. 1].

领航员说“市议会从来没有出售那十四艘船只” [@en, p. 1]。

The pilot said that “the council gave away all of the eleven old ships” [@fr, p. 1].

Le journal écrit partout « a dit la pilote » sans la nommer une seule fois [@zh, p. 1].
";
    let fixture = Fixture::new(&format!("{corpus}{note}"));
    let document = fixture.snapshot.document_at("notes/a.md").expect("the note");
    let checked = quotations::of(&fixture.snapshot, document);
    let line = |it: &quotations::Checked| {
        let place = it.place().map(|(file, range)| fixture.place(file, range)).unwrap_or_default();
        format!("{} {place}", it.verdict.word())
    };
    assert_eq!(
        checked.iter().map(line).collect::<Vec<_>>(),
        [
            "in another source corpus/en.txt: The council never sold the fourteen boats",
            "in another source corpus/fr.txt: Le conseil n’a jamais vendu les quatorze bateaux",
            "in another source corpus/zh.txt: 市议会从来没有出售那十四艘船只",
            "translated ",
            "translated ",
        ]
    );
    let findings = fixture.findings();
    let n_found = findings.iter().filter(|it| it.contains("quotation-not-found")).count();
    assert_eq!(n_found, 3, "{findings:?}");
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
    let mut corpus = Corpus::of_depth(Depth::Full);
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

/// Three copies with what quotations trip over: figures, negations, hyphens at line ends, quotes inside, traditional Han.
const TRAPS: &str = "\
=== references.yaml
- {id: tide, title: Tides, language: en, custom: {file: corpus/tide.txt}}
- {id: maree, title: Marées, language: fr, custom: {file: corpus/maree.txt}}
- {id: chao, title: 潮汐, language: zh, custom: {file: corpus/chao.txt}}
=== corpus/tide.txt
The council did not sell the 14 boats in 2019, said the pilot’s daughter. “We never asked for it,” she added, and the har-
bour office paid $3.5 million for
the old well-known map.
=== corpus/maree.txt
Le conseil n’a pas vendu les 14 bateaux en 2019, a dit la fille du pilote. « Nous n’avons jamais demandé cela », a-t-elle ajouté, et la capi-
tainerie a payé 3,5 millions d’euros pour
la vieille carte bien connue.
=== corpus/chao.txt
市議會沒有出售14艘船隻，領航員的女兒表示。「我們從未要求過這些東西，」她補充道，港務局
支付了350萬元購買那張著名的舊地圖。
";

/// The verdicts on quotations of one reference, with what differs.
fn verdicts(key: &str, quotations: &[&str], expected: Expect) {
    let note: String = quotations.iter().map(|it| format!("This is {it} [@{key}, p. 1].\n\n")).collect();
    let fixture = Fixture::new(&format!("{TRAPS}=== notes/a.md\n{note}"));
    let document = fixture.snapshot.document_at("notes/a.md").expect("the note");
    let mut lines = String::new();
    for checked in quotations::of(&fixture.snapshot, document) {
        let changes = match &checked.verdict {
            Verdict::Altered(passage) => {
                let changes = passage.changes.iter();
                changes.map(|it| format!(" ({} → {})", it.quoted, it.source)).collect::<String>()
            }
            Verdict::Exact(_)
            | Verdict::Elsewhere(..)
            | Verdict::NotFound
            | Verdict::Translation { .. }
            | Verdict::NoCopy => String::new(),
        };
        lines.push_str(&format!("{}{changes}: {}\n", checked.verdict.word(), checked.quoted.words));
    }
    expected.assert_eq(&lines);
}

#[test]
fn how_a_quotation_is_set_is_no_alteration() {
    verdicts(
        "tide",
        &[
            "“The council did not sell the 14 boats in 2019”",
            "\"the council did not sell the 14 boats\"",
            "“[T]he council did not sell […] boats in 2019, said the pilot's daughter”",
            "“The council [of the town] did not sell the 14 boats”",
            "‘‘The council did not … said the pilot’s daughter’’",
            "“'We never asked for it,' she added”",
            "“and the harbour office paid $3.5 million for the old well-known map.”",
            "“the harbour office paid $3.5\nmillion for the old well-\nknown map”",
        ],
        expect![[r#"
            exact: The council did not sell the 14 boats in 2019
            exact: the council did not sell the 14 boats
            exact: [T]he council did not sell […] boats in 2019, said the pilot's daughter
            exact: The council [of the town] did not sell the 14 boats
            exact: The council did not … said the pilot’s daughter
            exact: We never asked for it,' she added
            exact: and the harbour office paid $3.5 million for the old well-known map.
            exact: the harbour office paid $3.5 million for the old well-known map
        "#]],
    );
    verdicts(
        "maree",
        &[
            "« Le conseil n’a pas vendu les 14 bateaux en 2019 »",
            "“le conseil n'a pas vendu les 14 bateaux”",
            "« [L]e conseil n'a pas vendu (...) bateaux en 2019 »",
            "« Le conseil [municipal] n’a pas vendu les 14 bateaux »",
            "« “Nous n'avons jamais demandé cela”, a-t-elle ajouté »",
            "« la capitainerie a payé 3,5 millions d'euros pour la vieille carte »",
        ],
        expect![[r#"
            exact: Le conseil n’a pas vendu les 14 bateaux en 2019
            exact: le conseil n'a pas vendu les 14 bateaux
            exact: [L]e conseil n'a pas vendu (...) bateaux en 2019
            exact: Le conseil [municipal] n’a pas vendu les 14 bateaux
            exact: Nous n'avons jamais demandé cela”, a-t-elle ajouté
            exact: la capitainerie a payé 3,5 millions d'euros pour la vieille carte
        "#]],
    );
    verdicts(
        "chao",
        &[
            "「市議會沒有出售14艘船隻」",
            "“市议会没有出售14艘船只”",
            "“市议会没有出售……领航员的女儿表示”",
            "“「我們從未要求過這些東西，」她補充道”",
            "“港务局支付了350万元购买那张著名的旧地图”",
        ],
        expect![[r#"
            exact: 市議會沒有出售14艘船隻
            exact: 市议会没有出售14艘船只
            exact: 市议会没有出售……领航员的女儿表示
            exact: 我們從未要求過這些東西，」她補充道
            exact: 港务局支付了350万元购买那张著名的旧地图
        "#]],
    );
}

#[test]
fn a_changed_figure_or_a_lost_negation_is_an_alteration() {
    verdicts(
        "tide",
        &[
            "“The council did not sell the 41 boats in 2019”",
            "“The council did sell the 14 boats in 2019”",
            "“The council did not sell the 14 boats in 2018”",
            "“We asked for it”",
            "“paid $35 million for the old well-known map”",
            "“did not sell the 14 Boats in 2019”",
        ],
        expect![[r#"
            altered (41 → 14): The council did not sell the 41 boats in 2019
            altered ( → not): The council did sell the 14 boats in 2019
            altered (2018 → 2019): The council did not sell the 14 boats in 2018
            altered ( → never): We asked for it
            altered (35 → 3.5): paid $35 million for the old well-known map
            altered (Boats → boats): did not sell the 14 Boats in 2019
        "#]],
    );
    verdicts(
        "maree",
        &[
            "« Le conseil n’a pas vendu les 41 bateaux en 2019 »",
            "« Le conseil a vendu les 14 bateaux en 2019 »",
            "« Nous n’avons demandé cela »",
            "« a payé 35 millions d’euros pour la vieille carte »",
        ],
        expect![[r#"
            altered (41 → 14): Le conseil n’a pas vendu les 41 bateaux en 2019
            altered (a → n’a pas): Le conseil a vendu les 14 bateaux en 2019
            altered ( → jamais): Nous n’avons demandé cela
            altered (35 → 3,5): a payé 35 millions d’euros pour la vieille carte
        "#]],
    );
    verdicts(
        "chao",
        &[
            "「市議會沒有出售41艘船隻」",
            "“市议会出售14艘船只，领航员的女儿表示”",
            "“支付了530万元购买那张著名的旧地图”",
        ],
        expect![[r#"
            altered (41 → 14): 市議會沒有出售41艘船隻
            altered ( → 沒有): 市议会出售14艘船只，领航员的女儿表示
            altered (530 → 350): 支付了530万元购买那张著名的旧地图
        "#]],
    );
}

#[test]
fn what_nobody_wrote_is_not_found_in_any_language() {
    verdicts(
        "tide",
        &["“the mayor resigned over the bridge”"],
        expect!["not found: the mayor resigned over the bridge\n"],
    );
    verdicts(
        "maree",
        &["« le maire a démissionné hier soir »"],
        expect!["not found: le maire a démissionné hier soir\n"],
    );
    verdicts("chao", &["“市长昨晚因大桥辞职”"], expect!["not found: 市长昨晚因大桥辞职\n"]);
    verdicts("maree", &["“市长昨晚因大桥辞职”"], expect!["translated: 市长昨晚因大桥辞职\n"]);
    verdicts(
        "chao",
        &["“the town council did not sell its boats”"],
        expect!["translated: the town council did not sell its boats\n"],
    );
}

#[test]
fn claims_that_rest_on_one_source_are_counted_at_their_reference() {
    let note = "The firm lost 300 ships in 2019 [@post, p. 1].\n\nElle a perdu 12 mines en 2020 [@post, p. 2].\n";
    let both = "The firm sold 40 mills in 2021 [@post, p. 3; @gazette, p. 1].\n";
    let more = "公司2022年卖出了9000个铁砧 [@post, p. 4]。\n";
    let fixture = |second: &str| Fixture::new(&format!("{LIBRARY}=== notes/a.md\n{note}=== notes/b.md\n{second}"));
    let found = |second: &str| {
        let fixture = fixture(second);
        let file = fixture.snapshot.file("references.yaml").unwrap();
        let all = findings::check(&fixture.snapshot, file).into_iter();
        all.filter(|it| it.code == Code::SingleSource).map(|it| (it.message, it.related.len())).collect::<Vec<_>>()
    };
    assert_eq!(found(both), []);
    let message = "3 claims in 2 notes have no source but `post`; look for a second one, or say in the text that there is one only";
    assert_eq!(found(more), [(message.to_owned(), 3)]);
    let fixture = Fixture::new(&format!(
        "{LIBRARY}=== notes/a.md\n{}=== notes/b.md\n{more}",
        note.replace("@post, p. 1", "@po<|>st, p. 1")
    ));
    let (file, offset) = fixture.cursor();
    let card = hover::hover(&fixture.snapshot, file, offset).unwrap().plain();
    assert!(card.contains("nothing else backs: 3 claims in 2 notes"), "{card}");
}
