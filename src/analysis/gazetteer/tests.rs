use super::*;
use crate::model::Spanned;
use crate::model::record::{Name as RecordName, NameKind};
use crate::text::ByteRange;

fn record(id: &str, schema: &str, names: &[&str]) -> Record {
    fn spanned<T>(value: T) -> Spanned<T> {
        Spanned::new(value, ByteRange::default())
    }
    let kind = |at: usize| if at == 0 { NameKind::Canonical } else { NameKind::Alias };
    let names = names.iter().enumerate();
    let mut record = Record::new(spanned(id.to_owned()), ByteRange::default());
    record.schema = Some(spanned(schema.to_owned()));
    record.names = names
        .map(|(at, text)| RecordName { text: spanned((*text).to_owned()), lang: None, kind: kind(at), case: None })
        .collect();
    record
}

fn forms(schema: &str, names: &[&str]) -> Vec<String> {
    forms::of_record(&record("x", schema, names))
        .into_iter()
        .map(|form| format!("{}{}", if form.strength == Strength::Strong { "" } else { "~" }, form.text))
        .collect()
}

#[test]
fn family_names_follow_from_full_names() {
    assert_eq!(forms("Person", &["Samantha Hoffman"]), ["Samantha Hoffman", "~Hoffman"]);
    assert_eq!(forms("Person", &["Ursula von der Leyen"]), ["Ursula von der Leyen", "~von der Leyen"]);
    assert_eq!(forms("Person", &["Robert F. O'Brien Jr."]), ["Robert F. O'Brien Jr.", "~O'Brien"]);
    assert_eq!(forms("Person", &["Xi Jinping"]), ["Xi Jinping", "~Xi"]);
    assert_eq!(forms("Person", &["Joe Bao", "包嘉峰"]), ["Joe Bao", "~Bao", "包嘉峰"]);
    assert_eq!(forms("Person", &["Kim Clark"]), ["Kim Clark", "~Clark"]);
    assert_eq!(forms("Person", &["Kim Jong Un"]), ["Kim Jong Un", "~Kim"]);
    assert_eq!(forms("Person", &["Theresa May"]), ["Theresa May"]);
    assert_eq!(forms("Person", &["习近平"]), ["习近平"]);
}

#[test]
fn short_and_common_forms_are_weak() {
    assert_eq!(forms("Company", &["Apple", "MS", "苹果公司"]), ["~Apple", "~MS", "苹果公司"]);
    assert_eq!(forms("Organization", &["The Washington Post"]), ["The Washington Post", "Washington Post"]);
    assert_eq!(forms("Organization", &["The Verge"]), ["~The Verge"]);
    assert_eq!(forms("Organization", &["New York Times"]), ["New York Times", "~NYT"]);
}

#[test]
fn names_are_found_whatever_their_spelling() {
    let (one, other) = (record("one", "Company", &["Café Noir"]), record("other", "Company", &["CAFE NOIR", "Thé"]));
    let mut gazetteer = Gazetteer::build([(ActorKey(1), &one), (ActorKey(2), &other)]);
    assert_eq!(gazetteer.named("cafe\u{301} noir"), [ActorKey(1), ActorKey(2)]);
    gazetteer.remove(ActorKey(1));
    assert_eq!(gazetteer.named("café noir"), [ActorKey(2)]);
    assert_eq!(gazetteer.named("the noir"), []);
    gazetteer.insert(ActorKey(2), &one);
    assert_eq!(gazetteer.named("thé"), []);
}

#[test]
fn a_merged_record_counts_for_its_target() {
    let spanned = |value: &str| Spanned::new(value.to_owned(), ByteRange::default());
    let mut own = record("own", "Company", &["Harbour Works"]);
    own.countries.push(spanned("FR"));
    own.not.push(spanned("other"));
    let mut merged = record("merged", "Company", &["Travaux du Port", "港口公司"]);
    merged.merged_into = Some(spanned("own"));
    merged.countries.push(spanned("CN"));
    let other = record("other", "Person", &["Ann Lee"]);
    let (one, two) = (ActorKey(4), ActorKey(1));
    let mut gazetteer = Gazetteer::build([(one, &own), (two, &other), (one, &merged)]);
    for name in ["harbour works", "Travaux du port", "港口公司"] {
        assert_eq!(gazetteer.named(name), [one], "{name}");
    }
    assert_eq!(gazetteer.countries(one).iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["cn", "fr"]);
    assert!(gazetteer.is_never(one, two) && !gazetteer.is_never(two, one));
    assert_eq!(gazetteer.never(one).collect::<Vec<_>>(), [two]);
    assert!(gazetteer.is_person(two) && !gazetteer.is_person(one));
    gazetteer.remove(one);
    for name in ["harbour works", "Travaux du port", "港口公司"] {
        assert_eq!(gazetteer.named(name), [], "{name}");
    }
    assert_eq!(gazetteer.named("Ann Lee"), [two]);
}

#[test]
fn a_form_that_follows_from_a_name_shares_its_letters() {
    let one = record("one", "Organization", &["The Washington Post"]);
    let gazetteer = Gazetteer::build([(ActorKey(0), &one)]);
    assert_eq!(gazetteer.named("Washington Post"), [ActorKey(0)]);
    assert_eq!(gazetteer.letters, "The Washington Post");
}

/// Records whose names share words, nodes and actors: full names, family names, abbreviations, merged records.
fn many_records(n_records: u64) -> Vec<(ActorKey, Record)> {
    let mut seed = 7u64;
    let mut pick = |list: &[&'static str]| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *list.get((seed >> 33) as usize % list.len()).unwrap()
    };
    let mut records = Vec::new();
    for at in 0..n_records {
        let person = at % 3 == 0;
        let mut name = || match at % 3 {
            0 => format!("{} {}", pick(&["Ana", "Bo", "Éva", "The"]), pick(&["Marlot", "van Tessel", "O'Dray", "May"])),
            1 => format!("The {} {} Works", pick(&["Harbour", "Northern", "NYX"]), pick(&["Glass", "Rail", "Post"])),
            _ => format!("{}{}", pick(&["港口", "北方", "玻璃"]), pick(&["公司", "集团", "报"])),
        };
        let names: Vec<String> = (0..3).map(|_| name()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let schema = if person { "Person" } else { "Company" };
        let mut record = record(&format!("actor-{}", if at % 90 == 89 { at - 1 } else { at }), schema, &names);
        if at % 50 == 49 {
            record.merged_into = Some(Spanned::new("actor-3".to_owned(), ByteRange::default()));
        }
        let key = u32::try_from(if at % 70 == 69 { at - 1 } else { at }).unwrap();
        records.push((ActorKey(key), record));
    }
    records
}

fn built(records: &[(ActorKey, Record)]) -> Gazetteer {
    Gazetteer::build(records.iter().map(|(actor, record)| (*actor, record)))
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let records = many_records(3_000);
    let with = |n_threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
        format!("{:?}", pool.install(|| built(&records)))
    };
    let one = with(1);
    assert!(one == with(2) && one == with(7));
}

/// All names of all nodes, by node, in the order in which they are read.
fn nodes_of(gazetteer: &Gazetteer) -> Vec<String> {
    let name = |name: NameView<'_>| (name.text.to_owned(), name.actor, name.kind, name.strength, name.flags);
    let nodes = gazetteer.nodes.iter();
    nodes
        .map(|node| {
            let is_root = has_bits(&gazetteer.filter, node.key);
            assert!(is_root || node.below & ROOT == 0, "{node:?}");
            let names: Vec<_> = gazetteer.names_at(node).take(64).map(name).collect();
            format!("{} {:x} {names:?}", node.key, node.below)
        })
        .collect()
}

#[test]
fn compiled_together_names_are_as_if_they_had_come_one_by_one() {
    for n_records in [6, 40, 300, 2_000] {
        let records = many_records(n_records);
        let together = built(&records);
        let mut one_by_one = Gazetteer::default();
        let mut last: Vec<(ActorKey, Record)> = Vec::new();
        for (actor, record) in &records {
            // Of two records with the same key, the later one replaces the first when they come one by one.
            last.retain(|(known, _)| known != actor);
            last.push((*actor, record.clone()));
            one_by_one.insert(*actor, record);
        }
        let together = if last.len() == records.len() { together } else { built(&last) };
        assert_eq!(nodes_of(&together), nodes_of(&one_by_one), "{n_records}");
        assert_eq!(together.n_roots, one_by_one.n_roots);
    }
}
