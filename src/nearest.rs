//! The known name that a misspelt one most likely means.

/// Longer names are compared with nothing, so that the work is bounded.
const LONGEST: usize = 64;

/// Returns the value of the candidate that is nearest to `name`, if one is near: a third of the letters may
/// differ. Case and punctuation make no difference, so `maxAge` and `max-age` mean `max_age`.
///
/// A candidate is a name with its value. Of equally near ones, the first counts.
pub(crate) fn nearest<'a, T>(name: &str, candidates: impl IntoIterator<Item = (&'a str, T)>) -> Option<T> {
    let name = letters(name);
    if name.is_empty() || name.len() > LONGEST {
        return None;
    }
    let distances = candidates.into_iter().map(|(known, value)| (distance(&name, &letters(known)), value));
    let (distance, value) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= (name.len() / 3).max(1)).then_some(value)
}

fn letters(name: &str) -> Vec<char> {
    let letters = name.chars().filter(|char| char.is_alphanumeric());
    letters.map(|char| char.to_ascii_lowercase()).take(LONGEST + 1).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_counts_changed_letters() {
        for (one, other, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("abc", "abc", 0),
            ("abc", "abd", 1),
            ("abc", "ac", 1),
            ("ac", "abc", 1),
            ("abc", "cab", 2),
            ("kitten", "sitting", 3),
            ("Max-Age", "max_age", 0),
        ] {
            let (one, other) = (letters(one), letters(other));
            assert_eq!(distance(&one, &other), expected, "{one:?} {other:?}");
            assert_eq!(distance(&other, &one), expected, "{other:?} {one:?}");
        }
    }

    #[test]
    fn the_first_of_the_nearest_names_counts_if_it_is_near() {
        let known = || [("origins", 1), ("origin", 2), ("max_age", 3), ("credentials", 4)];
        for (name, expected) in [
            ("origins", Some(1)),
            ("originz", Some(1)),
            ("orgins", Some(1)),
            ("origin", Some(2)),
            ("max-age", Some(3)),
            ("maxAge", Some(3)),
            ("MAX_AGES", Some(3)),
            ("credential", Some(4)),
            ("max", None),
            ("expose", None),
            ("", None),
            ("--", None),
        ] {
            assert_eq!(nearest(name, known()), expected, "{name}");
        }
        // One letter of a short name may differ, and a third of the letters of a long one.
        assert_eq!(nearest("ab", [("ac", ())]), Some(()));
        assert_eq!(nearest("ab", [("cd", ())]), None);
        assert_eq!(nearest("abcdef", [("abcdxy", ())]), Some(()));
        assert_eq!(nearest("abcdef", [("abcxyz", ())]), None);
    }

    #[test]
    fn overlong_names_are_near_to_nothing() {
        let long = "x".repeat(LONGEST);
        assert_eq!(nearest(&long, [(&*long, ())]), Some(()));
        let longer = format!("{long}x");
        assert_eq!(nearest(&longer, [(&*longer, ())]), None);
    }
}
