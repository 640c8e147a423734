//! Origin patterns, and origins that they let in.

use proptest::{
    prelude::{Just, Strategy, any, prop_oneof},
    sample::select,
};

use crate::{
    origin::{HostKind, TupleOrigin},
    server::{OriginPattern, PortPattern},
};

use super::tuple_origin;

/// Texts that [`OriginPattern`] takes, of all its forms.
///
/// ```
/// use crossorigin::{server::OriginPattern, strategies::origin_pattern};
/// use proptest::{prop_assert_eq, test_runner::TestRunner};
///
/// TestRunner::default().run(&origin_pattern(), |text| {
///     prop_assert_eq!(text.parse::<OriginPattern>().map(|pattern| pattern.to_string()), Ok(text));
///     Ok(())
/// })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn origin_pattern() -> impl Strategy<Value = String> + Clone {
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

/// Origins that a pattern lets in.
///
/// The same with another pattern is how to get near misses of this one that are origins; for those that are none, see
/// [`near_misses`](super::near_misses).
pub fn origin_let_in(pattern: &OriginPattern) -> impl Strategy<Value = TupleOrigin> + Clone + use<> {
    let pattern = pattern.clone();
    let labels = select(&["a", "b.a", "www", "xn--bcher-kva", "1"][..]);
    let port = prop_oneof![Just(None), select(&[80_u16, 443, 3000, 8080][..]).prop_map(Some)];
    (labels, port).prop_filter_map("a host can become too long", move |(labels, any_port)| {
        let host = match pattern.is_subdomains() {
            true => format!("{labels}.{}", pattern.host()),
            false => pattern.host().to_owned(),
        };
        let port = match pattern.port() {
            PortPattern::Any => any_port,
            PortPattern::Exactly(port) => port,
        };
        let origin = TupleOrigin::from_parts(pattern.scheme(), &host, port);
        TupleOrigin::parse(origin.as_str().as_bytes()).ok()
    })
}
