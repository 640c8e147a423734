//! The headers of the CORS protocol: their names, and how those of a request are read.

use http::{
    HeaderMap, HeaderName, HeaderValue, Method,
    header::{ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN},
};

use crate::origin::{OriginError, SerializedOrigin};

/// The most bytes of `Access-Control-Request-Headers`, over all lines, that are looked at. More is refused unread.
///
/// A browser lists each header of a page once: this is room for hundreds of them.
pub const MAX_REQUEST_HEADERS_BYTES: usize = 8192;

/// The most elements of `Access-Control-Request-Headers` that are looked at, empty ones included.
///
/// Where the policy lists the headers, an honest list cannot be longer than that of the policy: there it may have twice
/// as many elements, and sixteen more.
pub const MAX_REQUEST_HEADERS_NAMES: usize = 256;

/// Legacy: a preflight of Chromium's private network access draft carried it.
pub(crate) const REQUEST_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-request-private-network");

/// Legacy: the answer to [`REQUEST_PRIVATE_NETWORK`].
pub(crate) const ALLOW_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-allow-private-network");

/// What every header of the protocol begins with, on requests and on responses.
const PREFIX: &str = "access-control-";

/// Returns whether the header belongs to the CORS protocol, known or not.
pub(crate) fn is_access_control(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// What the `Origin` headers of a request say.
///
/// Browsers send the header with every CORS request, and with same-origin requests other than `GET` and `HEAD` too:
/// its presence does not mean that a request is cross-origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestOrigin<'a> {
    /// There is none.
    Absent,
    /// One that is neither an origin nor `null`.
    Invalid(OriginError),
    /// `null`: some opaque origin.
    Null,
    /// One origin.
    Origin(SerializedOrigin<'a>),
    /// More than one header.
    Several,
}

/// Reads the `Origin` headers of a request.
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

/// All lines of one name, for a header that a request can have once.
#[derive(Clone, Copy)]
pub(crate) enum Lines<'a> {
    Absent,
    One(&'a HeaderValue),
    Several,
}

impl<'a> Lines<'a> {
    // A name that is known when this is compiled is found with fewer instructions.
    #[inline(always)]
    pub(crate) fn of(headers: &'a HeaderMap, name: HeaderName) -> Self {
        let mut lines = headers.get_all(name).into_iter();
        match (lines.next(), lines.next()) {
            (None, _) => Self::Absent,
            (Some(value), None) => Self::One(value),
            (Some(_), Some(_)) => Self::Several,
        }
    }

    /// `Access-Control-Request-Method` of a request with method `OPTIONS`. Other methods are no preflights, and are not
    /// asked.
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
