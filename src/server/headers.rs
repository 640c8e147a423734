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
const PREFIX: &[u8] = b"access-control-";

/// Returns whether the name begins with `access-control-`, in any case. Unknown names count too.
pub(crate) fn is_access_control(name: &str) -> bool {
    name.as_bytes().get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX))
}

/// All request headers that this module reads. The last two are for
/// [`may_be_same_origin`](super::may_be_same_origin).
const READ: [&str; 6] = [
    "origin",
    "access-control-request-method",
    "access-control-request-headers",
    "access-control-request-private-network",
    "host",
    "sec-fetch-site",
];

/// A byte that a [`HeaderValue`] can have, but no origin, method or header name.
const INVALID: u8 = 0xFF;

/// Copies the request headers that this module reads, for servers that do not use the crate `http` 1.
///
/// `lines` is called once with each name, in lower case, and returns the values of **all** lines with this
/// name, in order. A look-up that gives only the first line is not enough: a request with two `Origin` lines
/// must be refused, and the names of a preflight can be on several lines.
///
/// The result is for every function that takes the headers of a request, such as
/// [`Policy::decide`](super::Policy::decide). Bytes that a [`HeaderValue`] cannot have stay invalid: the
/// policy refuses them wherever it looks.
///
/// ```
/// use crossorigin::http::Method;
/// use crossorigin::server::{Action, Edit, Policy, request_headers};
///
/// let policy = Policy::builder().allow_origin("https://app.example").build()?;
///
/// // The types of a server that knows nothing of `http`.
/// let (method, request) = ("GET", [("Host", "api.example"), ("Origin", "https://app.example")]);
/// let headers = request_headers(|name| {
///     request.iter().filter(move |line| line.0.eq_ignore_ascii_case(name)).map(|line| line.1)
/// });
/// let decision = policy.decide(&Method::try_from(method).unwrap_or_default(), &headers);
///
/// // The handler runs, and its response gets the headers of the decision.
/// assert_eq!(decision.action(), Action::CallHandler);
/// let mut response = vec![("Access-Control-X".to_owned(), b"1".to_vec())];
/// for edit in decision.edits(response.iter().map(|(name, value)| (name, value))) {
///     match edit {
///         Edit::Remove(name) => response.retain(|line| line.0 != name),
///         Edit::Add(name, value) => response.push((name.to_owned(), value.into_owned())),
///     }
/// }
/// assert_eq!(response, [
///     ("access-control-allow-origin".to_owned(), b"https://app.example".to_vec()),
///     ("vary".to_owned(), b"origin".to_vec()),
/// ]);
/// # Ok::<(), crossorigin::server::PolicyErrors>(())
/// ```
///
/// A method that [`Method`] cannot have is no `OPTIONS`, so `unwrap_or_default` is right.
///
/// A [`HostGuard`](super::HostGuard) needs the target of the request too. Parse it as a [`Uri`](http::Uri); in
/// HTTP/2 and HTTP/3, put `:authority` into it, because such a request can have no `Host`.
#[must_use]
pub fn request_headers<L>(mut lines: impl FnMut(&'static str) -> L) -> HeaderMap
where
    L: IntoIterator<Item: AsRef<[u8]>>,
{
    let mut headers = HeaderMap::new();
    for name in READ {
        for line in lines(name) {
            headers.append(HeaderName::from_static(name), header_value(line.as_ref()));
        }
    }
    headers
}

/// The value of one line. Each byte that a [`HeaderValue`] cannot have becomes [`INVALID`].
fn header_value(line: &[u8]) -> HeaderValue {
    let replaced = |byte: &u8| if matches!(byte, b'\t' | b' '..=b'~' | 128..) { *byte } else { INVALID };
    HeaderValue::from_bytes(line)
        .or_else(|_| HeaderValue::from_bytes(&line.iter().map(replaced).collect::<Vec<_>>()))
        .expect("every byte that a header value cannot have is replaced")
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
