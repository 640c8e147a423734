//! Requests that no browser sends: a correct response or a clear refusal, in linear time and without a panic.

use std::time::Duration;

use crossorigin::{
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header::*},
    server::{
        Action, MAX_REQUEST_HEADERS_BYTES, MAX_REQUEST_HEADERS_NAMES, Policy, PolicyRefusal, RequestOrigin,
        Verdict, may_be_same_origin, request_origin,
    },
};

use super::short_form::request;
use crate::processor_time::within;

fn listing() -> Policy {
    Policy::builder().allow_origin("https://a.test").allow_headers(["x-a", "x-b"]).build().unwrap()
}

/// A policy that allows any header with credentials, so that no name is refused because it is not listed. The
/// response echoes the names.
fn any_header() -> Policy {
    let policy = Policy::builder().allow_origin("https://a.test").allow_any_header();
    policy.allow_credentials().build().unwrap()
}

/// A preflight with these lines of requested header names.
fn asking<T: AsRef<[u8]>>(lines: impl IntoIterator<Item = T>) -> HeaderMap {
    let (_, mut headers) = request("OPTIONS | O: https://a.test | M: GET");
    for line in lines {
        headers.append(ACCESS_CONTROL_REQUEST_HEADERS, HeaderValue::from_bytes(line.as_ref()).unwrap());
    }
    headers
}

/// The verdict. Bounded work takes much less than a second, even in a debug build.
#[track_caller]
fn verdict(policy: &Policy, headers: &HeaderMap) -> Verdict {
    let verdict = within(Duration::from_secs(1), || policy.decide(&Method::OPTIONS, headers).verdict());
    assert!(policy.explain(&Method::OPTIONS, headers).to_string().len() < 1_000_000);
    verdict
}

#[test]
fn a_longer_list_than_any_browser_sends_is_refused_without_reading_it() {
    let commas = ",".repeat(64 * 1024);
    let names = vec!["x-a"; 100_000].join(",");
    let one_name = "a".repeat(64 * 1024);
    for value in [commas, names, one_name] {
        for policy in [listing(), any_header()] {
            assert_eq!(
                verdict(&policy, &asking([&value])),
                Verdict::Refuse(PolicyRefusal::RequestHeadersTooLong)
            );
        }
    }
}

#[test]
fn bytes_are_counted_over_all_lines_and_up_to_the_bound() {
    let line = |length: usize| format!("x-{}", "a".repeat(length - 2));
    let full = MAX_REQUEST_HEADERS_BYTES;
    assert_eq!(verdict(&any_header(), &asking([line(full)])), Verdict::Share);
    assert_eq!(verdict(&any_header(), &asking([line(full / 2), line(full / 2)])), Verdict::Share);
    let too_long = Verdict::Refuse(PolicyRefusal::RequestHeadersTooLong);
    assert_eq!(verdict(&any_header(), &asking([line(full + 1)])), too_long);
    assert_eq!(verdict(&any_header(), &asking([line(full / 2), line(full / 2 + 1)])), too_long);
}

#[test]
fn elements_and_empty_elements_are_counted_over_all_lines_and_up_to_the_bound() {
    let too_many = Verdict::Refuse(PolicyRefusal::TooManyRequestHeaders);
    // If a policy lists two names, twice as many elements are accepted, and sixteen more.
    for (policy, full) in [(any_header(), MAX_REQUEST_HEADERS_NAMES), (listing(), 20)] {
        for element in ["x-a", ""] {
            assert_eq!(verdict(&policy, &asking([vec![element; full].join(",")])), Verdict::Share);
            assert_eq!(verdict(&policy, &asking([vec![element; full + 1].join(",")])), too_many);
            assert_eq!(verdict(&policy, &asking(vec![element; full])), Verdict::Share);
            assert_eq!(verdict(&policy, &asking(vec![element; full + 1])), too_many);
        }
    }
}

#[test]
fn allowed_names_are_counted_over_all_lines_too() {
    let too_many = Verdict::Refuse(PolicyRefusal::TooManyRequestHeaders);
    assert_eq!(verdict(&listing(), &asking(vec!["x-a,x-b"; 10])), Verdict::Share);
    assert_eq!(verdict(&listing(), &asking(vec!["x-a,x-b"; 11])), too_many);
    // The policy lists so many names that the bound for all policies is lower.
    let listed: Vec<_> = (0..200).map(|number| format!("x-{number:03}")).collect();
    let policy = Policy::builder().allow_origin("https://a.test").allow_headers(&listed).build().unwrap();
    let line = |count: usize| listed[..count].join(",");
    assert_eq!(
        verdict(&policy, &asking([line(200), line(MAX_REQUEST_HEADERS_NAMES - 200 - 26), line(26)])),
        Verdict::Share
    );
    assert_eq!(
        verdict(&policy, &asking([line(200), line(MAX_REQUEST_HEADERS_NAMES - 200 - 26), line(27)])),
        too_many
    );
}

#[test]
fn reading_ends_at_a_name_that_is_not_allowed() {
    let names = format!("x-evil,{}", vec!["x-a"; MAX_REQUEST_HEADERS_NAMES * 2].join(","));
    let refusal = PolicyRefusal::HeaderNotAllowed { position: 0 };
    assert_eq!(verdict(&listing(), &asking([names])), Verdict::Refuse(refusal));
}

#[test]
fn the_position_counts_empty_elements_and_lines() {
    let refusal = PolicyRefusal::HeaderNotAllowed { position: 4 };
    assert_eq!(verdict(&listing(), &asking(["x-a,,x-b", "", "x-c"])), Verdict::Refuse(refusal));
}

#[test]
fn an_invalid_name_is_refused_even_if_any_header_is_allowed() {
    for bad in [&b"x a"[..], b"x-\xe9", b"x-a;x-b", b"\"x-a\"", b"x:a"] {
        let refusal = PolicyRefusal::InvalidRequestHeader { position: 1 };
        let value = [&b"x-a,"[..], bad].concat();
        assert_eq!(verdict(&any_header(), &asking([&value])), Verdict::Refuse(refusal));
    }
}

#[test]
fn many_lines_do_not_evade_the_bounds() {
    let policy = any_header();
    assert_eq!(
        verdict(&policy, &asking(vec!["x-a"; 20_000])),
        Verdict::Refuse(PolicyRefusal::TooManyRequestHeaders)
    );
}

#[test]
fn a_requested_method_is_one_token() {
    let policy = Policy::builder().allow_origin("https://a.test").allow_any_method().build().unwrap();
    for (lines, refusal) in [
        ("M: *", None),
        ("M: get", None),
        ("M:", Some(PolicyRefusal::InvalidMethod)),
        ("M: P UT", Some(PolicyRefusal::InvalidMethod)),
        ("M: PUT,DELETE", Some(PolicyRefusal::InvalidMethod)),
        ("M: PUT | M: PUT", Some(PolicyRefusal::InvalidMethod)),
        ("M: \u{e9}", Some(PolicyRefusal::InvalidMethod)),
        ("M: Trace", Some(PolicyRefusal::ForbiddenMethod)),
        ("M: CONNECT", Some(PolicyRefusal::ForbiddenMethod)),
    ] {
        let (method, headers) = request(&format!("OPTIONS | O: https://a.test | {lines}"));
        assert_eq!(policy.decide(&method, &headers).refusal(), refusal, "{lines}");
    }
}

#[test]
fn a_requested_method_named_like_the_wildcard_is_an_ordinary_method() {
    let (method, headers) = request("OPTIONS | O: https://a.test | M: *");
    assert_eq!(listing().decide(&method, &headers).refusal(), Some(PolicyRefusal::MethodNotAllowed));
}

#[test]
fn several_origins_are_always_refused() {
    for second in ["https://a.test", "https://b.test", "null", ""] {
        let (method, headers) = request(&format!("GET | O: https://a.test | O: {second}"));
        assert_eq!(listing().decide(&method, &headers).refusal(), Some(PolicyRefusal::SeveralOrigins));
        assert_eq!(request_origin(&headers), RequestOrigin::Several);
    }
}

#[test]
fn an_invalid_origin_is_refused_with_its_error() {
    let policy = Policy::builder().allow_origin("https://*.a.test:*").build().unwrap();
    for (origin, name) in [
        ("https://x.a.test/", "Path"),
        ("https://x.a.test\u{e9}", "NotAscii"),
        ("https://evil.test/.a.test", "Path"),
        ("https://user@x.a.test", "Userinfo"),
        ("https://x.a.test https://y.a.test", "HostByte"),
        ("https://X.a.test", "Uppercase"),
        ("https://.a.test", "LabelEmpty"),
        ("https://x.a.test.", "LabelEmpty"),
        ("https://x.a.test:443", "DefaultPort"),
        ("", "Empty"),
        ("*", "MissingSchemeSeparator"),
    ] {
        let (method, headers) = request(&format!("GET | O: {origin}"));
        let Some(PolicyRefusal::InvalidOrigin(error)) = policy.decide(&method, &headers).refusal() else {
            assert_eq!(origin, "refused");
            continue;
        };
        assert!(format!("{error:?}").starts_with(name), "{origin}: {error:?}");
    }
}

#[test]
fn a_long_origin_is_refused_in_no_time() {
    let policy = Policy::builder().allow_origins(["https://*.a.test", "https://b.test"]).build().unwrap();
    for label in ["a", "a.", "[", "\u{e9}"] {
        let (method, mut headers) = request("GET");
        let origin = format!("https://{}.a.test", label.repeat(32 * 1024));
        headers.insert(ORIGIN, HeaderValue::from_bytes(origin.as_bytes()).unwrap());
        let refusal = within(Duration::from_secs(1), || policy.decide(&method, &headers).refusal());
        assert!(matches!(refusal, Some(PolicyRefusal::InvalidOrigin(_))));
    }
}

#[test]
fn a_response_with_very_many_members_of_vary_is_merged_in_no_time() {
    let (method, headers) = request("GET | O: https://a.test");
    let decision = listing().decide(&method, &headers).into_owned();
    let mut response = HeaderMap::new();
    // First every member twice, then every member once.
    for each in [2, 1] {
        let members: Vec<_> = (0..40_000).map(|number| format!("x-{}", number / each)).collect();
        response.insert(VARY, members.join(", ").parse().unwrap());
        within(Duration::from_secs(5), || decision.apply(&mut response));
        let lines: Vec<_> = response.get_all(VARY).iter().map(|line| line.to_str().unwrap()).collect();
        assert_eq!(lines.join(", ").split(", ").count(), 40_000 / each + 1);
    }
}

/// Only repeated members change the lines of the response.
#[test]
fn a_vary_without_repetitions_stays_as_it_is() {
    let (method, headers) = request("GET | O: https://a.test");
    let policy = listing();
    let decision = policy.decide(&method, &headers);
    let many = (0..20).map(|number| format!("x-{number}")).collect::<Vec<_>>();
    for (line, expected) in [
        ("accept,, cookie,", "accept,, cookie,".to_owned()),
        ("accept,,Accept", "accept".to_owned()),
        (&many.join(","), many.join(",")),
        (&format!("{},X-3", many.join(",")), many.join(", ")),
    ] {
        let mut response = HeaderMap::new();
        response.insert(VARY, line.parse().unwrap());
        decision.apply(&mut response);
        assert_eq!(response.get_all(VARY).iter().collect::<Vec<_>>(), [&*expected, "origin"]);
    }
}

/// The most names that fit into a header map of `http`.
const MOST_NAMES: usize = 24_576;

/// A handler's response with this many names, including these.
fn full_response(names: usize, own: &[(HeaderName, &'static str)]) -> HeaderMap {
    let mut response = HeaderMap::new();
    for (name, value) in own {
        response.append(name, HeaderValue::from_static(value));
    }
    for number in own.len()..names {
        let name = HeaderName::try_from(format!("x-{number}")).unwrap();
        response.try_append(name, HeaderValue::from_static("")).unwrap();
    }
    response
}

#[test]
fn a_response_with_no_room_for_the_headers_shares_nothing() {
    let policy = Policy::builder()
        .allow_origin("https://a.test")
        .allow_credentials()
        .allow_method("PUT")
        .max_age(Duration::from_secs(5))
        .build()
        .unwrap();
    let handlers = [
        &[][..],
        &[(VARY, "accept")],
        &[(VARY, "accept, accept")],
        &[(ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"), (VARY, "origin")],
    ];
    let sizes = MOST_NAMES - 6..=MOST_NAMES;
    let responses = handlers.iter().flat_map(|own| {
        let of_size = |names| (own.len(), names, full_response(names, own));
        sizes.clone().map(of_size).collect::<Vec<_>>()
    });
    for (own, names, response) in responses {
        for (text, needed) in [
            ("GET | O: https://a.test", 3),
            ("OPTIONS | O: https://a.test | M: PUT", 5),
            ("GET | O: https://evil.test", 1),
            ("GET", 1),
        ] {
            let (method, headers) = request(text);
            let mut response = response.clone();
            policy.decide(&method, &headers).apply(&mut response);
            let lines: Vec<_> = response.keys().map(HeaderName::as_str).collect();
            let set = lines.iter().filter(|name| name.starts_with("access-control-")).count();
            let vary = response.get_all(VARY).iter().any(|line| line.to_str().unwrap().contains("origin"));
            let case = format!("{text} {own} {names}");
            assert_eq!(lines.iter().filter(|name| name.starts_with("x-")).count(), names - own, "{case}");
            // What the handler has set is removed or replaced.
            let room = MOST_NAMES - (names - own);
            let is_whole = (set, vary) == (needed - 1, true);
            assert!(is_whole || (room <= needed && set == 0), "{set} of the headers are there: {case}");
        }
    }
}

#[test]
fn a_request_with_no_room_for_another_header_is_explained() {
    let mut headers = full_response(MOST_NAMES, &[(ORIGIN, "https://evil.test")]);
    headers.remove("x-7");
    headers.append(ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("PUT"));
    let explanation = listing().explain(&Method::OPTIONS, &headers);
    assert_eq!(explanation.refusals, [PolicyRefusal::OriginNotAllowed, PolicyRefusal::MethodNotAllowed]);
}

#[test]
fn a_refused_preflight_reveals_nothing() {
    for lines in
        ["O: https://evil.test | M: PUT", "O: https://a.test | M: PUT", "O: https://a.test | M: GET | H: x-c"]
    {
        let (method, headers) = request(&format!("OPTIONS | {lines}"));
        let decision = listing().decide(&method, &headers).into_owned();
        assert_eq!(decision.action(), Action::Respond(StatusCode::FORBIDDEN));
        assert_eq!(decision.headers().count(), 0);
    }
}

/// If the response lists `*`, the requested names are not read, and `Vary` does not name them.
#[test]
fn names_that_a_wildcard_covers_are_not_read() {
    let policy = Policy::builder().allow_origin("https://a.test").allow_any_header().build().unwrap();
    let long = "x".repeat(MAX_REQUEST_HEADERS_BYTES + 1);
    let many = ",".repeat(MAX_REQUEST_HEADERS_NAMES + 1);
    for names in ["authorization", "x y", "\t;", &long, &many] {
        let headers = asking([names]);
        let decision = policy.decide(&Method::OPTIONS, &headers);
        assert_eq!(decision.verdict(), Verdict::Share);
        assert_eq!(decision.vary().to_string(), "origin, access-control-request-method");
        let listed: Vec<_> =
            decision.headers().filter(|(name, _)| *name == ACCESS_CONTROL_ALLOW_HEADERS).collect();
        assert_eq!(listed, [(&ACCESS_CONTROL_ALLOW_HEADERS, &HeaderValue::from_static("*"))]);
    }
}

#[test]
fn an_invalid_host_is_same_origin_with_no_page() {
    for (origin, host) in [
        ("https://", &b"\xff"[..]),
        ("https://", b""),
        ("https://a.test", b"a.test\xff"),
        ("https://a.test", b"a.test:+443"),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert(ORIGIN, HeaderValue::from_static(origin));
        headers.insert(HOST, HeaderValue::from_bytes(host).unwrap());
        assert!(!may_be_same_origin(&"/".parse().unwrap(), &headers), "{origin} {}", host.escape_ascii());
    }
}

#[test]
fn a_host_may_have_the_default_port_of_its_scheme() {
    for (origin, host, is_own) in [
        ("https://a.test", "a.test:443", true),
        ("https://a.test", "a.test:80", false),
        ("http://a.test", "a.test:80", true),
        ("http://a.test", "a.test:443", false),
        ("https://a.test:8443", "a.test:8443", true),
        ("https://a.test", "a.test:8443", false),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert(ORIGIN, HeaderValue::from_static(origin));
        headers.insert(HOST, HeaderValue::from_static(host));
        assert_eq!(may_be_same_origin(&"/".parse().unwrap(), &headers), is_own, "{origin} {host}");
    }
}
