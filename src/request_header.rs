//! Which headers of a request need a preflight, which a page may not set, and the other named sets.

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

/// Is it one which only the user agent may set: a
/// [forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header)?
///
/// The value matters for the method override headers only.
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
        // Step 3: names that override the method. Steps 3.1 and 3.2: if one of their values is a forbidden
        // method.
        "x-http-method" | "x-http-method-override" | "x-method-override" => {
            get_decode_and_split_value(value).any(is_forbidden_method)
        }
        // Step 2: a name with one of these beginnings. Step 4: all else may be set.
        name => name.starts_with("proxy-") || name.starts_with("sec-"),
    }
}

/// Is it `Authorization`, which `*` in `Access-Control-Allow-Headers` does not cover: a
/// [CORS non-wildcard request-header name](https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name)?
#[cfg(any(feature = "browser", feature = "server"))]
pub(crate) fn is_cors_non_wildcard_request_header_name(name: &HeaderName) -> bool {
    name.as_str() == "authorization"
}

/// Is it one of the four names that a page may set in mode "no-cors": a
/// [no-CORS-safelisted request-header name](https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header-name)?
pub(crate) fn is_no_cors_safelisted_request_header_name(name: &HeaderName) -> bool {
    matches!(name.as_str(), "accept" | "accept-language" | "content-language" | "content-type")
}

/// May a page set this header in mode "no-cors": is it a
/// [no-CORS-safelisted request-header](https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header)?
#[must_use]
pub fn is_no_cors_safelisted_request_header(name: &HeaderName, value: &[u8]) -> bool {
    // Step 1: the name must be one of the four. Step 2: then the CORS safelist judges.
    is_no_cors_safelisted_request_header_name(name) && is_cors_safelisted_request_header(name, value)
}

/// Does it describe the body, and go when a redirect drops the body: a
/// [request-body-header name](https://fetch.spec.whatwg.org/#request-body-header-name)?
#[cfg(feature = "browser")]
pub(crate) fn is_request_body_header_name(name: &HeaderName) -> bool {
    matches!(name.as_str(), "content-encoding" | "content-language" | "content-location" | "content-type")
}
