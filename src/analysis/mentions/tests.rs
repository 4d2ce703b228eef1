use super::*;
use crate::analysis::BlockFacts;
use crate::model::Spanned;
use crate::model::record::{CaseRule, Evidence, Name, NameKind, Record, Relation};
use expect_test::{Expect, expect};

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, ByteRange::default())
}

/// One actor a line: `id, schema: Name; alias; ~weak; =only as written; > related; ! not`.
fn records(lines: &str) -> Vec<Record> {
    let record = |line: &str| -> Option<Record> {
        let (head, names) = line.trim().split_once(": ")?;
        let (id, schema) = head.split_once(", ")?;
        let mut record = Record::new(spanned(id.to_owned()), ByteRange::default());
        record.schema = Some(spanned(schema.to_owned()));
        for word in names.split("; ") {
            if let Some(other) = word.strip_prefix("> ") {
                record.relations.push(Relation {
                    range: ByteRange::default(),
                    schema: spanned("UnknownLink".to_owned()),
                    role: spanned("object".to_owned()),
                    other: spanned(other.to_owned()),
                    evidence: Evidence::default(),
                    more: Vec::new(),
                });
            } else if let Some(other) = word.strip_prefix("! ") {
                record.not.push(spanned(other.to_owned()));
            } else if let Some(target) = word.strip_prefix("→ ") {
                record.merged_into = Some(spanned(target.to_owned()));
            } else {
                let (text, kind, case) = match (word.strip_prefix('~'), word.strip_prefix('=')) {
                    (Some(weak), _) => (weak, NameKind::Weak, None),
                    (_, Some(exact)) => (exact, NameKind::Alias, Some(CaseRule::Exact)),
                    _ => (word, NameKind::Alias, None),
                };
                let kind = if record.names.is_empty() { NameKind::Canonical } else { kind };
                record.names.extend([Name { text: spanned(text.to_owned()), lang: None, kind, case }]);
            }
        }
        Some(record)
    };
    lines.lines().filter_map(record).collect()
}

fn gazetteer(records: &[Record]) -> Gazetteer {
    Gazetteer::build((0..).map(ActorKey).zip(records))
}

const ACTORS: &str = "
    microsoft, Company: Microsoft; Microsoft Corporation; 微软; ~MS
    azure, Asset: Azure; Microsoft Azure; > microsoft
    campaign, Organization: No Azure for Apartheid
    peoples-daily, Organization: People's Daily; Quotidien du Peuple; 人民日报; 人民日報
    people-congress, Organization: People's Assembly; 人民大
    china-daily, Organization: China Daily; Chine Quotidien; 中国日报; @ChinaDaily
    nyt, Organization: New York Times; The New York Times
    wapo, media: Washington Post; 华盛顿邮报
    verge, Organization: The Verge; ~Verge
    gizmodo, Organization: Gizmodo; gizmodo
    cain, Person: Geoffrey Cain; ~Cain; ~Caïn; 杰弗里·凯恩
    denton, Person: Jake Denton; ~Denton
    trump, Person: Donald Trump; ~Trump
    biden, Person: Joe Biden; ~Biden
    leyen, Person: Ursula von der Leyen
    obrien, Person: Robert O'Brien
    xi, Person: Xi Jinping; 习近平
    aspi, Organization: Australian Strategic Policy Institute; ASPI
    twitter, Company: Twitter; X Corp.; ~X
    facebook, Company: Facebook
    meta, Company: Meta Platforms; ~Meta; > facebook
    apple, Company: Apple
    mfa, PublicBody: Chinese Foreign Ministry; ~Foreign Ministry; ~外交部
    state, PublicBody: U.S. Department of State; Département d’État; ~State Department
    government, PublicBody: Chinese government
    military, PublicBody: armée israélienne
    ap, Organization: Associated Press; ~AP
    who, Organization: World Health Organization; WHO
    samsung, Company: 삼성전자; サムスン; مايكروسوفت";

/// Shows the text with each mention as `[words → actor]`, `?` if only possible, `*` if ambiguous.
fn shown(text: &str, records: &[Record], rulings: &[Ruling]) -> String {
    let gazetteer = gazetteer(records);
    let mut out = String::new();
    let mut at = 0;
    let slice = |range: std::ops::Range<usize>| text.get(range).expect("offsets lie on character boundaries");
    for mention in mentions(text, &gazetteer, rulings) {
        let range = mention.range.start as usize..mention.range.end as usize;
        let mark = match mention.status {
            MentionStatus::Certain => "",
            MentionStatus::Possible => "?",
            MentionStatus::Ambiguous => "*",
        };
        let id = &records[mention.actor.0 as usize].id.value;
        out += &format!("{}[{} → {id}{mark}]", slice(at..range.start), slice(range.clone()));
        at = range.end;
    }
    visible(&(out + slice(at..text.len())))
}

/// Writes what an editor would hide or reorder as an escape.
fn visible(text: &str) -> String {
    let hidden = |c: char| matches!(c, '\r' | '\u{A0}' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{206F}' | '\u{300}'..='\u{36F}' | '\u{FEFF}');
    text.chars().map(|c| if hidden(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

fn mentions(text: &str, gazetteer: &Gazetteer, rulings: &[Ruling]) -> Vec<Mention> {
    settled(text, gazetteer, rulings).0
}

fn settled(text: &str, gazetteer: &Gazetteer, rulings: &[Ruling]) -> (Vec<Mention>, Namesakes) {
    let mut facts = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive("\n\n") {
        facts.push((start, part, BlockFacts { hits: scan(part, gazetteer), ..BlockFacts::default() }));
        start += u32::try_from(part.len()).expect("short text");
    }
    let views: Vec<BlockView<'_>> =
        facts.iter().map(|(start, text, facts)| BlockView { start: *start, text, facts }).collect();
    let options = AnalysisOptions { claim_threshold: 0.5, places_as_governments: false };
    let (mentions, namesakes, _) = settle(&views, gazetteer, rulings, options, None);
    (mentions, namesakes)
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&shown(text, &records(ACTORS), &[]));
}

fn check_with(actors: &str, text: &str, expected: Expect) {
    expected.assert_eq(&shown(text, &records(actors), &[]));
}

#[test]
fn the_longest_name_wins() {
    check(
        "They sell Microsoft Azure to No Azure for Apartheid.",
        expect!["They sell [Microsoft Azure → azure] to [No Azure for Apartheid → campaign]."],
    );
    check(
        "Un contrat entre Microsoft et Chine Quotidien.",
        expect!["Un contrat entre [Microsoft → microsoft] et [Chine Quotidien → china-daily]."],
    );
    check(
        "据华盛顿邮报报道，人民日报与微软合作。",
        expect!["据[华盛顿邮报 → wapo]报道，[人民日报 → peoples-daily]与[微软 → microsoft]合作。"],
    );
}

#[test]
fn a_name_inside_a_word_is_no_mention() {
    check(
        "Microsofties, dit-il. Une américaine. Metaverse, computing, aspirations, aspi.",
        expect!["Microsofties, dit-il. Une américaine. Metaverse, computing, aspirations, aspi."],
    );
    check("中国人民大学的学生", expect!["中国人民大学的学生"]);
}

#[test]
fn elision_and_possessives_stay_outside() {
    check(
        "d'Azure, l’armée israélienne, qu'Azure; Microsoft's and Microsoft’s",
        expect![
            "d'[Azure → azure], l’[armée israélienne → military], qu'[Azure → azure]; [Microsoft → microsoft]'s and [Microsoft → microsoft]’s"
        ],
    );
    check(
        "Robert O'Brien spoke; O’Brien's view. Mr. Brien left. Xi Jinping saw Xi’an.",
        expect![
            "[Robert O'Brien → obrien] spoke; [O’Brien → obrien]'s view. Mr. Brien left. [Xi Jinping → xi] saw Xi’an."
        ],
    );
}

#[test]
fn names_survive_line_ends_and_markup() {
    check(
        "the New\nYork Times, New York\u{A0}Times, *New York* Times, Micro-\nsoft, Mi\u{AD}cro\u{200B}soft",
        expect![[r#"
            the [New
            York Times → nyt], [New York\u{a0}Times → nyt], *[New York* Times → nyt], [Micro-
            soft → microsoft], [Mi\u{ad}cro\u{200b}soft → microsoft]"#]],
    );
    check(
        "the People's\r\nDaily and the Aus-\r\ntralian Strategic Policy Institute",
        expect![[r#"
        the [People's\u{d}
        Daily → peoples-daily] and the [Aus-\u{d}
        tralian Strategic Policy Institute → aspi]"#]],
    );
}

#[test]
fn the_article_belongs_to_the_name_when_it_has_a_capital() {
    check(
        "as the New York Times and The New York Times wrote, and The Washington Post",
        expect!["as the [New York Times → nyt] and [The New York Times → nyt] wrote, and [The Washington Post → wapo]"],
    );
    check(
        "On the verge of collapse. The verge was green. The Verge was first.",
        expect!["On the verge of collapse. The verge was green. [The Verge → verge] was first."],
    );
}

#[test]
fn letter_case() {
    check(
        "WHO is to blame, says the WHO. who knows",
        expect!["[WHO → who] is to blame, says the [WHO → who]. who knows"],
    );
    check(
        "WHO IS TO BLAME FOR MICROSOFT AND CHINA DAILY?",
        expect!["WHO IS TO BLAME FOR [MICROSOFT → microsoft] AND [CHINA DAILY → china-daily]?"],
    );
    check(
        "gizmodo\n\nI like apple juice. He works at Apple in May. apple",
        expect![[r#"
        [gizmodo → gizmodo]

        I like apple juice. He works at [Apple → apple] in May. apple"#]],
    );
    check(
        "People's daily lives, the People's Daily",
        expect!["People's daily lives, the [People's Daily → peoples-daily]"],
    );
}

#[test]
fn a_word_that_is_also_a_name_needs_a_meant_capital() {
    check("Apple pie is good.", expect!["Apple pie is good."]);
    check("Apple said so.", expect!["[Apple → apple?] said so."]);
    check("We asked Apple. Apple said no.", expect!["We asked [Apple → apple]. [Apple → apple] said no."]);
}

#[test]
fn legal_forms_belong_to_the_name() {
    check(
        "Twitter, Inc. and Facebook Inc. sued Microsoft Corp. in May.",
        expect!["[Twitter, Inc. → twitter] and [Facebook Inc. → facebook] sued [Microsoft Corp. → microsoft] in May."],
    );
    check(
        "微软公司 and 微软（中国）有限公司",
        expect!["[微软公司 → microsoft] and [微软 → microsoft]（中国）有限公司"],
    );
}

#[test]
fn a_surname_needs_the_full_name_before_it() {
    check(
        "Geoffrey Cain spoke. Then Cain left, Caïn said.",
        expect!["[Geoffrey Cain → cain] spoke. Then [Cain → cain] left, [Caïn → cain] said."],
    );
    check("Abel and Cain fought.", expect!["Abel and Cain fought."]);
    check(
        "Ursula von der Leyen spoke. Von der Leyen left. Xi Jinping spoke; Xi left.",
        expect![
            "[Ursula von der Leyen → leyen] spoke. [Von der Leyen → leyen] left. [Xi Jinping → xi] spoke; [Xi → xi] left."
        ],
    );
    check("杰弗里·凯恩说。凯恩还说", expect!["[杰弗里·凯恩 → cain]说。[凯恩 → cain]还说"]);
}

#[test]
fn a_surname_inside_another_name_is_no_mention() {
    check(
        "Donald Trump met Ivanka Trump at the Trump Organization. Donald Trump Jr. left.",
        expect!["[Donald Trump → trump] met Ivanka Trump at the Trump Organization. Donald Trump Jr. left."],
    );
    check(
        "Jake Denton lives in Denton-sur-Mer, not in Denton, Texas, said Denton.",
        expect!["[Jake Denton → denton] lives in Denton-sur-Mer, not in Denton, Texas, said [Denton → denton]."],
    );
    check(
        "Geoffrey Cain spoke. His aunt Dorothy Cain did not. Cain smiled.",
        expect!["[Geoffrey Cain → cain] spoke. His aunt Dorothy Cain did not. Cain smiled."],
    );
}

#[test]
fn titles_speak_for_a_surname() {
    check(
        "President Biden signed. Biden smiled. Le président Trump aussi.",
        expect!["President [Biden → biden] signed. [Biden → biden] smiled. Le président [Trump → trump] aussi."],
    );
    check("Geoffrey S. Cain spoke. Mr Cain left.", expect!["[Geoffrey S. Cain → cain] spoke. Mr [Cain → cain] left."]);
}

#[test]
fn short_forms_need_evidence() {
    check(
        "the Associated Press (AP) said. AP said more.",
        expect!["the [Associated Press → ap] ([AP → ap]) said. [AP → ap] said more."],
    );
    check("Advanced Placement (AP) classes. AP said so.", expect!["Advanced Placement (AP) classes. AP said so."]);
    check("Facebook grew. Later Meta grew.", expect!["[Facebook → facebook] grew. Later [Meta → meta] grew."]);
    check(
        "The Chinese Foreign Ministry spoke; the Foreign Ministry added. The French Foreign Ministry left.",
        expect![
            "The [Chinese Foreign Ministry → mfa] spoke; the [Foreign Ministry → mfa] added. The French Foreign Ministry left."
        ],
    );
    check("外交部发言人说。法国外交部说。", expect!["[外交部 → mfa?]发言人说。法国外交部说。"]);
}

#[test]
fn one_letter_needs_a_cue() {
    check(
        "Twitter grew. He posted on X, with Malcolm X and an X-ray.",
        expect!["[Twitter → twitter] grew. He posted on [X → twitter], with Malcolm X and an X-ray."],
    );
}

#[test]
fn addresses_are_no_mentions() {
    check(
        "https://www.microsoft.com/Azure press@microsoft.com Microsoft.com [Azure](https://a.b/Azure) Azure",
        expect![
            "https://www.microsoft.com/Azure press@microsoft.com Microsoft.com [[Azure → azure]](https://a.b/Azure) [Azure → azure]"
        ],
    );
}

#[test]
fn handles_and_hashtags_are_a_kind_of_their_own() {
    check(
        "@ChinaDaily #Microsoft #microsoft @MicrosoftHelps #BoycottMicrosoft @ChinaDailyFan",
        expect![
            "[@ChinaDaily → china-daily] [#Microsoft → microsoft] [#microsoft → microsoft] @MicrosoftHelps #BoycottMicrosoft @ChinaDailyFan"
        ],
    );
    let records = records(ACTORS);
    let kinds: Vec<_> =
        mentions("#Microsoft", &gazetteer(&records), &[]).into_iter().map(|it| (it.kind, it.range)).collect();
    assert_eq!(kinds, [(MentionKind::Handle, ByteRange::new(0, 10))]);
}

#[test]
fn glued_words_are_split_after_a_whole_strong_name() {
    check(
        "le Quotidien du PeupleLa société, CourierFacebookTwitter, MicrosoftTeams, YouTube",
        expect![
            "le [Quotidien du Peuple → peoples-daily]La société, Courier[Facebook → facebook][Twitter → twitter], MicrosoftTeams, YouTube"
        ],
    );
}

#[test]
fn han_names_stand_on_word_borders() {
    check(
        "融媒体华盛顿邮报旗下，ＡＳＰＩ的报告，微软Azure。中国日报道歉",
        expect![
            "融媒体[华盛顿邮报 → wapo]旗下，[ＡＳＰＩ → aspi]的报告，[微软 → microsoft][Azure → azure]。[中国日报 → china-daily]道歉"
        ],
    );
    check("人民日報與微軟", expect!["[人民日報 → peoples-daily]與[微軟 → microsoft]"]);
}

#[test]
fn particles_and_clitics_are_tolerated() {
    check(
        "삼성전자는 삼성전자서비스 サムスンは サムスング ومايكروسوفت",
        expect!["[삼성전자 → samsung]는 삼성전자서비스 [サムスン → samsung]は サムスング و[مايكروسوفت → samsung]"],
    );
}

#[test]
fn state_bodies_are_known_in_french_and_chinese() {
    check(
        "le gouvernement chinois et 中国政府",
        expect!["le [gouvernement chinois → government] et [中国政府 → government]"],
    );
}

#[test]
fn namesakes_are_told_apart_by_evidence_or_left_open() {
    let actors = "
        wang-a, Person: Wang Wei; > acme
        wang-b, Person: Wang Wei; > bank
        acme, Company: Acme Tools
        bank, Company: River Bank Holding";
    check_with(actors, "Wang Wei spoke.", expect!["[Wang Wei → wang-a*] spoke."]);
    check_with(actors, "Wang Wei of Acme Tools spoke.", expect!["[Wang Wei → wang-a] of [Acme Tools → acme] spoke."]);
    check_with(
        actors,
        "River Bank Holding hired Wang Wei.",
        expect!["[River Bank Holding → bank] hired [Wang Wei → wang-b]."],
    );
}

#[test]
fn all_who_share_a_name_are_candidates_until_the_user_decides() {
    let actors = "
        wang-a, Person: Wang Wei; 王伟
        acme, Company: Acme Tools
        wang-b, Person: Wang Wei; 王伟";
    let gazetteer = gazetteer(&records(actors));
    let text = "Acme Tools hired Wang Wei. 昨天王伟说，Acme Tools 很好。";
    let candidates = |rulings: &[Ruling]| -> Vec<Vec<u32>> {
        let (mentions, namesakes) = settled(text, &gazetteer, rulings);
        mentions.iter().map(|it| namesakes.candidates(it).iter().map(|actor| actor.0).collect()).collect()
    };
    assert_eq!(candidates(&[]), [vec![1], vec![0, 2], vec![0, 2], vec![1]]);
    let start = text.find("王伟").expect("it is there");
    let ruling = Ruling { range: ByteRange::new(start, start + 6), actor: ActorKey(2), positive: true };
    let decided = candidates(&[ruling]);
    assert_eq!(decided.get(2), Some(&vec![2]));
    assert_eq!(candidates(&[Ruling { positive: false, ..ruling }]).get(2), Some(&vec![0]));
}

#[test]
fn confidence_is_kept_in_hundredths() {
    for hundredths in 0..=100u8 {
        let value = f32::from(hundredths) / 100.0;
        assert_eq!(Confidence::of(value).value(), value);
    }
    let kept = [0.994, 0.7 + 0.15 + 0.05, 3.0, -1.0, f32::NAN].map(|value| Confidence::of(value).value());
    assert_eq!(kept, [0.99, 0.9, 1.0, 0.0, 0.0]);
}

#[test]
fn merged_records_count_for_their_target() {
    let actors = "
        old, Company: Old Name; → new
        new, Company: New Name";
    check_with(actors, "Old Name and New Name", expect!["[Old Name → new] and [New Name → new]"]);
}

#[test]
fn rulings_decide() {
    let records = records(ACTORS);
    let text = "Abel and Cain met Microsoft.";
    let place = |word: &str| {
        let at = text.find(word).expect(word);
        ByteRange::new(at, at + word.len())
    };
    let key =
        |id: &str| ActorKey(u32::try_from(records.iter().position(|it| it.id.value == id).expect(id)).expect("few"));
    let rulings = [
        Ruling { range: place("Cain"), actor: key("cain"), positive: true },
        Ruling { range: place("Microsoft"), actor: key("microsoft"), positive: false },
    ];
    expect!["Abel and [Cain → cain] met Microsoft."].assert_eq(&shown(text, &records, &rulings));
}

/// Every trap of encoding at once; each offset must be exact.
#[test]
fn torture() {
    let text = "\u{FEFF}İstanbul ß ﬁ 😀𠀀 Quotidien du Peuple\r\ne\u{301} De\u{301}partement d\u{2019}E\u{301}tat \u{202B}שלום\u{202C} Microsoft \
        \u{2068}ＡＳＰＩ\u{2069} Mi\u{200B}cro\u{AD}soft 𠀀人民日報 — **China**\u{A0}Daily\r\n> New\r\n> York Times";
    check(
        text,
        expect![[r#"
            \u{feff}İstanbul ß ﬁ 😀𠀀 [Quotidien du Peuple → peoples-daily]\u{d}
            e\u{301} [De\u{301}partement d’E\u{301}tat → state] \u{202b}שלום\u{202c} [Microsoft → microsoft] \u{2068}[ＡＳＰＩ → aspi]\u{2069} [Mi\u{200b}cro\u{ad}soft → microsoft] 𠀀[人民日報 → peoples-daily] — **[China**\u{a0}Daily → china-daily]\u{d}
            > [New\u{d}
            > York Times → nyt]"#]],
    );
}

#[test]
fn adding_and_removing_names_is_like_building_anew() {
    let records = records(ACTORS);
    let text = "Microsoft Azure and Microsoft, Geoffrey Cain, 人民日报, The Verge and No Azure for Apartheid";
    let mut gazetteer = gazetteer(&records);
    for (key, record) in (0..).map(ActorKey).zip(&records) {
        gazetteer.remove(key);
        gazetteer.insert(key, record);
    }
    assert_eq!(scan(text, &gazetteer), scan(text, &self::gazetteer(&records)));
    (0..).take(records.len()).map(ActorKey).for_each(|key| gazetteer.remove(key));
    assert_eq!(scan(text, &gazetteer), []);
}
