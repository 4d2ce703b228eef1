//! Citations: Pandoc's grammar, footnotes, Markdown links, bare URLs, and explicit markers.

mod grammar;
mod mask;

#[cfg(test)]
mod tests;

use crate::text::ByteRange;
use memchr::memchr3;

pub use grammar::{key_at, locator};

use mask::Mask;

/// A pointer from a text to a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The whole citation: `[@key, p. 3]`'s one item, a link, a marker. Bytes from the start of the block.
    pub range: ByteRange,
    /// What it points to.
    pub target: CitationTarget,
    /// `p. 3` as written.
    pub locator: Option<String>,
}

/// What a citation points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CitationTarget {
    /// A citation key.
    Key {
        /// The key.
        key: String,
        /// The key's place, without `@` and braces. Bytes from the start of the block.
        range: ByteRange,
    },
    /// A Markdown link or bare address.
    Url(String),
    /// A reference to a footnote, by its label.
    Footnote(String),
    /// The definition of a footnote, by its label; the citations that follow in the block are its content.
    FootnoteDefinition(String),
    /// `[citation needed]`, `{{refnec}}` and their kin.
    Needed,
    /// `@key` glued to a letter or a Han character: not a citation, but probably meant as one.
    Glued(String),
}

/// Finds the citations of a block, in order. Takes time in proportion to the text, whatever is in it.
#[must_use]
pub fn read_block(text: &str) -> Vec<Citation> {
    if !has_sign(text) {
        return Vec::new();
    }
    let mut scan = Scan { text, mask: Mask::new(text), citations: Vec::new() };
    let mut at = 0;
    while let Some(next) = scan.step(at) {
        at = next;
    }
    scan.citations
}

/// Whether the text holds any sign that a citation begins with: most paragraphs do not.
fn has_sign(text: &str) -> bool {
    memchr3(b'@', b'[', b'{', text.as_bytes()).is_some()
        || text.contains("://")
        || text.contains("www.")
        || text.contains("TK")
}

/// Explicit markers, in lower case, as they stand between brackets or double braces.
const MARKERS: &[&str] = &[
    "citation needed",
    "citation nécessaire",
    "citation requise",
    "cita requerida",
    "citazione necessaria",
    "cn",
    "fact",
    "needs source",
    "ref nec",
    "refnec",
    "refsou",
    "réf. nécessaire",
    "référence nécessaire",
    "référence souhaitée",
    "source needed",
    "source nécessaire",
    "source?",
    "tk",
    "unreferenced",
    "нет источника",
    "要出典",
    "來源請求",
    "来源请求",
    "需要引用",
    "需要来源",
    "بحاجة لمصدر",
];

/// Markers in double braces that mean something else between brackets.
const ONLY_IN_BRACES: &[&str] = &["cn", "fact", "unreferenced"];

/// Whether the words between brackets ask for a source.
fn is_marker(words: &str) -> bool {
    if 64 <= words.len() {
        return false;
    }
    let words = words.trim().to_lowercase();
    MARKERS.contains(&words.as_str()) && !ONLY_IN_BRACES.contains(&words.as_str())
}

/// The longest address, label or marker that is looked for; keeps the work in proportion to the text.
const LONGEST: usize = 2_048;

struct Scan<'a> {
    text: &'a str,
    mask: Mask,
    citations: Vec<Citation>,
}

impl<'a> Scan<'a> {
    fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The text from `at` on, at most as much as one sign may need.
    fn near(&self, at: usize) -> &'a str {
        let end = (at + LONGEST).min(self.text.len());
        let end = (at..=end).rev().find(|end| self.text.is_char_boundary(*end)).unwrap_or(at);
        self.text.get(at..end).unwrap_or_default()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    fn push(&mut self, start: usize, end: usize, target: CitationTarget, locator: Option<String>) {
        self.citations.push(Citation { range: ByteRange::new(start, end), target, locator });
    }

    /// Looks at the sign at `at` and says where to go on; `None` at the end.
    fn step(&mut self, at: usize) -> Option<usize> {
        if let Some(end) = self.mask.end_of_masked(at) {
            return Some(end);
        }
        let rest = self.rest(at);
        let first = rest.chars().next()?;
        let end = match first {
            '\\' => Some(at + 1 + rest.get(1..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)),
            '[' => self.bracket(at),
            '@' => self.at_sign(at),
            '{' => self.template(at),
            '<' => self.autolink(at),
            'h' | 'H' | 'w' | 'W' => self.bare_url(at),
            'T' => self.printers_mark(at),
            _ => None,
        };
        Some(end.unwrap_or(at + first.len_utf8()))
    }

    fn bracket(&mut self, at: usize) -> Option<usize> {
        if self.rest(at).starts_with("[^") {
            return self.footnote(at);
        }
        let close = self.mask.close_of(at)?;
        let inner = self.text.get(at + 1..close)?;
        if inner.starts_with('[') && inner.ends_with(']') && self.mask.close_of(at + 1) == Some(close - 1) {
            return Some(close + 1); // A wiki link.
        }
        if let Some((address, end)) = grammar::link_destination(self.near(close + 1)) {
            let end = close + 1 + end;
            let is_image = self.before(at) == Some('!');
            if !is_image && !address.is_empty() && !address.starts_with('#') && !address.starts_with("mailto:") {
                self.push(at, end, CitationTarget::Url(address), None);
            }
            return Some(end);
        }
        if is_marker(inner) {
            self.push(at, close + 1, CitationTarget::Needed, None);
            return Some(close + 1);
        }
        if !self.mask.has_key(at) {
            return None; // Editorial brackets; what is in them is looked at like any text.
        }
        self.group(at + 1, close, None);
        Some(close + 1)
    }

    /// The items of a bracketed group. `first` is the start and the target of a key that stands before the bracket.
    fn group(&mut self, start: usize, close: usize, first: Option<(usize, CitationTarget)>) {
        let mut item_start = start;
        let mut pending = first;
        let mut suffix_start = start;
        let mut at = start;
        let mut searching = pending.is_none();
        while at <= close {
            if at < close
                && let Some(end) = self.mask.end_of_masked(at)
            {
                at = end.min(close);
                continue;
            }
            let c = if at == close { ';' } else { self.rest(at).chars().next().unwrap_or(';') };
            match c {
                ';' => {
                    let next_has_key = at < close && self.next_key(at + 1, close).is_some();
                    if at < close && !next_has_key && pending.is_some() {
                        at = close; // What follows the last key belongs to it.
                        continue;
                    }
                    if let Some((item, target)) = pending.take() {
                        let suffix = self.text.get(suffix_start..at).unwrap_or_default();
                        let bracket_end = if item < start { 1 } else { 0 };
                        let end = if at == close && bracket_end == 1 {
                            close + 1
                        } else {
                            suffix_start + suffix.trim_end().len()
                        };
                        self.push(item, end, target, locator(suffix));
                        item_start = at + 1;
                        searching = true;
                    }
                    at += 1;
                }
                '\\' => at += 1 + self.rest(at + 1).chars().next().map_or(0, char::len_utf8),
                '@' if searching && !self.is_glued(at) => match key_at(self.rest(at)) {
                    Some(key) => {
                        let prefix = self.text.get(item_start..at).unwrap_or_default();
                        let item = item_start + prefix.len() - prefix.trim_start().len();
                        let (from, to) = (at + key.start, at + key.end);
                        pending = Some((item, self.key_target(from, to)));
                        suffix_start = at + key.len;
                        at = suffix_start;
                        searching = false;
                    }
                    None => at += 1,
                },
                c => at += c.len_utf8(),
            }
        }
    }

    /// Where the next key before `close` stands.
    fn next_key(&self, start: usize, close: usize) -> Option<usize> {
        self.mask.next_key(start).filter(|at| *at < close)
    }

    fn key_target(&self, start: usize, end: usize) -> CitationTarget {
        let key = self.text.get(start..end).unwrap_or_default().to_owned();
        CitationTarget::Key { key, range: ByteRange::new(start, end) }
    }

    fn is_glued(&self, at: usize) -> bool {
        self.before(at).is_some_and(|before| before.is_alphanumeric() || before == '/')
    }

    fn at_sign(&mut self, at: usize) -> Option<usize> {
        let key = key_at(self.rest(at))?;
        let (from, to, end) = (at + key.start, at + key.end, at + key.len);
        if self.is_glued(at) {
            let before = self.before(at)?;
            let words = self.text.get(from..to)?;
            if grammar::is_meant_as_key(before, words) {
                self.push(at, end, CitationTarget::Glued(words.to_owned()), None);
            }
            return Some(end);
        }
        let start = if self.before(at) == Some('-') && !self.is_glued(at - 1) { at - 1 } else { at };
        let target = self.key_target(from, to);
        if let Some(braced) = self.rest(end).strip_prefix('{')
            && let Some(len) = braced.get(..braced.len().min(200)).and_then(|it| it.find('}'))
        {
            let locator = braced.get(..len).map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
            self.push(start, end + len + 2, target, locator);
            return Some(end + len + 2);
        }
        let blank = self.near(end);
        let open = end + blank.len() - blank.trim_start_matches([' ', '\t', '\n', '\r']).len();
        let is_locator = self.rest(open).starts_with('[') && !self.rest(open).starts_with("[^");
        if let Some(close) = self.mask.close_of(open).filter(|_| is_locator) {
            let after = self.rest(close + 1);
            let inner = self.text.get(open + 1..close).unwrap_or_default();
            if !after.starts_with(['(', '[']) && !inner.trim_start().starts_with(['@', '[']) && !is_marker(inner) {
                self.group(open + 1, close, Some((start, target)));
                return Some(close + 1);
            }
        }
        self.push(start, end, target, None);
        Some(end)
    }

    fn footnote(&mut self, at: usize) -> Option<usize> {
        let near = self.near(at + 2);
        let len = near.find(|c: char| c == ']' || c == '[' || c.is_whitespace())?;
        let label = near.get(..len).filter(|label| !label.is_empty())?.to_owned();
        let close = at + 2 + len;
        if !self.rest(close).starts_with(']') {
            return None;
        }
        let line = self.text.get(..at)?.rsplit('\n').next().unwrap_or_default();
        if self.rest(close + 1).starts_with(':') && line.trim().is_empty() {
            self.push(at, close + 2, CitationTarget::FootnoteDefinition(label), None);
            return Some(close + 2);
        }
        self.push(at, close + 1, CitationTarget::Footnote(label), None);
        Some(close + 1)
    }

    fn template(&mut self, at: usize) -> Option<usize> {
        let inner = self.near(at).strip_prefix("{{")?;
        let len = inner.find(['}', '{', '\n'])?;
        if !inner.get(len..)?.starts_with("}}") {
            return None;
        }
        let name = inner.get(..len)?.split('|').next()?.trim().to_lowercase();
        MARKERS.contains(&name.as_str()).then(|| {
            let end = at + 2 + len + 2;
            self.push(at, end, CitationTarget::Needed, None);
            end
        })
    }

    fn autolink(&mut self, at: usize) -> Option<usize> {
        let inner = self.near(at).strip_prefix('<')?;
        if !grammar::has_scheme(inner) {
            return None;
        }
        let len = inner.find(|c: char| c == '>' || c == '<' || c.is_whitespace())?;
        let address = inner.get(..len).filter(|_| inner.get(len..).is_some_and(|it| it.starts_with('>')))?;
        let end = at + len + 2;
        self.push(at, end, CitationTarget::Url(address.to_owned()), None);
        Some(end)
    }

    fn bare_url(&mut self, at: usize) -> Option<usize> {
        if self.before(at).is_some_and(|before| before.is_ascii_alphanumeric()) {
            return None;
        }
        let near = self.near(at);
        let len = grammar::url_len(near)?;
        self.push(at, at + len, CitationTarget::Url(near.get(..len)?.to_owned()), None);
        Some(at + len)
    }

    /// `TK`, the printers' “to come”, alone: not the initials of a name.
    fn printers_mark(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let len = rest.len() - rest.trim_start_matches("TK").len();
        let after = rest.get(len..)?;
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let is_inside =
            self.before(at).is_some_and(|c| is_word(c) || c == '@' || c == '#') || after.starts_with(is_word);
        let is_name = len == 2
            && after
                .strip_prefix([' ', '\u{a0}', '.', '&'])
                .is_some_and(|it| it.trim_start().starts_with(char::is_uppercase));
        if len == 0 || is_inside || is_name {
            return (0 < len).then_some(at + len);
        }
        self.push(at, at + len, CitationTarget::Needed, None);
        Some(at + len)
    }
}
