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

/// The text packed, and in one piece.
fn held(text: &str) -> [Buffer; 2] {
    let mut packed = Buffer::new(text);
    packed.pack();
    [packed, Buffer::whole(text)]
}

#[test]
fn a_packed_text_answers_like_the_rope() {
    for text in ["", "\n", "a\r\nb\rc\n\n", "😀 𝄞\r\n人民\ré\u{301}\n", "a\n\r\n\r", "\r\r\n", "no end"] {
        let rope = Buffer::new(text);
        for held in held(text) {
            assert_eq!((&held, &rope), (&rope, &held));
            assert_eq!((held.len(), held.n_lines(), held.text()), (rope.len(), rope.n_lines(), rope.text()));
            for start in 0..=text.len() + 2 {
                let lines = |buffer: &Buffer| buffer.lines_from(start).map(Cow::into_owned).collect::<Vec<String>>();
                assert_eq!(lines(&held), lines(&rope), "{text:?} {start}");
                assert_eq!(held.line_column(start, Encoding::Utf16), rope.line_column(start, Encoding::Utf16));
                assert_eq!(held.code_points_before(start), rope.code_points_before(start));
                for end in 0..=text.len() + 2 {
                    let range = ByteRange::new(start, end);
                    assert_eq!(held.slice(range), rope.slice(range), "{text:?} {range:?}");
                    let (mut one, mut other) = (held.clone(), rope.clone());
                    one.replace(range, "é\n");
                    other.replace(range, "é\n");
                    assert_eq!(one, other, "{text:?} {range:?}");
                    assert_eq!(one.as_str(), None);
                }
            }
        }
    }
}

#[test]
fn a_long_text_is_packed_in_parts_and_read_anywhere() {
    let line = |n: usize| format!("{n}. The harbour 港口在秋天关闭 😀 à l’aube\r\n");
    let lines: String = (0..4000).map(line).collect();
    let unbroken: String = (0..20_000).map(|n| if n % 3 == 0 { "港" } else { "\u{301}x" }).collect();
    // Where a part is full, CRLF and characters must stay whole.
    let odd = |n: usize| format!("{}\r\n{}", "y".repeat(n), "国".repeat(30_000));
    for text in [lines.clone(), unbroken, odd(32 * 1024 - 1), odd(32 * 1024), lines.replace("\r\n", "\r")] {
        let rope = Buffer::new(&text);
        let [packed, _] = held(&text);
        assert_eq!((packed.text(), packed.len()), (text.clone(), text.len()));
        assert!(
            packed.holds(&text) && !packed.holds(&text.replace('1', "2").replacen('y', "z", 1).replacen('x', "z", 1))
        );
        for n in 0..400 {
            let start = n * 7919 % text.len();
            assert_eq!(packed.line_column(start, Encoding::Utf16), rope.line_column(start, Encoding::Utf16), "{start}");
            for length in [0, 1, 40, 70_000] {
                let range = ByteRange::new(start, start + length);
                assert_eq!(packed.slice(range), rope.slice(range), "{range:?}");
            }
        }
    }
}

#[test]
fn a_text_is_packed_unpacked_and_unrolled_without_a_change() {
    for text in ["short", &"Rents near the pier had risen by 14 percent. ".repeat(100)] {
        let mut buffer = Buffer::whole(text);
        assert_eq!(buffer.as_str(), Some(text));
        buffer.pack();
        assert_eq!((buffer.as_str(), buffer.text()), (None, text.to_owned()));
        buffer.unpack();
        assert_eq!(buffer.as_str(), Some(text));
        buffer.pack();
        assert_eq!(buffer.read(), text);
        buffer.unroll();
        assert_eq!((buffer.as_str(), buffer.text()), (None, text.to_owned()));
    }
}

#[test]
fn texts_that_were_read_before_are_not_taken_for_others() {
    // More than a thread remembers, and each lies where one may have lain that is gone.
    for n in 0..40 {
        let text = format!("{n} ").repeat(400);
        let [packed, _] = held(&text);
        assert_eq!(packed.slice(ByteRange::new(0, 12)), text.get(..12).unwrap());
    }
}
