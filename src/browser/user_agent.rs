//! The user agent: what outlives a fetch.

use crate::browser::credentials::RedirectTaint;
use crate::browser::fetch_state::Fetch;
use crate::browser::preflight_cache::{CacheKey, Matches};
use crate::browser::{
    CacheKeyOrigin, ConditionalRequests, Door, PreflightCache, Profile, Request, Step, Timestamp,
};
use crate::origin::Origin;
use crate::site::Sites;
use std::borrow::Cow;
use std::time::Duration;
use url::Url;

/// A user agent: one CORS-preflight cache, one [`Profile`], shared by all its fetches.
///
/// Fetches may interleave: each [`Step`] owns all it needs and borrows the user agent only while it moves on.
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

    /// Makes every fetch keep the list of its decisions; see [`NetworkError::decisions`](crate::browser::NetworkError::decisions).
    #[must_use]
    pub fn keeping_trace(mut self) -> Self {
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

    /// Starts to fetch a request.
    pub fn fetch(&mut self, request: Request, now: Timestamp) -> Step {
        let fetch = Box::new(Fetch::new(request, self));
        // Step 17: run main fetch.
        fetch.main_fetch(self, |fetch, makes_preflight, user_agent| {
            fetch.http_fetch(makes_preflight, user_agent, now)
        })
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

    pub(crate) fn keeps_trace(&self) -> bool {
        self.keeps_trace
    }

    pub(crate) fn sites(&self) -> Sites {
        self.sites
    }

    pub(crate) fn cache_entries_matching<'a>(&'a self, fetch: &'a Fetch, now: Timestamp) -> Matches<'a> {
        if self.bypasses_cache(fetch) {
            return Matches::NONE;
        }
        let (cache, origin) = match cache_origin(&self.profile, fetch, fetch.hop()) {
            CacheOrigin::NotCached => return Matches::NONE,
            CacheOrigin::Shared(origin) => (&self.cache, origin),
            CacheOrigin::OwnOfFetch => match &fetch.own_cache {
                Some(own) => (&**own, OWN),
                None => return Matches::NONE,
            },
        };
        cache.matching(cache_key(fetch, &origin, fetch.current_url()), &self.profile.cache, now)
    }

    /// Whether the profile does not look a request up.
    pub(crate) fn bypasses_cache(&self, fetch: &Fetch) -> bool {
        match self.profile.cache.conditional_requests {
            ConditionalRequests::AreServed => false,
            ConditionalRequests::AskAgain => fetch.is_conditional(),
            ConditionalRequests::AskAgainByFetch => {
                fetch.request.door != Some(Door::XmlHttpRequest) && fetch.is_conditional()
            }
        }
    }

    pub(crate) fn store_preflight(
        &mut self,
        fetch: &mut Fetch,
        lists: (&[&[u8]], &[&[u8]]),
        max_age: Duration,
        now: Timestamp,
    ) {
        let rules = &self.profile.cache;
        let too_long = |limit| fetch.current_url().as_str().len() > limit;
        if max_age.is_zero() && !rules.zero_ends_entries || rules.url_length_limit.is_some_and(too_long) {
            return;
        }
        let mut own = fetch.own_cache.take();
        let (cache, origin) = match cache_origin(&self.profile, fetch, fetch.hop()) {
            CacheOrigin::NotCached => (None, OWN),
            CacheOrigin::Shared(origin) => (Some(&mut self.cache), origin),
            CacheOrigin::OwnOfFetch => (Some(&mut **own.get_or_insert_default()), OWN),
        };
        if let Some(cache) = cache {
            cache.store(cache_key(fetch, &origin, fetch.current_url()), lists, max_age, rules, now);
        }
        fetch.own_cache = own;
    }

    /// Clears the entries of a URL which the fetch was at after that many redirects, with the origin it had then.
    pub(crate) fn clear_cache_entries(&mut self, fetch: &mut Fetch, hop: usize) {
        let Some(url) = fetch.url_list.iter().nth(hop).cloned() else { return };
        let mut own = fetch.own_cache.take();
        match cache_origin(&self.profile, fetch, hop) {
            CacheOrigin::NotCached => {}
            CacheOrigin::Shared(origin) => self.cache.clear_entries(cache_key(fetch, &origin, &url)),
            CacheOrigin::OwnOfFetch => {
                if let Some(own) = &mut own {
                    own.clear_entries(cache_key(fetch, &OWN, &url));
                }
            }
        }
        fetch.own_cache = own;
    }
}

fn cache_key<'a>(fetch: &'a Fetch, origin: &'a str, url: &'a Url) -> CacheKey<'a> {
    CacheKey {
        partition: &fetch.request.partition,
        origin,
        url: url.as_str(),
        with_credentials: fetch.includes_credentials_mode(),
    }
}

/// The origin in the key of a permission that serves one fetch alone.
const OWN: Cow<'static, str> = Cow::Borrowed("the fetch");

/// Where a permission is kept, and under which origin.
enum CacheOrigin<'a> {
    /// Nowhere.
    NotCached,
    /// In the cache of the user agent.
    Shared(Cow<'a, str>),
    /// In the fetch, which it serves alone, so that nothing that becomes of the user agent's cache lets another fetch find it.
    OwnOfFetch,
}

/// Where a permission is kept that was or would be given after that many redirects.
fn cache_origin<'a>(profile: &Profile, fetch: &'a Fetch, hop: usize) -> CacheOrigin<'a> {
    let rules = &profile.cache;
    let is_tainted = || fetch.redirect_taint_at(hop) != RedirectTaint::SameOrigin;
    CacheOrigin::Shared(match (&fetch.request.origin, rules.key_origin) {
        (_, CacheKeyOrigin::InitiatorUntilTainted) if is_tainted() => return CacheOrigin::NotCached,
        (Origin::Opaque(_), _) if !rules.opaque_origins => return CacheOrigin::OwnOfFetch,
        (_, CacheKeyOrigin::ByteSerialized) => fetch.serialized_origin_at(hop).into(),
        (Origin::Opaque(opaque), _) => format!("opaque origin {}", opaque.0).into(),
        (Origin::Tuple(_), CacheKeyOrigin::InitiatorThenFetch) if is_tainted() => {
            return CacheOrigin::OwnOfFetch;
        }
        (Origin::Tuple(tuple), _) => tuple.as_str().into(),
    })
}
