//! Days as users write them.

/// Whether a text is a day: `2027-01-31`. Days so written sort as texts.
#[must_use]
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |part: &str, n_digits: usize| {
        let is_plain = part.len() == n_digits && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u32>().ok().filter(|_| is_plain)
    };
    let in_month = |month: u32| if month == 2 { 29 } else { 30 + u32::from((month + month / 8) % 2 == 1) };
    let date = number(year, 4).zip(number(month, 2)).zip(number(day, 2));
    date.is_some_and(|((_, month), day)| (1..=12).contains(&month) && 1 <= day && day <= in_month(month))
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn days_are_told_from_other_figures() {
        for day in ["2027-01-31", "2028-02-29", "2027-04-30", "2027-08-31", "2027-12-31"] {
            assert!(is_date(day), "{day}");
        }
        for day in
            ["2027-13-01", "2027-04-31", "2027-1-1", "27-01-01", "2027-01", "2027-01-00", "next year", "2027-02-30"]
        {
            assert!(!is_date(day), "{day}");
        }
    }
}
