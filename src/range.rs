//! The value of a `Range` header with one range in it.

use std::cmp::Ordering;

use crate::bytes::trim_tab_or_space_start;

/// A single range: where it starts and where it ends, each as decimal digits, or absent.
///
/// The digits keep the full length that was sent (the standard's numbers have no limit); leading zeros are
/// gone. Never are both absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SingleRange<'a> {
    /// The first byte: `0` in `bytes=0-499`, absent in `bytes=-500`.
    pub start: Option<&'a [u8]>,
    /// The last byte: `499` in `bytes=0-499`, absent in `bytes=500-`.
    pub end: Option<&'a [u8]>,
}

/// [Parse a single range header value](https://fetch.spec.whatwg.org/#simple-range-header-value): `None` is
/// the standard's failure.
///
/// ```
/// use crossorigin::range::parse_single_range;
///
/// let range = parse_single_range(b"bytes=007-", false);
/// assert_eq!(range.map(|it| (it.start, it.end)), Some((Some(&b"7"[..]), None)));
/// assert_eq!(parse_single_range(b"bytes=5-4", false), None);
/// assert_eq!(parse_single_range(b"bytes= 0-4", false), None); // only with `allow_whitespace`
/// ```
#[must_use]
pub fn parse_single_range(value: &[u8], allow_whitespace: bool) -> Option<SingleRange<'_>> {
    let skip = |data| if allow_whitespace { trim_tab_or_space_start(data) } else { data };

    // Steps 1 to 3: the unit comes first, and its case matters.
    let data = value.strip_prefix(b"bytes")?;
    // Step 4: whitespace, if allowed. Steps 5 and 6: an equals sign. Step 7: whitespace, if allowed.
    let data = skip(skip(data).strip_prefix(b"=")?);
    // Steps 8 and 9: the digits of the start, or none.
    let (start, data) = digits(data)?;
    // Step 10: whitespace, if allowed. Steps 11 and 12: a hyphen. Step 13: whitespace, if allowed.
    let data = skip(skip(data).strip_prefix(b"-")?);
    // Steps 14 and 15: the digits of the end, or none.
    let (end, data) = digits(data)?;
    // Step 16: anything more is one thing too many.
    if !data.is_empty() {
        return None;
    }
    match (start, end) {
        // Step 17: one of the two must be there.
        (None, None) => None,
        // Step 18: a range does not run backwards.
        (Some(start), Some(end)) if compare(start, end) == Ordering::Greater => None,
        // Step 19: both, as they are.
        (start, end) => Some(SingleRange { start, end }),
    }
}

/// The leading digits without their leading zeros, and what follows them.
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
