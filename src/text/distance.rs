//! How far two words are apart.

/// The number of characters to insert, remove, replace or swap with their neighbour that makes one word the other (optimal
/// string alignment, Boytsov 2011); `None` above `limit`.
#[must_use]
pub fn within(a: &str, b: &str, limit: usize) -> Option<usize> {
    let same = |(x, y): &(char, char)| x == y;
    let lead: usize = a.chars().zip(b.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (a, b) = (a.get(lead..)?, b.get(lead..)?);
    let tail: usize = a.chars().rev().zip(b.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (a, b) = (a.get(..a.len() - tail)?, b.get(..b.len() - tail)?);
    let (n_a, n_b) = (a.chars().count(), b.chars().count());
    match n_a.abs_diff(n_b) {
        difference if limit < difference => return None,
        difference if n_a == 0 || n_b == 0 => return Some(difference),
        _ => (),
    }
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let mut last_a = None;
    for (i, x) in a.chars().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(i + 1);
        let mut last_b = None;
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&row, j) + usize::from(x != *y)).min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            if last_a == Some(*y) && last_b == Some(x) && 0 < j {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            next.push(cost);
            last_b = Some(*y);
        }
        if next.iter().all(|cost| limit < *cost) {
            return None;
        }
        before = std::mem::replace(&mut row, next);
        last_a = Some(x);
    }
    row.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swap_counts_once() {
        assert_eq!(within("reuters", "reutres", 2), Some(1));
        assert_eq!(within("xiaoice", "xiaice", 2), Some(1));
        assert_eq!(within("abc", "xyz", 2), None);
        assert_eq!(within("", "a", 1), Some(1));
        assert_eq!(within("pier", "pier", 0), Some(0));
        assert_eq!(within("aab", "aaab", 1), Some(1));
        assert_eq!(within("mill", "milieu", 2), None);
        assert_eq!(within("théâtre", "theatre", 2), Some(2));
    }
}
