//! LaTeX as readable text: accents composed, commands and braces gone.

/// Accent commands, each with pairs of a letter and what the accent makes of it.
const ACCENTS: &[(char, &str)] = &[
    ('\'', "aáeéiíoóuúyýAÁEÉIÍOÓUÚYÝcćCĆnńNŃsśSŚzźZŹlĺLĹrŕRŔgǵGǴıí"),
    ('`', "aàeèiìoòuùAÀEÈIÌOÒUÙnǹNǸıì"),
    ('^', "aâeêiîoôuûAÂEÊIÎOÔUÛcĉCĈgĝGĜhĥHĤjĵJĴsŝSŜwŵWŴyŷYŶıî"),
    ('"', "aäeëiïoöuüyÿAÄEËIÏOÖUÜYŸıï"),
    ('~', "aãnñoõiĩuũAÃNÑOÕIĨUŨıĩ"),
    ('=', "aāeēiīoōuūAĀEĒIĪOŌUŪıī"),
    ('.', "zżZŻeėEĖcċCĊgġGĠIİ"),
    ('c', "cçCÇsşSŞtţTŢgģGĢkķKĶlļLĻnņNŅrŗRŖeȩEȨ"),
    ('v', "cčCČdďDĎeěEĚnňNŇrřRŘsšSŠtťTŤzžZŽaǎAǍiǐIǏoǒOǑuǔUǓgǧGǦ"),
    ('u', "aăAĂgğGĞeĕEĔiĭIĬoŏOŎuŭUŬ"),
    ('H', "oőOŐuűUŰ"),
    ('k', "aąAĄeęEĘiįIĮuųUŲoǫOǪ"),
    ('r', "aåAÅuůUŮ"),
    ('d', "aạAẠeẹEẸiịIỊoọOỌuụUỤsṣSṢtṭTṬhḥHḤ"),
];

/// Commands that stand for letters and signs.
const SIGNS: &[(&str, &str)] = &[
    ("ss", "ß"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("o", "ø"),
    ("O", "Ø"),
    ("l", "ł"),
    ("L", "Ł"),
    ("aa", "å"),
    ("AA", "Å"),
    ("i", "ı"),
    ("j", "ȷ"),
    ("dh", "ð"),
    ("DH", "Ð"),
    ("th", "þ"),
    ("TH", "Þ"),
    ("dj", "đ"),
    ("DJ", "Đ"),
    ("textendash", "–"),
    ("textemdash", "—"),
    ("textquoteright", "’"),
    ("textquoteleft", "‘"),
    ("textquotedblleft", "“"),
    ("textquotedblright", "”"),
    ("textbackslash", "\\"),
    ("textasciitilde", "~"),
    ("textunderscore", "_"),
    ("ldots", "…"),
    ("dots", "…"),
    ("textellipsis", "…"),
    ("S", "§"),
    ("P", "¶"),
    ("copyright", "©"),
    ("pounds", "£"),
    ("euro", "€"),
    ("texteuro", "€"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("TeX", "TeX"),
    ("LaTeX", "LaTeX"),
];

/// The text without LaTeX's commands and braces.
pub(super) fn readable(latex: &str) -> String {
    let mut text = String::with_capacity(latex.len());
    let mut chars = latex.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => command(&mut chars, &mut text),
            '{' | '}' | '$' => (),
            '~' => text.push('\u{a0}'),
            '-' if chars.next_if_eq(&'-').is_some() => {
                text.push(if chars.next_if_eq(&'-').is_some() { '—' } else { '–' })
            }
            '`' if chars.next_if_eq(&'`').is_some() => text.push('“'),
            '\'' if chars.next_if_eq(&'\'').is_some() => text.push('”'),
            _ => text.push(c),
        }
    }
    text.split([' ', '\n', '\r', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// An address or path: only escapes are resolved.
pub(super) fn verbatim(latex: &str) -> String {
    let mut text = String::with_capacity(latex.len());
    let mut chars = latex.trim().chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = c == '\\' && chars.peek().is_some_and(|next| "_%&#~${}".contains(*next));
        if !escaped {
            text.push(c);
        }
    }
    let address = text.strip_prefix("\\url{").and_then(|rest| rest.strip_suffix('}'));
    address.map_or_else(|| text.clone(), str::to_owned)
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// What follows a backslash.
fn command(chars: &mut Chars<'_>, text: &mut String) {
    let Some(first) = chars.next() else { return };
    if !first.is_ascii_alphabetic() {
        match first {
            '\\' => text.push(' '),
            '-' | '/' | '@' => (),
            ',' | ' ' | ';' | '\n' => text.push(' '),
            _ if is_accent(first) => accent(first, chars, text),
            _ => text.push(first),
        }
        return;
    }
    let mut name = String::from(first);
    while let Some(letter) = chars.next_if(char::is_ascii_alphabetic) {
        name.push(letter);
    }
    let had_space = chars.next_if_eq(&' ').is_some();
    if name.len() == 1 && is_accent(first) {
        return accent(first, chars, text);
    }
    if let Some((_, sign)) = SIGNS.iter().find(|(command, _)| *command == name) {
        text.push_str(sign);
    } else if had_space
        && chars.peek().is_some_and(|next| *next != '{')
        && text.chars().last().is_some_and(char::is_alphanumeric)
    {
        text.push(' '); // An unknown command between words: its name goes, the words stay apart.
    }
}

fn is_accent(c: char) -> bool {
    ACCENTS.iter().any(|(accent, _)| *accent == c)
}

/// Puts an accent on the letter that follows, in braces or not.
fn accent(accent: char, chars: &mut Chars<'_>, text: &mut String) {
    while chars.next_if(|c| matches!(c, '{' | ' ')).is_some() {}
    let letter = match chars.next() {
        Some('\\') => chars.next().map(|c| if c == 'i' { 'ı' } else { c }), // \'{\i}
        Some('}') | None => None,
        letter => letter,
    };
    let Some(letter) = letter else { return };
    let pairs = ACCENTS.iter().find(|(it, _)| *it == accent).map_or("", |(_, pairs)| *pairs);
    let mut pairs = pairs.chars();
    while let (Some(plain), Some(composed)) = (pairs.next(), pairs.next()) {
        if plain == letter {
            text.push(composed);
            return;
        }
    }
    text.push(letter);
}
