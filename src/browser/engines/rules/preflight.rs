//! Rules for the CORS-preflight fetch, and for the question whether there is one.

use super::group;

group! {
    /// When a preflight goes out, what is in it, and what its response allows.
    PreflightRules {
        /// Whether `Access-Control-Allow-Headers: *` allows `Authorization`.
        ///
        /// Standard: it does not (CORS-preflight fetch, step 7.6).
        authorization_wildcard: bool = false,

        /// Whether a preflight that happens only because the use-CORS-preflight flag is set allows the request's method if its
        /// response has no `Access-Control-Allow-Methods`.
        ///
        /// Standard: it does (CORS-preflight fetch, step 7.4), so `PUT` with an upload listener passes.
        forced_allows_method: bool = true,

        /// Whether an upload listener forces a preflight for a request without a body.
        ///
        /// Standard: it does (`send()`, step 6, sets the use-CORS-preflight flag for the listener alone).
        forced_without_body: bool = true,

        /// Whether the connection of the preflight belongs to the page's network partition.
        ///
        /// Standard: it does not, the preflight's client is null (CORS-preflight fetch, step 1;
        /// [whatwg/fetch#1035](https://github.com/whatwg/fetch/issues/1035)).
        is_partitioned: bool = false,

        /// Whether a preflight sends the page's own origin, and its response must share with it, after a redirect has tainted
        /// the request's origin. If a redirect leads back to the page's origin, the response is not checked at all.
        ///
        /// Standard: preflight and request send the same, `null` (CORS-preflight fetch, steps 6 and 7). A response that suits
        /// the page's origin does not suit the request that follows, unless it is `*`.
        sends_initiator_origin: bool = false,

        /// Whether a request that had a preflight has one at each redirect that follows, whatever the redirect left of it.
        ///
        /// Standard: main fetch, step 12, looks at method and headers anew.
        repeat_after_redirect: bool = false,

        /// Which headers a preflight is about after a redirect has removed some.
        ///
        /// Standard: those that are left (main fetch, step 12; CORS-preflight fetch, step 4).
        headers: PreflightHeaders = PreflightHeaders::Left,

        /// Whether the preflight has the `User-Agent` that the page set.
        ///
        /// Standard: its header list is its own (CORS-preflight fetch, steps 1 to 5).
        has_user_agent: bool = false,

        /// Whether `Access-Control-Request-Headers` has a name once for each of its lines.
        ///
        /// Standard: it has a name once (CORS-unsafe request-header names, step 6).
        repeats_names: bool = false,
    }
}

/// See [`PreflightRules::headers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PreflightHeaders {
    /// The headers that the request still has.
    Left,
    /// The headers that the page set.
    Original,
    /// The headers that the page set. Those that the last redirect removed make a preflight necessary, and are not listed in
    /// it.
    OriginalWithoutLastRemoved,
}
