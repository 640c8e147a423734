//! Request headers: which ones need a preflight, and which ones a page cannot set.
//!
//! ```
//! use crossorigin::http::header::{CONTENT_TYPE, COOKIE};
//! use crossorigin::request_header::{is_cors_safelisted_request_header, is_forbidden_request_header};
//!
//! assert!(is_cors_safelisted_request_header(&CONTENT_TYPE, b"text/plain")); // no preflight
//! assert!(!is_cors_safelisted_request_header(&CONTENT_TYPE, b"application/json")); // a preflight
//! assert!(is_forbidden_request_header(&COOKIE, b"a=b")); // a page cannot set it
//! ```

use http::HeaderName;

use crate::{header_list::get_decode_and_split_value, method::is_forbidden_method};

mod safelist;
mod unsafe_names;

#[cfg(feature = "browser")]
pub(crate) use self::unsafe_names::{for_each_unsafe_name, sorted_names};
pub use self::{
    safelist::{
        CORS_SAFELISTED_VALUE_LIMIT, NotSafelisted, cors_safelisted_request_header,
        is_cors_safelisted_request_header,
    },
    unsafe_names::{CORS_SAFELISTED_TOTAL_LIMIT, cors_unsafe_request_header_names},
};

/// Returns whether only the browser may set this header, and not the page: a
/// [forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header).
///
/// The value matters only for the method override headers: `X-HTTP-Method`, `X-HTTP-Method-Override` and
/// `X-Method-Override` are forbidden if a value in them is a [forbidden
/// method](crate::method::is_forbidden_method).
///
/// ```
/// use crossorigin::http::header::{COOKIE, HeaderName};
/// use crossorigin::request_header::is_forbidden_request_header;
///
/// assert!(is_forbidden_request_header(&COOKIE, b"a=b"));
/// assert!(is_forbidden_request_header(&HeaderName::from_static("sec-anything"), b""));
///
/// let overriding = HeaderName::from_static("x-http-method-override");
/// assert!(is_forbidden_request_header(&overriding, b"GET, trace"));
/// assert!(!is_forbidden_request_header(&overriding, b"PUT"));
/// ```
#[doc(alias = "sec-fetch")]
#[must_use]
pub fn is_forbidden_request_header(name: &HeaderName, value: &[u8]) -> bool {
    match name.as_str() {
        // Step 1: one of these names.
        "accept-charset"
        | "accept-encoding"
        | "access-control-request-headers"
        | "access-control-request-method"
        | "connection"
        | "content-length"
        | "cookie"
        | "cookie2"
        | "date"
        | "dnt"
        | "expect"
        | "host"
        | "keep-alive"
        | "origin"
        | "referer"
        | "set-cookie"
        | "te"
        | "trailer"
        | "transfer-encoding"
        | "upgrade"
        | "via" => true,
        // Step 3: names that override the method. Steps 3.1 and 3.2: one of their values is a forbidden
        // method.
        "x-http-method" | "x-http-method-override" | "x-method-override" => {
            get_decode_and_split_value(value).any(is_forbidden_method)
        }
        // Step 2: names with one of these prefixes. Step 4: a page may set everything else.
        name => name.starts_with("proxy-") || name.starts_with("sec-"),
    }
}

/// Returns whether the header is `Authorization`, which `*` in `Access-Control-Allow-Headers` does not cover:
/// a [CORS non-wildcard request-header
/// name](https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name).
#[cfg(any(feature = "browser", feature = "server"))]
pub(crate) fn is_cors_non_wildcard_request_header_name(name: &HeaderName) -> bool {
    name.as_str() == "authorization"
}

/// Returns whether the header is one of the four that a page may set in mode "no-cors": a [no-CORS-safelisted
/// request-header name](https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header-name).
pub(crate) fn is_no_cors_safelisted_request_header_name(name: &HeaderName) -> bool {
    matches!(name.as_str(), "accept" | "accept-language" | "content-language" | "content-type")
}

/// Returns whether a page may set this header in mode "no-cors": a
/// [no-CORS-safelisted request-header](https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header).
///
/// It must be `Accept`, `Accept-Language`, `Content-Language` or `Content-Type`, and need no preflight.
#[must_use]
pub fn is_no_cors_safelisted_request_header(name: &HeaderName, value: &[u8]) -> bool {
    // Step 1: the name must be one of the four. Step 2: the header must be CORS-safelisted.
    is_no_cors_safelisted_request_header_name(name) && is_cors_safelisted_request_header(name, value)
}

/// Returns whether the header describes the body, so that a redirect that drops the body removes it: a
/// [request-body-header name](https://fetch.spec.whatwg.org/#request-body-header-name).
#[cfg(feature = "browser")]
pub(crate) fn is_request_body_header_name(name: &HeaderName) -> bool {
    matches!(name.as_str(), "content-encoding" | "content-language" | "content-location" | "content-type")
}
