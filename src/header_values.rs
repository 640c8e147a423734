//! Header values parsed by their grammar:
//! [extract header list values](https://fetch.spec.whatwg.org/#extract-header-list-values).
//!
//! The standard has three results, null, failure and a list, and the list may be empty. The four differ. In the response
//! to a preflight, an invalid `Access-Control-Allow-Methods` refuses every request; an absent one lets the request's own
//! method pass if the preflight was forced (by upload listeners); an empty one does not.

use std::borrow::Cow;

use http::HeaderName;

use crate::{
    bytes::{is_token, trim_tab_or_space},
    header_list::HeaderList,
};

/// What [`extract_tokens`] found in the lines of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Extracted<'a> {
    /// No line of that name: the standard's null.
    Absent,
    /// A line, or several, with no element in it.
    Empty,
    /// The standard's failure, with the first element that is not a token.
    Invalid(&'a [u8]),
    /// One or more elements, as they were written.
    List(Vec<&'a [u8]>),
}

impl<'a> Extracted<'a> {
    /// The elements: none unless this is a [`List`](Self::List).
    pub(crate) fn items(&self) -> &[&'a [u8]] {
        match self {
            Self::List(items) => items,
            Self::Absent | Self::Empty | Self::Invalid(_) => &[],
        }
    }

    /// Returns whether a line failed to parse.
    pub(crate) fn is_invalid(&self) -> bool {
        matches!(self, Self::Invalid(_))
    }

    /// Returns whether the element is in the list, byte for byte, as methods are compared.
    pub(crate) fn contains_bytes(&self, element: &[u8]) -> bool {
        self.items().contains(&element)
    }

    /// Returns whether the element is in the list, in any case, as header names are compared.
    pub(crate) fn contains_name(&self, element: &[u8]) -> bool {
        self.items().iter().any(|item| item.eq_ignore_ascii_case(element))
    }
}

/// Extracts the values of a header whose grammar is `#token`: `Access-Control-Allow-Methods`,
/// `Access-Control-Allow-Headers`, `Access-Control-Expose-Headers`.
///
/// Commas separate the elements, with tabs and spaces around them. Empty elements are skipped. One element that is not a
/// token makes the whole header a failure, the other lines too.
pub(crate) fn extract_tokens<'a>(list: &'a HeaderList, name: &HeaderName) -> Extracted<'a> {
    // Step 1: not there: null. Step 2 does not apply, a list may be spread over lines.
    if !list.contains(name) {
        return Extracted::Absent;
    }
    // Step 3: no values yet.
    let mut values = Vec::new();
    // Step 4: for each line of that name,
    for line in list.lines(name) {
        // Step 4.1: parse it by the grammar:
        for element in line.split(|byte| *byte == b',').map(trim_tab_or_space) {
            match element {
                // empty elements count for nothing,
                [] => {}
                // Step 4.3: tokens are values,
                token if is_token(token) => values.push(token),
                // Step 4.2: and anything else is a failure.
                other => return Extracted::Invalid(other),
            }
        }
    }
    // Step 5: the values; an empty list is a result of its own.
    if values.is_empty() { Extracted::Empty } else { Extracted::List(values) }
}

/// What [`extract_delta_seconds`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DeltaSeconds<'a> {
    /// No line of that name: the standard's null.
    Absent,
    /// The standard's failure, with what was found; several lines are shown combined.
    Invalid(Cow<'a, [u8]>),
    /// Seconds; a number too large for `u64` is the largest.
    Seconds(u64),
}

/// Extracts the value of a header whose grammar is `delta-seconds`, one or more digits, and which may stand
/// only once: `Access-Control-Max-Age`.
pub(crate) fn extract_delta_seconds<'a>(list: &'a HeaderList, name: &HeaderName) -> DeltaSeconds<'a> {
    match list.get(name) {
        // Step 1: not there: null.
        None => DeltaSeconds::Absent,
        // Steps 3 to 5: one line of digits is a number.
        Some(Cow::Borrowed(value)) if is_digits(value) => DeltaSeconds::Seconds(saturating(value)),
        // Steps 2 and 4.2: several lines are a failure, and so is anything else.
        Some(value) => DeltaSeconds::Invalid(value),
    }
}

fn is_digits(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit)
}

fn saturating(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |sum: u64, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
}

#[cfg(test)]
mod tests;
