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
