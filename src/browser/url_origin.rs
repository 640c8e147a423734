//! Origins of URLs, which are compared without allocating: main fetch compares them at every hop.

use url::Url;

use crate::{
    origin::{HostKind, Origin, TupleOrigin, default_port},
    site::Sites,
};

/// The [origin](https://url.spec.whatwg.org/#concept-url-origin) of a URL if it is a tuple origin, or `None`
/// if it is opaque.
///
/// The origin of a `file:` URL is opaque. The standard leaves it to the user agent, and all browsers use an
/// opaque one.
pub(crate) fn tuple_origin_of(url: &Url) -> Option<TupleOrigin> {
    with_tuple(url, |tuple| tuple.map(|tuple| TupleOrigin::from_parts(tuple.scheme, tuple.host, tuple.port)))
}

/// Returns whether two URLs have the same origin. The opaque origin of a URL is different from every other
/// origin.
pub(crate) fn urls_are_same_origin(left: &Url, right: &Url) -> bool {
    with_tuple(left, |left| {
        with_tuple(right, |right| left.zip(right).is_some_and(|(left, right)| left == right))
    })
}

/// Returns whether an origin is the same as a URL's origin.
///
/// An embedder may give a page a tuple origin with any scheme. URLs with that scheme then have tuple origins,
/// too, as far as they are compared with that page.
pub(crate) fn origin_is_same_as_url(origin: &Origin, url: &Url) -> bool {
    let Some(origin) = origin.as_tuple() else { return false };
    let is_same = |tuple: Tuple<'_>| {
        tuple.scheme == origin.scheme() && tuple.host == origin.host() && tuple.port == origin.port()
    };
    match url.scheme() == origin.scheme() {
        true => tuple_of_parts(url).is_some_and(is_same),
        false => with_tuple(url, |tuple| tuple.is_some_and(is_same)),
    }
}

/// Returns whether the embedder serves the URLs of this scheme: it is the scheme of an app, or the scheme of
/// the page's own origin.
pub(crate) fn is_served_by_embedder(url: &Url, origin: &Origin) -> bool {
    let is_own = origin.as_tuple().is_some_and(|origin| origin.scheme() == url.scheme());
    is_app_scheme(url.scheme()) || is_own && default_port(url.scheme()).is_none()
}

/// Returns whether URLs with this scheme have tuple origins although the URL Standard gives them opaque ones:
/// the schemes of apps in web views, and of browsers' extensions.
pub(crate) fn is_app_scheme(scheme: &str) -> bool {
    matches!(
        scheme,
        "capacitor" | "chrome-extension" | "ionic" | "moz-extension" | "safari-web-extension" | "tauri"
    )
}

/// Calls `use_parts` with the scheme and the host of a URL's origin, `None` if it is opaque.
pub(crate) fn with_scheme_and_host<T>(url: &Url, use_parts: impl FnOnce(Option<(&str, &str)>) -> T) -> T {
    with_tuple(url, |tuple| use_parts(tuple.map(|tuple| (tuple.scheme, tuple.host))))
}

/// Returns whether the origins of two URLs are
/// [same site](https://html.spec.whatwg.org/multipage/browsers.html#same-site). The opaque origin of a URL is
/// a site of its own.
pub(crate) fn urls_are_same_site(left: &Url, right: &Url, sites: Sites) -> bool {
    with_tuple(left, |left| {
        with_tuple(right, |right| {
            left.zip(right).is_some_and(|(left, right)| left.is_same_site(&right, sites))
        })
    })
}

/// Returns whether an origin and a URL's origin are
/// [same site](https://html.spec.whatwg.org/multipage/browsers.html#same-site).
pub(crate) fn origin_is_same_site_as_url(origin: &Origin, url: &Url, sites: Sites) -> bool {
    let Some(origin) = origin.as_tuple() else { return false };
    let origin = Tuple { scheme: origin.scheme(), host: origin.host(), port: origin.port() };
    with_tuple(url, |tuple| tuple.is_some_and(|tuple| tuple.is_same_site(&origin, sites)))
}

/// Returns whether the host of a URL's origin is an IP address.
pub(crate) fn has_address(url: &Url) -> bool {
    with_tuple(url, |tuple| tuple.is_some_and(|tuple| HostKind::of(tuple.host) != HostKind::Domain))
}

/// Returns whether a URL's scheme is an [HTTP(S) scheme](https://fetch.spec.whatwg.org/#http-scheme).
pub(crate) fn has_http_scheme(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// The URL without its fragment, as it is sent, and as scripts see the URL of a response.
pub(crate) fn without_fragment(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}

/// The origin of a URL, borrowed from it.
#[derive(PartialEq)]
struct Tuple<'a> {
    scheme: &'a str,
    host: &'a str,
    /// `None` for the scheme's default port.
    port: Option<u16>,
}

impl Tuple<'_> {
    /// Same site: the schemes are equal, and so are the registrable domains, or the hosts if they have none.
    fn is_same_site(&self, other: &Self, sites: Sites) -> bool {
        self.scheme == other.scheme && sites.hosts_are_schemelessly_same_site(self.host, other.host)
    }
}

/// Calls `use_tuple` with the tuple origin of a URL, `None` if it is opaque. The tuple cannot be returned,
/// because that of a `blob:` URL borrows from the URL in its path.
fn with_tuple<T>(url: &Url, use_tuple: impl FnOnce(Option<Tuple<'_>>) -> T) -> T {
    match url.scheme() {
        // Origin of a URL, "blob": the origin of the URL in its path, if that has an HTTP(S) scheme.
        "blob" => match Url::parse(url.path()) {
            Ok(inner) if has_http_scheme(&inner) => use_tuple(tuple_of_parts(&inner)),
            _ => use_tuple(None),
        },
        scheme if default_port(scheme).is_some() || is_app_scheme(scheme) => use_tuple(tuple_of_parts(url)),
        _ => use_tuple(None),
    }
}

fn tuple_of_parts(url: &Url) -> Option<Tuple<'_>> {
    Some(Tuple { scheme: url.scheme(), host: url.host_str()?, port: url.port() })
}
