//! [Location URL](https://fetch.spec.whatwg.org/#concept-response-location-url), as engines read it.

use std::borrow::Cow;

use http::header::LOCATION;

use super::{
    Engine,
    rules::{EmptyLocation, RepeatedLocation},
};
use crate::header_list::HeaderList;

/// The value that an engine extracts from the `Location` lines of a response.
pub(crate) enum LocationLines<'a> {
    /// There is no location.
    Absent,
    /// There are several locations, and the grammar allows one.
    Several,
    /// There is a location, which the engine treats as an invalid URL.
    Invalid,
    /// There is a location, which is not parsed yet.
    One(Cow<'a, [u8]>),
}

impl Engine {
    /// Step 2: extracts header list values given `Location`. The grammar allows one URI reference. Only the
    /// number of values is checked, because the URL parser accepts more than the grammar.
    pub(crate) fn location_lines<'a>(&self, headers: &'a HeaderList) -> LocationLines<'a> {
        let mut lines = headers.lines(&LOCATION);
        let Some(first) = lines.next() else { return LocationLines::Absent };
        let mut location = Cow::Borrowed(first);
        match self.rules.redirect.repeated_location {
            RepeatedLocation::FollowedIfEqual if lines.all(|line| line == first) => {}
            RepeatedLocation::Combined => location = headers.get(&LOCATION).unwrap_or(location),
            RepeatedLocation::Refused if lines.next().is_none() => {}
            RepeatedLocation::FollowedIfEqual | RepeatedLocation::Refused => return LocationLines::Several,
        }
        match self.rules.redirect.empty_location {
            EmptyLocation::Ignored if location.is_empty() => LocationLines::Absent,
            EmptyLocation::Refused if location.is_empty() => LocationLines::Invalid,
            _ => LocationLines::One(location),
        }
    }

    /// [Parse a referrer policy from a `Referrer-Policy` header](https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header):
    /// returns whether an element that is not a token is skipped.
    pub(crate) fn skips_invalid_referrer_policy_tokens(&self) -> bool {
        self.rules.redirect.skip_invalid_referrer_policy_tokens
    }
}
