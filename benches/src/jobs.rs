//! The hot paths by name, one closure each, for the counter of instructions.

use std::hint::black_box;

use crossorigin::{
    http::{HeaderMap, Request},
    request_header::cors_unsafe_request_header_names,
    server::Policy,
};

use crate::{
    browser::{Fetching, Job, eight_headers},
    cache::{Cached, Requests},
    floor::Floor,
    oracle::{CASES, answer_all},
    server::{self, Situation, answer},
};

/// Something to do, and how often it was done in one call.
pub struct Named {
    pub name: String,
    pub times: u64,
    make: Box<dyn Fn() -> Box<dyn FnMut()>>,
}

impl Named {
    fn new<F: FnMut() + 'static>(name: impl Into<String>, make: impl Fn() -> F + 'static) -> Self {
        Self { name: name.into(), times: 1, make: Box::new(move || Box::new(make())) }
    }

    /// Prepares, and does the job that many times.
    pub fn run(&self, times: usize) {
        let mut job = (self.make)();
        (0..times).for_each(|_| job());
    }
}

pub fn all() -> Vec<Named> {
    let mut jobs = Vec::new();
    for situation in Situation::ALL {
        jobs.push(Named::new(format!("{}, 10 origins", situation.name()), move || {
            let origins = server::origins(10);
            deciding(server::policy(&origins, &[]), situation.request(server::middle(&origins)))
        }));
        jobs.push(Named::new(format!("{}, the floor", situation.name()), move || floor(situation)));
    }
    jobs.push(Named::new("actual, allowed, 10,000 origins", || {
        let origins = server::origins(10_000);
        let request = Situation::ActualAllowed.request(server::middle(&origins));
        deciding(server::policy(&origins, &[]), request)
    }));
    jobs.push(Named::new("actual, allowed by a wildcard, 10 origins", || {
        let origins = server::origins(10);
        let domains = server::wildcard_domains(&origins);
        let request = Situation::ActualAllowed.request(&server::under_wildcard(&domains));
        deciding(server::policy(&origins, &domains), request)
    }));
    jobs.push(Named::new("hostile preflight, 16 KiB of commas", || hostile(server::commas(), false)));
    jobs.push(Named::new("hostile preflight, 2,000 names", || hostile(server::many_names(), false)));
    jobs.push(Named::new("hostile preflight, 2,000 names, any header", || {
        hostile(server::many_names(), true)
    }));
    jobs.push(Named::new("classify eight headers", || {
        let headers = eight_headers();
        move || drop(black_box(cors_unsafe_request_header_names(black_box(&headers))))
    }));
    for job in Job::ALL {
        jobs.push(Named::new(job.name(), move || {
            let mut fetching = Fetching::new(job);
            move || fetching.run()
        }));
    }
    jobs.push(Named::new("cache look-up, 10,000 entries", || {
        let (mut cached, mut requests) = (Cached::new(10_000), Requests::new(10_000));
        move || cached.start(requests.known())
    }));
    jobs.push(Named {
        times: CASES.split_inclusive(|byte| *byte == b'\n').count() as u64,
        ..Named::new("oracle program, one case", || {
            let mut output = Vec::new();
            move || {
                output.clear();
                answer_all(CASES, &mut output);
            }
        })
    });
    jobs
}

fn deciding(policy: Policy, request: Request<()>) -> impl FnMut() {
    move || drop(black_box(answer(&policy, black_box(&request))))
}

fn floor(situation: Situation) -> impl FnMut() {
    let origins = server::origins(10);
    let request = situation.request(server::middle(&origins));
    let origin = request.headers().get("origin").map_or(&b""[..], |value| value.as_bytes());
    let floor = Floor::new(origin, &answer(&server::policy(&origins, &[]), &request));
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
