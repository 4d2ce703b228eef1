//! Cues: what in a sentence speaks for or against a claim, by its name for the user.

/// A reason for a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum CueKind {
    Percentage,
    Amount,
    Number,
    ChangeVerb,
    Comparison,
    NumberWord,
    Past,
    Date,
    Institution,
    Acronym,
    Cause,
    Name,
    Names,
    Reporting,
    Superlative,
    Quantity,
    Numbers,
    Copula,
    Negation,
    Pointing,
    Question,
    Opinion,
    FirstSingular,
    Pleasantry,
    Modal,
    Evaluation,
    Future,
    NoStop,
    VeryShort,
    Short,
    Long,
    VeryLong,
    Bracket,
    Quotation,
    Second,
    Conjunction,
    Year,
    Exclamation,
    StartsWithI,
    Colon,
    FirstPlural,
    Imperative,
    Relation,
    Accusation,
    /// Words and pairs of words that weigh by themselves, together.
    Wording,
    /// A mention of an actor of the corpus.
    KnownActor,
    /// The sentence states something in nobody's voice.
    Plain,
    /// The sentence stands in a text that reports.
    Report,
    /// What every sentence begins with.
    Start,
}

/// How many cues there are.
pub(crate) const N_CUES: usize = 49;

/// All cues with their names for the user, in the order of [`CueKind`].
const ALL: [(CueKind, &str); N_CUES] = [
    (CueKind::Percentage, "percentage"),
    (CueKind::Amount, "amount"),
    (CueKind::Number, "number"),
    (CueKind::ChangeVerb, "change-of-state verb"),
    (CueKind::Comparison, "comparison"),
    (CueKind::NumberWord, "number word"),
    (CueKind::Past, "past tense"),
    (CueKind::Date, "date"),
    (CueKind::Institution, "institution"),
    (CueKind::Acronym, "acronym"),
    (CueKind::Cause, "cause"),
    (CueKind::Name, "name"),
    (CueKind::Names, "several names"),
    (CueKind::Reporting, "reporting word"),
    (CueKind::Superlative, "superlative"),
    (CueKind::Quantity, "quantity word"),
    (CueKind::Numbers, "several numbers"),
    (CueKind::Copula, "is or was"),
    (CueKind::Negation, "negation"),
    (CueKind::Pointing, "pointing word at the start"),
    (CueKind::Question, "question"),
    (CueKind::Opinion, "opinion phrase"),
    (CueKind::FirstSingular, "first person"),
    (CueKind::Pleasantry, "pleasantry"),
    (CueKind::Modal, "modal verb"),
    (CueKind::Evaluation, "evaluation"),
    (CueKind::Future, "future"),
    (CueKind::NoStop, "no full stop"),
    (CueKind::VeryShort, "very short"),
    (CueKind::Short, "short"),
    (CueKind::Long, "long"),
    (CueKind::VeryLong, "very long"),
    (CueKind::Bracket, "bracket"),
    (CueKind::Quotation, "quotation marks"),
    (CueKind::Second, "second person"),
    (CueKind::Conjunction, "conjunction at the start"),
    (CueKind::Year, "year"),
    (CueKind::Exclamation, "exclamation mark"),
    (CueKind::StartsWithI, "first person at the start"),
    (CueKind::Colon, "colon"),
    (CueKind::FirstPlural, "first person plural"),
    (CueKind::Imperative, "call to the reader"),
    (CueKind::Relation, "ownership or agreement"),
    (CueKind::Accusation, "accusation"),
    (CueKind::Wording, "wording"),
    (CueKind::KnownActor, "known actor"),
    (CueKind::Plain, "plain statement"),
    (CueKind::Report, "reporting text"),
    (CueKind::Start, "starting point"),
];

impl CueKind {
    /// The cue's bit in a set.
    pub(crate) const fn bit(self) -> u64 {
        1 << (self as u8)
    }

    /// The cue's place in lists.
    pub(crate) const fn index(self) -> usize {
        self as usize
    }

    /// Its stable name, for the user.
    pub(crate) fn name(self) -> &'static str {
        ALL.get(self.index()).map_or("", |(_, name)| name)
    }

    /// The cue at a place in lists.
    pub(crate) fn at(index: usize) -> Option<CueKind> {
        ALL.get(index).map(|(cue, _)| *cue)
    }

    /// The cue with a name.
    pub(crate) fn of_name(name: &str) -> Option<CueKind> {
        ALL.iter().find(|(_, known)| *known == name).map(|(cue, _)| *cue)
    }

    /// The cue of a section of a word list.
    pub(crate) fn of_section(section: &str) -> Option<CueKind> {
        Some(match section {
            "percentage" => CueKind::Percentage,
            "amount" => CueKind::Amount,
            "number word" => CueKind::NumberWord,
            "change verb" => CueKind::ChangeVerb,
            "comparison" => CueKind::Comparison,
            "superlative" => CueKind::Superlative,
            "quantity" => CueKind::Quantity,
            "past" => CueKind::Past,
            "date" => CueKind::Date,
            "institution" => CueKind::Institution,
            "name" => CueKind::Name,
            "cause" => CueKind::Cause,
            "reporting" => CueKind::Reporting,
            "opinion" => CueKind::Opinion,
            "first singular" => CueKind::FirstSingular,
            "first plural" => CueKind::FirstPlural,
            "second" => CueKind::Second,
            "pleasantry" => CueKind::Pleasantry,
            "modal" => CueKind::Modal,
            "evaluation" => CueKind::Evaluation,
            "future" => CueKind::Future,
            "copula" => CueKind::Copula,
            "negation" => CueKind::Negation,
            "pointing" => CueKind::Pointing,
            "conjunction" => CueKind::Conjunction,
            "question" => CueKind::Question,
            "imperative" => CueKind::Imperative,
            "relation" => CueKind::Relation,
            "accusation" => CueKind::Accusation,
            _ => return None,
        })
    }
}

/// All cues, in order.
pub(crate) fn all() -> impl Iterator<Item = CueKind> {
    ALL.iter().map(|(cue, _)| *cue)
}
