use super::*;

const LINES: &[&str] = &[
    r#"{"id":"q1","caption":"Acme Works","schema":"Company","properties":{"name":["Acme Works"],"alias":["\u4eba\u6c11\u6570\u636e", "L'Œuvre \"Acme\""],"country":["fr"]},"datasets":["x"],"n":[1.5,true,null,{"a":[]}]}"#,
    r#"{"id":"q2","schema":"Person","properties":{"weakAlias":["J. Doe"],"name":["Jane Doe"]}}"#,
    r#"{"id":"q3","schema":"Address","properties":{"name":["Jane Doe"]}}"#,
    r#"{"id":"q4","schema":"Person","properties":{"name":["JANE  DOE"]}}"#,
    r#"{"id":"broken","schema":"Person","properties":{"name":["Jane Doe"#,
    "",
];

fn ids(registries: &Registries, name: &str) -> Vec<String> {
    registries.lookup(name).filter_map(|entity| registries.card(entity)).map(|card| card.id.to_owned()).collect()
}

#[test]
fn entities_are_known_by_every_name_however_it_is_written() {
    let registries = Registries::build("lists/a.jsonl", LINES.iter().copied());
    assert_eq!(registries.len(), 3);
    assert_eq!(ids(&registries, "jane doe"), ["q2", "q4"]);
    assert_eq!(ids(&registries, "人民数据"), ["q1"]);
    assert_eq!(ids(&registries, "人民數據"), ["q1"]);
    assert_eq!(ids(&registries, "L’Œuvre Acme"), ["q1"]);
    assert_eq!(ids(&registries, "J. Doe"), ["q2"]);
    assert!(ids(&registries, "Doe").is_empty());
    assert!(ids(&registries, "").is_empty());
    let (card, n_others) = registries.known("Acme works").unwrap();
    assert_eq!((card.caption, card.schema, card.list, n_others), ("Acme Works", "Company", "lists/a.jsonl", 0));
    let (card, n_others) = registries.known("Jane Doe").unwrap();
    assert_eq!((card.caption, card.offset, n_others), ("Jane Doe", LINES[0].len() as u64 + 1, 1));
}

#[test]
fn surrogates_become_one_character() {
    let line = r#"{"id":"a","schema":"Company","properties":{"name":["Fox \ud83e\udd8a \ud83e Ltd"]}}"#;
    let registries = Registries::build("a", [line]);
    assert_eq!(registries.known("fox ltd").unwrap().0.caption, "Fox 🦊  Ltd");
}
