//! Where sentences end inside a paragraph.

use super::abbreviations::{self, Stop};
use super::quotes::Span;
use super::{is_blank, is_han};

/// A paragraph as characters with their offsets, so that rules can look both ways.
struct Scan<'a> {
    chars: Vec<(usize, char)>,
    end: usize,
    quotes: &'a [Span],
}

/// The ends of all sentences but the last of a paragraph, ascending.
pub(super) fn ends(text: &str, start: usize, end: usize, quotes: &[Span]) -> Vec<usize> {
    let Some(piece) = text.get(start..end) else { return Vec::new() };
    if !piece.contains(['.', '!', '?', '…', '。', '！', '？', '｡', '؟', '۔', '।']) {
        return Vec::new();
    }
    let scan = Scan { chars: piece.char_indices().map(|(offset, c)| (start + offset, c)).collect(), end, quotes };
    let mut ends = Vec::new();
    let mut sentence = 0;
    let mut at = 0;
    while at < scan.chars.len() {
        if !scan.char(at).is_some_and(is_terminator) {
            at += 1;
            continue;
        }
        let mut after = at + 1;
        while scan.char(after).is_some_and(is_terminator) {
            after += 1;
        }
        let closed = scan.closers(after);
        if scan.is_end(sentence, at, after, closed) {
            ends.push(scan.offset(closed));
            sentence = closed;
        }
        at = closed;
    }
    ends
}

impl Scan<'_> {
    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).map(|(_, c)| *c)
    }

    fn offset(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.end, |(offset, _)| *offset)
    }

    fn skip_blank(&self, mut at: usize) -> usize {
        while self.char(at).is_some_and(is_blank) {
            at += 1;
        }
        at
    }

    fn in_quote(&self, at: usize) -> bool {
        let offset = self.offset(at);
        let span = self.quotes.get(self.quotes.partition_point(|span| span.end <= offset + 1));
        span.is_some_and(|span| span.start < offset)
    }

    /// Steps over closing marks, brackets and citations that belong to the sentence before them.
    fn closers(&self, mut at: usize) -> usize {
        loop {
            match self.char(at) {
                Some('”' | '’' | '»' | '›' | '」' | '』' | '）' | '》' | ')' | ']' | '】') => at += 1,
                Some('\'') if self.char(at + 1) == Some('\'') && self.closes(at + 1) => at += 2,
                Some('"' | '“' | '\'' | '＂') if self.closes(at) => at += 1,
                Some('[') if self.citation(at).is_some() => at = self.citation(at).unwrap_or(at + 1),
                Some(c) if is_blank(c) && c != '\n' => {
                    let next = self.skip_blank(at);
                    match self.char(next) {
                        Some('»' | '”' | '」' | '』') => at = next + 1,
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
        let offset = self.offset(at);
        let next = self.char(at + 1);
        let end = self.offset(at + 1);
        let span = self.quotes.get(self.quotes.partition_point(|span| span.end < end));
        span.is_some_and(|span| span.start < offset && span.end == end)
            || next.is_none_or(|c| is_blank(c) || ",.;:!?)]".contains(c))
    }

    /// The end of `[1]`, `[@key]` or `[^note]` at `at`.
    fn citation(&self, at: usize) -> Option<usize> {
        let marked = self.char(at + 1).is_some_and(|c| c == '@' || c == '^' || c.is_ascii_digit() || c == '-');
        let length = self.chars.get(at..)?.iter().take(80).position(|(_, c)| *c == ']')?;
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
                let bracketed = at > 0 && matches!(self.char(at - 1), Some('(' | '['));
                !(bracketed || closed > after && self.speech_follows(next_at))
            }
        }
    }

    /// Whether what stands at `at` can begin a sentence: no lower case, no mark that continues.
    fn begins_sentence(&self, mut at: usize, cased: bool) -> bool {
        while self.char(at).is_some_and(|c| "“”«‹‘\"'「『([（¿¡—–-*_ \u{a0}\u{202f}\n".contains(c)) {
            at += 1;
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
        let mut from = at;
        while from > sentence && self.char(from - 1).is_some_and(|c| c.is_alphanumeric() || ".-'’".contains(c)) {
            from -= 1;
        }
        let letters: String = self.chars.get(from..at).unwrap_or_default().iter().map(|(_, c)| *c).collect();
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
        let rest = self.chars.get(at..).unwrap_or_default();
        rest.iter().map(|(_, c)| *c).take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
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
                at += 1;
            }
            at = self.skip_blank(at);
        }
        false
    }

    /// Whether a Chinese stop ends its sentence: not inside a title, not before the speech clause of a quotation.
    fn is_chinese_end(&self, closed: usize, next_at: usize) -> bool {
        let Some(next) = self.char(next_at) else { return false };
        let last = closed.checked_sub(1).and_then(|at| self.char(at));
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
        for step in 0..10 {
            match self.char(next_at + step) {
                Some('说' | '説' | '說' | '称' | '稱' | '道' | '问' | '問' | '喊' | '答') => {
                    return !matches!(self.char(next_at + step + 1), Some('。' | '，' | '！' | '.' | ',') | None);
                }
                Some('示' | '调' | '調' | '出') if step > 0 => {
                    return !matches!(self.char(next_at + step + 1), Some('。' | '.') | None);
                }
                Some(c) if is_han(c) || c.is_alphanumeric() || c == '·' => (),
                _ => return true,
            }
        }
        true
    }
}

/// Whether the character may end a sentence.
fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '｡' | '؟' | '۔' | '।' | '‽')
}
