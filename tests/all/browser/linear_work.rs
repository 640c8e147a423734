//! In every profile, work grows linearly with the size of what a page and a server send.

use std::{sync::LazyLock, time::Duration};

use crossorigin::{
    browser::{
        Body, Mode, OutgoingRequest, Page, Profile, Request, RequestKind, ResponseType,
        ServiceWorkerResponse, Timestamp, UserAgent,
    },
    http::HeaderName,
    oracle::{Comparison, Oracle, Server},
};

use super::support::{A, B, ScriptedResponse, ok, page, pf, redirect};
use crate::processor_time;

static PAGE: LazyLock<Page> = LazyLock::new(|| page(A));

/// The request of a page and the responses of the server: one to all preflights, and one to each actual
/// request, of which the last is repeated.
struct Job {
    request: Request,
    preflight: ScriptedResponse,
    actual: Vec<ScriptedResponse>,
}

impl Job {
    fn new(request: Request) -> Self {
        let preflight = pf().allow_origin("*").allow_methods("*").allow_headers("*");
        Self { request, preflight, actual: vec![ok().allow_origin("*")] }
    }

    fn preflight(self, preflight: ScriptedResponse) -> Self {
        Self { preflight, ..self }
    }

    fn actual(self, actual: impl Into<Vec<ScriptedResponse>>) -> Self {
        Self { actual: actual.into(), ..self }
    }

    /// Plays the whole fetch and prints the transcript.
    fn run(self, profile: &Profile) {
        let mut oracle = Oracle::with_user_agent(PAGE.clone(), UserAgent::new(profile.clone()));
        let transcript = oracle.fetch(self.request, &mut responding(self.preflight, self.actual));
        assert!(!transcript.to_string().is_empty());
    }
}

fn responding(preflight: ScriptedResponse, actual: Vec<ScriptedResponse>) -> impl Server {
    let mut next = 0;
    move |out: &OutgoingRequest| {
        let response = match out.kind {
            RequestKind::Preflight => &preflight,
            _ => {
                next += 1;
                actual.get(next - 1).or(actual.last()).unwrap()
            }
        };
        response.clone().into_response()
    }
}

/// One redirect to another origin, and then a final response.
fn redirected_once() -> [ScriptedResponse; 2] {
    [redirect(307, "https://c.test/").allow_origin("*"), ok().allow_origin("*")]
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = processor_time::of_this_thread();
    work();
    processor_time::of_this_thread() - start
}

/// Asserts that work is linear: it is quick, or it takes less than three times as long as eight runs with an
/// eighth of the size. Linear work takes as long as these, and quadratic work eight times as long.
/// Disturbances only add time, so the least times of several runs count.
#[track_caller]
fn is_linear(size: usize, what: &str, work: impl Fn(usize) -> Duration) {
    // The sizes are such that quadratic work takes longer than this, even in an optimized build.
    const QUICK: Duration = Duration::from_millis(40);
    let (mut whole, mut eighths) = (Duration::MAX, Duration::MAX);
    for _ in 0..6 {
        whole = whole.min(work(size));
        if whole < QUICK {
            return;
        }
        eighths = eighths.min((0..8).map(|_| work(size / 8)).sum());
        if whole < eighths * 3 {
            return;
        }
    }
    panic!("{what}: {size} take {whole:?}, 8 × {} take {eighths:?}", size / 8);
}

/// Asserts that a job takes linear work in every profile.
#[track_caller]
fn job_is_linear(size: usize, what: &str, job: impl Fn(usize) -> Job) {
    for profile in Profile::all() {
        let what = format!("{what}, {}", profile.name());
        is_linear(size, &what, |size| timed(|| job(size).run(&profile)));
    }
}

fn name(number: usize) -> String {
    format!("x-{number}")
}

/// `x-0,x-1,…`: a list of different names.
fn names(count: usize) -> String {
    (0..count).map(name).collect::<Vec<_>>().join(",")
}

/// Beginnings of elements, parameters and quoted strings. A careless parser reads each to the end of the
/// value.
const FILLINGS: [&str; 9] = [",", ";", "\"", "\\\"", " ", "a,", "a;a=\"", "0", "text/plain;charset=\""];

fn filled(filling: &str, length: usize) -> String {
    filling.repeat(length / filling.len())
}

#[test]
fn many_request_headers_take_linear_work() {
    let fetch = |size| {
        let call = PAGE.fetch(B).method("PUT");
        let call = (0..size).fold(call, |call, number| call.header(name(number), "1"));
        let allowing = pf().allow_origin("*").allow_methods("PUT").allow_headers(names(size));
        Job::new(call.build().unwrap()).preflight(allowing)
    };
    job_is_linear(5_000, "many names", fetch);
    job_is_linear(6_000, "many names, redirected", |size| fetch(size).actual(redirected_once()));
    job_is_linear(4_000, "many names that are not allowed", |size| {
        fetch(size).preflight(pf().allow_origin("*").allow_headers(names(size).replace('x', "y")))
    });
    job_is_linear(5_000, "many names that a wildcard allows", |size| {
        let wildcards = pf().allow_origin("*").allow_methods("*").allow_headers("*");
        fetch(size).preflight(wildcards.max_age("60"))
    });
    job_is_linear(5_000, "XMLHttpRequest, many names", |size| {
        let call = PAGE.xml_http_request("PUT", B);
        let call = (0..size).fold(call, |call, number| call.header(name(number), "1"));
        Job::new(call.send().unwrap())
    });
}

#[test]
fn many_lines_of_one_request_header_take_linear_work() {
    for header in ["x-a", "accept", "content-type"] {
        job_is_linear(4_000, &format!("many lines {header}"), |size| {
            let call = (0..size).fold(PAGE.fetch(B), |call, _| call.header(header, "a"));
            Job::new(call.build().unwrap()).actual(redirected_once())
        });
        job_is_linear(4_000, &format!("XMLHttpRequest, many lines {header}"), |size| {
            let call = PAGE.xml_http_request("POST", B);
            let call = call.body(Body::Replayable, Some("text/plain;charset=UTF-8"));
            let call = (0..size).fold(call, |call, _| call.header(header, "a"));
            Job::new(call.send().unwrap()).actual(redirected_once())
        });
    }
    job_is_linear(4_000, "mode no-cors, many lines accept", |size| {
        let call = PAGE.fetch(B).mode(Mode::NoCors);
        let call = (0..size).fold(call, |call, _| call.header("accept", "a"));
        Job::new(call.build().unwrap())
    });
}

#[test]
fn a_long_request_header_takes_linear_work() {
    for filling in FILLINGS {
        for header in ["content-type", "accept", "range"] {
            job_is_linear(64_000, &format!("{header}: {filling}"), |size| {
                let call = PAGE.fetch(B).header(header, filled(filling, size));
                Job::new(call.build().unwrap()).actual(redirected_once())
            });
        }
        job_is_linear(64_000, &format!("XMLHttpRequest, content-type: {filling}"), |size| {
            long_type(filling, size)
        });
    }
    // Repeated comparisons may be so fast that only a very long value shows quadratic work.
    job_is_linear(2_000_000, "XMLHttpRequest, a very long content-type", |size| {
        long_type("text/plain;charset=\"", size)
    });
}

/// A string body whose author sets this type.
fn long_type(filling: &str, length: usize) -> Job {
    let call = PAGE.xml_http_request("POST", B).header("content-type", filled(filling, length));
    let call = call.body(Body::Replayable, Some("text/plain;charset=UTF-8"));
    Job::new(call.send().unwrap())
}

#[test]
fn long_urls_and_methods_take_linear_work() {
    let get = |url: &str| Job::new(PAGE.fetch(url).build().unwrap());
    for (filling, start) in [
        ("a/", "https://b.test/"),
        ("a=b&", "https://b.test/?"),
        ("%00", "https://b.test/#"),
        ("a.", "https://"),
    ] {
        let url = |size| format!("{start}{}b.test", filled(filling, size));
        job_is_linear(64_000, &format!("a URL with {filling}"), |size| get(&url(size)));
        // Twenty redirects: each URL gets the fragment of the first one, or that of its `Location`.
        job_is_linear(4_000, &format!("redirects from a URL with {filling}"), |size| {
            get(&url(size)).actual([redirect(302, "/").allow_origin("*")])
        });
        job_is_linear(4_000, &format!("redirects to a URL with {filling}"), |size| {
            get(B).actual([redirect(302, &url(size)).allow_origin("*")])
        });
    }
    job_is_linear(60_000, "a long method", |size| {
        Job::new(PAGE.fetch(B).method("m".repeat(size)).build().unwrap())
    });
}

const RESPONSE_HEADERS: [&str; 11] = [
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-expose-headers",
    "access-control-max-age",
    "content-type",
    "cross-origin-resource-policy",
    "referrer-policy",
    "timing-allow-origin",
    "vary",
    // With another value, the check fails, and the rest of the response is not read.
    "access-control-allow-credentials",
    "access-control-allow-origin",
];

/// A preflight's response, a redirect and a final response have these lines, and so has a redirect in mode
/// "no-cors".
#[track_caller]
fn responses_are_linear(size: usize, what: &str, add: impl Fn(ScriptedResponse, usize) -> ScriptedResponse) {
    job_is_linear(size, what, |size| {
        let request = PAGE.fetch(B).method("PUT").header("x-a", "1").build().unwrap();
        let preflight = pf().allow_origin("*").allow_methods("PUT").allow_headers("x-a");
        let actual = redirected_once().map(|response| add(response, size));
        Job::new(request).preflight(add(preflight, size)).actual(actual)
    });
    job_is_linear(size, &format!("{what}, mode no-cors"), |size| {
        let request = PAGE.fetch(B).mode(Mode::NoCors).build().unwrap();
        Job::new(request).actual(redirected_once().map(|response| add(response, size)))
    });
}

#[test]
fn long_response_headers_take_linear_work() {
    for filling in FILLINGS {
        responses_are_linear(8_000, &format!("all headers with {filling}"), |response, size| {
            let names = RESPONSE_HEADERS[..RESPONSE_HEADERS.len() - 2].iter();
            names.fold(response, |response, name| response.with(name, filled(filling, size)))
        });
        for name in ["access-control-allow-origin", "access-control-allow-credentials", "location"] {
            job_is_linear(64_000, &format!("{name}: {filling}"), |size| {
                let request = PAGE.fetch(B).build().unwrap();
                let response = ok().status(302).with(name, filled(filling, size));
                Job::new(request).actual([response.allow_origin("*"), ok()])
            });
        }
    }
}

#[test]
fn many_lines_of_response_headers_take_linear_work() {
    for name in RESPONSE_HEADERS.into_iter().chain(["location"]) {
        responses_are_linear(3_000, &format!("many lines {name}"), |response, size| {
            (0..size).fold(response, |response, _| response.with(name, "a"))
        });
    }
    responses_are_linear(3_000, "many names", |response, size| {
        let response = response.expose_headers(names(size));
        (0..size).fold(response, |response, number| response.with(&name(number), "1"))
    });
}

/// Each of twenty redirects has many lines and a long URL, and each request has many headers.
///
/// Nothing is cached for any size. Otherwise a permission that is too large for the cache would need a
/// preflight at each redirect, and a smaller one would not.
#[test]
fn large_redirects_take_linear_work() {
    for status in [303, 307] {
        job_is_linear(300, &format!("twenty redirects, status {status}"), |size| {
            let call = PAGE.fetch(B).method("POST").header("authorization", "a");
            let call = (0..size).fold(call, |call, number| call.header(name(number), "1"));
            let location = format!("https://c.test/{}#{}", "a/".repeat(size), "f".repeat(size));
            let actual = redirect(status, &location).allow_origin("*");
            let actual = (0..size).fold(actual, |actual, number| actual.with(&name(number), "1"));
            let list = format!("authorization,{}", names(size));
            let preflight = pf().allow_origin("*").allow_methods("*").allow_headers(list).max_age("0");
            Job::new(call.build().unwrap()).preflight(preflight).actual([actual])
        });
    }
}

#[test]
fn a_large_cache_takes_linear_work() {
    for profile in Profile::all() {
        let what = format!("a record of many names, {}", profile.name());
        is_linear(4_000, &what, |size| {
            let mut oracle = Oracle::with_user_agent(PAGE.clone(), UserAgent::new(profile.clone()));
            let list = format!("*,{}", names(200));
            let permission = pf().allow_origin("*").allow_headers(list).max_age("600");
            let mut server = responding(permission, vec![ok().allow_origin("*")]);
            oracle.fetch(PAGE.fetch(B).header("x-0", "1").build().unwrap(), &mut server);
            let call = (0..size).fold(PAGE.fetch(B), |call, number| call.header(name(number), "1"));
            let request = call.build().unwrap();
            timed(|| drop(oracle.fetch(request, &mut server)))
        });
        is_linear(800, &format!("many records, {}", profile.name()), |size| {
            let mut oracle = Oracle::with_user_agent(PAGE.clone(), UserAgent::new(profile.clone()));
            let permission = pf().allow_origin("*").allow_methods("PUT").max_age("600");
            let mut server = responding(permission, vec![ok().allow_origin("*")]);
            timed(|| {
                for number in (0..size).chain(0..size) {
                    let url = format!("https://b.test/{number}");
                    let request = PAGE.fetch(&url).method("PUT").build().unwrap();
                    oracle.fetch(request, &mut server);
                }
                oracle.user_agent_mut().cache_mut().remove_expired(Timestamp::ZERO);
                assert!(oracle.user_agent().cache().len() >= size);
            })
        });
    }
}

#[test]
fn large_responses_of_service_workers_take_linear_work() {
    let outcome_after = |profile: &Profile, response: ServiceWorkerResponse| {
        let mut user_agent = UserAgent::new(profile.clone());
        let request = PAGE.fetch(B).build().unwrap();
        timed(|| drop(user_agent.fetch_from_service_worker(request, response)))
    };
    for profile in Profile::all() {
        is_linear(5_000, &format!("many headers, {}", profile.name()), |size| {
            let head = (0..size).fold(ok(), |response, number| response.with(&name(number), "1")).head();
            let mut response = ServiceWorkerResponse::new(ResponseType::Cors, head);
            response.url_list = vec![B.parse().unwrap()];
            let names = (0..size).map(|number| HeaderName::from_bytes(name(number).as_bytes()).unwrap());
            response.cors_exposed_header_names = names.collect();
            outcome_after(&profile, response)
        });
        is_linear(8_000, &format!("many URLs, {}", profile.name()), |size| {
            let mut response = ServiceWorkerResponse::new(ResponseType::Cors, ok().head());
            let urls = (0..size).map(|number| format!("https://b.test/{number}#f").parse().unwrap());
            response.url_list = urls.collect();
            outcome_after(&profile, response)
        });
    }
}

#[test]
fn a_comparison_of_all_profiles_takes_linear_work() {
    is_linear(1_600, "a comparison", |size| {
        let call = PAGE.fetch(B).method("PUT");
        let call = (0..size).fold(call, |call, number| call.header(name(number), "1"));
        let request = call.build().unwrap();
        let permission = pf().allow_origin("*").allow_methods("PUT").allow_headers(names(size));
        let server = || responding(permission.clone(), redirected_once().into());
        timed(|| assert!(Comparison::new(&PAGE, &request, server).same_outcome()))
    });
}
