//! Profiles: the browser that a user agent behaves like.

use std::time::Duration;

use http::HeaderName;

use crate::{
    browser::engines::{CHROMIUM, FIREFOX, Rules, WEBKIT},
    header_list::HeaderList,
};

/// The browser that a user agent behaves like: the standard, or an engine as it was recorded.
///
/// [`Profile::standard`] follows the [pinned snapshot](crate::standard) of the standard. Three sentences of
/// it are obvious mistakes. Every profile follows their intent:
///
/// - *Cross-Origin-Embedder-Policy allows credentials*, step 5 says "is not" and means "is" ([whatwg/fetch#1958](https://github.com/whatwg/fetch/issues/1958)).
/// - [Main fetch](crate::standard::Algorithm::MainFetch), step 14.1.3 sets the CORS-exposed header-name list
///   "if headerNames is non-null or failure". The profiles ignore a list that failed to parse
///   ([whatwg/fetch#433](https://github.com/whatwg/fetch/issues/433)).
/// - [HTTP-network-or-cache fetch](crate::standard::Algorithm::HttpNetworkOrCacheFetch), step 8.1 does not
///   clone the request in one case, so that a retry would append `Origin` twice. The profiles never change
///   the author's header list.
///
/// [`Profile::chromium`], [`Profile::firefox`] and [`Profile::webkit`] do what these engines do: see
/// [how browsers differ](crate::_documentation::browser_differences). A setter changes one rule that the
/// standard leaves open, or that an embedder may have a reason to choose:
///
/// ```
/// use crossorigin::browser::Profile;
/// use std::time::Duration;
/// let cautious = Profile::standard().with_max_age_limit(Some(Duration::from_secs(60)));
/// assert_eq!(cautious.name(), "custom");
/// assert_eq!(Profile::named("chromium"), Some(Profile::chromium()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    name: &'static str,
    rules: Rules,
}

/// The name of a profile that a setter changed.
const CUSTOM: &str = "custom";

impl Profile {
    /// The profile of the standard.
    #[must_use]
    pub const fn standard() -> Self {
        Self { name: "standard", rules: Rules::STANDARD }
    }

    /// The profile of Chromium, and therefore of Chrome, Edge, Opera and others.
    #[must_use]
    pub const fn chromium() -> Self {
        Self { name: "chromium", rules: CHROMIUM }
    }

    /// The profile of Firefox.
    #[must_use]
    pub const fn firefox() -> Self {
        Self { name: "firefox", rules: FIREFOX }
    }

    /// The profile of WebKit, the engine of Safari. It leaves out what only the network library of the recorded
    /// WebKitGTK does.
    #[must_use]
    pub const fn webkit() -> Self {
        Self { name: "webkit", rules: WEBKIT }
    }

    /// All four profiles: the standard, Chromium, Firefox, WebKit.
    #[must_use]
    pub const fn all() -> [Self; 4] {
        [Self::standard(), Self::chromium(), Self::firefox(), Self::webkit()]
    }

    /// The profile with this [name](Self::name); `None` for any other name, such as `custom`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().into_iter().find(|profile| profile.name == name)
    }

    /// The profile's name: `standard`, `chromium`, `firefox` or `webkit`; `custom` after a setter.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Sets the imposed limit on max-age; `None` for no limit
    /// ([CORS-preflight fetch](crate::standard::Algorithm::CorsPreflightFetch), step 7.10).
    ///
    /// Standard: the user agent chooses; [`Profile::standard`] has no limit. Chromium: the limit is 2 hours.
    /// Firefox: the limit is 24 hours. WebKit: the limit is 10 minutes.
    #[must_use]
    pub fn with_max_age_limit(self, limit: Option<Duration>) -> Self {
        self.with(|rules| rules.cache.max_age_limit = limit)
    }

    /// Sets whether `Access-Control-Allow-Headers: *` allows `Authorization`
    /// ([CORS-preflight fetch](crate::standard::Algorithm::CorsPreflightFetch), step 7.6).
    ///
    /// Standard: `*` does not allow it. Chromium, Firefox, WebKit: `*` allows it.
    #[must_use]
    pub fn with_authorization_wildcard(self, covers: bool) -> Self {
        self.with(|rules| rules.preflight.authorization_wildcard = covers)
    }

    /// Sets whether cache entries for opaque origins outlive the fetch that made them.
    ///
    /// Standard, Firefox, WebKit: they outlive it. Chromium: they do not.
    #[must_use]
    pub fn with_cached_opaque_origins(self, outlive: bool) -> Self {
        self.with(|rules| rules.cache.opaque_origins = outlive)
    }

    /// Sets whether preflights belong to the page's network partition
    /// ([CORS-preflight fetch](crate::standard::Algorithm::CorsPreflightFetch), step 1).
    ///
    /// Standard: they do not, because their client is null. Chromium, Firefox, WebKit: they do.
    #[must_use]
    pub fn with_partitioned_preflights(self, partitioned: bool) -> Self {
        self.with(|rules| rules.preflight.is_partitioned = partitioned)
    }

    /// Sets whether a forced preflight allows the request's method if its response has no
    /// `Access-Control-Allow-Methods`
    /// ([CORS-preflight fetch](crate::standard::Algorithm::CorsPreflightFetch), step 7.4).
    ///
    /// An upload listener or a stream body forces a preflight. Standard: it allows the method. Chromium,
    /// Firefox, WebKit: it does not.
    #[must_use]
    pub fn with_method_allowed_by_force(self, allowed: bool) -> Self {
        self.with(|rules| rules.preflight.forced_allows_method = allowed)
    }

    /// Sets whether the user agent knows the embedder policy `credentialless`
    /// ([HTTP-network-or-cache fetch](crate::standard::Algorithm::HttpNetworkOrCacheFetch), step 8.4).
    ///
    /// Standard, Chromium, Firefox: the user agent knows it. WebKit: the user agent does not know it.
    #[must_use]
    pub fn with_credentialless(self, known: bool) -> Self {
        self.with(|rules| rules.response.supports_credentialless = known)
    }

    /// Sets whether legacy client hints (without the prefix `Sec-CH-`) are safelisted (CORS-safelisted
    /// request-header, step 2).
    ///
    /// Standard, Firefox, WebKit: they need a preflight. Chromium: they need no preflight.
    #[must_use]
    pub fn with_legacy_client_hints(self, safelisted: bool) -> Self {
        self.with(|rules| rules.request_headers.client_hints = safelisted)
    }

    /// Sets whether servers send the names of headers in lower case.
    ///
    /// Otherwise names are spelled as in `Access-Control-Allow-Origin`. This makes a difference in Firefox
    /// only, for two lines of this name of which one is empty: Firefox refuses them in the usual
    /// spelling, and skips the empty line in lower case. Standard, Chromium, WebKit: an empty line counts
    /// in every spelling.
    #[must_use]
    pub fn with_lower_case_header_names(self, lower_case: bool) -> Self {
        self.with(|rules| {
            rules.response.empty_lines = rules.response.empty_lines.with_lower_case_names(lower_case);
        })
    }

    /// Sets whether [local network access](https://wicg.github.io/local-network-access/) is checked: whether a public
    /// page needs a permission to reach a local address.
    ///
    /// Standard, WebKit: it is not checked. Chromium, Firefox: it is checked, unless the user or an administrator has
    /// switched it off. A custom profile of the standard checks it as Chromium does. See
    /// [`Exchange::connected`](crate::browser::Exchange::connected).
    #[must_use]
    pub fn with_local_network_access(self, checked: bool) -> Self {
        self.with(|rules| rules.local_network.is_checked = checked)
    }

    /// Sets whether the CORS protocol is enforced, which it is by default.
    ///
    /// If not, the user agent is like Chromium with `--disable-web-security`, or like a client without CORS:
    ///
    /// - No preflight is sent, and no CORS check is run.
    /// - Each response has type "basic", also in mode "no-cors". Scripts read all of it, and an image taints
    ///   no canvas.
    /// - The rest stays: the `Origin` header, the credentials by the credentials mode, the errors of mode
    ///   "same-origin" and of redirects, and `Cross-Origin-Resource-Policy`.
    ///
    /// ```
    /// use crossorigin::browser::{Page, Profile, RequestKind, ResponseType, Step, Timestamp, UserAgent};
    /// use crossorigin::http::Response;
    /// let mut user_agent = UserAgent::new(Profile::standard().with_enforced_cors(false));
    /// let request = Page::new("https://app.example/")?.fetch("https://api.example/").method("PUT").build()?;
    /// let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
    /// assert_eq!(exchange.request().kind, RequestKind::Actual);
    /// assert_eq!(exchange.request().to_http()?.headers()["origin"], "https://app.example");
    /// let step = exchange.receive(Response::new(()), &mut user_agent, Timestamp::ZERO);
    /// let Step::Done(Ok(response)) = step else { panic!("{step:?}") };
    /// assert_eq!(response.response_type(), ResponseType::Basic);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_enforced_cors(self, enforced: bool) -> Self {
        self.with(|rules| rules.cors_is_enforced = enforced)
    }

    fn with(mut self, change: impl FnOnce(&mut Rules)) -> Self {
        change(&mut self.rules);
        Self { name: CUSTOM, ..self }
    }

    pub(crate) fn rules(&self) -> Rules {
        self.rules
    }
}

/// For tests: single rules by name, such as `cache.max_age_limit`. The names may change in any version.
#[doc(hidden)]
impl Profile {
    /// The names of all rules.
    pub fn rule_names() -> impl Iterator<Item = String> {
        Rules::names()
    }

    /// The value of a rule, as `Debug` writes it; `None` if there is no such rule.
    #[must_use]
    pub fn rule(&self, name: &str) -> Option<String> {
        self.rules.value(name)
    }

    /// The CORS-unsafe request-header names of a header list, by the rules of this profile.
    #[must_use]
    pub fn cors_unsafe_request_header_names(&self, headers: &HeaderList) -> Vec<HeaderName> {
        self.rules.request_headers.cors_unsafe_request_header_names(headers)
    }

    /// This profile with the value that a rule has in another profile. The standard's value switches one
    /// difference off.
    #[must_use]
    pub fn with_rule_of(mut self, name: &str, other: &Self) -> Self {
        assert!(self.rule(name).is_some(), "there is no rule `{name}`");
        self.rules.copy_rule(name, &other.rules);
        Self { name: CUSTOM, ..self }
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self::standard()
    }
}
