//! The nearest right word for a wrong one.

use crate::text::distance;

/// The word of `right` that is most like `wrong`, where one is like enough to be meant.
pub(crate) fn nearest<'w>(wrong: &str, right: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let plain = plain(wrong);
    if plain.is_empty() || plain.len() > 128 {
        return None;
    }
    let most = match plain.chars().count() {
        0..=2 => 0,
        3..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    right
        .into_iter()
        .filter_map(|word| Some((distance::within(&plain, &self::plain(word), most)?, word)))
        .min_by_key(|(distance, word)| (*distance, word.len()))
        .map(|(_, word)| word)
}

/// Letters and digits only, lower case: `merged_into` and `mergedInto` are the same word.
fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric() || *c == '.').flat_map(char::to_lowercase).collect()
}
