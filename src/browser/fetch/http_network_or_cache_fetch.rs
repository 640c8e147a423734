//! [HTTP-network-or-cache fetch](https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch): steps
//! 8.3, 8.4, 8.12, 11 and 14. The embedder runs all other steps.

use http::header::ORIGIN;

use super::{Fetch, Progress};
use crate::{
    browser::{
        diagnosis::{Finding, Phase, Refused},
        embedder_policy::EmbedderPolicy,
        modes::{Body, CredentialsMode, Mode},
        outgoing_request::{BodyToSend, OutgoingRequest, RequestKind},
        preflight_cache::PreflightCache,
        response_head::{Received, ResponseHead},
        state::ResponseTainting,
        timestamp::Timestamp,
        url_credentials::without_credentials,
        url_origin::origin_is_same_as_url,
    },
    standard::Algorithm::HttpNetworkOrCacheFetch,
};

impl Fetch {
    /// Steps 8.3, 8.4 and 8.12: the actual request.
    pub(super) fn http_network_or_cache_fetch(&mut self) -> OutgoingRequest {
        // Steps 8.3 and 8.4: whether to include credentials.
        let credentials = self.includes_credentials();
        self.note((HttpNetworkOrCacheFetch, "8.3"), |_| Finding::Credentials { included: credentials });
        // Step 8.12: append a request `Origin` header, to a copy. The author's header list does not change.
        let mut headers = self.engine.header_lines_to_send(&self.request);
        let origin = self.origin_header().map(str::to_owned);
        self.engine.remember_origin(origin.is_some());
        if let Some(origin) = origin {
            headers.push_valid(ORIGIN, origin);
        }
        let request = &self.request;
        OutgoingRequest {
            kind: RequestKind::Actual,
            method: request.method.clone(),
            url: without_credentials(request.current_url().clone()),
            headers,
            credentials,
            body: match request.body {
                Body::None => BodyToSend::None,
                Body::Replayable | Body::Stream => BodyToSend::AsGiven,
            },
            hop: request.redirect_count(),
            mode: request.mode,
            cache: request.cache,
            destination: request.destination,
            // Step 8.13: append the fetch metadata headers.
            fetch_metadata: self.fetch_metadata(RequestKind::Actual),
            // Step 8.11: append `Referer`.
            referrer: self.referrer(RequestKind::Actual),
            referrer_policy: request.referrer_policy,
            partition: request.partition.clone(),
        }
    }

    /// Steps 11 and 14: takes the response to `sent`.
    pub(crate) fn receive(
        &mut self,
        sent: &OutgoingRequest,
        response: ResponseHead,
        cache: &mut PreflightCache,
        now: Timestamp,
    ) -> Progress {
        let phase = match sent.kind {
            RequestKind::Preflight => Phase::Preflight,
            RequestKind::Actual => Phase::Actual,
        };
        // Step 11: the response that the network returned.
        let response = self
            .engine
            .read_response(response, &self.request)
            .map_err(|reason| Refused::without_response(phase, reason))?;
        match sent.kind {
            RequestKind::Preflight => self.receive_preflight(response, cache, now),
            // Step 14: set the response's request-includes-credentials to includeCredentials.
            RequestKind::Actual => self.receive_actual(Received::from_network(response, sent.credentials)),
        }
    }

    /// Steps 8.3 and 8.4: returns whether the actual request is sent with credentials.
    fn includes_credentials(&self) -> bool {
        let request = &self.request;
        // Step 8.3: the credentials mode is "include", or it is "same-origin" and response tainting is
        // "basic".
        let include_credentials = match request.credentials {
            CredentialsMode::Include => !self.engine.withholds_credentials(request),
            CredentialsMode::SameOrigin => {
                request.tainting == ResponseTainting::Basic
                    || self.engine.includes_same_origin_credentials(request)
            }
            CredentialsMode::Omit => false,
        };
        // Step 8.4: the embedder policy must allow credentials.
        include_credentials && self.embedder_policy_allows_credentials()
    }

    /// [Cross-Origin-Embedder-Policy allows credentials](https://fetch.spec.whatwg.org/#cross-origin-embedder-policy-allows-credentials),
    /// by its intent: see [`Profile`](crate::browser::Profile).
    fn embedder_policy_allows_credentials(&self) -> bool {
        let request = &self.request;
        // Steps 2 and 4: the mode is not "no-cors", or the policy is not "credentialless".
        request.mode != Mode::NoCors
            || self.engine.known_embedder_policy(request.embedder_policy) != EmbedderPolicy::Credentialless
            // Step 5: the URL is of the request's origin, and redirect-taint is "same-origin". Step 6: return
            // false.
            || origin_is_same_as_url(&request.origin, request.current_url())
                && !request.is_redirect_tainted()
    }
}
