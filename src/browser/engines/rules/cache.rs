//! Rules for the CORS-preflight cache.

use std::time::Duration;

use super::group;
use crate::browser::preflight_cache::CachedWildcard;

group! {
    /// How the response of a preflight is cached: what, for which requests, and for how long.
    PreflightCacheRules {
        /// The imposed limit on max-age; `None` for no limit.
        ///
        /// Standard: the user agent chooses a limit (CORS-preflight fetch, step 7.10).
        /// Chromium: the limit is 2 hours.
        /// Firefox: the limit is 24 hours.
        /// WebKit: the limit is 10 minutes.
        max_age_limit: Option<Duration> = None,

        /// The syntax of `Access-Control-Max-Age`.
        ///
        /// Standard: the value is delta-seconds, digits only; any other value is 5 seconds (CORS-preflight
        /// fetch, steps 7.8 and 7.9).
        /// Chromium: the value is a signed number, and a negative number is not cached.
        /// Firefox: any value that is not empty and has other bytes than digits is not cached.
        /// WebKit: it does the same as Chromium.
        max_age_syntax: MaxAgeSyntax = MaxAgeSyntax::DeltaSeconds,

        /// Whether the new max-age of an entry counts from now.
        ///
        /// Standard: it counts from the time at which the entry was first stored, because CORS-preflight
        /// fetch, steps 7.12 and 7.14, set only the max-age. If the entry has expired by its new max-age,
        /// steps 7.13 and 7.15 store a new entry.
        /// Firefox: it counts from now.
        max_age_starts_again: bool = false,

        /// Whether a max-age of 0, or a max-age that is not cached, ends existing entries.
        ///
        /// Standard: it ends them, because 0 is their new max-age (CORS-preflight fetch, steps 7.12 and
        /// 7.14).
        /// Firefox: it leaves them as they are.
        zero_ends_entries: bool = true,

        /// Whether a response is cached whose lists do not allow the request.
        ///
        /// Standard: it is not cached, because CORS-preflight fetch, steps 7.5 to 7.7, come before step 7.13.
        /// WebKit: it is cached.
        keeps_refused: bool = false,

        /// Whether a look-up removes the entries that it finds, if they do not cover the request.
        ///
        /// Standard: they stay, and later entries are added to them (HTTP fetch, step 4.1).
        /// Chromium and WebKit: the look-up removes them, so a later preflight replaces them.
        insufficient_is_removed: bool = false,

        /// Whether any stored response also allows later `GET`, `HEAD` and `POST` requests with the
        /// use-CORS-preflight flag.
        ///
        /// Standard: a response allows them if it lists them, or if it has no list and belongs to a forced
        /// preflight (CORS-preflight fetch, steps 7.4 and 7.13).
        /// Chromium and WebKit: any stored response allows all three.
        /// Firefox: any stored response allows `GET` and `POST`, even after its max-age.
        safelisted_methods: SafelistedMethods = SafelistedMethods::AsListed,

        /// Whether `HEAD` needs no entry, like `GET` and `POST`.
        ///
        /// Standard: all three need no entry, because they are CORS-safelisted methods (HTTP fetch, step
        /// 4.1).
        /// Firefox: `HEAD` needs an entry.
        head_is_safelisted: bool = true,

        /// The maximum length in bytes of a URL that is cached; `None` for no limit.
        ///
        /// Standard: there is no limit (create a new cache entry, step 1).
        /// Chromium: the limit is 1,023 bytes.
        url_length_limit: Option<usize> = None,

        /// Whether a conditional request uses the cache. It has `If-Match`, `If-Modified-Since`,
        /// `If-None-Match`, `If-Range` or `If-Unmodified-Since`.
        ///
        /// Standard: it uses the cache like any other request (HTTP fetch, step 4.1).
        /// Chromium: it bypasses the cache.
        /// Firefox: it bypasses the cache, except in an `XMLHttpRequest`.
        conditional_requests: ConditionalRequests = ConditionalRequests::UseCache,

        /// The cache modes that bypass the cache, although they are about the HTTP cache.
        ///
        /// Standard: no cache mode bypasses it (HTTP fetch, step 4.1).
        /// Chromium: "no-store", "reload" and "no-cache" bypass it.
        /// Firefox: "no-store" and "reload" bypass it.
        cache_modes: BypassingCacheModes = BypassingCacheModes::None,

        /// The origin in the key of an entry.
        ///
        /// Standard: it is the byte-serialized origin, which is `null` for every opaque origin and after a
        /// redirect that taints the origin ([whatwg/fetch#735](https://github.com/whatwg/fetch/issues/735);
        /// WPT `fetch/api/cors/cors-preflight-cache-tainted.any.js`).
        /// Chromium: it is the page's origin, and after a tainting redirect nothing is cached.
        /// Firefox: it is the page's origin.
        /// WebKit: it is the page's origin, and after a tainting redirect only the same fetch finds its
        /// entries.
        key_origin: CacheKeyOrigin = CacheKeyOrigin::ByteSerialized,

        /// Whether entries for opaque origins outlive the fetch.
        ///
        /// Standard: they outlive it.
        /// Chromium: they end with the fetch.
        opaque_origins: bool = true,

        /// Whether an entry that was stored for a request with credentials serves requests without
        /// credentials.
        ///
        /// Standard: it serves them (cache entry match).
        /// Firefox: it does not serve them.
        credentials_serve_all: bool = true,

        /// The requests that a cached `*` serves.
        ///
        /// Standard: it serves all requests, because method cache entry match and header-name cache entry
        /// match do not check the credentials mode. Without a cache, CORS-preflight fetch, steps 7.5 and 7.7,
        /// refuse a request with credentials.
        /// Chromium: it serves requests without credentials, if it was stored for a request without
        /// credentials.
        /// Firefox: it serves no request.
        /// WebKit: it serves requests without credentials.
        wildcard: CachedWildcard = CachedWildcard::AllRequests,

        /// Whether a cached `*` covers `Authorization`.
        ///
        /// Standard: it does not cover it (header-name cache entry match).
        /// WebKit: it covers it.
        authorization_wildcard: bool = false,

        /// Whether the network error of a fetch removes the entries of its current URL.
        ///
        /// Standard: it removes them (main fetch, step 12.3, "clear cache entries").
        /// Chromium and WebKit: they stay.
        network_error_clears: bool = true,

        /// Whether only the network error of a fetch with preflight removes the entries.
        ///
        /// Standard: only this network error removes them (main fetch, step 12.3).
        /// Firefox: the network error of a CORS request without preflight removes them, too.
        only_preflighted_clear: bool = true,

        /// Whether a redirect that redirect mode "error" refuses removes the entries.
        ///
        /// Standard: it removes them like any network error (HTTP fetch, step 6.3.1; main fetch, step 12.3).
        /// Firefox: they stay.
        redirect_mode_error_clears: bool = true,
    }
}

/// See [`PreflightCacheRules::max_age_syntax`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MaxAgeSyntax {
    /// Any number of digits. Any other value is 5 seconds, as if the header were absent.
    DeltaSeconds,
    /// A signed number of 64 bits. A negative number is not cached, and any other value is 5 seconds.
    SignedInteger,
    /// Any number of digits. An empty value is 5 seconds, and any other value is not cached.
    DigitsOrNothing,
}

/// See [`PreflightCacheRules::safelisted_methods`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SafelistedMethods {
    /// They are cached if the response lists them, or if a forced preflight allows the request's method.
    AsListed,
    /// They are always cached.
    Cached,
    /// `GET` and `POST` are always cached, until a network error removes them.
    CachedForever,
}

/// See [`PreflightCacheRules::conditional_requests`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConditionalRequests {
    /// They use the cache.
    UseCache,
    /// They bypass the cache, so they always need a preflight.
    BypassCache,
    /// They bypass the cache, except that those of an `XMLHttpRequest` use it.
    BypassCacheExceptXmlHttpRequest,
}

/// See [`PreflightCacheRules::cache_modes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BypassingCacheModes {
    /// All cache modes use the cache.
    None,
    /// "no-store" and "reload" bypass it.
    NoStoreAndReload,
    /// "no-store", "reload" and "no-cache" bypass it.
    NoStoreReloadAndNoCache,
}

/// See [`PreflightCacheRules::key_origin`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CacheKeyOrigin {
    /// The value of the `Origin` header, which is `null` for opaque and for tainted origins.
    ByteSerialized,
    /// The page's origin. Different opaque origins have different entries.
    Page,
    /// As [`Page`](Self::Page), but after a redirect that taints the origin, nothing is cached.
    PageUntilTainted,
    /// As [`Page`](Self::Page), but after a redirect that taints the origin, only the same fetch finds its
    /// entries.
    PageThenFetch,
}
