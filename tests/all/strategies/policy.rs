//! Random policies and their settings.

use crossorigin::server::Policy;
use proptest::{
    collection, option,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::{select, subsequence},
};

use super::origin_pattern;
use crate::reference::settings::PolicySettings;

/// Names of request-headers that pages set and policies allow. Nearly all of them are unsafe.
pub(super) const NAMES: [&str; 6] =
    ["authorization", "content-type", "if-match", "x-a", "x-b", "x-requested-with"];

/// Settings of valid policies.
pub(crate) fn policy_settings() -> impl Strategy<Value = PolicySettings> + Clone {
    let some = || collection::vec(origin_pattern(), 1..4);
    let origins = prop_oneof![
        8 => some().boxed(),
        1 => Just(vec!["*".to_owned()]).boxed(),
        1 => some().prop_map(|mut origins| { origins.push("*".to_owned()); origins }).boxed(),
        // Only the origin `null` is allowed.
        1 => Just(Vec::new()).boxed(),
    ];
    let rarely = || prop_oneof![4 => Just(false), 1 => Just(true)];
    let lists = (
        list(&["PUT", "DELETE", "PATCH", "patch", "options", "POST", "LOCK"]),
        list(&NAMES),
        list(&["etag", "x-a", "X-B", "vary", "content-type", "location", "access-control-allow-origin"]),
    );
    let max_age = option::of(select(&[0_u64, 1, 5, 600, 86_400, 1_000_000][..]));
    let statuses = (select(&[200_u16, 204, 299][..]), select(&[403_u16, 200, 400, 500][..]));
    let switches = (any::<bool>(), rarely(), rarely(), rarely());
    (origins, lists, max_age, statuses, switches).prop_map(
        |(origins, (methods, headers, mut expose), max_age, statuses, switches)| {
            let (preflight_status, refusal_status) = statuses;
            let (credentials, null_origin, private_network, development) = switches;
            let null_origin = null_origin || origins.is_empty();
            // `*` exposes nothing to a request with credentials, so the builder rejects this combination.
            expose.retain(|name| name != "*" || !credentials);
            PolicySettings {
                origins,
                null_origin,
                credentials,
                methods,
                headers,
                expose,
                max_age,
                preflight_status,
                refusal_status,
                private_network,
                development,
            }
        },
    )
}

/// Valid policies without predicates.
pub(crate) fn policy() -> impl Strategy<Value = Policy> + Clone {
    policy_settings().prop_filter_map("valid policies", |settings| settings.to_builder().build().ok())
}

/// Some elements of a pool, `*`, or both.
fn list(pool: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> + Clone {
    let any = prop_oneof![3 => Just(None), 1 => Just(Some("*"))];
    (subsequence(pool, 0..=pool.len()), any)
        .prop_map(|(some, any)| some.into_iter().chain(any).map(str::to_owned).collect())
}
