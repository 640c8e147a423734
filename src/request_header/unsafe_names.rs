//! The CORS-unsafe request-header names of a header list.

use http::HeaderName;

use super::is_cors_safelisted_request_header;
use crate::header_list::HeaderList;

/// The maximum total length of the values of all CORS-safelisted request-headers, in bytes: a part of the
/// [CORS-unsafe request-header names](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names).
pub const CORS_SAFELISTED_TOTAL_LIMIT: usize = 1024;

/// Returns the names of the headers that need a preflight: the [CORS-unsafe request-header
/// names](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names), in lower case, each once, in the
/// order of their bytes.
///
/// A browser lists them in `Access-Control-Request-Headers`. Each line is checked by itself. If the values of
/// the safelisted lines are together longer than [`CORS_SAFELISTED_TOTAL_LIMIT`], their names are unsafe too.
/// If there is no unsafe name, nothing is allocated.
///
/// ```
/// use crossorigin::header_list::HeaderList;
/// use crossorigin::http::header::{ACCEPT, CONTENT_TYPE, IF_MATCH};
/// use crossorigin::request_header::cors_unsafe_request_header_names;
///
/// let mut headers = HeaderList::new();
/// headers.append(IF_MATCH, "*")?;
/// headers.append(ACCEPT, "text/html")?;
/// headers.append(CONTENT_TYPE, "application/json")?;
/// assert_eq!(cors_unsafe_request_header_names(&headers), [CONTENT_TYPE, IF_MATCH]);
/// # Ok::<(), crossorigin::header_list::InvalidHeaderValue>(())
/// ```
#[doc(alias = "Access-Control-Request-Headers")]
#[must_use]
pub fn cors_unsafe_request_header_names(headers: &HeaderList) -> Vec<HeaderName> {
    // Step 1: no name is unsafe yet.
    let mut unsafe_names = Vec::new();
    for_each_unsafe_name(headers, is_cors_safelisted_request_header, true, |name| unsafe_names.push(name));
    sorted_names(unsafe_names)
}

/// Step 6: removes repeats and sorts by bytes. The names are in lower case already.
pub(crate) fn sorted_names(mut names: Vec<&HeaderName>) -> Vec<HeaderName> {
    names.sort_unstable_by_key(|name| name.as_str());
    names.dedup();
    names.into_iter().cloned().collect()
}

/// Steps 2 to 5: calls `found` for each unsafe name: unsorted, possibly repeated, without allocating.
///
/// `is_safelisted` is the safelist. `total_limit` says whether step 5 applies, which some engines skip.
pub(crate) fn for_each_unsafe_name<'a>(
    headers: &'a HeaderList,
    is_safelisted: impl Fn(&HeaderName, &[u8]) -> bool,
    total_limit: bool,
    mut found: impl FnMut(&'a HeaderName),
) {
    // Step 2 is not needed, because step 5 here adds the names of all lines. Step 3: the size of the
    // safelisted values so far.
    let mut safelist_value_size = 0_usize;
    // Step 4: for each line:
    for (name, value) in headers {
        if is_safelisted(name, value) {
            // Step 4.2: add the length of a safelisted value.
            safelist_value_size = safelist_value_size.saturating_add(value.len());
        } else {
            // Step 4.1: the name of any other line is unsafe.
            found(name);
        }
    }
    // Step 5: if the safelisted values are too long together, the names of all lines are unsafe.
    if total_limit && safelist_value_size > CORS_SAFELISTED_TOTAL_LIMIT {
        headers.iter().for_each(|(name, _)| found(name));
    }
}
