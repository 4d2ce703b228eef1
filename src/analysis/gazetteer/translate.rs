//! Names of state bodies in other languages, where the pattern is regular: Chinese government → gouvernement chinois →
//! 中国政府.

use crate::model::record::Record;
use crate::text::fold::fold;

/// A nation: adjective in English, French masculine and feminine; the country in Chinese.
type Nation = (&'static str, &'static str, &'static str, &'static str);

const NATIONS: &[Nation] = &[
    ("chinese", "chinois", "chinoise", "中国"),
    ("american", "américain", "américaine", "美国"),
    ("u.s.", "américain", "américaine", "美国"),
    ("us", "américain", "américaine", "美国"),
    ("british", "britannique", "britannique", "英国"),
    ("french", "français", "française", "法国"),
    ("german", "allemand", "allemande", "德国"),
    ("italian", "italien", "italienne", "意大利"),
    ("spanish", "espagnol", "espagnole", "西班牙"),
    ("russian", "russe", "russe", "俄罗斯"),
    ("ukrainian", "ukrainien", "ukrainienne", "乌克兰"),
    ("japanese", "japonais", "japonaise", "日本"),
    ("south korean", "sud-coréen", "sud-coréenne", "韩国"),
    ("north korean", "nord-coréen", "nord-coréenne", "朝鲜"),
    ("taiwanese", "taïwanais", "taïwanaise", "台湾"),
    ("indian", "indien", "indienne", "印度"),
    ("pakistani", "pakistanais", "pakistanaise", "巴基斯坦"),
    ("iranian", "iranien", "iranienne", "伊朗"),
    ("israeli", "israélien", "israélienne", "以色列"),
    ("turkish", "turc", "turque", "土耳其"),
    ("egyptian", "égyptien", "égyptienne", "埃及"),
    ("south african", "sud-africain", "sud-africaine", "南非"),
    ("australian", "australien", "australienne", "澳大利亚"),
    ("canadian", "canadien", "canadienne", "加拿大"),
    ("brazilian", "brésilien", "brésilienne", "巴西"),
    ("vietnamese", "vietnamien", "vietnamienne", "越南"),
    ("polish", "polonais", "polonaise", "波兰"),
];

/// What a body is called: English, French (`M` and `F` stand for the adjective), Chinese.
const BODIES: &[(&str, &str, &str)] = &[
    ("government", "gouvernement M", "政府"),
    ("army", "armée F", "军队"),
    ("military", "armée F", "军方"),
    ("navy", "marine F", "海军"),
    ("parliament", "Parlement M", "议会"),
    ("embassy", "ambassade F", "大使馆"),
    ("communist party", "Parti communiste M", "共产党"),
    ("foreign ministry", "ministère M des Affaires étrangères", "外交部"),
    ("defense ministry", "ministère M de la Défense", "国防部"),
    ("defence ministry", "ministère M de la Défense", "国防部"),
    ("ministry of foreign affairs", "ministère M des Affaires étrangères", "外交部"),
    ("ministry of defense", "ministère M de la Défense", "国防部"),
    ("ministry of defence", "ministère M de la Défense", "国防部"),
    ("ministry of education", "ministère M de l’Éducation", "教育部"),
    ("ministry of health", "ministère M de la Santé", "卫生部"),
    ("ministry of justice", "ministère M de la Justice", "司法部"),
    ("ministry of finance", "ministère M des Finances", "财政部"),
    ("ministry of commerce", "ministère M du Commerce", "商务部"),
];

/// The canonical name in French and Chinese, if it is a nation's adjective and a state body.
pub(super) fn of_record(record: &Record) -> Vec<String> {
    let name = fold(record.caption());
    let name = name.strip_prefix("the ").unwrap_or(&name);
    let mut out = Vec::new();
    for (english, masculine, feminine, han) in NATIONS {
        let Some(body) = name.strip_prefix(english).and_then(|rest| rest.strip_prefix(' ')) else { continue };
        for (_, french, chinese) in BODIES.iter().filter(|(english, ..)| *english == body) {
            out.push(french.replacen('M', masculine, 1).replacen('F', feminine, 1));
            out.push(format!("{han}{chinese}"));
        }
    }
    out
}
