//! [Cross-origin resource policy check](https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check), for
//! responses that a page embeds without CORS.

use crate::browser::fetch_state::Fetch;
use crate::browser::response::Received;
use crate::browser::trace::Finding;
use crate::browser::url_origin::{origin_is_same_as_url, tuple_origin_of};
use crate::browser::{EmbedderPolicy, Reason, ResponseRules, UserAgent};
use crate::header_list::HeaderList;
use crate::origin::{HostKind, Origin, TupleOrigin};
use crate::site::Sites;
use crate::standard::Algorithm::ResourcePolicyInternalCheck;
use http::HeaderName;
use url::Url;

static CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What the check is given. `forNavigation` is not among it: HTML's navigate algorithm alone sets that.
struct ResourcePolicyCheck<'a> {
    origin: &'a Origin,
    embedder_policy: EmbedderPolicy,
    /// The response's URL.
    url: &'a Url,
    /// The response's header list.
    headers: &'a HeaderList,
    request_includes_credentials: bool,
    sites: Sites,
    rules: ResponseRules,
}

impl Fetch {
    /// The check of a response, whose request-includes-credentials is not in the response here.
    pub(crate) fn check_resource_policy(
        &mut self,
        response: &Received,
        request_includes_credentials: bool,
        user_agent: &UserAgent,
    ) -> Result<(), Reason> {
        let check = ResourcePolicyCheck {
            origin: &self.request.origin,
            embedder_policy: self.request.embedder_policy,
            // A response that a script made has none of its own; it stands for the one that was asked for.
            url: response.url(self.current_url()).unwrap_or(self.current_url()),
            headers: &response.head.headers,
            request_includes_credentials,
            sites: user_agent.sites(),
            rules: user_agent.profile().response,
        };
        check.run()?;
        self.note((ResourcePolicyInternalCheck, "5"), |_| Finding::ResourcePolicyPassed);
        Ok(())
    }
}

impl ResourcePolicyCheck<'_> {
    /// The check, without its reports (steps 4 and 6), which are the embedder's.
    fn run(&self) -> Result<(), Reason> {
        // Step 3: blocked whatever the embedder policy is.
        self.internal_check(EmbedderPolicy::UnsafeNone)?;
        // Steps 5 and 7: blocked because of the embedder policy.
        match self.embedder_policy {
            EmbedderPolicy::Credentialless if !self.rules.knows_credentialless => Ok(()),
            policy => self.internal_check(policy),
        }
    }

    /// [Cross-origin resource policy internal check](https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check).
    fn internal_check(&self, embedder_policy: EmbedderPolicy) -> Result<(), Reason> {
        // Step 2: get the header, all lines combined.
        let policy = self.headers.get(&CROSS_ORIGIN_RESOURCE_POLICY);
        // Step 3: what is none of three values is null. Step 5: switch on the policy.
        match policy.as_deref() {
            Some(b"cross-origin") => Ok(()),
            Some(b"same-origin") => self.same_origin().then_some(()).ok_or(Reason::CorpSameOrigin),
            Some(b"same-site") => self.same_site().then_some(()).ok_or(Reason::CorpSameSite),
            Some(policy) if !policy.is_empty() && !self.rules.unknown_resource_policy_is_none => Ok(()),
            // Step 4: null becomes `same-origin` where the embedder policy says so.
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
        origin_is_same_as_url(self.origin, self.url)
    }

    /// Schemelessly same site, and not from an insecure page to a secure response.
    fn same_site(&self) -> bool {
        let Some(response) = tuple_origin_of(self.url) else { return false };
        let origin = self.origin.as_tuple();
        let is_address = |origin: &TupleOrigin| origin.host_kind() != HostKind::Domain;
        if origin.is_some_and(is_address) && !self.rules.addresses_are_sites {
            return self.same_origin();
        }
        let is_bare = |origin: &TupleOrigin| !is_address(origin) && self.sites.of(origin).is_none();
        let both_bare = || origin.is_none_or(is_bare) && is_bare(&response);
        let same_site = origin.is_some_and(|origin| self.sites.are_schemelessly_same_site(origin, &response));
        (same_site || self.rules.bare_names_are_one_site && both_bare())
            && (origin.is_some_and(|origin| origin.scheme() == "https") || response.scheme() != "https")
    }
}
