//! The headers of a response that a page may see.

use http::HeaderName;

/// Returns whether a page may see the header, always or because it is one of the `exposed`: a
/// [CORS-safelisted response-header name](https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name).
///
/// `exposed` is the CORS-exposed header-name list, in any case. Cookies stay hidden even if it names them.
///
/// ```
/// use crossorigin::{http::header, response_header::is_cors_safelisted_response_header_name};
///
/// assert!(is_cors_safelisted_response_header_name(&header::CONTENT_TYPE, &[] as &[&[u8]]));
/// assert!(is_cors_safelisted_response_header_name(&header::ETAG, &["ETag"]));
/// assert!(!is_cors_safelisted_response_header_name(&header::SET_COOKIE, &["Set-Cookie"]));
/// ```
#[must_use]
pub fn is_cors_safelisted_response_header_name(name: &HeaderName, exposed: &[impl AsRef<[u8]>]) -> bool {
    let always = matches!(
        name.as_str(),
        "cache-control"
            | "content-language"
            | "content-length"
            | "content-type"
            | "expires"
            | "last-modified"
            | "pragma"
    );
    let is_name = |item: &[u8]| item.eq_ignore_ascii_case(name.as_str().as_bytes());
    always || (!is_forbidden_response_header_name(name) && exposed.iter().any(|item| is_name(item.as_ref())))
}

/// Returns whether the header is `Set-Cookie` or `Set-Cookie2`: a
/// [forbidden response-header name](https://fetch.spec.whatwg.org/#forbidden-response-header-name).
#[must_use]
pub fn is_forbidden_response_header_name(name: &HeaderName) -> bool {
    matches!(name.as_str(), "set-cookie" | "set-cookie2")
}
