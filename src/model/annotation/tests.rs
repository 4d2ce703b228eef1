use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn check(text: &str, expected: Expect) {
    let (annotations, findings) = read(text);
    let mut out = String::new();
    for it in &annotations {
        let spanned = match &it.decision {
            Decision::Identity { actor, .. } => Some(actor),
            Decision::Backed { key, .. } => Some(key),
            Decision::Suppressed { code, .. } => Some(code),
            Decision::CitationNeeded | Decision::Assessed { .. } | Decision::Comment(_) => None,
        };
        if let Some(spanned) = spanned {
            assert_eq!(spanned.range.of(text), Some(spanned.value.as_str()));
        }
        out.push_str(&format!("{} {:?} by {:?} at {:?}\n", it.id, it.decision.motivation(), it.creator, it.created));
        out.push_str(&match &it.decision {
            Decision::Identity { actor, judgement } => format!("  {} {judgement:?}\n", actor.value),
            Decision::Backed { key, locator, quotation } => format!("  {} {locator:?} {quotation:?}\n", key.value),
            Decision::Suppressed { code, reason, until } => format!("  {} {reason:?} {until:?}\n", code.value),
            Decision::CitationNeeded | Decision::Assessed { .. } | Decision::Comment(_) => {
                format!("  {:?}\n", it.decision)
            }
        });
        let a = &it.anchor;
        out.push_str(&format!(
            "  {} {:?}|{:?}|{:?} {:?} {:?}\n",
            a.source, a.prefix, a.exact, a.suffix, a.position, a.sha256
        ));
    }
    for finding in &findings {
        out.push_str(&format!("! {:?} {}\n", finding.range.of(text).unwrap(), finding.message));
    }
    expected.assert_eq(&out);
}

const MENTION: &str = r#"{"@context":["http://www.w3.org/ns/anno.jsonld",{"gl":"https://x.org#"}],"id":"urn:uuid:1","type":"Annotation","motivation":"identifying","body":"actors/拼多多.md","target":{"source":"corpus/004.txt","selector":[{"type":"TextQuoteSelector","exact":"Pinduoduo","prefix":"between ","suffix":" — the"},{"type":"TextPositionSelector","start":5131,"end":5140}],"state":{"type":"TimeState","sourceDate":"2024","gl:sha256":"abc"}}}"#;

#[test]
fn every_decision() {
    let target = r#""target":{"source":"a.md","selector":{"type":"TextQuoteSelector","exact":"x"}}"#;
    let lines = [
        format!("\u{feff}{MENTION}\r"),
        format!(
            r#"{{"id":"2","motivation":["identifying"],"body":{{"actor":"b","judgement":"negative"}},"creator":{{"name":"Ann"}},"created":"2024-05-01T00:00:00Z",{target}}}"#
        ),
        format!(
            r#"{{"id":"3","motivation":"linking","body":{{"gl:key":"@wapo","gl:locator":"p. 3","selector":[{{"type":"TextQuoteSelector","exact":"words"}}]}},"creator":"Bob",{target}}}"#
        ),
        format!(r#"{{"id":"4","motivation":"questioning",{target}}}"#),
        format!(
            r#"{{"id":"5","motivation":"assessing","body":{{"verdict":"wont-cite","reason":"common knowledge"}},{target}}}"#
        ),
        format!(r#"{{"id":"6","motivation":"commenting","body":"look again",{target}}}"#),
        String::new(),
    ];
    check(
        &lines.join("\n"),
        expect![[r#"
        urn:uuid:1 "identifying" by None at None
          拼多多 Positive
          corpus/004.txt "between "|"Pinduoduo"|" — the" Some((5131, 5140)) Some("abc")
        2 "identifying" by Some("Ann") at Some("2024-05-01T00:00:00Z")
          b Negative
          a.md ""|"x"|"" None None
        3 "linking" by Some("Bob") at None
          wapo Some("p. 3") Some("words")
          a.md ""|"x"|"" None None
        4 "questioning" by None at None
          CitationNeeded
          a.md ""|"x"|"" None None
        5 "assessing" by None at None
          Assessed { verdict: WillNotCite, reason: Some("common knowledge") }
          a.md ""|"x"|"" None None
        6 "commenting" by None at None
          Comment("look again")
          a.md ""|"x"|"" None None
    "#]],
    );
}

#[test]
fn lines_that_cannot_be_read() {
    let target = r#""target":{"source":"a.md","selector":{"exact":"x"}}"#;
    let lines = [
        "{".to_owned(),
        "3".to_owned(),
        r#"{"id":"1","target":"a.md","motivation":"questioning"}"#.to_owned(),
        format!(r#"{{"motivation":"identifing",{target}}}"#),
        format!(r#"{{"motivation":"identifying",{target}}}"#),
        format!(r#"{{"motivation":"identifying","body":{{"gl:actor":"a","gl:judgement":"maybe"}},{target}}}"#),
        format!(r#"{{"motivation":"assessing","body":{{"gl:verdict":"verifed"}},{target}}}"#),
        format!(r#"{{{target}}}"#),
    ];
    check(
        &lines.join("\n"),
        expect![[r#"
            ! "{" this is not valid JSON from here on (unterminated object); until it is corrected, it is left out
            ! "3" this line is no annotation: it has no “target”; restore it, or remove the line
            ! "a.md" this annotation does not quote the words it is about, so they cannot be found again; give a TextQuoteSelector with “exact”
            ! "identifing" “identifing” is no motivation that is known, so this annotation is not used; did you mean “identifying”?
            ! "{\"motivation\":\"identifying\",\"target\":{\"source\":\"a.md\",\"selector\":{\"exact\":\"x\"}}}" this annotation does not say which actor is meant; give “gl:actor” in its body
            ! "maybe" “maybe” is no judgement that is known, so this annotation is not used; write positive, negative, unsure
            ! "verifed" “verifed” is no verdict that is known, so this annotation is not used; did you mean “verified”?
            ! "{\"target\":{\"source\":\"a.md\",\"selector\":{\"exact\":\"x\"}}}" this annotation has no motivation, so its meaning is not known; give one of identifying, linking, questioning, assessing, moderating, commenting
        "#]],
    );
}

#[test]
fn a_line_is_written_back_with_what_it_had() {
    let mut annotation = read(MENTION).0.remove(0);
    annotation.anchor.position = Some((1, 10));
    let written = annotation.to_line(Some(MENTION));
    let original = r#"{"id":"9","motivation":"linking","x":1,"body":{"key":"old","locator":"p. 1","purpose":"linking"},"creator":{"name":"Ann","email":"a@b"},"target":{"source":"a","selector":{"exact":"x"},"y":2}}"#;
    let mut linked = read(original).0.remove(0);
    linked.decision =
        Decision::Backed { key: Spanned::new("new".to_owned(), ByteRange::empty(0)), locator: None, quotation: None };
    let lines = [written, linked.to_line(Some(original)), linked.to_line(None)].join("\n");
    for line in lines.lines() {
        assert_eq!(read(line).1, Vec::new());
    }
    expect![[r#"
        {"@context":["http://www.w3.org/ns/anno.jsonld",{"gl":"https://x.org#"}],"id":"urn:uuid:1","type":"Annotation","motivation":"identifying","body":{"type":"SpecificResource","gl:actor":"拼多多","gl:judgement":"positive"},"target":{"source":"corpus/004.txt","selector":[{"type":"TextQuoteSelector","exact":"Pinduoduo","prefix":"between ","suffix":" — the"},{"type":"TextPositionSelector","start":1,"end":10}],"state":{"type":"TimeState","sourceDate":"2024","gl:sha256":"abc"}}}
        {"@context":["http://www.w3.org/ns/anno.jsonld",{"gl":"urn:glossator:ns#"}],"id":"9","type":"Annotation","motivation":"linking","creator":{"name":"Ann","email":"a@b"},"body":{"type":"SpecificResource","gl:key":"new","purpose":"linking"},"target":{"source":"a","selector":[{"type":"TextQuoteSelector","exact":"x","prefix":"","suffix":""}],"y":2},"x":1}
        {"@context":["http://www.w3.org/ns/anno.jsonld",{"gl":"urn:glossator:ns#"}],"id":"9","type":"Annotation","motivation":"linking","creator":{"type":"Person","name":"Ann"},"body":{"type":"SpecificResource","gl:key":"new"},"target":{"source":"a","selector":[{"type":"TextQuoteSelector","exact":"x","prefix":"","suffix":""}]}}
    "#]].assert_eq(&(lines + "\n"));
}

#[test]
fn a_quotation_in_a_selector_is_read_like_one_of_ours() {
    let line = r#"{"id":"9","motivation":"linking","body":{"gl:key":"k","selector":{"exact":" what was said\t"}},"target":{"source":"a","selector":{"exact":"x"}}}"#;
    let first = read(line).0.remove(0);
    let second = read(&first.to_line(None)).0.remove(0);
    let quotation = |decision: &Decision| {
        let Decision::Backed { quotation, .. } = decision else { panic!("{decision:?}") };
        quotation.clone()
    };
    assert_eq!(quotation(&first.decision).as_deref(), Some("what was said"));
    assert_eq!(quotation(&first.decision), quotation(&second.decision));
}

const TEXT: &str = "名😀 Xiaomi said it had sold phones. Later, Xiaomi denied this. In the end Xiaomi won.\n";

/// Anchors the words between `<` and `>`, edits the text, and shows where they are found.
fn moved(marked: &str, edited: &str) -> String {
    let start = marked.find('<').unwrap();
    let end = marked.find('>').unwrap() - 1;
    let text = marked.replace(['<', '>'], "");
    let range = ByteRange::new(start, end);
    let anchor = Anchor::make("a.txt", &text, range, None).unwrap();
    let hashed = Anchor { sha256: Some("ff".to_owned()), ..anchor.clone() };
    assert_eq!(hashed.find_hashed(&text, "ff"), Some(range), "unchanged");
    match anchor.find(edited) {
        None => "orphan".to_owned(),
        Some(found) => {
            let at = |offset: u32| edited.get(..offset as usize).unwrap();
            format!(
                "{}<{}>",
                at(found.start).chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect::<String>(),
                found.of(edited).unwrap()
            )
        }
    }
}

#[test]
fn anchors_hold_code_points() {
    let start = TEXT.find("Xiaomi").unwrap();
    let anchor = Anchor::make("a.txt", TEXT, ByteRange::new(start, start + 6), Some("sha256:ff")).unwrap();
    assert_eq!(
        (anchor.position, anchor.prefix.as_str(), anchor.sha256.as_deref()),
        (Some((3, 9)), "名😀 ", Some("ff"))
    );
    assert_eq!(anchor.suffix.chars().count(), 32);
    assert_eq!(Anchor::make("a", TEXT, ByteRange::new(1, 2), None), None);
}

#[test]
fn places_are_found_again() {
    let first = "名😀 <Xiaomi> said it had sold phones. Later, Xiaomi denied this. In the end Xiaomi won.\n";
    let middle = "名😀 Xiaomi said it had sold phones. Later, <Xiaomi> denied this. In the end Xiaomi won.\n";
    for (marked, edited, expected) in [
        (middle, TEXT.to_owned(), "ater, <Xiaomi>"),
        (middle, format!("New first line 😀.\n\n{TEXT}"), "ater, <Xiaomi>"),
        (middle, TEXT.replace("Later, ", "Later, the firm "), " firm <Xiaomi>"),
        (middle, TEXT.replace("Later, Xiaomi denied this. ", ""), "orphan"),
        (first, format!("{TEXT}{TEXT}"), "orphan"),
        (first, TEXT.replace("Xiaomi said it had sold", "Huawei said it had sold"), "orphan"),
        (
            "She said <“it’s  over”> to us at once, and we left.",
            "She said \"It's over\" to us at once, and we left.".to_owned(),
            " said <\"It's over\">",
        ),
        (
            "It was <the largest company of the land> then, he said.",
            "It was the largest firm of the land then, he said.".to_owned(),
            "orphan",
        ),
        (
            "It was <the largest company of the land> then, he said.",
            "It was the largest companies of the land then, he said.".to_owned(),
            "t was <the largest companies of the land>",
        ),
        ("a <b> a b a b", "a b a b a b a b".to_owned(), "orphan"),
        ("<Xiaomi> is a firm.", "Huawei is a firm.".to_owned(), "orphan"),
        ("<whole>", "the whole thing".to_owned(), " the <whole>".trim_start()),
    ] {
        let shown = moved(marked, &edited);
        assert_eq!(shown, expected, "{marked} → {edited}");
    }
}

#[test]
fn copies_of_a_passage_are_told_apart_by_position_only_when_nothing_changed() {
    let line = "The same sentence stands here again and again.\n";
    let text = line.repeat(5);
    let start = line.len() * 2 + 4;
    let anchor = Anchor::make("a", &text, ByteRange::new(start, start + 4), Some("11")).unwrap();
    assert_eq!(anchor.find(&text), None);
    assert_eq!(anchor.find_hashed(&text, "12"), None);
    assert_eq!(anchor.find_hashed(&text, "11"), Some(ByteRange::new(start, start + 4)));
    assert_eq!(anchor.find(&format!("x\n{text}")), None);
}

/// Two hundred edits around the places; each place is followed, and found again there or not at all.
#[test]
fn among_look_alikes_no_place_moves_to_another() {
    let names = ["Xiaomi", "华为公司", "l’État", "Apple"];
    let verbs = ["said", "denied", "claimed", "repeated"];
    let mut text = String::new();
    let mut places: Vec<(usize, usize)> = Vec::new();
    for n in 0..120 {
        let name = names[n * 7 % names.len()];
        text.push_str(["In May ", "Later, ", "😀 Then ", ""][n % 4]);
        places.push((text.len(), text.len() + name.len()));
        text.push_str(&format!("{name} {} it had {} offices in town {}. ", verbs[n / 4 % 4], n * 13 % 50, n * 31 % 17));
    }
    let anchors: Vec<Anchor> = places
        .iter()
        .map(|(start, end)| Anchor::make("a", &text, ByteRange::new(*start, *end), Some("00")).unwrap())
        .collect();
    let mut seed = 12_345_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for _ in 0..200 {
        let at = (0..=random(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        if places.iter().any(|(start, end)| *start < at + 12 && at <= *end) {
            continue;
        }
        let (removed, added) = match random(3) {
            0 => (0, "new Xiaomi words "),
            1 => ((1..12).rev().find(|len| text.is_char_boundary(at + len)).unwrap_or(0), ""),
            _ => (0, "\n\n"),
        };
        let removed = removed.min(text.len() - at);
        text.replace_range(at..at + removed, added);
        for (start, end) in places.iter_mut().filter(|(start, _)| at <= *start) {
            (*start, *end) = (*start + added.len() - removed, *end + added.len() - removed);
        }
    }
    let mut n_found = 0;
    for (anchor, (start, end)) in anchors.iter().zip(&places) {
        if let Some(found) = anchor.find_hashed(&text, "11") {
            assert_eq!(found, ByteRange::new(*start, *end), "{}", anchor.prefix);
            n_found += 1;
        }
    }
    // Every place has many look-alikes, so only those with untouched neighbours can be told from them.
    assert!(30 <= n_found, "only {n_found} of 120 were found");
}

proptest! {
    #[test]
    fn an_insertion_before_never_moves_to_other_words(before in "[a-zé中😀 ’\"-]{0,40}", words in "[a-z中]{1,12}", after in "[a-zé中😀 ]{0,40}", inserted in "[a-z中😀\n ]{0,20}") {
        let text = format!("{before}{words}{after}");
        let range = ByteRange::new(before.len(), before.len() + words.len());
        let anchor = Anchor::make("a", &text, range, None).unwrap();
        prop_assert_eq!(anchor.find_hashed(&text, ""), anchor.find(&text));
        if let Some(found) = anchor.find(&format!("{inserted}{text}")) {
            let edited = format!("{inserted}{text}");
            prop_assert!(found.of(&edited).is_some());
        }
    }

    #[test]
    fn reading_never_panics(text in "(\\{|\\}|\\[|\\]|\"|,|:|id|target|body|selector|exact|é|中|😀|\n|motivation|identifying){0,40}") {
        let (annotations, findings) = read(&text);
        for it in &annotations {
            prop_assert!(!it.to_line(None).contains('\n'));
        }
        for finding in &findings {
            prop_assert!(finding.range.of(&text).is_some());
        }
    }
}

#[test]
fn findings_are_held_back_by_code_with_a_reason_and_a_last_day() {
    let target = r#""target":{"source":"a.md","selector":{"type":"TextQuoteSelector","exact":"x"}}"#;
    let lines = [
        format!(
            r#"{{"id":"1","motivation":"moderating","body":{{"value":"seen","gl:code":"uncited-claim","gl:until":"2027-01-31"}},{target}}}"#
        ),
        format!(r#"{{"id":"2","motivation":"moderating","body":{{"code":"uncited-clam"}},{target}}}"#),
        format!(
            r#"{{"id":"3","motivation":"moderating","body":{{"code":"unknown-actor","until":"next year"}},{target}}}"#
        ),
        format!(r#"{{"id":"4","motivation":"moderating","body":"seen",{target}}}"#),
    ];
    check(
        &lines.join("\n"),
        expect![[r#"
        1 "moderating" by None at None
          uncited-claim Some("seen") Some("2027-01-31")
          a.md ""|"x"|"" None None
        ! "uncited-clam" “uncited-clam” is no code of a finding that is known, so this annotation is not used; did you mean “uncited-claim”?
        ! "next year" this is no date, so the annotation is not used; write the last day as 2027-01-31
        ! "{\"id\":\"4\",\"motivation\":\"moderating\",\"body\":\"seen\",\"target\":{\"source\":\"a.md\",\"selector\":{\"type\":\"TextQuoteSelector\",\"exact\":\"x\"}}}" this annotation does not say which finding it holds back; give “gl:code” in its body
    "#]],
    );
    let (annotations, _) = read(&lines[0]);
    let written = annotations[0].to_line(Some(&lines[0]));
    let again = read(&written).0;
    assert_eq!(again[0].decision.motivation(), "moderating");
    assert_eq!(format!("{:?}", again[0].to_line(Some(&written))), format!("{written:?}"));
}
