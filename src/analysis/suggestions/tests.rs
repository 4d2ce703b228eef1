use super::*;
use crate::analysis::gazetteer::Gazetteer;
use crate::analysis::{AnalysisOptions, BlockFacts, BlockView, Depth, Ruling, analyse_block, mentions};
use crate::model::record::{Record, read};
use crate::text::blocks;
use expect_test::{Expect, expect};

const RECORDS: &str = "\
- {name: China Daily}
- {name: People's Daily, not: [peoples-data]}
- {name: People's Data, id: peoples-data}
- {name: Chinese Communist Party}
- {name: Chinese government}
- {name: Australian Strategic Policy Institute}
- {name: Washington Free Beacon}
- {name: Ministry of Education of the People's Republic of China}
- {name: U.S. Department of State}
- {name: Twitter}
- {name: Pinduoduo}
- {name: Xi Jinping, type: Person}
- {name: Nikita Khrushchev, type: Person}
- {name: Marta Kowalski, type: Person}
- {name: Fudan University}
- {name: Microsoft China}
- {name: Norwegian Press Agency}
";

fn records() -> Vec<Record> {
    read("actors.yaml", RECORDS).0
}

fn suggestions_with(text: &str, deny: Option<&str>) -> String {
    let records = records();
    let gazetteer = Gazetteer::build((0..).map(ActorKey).zip(&records));
    let ranges = blocks::split(text);
    let facts: Vec<BlockFacts> =
        ranges.iter().map(|range| analyse_block(range.of(text).unwrap(), &gazetteer, Depth::Full)).collect();
    let view = |(range, facts)| -> BlockView<'_> {
        let range: &ByteRange = range;
        BlockView { start: range.start, text: range.of(text).unwrap(), facts }
    };
    let views: Vec<BlockView<'_>> = ranges.iter().zip(&facts).map(view).collect();
    let options = AnalysisOptions { claim_threshold: 0.5, places_as_governments: false };
    let mentions = mentions::settle(&views, &gazetteer, &[], options, None).0;
    let rulings: Vec<Ruling> = deny
        .and_then(|words| text.find(words).map(|at| ByteRange::new(at, at + words.len())))
        .into_iter()
        .flat_map(|range| (0..records.len()).map(move |n| Ruling { range, actor: ActorKey(n as u32), positive: false }))
        .collect();
    let mut lines = String::new();
    for it in suggest(&views, &mentions, &gazetteer, &rulings, &|_| false) {
        let words = it.range.of(text).unwrap();
        let what = match it.what {
            What::Unknown { person: true } => "a person".to_owned(),
            What::Unknown { person: false } => "an organisation".to_owned(),
            What::Alias { actor, kind, .. } => {
                let kind = kind.map(|kind| format!(" ({})", kind.word())).unwrap_or_default();
                format!("{}{kind}", records[actor.0 as usize].caption())
            }
        };
        lines += &format!("{words} → {what} ×{}\n", it.places.len());
    }
    lines
}

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&suggestions_with(text, None));
}

#[test]
fn names_are_known_by_what_their_words_mean() {
    check(
        "Il écrit dans Chine Quotidien et dans le Quotidien du Peuple.",
        expect![[r#"
        Chine Quotidien → China Daily ×1
        Quotidien du Peuple → People's Daily ×1
    "#]],
    );
    check(
        "Une enquête de la Balise libre de Washington.",
        expect![[r#"
        Balise libre de Washington → Washington Free Beacon ×1
    "#]],
    );
    check(
        "据人民日报和中国日报报道，澳大利亚战略政策研究所没有回应。",
        expect![[r#"
        人民日报 → People's Daily ×1
        中国日报 → China Daily ×1
        澳大利亚战略政策研究所 → Australian Strategic Policy Institute ×1
    "#]],
    );
    check("Le Parti communiste chinois et le gouvernement chinois se taisent.", expect![""]);
}

#[test]
fn words_that_only_mean_the_same_are_no_name() {
    check("The people use it daily; China has a daily routine. A people daily busy.", expect![]);
    check("Microsoft en Chine a grandi.", expect![]);
}

#[test]
fn a_form_without_its_country_needs_the_text_to_be_about_it() {
    check("Le ministère de l’Éducation a publié une note.", expect![]);
    check(
        "Le ministère chinois de l’Éducation a publié une note. Le ministère de l’Éducation a tout expliqué.",
        expect![[r#"
            ministère chinois de l’Éducation → Ministry of Education of the People's Republic of China ×1
            ministère de l’Éducation → Ministry of Education of the People's Republic of China (weak) ×1
        "#]],
    );
    check(
        "Le ministère de l’Éducation du Japon et le ministère chinois de l’Éducation sont d’accord.",
        expect![[r#"
        ministère chinois de l’Éducation → Ministry of Education of the People's Republic of China ×1
    "#]],
    );
}

#[test]
fn initials_need_the_name_in_the_text() {
    check("ASPI published a report.", expect![]);
    check("The Australian Strategic Policy Institute (ASPI) published a report. Later ASPI fell silent.", expect![""]);
    check("The NPA wrote this. The Norwegian Press Agency is small.", expect![""]);
}

#[test]
fn names_are_known_by_their_sound() {
    check(
        "习近平访问了复旦大学，拼多多没有回应。",
        expect![[r#"
        习近平 → Xi Jinping ×1
        复旦大学 → Fudan University ×1
        拼多多 → Pinduoduo ×1
    "#]],
    );
    check(
        "Nikita Khrouchtchev parle. Никита Хрущёв говорит.",
        expect![[r#"
        Nikita Khrouchtchev → Nikita Khrushchev ×1
        Никита Хрущёв → Nikita Khrushchev ×1
    "#]],
    );
}

#[test]
fn a_slip_of_the_pen_is_seen_and_another_person_is_not() {
    check(
        "So it was written in a note that came from the Norwegain Press Agency.",
        expect![[r#"
        Norwegain Press Agency → Norwegian Press Agency ×1
    "#]],
    );
    check(
        "Marta Kowalsky spoke first.",
        expect![[r#"
        Marta Kowalsky → Marta Kowalski ×1
    "#]],
    );
    check("Maria Kowalski spoke first.", expect![]);
}

#[test]
fn what_the_user_denied_is_not_suggested_again() {
    let text = "Il écrit dans Chine Quotidien. Puis Chine Quotidien a menti.";
    expect![[r#"
        Chine Quotidien → an organisation ×2
    "#]]
    .assert_eq(&suggestions_with(text, Some("Chine Quotidien")));
}

#[test]
fn unknown_names_need_evidence() {
    check(
        "“We know nothing,” said Jane Doe, a researcher at a Berlin think tank.",
        expect![[r#"
        Jane Doe → a person ×1
    "#]],
    );
    check("On Monday Jane walked to Paris. In May the Americans came.", expect![]);
    check(
        "Then the Wells CEO John Miller quietly met Republican Sarah Jones in the garden. Miller left; Jones stayed.",
        expect![[r#"
            John Miller → a person ×1
            Sarah Jones → a person ×1
        "#]],
    );
    check(
        "La société Nuage Bleu grandit. Nuage Bleu a été vendue, dit Nuage Bleu.",
        expect![[r#"
        Nuage Bleu → an organisation ×3
    "#]],
    );
    check(
        "“我们不知道，”研究员李华说。",
        expect![[r#"
        李华 → a person ×1
    "#]],
    );
    check(
        "北京云链科技有限公司成立了。据北京云链科技有限公司介绍，一切正常。",
        expect![[r#"
        北京云链科技有限公司 → an organisation ×2
    "#]],
    );
}
