//! The user agent: the state that outlives a fetch.

#[cfg(feature = "oracle")]
use crate::browser::engines::change_initiator_settings;
use crate::{
    browser::{fetch::Fetch, preflight_cache::PreflightCache, profile::Profile, request::Request},
    site::Sites,
};

/// A user agent, which starts fetches: one CORS-preflight cache and one [`Profile`] for all of them.
///
/// Fetches may interleave: each [`Step`](crate::browser::Step) owns all it needs, and borrows the user agent
/// only during a transition. The default user agent has the profile of the standard.
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
///
/// # Many fetches at once
///
/// A clone has a copy of the cache, and shares nothing with the original: what one stores, the other does not
/// find. To share one user agent between tasks or threads, put it behind an `Arc` and a lock. Lock it for one
/// transition at a time, and never over an `await`. A transition takes microseconds, so a [`std::sync::Mutex`]
/// is enough.
///
/// A guard that is made in the head of a `match` lives until the `match` ends. Call the transition in a
/// statement of its own, or the next lock waits for the first forever:
///
/// ```
/// use crossorigin::browser::{Failure, Page, Step, Timestamp, UserAgent};
/// use std::sync::{Arc, Mutex};
/// let user_agent = Arc::new(Mutex::new(UserAgent::default()));
/// let now = Timestamp::ZERO;
/// let page = Page::new("https://app.example/")?;
/// let request = page.fetch("https://api.example/items").build()?;
///
/// let step = user_agent.lock().unwrap().fetch(request, now); // the guard is gone after this line
/// match step {
///     Step::Send(exchange) => {
///         // `exchange` can wait here for as long as the response takes, on any task.
///         let step = exchange.fail(&mut user_agent.lock().unwrap(), Failure::Network);
///         assert!(matches!(step, Step::Done(Err(_))));
///     }
///     step => panic!("{step:?}"),
/// }
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
    /// Creates a user agent with an empty cache, which keeps no trace.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        Self { profile, ..Self::default() }
    }

    /// Makes every fetch keep a list of its decisions: see
    /// [`NetworkError::trace`](crate::browser::NetworkError::trace).
    #[must_use]
    pub fn with_trace(mut self) -> Self {
        self.keeps_trace = true;
        self
    }

    /// Sets how registrable domains are found, which decide about "same site".
    #[must_use]
    pub fn with_sites(mut self, sites: Sites) -> Self {
        self.sites = sites;
        self
    }

    /// Replaces the CORS-preflight cache, for other limits or for the entries of another user agent.
    #[must_use]
    pub fn with_cache(mut self, cache: PreflightCache) -> Self {
        self.cache = cache;
        self
    }

    /// The profile that fetches follow.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The CORS-preflight cache, for reading.
    #[must_use]
    pub fn cache(&self) -> &PreflightCache {
        &self.cache
    }

    /// The CORS-preflight cache, for removing entries.
    pub fn cache_mut(&mut self) -> &mut PreflightCache {
        &mut self.cache
    }

    pub(crate) fn begin(&self, request: Request) -> Fetch {
        Fetch::new(request, self.profile.rules(), self.sites, self.keeps_trace)
    }

    /// The request as the engine's initiator makes it, which may differ from what the standard's makes.
    #[cfg(feature = "oracle")]
    pub(crate) fn request_of_initiator(&self, request: &Request) -> Request {
        let mut request = request.clone();
        change_initiator_settings(&mut request, &self.profile.rules().initiators);
        request
    }
}
