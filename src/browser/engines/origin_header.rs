//! [Append a request `Origin` header](https://fetch.spec.whatwg.org/#append-a-request-origin-header), as
//! engines run it.

use super::{Engine, rules::NoCorsOpaqueOrigin};
use crate::{
    browser::{
        initiators::Initiator,
        modes::Mode,
        partition_key::PartitionKey,
        referrer_policy::ReferrerPolicy,
        state::CurrentRequest,
        url_origin::{urls_are_same_origin, with_scheme_and_host},
    },
    origin::Origin,
    site::Sites,
};

impl Engine {
    /// Step 4: returns whether a GET or HEAD request outside CORS has the header, too.
    pub(crate) fn adds_origin_to_get(&self, request: &CurrentRequest, sites: Sites) -> bool {
        let rules = &self.rules.origin;
        let is_kept =
            rules.kept_when_method_becomes_get && self.memory.sent_origin && request.mode != Mode::Navigate;
        let is_sent_by_element = rules.sent_by_crossorigin_elements
            && request.mode == Mode::Cors
            && !request.unsafe_request
            && !self.memory.initiator.is_some_and(|initiator| rules.not_sent_by.contains(&initiator));
        let is_sent_by_opaque_origin = request.mode == Mode::NoCors
            && request.includes_credentials_mode()
            && self.sends_opaque_origin(request, sites);
        is_kept || is_sent_by_element || is_sent_by_opaque_origin
    }

    /// Step 4.1: returns whether the value is `null` although the origin is not tainted: because of a
    /// redirect, or of the initiator.
    pub(crate) fn hides_origin(&self, request: &CurrentRequest) -> bool {
        let rules = &self.rules.origin;
        let is_report = self.memory.initiator == Some(Initiator::CspReport);
        rules.csp_reports_hide_origin && is_report
            || rules.every_crossing_taints_in.contains(&request.mode) && crossed_origins(request)
    }

    /// Step 4.1: the referrer policy that decides about the value; `None` if the value does not depend on a
    /// policy.
    pub(crate) fn referrer_policy_for_origin(&self, request: &CurrentRequest) -> Option<ReferrerPolicy> {
        let rules = &self.rules.origin;
        match rules.redirects_apply_referrer_policy {
            _ if !rules.follows_referrer_policy && request.mode != Mode::Navigate => None,
            true => Some(request.referrer_policy),
            false => (!crossed_origins(request)).then_some(self.memory.first_referrer_policy),
        }
    }

    /// Remembers whether an actual request went out with the header.
    pub(crate) fn remember_origin(&mut self, sent: bool) {
        self.memory.sent_origin = sent;
    }

    /// Returns whether a page with an opaque origin sends `null`, whatever the method is.
    fn sends_opaque_origin(&self, request: &CurrentRequest, sites: Sites) -> bool {
        let applies = match self.rules.origin.no_cors_opaque_origin {
            NoCorsOpaqueOrigin::ByMethod => false,
            NoCorsOpaqueOrigin::UntilMethodBecomesGet => !self.memory.method_became_get,
            NoCorsOpaqueOrigin::UntilCrossOriginRedirect => !crossed_origins(request),
        };
        applies && matches!(request.origin, Origin::Opaque(_)) && starts_at_top_level_site(request, sites)
    }
}

/// Returns whether a redirect has led from one origin to another.
pub(super) fn crossed_origins(request: &CurrentRequest) -> bool {
    request.url_list.steps().any(|(last, url)| !urls_are_same_origin(last, url))
}

/// Returns whether the first URL is of the site of the top-level page, which the network partition key tells.
/// If the key is not the key of a site, the result is true.
fn starts_at_top_level_site(request: &CurrentRequest, sites: Sites) -> bool {
    let Some(site) = request.partition.as_ref().and_then(PartitionKey::site) else { return true };
    with_scheme_and_host(request.url_list.first(), |first| {
        first.is_some_and(|(_, host)| sites.hosts_are_schemelessly_same_site(host, site.host()))
    })
}
