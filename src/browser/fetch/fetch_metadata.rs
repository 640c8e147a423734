//! [Append the Fetch metadata headers for a request](https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-append-the-fetch-metadata-headers-for-a-request).

use super::Fetch;
use crate::browser::{
    fetch_metadata::{FetchMetadata, FetchSite},
    modes::{Mode, UserInvolvement},
    outgoing_request::RequestKind,
};

impl Fetch {
    /// The headers; `None` for a URL that is not potentially trustworthy.
    pub(super) fn fetch_metadata(&self, kind: RequestKind) -> Option<FetchMetadata> {
        let request = &self.request;
        // Step 1: the URL is not potentially trustworthy. (The standard says the URL, and means the current URL:
        // WPT fetch/metadata/redirect/redirect-https-downgrade.sub.html.)
        if !self.engine.sends_fetch_metadata(request, kind) {
            return None;
        }
        // A preflight is a request of its own: CORS-preflight fetch, step 1. It has no user activation.
        let (mode, involvement) = match kind {
            RequestKind::Preflight => (Mode::Cors, UserInvolvement::None),
            RequestKind::Actual => (request.mode, request.user_involvement),
        };
        // Step 2: set `Sec-Fetch-Dest`.
        Some(self.engine.with_named_destination(FetchMetadata {
            destination: request.destination,
            names_web_socket: false,
            // Step 3: set `Sec-Fetch-Mode`.
            mode,
            // Step 4: set `Sec-Fetch-Site`.
            site: self.fetch_site(kind, involvement),
            // Step 5: set `Sec-Fetch-User`. Its step 2: only for a navigation request with user activation.
            user: request.destination.is_navigation() && involvement != UserInvolvement::None,
        }))
    }

    /// [Set the `Sec-Fetch-Site` header](https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-set-site).
    fn fetch_site(&self, kind: RequestKind, involvement: UserInvolvement) -> FetchSite {
        let request = &self.request;
        // Step 4: the user, and not a page, caused a navigation request.
        if request.destination.is_navigation() && involvement == UserInvolvement::BrowserUi {
            return FetchSite::None;
        }
        // Step 3: `same-origin`. Step 5: for each URL, the value becomes `same-site` or `cross-site`. Step 5.3: break
        // at the first `cross-site`.
        let mut site = FetchSite::SameOrigin;
        for url in self.engine.urls_for_site(request, kind) {
            // Steps 5.1 to 5.4.
            match self.engine.site_of_url(request, kind, url, self.sites) {
                FetchSite::SameOrigin | FetchSite::None => {}
                FetchSite::SameSite => site = FetchSite::SameSite,
                FetchSite::CrossSite => return FetchSite::CrossSite,
            }
        }
        site
    }
}
