//! Frames of the base protocol: found, measured, and mended where clients are known to send them broken.
//!
//! | client sends | we do |
//! |---|---|
//! | `\ud83d` without its other half | U+FFFD, which is as long in UTF-16 |
//! | raw `字`, space, `[`, `\` in a URI | percent-encode it |
//! | something that is not a message | say so on stderr, go on with the next |
//! | more than 256 MB | refuse it unread |

use std::io::{BufRead, Read};
use tower_lsp_server::jsonrpc::{Request, Response};

/// The largest message that is read.
pub(super) const LARGEST: u64 = 256 * 1024 * 1024;

/// The longest header line that is looked at in one piece.
const HEADER_LINE: u64 = 8 * 1024;

const LENGTH: &[u8] = b"content-length:";

/// A message of the client.
pub(super) enum Incoming {
    /// A request or a notification.
    Call(Request),
    /// An answer to a request of ours.
    Answer(Response),
}

/// What the next bytes were: a message's body, or the reason why there is none.
pub(super) type Frame = Result<Vec<u8>, String>;

/// Reads the next frame; `None` at the end of input.
pub(super) fn read_frame(input: &mut impl BufRead) -> std::io::Result<Option<Frame>> {
    let Some(length) = read_header(input)? else { return Ok(None) };
    if LARGEST < length {
        let skipped = std::io::copy(&mut input.take(length), &mut std::io::sink())?;
        return Ok(Some(Err(format!(
            "a message of {skipped} bytes was refused: the limit is {LARGEST} bytes; open a smaller file"
        ))));
    }
    let mut body = Vec::new();
    let read = input.take(length).read_to_end(&mut body)?;
    Ok((read as u64 == length).then_some(Ok(body)))
}

/// Reads all messages there are and forgets them: for the fuzzer.
#[cfg(feature = "fuzzing")]
pub(super) fn read_all(mut input: &[u8]) {
    while let Ok(Some(frame)) = read_frame(&mut input) {
        let _ = frame.and_then(read_message);
    }
}

/// Looks for a `Content-Length` and the empty line after it; anything else is stepped over.
fn read_header(input: &mut impl BufRead) -> std::io::Result<Option<u64>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.take(HEADER_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let text = line.trim_ascii();
        if text.is_empty() && length.is_some() {
            return Ok(length);
        }
        // Garbage may stand before the header in the same line, after a body that was longer than announced.
        let at = text.windows(LENGTH.len()).rposition(|window| window.eq_ignore_ascii_case(LENGTH));
        if let Some(digits) = at.and_then(|at| text.get(at + LENGTH.len()..)) {
            length = std::str::from_utf8(digits.trim_ascii()).ok().and_then(|digits| digits.parse().ok());
        }
    }
}

/// Mends a body and reads it.
pub(super) fn read_message(mut body: Vec<u8>) -> Result<Incoming, String> {
    if std::str::from_utf8(&body).is_err() {
        return Err("a message was dropped: it is not UTF-8".to_owned());
    }
    mend_surrogates(&mut body);
    if let Some(mended) = mend_uris(&body) {
        body = mended;
    }
    let dropped = |error: serde_json::Error| format!("a message was dropped: it is not JSON-RPC 2.0 ({error})");
    // `method` tells calls from answers; a call may hold megabytes, so it is read once, an answer is small.
    let call = serde_json::from_slice::<Request>(&body);
    match call {
        Ok(call) if !call.method().is_empty() => Ok(Incoming::Call(call)),
        _ => match (serde_json::from_slice::<Response>(&body), call) {
            (Ok(answer), _) => Ok(Incoming::Answer(answer)),
            (Err(_), Err(error)) | (Err(error), Ok(_)) => Err(dropped(error)),
        },
    }
}

/// Replaces half surrogate pairs (`\ud83d` alone) by `\ufffd`, in place.
fn mend_surrogates(body: &mut [u8]) {
    let mut from = 0;
    let next = |body: &[u8], from: usize| body.get(from..)?.iter().position(|&byte| byte == b'\\').map(|at| from + at);
    while let Some(at) = next(body, from) {
        from = match (unit(body, at), unit(body, at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => at + 12,
            (Some(0xd800..=0xdfff), _) => {
                if let Some(escape) = body.get_mut(at..at + 6) {
                    escape.copy_from_slice(b"\\ufffd");
                }
                at + 6
            }
            // Any other escape is at least two bytes, and `\\` must not be read as the start of the next one.
            _ => at + 2,
        };
    }
}

/// The UTF-16 unit that a `\uXXXX` at `at` stands for.
fn unit(body: &[u8], at: usize) -> Option<u16> {
    let digits = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Percent-encodes what may not stand raw in the values of `uri`, `rootUri` and their like; `None` if all is well.
fn mend_uris(body: &[u8]) -> Option<Vec<u8>> {
    let mut mended = Vec::new();
    let mut copied = 0;
    for (at, key_end) in std::str::from_utf8(body).ok()?.match_indices("ri\"") {
        let Some((start, end)) = uri_value(body, at + key_end.len()).filter(|(start, _)| copied <= *start) else {
            continue;
        };
        let Some(uri) = body.get(start..end).and_then(|text| serde_json::from_slice::<String>(text).ok()) else {
            continue;
        };
        if let Some(encoded) = encode_uri(&uri) {
            mended.extend_from_slice(body.get(copied..start)?);
            mended.extend_from_slice(&serde_json::to_vec(&encoded).ok()?);
            copied = end;
        }
    }
    if copied == 0 {
        return None;
    }
    mended.extend_from_slice(body.get(copied..)?);
    Some(mended)
}

/// Where the string literal is that is the value of the key ending at `after_key`, if it is a URI's key.
fn uri_value(body: &[u8], after_key: usize) -> Option<(usize, usize)> {
    let key = body.get(..after_key)?;
    let is_uri = key.ends_with(b"\"uri\"") || key.ends_with(b"Uri\"");
    let space = |from: usize| body.get(from..)?.iter().position(|byte| !byte.is_ascii_whitespace()).map(|n| from + n);
    let colon = space(after_key).filter(|&at| is_uri && body.get(at) == Some(&b':'))?;
    let start = space(colon + 1).filter(|&at| body.get(at) == Some(&b'"'))?;
    let mut end = start + 1;
    loop {
        end += body.get(end..)?.iter().position(|&byte| byte == b'"' || byte == b'\\')?;
        match body.get(end)? {
            b'"' => return Some((start, end + 1)),
            _ => end += 2,
        }
    }
}

/// The URI with everything encoded that RFC 3986 does not allow raw; `None` if nothing had to be.
pub(super) fn encode_uri(uri: &str) -> Option<String> {
    let mut encoded = String::with_capacity(uri.len() + 16);
    let is_hex = |at: usize| uri.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
    for (at, byte) in uri.bytes().enumerate() {
        match byte {
            b'%' if is_hex(at + 1) && is_hex(at + 2) => encoded.push('%'),
            b'\\' => encoded.push('/'), // Windows clients that join paths by hand
            _ if byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=".contains(&byte) => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    (encoded != uri).then_some(encoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(body: &str) -> String {
        let mut body = body.as_bytes().to_vec();
        mend_surrogates(&mut body);
        String::from_utf8(mend_uris(&body).unwrap_or(body)).unwrap()
    }

    #[test]
    fn half_surrogates_are_replaced_and_pairs_are_kept() {
        assert_eq!(mended(r#""\ud83d""#), r#""\ufffd""#);
        assert_eq!(mended(r#""\ude00\ud83d""#), r#""\ufffd\ufffd""#);
        assert_eq!(mended(r#""\ud83d\ude00""#), r#""\ud83d\ude00""#);
        assert_eq!(mended(r#""\ud83d\ud83d\ude00""#), r#""\ufffd\ud83d\ude00""#);
    }

    #[test]
    fn an_escaped_backslash_starts_no_escape() {
        assert_eq!(mended(r#""\\ud83d""#), r#""\\ud83d""#);
        assert_eq!(mended(r#""\\\ud83d""#), r#""\\\ufffd""#);
    }

    #[test]
    fn raw_characters_of_a_uri_are_encoded() {
        assert_eq!(mended(r#"{"uri":"file:///a b/[x]/字.md"}"#), r#"{"uri":"file:///a%20b/%5Bx%5D/%E5%AD%97.md"}"#);
        assert_eq!(mended(r#"{"rootUri" : "file:///100%"}"#), r#"{"rootUri" : "file:///100%25"}"#);
        assert_eq!(mended(r#"{"uri":"file:///C:\\a\\b"}"#), r#"{"uri":"file:///C:/a/b"}"#);
    }

    #[test]
    fn words_that_only_look_like_a_uri_are_kept() {
        for body in [r#"{"text":"\"uri\":\"a b\""}"#, r#"{"uri":null,"x":"a b"}"#, r#"["uri","a b"]"#, r#"{"uri":"a"#] {
            assert_eq!(mended(body), body);
        }
    }

    #[test]
    fn frames_are_found_again_after_garbage() {
        let mut input: &[u8] =
            b"Content-Length: 2\r\n\r\n{}nonsense\r\n\r\n}Content-Length: 3\r\nX: y\r\n\r\n[1]Content-L";
        assert_eq!(read_frame(&mut input).unwrap(), Some(Ok(b"{}".to_vec())));
        assert_eq!(read_frame(&mut input).unwrap(), Some(Ok(b"[1]".to_vec())));
        assert_eq!(read_frame(&mut input).unwrap(), None);
    }

    #[test]
    fn what_is_no_message_is_an_error_and_nothing_else() {
        let deep = format!(r#"{{"jsonrpc":"2.0","method":"a","params":{}{}}}"#, "[".repeat(1000), "]".repeat(1000));
        for body in ["", "{", "[]", "7", r#"{"jsonrpc":"2.0"}"#, r#"{"jsonrpc":"1.0","method":"a"}"#, &deep] {
            assert!(read_message(body.into()).is_err(), "{body}");
        }
        assert!(read_message(b"\"\xff\"".to_vec()).is_err());
    }
}
