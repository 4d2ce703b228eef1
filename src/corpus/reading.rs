//! Files that are no texts, read by the rules of their format ahead of the writer: on any thread.

use super::document::Content;
use crate::model::{Finding, Role, annotation, bibliography, record};
use crate::text::buffer::Buffer;
use std::sync::Arc;

/// What a file of records, references or decisions says.
#[derive(Clone, Debug)]
pub struct Reading {
    pub(super) path: String,
    pub(super) role: Role,
    pub(super) buffer: Buffer,
    pub(super) content: Content,
    pub(super) findings: Arc<[Finding]>,
}

impl Reading {
    /// Reads a file; texts and the configuration are given back, because the writer looks at them itself.
    pub fn new(path: String, role: Role, text: String) -> Result<Reading, (String, String)> {
        let Some((content, findings)) = understand(&path, role, &text) else { return Err((path, text)) };
        let mut buffer = Buffer::whole(&text);
        buffer.pack();
        Ok(Reading { path, role, buffer, content, findings })
    }

    /// Its workspace path.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// What a file of records, references or decisions says, and what is wrong with it; nothing for others.
pub(super) fn understand(path: &str, role: Role, text: &str) -> Option<(Content, Arc<[Finding]>)> {
    Some(match role {
        Role::Record => {
            let (records, findings) = record::read(path, text);
            (Content::Records(records.into_iter().map(Arc::new).collect()), findings.into())
        }
        Role::Bibliography => {
            let (references, findings) = bibliography::read(path, text);
            (Content::References(references.into_iter().map(Arc::new).collect()), findings.into())
        }
        Role::Annotations => {
            let (annotations, findings) = annotation::read(text);
            (Content::Annotations(annotations.into_iter().map(Arc::new).collect()), findings.into())
        }
        Role::Configuration | Role::Source | Role::Note => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Change, Corpus};

    const RECORD: &str = "---\nid: port\nname: Port Authority\naliases: [Autorité du port, 港务局]\nodd: 1\n---\n";
    const REFERENCES: &str = "- id: lee2020\n  type: book\n  title: The Harbour\n";

    fn read(path: &str, role: Role, text: &str) -> Change {
        Change::Read(Box::new(Reading::new(path.to_owned(), role, text.to_owned()).unwrap()))
    }

    /// What a corpus knows of a file.
    fn known(corpus: &mut Corpus, path: &str) -> String {
        let snapshot = corpus.snapshot();
        let document = snapshot.document_at(path).unwrap();
        let names = ["Port Authority", "autorite du port", "港务局"].map(|name| snapshot.registry.bearers(name).len());
        let key = snapshot.registry.reference("lee2020").map(|it| it.file);
        format!("{:?} {:?} {:?} {names:?} {key:?}", document.buffer.text(), document.content, document.reading)
    }

    #[test]
    fn what_was_read_ahead_is_what_the_writer_reads() {
        for (path, role, text) in [
            ("actors/port.md", Role::Record, RECORD),
            ("references.yaml", Role::Bibliography, REFERENCES),
            ("annotations/corpus/a.txt.jsonl", Role::Annotations, "{\"id\": 7}\n"),
        ] {
            let (mut ahead, mut own) = (Corpus::new(), Corpus::new());
            ahead.apply(read(path, role, text)).unwrap();
            own.apply(Change::Loaded { path: path.to_owned(), text: text.to_owned() }).unwrap();
            assert_eq!(known(&mut ahead, path), known(&mut own, path));
            // The same again changes nothing, other words do.
            let before = ahead.snapshot();
            ahead.apply(read(path, role, text)).unwrap();
            assert!(Arc::ptr_eq(&before.registry, &ahead.snapshot().registry));
            ahead.apply(read(path, role, "")).unwrap();
            own.apply(Change::Loaded { path: path.to_owned(), text: String::new() }).unwrap();
            assert_eq!(known(&mut ahead, path), known(&mut own, path));
        }
    }

    #[test]
    fn an_open_file_is_not_taken_from_disk() {
        let mut corpus = Corpus::new();
        let path = "actors/port.md".to_owned();
        corpus.apply(Change::Opened { path: path.clone(), text: RECORD.to_owned(), version: 3 }).unwrap();
        corpus.apply(read(&path, Role::Record, "---\nname: Other\n---\n")).unwrap();
        assert_eq!(corpus.snapshot().document_at(&path).unwrap().buffer.text(), RECORD);
    }

    #[test]
    fn a_file_that_means_something_else_by_now_is_read_as_that() {
        let mut corpus = Corpus::new();
        corpus.apply(read("corpus/a.txt", Role::Record, "name: Port Authority\n")).unwrap();
        let snapshot = corpus.snapshot();
        let document = snapshot.document_at("corpus/a.txt").unwrap();
        assert!(matches!(document.content, Content::Text) && document.role == Role::Source);
        assert_eq!(snapshot.registry.actors().count(), 0);
    }

    #[test]
    fn texts_are_given_back() {
        for role in [Role::Source, Role::Note, Role::Configuration] {
            let given_back = Reading::new("a".to_owned(), role, "b".to_owned()).unwrap_err();
            assert_eq!(given_back, ("a".to_owned(), "b".to_owned()));
        }
    }
}
