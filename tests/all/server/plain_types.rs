//! Servers with header types of their own: which request headers a decision reads, and a decision as edits.

use crossorigin::{
    http::{HeaderMap, HeaderName, HeaderValue, Method, Uri},
    server::{
        Decision, Edit, Policy, PolicyRefusal, RequestOrigin, Verdict, may_be_same_origin, request_headers,
        request_origin,
    },
};
use proptest::prelude::*;

use super::strategies::policy_and_requests;
use crate::{proptest_config::cases, strategies::handler_headers};

/// The lines of a message in plain types, in order, with names in any case.
type Lines = Vec<(String, Vec<u8>)>;

fn find<'a>(lines: &'a Lines, name: &str) -> impl Iterator<Item = &'a [u8]> + use<'a> {
    let name = name.to_owned();
    lines.iter().filter(move |line| line.0.eq_ignore_ascii_case(&name)).map(|line| line.1.as_slice())
}

fn request(lines: &[(&str, &[u8])]) -> HeaderMap {
    let lines = lines.iter().map(|(name, value)| ((*name).to_owned(), value.to_vec())).collect();
    request_headers(|name| find(&lines, name))
}

/// Makes the edits as a server does that knows nothing of the crate `http`.
fn edit(response: &mut Lines, decision: &Decision) {
    for edit in decision.edits(response.iter().map(|(name, value)| (name, value))) {
        match edit {
            Edit::Remove(name) => response.retain(|line| line.0 != name),
            Edit::Add(name, value) => response.push((name.to_owned(), value.into_owned())),
        }
    }
}

fn header_map(lines: &Lines) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.append(HeaderName::try_from(name.as_str()).unwrap(), HeaderValue::from_bytes(value).unwrap());
    }
    headers
}

/// The lines of a header map, with names spelled in three ways.
fn spelled(headers: &HeaderMap, spelling: usize) -> Lines {
    let spell = |(index, name): (usize, &HeaderName)| match (index + spelling) % 3 {
        0 => name.as_str().to_owned(),
        1 => name.as_str().to_ascii_uppercase(),
        _ => name.as_str().split('-').map(capitalized).collect::<Vec<_>>().join("-"),
    };
    let lines = headers.iter().enumerate();
    lines.map(|(index, (name, value))| (spell((index, name)), value.as_bytes().to_vec())).collect()
}

fn capitalized(word: &str) -> String {
    word.char_indices().map(|(index, it)| if index == 0 { it.to_ascii_uppercase() } else { it }).collect()
}

#[test]
fn a_look_up_is_asked_for_six_names_once() {
    let mut names = Vec::new();
    let headers = request_headers(|name| {
        names.push(name);
        [name]
    });
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "access-control-request-headers",
            "access-control-request-method",
            "access-control-request-private-network",
            "host",
            "origin",
            "sec-fetch-site",
        ]
    );
    assert!(names.iter().all(|name| headers[*name] == *name));
}

/// A server that copies only the first line lets the second one through unseen.
#[test]
fn two_origin_lines_are_seen() {
    let headers = request(&[("Origin", b"https://app.example"), ("origin", b"https://evil.example")]);
    assert_eq!(request_origin(&headers), RequestOrigin::Several);
    let policy = Policy::builder().allow_origin("https://app.example").build().unwrap();
    let decision = policy.decide(&Method::GET, &headers);
    assert_eq!(decision.verdict(), Verdict::Refuse(PolicyRefusal::SeveralOrigins));
}

#[test]
fn the_names_of_a_preflight_may_be_on_several_lines() {
    let policy = Policy::builder().allow_origin("https://app.example").allow_header("x-a").build().unwrap();
    let preflight = |second: &[u8]| {
        request(&[
            ("origin", b"https://app.example"),
            ("access-control-request-method", b"GET"),
            ("access-control-request-headers", b"x-a"),
            ("access-control-request-headers", second),
        ])
    };
    let verdict = |second| policy.decide(&Method::OPTIONS, &preflight(second)).verdict();
    assert_eq!(verdict(b"x-a"), Verdict::Share);
    assert_eq!(verdict(b"x-b"), Verdict::Refuse(PolicyRefusal::HeaderNotAllowed { position: 1 }));
}

/// A line break or another byte that a header value cannot have is not dropped and not trimmed: the value
/// would then be another one.
#[test]
fn bytes_that_no_header_value_has_are_refused() {
    let policy = Policy::builder().allow_origin("https://app.example").allow_header("x-a").build().unwrap();
    for byte in (0..=u8::MAX).filter(|byte| HeaderValue::from_bytes(&[*byte]).is_err()) {
        for at in [0, 3] {
            let with = |text: &str| {
                let mut value = text.as_bytes().to_vec();
                value.insert(if at == 0 { 0 } else { value.len() }, byte);
                value
            };
            let verdict = |origin: &[u8], method: &[u8], names: &[u8]| {
                let headers = request(&[
                    ("origin", origin),
                    ("access-control-request-method", method),
                    ("access-control-request-headers", names),
                ]);
                policy.decide(&Method::OPTIONS, &headers).verdict()
            };
            let (origin, method, names) = ("https://app.example", "PUT", "x-a");
            let value = &request(&[("origin", &with(origin))])["origin"];
            let kept = if at == 0 { &value.as_bytes()[1..] } else { &value.as_bytes()[..origin.len()] };
            assert_eq!(kept, origin.as_bytes(), "only this byte is replaced");
            assert!(matches!(
                verdict(&with(origin), method.as_bytes(), names.as_bytes()),
                Verdict::Refuse(PolicyRefusal::InvalidOrigin(_))
            ));
            assert_eq!(
                verdict(origin.as_bytes(), &with(method), names.as_bytes()),
                Verdict::Refuse(PolicyRefusal::InvalidMethod)
            );
            assert_eq!(
                verdict(origin.as_bytes(), b"GET", &with(names)),
                Verdict::Refuse(PolicyRefusal::InvalidRequestHeader { position: 0 })
            );
        }
    }
}

/// The handler of such a server can set what it likes: a name in any case, the same header twice, a `Vary`
/// that is not text.
#[test]
fn edits_leave_nothing_of_the_handlers_protocol_headers() {
    let policy = Policy::builder().allow_origin("https://app.example").build().unwrap();
    let headers = request(&[("origin", b"https://app.example")]);
    let mut response: Lines = [
        ("Access-Control-Allow-Origin", &b"*"[..]),
        ("access-control-allow-origin", b"https://evil.example"),
        ("ACCESS-CONTROL-X", b"1"),
        ("Access-Control", b"not of the protocol"),
        ("Vary", b"\xff, accept"),
        ("vary", b"Accept"),
        ("ETag", b"\"1\""),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_vec()))
    .to_vec();
    let decision = policy.decide(&Method::GET, &headers);
    // A line for each spelling of a name, however many lines of the response have it.
    let twice = response.iter().chain(&response).map(|(name, value)| (name, value));
    let removed = decision.edits(twice).into_iter().filter(|edit| matches!(edit, Edit::Remove(_)));
    assert_eq!(removed.count(), 5);
    edit(&mut response, &decision);
    let expected = [
        ("Access-Control", &b"not of the protocol"[..]),
        ("ETag", b"\"1\""),
        ("access-control-allow-origin", b"https://app.example"),
        ("vary", b"\xff, accept"),
        ("vary", b"origin"),
    ];
    assert_eq!(response, expected.map(|(name, value)| (name.to_owned(), value.to_vec())));
}

proptest! {
    #![proptest_config(cases(300))]

    /// Everything that a decision depends on is in the copied headers, whatever the case of the names is.
    #[test]
    fn the_copied_headers_lead_to_the_same_decision((settings, [(method, headers)]) in policy_and_requests(), spelling in 0..3_usize) {
        let policy = settings.to_builder().build().unwrap();
        let lines = spelled(&headers, spelling);
        let copied = request_headers(|name| find(&lines, name));
        let (mut response, mut expected) = (HeaderMap::new(), HeaderMap::new());
        let (decision, original) = (policy.decide(&method, &copied), policy.decide(&method, &headers));
        prop_assert_eq!((decision.class(), decision.verdict(), decision.action()), (original.class(), original.verdict(), original.action()));
        decision.apply(&mut response);
        original.apply(&mut expected);
        prop_assert_eq!(response, expected);
        prop_assert_eq!(policy.explain(&method, &copied).to_string(), policy.explain(&method, &headers).to_string());
        let uri = Uri::from_static("/");
        prop_assert_eq!(may_be_same_origin(&uri, &copied), may_be_same_origin(&uri, &headers));
    }

    /// Edits have the effect of `apply`, and making them again changes nothing.
    #[test]
    fn edits_do_what_apply_does(
        (settings, [(method, headers)]) in policy_and_requests(),
        handler in handler_headers(),
        spelling in 0..3_usize,
    ) {
        let policy = settings.to_builder().build().unwrap();
        let decision = policy.decide(&method, &headers);
        let mut applied = handler.clone();
        decision.apply(&mut applied);
        let mut response = spelled(&handler, spelling);
        edit(&mut response, &decision);
        prop_assert_eq!(header_map(&response), applied);
        let once = response.clone();
        edit(&mut response, &decision);
        prop_assert_eq!(header_map(&response), header_map(&once));
    }
}
