//! What Chromium does differently from the standard, in the order of the algorithms. Chrome, Edge, Opera and
//! others do the same.
//!
//! `tests/cases/browsers/engines.json` has the recorded version. `tests/cases/browsers/deviations.toml` lists
//! the cases that show a difference, under its name.

use std::time::Duration;

use super::rules::{
    BypassingCacheModes, CacheKeyOrigin, ConditionalRequests, EmptyLocation, FetchMetadataRules,
    InitiatorRules, LocalNetworkRules, LocationCredentials, MaxAgeSyntax, NoCorsOpaqueOrigin,
    OpaqueResponses, OriginHeaderRules, PreflightCacheRules, PreflightRules, RedirectRules, ReferrerRules,
    RepeatedLocation, RequestHeaderRules, ResponseRules, Rules, SafelistedMethods,
};
use crate::browser::{initiators::Initiator, modes::Mode, preflight_cache::CachedWildcard};

pub(crate) const CHROMIUM: Rules = Rules {
    initiators: InitiatorRules {
        // Chromium sends cookies with `importScripts()` to every origin.
        imported_scripts_include_credentials: true,
        // Chromium sends the reports of a Content Security Policy to every origin.
        csp_reports_are_sent: true,
        // Chromium sends a preflight for a beacon whose type is not safelisted.
        beacons_are_unsafe: true,
        // Chromium ignores the page's referrer policy for the images of `<style>` and of the attribute `style`.
        css_images_have_the_default_policy: true,
        ..InitiatorRules::STANDARD
    },
    request_headers: RequestHeaderRules {
        // Chromium combines the lines of a name first: two `Accept` lines of 100 bytes each need a preflight.
        checks_combined_values: true,
        // Chromium still safelists the client hints that the standard once listed.
        client_hints: true,
        // Chromium reads the numbers in `Range` as signed integers of 64 bits, without the largest one.
        range_limit: Some(0x7FFF_FFFF_FFFF_FFFE),
        // Chromium drops `User-Agent` silently (crbug.com/571722).
        user_agent_is_forbidden: true,
        // Chromium writes UTF-8 over every charset, and keeps the quotes around it.
        xhr_charsets_are_replaced: true,
        ..RequestHeaderRules::STANDARD
    },
    preflight: PreflightRules {
        // Chromium lets `*` allow `Authorization`, with a warning on the console (whatwg/fetch#1919;
        // WPT fetch/api/cors/cors-preflight-star.any.js, "authorization should not be covered by *").
        authorization_wildcard: true,
        // Chromium refuses a `PUT` with an upload listener if the response does not list `PUT`.
        forced_allows_method: false,
        // Chromium sends no preflight for an upload listener without an upload.
        forced_without_body: false,
        // Chromium sends the preflight on a connection of the page's partition.
        is_partitioned: true,
        // Chromium waits for the preflight of an aborted fetch, and caches its response.
        outlives_fetch: true,
        ..PreflightRules::STANDARD
    },
    cache: PreflightCacheRules {
        // Chromium caches for at most 2 hours.
        max_age_limit: Some(Duration::from_secs(7_200)),
        // Chromium reads a signed number and does not cache for a negative one (WPT
        // cors/preflight-cache.htm).
        max_age_syntax: MaxAgeSyntax::SignedInteger,
        // Chromium removes entries that do not cover the request, so a later preflight replaces those of an
        // earlier one.
        insufficient_is_removed: true,
        // Chromium caches GET, HEAD and POST with every response.
        safelisted_methods: SafelistedMethods::Cached,
        // Chromium caches nothing for a URL of 1,024 bytes or more.
        url_length_limit: Some(1_023),
        // Chromium sends a preflight for every conditional request, as if the request's cache mode applied to
        // this cache.
        conditional_requests: ConditionalRequests::BypassCache,
        // Chromium sends a preflight for every request with cache mode "no-store", "reload" or "no-cache".
        cache_modes: BypassingCacheModes::NoStoreReloadAndNoCache,
        // Chromium caches nothing after a redirect has tainted the origin.
        key_origin: CacheKeyOrigin::PageUntilTainted,
        // Chromium removes the entries of an opaque origin at the end of the fetch.
        opaque_origins: false,
        // Chromium lets a cached `*` serve requests without credentials, if it was stored for a request
        // without credentials.
        wildcard: CachedWildcard::StoredWithoutCredentials,
        // Chromium keeps the entries of a fetch that ends in a network error.
        network_error_clears: false,
        ..PreflightCacheRules::STANDARD
    },
    redirect: RedirectRules {
        // Chromium ignores an empty `Location`, so the redirect is the response.
        empty_location: EmptyLocation::Ignored,
        // Chromium follows equal `Location` lines, and treats any response whose lines differ as a network
        // error.
        repeated_location: RepeatedLocation::FollowedIfEqual,
        // Chromium refuses all locations with a user name or password, except that for `XMLHttpRequest` it
        // follows the standard.
        location_credentials: LocationCredentials::AllExceptXmlHttpRequest,
        // Chromium removes legacy client hints at redirects to another origin than the page's, because of its
        // default Permissions Policy for client hints.
        client_hints_stay: false,
        // Chromium delivers a redirect status without a location in redirect mode "error".
        error_without_location: false,
        // Chromium refuses an invalid `Location` in redirect mode "manual".
        manual_reads_location: true,
        // Chromium skips invalid tokens in `Referrer-Policy`.
        skip_invalid_referrer_policy_tokens: true,
        ..RedirectRules::STANDARD
    },
    referrer: ReferrerRules::STANDARD,
    origin: OriginHeaderRules {
        // Chromium does not apply the referrer policy to `Origin`.
        follows_referrer_policy: false,
        // Chromium sends `null` after any redirect to another origin, of forms too.
        every_crossing_taints_in: &[Mode::NoCors, Mode::Navigate],
        // Chromium sends `Origin` for elements with `crossorigin`, also to the page's own origin.
        sent_by_crossorigin_elements: true,
        // Chromium does not send it for EventSource and media.
        not_sent_by: &[Initiator::EventSource, Initiator::Media],
        // Chromium sends `null` for opaque origins to the site of the top-level page, until a redirect turns
        // the request into a `GET`. Storage Access Headers require it for frames without access to their
        // cookies.
        no_cors_opaque_origin: NoCorsOpaqueOrigin::UntilMethodBecomesGet,
        ..OriginHeaderRules::STANDARD
    },
    fetch_metadata: FetchMetadataRules {
        // Chromium sends no `Sec-Fetch-*` with handshakes of WebSockets.
        sent_with_web_sockets: false,
        // Chromium compares only the URL of a preflight with the page's origin.
        preflights_compare_all_urls: false,
        ..FetchMetadataRules::STANDARD
    },
    response: ResponseRules {
        // Chromium treats two ports of one IP address as different sites.
        addresses_are_sites: false,
        // Chromium compares only registrable domains, and two missing ones are equal.
        hosts_without_registrable_domain_are_same_site: true,
        // Chromium returns what the script of a service worker made, with all headers and the body.
        service_worker_responses_are_basic: true,
        // Chromium blocks opaque responses, except style sheets, SVG images, audio and video. The bodies of scripts
        // and images decide.
        opaque_responses: OpaqueResponses::MediaTypesAllowed,
        // Chromium's HTTP cache stores no response that the CORS check refuses.
        stores_refused_responses: false,
        ..ResponseRules::STANDARD
    },
    local_network: LocalNetworkRules {
        // Chromium asks the user before a public page reaches a local address (since version 142).
        is_checked: true,
        ..LocalNetworkRules::STANDARD
    },
    cors_is_enforced: true,
};
