//! Referrer Policy: determine a request's referrer.

use url::Url;

use super::{
    Origin, Request,
    fetch_metadata::is_url_potentially_trustworthy,
    origin::{is_same_origin, origin_of},
};

/// A request's referrer.
#[allow(clippy::enum_variant_names, reason = "the names of the standard")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Referrer {
    NoReferrer,
    Client,
    Url(Url),
}

/// Determine request's referrer. `None` is "no referrer".
pub(crate) fn determine_request_s_referrer(request: &Request) -> Option<Url> {
    // 1. Let policy be request's referrer policy. 2. Let environment be request's client.
    let policy = request.referrer_policy;
    // 3. Switch on request's referrer:
    let referrer_source = match &request.referrer {
        // "client": if environment's global object is a Window object, then: if document's origin is an opaque origin,
        // return no referrer. (Here every client is a document.) Let referrerSource be document's URL.
        Referrer::Client => {
            if let Origin::Opaque(_) | Origin::NewOpaque = request.origin {
                return None;
            }
            request.client.as_ref()?.url.clone()
        }
        // a URL: let referrerSource be request's referrer.
        Referrer::Url(url) => url.clone(),
        Referrer::NoReferrer => panic!("Fetch does not call into this algorithm"),
    };
    // 4. Let request's referrerURL be the result of stripping referrerSource for use as a referrer.
    let mut referrer_url = strip_url(referrer_source.clone(), false);
    // 5. Let referrerOrigin be the result of stripping it with the origin-only flag set.
    let referrer_origin = strip_url(referrer_source, true);
    // 6. If the result of serializing referrerURL is a string whose length is greater than 4096, set referrerURL to
    // referrerOrigin.
    if referrer_url.as_ref().is_some_and(|url| url.as_str().len() > 4096) {
        referrer_url.clone_from(&referrer_origin);
    }
    let (referrer_url, referrer_origin) = (referrer_url?, referrer_origin?);
    let same_origin = is_same_origin(&origin_of(&referrer_url), &origin_of(request.current_url()));
    let downgrade = is_url_potentially_trustworthy(&referrer_url)
        && !is_url_potentially_trustworthy(request.current_url());
    // 8. Execute the statements corresponding to the value of policy:
    match policy {
        "no-referrer" => None,
        "origin" => Some(referrer_origin),
        "unsafe-url" => Some(referrer_url),
        "strict-origin" => {
            // 1. A downgrade: return no referrer. 2. Return referrerOrigin.
            if downgrade { None } else { Some(referrer_origin) }
        }
        "strict-origin-when-cross-origin" => {
            // 1. If the origins are the same, then return referrerURL.
            if same_origin {
                return Some(referrer_url);
            }
            // 2. A downgrade: return no referrer. 3. Return referrerOrigin.
            if downgrade { None } else { Some(referrer_origin) }
        }
        "same-origin" => {
            // 1. If the origins are the same, then return referrerURL. 2. Return no referrer.
            if same_origin { Some(referrer_url) } else { None }
        }
        "origin-when-cross-origin" => {
            // 1. If the origins are the same, then return referrerURL. 2. Return referrerOrigin.
            if same_origin { Some(referrer_url) } else { Some(referrer_origin) }
        }
        "no-referrer-when-downgrade" => {
            // 1. A downgrade: return no referrer. 2. Return referrerURL.
            if downgrade { None } else { Some(referrer_url) }
        }
        other => panic!("no referrer policy: {other}"),
    }
}

/// Strip url for use as a referrer. `None` is "no referrer".
fn strip_url(mut url: Url, origin_only: bool) -> Option<Url> {
    // 2. If url's scheme is a local scheme, then return no referrer.
    if ["about", "blob", "data"].contains(&url.scheme()) {
        return None;
    }
    // 3. Set url's username to the empty string. 4. Set url's password to the empty string.
    url.set_username("").unwrap();
    url.set_password(None).unwrap();
    // 5. Set url's fragment to null.
    url.set_fragment(None);
    // 6. If the origin-only flag is true, then:
    if origin_only {
        // 6.1. Set url's path to « the empty string ». 6.2. Set url's query to null.
        url.set_path("");
        url.set_query(None);
    }
    // 7. Return url.
    Some(url)
}
