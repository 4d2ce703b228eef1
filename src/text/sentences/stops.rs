//! Where sentences end inside a paragraph.

use super::abbreviations::{self, Stop};
use super::quotes::Span;
use super::{Bytes, is_blank, is_han};
use memchr::memchr3;

/// A paragraph, read character by character so that rules can look both ways. Places are bytes of the block.
struct Scan<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    quotes: &'a [Span],
    /// Whether the paragraph is in ASCII.
    is_ascii: bool,
}

/// The ends of all sentences but the last of a paragraph, ascending.
pub(super) fn ends(text: &str, start: usize, end: usize, quotes: &[Span]) -> Vec<usize> {
    let mut ends = Vec::new();
    let Some(paragraph) = text.get(start..end) else { return ends };
    let scan = Scan { text, start, end, quotes, is_ascii: paragraph.is_ascii() };
    let mut sentence = start;
    let mut next = scan.terminator(start);
    // The interrobang alone is too rare to be sure of.
    let stops = || std::iter::successors(next, |at| scan.terminator(scan.next(*at)));
    if stops().all(|at| scan.char(at) == Some('‽')) {
        return ends;
    }
    while let Some(at) = next {
        let mut after = scan.next(at);
        while scan.char(after).is_some_and(is_terminator) {
            after = scan.next(after);
        }
        let closed = scan.closers(after);
        if scan.is_end(sentence, at, after, closed) {
            ends.push(closed);
            sentence = closed;
        }
        next = scan.terminator(closed);
    }
    ends
}

impl Scan<'_> {
    fn rest(&self, at: usize) -> &str {
        self.text.get(at..self.end).unwrap_or_default()
    }

    fn char(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii() && at < self.end => Some(char::from(*byte)),
            _ => self.rest(at).chars().next(),
        }
    }

    /// The place after a character.
    fn next(&self, at: usize) -> usize {
        at + self.char(at).map_or(1, char::len_utf8)
    }

    /// The character before a place.
    fn before(&self, at: usize) -> Option<char> {
        self.text.get(self.start..at)?.chars().next_back()
    }

    /// The next character from `at` on that may end a sentence.
    fn terminator(&self, mut at: usize) -> Option<usize> {
        // What such characters begin with.
        const FIRST: Bytes = Bytes::among(&[b'.', b'!', b'?', 0xD8, 0xDB, 0xE0, 0xE2, 0xE3, 0xEF]);
        if self.is_ascii {
            return memchr3(b'.', b'!', b'?', self.text.as_bytes().get(at..self.end)?).map(|found| at + found);
        }
        loop {
            at += FIRST.position(self.text.as_bytes().get(at..self.end)?)?;
            if self.char(at).is_some_and(is_terminator) {
                return Some(at);
            }
            at = self.next(at);
        }
    }

    fn skip_blank(&self, mut at: usize) -> usize {
        while self.char(at).is_some_and(is_blank) {
            at = self.next(at);
        }
        at
    }

    fn in_quote(&self, at: usize) -> bool {
        let span = self.quotes.get(self.quotes.partition_point(|span| span.end <= at + 1));
        span.is_some_and(|span| span.start < at)
    }

    /// Steps over closing marks, brackets and citations that belong to the sentence before them.
    fn closers(&self, mut at: usize) -> usize {
        loop {
            match self.char(at) {
                Some('”' | '’' | '»' | '›' | '」' | '』' | '）' | '》' | ')' | ']' | '】') => {
                    at = self.next(at)
                }
                Some('\'') if self.char(at + 1) == Some('\'') && self.closes(at + 1) => at += 2,
                Some('"' | '“' | '\'' | '＂') if self.closes(at) => at = self.next(at),
                Some('[') if self.citation(at).is_some() => at = self.citation(at).unwrap_or(at + 1),
                Some(c) if is_blank(c) && c != '\n' => {
                    let next = self.skip_blank(at);
                    match self.char(next) {
                        Some('»' | '”' | '」' | '』') => at = self.next(next),
                        Some('[')
                            if self.char(next + 1).is_some_and(|c| matches!(c, '@' | '^') || c.is_ascii_digit()) =>
                        {
                            match self.citation(next) {
                                Some(end) => at = end,
                                None => return at,
                            }
                        }
                        _ => return at,
                    }
                }
                _ => return at,
            }
        }
    }

    /// Whether an ambiguous mark directly after a full stop closes: nothing of a word follows it.
    fn closes(&self, at: usize) -> bool {
        let end = self.next(at);
        let next = self.char(end);
        let span = self.quotes.get(self.quotes.partition_point(|span| span.end < end));
        span.is_some_and(|span| span.start < at && span.end == end)
            || next.is_none_or(|c| is_blank(c) || ",.;:!?)]".contains(c))
    }

    /// The end of `[1]`, `[@key]` or `[^note]` at `at`.
    fn citation(&self, at: usize) -> Option<usize> {
        let marked = self.char(at + 1).is_some_and(|c| c == '@' || c == '^' || c.is_ascii_digit() || c == '-');
        let (length, _) = self.rest(at).char_indices().take(80).find(|(_, c)| *c == ']')?;
        marked.then_some(at + length + 1)
    }

    /// Whether a sentence ends with the stop at `at..after`, its closing marks reaching to `closed`.
    fn is_end(&self, sentence: usize, at: usize, after: usize, closed: usize) -> bool {
        let next_at = self.skip_blank(closed);
        let (Some(stop), Some(next)) = (self.char(at), self.char(next_at)) else { return false };
        let run = after - at;
        if stop == '…' || (stop == '.' && run > 1) {
            let follows = next_at > closed || is_han(next);
            return follows && !self.in_quote(at) && self.begins_sentence(next_at, !is_han(next));
        }
        if matches!(stop, '。' | '！' | '？' | '｡') {
            return self.is_chinese_end(closed, next_at);
        }
        let glued = next_at == closed;
        if glued && !(matches!(next, '“' | '«' | '「') || is_han(next)) {
            return false;
        }
        if !self.begins_sentence(next_at, true) {
            return false;
        }
        match stop {
            '.' => closed > after || self.full_stop(sentence, at, next_at),
            _ => {
                let bracketed = matches!(self.before(at), Some('(' | '['));
                !(bracketed || closed > after && self.speech_follows(next_at))
            }
        }
    }

    /// Whether what stands at `at` can begin a sentence: no lower case, no mark that continues.
    fn begins_sentence(&self, mut at: usize, cased: bool) -> bool {
        while self.char(at).is_some_and(|c| "“”«‹‘\"'「『([（¿¡—–-*_ \u{a0}\u{202f}\n".contains(c)) {
            at = self.next(at);
        }
        match self.char(at) {
            Some(c) if c.is_alphabetic() => !cased || !c.is_lowercase(),
            Some(c) if c.is_numeric() => true,
            Some(c) => !",;:!?.…，、；：。）)]}%/|".contains(c),
            None => true,
        }
    }

    /// Whether a single full stop at `at` ends its sentence.
    fn full_stop(&self, sentence: usize, at: usize, next_at: usize) -> bool {
        let part = self.text.get(sentence..at).unwrap_or_default();
        let word = part.trim_end_matches(|c: char| c.is_alphanumeric() || ".-'’".contains(c));
        let (from, letters) = (sentence + word.len(), part.get(word.len()..).unwrap_or_default());
        let letters = letters.rsplit(['\'', '’']).next().unwrap_or_default().trim_start_matches(['.', '-']);
        if letters.is_empty() {
            return true;
        }
        if letters.chars().all(|c| c.is_ascii_digit()) {
            // A number at the start of a sentence counts an item.
            return self.skip_blank(sentence) != from;
        }
        if letters.chars().count() > 8 {
            return true;
        }
        let word = letters.to_lowercase();
        let number_follows = self.char(next_at).is_some_and(char::is_numeric);
        let initial = letters.chars().count() == 1 && letters.chars().all(char::is_uppercase);
        match abbreviations::stop_after(&word) {
            _ if initial => abbreviations::is_starter(&self.word(next_at)) || self.opens_quote(next_at),
            Stop::Ends => true,
            Stop::Never => false,
            Stop::BeforeNumber => !number_follows,
            Stop::Perhaps => abbreviations::is_starter(&self.word(next_at)) || self.opens_quote(next_at),
        }
    }

    fn opens_quote(&self, at: usize) -> bool {
        matches!(self.char(at), Some('“' | '«' | '"' | '「'))
    }

    /// The word at `at`, in lower case.
    fn word(&self, at: usize) -> String {
        self.rest(at).chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
    }

    /// Whether a speech clause follows a quotation: `“Why?” Ann asked`.
    fn speech_follows(&self, mut at: usize) -> bool {
        for _ in 0..5 {
            let word = self.word(at);
            if word.is_empty() {
                return false;
            }
            if abbreviations::is_speech(&word) {
                return true;
            }
            while self.char(at).is_some_and(char::is_alphabetic) {
                at = self.next(at);
            }
            at = self.skip_blank(at);
        }
        false
    }

    /// Whether a Chinese stop ends its sentence: not inside a title, not before the speech clause of a quotation.
    fn is_chinese_end(&self, closed: usize, next_at: usize) -> bool {
        let Some(next) = self.char(next_at) else { return false };
        let last = self.before(closed);
        if last == Some('》') || "，、；：）。！？,;:)".contains(next) {
            return false;
        }
        if !last.is_some_and(|c| "”」』\"’".contains(c)) {
            return true;
        }
        if "的地等之和与或及".contains(next) {
            return false;
        }
        // `”他说。` closes the sentence of the quotation; `”他说：“` begins another.
        let mut at = next_at;
        for step in 0..10 {
            let after = self.next(at);
            match self.char(at) {
                Some('说' | '説' | '說' | '称' | '稱' | '道' | '问' | '問' | '喊' | '答') => {
                    return !matches!(self.char(after), Some('。' | '，' | '！' | '.' | ',') | None);
                }
                Some('示' | '调' | '調' | '出') if step > 0 => {
                    return !matches!(self.char(after), Some('。' | '.') | None);
                }
                Some(c) if is_han(c) || c.is_alphanumeric() || c == '·' => (),
                _ => return true,
            }
            at = after;
        }
        true
    }
}

/// Whether the character may end a sentence.
fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '｡' | '؟' | '۔' | '।' | '‽')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_terminator_is_found() {
        for c in (0..0x30000).filter_map(char::from_u32) {
            let text = format!("é{c}x");
            let scan = Scan { text: &text, start: 0, end: text.len(), quotes: &[], is_ascii: false };
            assert_eq!(scan.terminator(0), is_terminator(c).then_some(2), "{c:?}");
            assert_eq!(scan.terminator(scan.next(2)), None);
        }
        assert_eq!(ends("Rain fell. Snow fell! Hail? No", 0, 30, &[]), [10, 21, 27]);
        assert!(ends("What‽ Yes", 0, 11, &[]).is_empty());
        assert_eq!(ends("What‽ Yes. No", 0, 15, &[]), ["What‽".len(), "What‽ Yes.".len()]);
    }
}
