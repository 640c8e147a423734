//! [Append a request `Origin` header](https://fetch.spec.whatwg.org/#append-a-request-origin-header).

use http::Method;

use super::Fetch;
use crate::browser::{
    modes::Mode,
    referrer_policy::ReferrerPolicy,
    state::{CurrentRequest, ResponseTainting},
    url_origin::origin_is_same_as_url,
};

impl Fetch {
    /// The value of the `Origin` header of the actual request; `None` if the request has no `Origin` header.
    pub(super) fn origin_header(&self) -> Option<&str> {
        let (engine, request) = (&self.engine, &self.request);
        // Step 2: the byte-serialized request origin.
        let origin = request.serialized_origin();
        // Step 3: append it if response tainting is "cors", or the mode is "websocket" or "webtransport".
        if request.tainting == ResponseTainting::Cors
            || matches!(request.mode, Mode::WebSocket | Mode::WebTransport)
        {
            return Some(origin);
        }
        // Step 4: otherwise, append it (step 4.2) if the method is neither GET nor HEAD.
        let is_get = request.method == Method::GET || request.method == Method::HEAD;
        if is_get && !engine.adds_origin_to_get(request, self.sites) {
            return None;
        }
        // Engines differ: a redirect or the initiator may make the origin `null`.
        if engine.hides_origin(request) {
            return Some("null");
        }
        // Step 4.1: if the mode is not "cors", the referrer policy may make the origin `null`.
        let policy = engine.referrer_policy_for_origin(request).filter(|_| request.mode != Mode::Cors);
        match policy {
            Some(policy) if hides_origin(policy, request) => Some("null"),
            _ => Some(origin),
        }
    }
}

/// Step 4.1, switch on the referrer policy: returns whether the origin becomes `null`.
fn hides_origin(policy: ReferrerPolicy, request: &CurrentRequest) -> bool {
    match policy {
        ReferrerPolicy::NoReferrer => true,
        // The scheme of the origin is "https", and the scheme of the current URL is not.
        ReferrerPolicy::NoReferrerWhenDowngrade
        | ReferrerPolicy::StrictOrigin
        | ReferrerPolicy::StrictOriginWhenCrossOrigin => {
            request.origin.as_tuple().is_some_and(|tuple| tuple.scheme() == "https")
                && request.current_url().scheme() != "https"
        }
        ReferrerPolicy::SameOrigin => !origin_is_same_as_url(&request.origin, request.current_url()),
        ReferrerPolicy::Origin | ReferrerPolicy::OriginWhenCrossOrigin | ReferrerPolicy::UnsafeUrl => false,
    }
}
