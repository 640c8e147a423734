//! A permission more never takes anything away; and the one that does.

use proptest::{prelude::*, sample::select, strategy::BoxedStrategy};

use super::scenario::{Scenario, scenario, seen};
use crate::{
    distribution::reaches, proptest_config::cases, reference::settings::PolicySettings,
    strategies::origin_pattern,
};

/// One more thing that is allowed.
#[derive(Debug, Clone)]
enum Permission {
    Origin(String),
    NullOrigin,
    Credentials,
    Method(&'static str),
    Header(&'static str),
    Expose(&'static str),
    MaxAge(u64),
    PrivateNetwork,
}

fn permission() -> BoxedStrategy<Permission> {
    prop_oneof![
        2 => origin_pattern().prop_map(Permission::Origin),
        1 => Just(Permission::Origin("*".to_owned())),
        1 => Just(Permission::NullOrigin),
        3 => Just(Permission::Credentials),
        2 => select(&["PUT", "DELETE", "patch", "LOCK", "*", "GET"][..]).prop_map(Permission::Method),
        2 => select(&["x-a", "Authorization", "content-type", "x-zz", "*"][..]).prop_map(Permission::Header),
        2 => select(&["x-a", "etag", "x-zz", "*"][..]).prop_map(Permission::Expose),
        1 => select(&[0_u64, 1, 600, u64::MAX][..]).prop_map(Permission::MaxAge),
        1 => Just(Permission::PrivateNetwork),
    ]
    .boxed()
}

fn with(mut settings: PolicySettings, more: Permission) -> PolicySettings {
    match more {
        Permission::Origin(pattern) => settings.origins.push(pattern),
        Permission::NullOrigin => settings.null_origin = true,
        Permission::Credentials => settings.credentials = true,
        Permission::Method(method) => settings.methods.push(method.to_owned()),
        Permission::Header(name) => settings.headers.push(name.to_owned()),
        Permission::Expose(name) => settings.expose.push(name.to_owned()),
        Permission::MaxAge(seconds) => settings.max_age = Some(seconds),
        Permission::PrivateNetwork => settings.private_network = true,
    }
    settings
}

/// Any origin was allowed without credentials, which is `*` and covers `null`. With credentials the origin is repeated,
/// and `null`, which any site can have, needs a permission of its own. This is the one permission that takes back.
fn loses_null(it: &Scenario, wider: &PolicySettings) -> bool {
    let any = it.settings.origins.iter().any(|pattern| pattern == "*");
    let page_is_null = it.request.origin.serialize() == "null";
    any && page_is_null && wider.credentials && !it.settings.credentials && !wider.null_origin
}

proptest! {
    #![proptest_config(cases(256))]

    /// What a page reads under a policy it reads under every wider one, and sees no header less.
    #[test]
    fn a_permission_more_takes_nothing_away(it in scenario(), more in permission()) {
        let wider = with(it.settings.clone(), more);
        // Two permissions that exclude each other: see `what_does_not_go_together`.
        prop_assume!(wider.to_builder().build().is_ok());
        prop_assume!(!loses_null(&it, &wider));
        let Some((kind, status, narrow)) = seen(it.play().outcome()) else { return Ok(()) };
        let transcript = it.under(wider).play();
        let Some((wide_kind, wide_status, wide)) = seen(transcript.outcome()) else {
            return Err(TestCaseError::fail(format!("refused: {transcript}")));
        };
        prop_assert_eq!((kind, status), (wide_kind, wide_status));
        // `Vary` and the headers of the protocol are the policy's own, and say other things now.
        let is_ours = |name: &str| name == "vary" || name.starts_with("access-control-");
        let mut names = narrow.iter().map(|(name, _)| name).filter(|name| !is_ours(name));
        let hidden = names.find(|name| wide.iter().all(|(other, _)| other != *name));
        prop_assert_eq!(hidden, None, "{}", transcript);
    }
}

/// The property is about pages that read, under policies that can be widened; some read nothing before and something then.
#[test]
fn situations_are_about_this_law() {
    reaches(
        (scenario(), permission()),
        15_000,
        &["cors before, and then", "basic before, and then", "only then", "not even then"],
        |(it, more), counts| {
            let wider = with(it.settings.clone(), more.clone());
            if wider.to_builder().build().is_err() {
                return counts.add("cannot be widened so");
            }
            if loses_null(it, &wider) {
                return counts.add("loses null");
            }
            let reads = |it: &Scenario| seen(it.play().outcome());
            match (reads(it), reads(&it.under(wider))) {
                (Some((kind, ..)), Some(_)) => counts.add(format!("{kind} before, and then")),
                (None, Some(_)) => counts.add("only then"),
                (None, None) => counts.add("not even then"),
                (Some(_), None) => counts.add("against the property"),
            }
        },
    );
}

#[test]
fn credentials_for_any_origin_take_null_away() {
    use crossorigin::{
        http::{HeaderMap, HeaderValue, Method, header::ORIGIN},
        server::Policy,
    };

    let mut request = HeaderMap::new();
    request.insert(ORIGIN, HeaderValue::from_static("null"));
    let any = Policy::builder().allow_any_origin();
    let with_credentials = any.clone().allow_credentials().dangerously_reflect_any_origin_with_credentials();
    let shares = |policy: Policy| policy.decide(&Method::GET, &request).refusal().is_none();
    assert!(shares(any.build().unwrap()));
    assert!(!shares(with_credentials.build().unwrap()));
    assert!(shares(with_credentials.dangerously_allow_null_origin().build().unwrap()));
}

/// Every header exposed and credentials: browsers take `*` for a name then, and the builder refuses the two together.
#[test]
fn what_does_not_go_together() {
    let scenario = |expose: &[&str], credentials| PolicySettings {
        origins: vec!["https://a.test".to_owned()],
        null_origin: false,
        credentials,
        methods: Vec::new(),
        headers: Vec::new(),
        expose: expose.iter().map(|name| (*name).to_owned()).collect(),
        max_age: None,
        preflight_status: 204,
        refusal_status: 403,
        private_network: false,
        development: false,
    };
    assert!(scenario(&["*"], false).to_builder().build().is_ok());
    assert!(scenario(&["etag"], true).to_builder().build().is_ok());
    assert!(scenario(&["*"], true).to_builder().build().is_err());
}
