//! [Cross-origin resource policy check](https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check) of
//! responses in mode "no-cors".

use http::HeaderName;
use url::Url;

use super::Fetch;
use crate::{
    browser::{
        diagnosis::{Finding, Reason},
        embedder_policy::EmbedderPolicy,
        response_head::Received,
        url_origin::{has_address, origin_is_same_as_url},
    },
    header_list::HeaderList,
    standard::Algorithm::ResourcePolicyInternalCheck,
};

static CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The input of the check. `forNavigation` is left out, because only HTML's navigate algorithm sets it.
struct ResourcePolicyCheck<'a> {
    fetch: &'a Fetch,
    /// The response's URL.
    url: &'a Url,
    /// The response's header list.
    headers: &'a HeaderList,
    request_includes_credentials: bool,
}

impl Fetch {
    /// Runs the check for a response.
    pub(super) fn check_resource_policy(&mut self, response: &Received) -> Result<(), Reason> {
        self.resource_policy_check(response).run()?;
        self.note((ResourcePolicyInternalCheck, "5"), |_| Finding::ResourcePolicyPassed);
        Ok(())
    }
}

impl Fetch {
    fn resource_policy_check<'a>(&'a self, response: &'a Received) -> ResourcePolicyCheck<'a> {
        let current_url = self.request.current_url();
        ResourcePolicyCheck {
            fetch: self,
            // A response that a script made has no URL. The URL of the request stands for it.
            url: response.url(current_url).unwrap_or(current_url),
            headers: &response.head.headers,
            request_includes_credentials: response.request_includes_credentials,
        }
    }

    /// Returns whether the response would pass with the value `same-site`. Engines differ about the sites of IP
    /// addresses, so that value does not suffice for them.
    pub(crate) fn same_site_suffices(&self, response: &Received) -> bool {
        let check = self.resource_policy_check(response);
        check.same_site() && !has_address(check.url)
    }
}

impl ResourcePolicyCheck<'_> {
    /// Runs the check without its reports (steps 4 and 6), which the embedder sends.
    fn run(&self) -> Result<(), Reason> {
        // Step 3: the check with the embedder policy "unsafe-none".
        self.internal_check(EmbedderPolicy::UnsafeNone)?;
        // Steps 5 and 7: the check with the page's embedder policy.
        self.internal_check(self.fetch.engine.known_embedder_policy(self.fetch.request.embedder_policy))
    }

    /// [Cross-origin resource policy internal check](https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check).
    fn internal_check(&self, embedder_policy: EmbedderPolicy) -> Result<(), Reason> {
        // Step 2: get `Cross-Origin-Resource-Policy`, all lines combined.
        let policy = self.headers.get(&CROSS_ORIGIN_RESOURCE_POLICY);
        // Step 3: every value except the three becomes null. Step 5: switch on the policy.
        match policy.as_deref() {
            Some(b"cross-origin") => Ok(()),
            Some(b"same-origin") => self.same_origin().then_some(()).ok_or(Reason::CorpSameOrigin),
            Some(b"same-site") => self.same_site().then_some(()).ok_or(Reason::CorpSameSite),
            Some(policy) if self.fetch.engine.lets_unknown_resource_policy_through(policy) => Ok(()),
            // Step 4: null becomes `same-origin` because of the embedder policy.
            _ => {
                let becomes_same_origin = match embedder_policy {
                    EmbedderPolicy::UnsafeNone => false,
                    EmbedderPolicy::Credentialless => self.request_includes_credentials,
                    EmbedderPolicy::RequireCorp => true,
                };
                (!becomes_same_origin || self.same_origin()).then_some(()).ok_or(Reason::CorpDefaultedByCoep)
            }
        }
    }

    fn same_origin(&self) -> bool {
        origin_is_same_as_url(&self.fetch.request.origin, self.url)
    }

    /// Step 5, `same-site`: returns whether both are schemelessly same site, and the page's scheme is "https"
    /// or the response's is not.
    fn same_site(&self) -> bool {
        let origin = &self.fetch.request.origin;
        let is_secure = origin.as_tuple().is_some_and(|origin| origin.scheme() == "https");
        self.fetch.engine.are_schemelessly_same_site(origin, self.url, self.fetch.sites)
            && (is_secure || self.url.scheme() != "https")
    }
}
