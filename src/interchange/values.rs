//! Values as FollowTheMoney takes them: each in the one form that its validator lets through, or not at all.

use super::schema::Kind;
use crate::model::record::vocabulary::TOPICS;

/// The codes of countries and territories that FollowTheMoney 4.11.2 knows.
const COUNTRIES: &str = "ac ad ae af ag ai al am ao aq ar as at au aw ax az az-nk ba bb bd be bf bg bh bi bj bl bm bn bo \
    bq br bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn cn-xz co cp cq cr cshh csxx cu cv cw cx cy cy-trnc cz dd de \
    dg dj dk dm do dz ec ee eg eh er es et eu fi fj fk fm fo fr ga gb gb-nir gb-sct gb-wls gd ge ge-ab gf gg gh gi gl gm \
    gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu ic id ie il im in io ip iq iq-kr ir is it je jm jo jp ke kg kh ki km kn \
    kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md md-pmr me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx \
    my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pk-km pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb \
    sc sd se sg sh si sj sk sl sm sn so so-som sr ss st suhh sv sx sy sz ta tc td tf tg th tj tk tl tm tn to tr tt tv tw \
    tz ua ua-cri ua-dpr ua-lpr ug um un us uy uz va vc ve vg vi vn vu wf ws x-so xk ye yt yucs za zm zr zw zz";

/// Languages by their two-letter code, and the three-letter code that FollowTheMoney wants.
const LANGUAGES: &str = "af afr am amh ar ara az aze be bel bg bul bn ben bs bos ca cat cs ces da dan de deu el ell en eng \
    es spa et est fa fas fi fin fr fra ga gle he heb hi hin hr hrv hu hun hy hye id ind is isl it ita ja jpn ka kat kk kaz \
    km khm ko kor ky kir lb ltz lo lao lt lit lv lav mk mkd mn mon ms msa mt mlt my mya ne nep nl nld no nor pl pol ps pus \
    pt por ro ron ru rus si sin sk slk sl slv sq sqi sr srp sv swe sw swa ta tam te tel tg tgk th tha tk tuk tr tur uk ukr \
    ur urd uz uzb vi vie zh zho";

/// A value as its type wants it; `None` where it is none of that type.
pub(super) fn clean(kind: Kind, value: &str) -> Option<String> {
    let value: String = value.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let value = value.trim();
    let limit = match kind {
        Kind::Text => 65_000,
        Kind::Url => 4_096,
        Kind::String => 1_024,
        Kind::Identifier | Kind::Phone | Kind::Topic => 64,
        Kind::Country | Kind::Gender | Kind::Language | Kind::Date => 40,
        Kind::Address | Kind::Email | Kind::Entity | Kind::Name | Kind::Number => 250,
    };
    if value.is_empty() || limit < value.chars().count() {
        return None;
    }
    match kind {
        Kind::Text | Kind::String | Kind::Identifier => Some(value.to_owned()),
        Kind::Address | Kind::Name => {
            let spaced = value.split_whitespace().collect::<Vec<_>>().join(" ");
            spaced.contains(|c: char| c.is_alphanumeric()).then_some(spaced)
        }
        Kind::Date => date(value),
        Kind::Country => country(value),
        Kind::Language => language(value),
        Kind::Topic => TOPICS.contains(&value).then(|| value.to_owned()),
        Kind::Gender => {
            let word = value.to_lowercase();
            matches!(word.as_str(), "male" | "female" | "other").then_some(word)
        }
        Kind::Url => url(value),
        Kind::Email => email(value),
        Kind::Phone => phone(value),
        Kind::Number => number(value),
        Kind::Entity => is_id(value).then(|| value.to_owned()),
    }
}

/// Whether an identifier looks like one of its register. Check digits are looked at where they are simple; properties
/// that are not listed here take anything.
pub(super) fn is_identifier(property: &str, value: &str) -> bool {
    let shape = |length: usize, allowed: fn(char) -> bool| value.len() == length && value.chars().all(allowed);
    let digit = |c: char| c.is_ascii_digit();
    let either = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase();
    match property {
        "wikidataId" => value.strip_prefix('Q').is_some_and(|rest| !rest.is_empty() && rest.chars().all(digit)),
        "leiCode" => shape(20, either) && remainder_of_97(value) == Some(1),
        "imoNumber" => {
            let number = value.trim_start_matches("IMO").trim();
            let sum: Option<u32> =
                number.chars().zip((2..=7).rev()).map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
            number.len() == 7 && sum.map(|sum| sum % 10) == number.chars().last().and_then(|c| c.to_digit(10))
        }
        "swiftBic" | "bic" => shape(8, either) || shape(11, either),
        "innCode" => shape(10, digit) || shape(12, digit),
        "ogrnCode" => shape(13, digit) || shape(15, digit),
        "uscCode" => shape(18, either),
        "uniqueEntityId" => shape(12, either),
        "npiCode" => shape(10, digit),
        "isin" | "figiCode" => shape(12, either),
        _ => true,
    }
}

/// The number that letters and digits spell (A is 10), modulo 97.
fn remainder_of_97(value: &str) -> Option<u32> {
    value.chars().try_fold(0, |rest, c| {
        let digit = c.to_digit(36)?;
        Some((rest * if digit < 10 { 10 } else { 100 } + digit) % 97)
    })
}

/// Whether FollowTheMoney takes a word for the id of an entity.
pub(super) fn is_id(word: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    let end = |c: char| c.is_ascii_alphanumeric();
    word.starts_with(end) && word.ends_with(end) && word.chars().all(inside) && word.len() < 250
}

fn country(value: &str) -> Option<String> {
    let code = match value.to_lowercase().as_str() {
        "uk" => "gb".to_owned(),
        "el" => "gr".to_owned(),
        code => code.to_owned(),
    };
    COUNTRIES.split_whitespace().any(|known| known == code).then_some(code)
}

fn language(value: &str) -> Option<String> {
    let code = value.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    let mut words = LANGUAGES.split_whitespace();
    while let (Some(short), Some(long)) = (words.next(), words.next()) {
        if short == code || long == code {
            return Some(long.to_owned());
        }
    }
    None
}

/// `2018`, `2018-06`, `2018-06-05`, `2018-06-05T10:30`: real days only.
fn date(value: &str) -> Option<String> {
    let (day, time) = value.split_once(['T', ' ']).unwrap_or((value, ""));
    let mut parts = day.split('-');
    let year = parts.next().filter(|year| year.len() == 4 && year.starts_with(['1', '2']))?;
    let year_number = digits(year)?;
    let mut date = year.to_owned();
    let month = parts.next().map(digits);
    let day = parts.next().map(digits);
    if parts.next().is_some() {
        return None;
    }
    let Some(month) = month else { return time.is_empty().then_some(date) };
    let month = month.filter(|month| 1 <= *month && *month <= 12)?;
    date.push_str(&format!("-{month:02}"));
    let Some(day) = day else { return time.is_empty().then_some(date) };
    let is_leap = year_number % 4 == 0 && (year_number % 100 != 0 || year_number % 400 == 0);
    let n_days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let day = day.filter(|day| 1 <= *day && *day <= n_days)?;
    date.push_str(&format!("-{day:02}"));
    let parts: Option<Vec<u32>> = time.trim_end_matches('Z').split(':').map(digits).collect();
    match parts.as_deref() {
        Some([hour, minute]) if *hour < 24 && *minute < 60 => date.push_str(&format!("T{hour:02}:{minute:02}")),
        Some([hour, minute, second]) if *hour < 24 && *minute < 60 && *second < 60 => {
            date.push_str(&format!("T{hour:02}:{minute:02}:{second:02}"));
        }
        // The day is right, whatever stands behind it.
        _ => (),
    }
    Some(date)
}

fn digits(word: &str) -> Option<u32> {
    let plain = !word.is_empty() && word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| word.parse().ok()).flatten()
}

fn url(value: &str) -> Option<String> {
    let (scheme, rest) = value.split_once("://").unwrap_or(("http", value));
    let known = ["http", "https", "ftp"].iter().any(|known| known.eq_ignore_ascii_case(scheme));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = host.split_once(':').unwrap_or((host, "80"));
    let labels: Vec<&str> = host.trim_end_matches('.').split('.').collect();
    let is_label = |label: &&str| {
        label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
            && label.contains(|c: char| c.is_alphanumeric())
            && label.len() < 64
    };
    let top = labels.last().is_some_and(|top| 2 <= top.chars().count() && !top.chars().all(char::is_numeric));
    let plain = !value.contains(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '<' | '>' | '"' | '\\' | '|'));
    let right = known && 1 < labels.len() && top && plain && labels.iter().all(is_label);
    (right && port.parse::<u16>().is_ok()).then(|| format!("{}://{rest}", scheme.to_lowercase()))
}

fn email(value: &str) -> Option<String> {
    let address = value.strip_prefix("mailto:").unwrap_or(value);
    let (local, domain) = address.rsplit_once('@')?;
    let right = |part: &str| {
        part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+')) && !part.is_empty()
    };
    let domain = domain.to_lowercase();
    (right(local) && url(&domain).is_some() && right(&domain)).then(|| format!("{local}@{domain}"))
}

/// With its country only: `+44 20 7946 0000`.
fn phone(value: &str) -> Option<String> {
    let digits: String = value.strip_prefix('+')?.chars().filter(char::is_ascii_digit).collect();
    let plain = value.chars().skip(1).all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '/'));
    (plain && 8 <= digits.len() && digits.len() <= 15).then(|| format!("+{digits}"))
}

fn number(value: &str) -> Option<String> {
    let plain: String = value.chars().filter(|c| !matches!(c, ',' | ' ' | '_')).collect();
    let right = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-')) && plain.parse::<f64>().is_ok();
    (right && plain.ends_with(|c: char| c.is_ascii_digit()) && !plain.starts_with('.')).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_validator_takes_is_let_through() {
        for (kind, value, expected) in [
            (Kind::Date, "2018-6", Some("2018-06")),
            (Kind::Date, "2020-02-29", Some("2020-02-29")),
            (Kind::Date, "2021-02-29", None),
            (Kind::Date, "2018-06-05T10:00:00Z", Some("2018-06-05T10:00:00")),
            (Kind::Date, "2018-06-05 (about)", Some("2018-06-05")),
            (Kind::Date, "summer 2018", None),
            (Kind::Date, "0476", None),
            (Kind::Country, "CN", Some("cn")),
            (Kind::Country, "uk", Some("gb")),
            (Kind::Country, "China", None),
            (Kind::Url, "example.org", Some("http://example.org")),
            (Kind::Url, "https://例え.jp/中?a=b", Some("https://例え.jp/中?a=b")),
            (Kind::Url, "https://ex ample.org/", None),
            (Kind::Url, "javascript:alert(1)", None),
            (Kind::Url, "3.4", None),
            (Kind::Email, "mailto:Jane.Doe@Example.org", Some("Jane.Doe@example.org")),
            (Kind::Email, "jane at example.org", None),
            (Kind::Phone, "+44 20 7946 0000", Some("+442079460000")),
            (Kind::Phone, "020 7946 0000", None),
            (Kind::Number, "1,200.5", Some("1200.5")),
            (Kind::Number, "about 7", None),
            (Kind::Language, "fr-CA", Some("fra")),
            (Kind::Topic, "gov.soe", Some("gov.soe")),
            (Kind::Topic, "propaganda", None),
            (Kind::Entity, "NK-a.b", Some("NK-a.b")),
            (Kind::Entity, "a_b", None),
            (Kind::Name, "  People's\n Data ", Some("People's Data")),
            (Kind::Name, "\"\"", None),
        ] {
            assert_eq!(clean(kind, value).as_deref(), expected, "{kind:?} {value}");
        }
    }

    #[test]
    fn identifiers_look_like_those_of_their_register() {
        for (property, value, expected) in [
            ("wikidataId", "Q42", true),
            ("wikidataId", "P31", false),
            ("leiCode", "INR2EJN1ERAN0W5ZP974", true),
            ("leiCode", "INR2EJN1ERAN0W5ZP975", false),
            ("leiCode", "nonsense", false),
            ("imoNumber", "9074729", true),
            ("imoNumber", "IMO 9074729", true),
            ("imoNumber", "9074728", false),
            ("uscCode", "911100006000372341", true),
            ("registrationNumber", "anything", true),
        ] {
            assert_eq!(is_identifier(property, value), expected, "{property} {value}");
        }
    }
}
