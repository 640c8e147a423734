//! Records of the cache: the entries of one partition, origin and URL.

use std::{
    borrow::{Borrow, Cow},
    fmt,
    hash::{Hash, Hasher},
    sync::Arc,
    time::Duration,
};

use crate::browser::{
    partition_key::PartitionKey, timestamp::Timestamp, url_credentials::serialized_without_credentials,
};

/// The memory of a record without the bytes of its key and without its entries, on a 64-bit machine: 144
/// bytes for the record, at most 100 for its slots in the hash table and in the map by age, and 24 for each
/// of its six allocations.
const RECORD_BYTES: usize = 400;

/// The memory of an entry without the bytes of its name: 56 bytes for the entry, and 24 for the allocation of
/// its name.
const ENTRY_BYTES: usize = 80;

/// The key of a record. A record owns its key; a look-up borrows one.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct RecordKey<'a> {
    pub(super) partition: Option<Cow<'a, PartitionKey>>,
    pub(super) origin: Cow<'a, str>,
    pub(super) url: Cow<'a, str>,
}

impl RecordKey<'_> {
    fn into_owned(self) -> RecordKey<'static> {
        RecordKey {
            partition: self.partition.map(|key| Cow::Owned(key.into_owned())),
            origin: self.origin.into_owned().into(),
            url: self.url.into_owned().into(),
        }
    }
}

/// Shows the URL without its user name and password.
impl fmt::Debug for RecordKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordKey")
            .field("partition", &self.partition)
            .field("origin", &self.origin)
            .field("url", &serialized_without_credentials(&self.url))
            .finish()
    }
}

#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) key: RecordKey<'static>,
    pub(super) age: u64,
    pub(super) methods: Vec<Entry>,
    pub(super) header_names: Vec<Entry>,
}

impl Record {
    pub(super) fn new(key: RecordKey<'_>) -> Self {
        Self { key: key.into_owned(), age: 0, methods: Vec::new(), header_names: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.methods.len().saturating_add(self.header_names.len())
    }

    /// The memory of the record, counted as [`CacheLimits::bytes`](super::CacheLimits::bytes) says.
    pub(super) fn bytes(&self) -> usize {
        let partition = self.key.partition.as_ref().map_or(0, |key| key.as_str().len());
        let record = [RECORD_BYTES, partition, self.key.origin.len(), self.key.url.len()];
        let entries = self.methods.iter().chain(&self.header_names);
        let entries = entries.map(|entry| entry.name.len().saturating_add(ENTRY_BYTES));
        record.into_iter().chain(entries).fold(0, usize::saturating_add)
    }

    /// Removes the entries that have expired, and frees their memory.
    pub(super) fn retain_alive(&mut self, now: Timestamp) {
        for entries in [&mut self.methods, &mut self.header_names] {
            entries.retain(|entry| entry.is_alive(now));
            entries.shrink_to_fit();
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) name: Box<[u8]>,
    pub(super) credentials: bool,
    pub(super) stored: Timestamp,
    pub(super) max_age: Duration,
}

impl Entry {
    /// Returns whether the entry has not expired: its max-age has not passed since it was stored.
    pub(super) fn is_alive(&self, now: Timestamp) -> bool {
        now.since(self.stored) < self.max_age
    }
}

/// A record, hashed and compared by its key: an element of a set that is searched with borrowed keys.
#[derive(Debug, Clone)]
pub(super) struct ByKey(pub(super) Arc<Record>);

impl<'a> Borrow<RecordKey<'a>> for ByKey {
    fn borrow(&self) -> &RecordKey<'a> {
        &self.0.key
    }
}

impl PartialEq for ByKey {
    fn eq(&self, other: &Self) -> bool {
        self.0.key == other.0.key
    }
}

impl Eq for ByKey {}

impl Hash for ByKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.key.hash(state);
    }
}

/// The key by which the entries for a request are looked up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CacheKey<'a> {
    pub(crate) partition: &'a Option<PartitionKey>,
    pub(crate) origin: &'a str,
    pub(crate) url: &'a str,
    /// Whether the request's credentials mode is "include".
    pub(crate) with_credentials: bool,
}

impl<'a> CacheKey<'a> {
    pub(super) fn of_record(self) -> RecordKey<'a> {
        RecordKey {
            partition: self.partition.as_ref().map(Cow::Borrowed),
            origin: self.origin.into(),
            url: self.url.into(),
        }
    }
}
