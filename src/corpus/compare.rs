//! What has really changed, so that little is done again.

use crate::model::options::Options;
use crate::model::record;
use crate::text::ByteRange;
use std::sync::Arc;

/// Whether two sets of options read the same files.
pub(super) fn same_layout(a: &Options, b: &Options) -> bool {
    let layout = |it: &Options| {
        let lists = [&it.sources, &it.notes, &it.exclude, &it.actors, &it.registries, &it.references];
        (lists.map(Clone::clone), it.annotations.clone())
    };
    layout(a) == layout(b)
}

/// Whether the gazetteer may stay as it is: names, types, relations and redirects are the same, wherever they stand.
pub(super) fn same_names(old: &[Arc<record::Record>], new: &[Arc<record::Record>]) -> bool {
    let names = |record: &record::Record| {
        let names: Vec<_> = record
            .names
            .iter()
            .map(|it| (it.text.value.to_owned(), it.lang.map(str::to_owned), it.kind, it.case))
            .collect();
        let others: Vec<_> = record.relations.iter().map(|it| it.other.value.clone()).collect();
        let not: Vec<_> = record.not.iter().map(|it| it.value.clone()).collect();
        let schema = record.schema.as_ref().map(|it| it.value.clone());
        let merged = record.merged_into.as_ref().map(|it| it.value.clone());
        let countries: Vec<_> = record.countries.iter().map(|it| it.value.clone()).collect();
        (record.id.value.clone(), names, others, not, schema, merged, countries)
    };
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| names(old) == names(new))
}

/// What really changed when a client sends the whole text: so that a formatter or a `git checkout` costs little.
pub(super) fn narrowed<'n>(old: &str, new: &'n str) -> (ByteRange, &'n str) {
    let mut prefix = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    while !(old.is_char_boundary(prefix) && new.is_char_boundary(prefix)) {
        prefix -= 1;
    }
    let rest = old.len().min(new.len()) - prefix;
    let mut suffix = old.bytes().rev().zip(new.bytes().rev()).take(rest).take_while(|(a, b)| a == b).count();
    while !(old.is_char_boundary(old.len() - suffix) && new.is_char_boundary(new.len() - suffix)) {
        suffix -= 1;
    }
    let with = new.get(prefix..new.len() - suffix).unwrap_or_default();
    (ByteRange::new(prefix, old.len() - suffix), with)
}
