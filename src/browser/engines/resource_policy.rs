//! [Cross-origin resource policy check](https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check),
//! as engines run it.

use url::Url;

use super::Engine;
use crate::{
    browser::{
        embedder_policy::EmbedderPolicy,
        url_origin::{origin_is_same_as_url, tuple_origin_of},
    },
    origin::{HostKind, Origin, TupleOrigin},
    site::Sites,
};

impl Engine {
    /// Steps 5 and 7, and HTTP-network-or-cache fetch, step 8.4: the embedder policy; `unsafe-none` if the
    /// engine does not know it.
    pub(crate) fn known_embedder_policy(&self, policy: EmbedderPolicy) -> EmbedderPolicy {
        match policy {
            EmbedderPolicy::Credentialless if !self.rules.response.supports_credentialless => {
                EmbedderPolicy::UnsafeNone
            }
            policy => policy,
        }
    }

    /// Internal check, step 3: returns whether a value other than the three allows the response.
    pub(crate) fn lets_unknown_resource_policy_through(&self, policy: &[u8]) -> bool {
        !policy.is_empty() && !self.rules.response.unknown_resource_policy_is_none
    }

    /// Internal check, step 5: returns whether a page's origin and a response's URL are schemelessly same
    /// site.
    pub(crate) fn are_schemelessly_same_site(&self, origin: &Origin, response: &Url, sites: Sites) -> bool {
        let rules = &self.rules.response;
        let url = response;
        let Some(response) = tuple_origin_of(url) else { return false };
        let origin_tuple = origin.as_tuple();
        if origin_tuple.is_some_and(is_address) && !rules.addresses_are_sites {
            return origin_is_same_as_url(origin, url);
        }
        let is_bare = |origin: &TupleOrigin| !is_address(origin) && sites.of(origin).is_none();
        origin_tuple.is_some_and(|origin| sites.are_schemelessly_same_site(origin, &response))
            || rules.hosts_without_registrable_domain_are_same_site
                && origin_tuple.is_none_or(is_bare)
                && is_bare(&response)
    }
}

fn is_address(origin: &TupleOrigin) -> bool {
    origin.host_kind() != HostKind::Domain
}
