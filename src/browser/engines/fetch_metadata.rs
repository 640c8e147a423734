//! [Append the Fetch metadata headers for a request](https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-append-the-fetch-metadata-headers-for-a-request),
//! as engines run it.

use url::Url;

use super::Engine;
use crate::{
    browser::{
        destination::Destination,
        fetch_metadata::{FetchMetadata, FetchSite},
        modes::Mode,
        outgoing_request::RequestKind,
        state::CurrentRequest,
        trustworthy::is_potentially_trustworthy_url,
        url_origin::{has_address, origin_is_same_as_url, origin_is_same_site_as_url, urls_are_same_origin},
    },
    site::Sites,
};

impl Engine {
    /// Step 1: returns whether the request has the headers. By the standard, its URL must be potentially
    /// trustworthy.
    pub(crate) fn sends_fetch_metadata(&self, request: &CurrentRequest, kind: RequestKind) -> bool {
        let rules = &self.rules.fetch_metadata;
        let is_left_out = request.mode == Mode::WebSocket && !rules.sent_with_web_sockets
            || request.mode == Mode::Cors
                && kind == RequestKind::Actual
                && !rules.sent_after_redirects_in_cors
                && last_redirect_crossed_origins(request);
        is_potentially_trustworthy_url(request.current_url()) && !is_left_out
    }

    /// Step 2: the headers with the destination that `Sec-Fetch-Dest` names.
    pub(crate) fn with_named_destination(&self, metadata: FetchMetadata) -> FetchMetadata {
        let rules = &self.rules.fetch_metadata;
        FetchMetadata {
            destination: match metadata.destination {
                Destination::Object | Destination::Embed if rules.embeds_are_iframes => Destination::Iframe,
                Destination::Report if rules.reports_are_empty => Destination::Empty,
                destination => destination,
            },
            names_web_socket: metadata.mode == Mode::WebSocket && rules.web_sockets_have_a_destination,
            ..metadata
        }
    }

    /// Set the `Sec-Fetch-Site` header, step 5: the URLs that count.
    pub(crate) fn urls_for_site<'a>(
        &self,
        request: &'a CurrentRequest,
        kind: RequestKind,
    ) -> impl Iterator<Item = &'a Url> + use<'a> {
        let only_current =
            kind == RequestKind::Preflight && !self.rules.fetch_metadata.preflights_compare_all_urls;
        let skipped = if only_current { request.redirect_count() } else { 0 };
        request.url_list.iter().skip(skipped)
    }

    /// Set the `Sec-Fetch-Site` header, steps 5.1 to 5.4: how a URL is related to the request's origin.
    pub(crate) fn site_of_url(
        &self,
        request: &CurrentRequest,
        kind: RequestKind,
        url: &Url,
        sites: Sites,
    ) -> FetchSite {
        let rules = &self.rules.fetch_metadata;
        if kind == RequestKind::Preflight
            && rules.tainted_preflights_are_cross_site
            && request.is_redirect_tainted()
        {
            return FetchSite::CrossSite;
        }
        let is_two_sites = kind == RequestKind::Actual
            && !rules.addresses_stay_sites_after_redirects
            && request.redirect_count() > 0
            && has_address(url);
        // Step 5.1: continue if it is same origin. Steps 5.2 and 5.3: `cross-site` if it is not same site. Step 5.4:
        // otherwise, `same-site`.
        if origin_is_same_as_url(&request.origin, url) {
            FetchSite::SameOrigin
        } else if !is_two_sites && origin_is_same_site_as_url(&request.origin, url, sites) {
            FetchSite::SameSite
        } else {
            FetchSite::CrossSite
        }
    }
}

/// Returns whether the last redirect has led from one origin to another.
fn last_redirect_crossed_origins(request: &CurrentRequest) -> bool {
    request.url_list.steps().last().is_some_and(|(from, to)| !urls_are_same_origin(from, to))
}
