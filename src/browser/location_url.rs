//! [Location URL](https://fetch.spec.whatwg.org/#concept-response-location-url) of a redirect.

use crate::browser::{EmptyLocation, RedirectRules, RepeatedLocation};
use crate::header_list::HeaderList;
use http::header::LOCATION;
use std::borrow::Cow;
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

/// The algorithm for a response whose status is a redirect status. `url` is the response's URL, which a response that a
/// script made does not have.
pub(crate) fn location_url(
    headers: &HeaderList,
    url: Option<&Url>,
    request_fragment: Option<&str>,
    rules: &RedirectRules,
) -> LocationUrl {
    // Step 1: the caller looked at the status. Step 2: extract header list values given `Location`. Of its grammar, a URI
    // reference, only that there is one counts: what is a URL is left to the URL parser, which takes more.
    let mut lines = headers.lines(&LOCATION);
    let Some(first) = lines.next() else { return LocationUrl::Null };
    let mut location = Cow::Borrowed(first);
    match rules.repeated_location {
        RepeatedLocation::FollowedIfEqual if lines.all(|line| line == first) => {}
        RepeatedLocation::Combined => location = headers.get(&LOCATION).unwrap_or(location),
        RepeatedLocation::Refused if lines.next().is_none() => {}
        RepeatedLocation::FollowedIfEqual | RepeatedLocation::Refused => return LocationUrl::Several,
    }
    match rules.empty_location {
        EmptyLocation::Ignored if location.is_empty() => return LocationUrl::Null,
        EmptyLocation::Refused if location.is_empty() => return LocationUrl::Invalid(Vec::new()),
        _ => {}
    }
    // Step 3: parse it with the response's URL.
    let Ok(mut location_url) = Url::options().base_url(url).parse(&ascii(&location)) else {
        return LocationUrl::Invalid(location.into_owned());
    };
    // Step 4: a null fragment becomes the request's.
    if location_url.fragment().is_none() {
        location_url.set_fragment(request_fragment);
    }
    // Step 5: return it.
    LocationUrl::Url(location_url)
}

/// Bytes beyond ASCII, of which the text says nothing, are percent-encoded as they are: UTF-8 comes to what the URL parser
/// makes of it, and other bytes are not lost ([whatwg/fetch#883](https://github.com/whatwg/fetch/issues/883);
/// WPT `fetch/api/redirect/redirect-location-escape.tentative.any.js`).
fn ascii(location: &[u8]) -> String {
    let mut ascii = String::with_capacity(location.len());
    for &byte in location {
        match byte.is_ascii() {
            true => ascii.push(char::from(byte)),
            false => ascii.push_str(&format!("%{byte:02X}")),
        }
    }
    ascii
}
