//! The origin of a URL, compared without building it.
//!
//! Main fetch asks for origins of URLs at every hop; only two questions are ever asked, and neither needs a string.

use url::Url;

use crate::origin::{Origin, TupleOrigin, default_port};

/// The [origin](https://url.spec.whatwg.org/#concept-url-origin) of a URL where it is a tuple; `None` where it is
/// opaque, which includes `file:` URLs (the standard leaves those to the user agent, and no browser gives them a tuple).
pub(crate) fn tuple_origin_of(url: &Url) -> Option<TupleOrigin> {
    with_tuple(url, |tuple| tuple.map(|tuple| TupleOrigin::from_parts(tuple.scheme, tuple.host, tuple.port)))
}

/// Whether two URLs have the same origin. An opaque origin is the same as none.
pub(crate) fn urls_are_same_origin(left: &Url, right: &Url) -> bool {
    with_tuple(left, |left| with_tuple(right, |right| left.is_some() && left == right))
}

/// Whether an origin is the same as a URL's origin.
pub(crate) fn origin_is_same_as_url(origin: &Origin, url: &Url) -> bool {
    let Some(origin) = origin.as_tuple() else { return false };
    with_tuple(url, |tuple| {
        tuple.is_some_and(|tuple| {
            tuple.scheme == origin.scheme() && tuple.host == origin.host() && tuple.port == origin.port()
        })
    })
}

/// Whether a URL's scheme is an [HTTP(S) scheme](https://fetch.spec.whatwg.org/#http-scheme).
pub(crate) fn has_http_scheme(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// A URL as it goes over the wire, and as scripts see that of a response.
pub(crate) fn without_fragment(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}

#[derive(PartialEq)]
struct Tuple<'a> {
    scheme: &'a str,
    host: &'a str,
    /// `None` for the scheme's default port.
    port: Option<u16>,
}

fn with_tuple<Answer>(url: &Url, ask: impl FnOnce(Option<Tuple<'_>>) -> Answer) -> Answer {
    match url.scheme() {
        // A blob: URL has the origin of the URL that its path spells, if that is an HTTP(S) one.
        "blob" => match Url::parse(url.path()) {
            Ok(inner) if has_http_scheme(&inner) => ask(special_tuple(&inner)),
            _ => ask(None),
        },
        scheme if default_port(scheme).is_some() => ask(special_tuple(url)),
        _ => ask(None),
    }
}

fn special_tuple(url: &Url) -> Option<Tuple<'_>> {
    Some(Tuple { scheme: url.scheme(), host: url.host_str()?, port: url.port() })
}
