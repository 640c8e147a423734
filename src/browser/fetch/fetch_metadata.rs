//! [Append the Fetch metadata headers for a request](https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-append-the-fetch-metadata-headers-for-a-request).

use super::Fetch;
use crate::browser::{
    fetch_metadata::{FetchMetadata, FetchSite},
    modes::{Mode, UserInvolvement},
    trustworthy::is_potentially_trustworthy_url,
    url_origin::{origin_is_same_as_url, origin_is_same_site_as_url},
};

impl Fetch {
    /// The headers of a preflight: it has mode "cors", and no user activation.
    pub(super) fn preflight_metadata(&self) -> Option<FetchMetadata> {
        self.metadata(Mode::Cors, UserInvolvement::None)
    }

    /// The headers of the actual request.
    pub(super) fn fetch_metadata(&self) -> Option<FetchMetadata> {
        self.metadata(self.request.mode, self.request.user_involvement)
    }

    /// The headers; `None` for a URL that is not potentially trustworthy.
    fn metadata(&self, mode: Mode, involvement: UserInvolvement) -> Option<FetchMetadata> {
        let request = &self.request;
        // Step 1: the URL is not potentially trustworthy. (The standard says the URL, and means the current URL:
        // WPT fetch/metadata/redirect/redirect-https-downgrade.sub.html.)
        if !is_potentially_trustworthy_url(request.current_url()) {
            return None;
        }
        Some(FetchMetadata {
            // Step 2: set `Sec-Fetch-Dest`.
            destination: request.destination,
            // Step 3: set `Sec-Fetch-Mode`.
            mode,
            // Step 4: set `Sec-Fetch-Site`.
            site: self.fetch_site(involvement),
            // Step 5: set `Sec-Fetch-User`. Its step 2: only for a navigation request with user activation.
            user: request.destination.is_navigation() && involvement != UserInvolvement::None,
        })
    }

    /// [Set the `Sec-Fetch-Site` header](https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-set-site).
    fn fetch_site(&self, involvement: UserInvolvement) -> FetchSite {
        let request = &self.request;
        // Step 4: the user, and not a page, caused a navigation request.
        if request.destination.is_navigation() && involvement == UserInvolvement::BrowserUi {
            return FetchSite::None;
        }
        // Step 3: `same-origin`. Step 5: for each URL. Step 5.1: continue if it is same origin with the request's
        // origin. Steps 5.2 to 5.4: otherwise, the header is `cross-site` if they are not same site, or else
        // `same-site`.
        let origin = &request.origin;
        let mut other_urls =
            request.url_list.iter().filter(|url| !origin_is_same_as_url(origin, url)).peekable();
        if other_urls.peek().is_none() {
            FetchSite::SameOrigin
        } else if other_urls.all(|url| origin_is_same_site_as_url(origin, url, self.sites)) {
            FetchSite::SameSite
        } else {
            FetchSite::CrossSite
        }
    }
}
