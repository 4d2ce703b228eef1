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
    Record {
        id: spanned(id.to_owned()),
        range: ByteRange::default(),
        schema: Some(spanned(schema.to_owned())),
        names: names
            .map(|(at, text)| RecordName { text: spanned((*text).to_owned()), lang: None, kind: kind(at), case: None })
            .collect(),
        countries: Vec::new(),
        topics: Vec::new(),
        facts: Vec::new(),
        relations: Vec::new(),
        not: Vec::new(),
        merged_into: None,
        prose: spanned(String::new()),
    }
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
