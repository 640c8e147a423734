//! Whether a request comes from a page of the server itself: told from its head alone; if a browser may send this head
//! with a same-origin request, it does.

use http::{
    HeaderMap, HeaderName, Uri,
    header::{HOST, ORIGIN},
};

use super::headers::Lines;
use crate::origin::default_port;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Returns whether the request can come from a page of the server itself. Ask before answering 403 to what a policy refuses.
///
/// Browsers send `Origin` with same-origin requests too, unless they are `GET` or `HEAD`, and an origin need not
/// allow itself: a server that forbids whatever its policy refuses locks out its own forms.
///
/// - If `Sec-Fetch-Site` is `same-origin` it can; if it is `cross-site` or `same-site` it cannot. Browsers of today
///   send it, to `https` and to this machine, and pages cannot change it.
/// - If it is missing, or neither of these, the host and port in `Origin` are compared with the ones that the request
///   was sent to: the authority of its URI, or its `Host`.
///
/// The comparison has limits. It leaves out schemes: behind a proxy, the scheme that the page used is unknown. So a
/// page at `http://app.example` passes for one at `https://app.example`. A proxy that rewrites `Host` makes
/// same-origin requests look foreign, to browsers that do not send `Sec-Fetch-Site`. And `Origin: null` passes,
/// because browsers send it with same-origin forms under `Referrer-Policy: no-referrer`.
///
/// Without an `Origin` header no policy refuses anything, and nothing is known: false, unless `Sec-Fetch-Site` tells.
///
/// ```
/// use crossorigin::http::{Request, StatusCode};
/// use crossorigin::server::{Policy, may_be_same_origin};
///
/// let policy = Policy::builder().allow_origin("https://app.example").build()?;
/// let is_forbidden = |request: &Request<()>| {
///     let decision = policy.decide(request.method(), request.headers());
///     decision.refusal().is_some() && !may_be_same_origin(request.uri(), request.headers())
/// };
///
/// let post = |origin| Request::post("/").header("host", "api.example").header("origin", origin).body(()).unwrap();
/// assert!(!is_forbidden(&post("https://app.example")));
/// assert!(is_forbidden(&post("https://other.example")));
/// assert!(!is_forbidden(&post("https://api.example"))); // same-origin, though not listed
/// # Ok::<(), crossorigin::server::PolicyErrors>(())
/// ```
#[must_use]
pub fn may_be_same_origin(uri: &Uri, headers: &HeaderMap) -> bool {
    match only(headers, SEC_FETCH_SITE) {
        Some(b"same-origin") => return true,
        Some(b"same-site" | b"cross-site") => return false,
        _ => {}
    }
    match only(headers, ORIGIN) {
        Some(b"null") => true,
        Some(origin) => own_authority(uri, headers).is_some_and(|own| has_authority(origin, own)),
        None => false,
    }
}

/// The value of a header, if there is exactly one.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&[u8]> {
    match Lines::of(headers, name) {
        Lines::One(value) => Some(value.as_bytes()),
        Lines::Absent | Lines::Several => None,
    }
}

/// Host and port that the request was sent to. The authority of the target stands above `Host`, as HTTP has it.
fn own_authority<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Option<&'a [u8]> {
    uri.authority().map(|authority| authority.as_str().as_bytes()).or_else(|| only(headers, HOST))
}

/// Returns whether these are the host and port of the origin. `own` is taken to be of its scheme, and may name the default port.
///
/// The origin is not parsed: a browser sends hosts here which no policy accepts, such as `a_b` or `a.test.`, and
/// its own origin is what it is.
fn has_authority(origin: &[u8], own: &[u8]) -> bool {
    let (Ok(origin), Ok(own)) = (str::from_utf8(origin), str::from_utf8(own)) else { return false };
    let Some((scheme, authority)) = origin.split_once("://").filter(|parts| !parts.1.is_empty()) else {
        return false;
    };
    let is_number = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let is_default = |port: &str| {
        is_number(port) && default_port(scheme).is_some_and(|default| port.parse() == Ok(default))
    };
    let own = match own.rsplit_once(':') {
        Some((host, port)) if is_default(port) => host,
        _ => own,
    };
    authority.eq_ignore_ascii_case(own)
}
