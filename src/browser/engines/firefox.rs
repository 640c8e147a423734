//! What Firefox does differently from the standard, in the order of the algorithms.
//!
//! Recorded with the version in `tests/cases/browsers/engines.json`. The cases that show a difference stand under its name in
//! `tests/cases/browsers/deviations.toml`.

use std::time::Duration;

use super::rules::{
    CacheKeyOrigin, ConditionalRequests, MaxAgeSyntax, NoCorsOpaqueOrigin, OriginHeaderRules,
    PreflightCacheRules, PreflightHeaders, PreflightRules, RedirectHeaders, RedirectRules, RepeatedLocation,
    RequestHeaderRules, ResponseRules, Rules, SafelistedMethods,
};
use crate::browser::preflight_cache::CachedWildcard;

pub(crate) const FIREFOX: Rules = Rules {
    request_headers: RequestHeaderRules {
        // Firefox does not limit the safelisted values together.
        total_limit: false,
        // Firefox compares signed bytes, and takes those from 0x80 for control characters.
        bytes_beyond_ascii_are_unsafe: true,
        // Firefox finds no type in a `Content-Type` that looks like a list, or whose last parameter is missing.
        content_type_is_read_strictly: true,
        // Firefox reads 64 bits without a sign.
        range_limit: Some(u64::MAX),
        // Firefox changes the charset of a text in the first request only.
        xhr_charset_rewritten_after_preflight: true,
        // Firefox merges the values of a header as it sets them, and sends one line.
        repeated_lines_are_merged: true,
        ..RequestHeaderRules::STANDARD
    },
    preflight: PreflightRules {
        // Firefox lets `*` allow `Authorization`, with a warning on the console (whatwg/fetch#1919;
        // WPT fetch/api/cors/cors-preflight-star.any.js, "authorization should not be covered by *").
        authorization_wildcard: true,
        // Firefox refuses a `PUT` with an upload listener if the response does not list `PUT`.
        forced_allows_method: false,
        // Firefox sends the preflight on a connection of the page's partition.
        is_partitioned: true,
        // Firefox sends the page's own origin in preflights after a tainting redirect.
        sends_initiator_origin: true,
        // Firefox preflights every redirect of a preflighted request, even if `GET` without a header is all that is left.
        repeat_after_redirect: true,
        // Firefox looks at the headers that the page set, and does not list what the last redirect removed.
        headers: PreflightHeaders::OriginalWithoutLastRemoved,
        // Firefox lists a name once for each line.
        repeats_names: true,
        ..PreflightRules::STANDARD
    },
    cache: PreflightCacheRules {
        // Firefox caches for at most 24 hours.
        max_age_limit: Some(Duration::from_secs(86_400)),
        // Firefox does not cache unless the value is all digits.
        max_age_syntax: MaxAgeSyntax::DigitsOrNothing,
        // Firefox counts a new max-age from now.
        max_age_starts_again: true,
        // Firefox leaves entries alone when a new max-age is 0.
        zero_ends_entries: false,
        // Firefox caches GET and POST with every response, even after its max-age is over.
        safelisted_methods: SafelistedMethods::CachedForever,
        // Firefox preflights a `HEAD` whose headers are allowed again, unless `HEAD` is listed itself.
        head_is_safelisted: false,
        // Firefox preflights every conditional request of `fetch()`.
        conditional_requests: ConditionalRequests::AskAgainByFetch,
        // Firefox uses the page's own origin, whatever redirects did.
        key_origin: CacheKeyOrigin::Initiator,
        // Firefox keeps entries stored with and without credentials apart.
        credentials_serve_all: false,
        // Firefox takes a cached `*` for a name like any other.
        wildcard: CachedWildcard::NoRequests,
        // Firefox clears entries after every network error, preflighted or not.
        only_preflighted_clear: false,
        // Firefox keeps the entries if redirect mode "error" refused a redirect.
        redirect_mode_error_clears: false,
        ..PreflightCacheRules::STANDARD
    },
    redirect: RedirectRules {
        // Firefox follows equal `Location` lines, and drops any response whose lines differ.
        repeated_location: RepeatedLocation::FollowedIfEqual,
        // Firefox starts from the page's headers again at every redirect.
        headers: RedirectHeaders::AllReturn,
        // Firefox drops the type that a body brought together with the body. It does not return; a preflight that would have to
        // ask for nothing else asks for it once more.
        body_type_is_a_header: false,
        // Firefox skips what is not a token in `Referrer-Policy`.
        skip_invalid_referrer_policy_tokens: true,
        ..RedirectRules::STANDARD
    },
    origin: OriginHeaderRules {
        // Firefox sends `null` for opaque origins to the site of the top-level page, as Storage Access Headers have it for
        // frames without access to their cookies, until one redirect leads to another origin.
        no_cors_opaque_origin: NoCorsOpaqueOrigin::UntilCrossing,
        ..OriginHeaderRules::STANDARD
    },
    response: ResponseRules {
        // Firefox skips empty lines, except those of `Location`.
        empty_lines_count: false,
        // Firefox lets a `Cross-Origin-Resource-Policy` with an unknown value through, unless it is empty.
        unknown_resource_policy_is_none: false,
        // Firefox's opaque response blocking withholds other statuses, and their timing with them. It also withholds some types
        // whatever the status is, as Chromium's does, for which there is no rule.
        opaque_timing_needs_ok_status: true,
        ..ResponseRules::STANDARD
    },
};
