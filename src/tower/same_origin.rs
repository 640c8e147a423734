//! Does a request come from a page of the server itself? Told from its head alone; if a browser may send this head
//! with a same-origin request, it does.

use http::{
    HeaderMap, HeaderName,
    header::{HOST, ORIGIN},
    request::Parts,
};

use crate::origin::default_port;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// See [`CorsLayer::forbid_refused`](super::CorsLayer::forbid_refused).
pub(super) fn may_be_same_origin(head: &Parts) -> bool {
    match only(&head.headers, &SEC_FETCH_SITE) {
        Some(b"same-origin") => return true,
        Some(b"same-site" | b"cross-site") => return false,
        _ => {}
    }
    match only(&head.headers, &ORIGIN) {
        Some(b"null") => true,
        Some(origin) => own_authority(head).is_some_and(|own| has_authority(origin, own)),
        None => false,
    }
}

/// The value of a header, if there is exactly one.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a [u8]> {
    let mut values = headers.get_all(name).into_iter();
    match (values.next(), values.next()) {
        (Some(value), None) => Some(value.as_bytes()),
        _ => None,
    }
}

/// Host and port that the request was sent to. The authority of the target stands above `Host`, as HTTP has it.
fn own_authority(head: &Parts) -> Option<&[u8]> {
    head.uri.authority().map(|authority| authority.as_str().as_bytes()).or_else(|| only(&head.headers, &HOST))
}

/// Are these the host and port of the origin? `own` is taken to be of its scheme, and may name the default port.
///
/// The origin is not parsed: a browser sends hosts here which no policy accepts, such as `a_b` or `a.test.`, and
/// its own origin is what it is.
fn has_authority(origin: &[u8], own: &[u8]) -> bool {
    let Some((scheme, authority)) = str::from_utf8(origin).ok().and_then(|origin| origin.split_once("://"))
    else {
        return false;
    };
    let own = str::from_utf8(own).unwrap_or_default();
    let is_default = |port: &str| default_port(scheme).is_some_and(|default| port.parse() == Ok(default));
    let own = match own.rsplit_once(':') {
        Some((host, port)) if is_default(port) => host,
        _ => own,
    };
    authority.eq_ignore_ascii_case(own)
}
