//! A reference in plain words, for where no CSL processor can write it.

use super::{Person, Reference};
use std::fmt;

/// So many authors are named before the rest become “et al.”
const MOST_AUTHORS: usize = 6;

impl fmt::Display for Person {
    /// `Family, Given`, or the one name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.family)?;
        for part in [&self.given, &self.suffix].into_iter().flatten() {
            let comma = if self.family.is_empty() { "" } else { ", " };
            write!(f, "{comma}{part}")?;
        }
        Ok(())
    }
}

impl Reference {
    /// Authors, year, title, container, publisher, address, in this order.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut words = String::new();
        let date = self.issued.as_ref().map(|date| format!("({date})"));
        let title = self.title.as_ref().map(|title| title.value.clone());
        if self.authors.is_empty() {
            let head = Some(title.unwrap_or_else(|| self.key.value.clone()));
            sentence(&mut words, [head, date].into_iter().flatten().collect::<Vec<_>>().join(" "));
        } else {
            let authors: Vec<String> = self.authors.iter().take(MOST_AUTHORS).map(Person::to_string).collect();
            let mut authors = authors.join("; ");
            if MOST_AUTHORS < self.authors.len() {
                authors.push_str(" et al.");
            }
            sentence(&mut words, [Some(authors), date].into_iter().flatten().collect::<Vec<_>>().join(" "));
            sentence(&mut words, title.unwrap_or_default());
        }
        sentence(&mut words, self.container_title.clone().unwrap_or_default());
        let publisher = self.publisher.as_ref().map(|it| it.value.clone());
        sentence(&mut words, publisher.filter(|it| self.container_title.as_ref() != Some(it)).unwrap_or_default());
        if let Some(url) = &self.url {
            words.push_str(if words.is_empty() { "" } else { " " });
            words.push_str(&url.value);
        }
        words
    }
}

/// Adds a part on one line, with a full stop where none of its own ends it.
fn sentence(words: &mut String, part: String) {
    let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
    if part.is_empty() {
        return;
    }
    words.push_str(if words.is_empty() { "" } else { " " });
    words.push_str(&part);
    if !part.ends_with(['.', '?', '!', '…', '。', '？', '！']) {
        words.push('.');
    }
}
