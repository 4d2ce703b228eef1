//! Lines and columns of the mentions of a text that nobody has open. Such a text is packed, and an actor that many texts
//! name would have each of them unpacked for every question where it is named: so they are kept once they were asked for.

use super::document::Document;
use crate::text::ByteRange;
use crate::text::buffer::Buffer;
use crate::text::lines::Walk;
use crate::text::position::{Encoding, LineColumn};

/// Where a place begins and where it ends.
pub type Span = (LineColumn, LineColumn);

/// The places of a text's mentions, in the mentions' order.
#[derive(Debug)]
pub(super) struct Spots {
    encoding: Encoding,
    of: Box<[Spot]>,
}

/// A place on one line. There are hundreds of thousands: 8 bytes.
#[derive(Clone, Copy, Debug)]
struct Spot {
    line: u32,
    column: u16,
    /// [`FAR`] where it is not known.
    width: u16,
}

const FAR: u16 = u16::MAX;

impl Spots {
    fn new(document: &Document, encoding: Encoding) -> Spots {
        let ranges: Vec<ByteRange> = document.settled().mentions.iter().map(|it| it.range).collect();
        let spans = read(&document.buffer, &ranges, encoding);
        Spots { encoding, of: spans.into_iter().map(Spot::new).collect() }
    }

    /// Where a mention stands, by its number; `None` for one that is broken by a line's end or stands far out.
    fn get(&self, number: usize) -> Option<Span> {
        let Spot { line, column, width } = *self.of.get(number).filter(|it| it.width != FAR)?;
        let column = u32::from(column);
        Some((LineColumn { line, column }, LineColumn { line, column: column + u32::from(width) }))
    }
}

impl Spot {
    fn new((start, end): Span) -> Spot {
        let width = end.column.checked_sub(start.column).filter(|_| start.line == end.line);
        let width = width.and_then(|it| u16::try_from(it).ok());
        match (u16::try_from(start.column), width) {
            (Ok(column), Some(width)) => Spot { line: start.line, column, width },
            (Ok(_) | Err(_), _) => Spot { line: start.line, column: 0, width: FAR },
        }
    }
}

impl Document {
    /// The places of several ranges, as [`Document::line_column`] has them; for many texts.
    #[must_use]
    pub fn spans(&self, ranges: &[ByteRange], encoding: Encoding) -> Vec<Span> {
        if self.version.is_some() {
            return each(ranges, |byte| self.line_column(byte, encoding));
        }
        self.known_spans(ranges, encoding).unwrap_or_else(|| read(&self.buffer, ranges, encoding))
    }

    /// The same where all of them are mentions that stand on one line each.
    fn known_spans(&self, ranges: &[ByteRange], encoding: Encoding) -> Option<Vec<Span>> {
        let mentions = self.role.is_text().then(|| &self.settled().mentions)?;
        let number = |range: &ByteRange| mentions.binary_search_by_key(range, |it| it.range).ok();
        let numbers: Vec<usize> = ranges.iter().map(number).collect::<Option<_>>()?;
        let spots = self.spots.get_or_init(|| Spots::new(self, encoding));
        numbers
            .into_iter()
            .map(|number| spots.get(number))
            .collect::<Option<_>>()
            .filter(|_| spots.encoding == encoding)
    }
}

/// The places of ranges of a text that is read from end to end for them.
fn read(buffer: &Buffer, ranges: &[ByteRange], encoding: Encoding) -> Vec<Span> {
    let text = buffer.read_bytes();
    match Walk::new(&text, encoding) {
        Some(mut walk) => each(ranges, |byte| walk.line_column(byte)),
        None => each(ranges, |byte| buffer.line_column(byte, encoding)),
    }
}

fn each(ranges: &[ByteRange], mut place: impl FnMut(usize) -> LineColumn) -> Vec<Span> {
    ranges.iter().map(|range| (place(range.start as usize), place(range.end as usize))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Change, Corpus, Edit};

    const RECORD: &str = "---\ntype: Company\nname: Acme Works\naliases: [远洋公司, Société Acmé]\n---\n";

    fn load(corpus: &mut Corpus, path: &str, text: &str) {
        corpus.apply(Change::Loaded { path: path.to_owned(), text: text.to_owned() }).unwrap();
        for job in corpus.jobs() {
            corpus.finish(job.run());
        }
    }

    /// Asks for the mentions, and then for every other place; returns how many mentions are remembered.
    fn agree(corpus: &mut Corpus, encoding: Encoding) -> usize {
        let snapshot = corpus.snapshot();
        let document = snapshot.document_at("notes/a.md").unwrap();
        let plain = |range: &ByteRange| {
            let place = |byte| document.buffer.line_column(byte as usize, encoding);
            (place(range.start), place(range.end))
        };
        let mentions: Vec<ByteRange> = document.settled().mentions.iter().map(|it| it.range).collect();
        for _ in 0..2 {
            assert_eq!(document.spans(&mentions, encoding), mentions.iter().map(plain).collect::<Vec<_>>());
        }
        let text = document.buffer.text();
        let starts = text.char_indices().map(|(at, c)| ByteRange::new(at, at + c.len_utf8()));
        let starts: Vec<ByteRange> = starts.filter(|it| it.of(&text) != Some("\n")).collect();
        assert_eq!(document.spans(&starts, encoding), starts.iter().map(plain).collect::<Vec<_>>());
        let spots = document.spots.get();
        spots.map_or(0, |spots| (0..mentions.len()).filter(|number| spots.get(*number).is_some()).count())
    }

    #[test]
    fn places_that_are_remembered_are_those_of_the_text() {
        let far = format!("{}Acme Works.\n", "word ".repeat(20_000));
        for (text, n_known) in [
            ("Acme Works sold it.\n\n𝄞 Then Acme Works, and Acme\nWorks again.\n", 2),
            ("La Société Acmé a vendu. Été, Acme Works.\n", 2),
            ("昨天远洋公司说：“远洋公司没有卖。”\n据远洋公司\n", 3),
            ("One.\r\nAcme Works.\r\n", 1),
            (&far, 0),
            ("Nobody.\n", 0),
        ] {
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let mut corpus = Corpus::new();
                load(&mut corpus, "actors/acme.md", RECORD);
                load(&mut corpus, "notes/a.md", text);
                assert_eq!(agree(&mut corpus, encoding), n_known, "{text:.60}");
            }
        }
    }

    #[test]
    fn places_that_are_remembered_go_with_the_text_and_the_names() {
        let mut corpus = Corpus::new();
        load(&mut corpus, "actors/acme.md", RECORD);
        load(&mut corpus, "notes/a.md", "Acme Works sold it.\n");
        assert_eq!(agree(&mut corpus, Encoding::Utf16), 1);
        load(&mut corpus, "notes/a.md", "Yesterday Acme Works sold it.\n");
        assert_eq!(agree(&mut corpus, Encoding::Utf16), 1);
        load(&mut corpus, "actors/b.md", "---\ntype: Person\nname: Ann Vance\n---\n");
        load(&mut corpus, "notes/a.md", "Ann Vance: yesterday Acme Works sold it.\n");
        assert_eq!(agree(&mut corpus, Encoding::Utf16), 2);
        let open = Change::Opened { path: "notes/a.md".to_owned(), text: "Acme Works\n".to_owned(), version: 1 };
        corpus.apply(open).unwrap();
        let edits = vec![Edit { range: None, text: "\nThe Acme Works\n".to_owned() }];
        let change = Change::Edited { path: "notes/a.md".to_owned(), version: 2, edits, encoding: Encoding::Utf16 };
        corpus.apply(change).unwrap();
        assert_eq!(agree(&mut corpus, Encoding::Utf16), 0, "an open text knows its lines");
    }
}
