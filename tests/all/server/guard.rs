//! The guard: which hosts pass, what a decision becomes without them, and that DNS rebinding does not pass.

use crossorigin::{
    http::{
        HeaderMap, HeaderValue, Method, StatusCode, Uri,
        header::{HOST, ORIGIN},
    },
    origin::OriginError,
    server::{
        Action, GuardError, HostGuard, OriginDecision, Policy, PolicyRefusal, RequestClass, Suggestion,
        Verdict, may_be_same_origin, request_headers,
    },
};
use proptest::prelude::*;

use super::{short_form::request, strategies::policy_and_requests};
use crate::proptest_config::cases;

fn guard(hosts: &[&str]) -> HostGuard {
    HostGuard::new(hosts).unwrap()
}

fn check(guard: &HostGuard, target: &str, hosts: &[&[u8]]) -> Result<(), PolicyRefusal> {
    let mut headers = HeaderMap::new();
    for host in hosts {
        headers.append(HOST, HeaderValue::from_bytes(host).unwrap());
    }
    guard.check(&target.parse().unwrap(), &headers)
}

/// Whether a host passes, in `Host` and in the target of HTTP/2 if that can have it.
fn passes(guard: &HostGuard, host: &str) -> bool {
    let passes = check(guard, "/", &[host.as_bytes()]).is_ok();
    if let Ok(uri) = Uri::builder().scheme("http").authority(host).path_and_query("/").build() {
        let by_target = guard.check(&uri, &HeaderMap::new()).is_ok();
        assert_eq!(by_target, passes, "{host}");
    }
    passes
}

#[test]
fn the_hosts_of_the_local_machine_pass() {
    let guard = HostGuard::loopback();
    for host in [
        "localhost",
        "localhost:3000",
        "LocalHost:3000",
        "localhost.",
        "localhost.:3000",
        "app.localhost:3000",
        "a.b_c.localhost",
        "127.0.0.1",
        "127.0.0.1:65535",
        "[::1]",
        "[::1]:8080",
        "localhost:0",
    ] {
        assert!(passes(&guard, host), "{host}");
    }
    for host in [
        "",
        ".",
        "evil.example",
        "evil.example:3000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evillocalhost",
        "evil-localhost",
        "evil_localhost",
        ".localhost",
        "a..localhost",
        "evil.example/.localhost",
        "evil.example:80.localhost",
        "evil@a.localhost",
        "localhost..",
        "localhost:",
        "localhost:x",
        "localhost:+1",
        "localhost:-1",
        "localhost:65536",
        "localhost:3000:3000",
        "localhost:3000@evil.example",
        "localhost@evil.example",
        "user@localhost",
        "localhost evil.example",
        "localhost,evil.example",
        "localhost/",
        "localhost#",
        " localhost",
        "127.0.0.2",
        "127.1",
        "0x7f.0.0.1",
        "2130706433",
        "0.0.0.0",
        "::1",
        "[::1",
        "::1]",
        "[::1].",
        "[::1]3000",
        "[::1]:x",
        "[[::1]]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:7f00:1]",
        "[localhost]",
        "*.localhost",
        "null",
    ] {
        assert!(!passes(&guard, host), "{host}");
    }
    assert_eq!(check(&guard, "/", &[b"localhost\xff"]), Err(PolicyRefusal::HostNotAllowed));
}

#[test]
fn only_the_listed_hosts_pass() {
    let guard = guard(&["panel.lan", "*.dev.example.com", "192.168.1.5", "[fd00::5]", "my_service"]);
    for host in [
        "panel.lan:80",
        "a.dev.example.com",
        "a.b.DEV.example.com.",
        "192.168.1.5",
        "[FD00::5]:1",
        "my_service",
    ] {
        assert!(passes(&guard, host), "{host}");
    }
    for host in [
        "a.panel.lan",
        "lan",
        "dev.example.com",
        "adev.example.com",
        "192.168.1.50",
        "1.192.168.1.5",
        "[fd00::6]",
        "localhost",
    ] {
        assert!(!passes(&guard, host), "{host}");
    }
    assert_eq!(
        guard,
        self::guard(&["panel.lan", "*.dev.example.com", "192.168.1.5", "[fd00::5]", "my_service"])
    );
}

#[test]
fn addresses_can_pass() {
    let named = guard(&["panel.lan"]);
    let guard = named.clone().allow_ip_addresses();
    for host in ["192.168.1.5:8080", "10.0.0.1", "[fd00::5]:80", "[2001:db8::1]", "panel.lan"] {
        assert!(passes(&guard, host), "{host}");
        assert_eq!(passes(&named, host), host == "panel.lan");
    }
    for host in [
        "evil.example",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.4.evil.example",
        "[evil.example]",
        "[1.2.3.4]",
        "2001:db8::1",
        "01.2.3.4",
    ] {
        assert!(!passes(&guard, host), "{host}");
    }
    assert_ne!(guard, named);
}

#[test]
fn hosts_are_written_as_in_a_url() {
    let error = |host: &str| match HostGuard::new(["localhost", host]).unwrap_err() {
        GuardError::InvalidHost { host: found, error } => {
            assert_eq!(found, host);
            error
        }
        other => panic!("{other}"),
    };
    assert_eq!(error("localhost:3000"), OriginError::HostByte { byte: b':', index: 9 });
    assert_eq!(error("http://localhost"), OriginError::HostByte { byte: b':', index: 4 });
    assert_eq!(error("Localhost"), OriginError::Uppercase { index: 0 });
    assert_eq!(error("localhost."), OriginError::LabelEmpty { index: 10 });
    assert_eq!(error("*.a..b"), OriginError::LabelEmpty { index: 4 });
    assert_eq!(error("*"), OriginError::HostByte { byte: b'*', index: 0 });
    assert_eq!(error("a.*"), OriginError::HostByte { byte: b'*', index: 2 });
    assert_eq!(error("*.127.0.0.1"), OriginError::HostByte { byte: b'*', index: 0 });
    assert_eq!(error("*.[::1]"), OriginError::HostByte { byte: b'*', index: 0 });
    assert_eq!(error("127.1"), OriginError::Ipv4);
    assert_eq!(error("::1"), OriginError::HostByte { byte: b':', index: 0 });
    assert_eq!(error("[::1"), OriginError::Ipv6);
    assert_eq!(error("[::1]:80"), OriginError::Ipv6);
    assert_eq!(error(""), OriginError::HostEmpty);
    assert_eq!(HostGuard::new([] as [&str; 0]), Err(GuardError::NoHost));
}

/// HTTP/2 has the host in the target. Some clients send both.
#[test]
fn every_host_that_a_request_names_must_pass() {
    let guard = HostGuard::loopback();
    let check = |target, hosts: &[&str]| {
        let hosts: Vec<_> = hosts.iter().map(|host| host.as_bytes()).collect();
        check(&guard, target, &hosts)
    };
    let foreign = Err(PolicyRefusal::HostNotAllowed);
    assert_eq!(check("/", &["localhost"]), Ok(()));
    assert_eq!(check("*", &["localhost"]), Ok(()));
    assert_eq!(check("http://localhost:3000/", &[]), Ok(()));
    assert_eq!(check("http://localhost:3000/", &["127.0.0.1:3000"]), Ok(()));
    assert_eq!(check("http://evil.example/", &[]), foreign);
    assert_eq!(check("http://evil.example/", &["localhost"]), foreign);
    assert_eq!(check("http://localhost/", &["evil.example"]), foreign);
    assert_eq!(check("http://user@localhost/", &[]), foreign);
    assert_eq!(check("/", &[]), Err(PolicyRefusal::HostMissing));
    assert_eq!(check("/", &["localhost", "localhost"]), Err(PolicyRefusal::SeveralHosts));
    assert_eq!(check("/", &["localhost", "evil.example"]), Err(PolicyRefusal::SeveralHosts));
    assert_eq!(check("http://localhost/", &["localhost", "localhost"]), Err(PolicyRefusal::SeveralHosts));
}

#[test]
fn an_opaque_origin_does_not_pass() {
    let guard = HostGuard::loopback();
    let check = |text: &str| {
        let (_, headers) = request(text);
        guard.check(&"/".parse().unwrap(), &headers)
    };
    assert_eq!(check("POST | host: localhost | O: null"), Err(PolicyRefusal::NullOrigin));
    assert_eq!(
        check("POST | host: localhost | O: http://localhost | O: null"),
        Err(PolicyRefusal::NullOrigin)
    );
    assert_eq!(check("POST | host: localhost | O: https://other.example"), Ok(()));
    assert_eq!(check("POST | host: evil.example | O: null"), Err(PolicyRefusal::HostNotAllowed));
}

/// What the comparison of `Origin` with `Host` lets pass, and what the attack looks like.
#[test]
fn dns_rebinding_passes_every_check_except_the_guard() {
    let policy = Policy::builder().allow_any_origin().allow_any_method().build().unwrap();
    let (guard, uri) = (HostGuard::loopback(), "/".parse::<Uri>().unwrap());
    for text in [
        "GET | host: evil.example:3000 | sec-fetch-site: same-origin",
        "GET | host: evil.example:3000",
        "POST | host: evil.example:3000 | O: http://evil.example:3000 | sec-fetch-site: same-origin",
        "POST | host: evil.example:3000 | O: http://evil.example:3000",
        "OPTIONS | host: evil.example:3000 | O: http://evil.example:3000 | M: PUT",
    ] {
        let (method, headers) = request(text);
        let decision = policy.decide(&method, &headers);
        assert_eq!(decision.refusal(), None, "{text}");
        let compared = headers.contains_key(ORIGIN) || headers.contains_key("sec-fetch-site");
        assert_eq!(may_be_same_origin(&uri, &headers), compared, "{text}");

        let guarded = decision.guarded(&guard, &uri, &headers);
        assert_eq!(guarded.verdict(), Verdict::Refuse(PolicyRefusal::HostNotAllowed));
        assert_eq!(guarded.action(), Action::Respond(StatusCode::FORBIDDEN));
        assert_eq!(guarded.headers().count(), 0);
    }
}

/// The guard comes before the preflight, whatever the caller decides about the origin. It also serves servers
/// without the types of `http`.
#[test]
fn the_guard_comes_first() {
    let policy = Policy::builder().caller_decides_origins().refusal_status(StatusCode::OK).build().unwrap();
    let (method, headers) = request("OPTIONS | host: evil.example | O: https://a.test | M: GET");
    let headers = request_headers(|name| headers.get_all(name).iter());
    let decision = policy.decide_with(&method, &headers, OriginDecision::Allowed);
    assert_eq!(decision.action(), Action::Respond(StatusCode::NO_CONTENT));
    let guarded = decision.guarded(&HostGuard::loopback(), &Uri::default(), &headers);
    assert_eq!(
        (guarded.class(), guarded.action()),
        (RequestClass::Preflight, Action::Respond(StatusCode::FORBIDDEN))
    );
    let mut response = HeaderMap::new();
    response.insert("access-control-allow-origin", HeaderValue::from_static("*"));
    guarded.apply(&mut response);
    assert_eq!(response.keys().collect::<Vec<_>>(), ["vary"]);
}

#[test]
fn explanations_say_what_the_guard_refuses() {
    let policy = Policy::builder().allow_origin("https://a.test").build().unwrap();
    let explain = |text: &str| {
        let (method, headers) = request(text);
        let explanation = policy.explain(&method, &headers);
        explanation.guarded(&HostGuard::loopback(), &"/".parse().unwrap(), &headers)
    };
    let foreign = explain("OPTIONS | host: evil.example:80");
    assert_eq!(foreign.refusals, [PolicyRefusal::HostNotAllowed]);
    assert_eq!(foreign.suggestions, [Suggestion::ListHost("evil.example:80".to_owned())]);
    let both = explain("GET | host: evil.example | O: https://b.test");
    assert_eq!(both.refusals, [PolicyRefusal::HostNotAllowed, PolicyRefusal::OriginNotAllowed]);
    assert_eq!(both.suggestions.len(), 2);
    let null = explain("GET | host: localhost | O: null");
    assert_eq!(
        (null.refusals, null.suggestions),
        (vec![PolicyRefusal::NullOrigin], vec![Suggestion::AllowNullOrigin])
    );
    assert_eq!(explain("GET | O: https://a.test").suggestions, [Suggestion::FixTheClient]);
    let fine = explain("GET | host: localhost | O: https://a.test");
    assert_eq!((fine.refusals, fine.suggestions), (vec![], vec![]));
    assert!(!fine.decision.vary().to_string().is_empty());
}

proptest! {
    #![proptest_config(cases(500))]

    /// A request that passes the guard gets the decision of the policy, with `origin` in `Vary`. Every other
    /// request gets 403 without CORS headers. The explanation agrees.
    #[test]
    fn a_guard_refuses_or_changes_nothing(
        (settings, [(method, mut headers)]) in policy_and_requests(),
        host in proptest::sample::select(&["localhost:3000", "[::1]", "evil.example", ""][..]),
    ) {
        if !host.is_empty() {
            headers.insert(HOST, HeaderValue::from_static(host));
        }
        let (policy, guard, uri) = (settings.to_builder().build().unwrap(), HostGuard::loopback(), Uri::default());
        let usual = policy.decide(&method, &headers);
        let guarded = usual.clone().guarded(&guard, &uri, &headers);
        let lines = |decision: &crossorigin::server::Decision| {
            decision.headers().map(|(name, value)| (name.clone(), value.clone())).collect::<Vec<_>>()
        };
        match guard.check(&uri, &headers) {
            Ok(()) => {
                prop_assert_eq!((guarded.verdict(), guarded.action()), (usual.verdict(), usual.action()));
                prop_assert_eq!(lines(&guarded), lines(&usual));
                prop_assert!(["localhost:3000", "[::1]"].contains(&host));
                prop_assert!(headers.get_all(ORIGIN).iter().all(|origin| origin != "null"));
            }
            Err(refusal) => {
                prop_assert_eq!(guarded.verdict(), Verdict::Refuse(refusal));
                prop_assert_eq!(guarded.action(), Action::Respond(StatusCode::FORBIDDEN));
                prop_assert_eq!(lines(&guarded), vec![]);
            }
        }
        prop_assert!(guarded.vary().contains(&ORIGIN) && guarded.class() == usual.class());
        prop_assert!(usual.vary().iter().all(|name| guarded.vary().contains(name)));
        let explanation = policy.explain(&method, &headers).guarded(&guard, &uri, &headers);
        prop_assert_eq!(explanation.decision.verdict(), guarded.verdict());
        prop_assert_eq!(explanation.refusals.first().copied(), guarded.refusal());
        prop_assert_eq!(lines(&explanation.decision), lines(&guarded));
    }
}

/// The handler's method does not matter to the guard.
#[test]
fn every_method_is_checked() {
    let policy = Policy::builder().allow_any_origin().build().unwrap();
    for method in [Method::GET, Method::HEAD, Method::POST, Method::OPTIONS, Method::CONNECT] {
        let headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static("evil.example"))]);
        let decision =
            policy.decide(&method, &headers).guarded(&HostGuard::loopback(), &Uri::default(), &headers);
        assert_eq!(decision.action(), Action::Respond(StatusCode::FORBIDDEN));
    }
}
