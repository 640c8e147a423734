//! Rules for the `Origin` header of requests that are not CORS requests.

use super::group;
use crate::browser::{initiators::Initiator, modes::Mode};

group! {
    /// Whether a request outside CORS has an `Origin` header, and with which value.
    OriginHeaderRules {
        /// Whether the referrer policy can make the value `null`, if the request is not a navigation.
        ///
        /// Standard: it can, if the mode is not "cors" (append a request `Origin` header, step 4.1; WPT
        /// `fetch/origin/assorted.window.js`).
        /// Chromium: it cannot. A navigation follows the standard.
        follows_referrer_policy: bool = true,

        /// Whether the value is `null` in a report to the `report-uri` of a Content Security Policy.
        ///
        /// Standard: the value is the page's origin (append a request `Origin` header, step 4.2).
        /// WebKit: it is `null`.
        csp_reports_hide_origin: bool = false,

        /// Whether the referrer policy, which a redirect may change, can make the value `null` after a
        /// redirect.
        ///
        /// Standard: it can, because each request gets its own header.
        /// WebKit: it cannot after a redirect to another origin. After redirects within one origin, the first
        /// policy decides.
        redirects_apply_referrer_policy: bool = true,

        /// The modes in which any redirect from one origin to another makes the value `null`.
        ///
        /// Standard: in all modes, only a redirect by a URL that is not of the page's origin does
        /// (redirect-taint, step 4.3).
        /// Chromium: in modes "no-cors" and "navigate", any redirect to another origin does.
        /// WebKit: in mode "navigate", any redirect to another origin does.
        every_crossing_taints_in: &'static [Mode] = &[],

        /// Whether the header stays when a redirect within one origin turns the request into a `GET`.
        ///
        /// Standard: it does not stay (append a request `Origin` header, step 4).
        /// WebKit: it stays.
        kept_when_method_becomes_get: bool = false,

        /// Whether an element with the attribute `crossorigin` sends the header to the page's own origin.
        ///
        /// Standard: it does not, because response tainting is "basic" and the method is `GET` (append a
        /// request `Origin` header, steps 3 and 4).
        /// Chromium and WebKit: it sends the header, as modules and fonts do.
        sent_by_crossorigin_elements: bool = false,

        /// The initiators that do not send the header to the page's own origin, although elements with
        /// `crossorigin` do.
        ///
        /// Standard: there is no exception, because no initiator sends it (append a request `Origin` header,
        /// steps 3 and 4).
        /// Chromium: `EventSource` and media. WebKit: `EventSource` and worklets.
        not_sent_by: &'static [Initiator] = &[],

        /// The requests in mode "no-cors" with credentials that carry `Origin: null`, if the page's origin is
        /// opaque.
        ///
        /// Standard: requests whose method is neither `GET` nor `HEAD` carry it (append a request `Origin`
        /// header, step 4).
        /// Chromium: requests to the site of the top-level page carry it, too, until a redirect turns the
        /// request into a `GET`.
        /// Firefox: requests to the site of the top-level page carry it, too, until a redirect leads to
        /// another origin.
        no_cors_opaque_origin: NoCorsOpaqueOrigin = NoCorsOpaqueOrigin::ByMethod,
    }
}

/// See [`OriginHeaderRules::no_cors_opaque_origin`].
///
/// The network partition key tells the site of the top-level page, if it is the key of a site. If it is not,
/// every URL counts as a URL of that site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoCorsOpaqueOrigin {
    /// Requests whose method is neither `GET` nor `HEAD`, as for any other page.
    ByMethod,
    /// Also requests whose first URL is of the site of the top-level page, until a redirect turns the request
    /// into a `GET`.
    UntilMethodBecomesGet,
    /// Also requests whose first URL is of the site of the top-level page, until a redirect leads to another
    /// origin.
    UntilCrossOriginRedirect,
}
