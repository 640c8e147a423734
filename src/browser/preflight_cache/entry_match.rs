//! Cache entry match: the entries that match a request.

use http::{HeaderName, Method};

use super::record::{CacheKey, Entry, Record};
use crate::{browser::timestamp::Timestamp, request_header::is_cors_non_wildcard_request_header_name};

/// The points at which user agents match and update entries differently.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MatchRules {
    /// Whether an entry that was stored with credentials serves requests without credentials.
    pub(crate) credentials_serve_all: bool,
    /// The requests that a cached `*` serves.
    pub(crate) wildcard: CachedWildcard,
    /// Whether a cached `*` covers `Authorization`.
    pub(crate) wildcard_covers_authorization: bool,
    /// Whether a new max-age counts from now, and not from the time at which the entry was first stored.
    pub(crate) max_age_starts_again: bool,
}

/// The requests that a cached `*` serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CachedWildcard {
    /// It serves all requests.
    AllRequests,
    /// It serves requests whose credentials mode is not "include".
    WithoutCredentials,
    /// It serves requests whose credentials mode is not "include", if it was stored for a request of this
    /// kind.
    StoredWithoutCredentials,
    /// It serves no request: it is a name like any other.
    NoRequests,
}

/// The conditions of a cache entry match, apart from the key.
#[derive(Debug, Clone, Copy)]
pub(super) struct MatchFilter {
    with_credentials: bool,
    rules: MatchRules,
    now: Timestamp,
}

impl MatchFilter {
    pub(super) fn new(key: CacheKey<'_>, rules: MatchRules, now: Timestamp) -> Self {
        Self { with_credentials: key.with_credentials, rules, now }
    }

    /// [Cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match), given that the key matches:
    /// an entry that was stored with credentials serves every request; another entry serves requests without
    /// credentials.
    fn any(self, entry: &Entry) -> bool {
        let serves = entry.credentials == self.with_credentials
            || entry.credentials && self.rules.credentials_serve_all;
        entry.is_alive(self.now) && serves
    }

    /// [Method cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match-method).
    pub(super) fn method(self, entry: &Entry, method: &[u8]) -> bool {
        self.any(entry) && (*entry.name == *method || self.is_wildcard(entry))
    }

    /// [Header-name cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match-header).
    pub(super) fn name(self, entry: &Entry, name: &[u8]) -> bool {
        let is_non_wildcard =
            || HeaderName::from_bytes(name).is_ok_and(|name| is_cors_non_wildcard_request_header_name(&name));
        let by_wildcard =
            || self.is_wildcard(entry) && (self.rules.wildcard_covers_authorization || !is_non_wildcard());
        self.any(entry) && (entry.name.eq_ignore_ascii_case(name) || by_wildcard())
    }

    fn is_wildcard(self, entry: &Entry) -> bool {
        *entry.name == *b"*"
            && match self.rules.wildcard {
                CachedWildcard::AllRequests => true,
                CachedWildcard::WithoutCredentials => !self.with_credentials,
                // A request with credentials does not match such an entry in the first place.
                CachedWildcard::StoredWithoutCredentials => !entry.credentials,
                CachedWildcard::NoRequests => false,
            }
    }
}

/// The entries that match a request, to look up methods and header names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Matches<'a> {
    pub(super) record: Option<&'a Record>,
    pub(super) filter: MatchFilter,
}

impl Matches<'_> {
    /// No entry matches.
    pub(crate) const NONE: Self = Self {
        record: None,
        filter: MatchFilter {
            with_credentials: false,
            rules: MatchRules {
                credentials_serve_all: false,
                wildcard: CachedWildcard::NoRequests,
                wildcard_covers_authorization: false,
                max_age_starts_again: false,
            },
            now: Timestamp::ZERO,
        },
    };

    pub(crate) fn method(&self, method: &Method) -> bool {
        let mut entries = self.record.into_iter().flat_map(|record| &record.methods);
        entries.any(|entry| self.filter.method(entry, method.as_str().as_bytes()))
    }

    pub(crate) fn header_name(&self, name: &HeaderName) -> bool {
        let mut entries = self.record.into_iter().flat_map(|record| &record.header_names);
        entries.any(|entry| self.filter.name(entry, name.as_str().as_bytes()))
    }
}
