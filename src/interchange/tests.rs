//! What goes out comes back: records through YAML, entities through records.

use super::*;
use crate::model::record::{self as records, CaseRule};
use crate::model::{FileId, record::Name};
use proptest::prelude::*;
use std::sync::Arc;

fn registry(all: &[Record]) -> Registry {
    let all: Vec<Arc<Record>> = all.iter().cloned().map(Arc::new).collect();
    let mut ids = Arc::default();
    Registry::new(&mut ids, all.iter().map(|record| (FileId(0), record)), std::iter::empty())
}

/// A record as its words, without places, in the order in which a file lists them.
fn words(record: &Record) -> String {
    let name = |it: records::NameView<'_>| format!("{:?} {:?} {:?} {:?}", it.kind, it.text.value, it.lang, it.case);
    let mut names: Vec<String> = record.names.iter().map(name).collect();
    names.sort();
    let list = |list: &[Spanned<String>]| list.iter().map(|it| it.value.clone()).collect::<Vec<_>>();
    let evidence = |it: &Evidence| {
        let text = |it: &Option<Spanned<String>>| it.as_ref().map(|it| it.value.clone());
        (text(&it.source), it.locator.clone(), text(&it.quote), it.rank)
    };
    let facts = record.facts.iter().map(|it| (&it.property.value, &it.value.value, evidence(&it.evidence), &it.more));
    let relations = record
        .relations
        .iter()
        .map(|it| (&it.schema.value, &it.role.value, &it.other.value, evidence(&it.evidence), &it.more));
    format!(
        "{:#?}",
        (
            &record.id.value,
            record.schema.as_ref().map(|it| &it.value),
            names,
            list(&record.countries),
            list(&record.topics),
            facts.collect::<Vec<_>>(),
            relations.collect::<Vec<_>>(),
            (list(&record.not), record.merged_into.as_ref().map(|it| &it.value), &record.prose.value),
        )
    )
}

/// Text that readers of YAML stumble over; without white space around it, which no reader keeps.
fn text() -> impl Strategy<Value = String> {
    let traps = prop::sample::select(vec![
        "no",
        "0123",
        "12:30",
        "@x",
        "a: b",
        "# x",
        "x #y",
        "- a",
        "? a",
        "*a",
        "&a",
        "!a",
        "%a",
        "[a",
        "{a}",
        "a, b",
        "~",
        "null",
        "---",
        "...",
        "'a'",
        "\"a\"",
        "a\nb",
        "a\\b",
        "\\n",
        "é",
        "中国日报",
        "a\u{85}b",
        "a\u{2028}b",
        "😀",
        "a\tb",
        "a\r\nb",
        "/path",
        "2018-06-05",
        "1e5",
        "|",
        ">",
        "=",
        "<<",
        "a\u{feff}b",
        "a\u{7f}b",
        ",",
        "]",
        "}",
        ":",
        "a:",
    ]);
    let any = any::<String>();
    prop_oneof![traps.prop_map(ToOwned::to_owned), any, "[a-z ]{1,12}"]
        .prop_map(|text| text.trim().to_owned())
        .prop_filter("empty text is no value", |text| !text.is_empty())
}

prop_compose! {
    fn any_evidence()(
        source in prop::option::of("[a-z0-9-]{1,12}"),
        locator in prop::option::of(text()),
        quote in prop::option::of(text()),
        rank in prop::sample::select(vec![Rank::Preferred, Rank::Normal, Rank::Deprecated]),
    ) -> Evidence {
        Evidence { source: source.map(bare), locator, quote: quote.map(bare), rank }
    }
}

prop_compose! {
    fn any_name()(
        text in text(),
        lang in prop::option::of("[a-z]{2}"),
        kind in prop::sample::select(vec![NameKind::Alias, NameKind::Former, NameKind::Weak, NameKind::Abbreviation,
            NameKind::Short, NameKind::Nickname, NameKind::Transliteration, NameKind::Mistranslation]),
        case in prop::option::of(prop::sample::select(vec![CaseRule::Case, CaseRule::Exact, CaseRule::Never])),
    ) -> Name {
        Name { text: bare(text), lang, kind, case }
    }
}

prop_compose! {
    fn any_record()(
        (id, name, prose) in (text(), text(), prop::option::of(text())),
        schema in prop::option::of(text()),
        names in prop::collection::vec(any_name(), 0..4),
        (countries, topics, not) in (
            prop::collection::vec(text(), 0..3), prop::collection::vec(text(), 0..3), prop::collection::vec(text(), 0..3)),
        facts in prop::collection::vec((text(), text(), any_evidence(), prop::option::of(text())), 0..3),
        relations in prop::collection::vec((0..17_usize, any::<bool>(), text(), any_evidence(), prop::option::of(text())), 0..3),
        merged_into in prop::option::of(text()),
    ) -> Record {
        let mut record = super::record(&id, &name);
        record.schema = schema.map(bare);
        record.names.extend(names);
        let list = |list: Vec<String>| list.into_iter().map(bare).collect::<Vec<_>>();
        (record.countries, record.topics, record.not) = (list(countries), list(topics), list(not));
        record.merged_into = merged_into.map(bare);
        record.prose = bare(prose.unwrap_or_default().trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}'));
        for (property, value, evidence, note) in facts {
            let more = note.map(|note| ("note".to_owned(), note)).into_iter().collect();
            record.facts.push(Fact { evidence, more, ..super::fact(&property, &value, None, Rank::Normal) });
        }
        for (edge, forward, other, evidence, status) in relations {
            let schema = &records::vocabulary::EDGES[edge];
            let more = status.map(|status| ("status".to_owned(), status)).into_iter().collect();
            let edge = Edge { schema, source: String::new(), target: String::new(), evidence, more };
            record.relations.push(edge.told(schema.roles()[usize::from(forward)], &other));
        }
        record
    }
}

proptest! {
    #[test]
    fn a_written_record_is_read_as_the_same(record in any_record()) {
        let note = write::markdown(&record, "stem");
        let (read, _) = records::read("stem.md", &note);
        prop_assert_eq!(read.len(), 1);
        prop_assert_eq!(words(&read[0]), words(&record), "{}", note);
    }

    #[test]
    fn written_list_items_are_read_as_the_same(all in prop::collection::vec(any_record(), 1..4)) {
        let list: String = all.iter().map(write::list_item).collect();
        let (read, _) = records::read("list.yaml", &list);
        prop_assert_eq!(read.len(), all.len(), "{}", list);
        for (read, record) in read.iter().zip(&all) {
            let mut record = record.clone();
            let prose = std::mem::take(&mut record.prose.value);
            if !prose.trim().is_empty() {
                record.facts.push(super::fact("summary", &prose, None, Rank::Normal));
            }
            prop_assert_eq!(words(read), words(&record), "{}", list);
        }
    }

    #[test]
    fn any_record_becomes_lines_of_json(all in prop::collection::vec(any_record(), 1..4)) {
        let export = export(&registry(&all));
        for line in &export.lines {
            let entity: serde_json::Value = serde_json::from_str(line).unwrap();
            prop_assert!(values::is_id(entity["id"].as_str().unwrap()), "{}", line);
        }
        let import = ftm::read(&export.lines.join("\n"), &Known::default());
        prop_assert!(import.faults.is_empty(), "{:?}", import.faults);
        prop_assert_eq!(export, super::export(&registry(&all)));
    }

    #[test]
    fn importing_never_panics(text in "([{}\\[\\]:,\"\n]|\"(id|schema|properties|Q5|entities|claims|P31|name|value)\"|1|é){0,40}") {
        let _ = ftm::read(&text, &Known::default());
        let _ = wikidata::read(&text, &Known::default());
    }
}

#[test]
fn redirects_are_followed_and_their_names_kept() {
    let text = "- {id: new, name: New, type: Company}\n\
                - {id: old, name: Old, aliases: [Older], mergedInto: new}\n\
                - {id: jane, name: Jane, type: person, relations: [{type: Employment, employer: old}]}\n\
                - {id: a, name: A, mergedInto: b}\n- {id: b, name: B, mergedInto: a}\n";
    let export = export(&registry(&records::read("x.yaml", text).0));
    let expected = [
        r#"{"id":"a","schema":"LegalEntity","properties":{"name":["A"]}}"#,
        r#"{"id":"b","schema":"LegalEntity","properties":{"name":["B"]}}"#,
        r#"{"id":"jane","schema":"Person","properties":{"name":["Jane"]}}"#,
        r#"{"id":"new","schema":"Company","properties":{"alias":["Old","Older"],"name":["New"]}}"#,
        r#"{"id":"jane-employment-new-1","schema":"Employment","properties":{"employee":["jane"],"employer":["new"]}}"#,
    ];
    assert_eq!(export.lines, expected);
}

#[test]
fn what_follow_the_money_does_not_take_is_noted() {
    let text = "- {id: 人民网, name: 人民网, type: media, country: [China, UK], facts: [{property: phone, value: 020 1234}, \
                {property: sector, value: old, rank: deprecated}]}\n\
                - {id: o, name: O, relations: [{type: Ownership, asset: 人民网, endDate: soon}, {type: Control, controlled: \
                nobody}, {type: Ownership, asset: 人民网, rank: deprecated}]}\n";
    let export = export(&registry(&records::read("x.yaml", text).0));
    let expected = [
        r#"{"id":"o","schema":"LegalEntity","properties":{"name":["O"]}}"#,
        r#"{"id":"id-4eba-6c11-7f51","schema":"Company","properties":{"country":["gb"],"keywords":["media"],"name":["人民网"],"notes":["country: China","phone: 020 1234"]}}"#,
        r#"{"id":"o-ownership-id-4eba-6c11-7f51-1","schema":"Ownership","properties":{"asset":["id-4eba-6c11-7f51"],"description":["endDate: soon"],"owner":["o"]}}"#,
    ];
    assert_eq!(export.lines, expected);
    assert_eq!(export.remarks, ["Control of o and nobody was left out: nobody has no record; make one"]);
}
