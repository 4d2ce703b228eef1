//! Wikidata's items and properties, and what each is here.

/// A class of Wikidata: its item, our word for the type, and a topic of FollowTheMoney where the class says one.
pub(super) struct Class {
    pub(super) item: &'static str,
    pub(super) word: &'static str,
    pub(super) topic: Option<&'static str>,
}

const fn class(item: &'static str, word: &'static str) -> Class {
    Class { item, word, topic: None }
}

const fn topical(item: &'static str, word: &'static str, topic: &'static str) -> Class {
    Class { item, word, topic: Some(topic) }
}

/// The classes that name a type, the telling ones first: a newspaper is often a company too, and is a newspaper.
pub(super) const CLASSES: &[Class] = &[
    class("Q5", "Person"),
    // Media.
    class("Q11032", "media"),    // newspaper
    class("Q1110794", "media"),  // daily newspaper
    class("Q1153191", "media"),  // online newspaper
    class("Q192283", "media"),   // news agency
    class("Q41298", "media"),    // magazine
    class("Q1002697", "media"),  // periodical
    class("Q1193236", "media"),  // news media
    class("Q17232649", "media"), // news website
    class("Q1616075", "media"),  // television station
    class("Q2001305", "media"),  // television channel
    class("Q14350", "media"),    // radio station
    class("Q15265344", "media"), // broadcaster
    class("Q1331793", "media"),  // media company
    class("Q11033", "media"),    // mass media
    // Platforms.
    class("Q202833", "platform"),  // social media
    class("Q3220391", "platform"), // social networking service
    class("Q620615", "platform"),  // mobile app
    class("Q193424", "platform"),  // web service
    class("Q1668024", "platform"), // service on the internet
    // State bodies.
    topical("Q192350", "PublicBody", "gov.executive"),  // ministry
    topical("Q327333", "PublicBody", "gov"),            // government agency
    topical("Q2659904", "PublicBody", "gov"),           // government organization
    topical("Q7188", "PublicBody", "gov"),              // government
    topical("Q35749", "PublicBody", "gov.legislative"), // parliament
    topical("Q11204", "PublicBody", "gov.legislative"), // legislature
    topical("Q732717", "PublicBody", "gov.security"),   // law enforcement agency
    topical("Q35535", "PublicBody", "gov.security"),    // police
    topical("Q47913", "PublicBody", "gov.security"),    // intelligence agency
    topical("Q66344", "PublicBody", "gov.financial"),   // central bank
    topical("Q41487", "PublicBody", "gov.judicial"),    // court
    topical("Q772547", "PublicBody", "mil"),            // armed forces
    topical("Q176799", "PublicBody", "mil"),            // military unit
    topical("Q245065", "PublicBody", "gov.igo"),        // intergovernmental organization
    // Companies.
    topical("Q270791", "Company", "gov.soe"),     // state-owned enterprise
    topical("Q22687", "Company", "fin.bank"),     // bank
    topical("Q891723", "Company", "corp.public"), // public company
    class("Q783794", "Company"),                  // company
    class("Q4830453", "Company"),                 // business
    class("Q6881511", "Company"),                 // enterprise
    class("Q167037", "Company"),                  // corporation
    class("Q5621421", "Company"),                 // private company
    class("Q161726", "Company"),                  // multinational corporation
    class("Q18388277", "Company"),                // technology company
    class("Q1058914", "Company"),                 // software company
    class("Q219577", "Company"),                  // holding company
    class("Q778575", "Company"),                  // conglomerate
    class("Q658255", "Company"),                  // subsidiary
    class("Q2085381", "Company"),                 // publisher
    class("Q210167", "Company"),                  // video game developer
    class("Q1137109", "Company"),                 // video game publisher
    class("Q46970", "Company"),                   // airline
    class("Q1762059", "Company"),                 // film production company
    // Other organisations.
    class("Q155271", "think-tank"),
    topical("Q7278", "Organization", "pol.party"),   // political party
    topical("Q178790", "Organization", "pol.union"), // trade union
    class("Q79913", "Organization"),                 // non-governmental organization
    class("Q163740", "Organization"),                // nonprofit organization
    class("Q157031", "Organization"),                // foundation
    class("Q3918", "Organization"),                  // university
    class("Q31855", "Organization"),                 // research institute
    class("Q15911314", "Organization"),              // association
    class("Q48204", "Organization"),                 // voluntary association
    class("Q484652", "Organization"),                // international organization
    class("Q178706", "Organization"),                // institution
    class("Q43229", "Organization"),                 // organization
    class("Q170584", "Project"),                     // project
    class("Q35127", "media"),                        // website: only where nothing more is said
];

/// Items of countries, and their codes.
pub(super) const COUNTRIES: &str = "Q30 us Q148 cn Q142 fr Q145 gb Q183 de Q159 ru Q17 jp Q668 in Q16 ca Q408 au Q155 br \
    Q38 it Q29 es Q55 nl Q29999 nl Q31 be Q39 ch Q40 at Q34 se Q20 no Q35 dk Q756617 dk Q33 fi Q36 pl Q212 ua Q213 cz \
    Q214 sk Q28 hu Q218 ro Q219 bg Q41 gr Q43 tr Q801 il Q219060 ps Q79 eg Q851 sa Q878 ae Q846 qa Q794 ir Q796 iq Q858 sy \
    Q822 lb Q810 jo Q258 za Q1033 ng Q114 ke Q115 et Q1028 ma Q262 dz Q948 tn Q1016 ly Q96 mx Q414 ar Q298 cl Q739 co \
    Q419 pe Q717 ve Q241 cu Q884 kr Q423 kp Q865 tw Q8646 hk Q14773 mo Q334 sg Q833 my Q252 id Q928 ph Q869 th Q881 vn \
    Q843 pk Q902 bd Q889 af Q232 kz Q265 uz Q184 by Q230 ge Q399 am Q227 az Q45 pt Q27 ie Q189 is Q32 lu Q191 ee Q211 lv \
    Q37 lt Q403 rs Q224 hr Q215 si Q664 nz Q15180 suhh Q1246 xk Q836 mm Q854 lk Q837 np Q424 kh Q711 mn Q229 cy Q233 mt \
    Q458 eu";

/// The code of a country's item.
pub(super) fn country(item: &str) -> Option<&'static str> {
    let mut words = COUNTRIES.split_whitespace();
    while let (Some(known), Some(code)) = (words.next(), words.next()) {
        if known == item {
            return Some(code);
        }
    }
    None
}

/// Properties that state a fact, and FollowTheMoney's name for it.
pub(super) const FACTS: &[(&str, &str)] = &[
    ("P856", "website"),
    ("P968", "email"),
    ("P1278", "leiCode"),
    ("P569", "birthDate"),
    ("P570", "deathDate"),
    ("P571", "incorporationDate"),
    ("P576", "dissolutionDate"),
];

/// Properties that state a relation: FollowTheMoney's edge, and the role of the item that is the value.
pub(super) const RELATIONS: &[(&str, &str, &str)] = &[
    ("P127", "Ownership", "owner"),
    ("P749", "Ownership", "owner"),
    ("P1830", "Ownership", "asset"),
    ("P355", "Ownership", "asset"),
    ("P108", "Employment", "employer"),
    ("P169", "Directorship", "director"),
    ("P488", "Directorship", "director"),
    ("P102", "Membership", "organization"),
    ("P463", "Membership", "organization"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interchange::schema::{Kind, property};
    use crate::interchange::values::clean;
    use crate::model::record::{EdgeSchema, ftm_schema};

    #[test]
    fn the_tables_speak_the_words_of_follow_the_money() {
        for class in CLASSES {
            assert!(ftm_schema(class.word).is_some(), "{}", class.word);
            assert!(class.topic.is_none_or(|topic| clean(Kind::Topic, topic).is_some()), "{:?}", class.topic);
        }
        for code in COUNTRIES.split_whitespace().skip(1).step_by(2) {
            assert!(clean(Kind::Country, code).is_some(), "{code}");
        }
        assert!(FACTS.iter().all(|(_, name)| ["Person", "Company"].iter().any(|it| property(it, name).is_some())));
        for (_, edge, role) in RELATIONS {
            assert!(EdgeSchema::find(edge).is_some_and(|edge| edge.opposite(role).is_some()), "{edge} {role}");
        }
        assert_eq!(country("Q148"), Some("cn"));
    }
}
