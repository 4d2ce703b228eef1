//! Words around names that say what the name is doing there: titles, verbs of speech, nationalities, legal forms.

use super::super::gazetteer::words::WordSet;
use std::sync::LazyLock;

macro_rules! word_set {
    ($(#[$doc:meta])* $name:ident: $words:expr) => {
        $(#[$doc])*
        pub(in crate::analysis) fn $name(hash: u64) -> bool {
            static WORDS: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(&[$words]));
            WORDS.contains(hash)
        }
    };
}

pub(in crate::analysis) use word_set;

word_set! {
    /// Titles of offices that one person holds at a time.
    is_high_office: "president président présidente chancellor chancelier chancelière premier pope pape king roi queen \
        reine emperor empereur vice-president"
}

word_set! {
    /// Titles and forms of address that stand before a family name.
    is_title: "mr mrs ms miss mx dr prof professor sir lord lady dame sen senator rep representative congressman \
        congresswoman gov governor secretary minister ambassador general gen colonel col captain capt major lieutenant lt \
        sergeant admiral chairman chairwoman chair ceo cfo cto judge justice attorney reverend rev father sister bishop \
        archbishop cardinal rabbi imam sheikh prince princess duke speaker mayor commissioner director spokesman \
        spokeswoman spokesperson leader comrade m mme mlle mm mmes monsieur madame mademoiselle maître docteur professeur \
        sénateur sénatrice député députée ministre secrétaire gouverneur gouverneure ambassadeur ambassadrice général \
        colonel capitaine commandant amiral juge procureur procureure directeur directrice porte-parole maire commissaire \
        père soeur évêque archevêque prince princesse duc sieur camarade president président présidente chancellor \
        chancelier chancelière premier pope pape king roi queen reine emperor empereur minister"
}

word_set! {
    /// Verbs of speech and report, as they stand beside a name.
    is_speech: "said says say saying told tells added adds wrote writes argued argues claimed claims noted notes asked asks \
        announced announces reported reports declared declares explained explains warned warns stated states tweeted posted \
        replied insisted testified acknowledged denied denies confirmed confirms suggested recalled continued concluded \
        spokesman spokeswoman spokesperson déclaré déclare ajouté ajoute affirmé affirme expliqué explique estimé estime \
        écrit précisé précise rapporté rapporte annoncé annonce indiqué indique souligné souligne répondu répond assuré \
        assure dit raconté raconte confirmé confirme selon"
}

word_set! {
    /// Auxiliaries and verbs that follow the subject of a sentence.
    is_predicate: "is was has had will would can could may might should plans wants does did says said announced reported \
        launched bought sold removed banned blocked a est était avait aura sera ont peut veut doit va vient fait lance \
        annonce affirme compte refuse propose utilise sells uses owns makes made cracked released unveiled denied sued \
        fired acquired agreed declined published operates collects stores shares"
}

word_set! {
    /// Words after which the name of an outlet stands as a source.
    is_source_cue: "by selon to par told d'après citing via per from the"
}

word_set! {
    /// Prepositions of place.
    is_locative: "in at near à vers outside inside around"
}

word_set! {
    /// What may follow a company's name with a capital and make it another thing's.
    is_body_noun: "organization organisation foundation institute university college center centre library airport prize \
        stadium street avenue boulevard road hospital school award act group inc corp company tower towers hotel family \
        administration campaign doctrine plan park county city bridge hall building museum theatre theater house church"
}

word_set! {
    /// What follows a name that is the name of a place.
    is_landform: "river rainforest basin jungle delta forest valley lake island islands bay county creek mountain mountains \
        beach region tribe tribes"
}

word_set! {
    /// Generic nouns that are part of the name of a product.
    is_product: "maps teams drive docs ads live pay pro plus cloud play chrome search translate messenger marketplace files \
        bot music tv prime kindle alexa meet office studio store app apps news books photos home one max mini air"
}

word_set! {
    /// Legal forms, without their full stops.
    is_legal_form: "inc incorporated corp corporation co ltd limited llc llp plc gmbh ag sa sas sarl spa nv bv ab oy oyj as \
        asa kk pty pte lp kgaa se srl sàrl sl bhd"
}

word_set! {
    /// Common nouns at the end of an institution's name; they may be written small.
    is_institution: "party ministry department government police parti committee agency bureau"
}

word_set! {
    /// Elided words; they end before the name.
    is_elision: "l d j m t s n c qu jusqu lorsqu puisqu quoiqu presqu"
}

word_set! {
    /// What an apostrophe ties to the end of a name: English and Turkish endings.
    is_clitic: "s d ll re ve m t in ın un ün nin nın nun nün a e ya ye i ı u ü yi yı yu yü da de ta te dan den tan ten la le"
}

word_set! {
    /// Words that a hyphen ties to a name without being part of it, before the name.
    is_prefix: "pro anti non ex pre post mid inter trans intra sub super neo crypto quasi semi pan cross"
}

word_set! {
    /// Words that a hyphen ties to a name without being part of it, after the name.
    is_hyphen_tail: "backed owned controlled led run linked based funded style like related affiliated branded approved \
        supported sponsored friendly designed built made developed hosted era wide born aligned run only themed focused \
        dominated affiliated operated supplied trained educated"
}

word_set! {
    /// French place names go on with these after a hyphen: Denton-sur-Mer.
    is_place_link: "sur sous lès les en la le du de des saint sainte aux au et"
}

word_set! {
    /// Nationalities and countries: an institution's name beside one belongs to that country.
    is_nation: "american us usa uk british english french german italian spanish russian chinese japanese korean indian \
        pakistani iranian iraqi israeli palestinian turkish egyptian saudi emirati qatari syrian lebanese jordanian \
        ukrainian polish czech slovak hungarian romanian bulgarian greek serbian croatian dutch belgian swiss austrian \
        swedish norwegian danish finnish irish scottish portuguese brazilian argentine mexican canadian australian \
        vietnamese thai indonesian malaysian philippine filipino singaporean taiwanese cuban venezuelan nigerian kenyan \
        ethiopian algerian moroccan tunisian libyan afghan georgian armenian kazakh nepalese bangladeshi burmese \
        américain américaine britannique anglais anglaise français française allemand allemande italien italienne espagnol \
        espagnole russe chinois chinoise japonais japonaise coréen coréenne indien indienne pakistanais iranien iranienne \
        irakien israélien israélienne palestinien palestinienne turc turque égyptien égyptienne saoudien saoudienne syrien \
        syrienne libanais ukrainien ukrainienne polonais polonaise hongrois roumain grec grecque serbe néerlandais belge \
        suisse autrichien suédois norvégien danois irlandais portugais brésilien argentin mexicain canadien australien \
        vietnamien vietnamienne cubain algérien algérienne marocain marocaine tunisien tunisienne nationale national \
        japan korea india pakistan iran iraq israel turkey egypt russia france germany italy spain britain vietnam cuba \
        nepal ukraine poland usa"
}

word_set! {
    /// Given names that are common in English and French texts.
    is_given_name: "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony \
        mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob \
        gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond \
        patrick jack dennis jerry tyler aaron jose henry adam douglas nathan peter zachary kyle walter harold jeremy ethan \
        carl keith roger gerald christian terry sean arthur austin noah lawrence jesse joe bryan billy jordan albert \
        dylan bruce willie gabriel alan juan logan wayne ralph roy eugene randy vincent russell louis philip bobby johnny \
        bradley mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra \
        ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia \
        kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel \
        carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan \
        evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice \
        jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana \
        natalie brittany charlotte marie kayla alexis lori ivanka melania tiffany barron eleanor hillary chelsea hunter \
        jill pierre michel andré philippe jacques bernard françois alain christophe nicolas laurent thierry olivier \
        sébastien stéphane pascal antoine julien guillaume maxime romain clément mathieu hugo lucas théo nathalie isabelle \
        sylvie catherine martine françoise valérie sandrine véronique céline chantal brigitte sophie camille léa manon \
        chloé claire jeanne geoffrey jake mike tom tim jim bob bill dan dave steve chris matt nick tony ben sam alex max \
        luke simon oliver harry ian neil colin stuart graham abel"
}

/// Whether a run of Han characters is a legal form that belongs to the name before it; the longest comes first.
pub(in crate::analysis) const HAN_LEGAL_FORMS: &[&str] = &[
    "集团股份有限公司",
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "集團股份有限公司",
    "集團有限公司",
    "集团公司",
    "集團公司",
    "有限公司",
    "公司",
];

/// Particles that may follow a Korean name within the word.
pub(in crate::analysis) const HANGUL_PARTICLES: &[&str] = &[
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "에서",
    "에게",
    "와",
    "과",
    "도",
    "로",
    "으로",
    "만",
    "까지",
    "부터",
    "한테",
    "께서",
    "처럼",
    "보다",
    "이나",
    "나",
    "라고",
    "이라고",
    "라는",
    "이라는",
    "측",
    "측은",
    "에는",
    "에도",
    "에서는",
    "와의",
    "과의",
    "이다",
    "였다",
    "이며",
    "하고",
    "이란",
    "란",
    "으로부터",
    "로부터",
    "에게서",
    "등",
];

/// Countries and regions in Chinese, other than China: a ministry after one of them is that country's.
pub(in crate::analysis) const HAN_NATIONS: &[&str] = &[
    "美国",
    "英国",
    "法国",
    "德国",
    "日本",
    "韩国",
    "朝鲜",
    "俄罗斯",
    "以色列",
    "印度",
    "巴基斯坦",
    "伊朗",
    "伊拉克",
    "乌克兰",
    "越南",
    "泰国",
    "新加坡",
    "马来西亚",
    "澳大利亚",
    "加拿大",
    "意大利",
    "西班牙",
    "土耳其",
    "埃及",
    "沙特",
    "古巴",
    "波兰",
    "台湾",
    "香港",
    "澳门",
    "欧盟",
    "瑞典",
    "挪威",
    "荷兰",
    "比利时",
    "瑞士",
    "南非",
    "巴西",
    "墨西哥",
    "阿根廷",
    "印尼",
    "菲律宾",
];
