//! A reference in words.

use super::Reference;

/// So many authors are named before the rest become “et al.”
const MOST_AUTHORS: usize = 6;

impl Reference {
    /// The reference in words, for a card: authors, year, title, container, publisher, address.
    #[must_use]
    pub fn formatted(&self) -> String {
        let mut words = String::new();
        let date = self.issued.as_ref().map(|date| format!("({date})"));
        let title = self.title.as_ref().map(|title| title.value.clone());
        if self.authors.is_empty() {
            let head = Some(title.unwrap_or_else(|| self.key.value.clone()));
            sentence(&mut words, [head, date].into_iter().flatten().collect::<Vec<_>>().join(" "));
        } else {
            let mut authors = self.authors.iter().take(MOST_AUTHORS).cloned().collect::<Vec<_>>().join("; ");
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
