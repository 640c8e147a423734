//! Header values parsed by their grammar:
//! [extract header list values](https://fetch.spec.whatwg.org/#extract-header-list-values).
//!
//! The standard has three results: null, failure, and a list, which can be empty. These four cases differ. In
//! the response to a preflight, an invalid `Access-Control-Allow-Methods` refuses every request. If the
//! header is absent, the request's own method is allowed when an upload listener forced the preflight. If the
//! header is empty, that method is not allowed.

use std::borrow::Cow;

use http::HeaderName;

use crate::{
    bytes::{is_token, trim_tab_or_space},
    header_list::HeaderList,
};

/// The result of [`extract_tokens`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Extracted<'a> {
    /// There is no line of the name: the standard's null.
    Absent,
    /// There are lines, without an element.
    Empty,
    /// The standard's failure, with the first element that is not a token.
    Invalid(&'a [u8]),
    /// One or more elements, in their original case.
    List(Vec<&'a [u8]>),
}

impl<'a> Extracted<'a> {
    /// The elements. Empty unless this is a [`List`](Self::List).
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

    /// Returns whether the element is in the list, case-sensitively, as methods are compared.
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
/// Commas separate the elements, and tabs and spaces around an element are ignored. Empty elements are
/// skipped. One element that is not a token makes all lines of the header a failure.
pub(crate) fn extract_tokens<'a>(list: &'a HeaderList, name: &HeaderName) -> Extracted<'a> {
    // Step 1: without a line, the result is null. Step 2 does not apply, because a list may have several
    // lines.
    if !list.contains(name) {
        return Extracted::Absent;
    }
    // Step 3: no values yet.
    let mut values = Vec::new();
    // Step 4: for each line of the name:
    for line in list.lines(name) {
        // Step 4.1: parse it by the grammar:
        for element in line.split(|byte| *byte == b',').map(trim_tab_or_space) {
            match element {
                // Empty elements are skipped.
                [] => {}
                // Step 4.3: tokens are values.
                token if is_token(token) => values.push(token),
                // Step 4.2: anything else is a failure.
                other => return Extracted::Invalid(other),
            }
        }
    }
    // Step 5: the values. An empty list has its own variant.
    if values.is_empty() { Extracted::Empty } else { Extracted::List(values) }
}

/// The result of [`extract_delta_seconds`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DeltaSeconds<'a> {
    /// There is no line of the name: the standard's null.
    Absent,
    /// The standard's failure, with the combined value of all lines.
    Invalid(Cow<'a, [u8]>),
    /// Seconds, saturating at the maximum of `u64`.
    Seconds(u64),
}

/// Extracts the value of a header whose grammar is `delta-seconds`, one or more digits, and which may have
/// only one line: `Access-Control-Max-Age`.
pub(crate) fn extract_delta_seconds<'a>(list: &'a HeaderList, name: &HeaderName) -> DeltaSeconds<'a> {
    match list.get(name) {
        // Step 1: without a line, the result is null.
        None => DeltaSeconds::Absent,
        // Steps 3 to 5: one line of digits is a number of seconds.
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
