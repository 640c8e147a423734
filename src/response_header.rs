//! Response headers: which ones a page may read.
//!
//! ```
//! use crossorigin::{http::header, response_header::is_cors_safelisted_response_header_name};
//!
//! let exposed = ["ETag"]; // Access-Control-Expose-Headers: ETag
//! assert!(is_cors_safelisted_response_header_name(&header::CONTENT_TYPE, &exposed));
//! assert!(is_cors_safelisted_response_header_name(&header::ETAG, &exposed));
//! assert!(!is_cors_safelisted_response_header_name(&header::SERVER, &exposed));
//! ```

use http::HeaderName;

/// Returns whether a page may read a header of a cross-origin response: a [CORS-safelisted response-header
/// name](https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name).
///
/// Pages can always read `Cache-Control`, `Content-Language`, `Content-Length`, `Content-Type`, `Expires`,
/// `Last-Modified` and `Pragma`. They can also read the names in `exposed`, the standard's CORS-exposed
/// header-name list, in any case. They can never read `Set-Cookie`.
///
/// Names only: a `*` in `exposed` has no special meaning here.
///
/// ```
/// use crossorigin::{http::header, response_header::is_cors_safelisted_response_header_name};
///
/// assert!(is_cors_safelisted_response_header_name(&header::CONTENT_TYPE, &[] as &[&[u8]]));
/// assert!(is_cors_safelisted_response_header_name(&header::ETAG, &["ETag"]));
/// assert!(!is_cors_safelisted_response_header_name(&header::SET_COOKIE, &["Set-Cookie"]));
/// ```
#[doc(alias = "Access-Control-Expose-Headers")]
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

/// Returns whether the header is `Set-Cookie` or `Set-Cookie2`: a [forbidden response-header
/// name](https://fetch.spec.whatwg.org/#forbidden-response-header-name), which no page can read.
#[must_use]
pub fn is_forbidden_response_header_name(name: &HeaderName) -> bool {
    matches!(name.as_str(), "set-cookie" | "set-cookie2")
}
