//! [Main fetch](https://fetch.spec.whatwg.org/#concept-main-fetch), steps 9 and 12: the referrer, and the
//! choice of the algorithm to run.
//!
//! The embedder runs steps 3 to 7 and 10 (local URLs, Content Security Policy, upgrades, ports, mixed
//! content, HSTS): see [what stays with you](crate::browser#what-stays-with-you).
//! [`Request::new`](crate::browser::Request::new) runs step 8, the page's referrer policy. Steps 14 to 22 are
//! in `response_filtering.rs`.

use super::{Fetch, Progress, Source};
use crate::{
    browser::{
        diagnosis::{Finding, Phase, Reason, Refused},
        modes::Mode,
        preflight_cache::PreflightCache,
        state::ResponseTainting,
        url_origin::{has_http_scheme, origin_is_same_as_url},
    },
    method::is_cors_safelisted_method,
    standard::Algorithm::MainFetch,
};

impl Fetch {
    /// Runs steps 9 and 12.
    pub(crate) fn main_fetch(&mut self, source: Source, cache: &mut PreflightCache) -> Progress {
        let refuse = |reason| Err(Refused::without_response(Phase::Initial, reason));
        // Engines differ: the engine may refuse a request that `new Request()` makes by the standard.
        if let Some(reason) = self.engine.take_refusal() {
            return refuse(reason);
        }
        // Step 9: determine the request's referrer.
        self.set_referrer();
        let request = &mut self.request;
        // Step 12, the current URL is of the request's origin, and response tainting is "basic". Step 12.1:
        // basic. Step 12.2: run scheme fetch.
        if request.tainting == ResponseTainting::Basic
            && origin_is_same_as_url(&request.origin, request.current_url())
        {
            self.note((MainFetch, "12"), |_| Finding::SameOrigin);
            return self.scheme_fetch(source, cache);
        }
        // Step 12, the scheme is "data", or the mode is one of three. Step 12.1: basic. Step 12.2: run scheme
        // fetch.
        if request.current_url().scheme() == "data"
            || matches!(request.mode, Mode::Navigate | Mode::WebSocket | Mode::WebTransport)
        {
            request.tainting = ResponseTainting::Basic;
            self.note((MainFetch, "12"), |_| Finding::NotSubjectToCors);
            return self.scheme_fetch(source, cache);
        }
        // Step 12, the mode is "same-origin": return a network error.
        if request.mode == Mode::SameOrigin {
            return refuse(Reason::ModeSameOrigin);
        }
        // Step 12, the mode is "no-cors". Step 12.1: if the redirect mode is not "follow", return a network
        // error. Step 12.2: opaque. Step 12.3: run scheme fetch.
        if request.mode == Mode::NoCors {
            if self.engine.refuses_no_cors_redirect_mode(request) {
                return refuse(Reason::NoCorsRedirectModeNotFollow);
            }
            request.tainting = ResponseTainting::Opaque;
            self.note((MainFetch, "12"), |fetch| fetch.engine.finding_across_origins(|| Finding::Opaque));
            return self.scheme_fetch(source, cache);
        }
        // Step 12, the scheme is not an HTTP(S) scheme: return a network error.
        if !has_http_scheme(request.current_url()) {
            return refuse(Reason::SchemeNotHttp { scheme: request.current_url().scheme().to_owned() });
        }
        // Step 12, the last two cases. Step 12.1: cors. Step 12.2: run HTTP fetch. makeCORSPreflight is true
        // if the use-CORS-preflight flag is set, or if the unsafe-request flag is set and the method or a
        // header is unsafe.
        request.tainting = ResponseTainting::Cors;
        let makes_preflight = self.makes_preflight();
        self.note((MainFetch, "12"), |fetch| match makes_preflight {
            true => Finding::CorsWithPreflight(
                fetch.engine.preflight_cause(&fetch.request, fetch.ran_with_preflight),
            ),
            false => fetch.engine.finding_across_origins(|| Finding::CorsWithoutPreflight),
        });
        self.ran_with_preflight |= makes_preflight;
        self.http_fetch(makes_preflight, source, cache)
    }

    /// Step 12, the last two cases: makeCORSPreflight.
    pub(crate) fn makes_preflight(&self) -> bool {
        self.engine.enforces_cors()
            && (self.engine.use_cors_preflight(&self.request, self.ran_with_preflight)
                || self.request.unsafe_request
                    && (!is_cors_safelisted_method(&self.request.method)
                        || self.engine.has_unsafe_header(&self.request)))
    }

    /// Step 12.3: a network error clears cache entries, if makeCORSPreflight was true.
    pub(crate) fn clear_cache_entries_after(&mut self, reason: &Reason, cache: &mut PreflightCache) {
        if self.engine.clears_cache_entries(&self.request, self.ran_with_preflight, reason) {
            self.clear_cache_entries(cache);
        }
    }
}
