//! Bytes → text. Only UTF-8 is read; for anything else the message says what it looks like and what to do.

use super::MAX_FILE_BYTES;

/// The text of a file, or why it is none: a message that names the file, the fault and the remedy.
pub(super) fn decode(path: &str, mut bytes: Vec<u8>) -> Result<String, String> {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        let megabytes = MAX_FILE_BYTES >> 20;
        return Err(format!("{path} is larger than {megabytes} MB, so it was left out; split it"));
    }
    if let Some(guess) = wide_encoding(&bytes) {
        return Err(not_utf8(path, guess, 0));
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        return Err(format!(
            "{path} holds a NUL byte at byte {at}, so it is probably no text; leave it out with `exclude`, or save it as \
             plain UTF-8 text"
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        not_utf8(path, narrow_encoding(error.as_bytes()), at)
    })
}

fn not_utf8(path: &str, guess: &str, at: usize) -> String {
    format!("{path} is not UTF-8 at byte {at} (it looks like {guess}); convert it to UTF-8")
}

/// UTF-16 or UTF-32, known by a byte order mark or by the zero half of Latin letters.
fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") {
        return Some("UTF-32");
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Some("UTF-16");
    }
    let head = bytes.get(..bytes.len().min(512) & !1).unwrap_or_default();
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Letters of Latin text have one zero byte of two, always on the same side.
    (head.len() >= 4 && even.min(odd) == 0 && even.max(odd) * 4 > head.len()).then_some("UTF-16")
}

/// A guess at the encoding of a text of 8-bit units: East Asian texts have their high bytes in pairs.
fn narrow_encoding(bytes: &[u8]) -> &'static str {
    let (mut paired, mut single) = (0_usize, 0_usize);
    let mut rest = bytes;
    while let Some((first, tail)) = rest.split_first() {
        match tail.split_first() {
            Some((second, after)) if *first >= 0x81 && *second >= 0x40 && *second != 0x7F => {
                if *second >= 0x80 {
                    paired += 1;
                } else {
                    single += 1;
                }
                rest = after;
            }
            _ => {
                single += usize::from(*first >= 0x80);
                rest = tail;
            }
        }
    }
    if paired > single { "GB18030 or another East Asian encoding" } else { "Latin-1 or Windows-1252" }
}

#[cfg(test)]
mod tests {
    use super::decode;
    use expect_test::{Expect, expect};

    fn check(bytes: &[u8], expect: Expect) {
        expect.assert_eq(&match decode("a.txt", bytes.to_vec()) {
            Ok(text) => format!("{text:?}"),
            Err(message) => message,
        });
    }

    #[test]
    fn the_byte_order_mark_is_no_part_of_the_text() {
        check(b"\xEF\xBB\xBFPari\xC3\xA9", expect![[r#""Parié""#]]);
        check(b"a\r\nb", expect![[r#""a\r\nb""#]]);
        check(b"", expect![[r#""""#]]);
    }

    #[test]
    fn other_encodings_are_named() {
        check(
            b"un caf\xE9 noir",
            expect!["a.txt is not UTF-8 at byte 6 (it looks like Latin-1 or Windows-1252); convert it to UTF-8"],
        );
        check(
            b"\xC8\xCB\xC3\xF1\xC8\xD5\xB1\xA8",
            expect![
                "a.txt is not UTF-8 at byte 0 (it looks like GB18030 or another East Asian encoding); convert it to UTF-8"
            ],
        );
        check(b"\xFF\xFEa\0b\0", expect!["a.txt is not UTF-8 at byte 0 (it looks like UTF-16); convert it to UTF-8"]);
        check(b"a\0b\0c\0", expect!["a.txt is not UTF-8 at byte 0 (it looks like UTF-16); convert it to UTF-8"]);
        check(
            b"\0\0\xFE\xFF\0\0\0a",
            expect!["a.txt is not UTF-8 at byte 0 (it looks like UTF-32); convert it to UTF-8"],
        );
    }

    #[test]
    fn a_binary_file_is_no_text() {
        check(
            b"PNG a long enough head of letters\0",
            expect![
                "a.txt holds a NUL byte at byte 33, so it is probably no text; leave it out with `exclude`, or save it as plain UTF-8 text"
            ],
        );
    }
}
