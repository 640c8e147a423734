//! [Redirect-taint](https://fetch.spec.whatwg.org/#concept-request-tainted-origin).

use super::CurrentRequest;
use crate::browser::url_origin::{origin_is_same_as_url, urls_are_same_origin};

/// Redirect-taint as far as CORS needs it: "same-origin" or not. The difference between "same-site" and
/// "cross-site" matters only for cookies and reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RedirectTaint {
    SameOrigin,
    Other,
}

impl CurrentRequest {
    /// The request's redirect-taint, which is computed from the URL list and never stored.
    pub(crate) fn redirect_taint(&self) -> RedirectTaint {
        let origin = &self.origin;
        // Step 4: for each URL and the last URL before it (steps 4.1 and 4.4). Step 4.3: their origins
        // differ, and the last URL's origin is not the request's origin.
        let mut steps = self.url_list.steps();
        let tainted =
            steps.any(|(last, url)| !urls_are_same_origin(url, last) && !origin_is_same_as_url(origin, last));
        // Step 5: return the taint.
        if tainted { RedirectTaint::Other } else { RedirectTaint::SameOrigin }
    }
}
