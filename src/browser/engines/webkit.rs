//! What WebKit does differently from the standard, in the order of the algorithms, as it is under Safari: what belongs to the
//! network library of one of its ports is left out.
//!
//! Recorded with the version in `tests/cases/browsers/engines.json`. The cases that show a difference stand under its name in
//! `tests/cases/browsers/deviations.toml`.

use std::time::Duration;

use super::rules::{
    CacheKeyOrigin, EmptyLocation, LocationCredentials, MaxAgeSyntax, OriginHeaderRules, PreflightCacheRules,
    PreflightHeaders, PreflightRules, RedirectHeaders, RedirectRules, RepeatedLocation, RequestHeaderRules,
    ResponseRules, Rules, SafelistedMethods,
};
use crate::browser::preflight_cache::CachedWildcard;

pub(crate) const WEBKIT: Rules = Rules {
    request_headers: RequestHeaderRules {
        // WebKit combines the lines of a name first: two `Accept` lines of 100 bytes each need a preflight.
        judges_combined_values: true,
        // WebKit reads `Bytes=0-1` and `bytes=+0-1` as ranges.
        range_is_read_loosely: true,
        // WebKit reads 64 bits without a sign.
        range_limit: Some(u64::MAX),
        // WebKit sends the type of a `Blob`, such as `application/json`, in mode "no-cors" to any server.
        body_type_is_guarded: false,
        // WebKit sends the type of `URLSearchParams` with an `XMLHttpRequest` whose method is GET or HEAD.
        xhr_get_keeps_form_content_type: true,
        ..RequestHeaderRules::STANDARD
    },
    preflight: PreflightRules {
        // WebKit lets `*` allow `Authorization` (whatwg/fetch#1919;
        // WPT fetch/api/cors/cors-preflight-star.any.js, "authorization should not be covered by *").
        authorization_wildcard: true,
        // WebKit refuses a `PUT` with an upload listener if the response does not list `PUT`.
        forced_allows_method: false,
        // WebKit sends the preflight on a connection of the page's partition.
        is_partitioned: true,
        // WebKit preflights every redirect of a preflighted request, even if `GET` without a header is all that is left.
        repeat_after_redirect: true,
        // WebKit looks at the headers that the page set, and lists them all.
        headers: PreflightHeaders::Original,
        // WebKit sends the page's `User-Agent` with the preflight.
        has_user_agent: true,
        ..PreflightRules::STANDARD
    },
    cache: PreflightCacheRules {
        // WebKit caches for at most 10 minutes.
        max_age_limit: Some(Duration::from_secs(600)),
        // WebKit reads a signed number and does not cache for a negative one (WPT cors/preflight-cache.htm).
        max_age_syntax: MaxAgeSyntax::SignedInteger,
        // WebKit caches the lists of a response even if they do not allow the request.
        keeps_refused: true,
        // WebKit removes entries that do not cover the request: a later preflight replaces what an earlier one left.
        insufficient_is_removed: true,
        // WebKit caches GET, HEAD and POST with every response.
        safelisted_methods: SafelistedMethods::Cached,
        // WebKit keeps what it was allowed after a tainting redirect in the fetch, and tells opaque origins apart.
        key_origin: CacheKeyOrigin::InitiatorThenFetch,
        // WebKit serves requests without credentials by a cached `*`.
        wildcard: CachedWildcard::WithoutCredentials,
        // WebKit lets a cached `*` cover `Authorization`; Chromium and Firefox do so in the preflight's response only.
        authorization_wildcard: true,
        // WebKit keeps the entries of a fetch that ends in a network error.
        network_error_clears: false,
        ..PreflightCacheRules::STANDARD
    },
    redirect: RedirectRules {
        // WebKit takes an empty `Location` for an invalid one.
        empty_location: EmptyLocation::Refused,
        // WebKit combines several `Location` lines into one URL, commas included.
        repeated_location: RepeatedLocation::Combined,
        // WebKit refuses what the standard refuses, but cross-origin targets only after preflighting them.
        location_credentials: LocationCredentials::ElsewhereLate,
        // WebKit starts from the page's headers again at every redirect in CORS; an `Authorization` that was removed stays away.
        headers: RedirectHeaders::AllButAuthorizationReturn,
        // WebKit refuses `*` at a redirect for credentials mode "same-origin", although it sends no credentials, and although
        // the last response may have `*`. The page's process finds that out late: the network process, which follows redirects,
        // has preflighted the location by then, and cached the response.
        same_origin_checked_as_include: true,
        // WebKit sends credentials in mode "no-cors" where the page's own origin redirects to.
        same_origin_follows_no_cors: true,
        // WebKit delivers a redirect status without a location in redirect mode "error".
        error_without_location: false,
        // WebKit lets elements be redirected to `data:` URLs.
        elements_follow_data: true,
        // WebKit skips what is not a token in `Referrer-Policy`.
        skip_invalid_referrer_policy_tokens: true,
        ..RedirectRules::STANDARD
    },
    origin: OriginHeaderRules {
        // WebKit takes `Origin` along at redirects within one origin, and sets it anew at others, whatever the policy is.
        redirects_apply_referrer_policy: false,
        // WebKit keeps `Origin` when a redirect makes the request a `GET`.
        kept_when_method_becomes_get: true,
        // WebKit sends `Origin` for elements with `crossorigin`, to the page's own origin too.
        sent_by_crossorigin_elements: true,
        ..OriginHeaderRules::STANDARD
    },
    response: ResponseRules {
        // WebKit does not know `credentialless`.
        supports_credentialless: false,
        // WebKit compares with the page's own origin in mode "no-cors".
        timing_is_tainted_in_no_cors: false,
        ..ResponseRules::STANDARD
    },
};
