use super::*;
use expect_test::{Expect, expect};

/// Shows each token between what joins it to the one before: `~` nothing, ` ` space, `/` line end, `-`, `-/`, `'`,
/// `|` other, `¶` empty line.
fn check(text: &str, expected: Expect) {
    let mut shown = String::new();
    for token in tokenize(text) {
        shown.push_str(match token.join {
            Join::Nothing => "~",
            Join::Space => " ",
            Join::LineEnd => "/",
            Join::Hyphen => "-",
            Join::HyphenLineEnd => "-/",
            Join::Apostrophe => "'",
            Join::Other => "|",
            Join::Break => "¶",
        });
        shown.push_str(token.of(text));
    }
    expected.assert_eq(&shown);
}

#[test]
fn words_and_what_joins_them() {
    check("l'armée d’Israël, People’s Daily", expect!["|l'armée d'Israël|People's Daily"]);
    check("a pro-Microsoft — no - line", expect!["|a pro-Microsoft|no|line"]);
    check("Aus-\r\n  tralian\nInstitute\n\nNext", expect!["|Aus-/tralian/Institute¶Next"]);
    check("soft\u{AD}\nware", expect!["|soft-/ware"]);
    check("**Micro**soft _X_ a_b", expect!["|Micro~soft X a~b"]);
}

#[test]
fn every_character_of_a_script_without_spaces_is_a_token() {
    check("据ASPI的报告24小时", expect!["|据~ASPI~的~报~告~24~小~时"]);
    check("삼성은 カ\u{3099}", expect!["|삼~성~은 カ\u{3099}"]);
}

#[test]
fn dotted_capitals_are_one_word_and_initials_are_followed_by_a_space() {
    check("the U.S. government", expect!["|the U.S. government"]);
    check("George W. Bush", expect!["|George W Bush"]);
    check("Plan B. Then", expect!["|Plan B Then"]);
}

#[test]
fn spellings_of_one_word_have_one_hash() {
    let hash = |text: &str| tokenize(text).first().map(|token| token.hash);
    for (one, other) in [
        ("Caïn", "cain"),
        ("Cai\u{308}n", "Cain"),
        ("ＡＳＰＩ", "ASPI"),
        ("U.S.", "us"),
        ("Mi\u{200B}cro\u{AD}soft", "microsoft"),
        ("報", "报"),
        ("가", "\u{1100}\u{1161}"),
        ("Straße", "STRASSE"),
    ] {
        assert_eq!(hash(one), hash(other), "{one} {other}");
    }
    assert_eq!(hash("Australian"), Some(hash_pieces(&["Aus", "tralian"])));
}

#[test]
fn offsets_fit_the_raw_text() {
    let text = "\u{FEFF}😀𠀀 İstanbul\u{200B} e\u{301}te\u{301}\r\nﬁn 한국 ا\u{64E}ب";
    for token in tokenize(text) {
        assert!(!token.of(text).is_empty(), "{token:?}");
    }
    let last = tokenize("x\u{200B} y");
    assert_eq!(last[0].of("x\u{200B} y"), "x");
}

/// Words that are hashed by themselves, eight bytes at a time, have the hash of their letters one by one.
#[test]
fn pieces_are_hashed_like_letters() {
    let plain = |pieces: &[&str]| {
        let mut hash = Hash::default();
        for c in pieces.iter().flat_map(|piece| piece.chars()) {
            let fold = fold_char(c);
            if fold.class.is_word() || fold.class == Class::Mark {
                fold.for_each(|c| hash.add(c));
            }
        }
        hash.finish()
    };
    let all: &[&[&str]] = &[
        &[""],
        &["Aus", "tralian"],
        &["abcdefgh", "ijklmnop", "q"],
        &["A very Long row, of words: 12345678901"],
        &["x\u{AD}y\u{301}É", "_*z ", "Straße ﬁn 中国 가 \u{3000}."],
        &["abcdefg中", "abcdefg", "中abcdefghi"],
    ];
    for pieces in all {
        assert_eq!(hash_pieces(pieces), plain(pieces), "{pieces:?}");
    }
}

/// A word read eight bytes at a time is the word read letter by letter: an accent makes the slow path read the rest.
#[test]
fn long_words_are_read_like_short_ones() {
    for word in ["a", "Abcdefg", "ABCDEFGH", "abcdefgHijklmnop", "1234567Ab", "AbcdefghIjklmnopQ", "3M", "x86", "MiG29"]
    {
        let (plain, other) = (tokenize(word), tokenize(&word.replace('A', "Á").replace('a', "á")));
        let seen = |token: &Token| (token.hash, token.class, token.shape, token.camel);
        assert_eq!(seen(&plain[0]), seen(&other[0]), "{word}");
        assert_eq!(plain[0].hash, hash_pieces(&[word]), "{word}");
        assert_eq!(plain[0].end as usize, word.len());
    }
    assert!(tokenize("abcdefghI")[0].camel && tokenize("abcdefg1I")[0].camel && !tokenize("abcdefgh").is_empty());
}

/// Han characters that are read the short way are what they are read the long way, which a dropped character behind them
/// asks for.
#[test]
fn han_characters_are_read_the_same_either_way() {
    for c in '\u{4E00}'..='\u{9FFF}' {
        let (short, long) = (tokenize(&format!("{c}国")), tokenize(&format!("{c}\u{200B}国")));
        assert_eq!(short[0], long[0], "{c}");
        assert_eq!((short.len(), short[1].join, long[1].join), (2, Join::Nothing, Join::Nothing), "{c}");
    }
    let all = |text: &str| tokenize(text).into_iter().map(|it| (it.start, it.end, it.join)).collect::<Vec<_>>();
    assert_eq!(all("A. 中"), [(0, 1, Join::Other), (3, 6, Join::Space)]);
    assert_eq!(all("中 国，人"), [(0, 3, Join::Other), (4, 7, Join::Space), (10, 13, Join::Other)]);
}
