//! The known name that a misspelt one most likely means.

/// The number of letters of a name that are compared, so that the work is bounded. No known name is so long.
const COMPARED: usize = 100;

/// Returns the value of the candidate that is nearest to `name`, if one is near: a third of the letters may
/// differ. Case and punctuation make no difference, so `maxAge` and `max-age` mean `max_age`.
///
/// A candidate is a name with its value. Of equally near ones, the first counts.
pub(crate) fn nearest<'a, T>(name: &str, candidates: impl IntoIterator<Item = (&'a str, T)>) -> Option<T> {
    let name = letters(name);
    let distances = candidates.into_iter().map(|(known, value)| (distance(&name, &letters(known)), value));
    let (distance, value) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= name.len() / 3).then_some(value)
}

fn letters(name: &str) -> Vec<char> {
    let letters = name.chars().filter(|char| char.is_alphanumeric());
    letters.map(|char| char.to_ascii_lowercase()).take(COMPARED).collect()
}

/// The number of letters to insert, remove or replace.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.iter().enumerate() {
        // The distances of the letters until here to nothing, and to what the other name has until its letter.
        let (mut before, mut left) = (index, index + 1);
        let (first, rest) =
            row.split_first_mut().expect("a row has one more distance than the name has letters");
        *first = left;
        for (above, candidate) in rest.iter_mut().zip(other) {
            let replaced = before + usize::from(letter != candidate);
            before = *above;
            left = replaced.min(before + 1).min(left + 1);
            *above = left;
        }
    }
    row.last().copied().unwrap_or_default()
}
