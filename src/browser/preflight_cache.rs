//! [CORS-preflight cache](https://fetch.spec.whatwg.org/#cors-preflight-cache): what preflights permitted, for a while.

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
    page::PartitionKey, timestamp::Timestamp, url_credentials::serialized_without_credentials,
};

/// How many methods, and how many header names, are kept for one origin and URL: of one answer the first, of several the
/// newest. More than that are forgotten, which the standard allows of any entry at any time.
pub(crate) const MAX_KEPT_NAMES: usize = 256;

/// The bounds of a [`PreflightCache`]. If one is exceeded, the cache removes whole records, those stored longest ago first. A
/// record that exceeds one by itself is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheLimits {
    /// How many entries there may be. 10,000 by default.
    pub entries: usize,
    /// How many bytes of memory the cache may take, 4 MiB by default. A record counts as the bytes of its partition key,
    /// origin and URL and 400 more, an entry as the bytes of its name and 80 more: what they take on a 64-bit machine.
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
    /// Its byte-serialized origin, or whatever the profile tells origins apart by.
    pub origin: &'a str,
    /// Its URL, fragment included, without user name and password.
    pub url: Cow<'a, str>,
    /// Whether it was stored for a request with credentials mode "include".
    pub credentials: bool,
    /// What it allows.
    pub permission: CachedPermission<'a>,
    /// When it was stored.
    pub stored: Timestamp,
    /// How long it is kept from then on.
    pub max_age: Duration,
}

/// What an entry of the cache allows: a method or a header name, `*` included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CachedPermission<'a> {
    /// A method.
    Method(&'a [u8]),
    /// A header name, as the server wrote it.
    HeaderName(&'a [u8]),
}

/// The cache of one user agent: bounded, partitioned, and without a clock of its own.
///
/// The entries of one partition, origin and URL are a record. Records are in a hash table by these three, so a look-up
/// costs the same however many there are.
#[derive(Clone, Default)]
pub struct PreflightCache {
    limits: CacheLimits,
    records: HashSet<ByKey>,
    /// The same records by when they were last stored into, oldest first.
    by_age: BTreeMap<u64, Arc<Record>>,
    next_age: u64,
    entries: usize,
    bytes: usize,
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

    /// Removes everything.
    pub fn clear(&mut self) {
        *self = Self::new(self.limits);
    }

    /// Removes the entries of a network partition.
    pub fn clear_partition(&mut self, partition: Option<&PartitionKey>) {
        let records = self.by_age.values().filter(|record| record.key.partition.as_deref() == partition);
        for record in records.cloned().collect::<Vec<_>>() {
            self.take(&record.key);
        }
    }

    /// Removes what has expired. Nothing depends on it but memory: expired entries never match.
    pub fn remove_expired(&mut self, now: Timestamp) {
        drop(take(&mut self.records));
        (self.entries, self.bytes) = (0, 0);
        for record in take(&mut self.by_age).into_values() {
            let mut record = Arc::unwrap_or_clone(record);
            record.retain_alive(now);
            self.put(record);
        }
    }

    /// The entries that a request may use, those of one record: the part of a cache entry match that compares keys.
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
        // Few long records may follow many short ones, whose places in the table are memory too.
        let used = self.records.len();
        if self.records.capacity() > used.saturating_mul(4) {
            self.records.shrink_to(used.saturating_mul(2));
        }
        Some(record)
    }

    fn put(&mut self, record: Record) {
        let (entries, bytes) = (record.len(), record.bytes());
        // One that passes a bound by itself goes at once, rather than with all the others before it.
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

/// Records in the order of their age: that of the maps differs from run to run.
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
