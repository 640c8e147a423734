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
    /// The value of the `Origin` header for the actual request, `None` if it gets none.
    pub(super) fn origin_header(&self) -> Option<&str> {
        let (engine, request) = (&self.engine, &self.request);
        // Step 2: the byte-serialized request origin.
        let origin = request.serialized_origin();
        // Step 3: always, if response tainting is "cors" or the mode is "websocket" or "webtransport".
        if request.tainting == ResponseTainting::Cors
            || matches!(request.mode, Mode::WebSocket | Mode::WebTransport)
        {
            return Some(origin);
        }
        // Step 4: otherwise, if the method is neither GET nor HEAD. Step 4.2: append it.
        let is_get = request.method == Method::GET || request.method == Method::HEAD;
        if is_get && !engine.adds_origin_to_get(request, self.sites) {
            return None;
        }
        // Engines differ: redirects may hide the origin too.
        if engine.hides_origin_after_redirect(request) {
            return Some("null");
        }
        // Step 4.1: outside mode "cors" the referrer policy may take it away.
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
        // From https to anything else.
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
