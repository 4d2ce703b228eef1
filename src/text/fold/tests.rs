use super::*;

#[test]
fn spellings_of_one_name_fold_alike() {
    let pairs = [
        ("Département d’État", "departement d'etat"),
        ("De\u{301}partement d\u{2019}E\u{301}tat", "departement d'etat"),
        ("İstanbul STRASSE straße ﬁn", "istanbul strasse strasse fin"),
        ("ＡＳＰＩ", "aspi"),
        ("紐約時報", "纽约时报"),
        ("New\u{A0}York\r\n  Times", "new york times"),
        ("mi\u{AD}cro\u{200B}soft\u{FEFF}", "microsoft"),
        ("Łódź Ørsted Œuvre", "lodz orsted oeuvre"),
        ("Jean‐Luc", "jean-luc"),
        ("Путин Йод Ёлка", "путин иод елка"),
        ("أحمد", "احمد"),
    ];
    for (raw, folded) in pairs {
        assert_eq!(fold(raw), folded, "{raw}");
    }
}

#[test]
fn composed_and_decomposed_hangul_and_kana_fold_alike() {
    assert_eq!(fold("삼성"), fold("\u{1109}\u{1161}\u{11B7}\u{1109}\u{1165}\u{11BC}"));
    assert_eq!(fold("ガ"), fold("カ\u{3099}"));
    assert_eq!(fold("ｶﾞ"), fold("ガ"));
}

/// Every folded character must lead back to the raw character that it came from.
#[test]
fn the_map_leads_back_to_character_boundaries() {
    let raw = "İß ﬁ😀 𠀀e\u{301}\u{AD}x \r\n\t Ａ紐\u{200B}約 가ﬃ!";
    let folded = Folded::new(raw);
    let mut boundaries: Vec<usize> = folded.text.char_indices().map(|(at, _)| at).collect();
    boundaries.push(folded.text.len());
    for pair in boundaries.windows(2) {
        let range = folded.raw_range(ByteRange::new(pair[0], pair[1]));
        let words = range.of(raw).unwrap_or_else(|| panic!("{range:?} is no range of characters"));
        let part = folded.text.get(pair[0]..pair[1]).expect("a character");
        assert!(fold(words).contains(part), "{words:?} does not hold {part:?}");
    }
    assert_eq!(folded.raw_range(ByteRange::new(0, folded.text.len())).of(raw), Some(raw));
}

#[test]
fn a_range_within_the_folded_text_is_found_in_the_raw_one() {
    let raw = "La stra\u{AD}ße : l’« Éta\u{301}t » ﬁnal";
    let folded = Folded::new(raw);
    let find = |needle: &str| {
        let at = folded.text.find(needle).expect(needle);
        folded.raw_range(ByteRange::new(at, at + needle.len())).of(raw).map(str::to_owned)
    };
    assert_eq!(find("strasse").as_deref(), Some("stra\u{AD}ße"));
    assert_eq!(find("etat").as_deref(), Some("Éta\u{301}t"));
    assert_eq!(find("final").as_deref(), Some("ﬁnal"));
}

#[test]
fn plain_characters_fold_as_the_table_has_them() {
    for c in (0u8..128).map(char::from) {
        let (plain, table) = (fold_char(c), table_entry(c));
        assert_eq!((plain.class, plain.upper), (table.class, table.upper), "{c:?}");
        let letters = |fold: FoldedChar| {
            let mut letters = String::new();
            fold.for_each(|c| letters.push(c));
            letters
        };
        assert_eq!(letters(plain), letters(table), "{c:?}");
    }
}

/// Folding without a map gives what folding with one does.
#[test]
fn folding_for_a_key_is_folding() {
    let texts =
        ["", " a \t\r\n B", "x \u{AD} \u{200B}\u{A0} y", "\u{301} \u{301} É\u{AD}", "ﬁ  ﷺ　가 `’", "a\u{2028} \u{85}b"];
    for text in texts {
        assert_eq!(fold(text), Folded::new(text).text, "{text:?}");
    }
}

#[test]
fn every_character_is_on_the_page_of_its_block() {
    let table = Table::new();
    for block in 0..0x1100 {
        let page: &'static Page = Box::leak(Box::new(table.page(block)));
        for c in (block << 8..(block + 1) << 8).filter_map(char::from_u32) {
            assert_eq!(format!("{:?}", table_entry(c)), format!("{:?}", page.get(c)), "{:x}", u32::from(c));
        }
    }
}
