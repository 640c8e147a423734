//! The [CORS-preflight cache](https://fetch.spec.whatwg.org/#cors-preflight-cache), as engines use it.

use std::{borrow::Cow, time::Duration};

use http::header::{IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE};

use super::{
    Engine,
    rules::{BypassingCacheModes, CacheKeyOrigin, ConditionalRequests, SafelistedMethods},
};
use crate::{
    browser::{
        diagnosis::Reason,
        initiators::Initiator,
        modes::CacheMode,
        preflight_cache::{MatchRules, PreflightCache},
        state::{CurrentRequest, ResponseTainting},
    },
    origin::Origin,
};

/// The cache in which the entries for a request are, and the origin in their key.
pub(crate) enum CacheOrigin<'a> {
    /// No cache: there are no entries.
    NotCached,
    /// The cache of the user agent, with this origin.
    Shared(Cow<'a, str>),
    /// The own cache of the fetch. No other fetch finds these entries, even if the cache of the user agent is
    /// replaced.
    OwnCache,
}

impl Engine {
    /// The rules by which entries match requests.
    pub(crate) fn match_rules(&self) -> MatchRules {
        let rules = &self.rules.cache;
        MatchRules {
            credentials_serve_all: rules.credentials_serve_all,
            wildcard: rules.wildcard,
            wildcard_covers_authorization: rules.authorization_wildcard,
            max_age_starts_again: rules.max_age_starts_again,
        }
    }

    /// Create a new cache entry, step 1: the origin in the key of the request's entries.
    pub(crate) fn cache_origin<'a>(&self, request: &'a CurrentRequest) -> CacheOrigin<'a> {
        let rules = &self.rules.cache;
        let is_tainted = || request.is_redirect_tainted();
        CacheOrigin::Shared(match (&request.origin, rules.key_origin) {
            (_, CacheKeyOrigin::PageUntilTainted) if is_tainted() => return CacheOrigin::NotCached,
            (Origin::Opaque(_), _) if !rules.opaque_origins => return CacheOrigin::OwnCache,
            (_, CacheKeyOrigin::ByteSerialized) => request.serialized_origin().into(),
            (Origin::Opaque(opaque), _) => format!("opaque origin {}", opaque.0).into(),
            (Origin::Tuple(_), CacheKeyOrigin::PageThenFetch) if is_tainted() => {
                return CacheOrigin::OwnCache;
            }
            (Origin::Tuple(tuple), _) => tuple.as_str().into(),
        })
    }

    /// The own cache of this fetch, if it has entries.
    pub(crate) fn own_cache(&self) -> Option<&PreflightCache> {
        self.memory.own_cache.as_deref()
    }

    /// The own cache of this fetch, for storing and removing entries.
    pub(crate) fn own_cache_mut(&mut self) -> &mut PreflightCache {
        self.memory.own_cache.get_or_insert_default()
    }

    /// HTTP fetch, step 4.1: returns whether the request bypasses the cache.
    pub(crate) fn bypasses_cache(&self, request: &CurrentRequest) -> bool {
        let is_by_mode = match self.rules.cache.cache_modes {
            BypassingCacheModes::None => false,
            BypassingCacheModes::NoStoreAndReload => {
                matches!(request.cache, CacheMode::NoStore | CacheMode::Reload)
            }
            BypassingCacheModes::NoStoreReloadAndNoCache => {
                matches!(request.cache, CacheMode::NoStore | CacheMode::Reload | CacheMode::NoCache)
            }
        };
        is_by_mode
            || match self.rules.cache.conditional_requests {
                ConditionalRequests::UseCache => false,
                ConditionalRequests::BypassCache => is_conditional(request),
                ConditionalRequests::BypassCacheExceptXmlHttpRequest => {
                    self.memory.initiator != Some(Initiator::XmlHttpRequest) && is_conditional(request)
                }
            }
    }

    /// HTTP fetch, step 4.1: returns whether a look-up removes entries that do not cover the request.
    pub(crate) fn removes_insufficient_entries(&self, request: &CurrentRequest) -> bool {
        self.rules.cache.insufficient_is_removed && !self.bypasses_cache(request)
    }

    /// CORS-preflight fetch, steps 7.5 to 7.7: returns whether lists that do not allow the request are
    /// cached.
    pub(crate) fn caches_lists_that_refuse(&self) -> bool {
        self.rules.cache.keeps_refused
    }

    /// CORS-preflight fetch, steps 7.12 to 7.15: returns whether a response with this max-age changes the
    /// cache.
    pub(crate) fn updates_cache(&self, request: &CurrentRequest, max_age: Duration) -> bool {
        let rules = &self.rules.cache;
        let is_too_long = |limit| request.current_url().as_str().len() > limit;
        (!max_age.is_zero() || rules.zero_ends_entries) && !rules.url_length_limit.is_some_and(is_too_long)
    }

    /// CORS-preflight fetch, step 7.13: methods that are cached in addition to those that the response lists.
    pub(crate) fn additional_cached_methods(&self) -> &'static [&'static [u8]] {
        match self.rules.cache.safelisted_methods {
            SafelistedMethods::Cached => &[b"GET", b"HEAD", b"POST"],
            SafelistedMethods::AsListed | SafelistedMethods::CachedForever => &[],
        }
    }

    /// CORS-preflight fetch, step 7.13: methods that are cached without a max-age.
    pub(crate) fn methods_cached_forever(&self) -> &'static [&'static [u8]] {
        match self.rules.cache.safelisted_methods {
            SafelistedMethods::CachedForever => &[b"GET", b"POST"],
            SafelistedMethods::AsListed | SafelistedMethods::Cached => &[],
        }
    }

    /// Main fetch, step 12.3: returns whether a network error with this reason clears cache entries.
    pub(crate) fn clears_cache_entries(
        &self,
        request: &CurrentRequest,
        ran_with_preflight: bool,
        reason: &Reason,
    ) -> bool {
        let rules = &self.rules.cache;
        let by_any_cors_request = !rules.only_preflighted_clear && request.tainting == ResponseTainting::Cors;
        let is_exempt =
            matches!(reason, Reason::RedirectModeError { .. }) && !rules.redirect_mode_error_clears;
        (ran_with_preflight || by_any_cors_request) && rules.network_error_clears && !is_exempt
    }
}

/// Returns whether the page made a conditional request.
fn is_conditional(request: &CurrentRequest) -> bool {
    let conditions = [IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE];
    request.headers.iter().any(|(name, _)| conditions.contains(name))
}
