//! [Location URL](https://fetch.spec.whatwg.org/#concept-response-location-url) of a redirect.

use url::Url;

use super::Fetch;
use crate::browser::{engines::LocationLines, response_head::Received};

/// What a redirect's `Location` comes to.
pub(super) enum LocationUrl {
    /// Absent.
    Null,
    /// More than one header, where the grammar allows one.
    Several,
    /// Not a URL.
    Invalid(Vec<u8>),
    Url(Url),
}

impl Fetch {
    /// The location URL of a response whose status is a redirect status, given the fragment of the request's current URL.
    pub(super) fn location_url(&self, response: &Received) -> LocationUrl {
        let current_url = self.request.current_url();
        // Step 1: the caller looked at the status. Step 2: extract header list values given `Location`.
        let location = match self.engine.location_lines(&response.head.headers) {
            LocationLines::Absent => return LocationUrl::Null,
            LocationLines::Several => return LocationUrl::Several,
            LocationLines::Invalid => return LocationUrl::Invalid(Vec::new()),
            LocationLines::One(location) => location,
        };
        // Step 3: parse it with the response's URL, which a response that a script made does not have.
        let base_url = response.url(current_url);
        let Ok(mut location_url) = Url::options().base_url(base_url).parse(&ascii(&location)) else {
            return LocationUrl::Invalid(location.into_owned());
        };
        // Step 4: a null fragment becomes the request's.
        if location_url.fragment().is_none() {
            location_url.set_fragment(current_url.fragment());
        }
        // Step 5: return it.
        LocationUrl::Url(location_url)
    }
}

/// Bytes beyond ASCII, of which the standard says nothing, are percent-encoded as they are: UTF-8 comes to what the URL parser
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
