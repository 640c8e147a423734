//! The preflight cache at any size, and a list that is searched linearly for comparison.

use std::{collections::HashSet, hint::black_box, time::Duration};

use crossorigin::{
    browser::{CacheLimits, Page, PreflightCache, Profile, Request, RequestKind, Step, Timestamp, UserAgent},
    http::Response,
};

use crate::browser::page;

/// One entry for the method and one for a header.
const ENTRIES_OF_A_RECORD: usize = 2;

/// A stride that is coprime to the number of records, so that every record is visited and none is near the
/// previous one.
const STRIDE: usize = 7919;

/// Requests with and without entries in a cache of this size.
pub struct Requests {
    page: Page,
    records: usize,
    next: usize,
}

impl Requests {
    pub fn new(entries: usize) -> Self {
        Self { page: page(), records: entries / ENTRIES_OF_A_RECORD, next: 0 }
    }

    /// A request that the cache has entries for; another one each time.
    pub fn known(&mut self) -> Request {
        self.next = (self.next + STRIDE) % self.records;
        self.at(self.next)
    }

    /// A request that the cache has no entries for.
    pub fn unknown(&mut self) -> Request {
        self.next += 1;
        self.at(self.records + self.next)
    }

    /// A request with the same number of headers that needs no preflight.
    pub fn simple(&mut self) -> Request {
        self.next = (self.next + STRIDE) % self.records;
        self.page.fetch(url(self.next)).header("accept", "6f1c2d3e").build().unwrap()
    }

    fn at(&self, record: usize) -> Request {
        self.page.fetch(url(record)).method("PUT").header("x-request-id", "6f1c2d3e").build().unwrap()
    }
}

/// A user agent whose preflight cache is full with this many entries. A new record evicts the oldest.
pub struct Cached {
    user_agent: UserAgent,
    preflight: Response<()>,
}

impl Cached {
    pub fn new(entries: usize) -> Self {
        let limits = CacheLimits { entries, bytes: usize::MAX };
        let mut cached = Self {
            user_agent: UserAgent::new(Profile::standard()).with_cache(PreflightCache::new(limits)),
            preflight: Response::builder()
                .header("access-control-allow-origin", "https://app.example")
                .header("access-control-allow-methods", "PUT")
                .header("access-control-allow-headers", "x-request-id")
                .header("access-control-max-age", "7200")
                .body(())
                .unwrap(),
        };
        let requests = Requests::new(entries);
        (0..requests.records).for_each(|record| cached.insert(requests.at(record)));
        assert_eq!(cached.user_agent.cache().len(), entries);
        cached
    }

    /// Starts a fetch that sends no preflight: the look-up, and the rest of the fetch.
    pub fn start(&mut self, request: Request) {
        let step = self.user_agent.fetch(request, Timestamp::ZERO);
        assert!(matches!(black_box(&step), Step::Send(sent) if sent.request().kind == RequestKind::Actual));
    }

    /// Plays the preflight of an unknown request, which stores its entries.
    pub fn insert(&mut self, unknown: Request) {
        let Step::Send(sent) = self.user_agent.fetch(unknown, Timestamp::ZERO) else { panic!("no request") };
        assert_eq!(sent.request().kind, RequestKind::Preflight);
        let step = sent.receive(black_box(&self.preflight), &mut self.user_agent, Timestamp::ZERO);
        assert!(matches!(step, Step::Send(_)));
    }
}

fn url(record: usize) -> String {
    format!("https://api-{}.example/items/{record}", record % 100)
}

/// The cache of embeddable browser engines: a list that is searched linearly.
pub struct LinearList {
    entries: Vec<LinearEntry>,
}

struct LinearEntry {
    origin: String,
    url: String,
    max_age: Duration,
    credentials: bool,
    method: Option<String>,
    header_name: Option<String>,
    created: Duration,
}

impl LinearList {
    pub fn new(entries: usize) -> Self {
        let entry = |record, method, header_name| LinearEntry {
            origin: "https://app.example".to_owned(),
            url: url(record),
            max_age: Duration::from_secs(7200),
            credentials: false,
            method,
            header_name,
            created: Duration::ZERO,
        };
        let record = |record| {
            [
                entry(record, Some("PUT".to_owned()), None),
                entry(record, None, Some("x-request-id".to_owned())),
            ]
        };
        Self { entries: (0..entries / ENTRIES_OF_A_RECORD).flat_map(record).collect() }
    }

    /// Returns whether the entries allow the method and the header name of the request.
    pub fn look_up(&self, request: &Request, now: Duration) -> bool {
        let matches = |entry: &LinearEntry| {
            entry.origin == request.origin.serialize()
                && entry.url == request.url.as_str()
                && !entry.credentials
                && now < entry.created + entry.max_age
        };
        let method = Some(request.method.as_str());
        self.entries.iter().any(|entry| matches(entry) && entry.method.as_deref() == method)
            && request.headers.iter().all(|(name, _)| {
                let name = Some(name.as_str());
                self.entries.iter().any(|entry| matches(entry) && entry.header_name.as_deref() == name)
            })
    }
}

/// The URLs of a cache of this size in a hash table. No look-up can be faster than finding one of them.
pub struct Urls {
    urls: HashSet<String>,
}

impl Urls {
    pub fn new(entries: usize) -> Self {
        Self { urls: (0..entries / ENTRIES_OF_A_RECORD).map(url).collect() }
    }

    pub fn look_up(&self, request: &Request) -> bool {
        self.urls.contains(request.url.as_str())
    }
}
