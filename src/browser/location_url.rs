//! [Location URL](https://fetch.spec.whatwg.org/#concept-response-location-url) of a redirect.

use crate::header_list::HeaderList;
use http::header::LOCATION;
use url::Url;

/// What a redirect's `Location` comes to.
pub(crate) enum LocationUrl {
    /// Absent.
    Null,
    /// More than one header, where the grammar allows one.
    Several,
    /// Not a URL.
    Invalid(Vec<u8>),
    Url(Url),
}

/// The algorithm for a response whose status is a redirect status, from a request whose current URL, which is also the
/// response's, is `base`.
pub(crate) fn location_url(headers: &HeaderList, base: &Url) -> LocationUrl {
    // Step 1: the caller looked at the status. Step 2: extract header list values given `Location`.
    let mut lines = headers.lines(&LOCATION);
    let Some(location) = lines.next() else { return LocationUrl::Null };
    if lines.next().is_some() {
        return LocationUrl::Several;
    }
    // Step 3: parse it with the response's URL. The bytes are UTF-8 in every browser, as far as they can be.
    let Ok(mut url) = base.join(&String::from_utf8_lossy(location)) else {
        return LocationUrl::Invalid(location.to_owned());
    };
    // Step 4: a null fragment becomes the request's.
    if url.fragment().is_none() {
        url.set_fragment(base.fragment());
    }
    // Step 5: return it.
    LocationUrl::Url(url)
}
