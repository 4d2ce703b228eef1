//! Verdicts as ClaimReview of schema.org, a JSON object a line.

use super::w3c::{Decided, iri};
use crate::corpus::Snapshot;
use crate::model::annotation::{Decision, Verdict};
use crate::model::bibliography::Reference;
use crate::text::ByteRange;
use serde_json::{Map, Value, json};

/// The verdicts about checked claims: verified and disputed ones.
#[must_use]
pub fn lines(snapshot: &Snapshot, all: &[Decided<'_>]) -> Vec<String> {
    let mut lines = Vec::new();
    for decided in all {
        let place = |range: ByteRange| decided.text?.placed().iter().find(|it| it.annotation.range == range)?.range;
        for (annotation, _) in &decided.lines {
            let Decision::Assessed { verdict, reason } = &annotation.decision else { continue };
            let rating = match verdict {
                Verdict::Verified => "Verified",
                Verdict::Disputed => "Disputed",
                // Nothing was checked.
                Verdict::WillNotCite => continue,
            };
            let here = place(annotation.range);
            let backing = decided.lines.iter().filter_map(|(other, _)| {
                let there = place(other.range);
                let is_here = here.zip(there).is_some_and(|(here, there)| here.overlaps(there));
                other.decision.key().filter(|_| is_here).and_then(|key| snapshot.registry.reference(&key.value))
            });
            let citations: Vec<Value> = backing.map(|entry| work(&entry.reference)).collect();
            let mut review = Map::new();
            review.insert("@context".to_owned(), json!("https://schema.org"));
            review.insert("@type".to_owned(), json!("ClaimReview"));
            if annotation.id.contains(':') {
                review.insert("@id".to_owned(), json!(annotation.id));
            }
            let date = annotation.created.as_deref().and_then(|it| it.get(..10));
            review.extend(date.map(|date| ("datePublished".to_owned(), json!(date))));
            let author = annotation.creator.as_ref().map(|name| json!({ "@type": "Person", "name": name }));
            review.extend(author.map(|author| ("author".to_owned(), author)));
            review.insert("claimReviewed".to_owned(), json!(annotation.anchor.exact));
            let rating = json!({ "@type": "Rating", "alternateName": rating });
            review.insert("reviewRating".to_owned(), rating);
            let mut copies = snapshot.registry.references();
            let source =
                copies.find(|it| it.reference.copy.as_ref().is_some_and(|copy| copy.file.value == decided.path));
            let appearance = source.map_or_else(
                || json!({ "@type": "CreativeWork", "@id": iri(decided.path), "name": decided.path }),
                |entry| work(&entry.reference),
            );
            review.insert("itemReviewed".to_owned(), json!({ "@type": "Claim", "appearance": appearance }));
            review.extend(reason.as_ref().map(|reason| ("reviewBody".to_owned(), json!(reason))));
            if !citations.is_empty() {
                review.insert("citation".to_owned(), Value::Array(citations));
            }
            lines.push(Value::Object(review).to_string());
        }
    }
    lines
}

/// A reference as a work.
fn work(reference: &Reference) -> Value {
    let mut work = Map::new();
    work.insert("@type".to_owned(), json!("CreativeWork"));
    let title = reference.title.as_ref().map_or(&reference.key.value, |title| &title.value);
    work.insert("name".to_owned(), json!(title));
    work.extend(reference.url.as_ref().map(|url| ("url".to_owned(), json!(url.value))));
    work.extend(reference.issued.as_ref().map(|date| ("datePublished".to_owned(), json!(date))));
    Value::Object(work)
}
