//! Which browser a user agent is like.

use std::time::Duration;

use http::HeaderName;

use crate::{
    browser::engines::{CHROMIUM, FIREFOX, Rules, WEBKIT},
    header_list::HeaderList,
};

/// Which browser a user agent is like: the standard, or an engine as it was recorded.
///
/// [`Profile::standard`] follows the pinned snapshot of the standard. Three obvious slips of it are read by their intent in
/// every profile:
///
/// - *Cross-Origin-Embedder-Policy allows credentials*, step 5 says "is not" where it means "is"
///   ([whatwg/fetch#1958](https://github.com/whatwg/fetch/issues/1958)).
/// - *Main fetch*, step 14.1.3 sets the CORS-exposed header-name list "if headerNames is non-null or failure"; a list
///   that failed to parse is ignored ([whatwg/fetch#433](https://github.com/whatwg/fetch/issues/433)).
/// - *HTTP-network-or-cache fetch*, step 8.1 does not clone the request in one case, so that a retry would append
///   `Origin` twice. Here the author's header list is never touched.
///
/// [`Profile::chromium`], [`Profile::firefox`] and [`Profile::webkit`] do what these engines do: see
/// [how browsers differ](crate::_documentation::browser_differences). Setters change what the standard leaves open, or what an embedder has reason to choose:
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

/// The name of a profile that a setter has changed.
const CUSTOM: &str = "custom";

impl Profile {
    /// What the standard says.
    #[must_use]
    pub const fn standard() -> Self {
        Self { name: "standard", rules: Rules::STANDARD }
    }

    /// Chromium, and so Chrome, Edge, Opera and others.
    #[must_use]
    pub const fn chromium() -> Self {
        Self { name: "chromium", rules: CHROMIUM }
    }

    /// Firefox.
    #[must_use]
    pub const fn firefox() -> Self {
        Self { name: "firefox", rules: FIREFOX }
    }

    /// WebKit, as it is under Safari: what belongs to the network library of one of its ports is left out.
    #[must_use]
    pub const fn webkit() -> Self {
        Self { name: "webkit", rules: WEBKIT }
    }

    /// All four, the standard first.
    #[must_use]
    pub const fn all() -> [Self; 4] {
        [Self::standard(), Self::chromium(), Self::firefox(), Self::webkit()]
    }

    /// The one of the four that has this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().into_iter().find(|profile| profile.name == name)
    }

    /// `standard`, `chromium`, `firefox` or `webkit`; `custom` after a setter.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The imposed limit on max-age, `None` for none (CORS-preflight fetch, step 7.10).
    ///
    /// The standard leaves it open, and has none here. Chromium caches for at most 2 hours, Firefox for 24 hours, WebKit for 10
    /// minutes.
    #[must_use]
    pub fn with_max_age_limit(self, limit: Option<Duration>) -> Self {
        self.with(|rules| rules.cache.max_age_limit = limit)
    }

    /// Whether `Access-Control-Allow-Headers: *` allows `Authorization` (CORS-preflight fetch, step 7.6).
    ///
    /// Standard: it does not. All three engines: it does.
    #[must_use]
    pub fn with_authorization_wildcard(self, covers: bool) -> Self {
        self.with(|rules| rules.preflight.authorization_wildcard = covers)
    }

    /// Whether entries of the preflight cache for opaque origins outlive their fetch.
    ///
    /// Standard, Firefox, WebKit: they do. Chromium: they do not.
    #[must_use]
    pub fn with_cached_opaque_origins(self, outlive: bool) -> Self {
        self.with(|rules| rules.cache.opaque_origins = outlive)
    }

    /// Whether preflights belong to the page's network partition (CORS-preflight fetch, step 1).
    ///
    /// Standard: they do not, their client is null. All three engines: they do.
    #[must_use]
    pub fn with_partitioned_preflights(self, partitioned: bool) -> Self {
        self.with(|rules| rules.preflight.is_partitioned = partitioned)
    }

    /// Whether a preflight for an upload listener or a stream allows the request's method if its response has no
    /// `Access-Control-Allow-Methods` (CORS-preflight fetch, step 7.4).
    ///
    /// Standard: it does. All three engines: it does not.
    #[must_use]
    pub fn with_method_allowed_by_force(self, allowed: bool) -> Self {
        self.with(|rules| rules.preflight.forced_allows_method = allowed)
    }

    /// Whether the embedder policy `credentialless` is known (HTTP-network-or-cache fetch, step 8.4).
    ///
    /// Standard, Chromium, Firefox: it is. WebKit: it is not.
    #[must_use]
    pub fn with_credentialless(self, known: bool) -> Self {
        self.with(|rules| rules.response.supports_credentialless = known)
    }

    /// Whether the client hints from before the prefix `Sec-CH-` need no preflight (CORS-safelisted request-header, step 2).
    ///
    /// Standard, Firefox, WebKit: they need one. Chromium: they do not.
    #[must_use]
    pub fn with_legacy_client_hints(self, safelisted: bool) -> Self {
        self.with(|rules| rules.request_headers.client_hints = safelisted)
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
    /// All rules.
    pub fn rule_names() -> impl Iterator<Item = String> {
        Rules::names()
    }

    /// The value of a rule, as `Debug` writes it; `None` if there is no such rule.
    #[must_use]
    pub fn rule(&self, name: &str) -> Option<String> {
        self.rules.value(name)
    }

    /// The CORS-unsafe request-header names of a header list, as this profile finds them.
    #[must_use]
    pub fn cors_unsafe_request_header_names(&self, headers: &HeaderList) -> Vec<HeaderName> {
        self.rules.request_headers.cors_unsafe_request_header_names(headers)
    }

    /// This profile with another one's value of a rule: with that of the standard, one difference is off.
    #[must_use]
    pub fn with_rule_of(mut self, name: &str, other: &Self) -> Self {
        assert!(self.rule(name).is_some(), "there is no rule `{name}`");
        self.rules.take(name, &other.rules);
        Self { name: CUSTOM, ..self }
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self::standard()
    }
}
