//! Which entries match a request.

use http::{HeaderName, Method};

use super::record::{CacheKey, Entry, Record};
use crate::{browser::timestamp::Timestamp, request_header::is_cors_non_wildcard_request_header_name};

/// What user agents do differently when entries are matched and updated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MatchRules {
    /// Whether an entry that was stored with credentials serves requests without.
    pub(crate) credentials_serve_all: bool,
    /// Which requests a cached `*` serves.
    pub(crate) wildcard: CachedWildcard,
    /// Whether a cached `*` covers `Authorization`.
    pub(crate) wildcard_covers_authorization: bool,
    /// Whether a new max-age counts from now, and not from when the entry was first stored.
    pub(crate) max_age_starts_again: bool,
}

/// Which requests a cached `*` serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CachedWildcard {
    /// All.
    AllRequests,
    /// Those whose credentials mode is not "include".
    WithoutCredentials,
    /// Those whose credentials mode is not "include", if it was stored for such a one.
    StoredWithoutCredentials,
    /// None: it is a name like any other.
    NoRequests,
}

/// Which entries match a request, apart from the key.
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

    /// [Cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match), where the key matches: an entry that was
    /// stored with credentials serves every request; one without serves those without.
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
                CachedWildcard::StoredWithoutCredentials => !self.with_credentials && !entry.credentials,
                CachedWildcard::NoRequests => false,
            }
    }
}

/// The entries that match a request, asked for methods and names.
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
