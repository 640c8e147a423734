//! [Main fetch](https://fetch.spec.whatwg.org/#concept-main-fetch), as far as its choice of what to run.
//!
//! Steps 3 to 7 and 9 (local URLs, Content Security Policy, upgrades, ports, mixed content, referrers) are the
//! embedder's. So is step 10 (HSTS): change [`Request::url`](crate::browser::Request::url) before the fetch, and call
//! [`Redirect::upgrade_to_https`](crate::browser::Redirect::upgrade_to_https) at a redirect. Step 8, the page's referrer
//! policy, happens when a request is made. Steps 14 to 22 are in `response_filtering.rs`.

use crate::browser::fetch_state::{Fetch, ResponseTainting};
use crate::browser::trace::{Finding, PreflightCause};
use crate::browser::url_origin::{has_http_scheme, origin_is_same_as_url};
use crate::browser::{Mode, Phase, Profile, Reason, RedirectMode, Step, UserAgent};
use crate::method::is_cors_safelisted_method;
use crate::request_header::CORS_SAFELISTED_TOTAL_LIMIT;
use crate::standard::Algorithm::MainFetch;

impl Fetch {
    /// `http_fetch` goes on with it, given whether to make a preflight: with the network, or with what a service worker
    /// answered.
    pub(crate) fn main_fetch(
        mut self: Box<Self>,
        user_agent: &mut UserAgent,
        http_fetch: impl FnOnce(Box<Self>, bool, &mut UserAgent) -> Step,
    ) -> Step {
        // Step 12, the URL is of the request's own origin, and no other was seen. Step 12.1: basic. Step 12.2: run
        // scheme fetch.
        if self.tainting == ResponseTainting::Basic
            && origin_is_same_as_url(&self.request.origin, self.current_url())
        {
            self.note((MainFetch, "12"), |_| Finding::SameOrigin);
            return self.scheme_fetch(user_agent, http_fetch);
        }
        // Step 12, a data: URL or one of three modes. Step 12.1: basic. Step 12.2: run scheme fetch.
        let mode = self.request.mode;
        if self.current_url().scheme() == "data"
            || matches!(mode, Mode::Navigate | Mode::WebSocket | Mode::WebTransport)
        {
            self.tainting = ResponseTainting::Basic;
            self.note((MainFetch, "12"), |_| Finding::NotSubjectToCors);
            return self.scheme_fetch(user_agent, http_fetch);
        }
        // Step 12, mode "same-origin": a network error.
        if mode == Mode::SameOrigin {
            return self.fail(user_agent, Phase::Initial, Reason::ModeSameOrigin);
        }
        // Step 12, mode "no-cors". Step 12.1: redirects must be followed. Step 12.2: opaque. Step 12.3: run scheme
        // fetch.
        if mode == Mode::NoCors {
            if self.request.redirect != RedirectMode::Follow {
                return self.fail(user_agent, Phase::Initial, Reason::NoCorsRedirectModeNotFollow);
            }
            self.tainting = ResponseTainting::Opaque;
            self.note((MainFetch, "12"), |_| Finding::Opaque);
            return self.scheme_fetch(user_agent, http_fetch);
        }
        // Step 12, no HTTP(S) scheme: a network error.
        if !has_http_scheme(self.current_url()) {
            let scheme = self.current_url().scheme().to_owned();
            return self.fail(user_agent, Phase::Initial, Reason::SchemeNotHttp { scheme });
        }
        // Step 12, the last two. Step 12.1: cors. Step 12.2: run HTTP fetch, with preflight if the use-CORS-preflight
        // flag is set, or if the unsafe-request flag is set and method or headers are unsafe.
        self.tainting = ResponseTainting::Cors;
        let makes_preflight = self.forces_preflight(user_agent.profile())
            || self.request.unsafe_request
                && (!is_cors_safelisted_method(&self.request.method)
                    || self.has_unsafe_headers(user_agent.profile()));
        self.note((MainFetch, "12"), |fetch| match makes_preflight {
            true => Finding::CorsWithPreflight(fetch.preflight_cause(user_agent.profile())),
            false => Finding::CorsWithoutPreflight,
        });
        self.ran_with_preflight |= makes_preflight;
        http_fetch(self, makes_preflight, user_agent)
    }

    /// [Scheme fetch](https://fetch.spec.whatwg.org/#concept-scheme-fetch). `blob:` and `file:` are the
    /// embedder's.
    fn scheme_fetch(
        self: Box<Self>,
        user_agent: &mut UserAgent,
        http_fetch: impl FnOnce(Box<Self>, bool, &mut UserAgent) -> Step,
    ) -> Step {
        let url = self.current_url();
        // Step 3: switch on the scheme.
        match url.scheme() {
            "http" | "https" => http_fetch(self, false, user_agent),
            // A WebSocket's handshake is an HTTP request; its URL keeps its own scheme here.
            "ws" | "wss" if self.request.mode == Mode::WebSocket => http_fetch(self, false, user_agent),
            "data" => self.deliver_local(user_agent.profile()),
            "about" if url.path() == "blank" => self.deliver_local(user_agent.profile()),
            // Step 4: a network error.
            scheme => {
                let scheme = scheme.to_owned();
                self.fail(user_agent, Phase::Initial, Reason::SchemeNotFetchable { scheme })
            }
        }
    }

    fn preflight_cause(&self, profile: &Profile) -> PreflightCause {
        let method = &self.request.method;
        let rules = &profile.request_headers;
        let mut headers = Vec::new();
        let mut safelist_value_size = 0_usize;
        for (name, value) in rules.judged(&self.headers_to_judge(profile)).iter() {
            match rules.cors_safelisted_request_header(name, value) {
                Ok(()) => safelist_value_size = safelist_value_size.saturating_add(value.len()),
                Err(why) => headers.push((name.clone(), why)),
            }
        }
        PreflightCause {
            forced: self.request.use_cors_preflight,
            repeated: self.repeats_preflight(profile),
            method: (!is_cors_safelisted_method(method)).then(|| method.clone()),
            headers,
            too_long_together: rules.total_limit && safelist_value_size > CORS_SAFELISTED_TOTAL_LIMIT,
        }
    }
}
