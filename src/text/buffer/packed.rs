//! A text made small, for as long as nobody edits it: LZ4, in parts, so that a place in a long text is read without the rest.

use crate::text::ByteRange;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, Weak};

/// No part of a text is longer, in bytes.
const PART: usize = 32 * 1024;

/// Shorter texts stay as they are.
const SHORT: usize = 512;

/// So many parts that were read last are kept by each thread: whoever asks about one place soon asks about its neighbours.
const KEPT: usize = 4;

/// A packed text.
#[derive(Debug)]
pub(super) struct Packed {
    n_bytes: usize,
    parts: Box<[Part]>,
}

#[derive(Debug)]
struct Part {
    start: u32,
    n_bytes: u32,
    /// How many lines end before it.
    line: u32,
    words: Words,
}

#[derive(Debug)]
enum Words {
    Plain(Box<str>),
    Lz4(Box<[u8]>),
}

/// A part that was read, and where it begins.
pub(super) struct Piece {
    pub(super) text: Rc<str>,
    pub(super) start: usize,
    /// How many lines end before it.
    pub(super) line: usize,
}

/// A part of a text that a thread has read.
struct Known {
    of: Weak<Packed>,
    number: usize,
    text: Rc<str>,
}

thread_local! {
    /// The newest last.
    static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
}

impl Packed {
    pub(super) fn new(text: &str) -> Packed {
        let (mut parts, mut rest, mut line) = (Vec::new(), text, 0);
        while !rest.is_empty() {
            let (words, after) = rest.split_at(end_of_part(rest));
            let start = to_u32(text.len() - rest.len());
            parts.push(Part { start, n_bytes: to_u32(words.len()), line, words: Words::new(words) });
            line +=
                to_u32(memchr::memchr2_iter(b'\n', b'\r', words.as_bytes()).count() - words.matches("\r\n").count());
            rest = after;
        }
        Packed { n_bytes: text.len(), parts: parts.into() }
    }

    pub(super) fn len(&self) -> usize {
        self.n_bytes
    }

    /// The whole text.
    pub(super) fn text(&self) -> String {
        String::from_utf8(self.bytes()).unwrap_or_default()
    }

    /// The bytes of the whole text: looking whether they are UTF-8, which they are, takes longer than unpacking them.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let [part] = &*self.parts else {
            return self.parts.iter().map(Part::bytes).collect::<Vec<_>>().concat();
        };
        part.bytes()
    }

    /// The words in a range on character boundaries, as far as the text goes.
    pub(super) fn slice(self: &Arc<Self>, range: ByteRange) -> String {
        let mut words = String::new();
        let first = self.part_of(range.start as usize);
        for number in first..self.parts.len() {
            let Some(piece) = self.piece(number).filter(|piece| piece.start < range.end as usize) else { break };
            let from = start_of_char(&piece.text, (range.start as usize).saturating_sub(piece.start));
            let end = start_of_char(&piece.text, (range.end as usize).saturating_sub(piece.start));
            words.push_str(piece.text.get(from..end).unwrap_or_default());
        }
        words
    }

    /// The part that a byte stands in; for the end of the text the last one.
    pub(super) fn piece_at(self: &Arc<Self>, byte: usize) -> Option<Piece> {
        self.piece(self.part_of(byte))
    }

    /// Whether this is the text.
    pub(super) fn holds(&self, text: &str) -> bool {
        let is_there = |part: &Part| {
            let place = part.start as usize..part.start as usize + part.n_bytes as usize;
            text.get(place).is_some_and(|words| part.read(|own| own == words))
        };
        self.n_bytes == text.len() && self.parts.iter().all(is_there)
    }

    fn part_of(&self, byte: usize) -> usize {
        self.parts.partition_point(|part| part.start as usize <= byte).saturating_sub(1)
    }

    fn piece(self: &Arc<Self>, number: usize) -> Option<Piece> {
        let part = self.parts.get(number)?;
        let text = KNOWN.with_borrow_mut(|known| {
            let is_it = |it: &Known| it.number == number && std::ptr::eq(it.of.as_ptr(), Arc::as_ptr(self));
            if let Some(at) = known.iter().position(is_it) {
                // The newest last.
                let found = known.remove(at);
                let text = Rc::clone(&found.text);
                known.push(found);
                return text;
            }
            let text: Rc<str> = part.read(|words| Rc::from(words));
            if KEPT <= known.len() {
                known.remove(0);
            }
            known.push(Known { of: Arc::downgrade(self), number, text: Rc::clone(&text) });
            text
        });
        Some(Piece { text, start: part.start as usize, line: part.line as usize })
    }
}

impl Part {
    fn bytes(&self) -> Vec<u8> {
        match &self.words {
            Words::Plain(words) => words.as_bytes().to_vec(),
            Words::Lz4(bytes) => lz4_flex::block::decompress(bytes, self.n_bytes as usize).unwrap_or_default(),
        }
    }

    fn read<T>(&self, use_words: impl FnOnce(&str) -> T) -> T {
        match &self.words {
            Words::Plain(words) => use_words(words),
            Words::Lz4(_) => use_words(&String::from_utf8(self.bytes()).unwrap_or_default()),
        }
    }
}

impl Words {
    fn new(words: &str) -> Words {
        if SHORT <= words.len() {
            let packed = lz4_flex::block::compress(words.as_bytes());
            if packed.len() < words.len() * 7 / 8 {
                // A copy: the allocator would leave a shortened one where it lies, in twice the room.
                return Words::Lz4(Box::from(packed.as_slice()));
            }
        }
        Words::Plain(words.into())
    }
}

/// Where a part ends that begins with the text: at a line's end if there is one, else between two characters.
fn end_of_part(text: &str) -> usize {
    if text.len() <= PART {
        return text.len();
    }
    let most = start_of_char(text, PART);
    let line_end = text.get(..most).and_then(|part| memchr::memrchr(b'\n', part.as_bytes()));
    let end = line_end.map_or(most, |at| at + 1);
    // CRLF is not parted.
    let is_inside = line_end.is_none() && text.get(end - 1..end) == Some("\r");
    end - usize::from(is_inside && 1 < end)
}

/// The start of the character that a byte belongs to, past the text its end.
pub(super) fn start_of_char(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
