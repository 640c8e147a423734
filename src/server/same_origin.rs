//! Whether a request can come from a page of the server itself. The request's head alone decides: if a
//! browser may send this head with a same-origin request, the result is true.

use http::{
    HeaderMap, HeaderName, Uri,
    header::{HOST, ORIGIN},
};

use super::headers::Lines;
use crate::origin::default_port;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Returns whether a request can come from a page of the server itself.
///
/// Call it before you respond with 403 to a request that a policy refuses. Browsers send `Origin` with
/// same-origin requests too, except with `GET` and `HEAD`, and a policy need not list the server's own
/// origin. A server that rejects everything its policy refuses therefore rejects its own forms.
///
/// `uri` is the request's target as the server received it, and `headers` are the request's headers.
///
/// - If `Sec-Fetch-Site` is `same-origin`, the result is true. If it is `same-site` or `cross-site`, the
///   result is false. Current browsers send this header to `https` origins and to the local machine, and
///   pages cannot change it.
/// - Otherwise the host and port in `Origin` are compared with those that the request was sent to: the
///   authority of `uri`, or `Host` if `uri` has none.
/// - Without an `Origin` header the result is false, unless `Sec-Fetch-Site` is `same-origin`. No policy
///   refuses such a request.
///
/// The comparison has limits:
/// - It ignores schemes, because a server behind a proxy does not know which scheme the page used. A page at
///   `http://app.example` passes as a page of `https://app.example`.
/// - If a proxy rewrites `Host`, same-origin requests of browsers without `Sec-Fetch-Site` look cross-origin.
/// - `Origin: null` passes, because browsers send it with same-origin forms under
///   `Referrer-Policy: no-referrer`. Any site can send `Origin: null` too.
/// - It does not stop DNS rebinding: the attacker's page really is same-origin with the name by which it
///   reaches the server. A server on the local machine or inside of a network needs a
///   [`HostGuard`](super::HostGuard) before this.
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
#[doc(alias = "sec-fetch-site")]
#[must_use]
pub fn may_be_same_origin(uri: &Uri, headers: &HeaderMap) -> bool {
    match single_value(headers, SEC_FETCH_SITE) {
        Some(b"same-origin") => return true,
        Some(b"same-site" | b"cross-site") => return false,
        _ => {}
    }
    match single_value(headers, ORIGIN) {
        Some(b"null") => true,
        Some(origin) => own_authority(uri, headers).is_some_and(|own| has_authority(origin, own)),
        None => false,
    }
}

/// The value of a header that the request has exactly once.
fn single_value(headers: &HeaderMap, name: HeaderName) -> Option<&[u8]> {
    match Lines::of(headers, name) {
        Lines::One(value) => Some(value.as_bytes()),
        Lines::Absent | Lines::Several => None,
    }
}

/// The host and port that the request was sent to. The target's authority overrides `Host`
/// ([RFC 9112, 3.2.2](https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2)).
fn own_authority<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Option<&'a [u8]> {
    uri.authority().map(|authority| authority.as_str().as_bytes()).or_else(|| single_value(headers, HOST))
}

/// Returns whether `own` is the host and port of the origin. `own` is taken to be of the origin's scheme, and
/// may have the default port.
///
/// The origin is not parsed, because browsers send hosts that no policy accepts, such as `a_b` or `a.test.`,
/// and a server can have such a host itself.
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
