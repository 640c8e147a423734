//! Where the standard's text is at odds with itself or with every browser: one field each, never a second code path.

use std::time::Duration;

/// The choices that the text leaves open, or that browsers make otherwise.
///
/// [`Profile::standard`] follows the text of the pinned snapshot. Three obvious slips of the text are read by their
/// intent in every profile and are no fields:
///
/// - *Cross-Origin-Embedder-Policy allows credentials*, step 5 says "is not" where it means "is"
///   ([whatwg/fetch#1958](https://github.com/whatwg/fetch/issues/1958)).
/// - *Main fetch*, step 14.1.3 sets the CORS-exposed header-name list "if headerNames is non-null or failure"; a list
///   that failed to parse is ignored ([whatwg/fetch#433](https://github.com/whatwg/fetch/issues/433)).
/// - *HTTP-network-or-cache fetch*, step 8.1 does not clone the request in one case, so that a retry would append
///   `Origin` twice. Here the author's header list is never touched.
///
/// ```
/// use crossorigin::browser::Profile;
/// use std::time::Duration;
/// let mut profile = Profile::standard();
/// profile.max_age_limit = Some(Duration::from_secs(7200)); // what Chromium imposes
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Profile {
    /// The profile's name, for people.
    pub name: &'static str,

    /// Whether `Access-Control-Allow-Headers: *` allows `Authorization`.
    ///
    /// Text: no (CORS-preflight fetch 7.6). Chromium, Firefox, WebKit: yes, the first two with a warning on the console
    /// ([whatwg/fetch#1919](https://github.com/whatwg/fetch/issues/1919);
    /// WPT `fetch/api/cors/cors-preflight-star.any.js`, subtest "authorization should not be covered by *").
    pub authorization_wildcard: bool,

    /// Whether a preflight that happens only because the use-CORS-preflight flag is set, and whose answer has no
    /// `Access-Control-Allow-Methods`, allows the request's method.
    ///
    /// Text: yes (CORS-preflight fetch 7.4), so `PUT` with an upload listener passes. All three engines: no.
    pub forced_preflight_allows_method: bool,

    /// Whether a cached `*` serves requests with credentials.
    ///
    /// Text: yes ("method cache entry match" and "header-name cache entry match" do not look at credentials), although
    /// CORS-preflight fetch 7.5 and 7.7 refuse the same request without a cache. All three engines: no.
    pub cached_wildcard_serves_credentials: bool,

    /// What a network error of a fetch with preflight removes from the CORS-preflight cache.
    ///
    /// Text: the entries of the current URL (main fetch 12, "clear cache entries"). All three engines: nothing.
    pub network_error_clears: NetworkErrorClears,

    /// Which origin is the key of the CORS-preflight cache once a redirect has tainted the request's origin.
    ///
    /// Text: the byte-serialized one, `null`; this also makes all opaque origins of a partition one. Chromium and
    /// Firefox use the page's real origin, Chromium and WebKit tell opaque origins apart
    /// ([whatwg/fetch#735](https://github.com/whatwg/fetch/issues/735);
    /// WPT `fetch/api/cors/cors-preflight-cache-tainted.any.js` wants the text).
    pub cache_key_origin: CacheKeyOrigin,

    /// Whether the preflight itself has the page's network partition key, for the connection it is sent on.
    ///
    /// Text: no, its client is null (CORS-preflight fetch 1). All three engines: yes
    /// ([whatwg/fetch#1035](https://github.com/whatwg/fetch/issues/1035)).
    pub preflight_is_partitioned: bool,

    /// The imposed limit on max-age (CORS-preflight fetch 7.10), `None` for none.
    ///
    /// Text: any. Chromium 7,200 s, Firefox 86,400 s, WebKit 600 s.
    pub max_age_limit: Option<Duration>,

    /// What `Access-Control-Max-Age: -1` means.
    ///
    /// Text: it is no delta-seconds, so 5 seconds (CORS-preflight fetch 7.9). All three engines, and WPT
    /// `cors/preflight-cache.htm`: not cached.
    pub negative_max_age: NegativeMaxAge,

    /// What a new max-age does to an entry that is there already.
    ///
    /// Text: it counts from when the entry was first stored (CORS-preflight fetch 7.12 and 7.14 set the max-age only). If
    /// it is over by then, the entry goes, and a new one is stored (7.13 and 7.15). Engines that keep one record replace
    /// it, time included.
    pub max_age_update: MaxAgeUpdate,

    /// What the safelist looks at when the author sets a header more than once.
    ///
    /// Text: each line. Chromium and WebKit combine the lines first, so two `Accept` lines of 100 bytes each need a
    /// preflight there, and the limit of 1,024 bytes for all lines is hardly ever reached.
    pub safelist_judges: SafelistJudges,
}

impl Profile {
    /// The text of the standard.
    #[must_use]
    pub const fn standard() -> Self {
        Self {
            name: "standard",
            authorization_wildcard: false,
            forced_preflight_allows_method: true,
            cached_wildcard_serves_credentials: true,
            network_error_clears: NetworkErrorClears::CurrentUrl,
            cache_key_origin: CacheKeyOrigin::ByteSerialized,
            preflight_is_partitioned: false,
            max_age_limit: None,
            negative_max_age: NegativeMaxAge::DefaultMaxAge,
            max_age_update: MaxAgeUpdate::KeepsStoringTime,
            safelist_judges: SafelistJudges::EachLine,
        }
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self::standard()
    }
}

/// See [`Profile::network_error_clears`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NetworkErrorClears {
    /// Nothing.
    Nothing,
    /// The entries of the request's current URL: after a redirect, those of the URL that was preflighted first survive.
    CurrentUrl,
    /// The entries of every URL in the request's URL list.
    EveryUrl,
}

/// See [`Profile::cache_key_origin`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CacheKeyOrigin {
    /// What the `Origin` header says, `null` for opaque and for tainted origins.
    ByteSerialized,
    /// The origin of the page, each opaque one by itself.
    Initiator,
}

/// See [`Profile::negative_max_age`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NegativeMaxAge {
    /// As any other value that is no number: 5 seconds.
    DefaultMaxAge,
    /// Nothing is cached.
    NotCached,
}

/// See [`Profile::max_age_update`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MaxAgeUpdate {
    /// The new max-age counts from when the entry was first stored.
    KeepsStoringTime,
    /// The new max-age counts from now.
    StartsAgain,
}

/// See [`Profile::safelist_judges`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SafelistJudges {
    /// Each header line by itself.
    EachLine,
    /// The combined value of all lines of a name.
    CombinedValue,
}
