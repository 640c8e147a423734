//! [Redirect-taint](https://fetch.spec.whatwg.org/#concept-request-tainted-origin).

use super::CurrentRequest;
use crate::browser::url_origin::{origin_is_same_as_url, urls_are_same_origin};

/// The part of redirect-taint that CORS asks for: whether it is "same-origin". The difference between "same-site" and
/// "cross-site" matters for cookies and reports only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RedirectTaint {
    SameOrigin,
    Other,
}

impl CurrentRequest {
    /// Redirect-taint, derived from the URL list each time and never stored beside it.
    pub(crate) fn redirect_taint(&self) -> RedirectTaint {
        let origin = &self.origin;
        // Step 4: for each URL and the one before it (steps 4.1 and 4.4). Step 4.3: they differ in origin, and the earlier
        // one differs from the request's origin.
        let mut steps = self.url_list.steps();
        let tainted =
            steps.any(|(last, url)| !urls_are_same_origin(url, last) && !origin_is_same_as_url(origin, last));
        // Step 5: return the taint.
        if tainted { RedirectTaint::Other } else { RedirectTaint::SameOrigin }
    }
}
