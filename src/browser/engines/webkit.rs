//! What WebKit, the engine of Safari, does differently from the standard, in the order of the algorithms. What
//! only the network library of the recorded WebKitGTK does is left out.
//!
//! `tests/cases/browsers/engines.json` has the recorded version. `tests/cases/browsers/deviations.toml` lists
//! the cases that show a difference, under its name.

use std::time::Duration;

use super::rules::{
    CacheKeyOrigin, EmptyLocation, FetchMetadataRules, InitiatorRules, LocalNetworkRules,
    LocationCredentials, MaxAgeSyntax, OriginHeaderRules, PreflightCacheRules, PreflightHeaders,
    PreflightRules, RedirectHeaders, RedirectRules, ReferrerRules, RepeatedLocation, RequestHeaderRules,
    ResponseRules, Rules, SafelistedMethods, StreamBodies,
};
use crate::browser::{initiators::Initiator, modes::Mode, preflight_cache::CachedWildcard};

pub(crate) const WEBKIT: Rules = Rules {
    initiators: InitiatorRules {
        // WebKit sends cookies with `importScripts()` to every origin.
        imported_scripts_include_credentials: true,
        // WebKit sends the reports of a Content Security Policy to every origin.
        csp_reports_are_sent: true,
        // WebKit sends a preflight for a beacon whose type is not safelisted.
        beacons_are_unsafe: true,
        // WebKit loads fonts of style sheets in mode "no-cors" with cookies, and uses them without a CORS check.
        fonts_are_no_cors: true,
        // WebKit loads tracks without `crossorigin` in mode "no-cors", and shows their text.
        tracks_are_no_cors: true,
        // WebKit opens the WebSocket of a worker at a `data:` URL with the origin and the cookies of the page.
        web_sockets_of_data_workers_have_the_page_origin: true,
        ..InitiatorRules::STANDARD
    },
    request_headers: RequestHeaderRules {
        // WebKit combines the lines of a name first: two `Accept` lines of 100 bytes each need a preflight.
        checks_combined_values: true,
        // WebKit reads `Bytes=0-1` and `bytes=+0-1` as ranges.
        range_is_read_loosely: true,
        // WebKit reads the numbers in `Range` as unsigned integers of 64 bits.
        range_limit: Some(u64::MAX),
        // WebKit sends the type of a `Blob`, such as `application/json`, in mode "no-cors" to any server.
        body_type_is_guarded: false,
        // WebKit sends the type of `URLSearchParams` with an `XMLHttpRequest` whose method is GET or HEAD.
        xhr_get_keeps_form_content_type: true,
        // WebKit has no streams as bodies. `fetch()` rejects with a `NotSupportedError`.
        streams: StreamBodies::Refused,
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
        // WebKit sends a preflight for every redirect of a preflighted request, even for a `GET` without
        // headers.
        repeat_after_redirect: true,
        // WebKit checks the headers that the page set, and lists those that a redirect removed, too.
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
        // WebKit removes entries that do not cover the request, so a later preflight replaces those of an
        // earlier one.
        insufficient_is_removed: true,
        // WebKit caches GET, HEAD and POST with every response.
        safelisted_methods: SafelistedMethods::Cached,
        // After a tainting redirect, WebKit stores entries that only the same fetch finds. Each opaque origin
        // has its own entries.
        key_origin: CacheKeyOrigin::PageThenFetch,
        // WebKit lets a cached `*` serve requests without credentials.
        wildcard: CachedWildcard::WithoutCredentials,
        // WebKit lets a cached `*` cover `Authorization`. Chromium and Firefox do so only in the response to
        // the preflight.
        authorization_wildcard: true,
        // WebKit keeps the entries of a fetch that ends in a network error.
        network_error_clears: false,
        ..PreflightCacheRules::STANDARD
    },
    redirect: RedirectRules {
        // WebKit treats an empty `Location` as an invalid URL.
        empty_location: EmptyLocation::Refused,
        // WebKit combines several `Location` lines into one URL, commas included.
        repeated_location: RepeatedLocation::Combined,
        // WebKit refuses the locations that the standard refuses, but a redirect away from the page's own
        // origin only after the preflight for the location.
        location_credentials: LocationCredentials::CrossOriginLate,
        // WebKit builds each redirected request in CORS from the page's headers, without an `Authorization`
        // that was removed.
        headers: RedirectHeaders::AllExceptAuthorizationReturn,
        // WebKit refuses `*` of a redirect for credentials mode "same-origin", although it sends no
        // credentials, and although the last response may have `*`. The network process follows redirects.
        // The page's process checks the redirect only after the network process has sent the preflight for
        // the location, and has cached its response.
        same_origin_checked_as_include: true,
        // For CSS images and module preloads, WebKit refuses `*` of every redirect.
        checked_as_include_for: &[Initiator::CssImage, Initiator::ModulePreload],
        // WebKit sends credentials in mode "no-cors" to an origin to which the page's own origin redirects.
        same_origin_follows_no_cors: true,
        // WebKit delivers a redirect status without a location in redirect mode "error".
        error_without_location: false,
        // WebKit follows a redirect of an element to a `data:` URL.
        elements_follow_data: true,
        // WebKit skips invalid tokens in `Referrer-Policy`.
        skip_invalid_referrer_policy_tokens: true,
        // WebKit sends no cookies with a beacon in mode "cors" that was redirected to another origin.
        cors_beacons_keep_credentials: false,
        ..RedirectRules::STANDARD
    },
    referrer: ReferrerRules {
        // WebKit sends the URL of a sandboxed frame.
        sent_by_opaque_origins: true,
        // WebKit sends no `Referer` from frames with `srcdoc`.
        sent_by_srcdoc: false,
        // WebKit sends the URL of the page for what its style sheets and modules request.
        imports_send_the_page: true,
        // WebKit sends no more than the origin to another site, whatever the referrer policy is.
        whole_to_other_sites: false,
        // WebKit sends the `Referer` of the first request with the preflights after a redirect.
        preflights_have_the_first: true,
        // WebKit sends the origin if a navigation is redirected to another origin, and no more from then on.
        redirected_navigations_send_the_origin: true,
        ..ReferrerRules::STANDARD
    },
    origin: OriginHeaderRules {
        // WebKit sends `Origin: null` with the reports of a Content Security Policy.
        csp_reports_hide_origin: true,
        // WebKit keeps the value of `Origin` at redirects within one origin, and sets it without the policy
        // at other redirects.
        redirects_apply_referrer_policy: false,
        // WebKit sends `null` after any redirect of a form to another origin.
        every_crossing_taints_in: &[Mode::Navigate],
        // WebKit keeps `Origin` when a redirect turns the request into a `GET`.
        kept_when_method_becomes_get: true,
        // WebKit sends `Origin` for elements with `crossorigin`, also to the page's own origin.
        sent_by_crossorigin_elements: true,
        // WebKit does not send it for EventSource and worklets.
        not_sent_by: &[Initiator::EventSource, Initiator::Worklet],
        ..OriginHeaderRules::STANDARD
    },
    fetch_metadata: FetchMetadataRules {
        // WebKit sends no `Sec-Fetch-*` in mode "cors" after a redirect to another origin.
        sent_after_redirects_in_cors: false,
        // WebKit compares the URL of a preflight with its origin, which a redirect may have made `null`.
        tainted_preflights_are_cross_site: true,
        // WebKit loads `<object>` and `<embed>` as frames.
        embeds_are_iframes: true,
        // WebKit has no destination for reports.
        reports_are_empty: true,
        // WebKit has a destination for WebSockets.
        web_sockets_have_a_destination: true,
        ..FetchMetadataRules::STANDARD
    },
    response: ResponseRules {
        // WebKit returns what the script of a service worker made, with all headers and the body.
        service_worker_responses_are_basic: true,
        // WebKit does not know the embedder policy `credentialless`.
        supports_credentialless: false,
        // WebKit compares `Timing-Allow-Origin` with the page's own origin in mode "no-cors".
        timing_is_tainted_in_no_cors: false,
        // WebKit's HTTP cache stores no response that the CORS check refuses.
        stores_refused_responses: false,
        ..ResponseRules::STANDARD
    },
    local_network: LocalNetworkRules::STANDARD,
    cors_is_enforced: true,
};
