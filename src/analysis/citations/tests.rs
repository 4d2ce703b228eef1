use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn shown(text: &str) -> String {
    let mut out = Vec::new();
    for it in read_block(text) {
        let words = it.range.of(text).unwrap();
        let locator = it.locator.map_or_else(String::new, |it| format!(" at {it:?}"));
        out.push(match it.target {
            CitationTarget::Key { key, range } => {
                assert_eq!(range.of(text), Some(key.as_str()));
                format!("key {key} in {words:?}{locator}")
            }
            CitationTarget::Url(url) => format!("url {url} in {words:?}"),
            CitationTarget::Footnote(label) => format!("footnote {label}"),
            CitationTarget::FootnoteDefinition(label) => format!("definition {label}"),
            CitationTarget::Needed => format!("needed {words:?}"),
            CitationTarget::Glued(key) => format!("glued {key} in {words:?}"),
        });
    }
    out.join("\n")
}

fn check(cases: &[&str], expected: Expect) {
    let lines: Vec<String> = cases.iter().map(|text| format!("{text:?}\n{}\n", shown(text))).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn groups_in_brackets() {
    check(
        &[
            "A fact [@doe99, p. 33].",
            "[@doe99; see @b2, ch. 4 and more]",
            "[-@x] and [see -@y, pp. 33-35, 38-39 and passim]",
            "😀 名 [@人民2024] 𠀀 [@k1]",
            "报道[@wapo2024，第3页]",
            "[@a; b; @c] [@d; and more]",
            "[@a.] [@{https://ex.org/a?b=c}, 00:12:30] [@b 12] [@c, § 3] [@d{ii, A, D-Z}, x]",
            "[see [@inner, para. 14] here]",
            "[@one, see `@code`; @two]",
        ],
        expect![[r#"
            "A fact [@doe99, p. 33]."
            key doe99 in "@doe99, p. 33" at "p. 33"

            "[@doe99; see @b2, ch. 4 and more]"
            key doe99 in "@doe99"
            key b2 in "see @b2, ch. 4 and more" at "ch. 4"

            "[-@x] and [see -@y, pp. 33-35, 38-39 and passim]"
            key x in "-@x"
            key y in "see -@y, pp. 33-35, 38-39 and passim" at "pp. 33-35, 38-39"

            "😀 名 [@人民2024] 𠀀 [@k1]"
            key 人民2024 in "@人民2024"
            key k1 in "@k1"

            "报道[@wapo2024，第3页]"
            key wapo2024 in "@wapo2024，第3页" at "第3页"

            "[@a; b; @c] [@d; and more]"
            key a in "@a"
            key c in "b; @c"
            key d in "@d; and more"

            "[@a.] [@{https://ex.org/a?b=c}, 00:12:30] [@b 12] [@c, § 3] [@d{ii, A, D-Z}, x]"
            key a in "@a."
            key https://ex.org/a?b=c in "@{https://ex.org/a?b=c}, 00:12:30" at "00:12:30"
            key b in "@b 12" at "12"
            key c in "@c, § 3" at "§ 3"
            key d in "@d{ii, A, D-Z}, x" at "ii, A, D-Z"

            "[see [@inner, para. 14] here]"
            key inner in "@inner, para. 14" at "para. 14"

            "[@one, see `@code`; @two]"
            key one in "@one, see `@code`"
            key two in "@two"
        "#]],
    );
}

#[test]
fn author_in_text() {
    check(
        &[
            "@smith04 [p. 3] says",
            "@smith04 says; (@doe99) too",
            "@Foo_bar.baz. @a--b @https://x.org/a",
            "@{https://ex.org/a?b=c}",
            "@k [p. 3; see @b, ch. 2]",
            "@k [text](http://x.org) @j [^1] @l [and] then @m [citation needed]",
            "-@k says",
        ],
        expect![[r#"
            "@smith04 [p. 3] says"
            key smith04 in "@smith04 [p. 3]" at "p. 3"

            "@smith04 says; (@doe99) too"
            key smith04 in "@smith04"
            key doe99 in "@doe99"

            "@Foo_bar.baz. @a--b @https://x.org/a"
            key Foo_bar.baz in "@Foo_bar.baz"
            key a in "@a"
            key https://x.org/a in "@https://x.org/a"

            "@{https://ex.org/a?b=c}"
            key https://ex.org/a?b=c in "@{https://ex.org/a?b=c}"

            "@k [p. 3; see @b, ch. 2]"
            key k in "@k [p. 3" at "p. 3"
            key b in "see @b, ch. 2" at "ch. 2"

            "@k [text](http://x.org) @j [^1] @l [and] then @m [citation needed]"
            key k in "@k"
            url http://x.org in "[text](http://x.org)"
            key j in "@j"
            footnote 1
            key l in "@l [and]"
            key m in "@m"
            needed "[citation needed]"

            "-@k says"
            key k in "-@k"
        "#]],
    );
}

#[test]
fn what_only_looks_like_a_citation() {
    check(
        &[
            "foo@bar.com \\@esc `@code` ``@co`de`` http://x.org/@me medium.com/@me",
            "[China’s] [and] [sic] [...]",
            "<!-- @no [@no] --> [[@wiki|page]] ![alt](http://x.org/a.png)",
            "```\n@code [@code]\n```\n@yes",
            "~~~ x\n@code\n",
            "@ @- @. [@] [] [@{}]",
        ],
        expect![[r#"
            "foo@bar.com \\@esc `@code` ``@co`de`` http://x.org/@me medium.com/@me"
            url http://x.org/@me in "http://x.org/@me"

            "[China’s] [and] [sic] [...]"


            "<!-- @no [@no] --> [[@wiki|page]] ![alt](http://x.org/a.png)"


            "```\n@code [@code]\n```\n@yes"
            key yes in "@yes"

            "~~~ x\n@code\n"


            "@ @- @. [@] [] [@{}]"

        "#]],
    );
}

#[test]
fn glued_to_a_letter() {
    check(
        &["据@人民日报2024报道", "据@人民日报报道", "report@doe2024 says", "me@host2024.org", "word@handle"],
        expect![[r#"
            "据@人民日报2024报道"
            glued 人民日报2024报道 in "@人民日报2024报道"

            "据@人民日报报道"


            "report@doe2024 says"
            glued doe2024 in "@doe2024"

            "me@host2024.org"


            "word@handle"

        "#]],
    );
}

#[test]
fn footnotes() {
    check(
        &["Text.[^1] More^[@in, p. 2].", "[^1]: note [@k1] and https://x.org/a.", "a [^note]: b", "[^ x]"],
        expect![[r#"
            "Text.[^1] More^[@in, p. 2]."
            footnote 1
            key in in "@in, p. 2" at "p. 2"

            "[^1]: note [@k1] and https://x.org/a."
            definition 1
            key k1 in "@k1"
            url https://x.org/a in "https://x.org/a"

            "a [^note]: b"
            footnote note

            "[^ x]"

        "#]],
    );
}

#[test]
fn links_and_addresses() {
    check(
        &[
            "[text](https://x.org/a_(b) \"T\") and [rel](../a.md) [x](#y) [m](mailto:a@b.c) [p](<a b>)",
            "<https://x.org/a> <a@b.c> (https://x.org/b). https://x.org/c_(d), https://x.org/e?f=1&g=2!",
            "见https://x.org/a，另见《https://x.org/b》。www.x.org/c",
            "[see https://x.org/a] <a href=\"https://x.org/q\">",
            "http:// https://, xhttp://x.org",
        ],
        expect![[r#"
            "[text](https://x.org/a_(b) \"T\") and [rel](../a.md) [x](#y) [m](mailto:a@b.c) [p](<a b>)"
            url https://x.org/a_(b) in "[text](https://x.org/a_(b) \"T\")"
            url ../a.md in "[rel](../a.md)"
            url a b in "[p](<a b>)"

            "<https://x.org/a> <a@b.c> (https://x.org/b). https://x.org/c_(d), https://x.org/e?f=1&g=2!"
            url https://x.org/a in "<https://x.org/a>"
            url https://x.org/b in "https://x.org/b"
            url https://x.org/c_(d) in "https://x.org/c_(d)"
            url https://x.org/e?f=1&g=2 in "https://x.org/e?f=1&g=2"

            "见https://x.org/a，另见《https://x.org/b》。www.x.org/c"
            url https://x.org/a in "https://x.org/a"
            url https://x.org/b in "https://x.org/b"
            url www.x.org/c in "www.x.org/c"

            "[see https://x.org/a] <a href=\"https://x.org/q\">"
            url https://x.org/a in "https://x.org/a"
            url https://x.org/q in "https://x.org/q"

            "http:// https://, xhttp://x.org"

        "#]],
    );
}

#[test]
fn explicit_markers() {
    check(
        &[
            "A [citation needed] b {{citation needed}} c {{refnec|date=x}} d {{Référence nécessaire}} e {{来源请求}} f",
            "The figure is TK, or TKTK. TK Maxx and STK and @TK1 and TK-1 [TK]",
            "{{other}} {{ }} {{unclosed",
        ],
        expect![[r#"
            "A [citation needed] b {{citation needed}} c {{refnec|date=x}} d {{Référence nécessaire}} e {{来源请求}} f"
            needed "[citation needed]"
            needed "{{citation needed}}"
            needed "{{refnec|date=x}}"
            needed "{{Référence nécessaire}}"
            needed "{{来源请求}}"

            "The figure is TK, or TKTK. TK Maxx and STK and @TK1 and TK-1 [TK]"
            needed "TK"
            needed "TKTK"
            key TK1 in "@TK1"
            needed "[TK]"

            "{{other}} {{ }} {{unclosed"

        "#]],
    );
}

#[test]
fn locators() {
    for (suffix, expected) in [
        (", p. 33", Some("p. 33")),
        (", pp. 1-2", Some("pp. 1-2")),
        (" para. 14: and", Some("para. 14")),
        (", § 3", Some("§ 3")),
        (", ch. 4 and more", Some("ch. 4")),
        ("，第3页", Some("第3页")),
        ("，第三至五段", Some("第三至五段")),
        (", 00:12:30", Some("00:12:30")),
        (", 33", Some("33")),
        (", 33-35, 38-39", Some("33-35, 38-39")),
        (", p. iv", Some("p. iv")),
        (", p. 3, ch. 2", Some("p. 3")),
        (", fig. A1", Some("fig. A1")),
        (", see also the rest", None),
        (", a nice page", None),
        ("", None),
    ] {
        assert_eq!(locator(suffix).as_deref(), expected, "{suffix}");
    }
}

#[test]
fn hostile_texts_take_time_in_proportion() {
    let n = 100_000;
    for text in [
        "[".repeat(n),
        "@".repeat(n),
        "[@".repeat(n),
        "[@a ".repeat(n),
        "[@a; ".repeat(n),
        "@a [".repeat(n),
        "`".repeat(n),
        (1..600).map(|len| "`".repeat(len) + " ").collect(),
        "<!-- ".repeat(n),
        "](".repeat(n),
        "[x](".repeat(n),
        "[^".repeat(n),
        "{{".repeat(n),
        "@{".repeat(n),
        "https://".repeat(n),
        format!("https://x.org/{}", ")".repeat(n)),
        "[".repeat(n) + &"]".repeat(n),
        "[@a".repeat(n) + &"]".repeat(n),
        "\n```".repeat(n),
        "[@a;".repeat(n) + &"]".repeat(n),
        format!("[@a{}]", "; x".repeat(n)),
    ] {
        let start = std::time::Instant::now();
        let citations = read_block(&text);
        let took = start.elapsed();
        let head: String = text.chars().take(12).collect();
        // What grows with the square of such a text takes minutes; a busy machine may take seconds.
        assert!(took.as_secs() < 60, "{head:?}: {took:?}, {} citations", citations.len());
    }
}

proptest! {
    #[test]
    fn reading_never_panics(text in "(\\[|\\]|@|\\{|\\}|`|\\(|\\)|\\\\|<|>|!|\\^|;|,| |\n|a1|é|中|😀|https://x|www\\.|TK|p\\. 3|-){0,60}") {
        let mut last = 0;
        for it in read_block(&text) {
            prop_assert!(it.range.of(&text).is_some());
            prop_assert!(last <= it.range.start, "in order");
            last = it.range.start;
        }
    }
}
