//! [Determine request's referrer](https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer),
//! as engines run it.

use std::borrow::Cow;

use url::Url;

use super::Engine;
use crate::{
    browser::{
        initiators::Initiator,
        modes::Mode,
        outgoing_request::RequestKind,
        referrer::{ClientUrls, Referrer},
        referrer_policy::ReferrerPolicy,
        state::CurrentRequest,
        url_origin::tuple_origin_of,
    },
    site::Sites,
};

impl Engine {
    /// Step 3: the referrer source; `None` is "no referrer".
    pub(crate) fn referrer_source<'a>(&self, request: &'a CurrentRequest) -> Option<Cow<'a, Url>> {
        let rules = &self.rules.referrer;
        if rules.never_sent_with.contains(&request.destination) {
            return None;
        }
        match &request.referrer {
            Referrer::NoReferrer => None,
            // Step 3, "client".
            Referrer::Client => self.client_source(&request.client),
            Referrer::Url(_) if rules.imports_send_the_page && is_import(request) => {
                self.client_source(&request.client)
            }
            // Step 3, a URL.
            Referrer::Url(url) => Some(Cow::Borrowed(url)),
        }
    }

    /// Main fetch, step 9: remembers the referrer of the first request, if the preflights after a redirect have it.
    pub(crate) fn remember_referrer(&mut self, request: &CurrentRequest) {
        if self.rules.referrer.preflights_have_the_first && request.redirect_count() == 0 {
            self.memory.first_referrer = Some(request.referrer.clone());
        }
    }

    /// CORS-preflight fetch, step 1: a preflight has the request's referrer.
    pub(crate) fn referrer_of<'a>(&'a self, request: &'a CurrentRequest, kind: RequestKind) -> &'a Referrer {
        match &self.memory.first_referrer {
            Some(first) if kind == RequestKind::Preflight => first,
            _ => &request.referrer,
        }
    }

    /// Main fetch, step 9: returns whether the request and all that follow a redirect have no more than the
    /// origin of the referrer.
    pub(crate) fn reduces_referrer_for_good(
        &self,
        referrer: &Url,
        request: &CurrentRequest,
        sites: Sites,
    ) -> bool {
        self.rules.referrer.reduced_for_good_in_navigations
            && request.mode == Mode::Navigate
            && !is_same_site(referrer, request.current_url(), sites)
    }

    /// HTTP-redirect fetch, step 19: the request's referrer policy after a redirect that may set one.
    pub(crate) fn referrer_policy_after_redirect(
        &self,
        request: &CurrentRequest,
        of_redirect: Option<ReferrerPolicy>,
    ) -> ReferrerPolicy {
        let rules = &self.rules.referrer;
        match (of_redirect, request.referrer_policy) {
            (Some(policy), _) => policy,
            (None, policy)
                if request.mode != Mode::Navigate || !rules.redirected_navigations_send_the_origin =>
            {
                policy
            }
            (None, ReferrerPolicy::UnsafeUrl) => ReferrerPolicy::OriginWhenCrossOrigin,
            (None, ReferrerPolicy::NoReferrerWhenDowngrade | ReferrerPolicy::SameOrigin) => {
                ReferrerPolicy::StrictOriginWhenCrossOrigin
            }
            (None, policy) => policy,
        }
    }

    /// Step 8: returns whether the request has no more than the origin of the referrer, whatever its policy is.
    pub(crate) fn sends_origin_as_referrer(&self, referrer: &Url, current_url: &Url, sites: Sites) -> bool {
        !self.rules.referrer.whole_to_other_sites && !is_same_site(referrer, current_url, sites)
    }

    /// Step 3, "client": the URL of the page.
    fn client_source<'a>(&self, client: &'a ClientUrls) -> Option<Cow<'a, Url>> {
        let rules = &self.rules.referrer;
        // A document with an opaque origin has no referrer.
        if client.has_opaque_origin && !rules.sent_by_opaque_origins {
            return None;
        }
        let url = client.document();
        match url.as_str() {
            // A document at `about:srcdoc` has the URL of the document around it.
            "about:srcdoc" => rules.sent_by_srcdoc.then_some(Cow::Borrowed(&client.base)),
            "about:blank" if rules.sent_by_about_blank => Some(Cow::Borrowed(&client.base)),
            _ if url.scheme() == "blob" && rules.blob_urls_send_their_origin => {
                let origin = tuple_origin_of(url)?;
                Url::parse(origin.as_str()).ok().map(Cow::Owned)
            }
            // The document's URL. For a worker, its creation URL.
            _ => Some(Cow::Borrowed(url)),
        }
    }
}

/// Returns whether the referrer and the URL are of one site. Their schemes may differ.
fn is_same_site(referrer: &Url, url: &Url, sites: Sites) -> bool {
    match [referrer, url].map(tuple_origin_of) {
        [Some(referrer), Some(url)] => sites.are_schemelessly_same_site(&referrer, &url),
        _ => false,
    }
}

/// Returns whether the referrer is the URL of the style sheet or the module that makes the request. `fetch()`
/// can choose a referrer, too.
fn is_import(request: &CurrentRequest) -> bool {
    let is_first = request.redirect_count() == 0;
    is_first && request.initiator.is_some_and(|initiator| initiator != Initiator::Fetch)
}
