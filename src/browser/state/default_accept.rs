use std::borrow::Cow;

use http::header::ACCEPT;

use crate::{
    header_list::HeaderList,
    request_header::{CORS_SAFELISTED_TOTAL_LIMIT, CORS_SAFELISTED_VALUE_LIMIT},
};

/// The value of `Accept` if the page set none.
const ANY_TYPE: &str = "*/*";

/// [Fetch](https://fetch.spec.whatwg.org/#concept-fetch), step 12: the headers with the default `Accept`, if
/// it matters for the limit of 1,024 bytes on safelisted values.
///
/// The header list is for safelist checks only: the embedder's HTTP client appends the header that is sent.
pub(crate) fn with_default_accept(headers: &HeaderList) -> Cow<'_, HeaderList> {
    let lengths = headers.iter().map(|(_, value)| value.len());
    let length = lengths.filter(|length| *length <= CORS_SAFELISTED_VALUE_LIMIT).sum::<usize>();
    if length.saturating_add(ANY_TYPE.len()) <= CORS_SAFELISTED_TOTAL_LIMIT || headers.contains(&ACCEPT) {
        return Cow::Borrowed(headers);
    }
    // Step 12: the header list does not contain `Accept`. Steps 12.1 and 12.4: append `*/*`.
    let mut headers = headers.clone();
    headers.push_valid(ACCEPT, ANY_TYPE);
    Cow::Owned(headers)
}
