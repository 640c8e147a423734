//! Policies, and the settings that they are made of.

use std::time::Duration;

use http::StatusCode;
use proptest::{
    collection, option,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::{select, subsequence},
};

use super::origin_pattern;
use crate::server::{Policy, PolicyBuilder};

/// Names of request-headers, nearly all of them outside of the safelist: what pages set and policies list.
pub(super) const NAMES: [&str; 6] =
    ["authorization", "content-type", "if-match", "x-a", "x-b", "x-requested-with"];

/// What a policy is made of, in plain sight: a test can read here what it allows, without asking the policy.
///
/// For the tests of this crate. With the feature `serde` it is written as the configuration of the same policy.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicySettings {
    /// [Patterns](crate::server::OriginPattern); `*` is any origin.
    pub origins: Vec<String>,
    /// Whether `null` is allowed.
    pub null_origin: bool,
    /// Whether credentials are allowed.
    pub credentials: bool,
    /// Methods; `*` is any.
    pub methods: Vec<String>,
    /// Request-headers; `*` is any.
    pub headers: Vec<String>,
    /// Response headers; `*` is any.
    pub expose: Vec<String>,
    /// How long the answer to a preflight may be kept, in seconds.
    pub max_age: Option<u64>,
    /// The status of accepted preflights.
    pub preflight_status: u16,
    /// The status of refused preflights.
    pub refusal_status: u16,
    /// Whether private network access is answered.
    pub private_network: bool,
    /// Whether the development switch is on.
    pub development: bool,
}

impl PolicySettings {
    /// The builder of the policy, with every dangerous switch that it needs.
    ///
    /// It builds, unless [`origins`](Self::origins) is empty without [`null_origin`](Self::null_origin), or
    /// [`expose`](Self::expose) has a `*` beside [`credentials`](Self::credentials), or an element of a list is none.
    pub fn to_builder(&self) -> PolicyBuilder {
        let mut builder = Policy::builder()
            .allow_origins(&self.origins)
            .allow_methods(&self.methods)
            .allow_headers(&self.headers)
            .expose_headers(&self.expose)
            .preflight_status(StatusCode::from_u16(self.preflight_status).unwrap_or(StatusCode::NO_CONTENT))
            .refusal_status(StatusCode::from_u16(self.refusal_status).unwrap_or(StatusCode::FORBIDDEN));
        if self.null_origin {
            builder = builder.dangerously_allow_null_origin();
        }
        if self.credentials {
            builder = builder
                .allow_credentials()
                .dangerously_allow_insecure_origins()
                .dangerously_allow_public_suffixes()
                .dangerously_reflect_any_origin_with_credentials();
        }
        if let Some(seconds) = self.max_age {
            builder = builder.max_age(Duration::from_secs(seconds));
        }
        if self.private_network {
            builder = builder.allow_private_network();
        }
        if self.development {
            builder = builder.development();
        }
        builder
    }
}

/// Settings of policies that stand.
///
/// ```
/// use crossorigin::strategies::policy_settings;
/// use proptest::{prop_assert, test_runner::TestRunner};
///
/// TestRunner::default().run(&policy_settings(), |settings| {
///     let policy = settings.to_builder().build();
///     prop_assert!(policy.is_ok_and(|policy| policy.allows_credentials() == settings.credentials));
///     Ok(())
/// })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(hidden)]
pub fn policy_settings() -> impl Strategy<Value = PolicySettings> + Clone {
    let some = || collection::vec(origin_pattern(), 1..4);
    let origins = prop_oneof![
        8 => some().boxed(),
        1 => Just(vec!["*".to_owned()]).boxed(),
        1 => some().prop_map(|mut origins| { origins.push("*".to_owned()); origins }).boxed(),
        // Only for pages with the origin `null`.
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
            // Nothing is exposed by `*` to a request with credentials, and the builder refuses the two together.
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

/// Policies, without predicates.
pub fn policy() -> impl Strategy<Value = Policy> + Clone {
    policy_settings()
        .prop_filter_map("settings of policies that stand", |settings| settings.to_builder().build().ok())
}

/// Some of a pool, or any, or both.
fn list(pool: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> + Clone {
    let any = prop_oneof![3 => Just(None), 1 => Just(Some("*"))];
    (subsequence(pool, 0..=pool.len()), any)
        .prop_map(|(some, any)| some.into_iter().chain(any).map(str::to_owned).collect())
}

/// As the configuration of the same policy.
#[cfg(feature = "serde")]
impl serde::Serialize for PolicySettings {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::server::PolicyConfig::from_settings(self.to_builder().settings()).serialize(serializer)
    }
}
