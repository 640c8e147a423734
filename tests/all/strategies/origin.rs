//! Random origins, with hosts of every kind.

use std::net::{Ipv4Addr, Ipv6Addr};

use crossorigin::origin::{OpaqueOrigin, Origin, TupleOrigin};
use proptest::{
    array, collection, option,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::select,
    strategy::BoxedStrategy,
};

/// A small pool, so that the same domains are drawn often. It has parents and children of its members, and
/// domains that browsers and policies treat specially.
const DOMAINS: [&str; 12] = [
    "a.test",
    "b.a.test",
    "aa.test",
    "test",
    "example.com",
    "app.example.com",
    "a.b.example.com",
    "localhost",
    "app.localhost",
    "xn--bcher-kva.example",
    "me.github.io",
    "github.io",
];

/// Tuple origins in serialized form, mostly `https` and `http`, with domains, IPv4 and IPv6 addresses, with
/// and without a port.
pub(crate) fn tuple_origin() -> impl Strategy<Value = TupleOrigin> + Clone {
    let scheme = prop_oneof![
        6 => Just("https"),
        4 => Just("http"),
        1 => select(&["app", "capacitor", "chrome-extension", "ftp", "ws"][..]),
    ];
    put_together(scheme.boxed())
}

/// Tuple origins with the schemes `https` and `http`, which pages and servers have.
pub(crate) fn http_origin() -> impl Strategy<Value = TupleOrigin> + Clone {
    put_together(prop_oneof![3 => Just("https"), 2 => Just("http")].boxed())
}

/// Origins: tuples, and a few opaque ones.
pub(crate) fn origin() -> impl Strategy<Value = Origin> + Clone {
    prop_oneof![
        6 => tuple_origin().prop_map(Origin::Tuple),
        1 => (0_u64..3).prop_map(|number| Origin::Opaque(OpaqueOrigin(number))),
    ]
}

fn put_together(scheme: BoxedStrategy<&'static str>) -> BoxedStrategy<TupleOrigin> {
    let parts = (scheme, host(), port());
    let origins = parts.prop_filter_map("the host may be invalid", |(scheme, host, port)| {
        // The parser decides what is a valid origin. `tuple` leaves out the default port.
        tuple(scheme, &host, port)
    });
    origins.boxed()
}

/// The origin with these parts, without a default port; `None` if it is invalid.
pub(super) fn tuple(scheme: &str, host: &str, port: Option<u16>) -> Option<TupleOrigin> {
    let default = match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        "ftp" => Some(21),
        _ => None,
    };
    let port = port.filter(|port| Some(*port) != default).map(|port| format!(":{port}"));
    TupleOrigin::parse(format!("{scheme}://{host}{}", port.unwrap_or_default()).as_bytes()).ok()
}

fn host() -> BoxedStrategy<String> {
    // The letters do not include `n`, so no host begins with `xn--`, which would require valid Punycode.
    let letter = || select(b"abcxyz019".as_slice()).prop_map(char::from);
    let inside = collection::vec(prop_oneof![8 => letter(), 1 => Just('-')], 0..8);
    let label = (letter(), inside, letter()).prop_map(|(first, inside, last)| {
        let inside: String = inside.into_iter().collect();
        if inside.is_empty() { first.to_string() } else { format!("{first}{inside}{last}") }
    });
    let labels = collection::vec(label, 1..4);
    let ipv4 = any::<u32>().prop_map(|bits| Ipv4Addr::from_bits(bits).to_string());
    prop_oneof![
        12 => select(&DOMAINS[..]).prop_map(str::to_owned),
        3 => labels.prop_map(|labels| labels.join(".")),
        1 => prop_oneof![Just("127.0.0.1".to_owned()), ipv4],
        1 => ipv6().prop_map(|address| serialized(&address)),
    ]
    .boxed()
}

fn port() -> impl Strategy<Value = Option<u16>> + Clone {
    prop_oneof![
        6 => Just(None),
        4 => select(&[8080_u16, 8443, 3000, 80, 443][..]).prop_map(Some),
        1 => option::of(any::<u16>()),
    ]
}

/// Addresses with many zeros, because the zeros decide the serialization.
fn ipv6() -> impl Strategy<Value = Ipv6Addr> {
    let piece = prop_oneof![3 => Just(0), 1 => Just(1), 2 => any::<u16>()];
    let mapped = any::<u32>().prop_map(|bits| Ipv4Addr::from_bits(bits).to_ipv6_mapped());
    prop_oneof![
        1 => Just(Ipv6Addr::LOCALHOST),
        3 => array::uniform8(piece).prop_map(Ipv6Addr::from),
        1 => mapped,
    ]
}

/// Serializes an address as the URL Standard does. The standard library differs for embedded IPv4 addresses.
fn serialized(address: &Ipv6Addr) -> String {
    match (address.to_ipv4_mapped(), address.segments()) {
        (Some(_), [.., high, low]) => format!("[::ffff:{high:x}:{low:x}]"),
        _ => format!("[{address}]"),
    }
}
