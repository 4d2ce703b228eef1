//! Names of files, from ids and names.

use crate::text::fold;

/// How many characters a file's name may have, without its ending.
const MAX_CHARS: usize = 80;

/// Names that Windows keeps for devices.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "lpt1", "lpt2", "lpt3"];

/// A name as a file's name: small letters without marks, a hyphen for every run of other characters. Letters without a
/// Latin form (Han, Cyrillic …) stay. Never empty, never a path.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        let folded = fold::fold(c.encode_utf8(&mut [0; 4]));
        match c {
            '\'' | '’' | '\u{300}'..='\u{36f}' => (),
            _ if c.is_ascii_alphanumeric() => slug.push(c),
            _ if !folded.is_empty() && folded.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                slug.push_str(&folded)
            }
            _ if c.is_alphanumeric() => slug.push(c),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => (),
        }
    }
    let end = slug.char_indices().nth(MAX_CHARS).map_or(slug.len(), |(at, _)| at);
    let slug = slug.get(..end).unwrap_or_default().trim_matches('-');
    match slug {
        "" => "actor".to_owned(),
        _ if DEVICES.contains(&slug) => format!("{slug}-actor"),
        _ => slug.to_owned(),
    }
}

/// A word that is not taken: itself, or with the first number behind it that makes it so.
pub(super) fn free(word: &str, is_taken: &mut dyn FnMut(&str) -> bool) -> String {
    if !is_taken(word) {
        return word.to_owned();
    }
    (2_u64..).map(|number| format!("{word}-{number}")).find(|word| !is_taken(word)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_names_of_files() {
        for (name, expected) in [
            ("People's Data", "peoples-data"),
            ("Données du peuple", "donnees-du-peuple"),
            ("人民日報", "人民日報"),
            ("Владимир Путин", "владимир-путин"),
            ("Weiß & Söhne GmbH", "weiss-sohne-gmbh"),
            ("e\u{301}te\u{301}", "ete"),
            ("../../etc/passwd", "etc-passwd"),
            ("a/b\\c:d", "a-b-c-d"),
            ("..", "actor"),
            ("", "actor"),
            ("CON", "con-actor"),
            ("NK-abc.1", "nk-abc-1"),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
        assert_eq!(slug(&"é".repeat(500)).len(), MAX_CHARS);
    }
}
