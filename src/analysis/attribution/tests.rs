use super::*;
use crate::analysis::claims::{Claim, judge, read_block};
use crate::analysis::gazetteer::Gazetteer;
use crate::analysis::mentions::{Confidence, Mention, MentionKind, MentionStatus, Reason};
use crate::analysis::{AnalysisOptions, BlockFacts, BlockView};

/// Judges one block; every name in `names` is a mention of the actor with its number in the list.
fn judged(text: &str, names: &[&str]) -> Vec<Claim> {
    let mut mentions: Vec<Mention> = Vec::new();
    for (key, name) in (0u32..).zip(names) {
        for (start, _) in text.match_indices(name) {
            mentions.push(Mention {
                range: ByteRange::new(start, start + name.len()),
                actor: ActorKey(key),
                kind: MentionKind::Full,
                status: MentionStatus::Certain,
                confidence: Confidence::of(1.0),
                reason: Reason::Full,
            });
        }
    }
    mentions.sort_by_key(|mention| mention.range);
    let facts = BlockFacts { sentences: read_block(text), ..BlockFacts::default() };
    let options = AnalysisOptions { claim_threshold: 0.5, places_as_governments: false };
    judge(&[BlockView { start: 0, text, facts: &facts }], &mentions, &Gazetteer::default(), options, None)
}

/// `named 0`, `named -`, `vague`, `anonymous` or `none` for every sentence.
fn sources(text: &str, names: &[&str]) -> Vec<String> {
    let word = |claim: Claim| match claim.attribution {
        None => "none".to_owned(),
        Some(Attribution { kind: AttributionKind::Named, actor, .. }) => {
            format!("named {}", actor.map_or("-".to_owned(), |actor| actor.0.to_string()))
        }
        Some(attribution) => attribution.kind.word().to_owned(),
    };
    judged(text, names).into_iter().map(word).collect()
}

#[test]
fn both_sides_of_the_claim() {
    for text in [
        "Northgate said it had sold the pier.",
        "It had sold the pier, Northgate said.",
        "According to Northgate, the pier was sold.",
        "The pier was sold, according to Northgate.",
        "“We have sold the pier to a bank,” said Northgate.",
        "Northgate, which owns six marinas, said it had sold the pier.",
        "Selon Northgate, la jetée a été vendue.",
        "Northgate a déclaré avoir vendu la jetée.",
        "« La jetée a été vendue à une banque », a déclaré Northgate.",
        "D’après Northgate, la jetée a été vendue.",
        "La jetée, affirme Northgate, a été vendue.",
        "据Northgate报道，码头已被出售。",
        "Northgate表示，码头已被出售。",
        "“码头已经卖给了一家银行。”Northgate说。",
    ] {
        assert_eq!(sources(text, &["Northgate"]), ["named 0"], "{text}");
    }
}

#[test]
fn a_name_without_record_is_named() {
    for text in [
        "Ann Moss said the pier was sold.",
        "La jetée est vendue, a déclaré Anne Mosse.",
        "市长林国栋表示，码头已被出售。",
    ] {
        assert_eq!(sources(text, &[]), ["named -"], "{text}");
    }
}

#[test]
fn spokespeople_speak_for_their_body_and_documents_for_theirs() {
    for text in [
        "A spokeswoman for Northgate said the pier was sold.",
        "Un porte-parole de Northgate a déclaré que la jetée était vendue.",
        "Northgate发言人表示，码头已被出售。",
        "A report by Northgate found that the pier was sold.",
        "Selon des documents obtenus par Northgate, la jetée a été vendue.",
    ] {
        assert_eq!(sources(text, &["Northgate"]), ["named 0"], "{text}");
    }
}

#[test]
fn one_of_a_named_body_is_still_anonymous() {
    let text = "Un haut dirigeant de Northgate a déclaré que la jetée était vendue.";
    assert_eq!(sources(text, &["Northgate"]), ["anonymous"]);
    assert_eq!(sources("A former employee of Northgate said the pier was sold.", &["Northgate"]), ["anonymous"]);
}

#[test]
fn a_running_quotation_keeps_its_source() {
    let text = "« La jetée est vendue. La banque l’a payée. Le maire le savait », a déclaré Northgate. Il pleuvait.";
    assert_eq!(sources(text, &["Northgate"]), ["named 0", "named 0", "named 0", "none"]);
    let text = "“It is sold,” said Northgate. “The bank has paid. The mayor knew.”";
    assert_eq!(sources(text, &["Northgate"]), ["named 0", "named 0", "named 0"]);
}

#[test]
fn definite_nouns_and_pronouns_reach_back() {
    let text =
        "Northgate said it had sold the pier. The company added that it had been paid. It also said the mayor knew.";
    assert_eq!(sources(text, &["Northgate"]), ["named 0", "named 0", "named 0"]);
    let text = "Selon des documents obtenus par Northgate, la jetée a été vendue. Les documents montrent que la banque a payé.";
    assert_eq!(sources(text, &["Northgate"]), ["named 0", "named 0"]);
    let text = "Northgate表示，码头已被出售。该公司还称，银行已付款。";
    assert_eq!(sources(text, &["Northgate"]), ["named 0", "named 0"]);
}

#[test]
fn what_is_not_said_is_not_attributed() {
    for text in [
        "Northgate did not say who paid.",
        "Northgate n’a pas précisé qui avait payé.",
        "Although some claim otherwise, the pier was sold in 2019.",
        "La société, dont le site indique six ports, a vendu la jetée.",
        "The claims were filed in a report on the state of the pier.",
    ] {
        assert_eq!(sources(text, &["Northgate"]), ["none"], "{text}");
    }
}

#[test]
fn a_speaker_behind_the_speech_may_be_described_at_length() {
    let text = "It was sold in May, said Ann Moss, a carpenter who has worked in the harbour for most of her life and lives beside the mill.";
    assert_eq!(sources(text, &[]), ["named -"]);
    assert_eq!(sources("The senator, speaking after the vote, said the mill would close.", &[]), ["named -"]);
}

#[test]
fn hearsay_is_vague() {
    for text in [
        "The pier was reportedly sold.",
        "The bank is expected to sell the pier.",
        "The sale went on amid allegations of fraud.",
        "Elle est considérée comme vendue.",
        "La jetée aurait été vendue à une banque.",
        "据悉，码头已被出售。",
        "这座码头被誉为港区的明珠。",
    ] {
        assert_eq!(sources(text, &[]), ["vague"], "{text}");
    }
}

#[test]
fn an_unsourced_figure_beside_a_sourced_remark_decides() {
    assert_eq!(sources("Northgate employs 340 people and says it wants 500.", &["Northgate"]), ["none"]);
}
