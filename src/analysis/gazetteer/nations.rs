//! States: their codes, adjectives, names and capitals in English, French and Chinese, and which record is the
//! government of one.

use crate::model::record::Record;
use crate::text::fold::fold;
use crate::text::tokens::tokenize;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::sync::LazyLock;

/// One state a line: code, adjectives in English, adjective in French, then names and capitals. A `=` marks a name that
/// is written in capitals only.
const STATES: &str = "
cn|chinese,prc|chinois|China,Chine,中国,Beijing,Pékin,北京,中方
us|american,u.s.,us,united states|américain|United States,États-Unis,=U.S.,=US,=USA,美国,Washington,华盛顿,美方
ru|russian|russe|Russia,Russie,俄罗斯,Moscow,Moscou,莫斯科,俄方,Kremlin,克里姆林宫
gb|british,uk,u.k.|britannique|United Kingdom,Royaume-Uni,Britain,Grande-Bretagne,=UK,=U.K.,英国,London,Londres,伦敦,英方
fr|french|français|France,法国,Paris,巴黎,法方
de|german|allemand|Germany,Allemagne,德国,Berlin,柏林,德方
it|italian|italien|Italy,Italie,意大利,Rome,罗马
es|spanish|espagnol|Spain,Espagne,西班牙,Madrid,马德里
pt|portuguese|portugais|Portugal,葡萄牙,Lisbon,Lisbonne,里斯本
nl|dutch|néerlandais|Netherlands,Pays-Bas,荷兰,The Hague,La Haye,海牙
be|belgian|belge|Belgium,Belgique,比利时
ch|swiss|suisse|Switzerland,Suisse,瑞士,Bern,Berne,伯尔尼
at|austrian|autrichien|Austria,Autriche,奥地利,Vienna,Vienne,维也纳
pl|polish|polonais|Poland,Pologne,波兰,Warsaw,Varsovie,华沙
cz|czech|tchèque|Czech Republic,Czechia,Tchéquie,République tchèque,捷克,Prague,布拉格
sk|slovak|slovaque|Slovakia,Slovaquie,斯洛伐克,Bratislava
hu|hungarian|hongrois|Hungary,Hongrie,匈牙利,Budapest,布达佩斯
ro|romanian|roumain|Romania,Roumanie,罗马尼亚,Bucharest,Bucarest
bg|bulgarian|bulgare|Bulgaria,Bulgarie,保加利亚,Sofia
gr|greek|grec|Greece,Grèce,希腊,Athens,Athènes,雅典
rs|serbian|serbe|Serbia,Serbie,塞尔维亚,Belgrade,贝尔格莱德
hr|croatian|croate|Croatia,Croatie,克罗地亚,Zagreb
se|swedish|suédois|Sweden,Suède,瑞典,Stockholm,斯德哥尔摩
no|norwegian|norvégien|Norway,Norvège,挪威,Oslo,奥斯陆
dk|danish|danois|Denmark,Danemark,丹麦,Copenhagen,Copenhague,哥本哈根
fi|finnish|finlandais|Finland,Finlande,芬兰,Helsinki,赫尔辛基
ie|irish|irlandais|Ireland,Irlande,爱尔兰,Dublin,都柏林
lt|lithuanian|lituanien|Lithuania,Lituanie,立陶宛,Vilnius
lv|latvian|letton|Latvia,Lettonie,拉脱维亚,Riga
ee|estonian|estonien|Estonia,Estonie,爱沙尼亚,Tallinn
ua|ukrainian|ukrainien|Ukraine,乌克兰,Kyiv,Kiev,基辅,乌方
by|belarusian|biélorusse|Belarus,Biélorussie,白俄罗斯,Minsk,明斯克
ge|georgian|géorgien|Tbilisi,Tbilissi,格鲁吉亚
am|armenian|arménien|Armenia,Arménie,亚美尼亚,Yerevan,Erevan
az|azerbaijani|azerbaïdjanais|Azerbaijan,Azerbaïdjan,阿塞拜疆,Baku,Bakou
kz|kazakh|kazakh|Kazakhstan,哈萨克斯坦,Astana
tr|turkish|turc|Turkey,Türkiye,Turquie,土耳其,Ankara,安卡拉
il|israeli|israélien|Israel,Israël,以色列,Tel Aviv,Tel-Aviv,以方
ir|iranian|iranien|Iran,伊朗,Tehran,Téhéran,德黑兰,伊方
iq|iraqi|irakien|Iraq,Irak,伊拉克,Baghdad,Bagdad,巴格达
sy|syrian|syrien|Syria,Syrie,叙利亚,Damascus,Damas,大马士革
lb|lebanese|libanais|Lebanon,Liban,黎巴嫩,Beirut,Beyrouth,贝鲁特
jo|jordanian|jordanien|Jordanie,约旦,Amman,安曼
sa|saudi|saoudien|Saudi Arabia,Arabie saoudite,沙特,Riyadh,Riyad,利雅得
ae|emirati|émirati|United Arab Emirates,Émirats arabes unis,=UAE,阿联酋,Abu Dhabi,Abou Dhabi
qa|qatari|qatari|Qatar,卡塔尔,Doha,多哈
ye|yemeni|yéménite|Yemen,Yémen,也门,Sanaa
eg|egyptian|égyptien|Egypt,Égypte,埃及,Cairo,Le Caire,开罗
ly|libyan|libyen|Libya,Libye,利比亚,Tripoli
dz|algerian|algérien|Algeria,Algérie,阿尔及利亚,Algiers,Alger
ma|moroccan|marocain|Morocco,Maroc,摩洛哥,Rabat
tn|tunisian|tunisien|Tunisia,Tunisie,突尼斯,Tunis
za|south african|sud-africain|South Africa,Afrique du Sud,南非,Pretoria
ng|nigerian|nigérian|Nigeria,尼日利亚,Abuja
ke|kenyan|kényan|Kenya,肯尼亚,Nairobi
et|ethiopian|éthiopien|Ethiopia,Éthiopie,埃塞俄比亚,Addis Ababa,Addis-Abeba
gh|ghanaian|ghanéen|Ghana,加纳,Accra
sn|senegalese|sénégalais|Senegal,Sénégal,塞内加尔,Dakar
ml|malian|malien|Mali,马里,Bamako
cd|congolese|congolais|Kinshasa,刚果
sd|sudanese|soudanais|Sudan,Soudan,苏丹,Khartoum
jp|japanese|japonais|Japan,Japon,日本,Tokyo,东京,日方
kr|south korean|sud-coréen|South Korea,Corée du Sud,韩国,Seoul,Séoul,首尔,韩方
kp|north korean|nord-coréen|North Korea,Corée du Nord,朝鲜,Pyongyang,平壤,朝方
tw|taiwanese|taïwanais|Taiwan,Taïwan,台湾,Taipei,台北
in|indian|indien|India,Inde,印度,New Delhi,新德里,印方
pk|pakistani|pakistanais|Pakistan,巴基斯坦,Islamabad,伊斯兰堡
bd|bangladeshi|bangladais|Bangladesh,孟加拉国,Dhaka,Dacca
lk|sri lankan|sri-lankais|Sri Lanka,斯里兰卡,Colombo
np|nepalese|népalais|Nepal,Népal,尼泊尔,Kathmandu,Katmandou
af|afghan|afghan|Afghanistan,阿富汗,Kabul,Kaboul,喀布尔
mm|burmese,myanmar|birman|Myanmar,Birmanie,缅甸,Naypyidaw
th|thai|thaïlandais|Thailand,Thaïlande,泰国,Bangkok,曼谷
vn|vietnamese|vietnamien|Vietnam,越南,Hanoi,Hanoï,河内
kh|cambodian|cambodgien|Cambodia,Cambodge,柬埔寨,Phnom Penh,金边
la|lao|laotien|Laos,老挝,Vientiane
my|malaysian|malaisien|Malaysia,Malaisie,马来西亚,Kuala Lumpur
sg|singaporean|singapourien|Singapore,Singapour,新加坡
id|indonesian|indonésien|Indonesia,Indonésie,印度尼西亚,Jakarta,雅加达
ph|philippine,filipino|philippin|Philippines,菲律宾,Manila,Manille,马尼拉,菲方
au|australian|australien|Australia,Australie,澳大利亚,Canberra,堪培拉,澳方
nz|new zealand|néo-zélandais|New Zealand,Nouvelle-Zélande,新西兰
ca|canadian|canadien|Canada,加拿大,Ottawa,渥太华,加方
mx|mexican|mexicain|Mexico,Mexique,墨西哥
br|brazilian|brésilien|Brazil,Brésil,巴西,Brasília
ar|argentine,argentinian|argentin|Argentina,Argentine,阿根廷,Buenos Aires
cl|chilean|chilien|Chile,Chili,智利
co|colombian|colombien|Colombia,Colombie,哥伦比亚,Bogotá,Bogota
pe|peruvian|péruvien|Peru,Pérou,秘鲁
ve|venezuelan|vénézuélien|Venezuela,委内瑞拉,Caracas,加拉加斯
cu|cuban|cubain|Cuba,古巴,Havana,La Havane,哈瓦那
pa|panamanian|panaméen|Panama,巴拿马";

/// A state by its line in the table.
pub(crate) type State = u16;

struct Table {
    /// Hash of the first token → all tokens' hashes, state, only in capitals.
    places: FxHashMap<u64, Vec<(Vec<u64>, State, bool)>>,
    /// Folded name of a government → state.
    governments: FxHashMap<String, State>,
    /// Country code → state.
    codes: FxHashMap<&'static str, State>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        places: FxHashMap::with_hasher(FxBuildHasher),
        governments: FxHashMap::with_hasher(FxBuildHasher),
        codes: FxHashMap::with_hasher(FxBuildHasher),
    };
    for (state, line) in (0..).zip(STATES.trim().lines()) {
        let mut parts = line.split('|');
        let mut part = || parts.next().unwrap_or_default();
        let (code, english, french, places) = (part(), part(), part(), part());
        table.codes.insert(code, state);
        let mut forms: Vec<String> = english.split(',').map(|adjective| format!("{adjective} government")).collect();
        forms.push(format!("gouvernement {french}"));
        for place in places.split(',') {
            let name = place.trim_start_matches('=');
            let hashes: Vec<u64> = tokenize(name).iter().map(|token| token.hash).collect();
            if let Some(first) = hashes.first().copied() {
                table.places.entry(first).or_default().push((hashes, state, name != place));
            }
            forms.extend(["government of ", "government of the "].map(|of| format!("{of}{name}")));
            forms.extend(["de ", "de la ", "de l'", "du ", "des ", "d'"].map(|of| format!("gouvernement {of}{name}")));
            forms.push(format!("{name}政府"));
        }
        table.governments.extend(forms.iter().map(|form| (fold(form), state)));
    }
    table
});

/// The state whose government the record is; `true` where its name says so, `false` where topic and country do.
pub(super) fn governed_by(record: &Record) -> Option<(State, bool)> {
    if record.is_person() {
        return None;
    }
    let named = record.names.iter().find_map(|name| {
        let text = &name.text.value;
        // Nearly every record ends here.
        let may_be = text.contains(['g', 'G', '政']) && text.len() < 80;
        let folded = fold(if may_be { text.trim() } else { return None });
        TABLE.governments.get(folded.strip_prefix("the ").unwrap_or(&folded)).copied()
    });
    if let Some(state) = named {
        return Some((state, true));
    }
    let national = record.topics.iter().any(|topic| topic.value == "gov.national");
    match record.countries.as_slice() {
        [one] if national => Some((*TABLE.codes.get(one.value.to_ascii_lowercase().as_str())?, false)),
        _ => None,
    }
}

/// The states whose names start with this token: the tokens of each name, the state, whether only capitals will do.
pub(crate) fn places(first: u64) -> &'static [(Vec<u64>, State, bool)] {
    TABLE.places.get(&first).map_or(&[], Vec::as_slice)
}
