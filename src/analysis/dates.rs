//! Dates that a text gives from the day on which it was written: `last Monday`, `hier`, `上周五`.
//!
//! Only forms that mean one day, month or year, whoever writes them: `next Friday`, `recently` and `about ten days ago` do
//! not, and `today` is as often an age as a day.

use super::language::Language;
use crate::text::ByteRange;
use jiff::civil::{Date, Weekday};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A date in words, and which it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The words.
    pub range: ByteRange,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: String,
}

/// How one language says it. The groups say what was found: `one` and `two` days, a weekday, `n` days, a month, a year;
/// where a group `no…` is there too, it may mean something else.
struct Pattern {
    words: &'static str,
    weekdays: [&'static str; 7],
    numbers: [&'static str; 9],
    /// None of these stands right before the words.
    not_after: fn(char) -> bool,
}

/// `last Friday of the month` counts from elsewhere.
const OF: [&str; 5] = ["of", "in", "de", "du", "d"];

const FORBIDDEN: [&str; 3] = ["no_before", "no_rough", "no_after"];

const ENGLISH: Pattern = Pattern {
    words: r"(?ix)
        \b(?: (?: (?P<two>(?:the\s+)?day\s+before\s+yesterday) | (?P<one>yesterday) )\b(?P<no_after>['’]s\b)?
            | (?P<no_before>(?:the|this|that|over)\s+)? last\s+(?:
                (?P<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday) | (?P<month>month) | (?P<year>year) )\b
            | (?P<no_rough>(?:about|around|some|nearly|almost|over|than|hundred|and)\s+)?
                (?P<n>[0-9]{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s+days\s+ago\b )",
    weekdays: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    numbers: ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
    not_after: |c| c.is_alphanumeric() || "-‐‑.,'’/".contains(c),
};

const FRENCH: Pattern = Pattern {
    words: r"(?ix)
        \b(?: (?P<two>avant[-‐‑]hier) | (?P<one>hier)
            | (?P<day>lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+dernier
            | le\s+(?P<month>mois)\s+dernier | l['’](?:an\s+dernier|(?P<year>année)\s+dernière)
            | il\s+y\s+a\s+(?P<n>[0-9]{1,2}|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\s+jours
        )\b",
    weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    numbers: ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"],
    not_after: |c| c.is_alphanumeric() || "-‐‑'’".contains(c),
};

const CHINESE: Pattern = Pattern {
    words: r"(?x)
        (?P<one>昨[天日]) | (?P<two>前天) | 上[个個]?(?:周|週|星期|礼拜|禮拜)(?P<day>[一二三四五六日天])
        | (?P<month>上[个個]?月) | (?P<year>去年) | (?P<n>[0-9]{1,2}|[两兩二三四五六七八九十])天前",
    weekdays: ["一", "二", "三", "四", "五", "六", "日"],
    numbers: ["二", "三", "四", "五", "六", "七", "八", "九", "十"],
    not_after: |c| {
        "大天早晚以過过约約近多余餘几幾数數百千万萬零一二三四五六七八九十两兩.．点點第".contains(c)
            || c.is_ascii_digit()
    },
};

/// The dates in a part of a text that was written on a day (`YYYY-MM-DD`), in order. Where the day is none there are none.
#[must_use]
pub fn dated(text: &str, language: Language, written: &str) -> Vec<Dated> {
    static PATTERNS: LazyLock<[Option<Regex>; 3]> =
        LazyLock::new(|| [ENGLISH, FRENCH, CHINESE].map(|pattern| Regex::new(pattern.words).ok()));
    let [english, french, chinese] = &*PATTERNS;
    let (pattern, regex) = match language {
        Language::English => (ENGLISH, english),
        Language::French => (FRENCH, french),
        Language::Chinese => (CHINESE, chinese),
        Language::Other => return Vec::new(),
    };
    let (Some(regex), Some(written)) = (regex, day(written)) else { return Vec::new() };
    let read = |found: Captures<'_>| {
        let words = found.get(0)?;
        let before = text.get(..words.start())?.chars().next_back();
        let after = text.get(words.end()..)?.trim_start().split(|c: char| !c.is_alphanumeric()).next()?;
        let of_something = found.name("one").or(found.name("two")).is_none() && OF.contains(&after);
        let is_clear = !before.is_some_and(pattern.not_after) && FORBIDDEN.iter().all(|it| found.name(it).is_none());
        let date = pattern.date(&found, language, written).filter(|_| is_clear && !of_something)?;
        Some(Dated { range: ByteRange::new(words.start(), words.end()), date })
    };
    regex.captures_iter(text).filter_map(read).collect()
}

/// `YYYY-MM-DD`.
fn day(written: &str) -> Option<Date> {
    let mut parts = written.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let day = day.split('T').next()?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

impl Pattern {
    fn date(&self, found: &Captures<'_>, language: Language, written: Date) -> Option<String> {
        let back = |n_days: u32| (0..n_days).try_fold(written, |date, _| date.yesterday().ok());
        let whole = |date: Date| format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
        if found.name("one").is_some() {
            return back(1).map(whole);
        }
        if found.name("two").is_some() {
            return back(2).map(whole);
        }
        if let Some(named) = found.name("day") {
            let named = named.as_str().to_lowercase().replace('天', "日");
            let place = self.weekdays.iter().position(|weekday| *weekday == named)?;
            let weekday = Weekday::from_monday_zero_offset(i8::try_from(place).ok()?).ok()?;
            let date = match language {
                // Of the week before this one; weeks begin with Monday.
                Language::Chinese => {
                    let monday = written.tomorrow().ok()?.nth_weekday(-1, Weekday::Monday).ok()?;
                    monday.nth_weekday(-1, weekday).ok()?
                }
                // The one that has just passed.
                Language::English | Language::French | Language::Other => written.nth_weekday(-1, weekday).ok()?,
            };
            return Some(whole(date));
        }
        if let Some(number) = found.name("n") {
            let word = number.as_str().to_lowercase().replace(['两', '兩'], "二");
            let place = || self.numbers.iter().position(|it| *it == word).and_then(|it| u32::try_from(it).ok());
            let n_days = word.parse::<u32>().ok().or_else(|| place().map(|it| it + 2))?;
            // Rounder numbers are rough ones.
            return Some(n_days).filter(|it| *it <= 10).and_then(back).map(whole);
        }
        if found.name("month").is_some() {
            let date = written.first_of_month().yesterday().ok()?;
            return Some(format!("{:04}-{:02}", date.year(), date.month()));
        }
        Some(format!("{:04}", written.year() - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Thursday, 2 May 2024.
    const DAY: &str = "2024-05-02";

    fn check(language: Language, text: &str, expected: &[&str]) {
        let found = dated(text, language, DAY).into_iter();
        let found: Vec<String> = found.map(|it| format!("{} = {}", it.range.of(text).unwrap(), it.date)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn english_dates() {
        let check = |text, expected: &[&str]| check(Language::English, text, expected);
        check("It closed yesterday, they said.", &["yesterday = 2024-05-01"]);
        check("The day before yesterday it rained.", &["The day before yesterday = 2024-04-30"]);
        check("They met last Monday and last\nThursday.", &["last Monday = 2024-04-29", "last\nThursday = 2024-04-25"]);
        check("It fell last month, not last year.", &["last month = 2024-04", "last year = 2023"]);
        check("Two days ago, 3 days ago", &["Two days ago = 2024-04-30", "3 days ago = 2024-04-29"]);
    }

    #[test]
    fn french_dates() {
        let check = |text, expected: &[&str]| check(Language::French, text, expected);
        check("Hier soir, et avant-hier.", &["Hier = 2024-05-01", "avant-hier = 2024-04-30"]);
        check("Elle a signé lundi dernier.", &["lundi dernier = 2024-04-29"]);
        check(
            "L’an dernier, le mois dernier, l'année dernière",
            &["L’an dernier = 2023", "le mois dernier = 2024-04", "l'année dernière = 2023"],
        );
        check("Il y a trois jours", &["Il y a trois jours = 2024-04-29"]);
    }

    #[test]
    fn chinese_dates() {
        let check = |text, expected: &[&str]| check(Language::Chinese, text, expected);
        check("该公司昨天宣布，前天签约。", &["昨天 = 2024-05-01", "前天 = 2024-04-30"]);
        check("上周五和上星期日", &["上周五 = 2024-04-26", "上星期日 = 2024-04-28"]);
        check("上個禮拜天，上週四", &["上個禮拜天 = 2024-04-28", "上週四 = 2024-04-25"]);
        check("去年和上个月", &["去年 = 2023", "上个月 = 2024-04"]);
        check("两天前，3天前", &["两天前 = 2024-04-30", "3天前 = 2024-04-29"]);
    }

    #[test]
    fn what_may_mean_something_else_is_left_alone() {
        for text in [
            "the last year",
            "last Friday of the month",
            "yesterday's men",
            "about two days ago",
            "twenty-two days ago",
            "1.5 days ago",
            "90 days ago",
            "today",
            "next Friday",
            "over last year",
            "last week",
            "last Sunday in May",
        ] {
            check(Language::English, text, &[]);
        }
        for text in
            ["le monde d'hier", "lundi", "il y a environ deux jours", "aujourd’hui", "cahier", "le mois dernier de"]
        {
            check(Language::French, text, &[]);
        }
        for text in ["大前天", "二十天前", "几天前", "5日前", "过去年份", "早上周五", "今天", "以上个月"]
        {
            check(Language::Chinese, text, &[]);
        }
        check(Language::Other, "Sie kam hier gestern", &[]);
    }

    #[test]
    fn a_month_or_a_year_that_is_over_is_counted_right() {
        let of = |text: &str, day: &str| {
            dated(text, Language::English, day).into_iter().map(|it| it.date).collect::<String>()
        };
        assert_eq!(of("last month", "2024-01-31"), "2023-12");
        assert_eq!(of("last month", "2024-03-31"), "2024-02");
        assert_eq!(of("yesterday", "2024-03-01"), "2024-02-29");
        assert_eq!(of("yesterday", "2024-03-01T08:00:00Z"), "2024-02-29");
        for no_day in ["2024-03", "2024", "", "2024-02-30", "May 2, 2024"] {
            assert_eq!(of("yesterday", no_day), "", "{no_day}");
        }
    }

    #[test]
    fn last_week_ends_with_its_sunday() {
        let of = |text: &str, day: &str| {
            dated(text, Language::Chinese, day).into_iter().map(|it| it.date).collect::<String>()
        };
        // A Monday and a Sunday of one week.
        assert_eq!(of("上周一", "2024-04-29"), "2024-04-22");
        assert_eq!(of("上周日", "2024-05-05"), "2024-04-28");
    }
}
