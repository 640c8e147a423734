//! The value of a `Range` header with one range in it.

use std::cmp::Ordering;

/// A single range: its start and its end as decimal digits. At least one of them is present.
///
/// The numbers can have any length, as in the standard. Leading zeros are removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SingleRange<'a> {
    /// The first byte: `0` in `bytes=0-499`, absent in `bytes=-500`.
    pub(crate) start: Option<&'a [u8]>,
    /// The last byte: `499` in `bytes=0-499`, absent in `bytes=500-`.
    pub(crate) end: Option<&'a [u8]>,
}

/// [Parse a single range header value](https://fetch.spec.whatwg.org/#simple-range-header-value), without the
/// flag that allows whitespace. `None` is the standard's failure.
pub(crate) fn parse_single_range(value: &[u8]) -> Option<SingleRange<'_>> {
    // Steps 1 to 3: the unit, in lower case.
    let data = value.strip_prefix(b"bytes")?;
    // Steps 5 and 6: an equals sign. Steps 4, 7, 10 and 13 do not apply: the safelist allows no whitespace.
    let data = data.strip_prefix(b"=")?;
    // Steps 8 and 9: the digits of the start, or none.
    let (start, data) = digits(data)?;
    // Steps 11 and 12: a hyphen.
    let data = data.strip_prefix(b"-")?;
    // Steps 14 and 15: the digits of the end, or none.
    let (end, data) = digits(data)?;
    // Step 16: nothing follows.
    if !data.is_empty() {
        return None;
    }
    match (start, end) {
        // Step 17: one of the two must be there.
        (None, None) => None,
        // Step 18: the start must not be behind the end.
        (Some(start), Some(end)) if compare(start, end) == Ordering::Greater => None,
        // Step 19: the start and the end.
        (start, end) => Some(SingleRange { start, end }),
    }
}

/// The digits at the start, without leading zeros, and the rest. `None` in the pair if there is no digit.
fn digits(data: &[u8]) -> Option<(Option<&[u8]>, &[u8])> {
    let length = data.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (mut digits, rest) = data.split_at_checked(length)?;
    while let [b'0', more @ ..] = digits
        && !more.is_empty()
    {
        digits = more;
    }
    Some(((!digits.is_empty()).then_some(digits), rest))
}

/// Compares two numbers of any length, written without leading zeros.
fn compare(one: &[u8], other: &[u8]) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests;
