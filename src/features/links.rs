//! What can be clicked on: addresses, archived copies, `[[links]]` to records.

use crate::analysis::citations::CitationTarget;
use crate::corpus::document::Content;
use crate::corpus::{Document, Snapshot};
use crate::model::FileId;
use crate::text::ByteRange;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// An address of the web.
    Address(String),
    /// A file of the workspace, by its path.
    File(String),
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Bytes in the file.
    pub range: ByteRange,
    /// Where it leads.
    pub target: LinkTarget,
    /// What is there.
    pub about: String,
}

/// The links of a file, in order.
#[must_use]
pub fn links(snapshot: &Snapshot, file: FileId) -> Vec<Link> {
    let Some(document) = snapshot.document(file) else { return Vec::new() };
    let mut links = Vec::new();
    match &document.content {
        Content::Text => {
            for (base, citation) in document.citations() {
                if let CitationTarget::Url(url) = &citation.target {
                    links.extend(address(citation.range.shifted(base), url));
                }
            }
            wiki_links(snapshot, document, &mut links);
        }
        Content::References(references) => {
            for reference in references.iter() {
                links.extend(reference.url.iter().filter_map(|url| address(url.range, &url.value)));
                let copy = reference.copy.as_ref().filter(|copy| snapshot.file(&copy.file.value).is_some());
                links.extend(copy.map(|copy| Link {
                    range: copy.file.range,
                    target: LinkTarget::File(copy.file.value.clone()),
                    about: "the archived copy".to_owned(),
                }));
            }
        }
        Content::Records(records) => {
            let facts = records.iter().flat_map(|record| &record.facts);
            links.extend(facts.filter_map(|fact| address(fact.value.range, &fact.value.value)));
        }
        Content::Annotations(_) | Content::Configuration => (),
    }
    links.retain(|link| !link.range.is_empty());
    links.sort_by_key(|link| link.range);
    links.dedup_by_key(|link| link.range);
    links
}

fn address(range: ByteRange, url: &str) -> Option<Link> {
    let is_web = ["http://", "https://"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme)));
    is_web.then(|| Link { range, target: LinkTarget::Address(url.to_owned()), about: String::new() })
}

/// `[[id]]`, `[[id|words]]` and `[[id#heading]]`, as Obsidian and its kin write them.
fn wiki_links(snapshot: &Snapshot, document: &Document, links: &mut Vec<Link>) {
    for block in document.blocks() {
        let text = document.buffer.slice(block.range);
        for (at, _) in text.match_indices("[[") {
            let rest = text.get(at + 2..).unwrap_or_default();
            let Some((inner, _)) = rest.split_once("]]").filter(|(inner, _)| !inner.contains(['\n', '['])) else {
                continue;
            };
            let id = inner.split(['|', '#']).next().unwrap_or_default().trim();
            let Some(actor) = snapshot.registry.actor_by_id(id) else { continue };
            let start = block.range.start as usize + at + 2;
            links.push(Link {
                range: ByteRange::new(start, start + inner.len()),
                target: LinkTarget::File(snapshot.path(actor.file).to_owned()),
                about: actor.record.caption().to_owned(),
            });
        }
    }
}
