//! The view model of a hover: plain parts that render to Markdown or to plain text.

use crate::text::ByteRange;

/// What a hover shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What the card is about: bytes in the hovered file.
    pub range: ByteRange,
    /// Its parts from top to bottom.
    pub parts: Vec<Part>,
}

/// A part of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Strong words and what follows them in the same line.
    Title(String, String),
    /// A paragraph, as plain text.
    Text(String),
    /// The user's own Markdown.
    Prose(String),
    /// A list: each item a label (may be empty) and a text.
    List(Vec<(String, String)>),
    /// Somebody's words.
    Quote(String),
    /// A line between sections.
    Rule,
}

impl Card {
    /// The card as Markdown, without HTML and tables (clients differ in both); plain text in it is escaped.
    #[must_use]
    pub fn markdown(&self) -> String {
        let parts = self.parts.iter().map(|part| match part {
            Part::Title(strong, rest) if rest.is_empty() => format!("**{}**", escaped(strong)),
            Part::Title(strong, rest) => format!("**{}** — {}", escaped(strong), escaped(rest)),
            Part::Text(text) => escaped(text),
            Part::Prose(markdown) => markdown.trim().to_owned(),
            Part::List(items) => {
                let items = items.iter().map(|(label, text)| match label.as_str() {
                    "" => format!("- {}", escaped(text)),
                    label => format!("- *{}*: {}", escaped(label), escaped(text)),
                });
                items.collect::<Vec<_>>().join("\n")
            }
            Part::Quote(text) => text.lines().map(|line| format!("> {}", escaped(line))).collect::<Vec<_>>().join("\n"),
            Part::Rule => "---".to_owned(),
        });
        parts.collect::<Vec<_>>().join("\n\n")
    }

    /// The card as plain text.
    #[must_use]
    pub fn plain(&self) -> String {
        let parts = self.parts.iter().map(|part| match part {
            Part::Title(strong, rest) if rest.is_empty() => strong.clone(),
            Part::Title(strong, rest) => format!("{strong} — {rest}"),
            Part::Text(text) | Part::Prose(text) => text.trim().to_owned(),
            Part::List(items) => {
                let items = items.iter().map(|(label, text)| match label.as_str() {
                    "" => format!("- {text}"),
                    label => format!("- {label}: {text}"),
                });
                items.collect::<Vec<_>>().join("\n")
            }
            Part::Quote(text) => text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n"),
            Part::Rule => "----".to_owned(),
        });
        parts.collect::<Vec<_>>().join("\n\n")
    }
}

/// Plain text as Markdown: what would be markup is escaped, line ends become spaces.
///
/// Nothing else is: several editors show Markdown as it is written, with every backslash.
fn escaped(text: &str) -> String {
    let text = text.trim();
    let mut markdown = String::with_capacity(text.len());
    let mut before = None;
    let mut signs = text.chars().peekable();
    while let Some(char) = signs.next() {
        let after = signs.peek().copied();
        let inside_word = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
        let is_markup = match char {
            '\\' | '`' | '*' | '<' | '|' | '~' | '$' => true,
            '_' => !(inside_word(before) && inside_word(after)),
            '&' => inside_word(after) || after == Some('#'),
            // Brackets alone are no link, but a link's text and the end of one are.
            ']' => matches!(after, Some('(' | '[' | ':')),
            '[' | '#' | '+' | '-' | '>' => before.is_none(),
            _ => false,
        };
        if is_markup {
            markdown.push('\\');
        }
        markdown.push(if matches!(char, '\n' | '\r') { ' ' } else { char });
        before = Some(char);
    }
    markdown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_cannot_become_markup() {
        let card = Card {
            range: ByteRange::default(),
            parts: vec![
                Part::Title("A*B".to_owned(), "Company <script>".to_owned()),
                Part::List(vec![("owned by".to_owned(), "x_y [z]".to_owned()), (String::new(), "# no".to_owned())]),
                Part::Quote("one\ntwo".to_owned()),
            ],
        };
        assert_eq!(
            card.markdown(),
            "**A\\*B** — Company \\<script>\n\n- *owned by*: x_y [z]\n- \\# no\n\n> one\n> two"
        );
        assert_eq!(card.plain(), "A*B — Company <script>\n\n- owned by: x_y [z]\n- # no\n\n  one\n  two");
    }
    #[test]
    fn only_what_would_be_markup_is_escaped() {
        let same = ["owns: it [wapo-2024, para. 14]", "« snake_case » & co", "人民日报 [人民网]", "l’accord [n° 3]."];
        for text in same {
            assert_eq!(escaped(text), text);
        }
        assert_eq!(escaped("[x] done"), r"\[x] done");
        assert_eq!(escaped("see [a](https://example.org) or [b][c]"), r"see [a\](https://example.org) or [b\][c]");
        assert_eq!(escaped("_so_ &lt; AT&T"), r"\_so\_ \&lt; AT\&T");
    }
}
