//! The hot paths as named closures, for the counter of instructions.

use std::hint::black_box;

use crossorigin::{
    http::{HeaderMap, Method, Request},
    request_header::cors_unsafe_request_header_names,
    server::{HostGuard, Policy},
};

use crate::{
    browser::{Job, PreparedFetch, eight_headers},
    cache::{Cached, Requests},
    floor::Floor,
    oracle::{CASES, process_lines},
    server::{self, Scenario, respond},
};

/// A job, and how often one call does it.
pub struct NamedJob {
    pub name: String,
    pub times: u64,
    make: Box<dyn Fn() -> Box<dyn FnMut()>>,
}

impl NamedJob {
    fn new<F: FnMut() + 'static>(name: impl Into<String>, make: impl Fn() -> F + 'static) -> Self {
        Self { name: name.into(), times: 1, make: Box::new(move || Box::new(make())) }
    }

    /// Prepares the job, and does it this many times.
    pub fn run(&self, times: usize) {
        let mut job = (self.make)();
        (0..times).for_each(|_| job());
    }
}

pub fn all() -> Vec<NamedJob> {
    let mut jobs = Vec::new();
    for scenario in Scenario::ALL {
        jobs.push(NamedJob::new(format!("{}, 10 origins", scenario.name()), move || {
            let origins = server::origins(10);
            deciding(server::policy(&origins, &[]), scenario.request(server::middle(&origins)))
        }));
        jobs.push(NamedJob::new(format!("{}, the floor", scenario.name()), move || floor(scenario)));
    }
    jobs.push(NamedJob::new("actual, allowed, 10,000 origins", || {
        let origins = server::origins(10_000);
        let request = Scenario::ActualAllowed.request(server::middle(&origins));
        deciding(server::policy(&origins, &[]), request)
    }));
    jobs.push(NamedJob::new("actual, allowed by a wildcard, 10 origins", || {
        let origins = server::origins(10);
        let domains = server::wildcard_domains(&origins);
        let request = Scenario::ActualAllowed.request(&server::under_wildcard(&domains));
        deciding(server::policy(&origins, &domains), request)
    }));
    for (name, request, policy) in other_policies() {
        jobs.push(NamedJob::new(name, move || deciding(policy.clone(), request.clone())));
    }
    jobs.push(NamedJob::new("actual, allowed, 10 origins, with a guard", || {
        guarded(server::policy(&server::origins(10), &[]), Scenario::ActualAllowed)
    }));
    jobs.push(NamedJob::new("actual, allowed, any origin, with a guard", || {
        guarded(any_origin(), Scenario::ActualAllowed)
    }));
    jobs.push(NamedJob::new("hostile preflight, 16 KiB of commas", || hostile(server::commas(), false)));
    jobs.push(NamedJob::new("hostile preflight, 2,000 names", || hostile(server::many_names(), false)));
    jobs.push(NamedJob::new("hostile preflight, 2,000 names, any header", || {
        hostile(server::many_names(), true)
    }));
    jobs.push(NamedJob::new("classify eight headers", || {
        let headers = eight_headers();
        move || drop(black_box(cors_unsafe_request_header_names(black_box(&headers))))
    }));
    for job in Job::ALL {
        jobs.push(NamedJob::new(job.name(), move || {
            let mut prepared = PreparedFetch::new(job);
            move || prepared.run()
        }));
    }
    jobs.push(NamedJob::new("cache look-up, 10,000 entries", || {
        let (mut cached, mut requests) = (Cached::new(10_000), Requests::new(10_000));
        move || cached.start(requests.known())
    }));
    jobs.push(NamedJob {
        times: CASES.split_inclusive(|byte| *byte == b'\n').count() as u64,
        ..NamedJob::new("oracle program, one case", || {
            let mut output = Vec::new();
            move || {
                output.clear();
                process_lines(CASES, &mut output);
            }
        })
    });
    jobs
}

/// Requests with policies that are not those of the comparison, and `OPTIONS` that is not a preflight.
fn other_policies() -> [(&'static str, Request<()>, Policy); 4] {
    let origins = server::origins(10);
    let request = |scenario: Scenario| scenario.request(server::middle(&origins));
    let options = |scenario| {
        let mut request = request(scenario);
        *request.method_mut() = Method::OPTIONS;
        request
    };
    let policy = server::policy(&origins, &[]);
    let any_header =
        Policy::builder().allow_origins(&origins).allow_methods(server::METHODS).allow_any_header();
    let any_header = any_header.allow_header("authorization").build().unwrap();
    [
        ("preflight, any header without credentials", request(Scenario::PreflightAllowed), any_header),
        ("`OPTIONS` without `Origin`", options(Scenario::NoOrigin), policy.clone()),
        ("`OPTIONS` with an allowed `Origin`, not a preflight", options(Scenario::ActualAllowed), policy),
        ("`OPTIONS` without `Origin`, any origin", options(Scenario::NoOrigin), any_origin()),
    ]
}

fn any_origin() -> Policy {
    Policy::builder().allow_any_origin().expose_headers(server::EXPOSED).build().unwrap()
}

fn guarded(policy: Policy, scenario: Scenario) -> impl FnMut() {
    let request = scenario.request(server::middle(&server::origins(10)));
    let guard = HostGuard::new(["localhost", "api.example"]).unwrap();
    move || {
        let request = black_box(&request);
        let decision = policy.decide(request.method(), request.headers());
        let mut response = HeaderMap::new();
        decision.guarded(&guard, request.uri(), request.headers()).apply(&mut response);
        drop(black_box(response));
    }
}

fn deciding(policy: Policy, request: Request<()>) -> impl FnMut() {
    move || drop(black_box(respond(&policy, black_box(&request))))
}

fn floor(scenario: Scenario) -> impl FnMut() {
    let origins = server::origins(10);
    let request = scenario.request(server::middle(&origins));
    let origin = request.headers().get("origin").map_or(&b""[..], |value| value.as_bytes());
    let floor = Floor::new(origin, &respond(&server::policy(&origins, &[]), &request));
    move || {
        let mut response = HeaderMap::new();
        floor.put_into(&mut response);
        drop(black_box(response));
    }
}

fn hostile(names: String, any: bool) -> impl FnMut() {
    let origins = server::origins(10);
    let policy = server::policy(&origins, &[]);
    let policy = if any { policy.to_builder().allow_any_header().build().unwrap() } else { policy };
    deciding(policy, server::hostile_preflight(server::middle(&origins), names))
}
