//! The names of the CORS protocol's headers, and how a request's headers are read.

use http::{
    HeaderMap, HeaderName, HeaderValue, Method,
    header::{ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN},
};

use crate::origin::{OriginError, SerializedOrigin};

/// The maximum size of `Access-Control-Request-Headers`, in bytes, over all lines. A preflight with more is
/// refused unread.
///
/// A browser lists each header of the page once, so this is room for hundreds of names.
pub const MAX_REQUEST_HEADERS_BYTES: usize = 8192;

/// The maximum number of elements in `Access-Control-Request-Headers`, empty ones included. A preflight with
/// more is refused.
///
/// The limit is lower if the policy lists the headers, because a browser's list is not longer than the
/// policy's unless it asks for too much: then it is twice the number of the listed headers plus 16.
pub const MAX_REQUEST_HEADERS_NAMES: usize = 256;

/// Legacy: the request header of Chromium's draft on private network access.
pub(crate) const REQUEST_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-request-private-network");

/// Legacy: the response header of Chromium's draft on private network access.
pub(crate) const ALLOW_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-allow-private-network");

/// The prefix of all headers of the protocol except `Origin`, on requests and on responses.
const PREFIX: &str = "access-control-";

/// Returns whether the name, in lower case, begins with `access-control-`. Unknown names count too.
pub(crate) fn is_access_control(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// The parsed [`Origin`](https://fetch.spec.whatwg.org/#origin-header) headers of a request.
///
/// Browsers send `Origin` with every CORS request, and with same-origin requests too, except with `GET` and
/// `HEAD`. A request with this header is therefore not always cross-origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestOrigin<'a> {
    /// The request has no `Origin` header.
    Absent,
    /// The value is neither a serialized origin nor `null`.
    Invalid(OriginError),
    /// The value is `null`: the page has an opaque origin, as sandboxed frames and local files do.
    Null,
    /// The value is one serialized origin.
    Origin(SerializedOrigin<'a>),
    /// The request has more than one `Origin` header. No browser sends that.
    Several,
}

/// Parses the `Origin` headers of a request, strictly.
///
/// Use it to look up an origin yourself, for [`Policy::decide_with`](super::Policy::decide_with).
///
/// ```
/// use crossorigin::{http::{HeaderMap, HeaderValue, header::ORIGIN}, server::{RequestOrigin, request_origin}};
///
/// let mut headers = HeaderMap::new();
/// assert_eq!(request_origin(&headers), RequestOrigin::Absent);
/// headers.insert(ORIGIN, HeaderValue::from_static("https://a.test:8443"));
/// assert!(matches!(request_origin(&headers), RequestOrigin::Origin(origin) if origin.port() == Some(8443)));
/// ```
#[must_use]
pub fn request_origin(headers: &HeaderMap) -> RequestOrigin<'_> {
    match Lines::of(headers, ORIGIN) {
        Lines::Absent => RequestOrigin::Absent,
        Lines::Several => RequestOrigin::Several,
        Lines::One(value) => match SerializedOrigin::parse(value.as_bytes()) {
            Ok(origin) => RequestOrigin::Origin(origin),
            Err(OriginError::Null) => RequestOrigin::Null,
            Err(error) => RequestOrigin::Invalid(error),
        },
    }
}

/// The lines of a header that a valid request has once at most.
#[derive(Clone, Copy)]
pub(crate) enum Lines<'a> {
    Absent,
    One(&'a HeaderValue),
    Several,
}

impl<'a> Lines<'a> {
    // Inlined because the look-up of a name that is known at compile time takes fewer instructions.
    #[inline(always)]
    pub(crate) fn of(headers: &'a HeaderMap, name: HeaderName) -> Self {
        let mut lines = headers.get_all(name).into_iter();
        match (lines.next(), lines.next()) {
            (None, _) => Self::Absent,
            (Some(value), None) => Self::One(value),
            (Some(_), Some(_)) => Self::Several,
        }
    }

    /// The lines of `Access-Control-Request-Method` if the method is `OPTIONS`, and `Absent` otherwise,
    /// because preflights have no other method.
    pub(crate) fn requested_method(method: &Method, headers: &'a HeaderMap) -> Self {
        if *method == Method::OPTIONS {
            Self::of(headers, ACCESS_CONTROL_REQUEST_METHOD)
        } else {
            Self::Absent
        }
    }
}

/// The elements of all lines of `Access-Control-Request-Headers`, in order, empty ones too.
pub(crate) fn requested_names(headers: &HeaderMap) -> impl Iterator<Item = &[u8]> {
    let lines = headers.get_all(ACCESS_CONTROL_REQUEST_HEADERS).into_iter();
    lines.map(HeaderValue::as_bytes).flat_map(elements)
}

/// The elements of one line.
pub(crate) fn elements(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(|byte| *byte == b',').map(<[u8]>::trim_ascii)
}

/// Returns whether a preflight asks for private network access.
pub(crate) fn asks_for_private_network(headers: &HeaderMap) -> bool {
    headers.get(REQUEST_PRIVATE_NETWORK).is_some_and(|value| value == "true")
}
