//! Rules for the CORS-preflight fetch, and for the question whether a request needs one.

use super::group;

group! {
    /// When a preflight is sent, what it contains, and what its response allows.
    PreflightRules {
        /// Whether `Access-Control-Allow-Headers: *` allows `Authorization`.
        ///
        /// Standard: it does not allow it (CORS-preflight fetch, step 7.6).
        /// Chromium, Firefox and WebKit: it allows it.
        authorization_wildcard: bool = false,

        /// Whether a preflight that only the use-CORS-preflight flag makes necessary allows the request's
        /// method, if its response has no `Access-Control-Allow-Methods`.
        ///
        /// Standard: it allows the method (CORS-preflight fetch, step 7.4), so `PUT` with an upload listener
        /// passes.
        /// Chromium, Firefox and WebKit: it does not allow the method.
        forced_allows_method: bool = true,

        /// Whether an upload listener forces a preflight for a request without a body.
        ///
        /// Standard: it does, because the listener alone sets the use-CORS-preflight flag (`send()`, step 6).
        /// Chromium: it does not.
        forced_without_body: bool = true,

        /// Whether the connection of the preflight belongs to the page's network partition.
        ///
        /// Standard: it does not, because the preflight's client is null (CORS-preflight fetch, step 1;
        /// [whatwg/fetch#1035](https://github.com/whatwg/fetch/issues/1035)).
        /// Chromium, Firefox and WebKit: it does.
        is_partitioned: bool = false,

        /// Whether a preflight sends the page's origin after a redirect that taints the request's origin, and
        /// its response must be shared with the page's origin.
        ///
        /// Standard: preflight and request both send `null` (CORS-preflight fetch, steps 6 and 7).
        /// Firefox: the preflight sends the page's origin, and the request sends `null`. Only a response with
        /// `*` suits both. If a redirect leads back to the page's origin, the response to the preflight is
        /// not checked.
        sends_page_origin: bool = false,

        /// Whether every redirect of a request that had a preflight needs a preflight.
        ///
        /// Standard: main fetch, step 12, checks method and headers again.
        /// Firefox and WebKit: every redirect needs a preflight, even for a `GET` without headers.
        repeat_after_redirect: bool = false,

        /// The headers that a preflight is about, if a redirect has removed some.
        ///
        /// Standard: the preflight is about the remaining headers (main fetch, step 12; CORS-preflight fetch,
        /// step 4).
        /// Firefox: it is about the headers that the page set, but it does not list those that the last
        /// redirect removed.
        /// WebKit: it is about the headers that the page set.
        headers: PreflightHeaders = PreflightHeaders::Remaining,

        /// Whether the preflight has the `User-Agent` that the page set.
        ///
        /// Standard: it does not, because it has its own header list (CORS-preflight fetch, steps 1 to 5).
        /// WebKit: it does.
        has_user_agent: bool = false,

        /// Whether `Access-Control-Request-Headers` lists a name once for each of its lines.
        ///
        /// Standard: it lists each name once (CORS-unsafe request-header names, step 6).
        /// Firefox: it lists a name once for each line.
        repeats_names: bool = false,

        /// Whether a preflight goes on after its fetch was canceled, so that its response is cached.
        ///
        /// Standard: it does not, because aborting the fetch aborts the preflight, too (fetch controller,
        /// abort).
        /// Chromium: it goes on, and the next request needs no preflight.
        outlives_fetch: bool = false,
    }
}

/// See [`PreflightRules::headers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PreflightHeaders {
    /// The headers that the request still has.
    Remaining,
    /// The headers that the page set.
    Original,
    /// The headers that the page set. Those that the last redirect removed make a preflight necessary, but
    /// the preflight does not list them.
    OriginalWithoutLastRemoved,
}
