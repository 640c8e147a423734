//! Why a policy refuses a request, for logs and for people.

use crossorigin::server::{OriginAnswer, Policy};
use std::collections::BTreeSet;

use crate::server::short_form::request;

#[test]
fn refusals_of_policies() {
    let plain = Policy::builder().allow_origin("https://a.test").allow_header("x-a").build().unwrap();
    let any = Policy::builder()
        .allow_origin("https://a.test")
        .allow_any_header()
        .allow_any_method()
        .build()
        .unwrap();
    let long = format!("OPTIONS | O: https://a.test | M: GET | H: {}", "x".repeat(10_000));
    let many = format!("OPTIONS | O: https://a.test | M: GET | H: {}", ",".repeat(300));
    let pinned = [
        (&plain, "GET | O: https://b.test", "OriginNotAllowed", "the policy does not allow the origin"),
        (&plain, "GET | O: null", "NullOrigin", "the origin is `null`, which the policy does not allow"),
        (
            &plain,
            "GET | O: https://a.test/",
            "InvalidOrigin",
            "the `Origin` header is not a serialized origin: an origin ends after host and port, and at byte 14 there is \
             0x2F (`/`)",
        ),
        (
            &plain,
            "GET | O: https://a.test | O: https://a.test",
            "SeveralOrigins",
            "there are several `Origin` headers",
        ),
        (
            &plain,
            "OPTIONS | O: https://a.test | M: PUT",
            "MethodNotAllowed",
            "the policy does not allow the method in Access-Control-Request-Method",
        ),
        (
            &plain,
            "OPTIONS | O: https://a.test | M: P UT",
            "InvalidMethod",
            "Access-Control-Request-Method is not one method",
        ),
        (
            &any,
            "OPTIONS | O: https://a.test | M: TRACE",
            "ForbiddenMethod",
            "the preflight asks for a method that is forbidden to pages",
        ),
        (
            &plain,
            "OPTIONS | O: https://a.test | M: GET | H: x-a,x-b",
            "HeaderNotAllowed",
            "the policy does not allow the header that is name 1 of Access-Control-Request-Headers",
        ),
        (
            &plain,
            "OPTIONS | O: https://a.test | M: GET | H: x y",
            "InvalidRequestHeader",
            "name 0 of Access-Control-Request-Headers is not the name of a header",
        ),
        (
            &any,
            "OPTIONS | O: https://a.test | M: GET | H: authorization",
            "AuthorizationNotListed",
            "the preflight asks for `authorization` (name 0 of Access-Control-Request-Headers), which `*` does not cover \
             and the policy does not list",
        ),
        (&any, &long, "RequestHeadersTooLong", "Access-Control-Request-Headers is longer than 8192 bytes"),
        (
            &any,
            &many,
            "TooManyRequestHeaders",
            "Access-Control-Request-Headers has more elements than any browser would send",
        ),
    ];
    let mut reached = BTreeSet::new();
    for (policy, text, name, message) in pinned {
        let (method, headers) = request(text);
        let refusal = policy.decide(&method, &headers).refusal().unwrap();
        assert_eq!((refusal.name(), refusal.to_string().as_str()), (name, message));
        // The name of the variant.
        assert_eq!(format!("{refusal:?}").split([' ', '(']).next(), Some(name));
        reached.insert(name);
    }
    assert_eq!(reached.len(), 12);
}

#[test]
fn explanations() {
    let policy = Policy::builder().allow_origins(["https://*.a.test", "http://b.test"]).build().unwrap();
    let explain = |policy: &Policy, text: &str| {
        let (method, headers) = request(text);
        policy.explain(&method, &headers).to_string()
    };
    for (origin, near_miss) in [
        ("https://a.test", "https://*.a.test nearly matches: a domain is not one of its own subdomains"),
        ("https://x.a.test:8443", "https://*.a.test nearly matches: the port differs"),
        ("https://b.test", "http://b.test nearly matches: the scheme differs"),
        ("http://x.b.test", "http://b.test nearly matches: subdomains are origins of their own"),
    ] {
        assert_eq!(
            explain(&policy, &format!("GET | O: {origin}")),
            format!(
                "GET is a CORS request from {origin}: refused (OriginNotAllowed).\n\
                 - the policy does not allow the origin\n- {near_miss}\n\
                 - to change that: allow the origin {origin}\n\
                 - the handler runs, and the page cannot read the response"
            )
        );
    }
    let caller = Policy::builder().caller_decides_origins().build().unwrap();
    let (method, headers) = request("GET | O: https://a.test");
    assert_eq!(
        caller.explain_with(&method, &headers, OriginAnswer::Allowed).to_string(),
        "GET is a CORS request from https://a.test: allowed.\n- the origin is allowed: the caller says so\n\
         - the handler runs, and the page can read the response"
    );
}
