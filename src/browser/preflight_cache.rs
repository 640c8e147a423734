//! [CORS-preflight cache](https://fetch.spec.whatwg.org/#cors-preflight-cache): what preflights permitted, for a while.

use crate::browser::url_credentials::serialized_without_credentials;
use crate::browser::{CachedWildcard, MaxAgeUpdate, PartitionKey, PreflightCacheRules, Timestamp};
use crate::request_header::is_cors_non_wildcard_request_header_name;
use http::{HeaderName, Method};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How many methods, and how many header names, are kept for one origin and URL: of one answer the first, of several the
/// newest. More than that are forgotten, which the standard allows of any entry at any time.
pub const MAX_KEPT_NAMES: usize = 256;

/// What an entry is counted as beside the bytes of its name, and a record beside those of its key.
const OVERHEAD_BYTES: usize = 64;

/// The bounds of a [`PreflightCache`]. When one is passed, whole records go, those that were stored longest ago first; a
/// record that passes one by itself is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheLimits {
    /// How many entries there may be. 10,000 by default.
    pub entries: usize,
    /// How many bytes keys and names may take, with 64 more for each entry and each record. 4 MiB by default.
    pub bytes: usize,
}

impl Default for CacheLimits {
    fn default() -> Self {
        Self { entries: 10_000, bytes: 4 << 20 }
    }
}

/// One entry, for inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CacheEntry<'a> {
    /// Its network partition key.
    pub partition: Option<&'a PartitionKey>,
    /// Its byte-serialized origin (or another key, see [`PreflightCacheRules::key_origin`]).
    pub origin: &'a str,
    /// Its URL, fragment included, without user name and password.
    pub url: Cow<'a, str>,
    /// Whether it was stored for a request with credentials mode "include".
    pub credentials: bool,
    /// What it permits.
    pub grant: Grant<'a>,
    /// When it was stored.
    pub stored: Timestamp,
    /// How long it is kept from then on.
    pub max_age: Duration,
}

/// What an entry of the cache permits: a method or a header name, `*` included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grant<'a> {
    /// A method.
    Method(&'a [u8]),
    /// A header name, as the server wrote it.
    HeaderName(&'a [u8]),
}

/// The cache of one user agent: bounded, partitioned, and without a clock of its own.
///
/// Entries of one (partition, origin, URL) are a record; records live in nested maps by these three, so a look-up costs
/// the same however many there are.
#[derive(Clone, Default)]
pub struct PreflightCache {
    limits: CacheLimits,
    partitions: HashMap<Option<PartitionKey>, Origins>,
    /// Records by when they were last stored into, oldest first.
    by_age: BTreeMap<u64, RecordKey>,
    next_age: u64,
    entries: usize,
    bytes: usize,
}

/// Partition, origin, URL.
type RecordKey = (Option<PartitionKey>, Arc<str>, Arc<str>);
type Origins = HashMap<Arc<str>, HashMap<Arc<str>, Record>>;

#[derive(Debug, Clone)]
struct Record {
    age: u64,
    methods: Vec<Entry>,
    header_names: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    name: Box<[u8]>,
    credentials: bool,
    stored: Timestamp,
    max_age: Duration,
}

impl Entry {
    /// Entries are removed once the seconds of their max-age have passed since they were stored.
    fn is_alive(&self, now: Timestamp) -> bool {
        now.since(self.stored) < self.max_age
    }
}

/// What a request is looked up by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CacheKey<'a> {
    pub(crate) partition: &'a Option<PartitionKey>,
    pub(crate) origin: &'a str,
    pub(crate) url: &'a str,
    /// Whether the request's credentials mode is "include".
    pub(crate) with_credentials: bool,
}

impl PreflightCache {
    /// An empty cache with these bounds.
    #[must_use]
    pub fn new(limits: CacheLimits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// How many entries are held; some may have expired and wait to be removed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// How many bytes are held, counted as [`CacheLimits::bytes`] says.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// All entries that are alive, record by record, the one stored longest ago first.
    pub fn entries(&self, now: Timestamp) -> impl Iterator<Item = CacheEntry<'_>> {
        self.by_age.values().flat_map(move |(partition, origin, url)| {
            let record = self.record(partition, origin, url);
            let grants = record.into_iter().flat_map(|record| {
                let methods = record.methods.iter().map(|entry| (Grant::Method(&entry.name), entry));
                methods.chain(record.header_names.iter().map(|entry| (Grant::HeaderName(&entry.name), entry)))
            });
            grants.filter(move |(_, entry)| entry.is_alive(now)).map(move |(grant, entry)| CacheEntry {
                partition: partition.as_ref(),
                origin,
                url: serialized_without_credentials(url),
                credentials: entry.credentials,
                grant,
                stored: entry.stored,
                max_age: entry.max_age,
            })
        })
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        *self = Self::new(self.limits);
    }

    /// Removes the entries of a network partition.
    pub fn clear_partition(&mut self, partition: Option<&PartitionKey>) {
        for origins in self.partitions.remove(&partition.cloned()).into_iter().flat_map(HashMap::into_iter) {
            let (origin, urls) = origins;
            urls.into_iter().for_each(|(url, record)| self.forget(partition, &origin, &url, &record));
        }
    }

    /// Removes what has expired. Nothing depends on it but memory: expired entries never match.
    pub fn remove_expired(&mut self, now: Timestamp) {
        let keys: Vec<_> = self.by_age.values().cloned().collect();
        for (partition, origin, url) in keys {
            let Some(mut record) = self.take(&partition, &origin, &url) else { continue };
            record.methods.retain(|entry| entry.is_alive(now));
            record.header_names.retain(|entry| entry.is_alive(now));
            self.put(partition, origin, url, record);
        }
    }

    /// The entries that a request may use, those of one record: the part of a cache entry match that compares keys.
    pub(crate) fn matching<'a>(
        &'a self,
        key: CacheKey<'_>,
        rules: &PreflightCacheRules,
        now: Timestamp,
    ) -> Matches<'a> {
        let record = self.record(key.partition, key.origin, key.url);
        Matches { record, filter: MatchFilter::new(key, rules, now) }
    }

    /// CORS-preflight fetch, steps 7.12 to 7.15.
    pub(crate) fn store(
        &mut self,
        key: CacheKey<'_>,
        (methods, header_names): (&[&[u8]], &[&[u8]]),
        max_age: Duration,
        rules: &PreflightCacheRules,
        now: Timestamp,
    ) {
        let partition = key.partition.clone();
        let mut record = match self.take(&partition, key.origin, key.url) {
            Some(mut record) => {
                record.methods.retain(|entry| entry.is_alive(now));
                record.header_names.retain(|entry| entry.is_alive(now));
                record
            }
            None => Record { age: 0, methods: Vec::new(), header_names: Vec::new() },
        };
        let filter = MatchFilter::new(key, rules, now);
        let update = |entry: &mut Entry| {
            entry.max_age = max_age;
            if rules.max_age_update == MaxAgeUpdate::StartsAgain {
                entry.stored = now;
            }
        };
        // Create a new cache entry, step 1: the key's parts are those of the record, method or header name is the name.
        // Create a new cache entry, step 2: append it, in `update_or_create`.
        let create = |name: &[u8]| Entry {
            name: name.into(),
            credentials: key.with_credentials,
            stored: now,
            max_age,
        };
        // Steps 7.12 and 7.13: each method updates the entries that match it, or becomes one.
        let matches = |entry: &Entry, method: &[u8]| filter.method(entry, method);
        update_or_create(&mut record.methods, methods, matches, update, create);
        // Steps 7.14 and 7.15: so does each header name.
        let matches = |entry: &Entry, name: &[u8]| filter.name(entry, name);
        update_or_create(&mut record.header_names, header_names, matches, update, create);
        forget_oldest(&mut record.methods);
        forget_oldest(&mut record.header_names);
        self.put(partition, key.origin.into(), key.url.into(), record);
        self.evict();
    }

    /// [Clear cache entries](https://fetch.spec.whatwg.org/#concept-cache-clear).
    pub(crate) fn clear_entries(&mut self, key: CacheKey<'_>) {
        self.take(key.partition, key.origin, key.url);
    }

    fn record(&self, partition: &Option<PartitionKey>, origin: &str, url: &str) -> Option<&Record> {
        self.partitions.get(partition)?.get(origin)?.get(url)
    }

    fn evict(&mut self) {
        while self.entries > self.limits.entries || self.bytes > self.limits.bytes {
            let Some((_, (partition, origin, url))) = self.by_age.pop_first() else { return };
            self.take(&partition, &origin, &url);
        }
    }

    fn take(&mut self, partition: &Option<PartitionKey>, origin: &str, url: &str) -> Option<Record> {
        let origins = self.partitions.get_mut(partition)?;
        let urls = origins.get_mut(origin)?;
        let record = urls.remove(url)?;
        if urls.is_empty() {
            origins.remove(origin);
        }
        if origins.is_empty() {
            self.partitions.remove(partition);
        }
        self.forget(partition.as_ref(), origin, url, &record);
        Some(record)
    }

    fn forget(&mut self, partition: Option<&PartitionKey>, origin: &str, url: &str, record: &Record) {
        self.by_age.remove(&record.age);
        self.entries = self.entries.saturating_sub(record.len());
        self.bytes = self.bytes.saturating_sub(record_bytes(partition, origin, url, record));
    }

    fn put(&mut self, partition: Option<PartitionKey>, origin: Arc<str>, url: Arc<str>, mut record: Record) {
        let bytes = record_bytes(partition.as_ref(), &origin, &url, &record);
        // One that passes a bound by itself goes at once, rather than with all the others before it.
        if record.len() == 0 || record.len() > self.limits.entries || bytes > self.limits.bytes {
            return;
        }
        record.age = self.next_age;
        self.next_age = self.next_age.wrapping_add(1);
        self.entries = self.entries.saturating_add(record.len());
        self.bytes = self.bytes.saturating_add(bytes);
        self.by_age.insert(record.age, (partition.clone(), origin.clone(), url.clone()));
        self.partitions.entry(partition).or_default().entry(origin).or_default().insert(url, record);
    }
}

/// Records in the order of their age: that of the maps differs from run to run.
impl fmt::Debug for PreflightCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let records = self.by_age.values();
        let records = records.map(|(partition, origin, url)| {
            let record = self.record(partition, origin, url);
            (partition, origin, serialized_without_credentials(url), record)
        });
        f.debug_struct("PreflightCache")
            .field("limits", &self.limits)
            .field("entries", &self.entries)
            .field("bytes", &self.bytes)
            .field("records", &records.collect::<Vec<_>>())
            .finish()
    }
}

impl Record {
    fn len(&self) -> usize {
        self.methods.len().saturating_add(self.header_names.len())
    }
}

/// CORS-preflight fetch, steps 7.12 and 7.13, or 7.14 and 7.15. All updates come first: an entry that is over by its new
/// max-age matches no more, and what it permitted is stored anew.
fn update_or_create(
    entries: &mut Vec<Entry>,
    names: &[&[u8]],
    matches: impl Fn(&Entry, &[u8]) -> bool,
    update: impl Fn(&mut Entry),
    create: impl Fn(&[u8]) -> Entry,
) {
    for name in names.iter().take(MAX_KEPT_NAMES) {
        entries.iter_mut().filter(|entry| matches(entry, name)).for_each(&update);
    }
    for name in names.iter().take(MAX_KEPT_NAMES) {
        if !entries.iter().any(|entry| matches(entry, name)) {
            entries.push(create(name));
        }
    }
}

/// Keeps a record so short that looking through it costs no more than a constant, and without memory for entries to come:
/// mostly one or two are all there will be.
fn forget_oldest(entries: &mut Vec<Entry>) {
    entries.drain(..entries.len().saturating_sub(MAX_KEPT_NAMES));
    entries.shrink_to_fit();
}

fn record_bytes(partition: Option<&PartitionKey>, origin: &str, url: &str, record: &Record) -> usize {
    let key = [partition.map_or(0, |key| key.as_str().len()), origin.len(), url.len(), OVERHEAD_BYTES];
    let names = record.methods.iter().chain(&record.header_names);
    let names = names.map(|entry| entry.name.len().saturating_add(OVERHEAD_BYTES));
    key.into_iter().chain(names).fold(0, usize::saturating_add)
}

/// Which entries match a request, apart from the key.
#[derive(Debug, Clone, Copy)]
struct MatchFilter {
    with_credentials: bool,
    credentials_serve_all: bool,
    wildcard: CachedWildcard,
    wildcard_covers_authorization: bool,
    now: Timestamp,
}

impl MatchFilter {
    fn new(key: CacheKey<'_>, rules: &PreflightCacheRules, now: Timestamp) -> Self {
        let with_credentials = key.with_credentials;
        Self {
            with_credentials,
            credentials_serve_all: rules.credentials_serve_all,
            wildcard: rules.wildcard,
            wildcard_covers_authorization: rules.authorization_wildcard,
            now,
        }
    }

    /// [Cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match), where the key matches: an entry that was
    /// stored with credentials serves every request; one without serves those without.
    fn any(self, entry: &Entry) -> bool {
        let serves =
            entry.credentials == self.with_credentials || entry.credentials && self.credentials_serve_all;
        entry.is_alive(self.now) && serves
    }

    /// [Method cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match-method).
    fn method(self, entry: &Entry, method: &[u8]) -> bool {
        self.any(entry) && (*entry.name == *method || self.is_wildcard(entry))
    }

    /// [Header-name cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match-header).
    fn name(self, entry: &Entry, name: &[u8]) -> bool {
        let is_non_wildcard =
            || HeaderName::from_bytes(name).is_ok_and(|name| is_cors_non_wildcard_request_header_name(&name));
        let by_wildcard =
            || self.is_wildcard(entry) && (self.wildcard_covers_authorization || !is_non_wildcard());
        self.any(entry) && (entry.name.eq_ignore_ascii_case(name) || by_wildcard())
    }

    fn is_wildcard(self, entry: &Entry) -> bool {
        *entry.name == *b"*"
            && match self.wildcard {
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
    record: Option<&'a Record>,
    filter: MatchFilter,
}

impl Matches<'_> {
    /// No entry matches.
    pub(crate) const NONE: Self = Self {
        record: None,
        filter: MatchFilter {
            with_credentials: false,
            credentials_serve_all: false,
            wildcard: CachedWildcard::NoRequests,
            wildcard_covers_authorization: false,
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
