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
        let sum = claim.cues().into_iter().map(|cue| cue.weight).sum();
        assert_eq!(claim.score, score::calibrated(sum), "{text}");
    }
}

#[test]
fn cues_name_their_words_strongest_first() {
    let claim = only("Rents rose by 14 percent.");
    let percentage = claim.cues().into_iter().find(|cue| cue.name == "percentage").unwrap();
    assert_eq!(percentage.words(|range| range.of("Rents rose by 14 percent.").unwrap().into()), "percent");
    let cues = claim.cues();
    let (start, reasons) = cues.split_last().unwrap();
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
    assert!(claims.iter().all(|claim| claim.cues().into_iter().any(|cue| cue.name == "reporting text")), "{claims:?}");
}

#[test]
fn a_sentence_in_nobodys_voice_is_a_plain_statement_by_itself() {
    let weight =
        |claim: &Claim, name: &str| claim.cues().into_iter().find(|cue| cue.name == name).map(|cue| cue.weight);
    for (plain, voiced) in [
        ("The bishop built a chapel on the hill.", "We built a chapel on the hill for you."),
        ("L’évêque fait bâtir une chapelle sur la colline.", "Nous avons bâti une chapelle sur la colline."),
        ("主教在山丘上修建了一座小教堂。", "我们在山丘上修建了一座小教堂。"),
    ] {
        assert!(weight(&only(plain), "plain statement").is_some(), "{plain}");
        assert_eq!(weight(&only(voiced), "plain statement"), None, "{voiced}");
        let report = judged(&[plain; 4].join("\n\n"));
        assert!(report.iter().all(|claim| weight(claim, "plain statement").is_none()), "{report:?}");
    }
    let meeting = only("Le festival reste un rendez-vous de la danse.");
    assert!(weight(&meeting, "plain statement").is_some(), "{meeting:?}");
    // What debates teach about words and verbs counts half where nobody speaks.
    let verb = |text: &str| weight(&only(text), "change-of-state verb").unwrap();
    assert_eq!(verb("The bishop sold the hill.") * 2, verb("We sold the hill."));
    for text in ["Who built the chapel on the hill?", "The chapel on the hill", "El obispo construyó una capilla."] {
        assert_eq!(weight(&only(text), "plain statement"), None, "{text}");
    }
}

#[test]
fn what_is_quoted_is_judged_by_what_it_tells_where_nothing_else_stands() {
    for text in [
        "“The bank bought the old mill and closed the ferry to Velden,” said Ann Moss.",
        "« La banque a acheté le vieux moulin et a fermé le bac de Velden », a déclaré Ann Moss.",
        "“该银行收购了旧磨坊，并关闭了前往韦尔登的渡轮，”林国栋说。",
    ] {
        let claim = only(text);
        assert_eq!((claim.label, claim.check_worthy), (Label::QuoteOpinion, true), "{text} {claim:?}");
    }
    let report = "The council sold the pier. The owner left the town. The harbour lost its ferry. The mayor resigned in May. \
                  “The bank bought the old mill and closed the ferry to Velden,” said Ann Moss.";
    let last = judged(report).pop().unwrap();
    assert_eq!((last.label, last.check_worthy), (Label::QuoteOpinion, false));
}

#[test]
fn one_of_the_greatest_is_a_superlative_in_every_language() {
    for text in [
        "She was one of the greatest painters of the valley.",
        "Elle fut l’un des plus grands peintres de la vallée.",
        "她是山谷中最伟大的画家之一。",
    ] {
        assert!(only(text).cues().iter().any(|cue| cue.name == "superlative"), "{text}");
    }
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
        "The notion of a second pier is older than the town.",
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

/// The words that fired a cue, or nothing.
fn words_of(text: &str, name: &str) -> Option<String> {
    let claims = judged(text);
    let mut cues = claims.iter().flat_map(Claim::cues);
    cues.find(|cue| cue.name == name).map(|cue| cue.words(|range| range.of(text).unwrap().into()).into_owned())
}

#[test]
fn the_same_sentence_is_judged_alike_in_three_languages() {
    for (texts, worthy) in [
        (["The mill closed in 1998.", "L’usine a fermé en 1998.", "工厂于1998年关闭。", "工廠於1998年關閉。"], true),
        (
            [
                "Three workers were killed and twelve injured when the pier collapsed.",
                "Trois ouvriers ont été tués et douze blessés lorsque la jetée s’est effondrée.",
                "码头倒塌时，三名工人丧生，十二人受伤。",
                "碼頭倒塌時，三名工人喪生，十二人受傷。",
            ],
            true,
        ),
        (
            [
                "The bank bought half of the shares for 9 million euros.",
                "La banque a acheté la moitié des actions pour 9 millions d’euros.",
                "该银行以900万欧元购买了一半的股份。",
                "該銀行以900萬歐元購買了一半的股份。",
            ],
            true,
        ),
        (
            [
                "It would be good if you could help us.",
                "Ce serait bien si vous pouviez nous aider.",
                "如果你能帮助我们就好了。",
                "如果你能幫助我們就好了。",
            ],
            false,
        ),
        (["I love this old town.", "J’aime cette vieille ville.", "我爱这座老城。", "我愛這座老城。"], false),
    ] {
        for text in texts {
            let claim = only(text);
            assert_eq!(claim.check_worthy, worthy, "{text} {claim:?}");
        }
    }
}

#[test]
fn french_tenses_are_read_from_the_endings() {
    for (text, cue, words) in [
        ("La banque fermait à midi.", "past tense", Some("fermait")),
        ("Les ouvriers quittèrent le port.", "past tense", Some("quittèrent")),
        ("Il entra dans le port.", "past tense", Some("entra")),
        ("La jetée n’a pas encore été réparée.", "past tense", Some("été, réparée")),
        ("La banque vendra la jetée.", "future", Some("vendra")),
        ("Le conseil finirait la jetée.", "modal verb", Some("finirait")),
        ("La qualité de la société est connue.", "past tense", Some("connue")),
        ("L’armée a aussi une idée.", "past tense", None),
        ("Ils considèrent les données.", "past tense", None),
    ] {
        assert_eq!(words_of(text, cue).as_deref(), words, "{text}");
    }
}

#[test]
fn chinese_events_are_past_where_nothing_says_otherwise() {
    for (text, past) in [
        ("警方逮捕三名男子。", true),
        ("警方将逮捕三名男子。", false),
        ("警方可以逮捕三名男子。", false),
        ("1998年的港区人口为三万。", true),
        ("码头很长。", false),
    ] {
        assert_eq!(words_of(text, "past tense").is_some(), past, "{text}");
    }
}

#[test]
fn chinese_names_and_numerals_are_found_without_capitals_and_spaces() {
    for (text, cue, found) in [
        ("罗伯特·格林卖掉了码头。", "name", true),
        ("史密斯卖掉了码头。", "name", true),
        ("王小红卖掉了码头。", "name", true),
        ("码头很长。", "name", false),
        ("码头有三座仓库。", "number word", true),
        ("码头有一座仓库。", "number word", false),
        ("他三月离开。", "number word", false),
        ("音乐会在码头举行。", "modal verb", false),
        ("他会离开。", "modal verb", true),
    ] {
        assert_eq!(words_of(text, cue).is_some(), found, "{text}");
    }
}

#[test]
fn what_is_told_by_nobody_is_vague_but_has_no_source() {
    for text in [
        "Northgate has long sought a deal over the pier.",
        "Support for the pier fell after the mill closed.",
        "The notion of a second pier is older than the town.",
        "Le maire veut vendre la jetée.",
        "Les accusations contre la banque ont coûté deux emplois.",
        "关于码头的争议持续了三年。",
        "關於碼頭的爭議持續了三年。",
    ] {
        let claim = only(text);
        assert_eq!(
            (claim.label, claim.attribution_word()),
            (Label::AttributedClaim, Some("vague")),
            "{text} {claim:?}"
        );
    }
    for text in ["The mill stood on the river.", "L’usine se trouvait au bord du fleuve.", "工厂位于河边。"] {
        let claim = only(text);
        assert_eq!((claim.told, claim.attribution_word()), (false, None), "{text} {claim:?}");
    }
}

#[test]
fn prompts_at_the_end_of_a_page_are_chrome() {
    for text in [
        "Faites tourner cette page sans compter.",
        "Recevez chaque matin nos articles dans votre boîte mail.",
        "Cet article est réservé aux abonnés.",
        "Il vous reste 80 % de cet article à lire.",
        "Temps de lecture : 4 minutes",
        "Un don, même petit, fait vivre la presse libre.",
        "长按二维码关注",
        "声明：本文版权归原作者所有",
        "本文为作者独立观点，不代表本站立场。",
        "本文共 2300 字，阅读大约需要 5 分钟",
        "如需轉載請聯繫我們",
        "This article is for subscribers only.",
    ] {
        assert_eq!(only(text).zone, Zone::Chrome, "{text}");
    }
}

#[test]
fn real_sentences_may_speak_of_what_pages_offer() {
    for text in [
        "The court ruled on copyright.",
        "PayPal closed the account in May.",
        "Les abonnés ont payé 12 euros de plus.",
        "La lecture recule de 12 % chez les jeunes.",
        "该公司2019年在香港注册。",
        "该帖被转发三万次。",
        "用户登录了系统。",
    ] {
        assert_eq!(only(text).zone, Zone::Body, "{text}");
    }
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

#[test]
fn the_same_sentences_score_alike_in_three_languages() {
    let sums = |text: &str| -> (i32, i32) {
        let facts = read_block(text);
        let sums = facts.iter().map(|facts| facts.features.sum);
        let sum = sums.reduce(score::Heads::plus).unwrap_or_default();
        (sum.worthy, sum.checkable)
    };
    let lines: Vec<&str> = SAME_SENTENCES.lines().filter(|line| !line.starts_with('#')).collect();
    let (mut differences, mut agreements) = ([(0, 0); 2], [0; 2]);
    for line in &lines {
        let [english, french, chinese] = line.split(" | ").collect::<Vec<_>>()[..] else { panic!("{line}") };
        let goal = sums(english);
        for (other, (difference, agreed)) in
            [french, chinese].into_iter().zip(differences.iter_mut().zip(agreements.iter_mut()))
        {
            let sum = sums(other);
            *difference = (difference.0 + sum.0 - goal.0, difference.1 + sum.1 - goal.1);
            *agreed += usize::from((0 <= sum.0) == (0 <= goal.0));
        }
    }
    let count = i32::try_from(lines.len()).unwrap();
    for ((worthy, checkable), agreed) in differences.into_iter().zip(agreements) {
        let means = (worthy / count, checkable / count);
        assert!(means.0.abs() <= 12 && means.1.abs() <= 12, "{means:?} hundredths of a logit off in the mean");
        assert!(lines.len() * 4 <= agreed * 5, "{agreed} of {} agree", lines.len());
    }
}

/// What the levels of the languages are set by.
const SAME_SENTENCES: &str = include_str!("../../../tests/training/sentences.txt");
