//! Words whose full stop does not end a sentence, and words that begin one.

/// How a full stop after a word is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// It ends the sentence.
    Ends,
    /// It belongs to the word, always: a title.
    Never,
    /// It may do both: the next word decides.
    Perhaps,
    /// It belongs to the word if a number follows.
    BeforeNumber,
}

/// Titles and the like: something always follows.
const NEVER: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "prof", "gen", "sen", "rep", "reps", "sens", "gov", "lt", "col", "capt", "cmdr",
    "sgt", "maj", "rev", "hon", "fr", "messrs", "mme", "mlle", "mm", "me", "mgr", "ste", "pr", "vs", "cf", "e.g",
    "i.e", "viz", "ca", "approx", "dept", "univ", "gén", "col", "cdt", "supt", "insp", "amb", "atty", "pres", "adm",
    "brig", "cpl", "pvt", "det", "ex", "p. ex", "c.-à-d", "dir", "réf", "tél", "tel", "av", "bd", "boul", "env",
    "herr", "sr", "sra", "mt", "ft", "st",
];

/// Words that may also stand at the end.
const PERHAPS: &[&str] = &[
    "inc", "corp", "co", "ltd", "llc", "bros", "plc", "jr", "snr", "etc", "al", "ph.d", "m.d", "b.a", "m.a", "a.m",
    "p.m", "a.d", "b.c", "d.c", "u.s", "u.k", "u.n", "e.u", "u.s.a", "u.s.s.r", "s.a", "j.-c", "ave", "blvd", "rd",
    "calif", "fla", "mass", "conn", "pa", "va", "md", "ill", "mich", "minn", "wash", "ore", "ariz", "colo", "tex",
    "ga", "esq", "hq", "est", "std", "ed", "eds", "éd", "min", "max", "no.s", "assn", "intl", "natl", "govt", "mfg",
    "cie",
];

/// Words that a number follows.
const BEFORE_NUMBER: &[&str] = &[
    "no", "nos", "art", "vol", "p", "pp", "fig", "figs", "ch", "chap", "sec", "sect", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "janv", "févr", "fév", "avr", "juil", "déc", "n", "al",
    "par", "env", "nr", "op", "eq", "tab", "ann", "app", "para", "t", "v", "r", "v.s",
];

/// Words that stand at the start of a sentence far oftener than after an abbreviation.
const STARTERS: &[&str] = &[
    "the",
    "a",
    "an",
    "it",
    "he",
    "she",
    "they",
    "we",
    "i",
    "you",
    "in",
    "on",
    "at",
    "but",
    "and",
    "or",
    "so",
    "yet",
    "this",
    "that",
    "these",
    "those",
    "there",
    "here",
    "however",
    "if",
    "when",
    "while",
    "as",
    "for",
    "his",
    "her",
    "its",
    "their",
    "our",
    "my",
    "your",
    "some",
    "many",
    "most",
    "several",
    "all",
    "both",
    "each",
    "according",
    "also",
    "after",
    "before",
    "by",
    "from",
    "with",
    "without",
    "to",
    "no",
    "not",
    "what",
    "who",
    "why",
    "how",
    "where",
    "now",
    "then",
    "since",
    "under",
    "until",
    "although",
    "though",
    "despite",
    "because",
    "once",
    "one",
    "two",
    "last",
    "meanwhile",
    "moreover",
    "instead",
    "still",
    "such",
    "other",
    "another",
    "more",
    "much",
    "few",
    "about",
    "during",
    "le",
    "la",
    "les",
    "l",
    "un",
    "une",
    "des",
    "du",
    "de",
    "d",
    "il",
    "elle",
    "ils",
    "elles",
    "on",
    "ce",
    "cet",
    "cette",
    "ces",
    "c",
    "mais",
    "et",
    "ou",
    "en",
    "dans",
    "selon",
    "pour",
    "par",
    "sur",
    "après",
    "avant",
    "depuis",
    "nous",
    "vous",
    "je",
    "j",
    "au",
    "aux",
    "son",
    "sa",
    "ses",
    "leur",
    "leurs",
    "notre",
    "nos",
    "cependant",
    "toutefois",
    "pourtant",
    "ainsi",
    "alors",
    "aussi",
    "si",
    "comme",
    "lors",
    "malgré",
    "sans",
    "avec",
    "entre",
    "plusieurs",
    "tous",
    "toutes",
    "certains",
    "quand",
    "où",
    "que",
    "qu",
    "ni",
    "ne",
    "n",
    "s",
    "y",
    "enfin",
    "puis",
];

/// Verbs of speech that follow a quotation which ends in `?` or `!`.
const SPEECH: &[&str] = &[
    "said",
    "says",
    "say",
    "asked",
    "asks",
    "told",
    "added",
    "adds",
    "replied",
    "answered",
    "wrote",
    "writes",
    "shouted",
    "cried",
    "exclaimed",
    "yelled",
    "whispered",
    "tweeted",
    "posted",
    "joked",
    "quipped",
    "demanded",
    "continued",
    "insisted",
    "declared",
    "stated",
    "wondered",
    "recalled",
    "chanted",
    "screamed",
];

/// How the full stop after `word` is to be read; `word` is lower case and without that stop.
pub(super) fn stop_after(word: &str) -> Stop {
    if BEFORE_NUMBER.contains(&word) {
        Stop::BeforeNumber
    } else if NEVER.contains(&word) {
        Stop::Never
    } else if PERHAPS.contains(&word) || is_dotted(word) {
        Stop::Perhaps
    } else {
        Stop::Ends
    }
}

/// Whether a sentence usually begins with the word; `word` is lower case.
pub(super) fn is_starter(word: &str) -> bool {
    STARTERS.contains(&word)
}

/// Whether the word is an English verb of speech in a form that follows a quotation; `word` is lower case.
pub(super) fn is_speech(word: &str) -> bool {
    SPEECH.contains(&word)
}

/// `u.s`, `j.-p`, `n.y.c`: single letters with stops between them.
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split(['.', '-']).all(|part| part.chars().count() <= 1)
}
