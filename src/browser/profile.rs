//! Where the standard's text is at odds with itself or with browsers: one field each, never a second code path.

mod cache;
mod origin;
mod preflight;
mod redirect;
mod response;

pub use cache::{
    CacheKeyOrigin, CachedWildcard, ConditionalRequests, MaxAgeSyntax, MaxAgeUpdate, NetworkErrorClears,
    PreflightCacheRules, SafelistedMethods,
};
pub use origin::{OpaqueSaysNull, OriginHeaderRules};
pub use preflight::{PreflightHeaders, PreflightOrigin, PreflightRules};
pub use redirect::{EmptyLocation, LocationCredentials, RedirectHeaders, RedirectRules, RepeatedLocation};
pub use response::ResponseRules;

use crate::request_header::RequestHeaderRules;

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
/// [`Profile::chromium`], [`Profile::firefox`] and [`Profile::webkit`] are what these engines were seen to do; see
/// [how browsers differ](crate::_documentation::browser_differences). A profile of your own starts from one of the four:
///
/// ```
/// use crossorigin::browser::Profile;
/// use std::time::Duration;
/// let mut profile = Profile::standard();
/// profile.cache.max_age_limit = Some(Duration::from_secs(7200)); // what Chromium imposes
/// assert_eq!(Profile::named("chromium"), Some(Profile::chromium()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Profile {
    /// The profile's name, for people.
    pub name: &'static str,
    /// Which request headers need a preflight, and which a page may not set.
    pub request_headers: RequestHeaderRules,
    /// When a preflight goes out, what it says, and what its answer allows.
    pub preflight: PreflightRules,
    /// What is kept of a preflight's answer, for whom, and for how long.
    pub cache: PreflightCacheRules,
    /// What a redirect leads to, and what it leaves of a request.
    pub redirect: RedirectRules,
    /// What the `Origin` header of a request outside CORS says.
    pub origin: OriginHeaderRules,
    /// How the headers of an answer are read, and what they allow.
    pub response: ResponseRules,
}

impl Profile {
    /// The text of the standard.
    #[must_use]
    pub const fn standard() -> Self {
        Self {
            name: "standard",
            request_headers: RequestHeaderRules::STANDARD,
            preflight: PreflightRules::STANDARD,
            cache: PreflightCacheRules::STANDARD,
            redirect: RedirectRules::STANDARD,
            origin: OriginHeaderRules::STANDARD,
            response: ResponseRules::STANDARD,
        }
    }

    /// Chromium, and so Chrome, Edge, Opera and others.
    #[must_use]
    pub const fn chromium() -> Self {
        Self {
            name: "chromium",
            request_headers: RequestHeaderRules::CHROMIUM,
            preflight: PreflightRules::CHROMIUM,
            cache: PreflightCacheRules::CHROMIUM,
            redirect: RedirectRules::CHROMIUM,
            origin: OriginHeaderRules::CHROMIUM,
            response: ResponseRules::CHROMIUM,
        }
    }

    /// Firefox.
    #[must_use]
    pub const fn firefox() -> Self {
        Self {
            name: "firefox",
            request_headers: RequestHeaderRules::FIREFOX,
            preflight: PreflightRules::FIREFOX,
            cache: PreflightCacheRules::FIREFOX,
            redirect: RedirectRules::FIREFOX,
            origin: OriginHeaderRules::FIREFOX,
            response: ResponseRules::FIREFOX,
        }
    }

    /// WebKit, as it is under Safari: what belongs to the network library of one of its ports is left out.
    #[must_use]
    pub const fn webkit() -> Self {
        Self {
            name: "webkit",
            request_headers: RequestHeaderRules::WEBKIT,
            preflight: PreflightRules::WEBKIT,
            cache: PreflightCacheRules::WEBKIT,
            redirect: RedirectRules::WEBKIT,
            origin: OriginHeaderRules::WEBKIT,
            response: ResponseRules::WEBKIT,
        }
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
}

impl Default for Profile {
    fn default() -> Self {
        Self::standard()
    }
}
