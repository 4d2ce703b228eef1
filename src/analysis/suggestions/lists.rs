//! Words around names: what people are, what many are, what names nobody.

use crate::analysis::gazetteer::words::WordSet;
use crate::analysis::mentions::lexicon::word_set;
use std::sync::LazyLock;

word_set! {
    /// Nouns that say what somebody is.
    is_role: ROLES
}

word_set! {
    /// Members of parties, faiths and peoples: words that stand with a capital and name many.
    is_camp: CAMPS
}

word_set! {
    /// Abbreviations and words that stand with a capital and name nobody.
    is_no_name: NO_NAMES
}

word_set! {
    /// Words that may follow an outlet's abbreviation: AP News, BBC Radio.
    is_media_tail: "news tv radio television press agency online group media"
}

word_set! {
    /// Words that open a sentence before a name.
    is_opener: "neither either whereas former anti stop besides whether unless ni outre malgré hormis including unlike given"
}

word_set! {
    /// Agreements, laws and prizes are nobody.
    is_treaty: "convention treaty act agreement accord accords traité loi law bill prize award prix amendment constitution"
}

word_set! {
    /// Small words inside the names of bodies: Ministry of Education, Centre for Research.
    is_link: "of for and on the de du des d la l le les à au aux pour sur et s"
}

word_set! {
    /// Small words inside French names only.
    is_french_link: "de du des d la l"
}

word_set! {
    /// What an apposition begins with, besides a role: an article, a possessive.
    is_determiner: "a an the un une le la l its his her son sa leur one part former ancien ancienne who"
}

const ROLES: &str = "researcher researchers analyst author professor expert director founder cofounder co-founder spokesman \
    spokeswoman spokesperson journalist reporter lawyer economist activist engineer executive employee fellow \
    scholar historian scientist official diplomat lawmaker investor billionaire chairman chairwoman president \
    chief head editor columnist strategist adviser advisor consultant manager firm startup start-up company \
    nonprofit non-profit subsidiary unit tank publisher broadcaster newspaper website outlet platform app \
    service charity watchdog group organization organisation maker giant developer contractor arm chercheur \
    chercheuse analyste auteur autrice professeur professeure directeur directrice fondateur fondatrice \
    porte-parole journaliste avocat avocate économiste militant militante ingénieur ingénieure employé employée \
    historien historienne responsable diplomate député députée sénateur sénatrice investisseur milliardaire \
    président présidente chef cheffe éditeur éditrice entreprise société filiale groupe association organisation \
    ong éditorialiste chroniqueur consultant conseiller conseillère politologue sociologue sinologue spécialiste \
    experte ministre dirigeant dirigeante startuper média site laboratoire institut institute appelée appelé \
    nommée nommé called named dubbed";

const CAMPS: &str = "republican republicans democrat democrats democratic libertarian conservative conservatives tory tories \
    labour liberal liberals socialist socialists communist communists marxist muslim muslims christian \
    christians jew jews jewish catholic catholics protestant buddhist hindu hindus hispanic hispanics latino \
    latinos latinx blacks whites uyghur uyghurs uighur uighurs kurd kurds kurdish arabs islamist islamists nazi \
    nazis zionist tibetans ouïghour ouïghours républicains démocrates musulmans juifs catholiques crooked senate \
    house gop miss millennials westerners occidentaux";

const NO_NAMES: &str = "ai ia ceo cto cfo pdg dg tv pc it gps sms pdf url html http https www usb gdp pib vpn api faq am pm est gmt \
    utc ad bc covid dvd cd phd md vip ok usd eur rmb cny hiv sida adn dna wifi internet web app apps chatbot \
    cloud bitcoin islam christianity god dieu allah noël christmas easter pâques ramadan olympics renaissance \
    english french ngo ngos ong ev evs ip ssl seo roi hr rh vo pm2 mp mps nft gpu cpu ram rom io ui ux isbn issn \
    doi qr twitter-like blog email e-mail online marxist marxism marxisme nazi nazis fascist bolshevik stalinist \
    maoist euro euros dollar dollars yuan renminbi yen rouble km kg mph ghz mhz gb mb tb kb nsfw lgbt lgbtq \
    osint vs monsieur madame messieurs mesdames newsletter copyright abonnés publicité advertisement photo \
    photos vidéo video";
