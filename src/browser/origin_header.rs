//! [Append a request `Origin` header](https://fetch.spec.whatwg.org/#append-a-request-origin-header).

use crate::browser::fetch_state::{Fetch, ResponseTainting};
use crate::browser::url_origin::origin_is_same_as_url;
use crate::browser::{Mode, Profile, ReferrerPolicy};
use http::Method;

impl Fetch {
    /// The value of the `Origin` header for the actual request, `None` if it gets none.
    pub(crate) fn origin_header(&self, profile: &Profile) -> Option<&str> {
        // Step 2: the byte-serialized request origin.
        let origin = self.serialized_origin();
        let request = &self.request;
        // Step 3: always, if response tainting is "cors" or the mode is "websocket" or "webtransport".
        if self.tainting == ResponseTainting::Cors
            || matches!(request.mode, Mode::WebSocket | Mode::WebTransport)
        {
            return Some(origin);
        }
        // Step 4: otherwise, if the method is neither GET nor HEAD. Step 4.2: append it.
        let stays = self.origin_went_out && profile.redirect.origin_stays_on_get;
        if (request.method == Method::GET || request.method == Method::HEAD) && !stays {
            return None;
        }
        // Step 4.1: outside mode "cors" the referrer policy may take it away.
        if request.mode != Mode::Cors && self.referrer_policy_hides_origin() {
            Some("null")
        } else {
            Some(origin)
        }
    }

    fn referrer_policy_hides_origin(&self) -> bool {
        let origin = &self.request.origin;
        match self.request.referrer_policy {
            ReferrerPolicy::NoReferrer => true,
            // From https to anything else.
            ReferrerPolicy::NoReferrerWhenDowngrade
            | ReferrerPolicy::StrictOrigin
            | ReferrerPolicy::StrictOriginWhenCrossOrigin => {
                origin.as_tuple().is_some_and(|tuple| tuple.scheme() == "https")
                    && self.current_url().scheme() != "https"
            }
            ReferrerPolicy::SameOrigin => !origin_is_same_as_url(origin, self.current_url()),
            ReferrerPolicy::Origin | ReferrerPolicy::OriginWhenCrossOrigin | ReferrerPolicy::UnsafeUrl => {
                false
            }
        }
    }
}
