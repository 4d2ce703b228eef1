use super::*;
use crate::analysis::BlockFacts;
use crate::analysis::attribution::AttributionKind;

const OPTIONS: AnalysisOptions = AnalysisOptions { claim_threshold: 0.5, places_as_governments: false };

/// Judges a text without records, cut at blank lines.
fn judged(text: &str) -> Vec<Claim> {
    let mut start = 0;
    let mut pieces = Vec::new();
    for piece in text.split("\n\n") {
        pieces.push((start, piece));
        start += piece.len() + 2;
    }
    let facts: Vec<BlockFacts> =
        pieces.iter().map(|(_, piece)| BlockFacts { sentences: read_block(piece), ..BlockFacts::default() }).collect();
    let views: Vec<BlockView<'_>> = pieces
        .iter()
        .zip(&facts)
        .map(|((start, text), facts)| BlockView { start: u32::try_from(*start).unwrap(), text, facts })
        .collect();
    judge(&views, &[], &Gazetteer::default(), OPTIONS, None)
}

fn only(text: &str) -> Claim {
    let mut claims = judged(text);
    assert_eq!(claims.len(), 1, "{text}");
    claims.remove(0)
}

fn labels(text: &str) -> Vec<Label> {
    judged(text).into_iter().map(|claim| claim.label).collect()
}

#[test]
fn figures_are_check_worthy_in_every_language() {
    for text in [
        "Rents in the harbour rose by 14 percent in 2019.",
        "Les loyers du port ont augmenté de 14 % en 2019.",
        "2019年港区租金上涨了百分之十四。",
        "2019年港區租金上漲了百分之十四。",
    ] {
        let claim = only(text);
        assert_eq!((claim.label, claim.check_worthy), (Label::Claim, true), "{text} {claim:?}");
    }
}

#[test]
fn questions_opinions_and_courtesies_are_not() {
    for (text, label) in [
        ("Who paid for the 14 percent?", Label::Question),
        ("Qui a payé les 14 % ?", Label::Question),
        ("谁支付了百分之十四？", Label::Question),
        ("I think we should all be ashamed of this.", Label::Opinion),
        ("Il faudrait sans doute avoir honte.", Label::Opinion),
        ("这座桥真是太美了！", Label::Opinion),
    ] {
        let claim = only(text);
        assert_eq!((claim.label, claim.check_worthy), (label, false), "{text} {claim:?}");
    }
}

#[test]
fn the_explanation_sums_to_the_score() {
    for text in
        ["Rents rose by 14 percent in May 2019, because two mills closed.", "两家工厂关闭了。", "¿Qué pasó en 2019?"]
    {
        let claim = only(text);
        let sum = claim.cues.iter().map(|cue| cue.weight).sum();
        assert_eq!(claim.score, score::calibrated(sum), "{text}");
    }
}

#[test]
fn cues_name_their_words_strongest_first() {
    let claim = only("Rents rose by 14 percent.");
    let percentage = claim.cues.iter().find(|cue| cue.name == "percentage").unwrap();
    assert_eq!(&*percentage.words, "percent");
    let (start, reasons) = claim.cues.split_last().unwrap();
    assert_eq!(start.name, "starting point");
    assert!(reasons.is_sorted_by_key(|cue| -cue.weight.abs()), "{reasons:?}");
}

#[test]
fn the_threshold_decides_and_is_one_half_as_shipped() {
    assert_eq!(score::calibrated(0), 0.5);
    let claim = only("Rents rose by 14 percent in 2019.");
    assert!(claim.score > 0.5 && claim.check_worthy);
}

#[test]
fn page_chrome_is_silenced() {
    let text = "Port News\n\nHome | Sport | Weather\n\nBy Ann Moss\n\n12 May 2021\n\nThe town sold the pier to a bank in 2019. It cost 4 million.\n\nShare this article\n\n© 2021 Port News. All rights reserved.";
    let zones: Vec<Zone> = judged(text).into_iter().map(|claim| claim.zone).collect();
    use Zone::{Body, Chrome};
    assert_eq!(zones, [Chrome, Chrome, Chrome, Chrome, Body, Body, Chrome, Chrome, Chrome]);
    assert_eq!(labels("Partagez cet article\n\nTous droits réservés"), [Label::Boilerplate; 2]);
    assert_eq!(labels("责任编辑：李小红\n\n扫码关注我们"), [Label::Boilerplate; 2]);
}

#[test]
fn real_sentences_that_begin_like_chrome_stay() {
    for text in [
        "Search teams found 14 bodies near the pier on Monday.",
        "Share prices fell by 9 percent after the bank closed.",
        "Facebook closed 340 accounts in March.",
    ] {
        assert_eq!(only(text).zone, Zone::Body, "{text}");
    }
}

#[test]
fn markdown_structure_is_never_judged() {
    let text =
        "---\ntitle: Rents rose 14 percent\n---\n\n# Rents\n\n```\nlet x = 14;\n```\n\n[1]: https://example.org/14";
    let zones: Vec<Zone> = judged(text).into_iter().map(|claim| claim.zone).collect();
    use Zone::{Heading, Structure};
    assert_eq!(zones, [Structure, Structure, Structure, Heading, Structure, Structure, Structure, Structure]);
}

#[test]
fn a_repeated_sentence_is_marked() {
    let claims = judged("Rents rose by 14 percent.\n\nRents  rose by 14 PERCENT.");
    assert_eq!(claims.iter().map(|claim| claim.repeated).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn quoted_opinion_is_not_check_worthy_unless_a_figure_stands_in_it() {
    let claim = only("“It is a shame and a disgrace,” said Ann Moss.");
    assert_eq!((claim.label, claim.check_worthy), (Label::QuoteOpinion, false));
    let claim = only("“They took 14 million dollars from the fund in 2019,” said Ann Moss.");
    assert_eq!((claim.label, claim.check_worthy), (Label::QuoteOpinion, true));
}

#[test]
fn a_reporting_text_lowers_the_bar_and_says_so() {
    let text =
        "The council sold the pier. The bank bought the mill. The owner left the town. The harbour lost its ferry.";
    let claims = judged(text);
    assert!(claims.iter().all(|claim| claim.cues.iter().any(|cue| cue.name == "reporting text")), "{claims:?}");
}

#[test]
fn ranges_are_those_of_the_document_in_order() {
    let text = "# É\n\nUn fait. Deux faits.\n\n三件事。";
    let pieces: Vec<&str> = judged(text).into_iter().map(|claim| claim.range.of(text).unwrap()).collect();
    assert_eq!(pieces, ["É", "Un fait.", "Deux faits.", "三件事。"]);
}

#[test]
fn languages_are_told_sentence_by_sentence() {
    let claims = judged("The mill closed. L’usine a fermé. 工厂关闭了。 Завод закрылся.");
    let languages: Vec<&str> = claims.iter().map(|claim| claim.language.code()).collect();
    assert_eq!(languages, ["en", "fr", "zh", "und"]);
}

#[test]
fn a_source_without_a_name_is_vague_or_anonymous() {
    for (text, kind) in [
        ("Experts say the deal broke two laws.", AttributionKind::Vague),
        ("Selon des experts, l’accord viole deux lois.", AttributionKind::Vague),
        ("专家认为，协议违反了两项法律。", AttributionKind::Vague),
        ("A senior official said the deal broke two laws.", AttributionKind::Anonymous),
        ("Un haut responsable a déclaré que l’accord violait deux lois.", AttributionKind::Anonymous),
        ("一名官员表示，协议违反了两项法律。", AttributionKind::Anonymous),
    ] {
        assert_eq!(only(text).attribution.unwrap().kind, kind, "{text}");
    }
}

#[test]
fn what_somebody_wants_or_says_is_labelled_so_without_a_source() {
    for text in [
        "The vote follows years of criticism over the pier.",
        "Northgate has long opposed the deal.",
        "Support for the pier fell after the mill closed.",
    ] {
        assert_eq!(only(text).label, Label::AttributedClaim, "{text}");
    }
    assert_eq!(labels("The mill stood on the river. The bank bought it."), [Label::Claim, Label::Claim]);
}

#[test]
fn fragments_tasks_and_bare_cells_assert_nothing() {
    for text in [
        "Draft, third week.",
        "Brouillon, troisième semaine.",
        "草稿，第三周。",
        "- Fixme: check 2019 figures",
        "| 14 % |",
    ] {
        assert!(judged(text).iter().all(|claim| !claim.check_worthy), "{text}");
    }
    for text in
        ["- Rents rose 9 percent in June 2019", "- 340 jobs lost since the mill closed", "- 2019年房租上涨百分之十四"]
    {
        assert!(only(text).check_worthy, "{text}");
    }
}

#[test]
fn an_opinion_that_states_facts_is_judged_by_them() {
    let bare = only("I think we should hope for a wonderful pier.");
    assert_eq!((bare.label, bare.check_worthy), (Label::Opinion, false), "{bare:?}");
    let with_facts = only("I think we should be ashamed: the two banks hold 40 percent of 9 million shares.");
    assert_eq!((with_facts.label, with_facts.check_worthy), (Label::Opinion, true), "{with_facts:?}");
}

#[test]
fn odd_texts_do_no_harm() {
    for text in [
        "",
        "\u{feff}",
        "。。。",
        "“““",
        "((((",
        "a\u{0}b",
        "»«",
        "据",
        "said",
        "- ",
        "# ",
        "|||",
        "…………",
        "1",
        "\r\r\n",
    ] {
        let _ = judged(text);
    }
}
