use super::*;

/// Writes each segment between brackets.
fn cut(text: &str) -> Vec<&str> {
    split(text).into_iter().filter_map(|segment| segment.range.of(text)).collect()
}

#[test]
fn plain_sentences() {
    assert_eq!(
        cut("The mill closed. Forty people lost their jobs."),
        ["The mill closed.", "Forty people lost their jobs."]
    );
    assert_eq!(cut("L’usine a fermé. Il pleut !"), ["L’usine a fermé.", "Il pleut !"]);
    assert_eq!(cut("工厂关闭了。四十人失业！为什么？"), ["工厂关闭了。", "四十人失业！", "为什么？"]);
}

#[test]
fn abbreviations_and_initials() {
    for whole in [
        "Dr. Orla Finn met Mr. Yates of Finn Co. in Leeds.",
        "J. K. Marsh left the U.S. Senate in Sept. 2016 for No. 5 Lane.",
        "M. Duval a vu le Dr. Petit le 3 sept. 2016 avec J.-P. Roux.",
        "It rose 3.5 percent at 5 p.m. on Monday.",
    ] {
        assert_eq!(cut(whole), [whole]);
    }
    assert_eq!(cut("She moved to the U.S. The firm followed."), ["She moved to the U.S.", "The firm followed."]);
    assert_eq!(cut("He joined Marsh Inc. It failed."), ["He joined Marsh Inc.", "It failed."]);
}

#[test]
fn closing_marks_belong_to_the_sentence_before() {
    assert_eq!(cut("“It is late.” He left."), ["“It is late.”", "He left."]);
    assert_eq!(cut("« Il est tard. » Elle part."), ["« Il est tard. »", "Elle part."]);
    assert_eq!(cut("“天晚了。”她走了。"), ["“天晚了。”", "她走了。"]);
    assert_eq!(cut("(It was late.) He left."), ["(It was late.)", "He left."]);
}

#[test]
fn speech_clauses_stay() {
    for whole in [
        "“Why now?” Ann Moss asked.",
        "« Pourquoi ? » demande Anne.",
        "“为什么？”她问。",
        "“天晚了。”老人说。",
        "“Go away!” she said.",
    ] {
        assert_eq!(cut(whole), [whole]);
    }
    assert_eq!(cut("“天晚了。”她说：“走吧。”"), ["“天晚了。”", "她说：“走吧。”"]);
}

#[test]
fn colons_ellipses_and_spaces_before_stops() {
    for whole in ["She said: nothing; he left.", "Elle voulait « partir… Mais rester »", "“We… Perhaps not,” he said."]
    {
        assert_eq!(cut(whole), [whole]);
    }
    assert_eq!(cut("Il a convaincu les experts . Puis rien."), ["Il a convaincu les experts .", "Puis rien."]);
    assert_eq!(cut("Merci... Au revoir."), ["Merci...", "Au revoir."]);
}

#[test]
fn line_ends_close_unless_the_sentence_runs_on() {
    assert_eq!(cut("Menu\nContact\nNews"), ["Menu", "Contact", "News"]);
    let wrapped = "The council of the small town voted on Monday to close\r\nthe mill that had stood beside the river for over ninety\r\nyears. Nobody spoke against it.";
    assert_eq!(cut(wrapped).len(), 2);
    let han = "镇议会周一投票决定关闭那座在河边矗立了九十多年的老\n工厂，没有任何人在会议上表示反对，也没有人离开会场。\n随后会议结束。";
    assert_eq!(cut(han).len(), 2);
}

#[test]
fn markdown_structure() {
    let text =
        "# A Title\n- First item. More.\n- Second item\n| a | b |\n|---|---|\n| 1 | 2 |\n[x]: https://example.org";
    assert_eq!(
        cut(text),
        ["A Title", "First item.", "More.", "Second item", "a", "b", "|---|---|", "1", "2", "[x]: https://example.org"]
    );
    let kinds: Vec<_> = split("---\ntitle: A\n---").into_iter().map(|segment| segment.kind).collect();
    assert_eq!(kinds, [SegmentKind::Structure; 3]);
}

#[test]
fn quotations_are_followed_over_sentences() {
    let segments = split("« Un. Deux. Trois », dit Paul. Fin.");
    let states: Vec<_> = segments.iter().map(|segment| (segment.starts_in_quote, segment.ends_in_quote)).collect();
    assert_eq!(states, [(false, true), (true, true), (true, false), (false, false)]);
}

#[test]
fn wrong_and_missing_marks_never_run_away() {
    let segments = split("Il parle d’un « plan. Il part. Elle reste.");
    assert_eq!(segments.iter().map(|segment| segment.quotes.len()).collect::<Vec<_>>(), [1, 0, 0]);
    let segments = split("He wants a “plan“ now. She stays.");
    assert_eq!(segments[1].quotes.len(), 0);
    let long = "“Word. ".repeat(2000);
    assert_eq!(split(&long).len(), 2000);
}

#[test]
fn citations_after_the_stop_belong_to_it() {
    assert_eq!(cut("It fell.[1] It rose. [@key] Then it fell."), ["It fell.[1]", "It rose. [@key]", "Then it fell."]);
}

#[test]
fn a_comment_is_no_part_of_the_sentence_after_it() {
    assert_eq!(
        cut("It sold 9 anvils. <!-- note: see p. 3. Seen. --> It closed."),
        ["It sold 9 anvils.", "<!-- note: see p. 3. Seen. -->", "It closed."]
    );
    assert_eq!(cut("卖出了九个。<!-- 见表。 -->关闭了。"), ["卖出了九个。", "<!-- 见表。 -->", "关闭了。"]);
    assert_eq!(cut("Il a vendu <!-- dit-on --> neuf enclumes."), ["Il a vendu <!-- dit-on --> neuf enclumes."]);
    assert_eq!(cut("An arrow <!-- that never ends. Two."), ["An arrow <!-- that never ends.", "Two."]);
}
