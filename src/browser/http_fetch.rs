//! [HTTP fetch](https://fetch.spec.whatwg.org/#concept-http-fetch): preflight or not, then the request, then what its
//! answer means.

use crate::ByteString;
use crate::browser::cors_check::cors_check;
use crate::browser::fetch_state::{Fetch, ResponseTainting};
use crate::browser::location_url::LocationUrl;
use crate::browser::response::Received;
use crate::browser::tao_check::{TimingNotAllowed, tao_check};
use crate::browser::trace::Finding;
use crate::browser::url_credentials::hide_credentials;
use crate::browser::{Mode, Phase, Reason, RedirectMode, ResponseType, Step, Timestamp, UserAgent};
use crate::method::is_cors_safelisted_method;
use crate::standard::Algorithm::{CorsCheck, HttpFetch, TaoCheck};
use crate::status::is_redirect_status;
use http::Method;

impl Fetch {
    /// Steps 4.1 to 4.3. A service worker, step 3, is asked before: see
    /// [`UserAgent::fetch_from_service_worker`].
    pub(crate) fn http_fetch(
        mut self: Box<Self>,
        makes_preflight: bool,
        user_agent: &mut UserAgent,
        now: Timestamp,
    ) -> Step {
        // Step 4: there is no response yet. Step 4.1: a preflight, if one may be made and the cache does not cover
        // method and header names.
        if makes_preflight {
            if self.needs_preflight(user_agent, now) {
                if user_agent.profile().cache.insufficient_is_removed && !user_agent.bypasses_cache(&self) {
                    let hop = self.hop();
                    user_agent.clear_cache_entries(&mut self, hop);
                }
                // Step 4.1.1: run CORS-preflight fetch.
                return self.cors_preflight_fetch(user_agent);
            }
            self.note((HttpFetch, "4.1"), |_| Finding::PreflightCached);
        }
        // Step 4.3: run HTTP-network-or-cache fetch.
        self.go_on(user_agent)
    }

    fn needs_preflight(&self, user_agent: &UserAgent, now: Timestamp) -> bool {
        // Step 4.1, either condition.
        let matches = user_agent.cache_entries_matching(self, now);
        let method = &self.request.method;
        // No method cache entry match, and the method is not CORS-safelisted or the use-CORS-preflight flag is set.
        let asks_for_method = self.forces_preflight(user_agent.profile())
            || !is_cors_safelisted_method(method)
            || !user_agent.profile().cache.head_is_safelisted && method == Method::HEAD;
        // Or a CORS-unsafe request-header name without a header-name cache entry match.
        let (mut asks_for_names, mut names_match) = (false, true);
        self.each_unsafe_name(user_agent.profile(), |name| {
            asks_for_names = true;
            names_match = names_match && matches.header_name(name);
        });
        // Where all names were taken by a redirect, but are looked at, something has to be asked for.
        (asks_for_method || !asks_for_names) && !matches.method(method) || !names_match
    }

    /// Steps 4.4 to 7: the answer to the actual request is here.
    pub(crate) fn receive_actual(
        mut self: Box<Self>,
        response: Received,
        credentials_included: bool,
        user_agent: &mut UserAgent,
    ) -> Step {
        // Step 4.4: the CORS check, redirects included, if response tainting is "cors".
        if self.tainting == ResponseTainting::Cors {
            match cors_check(&self.asked_of_answer(user_agent.profile(), &response.head), &response.head) {
                Ok(passed) => {
                    self.note((CorsCheck, passed.step()), |_| Finding::CorsCheckPassed {
                        by_wildcard: passed.by_wildcard,
                        with_credentials: passed.with_credentials,
                    });
                    self.warn_about_cors_headers(&response.head);
                }
                Err(reason) if self.fails_cors_check_late(user_agent.profile(), &response) => {
                    self.warn_about_cors_headers(&response.head);
                    self.refuse_later(user_agent.profile(), Phase::Actual, reason, &response);
                }
                Err(reason) => {
                    self.warn_about_cors_headers(&response.head);
                    return self.refuse_answer(user_agent, Phase::Actual, reason, &response);
                }
            }
        }
        // Step 4.5: a failed TAO check is remembered.
        if let Err(TimingNotAllowed { step }) = tao_check(&self, user_agent.profile(), &response.head) {
            self.timing_allow_failed = true;
            self.note((TaoCheck, step), |_| Finding::TimingHidden);
        }
        // Step 5: the cross-origin resource policy check, if response tainting is "opaque".
        if self.tainting == ResponseTainting::Opaque
            && let Err(reason) = self.check_resource_policy(&response, credentials_included, user_agent)
        {
            return self.refuse_answer(user_agent, Phase::Actual, reason, &response);
        }
        self.after_checks(response, user_agent)
    }

    /// Steps 6 and 7.
    pub(crate) fn after_checks(self: Box<Self>, mut response: Received, user_agent: &mut UserAgent) -> Step {
        // Step 6: a redirect status.
        let status = response.head.status;
        if is_redirect_status(status) {
            // Step 6.3: switch on the redirect mode.
            match self.request.redirect {
                // A redirect that leads nowhere is none, where the profile says so.
                RedirectMode::Error if self.is_no_redirect(user_agent.profile(), &response) => {}
                // Step 6.3.1, "error": a network error.
                RedirectMode::Error => {
                    let reason = Reason::RedirectModeError { status };
                    return self.refuse_answer(user_agent, Phase::Actual, reason, &response);
                }
                // Step 6.3.1, "manual": a navigation goes on by itself (HTML's navigate algorithm), with the redirect in
                // its hands.
                RedirectMode::Manual if self.request.mode == Mode::Navigate => {}
                RedirectMode::Manual if user_agent.profile().redirect.manual_reads_location => {
                    match self.location(user_agent.profile(), &response) {
                        LocationUrl::Invalid(location) => {
                            let location = ByteString::from(&hide_credentials(&location));
                            let reason = Reason::LocationInvalid { location };
                            return self.refuse_answer(user_agent, Phase::Redirect, reason, &response);
                        }
                        _ => response.filtered = Some(ResponseType::OpaqueRedirect),
                    }
                }
                // Step 6.3.2, "manual": an opaque-redirect filtered response.
                RedirectMode::Manual => response.filtered = Some(ResponseType::OpaqueRedirect),
                // Step 6.3.2, "follow": run HTTP-redirect fetch.
                RedirectMode::Follow => return self.http_redirect_fetch(response, user_agent),
            }
        }
        // Step 7: return the response.
        self.deliver(response, user_agent.profile())
    }
}
