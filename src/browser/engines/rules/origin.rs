//! Rules for the `Origin` header of requests that are not CORS requests.

use super::group;

group! {
    /// What the `Origin` header of a request outside CORS is.
    OriginHeaderRules {
        /// Whether the referrer policy can make it `null`.
        ///
        /// Standard: it can, outside mode "cors" (append a request `Origin` header, step 4.1; WPT
        /// `fetch/origin/assorted.window.js`).
        follows_referrer_policy: bool = true,

        /// Whether the referrer policy can do so after a redirect, which may also have changed the policy.
        ///
        /// Standard: it can, each request has the header by itself.
        redirects_apply_referrer_policy: bool = true,

        /// Whether any redirect to another origin than the current one makes it `null` in mode "no-cors".
        ///
        /// Standard: only a redirect by another origin than the page's own does (redirect-taint, step 4.3).
        every_crossing_taints: bool = false,

        /// Whether it stays when a redirect within one origin makes the request a `GET`.
        ///
        /// Standard: it does not (append a request `Origin` header, step 4).
        kept_when_method_becomes_get: bool = false,

        /// Whether an element with the attribute `crossorigin` sends it to the page's own origin.
        ///
        /// Standard: it does not, response tainting is "basic" and the method `GET` (append a request `Origin` header, steps 3
        /// and 4).
        sent_by_crossorigin_elements: bool = false,

        /// Which requests in mode "no-cors" that include credentials carry `Origin: null` if the page's origin is opaque.
        ///
        /// Standard: those with other methods than `GET` and `HEAD` (append a request `Origin` header, step 4).
        no_cors_opaque_origin: NoCorsOpaqueOrigin = NoCorsOpaqueOrigin::ByMethod,
    }
}

/// See [`OriginHeaderRules::no_cors_opaque_origin`].
///
/// The site of the top-level page is read from the network partition key, if that is the serialization of an origin. If it is
/// not, every URL counts as of that site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoCorsOpaqueOrigin {
    /// Those whose method is neither `GET` nor `HEAD`, as for any other page.
    ByMethod,
    /// Those whose first URL is of the site of the top-level page, until a redirect makes another method `GET`.
    UntilRewritten,
    /// Those whose first URL is of the site of the top-level page, until a redirect leads to another origin.
    UntilCrossing,
}
