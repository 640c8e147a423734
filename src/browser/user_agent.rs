//! The user agent: what outlives a fetch.

use crate::{
    browser::{fetch::Fetch, preflight_cache::PreflightCache, profile::Profile, request::Request},
    site::Sites,
};

/// A user agent: one CORS-preflight cache, one [`Profile`], shared by all its fetches.
///
/// Fetches may interleave: each [`Step`](crate::browser::Step) owns all it needs and borrows the user agent only while it moves on.
///
/// ```
/// use crossorigin::browser::{Page, Profile, Step, Timestamp, UserAgent};
/// let mut user_agent = UserAgent::new(Profile::standard());
/// let page = Page::new("https://app.example/")?;
/// let request = page.fetch("https://api.example/items").build()?;
/// let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
/// assert_eq!(exchange.request().url.as_str(), "https://api.example/items");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct UserAgent {
    profile: Profile,
    cache: PreflightCache,
    sites: Sites,
    keeps_trace: bool,
}

impl UserAgent {
    /// A user agent with an empty cache, which keeps no trace.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        Self { profile, ..Self::default() }
    }

    /// Makes every fetch keep the list of its decisions; see [`NetworkError::trace`](crate::browser::NetworkError::trace).
    #[must_use]
    pub fn with_trace(mut self) -> Self {
        self.keeps_trace = true;
        self
    }

    /// Changes how registrable domains are found.
    #[must_use]
    pub fn with_sites(mut self, sites: Sites) -> Self {
        self.sites = sites;
        self
    }

    /// Uses that cache, for other bounds or with what another user agent left in it.
    #[must_use]
    pub fn with_cache(mut self, cache: PreflightCache) -> Self {
        self.cache = cache;
        self
    }

    /// The profile.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The CORS-preflight cache, to look into.
    #[must_use]
    pub fn cache(&self) -> &PreflightCache {
        &self.cache
    }

    /// The CORS-preflight cache, to clear.
    pub fn cache_mut(&mut self) -> &mut PreflightCache {
        &mut self.cache
    }

    pub(crate) fn begin(&self, request: Request) -> Fetch {
        Fetch::new(request, self.profile.rules(), self.sites, self.keeps_trace)
    }
}
