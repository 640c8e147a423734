//! [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check) and
//! [TAO check](https://fetch.spec.whatwg.org/#concept-tao-check), as engines run them.

use http::header::LOCATION;

use super::{Engine, network_or_cache::is_same_origin_from_own_origin};
use crate::{
    browser::{
        modes::{CredentialsMode, Mode},
        response_head::ResponseHead,
        state::CurrentRequest,
    },
    status::is_redirect_status,
};

impl Engine {
    /// CORS check, steps 3 and 5: returns whether the response to the actual request is checked a second
    /// time, as if the credentials mode were "include".
    pub(crate) fn checks_again_as_include(&self, request: &CurrentRequest, response: &ResponseHead) -> bool {
        let rules = &self.rules.redirect;
        let is_of_initiator =
            self.memory.initiator.is_some_and(|initiator| rules.checked_as_include_for.contains(&initiator));
        is_redirect_status(response.status)
            && response.headers.contains(&LOCATION)
            && (rules.same_origin_checked_as_include && is_same_origin_from_own_origin(request)
                || is_of_initiator && request.credentials == CredentialsMode::SameOrigin)
    }

    /// TAO check, step 5: the origin that `Timing-Allow-Origin` must name.
    pub(crate) fn timing_origin<'a>(&self, request: &'a CurrentRequest) -> &'a str {
        match request.mode {
            Mode::NoCors if !self.rules.response.timing_is_tainted_in_no_cors => request.origin.serialize(),
            _ => request.serialized_origin(),
        }
    }
}
