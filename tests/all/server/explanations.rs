//! Explanations of decisions.

use crossorigin::server::{
    Explanation, MatchedRule, NearMiss, OriginDecision, OriginPattern, Policy, PolicyBuilder, Suggestion,
    Verdict,
};

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

/// A request without a requested method is not a preflight, so its header names are not read.
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
fn each_refusal_has_its_suggestions() {
    let any = origins(["https://a.test"]).allow_any_header().allow_credentials().build().unwrap();
    let long = format!("OPTIONS | O: https://a.test | M: GET | H: {}", "x".repeat(10_000));
    for (policy, request, change) in [
        (&policy(), "GET | O: https://b.test", Suggestion::AllowOrigin("https://b.test".to_owned())),
        (&policy(), "GET | O: null", Suggestion::AllowNullOrigin),
        (&policy(), "OPTIONS | O: https://a.test | M: DELETE", Suggestion::AllowMethod("DELETE".to_owned())),
        (&policy(), "OPTIONS | O: https://a.test | M: patch", Suggestion::SendMethodAs("PATCH".to_owned())),
        (
            &policy(),
            "OPTIONS | O: https://a.test | M: GET | H: Authorization",
            Suggestion::AllowHeaders(vec!["authorization".to_owned()]),
        ),
        (&any, &long, Suggestion::AskForFewerHeaders),
        (&policy(), "GET | O: a.test", Suggestion::FixTheClient),
        (&policy(), "GET | O: https://a.test | O: null", Suggestion::FixTheClient),
        (&policy(), "OPTIONS | M: PUT", Suggestion::SendOrigin),
        (&policy(), "OPTIONS | O: https://a.test", Suggestion::SendRequestMethod),
    ] {
        assert_eq!(explain(policy, request).suggestions, [change], "{request}");
    }
}

/// All obstacles are reported together, not one after another.
#[test]
fn everything_refused_is_reported_at_once() {
    let changes = |request: &str| explain(&policy(), request).suggestions;
    let origin = || Suggestion::AllowOrigin("https://b.test".to_owned());
    let method = |method: &str| Suggestion::AllowMethod(method.to_owned());
    let headers = |name: &str| Suggestion::AllowHeaders(vec![name.to_owned()]);
    assert_eq!(
        changes("OPTIONS | O: https://b.test | M: DELETE | H: x-a,X-B"),
        [origin(), method("DELETE"), headers("x-b")]
    );
    // Several origins are as bad as an invalid one, whatever else is requested.
    assert_eq!(changes("OPTIONS | O: null | O: null | M: P UT | H: x a"), [Suggestion::FixTheClient]);
    assert_eq!(changes("OPTIONS | O: null | M: DELETE"), [Suggestion::AllowNullOrigin, method("DELETE")]);
    // Browsers never request these names, and a policy cannot list them.
    assert_eq!(changes("OPTIONS | O: https://a.test | M: put"), [Suggestion::FixTheClient]);
    assert_eq!(changes("OPTIONS | O: https://a.test | M: PUT | H: cookie"), [Suggestion::FixTheClient]);
    assert_eq!(
        changes("OPTIONS | O: https://a.test | M: PUT | H: x-b,cookie,access-control-x,x d"),
        [headers("x-b"), Suggestion::FixTheClient]
    );
    assert_eq!(changes("OPTIONS | O: https://a.test | M: it's"), [method("it's")]);
    // If the caller decides about origins, there are no near misses of patterns.
    let (method, headers) = request("GET | O: http://a.test");
    let with = |policy: &Policy| policy.explain_with(&method, &headers, OriginDecision::NotAllowed);
    let asking = policy().to_builder().caller_decides_origins().build().unwrap();
    assert_eq!(with(&asking).near_misses, []);
    // The caller and the policy do not fit together.
    assert_eq!(with(&policy()).suggestions, [Suggestion::LetCallerDecide]);
    assert_eq!(asking.explain(&method, &headers).suggestions, [Suggestion::DecideOrigin]);
    let (method, headers) = request("GET | O: https://a.test");
    let unexpected = policy().explain_with(&method, &headers, OriginDecision::Allowed);
    assert_eq!(unexpected.rule, None);
}

#[test]
fn near_misses_of_patterns_are_reported() {
    type Miss = fn(OriginPattern) -> NearMiss;
    let misses: [(&str, Option<(&str, Miss)>); 10] = [
        ("http://a.test", Some(("https://a.test", NearMiss::Scheme))),
        ("https://a.test:8443", Some(("https://a.test", NearMiss::Port))),
        ("https://x.a.test", Some(("https://a.test", NearMiss::Subdomain))),
        ("https://example.com", Some(("https://*.example.com", NearMiss::DomainItself))),
        ("http://x.example.com", Some(("https://*.example.com", NearMiss::Scheme))),
        ("https://x.example.com:1", Some(("https://*.example.com", NearMiss::Port))),
        ("http://localhost:3001", Some(("http://localhost:3000", NearMiss::Port))),
        ("http://b.test:1", None),
        ("http://a.test:1", None),
        ("https://notexample.com", None),
    ];
    for (origin, expected) in misses {
        let explanation = explain(&policy(), &format!("GET | O: {origin}"));
        let expected = expected.map(|(pattern, miss)| miss(pattern.parse().unwrap()));
        assert_eq!(explanation.near_misses, Vec::from_iter(expected), "{origin}");
    }
    // A pattern for any host of an app's scheme nearly matches another port, but no other scheme.
    let apps = origins(["app://*:8080"]).build().unwrap();
    let misses = |origin| explain(&apps, &format!("GET | O: {origin}")).near_misses;
    assert_eq!(misses("app://main"), [NearMiss::Port("app://*:8080".parse().unwrap())]);
    assert_eq!(misses("https://main:8080"), []);
}

/// The lines about the method and the headers of a preflight.
#[test]
fn each_requested_name_is_explained() {
    let asked = |policy: PolicyBuilder, request: &str| {
        let explanation = explain(&policy.build().unwrap(), request).to_string();
        let lines = explanation.lines().filter_map(|line| line.strip_prefix("- The preflight asks for the "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let a = || origins(["https://a.test"]);
    let names = |policy, names: &str| {
        asked(policy, &format!("OPTIONS | O: https://a.test | M: GET | H: {names}")).split_off(1)
    };
    let allowed = ["header x-a, which the policy allows.", "header authorization, which the policy allows."];
    let both = "x-a,authorization";
    assert_eq!(names(a().allow_any_header().allow_header("authorization"), both), allowed);
    assert_eq!(names(a().allow_any_header().allow_credentials(), both), allowed);
    let by_wildcard = names(a().allow_any_header(), both);
    assert_eq!(by_wildcard[0], allowed[0]);
    assert!(by_wildcard[1].starts_with("header authorization, ") && by_wildcard[1] != allowed[1]);
    // A `*` covers what is no name, too.
    assert_eq!(names(a().allow_any_header(), "x b"), ["header x b, which the policy allows."]);
    assert_ne!(names(a().allow_header("x-a"), "authorization"), allowed[1..]);

    let method = |method: &str| asked(a(), &format!("OPTIONS | O: https://a.test | M: {method} | H: x-a"));
    for (name, line) in [
        ("GET", "method GET, which the policy allows."),
        ("PUT", "method PUT, which the policy does not allow."),
        ("TRACE", "method TRACE, which pages cannot send."),
        ("P UT", "method P UT."),
    ] {
        assert_eq!(method(name)[0], line);
    }
    // Only preflights ask.
    assert_eq!(asked(a(), "GET | O: https://a.test | M: PUT | H: x-a"), [""; 0]);
}

#[test]
fn explanations_name_the_matched_rule() {
    let any = Policy::builder().allow_any_origin().build().unwrap();
    assert_eq!(explain(&any, "GET | O: garbage").rule, Some(MatchedRule::AnyOrigin));
    let other = Policy::builder()
        .allow_origins_if(|_| false)
        .allow_origins_if(|origin| origin.host() == "b.test")
        .dangerously_allow_null_origin()
        .caller_decides_origins()
        .build()
        .unwrap();
    assert_eq!(explain(&other, "GET | O: null").rule, Some(MatchedRule::NullOrigin));
    assert_eq!(explain(&other, "GET | O: https://b.test").rule, Some(MatchedRule::Predicate(1)));
    assert_eq!(explain(&other, "GET | O: https://c.test").rule, None);
    let (method, headers) = request("GET | O: https://c.test");
    let passed = |decision| other.explain_with(&method, &headers, decision).rule;
    assert_eq!(passed(OriginDecision::Allowed), Some(MatchedRule::Caller));
    assert_eq!(passed(OriginDecision::NotAllowed), None);
    let (method, headers) = request("GET | O: null");
    assert_eq!(
        other.explain_with(&method, &headers, OriginDecision::Allowed).rule,
        Some(MatchedRule::NullOrigin)
    );
    // A policy for any origin allows `null` too, if the caller does.
    let passing = Policy::builder().allow_any_origin().caller_decides_origins().build().unwrap();
    for (decision, rule) in
        [(OriginDecision::Allowed, Some(MatchedRule::NullOrigin)), (OriginDecision::NotAllowed, None)]
    {
        let explanation = passing.explain_with(&method, &headers, decision);
        assert_eq!(explanation.decision.verdict() == Verdict::Share, rule.is_some());
        assert_eq!(explanation.rule, rule);
    }
    let refused = other.explain_with(&method, &headers, OriginDecision::NotAllowed);
    assert_ne!(refused.decision.verdict(), Verdict::Share);
    assert_eq!(refused.rule, None);
    let allowed = other.explain_with(&method, &headers, OriginDecision::Allowed);
    assert_eq!(allowed.decision.verdict(), Verdict::Share);
}
