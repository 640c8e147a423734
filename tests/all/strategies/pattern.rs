//! Random origin patterns, and origins that match or nearly match them.

use crossorigin::{
    origin::{HostKind, SerializedOrigin, TupleOrigin},
    server::{OriginPattern, PortPattern},
};
use proptest::{
    prelude::{Just, Strategy, any, prop_oneof},
    sample::select,
};

use super::{origin::tuple, tuple_origin};

/// Patterns of all forms that [`OriginPattern`] accepts.
pub(crate) fn origin_pattern() -> impl Strategy<Value = String> + Clone {
    let any_port = prop_oneof![3 => Just(false), 1 => Just(true)];
    (tuple_origin(), any::<bool>(), any_port).prop_filter_map(
        "patterns are stricter than origins",
        |(origin, subdomains, any_port)| {
            let subdomains = subdomains && origin.host_kind() == HostKind::Domain;
            let (scheme, host) = (origin.scheme(), origin.host());
            let port = match origin.port() {
                _ if any_port => ":*".to_owned(),
                None => String::new(),
                Some(port) => format!(":{port}"),
            };
            let text = format!("{scheme}://{}{host}{port}", if subdomains { "*." } else { "" });
            OriginPattern::parse(&text).is_ok().then_some(text)
        },
    )
}

/// Origins that match a pattern.
pub(crate) fn matching_origin(pattern: &OriginPattern) -> impl Strategy<Value = TupleOrigin> + Clone + use<> {
    let pattern = pattern.clone();
    let labels = select(&["a", "b.a", "www", "xn--bcher-kva", "1"][..]);
    let port = prop_oneof![Just(None), select(&[80_u16, 443, 3000, 8080][..]).prop_map(Some)];
    (labels, port).prop_filter_map("the host may be too long", move |(labels, any_port)| {
        let host = match pattern.matches_subdomains() {
            true => format!("{labels}.{}", pattern.host()),
            false => pattern.host().to_owned(),
        };
        let port = match pattern.port() {
            PortPattern::Exactly(port) => port,
            _ => any_port,
        };
        tuple(pattern.scheme(), &host, port)
    })
}

/// Origins that nearly match a pattern: one thing differs, which is the scheme, the port, or a label that is
/// added, missing or not separated by a dot. For text that is not an origin, see
/// [`near_misses`](super::near_misses).
pub(crate) fn nearly_matching_origin(
    pattern: &OriginPattern,
) -> impl Strategy<Value = TupleOrigin> + Clone + use<> {
    let (scheme, host) = (pattern.scheme(), pattern.host());
    let within = if pattern.matches_subdomains() { format!("a.{host}") } else { host.to_owned() };
    let port = match pattern.port() {
        PortPattern::Exactly(port) => port,
        _ => None,
    };
    let parent = host.split_once('.').map_or("test", |(_, parent)| parent);
    let of_host = |host: &str| tuple(scheme, host, port);
    // The domain itself if the pattern matches its subdomains, and a subdomain otherwise. These are the most
    // common mistakes.
    let nearest = [if pattern.matches_subdomains() { host.to_owned() } else { format!("a.{host}") }];
    let hosts = [
        format!("a{host}"),
        format!("a-{within}"),
        format!("{within}.test"),
        format!("{within}a"),
        format!("a.{parent}"),
        parent.to_owned(),
        // From another top-level domain, so that at least one host never matches.
        "other.example".to_owned(),
    ];
    let ports = [None, Some(8443), Some(80), Some(443), port.map(|port| port.wrapping_add(1))];
    let kinds = [
        nearest.iter().filter_map(|host| of_host(host)).collect::<Vec<_>>(),
        hosts.iter().filter_map(|host| of_host(host)).collect(),
        ["https", "http", "app"].into_iter().filter_map(|scheme| tuple(scheme, &within, port)).collect(),
        ports.into_iter().filter_map(|port| tuple(scheme, &within, port)).collect(),
    ];
    let is_near = |origin: &TupleOrigin| {
        SerializedOrigin::parse(origin.as_str().as_bytes()).is_ok_and(|it| !pattern.matches(&it))
    };
    let kinds = kinds.map(|kind| kind.into_iter().filter(is_near).collect::<Vec<_>>());
    let kinds: Vec<_> = kinds.into_iter().filter(|kind| !kind.is_empty()).collect();
    select(kinds).prop_flat_map(select)
}
