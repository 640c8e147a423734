//! Origins, sites, and redirect-taint.

use url::Url;

use super::{Bytes, Origin, Request};

/// A URL's origin (URL Standard).
pub(crate) fn origin_of(url: &Url) -> Origin {
    match url.scheme() {
        // "blob": without an entry, the origin of the URL that its path spells, if that is an HTTP(S) one.
        "blob" => match Url::parse(url.path()) {
            Ok(path_url) if path_url.scheme() == "http" || path_url.scheme() == "https" => {
                origin_of(&path_url)
            }
            _ => Origin::NewOpaque,
        },
        // Return the tuple origin (url's scheme, url's host, url's port, null).
        "ftp" | "http" | "https" | "ws" | "wss" => {
            Origin::Tuple(url.scheme().to_owned(), url.host_str().unwrap().to_owned(), url.port())
        }
        // "file": unfortunate as it is, this is left as an exercise. When in doubt, return a new opaque
        // origin. Otherwise: return a new opaque origin.
        _ => Origin::NewOpaque,
    }
}

/// Same origin (HTML).
pub(crate) fn is_same_origin(left: &Origin, right: &Origin) -> bool {
    match (left, right) {
        // 1. If A and B are the same opaque origin, then return true.
        (Origin::Opaque(left), Origin::Opaque(right)) => left == right,
        // 2. If A and B are both tuple origins and their schemes, hosts, and ports are identical, then return
        // true.
        (Origin::Tuple(..), Origin::Tuple(..)) => left == right,
        // 3. Return false.
        _ => false,
    }
}

/// Schemelessly same site (HTML).
pub(crate) fn is_schemelessly_same_site(left: &Origin, right: &Origin) -> bool {
    match (left, right) {
        // A and B are the same opaque origin.
        (Origin::Opaque(left), Origin::Opaque(right)) => left == right,
        // A and B are both tuple origins and either:
        (Origin::Tuple(_, left, _), Origin::Tuple(_, right, _)) => {
            match (registrable_domain(left), registrable_domain(right)) {
                // their hosts are equal, and have no registrable domain
                (None, None) => left == right,
                // or their registrable domains are equal.
                (Some(left), Some(right)) => left == right,
                _ => false,
            }
        }
        _ => false,
    }
}

/// Same site (HTML).
pub(crate) fn is_same_site(left: &Origin, right: &Origin) -> bool {
    match (left, right) {
        // A and B are both tuple origins: their schemes are equal, too.
        (Origin::Tuple(left_scheme, ..), Origin::Tuple(right_scheme, ..)) => {
            left_scheme == right_scheme && is_schemelessly_same_site(left, right)
        }
        _ => is_schemelessly_same_site(left, right),
    }
}

/// A host's registrable domain if every last label is a public suffix. Addresses have none.
fn registrable_domain(host: &str) -> Option<Vec<String>> {
    let labels: Vec<_> = host.split('.').map(str::to_owned).collect();
    let last = labels.last().unwrap();
    let is_address =
        host.starts_with('[') || (!last.is_empty() && last.chars().all(|it| it.is_ascii_digit()));
    if is_address || labels.len() < 2 { None } else { Some(labels[labels.len() - 2..].to_vec()) }
}

/// Compute the redirect-taint of a request.
pub(crate) fn redirect_taint(request: &Request) -> &'static str {
    // 2. Let lastURL be null. 3. Let taint be "same-origin".
    let mut last_url: Option<&Url> = None;
    let mut taint = "same-origin";
    // 4. For each url of request's URL list:
    for url in &request.url_list {
        // 4.1. If lastURL is null, then set lastURL to url and continue.
        let Some(last) = last_url else {
            last_url = Some(url);
            continue;
        };
        let (url_origin, last_origin) = (origin_of(url), origin_of(last));
        // 4.2. If url's origin is not same site with lastURL's origin and request's origin is not same site
        // with lastURL's origin, then return "cross-site".
        if !is_same_site(&url_origin, &last_origin) && !is_same_site(&request.origin, &last_origin) {
            return "cross-site";
        }
        // 4.3. If url's origin is not same origin with lastURL's origin and request's origin is not same
        // origin with lastURL's origin, then set taint to "same-site".
        if !is_same_origin(&url_origin, &last_origin) && !is_same_origin(&request.origin, &last_origin) {
            taint = "same-site";
        }
        // 4.4. Set lastURL to url.
        last_url = Some(url);
    }
    // 5. Return taint.
    taint
}

/// The serialization of an origin (HTML).
pub(crate) fn serialize(origin: &Origin) -> String {
    match origin {
        Origin::Tuple(scheme, host, None) => format!("{scheme}://{host}"),
        Origin::Tuple(scheme, host, Some(port)) => format!("{scheme}://{host}:{port}"),
        Origin::Opaque(_) | Origin::NewOpaque => "null".to_owned(),
    }
}

/// Serializing a request origin.
pub(crate) fn serialize_a_request_origin(request: &Request) -> String {
    // 2. If request's redirect-taint is not "same-origin", then return "null".
    if redirect_taint(request) != "same-origin" {
        return "null".to_owned();
    }
    // 3. Return request's origin, serialized.
    serialize(&request.origin)
}

/// Byte-serializing a request origin.
pub(crate) fn byte_serialize_a_request_origin(request: &Request) -> Bytes {
    serialize_a_request_origin(request).into_bytes()
}
