//! [Redirect-taint](https://fetch.spec.whatwg.org/#concept-request-tainted-origin).

use super::CurrentRequest;
use crate::{
    browser::url_origin::{
        origin_is_same_as_url, origin_is_same_site_as_url, urls_are_same_origin, urls_are_same_site,
    },
    site::Sites,
};

/// A request's [redirect-taint](https://fetch.spec.whatwg.org/#concept-request-tainted-origin): whether a
/// redirect led away from a URL that is neither of the request's origin nor of the origin to which it led.
///
/// If it is not `SameOrigin`, the request's `Origin` is `null`. If it is `CrossSite`, no cookies with
/// `SameSite=Strict` or `SameSite=Lax` are sent with subresources
/// ([determine the same-site mode](https://fetch.spec.whatwg.org/#determine-the-same-site-mode)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RedirectTaint {
    /// `"same-origin"`: every redirect was by a URL of the request's origin, or stayed within one origin.
    SameOrigin,
    /// `"same-site"`: a redirect led from another origin to a third one, all of them within one site.
    SameSite,
    /// `"cross-site"`: a redirect led from another site to a third one.
    CrossSite,
}

impl RedirectTaint {
    /// The name in the standard, such as `same-site`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SameOrigin => "same-origin",
            Self::SameSite => "same-site",
            Self::CrossSite => "cross-site",
        }
    }
}

impl CurrentRequest {
    /// The request's redirect-taint, which is computed from the URL list and never stored.
    pub(crate) fn redirect_taint(&self, sites: Sites) -> RedirectTaint {
        if !self.is_redirect_tainted() {
            return RedirectTaint::SameOrigin;
        }
        // Step 4: for each URL and the last URL before it (steps 4.1 and 4.4). Step 4.2: their origins are not
        // same site, and neither are the last URL's origin and the request's origin.
        let is_cross_site = self.url_list.steps().any(|(last, url)| {
            !urls_are_same_site(url, last, sites) && !origin_is_same_site_as_url(&self.origin, last, sites)
        });
        // Step 5: return the taint.
        if is_cross_site { RedirectTaint::CrossSite } else { RedirectTaint::SameSite }
    }

    /// Returns whether the redirect-taint is not "same-origin", which is all that CORS needs to know.
    pub(crate) fn is_redirect_tainted(&self) -> bool {
        // Step 4.3: for a URL and the last URL before it, their origins differ, and the last URL's origin is not
        // the request's origin. Two origins that are not same site differ, too (step 4.2).
        let mut steps = self.url_list.steps();
        steps
            .any(|(last, url)| !urls_are_same_origin(url, last) && !origin_is_same_as_url(&self.origin, last))
    }
}
