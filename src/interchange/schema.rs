//! What FollowTheMoney allows: its schemata, their properties and the type of each.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The table, derived from the official package.
const TABLE: &str = include_str!("schemata.txt");

/// The type of a property's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Address,
    Country,
    Date,
    Email,
    /// The id of another entity.
    Entity,
    Gender,
    Identifier,
    Language,
    Name,
    Number,
    Phone,
    String,
    Text,
    Topic,
    Url,
}

/// A property of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Property {
    /// The type of its values.
    pub(super) kind: Kind,
    /// Where its values are entities: the schema that they must have.
    pub(super) range: Option<&'static str>,
}

/// A schema with its own properties; those of what it extends are looked up there.
#[derive(Debug)]
struct Schema {
    name: &'static str,
    /// Whether an entity may have this schema itself.
    concrete: bool,
    extends: Vec<&'static str>,
    properties: BTreeMap<&'static str, Property>,
}

/// The property of a schema, its own or inherited.
pub(super) fn property(schema: &str, name: &str) -> Option<Property> {
    let schema = find(schema)?;
    let inherited = || schema.extends.iter().find_map(|parent| property(parent, name));
    schema.properties.get(name).copied().or_else(inherited)
}

/// Whether a schema is another one, or extends it.
pub(super) fn is_a(schema: &str, ancestor: &str) -> bool {
    schema == ancestor || find(schema).is_some_and(|it| it.extends.iter().any(|parent| is_a(parent, ancestor)))
}

/// The schema of that name, if it is a thing and an entity may have it.
pub(super) fn of_things(name: &str) -> Option<&'static str> {
    find(name).filter(|schema| schema.concrete && is_a(name, "Thing")).map(|schema| schema.name)
}

fn find(name: &str) -> Option<&'static Schema> {
    static SCHEMATA: OnceLock<BTreeMap<&str, Schema>> = OnceLock::new();
    let schemata = SCHEMATA.get_or_init(|| {
        TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(parse).map(|it| (it.name, it)).collect()
    });
    schemata.get(name)
}

fn parse(line: &'static str) -> Option<Schema> {
    let (head, types) = line.split_once(" | ").or_else(|| Some((line.trim_end_matches(" |"), "")))?;
    let (name, extends) = head.split_once(" <")?;
    let concrete = !name.starts_with('*');
    let mut properties = BTreeMap::new();
    for list in types.split("; ") {
        let mut words = list.split_whitespace();
        let Some(kind) = words.next().and_then(kind) else { continue };
        for word in words {
            let (name, range) = word.split_once(':').map_or((word, None), |(name, range)| (name, Some(range)));
            properties.insert(name, Property { kind, range });
        }
    }
    let extends = extends.split_whitespace().collect();
    Some(Schema { name: name.trim_start_matches('*'), concrete, extends, properties })
}

fn kind(word: &str) -> Option<Kind> {
    Some(match word {
        "address" => Kind::Address,
        "country" => Kind::Country,
        "date" => Kind::Date,
        "email" => Kind::Email,
        "entity" => Kind::Entity,
        "gender" => Kind::Gender,
        "identifier" => Kind::Identifier,
        "language" => Kind::Language,
        "name" => Kind::Name,
        "number" => Kind::Number,
        "phone" => Kind::Phone,
        "string" => Kind::String,
        "text" => Kind::Text,
        "topic" => Kind::Topic,
        "url" => Kind::Url,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::vocabulary::EDGES;

    #[test]
    fn properties_are_inherited() {
        let owner = Property { kind: Kind::Entity, range: Some("LegalEntity") };
        assert_eq!(property("Ownership", "owner"), Some(owner));
        assert_eq!(property("Company", "name").map(|it| it.kind), Some(Kind::Name));
        assert_eq!(property("PublicBody", "website").map(|it| it.kind), Some(Kind::Url));
        assert_eq!(property("Project", "website"), None);
        assert!(is_a("Company", "Asset") && is_a("PublicBody", "LegalEntity") && !is_a("Organization", "Asset"));
        assert_eq!((of_things("Company"), of_things("Thing"), of_things("Sanction")), (Some("Company"), None, None));
    }

    #[test]
    fn every_edge_and_its_roles_are_in_the_table() {
        for edge in EDGES {
            for role in edge.roles() {
                assert!(property(edge.name, role).is_some_and(|it| it.range.is_some()), "{} {role}", edge.name);
            }
        }
    }
}
