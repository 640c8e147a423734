//! Random texts that are nearly origins or patterns, and requests that policies often allow.

use crossorigin::{
    http::{HeaderMap, HeaderValue, Method, header::ORIGIN},
    server::OriginPattern,
};
use proptest::{prelude::*, sample::select, strategy::BoxedStrategy};

use crate::{
    reference::settings::PolicySettings,
    strategies::{incoming_request, matching_origin, policy_settings},
};

/// Random combinations of the parts of origins and patterns, mostly near misses.
pub(crate) fn origin_text() -> impl Strategy<Value = String> {
    let scheme = prop_oneof![
        8 => select(vec!["https://", "http://"]),
        1 => select(vec!["capacitor://", "HTTPS://", "ws://", "https:/", "", "s://", "file://"]),
    ];
    let labels = prop::collection::vec(
        prop_oneof![
            12 => select(vec!["a", "b", "example", "test", "aexample", "xn--bcher-kva", "1", "localhost"]),
            1 => select(vec!["", "A", "-a", "a-", "a_b", "xn--f", "\u{e9}", "a@b", "*"]),
        ],
        1..5,
    )
    .prop_map(|labels| labels.join("."));
    let host = prop_oneof![
        16 => labels,
        1 => select(vec!["127.0.0.1", "127.1", "[::1]", "[::1", "[0::1]", "[2001:db8::1]", "[::ffff:1.2.3.4]", "example.test"])
            .prop_map(str::to_owned),
    ];
    let port = prop_oneof![
        8 => Just(""),
        6 => select(vec![":8080", ":8081", ":80", ":443", ":65535"]),
        1 => select(vec![":", ":0", ":080", ":65536", ":x", ":*", ":8080:8080"]),
    ];
    let end = prop_oneof![30 => Just(""), 1 => select(vec!["/", ".", "/.example.test", "?", "#", " ", ",https://a.test"])];
    (scheme, host, port, end).prop_map(|(scheme, host, port, end)| [scheme, &host, port, end].concat())
}

/// A text that is usually a valid pattern.
pub(crate) fn pattern_text() -> impl Strategy<Value = String> {
    let scheme = prop_oneof![8 => select(vec!["https://", "http://"]), 1 => Just("capacitor://")];
    let subdomains = prop_oneof![Just(""), Just("*.")];
    let hosts = select(vec![
        "example.test",
        "a.example.test",
        "b.a.example.test",
        "test",
        "a.test",
        "localhost",
        "a",
        "b.test",
        "example.a",
        "127.0.0.1",
        "[::1]",
        "xn--bcher-kva.test",
    ]);
    let port = select(vec!["", "", ":8080", ":8081", ":80", ":*"]);
    let plain = (scheme, subdomains, hosts, port);
    prop_oneof![
        12 => plain.prop_map(|(scheme, subdomains, host, port)| [scheme, subdomains, host, port].concat()),
        1 => select(vec!["capacitor://*", "capacitor://*:8080", "capacitor://*:*"]).prop_map(str::to_owned),
        1 => origin_text(),
    ]
}

/// A pattern, and an origin that matches or nearly matches it.
pub(crate) fn near_pair() -> impl Strategy<Value = (String, String)> {
    let instead_of_wildcards = (
        select(vec!["x.", "x.y.", "", "x", "evil", ".", "-.", "x..", "*."]),
        select(vec!["", ":1", ":8080", ":443", ":80", ":", ":*"]),
    );
    let change = select(vec![
        ("", ""),
        ("", ""),
        ("", ""),
        ("https:", "http:"),
        ("http:", "https:"),
        ("://", "://evil"),
        ("://", "://x."),
        ("://", "://user@"),
        ("://", "://["),
        (".test", "xtest"),
        ("example", "EXAMPLE"),
        ("example", ""),
    ]);
    let end = select(vec!["", "", "", "", ".", ".evil.test", "/", "evil", ":8080"]);
    (pattern_text(), instead_of_wildcards, change, end).prop_map(
        |(pattern, (labels, port), (from, to), end)| {
            let origin = pattern.replace("*.", labels).replace(":*", port).replace("://*", "://A-1");
            let origin = origin.replacen(from, to, 1) + end;
            (pattern, origin)
        },
    )
}

/// The method and the headers of a request.
pub(crate) type Request = (Method, HeaderMap);

/// The settings of a policy, and requests with more allowed origins than by chance.
pub(crate) fn policy_and_requests<const COUNT: usize>()
-> impl Strategy<Value = (PolicySettings, [Request; COUNT])> {
    policy_settings().prop_flat_map(|settings| {
        let requests: [_; COUNT] = std::array::from_fn(|_| request_near(&settings));
        (Just(settings), requests)
    })
}

/// A request. Three in four have an origin that matches one of the patterns.
fn request_near(settings: &PolicySettings) -> BoxedStrategy<Request> {
    let patterns: Vec<OriginPattern> = settings.origins.iter().filter_map(|it| it.parse().ok()).collect();
    if patterns.is_empty() {
        return incoming_request().boxed();
    }
    let known = select(patterns).prop_flat_map(|pattern| matching_origin(&pattern));
    let known = (incoming_request(), known).prop_map(|((method, mut headers), origin)| {
        // A request without an origin, or with several, is not changed.
        if headers.get_all(ORIGIN).iter().count() == 1 {
            headers.insert(ORIGIN, HeaderValue::from_str(origin.as_str()).unwrap());
        }
        (method, headers)
    });
    prop_oneof![1 => incoming_request(), 3 => known].boxed()
}
