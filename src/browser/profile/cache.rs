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

    /// How `Access-Control-Max-Age` is read.
    ///
    /// Text: it is delta-seconds, digits only, and anything else is 5 seconds (CORS-preflight fetch 7.8 and 7.9). Chromium
    /// and WebKit read a signed number of 64 bits, and do not cache for a negative one, as WPT `cors/preflight-cache.htm`
    /// wants it. Firefox caches nothing for what are no digits.
    pub max_age_syntax: MaxAgeSyntax,

    /// What a new max-age does to an entry that is there already.
    ///
    /// Text: it counts from when the entry was first stored (CORS-preflight fetch 7.12 and 7.14 set the max-age only). If
    /// it is over by then, the entry goes, and a new one is stored (7.13 and 7.15). Firefox: from now. In Chromium and WebKit
    /// nothing is there any more, see [`insufficient_is_removed`](Self::insufficient_is_removed).
    pub max_age_update: MaxAgeUpdate,

    /// Whether a max-age of 0, or one that is not cached, ends the entries that are there already.
    ///
    /// Text: it does, 0 is their new max-age (CORS-preflight fetch 7.12 and 7.14). Firefox: it leaves them alone.
    pub zero_ends_entries: bool,

    /// Whether an answer is kept whose lists then refuse the request.
    ///
    /// Text: no (CORS-preflight fetch 7.5 to 7.7 come before 7.13). WebKit: yes.
    pub keeps_refused: bool,

    /// Whether a look-up that finds entries, but none that cover the request, removes them.
    ///
    /// Text: no, further entries come beside them. Chromium and WebKit: yes, so that a later preflight replaces what an
    /// earlier one left, and one that fails leaves nothing.
    pub insufficient_is_removed: bool,

    /// Whether an answer also permits `GET`, `HEAD` and `POST` for later, where these are asked for because the
    /// use-CORS-preflight flag is set.
    ///
    /// Text: if it lists them, or has no list and answers a forced preflight (CORS-preflight fetch 7.4 and 7.13). Chromium
    /// and WebKit: always. Firefox: `GET` and `POST`, even when its max-age is over.
    pub safelisted_methods: SafelistedMethods,

    /// Whether `HEAD` needs no entry, as `GET` and `POST` need none.
    ///
    /// Text: it does not, all three are CORS-safelisted (HTTP fetch 4.1). Firefox: it does, so a `HEAD` whose headers are
    /// permitted asks again unless it is listed itself.
    pub head_is_safelisted: bool,

    /// How long a URL may be for anything to be kept, in bytes, `None` for any length.
    ///
    /// Text: any. Chromium: up to 1,023 bytes.
    pub url_length_limit: Option<usize>,

    /// Whether a request with `If-Match`, `If-Modified-Since`, `If-None-Match`, `If-Range` or `If-Unmodified-Since` is
    /// served.
    ///
    /// Text: like any other. Chromium: not, as if its cache mode were for this cache too. Firefox: not if it was made by
    /// `fetch()`.
    pub conditional_requests: ConditionalRequests,

    /// Which origin is the key once a redirect has tainted the request's origin.
    ///
    /// Text: the byte-serialized one, `null`; this also makes all opaque origins of a partition one. Firefox uses the
    /// page's real origin all the way; Chromium keeps nothing then, and WebKit what only the same fetch finds again. WebKit
    /// tells opaque origins apart
    /// ([whatwg/fetch#735](https://github.com/whatwg/fetch/issues/735);
    /// WPT `fetch/api/cors/cors-preflight-cache-tainted.any.js` wants the text).
    pub key_origin: CacheKeyOrigin,

    /// Whether what is kept for opaque origins is kept for longer than the fetch.
    ///
    /// Text: yes. Chromium: no, but a fetch that comes back to a URL finds it.
    pub opaque_origins: bool,

    /// Whether what was stored for a request with credentials serves requests without.
    ///
    /// Text: yes (cache entry match). Firefox keeps the two apart.
    pub credentials_serve_all: bool,

    /// Which requests a cached `*` serves.
    ///
    /// Text: all ("method cache entry match" and "header-name cache entry match" do not look at credentials), although
    /// CORS-preflight fetch 7.5 and 7.7 refuse the same request without a cache. WebKit: those without credentials.
    /// Chromium: those too, and only if it was stored for such a one. Firefox: none.
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

    /// Whether a redirect that redirect mode "error" refuses does that.
    ///
    /// Text: yes, as any network error (HTTP fetch 6.3.1, main fetch 12). Firefox: no.
    pub redirect_mode_error_clears: bool,
}

impl PreflightCacheRules {
    /// The text of the standard.
    pub const STANDARD: Self = Self {
        max_age_limit: None,
        max_age_syntax: MaxAgeSyntax::DeltaSeconds,
        max_age_update: MaxAgeUpdate::KeepsStoringTime,
        zero_ends_entries: true,
        keeps_refused: false,
        insufficient_is_removed: false,
        safelisted_methods: SafelistedMethods::AsListed,
        head_is_safelisted: true,
        url_length_limit: None,
        conditional_requests: ConditionalRequests::AreServed,
        key_origin: CacheKeyOrigin::ByteSerialized,
        opaque_origins: true,
        credentials_serve_all: true,
        wildcard: CachedWildcard::AllRequests,
        authorization_wildcard: false,
        network_error_clears: NetworkErrorClears::CurrentUrl,
        only_preflighted_clear: true,
        redirect_mode_error_clears: true,
    };

    /// What Chromium does.
    pub const CHROMIUM: Self = Self {
        max_age_limit: Some(Duration::from_secs(7_200)),
        max_age_syntax: MaxAgeSyntax::SignedInteger,
        insufficient_is_removed: true,
        safelisted_methods: SafelistedMethods::Kept,
        url_length_limit: Some(1_023),
        conditional_requests: ConditionalRequests::AskAgain,
        key_origin: CacheKeyOrigin::InitiatorUntilTainted,
        opaque_origins: false,
        wildcard: CachedWildcard::StoredWithoutCredentials,
        network_error_clears: NetworkErrorClears::Nothing,
        ..Self::STANDARD
    };

    /// What Firefox does.
    pub const FIREFOX: Self = Self {
        max_age_limit: Some(Duration::from_secs(86_400)),
        max_age_syntax: MaxAgeSyntax::DigitsOrNothing,
        max_age_update: MaxAgeUpdate::StartsAgain,
        zero_ends_entries: false,
        safelisted_methods: SafelistedMethods::KeptForGood,
        head_is_safelisted: false,
        conditional_requests: ConditionalRequests::AskAgainByFetch,
        key_origin: CacheKeyOrigin::Initiator,

        credentials_serve_all: false,
        wildcard: CachedWildcard::NoRequests,
        only_preflighted_clear: false,
        redirect_mode_error_clears: false,
        ..Self::STANDARD
    };

    /// What WebKit does.
    pub const WEBKIT: Self = Self {
        max_age_limit: Some(Duration::from_secs(600)),
        max_age_syntax: MaxAgeSyntax::SignedInteger,
        keeps_refused: true,
        insufficient_is_removed: true,
        safelisted_methods: SafelistedMethods::Kept,
        key_origin: CacheKeyOrigin::InitiatorThenFetch,
        wildcard: CachedWildcard::WithoutCredentials,
        authorization_wildcard: true,
        network_error_clears: NetworkErrorClears::Nothing,
        ..Self::STANDARD
    };
}

/// See [`PreflightCacheRules::max_age_syntax`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MaxAgeSyntax {
    /// Digits, however many. Anything else is 5 seconds, as if it were absent.
    DeltaSeconds,
    /// A signed number of 64 bits. A negative one is not cached, anything else is 5 seconds.
    SignedInteger,
    /// Digits, however many. Anything else is not cached, unless it is empty, which is 5 seconds.
    DigitsOrNothing,
}

/// See [`PreflightCacheRules::max_age_update`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MaxAgeUpdate {
    /// The new max-age counts from when the entry was first stored.
    KeepsStoringTime,
    /// The new max-age counts from now.
    StartsAgain,
}

/// See [`PreflightCacheRules::safelisted_methods`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SafelistedMethods {
    /// Only if they are listed, or a forced preflight stands for them.
    AsListed,
    /// Always.
    Kept,
    /// `GET` and `POST`, and for longer than the rest of the answer: until a network error removes them.
    KeptForGood,
}

/// See [`PreflightCacheRules::conditional_requests`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConditionalRequests {
    /// They are served.
    AreServed,
    /// None is.
    AskAgain,
    /// Those of `XMLHttpRequest` are, those of `fetch()` are not.
    AskAgainByFetch,
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
    /// The origin of the page, each opaque one by itself; what a redirect has tainted is found by the same fetch only.
    InitiatorThenFetch,
}

/// See [`PreflightCacheRules::wildcard`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CachedWildcard {
    /// All.
    AllRequests,
    /// Those whose credentials mode is not "include".
    WithoutCredentials,
    /// Those whose credentials mode is not "include", where it was stored for such a one.
    StoredWithoutCredentials,
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
