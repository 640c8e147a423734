//! What browsers do otherwise with the CORS-preflight cache.

use std::time::Duration;

/// What is kept of a preflight's answer, for whom, and for how long: see [`Profile`](crate::browser::Profile).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PreflightCacheRules {
    /// The imposed limit on max-age (CORS-preflight fetch 7.10), `None` for none.
    ///
    /// Text: any. Chromium 7,200 s, Firefox 86,400 s, WebKit 600 s.
    pub max_age_limit: Option<Duration>,

    /// What an `Access-Control-Max-Age` means that is no delta-seconds, such as `-1`, `abc` or two lines.
    ///
    /// Text: 5 seconds (CORS-preflight fetch 7.9). Chromium and WebKit: a negative number is not cached, as WPT
    /// `cors/preflight-cache.htm` wants it; all else is 5 seconds. Firefox: nothing of the kind is cached.
    pub unreadable_max_age: UnreadableMaxAge,

    /// What a new max-age does to an entry that is there already.
    ///
    /// Text: it counts from when the entry was first stored (CORS-preflight fetch 7.12 and 7.14 set the max-age only). If
    /// it is over by then, the entry goes, and a new one is stored (7.13 and 7.15). All three engines: from now.
    pub max_age_update: MaxAgeUpdate,

    /// Whether a max-age of 0, or one that is not cached, ends the entries that are there already.
    ///
    /// Text: it does, 0 is their new max-age (CORS-preflight fetch 7.12 and 7.14). Firefox: it leaves them alone.
    pub zero_ends_entries: bool,

    /// What becomes of the entries of a URL when a later preflight for it is stored.
    ///
    /// Text: they stay beside the new ones (CORS-preflight fetch 7.13 and 7.15). Chromium and WebKit keep one record, which
    /// the later one replaces.
    pub later_preflight: LaterPreflight,

    /// Whether an answer is kept whose lists then refuse the request.
    ///
    /// Text: no (CORS-preflight fetch 7.5 to 7.7 come before 7.13). WebKit: yes.
    pub keeps_refused: bool,

    /// Whether a look-up that finds entries, but none that cover the request, removes them.
    ///
    /// Text: no. Chromium: yes, so that a refused preflight leaves nothing.
    pub insufficient_is_removed: bool,

    /// Whether `HEAD` needs no entry, as `GET` and `POST` need none.
    ///
    /// Text: it does not, all three are CORS-safelisted (HTTP fetch 4.1). Firefox: it does, so a `HEAD` whose headers are
    /// permitted asks again unless it is listed itself.
    pub head_is_safelisted: bool,

    /// Which origin is the key once a redirect has tainted the request's origin.
    ///
    /// Text: the byte-serialized one, `null`; this also makes all opaque origins of a partition one. Chromium and
    /// Firefox use the page's real origin, Chromium and WebKit tell opaque origins apart
    /// ([whatwg/fetch#735](https://github.com/whatwg/fetch/issues/735);
    /// WPT `fetch/api/cors/cors-preflight-cache-tainted.any.js` wants the text).
    pub key_origin: CacheKeyOrigin,

    /// Whether anything is kept for opaque origins.
    ///
    /// Text: yes. Chromium and Firefox: no.
    pub opaque_origins: bool,

    /// Whether what was stored for a request with credentials serves requests without.
    ///
    /// Text: yes (cache entry match). Firefox keeps the two apart.
    pub credentials_serve_all: bool,

    /// Which requests a cached `*` serves.
    ///
    /// Text: all ("method cache entry match" and "header-name cache entry match" do not look at credentials), although
    /// CORS-preflight fetch 7.5 and 7.7 refuse the same request without a cache. Chromium and WebKit: those without
    /// credentials. Firefox: none.
    pub wildcard: CachedWildcard,

    /// Whether a cached `*` covers `Authorization`.
    ///
    /// Text: no (header-name cache entry match). WebKit: yes. Chromium and Firefox let it do so in the answer to a
    /// preflight only.
    pub authorization_wildcard: bool,

    /// What a network error of a fetch removes.
    ///
    /// Text: the entries of the current URL (main fetch 12, "clear cache entries"). Chromium and WebKit: nothing.
    pub network_error_clears: NetworkErrorClears,

    /// Whether only the network error of a fetch with preflight does that.
    ///
    /// Text: yes (main fetch 12). Firefox: every network error does.
    pub only_preflighted_clear: bool,
}

impl PreflightCacheRules {
    /// The text of the standard.
    pub const STANDARD: Self = Self {
        max_age_limit: None,
        unreadable_max_age: UnreadableMaxAge::DefaultMaxAge,
        max_age_update: MaxAgeUpdate::KeepsStoringTime,
        zero_ends_entries: true,
        later_preflight: LaterPreflight::Adds,
        keeps_refused: false,
        insufficient_is_removed: false,
        head_is_safelisted: true,
        key_origin: CacheKeyOrigin::ByteSerialized,
        opaque_origins: true,
        credentials_serve_all: true,
        wildcard: CachedWildcard::AllRequests,
        authorization_wildcard: false,
        network_error_clears: NetworkErrorClears::CurrentUrl,
        only_preflighted_clear: true,
    };

    /// What Chromium does.
    pub const CHROMIUM: Self = Self {
        max_age_limit: Some(Duration::from_secs(7_200)),
        unreadable_max_age: UnreadableMaxAge::NegativeNotCached,
        max_age_update: MaxAgeUpdate::StartsAgain,
        later_preflight: LaterPreflight::Replaces,
        insufficient_is_removed: true,
        key_origin: CacheKeyOrigin::Initiator,
        opaque_origins: false,
        wildcard: CachedWildcard::WithoutCredentials,
        network_error_clears: NetworkErrorClears::Nothing,
        ..Self::STANDARD
    };

    /// What Firefox does.
    pub const FIREFOX: Self = Self {
        max_age_limit: Some(Duration::from_secs(86_400)),
        unreadable_max_age: UnreadableMaxAge::NotCached,
        max_age_update: MaxAgeUpdate::StartsAgain,
        zero_ends_entries: false,
        head_is_safelisted: false,
        key_origin: CacheKeyOrigin::Initiator,
        opaque_origins: false,
        credentials_serve_all: false,
        wildcard: CachedWildcard::NoRequests,
        only_preflighted_clear: false,
        ..Self::STANDARD
    };

    /// What WebKit does.
    pub const WEBKIT: Self = Self {
        max_age_limit: Some(Duration::from_secs(600)),
        unreadable_max_age: UnreadableMaxAge::NegativeNotCached,
        max_age_update: MaxAgeUpdate::StartsAgain,
        later_preflight: LaterPreflight::Replaces,
        keeps_refused: true,
        key_origin: CacheKeyOrigin::InitiatorUntilTainted,
        wildcard: CachedWildcard::WithoutCredentials,
        authorization_wildcard: true,
        network_error_clears: NetworkErrorClears::Nothing,
        ..Self::STANDARD
    };
}

/// See [`PreflightCacheRules::unreadable_max_age`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnreadableMaxAge {
    /// 5 seconds, as if it were absent.
    DefaultMaxAge,
    /// Nothing is cached for a negative number; all else is 5 seconds.
    NegativeNotCached,
    /// Nothing is cached.
    NotCached,
}

/// See [`PreflightCacheRules::max_age_update`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MaxAgeUpdate {
    /// The new max-age counts from when the entry was first stored.
    KeepsStoringTime,
    /// The new max-age counts from now.
    StartsAgain,
}

/// See [`PreflightCacheRules::later_preflight`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LaterPreflight {
    /// Its entries come beside those that are there.
    Adds,
    /// Its entries replace those that are there, whether stored with credentials or without.
    Replaces,
}

/// See [`PreflightCacheRules::key_origin`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CacheKeyOrigin {
    /// What the `Origin` header says, `null` for opaque and for tainted origins.
    ByteSerialized,
    /// The origin of the page, each opaque one by itself.
    Initiator,
    /// The origin of the page, each opaque one by itself; what a redirect has tainted is never found again.
    InitiatorUntilTainted,
}

/// See [`PreflightCacheRules::wildcard`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CachedWildcard {
    /// All.
    AllRequests,
    /// Those whose credentials mode is not "include".
    WithoutCredentials,
    /// None: it is a name like any other.
    NoRequests,
}

/// See [`PreflightCacheRules::network_error_clears`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NetworkErrorClears {
    /// Nothing.
    Nothing,
    /// The entries of the request's current URL: after a redirect, those of the URL that was preflighted first survive.
    CurrentUrl,
    /// The entries of every URL in the request's URL list.
    EveryUrl,
}
