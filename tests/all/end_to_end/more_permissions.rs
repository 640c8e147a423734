//! One more permission takes nothing away, with one exception.

use proptest::{prelude::*, sample::select, strategy::BoxedStrategy};

use super::scenario::{Scenario, scenario, visible_outcome};
use crate::{
    distribution::reaches, proptest_config::cases, reference::settings::PolicySettings,
    strategies::origin_pattern,
};

/// Something else that a policy allows.
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

/// If any origin is allowed without credentials, the policy sends `*`, which covers `null`. With credentials
/// it echoes the origin, and `null` needs a permission of its own, because any site can have it. This is the
/// one case in which a permission takes something away.
fn loses_null(it: &Scenario, wider: &PolicySettings) -> bool {
    let any = it.settings.origins.iter().any(|pattern| pattern == "*");
    let page_is_null = it.request.origin.serialize() == "null";
    any && page_is_null && wider.credentials && !it.settings.credentials && !wider.null_origin
}

proptest! {
    #![proptest_config(cases(256))]

    /// A page that can read a response under a policy can read it under every wider policy, and sees at least
    /// the same headers.
    #[test]
    fn one_more_permission_takes_nothing_away(it in scenario(), more in permission()) {
        let wider = with(it.settings.clone(), more);
        // Some permissions exclude each other: see `exposing_every_header_excludes_credentials`.
        prop_assume!(wider.to_builder().build().is_ok());
        prop_assume!(!loses_null(&it, &wider));
        let Some((kind, status, narrow)) = visible_outcome(it.play().outcome()) else { return Ok(()) };
        let transcript = it.under(wider).play();
        let Some((wide_kind, wide_status, wide)) = visible_outcome(transcript.outcome()) else {
            return Err(TestCaseError::fail(format!("refused: {transcript}")));
        };
        prop_assert_eq!((kind, status), (wide_kind, wide_status));
        // `Vary` and the CORS headers are set by the policy, so their values may change.
        let is_ours = |name: &str| name == "vary" || name.starts_with("access-control-");
        let mut names = narrow.iter().map(|(name, _)| name).filter(|name| !is_ours(name));
        let hidden = names.find(|name| wide.iter().all(|(other, _)| other != *name));
        prop_assert_eq!(hidden, None, "{}", transcript);
    }
}

/// Policies are widened whose responses pages can read, and some policies whose responses they can read only
/// after that.
#[test]
fn this_property_is_exercised() {
    reaches(
        (scenario(), permission()),
        15_000,
        &["cors before and after", "basic before and after", "only after", "neither"],
        |(it, more), counts| {
            let wider = with(it.settings.clone(), more.clone());
            if wider.to_builder().build().is_err() {
                return counts.add("cannot be widened");
            }
            if loses_null(it, &wider) {
                return counts.add("loses null");
            }
            let reads = |it: &Scenario| visible_outcome(it.play().outcome());
            match (reads(it), reads(&it.under(wider))) {
                (Some((kind, ..)), Some(_)) => counts.add(format!("{kind} before and after")),
                (None, Some(_)) => counts.add("only after"),
                (None, None) => counts.add("neither"),
                (Some(_), None) => counts.add("against the property"),
            }
        },
    );
}

#[test]
fn credentials_for_any_origin_exclude_null() {
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

/// With credentials, browsers treat the `*` of exposed headers as a name. The builder rejects the
/// combination.
#[test]
fn exposing_every_header_excludes_credentials() {
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
