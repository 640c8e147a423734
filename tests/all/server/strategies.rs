//! Random policies, requests and responses, from small pools so that they meet often.

use crossorigin::{
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    server::{Policy, PolicyBuilder},
};
use proptest::{
    prelude::*,
    sample::{select, subsequence},
};

use super::short_form::headers;

/// A text in which the parts of origins and patterns meet in every way, near misses above all.
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

/// A text that is a pattern, mostly.
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
        1 => origin_text(),
    ]
}

/// A pattern, and an origin that matches it or nearly does.
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
            let origin = pattern.replace("*.", labels).replace(":*", port).replacen(from, to, 1) + end;
            (pattern, origin)
        },
    )
}

const GOOD_ORIGINS: [&str; 9] = [
    "https://a.test",
    "https://b.test",
    "https://a.example.test",
    "https://example.test",
    "http://localhost",
    "http://localhost:3000",
    "https://a.test:8080",
    "https://x.b.test",
    "capacitor://localhost",
];
const GOOD_PATTERNS: [&str; 8] = [
    "https://a.test",
    "https://*.test",
    "https://*.example.test:*",
    "http://localhost:*",
    "https://b.test",
    "https://a.test:8080",
    "capacitor://localhost",
    "https://*.b.test",
];
const METHODS: [&str; 7] = ["PUT", "DELETE", "PATCH", "patch", "PURGE", "GET", "OPTIONS"];
const NAMES: [&str; 5] = ["x-a", "x-b", "X-C", "authorization", "content-type"];

fn some(pool: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    prop_oneof![1 => Just(vec!["*"]), 4 => subsequence(pool, 0..=pool.len())]
}

/// A policy that stands once it has origins.
pub(crate) fn settings() -> impl Strategy<Value = PolicyBuilder> {
    let names = prop_oneof![1 => Just(vec!["*", "authorization"]), 5 => some(&NAMES)];
    let lists = (some(&METHODS), names, some(&["etag", "x-a", "content-type"]));
    let switches = prop::array::uniform5(any::<bool>());
    let age = prop::option::of(prop_oneof![0_u64..1000, Just(1_000_000)]);
    (lists, switches, age, select(vec![200_u16, 204, 299])).prop_map(
        |((methods, headers, expose), [credentials, null, network, development, predicate], age, status)| {
            let expose = if credentials && expose == ["*"] { Vec::new() } else { expose };
            let mut builder = Policy::builder()
                .allow_methods(methods)
                .allow_headers(headers)
                .expose_headers(expose)
                .preflight_status(StatusCode::from_u16(status).unwrap())
                .dangerously_allow_public_suffixes();
            if credentials {
                builder = builder.allow_credentials().dangerously_reflect_any_origin_with_credentials();
            }
            if null {
                builder = builder.dangerously_allow_null_origin();
            }
            if network {
                builder = builder.allow_private_network();
            }
            if development && !predicate {
                builder = builder.development();
            }
            age.into_iter().fold(builder, |builder, age| builder.max_age(std::time::Duration::from_secs(age)))
        },
    )
}

/// A policy that stands.
pub(crate) fn builder() -> impl Strategy<Value = PolicyBuilder> {
    let origins =
        prop_oneof![1 => Just(vec!["*"]), 5 => subsequence(&GOOD_PATTERNS[..], 1..=GOOD_PATTERNS.len())];
    (settings(), origins).prop_map(|(settings, origins)| settings.allow_origins(origins))
}

/// A policy that stands.
pub(crate) fn policy() -> impl Strategy<Value = Policy> {
    builder().prop_map(|builder| builder.build().unwrap())
}

fn set(headers: &mut HeaderMap, name: header::HeaderName, values: Vec<String>) {
    for value in values {
        headers.append(&name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
}

fn lines(value: impl Strategy<Value = String> + 'static) -> impl Strategy<Value = Vec<String>> {
    let value = value.boxed();
    prop_oneof![
        2 => Just(Vec::new()),
        10 => value.clone().prop_map(|value| vec![value]),
        1 => prop::collection::vec(value, 2..4),
    ]
}

/// What a request says about itself: its method, and the headers of the protocol.
pub(crate) fn request() -> impl Strategy<Value = (Method, HeaderMap)> {
    let method =
        prop_oneof![3 => Just(Method::OPTIONS), 2 => select(vec![Method::GET, Method::PUT, Method::POST])];
    let origin = prop_oneof![
        8 => select(&GOOD_ORIGINS[..]).prop_map(str::to_owned),
        1 => Just("null".to_owned()),
        1 => origin_text().prop_filter("a header value", |text| HeaderValue::from_bytes(text.as_bytes()).is_ok()),
    ];
    let asked_method = prop_oneof![8 => select(&METHODS[..]), 1 => select(vec!["", "TRACE", "P UT", "*", "POST", "put", "post"])];
    let name = prop_oneof![20 => select(&NAMES[..]), 1 => select(vec!["", "x a", "*", "AUTHORIZATION", "x-other", "cookie", "access-control-x"])];
    let names = prop::collection::vec(name, 0..4)
        .prop_flat_map(|names| select(vec![",", ", ", " ,\t"]).prop_map(move |comma| names.join(comma)));
    (method, lines(origin), lines(asked_method.prop_map(str::to_owned)), lines(names), any::<bool>())
        .prop_map(|(method, origin, asked_method, names, network)| {
            let mut headers = HeaderMap::new();
            set(&mut headers, header::ORIGIN, origin);
            set(&mut headers, header::ACCESS_CONTROL_REQUEST_METHOD, asked_method);
            set(&mut headers, header::ACCESS_CONTROL_REQUEST_HEADERS, names);
            if network {
                headers.insert("access-control-request-private-network", HeaderValue::from_static("true"));
            }
            (method, headers)
        })
}

/// A response as careless handlers make them.
pub(crate) fn response() -> impl Strategy<Value = HeaderMap> {
    let line = select(vec![
        "Vary: accept",
        "Vary: Origin",
        "Vary: origin, ORIGIN",
        "Vary: *",
        "Vary: accept,, Accept-Encoding ,",
        "Vary:",
        "Vary: access-control-request-method",
        "ACAO: *",
        "ACAO: https://inner.test",
        "ACAC: true",
        "ACAM: PUT",
        "ACAH: x-z",
        "ACEH: x-y",
        "ACMA: 9",
        "ACAPN: true",
        "access-control-allow-anything: x",
        "x-a: 1",
        "x-a: 2",
        "etag: e",
    ]);
    prop::collection::vec(line, 0..8).prop_map(|lines| headers(&lines.join(" | ")))
}
