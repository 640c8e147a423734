//! [HTTP-redirect fetch](https://fetch.spec.whatwg.org/#concept-http-redirect-fetch): checks a redirect,
//! rewrites the request, and follows the redirect.

use http::{
    Method, StatusCode,
    header::{AUTHORIZATION, LOCATION},
};
use url::Url;

use super::{Fetch, Next, Progress, Source, location_url::LocationUrl};
use crate::{
    ByteString,
    browser::{
        diagnosis::{Finding, Phase, Reason},
        engines::{CredentialsInLocation, RemovedHeaders},
        modes::{Body, Mode, RedirectMode},
        preflight_cache::PreflightCache,
        referrer_policy::ReferrerPolicy,
        response_head::Received,
        state::ResponseTainting,
        timestamp::Timestamp,
        url_credentials::{PrivateUrl, hide_credentials, includes_credentials, without_credentials},
        url_origin::{has_http_scheme, origin_is_same_as_url, urls_are_same_origin},
    },
    standard::Algorithm::HttpRedirectFetch,
    status::{becomes_get, is_redirect_status},
};

/// The number of redirects that a fetch follows at most
/// ([HTTP-redirect fetch](crate::standard::Algorithm::HttpRedirectFetch), step 7).
pub const MAX_REDIRECTS: usize = 20;

/// A redirect that passed every check, and for which the request has been rewritten.
#[derive(Debug, Clone)]
pub(crate) struct FollowableRedirect {
    pub(crate) location: PrivateUrl,
    pub(crate) status: StatusCode,
    /// The policy that the redirect sets, if it sets one.
    pub(crate) referrer_policy: Option<ReferrerPolicy>,
}

impl Fetch {
    /// Steps 1 to 17: checks the redirect, and rewrites the request.
    pub(super) fn http_redirect_fetch(&mut self, response: Received) -> Progress {
        let location = self
            .check_redirect(&response)
            .map_err(|reason| self.refuse_response(Phase::Redirect, reason, &response))?;
        // Step 4: the location URL is null: return the response.
        let Some(location) = location else { return self.deliver(response) };
        if self.credentials_in_location(&location) == CredentialsInLocation::RefusedLate {
            let reason = location_includes_credentials(location.clone(), false);
            let refused = self.refuse_response(Phase::Redirect, reason, &response);
            self.postpone(*refused);
        }
        let status = response.head.status;
        self.rewrite(status, &location);
        let skips_invalid = self.engine.skips_invalid_referrer_policy_tokens();
        let referrer_policy = ReferrerPolicy::from_headers_with(&response.head.headers, skips_invalid);
        let location = PrivateUrl(location);
        Ok(Next::Redirect(FollowableRedirect { location, status, referrer_policy }))
    }

    /// Steps 18 to 22: follows the redirect.
    pub(crate) fn follow(
        &mut self,
        redirect: FollowableRedirect,
        cache: &mut PreflightCache,
        now: Timestamp,
    ) -> Progress {
        // Step 18: append the location URL to the URL list.
        let tainted_before = self.request.serialized_origin() == "null";
        self.request.url_list.append(redirect.location.0);
        if !tainted_before && self.request.serialized_origin() == "null" {
            self.note((HttpRedirectFetch, "18"), |_| Finding::OriginTainted);
        }
        // Step 19: set the request's referrer policy on redirect.
        self.request.referrer_policy =
            self.engine.referrer_policy_after_redirect(&self.request, redirect.referrer_policy);
        // Step 22: run main fetch again.
        self.main_fetch(Source::Network(now), cache)
    }

    /// Steps 3 to 11: the location URL; `None` if it is null, so that the redirect is the response.
    pub(super) fn check_redirect(&self, response: &Received) -> Result<Option<Url>, Reason> {
        let request = &self.request;
        let status = response.head.status;
        // Step 3: the location URL. Step 4: null. Step 5: failure.
        let location = match self.location_url(response) {
            LocationUrl::Null => return Ok(None),
            LocationUrl::Several => return Err(Reason::LocationMultiple),
            LocationUrl::Invalid(location) => return Err(location_invalid(&location)),
            LocationUrl::Url(location) => location,
        };
        // Step 6: no HTTP(S) scheme.
        if !has_http_scheme(&location) && !self.engine.follows_scheme(request, &location) {
            return Err(Reason::LocationSchemeNotHttp { scheme: location.scheme().to_owned() });
        }
        // Steps 7 and 8: the redirect count, which is the number of URLs in the URL list before the current
        // URL.
        if request.redirect_count() >= MAX_REDIRECTS {
            return Err(Reason::TooManyRedirects);
        }
        // Step 9: the mode is "cors", and the location URL includes credentials and is not of the request's
        // origin.
        if self.credentials_in_location(&location) == CredentialsInLocation::Refused {
            return Err(location_includes_credentials(location, false));
        }
        // Step 10: response tainting is "cors", and the location URL includes credentials.
        if request.tainting == ResponseTainting::Cors && includes_credentials(&location) {
            return Err(location_includes_credentials(location, true));
        }
        // Step 11: the status is not 303, and the body's source is null. The method does not matter here.
        if self.cannot_send_again_after(status) {
            return Err(Reason::BodyNotReplayable { status });
        }
        Ok(Some(location))
    }

    /// The URL to which a response redirects. `None` if it is no such redirect, or if the URL may have a user name and a
    /// password.
    pub(crate) fn redirect_target(&self, response: &Received) -> Option<Url> {
        let location = response.head.headers.get(&LOCATION)?;
        let is_public = hide_credentials(&location) == location;
        match self.location_url(response) {
            LocationUrl::Url(url) if is_redirect_status(response.head.status) && has_http_scheme(&url) => {
                Some(url).filter(|_| is_public)
            }
            _ => None,
        }
    }

    /// Step 9: what happens to a location URL that may include credentials.
    fn credentials_in_location(&self, location: &Url) -> CredentialsInLocation {
        if !includes_credentials(location) {
            return CredentialsInLocation::Followed;
        }
        self.engine.credentials_in_location(self.leaves_origin_in_cors(location))
    }

    /// Step 9: returns whether the mode is "cors", and the location URL is not of the request's origin.
    fn leaves_origin_in_cors(&self, location: &Url) -> bool {
        self.request.mode == Mode::Cors && !origin_is_same_as_url(&self.request.origin, location)
    }

    /// Step 11: returns whether following would have to resend a stream.
    pub(crate) fn cannot_send_again_after(&self, status: StatusCode) -> bool {
        status != StatusCode::SEE_OTHER && self.request.body == Body::Stream
    }

    /// Steps 12 and 13: changes method, body and headers.
    fn rewrite(&mut self, status: StatusCode, location: &Url) {
        let request = &mut self.request;
        // Step 12: the status and the method turn the request into a GET.
        let method_becomes_get = becomes_get(status, &request.method);
        // Step 13: the location URL is not of the current URL's origin.
        let crosses = !urls_are_same_origin(request.current_url(), location);
        let authorization_removed = crosses && request.headers.contains(&AUTHORIZATION);
        // Step 12.2: delete the request-body-header names. Step 13: delete the CORS non-wildcard
        // request-header names.
        let removed = RemovedHeaders { of_body: method_becomes_get, authorization: crosses };
        let leaves_origin_in_cors = self.leaves_origin_in_cors(location);
        let request = &mut self.request;
        request.headers =
            self.engine.headers_after_redirect(request, status, location, leaves_origin_in_cors, removed);
        if method_becomes_get {
            // Step 12.1: method GET, no body.
            request.method = Method::GET;
            request.body = Body::None;
        }
        self.engine.remember_redirect(request, removed, self.ran_with_preflight);
        let step = match (method_becomes_get, authorization_removed) {
            (true, _) => "12",
            (false, true) => "13",
            (false, false) => "3",
        };
        self.note((HttpRedirectFetch, step), |_| Finding::Redirected {
            status,
            location: Box::new(without_credentials(location.clone())),
            method_became_get: method_becomes_get,
            authorization_removed,
        });
    }

    /// HTTP fetch, step 6.3: the reason for which following a redirect fails, if the response passes its
    /// other checks.
    pub(crate) fn redirect_refusal(&self, response: &Received) -> Option<Reason> {
        match self.request.redirect {
            _ if !is_redirect_status(response.head.status) => None,
            RedirectMode::Error => self.error_mode_refusal(response),
            RedirectMode::Manual => None,
            RedirectMode::Follow => self.check_redirect(response).err(),
        }
    }

    /// HTTP fetch, step 6.3.1, "error": the reason why the redirect is refused; `None` if it is delivered.
    pub(super) fn error_mode_refusal(&self, response: &Received) -> Option<Reason> {
        let has_no_location = || match self.location_url(response) {
            LocationUrl::Null => true,
            LocationUrl::Invalid(location) => location.is_empty(),
            LocationUrl::Several | LocationUrl::Url(_) => false,
        };
        let is_delivered = self.engine.error_mode_needs_location() && has_no_location();
        (!is_delivered).then_some(Reason::RedirectModeError { status: response.head.status })
    }

    /// HTTP fetch, step 6.3.2, "manual": the reason why the redirect is refused; `None` if it is delivered.
    pub(super) fn manual_mode_refusal(&self, response: &Received) -> Option<Reason> {
        match self.location_url(response) {
            LocationUrl::Invalid(location) if self.engine.manual_mode_reads_location() => {
                Some(location_invalid(&location))
            }
            _ => None,
        }
    }
}

fn location_invalid(location: &[u8]) -> Reason {
    Reason::LocationInvalid { location: ByteString::from(&hide_credentials(location)) }
}

fn location_includes_credentials(location: Url, tainted: bool) -> Reason {
    let without_credentials = without_credentials(location).into();
    Reason::LocationIncludesCredentials { without_credentials, tainted }
}
