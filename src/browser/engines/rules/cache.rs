//! Rules for the CORS-preflight cache.

use std::time::Duration;

use super::group;
use crate::browser::preflight_cache::CachedWildcard;

group! {
    /// What is cached of a preflight's response, for which requests, and for how long.
    PreflightCacheRules {
        /// The imposed limit on max-age, `None` for none.
        ///
        /// Standard: whatever the user agent chooses (CORS-preflight fetch, step 7.10).
        max_age_limit: Option<Duration> = None,

        /// How `Access-Control-Max-Age` is read.
        ///
        /// Standard: as delta-seconds, digits only; anything else is 5 seconds (CORS-preflight fetch, steps 7.8 and 7.9).
        max_age_syntax: MaxAgeSyntax = MaxAgeSyntax::DeltaSeconds,

        /// Whether a new max-age of an entry counts from now.
        ///
        /// Standard: it counts from when the entry was first stored (CORS-preflight fetch, steps 7.12 and 7.14, set the max-age
        /// only). If it is over by then, the entry goes, and a new one is stored (steps 7.13 and 7.15).
        max_age_starts_again: bool = false,

        /// Whether a max-age of 0, or one that is not cached, ends the entries that are there already.
        ///
        /// Standard: it does, 0 is their new max-age (CORS-preflight fetch, steps 7.12 and 7.14).
        zero_ends_entries: bool = true,

        /// Whether a response is cached whose lists do not allow the request.
        ///
        /// Standard: it is not (CORS-preflight fetch, steps 7.5 to 7.7 come before step 7.13).
        keeps_refused: bool = false,

        /// Whether a look-up that finds entries, of which none covers the request, removes them.
        ///
        /// Standard: they stay, and others come beside them (HTTP fetch, step 4.1).
        insufficient_is_removed: bool = false,

        /// Whether a response also allows `GET`, `HEAD` and `POST` later, for requests that have the use-CORS-preflight flag.
        ///
        /// Standard: only if it lists them, or has no list and belongs to a forced preflight (CORS-preflight fetch, steps 7.4
        /// and 7.13).
        safelisted_methods: SafelistedMethods = SafelistedMethods::AsListed,

        /// Whether `HEAD` needs no entry, as `GET` and `POST` need none.
        ///
        /// Standard: all three are CORS-safelisted (HTTP fetch, step 4.1).
        head_is_safelisted: bool = true,

        /// The length in bytes up to which a URL is cached, `None` for any length.
        ///
        /// Standard: any length (create a new cache entry, step 1).
        url_length_limit: Option<usize> = None,

        /// Whether a request with `If-Match`, `If-Modified-Since`, `If-None-Match`, `If-Range` or `If-Unmodified-Since` uses the
        /// cache.
        ///
        /// Standard: it does, like any other (HTTP fetch, step 4.1).
        conditional_requests: ConditionalRequests = ConditionalRequests::UseCache,

        /// Which origin is in the key of an entry.
        ///
        /// Standard: the byte-serialized one, which is `null` after a redirect has tainted it, and for all opaque origins of a
        /// partition ([whatwg/fetch#735](https://github.com/whatwg/fetch/issues/735);
        /// WPT `fetch/api/cors/cors-preflight-cache-tainted.any.js`).
        key_origin: CacheKeyOrigin = CacheKeyOrigin::ByteSerialized,

        /// Whether entries for opaque origins outlive the fetch.
        ///
        /// Standard: they do.
        opaque_origins: bool = true,

        /// Whether an entry that was stored for a request with credentials serves requests without.
        ///
        /// Standard: it does (cache entry match).
        credentials_serve_all: bool = true,

        /// Which requests a cached `*` serves.
        ///
        /// Standard: all (method cache entry match and header-name cache entry match do not look at credentials), although
        /// CORS-preflight fetch, steps 7.5 and 7.7, refuse the same request without a cache.
        wildcard: CachedWildcard = CachedWildcard::AllRequests,

        /// Whether a cached `*` covers `Authorization`.
        ///
        /// Standard: it does not (header-name cache entry match).
        authorization_wildcard: bool = false,

        /// Whether the network error of a fetch removes the entries of its current URL.
        ///
        /// Standard: it does (main fetch, step 12.3, "clear cache entries").
        network_error_clears: bool = true,

        /// Whether only the network error of a fetch with preflight does that.
        ///
        /// Standard: yes (main fetch, step 12.3).
        only_preflighted_clear: bool = true,

        /// Whether a redirect that redirect mode "error" refuses does that.
        ///
        /// Standard: it does, like any network error (HTTP fetch, step 6.3.1; main fetch, step 12.3).
        redirect_mode_error_clears: bool = true,
    }
}

/// See [`PreflightCacheRules::max_age_syntax`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MaxAgeSyntax {
    /// Digits, however many. Anything else is 5 seconds, as if it were absent.
    DeltaSeconds,
    /// A signed number of 64 bits. A negative one is not cached, anything else is 5 seconds.
    SignedInteger,
    /// Digits, however many. An empty value is 5 seconds, anything else is not cached.
    DigitsOrNothing,
}

/// See [`PreflightCacheRules::safelisted_methods`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SafelistedMethods {
    /// Only if they are listed, or a forced preflight stands for them.
    AsListed,
    /// Always.
    Cached,
    /// `GET` and `POST`, until a network error removes them.
    CachedForever,
}

/// See [`PreflightCacheRules::conditional_requests`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConditionalRequests {
    /// They use the cache.
    UseCache,
    /// They are always preflighted.
    AskAgain,
    /// Those of `fetch()` are always preflighted, those of `XMLHttpRequest` use the cache.
    AskAgainByFetch,
}

/// See [`PreflightCacheRules::key_origin`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CacheKeyOrigin {
    /// The value of the `Origin` header, `null` for opaque and for tainted origins.
    ByteSerialized,
    /// The page's origin; opaque ones are told apart.
    Initiator,
    /// The page's origin; opaque ones are told apart. After a redirect has tainted it, nothing is cached.
    InitiatorUntilTainted,
    /// The page's origin; opaque ones are told apart. After a redirect has tainted it, only the same fetch finds its entries.
    InitiatorThenFetch,
}
