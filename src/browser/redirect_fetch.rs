//! [HTTP-redirect fetch](https://fetch.spec.whatwg.org/#concept-http-redirect-fetch).

use crate::ByteString;
use crate::browser::cors_check::{Asked, cors_check};
use crate::browser::fetch_state::{Fetch, ResponseTainting, Taken};
use crate::browser::location_url::{LocationUrl, location_url};
use crate::browser::referrer_policy::referrer_policy_of;
use crate::browser::response::Received;
use crate::browser::trace::Finding;
use crate::browser::url_credentials::{
    PrivateUrl, hide_credentials, includes_credentials, without_credentials,
};
use crate::browser::url_origin::{has_http_scheme, origin_is_same_as_url, urls_are_same_origin};
use crate::browser::{
    Body, CredentialsMode, Door, Failure, LocationCredentials, Mode, Phase, Profile, Reason, RedirectHeaders,
    RedirectMode, ReferrerPolicy, Step, Timestamp, UserAgent,
};
use crate::header_list::HeaderList;
use crate::standard::Algorithm::HttpRedirectFetch;
use crate::status::is_redirect_status;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderName, Method, StatusCode};
use std::collections::HashSet;
use url::Url;

/// The redirect limit: HTTP-redirect fetch, step 7.
pub const MAX_REDIRECTS: usize = 20;

/// The client hints of before `Sec-CH-` that are for the page's own origin unless a policy says otherwise.
const CLIENT_HINTS: [&str; 7] = ["device-memory", "downlink", "dpr", "ect", "rtt", "viewport-width", "width"];

impl Fetch {
    /// Steps 1 to 11: may this redirect be followed?
    pub(crate) fn http_redirect_fetch(
        mut self: Box<Self>,
        response: Received,
        user_agent: &mut UserAgent,
    ) -> Step {
        match self.check_redirect(user_agent.profile(), &response) {
            Ok(Some(location)) => {
                let profile = user_agent.profile();
                if self.is_refused_late(profile, &location) {
                    let reason = location_includes_credentials(location.clone(), false);
                    self.refuse_later(profile, Phase::Redirect, reason, &response);
                }
                let status = response.head.status;
                self.rewrite(profile, status, &location);
                let stand_alone = profile.redirect.policies_stand_alone;
                let referrer_policy = referrer_policy_of(&response.head.headers, stand_alone);
                Step::Redirect(Redirect {
                    fetch: self,
                    location: PrivateUrl(location),
                    status,
                    referrer_policy,
                })
            }
            // Step 4: no location, so the redirect is the response, filtered if it was.
            Ok(None) => self.deliver(response, user_agent.profile()),
            Err(reason) => self.refuse_answer(user_agent, Phase::Redirect, reason, &response),
        }
    }

    /// Why a redirect would be refused once its other checks have passed: HTTP fetch 6.3, and what follows from it.
    pub(crate) fn redirect_refusal(&self, profile: &Profile, response: &Received) -> Option<Reason> {
        let status = response.head.status;
        match self.request.redirect {
            _ if !is_redirect_status(status) => None,
            RedirectMode::Error if self.is_no_redirect(profile, response) => None,
            RedirectMode::Error => Some(Reason::RedirectModeError { status }),
            RedirectMode::Manual => None,
            RedirectMode::Follow => self.check_redirect(profile, response).err(),
        }
    }

    /// Whether the CORS check of a redirect that may be followed fails for the credentials mode that the profile takes it to
    /// have: see [`RedirectRules`](crate::browser::RedirectRules).
    pub(crate) fn fails_cors_check_late(&self, profile: &Profile, response: &Received) -> bool {
        let as_it_is =
            Asked { origin: self.serialized_origin(), with_credentials: self.includes_credentials_mode() };
        self.request.redirect == RedirectMode::Follow
            && is_redirect_status(response.head.status)
            && cors_check(&as_it_is, &response.head).is_ok()
            && matches!(self.check_redirect(profile, response), Ok(Some(_)))
    }

    /// Whether the body is a stream, which is gone, and the redirect is none that never sends it again.
    pub(crate) fn cannot_send_again_after(&self, status: StatusCode) -> bool {
        status != StatusCode::SEE_OTHER && self.request.body == Body::Stream
    }

    /// Where a redirect leads.
    pub(crate) fn location(&self, profile: &Profile, response: &Received) -> LocationUrl {
        let current_url = self.current_url();
        let url = response.url(current_url);
        location_url(&response.head.headers, url, current_url.fragment(), &profile.redirect)
    }

    /// Whether redirect mode "error" lets a redirect status pass, because nothing says where to.
    pub(crate) fn is_no_redirect(&self, profile: &Profile, response: &Received) -> bool {
        let leads_nowhere = || match self.location(profile, response) {
            LocationUrl::Null => true,
            LocationUrl::Invalid(location) => location.is_empty(),
            LocationUrl::Several | LocationUrl::Url(_) => false,
        };
        !profile.redirect.error_without_location && leads_nowhere()
    }

    fn check_redirect(&self, profile: &Profile, response: &Received) -> Result<Option<Url>, Reason> {
        let rules = &profile.redirect;
        let status = response.head.status;
        // Step 3: the location URL. Step 4: null. Step 5: failure.
        let location = match self.location(profile, response) {
            LocationUrl::Null => return Ok(None),
            LocationUrl::Several => return Err(Reason::LocationMultiple),
            LocationUrl::Invalid(location) => {
                return Err(Reason::LocationInvalid {
                    location: ByteString::from(&hide_credentials(&location)),
                });
            }
            LocationUrl::Url(location) => location,
        };
        // Step 6: no HTTP(S) scheme.
        if !has_http_scheme(&location) && !self.may_lead_to_data(profile, &location) {
            return Err(Reason::LocationSchemeNotHttp { scheme: location.scheme().to_owned() });
        }
        // Steps 7 and 8: the redirect count, which is the number of URLs that were left behind.
        if self.hop() >= MAX_REDIRECTS {
            return Err(Reason::TooManyRedirects);
        }
        // Step 9: mode "cors", and a user name or password in a location of another origin than the request's.
        let with_credentials = includes_credentials(&location);
        let refuses_all = rules.location_credentials == LocationCredentials::RefusedUnlessByXmlHttpRequest
            && self.request.door != Some(Door::XmlHttpRequest);
        let is_refused = || self.leads_elsewhere(&location) && !self.is_refused_late(profile, &location);
        if with_credentials && (refuses_all || is_refused()) {
            return Err(location_includes_credentials(location, false));
        }
        // Step 10: response tainting "cors", and a user name or password.
        if self.tainting == ResponseTainting::Cors && with_credentials {
            return Err(location_includes_credentials(location, true));
        }
        // Step 11: a body that cannot be sent again, unless the status is 303. The method does not matter here.
        if self.cannot_send_again_after(status) {
            return Err(Reason::BodyNotReplayable { status });
        }
        Ok(Some(location))
    }

    /// Whether the profile lets an element be redirected to such a location although it has no HTTP(S) scheme.
    fn may_lead_to_data(&self, profile: &Profile, location: &Url) -> bool {
        profile.redirect.elements_follow_data
            && self.request.door == Some(Door::Element)
            && self.request.mode == Mode::NoCors
            && location.scheme() == "data"
    }

    /// Mode "cors", and a location of another origin than the request's.
    fn leads_elsewhere(&self, location: &Url) -> bool {
        self.request.mode == Mode::Cors && !origin_is_same_as_url(&self.request.origin, location)
    }

    /// Whether user name or password of a location are refused only when the next request would go out.
    fn is_refused_late(&self, profile: &Profile, location: &Url) -> bool {
        profile.redirect.location_credentials == LocationCredentials::RefusedElsewhereLate
            && self.tainting == ResponseTainting::Basic
            && includes_credentials(location)
            && self.leads_elsewhere(location)
    }

    /// Steps 12 and 13: what the redirect does to method, body and headers.
    fn rewrite(&mut self, profile: &Profile, status: StatusCode, location: &Url) {
        // Step 12: a status and a method that make it a GET. Step 13: another origin than the current one.
        let method_becomes_get = becomes_get(status, &self.request.method);
        let crosses = !urls_are_same_origin(self.url_list.current(), location);
        let authorization_removed = crosses && self.request.headers.contains(&AUTHORIZATION);
        let taken = Taken { of_body: method_becomes_get, authorization: crosses };
        self.request.headers = self.headers_after(profile, status, location, taken);
        self.take_client_hints(profile, location);
        if self.starts_again(profile, location)
            && let Some(first) = &mut self.first
        {
            first.headers.clone_from(&self.request.headers);
        }
        if method_becomes_get {
            // Step 12.1: method GET, no body.
            self.request.method = Method::GET;
            self.request.body = Body::None;
            self.became_get = true;
            self.lose_type_of_body(profile);
        }
        self.taken = taken;
        self.origin_went_out &= !crosses;
        self.note((HttpRedirectFetch, "12"), |_| Finding::Redirected {
            status,
            location: Box::new(without_credentials(location.clone())),
            method_became_get: method_becomes_get,
            authorization_removed,
        });
    }

    /// The headers that the redirect leaves.
    fn headers_after(
        &self,
        profile: &Profile,
        status: StatusCode,
        location: &Url,
        mut taken: Taken,
    ) -> HeaderList {
        let (headers, first) = (&self.request.headers, self.first.as_deref());
        // Step 12.2: delete the request-body-header names. Step 13: delete the CORS non-wildcard request-header names.
        match (profile.redirect.headers, first) {
            (RedirectHeaders::Left, _) | (_, None) => headers.filtered(|name| !taken.includes(name)),
            (RedirectHeaders::AllReturn, Some(first)) => {
                taken.of_body = becomes_get(status, &first.method);
                first.headers.filtered(|name| !taken.includes(name))
            }
            (RedirectHeaders::AllButAuthorizationReturn, Some(first)) => {
                let all_return = self.goes_on_in_cors(location);
                let keeps_method =
                    matches!(status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
                let returns = |name: &HeaderName| {
                    all_return && name != AUTHORIZATION || keeps_method && name == CONTENT_TYPE
                };
                let left: HashSet<_> = headers.iter().map(|(name, _)| name).collect();
                let is_there = |name: &HeaderName| left.contains(name) || returns(name);
                first.headers.filtered(|name| is_there(name) && !taken.includes(name))
            }
        }
    }

    /// Takes the client hints that the page set, where the profile does so.
    fn take_client_hints(&mut self, profile: &Profile, location: &Url) {
        if profile.redirect.client_hints_stay || origin_is_same_as_url(&self.request.origin, location) {
            return;
        }
        let is_other = |name: &HeaderName| !CLIENT_HINTS.contains(&name.as_str());
        self.request.headers = self.request.headers.filtered(is_other);
        if let Some(first) = &mut self.first {
            first.headers = first.headers.filtered(is_other);
        }
    }

    /// Whether the profile makes a new request of this one where it leaves the page's own origin outside CORS, as credentials
    /// no longer go along.
    fn starts_again(&self, profile: &Profile, location: &Url) -> bool {
        profile.redirect.headers == RedirectHeaders::AllButAuthorizationReturn
            && self.request.mode == Mode::NoCors
            && self.request.credentials == CredentialsMode::SameOrigin
            && self.tainting == ResponseTainting::Basic
            && !origin_is_same_as_url(&self.request.origin, location)
    }

    /// Whether response tainting will be "cors" where the redirect leads: main fetch, step 12.
    fn goes_on_in_cors(&self, location: &Url) -> bool {
        self.tainting == ResponseTainting::Cors || self.leads_elsewhere(location)
    }
}

/// Step 12: 301 or 302 after POST, 303 after anything but GET and HEAD.
fn becomes_get(status: StatusCode, method: &Method) -> bool {
    match status {
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => *method == Method::POST,
        StatusCode::SEE_OTHER => *method != Method::GET && *method != Method::HEAD,
        _ => false,
    }
}

fn location_includes_credentials(location: Url, tainted: bool) -> Reason {
    let without_credentials = without_credentials(location).into();
    Reason::LocationIncludesCredentials { without_credentials, tainted }
}

/// A redirect that may be followed: the embedder's turn to follow it, change it, or stop it.
///
/// The body of the redirect's own answer is to be thrown away. Dropping this value cancels the fetch.
#[derive(Debug, Clone)]
#[must_use = "a redirect goes on only when it is followed"]
pub struct Redirect {
    fetch: Box<Fetch>,
    location: PrivateUrl,
    status: StatusCode,
    referrer_policy: Option<ReferrerPolicy>,
}

impl Redirect {
    /// Where the redirect leads, without user name and password.
    #[must_use]
    pub fn location(&self) -> Url {
        without_credentials(self.location.0.clone())
    }

    /// The redirect's status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The decisions so far, if the user agent keeps a trace.
    #[must_use]
    pub fn decisions(&self) -> &[crate::browser::Decision] {
        self.fetch.trace.decisions()
    }

    /// Makes an `http:` location an `https:` one, as main fetch does in step 10 for a host that the embedder knows by
    /// HSTS. Other locations stay as they are.
    pub fn upgrade_to_https(mut self) -> Self {
        // Main fetch, step 10, whose other conditions the embedder has looked at.
        if self.location.scheme() == "http" {
            self.location.0.set_scheme("https").expect("`http` and `https` are special schemes both");
        }
        self
    }

    /// Steps 18 to 22: follow it.
    pub fn follow(self, user_agent: &mut UserAgent, now: Timestamp) -> Step {
        let Self { mut fetch, location, referrer_policy, .. } = self;
        // Step 18: append the location to the URL list.
        let tainted_before = fetch.serialized_origin() == "null";
        fetch.url_list.append(location.0);
        if !tainted_before && fetch.serialized_origin() == "null" {
            fetch.note((HttpRedirectFetch, "18"), |_| Finding::OriginTainted);
        }
        // Step 19: set the request's referrer policy on redirect.
        if let Some(policy) = referrer_policy {
            fetch.request.referrer_policy = policy;
        }
        // Step 22: run main fetch again.
        fetch.main_fetch(user_agent, |fetch, makes_preflight, user_agent| {
            fetch.http_fetch(makes_preflight, user_agent, now)
        })
    }

    /// Do not follow it: the fetch ends in a network error.
    pub fn block(self, user_agent: &mut UserAgent, failure: Failure) -> Step {
        let reason = match failure {
            Failure::Network => Reason::RedirectBlocked,
            other => other.reason(),
        };
        self.fetch.fail(user_agent, Phase::Redirect, reason)
    }
}
