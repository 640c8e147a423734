//! Credentials and redirect-taint: what a request may reveal about whoever makes it.

use crate::browser::fetch_state::{Fetch, ResponseTainting};
use crate::browser::url_origin::{origin_is_same_as_url, urls_are_same_origin};
use crate::browser::{CredentialsMode, EmbedderPolicy, Mode, Profile};

/// The part of [redirect-taint](https://fetch.spec.whatwg.org/#concept-request-tainted-origin) that CORS asks for:
/// whether it is "same-origin". "same-site" and "cross-site" differ for cookies and reports only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RedirectTaint {
    SameOrigin,
    Other,
}

impl Fetch {
    /// Redirect-taint, derived from the URL list each time and never stored beside it.
    pub(crate) fn redirect_taint(&self) -> RedirectTaint {
        self.redirect_taint_at(self.hop())
    }

    /// The same as it was after that many redirects.
    pub(crate) fn redirect_taint_at(&self, hop: usize) -> RedirectTaint {
        let origin = &self.request.origin;
        // Step 4: for each URL and the one before it (steps 4.1 and 4.4). Step 4.3: they differ in origin, and the earlier
        // one differs from the request's origin.
        let steps = self.url_list.iter().zip(self.url_list.iter().skip(1)).take(hop);
        let taints = |(last, url)| !urls_are_same_origin(url, last) && !origin_is_same_as_url(origin, last);
        // Step 5: return the taint.
        if steps.into_iter().any(taints) { RedirectTaint::Other } else { RedirectTaint::SameOrigin }
    }

    /// Whether the credentials mode is "same-origin" and the first URL was of the request's own origin.
    pub(crate) fn is_same_origin_from_own_origin(&self) -> bool {
        self.request.credentials == CredentialsMode::SameOrigin
            && origin_is_same_as_url(&self.request.origin, &self.request.url)
    }

    /// Whether credentials go with the actual request: HTTP-network-or-cache fetch, steps 8.3 and 8.4.
    pub(crate) fn include_credentials(&self, profile: &Profile) -> bool {
        // Step 8.3: credentials mode "include", or "same-origin" and response tainting "basic".
        let include_credentials = match self.request.credentials {
            CredentialsMode::Include => true,
            CredentialsMode::SameOrigin => {
                self.tainting == ResponseTainting::Basic
                    || profile.redirect.same_origin_follows_no_cors
                        && self.request.mode == Mode::NoCors
                        && self.is_same_origin_from_own_origin()
            }
            CredentialsMode::Omit => false,
        };
        // Step 8.4: unless the embedder policy does not allow it.
        include_credentials
            && (!profile.response.knows_credentialless || self.embedder_policy_allows_credentials())
    }

    /// [Cross-Origin-Embedder-Policy allows credentials](https://fetch.spec.whatwg.org/#cross-origin-embedder-policy-allows-credentials),
    /// read by its intent: see [`Profile`](crate::browser::Profile).
    fn embedder_policy_allows_credentials(&self) -> bool {
        // Steps 2 and 4: another mode than "no-cors", or another policy than "credentialless".
        self.request.mode != Mode::NoCors
            || self.request.embedder_policy != EmbedderPolicy::Credentialless
            // Step 5: the page's own origin, and never another on the way. Step 6: otherwise not.
            || origin_is_same_as_url(&self.request.origin, self.current_url())
                && self.redirect_taint() == RedirectTaint::SameOrigin
    }
}
