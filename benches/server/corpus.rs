//! A made-up workspace of any size: texts in three languages, records, references, and what is known to stand where.

use std::fmt::Write as _;
use std::path::Path;

/// How large the workspace shall be.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) texts: usize,
    pub(crate) records: usize,
    pub(crate) references: usize,
    /// Of each actor: its name, a Chinese one, and so many more that there are these.
    pub(crate) names: usize,
}

const FIRST: &[&str] = &["Ann", "Ibrahim", "Odile", "Tomas", "Ruth", "Pavel", "Marguerite", "Senna", "Viktor", "Ines"];
const FAMILY: &[&str] = &["Moss", "Brandt", "Lefort", "Okafor", "Vidal", "Karlsen", "Duval", "Ferro", "Hale", "Sato"];
const PLACE: &[&str] = &["Northgate", "Ardenne", "Quillmere", "Vaubert", "Saltmarsh", "Corbel", "Lindholm", "Estrie"];
const TRADE: &[&str] = &["Shipping", "Foundry", "Press", "Grain", "Timber", "Telegraph", "Dredging", "Cement"];
const FORM: &[&str] = &["Group", "Works", "Holdings", "Company", "Institute", "Bureau"];
const HAN: &[char] = &['林', '港', '木', '海', '山', '石', '江', '田', '云', '松', '岭', '川', '泉', '谷', '星', '白'];
const ENGLISH: &[&str] = &[
    "{} said on Monday that rents near the pier had risen by 14 percent since 2019.",
    "The old mill was sold to {} for 4.2 million dollars, although two members of the board voted against it.",
    "Founded in 1911, {} employs more than 340 people in three countries.",
    "“We never saw the contract,” one of the workers told reporters outside the offices of {}.",
    "Nothing in the minutes of the meeting explains why the harbour was closed for six weeks in autumn.",
    "It rained for most of the day, and the boats stayed where they were.",
];
const FRENCH: &[&str] = &[
    "Selon {}, l’usine sera vendue en juin pour près de 9 000 euros par salarié.",
    "Le conseil a confirmé que {} avait racheté la scierie en 2016, sans appel d’offres.",
    "« Personne ne nous a montré le contrat », a déclaré un employé de {}.",
    "Rien, dans le compte rendu de la séance, n’explique pourquoi le port est resté fermé six semaines.",
];
const CHINESE: &[&str] = &[
    "{}表示，二〇一九年以来港区租金上涨了百分之十四。",
    "据悉，{}将裁员三百人，并关闭两家工厂。",
    "会议记录没有说明港口为何在秋天关闭了六个星期。",
];

/// Numbers that look like chance and are the same in each run (SplitMix64, Steele et al. 2014).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// The canonical name of an actor: no two have the same.
pub(crate) fn name(number: usize) -> String {
    let pick = |from: &[&'static str], step: usize| from[number / step % from.len()];
    if number.is_multiple_of(3) {
        format!("{} {}{}", pick(FIRST, 3), pick(FAMILY, 30), syllables(number / 300))
    } else {
        format!("{}{} {} {}", pick(PLACE, 1), syllables(number / 8), pick(TRADE, 7), pick(FORM, 5))
    }
}

fn syllables(mut number: usize) -> String {
    const SOUNDS: &[&str] = &["", "ba", "ri", "to", "len", "mur", "vas", "dol", "kin", "fe"];
    let mut word = String::new();
    while 0 < number {
        word.push_str(SOUNDS[number % SOUNDS.len()]);
        number /= SOUNDS.len();
    }
    word
}

/// Its Chinese name.
pub(crate) fn han_name(number: usize) -> String {
    let at = |step: usize| HAN[number / step % HAN.len()];
    format!("{}{}{}{}公司", at(1), at(16), at(256), at(4096))
}

/// A text of about so many bytes, in a language: 0 English, 1 French, 2 Chinese.
pub(crate) fn text(chance: &mut Chance, language: usize, bytes: usize, records: usize) -> String {
    let mut text = String::with_capacity(bytes + 400);
    let mut sentences = 0;
    while text.len() < bytes {
        let pattern = chance.pick([ENGLISH, FRENCH, CHINESE][language]);
        // Few actors are in many texts, and many in few.
        let actor = chance.below(records) * chance.below(1000) / 1000;
        let named = if language == 2 { han_name(actor) } else { name(actor) };
        text.push_str(&pattern.replace("{}", &named));
        sentences += 1;
        text.push_str(match (sentences % 5, language) {
            (0, _) => "\n\n",
            (_, 2) => "",
            _ => " ",
        });
    }
    text.push('\n');
    text
}

/// Writes the workspace; returns how many bytes its texts have.
pub(crate) fn write(root: &Path, size: Size) -> usize {
    let mut chance = Chance(7);
    let mut bytes = 0;
    for number in 0..size.texts {
        let text = text(&mut chance, number % 3, 7_200, size.records);
        bytes += text.len();
        put(root, format!("corpus/{:03}/{number:05}.txt", number / 100), text);
    }
    write_records(root, size);
    let mut references = String::new();
    for number in 0..size.references {
        let title = chance.pick(ENGLISH).replace("{}", &name(number)).replace(['“', '”', ':'], "");
        let _ = write!(
            references,
            "- id: ref-{number}\n  type: article-newspaper\n  title: \"{title}\"\n  author: [{{family: {}, given: {}}}]\n  issued: {{date-parts: [[{}]]}}\n",
            chance.pick(FAMILY),
            chance.pick(FIRST),
            1990 + number % 35,
        );
    }
    put(root, "references.yaml".to_owned(), references);
    bytes
}

fn put(root: &Path, path: String, text: String) {
    let file = root.join(path);
    std::fs::create_dir_all(file.parent().expect("it is in a folder")).expect("the folder can be made");
    std::fs::write(file, text).expect("the file can be written");
}

/// Writes the records only.
pub(crate) fn write_records(root: &Path, size: Size) {
    // Records of their own up to 1,000; the rest in lists.
    let record = |number: usize| {
        let kind = if number.is_multiple_of(3) { "person" } else { "company" };
        let owner =
            number.checked_sub(1).map(|owner| format!("{{type: Ownership, owner: actor-{owner}, source: ref-1}}"));
        let relations = owner.filter(|_| number % 10 < 6).map(|it| format!("relations: [{it}]\n")).unwrap_or_default();
        (kind, relations)
    };
    let aliases = |number: usize| {
        let more = (2..size.names).map(|nth| {
            let trade = TRADE[(number + nth) % TRADE.len()];
            format!(", {}{} {trade} {nth}", PLACE[number % PLACE.len()], syllables(number / 8 + 1))
        });
        han_name(number) + &more.collect::<String>()
    };
    for number in 0..size.records.min(1000) {
        let (kind, relations) = record(number);
        let head = format!("---\nid: actor-{number}\nname: {}\naliases: [{}]\n", name(number), aliases(number));
        put(root, format!("actors/actor-{number}.md"), format!("{head}type: {kind}\n{relations}---\nOne of many.\n"));
    }
    for first in (1000..size.records).step_by(1000) {
        let mut list = String::new();
        for number in first..size.records.min(first + 1000) {
            let (kind, _) = record(number);
            let names = format!("  name: {}\n  aliases: [{}]\n", name(number), aliases(number));
            let _ = write!(list, "- id: actor-{number}\n{names}  type: {kind}\n");
        }
        put(root, format!("actors/list-{first}.yaml"), list);
    }
}
