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
        modes::{CredentialsMode, Initiator, Mode},
        state::{CurrentRequest, ResponseTainting},
        url_origin::origin_is_same_as_url,
    },
    header_list::HeaderList,
    status::becomes_get,
};

/// The client hints from before the prefix `Sec-CH-` that are for the page's own origin unless a policy says otherwise.
const CLIENT_HINTS: [&str; 7] = ["device-memory", "downlink", "dpr", "ect", "rtt", "viewport-width", "width"];

/// What becomes of a location with a user name or password: HTTP-redirect fetch, step 9.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CredentialsInLocation {
    /// It may be followed, as far as this step is concerned.
    Followed,
    /// It is refused.
    Refused,
    /// It is refused when the next actual request would go out.
    RefusedLate,
}

impl Engine {
    /// HTTP fetch, step 6.3.1: returns whether redirect mode "error" delivers a redirect that leads nowhere.
    pub(crate) fn error_mode_needs_location(&self) -> bool {
        !self.rules.redirect.error_without_location
    }

    /// HTTP fetch, step 6.3.2: returns whether redirect mode "manual" refuses a location that is not a URL.
    pub(crate) fn manual_mode_reads_location(&self) -> bool {
        self.rules.redirect.manual_reads_location
    }

    /// Step 6: returns whether a location may be followed although it has no HTTP(S) scheme.
    pub(crate) fn follows_scheme(&self, request: &CurrentRequest, location: &Url) -> bool {
        self.rules.redirect.elements_follow_data
            && self.memory.initiator == Some(Initiator::Element)
            && request.mode == Mode::NoCors
            && location.scheme() == "data"
    }

    /// Step 9, for a location with a user name or password. `leads_elsewhere` is the standard's condition: mode "cors", and
    /// another origin than the request's.
    pub(crate) fn credentials_in_location(
        &self,
        request: &CurrentRequest,
        leads_elsewhere: bool,
    ) -> CredentialsInLocation {
        match self.rules.redirect.location_credentials {
            LocationCredentials::AllExceptXmlHttpRequest
                if self.memory.initiator != Some(Initiator::XmlHttpRequest) =>
            {
                CredentialsInLocation::Refused
            }
            _ if !leads_elsewhere => CredentialsInLocation::Followed,
            LocationCredentials::ElsewhereLate if request.tainting == ResponseTainting::Basic => {
                CredentialsInLocation::RefusedLate
            }
            _ => CredentialsInLocation::Refused,
        }
    }

    /// Steps 12.2 and 13: the headers that are left. `leads_elsewhere` is the condition of step 9.
    pub(crate) fn headers_after_redirect(
        &mut self,
        request: &CurrentRequest,
        status: StatusCode,
        location: &Url,
        leads_elsewhere: bool,
        removed: RemovedHeaders,
    ) -> HeaderList {
        let goes_on_in_cors = request.tainting == ResponseTainting::Cors || leads_elsewhere;
        let headers = self.headers_left(request, status, goes_on_in_cors, removed);
        let headers = self.without_client_hints(headers, request, location);
        let starts_again = self.starts_again(request, location);
        if let Some(original) = self.memory.original.as_mut().filter(|_| starts_again) {
            original.headers.clone_from(&headers);
        }
        headers
    }

    /// Remembers a redirect, after the request was rewritten for it.
    pub(crate) fn remember_redirect(
        &mut self,
        request: &CurrentRequest,
        removed: RemovedHeaders,
        ran_with_preflight: bool,
    ) {
        if removed.of_body {
            self.memory.became_get = true;
            self.lose_type_of_body(request, ran_with_preflight);
        }
        self.memory.removed = removed;
        self.memory.origin_went_out &= !removed.authorization;
    }

    fn headers_left(
        &self,
        request: &CurrentRequest,
        status: StatusCode,
        goes_on_in_cors: bool,
        mut removed: RemovedHeaders,
    ) -> HeaderList {
        let headers = &request.headers;
        match (self.rules.redirect.headers, self.memory.original.as_deref()) {
            (RedirectHeaders::Left, _) | (_, None) => headers.filtered(|name| !removed.includes(name)),
            (RedirectHeaders::AllReturn, Some(original)) => {
                removed.of_body = becomes_get(status, &original.method);
                original.headers.filtered(|name| !removed.includes(name))
            }
            (RedirectHeaders::AllButAuthorizationReturn, Some(original)) => {
                all_but_authorization(headers, original, status, goes_on_in_cors, removed)
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

    /// WebKit: returns whether the redirect makes a new request, because it leaves the page's own origin outside CORS, and
    /// credentials no longer go along.
    fn starts_again(&self, request: &CurrentRequest, location: &Url) -> bool {
        self.rules.redirect.headers == RedirectHeaders::AllButAuthorizationReturn
            && request.mode == Mode::NoCors
            && request.credentials == CredentialsMode::SameOrigin
            && request.tainting == ResponseTainting::Basic
            && !origin_is_same_as_url(&request.origin, location)
    }
}

/// WebKit: see [`RedirectHeaders::AllButAuthorizationReturn`].
fn all_but_authorization(
    headers: &HeaderList,
    original: &OriginalRequest,
    status: StatusCode,
    goes_on_in_cors: bool,
    removed: RemovedHeaders,
) -> HeaderList {
    let keeps_method = matches!(status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
    let left: HashSet<_> = headers.iter().map(|(name, _)| name).collect();
    original.headers.filtered(|name| {
        let returns = goes_on_in_cors && name != AUTHORIZATION || keeps_method && name == CONTENT_TYPE;
        (left.contains(name) || returns) && !removed.includes(name)
    })
}
