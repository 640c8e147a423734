//! `decide` does not allocate, and `apply` allocates only the header map of the response.

use crossorigin::{
    http::{HeaderMap, HeaderName, HeaderValue, Method},
    server::{Policy, PolicyBuilder, RequestClass, Verdict},
};

use super::allocations;

const ORIGIN: &str = "https://app.example";

fn builder() -> PolicyBuilder {
    Policy::builder()
        .allow_origins([ORIGIN, "https://*.apps.example", "http://localhost:*"])
        .allow_origins_if(|origin| origin.host().ends_with(".by-rule.example"))
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["content-type", "x-request-id"])
        .expose_header("etag")
}

/// The headers of a request, which may repeat names.
fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.append(HeaderName::from_static(name), value.parse().unwrap());
    }
    // Values from a connection are shared already. A value made here is shared after its first clone.
    headers.values().for_each(|value: &HeaderValue| drop(value.clone()));
    headers
}

fn preflight(lines: &[(&'static str, &str)]) -> (Method, HeaderMap) {
    (Method::OPTIONS, headers(&[&[("origin", ORIGIN)], lines].concat()))
}

fn actual(origin: &str) -> (Method, HeaderMap) {
    (Method::GET, headers(&[("origin", origin)]))
}

const REQUEST_METHOD: &str = "access-control-request-method";
const REQUEST_HEADERS: &str = "access-control-request-headers";

/// The verdict of the policy. Asserts that neither deciding nor applying allocates.
fn verdict(policy: &Policy, (method, headers): (Method, HeaderMap)) -> Verdict {
    assert_eq!(allocations(|| policy.decide(&method, &headers)), 0, "deciding on {headers:?}");
    let decision = policy.decide(&method, &headers);
    let room = || HeaderMap::with_capacity(16);
    let for_the_map = allocations(room);
    let applied = allocations(|| {
        let mut response = room();
        decision.apply(&mut response);
        response
    });
    assert_eq!(applied, for_the_map, "applying to a response to {headers:?}");
    let new = || {
        let mut response = HeaderMap::new();
        decision.apply(&mut response);
        response
    };
    let expected = new();
    let line_by_line = allocations(|| {
        let mut response = HeaderMap::new();
        for (name, value) in &expected {
            response.insert(name, value.clone());
        }
        response
    });
    assert!(allocations(new) <= line_by_line, "applying to a new map for {headers:?}");
    decision.verdict()
}

#[test]
fn refused_requests_do_not_allocate() {
    let policy = builder().build().unwrap();
    let many = vec!["x"; 400].join(",");
    let long = "x".repeat(16 << 10);
    let refusals = [
        actual("https://other.example"),
        actual("https://apps.example"),
        actual("https://a-rather-long-label.apps.example.other.example:8443"),
        actual("http://[::1]:3000"),
        actual("null"),
        actual("https://app.example/"),
        actual("HTTPS://APP.EXAMPLE"),
        (Method::GET, headers(&[("origin", ORIGIN), ("origin", ORIGIN)])),
        preflight(&[(REQUEST_METHOD, "PATCH")]),
        preflight(&[(REQUEST_METHOD, "TRACE")]),
        preflight(&[(REQUEST_METHOD, "P UT")]),
        preflight(&[(REQUEST_METHOD, "PUT"), (REQUEST_METHOD, "PUT")]),
        preflight(&[(REQUEST_METHOD, "PUT"), (REQUEST_HEADERS, "content-type,x-other")]),
        preflight(&[
            (REQUEST_METHOD, "PUT"),
            (REQUEST_HEADERS, "Content-Type"),
            (REQUEST_HEADERS, "X-Other"),
        ]),
        preflight(&[(REQUEST_METHOD, "PUT"), (REQUEST_HEADERS, "content type")]),
        preflight(&[(REQUEST_METHOD, "PUT"), (REQUEST_HEADERS, &many)]),
        preflight(&[(REQUEST_METHOD, "PUT"), (REQUEST_HEADERS, &long)]),
    ];
    for request in refusals {
        let verdict = verdict(&policy, request);
        assert!(matches!(verdict, Verdict::Refuse(_)), "{verdict:?}");
    }
}

#[test]
fn requests_without_an_origin_do_not_allocate() {
    let with_all = Policy::builder().allow_any_origin().build().unwrap();
    for policy in [builder().build().unwrap(), with_all] {
        let request = (Method::OPTIONS, headers(&[("host", "api.example")]));
        assert_eq!(verdict(&policy, request), Verdict::NotApplicable);
    }
}

#[test]
fn shared_responses_allocate_only_the_header_map() {
    let policy = builder().build().unwrap();
    let with_credentials = Policy::builder()
        .allow_origin(ORIGIN)
        .allow_credentials()
        .allow_any_method()
        .allow_any_header()
        .max_age(std::time::Duration::from_secs(60))
        .build()
        .unwrap();
    let with_all = Policy::builder().allow_any_origin().build().unwrap();
    let allowed = preflight(&[(REQUEST_METHOD, "PUT"), (REQUEST_HEADERS, "content-type,X-Request-Id")]);
    let shared = [
        (&policy, actual(ORIGIN)),
        (&policy, actual("https://a.b.apps.example")),
        (&policy, actual("http://localhost:3000")),
        (&policy, actual("https://some.by-rule.example")),
        (&policy, allowed.clone()),
        (&with_credentials, actual(ORIGIN)),
        (&with_credentials, allowed),
        (&with_all, actual("https://other.example")),
    ];
    for (policy, request) in shared {
        assert_eq!(verdict(policy, request), Verdict::Share);
    }
}

/// The one exception that the documentation names. It also shows that allocations are counted.
#[test]
fn echoing_several_lines_allocates() {
    let builder = Policy::builder().allow_origin(ORIGIN).allow_credentials();
    let policy = builder.allow_any_header().build().unwrap();
    let lines = [(REQUEST_METHOD, "POST"), (REQUEST_HEADERS, "x-one"), (REQUEST_HEADERS, "x-two")];
    let (method, headers) = preflight(&lines);
    assert_eq!(policy.decide(&method, &headers).class(), RequestClass::Preflight);
    assert!(allocations(|| policy.decide(&method, &headers)) > 0);
}
