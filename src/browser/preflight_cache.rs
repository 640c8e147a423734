//! The [CORS-preflight cache](https://fetch.spec.whatwg.org/#cors-preflight-cache).

mod entry_match;
mod record;

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
    fmt,
    mem::take,
    sync::Arc,
    time::Duration,
};

pub(crate) use entry_match::{CachedWildcard, MatchRules, Matches};
pub(crate) use record::CacheKey;

use self::{
    entry_match::MatchFilter,
    record::{ByKey, Entry, Record, RecordKey},
};
use crate::browser::{
    partition_key::PartitionKey, timestamp::Timestamp, url_credentials::serialized_without_credentials,
};

/// The maximum number of methods, and of header names, in a record: the first ones of a response, and the
/// newest ones of several responses. The standard allows user agents to remove any entry at any time.
pub(crate) const MAX_KEPT_NAMES: usize = 256;

/// The size limits of a [`PreflightCache`].
///
/// A record has the entries of one partition, origin and URL. If a limit is exceeded, the cache removes whole
/// records, the least recently stored ones first. A record that exceeds a limit by itself is not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheLimits {
    /// The maximum number of entries; 10,000 by default.
    pub entries: usize,
    /// The maximum memory in bytes; 4 MiB by default.
    ///
    /// A record counts as the length of its partition key, origin and URL, plus 400 bytes. An entry counts as
    /// the length of its name, plus 80 bytes. That is their size on a 64-bit machine.
    pub bytes: usize,
}

impl Default for CacheLimits {
    fn default() -> Self {
        Self { entries: 10_000, bytes: 4 << 20 }
    }
}

/// A [cache entry](https://fetch.spec.whatwg.org/#cache-entry) of a [`PreflightCache`], for inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CacheEntry<'a> {
    /// The network partition key.
    pub partition: Option<&'a PartitionKey>,
    /// The byte-serialized origin. Some profiles store opaque origins as `opaque origin 1` and not as `null`.
    pub origin: &'a str,
    /// The URL with its fragment, without user name and password.
    pub url: Cow<'a, str>,
    /// Whether the entry was stored for a request with credentials mode "include".
    pub credentials: bool,
    /// The method or the header name that the entry allows.
    pub permission: CachedPermission<'a>,
    /// The time from which the max-age counts.
    pub stored: Timestamp,
    /// The time for which the entry is kept.
    pub max_age: Duration,
}

/// The method or the header name that a cache entry allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CachedPermission<'a> {
    /// A method, or `*`.
    Method(&'a [u8]),
    /// A header name as the server wrote it, or `*`.
    HeaderName(&'a [u8]),
}

/// A [CORS-preflight cache](https://fetch.spec.whatwg.org/#cors-preflight-cache): the methods and header
/// names that preflights allowed, with limits on its size.
///
/// It has no clock: methods take the time. Only fetches store entries. An embedder reads and removes them:
///
/// ```
/// use crossorigin::browser::{CacheLimits, PreflightCache, Profile, UserAgent};
/// let cache = PreflightCache::new(CacheLimits { entries: 1_000, bytes: 1 << 20 });
/// let mut user_agent = UserAgent::new(Profile::standard()).with_cache(cache);
/// // The user clears the browsing data.
/// user_agent.cache_mut().clear();
/// assert!(user_agent.cache().is_empty());
/// ```
///
/// The entries of one partition, origin and URL form a record, and records are in a hash table. Therefore the
/// cost of a look-up does not depend on the size of the cache. Like the caches of browsers, this cache does
/// not survive a restart.
#[derive(Clone, Default)]
pub struct PreflightCache {
    limits: CacheLimits,
    records: HashSet<ByKey>,
    /// The same records, the least recently stored one first.
    by_age: BTreeMap<u64, Arc<Record>>,
    next_age: u64,
    entries: usize,
    bytes: usize,
}

impl PreflightCache {
    /// Creates an empty cache with these limits.
    #[must_use]
    pub fn new(limits: CacheLimits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// The number of entries, including those that have expired and were not removed yet.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries
    }

    /// Returns whether the cache has no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// The memory of the entries in bytes, counted as for [`CacheLimits::bytes`].
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// All entries that have not expired, record by record, the least recently stored record first.
    pub fn entries(&self, now: Timestamp) -> impl Iterator<Item = CacheEntry<'_>> {
        self.by_age.values().flat_map(move |record| {
            let methods = record.methods.iter().map(|entry| (CachedPermission::Method(&entry.name), entry));
            let names =
                record.header_names.iter().map(|entry| (CachedPermission::HeaderName(&entry.name), entry));
            let alive = methods.chain(names).filter(move |(_, entry)| entry.is_alive(now));
            alive.map(|(permission, entry)| CacheEntry {
                partition: record.key.partition.as_deref(),
                origin: &record.key.origin,
                url: serialized_without_credentials(&record.key.url),
                credentials: entry.credentials,
                permission,
                stored: entry.stored,
                max_age: entry.max_age,
            })
        })
    }

    /// Removes all entries.
    pub fn clear(&mut self) {
        *self = Self::new(self.limits);
    }

    /// Removes the entries of a network partition; `None` is the null key.
    pub fn clear_partition(&mut self, partition: Option<&PartitionKey>) {
        let records = self.by_age.values().filter(|record| record.key.partition.as_deref() == partition);
        for record in records.cloned().collect::<Vec<_>>() {
            self.take(&record.key);
        }
    }

    /// Removes the entries that have expired. This only frees memory, because expired entries never match.
    pub fn remove_expired(&mut self, now: Timestamp) {
        drop(take(&mut self.records));
        (self.entries, self.bytes) = (0, 0);
        for record in take(&mut self.by_age).into_values() {
            let mut record = Arc::unwrap_or_clone(record);
            record.retain_alive(now);
            self.put(record);
        }
    }

    /// The entries of the record with this key: the first part of a cache entry match, which compares keys.
    pub(crate) fn matching<'a>(
        &'a self,
        key: CacheKey<'_>,
        rules: MatchRules,
        now: Timestamp,
    ) -> Matches<'a> {
        let record = self.records.get(&key.of_record()).map(|record| &*record.0);
        Matches { record, filter: MatchFilter::new(key, rules, now) }
    }

    /// CORS-preflight fetch, steps 7.12 to 7.15.
    pub(crate) fn store(
        &mut self,
        key: CacheKey<'_>,
        (methods, header_names): (&[&[u8]], &[&[u8]]),
        max_age: Duration,
        rules: MatchRules,
        now: Timestamp,
    ) {
        let mut record = match self.take(&key.of_record()) {
            Some(record) => Arc::unwrap_or_clone(record),
            None => Record::new(key.of_record()),
        };
        record.retain_alive(now);
        let filter = MatchFilter::new(key, rules, now);
        let update = |entry: &mut Entry| {
            entry.max_age = max_age;
            if rules.max_age_starts_again {
                entry.stored = now;
            }
        };
        // Create a new cache entry, step 1: the record has the key, and the entry has the method or header
        // name. Create a new cache entry, step 2: append it, in `update_or_create`.
        let create = |name: &[u8]| Entry {
            name: name.into(),
            credentials: key.with_credentials,
            stored: now,
            max_age,
        };
        // Steps 7.12 and 7.13: for each method, update the entries that match it, or create one.
        let matches = |entry: &Entry, method: &[u8]| filter.method(entry, method);
        update_or_create(&mut record.methods, methods, matches, update, create);
        // Steps 7.14 and 7.15: for each header name, update the entries that match it, or create one.
        let matches = |entry: &Entry, name: &[u8]| filter.name(entry, name);
        update_or_create(&mut record.header_names, header_names, matches, update, create);
        forget_oldest(&mut record.methods);
        forget_oldest(&mut record.header_names);
        record.age = self.next_age;
        self.next_age = self.next_age.wrapping_add(1);
        self.put(record);
        self.evict();
    }

    /// [Clear cache entries](https://fetch.spec.whatwg.org/#concept-cache-clear).
    pub(crate) fn clear_entries(&mut self, key: CacheKey<'_>) {
        self.take(&key.of_record());
    }

    fn evict(&mut self) {
        while self.entries > self.limits.entries || self.bytes > self.limits.bytes {
            let Some(oldest) = self.by_age.values().next().cloned() else { return };
            self.take(&oldest.key);
        }
    }

    fn take(&mut self, key: &RecordKey<'_>) -> Option<Arc<Record>> {
        let ByKey(record) = self.records.take(key)?;
        self.by_age.remove(&record.age);
        self.entries = self.entries.saturating_sub(record.len());
        self.bytes = self.bytes.saturating_sub(record.bytes());
        // Many short records need many slots of the table. If few long records follow, free the slots.
        let used = self.records.len();
        if self.records.capacity() > used.saturating_mul(4) {
            self.records.shrink_to(used.saturating_mul(2));
        }
        Some(record)
    }

    fn put(&mut self, record: Record) {
        let (entries, bytes) = (record.len(), record.bytes());
        // A record that exceeds a limit by itself would remove all other records, and then itself.
        if entries == 0 || entries > self.limits.entries || bytes > self.limits.bytes {
            return;
        }
        self.entries = self.entries.saturating_add(entries);
        self.bytes = self.bytes.saturating_add(bytes);
        let record = Arc::new(record);
        self.by_age.insert(record.age, Arc::clone(&record));
        self.records.insert(ByKey(record));
    }
}

/// Shows the records in the order of their age, because the order of the hash table differs from run to run.
impl fmt::Debug for PreflightCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreflightCache")
            .field("limits", &self.limits)
            .field("entries", &self.entries)
            .field("bytes", &self.bytes)
            .field("records", &self.by_age.values().collect::<Vec<_>>())
            .finish()
    }
}

/// CORS-preflight fetch, steps 7.12 and 7.13, or 7.14 and 7.15. All updates come first: an entry that expires
/// because of its new max-age no longer matches, so a new entry is created for its name.
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

/// Removes the oldest entries of a record, so that searching it takes constant time. Frees the spare
/// capacity, because most records never have more than two entries.
fn forget_oldest(entries: &mut Vec<Entry>) {
    entries.drain(..entries.len().saturating_sub(MAX_KEPT_NAMES));
    entries.shrink_to_fit();
}
