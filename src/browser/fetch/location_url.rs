//! [Location URL](https://fetch.spec.whatwg.org/#concept-response-location-url) of a response.

use url::Url;

use super::Fetch;
use crate::browser::{engines::LocationLines, response_head::Received};

/// The location URL of a response: null, failure or a URL.
pub(super) enum LocationUrl {
    /// Null: there is no `Location`.
    Null,
    /// Failure: there are several `Location` lines, and the grammar allows one.
    Several,
    /// Failure: this value is not a URL.
    Invalid(Vec<u8>),
    Url(Url),
}

impl Fetch {
    /// The location URL of a response whose status is a redirect status, given the fragment of the request's
    /// current URL.
    pub(super) fn location_url(&self, response: &Received) -> LocationUrl {
        let current_url = self.request.current_url();
        // Step 1: the caller checked the status. Step 2: extract header list values given `Location`.
        let location = match self.engine.location_lines(&response.head.headers) {
            LocationLines::Absent => return LocationUrl::Null,
            LocationLines::Several => return LocationUrl::Several,
            LocationLines::Invalid => return LocationUrl::Invalid(Vec::new()),
            LocationLines::One(location) => location,
        };
        // Step 3: parse it with the response's URL. A response that a script made has no URL.
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

/// Percent-encodes the bytes beyond ASCII, for which the standard has no rule. UTF-8 becomes what the URL
/// parser makes of it, and other bytes are not lost
/// ([whatwg/fetch#883](https://github.com/whatwg/fetch/issues/883); WPT
/// `fetch/api/redirect/redirect-location-escape.tentative.any.js`).
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
