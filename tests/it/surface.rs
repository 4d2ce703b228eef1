//! Outlines, search, completion, colours, lenses, renaming, links, folds, selections, hierarchies, hints.

use crate::fixture::Fixture;
use glossator::features::completion::{CompletionOptions, complete};
use glossator::features::hierarchy::Step;
use glossator::features::symbols::Symbol;
use glossator::features::{
    calls, folding, hierarchy, inlay, lens, links, navigate, rename, selection, symbols, tokens,
};
use glossator::text::ByteRange;

const WORKSPACE: &str = "\
=== actors/acme.md
---
type: Company
name: Acme Works
aliases: [ACME, 阿克米公司]
names:
  - {name: Usines Acmé, lang: fr}
facts:
  - {property: sector, value: anvils, source: herald-2024, locator: para. 2, rank: preferred}
relations:
  - {type: Ownership, owner: bolt, source: herald-2024, rank: preferred}
---
Makes anvils.
=== actors/bolt.md
---
type: Company
name: Bolt Brothers
---
=== actors/people.yaml
- id: jean
  name: Jean d'Arcy
- name: Lone Wolf
  relations:
    - {type: Control, controlled: bolt}
=== references.yaml
references:
  - id: herald-2024
    type: article-newspaper
    title: The anvil trade
    author: [{family: Smith, given: Ann}]
    container-title: The Herald
    issued: 2024-05-02
    URL: https://example.org/anvils
    custom: {file: corpus/herald.txt}
=== corpus/herald.txt
Acme Works sold 9,000 anvils in 2023.
=== annotations/corpus/herald.txt.jsonl
{\"type\": \"Annotation\", \"id\": \"urn:x\", \"motivation\": \"identifying\", \"body\": {\"gl:actor\": \"acme\", \"gl:judgement\": \"positive\"}, \"target\": {\"source\": \"corpus/herald.txt\", \"selector\": [{\"type\": \"TextQuoteSelector\", \"exact\": \"Acme Works\"}]}}
";

fn at(note: &str) -> Fixture {
    Fixture::new(&format!("{WORKSPACE}=== notes/n.md\n{note}\n"))
}

fn labels(fixture: &Fixture) -> Vec<String> {
    let (file, offset) = fixture.cursor();
    let options = CompletionOptions { snippets: false, limit: 200 };
    complete(&fixture.snapshot, file, offset, options).items.into_iter().map(|it| it.insert).collect()
}

fn check_completion(note: &str, expected: &[&str]) {
    assert_eq!(labels(&at(note)), expected, "{note}");
}

fn check_record(record: &str, first: &str) {
    let found = labels(&Fixture::new(&format!("{WORKSPACE}=== actors/new.md\n---\n{record}\n---\n")));
    assert_eq!(found.first().map(String::as_str), Some(first), "{record}: {found:?}");
}

fn outline(symbols: &[Symbol], depth: usize, lines: &mut Vec<String>) {
    for symbol in symbols {
        lines.push(
            format!("{}{} [{}]", "  ".repeat(depth), symbol.name, symbol.detail).trim_end_matches(" []").to_owned(),
        );
        outline(&symbol.children, depth + 1, lines);
    }
}

fn check_outline(fixture: &Fixture, path: &str, expected: &[&str]) {
    let file = fixture.snapshot.file(path).expect("it is there");
    let mut lines = Vec::new();
    outline(&symbols::document_symbols(&fixture.snapshot, file), 0, &mut lines);
    assert_eq!(lines, expected);
}

#[test]
fn an_outline_has_headings_and_claims_with_their_state() {
    let note = "# One\n\nAcme Works sold 9,000 anvils in 2023 [@herald-2024].\n\n## Inner\n\n```\n# no heading\n```\n\n# Two\n\n\
                Bolt Brothers paid 4 billion dollars in 2022.";
    check_outline(
        &at(note),
        "notes/n.md",
        &[
            "One",
            "  Acme Works sold 9,000 anvils in 2023 [@herald-2024]. [cited]",
            "  Inner",
            "Two",
            "  Bolt Brothers paid 4 billion dollars in 2022. [uncited]",
        ],
    );
}

#[test]
fn an_outline_of_a_record_has_names_facts_and_relations() {
    let fixture = at("");
    check_outline(
        &fixture,
        "actors/acme.md",
        &[
            "Acme Works [Company]",
            "  ACME [alias]",
            "  阿克米公司 [alias]",
            "  Usines Acmé [alias]",
            "  sector: anvils [herald-2024]",
            "  owned by Bolt Brothers [herald-2024]",
        ],
    );
    check_outline(&fixture, "references.yaml", &["herald-2024 [The anvil trade]"]);
}

#[test]
fn any_name_in_any_script_is_found() {
    let fixture = at("");
    let find = |query: &str| -> Vec<String> {
        let found = symbols::workspace_symbols(&fixture.snapshot, query, 200);
        found.into_iter().map(|it| format!("{} ({})", it.name, it.container)).collect()
    };
    assert_eq!(find("克米"), ["阿克米公司 (Acme Works)"]);
    assert_eq!(find("usines acme"), ["Usines Acmé (Acme Works)"]);
    assert_eq!(find("d’arcy"), ["Jean d'Arcy ()"]);
    assert_eq!(find("herald"), ["herald-2024 (The anvil trade)"]);
    assert_eq!(symbols::workspace_symbols(&fixture.snapshot, "", 2).len(), 2);
}

#[test]
fn names_are_completed_from_any_spelling() {
    check_completion("Then jean d<|>", &["Jean d'Arcy"]);
    check_completion("Then Jean d’<|>", &["Jean d'Arcy"]);
    check_completion("l'acm<|>", &["Usines Acmé"]);
    check_completion("The acm<|>", &["Acme Works"]);
    check_completion("他说阿克<|>", &["阿克米公司"]);
    check_completion("brot<|>", &["Bolt Brothers"]);
    check_completion("ac<|>", &[]);
    check_completion("Le groupe a dit que le prix est dans la rue.\n\nC'est pour cela que acm<|>", &["Usines Acmé"]);
}

#[test]
fn names_come_in_the_order_in_which_they_are_likely() {
    let record = |id: &str, name: &str, more: &str| format!("=== actors/{id}.md\n---\nname: {name}\n{more}---\n");
    let relation = "relations:\n  - {type: Ownership, owner: northern}\n";
    let workspace = [
        record("a", "Nordik Air", ""),
        record("b", "Nordik Bateaux", relation),
        record("c", "Nordik Ciment", ""),
        record("d", "Nordik Distillerie", ""),
        record("northern", "Northern Holding", ""),
        "=== notes/other.md\nNordik Ciment a fermé.\n".to_owned(),
        "=== notes/n.md\nNordik Distillerie and Northern Holding, then Nor<|>\n".to_owned(),
    ];
    let expected = ["Northern Holding", "Nordik Distillerie", "Nordik Ciment", "Nordik Bateaux", "Nordik Air"];
    assert_eq!(labels(&Fixture::new(&workspace.concat())), expected, "in this text, in its folder, related, others");
}

#[test]
fn an_actor_of_the_text_is_proposed_before_thousands_that_begin_alike() {
    let record = |n: u32| format!("- id: h{n}\n  name: Harbour {n:04}\n  type: Company\n");
    let records: String = (0..2100).map(record).collect();
    let near = "- id: near\n  name: The most honourable Harbour Authority\n  type: Company\n";
    let note = "The most honourable Harbour Authority paid.\n\nThen Harb<|>\n";
    let found = labels(&Fixture::new(&format!("=== actors/list.yaml\n{records}{near}=== notes/n.md\n{note}")));
    assert_eq!(found.len(), 200);
    assert_eq!(found[..2], ["The most honourable Harbour Authority", "Harbour 0000"]);
    let ids = labels(&Fixture::new(&format!("=== actors/list.yaml\n{records}{near}=== notes/n.md\n[[harb<|>\n")));
    assert_eq!((ids.len(), ids[0].as_str()), (200, "h0]]"));
}

#[test]
fn ids_and_keys_are_completed() {
    check_completion("See [[bol<|>", &["bolt]]"]);
    check_completion("See [[阿克<|>]]", &["acme"]);
    for typed in ["herald", "smith", "anvil", "2024", ""] {
        check_completion(&format!("So [@{typed}<|>"), &["herald-2024"]);
    }
    check_completion("desk@her<|>", &[]);
}

#[test]
fn nothing_is_completed_in_a_source_text() {
    let fixture = Fixture::new(&format!("{WORKSPACE}=== corpus/x.txt\nBolt Bro<|> [@h\n"));
    assert!(labels(&fixture).is_empty());
}

#[test]
fn records_are_completed_by_place() {
    check_record("na<|>", "name: ");
    check_record("type: med<|>", "media");
    check_record("type:<|>", " Address");
    check_record("topics: [gov.so<|>]", "gov.soe");
    check_record("relations:\n  - {type: Ownership, ow<|>}", "owner: ");
    check_record("relations:\n  - type: Own<|>", "Ownership");
    check_record("relations:\n  - {type: Ownership, owner: brothers<|>}", "bolt");
    check_record("facts:\n  - {property: sec<|>}", "sector");
    check_record("facts:\n  - {property: sector, value: x, source: <|>}", "herald-2024");
    check_record("not: [acm<|>]", "acme");
    let prose = Fixture::new(&format!("{WORKSPACE}=== actors/new.md\n---\nname: New\n---\nna<|>\n"));
    assert!(labels(&prose).is_empty());
}

#[test]
fn tokens_are_in_order_and_on_one_line() {
    let fixture = at("Acme\nWorks and ACME say [@herald-2024] so [@nobody].<|>");
    let (file, _) = fixture.cursor();
    let found = tokens::tokens(&fixture.snapshot, file, None);
    let words: Vec<String> = found.iter().map(|token| fixture.words(file, token.range)).collect();
    assert_eq!(words, ["Acme", "Works", "ACME", "herald-2024", "nobody"]);
    let part = tokens::tokens(&fixture.snapshot, file, Some(ByteRange::new(0, 6)));
    assert_eq!(part.len(), 2);
}

#[test]
fn lenses_count_mentions_and_claims() {
    let fixture = at("Acme Works sold 9,000 anvils in 2023 [@herald-2024].\n\nACME paid 4 billion dollars in 2022.<|>");
    let titles = |path: &str| -> Vec<Option<String>> {
        let file = fixture.snapshot.file(path).expect("it is there");
        let lenses = lens::lenses(&fixture.snapshot, file);
        lenses.iter().map(|it| lens::title(&fixture.snapshot, file, &it.counted)).collect()
    };
    assert_eq!(titles("actors/acme.md"), [Some("3 mentions in 2 texts".to_owned())]);
    assert_eq!(titles("notes/n.md"), [Some("1 of 2 claims cited".to_owned())]);
    let (file, _) = fixture.cursor();
    let words = |counted| -> Vec<String> {
        let places = lens::places(&fixture.snapshot, file, 0, &counted);
        places.iter().map(|place| fixture.place(place.file, place.range)).collect()
    };
    assert_eq!(words(lens::Counted::Claims), ["notes/n.md: ACME paid 4 billion dollars in 2022."]);
    assert_eq!(words(lens::Counted::Mentions("acme".to_owned())).len(), 4);
}

fn renamed(fixture: &Fixture, new: &str) -> Vec<String> {
    let (file, offset) = fixture.cursor();
    let replacements = rename::rename(&fixture.snapshot, file, offset, new).expect("it is there");
    let line = |it: &rename::Replacement| {
        format!("{} → {}", fixture.place(it.place.file, it.place.range), it.text.replace('\n', "⏎"))
    };
    replacements.iter().map(line).collect()
}

#[test]
fn an_id_is_renamed_wherever_it_points_from() {
    let workspace = WORKSPACE.replace("owner: bolt", "owner: bo<|>lt");
    assert_eq!(
        renamed(&Fixture::new(&workspace), "bolt-co"),
        ["actors/acme.md: bolt → bolt-co", "actors/bolt.md:  → id: bolt-co⏎", "actors/people.yaml: bolt → bolt-co"]
    );
    let workspace = WORKSPACE.replace("\"gl:actor\": \"acme\"", "\"gl:actor\": \"ac<|>me\"");
    assert_eq!(
        renamed(&Fixture::new(&workspace), "acme2"),
        ["actors/acme.md:  → id: acme2⏎", "annotations/corpus/herald.txt.jsonl: acme → acme2"]
    );
}

#[test]
fn a_key_is_renamed_but_not_in_source_texts() {
    let workspace = format!("{WORKSPACE}=== corpus/b.txt\nIt said so [@herald-2024].\n");
    let fixture = Fixture::new(&format!("{workspace}=== notes/n.md\nIt is so [@her<|>ald-2024, p. 3].\n"));
    assert_eq!(
        renamed(&fixture, "herald-2025"),
        [
            "actors/acme.md: herald-2024 → herald-2025",
            "actors/acme.md: herald-2024 → herald-2025",
            "notes/n.md: herald-2024 → herald-2025",
            "references.yaml: herald-2024 → herald-2025",
        ]
    );
    let (file, offset) = fixture.cursor();
    for wrong in ["two words", "", "a@b", "herald-2024]"] {
        assert!(rename::rename(&fixture.snapshot, file, offset, wrong).is_err(), "{wrong}");
    }
    let source = Fixture::new(&workspace.replace("so [@herald", "so [@her<|>ald"));
    let (file, offset) = source.cursor();
    assert!(rename::prepare(&source.snapshot, file, offset).is_err());
}

#[test]
fn a_renamed_actor_keeps_its_former_name() {
    let workspace = WORKSPACE.replace("name: Acme Works", "name: Acme<|> Works");
    assert_eq!(
        renamed(&Fixture::new(&workspace), "Acme: Global"),
        ["actors/acme.md: Acme Works → \"Acme: Global\"", "actors/acme.md:  →   - {name: Acme Works, kind: former}⏎"]
    );
    let workspace = WORKSPACE.replace("name: Bolt Brothers", "name: Bolt<|> Brothers");
    assert_eq!(
        renamed(&Fixture::new(&workspace), "Bolt"),
        ["actors/bolt.md: Bolt Brothers → Bolt", "actors/bolt.md:  → ⏎names:⏎  - {name: Bolt Brothers, kind: former}"]
    );
}

#[test]
fn an_id_that_is_taken_or_malformed_is_refused() {
    let fixture = Fixture::new(&WORKSPACE.replace("owner: bolt", "owner: bo<|>lt"));
    let (file, offset) = fixture.cursor();
    for wrong in ["acme", "a b", "", "-x", "a:b"] {
        assert!(rename::rename(&fixture.snapshot, file, offset, wrong).is_err(), "{wrong}");
    }
    let mention = at("Acme<|> Works");
    let (file, offset) = mention.cursor();
    assert!(rename::prepare(&mention.snapshot, file, offset).is_err());
}

#[test]
fn a_moved_text_takes_its_references_and_decisions_along() {
    let fixture = at("");
    let moved = rename::move_path(&fixture.snapshot, "corpus", "sources");
    let words: Vec<String> = moved.replacements.iter().map(|it| fixture.place(it.place.file, it.place.range)).collect();
    assert_eq!(words, ["references.yaml: corpus/herald.txt", "annotations/corpus/herald.txt.jsonl: corpus/herald.txt"]);
    let files = [("annotations/corpus/herald.txt.jsonl".to_owned(), "annotations/sources/herald.txt.jsonl".to_owned())];
    assert_eq!(moved.files, files);
    let moved = rename::move_path(&fixture.snapshot, "actors/bolt.md", "actors/bolts.md");
    assert_eq!(moved.replacements.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["id: bolt\n"]);
}

#[test]
fn addresses_copies_and_wiki_links_can_be_clicked() {
    let fixture = at("See [[acme|them]] and https://example.org/x.<|>");
    let words = |path: &str| -> Vec<String> {
        let file = fixture.snapshot.file(path).expect("it is there");
        links::links(&fixture.snapshot, file).iter().map(|it| fixture.words(file, it.range)).collect()
    };
    assert_eq!(words("notes/n.md"), ["acme|them", "https://example.org/x"]);
    assert_eq!(words("references.yaml"), ["https://example.org/anvils", "corpus/herald.txt"]);
}

#[test]
fn sections_front_matter_and_entries_can_be_folded() {
    let fixture = at("# One\n\nWords.\n\n## Two\n\nMore words.<|>");
    let first_lines = |path: &str| -> Vec<String> {
        let file = fixture.snapshot.file(path).expect("it is there");
        let folds = folding::folds(&fixture.snapshot, file);
        folds.iter().map(|it| fixture.words(file, it.range).lines().next().expect("it is there").to_owned()).collect()
    };
    assert_eq!(first_lines("notes/n.md"), ["# One", "## Two"]);
    assert_eq!(first_lines("actors/acme.md"), ["---"]);
    assert_eq!(first_lines("actors/people.yaml"), ["id: jean", "name: Lone Wolf"]);
}

#[test]
fn selections_grow_from_the_word() {
    let fixture = at("# H\n\nIn May, Acme Wo<|>rks sold anvils, they say. Nobody knew.\n\nMore.");
    let (file, offset) = fixture.cursor();
    let ranges = selection::selections(&fixture.snapshot, file, offset);
    let words: Vec<String> = ranges.iter().map(|range| fixture.words(file, *range)).collect();
    assert_eq!(
        words.get(..5).expect("it is there"),
        [
            "Works",
            "Acme Works",
            "Acme Works sold anvils",
            "In May, Acme Works sold anvils, they say.",
            "In May, Acme Works sold anvils, they say. Nobody knew.",
        ]
    );
    assert!(ranges.is_sorted_by(|a, b| b.covers(*a)));
}

#[test]
fn owners_stand_above_and_holdings_below() {
    let fixture = at("ACME<|> again.");
    let (file, offset) = fixture.cursor();
    let nodes = hierarchy::prepare(&fixture.snapshot, file, offset);
    assert_eq!(nodes.first().map(|it| it.name.as_str()), Some("Acme Works"));
    let step = |id: &str, step| -> Vec<String> {
        hierarchy::step(&fixture.snapshot, id, step)
            .into_iter()
            .map(|it| format!("{}: {}", it.name, it.detail))
            .collect()
    };
    assert_eq!(step("acme", Step::Up), ["Bolt Brothers: Ownership, herald-2024, preferred"]);
    assert_eq!(step("bolt", Step::Down), ["Acme Works: Ownership, herald-2024, preferred"]);
    assert_eq!(step("bolt", Step::Up), ["Lone Wolf: Control, no source"]);
}

#[test]
fn a_source_knows_who_cites_it() {
    let fixture = at("It is so [@herald<|>-2024].");
    let (file, offset) = fixture.cursor();
    let item = calls::prepare(&fixture.snapshot, file, offset).remove(0);
    let names = |calls: Vec<calls::Call>| -> Vec<String> {
        calls.into_iter().map(|it| format!("{} {}", it.item.name, it.ranges.len())).collect()
    };
    assert_eq!(names(calls::incoming(&fixture.snapshot, &item.party)), ["Acme Works 2", "n.md 1"]);
    let text = calls::Party::Text("notes/n.md".to_owned());
    assert_eq!(names(calls::outgoing(&fixture.snapshot, &text)), ["herald-2024 1"]);
    let copy = calls::Party::Text("corpus/herald.txt".to_owned());
    assert_eq!(names(calls::incoming(&fixture.snapshot, &copy)), ["Acme Works 2", "n.md 1"]);
    let actor = calls::Party::Actor("acme".to_owned());
    assert_eq!(names(calls::incoming(&fixture.snapshot, &actor)), ["herald.txt 1"]);
}

#[test]
fn hints_name_what_a_form_does_not_show() {
    let fixture = at("阿克米公司 and ACME.<|>");
    let (file, _) = fixture.cursor();
    let hints = inlay::hints(&fixture.snapshot, file, ByteRange::new(0, 100));
    assert_eq!(hints.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["= Acme Works"]);
}

/// The hints of a captured text whose reference has these fields.
fn hints_of(text: &str, reference: &str) -> Vec<String> {
    let fixture = Fixture::new(&format!(
        "=== references.yaml\n- {{id: quay, type: article, {reference}}}\n=== corpus/quay.txt\n{text}<|>\n"
    ));
    let (file, _) = fixture.cursor();
    let hints = inlay::hints(&fixture.snapshot, file, ByteRange::new(0, text.len()));
    hints.into_iter().map(|it| format!("{} ({})", it.text, it.about.unwrap_or_default())).collect()
}

#[test]
fn a_day_that_a_source_text_counts_has_its_date() {
    let known = "issued: 2024-05-02, custom: {file: corpus/quay.txt, captured: 2024-06-10}";
    for (text, date) in [
        ("The crane was sold last Monday, and nobody was told.", "= 2024-04-29"),
        ("La grue a été vendue hier, et personne n'en a été averti.", "= 2024-05-01"),
        ("上周五，港务局卖掉了起重机。", "= 2024-04-26"),
    ] {
        assert_eq!(
            hints_of(text, known),
            [format!("{date} (counted from 2024-05-02, when quay was published)")],
            "{text}"
        );
    }
}

#[test]
fn the_date_of_a_counted_day_is_not_made_up() {
    let text = "The crane was sold yesterday.";
    let captured = "custom: {file: corpus/quay.txt, captured: \"2024-06-10T08:00:00Z\"}";
    let said = "= 2024-06-09? (counted from 2024-06-10, when quay was captured, no day of publication being known)";
    assert_eq!(hints_of(text, captured), [said]);
    assert_eq!(hints_of(text, &format!("issued: 2024-06, {captured}")), [said]);
    for unknown in [
        "issued: 2024-05-02",
        "custom: {file: corpus/quay.txt}",
        "issued: 2024-05, custom: {file: corpus/quay.txt}",
        "issued: 2023, custom: {file: corpus/quay.txt, captured: 2024-06-10}",
        "issued: 2024-05-02, custom: {file: corpus/quay.txt}}\n- {id: quay-2, issued: 2024-05-09, custom: {file: corpus/quay.txt}",
    ] {
        assert_eq!(hints_of(text, unknown), Vec::<String>::new(), "{unknown}");
    }
    let quoted = "“We signed the papers for the crane yesterday,” the port's director told the council.";
    assert_eq!(hints_of(quoted, "issued: 2024-05-02, custom: {file: corpus/quay.txt}"), Vec::<String>::new());
}

#[test]
fn the_type_of_a_mention_is_in_its_record() {
    let fixture = at("ACME<|> again.");
    let (file, offset) = fixture.cursor();
    let (target, _) = navigate::type_definition(&fixture.snapshot, file, offset).expect("it is there");
    assert_eq!(fixture.place(target.file, target.focus), "actors/acme.md: Company");
}
