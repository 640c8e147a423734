//! [HTTP-redirect fetch](https://fetch.spec.whatwg.org/#concept-http-redirect-fetch), as engines run it.

use std::collections::HashSet;

use http::{
    HeaderName, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use url::Url;

use super::{
    Engine, OriginalRequest, RemovedHeaders,
    rules::{LocationCredentials, RedirectHeaders},
};
use crate::{
    browser::{
        initiators::{Initiator, ModeRule},
        modes::{CredentialsMode, Mode},
        state::{CurrentRequest, ResponseTainting},
        url_origin::origin_is_same_as_url,
    },
    header_list::HeaderList,
    status::becomes_get,
};

/// The legacy client hints that the default Permissions Policy allows only for the page's own origin.
const CLIENT_HINTS: [&str; 7] = ["device-memory", "downlink", "dpr", "ect", "rtt", "viewport-width", "width"];

/// The result of HTTP-redirect fetch, step 9, for a location that may include credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CredentialsInLocation {
    /// The step does not refuse the redirect.
    Followed,
    /// The step refuses the redirect.
    Refused,
    /// The step refuses the redirect, but only when the next actual request would go out.
    RefusedLate,
}

impl Engine {
    /// HTTP fetch, step 6.3.1: returns whether redirect mode "error" delivers a redirect without a location.
    pub(crate) fn error_mode_needs_location(&self) -> bool {
        !self.rules.redirect.error_without_location
    }

    /// HTTP fetch, step 6.3.2: returns whether redirect mode "manual" refuses a location that is not a URL.
    pub(crate) fn manual_mode_reads_location(&self) -> bool {
        self.rules.redirect.manual_reads_location
    }

    /// Step 6: returns whether a location may be followed although its scheme is not an HTTP(S) scheme.
    pub(crate) fn follows_scheme(&self, request: &CurrentRequest, location: &Url) -> bool {
        self.rules.redirect.elements_follow_data
            && self.memory.initiator.is_some_and(|initiator| initiator.entry().mode == ModeRule::Attribute)
            && request.mode == Mode::NoCors
            && location.scheme() == "data"
    }

    /// Step 9, for a location that includes credentials. `leaves_origin_in_cors` is the standard's condition:
    /// the mode is "cors", and the location is not of the request's origin.
    pub(crate) fn credentials_in_location(&self, leaves_origin_in_cors: bool) -> CredentialsInLocation {
        match self.rules.redirect.location_credentials {
            LocationCredentials::AllExceptXmlHttpRequest
                if self.memory.initiator != Some(Initiator::XmlHttpRequest) =>
            {
                CredentialsInLocation::Refused
            }
            _ if !leaves_origin_in_cors => CredentialsInLocation::Followed,
            // Step 10 refuses at once if response tainting is "cors".
            LocationCredentials::CrossOriginLate => CredentialsInLocation::RefusedLate,
            _ => CredentialsInLocation::Refused,
        }
    }

    /// Steps 12.2 and 13: the headers after the redirect. `leaves_origin_in_cors` is the condition of step 9.
    pub(crate) fn headers_after_redirect(
        &mut self,
        request: &CurrentRequest,
        status: StatusCode,
        location: &Url,
        leaves_origin_in_cors: bool,
        removed: RemovedHeaders,
    ) -> HeaderList {
        let continues_in_cors = request.tainting == ResponseTainting::Cors || leaves_origin_in_cors;
        let headers = self.remaining_headers(request, status, continues_in_cors, removed);
        let headers = self.without_client_hints(headers, request, location);
        let makes_new_request = self.makes_new_request(request, location);
        if let Some(original) = self.memory.original.as_mut().filter(|_| makes_new_request) {
            original.headers.clone_from(&headers);
        }
        headers
    }

    /// Remembers a redirect for which the request has been rewritten.
    pub(crate) fn remember_redirect(
        &mut self,
        request: &CurrentRequest,
        removed: RemovedHeaders,
        ran_with_preflight: bool,
    ) {
        if removed.of_body {
            self.memory.method_became_get = true;
            self.drop_type_of_body(request, ran_with_preflight);
        }
        self.memory.removed = removed;
        self.memory.sent_origin &= !removed.authorization;
    }

    fn remaining_headers(
        &self,
        request: &CurrentRequest,
        status: StatusCode,
        continues_in_cors: bool,
        mut removed: RemovedHeaders,
    ) -> HeaderList {
        let headers = &request.headers;
        match (self.rules.redirect.headers, self.memory.original.as_deref()) {
            (RedirectHeaders::Remaining, _) | (_, None) => headers.filtered(|name| !removed.includes(name)),
            (RedirectHeaders::AllReturn, Some(original)) => {
                removed.of_body = becomes_get(status, &original.method);
                original.headers.filtered(|name| !removed.includes(name))
            }
            (RedirectHeaders::AllExceptAuthorizationReturn, Some(original)) => {
                all_except_authorization(headers, original, status, continues_in_cors, removed)
            }
        }
    }

    fn without_client_hints(
        &mut self,
        headers: HeaderList,
        request: &CurrentRequest,
        location: &Url,
    ) -> HeaderList {
        if self.rules.redirect.client_hints_stay || origin_is_same_as_url(&request.origin, location) {
            return headers;
        }
        let is_other = |name: &HeaderName| !CLIENT_HINTS.contains(&name.as_str());
        if let Some(original) = &mut self.memory.original {
            original.headers = original.headers.filtered(is_other);
        }
        headers.filtered(is_other)
    }

    /// WebKit: returns whether the redirect makes a new request, because it leaves the page's own origin in
    /// mode "no-cors" and removes the credentials of credentials mode "same-origin". The remaining headers
    /// count as the page's headers then.
    fn makes_new_request(&self, request: &CurrentRequest, location: &Url) -> bool {
        self.rules.redirect.headers == RedirectHeaders::AllExceptAuthorizationReturn
            && request.mode == Mode::NoCors
            && request.credentials == CredentialsMode::SameOrigin
            && request.tainting == ResponseTainting::Basic
            && !origin_is_same_as_url(&request.origin, location)
    }
}

/// WebKit: see [`RedirectHeaders::AllExceptAuthorizationReturn`].
fn all_except_authorization(
    headers: &HeaderList,
    original: &OriginalRequest,
    status: StatusCode,
    continues_in_cors: bool,
    removed: RemovedHeaders,
) -> HeaderList {
    let keeps_method = matches!(status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
    let remaining: HashSet<_> = headers.iter().map(|(name, _)| name).collect();
    original.headers.filtered(|name| {
        let returns = continues_in_cors && name != AUTHORIZATION || keeps_method && name == CONTENT_TYPE;
        (remaining.contains(name) || returns) && !removed.includes(name)
    })
}
