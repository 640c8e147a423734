//! Jobs that no other crate does: compared with each other, with a linear list, and with fixed times.

use std::{fs, hint::black_box, time::Duration};

use crossorigin::{request_header::cors_unsafe_request_header_names, server::Policy};
use crossorigin_benches::{
    browser::{Job, PreparedFetch, eight_headers},
    cache::{Cached, LinearList, Requests, Urls},
    oracle,
    server::{self, Scenario, respond},
};
use http::{HeaderMap, Request};

use crate::{
    measure::{Contender, medians},
    targets::{at_least, at_most},
};

const ENTRIES: [usize; 3] = [100, 10_000, 1_000_000];

/// Times in nanoseconds.
pub struct WithoutPeers {
    memory: f64,
    jobs: Vec<(&'static str, f64)>,
    oracle: f64,
    many_origins: Vec<(&'static str, f64, f64)>,
    hostile: Vec<(&'static str, f64)>,
    caches: Vec<CacheTimes>,
}

struct CacheTimes {
    entries: usize,
    look_up: f64,
    without: f64,
    insert: f64,
    linear: f64,
    floor: f64,
}

impl WithoutPeers {
    pub fn measure(memory: f64) -> Self {
        eprintln!("the browser side");
        let (jobs, oracle) = jobs();
        eprintln!("many origins");
        let scenarios = [Scenario::ActualAllowed, Scenario::ActualRefused, Scenario::PreflightAllowed];
        let many_origins = scenarios.map(many_origins).to_vec();
        eprintln!("hostile headers");
        let hostile = hostile();
        eprintln!("the cache");
        Self { memory, jobs, oracle, many_origins, hostile, caches: caches() }
    }

    pub fn targets(&self) -> Vec<String> {
        let mut rows = Vec::new();
        for (name, ten, many) in &self.many_origins {
            rows.push(at_most(name, "with 100,000 origins against 10", many / ten, 2.0));
        }
        let (normal, read) = (self.hostile[0].1, self.hostile[1].1);
        for (name, time) in &self.hostile[2..] {
            let (what, of, at) = match name.contains("one name") {
                false => ("against a normal preflight", normal, 3.0),
                true => ("against a search with `memchr`", read, 4.0),
            };
            rows.push(at_most(name, what, time / of, at));
        }
        let (small, large) = (&self.caches[0], &self.caches[ENTRIES.len() - 1]);
        rows.push(at_most(
            "cache look-up, with the fetch around it",
            "1,000,000 entries against 100",
            large.look_up / small.look_up,
            4.0,
        ));
        rows.push(at_most(
            "cache look-up alone (a fetch without one taken off)",
            "1,000,000 entries against 100",
            (large.look_up - large.without) / (small.look_up - small.without),
            4.0,
        ));
        let cached = self.jobs.iter().find(|(name, _)| *name == Job::CachedPreflight.name()).unwrap().1;
        rows.push(at_least(
            "fetch with a cached preflight, everything included",
            "thousands a second",
            1e6 / cached,
            500.0,
        ));
        rows.push(at_most(
            "cache look-up alone, 1,000,000 entries",
            "against a URL in a `HashMap` of them",
            (large.look_up - large.without) / large.floor,
            4.0,
        ));
        rows.push(at_least("oracle program", "thousands of cases a second", 1e6 / self.oracle, 100.0));
        rows
    }

    pub fn table(&self) -> String {
        let mut text = "### Ours alone\n\n| job | nanoseconds | a second |\n|---|--:|--:|\n".to_owned();
        let oracle = ("one case of the oracle program, JSON included", self.oracle);
        for (name, time) in self.jobs.iter().chain([&oracle]) {
            text += &format!("| {name} | {time:.0} | {:.0} |\n", 1e9 / time);
        }
        for (name, time) in &self.hostile {
            text += &format!("| {name} | {time:.0} | |\n");
        }
        text += "\n| entries | look-up and fetch | look-up alone | its floor | insert and preflight | look-up in a linear list |\n";
        text += "|--:|--:|--:|--:|--:|--:|\n";
        for CacheTimes { entries, look_up, without, insert, linear, floor } in &self.caches {
            let alone = look_up - without;
            text += &format!(
                "| {entries} | {look_up:.0} | {alone:.0} | {floor:.0} | {insert:.0} | {linear:.0} |\n"
            );
        }
        text + &format!(
            "\nAn entry takes {:.0} bytes of memory where a million of them is held, two for each URL.\n",
            self.memory
        )
    }
}

/// The resident memory that a cache of a million entries adds. The process has no freed memory to reuse yet.
pub fn memory_per_entry() -> f64 {
    let entries = ENTRIES[ENTRIES.len() - 1];
    let before = resident_bytes();
    let cached = Cached::new(entries);
    let bytes = resident_bytes() - before;
    drop(cached);
    bytes / entries as f64
}

fn resident_bytes() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
    kilobytes.and_then(|text| text.parse::<f64>().ok()).unwrap_or(f64::NAN) * 1024.0
}

fn jobs() -> (Vec<(&'static str, f64)>, f64) {
    let headers = eight_headers();
    let mut contenders = vec![Contender::new("classify eight headers", || {
        cors_unsafe_request_header_names(black_box(&headers))
    })];
    for job in Job::ALL {
        let mut prepared = PreparedFetch::new(job);
        contenders.push(Contender::new(job.name(), move || prepared.run()));
    }
    let (mut lines, mut output) = (oracle::lines(), Vec::new());
    contenders.push(Contender::new("oracle", move || {
        output.clear();
        oracle::process_line(lines.next().unwrap(), &mut output);
    }));
    let mut medians = medians(&mut contenders);
    let oracle = medians.pop().unwrap();
    (contenders.iter().map(|contender| contender.name).zip(medians).collect(), oracle)
}

/// Requests from a thousand origins spread over the list, so that the processor's cache does not contain a
/// single one.
fn many_origins(scenario: Scenario) -> (&'static str, f64, f64) {
    let measured = [10, 100_000].map(|count| {
        let origins = server::origins(count);
        let requests: Vec<_> =
            (0..1000).map(|index| scenario.request(&origins[index * 7919 % count])).collect();
        (server::policy(&origins, &[]), requests)
    });
    let mut contenders: Vec<_> =
        measured.iter().map(|(policy, requests)| in_turns(policy, requests)).collect();
    let medians = medians(&mut contenders);
    (scenario.name(), medians[0], medians[1])
}

fn in_turns<'a>(policy: &'a Policy, requests: &'a [Request<()>]) -> Contender<'a> {
    let mut requests = requests.iter().cycle();
    Contender::new("ours", move || -> HeaderMap { respond(policy, black_box(requests.next().unwrap())) })
}

fn hostile() -> Vec<(&'static str, f64)> {
    let origins = server::origins(10);
    let origin = server::middle(&origins);
    let listed = server::policy(&origins, &[]);
    let any = listed.to_builder().allow_any_header().build().unwrap();
    let normal = Scenario::PreflightAllowed.request(origin);
    let bytes = server::commas();
    let commas = server::hostile_preflight(origin, server::commas());
    let few_commas = server::hostile_preflight(origin, ",".repeat(8000));
    let names = server::hostile_preflight(origin, server::many_names());
    let long = server::hostile_preflight(origin, "x".repeat(8000));
    let asks = |name, policy, request| Contender::new(name, move || respond(policy, black_box(request)));
    let mut contenders = vec![
        asks("a normal preflight", &listed, &normal),
        Contender::new("a search for what is not there, with `memchr`, in 8,000 bytes", || {
            memchr::memchr(b'!', black_box(&bytes.as_bytes()[..8000]))
        }),
        asks("16 KiB of commas", &listed, &commas),
        asks("16 KiB of commas, any header allowed", &any, &commas),
        asks("2,000 names", &listed, &names),
        asks("2,000 names, any header allowed", &any, &names),
        asks("8,000 commas", &listed, &few_commas),
        asks("one name of 8,000 bytes", &listed, &long),
        asks("one name of 8,000 bytes, any header allowed", &any, &long),
    ];
    let medians = medians(&mut contenders);
    contenders.iter().map(|contender| contender.name).zip(medians).collect()
}

fn caches() -> Vec<CacheTimes> {
    ENTRIES.map(times_of_a_cache).into()
}

fn times_of_a_cache(entries: usize) -> CacheTimes {
    let (mut read, mut also_read) = (Cached::new(entries), Cached::new(entries));
    let urls = Urls::new(entries);
    let [mut known, mut simple, mut sought] = std::array::from_fn(|_| Requests::new(entries));
    let [look_up, without, floor] = all(&mut [
        Contender::consuming("look-up", move || known.known(), move |request| read.start(request)),
        Contender::consuming("without", move || simple.simple(), move |request| also_read.start(request)),
        Contender::consuming("floor", move || sought.known(), move |request| urls.look_up(&request)),
    ]);
    // These run separately, because they use so much memory that the next contender would find empty
    // processor caches.
    let (mut written, mut unknown) = (Cached::new(entries), Requests::new(entries));
    let insert = move |request| written.insert(request);
    let [insert] = all(&mut [Contender::consuming("insert", move || unknown.unknown(), insert)]);
    let (list, mut request) = (LinearList::new(entries), Requests::new(entries));
    let look_up_in_list = move |request| list.look_up(&request, Duration::ZERO);
    let [linear] = all(&mut [Contender::consuming("linear", move || request.known(), look_up_in_list)]);
    CacheTimes { entries, look_up, without, insert, linear, floor }
}

/// The medians of all contenders.
fn all<const N: usize>(contenders: &mut [Contender<'_>; N]) -> [f64; N] {
    medians(contenders).try_into().expect("a median for each")
}
