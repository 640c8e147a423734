//! Facts 130 to 145: error responses, handlers, `Vary`, invalid policies; and the facts that are not rows of
//! a table.

use crossorigin::{
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{
            ACCEPT, ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_REQUEST_HEADERS,
            ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
        },
    },
    server::{Action, OriginDecision, Policy, PolicyBuilder, RequestOrigin, Verdict, request_origin},
};

use super::{
    super::short_form::{applied, printed, request, response},
    Fact, fact, origins, refused,
};

fn a() -> PolicyBuilder {
    origins(["https://a.test"])
}

pub(crate) fn facts() -> Vec<Fact> {
    let get = "GET | O: https://a.test";
    let development = || {
        a().allow_credentials()
            .allow_method("PUT")
            .allow_header("x-a")
            .max_age(std::time::Duration::from_secs(9))
            .development()
    };
    let developed = |vary: &str| {
        format!(
            "204 | ACAO: https://a.test | ACAC: true | ACAM: PUT | ACAH: x-a | ACMA: 9 | Vary: origin{vary}"
        )
    };
    const FULL: &str = "everything that is allowed, so that the console can name what is missing";

    vec![
        fact(
            135,
            "B: the header of the application has precedence",
            a,
            get,
            "handler | ACAO: https://a.test | Vary: origin",
        )
        .handler("ACAO: https://inner.test | ACAO: *")
        .differs("there is one policy, and one header"),
        fact(
            136,
            "B: a refused preflight does not reach the application, and is a 200",
            a,
            "OPTIONS | O: https://a.test | M: PUT",
            "403 | Vary: origin, M",
        )
        .handler("x-ran: yes")
        .differs("403"),
        fact(
            137,
            "B: members are not repeated",
            a,
            get,
            "handler | ACAO: https://a.test | Vary: Origin, User-Agent",
        )
        .handler("Vary: Origin, User-Agent"),
        fact(
            138,
            "E: added to the existing members",
            a,
            get,
            "handler | ACAO: https://a.test | Vary: Foo, origin",
        )
        .handler("Vary: Foo"),
        fact(138, "E: * is kept", a, get, "handler | ACAO: https://a.test | Vary: *").handler("Vary: *"),
        fact(
            139,
            "G: all three members exist already",
            a,
            get,
            "handler | ACAO: https://a.test | \
             Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
        )
        .handler("Vary: Origin | Vary: Access-Control-Request-Method | Vary: Access-Control-Request-Headers"),
        fact(
            142,
            "J: development, another method",
            development,
            "OPTIONS | O: https://a.test | M: DELETE",
            developed(", access-control-request-method"),
        )
        .differs(FULL),
        fact(
            142,
            "J: development, another header",
            development,
            "OPTIONS | O: https://a.test | M: PUT | H: x-b",
            developed(", access-control-request-method, access-control-request-headers"),
        ),
        fact(
            142,
            "J: development, another origin",
            development,
            "OPTIONS | O: https://b.test | M: PUT",
            "403 | Vary: origin, M",
        ),
        refused(
            144,
            "J: all errors at once",
            || {
                origins(["http://example.com", "https://a.test/", "*"])
                    .allow_credentials()
                    .allow_methods(["CONNECT", "r\u{e9}sum\u{e9}"])
                    .allow_headers(["r\u{e9}sum\u{e9}", "Access-Control-Allow-Origin"])
                    .expose_header("set-cookie")
                    .preflight_status(StatusCode::FOUND)
            },
            &[
                "expose[0] ForbiddenResponseHeader",
                "headers[0] InvalidHeaderName",
                "headers[1] ResponseHeaderAllowed",
                "methods[0] ForbiddenMethod",
                "methods[1] InvalidMethod",
                "origins[0] InsecureOriginWithCredentials",
                "origins[1] Path",
                "origins[2] AnyOriginWithCredentials",
                "preflight_status Status",
            ],
        ),
        super::accepted(
            145,
            "J: covered patterns are left out",
            || origins(["https://*.example.com:8080", "https://*.foo.example.com:8080"]),
            &["origins[1] Covered"],
        ),
    ]
}

#[test]
fn fact_15_y_one_request_leaves_nothing_for_the_next() {
    let policy = origins(["https://example.org"]).build().unwrap();
    let shared = "handler | ACAO: https://example.org | Vary: origin";
    assert_eq!(response(&policy, "GET | O: https://example.org", ""), shared);
    assert_eq!(response(&policy, "GET | O: https://other.org", ""), "handler | Vary: origin");
    assert_eq!(response(&policy, "GET | O: https://example.org", ""), shared);
}

/// Ours: a predicate sees the origin only, so that the decision is the same for all requests of the origin.
/// To look at more, or to wait, decide first and pass the decision in.
#[test]
fn fact_56_t_a_decision_that_depends_on_the_path_is_passed_in() {
    let policy = Policy::builder().caller_decides_origins().build().unwrap();
    let ask = |path: &str, text: &str| {
        let (method, headers) = request(text);
        let allowed = matches!(request_origin(&headers), RequestOrigin::Origin(origin)
            if origin.host() == "example.com" && path == "/public");
        let given = if allowed { OriginDecision::Allowed } else { OriginDecision::NotAllowed };
        applied(&policy.decide_with(&method, &headers, given), "")
    };
    let shared = "handler | ACAO: https://example.com | Vary: origin";
    assert_eq!(ask("/public", "GET | O: https://example.com"), shared);
    assert_eq!(ask("/public", "GET | O: https://example.org"), "handler | Vary: origin");
    assert_eq!(ask("/private", "GET | O: https://example.com"), "handler | Vary: origin");
}

/// Ours: a response with a passed decision depends on the origin, even if the policy alone would share with
/// everybody.
#[test]
fn a_passed_decision_adds_origin_to_vary() {
    let policy = Policy::builder().allow_any_origin().caller_decides_origins().build().unwrap();
    let (method, headers) = request("GET | O: https://a.test");
    let given = |decision| applied(&policy.decide_with(&method, &headers, decision), "");
    assert_eq!(given(OriginDecision::NotAllowed), "handler | Vary: origin");
    assert_eq!(given(OriginDecision::Allowed), "handler | ACAO: https://a.test | Vary: origin");
    assert_eq!(applied(&policy.decide(&method, &headers), ""), "handler | ACAO: *");
}

/// Ours: a policy refuses if the caller's decision is missing, or if it does not expect one. Nobody learns by
/// chance that the two sides do not fit together.
#[test]
fn a_decision_of_the_caller_and_the_policy_must_fit_together() {
    let (method, headers) = request("GET | O: https://a.test");
    let refusal = |policy: &Policy, decided: Option<OriginDecision>| {
        let decision = match decided {
            Some(decided) => policy.decide_with(&method, &headers, decided),
            None => policy.decide(&method, &headers),
        };
        decision.refusal().map(|refusal| refusal.name())
    };
    let both = [Some(OriginDecision::Allowed), Some(OriginDecision::NotAllowed)];
    let lets = Policy::builder().caller_decides_origins().build().unwrap();
    assert_eq!(refusal(&lets, None), Some("OriginNotDecided"));
    assert_eq!(both.map(|decided| refusal(&lets, decided)), [None, Some("OriginNotAllowed")]);
    let listed = || origins(["https://a.test"]);
    let mixed = [
        listed().caller_decides_origins(),
        listed().caller_decides_origins().allow_origin("https://*.b.test"),
    ];
    for mixed in mixed {
        assert_eq!(refusal(&mixed.build().unwrap(), None), None);
    }
    for other in ["https://b.test", "https://*.b.test"] {
        let other = origins([other]).caller_decides_origins().build().unwrap();
        assert_eq!(refusal(&other, None), Some("OriginNotDecided"));
    }
    for alone in [listed(), Policy::builder().allow_any_origin(), Policy::builder().allow_no_origin()] {
        let alone = alone.build().unwrap();
        assert_eq!(both.map(|decided| refusal(&alone, decided)), [Some("UnexpectedOriginDecision"); 2]);
    }
}

/// Ours: a server that looks at another header adds it to `Vary`, as for everything else that its handler
/// looks at.
#[test]
fn fact_57_r_a_decision_that_depends_on_another_header_names_it_in_vary() {
    let policy = Policy::builder().caller_decides_origins().build().unwrap();
    let (method, headers) = request("GET | O: https://a.test | authorization: secret");
    let known = headers.get("authorization").is_some_and(|value| value == "secret");
    let given = if known { OriginDecision::Allowed } else { OriginDecision::NotAllowed };
    let response = applied(&policy.decide_with(&method, &headers, given), "Vary: authorization");
    assert_eq!(response, "handler | ACAO: https://a.test | Vary: authorization, origin");
}

/// Y, W and A before 0.7.2 lose the headers of errors; D and P keep them. Ours: a decision does not depend on
/// the status.
#[test]
fn fact_130_errors_have_the_headers_too() {
    let policy = origins(["https://a.test"]).build().unwrap();
    for error in ["x-status: 401 | www-authenticate: basic", "x-status: 404", "x-status: 405 | allow: GET"] {
        let response = response(&policy, "GET | O: https://a.test", error);
        assert!(response.starts_with("handler | ACAO: https://a.test"), "{response}");
    }
}

#[test]
fn fact_131_d_a_response_sent_before_the_policy_decides_has_no_headers() {
    assert_eq!(printed("handler", &HeaderMap::new()), "handler");
}

/// R and E can pass preflights to the handler. Ours: the action is advice, and the headers are right either
/// way.
#[test]
fn facts_132_and_133_preflights_may_be_passed_through() {
    let policy = origins(["https://a.test"]).preflight_status(StatusCode::OK).build().unwrap();
    let (method, headers) = request("OPTIONS | O: https://a.test | M: GET");
    let decision = policy.decide(&method, &headers);
    assert_eq!(decision.action(), Action::Respond(StatusCode::OK));
    let mut response = HeaderMap::new();
    response.insert("x-ran", HeaderValue::from_static("yes"));
    decision.apply(&mut response);
    assert_eq!(
        printed("handler", &response),
        "handler | ACAO: https://a.test | Vary: origin, M, H | x-ran: yes"
    );
}

/// Z can respond with 400, and refuses WebSocket upgrades. Ours: the verdict and `allows_origin` serve that
/// purpose.
#[test]
fn fact_134_a_server_can_refuse_by_the_verdict_and_check_the_origin_of_websockets() {
    let policy = origins(["https://a.test"]).build().unwrap();
    let (method, headers) = request("GET | O: https://b.test");
    assert!(matches!(policy.decide(&method, &headers).verdict(), Verdict::Refuse(_)));
    assert!(!policy.allows_origin("https://b.test"));
    assert!(policy.allows_origin("https://a.test"));
}

#[test]
fn fact_140_j_a_bad_configuration_leaves_the_old_policy() {
    let mut current = origins(["https://a.test"]).build().unwrap();
    if let Ok(next) = origins(["nonsense"]).build() {
        current = next;
    }
    assert!(current.allows_origin("https://a.test"));
}

#[test]
fn fact_141_j_changing_a_response_does_not_change_the_next() {
    let policy = origins(["https://a.test"]).allow_credentials().build().unwrap();
    let (method, headers) = request("GET | O: https://a.test");
    let decision = policy.decide(&method, &headers);
    let mut first = HeaderMap::new();
    decision.apply(&mut first);
    first.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("oops"));
    let mut second = HeaderMap::new();
    decision.apply(&mut second);
    assert_eq!(second.get(ACCESS_CONTROL_ALLOW_CREDENTIALS).unwrap(), "true");
}

#[test]
fn fact_143_j_invalid_patterns_are_errors() {
    for (pattern, name) in [
        ("https://foo:", "PortEmpty"),
        ("https://foo:0", "PortZero"),
        ("https://foo:06060", "PortLeadingZero"),
        ("https://foo:65536", "PortTooLarge"),
        ("https://foo:12345foo", "PortByte"),
        ("http://1:6060", "Ipv4"),
        ("http://foo.bar.255", "Ipv4"),
        ("http://127.1:3999", "Ipv4"),
        ("http://[::ffff:7f7f:7f7f]", "Ipv4Mapped"),
        ("http://[2001:4860:4860:0000:0000:0000:0000:8888]", "Ipv6NotCanonical"),
        ("http://[fe80::1%eth2]", "Ipv6"),
        ("http://**.example.com", "WildcardMisplaced"),
        ("http://foo.*.example.com", "WildcardMisplaced"),
        ("http://*example.com", "WildcardMisplaced"),
        ("http://*.127.0.0.1", "WildcardOverAddress"),
        ("http://xn--f", "Punycode"),
        ("http://exAmplE.coM", "Uppercase"),
        (" http://example.com", "SchemeByte"),
        ("http://example.com ", "HostByte"),
        ("http://user:password@example.com", "Userinfo"),
    ] {
        let outcome = origins([pattern]).build();
        let found = outcome.map_or_else(
            |errors| errors.iter().map(|error| error.kind.name()).collect::<String>(),
            |_| "accepted".to_owned(),
        );
        assert_eq!(found, name, "{pattern}");
    }
}

/// With the development switch, the response to a refused preflight lists what is allowed, and nothing else.
#[test]
fn a_refusal_in_development_lists_what_is_allowed() {
    let developed = || a().development();
    let any = || developed().allow_any_method().allow_any_header();
    for (policy, names, lists) in [
        (developed(), "M: DELETE", "ACAM: GET, HEAD, POST | ACAO: https://a.test"),
        (any(), "M: TRACE", "ACAH: * | ACAM: * | ACAO: https://a.test"),
        (any().allow_credentials(), "M: TRACE | H: x-a", "ACAC: true | ACAH: x-a | ACAO: https://a.test"),
        (
            developed().allow_credentials().allow_any_method().allow_header("x-a"),
            "M: PUT | H: x-b",
            "ACAC: true | ACAH: x-a | ACAM: PUT | ACAO: https://a.test",
        ),
        (any().allow_credentials(), "M: PUT | H: x b", "ACAC: true | ACAM: PUT | ACAO: https://a.test"),
    ] {
        let response =
            response(&policy.build().unwrap(), &format!("OPTIONS | O: https://a.test | {names}"), "");
        let (headers, _) = response.split_once(" | Vary").unwrap();
        assert_eq!(headers, format!("204 | {lists}"), "{names}");
    }
}

#[test]
fn the_headers_of_vary_are_public() {
    let policy = a().allow_method("PUT").build().unwrap();
    let vary = |text: &str| {
        let (method, headers) = request(text);
        policy.decide(&method, &headers).vary()
    };
    for (text, members) in [
        ("GET | O: https://a.test", &["origin"][..]),
        (
            "OPTIONS | O: https://a.test | M: PUT",
            &["origin", "access-control-request-method", "access-control-request-headers"],
        ),
        ("OPTIONS | O: https://a.test | M: LOCK | H: x-a", &["origin", "access-control-request-method"]),
    ] {
        let vary = vary(text);
        assert_eq!(vary.to_string(), members.join(", "), "{text}");
        assert_eq!(
            format!("{vary:?}"),
            format!("{{{}}}", members.iter().map(|it| format!("{it:?}")).collect::<Vec<_>>().join(", "))
        );
        for name in [ORIGIN, ACCESS_CONTROL_REQUEST_METHOD, ACCESS_CONTROL_REQUEST_HEADERS, ACCEPT] {
            assert_eq!(vary.contains(&name), members.contains(&name.as_str()), "{text} {name}");
        }
    }
}
