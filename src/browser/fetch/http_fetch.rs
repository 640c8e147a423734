//! [HTTP fetch](https://fetch.spec.whatwg.org/#concept-http-fetch): makes a preflight if it is needed, then
//! the actual request, and handles the response.

use super::{Fetch, Next, Progress, Source};
use crate::{
    browser::{
        diagnosis::{Finding, Phase, Refused},
        modes::{Mode, RedirectMode},
        preflight_cache::PreflightCache,
        response_head::{Received, ResponseType},
        state::ResponseTainting,
        timestamp::Timestamp,
    },
    standard::Algorithm::{HttpFetch, TaoCheck},
    status::is_redirect_status,
};

impl Fetch {
    /// Steps 3 to 4.3.
    pub(super) fn http_fetch(
        &mut self,
        makes_preflight: bool,
        source: Source,
        cache: &mut PreflightCache,
    ) -> Progress {
        let now = match source {
            Source::Network(now) => now,
            // Step 3: ask the service worker first. Step 3.5: response is non-null.
            Source::ServiceWorker(response) => return self.receive_service_worker(*response),
        };
        // Step 4: response is null. Step 4.1: makeCORSPreflight is true, and the cache does not cover the
        // method and the header names.
        if makes_preflight {
            if self.needs_preflight(cache, now) {
                if self.engine.removes_insufficient_entries(&self.request) {
                    self.clear_cache_entries(cache);
                }
                // Step 4.1.1: run CORS-preflight fetch.
                return Ok(Next::Send(self.cors_preflight_fetch()));
            }
            self.note((HttpFetch, "4.1"), |_| Finding::PreflightCached);
        }
        // Step 4.3: run HTTP-network-or-cache fetch.
        self.send_actual()
    }

    /// Step 4.1: returns whether the cache does not cover the method or a header name.
    fn needs_preflight(&self, cache: &PreflightCache, now: Timestamp) -> bool {
        let (engine, request) = (&self.engine, &self.request);
        let matches = self.matching_cache_entries(cache, now);
        // No method cache entry match, and the method is not CORS-safelisted or the use-CORS-preflight flag
        // is set.
        let method_needs_entry = engine.use_cors_preflight(request, self.ran_with_preflight)
            || !engine.method_needs_no_entry(&request.method);
        // Or a CORS-unsafe request-header name without a header-name cache entry match.
        let (mut has_unsafe_name, mut names_match) = (false, true);
        engine.for_each_unsafe_name(request, |name| {
            has_unsafe_name = true;
            names_match = names_match && matches.header_name(name);
        });
        // Engines differ: a redirect may have removed the only unsafe headers, and the engine still makes a
        // preflight. Then the method needs an entry.
        (method_needs_entry || !has_unsafe_name) && !matches.method(&request.method) || !names_match
    }

    /// Step 4.3: sends the actual request, unless a postponed refusal takes effect now.
    pub(super) fn send_actual(&mut self) -> Progress {
        Ok(match self.engine.take_postponed() {
            Some(postponed) => Next::Refuse(postponed),
            None => Next::Send(self.http_network_or_cache_fetch()),
        })
    }

    /// Steps 4.4 to 7: handles the response to the actual request.
    pub(super) fn receive_actual(&mut self, response: Received) -> Progress {
        // Step 4.4: the CORS check, also of redirects, if response tainting is "cors".
        if self.request.tainting == ResponseTainting::Cors && self.engine.enforces_cors() {
            self.check_response(&response)?;
        }
        // Step 4.5: a failed TAO check sets the timing allow failed flag.
        if let Err(failed) = self.tao_check(&response.head) {
            self.request.timing_allow_failed = true;
            self.note((TaoCheck, failed.step), |_| Finding::TimingHidden);
        }
        self.check_opaque(&response, false)?;
        self.after_checks(response)
    }

    /// Step 5: the cross-origin resource policy check, if response tainting or the response's type is
    /// "opaque".
    pub(super) fn check_opaque(
        &mut self,
        response: &Received,
        type_is_opaque: bool,
    ) -> Result<(), Box<Refused>> {
        if self.request.tainting != ResponseTainting::Opaque && !type_is_opaque {
            return Ok(());
        }
        self.check_resource_policy(response)
            .map_err(|reason| self.refuse_response(Phase::Actual, reason, response))
    }

    /// Steps 6 and 7.
    pub(super) fn after_checks(&mut self, mut response: Received) -> Progress {
        // Step 6: a redirect status. Step 6.3: switch on the redirect mode.
        if is_redirect_status(response.head.status) {
            match self.request.redirect {
                // Step 6.3.1, "error": a network error.
                RedirectMode::Error => {
                    if let Some(reason) = self.error_mode_refusal(&response) {
                        return Err(self.refuse_response(Phase::Actual, reason, &response));
                    }
                }
                // Step 6.3.1, "manual": HTML's navigate algorithm handles the redirect of a navigation.
                RedirectMode::Manual if self.request.mode == Mode::Navigate => {}
                // Step 6.3.2, "manual": an opaque-redirect filtered response.
                RedirectMode::Manual => {
                    if let Some(reason) = self.manual_mode_refusal(&response) {
                        return Err(self.refuse_response(Phase::Redirect, reason, &response));
                    }
                    response.filtered = Some(ResponseType::OpaqueRedirect);
                }
                // Step 6.3.2, "follow": run HTTP-redirect fetch.
                RedirectMode::Follow => return self.http_redirect_fetch(response),
            }
        }
        // Step 7: return the response.
        self.deliver(response)
    }
}
