//! One entity from one line of JSON: only its id, schema, caption and names are read, everything else is skipped.
//!
//! The reader of records ([`crate::model::record`]) keeps places and reports what is wrong; this one reads millions of
//! lines that nobody edits here, and gives up on a broken one.

use crate::model::record::vocabulary::NO_ACTORS;

/// The properties of a FollowTheMoney entity that name it.
const NAMES: &[&str] = &["name", "alias", "weakAlias", "previousName", "abbreviation"];

/// What was read of a line; kept to spare allocations.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) schema: String,
    caption: String,
    pub(super) names: Vec<String>,
    word: String,
}

impl Line {
    /// Reads a line; `false` where it is no entity that may act.
    pub(super) fn read(&mut self, text: &str) -> bool {
        self.id.clear();
        self.schema.clear();
        self.caption.clear();
        self.names.clear();
        let mut json = Json { text, at: 0 };
        self.object(&mut json).is_some() && !self.id.is_empty() && !NO_ACTORS.contains(&self.schema.as_str())
    }

    /// What to call the entity.
    pub(super) fn caption(&self) -> &str {
        match self.names.first() {
            Some(name) if self.caption.is_empty() => name,
            _ => &self.caption,
        }
    }

    fn object(&mut self, json: &mut Json<'_>) -> Option<()> {
        json.take(b'{')?;
        while !json.is(b'}') {
            json.string(&mut self.word)?;
            json.take(b':')?;
            match self.word.as_str() {
                "id" if json.is(b'"') => json.string(&mut self.id)?,
                "schema" if json.is(b'"') => json.string(&mut self.schema)?,
                "caption" if json.is(b'"') => json.string(&mut self.caption)?,
                "properties" if json.is(b'{') => self.properties(json)?,
                _ => json.skip()?,
            }
            if !json.is(b'}') {
                json.take(b',')?;
            }
        }
        Some(())
    }

    fn properties(&mut self, json: &mut Json<'_>) -> Option<()> {
        json.take(b'{')?;
        while !json.is(b'}') {
            json.string(&mut self.word)?;
            json.take(b':')?;
            if NAMES.contains(&self.word.as_str()) && json.is(b'[') {
                json.take(b'[')?;
                let (is_name, n_before) = (self.word == "name", self.names.len());
                while !json.is(b']') {
                    if json.is(b'"') {
                        let mut name = String::new();
                        json.string(&mut name)?;
                        self.names.push(name);
                    } else {
                        json.skip()?;
                    }
                    if !json.is(b']') {
                        json.take(b',')?;
                    }
                }
                json.take(b']')?;
                if is_name {
                    // What it is called comes first, wherever it stands.
                    self.names.rotate_left(n_before);
                }
            } else {
                json.skip()?;
            }
            if !json.is(b'}') {
                json.take(b',')?;
            }
        }
        json.take(b'}')
    }
}

/// A place in a line of JSON.
struct Json<'a> {
    text: &'a str,
    at: usize,
}

impl Json<'_> {
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn is(&mut self, byte: u8) -> bool {
        self.peek() == Some(byte)
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// The end of the string whose letters start here: the quotation mark, and whether an escape comes before it.
    fn string_end(&self) -> Option<(usize, bool)> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let mut has_escapes = false;
        let mut skip = false;
        for (place, byte) in rest.iter().enumerate() {
            match byte {
                _ if skip => skip = false,
                b'\\' => (skip, has_escapes) = (true, true),
                b'"' => return Some((self.at + place, has_escapes)),
                _ => (),
            }
        }
        None
    }

    fn string(&mut self, out: &mut String) -> Option<()> {
        out.clear();
        self.take(b'"')?;
        let (end, has_escapes) = self.string_end()?;
        let raw = self.text.get(self.at..end)?;
        self.at = end + 1;
        if has_escapes {
            unescape(raw, out)
        } else {
            out.push_str(raw)
        }
        Some(())
    }

    /// Passes over a value.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0;
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    self.at = self.string_end()?.0 + 1;
                }
                b'[' | b'{' => {
                    depth += 1;
                    self.at += 1;
                    continue;
                }
                b']' | b'}' => {
                    depth -= 1;
                    self.at += 1;
                }
                b',' | b':' if 0 < depth => {
                    self.at += 1;
                    continue;
                }
                _ => {
                    let rest = self.text.as_bytes().get(self.at..)?;
                    let length =
                        rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)).count();
                    self.at += (0 < length).then_some(length)?;
                }
            }
            if depth <= 0 {
                return (depth == 0).then_some(());
            }
        }
    }
}

fn unescape(raw: &str, out: &mut String) {
    let mut chars = raw.chars();
    let mut high: Option<u32> = None;
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n' | 'r' | 't' | 'b' | 'f') => out.push(' '),
            Some('u') => {
                let code = (0..4).filter_map(|_| chars.next()?.to_digit(16)).fold(0, |code, digit| code * 16 + digit);
                match (high.take(), code) {
                    (_, 0xD800..=0xDBFF) => high = Some(code),
                    (Some(first), 0xDC00..=0xDFFF) => {
                        out.extend(char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (code - 0xDC00)));
                    }
                    _ => out.extend(char::from_u32(code)),
                }
            }
            Some(other) => out.push(other),
            None => (),
        }
    }
}
