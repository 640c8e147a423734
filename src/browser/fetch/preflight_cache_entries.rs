//! The entries of the [CORS-preflight cache](https://fetch.spec.whatwg.org/#cors-preflight-cache) for the
//! current request of a fetch.

use std::{borrow::Cow, time::Duration};

use super::Fetch;
use crate::browser::{
    engines::CacheOrigin,
    preflight_cache::{CacheKey, Matches, PreflightCache},
    state::CurrentRequest,
    timestamp::Timestamp,
};

/// The origin in the key of an entry that serves only its own fetch.
const OWN: Cow<'static, str> = Cow::Borrowed("");

impl Fetch {
    /// [Cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match): the entries that match the
    /// request.
    pub(super) fn matching_cache_entries<'a>(
        &'a self,
        cache: &'a PreflightCache,
        now: Timestamp,
    ) -> Matches<'a> {
        let (engine, request) = (&self.engine, &self.request);
        if engine.bypasses_cache(request) {
            return Matches::NONE;
        }
        let (cache, origin) = match engine.cache_origin(request) {
            CacheOrigin::NotCached => return Matches::NONE,
            CacheOrigin::Shared(origin) => (cache, origin),
            CacheOrigin::OwnCache => match engine.own_cache() {
                Some(own) => (own, OWN),
                None => return Matches::NONE,
            },
        };
        cache.matching(key(request, &origin), engine.match_rules(), now)
    }

    /// CORS-preflight fetch, steps 7.12 to 7.15, for these methods and header names.
    pub(super) fn update_or_create_entries(
        &mut self,
        cache: &mut PreflightCache,
        lists: (&[&[u8]], &[&[u8]]),
        max_age: Duration,
        now: Timestamp,
    ) {
        if !self.engine.updates_cache(&self.request, max_age) {
            return;
        }
        let rules = self.engine.match_rules();
        match self.engine.cache_origin(&self.request) {
            CacheOrigin::NotCached => {}
            CacheOrigin::Shared(origin) => {
                cache.store(key(&self.request, &origin), lists, max_age, rules, now)
            }
            CacheOrigin::OwnCache => {
                let own = self.engine.own_cache_mut();
                own.store(key(&self.request, &OWN), lists, max_age, rules, now);
            }
        }
    }

    /// [Clears cache entries](https://fetch.spec.whatwg.org/#concept-cache-clear) for the request's current
    /// URL.
    pub(super) fn clear_cache_entries(&mut self, cache: &mut PreflightCache) {
        match self.engine.cache_origin(&self.request) {
            CacheOrigin::NotCached => {}
            CacheOrigin::Shared(origin) => cache.clear_entries(key(&self.request, &origin)),
            CacheOrigin::OwnCache => {
                self.engine.own_cache_mut().clear_entries(key(&self.request, &OWN));
            }
        }
    }
}

/// Create a new cache entry, step 1: partition, origin and URL of the entry.
fn key<'a>(request: &'a CurrentRequest, origin: &'a str) -> CacheKey<'a> {
    CacheKey {
        partition: &request.partition,
        origin,
        url: request.current_url().as_str(),
        with_credentials: request.includes_credentials_mode(),
    }
}
