//! What browsers do otherwise in a CORS-preflight fetch, and in asking whether there has to be one.

/// When a preflight goes out, what it says, and what its answer allows: see [`Profile`](crate::browser::Profile).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PreflightRules {
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
    pub forced_allows_method: bool,

    /// Whether an upload listener forces a preflight for a request without a body.
    ///
    /// Text: yes (`send()`, step 6, sets the use-CORS-preflight flag for the listener alone). Chromium: no.
    pub forced_without_body: bool,

    /// Whether the preflight itself has the page's network partition key, for the connection it is sent on.
    ///
    /// Text: no, its client is null (CORS-preflight fetch 1). All three engines: yes
    /// ([whatwg/fetch#1035](https://github.com/whatwg/fetch/issues/1035)).
    pub is_partitioned: bool,

    /// Which origin a preflight says, and its answer has to share with, once a redirect has tainted the request's.
    ///
    /// Text: `null`, as in the request that follows (CORS-preflight fetch 6 and 7). Firefox: the page's own, so that an
    /// answer which suits the preflight does not suit the request, but for `*`; and where a redirect leads back to that
    /// origin, the preflight's answer need not share at all.
    pub origin: PreflightOrigin,

    /// Whether a request that had a preflight has one at each redirect that follows, whatever the redirect left of it.
    ///
    /// Text: no, main fetch 12 looks at method and headers anew. Firefox and WebKit: yes, even where `GET` without a header
    /// is all that is left.
    pub stays: bool,

    /// Which headers are looked at, and named, after a redirect has taken some away.
    ///
    /// Text: those that are left (main fetch 12, CORS-preflight fetch 4). Firefox and WebKit: those that the page set, of
    /// which Firefox does not name what the last redirect took.
    pub headers: PreflightHeaders,

    /// Whether the preflight has the `User-Agent` that the page set.
    ///
    /// Text: no, its header list is its own (CORS-preflight fetch 1 to 5). WebKit: yes.
    pub has_user_agent: bool,

    /// Whether `Access-Control-Request-Headers` has a name once, however many lines of it there are.
    ///
    /// Text: yes (CORS-unsafe request-header names, step 6). Firefox: once for each line.
    pub names_once: bool,
}

impl PreflightRules {
    /// The text of the standard.
    pub const STANDARD: Self = Self {
        authorization_wildcard: false,
        forced_allows_method: true,
        forced_without_body: true,
        is_partitioned: false,
        origin: PreflightOrigin::ByteSerialized,
        stays: false,
        headers: PreflightHeaders::Left,
        has_user_agent: false,
        names_once: true,
    };

    /// What all three engines do.
    const ENGINE: Self = Self {
        authorization_wildcard: true,
        forced_allows_method: false,
        is_partitioned: true,
        ..Self::STANDARD
    };

    /// What Chromium does.
    pub const CHROMIUM: Self = Self { forced_without_body: false, ..Self::ENGINE };

    /// What Firefox does.
    pub const FIREFOX: Self = Self {
        origin: PreflightOrigin::Initiator,
        stays: true,
        headers: PreflightHeaders::FirstSetButLastTaken,
        names_once: false,
        ..Self::ENGINE
    };

    /// What WebKit does.
    pub const WEBKIT: Self =
        Self { stays: true, headers: PreflightHeaders::FirstSet, has_user_agent: true, ..Self::ENGINE };
}

/// See [`PreflightRules::origin`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PreflightOrigin {
    /// What the `Origin` header of the request says, `null` for opaque and for tainted origins.
    ByteSerialized,
    /// The origin of the page.
    Initiator,
}

/// See [`PreflightRules::headers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PreflightHeaders {
    /// Those that the request still has.
    Left,
    /// Those that the page set.
    FirstSet,
    /// Those that the page set; what the last redirect took is looked at, but not named.
    FirstSetButLastTaken,
}
