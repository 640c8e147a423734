//! "Did you mean …?"

/// How many typing errors a word may have: a letter too many, too few or wrong, or two letters in the wrong
/// order.
const MAX_ERRORS: usize = 2;

/// The known word that somebody most probably meant.
pub(crate) fn nearest<'a>(given: &str, known: &[&'a str]) -> Option<&'a str> {
    let errors = known.iter().map(|&known| (typing_errors(given, known), known));
    let (errors, nearest) = errors.min()?;
    // A short word with two errors is another word.
    let is_near = errors <= MAX_ERRORS && 2 * errors < nearest.len();
    is_near.then_some(nearest)
}

/// The distance between two words by Damerau and Levenshtein, up to three: long words are not compared.
fn typing_errors(given: &str, known: &str) -> usize {
    let (given, known): (Vec<_>, Vec<_>) = (given.chars().collect(), known.chars().collect());
    if given.len().abs_diff(known.len()) > MAX_ERRORS {
        return MAX_ERRORS + 1;
    }
    errors_of_rest(&given, &known, MAX_ERRORS + 1)
}

/// The distance between the rests of two words. It is not searched beyond `most`.
fn errors_of_rest(given: &[char], known: &[char], most: usize) -> usize {
    match (given, known) {
        _ if most == 0 => 0,
        ([], rest) | (rest, []) => rest.len(),
        ([one, given_rest @ ..], [other, known_rest @ ..]) => {
            if one == other {
                return errors_of_rest(given_rest, known_rest, most);
            }
            let mut errors = vec![
                errors_of_rest(given_rest, known_rest, most - 1),
                errors_of_rest(given_rest, known, most - 1),
                errors_of_rest(given, known_rest, most - 1),
            ];
            if let ([_, second, given_rest @ ..], [_, other_second, known_rest @ ..]) = (given, known)
                && one == other_second
                && second == other
            {
                errors.push(errors_of_rest(given_rest, known_rest, most - 1));
            }
            1 + errors.into_iter().min().unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_are_counted() {
        for (given, known, expected) in [
            ("", "", 0),
            ("ask", "ask", 0),
            ("aks", "ask", 1),
            ("as", "ask", 1),
            ("asks", "ask", 1),
            ("axk", "ask", 1),
            ("eplian", "explain", 2),
            ("xplane", "explain", 3),
            ("é", "ask", 3),
            ("tell", "explain", 3),
        ] {
            assert_eq!(typing_errors(given, known), expected, "{given}");
        }
    }

    #[test]
    fn only_near_words_are_suggested() {
        let known = ["explain", "ask"];
        assert_eq!(nearest("explian", &known), Some("explain"));
        assert_eq!(nearest("expl", &known), None);
        assert_eq!(nearest("aks", &known), Some("ask"));
        assert_eq!(nearest("all", &known), None);
        assert_eq!(nearest(&"x".repeat(100_000), &known), None);
        assert_eq!(nearest("ask", &[]), None);
    }
}
