//! Who is named: traps of real texts, each line a text and what must be found in it; and the compiled names against an
//! automaton that was written by others.

#![expect(clippy::indexing_slicing, clippy::string_slice, reason = "a test that is wrong fails")]

use crate::fixture::Fixture;
use expect_test::{Expect, expect};
use glossator::analysis::gazetteer::Gazetteer;
use glossator::analysis::mentions::{MentionStatus, scan};
use glossator::model::record::{Name, NameKind, Record};
use glossator::model::{ActorKey, Spanned};
use glossator::text::ByteRange;
use glossator::text::fold::Folded;
use proptest::prelude::*;

const ACTORS: &str = "=== actors/all.yaml
- {id: orchard, type: Company, name: Apple, aliases: [Apple Computer, 苹果公司]}
- {id: meta, type: Company, name: Meta, aliases: [Meta Platforms]}
- {id: x, type: Company, name: Twitter, names: [{name: X, kind: weak}], aliases: [X Corp.]}
- {id: who, type: Organization, name: World Health Organization, aliases: [WHO, OMS, Organisation mondiale de la santé]}
- {id: harbour, type: Company, name: Blue Harbour, names: [{name: Harbour & Sons, kind: former}]}
- {id: daily, type: media, name: People's Daily, aliases: [Quotidien du Peuple, 人民日报, '@PDChina']}
- {id: congress, type: Organization, name: National Congress, aliases: [人民大]}
- {id: trump, type: Person, name: Donald Trump}
- {id: biden, type: Person, name: Joe Biden}
- {id: denton, type: Person, name: Jake Denton}
- {id: lee-a, type: Person, name: Maria Lee}
- {id: lee-b, type: Person, name: Maria Lee}
- {id: putin, type: Person, name: Vladimir Putin, aliases: [Владимир Путин]}
- {id: merkel, type: Person, name: Angela Merkel}
- {id: azure, type: Company, name: Microsoft Azure}
- {id: microsoft, type: Company, name: Microsoft, aliases: [微软]}
- {id: campaign, type: Organization, name: No Azure for Apartheid}
- {id: council, type: Organization, name: Conseil d’État}
- {id: beijing, type: PublicBody, name: Chinese government}
- {id: washington, type: PublicBody, name: Government of the United States}
- {id: paris, type: state, name: Élysée, topics: [gov.national], country: fr}
";

fn shown(config: &str, text: &str) -> String {
    shown_with(&format!("{config}{ACTORS}"), text)
}

/// Shows the text with each mention as `[words → actor]`, `?` if only possible, `*` if ambiguous.
fn shown_with(workspace: &str, text: &str) -> String {
    let fixture = Fixture::new(&format!("{workspace}=== corpus/a.txt\n{text}\n"));
    let document = fixture.snapshot.document_at("corpus/a.txt").expect("the text");
    let (mut out, mut at) = (String::new(), 0);
    for mention in &document.settled().mentions {
        let mark = match mention.status {
            MentionStatus::Certain => "",
            MentionStatus::Possible => "?",
            MentionStatus::Ambiguous => "*",
        };
        let id = fixture.snapshot.registry.actor_id(mention.actor).expect("a known actor");
        let before = document.buffer.slice(ByteRange { start: at, end: mention.range.start });
        out += &format!("{before}[{} → {id}{mark}]", document.buffer.slice(mention.range));
        at = mention.range.end;
    }
    out += &document.buffer.text()[at as usize..];
    let hidden = |c: char| matches!(c, '\r' | '\u{AD}' | '\u{200B}' | '\u{300}'..='\u{36F}');
    out.trim_end().chars().map(|c| if hidden(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&shown("", text));
}

fn check_places(text: &str, expected: Expect) {
    expected.assert_eq(&shown(TIER_ON, text));
}

const TIER_ON: &str = "=== glossator.toml\n[claims]\nplaces-as-governments = true\n";

#[test]
fn words_that_are_also_names() {
    check(
        "An apple a day. Apple trees bloom early. The phone was made by Apple in 2019.",
        expect![
            "An apple a day. [Apple → orchard?] trees bloom early. The phone was made by [Apple → orchard] in 2019."
        ],
    );
    check(
        "A meta analysis of metadata, said the lab. They sold it to Meta last year.",
        expect!["A meta analysis of metadata, said the lab. They sold it to [Meta → meta] last year."],
    );
    check(
        "Solve for x. Twitter closed; he posted on X, then on the X chromosome.",
        expect!["Solve for x. [Twitter → x] closed; he posted on [X → x], then on the [X → x?] chromosome."],
    );
    check(
        "Who paid? WHO paid, says the WHO. Those who know.",
        expect!["Who paid? [WHO → who] paid, says the [WHO → who]. Those who know."],
    );
}

#[test]
fn headlines_in_capitals() {
    check(
        "WHO PAID FOR MICROSOFT AND DONALD TRUMP?",
        expect!["WHO PAID FOR [MICROSOFT → microsoft] AND [DONALD TRUMP → trump]?"],
    );
}

#[test]
fn names_that_belong_to_others() {
    check(
        "Donald Trump came with Ivanka Trump. The Trump Organization did not. Trump left.",
        expect!["[Donald Trump → trump] came with Ivanka Trump. The Trump Organization did not. Trump left."],
    );
    check(
        "Jake Denton was born in Denton-sur-Mer, near Denton, Ohio. Denton says so.",
        expect!["[Jake Denton → denton] was born in Denton-sur-Mer, near Denton, Ohio. [Denton → denton] says so."],
    );
    check(
        "Joe Biden spoke first.\n\nHis son Hunter Biden was silent. Biden smiled.\n\nLater Biden left.",
        expect![[r#"
        [Joe Biden → biden] spoke first.

        His son Hunter Biden was silent. Biden smiled.

        Later [Biden → biden?] left."#]],
    );
    check("Maria Lee signed the paper.", expect!["[Maria Lee → lee-a*] signed the paper."]);
}

#[test]
fn names_inside_names_and_words() {
    check(
        "Microsoft Azure is not No Azure for Apartheid; Microsofties computing azure skies.",
        expect![
            "[Microsoft Azure → azure] is not [No Azure for Apartheid → campaign]; Microsofties computing azure skies."
        ],
    );
    check(
        "中国人民大学与人民日报社，微软中国，苹果公司。",
        expect!["中国人民大学与[人民日报 → daily]社，[微软 → microsoft]中国，[苹果公司 → orchard]。"],
    );
}

#[test]
fn addresses_handles_and_hashtags() {
    check(
        "See https://microsoft.com/azure or write to press@twitter.com; Twitter.com is down.",
        expect!["See https://microsoft.com/azure or write to press@twitter.com; Twitter.com is down."],
    );
    check(
        "@PDChina and #Microsoft, not @PDChinaFans, #MicrosoftFails or me@PDChina.cn",
        expect!["[@PDChina → daily] and [#Microsoft → microsoft], not @PDChinaFans, #MicrosoftFails or me@PDChina.cn"],
    );
}

#[test]
fn spellings_of_one_name() {
    check(
        "Peoples Daily, People’s Daily, PEOPLE'S DAILY, peoples daily lives",
        expect!["[Peoples Daily → daily], [People’s Daily → daily], [PEOPLE'S DAILY → daily], peoples daily lives"],
    );
    check(
        "the People's\nDaily, the Micro-\nsoft office, Mi\u{200B}cro\u{AD}soft, **Blue** Harbour",
        expect![[r#"
        the [People's
        Daily → daily], the [Micro-
        soft → microsoft] office, [Mi\u{200b}cro\u{ad}soft → microsoft], **[Blue** Harbour → harbour]"#]],
    );
    check(
        "Le Conseil d'E\u{301}tat et le CONSEIL D’ÉTAT; 人民日報, Ｍｉｃｒｏｓｏｆｔ",
        expect![[
            r#"Le [Conseil d'E\u{301}tat → council] et le [CONSEIL D’ÉTAT → council]; [人民日報 → daily], [Ｍｉｃｒｏｓｏｆｔ → microsoft]"#
        ]],
    );
}

#[test]
fn endings_of_cases() {
    check(
        "Он видел Владимира Путина. Путину не понравилось. Путинский план.",
        expect!["Он видел [Владимира Путина → putin]. [Путину → putin] не понравилось. Путинский план."],
    );
    check(
        "Das ist nicht der Plan der Kanzlerin: Angela Merkels Partei und Microsofts Anwälte.",
        expect![
            "Das ist nicht der Plan der Kanzlerin: [Angela Merkel → merkel]s Partei und [Microsoft → microsoft]s Anwälte."
        ],
    );
    check("The Microsofts of this world", expect!["The Microsofts of this world"]);
}

#[test]
fn a_former_name_says_so() {
    let fixture = Fixture::new(&format!("{ACTORS}=== corpus/a.txt\nHarbour & Sons was sold.\n"));
    let document = fixture.snapshot.document_at("corpus/a.txt").expect("the text");
    let reasons: Vec<&str> = document.settled().mentions.iter().map(|mention| mention.reason.words()).collect();
    assert_eq!(reasons, ["former name"]);
}

#[test]
fn places_are_places_unless_asked_for() {
    check("Beijing said so.", expect!["Beijing said so."]);
}

#[test]
fn places_stand_for_governments_where_they_act() {
    check_places(
        "China has banned the app. Beijing's policy is clear. Washington will respond to Beijing.",
        expect![
            "[China → beijing] has banned the app. [Beijing → beijing]'s policy is clear. [Washington → washington] will respond to [Beijing → beijing]."
        ],
    );
    check_places(
        "In China, the market grew. China's economy slowed. He flew to Beijing from Washington.",
        expect!["In China, the market grew. China's economy slowed. He flew to Beijing from Washington."],
    );
    check_places(
        "La Chine a censuré le film ; en Chine, à Pékin, on en parle. Le bilan de la Chine.",
        expect![
            "La [Chine → beijing] a censuré le film ; en Chine, à Pékin, on en parle. Le bilan de la [Chine → beijing]."
        ],
    );
    check_places(
        "Un accord entre Pékin et Washington, signé par la Chine. Un média pro-Pékin.",
        expect![
            "Un accord entre [Pékin → beijing] et [Washington → washington], signé par la [Chine → beijing]. Un média pro-[Pékin → beijing]."
        ],
    );
    check_places(
        "A Beijing-backed firm sued. The Washington Post wrote. George Washington slept here.",
        expect!["A [Beijing → beijing]-backed firm sued. The Washington Post wrote. George Washington slept here."],
    );
    check_places(
        "中国表示反对。他在中国工作。中方的立场。亲北京的媒体。",
        expect!["[中国 → beijing]表示反对。他在中国工作。[中方 → beijing]的立场。亲[北京 → beijing]的媒体。"],
    );
    check_places(
        "La France compte 68 millions d'habitants. La France annonce une loi. U.S. companies left.",
        expect!["La France compte 68 millions d'habitants. La [France → paris] annonce une loi. U.S. companies left."],
    );
}

const MORE: &str = "=== actors/all.yaml
- {id: guardian, type: media, name: The Guardian}
- {id: monde, type: media, name: Le Monde, aliases: [世界报]}
- {id: liberation, type: media, name: Libération}
- {id: figaro, type: media, name: Le Figaro}
- {id: petit, type: Person, name: Jean Petit}
- {id: foreign, type: PublicBody, name: Ministry of Foreign Affairs, country: cn, aliases: [Foreign Ministry, 外交部, ministère des Affaires étrangères]}
- {id: union, type: Organization, name: Union of Nations, aliases: [UN, ONU]}
- {id: institute, type: Organization, name: Institute of Tides, aliases: [IT]}
- {id: norland, type: Company, name: Norland}
- {id: li, type: Person, name: 李娜}
";

fn check_more(text: &str, expected: Expect) {
    expected.assert_eq(&shown_with(MORE, text));
}

#[test]
fn newspapers_go_with_an_article_and_words_with_theirs() {
    check_more(
        "Most readers of the Guardian think that a guardian of the law need not love the Guardian Angels of that town.",
        expect![
            "Most readers of the [Guardian → guardian] think that a guardian of the law need not love the Guardian Angels of that town."
        ],
    );
    check_more(
        "Selon le Monde, tout le monde croit que les affaires vont bien, mais les pages du Figaro disent autre chose.",
        expect![
            "Selon le [Monde → monde], tout le monde croit que les affaires vont bien, mais les pages du [Figaro → figaro] disent autre chose."
        ],
    );
    check_more(
        "La Libération de Paris, la Libération ; selon Libération, tout va bien.",
        expect!["La Libération de Paris, la Libération ; selon [Libération → liberation], tout va bien."],
    );
    check_more("据《世界报》报道，世界报道很多。", expect!["据《[世界报 → monde]》报道，世界报道很多。"]);
}

#[test]
fn institutions_of_other_countries_and_places_are_others() {
    check_more(
        "The Chinese Foreign Ministry spoke; Pakistan's Foreign Ministry and the Foreign Ministry of Chad did not.",
        expect![
            "The Chinese [Foreign Ministry → foreign] spoke; Pakistan's Foreign Ministry and the Foreign Ministry of Chad did not."
        ],
    );
    check_more(
        "Le ministère des Affaires étrangères a parlé ; le ministère des Affaires étrangères du Niger non.",
        expect![
            "Le [ministère des Affaires étrangères → foreign] a parlé ; le ministère des Affaires étrangères du Niger non."
        ],
    );
    check_more(
        "中国外交部表示，日本外交部没有回应，外交部再次表态。",
        expect!["中国[外交部 → foreign]表示，日本外交部没有回应，[外交部 → foreign]再次表态。"],
    );
    check_more(
        "The Oldport Institute of Tides is not the Institute of Tides.",
        expect!["The Oldport Institute of Tides is not the [Institute of Tides → institute]."],
    );
    check_more(
        "Norland grew; nobody lives in Norland-sur-Mer. Norland-backed firms did.",
        expect!["[Norland → norland] grew; nobody lives in Norland-sur-Mer. [Norland → norland]-backed firms did."],
    );
    check_more("李娜说，李娜娜不是她。", expect!["[李娜 → li]说，李娜娜不是她。"]);
    check_more(
        "Jean Petit mange un Petit pain. Petit dort.",
        expect!["[Jean Petit → petit] mange un Petit pain. Petit dort."],
    );
}

#[test]
fn two_capitals_may_be_a_name() {
    check_more(
        "UN experts left. UN HOMME EST MORT. Un homme de l’ONU.",
        expect!["[UN → union?] experts left. UN HOMME EST MORT. Un homme de l’[ONU → union]."],
    );
    check_more(
        "The Union of Nations met. The UN's experts and its IT staff left.",
        expect!["The [Union of Nations → union] met. The [UN → union]'s experts and its IT staff left."],
    );
}

const STATES: &str = "Chinese government accuse. China banned it, in China. Pékin a refusé. La Chine, en Chine. \
    北京表示反对。他在北京。";

/// The bare name of a country on a state body's record is a place first, however the record lists it.
#[test]
fn places_on_the_record_of_a_government_are_places() {
    let weak = "names: [{name: China, kind: weak}, {name: Pékin, kind: weak}, {name: 北京, kind: weak}, {name: Chine, kind: weak}]";
    let plain = "aliases: [China, Pékin, 北京, Chine]";
    for names in [weak, plain] {
        let actors =
            format!("=== actors/all.yaml\n- {{id: gov, type: PublicBody, name: Chinese government, {names}}}\n");
        expect![
            "[Chinese government → gov] accuse. China banned it, in China. Pékin a refusé. La Chine, en Chine. 北京表示反对。他在北京。"
        ]
        .assert_eq(&shown_with(&actors, STATES));
        expect![
            "[Chinese government → gov] accuse. [China → gov] banned it, in China. [Pékin → gov] a refusé. La Chine, en Chine. [北京 → gov]表示反对。他在北京。"
        ]
        .assert_eq(&shown_with(&format!("{TIER_ON}{actors}"), STATES));
    }
}

#[test]
fn who_lists_a_place_is_the_government_of_it() {
    let actors = "=== actors/all.yaml
- {id: council, type: PublicBody, name: State Council, names: [{name: Beijing, kind: weak}]}
- {id: other, type: PublicBody, name: Ministry of Rites, country: cn, topics: [gov.national]}
";
    expect!["[Beijing → council] said so. In Beijing, the [Ministry of Rites → other] agreed."].assert_eq(&shown_with(
        &format!("{TIER_ON}{actors}"),
        "Beijing said so. In Beijing, the Ministry of Rites agreed.",
    ));
}

#[test]
fn a_record_that_is_called_as_its_country_stands_for_it_and_a_short_name_stands_alone() {
    let actors = "=== actors/all.yaml
- {id: china, type: state, name: China, aliases: [Chine, 中国]}
- {id: us, type: PublicBody, name: Government of the United States, names: [{name: Washington, kind: short}]}
- {id: club, type: Organization, name: FC Paris, names: [{name: Paris, kind: weak}]}
";
    expect!["In [China → china], en [Chine → china], 在中国。 In [Washington → us], [FC Paris → club] played; [Paris → club] lost."]
        .assert_eq(&shown_with(actors, "In China, en Chine, 在中国。 In Washington, FC Paris played; Paris lost."));
}

#[test]
fn a_family_name_that_hundreds_share_is_the_one_in_the_text() {
    let people: String =
        (0..300).map(|at| format!("- {{id: p{at}, type: Person, name: {} Okoro}}\n", given(at))).collect();
    let text = format!("{} Okoro spoke. Then Okoro left.", given(17));
    let fixture = Fixture::new(&format!("=== actors/all.yaml\n{people}=== corpus/a.txt\n{text}\n"));
    let document = fixture.snapshot.document_at("corpus/a.txt").expect("the text");
    let who = |actor| fixture.snapshot.registry.actor_id(actor).expect("a known actor");
    let found: Vec<&str> = document.settled().mentions.iter().map(|mention| who(mention.actor)).collect();
    assert_eq!(found, ["p17", "p17"]);
}

/// A made-up given name for each number.
fn given(number: usize) -> String {
    let syllables = ["ba", "ko", "ri", "te", "ma", "lo", "vi", "sa"];
    let word: String = [number / 64 % 8, number / 8 % 8, number % 8].map(|at| syllables[at]).concat();
    format!("Z{word}")
}

// An oracle: every strong name that an automaton finds on word borders, and nothing else.

const LATIN: [&str; 5] = ["Bakori", "Tenmar", "Lovisan", "Dupelgo", "Trufen"];
const HAN: [&str; 4] = ["阿克", "米贝", "图罗", "萨宁"];

fn name() -> impl Strategy<Value = String> {
    let latin = prop::collection::vec(prop::sample::select(&LATIN[..]), 1..4).prop_map(|words| words.join(" "));
    let han = prop::collection::vec(prop::sample::select(&HAN[..]), 2..4).prop_map(|words| words.concat());
    prop_oneof![3 => latin, 1 => han]
}

/// Words of names as they are written, parts of other words, and what stands between.
fn piece() -> impl Strategy<Value = String> {
    let word = (prop::sample::select(&LATIN[..]), 0..5).prop_map(|(word, how)| match how {
        0 => format!("{} ", word.to_uppercase()),
        1 => format!("{}, ", word.replace('o', "ó").replace('e', "e\u{301}")),
        2 => format!("{word}ing "),
        3 => format!("Un{} ", word.to_lowercase()),
        _ => format!("{word} "),
    });
    let plain = prop::sample::select(&LATIN[..]).prop_map(|word| format!("{word} "));
    let line_end = prop::sample::select(&LATIN[..]).prop_map(|word| format!("{word}\nand "));
    let han = prop::collection::vec(prop::sample::select(&HAN[..]), 1..5).prop_map(|words| words.concat() + ", ");
    let other = prop::sample::select(vec!["the ".to_owned(), "said. ".to_owned(), "« ».".to_owned()]);
    prop_oneof![3 => word, 4 => plain, 1 => line_end, 2 => han, 1 => other]
}

fn company(name: &str) -> Record {
    fn spanned<T>(value: T) -> Spanned<T> {
        Spanned::new(value, ByteRange::default())
    }
    let mut record = Record::new(spanned(name.to_owned()), ByteRange::default());
    record.schema = Some(spanned("Company".to_owned()));
    record.names.extend([Name { text: spanned(name.to_owned()), lang: None, kind: NameKind::Canonical, case: None }]);
    record
}

fn leftmost_longest(mut ranges: Vec<ByteRange>) -> Vec<ByteRange> {
    ranges.sort_by_key(|range| (range.start, u32::MAX - range.end));
    let mut end = 0;
    ranges.retain(|range| {
        let is_free = range.start >= end;
        end = if is_free { range.end } else { end };
        is_free
    });
    ranges
}

/// Whether two characters beside each other belong to one word.
fn are_one_word(one: Option<char>, other: Option<char>) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    latin(one) && latin(other)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]
    #[test]
    fn the_names_found_are_those_of_an_automaton(
        names in prop::collection::btree_set(name(), 1..12),
        pieces in prop::collection::vec(piece(), 0..40),
    ) {
        let text = pieces.concat();
        let records: Vec<Record> = names.iter().map(|name| company(name)).collect();
        let gazetteer = Gazetteer::build((0..).map(ActorKey).zip(&records));
        let own = scan(&text, &gazetteer).into_iter().filter(|hit| hit.strong).map(|hit| hit.range).collect();

        let folded = Folded::new(&text);
        let patterns: Vec<String> = names.iter().map(|name| Folded::new(name).text).collect();
        let automaton = daachorse::CharwiseDoubleArrayAhoCorasick::<u32>::new(&patterns).unwrap();
        let on_borders = |start: usize, end: usize| {
            let (before, name, after) = (&folded.text[..start], &folded.text[start..end], &folded.text[end..]);
            let left = are_one_word(before.chars().next_back(), name.chars().next());
            let han = |c: Option<char>| c.is_some_and(|c| HAN.iter().any(|word| word.contains(c)));
            // Whether Han beside Han is a border is for a dictionary to say: such places are left out on both sides.
            let right = are_one_word(name.chars().next_back(), after.chars().next());
            let han_left = han(before.chars().next_back()) && han(name.chars().next());
            let han_right = han(name.chars().next_back()) && han(after.chars().next());
            !(left || right || han_left || han_right)
        };
        let found = automaton.find_overlapping_iter(&folded.text).filter(|it| on_borders(it.start(), it.end()));
        let expected = found.map(|it| folded.raw_range(ByteRange::new(it.start(), it.end()))).collect();
        let touches_han = |range: &ByteRange| {
            let (before, after) = (&text[..range.start as usize], &text[range.end as usize..]);
            let han = |c: Option<char>| c.is_some_and(|c| HAN.iter().any(|word| word.contains(c)));
            han(before.chars().next_back()) || han(after.chars().next())
        };
        let mut own: Vec<ByteRange> = own;
        own.retain(|range| !touches_han(range));
        prop_assert_eq!(leftmost_longest(own), leftmost_longest(expected), "{:?}", text);
    }
}
