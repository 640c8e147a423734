//! [Determine nosniff](https://fetch.spec.whatwg.org/#determine-nosniff).

use http::header::X_CONTENT_TYPE_OPTIONS;

use crate::header_list::HeaderList;

/// Returns whether the first value of `X-Content-Type-Options` is `nosniff`, in any case.
pub(crate) fn determine_nosniff(headers: &HeaderList) -> bool {
    // Step 1: get, decode and split. Step 2: null is false.
    let values = headers.get_decode_and_split(&X_CONTENT_TYPE_OPTIONS).unwrap_or_default();
    // Step 3: the first value, in any case. Step 4: everything else is false.
    values.first().is_some_and(|value| value.eq_ignore_ascii_case(b"nosniff"))
}
