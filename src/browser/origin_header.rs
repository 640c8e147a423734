//! [Append a request `Origin` header](https://fetch.spec.whatwg.org/#append-a-request-origin-header).

use crate::browser::fetch_state::{Fetch, ResponseTainting};
use crate::browser::url_origin::{origin_is_same_as_url, tuple_origin_of, urls_are_same_origin};
use crate::browser::{Mode, OpaqueSaysNull, ReferrerPolicy, UserAgent};
use crate::origin::Origin;
use crate::site::Sites;
use http::Method;
use url::Url;

impl Fetch {
    /// The value of the `Origin` header for the actual request, `None` if it gets none.
    pub(crate) fn origin_header(&self, user_agent: &UserAgent) -> Option<&str> {
        // Step 2: the byte-serialized request origin.
        let origin = self.serialized_origin();
        let request = &self.request;
        let rules = &user_agent.profile().origin;
        // Step 3: always, if response tainting is "cors" or the mode is "websocket" or "webtransport".
        if self.tainting == ResponseTainting::Cors
            || matches!(request.mode, Mode::WebSocket | Mode::WebTransport)
        {
            return Some(origin);
        }
        let stays = rules.stays_on_get && self.origin_went_out;
        let by_element = rules.elements_say_it && request.mode == Mode::Cors && !request.unsafe_request;
        let by_frame = request.mode == Mode::NoCors
            && self.includes_credentials_mode()
            && self.says_opaque_origin(rules.opaque_says_null, user_agent.sites());
        // Step 4: otherwise, if the method is neither GET nor HEAD. Step 4.2: append it.
        if (request.method == Method::GET || request.method == Method::HEAD)
            && !(stays || by_element || by_frame)
        {
            return None;
        }
        if rules.every_crossing_taints && request.mode == Mode::NoCors && self.crossed_origins() {
            return Some("null");
        }
        // Step 4.1: outside mode "cors" the referrer policy may take it away.
        let hides = || {
            request.mode != Mode::Cors
                && rules.follows_referrer_policy
                && match rules.redirects_apply_referrer_policy {
                    true => self.is_hidden_by(request.referrer_policy),
                    false => !self.crossed_origins() && self.is_hidden_by(self.first_referrer_policy),
                }
        };
        if hides() { Some("null") } else { Some(origin) }
    }

    /// Whether a redirect has led from one origin to another.
    fn crossed_origins(&self) -> bool {
        let mut steps = self.url_list.iter().zip(self.url_list.iter().skip(1));
        steps.any(|(last, url)| !urls_are_same_origin(last, url))
    }

    /// Whether a page of an opaque origin says so with whatever it requests.
    fn says_opaque_origin(&self, rule: OpaqueSaysNull, sites: Sites) -> bool {
        let still = match rule {
            OpaqueSaysNull::ByMethod => false,
            OpaqueSaysNull::UntilRewritten => !self.became_get,
            OpaqueSaysNull::UntilCrossing => !self.crossed_origins(),
        };
        still && matches!(self.request.origin, Origin::Opaque(_)) && self.starts_at_top_level_site(sites)
    }

    /// Whether the first URL is of the site of the top-level page, as far as the network partition key tells that.
    fn starts_at_top_level_site(&self, sites: Sites) -> bool {
        let key = self.request.partition.as_ref().and_then(|key| Url::parse(key.as_str()).ok());
        let Some(top) = key.as_ref().and_then(tuple_origin_of) else { return true };
        let first = self.url_list.iter().next().and_then(tuple_origin_of);
        first.is_some_and(|first| sites.are_schemelessly_same_site(&first, &top))
    }

    fn is_hidden_by(&self, policy: ReferrerPolicy) -> bool {
        let origin = &self.request.origin;
        match policy {
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
