//! [HTTP-network-or-cache fetch](https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch), as
//! engines run it.

use std::collections::HashSet;

use http::{
    HeaderName,
    header::{ACCESS_CONTROL_ALLOW_ORIGIN, LOCATION},
};

use super::{
    Engine,
    origin_header::crossed_origins,
    rules::{EmptyLines, RepeatedLocation},
};
#[cfg(all(feature = "oracle", feature = "serde"))]
use crate::browser::outgoing_request::OutgoingRequest;
use crate::{
    browser::{
        diagnosis::Reason,
        initiators::Initiator,
        modes::{CredentialsMode, Mode},
        response_head::ResponseHead,
        state::{CurrentRequest, ResponseTainting},
        url_origin::origin_is_same_as_url,
    },
    header_list::HeaderList,
};

impl Engine {
    /// Step 8.3: returns whether credentials mode "same-origin" includes credentials although response
    /// tainting is not "basic".
    pub(crate) fn includes_same_origin_credentials(&self, request: &CurrentRequest) -> bool {
        self.rules.redirect.same_origin_follows_no_cors
            && request.mode == Mode::NoCors
            && is_same_origin_from_own_origin(request)
    }

    /// Step 8.3: returns whether credentials mode "include" includes no credentials.
    pub(crate) fn withholds_credentials(&self, request: &CurrentRequest) -> bool {
        !self.rules.redirect.cors_beacons_keep_credentials
            && self.memory.initiator == Some(Initiator::Beacon)
            && request.mode == Mode::Cors
            && crossed_origins(request)
    }

    /// Step 8.26.1: returns whether both requests may get the same stored response, as far as credentials matter.
    #[cfg(all(feature = "oracle", feature = "serde"))]
    pub(crate) fn shares_http_cache(&self, one: &OutgoingRequest, other: &OutgoingRequest) -> bool {
        !self.rules.response.stored_apart_by_credentials || one.credentials == other.credentials
    }

    /// Step 10.5.2: returns whether a response that the CORS check refuses is stored.
    #[cfg(all(feature = "oracle", feature = "serde"))]
    pub(crate) fn stores_refused_responses(&self) -> bool {
        self.rules.response.stores_refused_responses
    }

    /// Step 11: the response that the network returned, as the engine reads it.
    ///
    /// # Errors
    /// If the engine treats it as a network error.
    pub(crate) fn read_response(
        &self,
        mut response: ResponseHead,
        request: &CurrentRequest,
    ) -> Result<ResponseHead, Reason> {
        let counting: &[HeaderName] = match self.rules.response.empty_lines {
            EmptyLines::Count => return self.read_locations(response),
            EmptyLines::SkippedExceptAllowOrigin if request.tainting == ResponseTainting::Cors => {
                &[LOCATION, ACCESS_CONTROL_ALLOW_ORIGIN]
            }
            EmptyLines::Skipped | EmptyLines::SkippedExceptAllowOrigin => &[LOCATION],
        };
        if response.headers.iter().any(|(_, value)| value.is_empty()) {
            response.headers = without_empty_lines(&response.headers, counting);
        }
        self.read_locations(response)
    }

    /// Refuses a response whose `Location` lines differ, if the engine does.
    fn read_locations(&self, response: ResponseHead) -> Result<ResponseHead, Reason> {
        let mut locations = response.headers.lines(&LOCATION);
        let first = locations.next();
        let differ = locations.any(|line| Some(line) != first);
        drop(locations);
        if differ && self.rules.redirect.repeated_location == RepeatedLocation::FollowedIfEqual {
            return Err(Reason::LocationMultiple);
        }
        Ok(response)
    }
}

/// Removes the empty lines of each name that has another line. The names in `counting` keep all lines.
/// `Location` is one of them, because its lines must be equal.
fn without_empty_lines(headers: &HeaderList, counting: &[HeaderName]) -> HeaderList {
    let filled = headers.iter().filter(|(_, value)| !value.is_empty());
    let mut names: HashSet<&HeaderName> = filled.map(|(name, _)| name).collect();
    let mut kept = HeaderList::new();
    for (name, value) in headers {
        if !value.is_empty() || counting.contains(name) || names.insert(name) {
            kept.push_valid(name.clone(), value);
        }
    }
    kept
}

/// Returns whether the credentials mode is "same-origin", and the first URL is of the page's own origin.
pub(super) fn is_same_origin_from_own_origin(request: &CurrentRequest) -> bool {
    request.credentials == CredentialsMode::SameOrigin
        && origin_is_same_as_url(&request.origin, request.url_list.first())
}
