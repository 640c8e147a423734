//! Rules for the `Referer` header.

use super::group;
use crate::browser::destination::Destination;

group! {
    /// Whose URL is the referrer, and which requests have none.
    ReferrerRules {
        /// Whether a document with an opaque origin, such as a sandboxed frame, sends its URL.
        ///
        /// Standard: it does not (determine request's referrer, step 3).
        /// WebKit: it does.
        sent_by_opaque_origins: bool = false,

        /// Whether a document at `about:srcdoc` sends the URL of the document around it.
        ///
        /// Standard: it does (determine request's referrer, step 3).
        /// WebKit: it sends nothing.
        sent_by_srcdoc: bool = true,

        /// Whether a document at `about:blank` sends the URL of the page that made it.
        ///
        /// Standard: it does not, because its own URL is no referrer (strip url for use as a referrer, step 2).
        /// Firefox: it does.
        sent_by_about_blank: bool = false,

        /// Whether a page or a worker at a `blob:` URL sends the origin of that URL.
        ///
        /// Standard: it does not (strip url for use as a referrer, step 2).
        /// Firefox: a worker sends the origin of the page that made it, also to that origin.
        blob_urls_send_their_origin: bool = false,

        /// Whether what a style sheet or a module requests has the URL of the page as its referrer.
        ///
        /// Standard: it has the URL of the style sheet or the module (Referrer Policy, "Integration with CSS"; HTML,
        /// fetch a single module script).
        /// WebKit: it has the URL of the page.
        imports_send_the_page: bool = false,

        /// The destinations of requests that have no referrer.
        ///
        /// Standard: requests with any destination have one.
        /// Firefox: requests for tracks, for the scripts of service workers, and reports have none.
        never_sent_with: &'static [Destination] = &[],

        /// Whether the policies "no-referrer-when-downgrade" and "unsafe-url" send the whole URL to another site.
        ///
        /// Standard: they do (determine request's referrer, step 8).
        /// Firefox and WebKit: they send the origin.
        whole_to_other_sites: bool = true,

        /// Whether a preflight after a redirect has the referrer of the first request.
        ///
        /// Standard: it has the referrer that main fetch has determined for the redirected request (CORS-preflight
        /// fetch, step 1).
        /// WebKit: it has that of the first request, which may be the whole URL of the page.
        preflights_have_the_first: bool = false,

        /// Whether a navigation keeps no more than the origin of the referrer once it has been to another site.
        ///
        /// Standard: the referrer policy decides anew at each redirect (determine request's referrer, step 8).
        /// Firefox: it keeps no more.
        reduced_for_good_in_navigations: bool = false,

        /// Whether a redirected navigation sends the origin of the referrer to each other origin, although the
        /// policy of the page says something else.
        ///
        /// Standard: the referrer policy decides: "unsafe-url" and "no-referrer-when-downgrade" send the whole URL,
        /// "same-origin" sends nothing (determine request's referrer, step 8).
        /// WebKit: it sends the origin, and no more at later redirects, unless a redirect has a policy.
        redirected_navigations_send_the_origin: bool = false,
    }
}
