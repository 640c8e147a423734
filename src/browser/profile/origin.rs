//! What browsers do otherwise with the `Origin` header of requests that are no CORS requests.

/// What the `Origin` header of a request outside CORS says: see [`Profile`](crate::browser::Profile).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct OriginHeaderRules {
    /// Whether the referrer policy can make it `null`.
    ///
    /// Text: yes, outside mode "cors" (append a request `Origin` header, step 4.1). Chromium: no (WPT
    /// `fetch/origin/assorted.window.js`).
    pub follows_referrer_policy: bool,

    /// Whether it can do so after a redirect, which may also have changed the policy.
    ///
    /// Text: yes, each request has the header by itself. WebKit: no, a redirect within one origin takes the header along,
    /// and one to another origin sets it anew, whatever the policy.
    pub redirects_apply_referrer_policy: bool,

    /// Whether any redirect to another origin than the current one makes it `null` in mode "no-cors".
    ///
    /// Text: only one that another origin than the page's own gave (redirect-taint, step 4.3). Chromium: any.
    pub every_crossing_taints: bool,

    /// Whether it stays when a redirect of the same origin makes the request a `GET`.
    ///
    /// Text: no (append a request `Origin` header, step 4). WebKit: yes.
    pub stays_on_get: bool,

    /// Whether an element with the attribute `crossorigin` says it even to the page's own origin.
    ///
    /// Text: no, response tainting is "basic" and the method `GET` (append a request `Origin` header, steps 3 and 4).
    /// Chromium and WebKit: yes.
    pub elements_say_it: bool,

    /// With which requests in mode "no-cors" that include credentials a page of an opaque origin says `null`.
    ///
    /// Text: with other methods than `GET` and `HEAD` (append a request `Origin` header, step 4). Chromium and Firefox: with
    /// all whose URL is of the site of the top-level page, as the Storage Access API has it for frames without access to
    /// their cookies ([Storage Access Headers](https://privacycg.github.io/storage-access-headers/)). The URL is the one
    /// before redirects. Chromium leaves the header away once one of them makes a `POST` a `GET`, Firefox once one leads to
    /// another origin.
    ///
    /// The page at the top is told by the network partition key, where that is the serialization of an origin. Where it is
    /// not, every URL counts as of its site.
    pub opaque_says_null: OpaqueSaysNull,
}

impl OriginHeaderRules {
    /// The text of the standard.
    pub const STANDARD: Self = Self {
        follows_referrer_policy: true,
        redirects_apply_referrer_policy: true,
        every_crossing_taints: false,
        stays_on_get: false,
        elements_say_it: false,
        opaque_says_null: OpaqueSaysNull::ByMethod,
    };

    /// What Chromium does.
    pub const CHROMIUM: Self = Self {
        follows_referrer_policy: false,
        every_crossing_taints: true,
        elements_say_it: true,
        opaque_says_null: OpaqueSaysNull::UntilRewritten,
        ..Self::STANDARD
    };

    /// What Firefox does.
    pub const FIREFOX: Self = Self { opaque_says_null: OpaqueSaysNull::UntilCrossing, ..Self::STANDARD };

    /// What WebKit does.
    pub const WEBKIT: Self = Self {
        redirects_apply_referrer_policy: false,
        stays_on_get: true,
        elements_say_it: true,
        ..Self::STANDARD
    };
}

/// See [`OriginHeaderRules::opaque_says_null`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OpaqueSaysNull {
    /// As any other page, with those whose method is neither `GET` nor `HEAD`.
    ByMethod,
    /// With those for the site of the top-level page, until a redirect makes another method `GET`.
    UntilRewritten,
    /// With those for the site of the top-level page, until a redirect leads to another origin.
    UntilCrossing,
}
