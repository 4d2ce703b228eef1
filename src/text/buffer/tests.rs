//! Positions in every encoding, on the lines that break naive counting.

use super::*;
use std::borrow::Cow;

const TEXT: &str = "名: 中国日报 😀 𠀀x\r\nİß\rlast\u{2028}line\n";

fn place(line: u32, column: u32) -> LineColumn {
    LineColumn { line, column }
}

#[test]
fn lines_end_at_lf_crlf_and_cr_only() {
    let buffer = Buffer::new("a\nb\rc\r\nd\u{b}e\u{c}f\u{85}g\u{2028}h\u{2029}i");
    assert_eq!(buffer.n_lines(), 4);
}

#[test]
fn every_byte_comes_back_in_every_encoding() {
    let buffer = Buffer::new(TEXT);
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
        for (byte, _) in TEXT.char_indices() {
            let there = buffer.line_column(byte, encoding);
            let inside_crlf = TEXT.get(..byte).is_some_and(|before| before.ends_with('\r'))
                && TEXT.get(byte..).is_some_and(|after| after.starts_with('\n'));
            if !inside_crlf {
                assert_eq!(buffer.byte(there, encoding), byte, "{encoding:?} at {byte}");
            }
        }
    }
}

#[test]
fn columns_count_in_the_negotiated_unit() {
    let buffer = Buffer::new(TEXT);
    let x = TEXT.find('x').unwrap();
    assert_eq!(buffer.line_column(x, Encoding::Utf8), place(0, 27));
    assert_eq!(buffer.line_column(x, Encoding::Utf16), place(0, 13));
    assert_eq!(buffer.line_column(x, Encoding::Utf32), place(0, 11));
}

#[test]
fn a_place_outside_is_clamped_and_a_split_character_is_its_start() {
    let buffer = Buffer::new(TEXT);
    let line_end = TEXT.find('\r').unwrap();
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
        assert_eq!(buffer.byte(place(0, 999), encoding), line_end);
        assert_eq!(buffer.byte(place(0, u32::MAX), encoding), line_end);
        assert_eq!(buffer.byte(place(99, 0), encoding), TEXT.len());
    }
    let emoji = TEXT.find('😀').unwrap();
    let there = buffer.line_column(emoji, Encoding::Utf16);
    assert_eq!(buffer.byte(place(0, there.column + 1), Encoding::Utf16), emoji);
    let there = buffer.line_column(emoji, Encoding::Utf8);
    assert_eq!(buffer.byte(place(0, there.column + 2), Encoding::Utf8), emoji);
}

#[test]
fn edits_with_reversed_or_outlying_ranges_do_no_harm() {
    let mut buffer = Buffer::new("abc");
    buffer.replace(ByteRange { start: 2, end: 1 }, "X");
    assert_eq!(buffer.text(), "abXc");
    buffer.replace(ByteRange::new(3, 900), "!");
    assert_eq!(buffer.text(), "abX!");
    let mut buffer = Buffer::new("é");
    buffer.replace(ByteRange::new(1, 1), "a");
    assert_eq!(buffer.text(), "aé");
}

#[test]
fn code_points_and_bytes_convert() {
    let buffer = Buffer::new(TEXT);
    for (code_point, (byte, _)) in TEXT.char_indices().enumerate() {
        assert_eq!(buffer.code_points_before(byte), code_point);
        assert_eq!(buffer.byte_of_code_point(code_point), byte);
    }
    assert_eq!(buffer.byte_of_code_point(10_000), TEXT.len());
}

#[test]
fn the_short_way_to_a_place_leads_where_the_long_one_does() {
    let ends = ["\n", "\r\n", "\r", "\r\r\n", "", "\n\r"];
    let words = ["é", "😀𝄞", "人民", "plain words", "e\u{301}"];
    let line = |n: usize| format!("{}{}", words[n % 5].repeat(1 + n * n % 90), ends[n % 6]);
    let mut buffer = Buffer::new(&(0..200).map(line).collect::<String>());
    // Edits leave pieces of every size.
    for n in 0..60 {
        let rope = buffer.rope().into_owned();
        let at = rope.char_to_byte(n * 7919 % rope.len_chars());
        buffer.replace(ByteRange::new(at, at + n), &line(n));
    }
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
        for byte in 0..=buffer.len() + 2 {
            let long = buffer.line_column_anywhere(byte, encoding);
            assert_eq!(buffer.line_column(byte, encoding), long, "{encoding:?} at {byte}");
        }
    }
}

#[test]
fn a_packed_text_answers_like_the_rope() {
    for text in ["", "\n", "a\r\nb\rc\n\n", "😀 𝄞\r\n人民\ré\u{301}\n", "a\n\r\n\r", "\r\r\n", "no end"] {
        let rope = Buffer::new(text);
        let mut packed = rope.clone();
        packed.pack();
        assert_eq!(packed.as_str(), Some(text));
        assert_eq!((&packed, &rope), (&rope, &packed));
        assert_eq!((packed.len(), packed.n_lines(), packed.text()), (rope.len(), rope.n_lines(), rope.text()));
        for start in 0..=text.len() + 2 {
            let lines = |buffer: &Buffer| buffer.lines_from(start).map(Cow::into_owned).collect::<Vec<String>>();
            assert_eq!(lines(&packed), lines(&rope), "{text:?} {start}");
            assert_eq!(packed.byte_at(start), rope.byte_at(start));
            assert_eq!(packed.line_column(start, Encoding::Utf16), rope.line_column(start, Encoding::Utf16));
            assert_eq!(packed.code_points_before(start), rope.code_points_before(start));
            for end in 0..=text.len() + 2 {
                let range = ByteRange::new(start, end);
                assert_eq!(packed.slice(range), rope.slice(range), "{text:?} {range:?}");
                let (mut one, mut other) = (packed.clone(), rope.clone());
                one.replace(range, "é\n");
                other.replace(range, "é\n");
                assert_eq!(one, other, "{text:?} {range:?}");
                assert_eq!(one.as_str(), None);
            }
        }
    }
}
