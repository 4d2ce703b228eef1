//! `import` and `export`: what is written, what is left alone, and that both ways lead back.

use crate::run::{Run, Workspace};
use glossator::model::record::{EdgeSchema, NameKind, Rank, Record, read};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const ENTITIES: &str = r#"{"id":"aspi","schema":"Organization","properties":{"name":["Australian Strategic Policy Institute"],"alias":["澳大利亚战略政策研究所","no"],"abbreviation":["ASPI"],"previousName":["ASPI Ltd: old"],"weakAlias":["Institute"],"country":["au"],"topics":["gov"],"keywords":["think tank"],"website":["https://www.aspi.org.au/"],"notes":["In Canberra."],"summary":["Think tank."]}}
{"id":"NK-2abc89def","schema":"Person","caption":"Samantha Hoffman","properties":{"name":["Samantha Hoffman"]}}

{"id":"emp1","schema":"Employment","properties":{"employee":["NK-2abc89def"],"employer":["aspi"],"role":["senior analyst"],"startDate":["2018-06"],"proof":["report"]}}
{"id":"own1","schema":"Ownership","properties":{"owner":["peoples-daily"],"asset":["renmin"]}}
{"id":"renmin","schema":"Company","properties":{"name":["人民网"]}}
{"id":"own2","schema":"Ownership","properties":{"owner":["nobody-knows"],"asset":["renmin"]}}
{"id":"report","schema":"Document","properties":{"title":["Report"],"sourceUrl":["https://example.org/report"]}}
{"id":"peoples-daily","schema":"Company","properties":{"name":["Somebody else's words"]}}
"#;

const OWN: &str = "---\nname: People's Daily\n---\nMine.\n";

fn workspace() -> Workspace {
    Workspace::new(&[
        ("glossator.toml", b""),
        ("actors/peoples-daily.md", OWN.as_bytes()),
        ("in.jsonl", ENTITIES.as_bytes()),
        (
            "broken.jsonl",
            b"{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"A B\"]}}\n{broken\n{\"id\":\"x\"}\n",
        ),
    ])
}

#[test]
fn entities_become_notes() {
    let folder = workspace();
    let run = folder.run(&["import", "ftm", "in.jsonl"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(run.out, "actors/aspi.md\nactors/samantha-hoffman.md\nactors/renmin.md\n");
    assert_eq!(
        folder.read("actors/aspi.md"),
        "---\ntype: think-tank\nname: Australian Strategic Policy Institute\n\
         aliases: [澳大利亚战略政策研究所, \"no\"]\nnames:\n  - {name: ASPI, kind: abbreviation}\n  \
         - {name: \"ASPI Ltd: old\", kind: former}\n  - {name: Institute, kind: weak}\ncountry: au\ntopics: [gov]\nfacts:\n  \
         - {property: website, value: \"https://www.aspi.org.au/\"}\n---\nThink tank.\n\nIn Canberra.\n"
    );
    assert_eq!(
        folder.read("actors/samantha-hoffman.md"),
        "---\nid: NK-2abc89def\ntype: Person\nname: Samantha Hoffman\nrelations:\n  - {type: Employment, employer: aspi, \
         role: senior analyst, startDate: \"2018-06\", sourceUrl: \"https://example.org/report\", proof: report}\n---\n"
    );
    assert_eq!(
        folder.read("actors/renmin.md"),
        "---\ntype: Company\nname: 人民网\nrelations:\n  - {type: Ownership, owner: peoples-daily}\n---\n"
    );
    assert_eq!(folder.read("actors/peoples-daily.md"), OWN);
    let summary = run.err.lines().last().unwrap();
    assert_eq!(
        summary,
        "3 records written, 1 skipped (already there), 1 left out (no actors), 1 relation left out (no new record has an \
         end of it, or an end is unknown)"
    );
    assert!(run.err.contains("peoples-daily was skipped: actors/peoples-daily.md has it already"), "{run:?}");
    let again = folder.run(&["import", "ftm", "in.jsonl"]);
    assert!(again.code == 0 && again.out.is_empty() && again.err.contains("0 records written, 4 skipped"), "{again:?}");
}

#[test]
fn a_broken_line_costs_that_line() {
    let folder = workspace();
    let run = folder.run(&["import", "ftm", "broken.jsonl"]);
    assert_eq!((run.code, run.out.as_str()), (2, "actors/a.md\n"), "{run:?}");
    assert!(
        run.err.contains("line 2: no valid JSON") && run.err.contains("line 3: no FollowTheMoney entity"),
        "{run:?}"
    );
    assert!(run.err.ends_with("1 record written, 0 skipped (already there), 2 lines not read\n"), "{run:?}");
    let run = folder.run_with(&["import", "ftm", "-"], "{broken");
    assert!(run.code == 2 && run.err.contains("1 line not read: line 1: no valid JSON"), "{run:?}");
    assert!(folder.run(&["import", "ftm", "nowhere"]).err.contains("nowhere does not exist"));
}

#[test]
fn no_id_and_no_name_leads_out_of_the_folder() {
    let folder = workspace();
    let line = |id: &str, name: &str| {
        format!("{{\"id\":\"{id}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"{name}\"]}}}}\n")
    };
    let input =
        [line("../../evil", "x"), line("/etc/passwd", "y"), line("a\\\\..\\\\b", "z"), line("..", "..")].concat();
    let run = folder.run_with(&["import", "ftm", "-", "--workspace", "."], &input);
    assert_eq!(run.out, "actors/evil.md\nactors/etc-passwd.md\nactors/a-b.md\nactors/actor.md\n", "{run:?}");
    assert!(folder.read("actors/evil.md").contains("id: \"../../evil\""));
    for place in ["..", "../elsewhere.yaml", "/"] {
        let run = folder.run_with(&["import", "ftm", "-", "--into", place], &input);
        assert!(run.code == 2 && run.err.contains("outside the workspace folder"), "{run:?}");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let (folder, outside) =
        (Workspace::new(&[("glossator.toml", b""), ("in.jsonl", ENTITIES.as_bytes())]), workspace());
    std::os::unix::fs::symlink(outside.path("actors"), folder.path("actors")).unwrap();
    let run = folder.run(&["import", "ftm", "in.jsonl"]);
    assert!(run.code == 2 && run.err.contains("leads out of the workspace"), "{run:?}");
    assert!(!outside.path("actors/aspi.md").exists());
}

#[test]
fn a_file_that_is_no_record_of_the_same_actor_keeps_its_name() {
    let folder = Workspace::new(&[
        ("glossator.toml", b""),
        ("actors/aspi.md", b"---\nid: other\nname: Other\n---\n"),
        ("in.jsonl", ENTITIES.as_bytes()),
    ]);
    let run = folder.run(&["import", "ftm", "in.jsonl"]);
    assert!(run.out.starts_with("actors/aspi-2.md\n"), "{run:?}");
    assert!(folder.read("actors/aspi-2.md").starts_with("---\nid: aspi\n"));
    assert_eq!(folder.read("actors/aspi.md"), "---\nid: other\nname: Other\n---\n");
}

#[test]
fn one_yaml_file_takes_all() {
    let folder = workspace();
    let run = folder.run(&["import", "ftm", "in.jsonl", "--into", "actors/imported.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (0, "actors/imported.yaml\n"), "{run:?}");
    let run = folder.run(&["import", "ftm", "broken.jsonl", "--into", "actors/imported.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (2, "actors/imported.yaml\n"), "{run:?}");
    let (records, findings) = read("imported.yaml", &folder.read("actors/imported.yaml"));
    let ids: Vec<&str> = records.iter().map(|record| record.id.value.as_str()).collect();
    assert_eq!((ids, findings.len()), (vec!["aspi", "NK-2abc89def", "renmin", "a"], 0));
    fs::write(folder.path("actors/one.yaml"), "name: One\n").unwrap();
    let run = folder.run_with(
        &["import", "ftm", "-", "--into", "actors/one.yaml"],
        r#"{"id":"q","schema":"Person","properties":{"name":["Q R"]}}"#,
    );
    assert!(run.code == 2 && run.err.contains("not a plain list of records"), "{run:?}");
    assert_eq!(folder.read("actors/one.yaml"), "name: One\n");
}

#[test]
fn sources_that_the_bibliography_has_are_cited() {
    let folder = workspace();
    fs::write(folder.path("references.yaml"), "references:\n  - {id: report, type: report, title: R}\n").unwrap();
    folder.run(&["import", "ftm", "in.jsonl"]);
    let note = folder.read("actors/samantha-hoffman.md");
    assert!(note.contains("{type: Employment, employer: aspi, source: report, role: senior analyst,"), "{note}");
    let run = folder.run(&["export", "ftm"]);
    assert!(run.out.contains(r#""proof":["report"]"#) && run.out.contains(r#""schema":"Document""#), "{run:?}");
}

/// Relations by their two ends, whichever record tells them.
fn relations(records: &[Record]) -> BTreeSet<(String, String, String)> {
    let mut all = BTreeSet::new();
    for record in records {
        // What is known to be wrong is not exported.
        for relation in record.relations.iter().filter(|it| it.evidence.rank != Rank::Deprecated) {
            let edge = EdgeSchema::find(&relation.schema.value).unwrap();
            let (this, other) = (record.id.value.clone(), relation.other.value.clone());
            let is_source = relation.role.value == edge.source.0;
            let (source, target) = if is_source { (other, this) } else { (this, other) };
            all.insert((source, edge.name.to_owned(), target));
        }
    }
    all
}

/// Names by actor, with the kinds that FollowTheMoney has.
fn names(records: &[Record]) -> BTreeSet<(String, String, NameKind)> {
    let mut all = BTreeSet::new();
    for record in records {
        // A redirect's names are those of the record that it leads to.
        let (id, is_own) = record.merged_into.as_ref().map_or((&record.id.value, true), |to| (&to.value, false));
        for name in &record.names {
            let kind = match name.kind {
                NameKind::Canonical if is_own => NameKind::Canonical,
                kind @ (NameKind::Former | NameKind::Weak) => kind,
                NameKind::Abbreviation if record.ftm_schema() != Some("Project") => NameKind::Abbreviation,
                NameKind::Abbreviation | NameKind::Mistranslation => NameKind::Weak,
                NameKind::Canonical
                | NameKind::Alias
                | NameKind::Short
                | NameKind::Nickname
                | NameKind::Transliteration => NameKind::Alias,
            };
            all.insert((id.clone(), name.text.value.to_owned(), kind));
        }
    }
    all
}

fn records_in(folder: &Path) -> Vec<Record> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().flat_map(|path| read(&path.to_string_lossy(), &fs::read_to_string(path).unwrap()).0).collect()
}

#[test]
fn the_example_corpus_goes_out_and_comes_back() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let folder = Workspace::new(&[("glossator.toml", b"")]);
    let export = |folder: &Workspace, of: &str| -> Run { folder.run(&["export", "ftm", of]) };
    let first = export(&folder, seeds.to_str().unwrap());
    assert_eq!((first.code, first.err.as_str()), (0, ""));
    assert_eq!(first.out, export(&folder, seeds.to_str().unwrap()).out);
    let run = folder.run_with(&["import", "ftm", "-"], &first.out);
    assert_eq!(run.code, 0, "{run:?}");
    let (ours, theirs) = (records_in(&seeds.join("actors")), records_in(&folder.path("actors")));
    let ids = |records: &[Record]| -> BTreeSet<String> {
        records.iter().filter(|it| it.merged_into.is_none()).map(|it| it.id.value.clone()).collect()
    };
    assert_eq!(ids(&theirs), ids(&ours));
    assert_eq!(names(&theirs), names(&ours));
    let unredirected: BTreeSet<_> = relations(&ours)
        .into_iter()
        .map(|(source, edge, target)| {
            let led = |id: String| if id == "x-corp" { "twitter".to_owned() } else { id };
            (led(source), edge, led(target))
        })
        .collect();
    assert_eq!(relations(&theirs), unredirected);
    let second = export(&folder, ".");
    let entities = |run: &Run| run.lines().into_iter().map(|it| it["id"].to_string()).collect::<BTreeSet<_>>();
    let documents = |line: &serde_json::Value| ["Document", "Article"].iter().any(|it| line["schema"] == *it);
    let actors: BTreeSet<String> =
        first.lines().iter().filter(|line| !documents(line)).map(|it| it["id"].to_string()).collect();
    assert_eq!(entities(&second), actors);
}

#[test]
fn an_export_can_go_to_a_file() {
    let folder = workspace();
    let run = folder.run(&["export", "ftm", "--out", "out.jsonl"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    assert_eq!(folder.read("out.jsonl"), folder.run(&["export", "ftm", "."]).out);
    assert_eq!(folder.run(&["export", "ftm", "nowhere"]).code, 2);
    assert_eq!(folder.run(&["export", "w4c"]).code, 2);
}

/// An item with a class, in the words of Special:EntityData.
fn item(key: &str, label: &str, class: &str, claims: &str) -> String {
    let snak = format!(
        r#"{{"snaktype":"value","property":"P31","datavalue":{{"value":{{"entity-type":"item","id":"{class}"}},"type":"wikibase-entityid"}}}}"#
    );
    format!(
        r#"{{"type":"item","id":"{key}","labels":{{"en":{{"language":"en","value":"{label}"}},"zh":{{"language":"zh","value":"人民 {key}"}},"de":{{"language":"de","value":"{label}"}}}},"descriptions":{{"en":{{"language":"en","value":"a thing"}},"fr":{{"language":"fr","value":"une chose"}}}},"aliases":{{"en":[{{"language":"en","value":"{key}X"}}]}},"claims":{{"P31":[{{"mainsnak":{snak},"type":"statement","rank":"normal"}}]{claims}}}}}"#
    )
}

fn claim(property: &str, value: &str, rank: &str, qualifiers: &str) -> String {
    format!(
        r#","{property}":[{{"mainsnak":{{"snaktype":"value","property":"{property}","datavalue":{{"value":{value}}}}},"type":"statement","rank":"{rank}","qualifiers":{{{qualifiers}}}}}]"#
    )
}

#[test]
fn items_of_wikidata_become_notes() {
    let folder = Workspace::new(&[
        ("glossator.toml", b""),
        ("actors/owner.md", b"---\nname: Owner\nfacts:\n  - {property: wikidataId, value: Q7}\n---\n"),
    ]);
    let q7 = r#"{"entity-type":"item","numeric-id":7}"#;
    let part = r#""P1107":[{"snaktype":"value","datavalue":{"value":{"amount":"+0.51","unit":"1"}}}]"#;
    let claims = [
        claim("P127", q7, "preferred", part),
        claim("P17", r#"{"entity-type":"item","id":"Q148"}"#, "normal", ""),
        claim("P571", r#"{"time":"+1948-06-15T00:00:00Z","precision":10}"#, "normal", ""),
        claim("P856", r#""https://example.org/""#, "deprecated", ""),
        claim("P1448", r#"{"text":"人民日报社","language":"zh"}"#, "normal", ""),
    ]
    .concat();
    let paper = item("Q8", "People's Paper", "Q11032", &claims);
    let owner =
        item("Q7", "Owner", "Q783794", &claim("P1830", r#"{"entity-type":"item","id":"Q8"}"#, "preferred", part));
    let nameless = r#"{"id":"Q9","labels":[],"claims":[]}"#;
    let input = format!(r#"{{"entities":{{"Q8":{paper},"Q7":{owner},"Q9":{nameless}}}}}"#);
    let run = folder.run_with(&["import", "wikidata", "-"], &input);
    assert_eq!((run.code, run.out.as_str()), (2, "actors/peoples-paper.md\n"), "{run:?}");
    assert!(run.err.contains("Q9: the item has no label"), "{run:?}");
    assert!(run.err.contains("owner was skipped: actors/owner.md has it already"), "{run:?}");
    assert_eq!(
        folder.read("actors/peoples-paper.md"),
        "---\ntype: media\nname: People's Paper\nnames:\n  - {name: 人民 Q8, lang: zh}\n  \
         - {name: 人民日报社, lang: zh}\n  - {name: Q8X, kind: abbreviation}\ncountry: cn\nfacts:\n  - {property: wikidataId, value: Q8}\n  \
         - {property: website, value: \"https://example.org/\", rank: deprecated}\n  \
         - {property: incorporationDate, value: \"1948-06\"}\nrelations:\n  \
         - {type: Ownership, owner: owner, rank: preferred, percentage: \"51\"}\n---\na thing\n\n- fr: une chose\n"
    );
    for form in [paper.clone(), format!("[{paper}]"), format!("[\n{paper},\n{owner}\n]"), format!("{paper}\n{owner}\n")]
    {
        let folder = Workspace::new(&[("glossator.toml", b"")]);
        let run = folder.run_with(&["import", "wikidata", "-"], &form);
        assert!(run.code == 0 && run.out.starts_with("actors/peoples-paper.md\n"), "{run:?}");
    }
    for (form, fault) in [
        (format!("{paper}\n{{broken\n{owner}\n"), "line 2: no valid JSON at column 2"),
        (format!("{paper}\n{{\n\"id\":\n\"Q1\",\n,}}\n"), "line"),
    ] {
        let folder = Workspace::new(&[("glossator.toml", b"")]);
        let run = folder.run_with(&["import", "wikidata", "-"], &form);
        assert!(
            run.code == 2 && run.out.starts_with("actors/peoples-paper.md\n") && run.err.contains(fault),
            "{run:?}"
        );
    }
}

#[test]
fn items_of_one_name_are_two_actors() {
    let folder = Workspace::new(&[("glossator.toml", b"")]);
    let input = format!("[{},{}]", item("Q11", "Jane Doe", "Q5", ""), item("Q12", "Jane Doe", "Q5", ""));
    let run = folder.run_with(&["import", "wikidata", "-"], &input);
    assert_eq!(run.out, "actors/jane-doe.md\nactors/jane-doe-q12.md\n", "{run:?}");
    assert!(folder.read("actors/jane-doe.md").contains("- {name: Q11X, kind: weak}"));
}
