//! A reference in words, as a CSL processor writes it.
//!
//! The style and its terms are `card.csl`. The program holds the same as JSON (`card.json`, made by a test), because the
//! code that reads XML is as large as all the rest of the processor.

mod item;

#[cfg(test)]
mod tests;

use super::Reference;
use citationberg::{IndependentStyle, LocaleCode};
use hayagriva::{BibliographyDriver, BibliographyRequest, BufWriteFormat, CitationItem, CitationRequest};
use serde::Deserialize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

/// The languages that the style has terms for; others have the first one's.
const LANGUAGES: [&str; 3] = ["en", "fr", "zh"];

/// The style; `None` never happens with the file that is compiled in.
static STYLE: LazyLock<Option<IndependentStyle>> = LazyLock::new(|| {
    let style: serde_json::Value = serde_json::from_str(include_str!("card.json")).ok()?;
    IndependentStyle::deserialize(style).ok()
});

impl Reference {
    /// The language of the words that a card adds to the reference: its own, else that of the text that cites it.
    #[must_use]
    pub fn card_language(&self, of_text: &str) -> &'static str {
        let own = self.language.as_deref().and_then(known);
        own.or_else(|| known(of_text)).unwrap_or_else(|| LANGUAGES.first().copied().unwrap_or_default())
    }

    /// The reference in words, for a card: as the CSL processor writes it, else, where it cannot, in a plain form.
    #[must_use]
    pub fn formatted(&self, language: &'static str) -> String {
        self.by_processor(language).filter(|words| !words.is_empty()).unwrap_or_else(|| self.plain())
    }

    fn by_processor(&self, language: &'static str) -> Option<String> {
        let style = STYLE.as_ref()?;
        let item = item::of(self)?;
        let locale = || Some(LocaleCode(language.to_owned()));
        // No entry is known to upset the processor; should there be one, it costs the form and not the answer.
        let words = catch_unwind(AssertUnwindSafe(|| {
            let mut driver = BibliographyDriver::new();
            let items = vec![CitationItem::with_entry(&item)];
            driver.citation(CitationRequest::new(items, style, locale(), &[], None));
            let rendered = driver.finish(BibliographyRequest { style, locale: locale(), locale_files: &[] });
            let entry = rendered.bibliography?.items.into_iter().next()?;
            let mut words = String::new();
            entry.content.write_buf(&mut words, BufWriteFormat::Plain).ok()?;
            Some(words)
        }));
        words.ok().flatten().map(|words| without_double_stops(&words))
    }
}

/// The language of a tag (`fr-CA`) or of a name as BibLaTeX has it (`french`), if the style has terms for it.
fn known(tag: &str) -> Option<&'static str> {
    let tag = tag.trim().to_lowercase();
    let first = tag.split(['-', '_']).next().unwrap_or_default();
    match first {
        "english" | "american" | "british" | "usenglish" | "ukenglish" | "eng" => Some("en"),
        "french" | "français" | "francais" | "canadien" | "fra" | "fre" => Some("fr"),
        "chinese" | "中文" | "汉语" | "zho" | "chi" => Some("zh"),
        short => LANGUAGES.into_iter().find(|language| *language == short),
    }
}

/// One line; where a part ends with a mark of its own, the style's full stop behind it is left out.
fn without_double_stops(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        line.push_str(if line.is_empty() { "" } else { " " });
        let own = word.strip_suffix('.').filter(|own| own.ends_with(['?', '!', '…', '。', '？', '！', '.']));
        // Three full stops are an ellipsis of the title.
        let own = own.filter(|own| word.ends_with("....") || !own.ends_with(".."));
        line.push_str(own.unwrap_or(word));
    }
    line
}
