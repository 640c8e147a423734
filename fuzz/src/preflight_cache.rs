//! Operations on the preflight cache of a user agent, compared with a simple list.

use arbitrary::{Result, Unstructured};
use crossorigin::{
    browser::{
        CacheLimits, CachedPermission, CredentialsMode, Exchange, Failure, Page, PartitionKey,
        PreflightCache, Profile, Request, RequestKind, ResponseHead, Step, Timestamp, UserAgent,
    },
    header_list::HeaderList,
    http::{HeaderName, Method, StatusCode, header},
    origin::{OpaqueOrigin, Origin, TupleOrigin},
};

const METHODS: [&str; 4] = ["PUT", "PATCH", "x", "*"];
const NAMES: [&str; 4] = ["x-a", "X-B", "authorization", "*"];
const PARTITIONS: [Option<&str>; 3] = [None, Some("https://a.test"), Some("https://b.test")];
const URLS: [&str; 4] =
    ["https://b.test/", "https://b.test/#f", "https://c.test/", "https://c.test/a/long/path?with=a-query"];

/// The requests that a cached `*` covers.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Wildcard {
    AllRequests,
    WithoutCredentials,
    StoredWithoutCredentials,
    NoRequests,
}

const WILDCARDS: [(Wildcard, fn() -> Profile); 4] = [
    (Wildcard::AllRequests, Profile::standard),
    (Wildcard::WithoutCredentials, Profile::webkit),
    (Wildcard::StoredWithoutCredentials, Profile::chromium),
    (Wildcard::NoRequests, Profile::firefox),
];

/// The rules of the cache in which profiles differ.
#[derive(Debug, Clone, Copy)]
struct Rules {
    max_age_starts_again: bool,
    wildcard: Wildcard,
    credentials_serve_all: bool,
}

impl Rules {
    fn new(input: &mut Unstructured<'_>) -> Result<(Self, Profile)> {
        let either = |is_standard| if is_standard { Profile::standard() } else { Profile::firefox() };
        let (wildcard, like) = *input.choose(&WILDCARDS)?;
        let (starts_again, serve_all) = (input.arbitrary::<bool>()?, !input.arbitrary::<bool>()?);
        let profile = Profile::standard()
            .with_rule_of("cache.max_age_starts_again", &either(!starts_again))
            .with_rule_of("cache.wildcard", &like())
            .with_rule_of("cache.credentials_serve_all", &either(serve_all));
        Ok((Self { max_age_starts_again: starts_again, wildcard, credentials_serve_all: serve_all }, profile))
    }
}

pub fn check(bytes: &[u8]) {
    let mut input = Unstructured::new(bytes);
    let Ok(mut pair) = CacheAndModel::new(&mut input) else { return };
    while !input.is_empty() && pair.operation(&mut input).is_ok() {
        pair.compare();
    }
}

/// The cache and its model.
struct CacheAndModel {
    user_agent: UserAgent,
    model: ModelCache,
    now: u64,
}

impl CacheAndModel {
    fn new(input: &mut Unstructured<'_>) -> Result<Self> {
        let limits =
            CacheLimits { entries: input.int_in_range(0..=15)?, bytes: 128 * input.int_in_range(0..=31)? };
        let (rules, profile) = Rules::new(input)?;
        let model = ModelCache { limits, rules, records: Vec::new() };
        let user_agent = UserAgent::new(profile).with_cache(PreflightCache::new(limits));
        Ok(Self { user_agent, model, now: 1_000 })
    }

    fn operation(&mut self, input: &mut Unstructured<'_>) -> Result<()> {
        let partition = |input: &mut Unstructured<'_>| input.choose(&PARTITIONS).copied();
        match input.int_in_range(0..=15)? {
            0 => {
                self.user_agent.cache_mut().clear();
                self.model.records.clear();
            }
            1 => {
                let partition = partition(input)?;
                self.user_agent.cache_mut().clear_partition(partition.map(PartitionKey::new).as_ref());
                self.model.records.retain(|record| record.key.partition != partition);
            }
            2 => {
                self.user_agent.cache_mut().remove_expired(Timestamp::from_secs(self.now));
                self.model.remove_expired(self.now);
            }
            // A clock that goes backwards does not cause a panic, and does not make entries younger.
            3 => self.now -= input.int_in_range(0..=10)?,
            4..=6 => self.now += input.int_in_range(0..=10)?,
            _ => self.fetch(input)?,
        }
        Ok(())
    }

    fn fetch(&mut self, input: &mut Unstructured<'_>) -> Result<()> {
        let partition = *input.choose(&PARTITIONS)?;
        let origin = match input.int_in_range(0..=3)? {
            0 | 1 => Origin::Tuple(TupleOrigin::parse(b"https://a.test").expect("it is an origin")),
            other => Origin::Opaque(OpaqueOrigin(other)),
        };
        let key = Key { partition, origin: origin.serialize().to_owned(), url: input.choose(&URLS)? };
        let page = Page::with_origin("https://a.test/".parse().expect("it is a URL"), origin);
        let page = page.with_partition(partition.map(PartitionKey::new));
        let method = *input.choose(&METHODS)?;
        let mut request = Request::new(
            &page,
            Method::from_bytes(method.as_bytes()).expect("it is valid"),
            key.url.parse().expect("it is a URL"),
        );
        let include = input.arbitrary()?;
        if include {
            request.credentials = CredentialsMode::Include;
        }
        let names = subset(input, &NAMES)?;
        for name in &names {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("it is valid");
            request.headers.append(name, "(1)").expect("it is a value");
        }
        let now = Timestamp::from_secs(self.now);
        let Step::Send(exchange) = self.user_agent.fetch(request, now) else { panic!("a request is sent") };
        let is_cached = self.model.permits(&key, include, method, &names, self.now);
        assert_eq!(exchange.request().kind == RequestKind::Actual, is_cached, "{key:?} {method} {names:?}");
        let exchange = if is_cached {
            Some(exchange)
        } else {
            self.preflight(input, exchange, &key, include, (method, &names))?
        };
        let Some(exchange) = exchange else { return Ok(()) };
        if input.arbitrary()? {
            let head = head(&key.origin, &[]);
            let end = exchange.receive(head, &mut self.user_agent, now);
            assert!(matches!(end, Step::Done(Ok(_))));
        } else {
            let end = exchange.fail(&mut self.user_agent, Failure::Network);
            assert!(matches!(end, Step::Done(Err(_))));
            self.model.clear_entries(&key);
        }
        Ok(())
    }

    /// The actual exchange, if the preflight passes.
    fn preflight(
        &mut self,
        input: &mut Unstructured<'_>,
        exchange: Exchange,
        key: &Key,
        include: bool,
        (method, names): (&str, &[&str]),
    ) -> Result<Option<Exchange>> {
        let allowed = (subset(input, &METHODS)?, subset(input, &NAMES)?);
        let max_age = if input.arbitrary()? { Some(input.int_in_range(0..=20_u64)?) } else { None };
        let mut lines = vec![
            (header::ACCESS_CONTROL_ALLOW_METHODS, allowed.0.join(",")),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, allowed.1.join(", ")),
        ];
        lines.extend(max_age.map(|seconds| (header::ACCESS_CONTROL_MAX_AGE, seconds.to_string())));
        let head = head(&key.origin, &lines);
        let step = exchange.receive(head, &mut self.user_agent, Timestamp::from_secs(self.now));
        let wildcard = |list: &[&str]| list.contains(&"*") && !include;
        let lists = |name: &str| allowed.1.iter().any(|item| item.eq_ignore_ascii_case(name));
        let passes = (allowed.0.contains(&method) || wildcard(&allowed.0))
            && names.iter().all(|name| lists(name) || (wildcard(&allowed.1) && *name != "authorization"));
        if passes {
            self.model.store(key, include, (&allowed.0, &allowed.1), max_age.unwrap_or(5), self.now);
        } else {
            self.model.clear_entries(key);
        }
        match step {
            Step::Send(next) => {
                assert!(passes && next.request().kind == RequestKind::Actual);
                Ok(Some(next))
            }
            _ => {
                assert!(!passes, "{step:?}");
                Ok(None)
            }
        }
    }

    fn compare(&self) {
        let cache = self.user_agent.cache();
        assert!(cache.len() <= self.model.limits.entries && cache.bytes() <= self.model.limits.bytes);
        assert_eq!((cache.len(), cache.bytes()), (self.model.len(), self.model.bytes()));
        assert_eq!(cache.is_empty(), self.model.records.is_empty());
        let observed: Vec<_> = cache
            .entries(Timestamp::from_secs(self.now))
            .map(|entry| {
                let (is_method, name) = match entry.permission {
                    CachedPermission::Method(name) => (true, name),
                    CachedPermission::HeaderName(name) => (false, name),
                };
                let key = (
                    entry.partition.map(PartitionKey::as_str),
                    entry.origin.to_owned(),
                    entry.url.into_owned(),
                );
                let times = (entry.stored.since(Timestamp::ZERO).as_secs(), entry.max_age.as_secs());
                (key, is_method, String::from_utf8_lossy(name).into_owned(), entry.credentials, times)
            })
            .collect();
        let expected: Vec<_> = self
            .model
            .records
            .iter()
            .flat_map(|record| {
                record.entries.iter().filter(|entry| entry.is_alive(self.now)).map(|entry| {
                    let key = (record.key.partition, record.key.origin.clone(), record.key.url.into());
                    (
                        key,
                        entry.is_method,
                        entry.name.to_owned(),
                        entry.credentials,
                        (entry.stored, entry.max_age),
                    )
                })
            })
            .collect();
        assert_eq!(observed, expected);
    }
}

fn subset(input: &mut Unstructured<'_>, pool: &[&'static str; 4]) -> Result<Vec<&'static str>> {
    let bits = input.int_in_range(0..=15_u8)?;
    Ok((0..4).filter(|bit| bits & (1 << bit) != 0).map(|bit| pool[bit]).collect())
}

fn head(origin: &str, lines: &[(HeaderName, String)]) -> ResponseHead {
    let mut headers = HeaderList::new();
    let share = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.to_owned()),
        (header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true".to_owned()),
    ];
    for (name, value) in share.iter().chain(lines) {
        headers.append(name.clone(), value).expect("it is a value");
    }
    ResponseHead { status: StatusCode::OK, headers }
}

/// The cache as a list of records, in the order of their last change.
struct ModelCache {
    limits: CacheLimits,
    rules: Rules,
    records: Vec<Record>,
}

#[derive(Debug, Clone, PartialEq)]
struct Key {
    partition: Option<&'static str>,
    origin: String,
    url: &'static str,
}

struct Record {
    key: Key,
    /// The entries of methods come first.
    entries: Vec<Entry>,
}

struct Entry {
    is_method: bool,
    name: &'static str,
    credentials: bool,
    stored: u64,
    max_age: u64,
}

impl Entry {
    fn is_alive(&self, now: u64) -> bool {
        now.saturating_sub(self.stored) < self.max_age
    }
}

impl Record {
    fn bytes(&self) -> usize {
        let key = self.key.partition.map_or(0, str::len) + self.key.origin.len() + self.key.url.len();
        400 + key + self.entries.iter().map(|entry| 80 + entry.name.len()).sum::<usize>()
    }
}

impl ModelCache {
    fn len(&self) -> usize {
        self.records.iter().map(|record| record.entries.len()).sum()
    }

    fn bytes(&self) -> usize {
        self.records.iter().map(Record::bytes).sum()
    }

    /// Returns whether an entry matches a method or a name of a request.
    fn matcher(&self, include: bool, now: u64) -> impl Fn(&Entry, bool, &str) -> bool + use<> {
        let rules = self.rules;
        move |entry, is_method, name| {
            let is_name = if is_method { entry.name == name } else { entry.name.eq_ignore_ascii_case(name) };
            let serves = match rules.wildcard {
                Wildcard::AllRequests => true,
                Wildcard::WithoutCredentials => !include,
                Wildcard::StoredWithoutCredentials => !include && !entry.credentials,
                Wildcard::NoRequests => false,
            };
            let by_wildcard = entry.name == "*" && serves && (is_method || name != "authorization");
            let by_credentials = if rules.credentials_serve_all {
                entry.credentials || !include
            } else {
                entry.credentials == include
            };
            entry.is_alive(now) && entry.is_method == is_method && by_credentials && (is_name || by_wildcard)
        }
    }

    fn permits(&self, key: &Key, include: bool, method: &str, names: &[&str], now: u64) -> bool {
        let matches = self.matcher(include, now);
        let any = |is_method: bool, name: &str| {
            let mut of_key = self.records.iter().filter(|record| record.key == *key);
            of_key.any(|record| record.entries.iter().any(|entry| matches(entry, is_method, name)))
        };
        any(true, method) && names.iter().all(|name| any(false, name))
    }

    fn remove_expired(&mut self, now: u64) {
        for record in &mut self.records {
            record.entries.retain(|entry| entry.is_alive(now));
        }
        self.records.retain(|record| !record.entries.is_empty());
    }

    fn clear_entries(&mut self, key: &Key) {
        self.records.retain(|record| record.key != *key);
    }

    fn store(
        &mut self,
        key: &Key,
        include: bool,
        (methods, names): (&[&'static str], &[&'static str]),
        max_age: u64,
        now: u64,
    ) {
        let before = self.records.iter().position(|record| record.key == *key);
        let entries = before.map(|index| self.records.remove(index).entries).unwrap_or_default();
        let mut entries: Vec<_> = entries.into_iter().filter(|entry| entry.is_alive(now)).collect();
        let (matches, starts_again) = (self.matcher(include, now), self.rules.max_age_starts_again);
        for (is_method, list) in [(true, methods), (false, names)] {
            for name in list {
                for entry in entries.iter_mut().filter(|entry| matches(entry, is_method, name)) {
                    entry.max_age = max_age;
                    entry.stored = if starts_again { now } else { entry.stored };
                }
            }
            for name in list {
                if !entries.iter().any(|entry| matches(entry, is_method, name)) {
                    entries.push(Entry { is_method, name, credentials: include, stored: now, max_age });
                }
            }
        }
        entries.sort_by_key(|entry| !entry.is_method);
        let record = Record { key: key.clone(), entries };
        if record.entries.is_empty()
            || record.entries.len() > self.limits.entries
            || record.bytes() > self.limits.bytes
        {
            return;
        }
        self.records.push(record);
        while self.len() > self.limits.entries || self.bytes() > self.limits.bytes {
            self.records.remove(0);
        }
    }
}
