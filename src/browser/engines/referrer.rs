//! [Determine request's referrer](https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer),
//! as engines run it.

use std::borrow::Cow;

use url::Url;

use super::Engine;
use crate::{
    browser::{
        initiators::Initiator,
        referrer::{ClientUrls, Referrer},
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

    /// Step 8: returns whether the request has no more than the origin of the referrer, whatever its policy is.
    pub(crate) fn sends_origin_as_referrer(&self, referrer: &Url, current_url: &Url, sites: Sites) -> bool {
        let origins = [referrer, current_url].map(tuple_origin_of);
        let is_same_site = match &origins {
            [Some(referrer), Some(current)] => sites.are_schemelessly_same_site(referrer, current),
            _ => false,
        };
        !self.rules.referrer.whole_to_other_sites && !is_same_site
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

/// Returns whether the referrer is the URL of the style sheet or the module that makes the request. `fetch()`
/// can choose a referrer, too.
fn is_import(request: &CurrentRequest) -> bool {
    let is_first = request.redirect_count() == 0;
    is_first && request.initiator.is_some_and(|initiator| initiator != Initiator::Fetch)
}
