//! The nearest right word for a wrong one.

/// The word of `right` that is most like `wrong`, where one is like enough to be meant.
pub(crate) fn nearest<'w>(wrong: &str, right: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let plain = plain(wrong);
    if plain.is_empty() || plain.len() > 64 {
        return None;
    }
    let most = match plain.len() {
        0..=2 => 0,
        3..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    right
        .into_iter()
        .map(|word| (distance(&plain, &self::plain(word)), word))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, word)| (*distance, word.len()))
        .map(|(_, word)| word)
}

/// Letters and digits only, lower case: `merged_into` and `mergedInto` are the same word.
fn plain(word: &str) -> Vec<char> {
    word.chars().filter(|c| c.is_alphanumeric() || *c == '.').flat_map(char::to_lowercase).collect()
}

/// The number of letters to insert, remove, replace or swap with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, right) in b.iter().enumerate() {
            let at = |list: &[usize], idx: usize| list.get(idx).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&previous, j) + usize::from(left != right)).min(at(&previous, j + 1) + 1);
            cost = cost.min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(right) && b.get(j - 1) == Some(left);
            if swapped {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut previous, row);
    }
    previous.last().copied().unwrap_or(0)
}
