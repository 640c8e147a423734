//! [HTTP-network-or-cache fetch](https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch), as engines run it.

use http::header::LOCATION;

use super::{Engine, rules::RepeatedLocation};
use crate::browser::{
    diagnosis::Reason,
    modes::{CredentialsMode, Mode},
    response_head::ResponseHead,
    state::CurrentRequest,
    url_origin::origin_is_same_as_url,
};

impl Engine {
    /// Step 8.3: returns whether credentials mode "same-origin" includes credentials although response tainting is not "basic".
    pub(crate) fn includes_same_origin_credentials(&self, request: &CurrentRequest) -> bool {
        self.rules.redirect.same_origin_follows_no_cors
            && request.mode == Mode::NoCors
            && is_same_origin_from_own_origin(request)
    }

    /// Step 11: the response that the network returned, as the engine reads it.
    ///
    /// # Errors
    /// If the engine takes it for a network error.
    pub(crate) fn read_response(&self, mut response: ResponseHead) -> Result<ResponseHead, Reason> {
        if !self.rules.response.empty_lines_count {
            // `Location` is the one header whose lines must be equal.
            response.headers.drop_empty_lines_except(&LOCATION);
        }
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

/// Returns whether the credentials mode is "same-origin", and the first URL was of the page's own origin.
pub(super) fn is_same_origin_from_own_origin(request: &CurrentRequest) -> bool {
    request.credentials == CredentialsMode::SameOrigin
        && origin_is_same_as_url(&request.origin, request.url_list.first())
}
