//! What Firefox does differently from the standard, in the order of the algorithms.
//!
//! `tests/cases/browsers/engines.json` has the recorded version. `tests/cases/browsers/deviations.toml` lists
//! the cases that show a difference, under its name.

use std::time::Duration;

use super::rules::{
    BypassingCacheModes, CacheKeyOrigin, ConditionalRequests, EmptyLines, FetchMetadataRules, InitiatorRules,
    LocalNetworkRules, MaxAgeSyntax, NoCorsOpaqueOrigin, OpaqueResponses, OriginHeaderRules,
    PreflightCacheRules, PreflightHeaders, PreflightRules, RedirectHeaders, RedirectRules, ReferrerRules,
    RepeatedLocation, RequestHeaderRules, ResponseRules, Rules, SafelistedMethods, StreamBodies,
};
use crate::browser::{destination::Destination, preflight_cache::CachedWildcard};

pub(crate) const FIREFOX: Rules = Rules {
    initiators: InitiatorRules {
        // Firefox sends cookies with `importScripts()` to every origin.
        imported_scripts_include_credentials: true,
        // Firefox sends the reports of a Content Security Policy to every origin.
        csp_reports_are_sent: true,
        // Firefox sends a preflight for a beacon whose type is not safelisted.
        beacons_are_unsafe: true,
        // Firefox preloads fonts always in mode "cors" without cookies for other origins.
        font_preloads_are_anonymous: true,
        // Firefox opens the WebSocket of a worker at a `data:` URL with the origin and the cookies of the page.
        web_sockets_of_data_workers_have_the_page_origin: true,
        ..InitiatorRules::STANDARD
    },
    request_headers: RequestHeaderRules {
        // Firefox does not limit the length of all safelisted values together.
        total_limit: false,
        // Firefox compares signed bytes, so bytes from 0x80 count as control characters.
        bytes_beyond_ascii_are_unsafe: true,
        // Firefox does not accept a `Content-Type` that looks like a list, or whose last parameter is
        // missing.
        content_type_is_read_strictly: true,
        // Firefox reads the numbers in `Range` as unsigned integers of 64 bits.
        range_limit: Some(u64::MAX),
        // Firefox changes the charset of a text body in the first request only.
        xhr_charset_rewritten_after_preflight: true,
        // Firefox merges the values of a header as it sets them, and sends one line.
        repeated_lines_are_merged: true,
        // Firefox has no streams as bodies. It sends the text `[object ReadableStream]`.
        streams: StreamBodies::AreTexts,
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
        sends_page_origin: true,
        // Firefox sends a preflight for every redirect of a preflighted request, even for a `GET` without
        // headers.
        repeat_after_redirect: true,
        // Firefox checks the headers that the page set, and does not list those that the last redirect
        // removed.
        headers: PreflightHeaders::OriginalWithoutLastRemoved,
        // Firefox lists a name once for each of its lines.
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
        // Firefox does not change existing entries if the new max-age is 0.
        zero_ends_entries: false,
        // Firefox caches GET and POST with every response, and they stay after its max-age.
        safelisted_methods: SafelistedMethods::CachedForever,
        // Firefox sends another preflight for a `HEAD` with allowed headers, unless a response has listed
        // `HEAD`.
        head_is_safelisted: false,
        // Firefox sends a preflight for every conditional request, except those of `XMLHttpRequest`.
        conditional_requests: ConditionalRequests::BypassCacheExceptXmlHttpRequest,
        // Firefox sends a preflight for every request with cache mode "no-store" or "reload".
        cache_modes: BypassingCacheModes::NoStoreAndReload,
        // Firefox uses the page's own origin, also after redirects that taint it.
        key_origin: CacheKeyOrigin::Page,
        // Firefox separates entries that were stored with credentials from entries that were stored without.
        credentials_serve_all: false,
        // Firefox treats a cached `*` as a name like any other.
        wildcard: CachedWildcard::NoRequests,
        // Firefox clears entries after every network error, with and without a preflight.
        only_preflighted_clear: false,
        // Firefox keeps the entries if redirect mode "error" refused a redirect.
        redirect_mode_error_clears: false,
        ..PreflightCacheRules::STANDARD
    },
    redirect: RedirectRules {
        // Firefox follows equal `Location` lines, and treats any response whose lines differ as a network
        // error.
        repeated_location: RepeatedLocation::FollowedIfEqual,
        // Firefox builds each redirected request from the page's headers.
        headers: RedirectHeaders::AllReturn,
        // Firefox drops the body together with the `Content-Type` that it implied, which does not return. If
        // the next preflight has no other reason, it lists the type once more.
        body_type_is_a_header: false,
        // Firefox skips invalid tokens in `Referrer-Policy`.
        skip_invalid_referrer_policy_tokens: true,
        ..RedirectRules::STANDARD
    },
    referrer: ReferrerRules {
        // Firefox sends the URL of the page that made a frame at `about:blank`.
        sent_by_about_blank: true,
        // Firefox sends the origin of the page that made a worker at a `blob:` URL.
        blob_urls_send_their_origin: true,
        // Firefox sends no `Referer` for tracks and for the scripts of service workers, and with reports.
        never_sent_with: &[Destination::Track, Destination::ServiceWorker, Destination::Report],
        // Firefox sends no more than the origin to another site, whatever the referrer policy is.
        whole_to_other_sites: false,
        // Firefox never sends more again in a navigation that has been to another site.
        reduced_for_good_in_navigations: true,
        ..ReferrerRules::STANDARD
    },
    origin: OriginHeaderRules {
        // Firefox sends `null` for opaque origins to the site of the top-level page, until a redirect leads
        // to another origin. Storage Access Headers require it for frames without access to their cookies.
        no_cors_opaque_origin: NoCorsOpaqueOrigin::UntilCrossOriginRedirect,
        ..OriginHeaderRules::STANDARD
    },
    fetch_metadata: FetchMetadataRules {
        // Firefox compares only the URL of a preflight with the page's origin.
        preflights_compare_all_urls: false,
        // Firefox treats two ports of one IP address as two sites after a redirect.
        addresses_stay_sites_after_redirects: false,
        ..FetchMetadataRules::STANDARD
    },
    response: ResponseRules {
        // Firefox skips empty lines, except those of `Location`. It also refuses two lines that are both
        // spelled `Access-Control-Allow-Origin`, empty or not.
        empty_lines: EmptyLines::SkippedExceptAllowOrigin,
        // Firefox returns what the script of a service worker made, with all headers and the body.
        service_worker_responses_are_basic: true,
        // Firefox allows a response whose `Cross-Origin-Resource-Policy` has an unknown value, unless the
        // value is empty.
        unknown_resource_policy_is_none: false,
        // Firefox's opaque response blocking hides the timing of responses with other statuses. It also
        // blocks some types with any status, as Chromium does. There is no rule for that.
        opaque_timing_needs_ok_status: true,
        // Firefox's HTTP cache keeps responses to requests with credentials apart from those without.
        stored_apart_by_credentials: true,
        // Firefox blocks opaque responses, except style sheets, SVG images and scripts. The bodies of media decide.
        opaque_responses: OpaqueResponses::ScriptTypesAllowed,
        ..ResponseRules::STANDARD
    },
    local_network: LocalNetworkRules {
        // Firefox asks the user before a public page reaches a local address (since version 153).
        is_checked: true,
        // Firefox ignores `targetAddressSpace`.
        ignores_target: true,
        // Firefox asks for pages over http, too.
        insecure_pages_may_ask: true,
        // Firefox does not check WebSockets (until version 153).
        web_sockets_are_exempt: true,
        // Firefox takes site-local addresses, and those for documentation, for public.
        documentation_addresses_are_public: true,
        // Firefox lets a page over https reach only this computer over http.
        local_servers_are_mixed_content: true,
    },
    cors_is_enforced: true,
};
