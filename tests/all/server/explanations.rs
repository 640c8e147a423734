//! What explanations say.

use crossorigin::server::{Difference, Explanation, MatchedRule, OriginAnswer, Policy};

use super::{facts::origins, short_form::request};

fn explain(policy: &Policy, text: &str) -> Explanation {
    let (method, headers) = request(text);
    policy.explain(&method, &headers)
}

fn policy() -> Policy {
    origins(["https://a.test", "https://*.example.com", "http://localhost:3000"])
        .allow_methods(["PUT", "PATCH"])
        .allow_header("x-a")
        .build()
        .unwrap()
}

/// Without the method that it asks for it is no preflight, and nobody looks at its headers.
#[test]
fn only_preflights_have_more_than_one_refusal() {
    let refusals = |text| {
        let explanation = explain(&policy(), text);
        explanation.refusals.iter().map(|refusal| refusal.name()).collect::<Vec<_>>()
    };
    let all = ["OriginNotAllowed", "MethodNotAllowed", "HeaderNotAllowed"];
    assert_eq!(refusals("OPTIONS | O: https://b.test | M: DELETE | H: x-b"), all);
    assert_eq!(refusals("OPTIONS | O: https://b.test | H: x-b"), all[..1]);
}

#[test]
fn an_accepted_preflight() {
    assert_eq!(
        explain(&policy(), "OPTIONS | O: https://a.example.com | M: PUT | H: x-a").to_string(),
        "OPTIONS is a CORS preflight from https://a.example.com: allowed.\n\
         - the origin is allowed: https://*.example.com matches\n\
         - it asks for the method PUT\n\
         - it asks for the header x-a: allowed\n\
         - the answer is 204 No Content, and the browser sends the request"
    );
}

#[test]
fn a_refused_preflight() {
    assert_eq!(
        explain(&policy(), "OPTIONS | O: https://a.test | M: PUT | H: x-a,X-B,x-c").to_string(),
        "OPTIONS is a CORS preflight from https://a.test: refused (HeaderNotAllowed).\n\
         - the policy does not allow the header that is name 1 of Access-Control-Request-Headers\n\
         - the origin is allowed: https://a.test matches\n\
         - it asks for the method PUT\n\
         - it asks for the header x-a: allowed\n\
         - it asks for the header X-B: not allowed\n\
         - it asks for the header x-c: not allowed\n\
         - to change that: allow the headers x-b, x-c\n\
         - the answer is 403 Forbidden, and the browser does not send the request"
    );
}

#[test]
fn requests_that_are_no_cors() {
    let text = |request: &str| explain(&policy(), request).to_string();
    assert_eq!(text("GET"), "GET is no CORS request: nobody asks.\n- the handler runs");
    assert_eq!(
        text("OPTIONS | M: PUT"),
        "OPTIONS is no CORS request: nobody asks.\n\
         - to change that: send an Origin header, if this is meant to be a preflight\n- the handler runs"
    );
    assert_eq!(
        text("OPTIONS | O: https://a.test"),
        "OPTIONS is a CORS request from https://a.test: allowed.\n\
         - the origin is allowed: https://a.test matches\n\
         - to change that: send an Access-Control-Request-Method header, if this is meant to be a preflight\n\
         - the handler runs, and the page can read the response"
    );
}

#[test]
fn each_refusal_says_what_to_change() {
    let any = origins(["https://a.test"]).allow_any_header().build().unwrap();
    let long = format!("OPTIONS | O: https://a.test | M: GET | H: {}", "x".repeat(10_000));
    for (policy, request, change) in [
        (&policy(), "GET | O: https://b.test", "allow the origin https://b.test"),
        (&policy(), "GET | O: null", "give the page an origin of its own; allowing `null` is dangerous"),
        (&policy(), "OPTIONS | O: https://a.test | M: DELETE", "allow the method DELETE"),
        (
            &policy(),
            "OPTIONS | O: https://a.test | M: patch",
            "write the method as PATCH in the page; browsers do not change its case",
        ),
        (&any, "OPTIONS | O: https://a.test | M: GET | H: authorization", "allow the headers authorization"),
        (&any, &long, "ask for fewer headers at once"),
        (&policy(), "GET | O: a.test", "send what browsers send; no policy allows this"),
        (&policy(), "GET | O: https://a.test | O: null", "send what browsers send; no policy allows this"),
    ] {
        let changes: Vec<_> = explain(policy, request).suggestions.iter().map(ToString::to_string).collect();
        assert_eq!(changes, [change], "{request}");
    }
}

/// What stands in the way is named together, and not one thing after another has been mended.
#[test]
fn all_that_is_refused_is_named_at_once() {
    assert_eq!(
        explain(&policy(), "OPTIONS | O: https://b.test | M: DELETE | H: x-a,X-B").to_string(),
        "OPTIONS is a CORS preflight from https://b.test: refused (OriginNotAllowed).\n\
         - the policy does not allow the origin\n\
         - the policy does not allow the method in Access-Control-Request-Method\n\
         - the policy does not allow the header that is name 1 of Access-Control-Request-Headers\n\
         - it asks for the method DELETE\n\
         - it asks for the header x-a: allowed\n\
         - it asks for the header X-B: not allowed\n\
         - to change that: allow the origin https://b.test\n\
         - to change that: allow the method DELETE\n\
         - to change that: allow the headers x-b\n\
         - the answer is 403 Forbidden, and the browser does not send the request"
    );
    let changes = |request: &str| {
        let changes = explain(&policy(), request).suggestions;
        changes.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let fix = "send what browsers send; no policy allows this";
    // Several lines are as bad as one that is none, whatever else is asked for.
    assert_eq!(changes("OPTIONS | O: null | O: null | M: P UT | H: x a"), [fix]);
    let null = "give the page an origin of its own; allowing `null` is dangerous";
    assert_eq!(changes("OPTIONS | O: null | M: DELETE"), [null, "allow the method DELETE"]);
    // Browsers ask for nothing of this, and a policy cannot list it.
    assert_eq!(changes("OPTIONS | O: https://a.test | M: put"), [fix]);
    assert_eq!(changes("OPTIONS | O: https://a.test | M: PUT | H: cookie"), [fix]);
    assert_eq!(
        changes("OPTIONS | O: https://a.test | M: PUT | H: x-b,cookie,access-control-x,x d"),
        ["allow the headers x-b", fix]
    );
    assert_eq!(changes("OPTIONS | O: https://a.test | M: it's"), ["allow the method it's"]);
    // Of an origin that somebody else decides about, the patterns say nothing.
    let (method, headers) = request("GET | O: http://a.test");
    assert_eq!(policy().explain_with(&method, &headers, OriginAnswer::NotAllowed).near_misses, []);
}

#[test]
fn near_misses() {
    for (origin, expected) in [
        ("http://a.test", Some(("https://a.test", Difference::Scheme))),
        ("https://a.test:8443", Some(("https://a.test", Difference::Port))),
        ("https://x.a.test", Some(("https://a.test", Difference::Subdomain))),
        ("https://example.com", Some(("https://*.example.com", Difference::DomainItself))),
        ("http://x.example.com", Some(("https://*.example.com", Difference::Scheme))),
        ("https://x.example.com:1", Some(("https://*.example.com", Difference::Port))),
        ("http://localhost:3001", Some(("http://localhost:3000", Difference::Port))),
        ("http://b.test:1", None),
        ("http://a.test:1", None),
        ("https://notexample.com", None),
    ] {
        let explanation = explain(&policy(), &format!("GET | O: {origin}"));
        let found = explanation.near_misses.first().map(|it| (it.pattern.to_string(), it.difference));
        let found = found.as_ref().map(|(pattern, difference)| (pattern.as_str(), *difference));
        assert_eq!(found, expected, "{origin}");
        assert!(explanation.near_misses.len() <= 1);
    }
    let reads = |origin: &str| explain(&policy(), &format!("GET | O: {origin}")).near_misses[0].to_string();
    for (origin, read) in [
        ("http://a.test", "https://a.test nearly matches: the scheme differs"),
        ("https://a.test:8443", "https://a.test nearly matches: the port differs"),
        ("https://x.a.test", "https://a.test nearly matches: subdomains are origins of their own"),
        (
            "https://example.com",
            "https://*.example.com nearly matches: a domain is not one of its own subdomains",
        ),
    ] {
        assert_eq!(reads(origin), read);
    }
}

#[test]
fn each_rule_has_a_name() {
    let any = Policy::builder().allow_any_origin().build().unwrap();
    assert_eq!(explain(&any, "GET | O: garbage").rule, Some(MatchedRule::AnyOrigin));
    let other = Policy::builder()
        .allow_origins_if(|_| false)
        .allow_origins_if(|origin| origin.host() == "b.test")
        .dangerously_allow_null_origin()
        .build()
        .unwrap();
    assert_eq!(explain(&other, "GET | O: null").rule, Some(MatchedRule::NullOrigin));
    assert_eq!(explain(&other, "GET | O: https://b.test").rule, Some(MatchedRule::Predicate(1)));
    assert_eq!(explain(&other, "GET | O: https://c.test").rule, None);
    let (method, headers) = request("GET | O: https://c.test");
    let passed = |answer| other.explain_with(&method, &headers, answer).rule;
    assert_eq!(passed(OriginAnswer::Allowed), Some(MatchedRule::Caller));
    assert_eq!(passed(OriginAnswer::NotAllowed), None);
    let (method, headers) = request("GET | O: null");
    assert_eq!(
        other.explain_with(&method, &headers, OriginAnswer::Allowed).rule,
        Some(MatchedRule::NullOrigin)
    );
    let refused = other.explain_with(&method, &headers, OriginAnswer::NotAllowed);
    assert!(!refused.is_shared());
    assert_eq!(refused.rule, None);
    assert!(other.explain_with(&method, &headers, OriginAnswer::Allowed).is_shared());
}
